"""Check a method: prove from its structure, and on every combination of scores, that it is sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
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
from careassure.methods.states import State, View, fact_settings, view_of
from careassure.model.framework import Framework
from careassure.model.rounding import ROUNDINGS, Rounding, decimal
from careassure.model.scale import Scale
from careassure.model.text import join, plural

MOST_STATES = 250_000
"""Beyond this many states a node is checked by structure alone, and the report says so."""

Verdict = Literal["proved", "stated", "note", "failed"]


@frozen
class Finding:
    """One thing that was looked at.

    Args:
        verdict: ``proved``; ``stated``: the method says it, and that is all there is to it; ``note``: worth
            knowing; ``failed``: the method is not sound.
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
            rungs = tuple(_shape(rung.when) for ladder in node.ladders for rung in ladder.rungs)
            shape = (node.scale, view.gains, view.most, rungs)
            shapes.setdefault(shape, []).append(node)
    for nodes in shapes.values():
        name = nodes[0].target if len(nodes) == 1 else f"{nodes[0].target} and {len(nodes) - 1} like it"
        yield name, nodes[0]


def _shape(condition: Condition) -> object:
    match condition:
        case AtLeast(measure, threshold, strict):
            return measure.kind, measure.rounding, len(measure.inputs), threshold, strict
        case AllOf(parts) | AnyOf(parts):
            return type(condition).__name__, tuple(_shape(part) for part in parts)
        case FactIs(name, value, default):
            return name, value, default
        case _:
            return "not", _shape(condition.part)


def _check_node(fitted: Fitted, name: str, node: Node) -> Iterator[Finding]:
    scale = fitted.scale(node)
    view = view_of(fitted, node)
    rungs = [rung for ladder in node.ladders for rung in ladder.rungs]
    open_rungs = [rung.id for rung in rungs if direction(rung.when) not in ("up", "fixed")]
    if open_rungs:
        yield Finding("failed", name, f"{join(open_rungs)}: a raised score can make it fail", "by structure")
    else:
        yield Finding(
            "proved", name, f"monotone: each of the {plural(len(rungs), 'rung')} is upward closed", "by structure"
        )
    combinations = _combinations(view)
    states = view.states() if _few(view) else None
    seen = (
        f"on all {plural(combinations, 'score combination')}, which fall into {plural(len(states), 'state')}"
        if states is not None
        else f"{combinations:,} score combinations have too many states to go through"
    )
    settings = fact_settings(node)
    for ladder in node.ladders:
        yield from _nested(name, ladder, view, states, settings, seen)
    if states is None:
        yield Finding("note", name, "that every grade can be reached was not proved", seen)
        return
    yield from _reached(name, node, scale, view, states, settings, seen)
    yield from _ordered(name, node, view, states, settings, seen)
    yield from _rounded(name, node, scale, view, states, settings)


def _combinations(view: View) -> int:
    product = 1
    for scale in view.scales:
        product *= len(scale)
    return product


def _few(view: View) -> bool:
    """Whether the states can be gone through: a bound from the number of values that each measure can have."""
    bound = 1
    for index in range(len(view.measures)):
        bound *= (
            sum(max(gain[index] for gain in gains) - min(gain[index] for gain in gains) for gains in view.gains) + 1
        )
    return min(bound, _combinations(view)) <= MOST_STATES


def _nested(
    name: str,
    ladder: Ladder,
    view: View,
    states: Mapping[State, int] | None,
    settings: list[dict[str, bool]],
    seen: str,
) -> Iterator[Finding]:
    title = name if ladder.name == "only" else f"{name}, {ladder.name}"
    pairs = list(zip(ladder.rungs, ladder.rungs[1:], strict=False))
    structural = all(implies(upper.when, lower.when) for lower, upper in pairs)
    broken = sorted(
        {
            f"{upper.id} can hold where {lower.id} does not"
            for state in states or ()
            for facts in settings
            for lower, upper in pairs
            if view.holds(upper.when, state, facts) and not view.holds(lower.when, state, facts)
        }
    )
    if broken:
        yield Finding("failed", title, f"not nested: {join(broken)}", seen)
    elif structural or states is not None:
        how = " and ".join([*(["by structure"] if structural else []), *([seen] if states is not None else [])])
        yield Finding("proved", title, "total: the rungs are nested, so every combination has exactly one grade", how)
    else:
        yield Finding("failed", title, "whether the rungs are nested is open", seen)


