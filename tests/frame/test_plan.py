"""A plan says what the evaluation says, read by nothing but sums and comparisons; also for whole statements."""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import InvalidMethodError
from careassure.methods.evaluate import evaluate
from careassure.methods.fit import fit
from careassure.methods.lowering import lower_method
from careassure.methods.method import Method
from careassure.methods.plan import Amount, Every, FactPlan, MethodPlan, Opposite, Reaches, Some, Test
from careassure.methods.sums import CannotLowerError
from careassure.model.assessment import Assessment
from methods.brute import fact_settings
from methods.effort import runs
from methods.frames import HIDDEN, NOT_JUDGED, SOMEBODY, Frame, Item
from methods.tables import cases

Ranks = dict[int, int | None]
"""By the place of a source: its rank, None where it is left out."""


class Reader:
    """Reads a plan for one row with whole numbers of Python, at worst or at best."""

    def __init__(self, plan: MethodPlan, row: Mapping[str, Any], facts: Mapping[str, bool]) -> None:
        self.plan = plan
        self.facts = facts
        self.unknown: set[int] = set()
        self.ranks: dict[str, Ranks] = {"low": {}, "high": {}}
        for place, source in enumerate(plan.sources):
            if not source.given:
                continue
            score = row.get(source.id)
            ends: tuple[int | None, int | None] = (score, score) if isinstance(score, int) else source.unknown
            if score is NOT_JUDGED:
                ends = source.state or (None, None)
            if score is HIDDEN:
                ends = source.withheld
            if not isinstance(score, int):
                self.unknown.add(place)
            self.ranks["low"][place], self.ranks["high"][place] = ends
        for node in plan.nodes:
            by_name = {ladder.name: ladder for ladder in node.ladders}
            absent = bool(node.inputs) and all(self.ranks["low"].get(place) is None for place in node.inputs)
            for side, name in (("low", "must"), ("high", "may")):
                ladder = by_name.get(name, node.ladders[0])
                held = [self.holds(rung, side) for rung in ladder.rungs]
                assert held == sorted(held, reverse=True) or absent, "the rungs are not nested"
                self.ranks[side][node.source] = None if absent else sum(held)

    def value(self, amount: Amount, side: str) -> int:
        """What a sum comes to."""
        total = 0
        for place, adds in amount.parts:
            rank = self.ranks[side][place]
            if rank is not None and not (amount.known and side == "low" and place in self.unknown):
                total += adds[rank]
        return total

    def holds(self, test: Test, side: str) -> bool:
        """Whether a condition holds."""
        match test:
            case Reaches(index, least):
                return self.value(self.plan.amounts[index], side) >= least
            case Opposite(part):
                return not self.holds(part, "high" if side == "low" else "low")
            case Every(parts):
                return all(self.holds(part, side) for part in parts)
            case Some(parts):
                return any(self.holds(part, side) for part in parts)
            case FactPlan(name, value, default):
                return self.facts.get(name, default) is value


def draw_row(source: random.Random, frame: Frame, wholes: frozenset[str]) -> dict[str, Any]:
    """Places of scores on their scales, those of whole statements as one score each."""
    share = source.choice((0.0, 0.3, 0.7))
    row: dict[str, Any] = {}
    for leaf in frame.leaves:
        name = leaf.partition("/")[0]
        key = name if name in wholes else leaf
        open_ = source.random() < share
        row.setdefault(
            key, source.choice((None, NOT_JUDGED, HIDDEN)) if open_ else source.randrange(len(frame.grades_of(key)))
        )
    return row


def assess(frame: Frame, method: Method, row: Mapping[str, Any], facts: Mapping[str, bool]) -> Any:
    """What the evaluation makes of a row; a whole statement that is not known is parts that are not."""
    marks: dict[str, Any] = {}
    for key, rank in row.items():
        inside = [leaf for leaf in frame.leaves if leaf.startswith(f"{key}/")]
        if inside and rank is None:
            marks |= dict.fromkeys(inside)
        else:
            marks[key] = frame.framework.scale_of(key).grades[rank] if isinstance(rank, int) else rank
    return evaluate(method, Assessment(SOMEBODY, frame.framework, tuple(marks.items()), tuple(sorted(facts.items()))))


