"""An outcome in words: the result, every step of why, how near it is, and where each rule stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from textwrap import wrap
from typing import TYPE_CHECKING, TypeVar

from careassure.model.framework import Framework
from careassure.model.reference import Citations, Reference
from careassure.model.rounding import decimal
from careassure.model.safe_text import LINE, columns, one_line, padded
from careassure.model.scale import Grade, NotRated
from careassure.model.text import join, plural
from careassure.model.trace import Step

if TYPE_CHECKING:
    from careassure.model.assessment import Assessment
    from careassure.model.outcome import Margin, Outcome

T = TypeVar("T")
MAY_HOLD = "May hold, depending on what is open"
"""What is said before a flag that is not certain, wherever it is shown."""


def explain(outcome: Outcome) -> str:
    """The whole explanation as plain text, no line longer than a terminal of 80 columns allows, save addresses."""
    return "\n".join(_Explainer(outcome).lines()) + "\n"


class _Explainer:
    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.sources = Citations()
        self.shown: set[str] = set()

    def lines(self) -> Iterator[str]:
        outcome = self.outcome
        printed = outcome.assessment.stated.words
        if printed:  # what the publisher printed goes first: the rest is what a method makes of the scores
            yield from wrapped(f"{outcome.assessment.label}: printed {printed}", 0)
            yield from wrapped(f"Worked out: {outcome.result}", 0)
        else:
            yield from wrapped(f"{outcome.assessment.label}: {outcome.result}", 0)
        yield ""
        yield from self._head()
        for title, body in (
            ("Why", list(self._why())),
            ("Profile", list(self._profile())),
            ("How near", list(self._near())),
            ("Flags", list(self._flags())),
            ("Take note", list(self._notes())),
        ):
            if body:
                yield ""
                yield title
                yield from body
        if self.sources:
            yield ""
            yield "Sources"
            for number, reference in enumerate(self.sources, 1):
                yield from wrapped(f"[{number}] {''.join(cited(reference))}", 2, 6)
                if reference.url:
                    yield f"      {one_line(reference.url)}"

    def _head(self) -> Iterator[str]:
        yield from wrapped(method_words(self.outcome), 0, 2)
        yield from wrapped(framework_words(self.outcome.assessment), 0, 2)

    def _why(self) -> Iterator[str]:
        nodes = [step for step in self.outcome.trace.parts if step.kind in ("node", "note")]
        for step in nodes:
            if step.id == "overall":
                if len(nodes) > 1:
                    yield "  Overall"
                yield from self._overall(step)
            else:
                yield from self._area(step)
        if not nodes:
            yield from wrapped("The method gives the scores as they are: the profile is the result.", 2)

    def _area(self, step: Step) -> Iterator[str]:
        """A theme or statement in two lines: what it comes to, and from what."""
        grade = span_words(step.low, step.high)
        text = f"{step.text}: {grade}" if step.kind == "node" else step.text
        yield from wrapped(f"{text}{self._cite(step)}", 2, 4)
        measure = next((part for part in step.walk() if part.kind in SUMS), None)
        if measure is not None:
            yield from wrapped(sum_words(measure, outermost(step, measure)), 4, 6)
        inputs = dict.fromkeys(part for part in step.walk() if part.kind == "input")
        if inputs:
            given = join([f"{part.text} {_score(part)}" for part in inputs])
            yield from wrapped(f"from {given}", 4, 6)
        for ladder in step.parts:
            yield from self._deciding(ladder)

    def _deciding(self, ladder: Step) -> Iterator[str]:
        """The last rung that holds and the first that does not."""
        rungs = [part for part in ladder.parts if part.kind == "rung"]
        height = next((at for at, rung in enumerate(rungs) if rung.low is not True), len(rungs))
        for rung in rungs[max(height - 1, 0) : height + 1]:
            yield from self._rung(rung, 4)

    def _rung(self, rung: Step, indent: int) -> Iterator[str]:
        yield from wrapped(f"{mark(rung):<5}{rung.text}{self._cite(rung)}", indent, indent + 5)

    def _overall(self, step: Step) -> Iterator[str]:
        if step.kind == "node" and not any(part.kind == "ladder" for part in step.parts):
            yield from wrapped(f"{step.text.rstrip('.')}: {span_words(step.low, step.high)}{self._cite(step)}", 2, 4)
            yield from self._given(step.parts, 4)
            return
        for ladder in step.parts:
            if ladder.kind != "ladder":
                if ladder.id not in self.shown:
                    yield from self._measure(ladder)
                continue
            if ladder.text:
                yield one_line(f"  {ladder.text[0].upper()}{ladder.text[1:]}: {span_words(ladder.low, ladder.high)}")
            for rung in ladder.parts:
                yield from self._new_measures(rung)
            for rung in ladder.parts:
                yield from self._rung(rung, 2)
                yield from self._condition(rung.parts[0], 7)

    def _given(self, steps: tuple[Step, ...], indent: int) -> Iterator[str]:
        """Steps of a scorer's own, each with what it comes to."""
        for step in steps:
            text = f"{step.text.rstrip('.')}: {span_words(step.low, step.high)}{self._cite(step)}"
            yield from wrapped(text, indent, indent + 2)
            yield from self._given(step.parts, indent + 2)

    def _condition(self, step: Step, indent: int) -> Iterator[str]:
        """The parts of a condition that has several, each with whether it holds."""
        for part in step.parts if step.kind in ("all", "any", "not") else ():
            detail = ""
            if part.kind in ("at_least", "more_than") and part.threshold is not None:
                detail = f" ({span_words(part.parts[0].low, part.parts[0].high)}, {decimal(part.threshold)} needed)"
            yield from wrapped(f"{mark(part):<5}{part.text}{detail}", indent, indent + 5)
            yield from self._condition(part, indent + 5)
        if step.kind in ("at_least", "more_than"):
            yield from self._counted(step, indent)

    def _counted(self, step: Step, indent: int) -> Iterator[str]:
        """Which inputs of a count do not reach its grade."""
        for count in [part for part in step.parts[0].walk() if part.kind == "count"]:
            tests = [part for part in count.parts if part.kind == "test"]
            failing = [
                f"{part.text} ({span_words(part.parts[0].low, part.parts[0].high)})"
                for part in tests
                if part.low is not True
            ]
            if failing:
                reached = f"{span_words(count.low, count.high)} of {len(tests)} reach it"
                yield from wrapped(f"{reached}; not: {join(failing)}", indent, indent + 2)

    def _new_measures(self, step: Step) -> Iterator[str]:
        for part in step.walk():
            if part.kind in (*SUMS, "rounded", "share") and part.id and part.id not in self.shown:
                yield from self._measure(part)

    def _measure(self, step: Step) -> Iterator[str]:
        self.shown.add(step.id)
        yield from wrapped(f"{step.text.rstrip('.')}{self._cite(step)}", 2, 4)
        inner = step.parts[0] if step.kind == "rounded" else step
        if inner.kind in SUMS:
            yield from wrapped(sum_words(inner, step), 4, 6)
            for name, part in _aligned(inner.parts, [part.text for part in inner.parts]):
                weight = f" x {decimal(part.weight)}" if part.weight != 1 else ""
                yield f"      {name}  {one_line(_score(part))}{weight}"
        elif counted(inner):
            yield from self._share(inner)
        else:
            yield from wrapped(span_words(step.low, step.high), 4)

    def _share(self, share: Step) -> Iterator[str]:
        """How many of what is counted reach a grade, and each with its words."""
        low, high = reaching(share)
        said = f"{span_words(str(low), str(high))} of {len(share.parts)} ({span_words(share.low, share.high)} %)"
        yield from wrapped(said, 4, 6)
        tested = {part.id for part in share.parts}
        lines = [(part.text, span_words(part.parts[0].low, part.parts[0].high)) for part in share.parts if part.parts]
        lines = [(text, words if " to " not in words else f"not known ({words})") for text, words in lines]
        for leaf, state in self.outcome.assessment.marks:
            if isinstance(state, NotRated) and leaf not in tested:
                lines.append((name_of(self.outcome.assessment.framework, leaf), f"{state}, left out"))
        for name, (_, words) in _aligned(lines, [text for text, _ in lines]):
            yield f"      {name}  {one_line(words)}"

    def _profile(self) -> Iterator[str]:
        """What each theme and statement comes to, where that is the result."""
        if self.outcome.kind != "profile":
            return
        entries = self.outcome.profile.entries
        for name, entry in _aligned(entries, [entry.title for entry in entries]):
            grade = str(entry.state) if entry.state else span_words(entry.low, entry.high) if entry.low else ""
            suggested = f" (suggested: {entry.suggested})" if entry.suggested and entry.low != entry.high else ""
            indent = "  " if entry.level == "theme" else "    "
            yield f"{indent}{name}  {one_line(f'{grade}{suggested}')}".rstrip()

    def _near(self) -> Iterator[str]:
        yield from (line for text in margin_sentences(self.outcome) for line in wrapped(text, 2))

    def _flags(self) -> Iterator[str]:
        for flag in self.outcome.flags:
            may = "" if flag.certain else f"{MAY_HOLD}: "
            lines = wrapped(f"{may}{flag.text}{self.sources.cite(flag.references)}", 2)
            yield from lines or ["  (a flag without words)"]  # it is there all the same

    def _notes(self) -> Iterator[str]:
        assessment = self.outcome.assessment
        if assessment.missing:
            yield from wrapped(not_known(assessment), 2)
        for text in standing(assessment):
            yield from wrapped(text, 2)

    def _cite(self, step: Step) -> str:
        return self.sources.cite(step.references)


