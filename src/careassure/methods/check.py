"""Check a method: prove from its structure, and on every combination of scores, that it is sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from attrs import frozen

from careassure.methods.conditions import Measure, direction, measures_in
from careassure.methods.fit import Fitted, fit
from careassure.methods.formulas import FALSE, TRUE, Formula, TooManyError
from careassure.methods.implies import implies
from careassure.methods.method import FlagRule, Ladder, Method, Node, Rung
from careassure.methods.survey import Survey, Surveyor, bounds_of, is_nested
from careassure.methods.ways import height
from careassure.model.arguments import checked
from careassure.model.framework import Framework
from careassure.model.rounding import ROUNDINGS, Rounding
from careassure.model.scale import Scale
from careassure.model.showing import short_repr
from careassure.model.text import join, plural

Verdict = Literal["proved", "stated", "note", "open", "failed"]


@frozen
class Finding:
    """One thing that was looked at.

    Args:
        verdict: ``proved``; ``stated``: the method says it, and that is all there is to it; ``note``: worth
            knowing; ``open``: what a sound method needs could not be proved, so it is not called sound; ``failed``:
            the method is not sound.
        where: The node, rung or flag.
        what: The finding in a sentence.
        how: How it was found.
    """

    verdict: Verdict
    where: str
    what: str
    how: str = ""

    __repr__ = short_repr

    def __str__(self) -> str:
        how = f" ({self.how})" if self.how else ""
        return f"{self.verdict:<7} {self.where}: {self.what}{how}"


@frozen
class CheckReport:
    """What was proved about a method on one version of a framework, and how.

    Args:
        method: The method's id and version.
        framework: The framework's id and version.
        findings: Everything that was looked at.
    """

    method: str
    framework: str
    findings: tuple[Finding, ...]

    __repr__ = short_repr

    @property
    def ok(self) -> bool:
        """Whether nothing failed and nothing that makes a method sound was left open."""
        return all(finding.verdict not in ("failed", "open") for finding in self.findings)

    def __str__(self) -> str:
        failed = any(finding.verdict == "failed" for finding in self.findings)
        verdict = "sound" if self.ok else "NOT SOUND" if failed else "not proved to be sound"
        return "\n".join([f"{self.method} on {self.framework}: {verdict}", *(f"  {line}" for line in self.findings)])


@checked
def check(method: Method, framework: Framework) -> CheckReport:
    """Check a method on one version of a framework. `careassure.check` says what is proved.

    Raises:
        InvalidMethodError: The method does not fit the framework at all.
    """
    return _report(fit(method, framework))


@lru_cache(maxsize=64)
def _report(fitted: Fitted) -> CheckReport:
    method, framework = fitted.method, fitted.framework
    surveyor = Surveyor(fitted)
    findings = [
        *_cited(method),
        *(finding for name, node in _distinct(surveyor) for finding in _check_node(surveyor, name, node)),
        *_flags(fitted),
    ]
    return CheckReport(f"{method.id} {method.version}", f"{framework.id} {framework.version}", tuple(findings))


def _cited(method: Method) -> Iterator[Finding]:
    rules = [rung for node in method.nodes for ladder in node.ladders for rung in ladder.rungs]
    both: list[Rung | FlagRule] = [*rules, *method.flags]
    bare = [rule.id for rule in both if not rule.text or not rule.references]
    count = len(rules) + len(method.flags)
    if bare:
        yield Finding("failed", "rules", f"{join(bare)} lack a sentence or a reference")
    elif count:
        yield Finding("proved", "rules", f"each of the {plural(count, 'rule')} has a sentence and a reference")


def _distinct(surveyor: Surveyor) -> Iterator[tuple[str, Node]]:
    """The nodes to check, those that differ in nothing but their place only once."""
    shapes: dict[object, list[Node]] = {}
    for node in surveyor.fitted.graded.values():
        shapes.setdefault(surveyor.shape(node), []).append(node)
    for nodes in shapes.values():
        name = nodes[0].target if len(nodes) == 1 else f"{nodes[0].target} and {len(nodes) - 1} like it"
        yield name, nodes[0]


def _check_node(surveyor: Surveyor, name: str, node: Node) -> Iterator[Finding]:
    scale = surveyor.fitted.scale(node)
    rungs = [rung for ladder in node.ladders for rung in ladder.rungs]
    open_rungs = [rung.id for rung in rungs if direction(rung.when) not in ("up", "fixed")]
    if open_rungs:
        yield Finding("failed", name, f"{join(open_rungs)}: a raised score can make it fail", "by structure")
    else:
        yield Finding(
            "proved", name, f"monotone: each of the {plural(len(rungs), 'rung')} is upward closed", "by structure"
        )
    found = surveyor.survey(node, itself=True)
    seen = _seen(found)
    for place, ladder in enumerate(node.ladders):
        yield from _nested(name, place, ladder, found, seen)
    if found.held is not None and found.exact:
        yield from _reached(name, scale, node, found, seen)
    else:
        why = "inputs rest on the same scores or facts" if found.held is not None else seen
        yield Finding("note", name, "that every grade can be reached was not proved", why)
    yield from _ordered(name, node, found, seen)
    if surveyor.fitted.method.not_rated == "leave_out":
        yield from _left_out(surveyor, name, node)
    yield from _rounded(name, scale, node, found)


def _seen(found: Survey) -> str:
    if found.held is None:
        return f"{numerous(found.combinations)} score combinations have too many states to go through"
    many = f"{numerous(found.combinations)} score combination{'' if found.combinations == 1 else 's'}"
    text = f"on all {many}, which fall into {plural(found.seen, 'state')}"
    return f"{text}, also where scores never come" if found.ways.top.replies else text


def numerous(count: int) -> str:
    """A number of combinations, in full as far as anyone would read it.

    >>> numerous(262144), numerous(4**100)
    ('262,144', '10^60 or more')
    """
    if count < 10**15:
        return f"{count:,}"
    digits = int(count.bit_length() * 0.30102)  # at most the number of its digits, less one
    return f"10^{digits if count >= 10**digits else digits - 1} or more"


def _nested(name: str, place: int, ladder: Ladder, found: Survey, seen: str) -> Iterator[Finding]:
    title = name if ladder.name == "only" else f"{name}, {ladder.name}"
    structural = all(implies(upper.when, lower.when) for lower, upper in pairwise(ladder.rungs))
    broken = [] if structural or found.held is None else _broken(ladder, [held[place] for held in found.held])
    if broken and found.exact:
        yield Finding("failed", title, f"not nested: {join(broken)}", seen)
    elif structural or (found.held is not None and not broken):
        ways = [*(["by structure"] if structural else []), *([seen] if found.held is not None else [])]
        text = "total: the rungs are nested, so every combination has exactly one grade"
        yield Finding("proved", title, text, " and ".join(ways))
    else:
        why = "inputs rest on the same scores or facts" if found.held is not None else seen
        yield Finding("open", title, "whether the rungs are nested is open", why)


def _broken(ladder: Ladder, ways: Iterable[tuple[Formula, ...]]) -> list[str]:
    """Which rungs can hold where the one below does not."""
    return sorted(
        {
            f"{upper.id} can hold where {lower.id} does not"
            for rungs in ways
            if not is_nested(rungs)
            for (lower, below), (upper, above) in pairwise(zip(ladder.rungs, rungs, strict=True))
            if above == TRUE and below == FALSE
        }
    )


def _reached(name: str, scale: Scale, node: Node, found: Survey, seen: str) -> Iterator[Finding]:
    """A grade is reached where the rules give it, or where judgement may decide for it, for complete scores."""
    places = {ladder.name: place for place, ladder in enumerate(node.ladders)}
    pairs = [(name, places["must"], places["may"])] if "must" in places else []
    pairs += [
        (name if key == "only" else f"{name}, {key}", place, place)
        for key, place in places.items()
        if not pairs or key == "suggest"
    ]
    for title, low, high in pairs:
        counts = [0] * len(scale)
        for held, (count, _) in (found.held or {}).items():
            for rank in range(height(held[low]), height(held[high]) + 1):
                counts[rank] += count
        missing = [grade.key for grade, count in zip(scale, counts, strict=True) if not count]
        if missing:
            yield Finding("failed", title, f"{join(missing)} can never be reached", seen)
        else:
            shares = join([f"{grade.key} {numerous(count)}" for grade, count in zip(scale, counts, strict=True)])
            yield Finding("proved", title, f"every grade can be reached: {shares}", seen)


def _ordered(name: str, node: Node, found: Survey, seen: str) -> Iterator[Finding]:
    ladders = {ladder.name: (place, ladder) for place, ladder in enumerate(node.ladders)}
    for low, high in (("must", "may"), ("must", "suggest"), ("suggest", "may")):
        if low not in ladders or high not in ladders:
            continue
        (one, lower), (other, upper) = ladders[low], ladders[high]
        suggests = "suggest" in (low, high)
        if (found.held is None or not found.exact) and _is_below(lower, upper):
            yield Finding("proved", name, f"{low} is never above {high}", "by structure")
        elif found.held is None:
            text = f"whether {low} is never above {high} is open"
            yield Finding("note" if suggests else "open", name, text, seen)
        else:
            crossed = [count for held, (count, _) in found.held.items() if height(held[one]) > height(held[other])]
            often = f"in {numerous(sum(crossed))} combination{'' if sum(crossed) == 1 else 's'}"
            where = often if sum(crossed) else "where scores are missing"
            if not crossed:
                yield Finding("proved", name, f"{low} is never above {high}", seen)
            elif suggests:
                text = f"{low} is above {high} {where}: there the suggestion is held between"
                yield Finding("note", name, text, seen)
            elif found.exact:
                yield Finding("failed", name, f"{low} is above {high} {where}", seen)
            else:
                why = "inputs rest on the same scores or facts"
                yield Finding("open", name, f"whether {low} is never above {high} is open", why)


def _is_below(lower: Ladder, upper: Ladder, *, partly: bool = False) -> bool:
    """Whether it is seen from their form that one ladder never gives more than another."""
    return all(
        implies(one.when, other.when, partly=partly) for one, other in zip(lower.rungs, upper.rungs, strict=True)
    )


def _left_out(surveyor: Surveyor, name: str, node: Node) -> Iterator[Finding]:
    """The same for fewer inputs: rungs stay nested and bounds in order whatever is left out."""
    text = "whatever is left out, the rungs stay nested"
    places = {ladder.name: place for place, ladder in enumerate(node.ladders)}
    by_structure = all(
        implies(upper.when, lower.when, partly=True)
        for ladder in node.ladders
        for lower, upper in pairwise(ladder.rungs)
    )
    if by_structure and "must" in places:
        by_structure = _is_below(node.ladders[places["must"]], node.ladders[places["may"]], partly=True)
    if by_structure:
        yield Finding("proved", name, text, "by structure")
        return
    found = surveyor.survey(node, partly=True, itself=True)
    if found.held is None:
        yield Finding("open", name, "that the rungs stay nested whatever is left out was not proved", "too many ways")
        return
    wrong: dict[int, list[str]] = {}
    for held, (_, left) in found.held.items():
        broken = [text for ladder, rungs in zip(node.ladders, held, strict=True) for text in _broken(ladder, [rungs])]
        low, _ = bounds_of(node, held)
        crossed = ["must is above may"] if "must" in places and low > height(held[places["may"]]) else []
        if broken or crossed:
            wrong.setdefault(left, []).extend([*broken, *crossed])
    if not wrong:
        yield Finding("proved", name, text, f"in all {plural(found.reached_states, 'state')} that this can give")
    elif found.exact:
        left = min(wrong, key=lambda bits: (bits.bit_count(), bits))
        names = found.ways.named(left) or ["nothing"]
        yield Finding("failed", name, f"with {join(names)} left out: {join(sorted(set(wrong[left])))}", "by trying")
    else:
        why = "inputs rest on the same scores or facts"
        yield Finding("open", name, "that the rungs stay nested whatever is left out was not proved", why)


def _rounded(name: str, scale: Scale, node: Node, found: Survey) -> Iterator[Finding]:
    rules = {m.id: m for ladder in node.ladders for rung in ladder.rungs for m in measures_in(rung.when)}
    rounded = [measure for measure in rules.values() if measure.rounding != "none"]
    for measure in rounded:
        yield Finding("stated", name, f"{measure.id} is rounded {measure.rounding.replace('_', ' ')}")
    if not rounded or found.held is None:
        return
    try:
        lines, totals = _totals(scale, node, found, rounded)
    except TooManyError:
        yield Finding("note", name, "which totals depend on the rounding was not gone through", "too many ways")
        return
    if lines:
        rest = f" ... and {len(lines) - 12} more" if len(lines) > 12 else ""
        yield Finding(
            "note",
            name,
            f"{len(lines)} of {plural(totals, 'total')} {'depends' if len(lines) == 1 else 'depend'} on the rounding: "
            f"{' | '.join(lines[:12])}{rest}",
        )
    else:
        yield Finding("proved", name, f"none of {plural(totals, 'total')} depends on the rounding")


def _totals(scale: Scale, node: Node, found: Survey, rounded: list[Measure]) -> tuple[list[str], int]:
    """The totals that depend on the rounding, each with the grades, and how many totals there are."""
    sight, formulas, budget = found.ways.top, found.ways.formulas, found.ways.budget
    readers = [sight.reader(measure) for measure in rounded]
    lines: dict[tuple[Fraction, ...], str] = {}
    totals: set[tuple[Fraction, ...]] = set()
    for rules, states in found.states:
        for packed in states:
            budget.spend(len(ROUNDINGS))
            values = tuple(read(packed) for read in readers)
            totals.add(values)
            truths = {rounding: sight.truths(packed, rounding) for rounding in ROUNDINGS}
            if values in lines or len(set(truths.values())) == 1:
                continue
            for place in range(len(node.ladders)):
                flat = [one for truth in truths.values() for one in formulas.worked_out(rules[place], truth)]
                for way in formulas.settings(flat, budget):
                    size = len(rules[place])
                    grades: dict[int, list[Rounding]] = {}
                    for number, rounding in enumerate(ROUNDINGS):
                        rank = height(way[number * size : (number + 1) * size])
                        grades.setdefault(rank, []).append(rounding)
                    if len(grades) > 1:
                        amounts = [sight.amount(measure, packed) for measure in rounded]
                        text = "; ".join(
                            f"{scale.grades[rank].key} if rounded {join([h.replace('_', ' ') for h in hows], 'or')}"
                            for rank, hows in sorted(grades.items())
                        )
                        lines.setdefault(values, f"{join(amounts)}: {text}")
    return [lines[values] for values in sorted(lines)], len(totals)


def _flags(fitted: Fitted) -> Iterator[Finding]:
    for flag in fitted.flags:
        words = {
            "up": "can only appear when scores rise",
            "down": "can only appear when scores fall",
            "fixed": "does not depend on the scores",
            "mixed": "may appear or vanish when a score is raised",
        }
        yield Finding("stated", f"flag {flag.id}", words[direction(flag.when)], "by structure")
