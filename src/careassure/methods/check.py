"""Check a method: prove from its structure, and on every combination of scores, that it is sound."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from attrs import frozen

from careassure.methods.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    FactIs,
    Input,
    Measure,
    direction,
    measures_in,
)
from careassure.methods.fit import Fitted, fit
from careassure.methods.method import FlagRule, Ladder, Method, Node, Rung
from careassure.methods.states import State, View, view_of
from careassure.methods.survey import Situation, Survey, looks_twice, partial_nodes, survey
from careassure.model.framework import Framework
from careassure.model.rounding import ROUNDINGS, Rounding, decimal
from careassure.model.scale import Scale
from careassure.model.text import join, plural

Verdict = Literal["proved", "stated", "note", "open", "failed"]


@frozen
class Finding:
    """One thing that was looked at.

    Args:
        verdict: ``proved``; ``stated``: the method says it, and that is all there is to it; ``note``: worth
            knowing; ``open``: it could not be proved; ``failed``: the method is not sound.
        where: The node, rung or flag.
        what: The finding in a sentence.
        how: How it was found.
    """

    verdict: Verdict
    where: str
    what: str
    how: str = ""

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

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return all(finding.verdict != "failed" for finding in self.findings)

    @property
    def proved(self) -> bool:
        """Whether nothing failed and nothing is open: every combination of scores has exactly one result."""
        return all(finding.verdict not in ("failed", "open") for finding in self.findings)

    def __str__(self) -> str:
        verdict = "sound" if self.ok else "NOT SOUND"
        return "\n".join([f"{self.method} on {self.framework}: {verdict}", *(f"  {line}" for line in self.findings)])


def check(method: Method, framework: Framework) -> CheckReport:
    """Check a method on one version of a framework.

    It proves that the method is monotone (a raised score never lowers a grade) and total (every combination
    of scores has exactly one grade), that every grade can be reached, and that what must be is never above
    what may be. It lists the totals whose grade depends on how the percentage is rounded.

    Raises:
        InvalidMethodError: The method does not fit the framework at all.
    """
    fitted = fit(method, framework)
    findings = [
        *_cited(method),
        *(finding for node in _distinct(fitted) for finding in _check_node(fitted, *node)),
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


def _distinct(fitted: Fitted) -> Iterator[tuple[str, Node]]:
    """The nodes to check, those that differ in nothing but their place only once."""
    shapes: dict[object, list[Node]] = {}
    for node in fitted.nodes:
        if node.ladders:
            view = view_of(fitted, node)
            rungs = tuple(_shape(rung.when, view) for ladder in node.ladders for rung in ladder.rungs)
            own = node.target if looks_twice(fitted, view) else ""
            shapes.setdefault((node.scale, own, view.gains, rungs), []).append(node)
    for nodes in shapes.values():
        name = nodes[0].target if len(nodes) == 1 else f"{nodes[0].target} and {len(nodes) - 1} like it"
        yield name, nodes[0]


def _shape(condition: Condition, view: View) -> object:
    match condition:
        case AtLeast(measure, threshold, strict):
            weights = tuple(item.weight for item in measure.inputs)
            return view.index(measure), measure.kind, measure.rounding, weights, threshold, strict
        case AllOf(parts) | AnyOf(parts):
            return type(condition).__name__, tuple(_shape(part, view) for part in parts)
        case FactIs(name, value, default):
            return name, value, default
        case _:
            return "not", _shape(condition.part, view)


def _check_node(fitted: Fitted, name: str, node: Node) -> Iterator[Finding]:
    scale = fitted.scale(node)
    rungs = [rung for ladder in node.ladders for rung in ladder.rungs]
    open_rungs = [rung.id for rung in rungs if direction(rung.when) not in ("up", "fixed")]
    if open_rungs:
        yield Finding("failed", name, f"{join(open_rungs)}: a raised score can make it fail", "by structure")
    else:
        yield Finding(
            "proved", name, f"monotone: each of the {plural(len(rungs), 'rung')} is upward closed", "by structure"
        )
    found = survey(fitted, node)
    seen = _seen(found)
    for place, ladder in enumerate(node.ladders):
        yield from _nested(name, ladder, found.node.ladders[place], found, seen)
    if found.situations is None:
        yield Finding("open", name, "that every grade can be reached was not proved", seen)
        return
    if found.exact:
        yield from _reached(name, scale, found, found.situations, seen)
    else:
        why = "inputs rest on the same scores or facts"
        yield Finding("note", name, "that every grade can be reached was not proved", why)
    yield from _ordered(name, found, found.situations, seen)
    if fitted.method.not_rated == "leave_out":
        yield from _left_out(fitted, name, node)
    yield from _rounded(name, scale, found, found.situations)


def _seen(found: Survey) -> str:
    if found.situations is None:
        return f"{found.combinations:,} score combinations have too many states to go through"
    states = len({situation.state for situation in found.situations})
    return f"on all {plural(found.combinations, 'score combination')}, which fall into {plural(states, 'state')}"


def _nested(name: str, rule: Ladder, ladder: Ladder, found: Survey, seen: str) -> Iterator[Finding]:
    title = name if ladder.name == "only" else f"{name}, {ladder.name}"
    structural = all(implies(upper.when, lower.when) for lower, upper in pairwise(rule.rungs))
    broken = _broken(ladder, found)
    if broken:
        yield Finding("failed", title, f"not nested: {join(broken)}", seen)
    elif structural or found.situations is not None:
        ways = [*(["by structure"] if structural else []), *([seen] if found.situations is not None else [])]
        text = "total: the rungs are nested, so every combination has exactly one grade"
        yield Finding("proved", title, text, " and ".join(ways))
    else:
        yield Finding("failed", title, "whether the rungs are nested is open", seen)


def _broken(ladder: Ladder, found: Survey) -> list[str]:
    view = found.view
    return sorted(
        {
            f"{upper.id} can hold where {lower.id} does not"
            for lower, upper in pairwise(ladder.rungs)
            for at in found.situations or ()
            if view.holds(upper.when, at.state, at.facts) and not view.holds(lower.when, at.state, at.facts)
        }
    )


def _reached(name: str, scale: Scale, found: Survey, situations: tuple[Situation, ...], seen: str) -> Iterator[Finding]:
    """A grade is reached where the rules give it, or where judgement may decide for it."""
    ladders = {ladder.name: ladder for ladder in found.node.ladders}
    pairs = [(name, ladders["must"], ladders["may"])] if "must" in ladders and "may" in ladders else []
    pairs += [
        (name if key == "only" else f"{name}, {key}", ladder, ladder)
        for key, ladder in ladders.items()
        if not pairs or key == "suggest"
    ]
    for title, low, high in pairs:
        counts = [0] * len(scale)
        for at in situations:
            first, last = (found.view.rank(ladder, at.state, at.facts) for ladder in (low, high))
            for rank in range(first, last + 1):
                counts[rank] += at.count
        missing = [grade.key for grade, count in zip(scale, counts, strict=True) if not count]
        if missing:
            yield Finding("failed", title, f"{join(missing)} can never be reached", seen)
        else:
            shares = join([f"{grade.key} {count:,}" for grade, count in zip(scale, counts, strict=True)])
            yield Finding("proved", title, f"every grade can be reached: {shares}", seen)


def _ordered(name: str, found: Survey, situations: tuple[Situation, ...], seen: str) -> Iterator[Finding]:
    ladders = {ladder.name: ladder for ladder in found.node.ladders}
    for low, high in (("must", "may"), ("must", "suggest"), ("suggest", "may")):
        if low not in ladders or high not in ladders:
            continue
        wrong = sum(
            at.count
            for at in situations
            if found.view.rank(ladders[low], at.state, at.facts) > found.view.rank(ladders[high], at.state, at.facts)
        )
        if not wrong:
            yield Finding("proved", name, f"{low} is never above {high}", seen)
        elif "suggest" in (low, high):
            text = f"{low} is above {high} in {wrong:,} combinations: there the suggestion is held between"
            yield Finding("note", name, text, seen)
        else:
            yield Finding("failed", name, f"{low} is above {high} in {plural(wrong, 'combination')}", seen)


def _left_out(fitted: Fitted, name: str, node: Node) -> Iterator[Finding]:
    """The same for fewer inputs: rungs stay nested and bounds in order whatever is left out."""
    bounds = len(node.ladders) > 1
    by_structure = all(
        implies(upper.when, lower.when, partly=True)
        for ladder in node.ladders
        for lower, upper in pairwise(ladder.rungs)
    )
    if by_structure and not bounds:
        yield Finding("proved", name, "whatever is left out, the rungs stay nested", "by structure")
        return
    nodes = partial_nodes(fitted, node)
    linked = looks_twice(fitted, view_of(fitted, node))  # with less inside, linked inputs may part in new ways
    surveys = [survey(fitted, fewer, apart=True) for fewer in ([node] if linked else []) + (nodes or [])]
    if nodes is None or any(found.situations is None for found in surveys):
        yield Finding("open", name, "that the rungs stay nested whatever is left out was not proved", "too many ways")
        return
    for found in surveys:
        broken = [text for ladder in found.node.ladders for text in _broken(ladder, found)]
        crossed = [f.what for f in _ordered(name, found, found.situations or (), "") if f.verdict == "failed"]
        if broken or crossed:
            left = [key[0] for key in view_of(fitted, node).inputs if key not in found.view.inputs] or ["some"]
            yield Finding("failed", name, f"with {join(left)} left out: {join([*broken, *crossed])}", "by trying")
            return
    yield Finding("proved", name, "whatever is left out, the rungs stay nested", f"in {len(surveys)} ways that differ")


def _rounded(name: str, scale: Scale, found: Survey, situations: tuple[Situation, ...]) -> Iterator[Finding]:
    view = found.view
    conditions = [rung.when for ladder in found.node.ladders for rung in ladder.rungs]
    rules = {measure.id: measure for condition in conditions for measure in measures_in(condition)}
    rounded = [measure for measure in rules.values() if measure.rounding != "none"]
    for measure in rounded:
        yield Finding("stated", name, f"{measure.id} is rounded {measure.rounding.replace('_', ' ')}")
    if not rounded:
        return
    lines_by_values: dict[tuple[Fraction, ...], str] = {}
    for at in situations:
        for ladder in found.node.ladders:
            grades: dict[int, list[Rounding]] = {}
            for rounding in ROUNDINGS:
                grades.setdefault(view.rank(ladder, at.state, at.facts, rounding), []).append(rounding)
            if len(grades) > 1:
                amounts = [_amount(view, measure, at.state) for measure in rounded]
                text = "; ".join(
                    f"{scale.grades[rank].key} if rounded {join([h.replace('_', ' ') for h in hows], 'or')}"
                    for rank, hows in sorted(grades.items())
                )
                values = tuple(view.value(measure, at.state) for measure in rounded)
                lines_by_values.setdefault(values, f"{join(amounts)}: {text}")
    totals = len({tuple(view.value(measure, at.state) for measure in rounded) for at in situations})
    lines = [lines_by_values[values] for values in sorted(lines_by_values)]
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


def _amount(view: View, measure: Measure, state: State) -> str:
    value = view.value(measure, state)
    index = view.index(measure)
    if measure.kind == "percentage" and view.scaling[index] == 1:
        return f"{state[index]} of {view.most[index]} ({decimal(value)} %)"
    return f"{measure.id} {decimal(value)}"


def _flags(fitted: Fitted) -> Iterator[Finding]:
    for flag in fitted.flags:
        words = {
            "up": "can only appear when scores rise",
            "down": "can only appear when scores fall",
            "fixed": "does not depend on the scores",
            "mixed": "may appear or vanish when a score is raised",
        }
        yield Finding("stated", f"flag {flag.id}", words[direction(flag.when)], "by structure")


def implies(upper: Condition, lower: Condition, *, partly: bool = False) -> bool:
    """Whether ``lower`` holds wherever ``upper`` does, as far as their structure shows it. Both must be fitted.

    Args:
        upper: The condition that holds.
        lower: The condition that follows.
        partly: Whether it has to follow whatever is left out of the scores, too.
    """
    if upper == lower:
        return True
    if isinstance(lower, AllOf):
        return all(implies(upper, part, partly=partly) for part in lower.parts)
    if isinstance(upper, AnyOf):
        return all(implies(part, lower, partly=partly) for part in upper.parts)
    if isinstance(lower, AnyOf) and any(implies(upper, part, partly=partly) for part in lower.parts):
        return True
    if isinstance(upper, AllOf):
        return any(implies(part, lower, partly=partly) for part in upper.parts)
    return isinstance(upper, AtLeast) and isinstance(lower, AtLeast) and _compares(upper, lower, partly)


def _compares(upper: AtLeast, lower: AtLeast, partly: bool) -> bool:
    one, other = upper.measure, lower.measure
    many, more = len(one.inputs), len(other.inputs)
    highs = {n: upper.threshold.value(n) for n in range(0 if partly else many, many + 1)}
    lows = {n: lower.threshold.value(n) for n in range(0 if partly else more, more + 1)}
    if (one.kind, one.inputs, one.rounding) == (other.kind, other.inputs, other.rounding):
        level = upper.strict or not lower.strict
        return all(high > lows[n] or (high == lows[n] and level) for n, high in highs.items())
    if one.kind != "count" or other.kind != "count" or upper.strict or lower.strict:
        return False
    if all(high == n for n, high in highs.items()) and _covers(one.inputs, other.inputs):
        return all(low <= n for n, low in lows.items())
    return min(highs.values()) >= max(lows.values()) and _covers(other.inputs, one.inputs, lower=True)


def _covers(wide: tuple[Input, ...], narrow: tuple[Input, ...], *, lower: bool = False) -> bool:
    """Whether each of ``narrow`` is in ``wide``, from a rank that is at least (or ``lower``: at most) its own."""
    ranks = {(item.id, item.given): item.at for item in wide}
    return all(
        (item.id, item.given) in ranks
        and (ranks[item.id, item.given] <= item.at if lower else ranks[item.id, item.given] >= item.at)
        for item in narrow
    )
