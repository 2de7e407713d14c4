"""Blocks of rows, and percentages at the edge of sixteen bits: the kernel, and engines that are lazy."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve

import careassure as ca
from careassure.frame.arrays import BAD, NO_GRADE, STATE, UNKNOWN, WITHHELD, Codes, Column, LeafData, Numbers, Rated
from careassure.frame.kernel import Kernel
from careassure.frame.sheet import _both, _rounded
from careassure.methods.fit import fit
from careassure.methods.lowering import lower_method
from careassure.model.rounding import Rounding, apply_rounding
from careassure.model.scale import Grade
from methods.frames import HIDDEN, NOT_JUDGED, Frame, plain_frame, scale_of

from .engines import KEY, MAKERS, OTHERS_WARNINGS, arrow
from .test_plan import RULES, SAID, bands

pytestmark = OTHERS_WARNINGS
ROUNDINGS: tuple[Rounding, ...] = ("up", "down", "half_up", "half_even")
MARGIN = ("margin_up", "margin_down", "margin_above", "margin_below")
PARTS = tuple(f"percentage{side}_{part}" for side in ("", "_low", "_high") for part in ("numerator", "denominator"))
OUTPUTS = ("rating", "low", "high", "suggested", "score", "score_low", "score_high", *PARTS)
Row = dict[str, Any]
FRAME = plain_frame("t: a b c", "g0 g1 g2")


class Numeric(Frame):
    """Its scores are numbers."""

    @cached_property
    def framework(self) -> ca.Framework:
        plain = Frame(self.themes, self.scales).framework
        return evolve(plain, scales=tuple(evolve(scale, numeric=scale.id == "s") for scale in plain.scales))


NUMBERS = Numeric(FRAME.themes, FRAME.scales)


def method_of(
    frame: Frame, rounding: str = "up", weight: int = 1, not_rated: str = "interval", **more: Any
) -> ca.Method:
    """A percentage of weighted scores, in three bands."""
    measure = {"kind": "percentage", "over": "scores", "rounding": rounding, "weights": {"a": weight}, **SAID}
    node = {"for": "overall", "scale": "r", "headline": "p", "bands": bands("p", 50, 90)}
    return frame.load({**RULES, "not_rated": not_rated, "measures": {"p": measure}, "nodes": [node], **more})


def rated(frame: Frame, method: ca.Method, rows: Sequence[Row], names: Sequence[str], **more: Any) -> Rated:
    codes = {None: UNKNOWN, NOT_JUDGED: STATE, HIDDEN: WITHHELD, "bad": BAD}
    plan = lower_method(fit(method, frame.framework))
    leaves = [Codes(np.array([codes.get(row[leaf.id], row[leaf.id]) for row in rows], np.int8)) for leaf in plan.leaves]
    return Kernel(plan, tuple(names), **more).run(leaves, {}, len(rows))


def cell(column: Column, row: int) -> Any:
    if column.values.dtype == np.uint8:
        return None if column.values[row] == NO_GRADE else int(column.values[row])
    return None if column.blank is not None and column.blank[row] else column.values[row].item()


def exact(frame: Frame, method: ca.Method, rows: Sequence[Row]) -> list[ca.Outcome]:
    """What the evaluation gives each row."""
    return [frame.assess(method, row) for row in rows]


def by_both(made: pa.Table, folder: Path, method: ca.Method, **settings: Any) -> list[list[dict[str, Any]]]:
    """The rows that a table in memory and a lazy one give."""
    return [
        arrow(ca.assess_frame(MAKERS[engine](made, folder), method, **settings)).sort_by(KEY).to_pylist()
        for engine in ("pandas", "polars lazy")
    ]


def check(found: Rated, wanted: Sequence[ca.Outcome]) -> None:
    """Every result of every row is that of the evaluation."""
    assert len(found.bad) == 0
    assert found.broken is None
    for number, outcome in enumerate(wanted):
        margin = {f"margin_{way}": getattr(outcome.margin, way) for way in ("up", "down", "above", "below")}
        for name, column in found.columns.items():
            value = cell(column, number)
            if name.startswith("percentage"):
                percentage = getattr(outcome, name.rpartition("_")[0])
                below = cell(found.columns[name.replace("numerator", "denominator")], number)
                above = cell(found.columns[name.replace("denominator", "numerator")], number)
                assert (Fraction(above, below) if above is not None else None) == percentage
            else:
                told = margin[name] if name in margin else getattr(outcome, name)
                assert value == (told.rank if isinstance(told, Grade) else told), (name, outcome)


ROWS: list[Row] = [
    *(dict(zip("abc", row, strict=True)) for row in product((0, 2, None), (0, 1, 2), (2, None, NOT_JUDGED, HIDDEN))),
    dict.fromkeys("abc"),
    dict.fromkeys("abc", NOT_JUDGED),
    {"a": NOT_JUDGED, "b": NOT_JUDGED, "c": 1},
    {"a": NOT_JUDGED, "b": HIDDEN, "c": 1},
    dict.fromkeys("abc", HIDDEN),
]
WEIGHTS = (1, 105, 106, 107, 108, 109, 132, 199, 216, 217, 218, 300, 435, 436, 437, 5000, 10**7)


@pytest.mark.parametrize("not_rated", ["interval", "leave_out"])
@pytest.mark.parametrize("rounding", [*ROUNDINGS, "none"])
def test_percentages_of_any_size(rounding: str, not_rated: str) -> None:
    """Sums below, at and above what fits into sixteen bits are divided and rounded rightly."""
    for weight in WEIGHTS if not_rated == "interval" else WEIGHTS[::4]:
        method = method_of(FRAME, rounding, weight, not_rated)
        check(rated(FRAME, method, ROWS, OUTPUTS), exact(FRAME, method, ROWS))


@pytest.mark.parametrize("values", [(0, 1, 2), (0, 1, 7), (3, 4, 5), (0, 50, 100)])
@pytest.mark.parametrize("not_rated", ["interval", "leave_out"])
def test_values_that_begin_elsewhere(values: tuple[int, ...], not_rated: str) -> None:
    """Scales from nothing, with gaps or from above one; one score alone may be all that there is."""
    frame = Frame(FRAME.themes, {"s": scale_of("g0", "g1", "g2", values=values), "r": FRAME.scales["r"]})
    for weight in (1, 40, 130):
        method = method_of(frame, "half_even", weight, not_rated)
        check(rated(frame, method, ROWS, OUTPUTS), exact(frame, method, ROWS))


@pytest.mark.parametrize("headline", [True, False])
def test_each_result_alone(headline: bool) -> None:
    """What else is asked for changes nothing; without a printed percentage there is none, and no score."""
    node: dict[str, Any] = {"for": "overall", "scale": "r", "bands": bands("p", 50, 90)}
    method = method_of(FRAME, nodes=[node | ({"headline": "p"} if headline else {})])
    wanted = exact(FRAME, method, ROWS)
    for name, block in product(("rating", "low", "high", "suggested", "score", "score_high"), (4, 100)):
        found = rated(FRAME, method, ROWS, (name,), block=block)
        assert tuple(found.columns) == (name,)
        check(found, wanted)


def test_margins_in_blocks() -> None:
    """Points and grades up and down from every row, in every block, together and each alone."""
    method = method_of(FRAME)
    wanted = exact(FRAME, method, ROWS)
    for names, block in product((MARGIN, *((name,) for name in MARGIN)), (1, 4, 10, 30, 100)):
        found = rated(FRAME, method, ROWS, names, block=block)
        assert set(found.columns) == set(names)
        check(found, wanted)


@pytest.mark.parametrize("weight", [1, 107])
@pytest.mark.parametrize("rounding", ROUNDINGS)
@pytest.mark.parametrize("headline", [False, True])
def test_looked_up_or_worked_out(
    rounding: Rounding, weight: int, headline: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether a result is looked up in a table of all that a sum can be or worked out row by row: it is the same."""
    names = (*OUTPUTS, *(MARGIN if not headline else ()))
    method = method_of(FRAME, weight=weight, rounding=rounding) if headline else method_of(FRAME)
    rows = ROWS * 4
    found = []
    for most in (0, 1 << 16):
        monkeypatch.setattr("careassure.frame.sheet.MOST_RESULTS", most)
        found.append(rated(FRAME, method, rows, names, block=50))
    check(found[1], exact(FRAME, method, ROWS) * 4)
    for name in names:
        assert [cell(found[0].columns[name], row) for row in range(len(rows))] == [
            cell(found[1].columns[name], row) for row in range(len(rows))
        ], name