def compare(frame: Frame, method: Method, plan: MethodPlan, row: Mapping[str, Any], facts: Mapping[str, bool]) -> bool:
    """Hold one row against the evaluation; false where that refuses it."""
    try:
        outcome = assess(frame, method, row, facts)
    except InvalidMethodError:
        assert not plan.settled
        return False
    read = Reader(plan, row, facts)
    found = {node.target: (read.ranks["low"][node.source], read.ranks["high"][node.source]) for node in plan.nodes}
    want: dict[str, Any] = {entry.id: (entry.low, entry.high) for entry in outcome.profile}
    want["overall"] = (outcome.low, outcome.high)
    for target, ends in found.items():
        assert ends == tuple(grade.rank if grade is not None else None for grade in want[target]), target
    if plan.headline is not None and outcome.percentage_low is not None:
        for side, exact in (("low", outcome.percentage_low), ("high", outcome.percentage_high)):
            whole = plan.headline.whole
            over = whole if isinstance(whole, int) else max(1, read.value(whole, side))
            assert 100 * read.value(plan.headline.part, side) == exact * over
    certain = {flag.id: flag.certain for flag in outcome.flags}
    for id_, test in plan.flags:
        low, high = read.holds(test, "low"), read.holds(test, "high")
        if not plan.one_way:  # then it is not claimed for notices, and whoever asks for them goes by profiles
            continue
        assert (low, high) == {None: (False, False), False: (False, True), True: (True, True)}[certain.get(id_)], id_
    needed = plan.needed(flags=True, profile=True)
    assert {node.source for node in plan.nodes} <= needed
    return True


@runs(3)
@given(st.data(), st.booleans(), st.booleans())
def test_a_plan_says_what_the_evaluation_says(data: st.DataObject, leave_out: bool, whole: bool) -> None:
    """Grades at worst and at best, percentages and notices, whatever is known; with whole statements and without."""
    frame, table = data.draw(cases(leave_out=leave_out, replies=True))
    method = frame.load(table)
    made = [s.id for theme in frame.themes for s in theme.inside if s.inside]
    wholes = frozenset(made if whole else ())
    states = data.draw(st.booleans())
    try:
        plan = lower_method(fit(method, frame.framework), wholes, states=states)
    except CannotLowerError:
        return
    for amount in plan.amounts:
        span = [sum(ends) for ends in product(*[(min(0, *adds), max(0, *adds)) for _, adds in amount.parts])]
        assert (amount.least, amount.most) == (min(span, default=0), max(span, default=0))
        assert amount.reach >= max(map(abs, span), default=0)
    source = random.Random(data.draw(st.integers(0, 2**32)))  # noqa: S311
    for _ in range(12):
        row = draw_row(source, frame, wholes)
        if not states:
            row = {key: None if rank in (NOT_JUDGED, HIDDEN) else rank for key, rank in row.items()}
        facts = source.choice(fact_settings(table))
        if plan.settled:
            compare(frame, method, plan, row, facts)


# -- one by one ------------------------------------------------------------------------------------------

RULES: dict[str, Any] = {"references": {"r": {"title": "R", "basis": "ours"}}, "format": "careassure.method/1",
                         "id": "m", "version": "1", "title": "M", "framework": "frame"}  # fmt: skip
SAID = {"sentence": "S.", "reference": "r"}
SCALES = {"s": (("g0", 0), ("g1", 1), ("g2", 5)), "r": (("g0", 1), ("g1", 2), ("g2", 3))}
PARTS = Frame((Item("t", (Item("a", (Item("p"), Item("q"))), Item("b"))),), SCALES)


def bands(measure: str, *starts: Any) -> dict[str, Any]:
    return {"measure": measure, "g1": starts[0], "g2": starts[1], "reference": "r"}


def held(frame: Frame, table: dict[str, Any], wholes: frozenset[str] = frozenset(), *, states: bool = True) -> int:
    """How many rows were held against the evaluation: every combination of scores, blanks and states."""
    method = frame.load({**RULES, **table})
    plan = lower_method(fit(method, frame.framework), wholes, states=states)
    keys = list(dict.fromkeys(k if (k := leaf.partition("/")[0]) in wholes else leaf for leaf in frame.leaves))
    odd = [None, NOT_JUDGED] if states else [None]
    rows = product(*[[*range(len(frame.grades_of(key))), *odd] for key in keys])
    return sum(compare(frame, method, plan, dict(zip(keys, row, strict=True)), {}) for row in rows)