SUMS = ("percentage", "total", "mean")


def method_words(outcome: Outcome) -> str:
    """Which method was used, in which version, and which distribution it is from."""
    origin = f", from {outcome.distribution} {outcome.distribution_version}" if outcome.distribution else ""
    return f"Method: {outcome.title} ({outcome.scorer} {outcome.scorer_version}{origin})"


def framework_words(assessment: Assessment) -> str:
    """Which version of which framework was assessed."""
    return f"Framework: {assessment.framework.title}, version {assessment.framework.version}"


def standing(assessment: Assessment) -> Iterator[str]:
    """What must be known of a published assessment: a pilot, a report that was withdrawn, sources that differ."""
    if assessment.indicative:
        yield "A pilot: its result was published as indicative only."
    if assessment.withdrawn:
        yield f"The report was withdrawn {assessment.withdrawn.when}."
    for item in assessment.disagreements:
        other = f"another source has {item.other}" if item.other else "another source leaves it blank"
        state = "" if item.resolved else " This is not resolved."
        yield f"{item.field}: {item.used} is used, {other}. {item.note}{state}"


def margin_sentences(outcome: Outcome) -> list[str]:
    """How near the next grades are, in up to two sentences; none where that is not worked out."""
    margin: Margin = outcome.margin
    if outcome.rating is None or (margin.up is None and margin.down is None):
        return []
    counted = _items_missing(outcome)
    if counted:
        return counted
    sentences: list[str] = []
    if margin.up is not None:
        sentences.append(f"{plural(margin.up, 'point')} more could give {margin.above}.")
    else:
        sentences.append("No gain in points gives a higher grade.")
    if margin.down is not None:
        sentences.append(f"{plural(margin.down, 'point')} less could give {margin.below}.")
    else:
        sentences.append("No loss of points gives a lower grade.")
    return sentences