def test_numbers_have_the_bits_that_are_asked_for() -> None:
    """Each column its own; 64 where nothing is said."""
    method = method_of(FRAME)
    names = ("score", "score_low", *PARTS[:2], *MARGIN[:2])
    bits = dict(zip(names, (8, 16, 32, 16, 8, 16), strict=True))
    columns = rated(FRAME, method, ROWS, names, bits=bits).columns
    assert {name: columns[name].values.dtype.itemsize * 8 for name in names} == bits
    columns = rated(FRAME, method, ROWS, names).columns
    assert {columns[name].values.dtype for name in names} == {np.dtype("i8")}


@pytest.mark.parametrize("block", [1, 3, 4, 100])
def test_bad_rows_are_told_and_left_blank(block: int) -> None:
    """Where they are, in whatever block; every result of them is blank, and none of another row."""
    bad = (1, 6, 7, 11)
    rows: list[Row] = [{"a": 2, "b": 2, "c": "bad" if number in bad else 2} for number in range(12)]
    found = rated(FRAME, method_of(FRAME), rows, (*OUTPUTS, *MARGIN), block=block)
    assert found.bad.tolist() == list(bad)
    for name, column in found.columns.items():
        blanks = [cell(column, row) is None for row in range(12)]
        if name not in ("margin_up", "margin_above", "suggested"):
            assert blanks == [row in bad for row in range(12)], name