def _reached(
    name: str,
    node: Node,
    scale: Scale,
    view: View,
    states: Mapping[State, int],
    settings: list[dict[str, bool]],
    seen: str,
) -> Iterator[Finding]:
    for ladder in node.ladders:
        title = name if ladder.name == "only" else f"{name}, {ladder.name}"
        counts = [0] * len(scale)
        for state, count in states.items():
            for facts in settings:
                counts[view.rank(ladder, state, facts)] += count
        missing = [grade.key for grade, count in zip(scale, counts, strict=True) if not count]
        if missing:
            yield Finding("failed", title, f"{join(missing)} can never be reached", seen)
        else:
            shares = join([f"{grade.key} {count:,}" for grade, count in zip(scale, counts, strict=True)])
            yield Finding("proved", title, f"every grade can be reached: {shares}", seen)


def _ordered(
    name: str, node: Node, view: View, states: Mapping[State, int], settings: list[dict[str, bool]], seen: str
) -> Iterator[Finding]:
    ladders = {ladder.name: ladder for ladder in node.ladders}
    pairs = [("must", "may"), ("must", "suggest"), ("suggest", "may")]
    for low, high in pairs:
        if low not in ladders or high not in ladders:
            continue
        wrong = sum(
            count
            for state, count in states.items()
            if any(view.rank(ladders[low], state, f) > view.rank(ladders[high], state, f) for f in settings)
        )
        if not wrong:
            yield Finding("proved", name, f"{low} is never above {high}", seen)
        elif "suggest" in (low, high):
            yield Finding(
                "note",
                name,
                f"{low} is above {high} in {wrong:,} combinations: there the suggestion is held between",
                seen,
            )
        else:
            yield Finding("failed", name, f"{low} is above {high} in {plural(wrong, 'combination')}", seen)


def _rounded(
    name: str, node: Node, scale: Scale, view: View, states: Mapping[State, int], settings: list[dict[str, bool]]
) -> Iterator[Finding]:
    rules = {m.id: m for ladder in node.ladders for rung in ladder.rungs for m in measures_in(rung.when)}
    rounded = [measure for measure in rules.values() if measure.rounding != "none"]
    for measure in rounded:
        yield Finding("stated", name, f"{measure.id} is rounded {measure.rounding.replace('_', ' ')}")
    if not rounded:
        return
    found: dict[tuple[Fraction, ...], str] = {}
    for state in states:
        for ladder in node.ladders:
            for facts in settings:
                grades: dict[int, list[Rounding]] = {}
                for rounding in ROUNDINGS:
                    grades.setdefault(view.rank(ladder, state, facts, rounding), []).append(rounding)
                if len(grades) > 1:
                    amounts = [_amount(view, measure, state) for measure in rounded]
                    text = "; ".join(
                        f"{scale.grades[rank].key} if rounded {join([h.replace('_', ' ') for h in hows], 'or')}"
                        for rank, hows in sorted(grades.items())
                    )
                    found.setdefault(tuple(view.value(m, state) for m in rounded), f"{join(amounts)}: {text}")
    totals = len({tuple(view.value(measure, state) for measure in rounded) for state in states})
    lines = [found[key] for key in sorted(found)]
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
    index = [m.inputs for m in view.measures].index(measure.inputs)
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


def implies(upper: Condition, lower: Condition) -> bool:
    """Whether ``lower`` holds wherever ``upper`` does, as far as their structure shows it. Both must be fitted."""
    if upper == lower:
        return True
    if isinstance(lower, AllOf):
        return all(implies(upper, part) for part in lower.parts)
    if isinstance(upper, AnyOf):
        return all(implies(part, lower) for part in upper.parts)
    if isinstance(lower, AnyOf) and any(implies(upper, part) for part in lower.parts):
        return True
    if isinstance(upper, AllOf):
        return any(implies(part, lower) for part in upper.parts)
    return isinstance(upper, AtLeast) and isinstance(lower, AtLeast) and _compares(upper, lower)


def _compares(upper: AtLeast, lower: AtLeast) -> bool:
    one, other = upper.measure, lower.measure
    high = upper.threshold.value(len(one.inputs))
    low = lower.threshold.value(len(other.inputs))
    if (one.kind, one.inputs, one.rounding) == (other.kind, other.inputs, other.rounding):
        return high > low or (high == low and (upper.strict or not lower.strict))
    if one.kind != "count" or other.kind != "count" or upper.strict or lower.strict:
        return False
    if high == len(one.inputs) and _covers(one.inputs, other.inputs):
        return low <= len(other.inputs)
    return high >= low and _covers(other.inputs, one.inputs, lower=True)


def _covers(wide: tuple[Input, ...], narrow: tuple[Input, ...], *, lower: bool = False) -> bool:
    """Whether each of ``narrow`` is in ``wide``, from a rank that is at least (or ``lower``: at most) its own."""
    ranks = {(item.id, item.given): item.at for item in wide}
    return all(
        (item.id, item.given) in ranks
        and (ranks[item.id, item.given] <= item.at if lower else ranks[item.id, item.given] >= item.at)
        for item in narrow
    )