def _items_missing(outcome: Outcome) -> list[str]:
    """How many things are missing for the next grade, where grades are shares of things that are met; else nothing.

    Points would say less there: a thing that is partly met has points already, and counts nothing.
    """
    overall = next((step for step in outcome.trace.parts if step.id == "overall"), None)
    rungs = [part for part in overall.walk() if part.kind == "rung"] if overall else []
    needed: list[tuple[int, int]] = []
    for rung in rungs:
        least = next(iter(rung.parts), rung)
        share = next(iter(least.parts), least)
        if least.kind != "at_least" or least.threshold is None or not counted(share):
            return []
        needed.append((-(-least.threshold * len(share.parts) // 100), reaching(share)[0]))
    missing = min((need - met for need, met in needed if need > met), default=0)
    spare = min((met - need for need, met in needed if need <= met), default=-1) + 1
    above, below = outcome.margin.above, outcome.margin.below
    sentences: list[str] = []
    if missing and above is not None:
        sentences.append(f"{plural(missing, 'item')} {'is' if missing == 1 else 'are'} missing for {above}.")
    if spare and below is not None:
        sentences.append(f"{plural(spare, 'item')} fewer would give {below}.")
    return sentences


def reaching(share: Step) -> tuple[int, int]:
    """The least and the greatest number of what is counted that reach the grade that is asked for."""
    return sum(part.low is True for part in share.parts), sum(part.high is True for part in share.parts)


def counted(step: Step) -> bool:
    """Whether a step is the share of things that reach a grade, each of them shown below it."""
    if step.kind != "share" or not step.parts or any(part.kind != "test" or not part.parts for part in step.parts):
        return False
    return [Fraction(100 * met, len(step.parts)) for met in reaching(step)] == [step.low, step.high]


def not_known(assessment: Assessment) -> str:
    """Which scores are not known, and what that means for the result; empty where all are."""
    missing = assessment.missing
    if not missing:
        return ""
    names = join([name_of(assessment.framework, leaf) for leaf in missing[:9]])
    more = f" and {len(missing) - 9} more" if len(missing) > 9 else ""
    return f"Not known: {names}{more}. The range holds every result that they could give."


def name_of(framework: Framework, leaf: str) -> str:
    """What a score is called, with its statement where it is a part of one."""
    statement, _, part = leaf.partition("/")
    title = framework.title_of(leaf)
    return f"{title} of {framework.title_of(statement)}" if part else title


def cited(reference: Reference) -> tuple[str, str]:
    """What is cited and where in it; and how sure it is, and when it was read."""
    where = f", {reference.section}" if reference.section else ""
    read = f"; read {reference.read}" if reference.read else ""
    return f"{reference.title}{where}", f" ({reference.basis}{read})"


def mark(step: Step) -> str:
    """Whether a step holds, in a word."""
    return "yes" if step.low is True else "open" if step.high is True else "no"


def _aligned(things: Sequence[T], names: Sequence[str]) -> list[tuple[str, T]]:
    """Things with their names, each on one line and all of one width."""
    lines = [one_line(name) for name in names]
    width = max(map(columns, lines), default=0)
    return [(padded(line, width), thing) for line, thing in zip(lines, things, strict=True)]


def outermost(step: Step, measure: Step) -> Step:
    """The rounding of a measure where there is one; otherwise the measure itself."""
    return next((part for part in step.walk() if part.kind == "rounded" and measure in part.parts), measure)


def sum_words(exact: Step, shown: Step) -> str:
    """Such as: 32 of 36 points = 88.89 %, rounded up to 89."""
    points = [
        sum((part.weight * getattr(part, side).value for part in exact.parts), Fraction(0)) for side in ("low", "high")
    ]
    text = span_words(points[0], points[1])
    if exact.kind == "percentage" and exact.maximum is not None:
        text = f"{text} of {decimal(exact.maximum)} points = {span_words(exact.low, exact.high)} %"
    else:
        text = f"{text} points" + (f", {span_words(exact.low, exact.high)} on average" if exact.kind == "mean" else "")
    if shown.kind == "rounded" and shown.rounding:
        text += f", rounded {shown.rounding.replace('_', ' ')} to {span_words(shown.low, shown.high)}"
    return text


def span_words(low: object, high: object) -> str:
    """A value, or the two between which it lies, in words."""
    one, other = _value(low), _value(high)
    return one if one == other else f"{one} to {other}"


def _score(step: Step) -> str:
    if isinstance(step.low, Grade) and isinstance(step.high, Grade):
        same = step.low == step.high
        return str(step.low.value) if same else f"not known ({step.low.value} to {step.high.value})"
    return span_words(step.low, step.high)


def _value(value: object) -> str:
    return decimal(value) if isinstance(value, Fraction) else "nothing" if value is None else str(value)


def wrapped(text: str, indent: int = 0, rest: int | None = None) -> list[str]:
    """A text on lines that fit a terminal of 80 columns, indented; those after the first by ``rest``."""
    after = indent if rest is None else rest
    return wrap(
        one_line(text),
        LINE.get(),
        initial_indent=" " * indent,
        subsequent_indent=" " * after,
        break_long_words=False,
        break_on_hyphens=False,
    )