def test_a_blank_may_make_a_row_bad() -> None:
    """Where that is asked for."""
    rows: list[Row] = [{"a": 2, "b": None if number == 5 else 1, "c": 2} for number in range(8)]
    for refuse, bad in ((True, [5]), (False, [])):
        found = rated(FRAME, method_of(FRAME), rows, ("low", "rating"), refuse=refuse, block=3)
        assert found.bad.tolist() == bad
        assert [cell(found.columns["low"], row) is None for row in range(8)] == [row in bad for row in range(8)]


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_few_rows(rows: int) -> None:
    """No rows have all columns too."""
    found = rated(FRAME, method_of(FRAME), ROWS[:rows], (*OUTPUTS, *MARGIN), block=2)
    assert {name: len(column.values) for name, column in found.columns.items()} == dict.fromkeys(
        (*OUTPUTS, *MARGIN), rows
    )
    check(found, exact(FRAME, method_of(FRAME), ROWS[:rows]))


@pytest.mark.parametrize("kind", [np.int64, np.uint16])
def test_rounding_is_that_of_the_library(kind: Any) -> None:
    """Of every small fraction, by one divisor or by one for each row."""
    for rounding in (*ROUNDINGS, "none"):
        for whole in range(1, 14):
            parts = np.arange(0, 60, dtype=kind)
            wanted = [int(apply_rounding(Fraction(part, whole), rounding)) if rounding != "none" else part // whole
                      for part in range(60)]  # fmt: skip
            assert _rounded(parts, whole, rounding).tolist() == wanted
            assert _rounded(parts, np.full(60, whole, kind), rounding).tolist() == wanted


def test_where_two_hold() -> None:
    """A mask of the rows where both do; none where that is nowhere."""
    yes, no = np.array([True, True, False]), np.array([True, False, True])
    found = _both(yes, no)
    assert found is not None
    assert found.tolist() == [True, False, False]
    assert _both(yes, ~yes) is None
    assert _both(True, False) is None
    assert _both(False, yes) is None
    one = _both(True, yes)
    assert one is not None
    assert one.tolist() == yes.tolist()
    both = _both(True, True)
    assert both is not None
    assert both.tolist() == [True]