@pytest.mark.parametrize("not_rated", ["interval", "leave_out"])
@pytest.mark.parametrize("limit", [1, 30, "99/2"])
def test_percentages_of_what_is_there(limit: Any, not_rated: str) -> None:
    """A percentage whose whole depends on what is left out is compared by a difference that may be negative."""
    table = {
        "not_rated": not_rated,
        "measures": {"p": {"kind": "percentage", "over": "scores", "rounding": "none",
                           "weights": {"b": "2.5", "a/p": "1/3"}, **SAID}},
        "nodes": [{"for": "overall", "scale": "r", "headline": "p", "bands": bands("p", limit, 100)}],
    }  # fmt: skip
    assert held(PARTS, table) == 5**3


@pytest.mark.parametrize("not_rated", ["interval", "leave_out"])
@pytest.mark.parametrize("must", [False, True])
def test_whole_statements(must: bool, not_rated: str) -> None:
    """A statement given as a whole, with one ladder or with bounds: what is not known lies between its own ends."""
    ladder: dict[str, Any] = {"bands": bands("low", 1, 6)}
    if must:
        rungs = [
            [{"id": f"{name}{n}", "grade": f"g{n}", "when": {"measure": "low", "at_least": least}, **SAID}
             for n, least in enumerate(ends, 1)]
            for name, ends in (("must", (1, 10)), ("may", (1, 6)))
        ]  # fmt: skip
        ladder = {"must": {"rungs": rungs[0]}, "may": {"rungs": rungs[1]}}
    frame = Frame(PARTS.themes, {"s": SCALES["s"], "r": SCALES["s"]}, name="frame")
    table = {
        "not_rated": not_rated,
        "measures": {"low": {"kind": "total", "over": "scores", **SAID},
                     "sum": {"kind": "percentage", "over": "statements", "rounding": "up", **SAID}},
        "nodes": [{"for": "a", "scale": "s", **ladder},
                  {"for": "overall", "scale": "r", "headline": "sum", "bands": bands("sum", 10, 60)}],
    }  # fmt: skip
    assert held(frame, table) == 5**3
    assert held(frame, table, frozenset(["a"])) == 5**2


def test_a_whole_statement_that_a_theme_looks_at() -> None:
    """Whole statements that the method does not grade are scores like others; of two only those given are whole."""
    frame = Frame((Item("t", (Item("a", (Item("p"), Item("q"))), Item("b", (Item("p"), Item("q"))))),), SCALES)
    table = {
        "not_rated": "interval",
        "measures": {"sum": {"kind": "share", "over": "scores", "grade": "g1", "rounding": "half_even", **SAID}},
        "nodes": [{"for": "overall", "scale": "r", "headline": "sum", "bands": bands("sum", 25, 75)}],
        "flags": [{"id": "low", "when": {"any": "scores", "at_most": "g0"}, **SAID}],
    }
    assert held(frame, table) == 5**4
    plan = lower_method(fit(frame.load({**RULES, **table}), frame.framework), frozenset(["a"]))
    assert [source.id for source in plan.leaves] == ["a", "a/p", "a/q", "b/p", "b/q"]


def test_sums_are_in_lowest_terms_and_thresholds_within_them() -> None:
    """A sum has no factor that its comparison needs not, and no threshold lies beyond what the sum can be."""
    for weight, least in ((10**1000, "1/3"), (1, 10**30), ("1/7", 0)):
        table = {
            "not_rated": "leave_out",
            "measures": {"sum": {"kind": "total", "over": "scores",
                                 "weights": dict.fromkeys(PARTS.leaves, weight), **SAID}},
            "nodes": [{"for": "overall", "scale": "r", "bands": bands("sum", least, 10**400)}],
        }  # fmt: skip
        plan = lower_method(fit(PARTS.load({**RULES, **table}), PARTS.framework))
        assert [amount.parts for amount in plan.amounts] == [
            tuple((place, (0, 1, 5)) for place in range(3))
        ] or not plan.amounts
        assert plan.reach <= 30
        for node in plan.nodes:
            for rung in node.ladders[0].rungs:
                assert not isinstance(rung, Reaches) or 0 <= rung.least <= plan.amounts[rung.index].most + 1
