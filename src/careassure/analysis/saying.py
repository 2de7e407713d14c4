"""Reasons and changes in words: each line can be read aloud, each rule has its source, and a caution ends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from careassure.analysis.nearest import NearestChange, WayTo
from careassure.analysis.reasons import Reason, Reasons
from careassure.model.explain import cited, mark, name_of, not_known, span_words, wrapped
from careassure.model.outcome import Outcome
from careassure.model.reference import Citations
from careassure.model.rounding import decimal
from careassure.model.safe_text import one_line
from careassure.model.scale import Grade
from careassure.model.text import join, plural
from careassure.model.trace import Step

MOST_KINDS = 5
"""So many kinds of sets or of changes are said, unless all are asked for."""
_FEW = 3
"""So many scores or more are not named one by one where they are all the scores that are alike."""
CAUTION_OF_REASONS = (
    "This is about one method: which scores settle what it gives. It does not say which matter most to people."
)
CAUTION_OF_CHANGES = (
    "This is what follows from other scores under one method. It is not a forecast, and not a reason to change a score."
)


class Line(NamedTuple):
    """A line of what is said, before it is broken to fit a width.

    Args:
        text: Its words; empty between two parts.
        indent: How far in it begins: 0 for a head, 2 for what stands below it, 4 for items of a list.
        rest: How far in it goes on; as far as it begins where None.
    """

    text: str = ""
    indent: int = 0
    rest: int | None = None


def reasons_text(found: Reasons, most: int | None = MOST_KINDS) -> str:
    """Reasons in words.

    Args:
        found: The reasons.
        most: How many kinds of sets are said; all of them where None.
    """
    return _printed([*reasons_lines(found, most), *_rule_lines(found.rules)], CAUTION_OF_REASONS)


def reasons_lines(found: Reasons, most: int | None = MOST_KINDS) -> list[Line]:
    """What `reasons_text` says, but for the rules and the caution.

    Args:
        found: The reasons.
        most: How many kinds of sets are said; all of them where None.
    """
    known, result = len(found.known), _span(found.low, found.high)
    says = _Saying(found.outcome, found.place, found.known)
    lines = [Line("What is enough")]
    if not known:
        lines.append(Line("No score is known, so nothing is settled by one.", 2))
    elif not found.size:
        lines.append(Line(f"No score is needed: what else is known settles that it is {result}.", 2))
    elif found.size == known:
        several = f"All {known} scores are" if known > 1 else "The score is"
        lines.append(Line(f"{several} needed to settle that it is {result}.", 2))
    else:
        text = f"{found.size} of the {plural(known, 'score')} can settle that it is {result}, whatever the others are."
        lines.append(Line(text, 2))
        if found.count > 1:
            lines.append(Line(f"{_so_many(found.enough)} that settle it, and no smaller ones:", 2))
        lines += says.kinds(found.enough, most)
        core = [name for name in found.known if name in found.core]
        spare = [name for name in found.known if name in found.irrelevant]
        if core and len(found.enough) > 1:
            lines.append(Line(f"Every set needs {says.some(tuple(core), len(core))}.", 2, 4))
        if spare:
            lines.append(Line(f"These do not matter, whatever they are: {says.some(tuple(spare), len(spare))}.", 2, 4))
        if not core and not spare:
            lines.append(Line("Each score is in some of these sets, and none is in all.", 2))
    if found.changing:
        fewest = min(reason.size for reason in found.changing)
        lines += [Line(), Line("What could change it")]
        lines.append(Line(f"At least {plural(fewest, 'score')} would have to be another:", 2))
        lines += says.kinds(found.changing, most)
    return says.whole(lines)


def nearest_text(found: NearestChange, most: int | None = MOST_KINDS) -> str:
    """Nearest changes in words.

    Args:
        found: The changes.
        most: How many kinds of changes are said; all of them where None.
    """
    return _printed([*nearest_lines(found, most), *_rule_lines(nearest_rules(found))], CAUTION_OF_CHANGES)


def nearest_rules(found: NearestChange) -> tuple[Step, ...]:
    """The rules of the grades to reach or to lose, each once."""
    return tuple(dict.fromkeys(step for way in found.ways for step in _rungs(found, way)))


def nearest_lines(found: NearestChange, most: int | None = MOST_KINDS) -> list[Line]:
    """What `nearest_text` says, but for the rules and the caution.

    Args:
        found: The changes.
        most: How many kinds of changes are said; all of them where None.
    """
    says = _Saying(found.outcome, found.place, [leaf for group in found.alike for leaf in group])
    lines: list[Line] = []
    for way in found.ways:
        lines += [Line(), Line(_aim(found, way))]
        if way.cost is None:
            lines.append(Line("No change of the known scores does it.", 2))
        elif not way.cost:
            lines.append(Line("It is so already.", 2))
        else:
            lines += says.changes(found, way, most)
    if found.to is None:
        for asked, edge in ((found.up, "higher"), (found.down, "lower")):
            lines += [Line(), Line(f"There is no grade {edge} than {found.low}.")] if asked is None else []
    return says.whole(lines[1:])


def nearest_line(found: NearestChange) -> str:
    """A council in a line: what it has, what reaches more, and what loses it."""
    told = [
        f"{_cost(found, way)} to {way.grade}" if way.cost is not None else f"no way to {way.grade}"
        for way in found.ways
    ]
    return one_line(f"{found.outcome.assessment.label}: {_span(found.low, found.high)}; {join(told)}")


def kinds_of(found: NearestChange, way: WayTo) -> list[tuple[tuple[tuple[tuple[str, ...], int, Grade], ...], int]]:
    """Changes that are alike, together: for each kind its groups of scores, how many of them, and their new grade.

    Beside each stands how many changes it is.
    """
    home = {leaf: number for number, group in enumerate(found.alike) for leaf in group}
    counted: Counter[tuple[tuple[int, Grade, int], ...]] = Counter()
    for change in way.found:
        several = Counter((home[leaf], grade) for leaf, grade in change)
        counted[tuple(sorted(((group, grade, n) for (group, grade), n in several.items()), key=_by_group))] += 1
    return [
        (tuple((found.alike[group], number, grade) for group, grade, number in kind), count)
        for kind, count in counted.items()
    ]


def anywhere(found: NearestChange, way: WayTo) -> bool:
    """Whether it does not matter which of the scores take the points: every way to spread them does it."""
    if found.by != "points" or not found.plain or not isinstance(way.cost, int):
        return False
    framework, scores = found.outcome.assessment.framework, found.outcome.assessment.scores
    ways: Counter[int] = Counter({0: 1})
    for group in found.alike:
        for leaf in group:
            score = scores[leaf]
            if not isinstance(score, Grade):
                continue
            steps = [grade.value - score.value for grade in framework.scale_of(leaf)]
            steps = [abs(step) for step in steps if (step >= 0 if way.up else step <= 0)]
            after: Counter[int] = Counter()
            for points, count in ways.items():
                for step in steps:
                    if points + step <= way.cost:
                        after[points + step] += count
            ways = after
    return ways[way.cost] == way.count


class _Saying:
    """What is said about one result; it numbers the sources as they come up."""

    def __init__(self, outcome: Outcome, place: str, known: Sequence[str]) -> None:
        self.outcome = outcome
        self.place = place
        self.framework = outcome.assessment.framework
        self.scores = outcome.assessment.scores

        self.known = known
        self.by_score: dict[str, list[str]] = {}
        for leaf in self.known:
            self.by_score.setdefault(self.said(leaf), []).append(leaf)
        self.listed = False

    def whole(self, lines: Sequence[Line]) -> list[Line]:
        """What is said, below whom it is about, and the scores if it speaks of them together."""
        assessment = self.outcome.assessment
        result = self.outcome.result
        label = assessment.label
        if self.place != "overall":
            entry = self.outcome.profile[self.place]
            label, result = f"{label}, {self.framework.title_of(self.place)}", _span(entry.low, entry.high)
        unknown = not_known(assessment)
        head = [Line(f"{label}: {result}", 0, 2), *([Line(unknown, 2)] if unknown else [])]
        if self.listed:
            head += [Line(), Line("The scores")]
            for said, leaves in sorted(self.by_score.items(), reverse=True):
                head.append(Line(f"{said}  {_listed(name_of(self.framework, leaf) for leaf in leaves)}", 2, 5))
        return [*head, Line(), *lines]

    def said(self, leaf: str) -> str:
        """A score as a sentence has it; of a statement with parts the grade that it gets."""
        if leaf in self.scores:
            return self.framework.scale_of(leaf).said(self.scores[leaf])
        entry = self.outcome.profile[leaf]
        return span_words(entry.low, entry.high)

    def name(self, leaf: str) -> str:
        """A statement with its score."""
        return f"{name_of(self.framework, leaf)} ({self.said(leaf)})"

    def named(self, leaves: Sequence[str]) -> str:
        """Statements with their scores."""
        return _listed(self.name(leaf) for leaf in leaves)

    def kinds(self, found: Sequence[Reason], most: int | None) -> Iterator[Line]:
        """Sets of scores, those that are alike in one line."""
        for number, reason in enumerate(found[:most], 1):
            several = f" ({plural(reason.count, 'set')})" if reason.count > 1 else ""
            start = f"{number}. " if len(found) > 1 else ""
            text = _listed(self.some(names, many) for names, many in reason.groups)
            yield Line(f"{start}{text}{several}", 4, 4 + len(start))
        yield from _more(len(found), most)

    def some(self, names: tuple[str, ...], many: int) -> str:
        """So many of some scores: by what they are where these are all of that kind, otherwise by their names."""
        total = len(names)
        if total == len(self.known) and total > 1:
            return f"any {many} of the {total} scores" if many < total else f"all {total} scores"
        values = [said for said, leaves in self.by_score.items() if set(leaves) <= set(names)]
        if total >= _FEW and sum(len(self.by_score[said]) for said in values) == total:
            self.listed = True
            alike = f"{total} scores of {join(sorted(values))}"
            return f"any {many} of the {alike}" if many < total else f"all {alike}"
        return self.named(names) if many == total else f"any {many} of these: {self.named(names)}"

    def changes(self, found: NearestChange, way: WayTo, most: int | None) -> Iterator[Line]:
        cost = _cost(found, way)
        how = plural(way.count, "way")
        if len({grade.key for grade in way.gives} | {way.grade.key}) > 1:
            how += f", which can give {join([str(grade) for grade in way.gives], 'or')}"
        scored = sum(map(len, found.alike))
        if way.count > 1 and anywhere(found, way):
            yield Line(f"{cost}, on whichever of the {plural(scored, 'score')}: {how}.", 2)
            return
        yield Line(f"{cost}: {how}.", 2)
        if not way.found:
            yield Line("These are too many to be listed.", 2)
        kinds = kinds_of(found, way)
        for number, (groups, count) in enumerate(kinds[:most], 1):
            several = f" ({plural(count, 'way')})" if count > 1 else ""
            start = f"{number}. " if len(kinds) > 1 else ""
            text = _listed(self.moved(*group) for group in groups)
            yield Line(f"{start}{text}{several}", 4, 4 + len(start))
        yield from _more(len(kinds), most)

    def moved(self, names: tuple[str, ...], many: int, grade: Grade) -> str:
        """So many of some scores, and what they become."""
        become = "becomes" if many == 1 else "become"
        return f"{self.some(names, many)} {become} {self.framework.scale_of(names[0]).said(grade)}"


def _rule_lines(steps: Sequence[Step]) -> list[Line]:
    """Rules, each with whether it holds, and where they stand."""
    if not steps:
        return []
    sources = Citations()
    lines = [Line(), Line("The rules")]
    for step in steps:
        held = f"{mark(step):<5}" if step.kind == "rung" else ""
        lines.append(Line(f"{held}{step.text}{sources.cite(step.references)}", 2, 2 + len(held)))
    for number, reference in enumerate(sources, 1):
        lines.append(Line(f"[{number}] {''.join(cited(reference))}", 2, 6))
        lines += [Line(one_line(reference.url), 6)] if reference.url else []
    return lines


def _printed(lines: Sequence[Line], caution: str) -> str:
    """Lines broken to fit a terminal, with a caution below them."""
    whole = [*lines, Line(), Line("Take note"), Line(caution, 2)]
    return "\n".join(part for each in whole for part in wrapped(*each) or [""]) + "\n"


def _listed(names: Iterable[str]) -> str:
    """Names with semicolons, since many hold a comma or an "and"."""
    return "; ".join(names)


def _by_group(part: tuple[int, Grade, int]) -> tuple[int, int]:
    return part[0], part[1].rank


def _span(low: Grade | None, high: Grade | None) -> str:
    return str(low) if low == high else f"{low} to {high}"


def _so_many(found: Sequence[Reason]) -> str:
    kinds = f" of {plural(len(found), 'kind')}" if len(found) > 1 else ""
    return f"There are {plural(sum(reason.count for reason in found), 'set')}{kinds}"


def _more(count: int, most: int | None) -> list[Line]:
    return [Line(f"and {plural(count - most, 'more kind')}", 4)] if most is not None and count > most else []


def _cost(found: NearestChange, way: WayTo) -> str:
    """What a change takes, such as "3 points more" or "2 statements"."""
    cost = Fraction(way.cost or 0)
    if not found.plain:
        return f"a cost of {decimal(cost)}"
    if found.by == "statements":
        return plural(int(cost), "other score")
    return f"{plural(int(cost), 'point')} {'more' if way.up else 'less'}"


def _aim(found: NearestChange, way: WayTo) -> str:
    sure = "" if found.low == found.high else "be certain to "
    if way.up:
        return f"To {sure}reach {way.grade}"
    return f"To {sure}fall to {way.grade}"


def _rungs(found: NearestChange, way: WayTo) -> list[Step]:
    """The rule of the grade to reach, or of the grade that is lost."""
    steps = found.outcome.trace.parts
    node = next((step for step in steps if step.id == found.place and step.kind in ("node", "note")), None)
    if node is None:
        return []
    ladders = [step for step in node.parts if step.kind == "ladder"]
    if not ladders:
        return [node]
    chosen = next((step for step in ladders if step.id == ("must" if way.up else "may")), ladders[0])
    rank = way.grade.rank if way.up else way.grade.rank + 1
    return [rung for rung in chosen.parts if rung.grade is not None and rung.grade.rank == rank]