def test_numbers_are_read_as_ranks() -> None:
    """Plain numbers of eight bits and wide ones, with blanks, give what codes give."""
    method = method_of(NUMBERS, weight=107)
    plan = lower_method(fit(method, NUMBERS.framework))
    rows: list[Row] = [row for row in ROWS if not {NOT_JUDGED, HIDDEN} & {*row.values()}]
    wanted = exact(NUMBERS, method, rows)
    for kind in (np.int8, np.int64, np.float64):
        leaves: list[LeafData] = []
        for leaf in plan.leaves:
            blank = np.array([row[leaf.id] is None for row in rows])
            values = np.array([(row[leaf.id] or 0) + 1 for row in rows], kind)
            leaves.append(Numbers(values, blank if blank.any() else None))
        check(Kernel(plan, OUTPUTS, block=5).run(leaves, {}, len(rows)), wanted)


@pytest.mark.parametrize("not_rated", ["interval", "leave_out"])
def test_percentages_of_any_size_lazily(not_rated: str) -> None:
    """The same sums as expressions: no engine overflows, whatever type the scores come in."""
    words = {None: None, NOT_JUDGED: "Not judged", HIDDEN: "[c]", 0: "g0", 1: "g1", 2: "g2"}
    tables = [(FRAME, ROWS, [pl.DataFrame({leaf: [words[row[leaf]] for row in ROWS] for leaf in "abc"})])]
    numbers = [row for row in ROWS if not {NOT_JUDGED, HIDDEN} & {*row.values()}]
    cells = {leaf: [None if row[leaf] is None else row[leaf] + 1 for row in numbers] for leaf in "abc"}
    tables.append((NUMBERS, numbers, [pl.DataFrame(cells, dict.fromkeys("abc", kind)) for kind in (pl.Int8, pl.Int64)]))
    outputs = ("rating", "low", "high", "score", "score_low", "score_high", "percentage")
    for weight in (1, 20, 21, 106, 5000, 10**7):
        for frame, rows, kinds in tables:
            method = method_of(frame, "half_even", weight, not_rated)
            found = [
                ca.assess_frame(table.lazy(), method, framework=frame.framework, outputs=outputs).collect().to_dicts()
                for table in kinds
            ]
            wanted = exact(frame, method, rows)
            for outcome, given in (pair for each in found for pair in zip(wanted, each, strict=True)):
                for name in ("rating", "low", "high"):
                    grade = getattr(outcome, name)
                    assert given[name] == (grade.key if grade is not None else None)
                assert [given[name] for name in outputs[3:6]] == [getattr(outcome, name) for name in outputs[3:6]]
                fraction: tuple[Any, Any] = (given["percentage_numerator"], given["percentage_denominator"])
                above, below = fraction
                assert (Fraction(above, below) if above is not None else None) == outcome.percentage
                assert below is None or below > 0


THEMES = plain_frame("t: a b; u: c d", "g0 g1 g2")


