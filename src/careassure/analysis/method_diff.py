"""Where two methods differ: counted over every combination of scores, with the plainest case that shows each way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from careassure.analysis.joint import MOST_STEPS, Joint, Result, Sides
from careassure.api.lookup import FrameworkLike, ScorerLike, find_framework, find_method, is_file
from careassure.errors import IncomparableError
from careassure.methods.evaluate import evaluate
from careassure.methods.fit import fit
from careassure.methods.formulas import Budget, TooManyError
from careassure.methods.method import Method
from careassure.methods.scorer import MethodScorer
from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.model.council import Body
from careassure.model.framework import Framework
from careassure.model.ids import shown
from careassure.model.outcome import Outcome
from careassure.model.scale import Scale
from careassure.model.showing import clipped, short_repr
from careassure.model.text import join, plural
from careassure.plugins.host import default_host

FORMAT = "careassure.method-diff/1"
_NOBODY = Body("unnamed", "Unnamed", "example")
_MOST_SAID = 3
_MOST_LISTED = 12

Verdict = Literal["same", "differ", "open"]


@frozen
class Difference:
    """One way in which two methods differ at a place.

    Args:
        first: What the first method gives, in words.
        second: What the second gives.
        count: How many combinations of scores and facts give this.
        case: The plainest assessment that shows it: most scores alike, and the fewest another.
        case_words: Its scores in words.
        rule: The rule by which the lower of the two is not higher there, where a single rung says so.
    """

    first: str
    second: str
    count: int
    case: Assessment = field(repr=False)
    case_words: str
    rule: str = ""

    __repr__ = short_repr


@frozen
class PlaceDiff:
    """How two methods compare at one place: overall, a theme, a statement, or a notice.

    Args:
        id: Its id; ``overall`` for the overall rating.
        title: How it is printed.
        level: ``overall``, ``place`` or ``notice``.
        verdict: ``same`` where every combination of scores was counted and gives the same; ``differ``; or ``open``
            where there are too many to count.
        total: How many combinations of scores and facts there are.
        differences: Every way in which they differ, the commonest first.
        counts: How many combinations give each pair of results, those that agree among them.
        comparable: Whether both grade it on scales with the same grades. Otherwise all combinations differ.
    """

    id: str
    title: str
    level: Literal["overall", "place", "notice"]
    verdict: Verdict
    total: int
    differences: tuple[Difference, ...] = ()
    counts: tuple[tuple[str, str, int], ...] = ()
    comparable: bool = True

    __repr__ = short_repr

    @property
    def differing(self) -> int:
        """How many combinations of scores and facts come out differently."""
        return sum(item.count for item in self.differences)


@frozen(repr=False)
class MethodDiff:
    """Two methods on one framework, compared over every combination of complete scores.

    Args:
        first: The first method.
        second: The second.
        framework: What they score.
        places: Each place that both grade, and each notice of either; the overall rating first.
        only_first: The places that only the first grades, by id.
        only_second: The places that only the second grades.
    """

    first: Method
    second: Method
    framework: Framework
    places: tuple[PlaceDiff, ...]
    only_first: tuple[str, ...] = ()
    only_second: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return clipped(f"<MethodDiff of {self.names[0]} and {self.names[1]}: {self.verdict}>")

    @property
    def names(self) -> tuple[str, str]:
        """How the two are called: by id, with the version where the ids are alike."""
        if self.first.id != self.second.id:
            return self.first.id, self.second.id
        if self.first.version != self.second.version:
            return f"{self.first.id} {self.first.version}", f"{self.second.id} {self.second.version}"
        return "the first", "the second"

    @property
    def verdict(self) -> Verdict:
        """``same`` where they are equal everywhere, which is proved; ``differ``; or ``open``."""
        found = {place.verdict for place in self.places}
        if "differ" in found or self.only_first or self.only_second:
            return "differ"
        return "open" if "open" in found else "same"

    @property
    def overall(self) -> PlaceDiff | None:
        """How they compare in the overall rating; None where not both give one."""
        return next((place for place in self.places if place.level == "overall"), None)

    def lines(self, most: int | None = None) -> tuple[str, ...]:
        """What they differ in, a sentence or two each.

        Args:
            most: How many ways are named overall, or for each theme and statement where not both give an overall. None
                names all, everywhere.
        """
        one, other = self.names
        found: list[str] = []
        if self.verdict == "same":
            total = max((place.total for place in self.places), default=0)
            found.append(f"They give the same result for all {total:,} combinations of scores. This is proved.")
        for place in self.places:
            brief = most is not None and (place.level == "notice" or place is not (self.overall or place))
            found += _place_lines(place, one, other, 0 if brief else most)
        for name, ids in ((one, self.only_first), (other, self.only_second)):
            if ids:
                titles = [_title(self.framework, item) for item in ids]
                found.append(f"Only {name} grades: {join(titles)}.")
        return tuple(found)

    @property
    def words(self) -> str:
        """Both methods and every way in which they differ, a line each."""
        return "\n".join((self.heading, *self.lines()))

    @property
    def heading(self) -> str:
        """Which methods are compared, on what."""
        one, other = (f"{item.id} {item.version} ({item.title})" for item in (self.first, self.second))
        return f"{one} and {other}, on {self.framework.title}, version {self.framework.version}"

    def __str__(self) -> str:
        return self.words

    def to_dict(self) -> dict[str, object]:
        """It as plain values that JSON can hold, in the form ``careassure.method-diff/1``."""
        return {
            "format": FORMAT,
            "first": {"id": self.first.id, "version": self.first.version},
            "second": {"id": self.second.id, "version": self.second.version},
            "framework": self.framework.id,
            "framework_version": self.framework.version,
            "verdict": self.verdict,
            "only_first": list(self.only_first),
            "only_second": list(self.only_second),
            "places": [
                {
                    "id": place.id,
                    "level": place.level,
                    "verdict": place.verdict,
                    "total": place.total,
                    "differing": place.differing,
                    "counts": [{"first": one, "second": two, "count": count} for one, two, count in place.counts],
                    "differences": [
                        {
                            "first": item.first, "second": item.second, "count": item.count,
                            "case": item.case.to_dict()["scores"], "facts": dict(item.case.facts),
                            "case_words": item.case_words, "rule": item.rule,
                        }
                        for item in place.differences
                    ],
                }
                for place in self.places
            ],
        }  # fmt: skip


def _place_lines(place: PlaceDiff, one: str, other: str, most: int | None) -> list[str]:
    if place.verdict == "open":
        return [f"{place.title}: there are too many combinations of scores to count them."]
    if place.verdict == "same":
        return [] if place.level == "notice" else [f"{place.title}: the same for all {place.total:,} combinations."]
    named = place.differences[:most]
    apart = "" if place.comparable else " Their scales differ, so all of them do."
    found = [f"{place.title}: they differ in {place.differing:,} of {place.total:,} combinations.{apart}"]
    for item in named:
        said = f"{one} says {item.first}, {other} says {item.second}"
        found.append(f"  {item.count:,}: {said}. Plainest case: {item.case_words}.")
        found += [f"    {item.rule}"] if item.rule else []
    rest = place.differences[len(named) :]
    counted = sum(item.count for item in rest)
    found += [f"  In {plural(len(rest), 'other way')}: {counted:,} in all."] if rest and named else []
    return found


def _title(framework: Framework, target: str) -> str:
    return "the overall rating" if target == "overall" else framework.title_of(target)


@checked
def diff_methods(first: ScorerLike, second: ScorerLike, framework: FrameworkLike | None = None) -> MethodDiff:
    """Where two methods differ, over every combination of complete scores, counted exactly.

    Nothing is tried out: what the rules cannot tell apart is counted together, so that the billions of combinations
    of a large framework take seconds. Scores that are missing need no count of their own: sound methods that agree on
    all complete scores agree on the range that missing ones leave.

    Args:
        first: A method, the name of one, or its file.
        second: Another.
        framework: What they score; the newest version that both are for where None.

    Raises:
        IncomparableError: No version of a framework is scored by both.
        UnknownScorerError: There is no such method, or it is written in Python and has no rules to compare.
        CannotLowerError: A weight is negative.
        CareAssureError: A file cannot be read, or holds no method.
    """
    known = find_framework(framework) if framework is not None and not isinstance(framework, str) else None
    one, other = (find_method(item, known) for item in (first, second))
    used = _common(one, other, framework)
    sides = Sides((one, other), used)
    targets = [[node.target for node in plan.nodes] for plan in sides.plans]
    shared = [target for target in targets[0] if target in targets[1]]
    shared.sort(key=lambda target: target != "overall")
    budget = Budget(MOST_STEPS)
    places = [_place(sides, target, budget) for target in shared]
    flags = {flag.id: flag.text for method in (other, one) for flag in fit(method, used).flags}
    places += [_notice(sides, flag, flags[flag], budget) for flag in sorted(flags)]
    only = [tuple(item for item in mine if item not in theirs) for mine, theirs in (targets, targets[::-1])]
    return MethodDiff(one, other, used, tuple(places), only[0], only[1])


def _common(one: Method, other: Method, framework: FrameworkLike | None) -> Framework:
    """The framework that was named, or the newest version that both methods score."""
    scorers = [MethodScorer(one), MethodScorer(other)]
    if framework is not None and (is_file(framework) or isinstance(framework, Framework)):
        versions: tuple[Framework, ...] = (find_framework(framework),)
    else:
        wanted = one.framework if framework is None else framework
        versions = next((item.versions for item in default_host().frameworks() if item.id == wanted), ())
        versions = versions or (find_framework(wanted),)
    fitting = [each for each in versions if all(scorer.accepts(each) for scorer in scorers)]
    if not fitting:
        said = [f"{item.id} scores {item.framework} {join(item.framework_versions, 'or') or 'in any version'}"
                for item in (one, other)]  # fmt: skip
        raise IncomparableError(f"no framework is scored by both: {join(said)}", hint="Name two methods of one version")
    return fitting[-1]


def _place(sides: Sides, target: str, budget: Budget) -> PlaceDiff:
    title = "Overall rating" if target == "overall" else sides.framework.title_of(target)
    level: Literal["overall", "place"] = "overall" if target == "overall" else "place"
    scales: list[Scale] = [node.scale for side in (0, 1) if (node := sides.node(side, target)) is not None]
    try:
        joint = sides.joint(target, budget)
    except TooManyError:
        return PlaceDiff(target, title, level, "open", 0)
    words = {key: (_said(key[0], scales[0]), _said(key[1], scales[1])) for key in joint.counts}
    same = {key for key in joint.counts if _keys(key[0], scales[0]) == _keys(key[1], scales[1])}
    return _diff(sides, (target, title, level), joint, words, same)


def _notice(sides: Sides, flag: str, text: str, budget: Budget) -> PlaceDiff:
    title = f"Notice {shown(flag)} ({text.rstrip('.')})"
    try:
        joint = sides.joint_flag(flag, budget)
    except TooManyError:
        return PlaceDiff(flag, title, "notice", "open", 0)
    names = {(1, 1): "given", (0, 1): "possible", (0, 0): "not given"}
    words = {key: (names[key[0][0], key[0][1]], names[key[1][0], key[1][1]]) for key in joint.counts}
    return _diff(sides, (flag, title, "notice"), joint, words, {key for key in joint.counts if key[0] == key[1]})


def _diff(
    sides: Sides,
    place: tuple[str, str, Literal["overall", "place", "notice"]],
    joint: Joint,
    words: Mapping[tuple[Result, Result], tuple[str, str]],
    same: set[tuple[Result, Result]],
) -> PlaceDiff:
    found: list[Difference] = []
    for key in joint.counts:
        if key not in same:
            plain, facts = joint.plainest[key]
            case = _case(sides.framework, plain.ranks, facts)
            said = _case_words(sides.framework, plain.usual, plain.ranks, facts)
            rule = "" if place[2] == "notice" else _rule(sides, place[0], case)
            found.append(Difference(*words[key], joint.counts[key], case, said, rule))
    found.sort(key=lambda item: (-item.count, item.first, item.second))
    counts = sorted(((*words[key], count) for key, count in joint.counts.items()), key=lambda row: (-row[2], row))
    scales = [node.scale for side in (0, 1) if (node := sides.node(side, place[0])) is not None]
    alike = len({tuple(grade.key for grade in scale.grades) for scale in scales}) < 2
    return PlaceDiff(*place, "differ" if found else "same", joint.total, tuple(found), tuple(counts), alike)


def _said(result: Result, scale: Scale) -> str:
    low, high, suggested = (scale.grades[rank].label if rank >= 0 else "" for rank in result)
    said = low if low == high else f"{low} to {high}"
    return f"{said} (suggested: {suggested})" if suggested and low != high else said


def _keys(result: Result, scale: Scale) -> tuple[str, ...]:
    """What a result is, for comparison with that of another scale: a suggestion counts where it is open."""
    low, high, suggested = (scale.grades[rank].key if rank >= 0 else "" for rank in result)
    return (low, high, suggested if low != high else "")


def _case(framework: Framework, ranks: tuple[int, ...], facts: Mapping[str, bool]) -> Assessment:
    leaves = framework.leaves
    marks = tuple((leaf, framework.scale_of(leaf).grades[rank]) for leaf, rank in zip(leaves, ranks, strict=True))
    return Assessment(_NOBODY, framework, marks, facts=tuple(sorted(facts.items())))


def _case_words(framework: Framework, usual: int, ranks: tuple[int, ...], facts: Mapping[str, bool]) -> str:
    apart: list[str] = []
    for leaf, rank in zip(framework.leaves, ranks, strict=True):
        if rank != usual:
            scale = framework.scale_of(leaf)
            apart.append(f"{framework.title_of(leaf)} {scale.said(scale.grades[rank])}")
    scale = framework.scale_of(framework.leaves[0])
    said = f"every score {scale.said(scale.grades[min(usual, len(scale) - 1)])}"
    rest = len(apart) - _MOST_SAID
    if len(ranks) == 1:
        said = said.removeprefix("every ")
    elif rest > 0 and scale.numeric and len(ranks) <= _MOST_LISTED:
        said = f"scores {' '.join(str(scale.grades[rank].value) for rank in ranks)} in the framework's order"
    elif apart:
        said = f"{said} but {join(apart[:_MOST_SAID] + ([f'{rest} more'] if rest > 0 else []))}"
    so = [name for name, value in facts.items() if value]
    return f"{said}; with {join(so)}" if so else said


def _rule(sides: Sides, target: str, case: Assessment) -> str:
    """The rung that fails in the method that gives less; empty where both are open or their scales differ."""
    outcomes = [evaluate(method, case) for method in sides.methods]
    steps = [outcome.trace.find("node", target) for outcome in outcomes]
    grades = [step.low if step is not None and step.low == step.high else None for step in steps]
    nodes = [sides.node(side, target) for side in (0, 1)]
    if None in grades or None in nodes or nodes[0] is None or nodes[1] is None:
        return ""
    keys = [[grade.key for grade in node.scale.grades] for node in nodes if node is not None]
    if keys[0] != keys[1]:
        return ""
    ranks = [keys[0].index(getattr(grade, "key", "")) for grade in grades]
    side = 0 if ranks[0] < ranks[1] else 1
    return _failed(outcomes[side], target, sides.methods[side].id)


def _failed(outcome: Outcome, target: str, name: str) -> str:
    node = outcome.trace.find("node", target)
    rungs = [step for step in node.walk() if step.kind == "rung"] if node is not None else []
    for step in rungs:
        if step.low is False:
            return f"Not met in {name}: {step.text}"
    return ""