@pytest.mark.parametrize("not_rated", ["interval", "leave_out"])
@pytest.mark.parametrize("told", [None, True, False])
def test_themes_facts_and_notices(told: bool | None, not_rated: str, tmp_path: Path) -> None:
    """Level on level, where all of a theme is left out, with a fact that is told for all rows, or not at all."""
    parts: dict[str, Any] = {"over": "scores", **SAID}
    when = {"all_of": [{"measure": "low", "at_least": 1}, {"fact": "checked", "default": True}]}
    theme = {
        "scale": "r",
        "rungs": [
            {"grade": "g1", "when": {"every": "scores", "at_least": "g1"}, **SAID},
            {"grade": "g2", "when": {"every": "scores", "at_least": "g2"}, **SAID},
        ],
    }
    fact = {"fact": "checked", "default": True}
    told_rungs = [
        {"grade": "g1", "when": fact, **SAID},
        {"grade": "g2", "when": {"all_of": [fact, {"every": "scores", "at_least": "g2"}]}, **SAID},
    ]
    table = {
        **RULES,
        "not_rated": not_rated,
        "measures": {"p": {"kind": "percentage", "rounding": "up", **parts},
                     "low": {"kind": "count", "grade": "g0", **parts}},
        "nodes": [{"for": "t", **theme}, {"for": "u", "scale": "r", "rungs": told_rungs},
                  {"for": "overall", "scale": "r", "headline": "p", "bands": bands("p", 40, 75)}],
        "flags": [{"id": "poor", "when": when, **SAID}, {"id": "fine", "when": {"not": when}, **SAID}],
    }  # fmt: skip
    method = THEMES.load(table)
    cells = (0, 2, None, NOT_JUDGED, HIDDEN)
    rows: list[Row] = [
        dict(zip("abcd", row, strict=True)) for row in product(cells, (1, None, NOT_JUDGED), cells, (2, NOT_JUDGED))
    ]
    words = {None: None, NOT_JUDGED: "Not judged", HIDDEN: "[c]", 0: "g0", 1: "g1", 2: "g2"}
    made = pa.table({KEY: range(len(rows)), **{leaf: [words[row[leaf]] for row in rows] for leaf in "abcd"}})
    facts = {} if told is None else {"checked": told}
    outputs = (
        "rating",
        "low",
        "high",
        "score",
        "score_low",
        "score_high",
        "flags",
        "profile",
        "profile_low",
        "profile_high",
    )
    found = by_both(made, tmp_path, method, framework=THEMES.framework, outputs=outputs, facts=facts)
    for row, one, other in zip(rows, *found, strict=True):
        outcome = THEMES.assess(method, row, facts)
        certain = {flag.id: flag.certain or None for flag in outcome.flags}
        wanted = {name: getattr(outcome, name) for name in outputs[:6]}
        wanted |= {f"profile_{entry.id}": entry.grade for entry in outcome.profile if entry.id in "tu"}
        wanted |= {f"profile_{end}_{entry.id}": getattr(entry, end)
                   for entry in outcome.profile for end in ("low", "high") if entry.id in "tu"}  # fmt: skip
        wanted = {name: value.key if isinstance(value, Grade) else value for name, value in wanted.items()}
        wanted |= {f"flag_{name}": certain.get(name, False) for name in ("poor", "fine")}
        assert {name: one[name] for name in wanted} == wanted, row
        assert {name: other[name] for name in wanted} == wanted, row


@pytest.mark.parametrize("not_rated", ["interval", "leave_out"])
def test_scores_without_a_column_are_not_known(not_rated: str, tmp_path: Path) -> None:
    """They may be anything in every row, at worst the lowest and at best the highest."""
    method = method_of(FRAME, "half_up", 3, not_rated)
    words = {None: None, 0: "g0", 1: "g1", 2: "g2"}
    cells = (0, 1, 2, None)
    for there in ("a", "c", "ab", "bc"):
        rows: list[Row] = [dict(zip(there, row, strict=True)) for row in product(cells, repeat=len(there))]
        made = pa.table({KEY: range(len(rows)), **{leaf: [words[row[leaf]] for row in rows] for leaf in there}})
        outputs = ("rating", "low", "high", "score", "score_low", "score_high")
        columns = {leaf: leaf if leaf in there else None for leaf in "abc"}
        found = by_both(made, tmp_path, method, framework=FRAME.framework, outputs=outputs, columns=columns)
        for row, one, other in zip(rows, *found, strict=True):
            outcome = FRAME.assess(method, {**dict.fromkeys("abc"), **row})
            values = [getattr(outcome, name) for name in outputs]
            wanted = [value.key if isinstance(value, Grade) else value for value in values]
            assert [one[name] for name in outputs] == wanted
            assert [other[name] for name in outputs] == wanted
