"""The stages of a lazy table: which columns are made on the way, of which type, and what each says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest

import careassure as ca
from careassure.frame.lazy import Lazy
from careassure.frame.outputs import OutputColumn
from careassure.frame.reading import Plain, Read
from careassure.frame.results import Results
from careassure.methods.fit import fit
from careassure.methods.lowering import lower_method
from careassure.methods.plan import Amount, FactPlan
from careassure.model.scale import Grade, Scale
from methods.frames import NOT_JUDGED, Frame, plain_frame

from .engines import OTHERS_WARNINGS
from .test_plan import RULES, SAID, bands

pytestmark = OTHERS_WARNINGS
FRAME = plain_frame("t: a b; u: c", "g0 g1 g2")
SCALE = FRAME.framework.scale("r")
THEME = {"scale": "r", "bands": bands("p", 50, 90)}
NODES = [{"for": "t", **THEME}, {"for": "u", **THEME}, {"for": "overall", "headline": "p", **THEME}]


def method(not_rated: str = "interval", *, nodes: Any = None, **more: Any) -> Any:
    measure = {"kind": "percentage", "over": "scores", "rounding": "up", **SAID}
    return FRAME.load({**RULES, "not_rated": not_rated, "measures": {"p": measure}, "nodes": nodes or NODES, **more})


def plain(name: str, *, unknown: bool = False, odd: bool = False) -> Read:
    """A column of numbers from 1 to 3 in eight bits."""
    cell = nw.col(name)
    return Read(name, name, cell - 1, cell.is_null() if unknown else None, (cell > 3) if odd else None, (), cell,
                Plain(cell, nw.Int8(), 1, 3))  # fmt: skip


def words(name: str, *, unknown: bool = False, state: bool = False) -> Read:
    """A column of ranks as they are: 7 is a state."""
    cell = nw.col(name)
    rank = nw.when(cell == 7).then(nw.lit(0)).otherwise(cell.fill_null(0))
    states = ((-2, (cell == 7).fill_null(False)),) if state else ()
    return Read(name, name, rank, cell.is_null() if unknown else None, None, states, cell)


def output(key: str, kind: Any = "grade", bits: int = 16, text: str = "") -> OutputColumn:
    return OutputColumn(key, f"r_{key}", kind, SCALE if kind == "grade" else None, text, bits)


def lazy(
    rules: Any, table: Mapping[str, Any], reads: Sequence[Read | None], *outputs: OutputColumn, states: bool = True,
    facts: Mapping[str, Any] | None = None, frame: Frame = FRAME,
) -> Lazy:  # fmt: skip
    plan = lower_method(fit(rules, frame.framework), states=states)
    data = pl.DataFrame(table, schema_overrides={name: pl.Int8 for name in table if name in "abc"})
    return Lazy(plan, nw.from_native(data.lazy()), reads, dict(facts or {}), outputs or (output("rating"),), "_")


def made(found: Lazy) -> dict[str, tuple[pl.DataType, list[Any]]]:
    """The columns that were made on the way, each with its type and its entries."""
    table: pl.DataFrame = found.frame.to_native().collect()
    return {name: (table[name].dtype, table[name].to_list()) for name in table.columns if name.startswith("_")}


def asked(found: Lazy, expression: Any) -> tuple[pl.DataType, list[Any]]:
    """What an expression says of the table."""
    column = found.frame.select(x=expression).to_native().collect()["x"]
    return column.dtype, column.to_list()


TABLE: dict[str, list[Any]] = {"a": [1, 3, None, 2], "b": [3, 3, 1, 1], "c": [1, 2, 3, 1]}
RANKS: dict[str, list[Any]] = {"a": [0, 2, None, 7], "b": [2, 2, 0, 0], "c": [0, 1, 2, None]}
INT8, INT32, INT64 = pl.Int8(), pl.Int32(), pl.Int64()


def test_plain_columns_are_worked_with_as_they_are() -> None:
    """By one above their ranks; blanks are filled with the ends of the scale; nothing is made on the way."""
    found = lazy(method(), TABLE, [plain("a", unknown=True), plain("b"), plain("c")])
    assert made(found) == {}
    assert found.above == [1, 1, 1, 0, 0, 0]
    assert [bounds.same for bounds in found.bounds[:3]] == [False, True, True]
    assert asked(found, found.bounds[0].low) == (INT8, [1, 3, 1, 2])
    assert asked(found, found.bounds[0].high) == (INT8, [1, 3, 3, 2])
    assert asked(found, found.bounds[1].low) == (INT8, [3, 3, 1, 1])
    assert [mask is None for mask in found.unsure[:3]] == [False, True, True]
    assert asked(found, found.unsure[0])[1] == [False, False, True, False]
    assert found.absent == [None] * 6


def test_columns_with_odd_cells_and_words_are_read_as_ranks() -> None:
    """In columns of their own: one where the worst is the best, else two, then where it is left out and not known."""
    found = lazy(method(), TABLE, [plain("a", unknown=True, odd=True), plain("b", odd=True), plain("c")])
    assert made(found) == {"_0": (INT8, [0, 2, None, 1]), "_1": (INT8, [0, 2, 2, 1]),
                           "_2": (pl.Boolean(), [False, False, True, False]), "_3": (INT8, [2, 2, 0, 0])}  # fmt: skip
    assert found.above == [0, 0, 1, 0, 0, 0]
    found = lazy(
        method("leave_out"), RANKS, [words("a", unknown=True, state=True), words("b"), words("c", unknown=True)]
    )
    assert made(found) == {
        "_0": (INT8, [0, 2, 0, 0]), "_1": (INT8, [0, 2, 2, 0]), "_2": (pl.Boolean(), [False, False, False, True]),
        "_3": (pl.Boolean(), [False, False, True, True]), "_4": (INT8, [2, 2, 0, 0]),
        "_5": (INT8, [0, 1, 2, 0]), "_6": (INT8, [0, 1, 2, 2]), "_7": (pl.Boolean(), [False, False, False, True]),
    }  # fmt: skip
    assert [mask is None for mask in found.absent[:3]] == [False, True, True]
    assert [bounds.same for bounds in found.bounds[:3]] == [False, True, False]
    found = lazy(method(), RANKS, [words("a", unknown=True, state=True), words("b"), words("c", unknown=True)])
    assert made(found)["_1"] == (INT8, [0, 2, 2, 2])
    assert found.absent[:3] == [None, None, None]


def test_a_score_without_a_column_may_be_anything() -> None:
    found = lazy(method(), {"a": TABLE["a"][:2]}, [plain("a"), None, None])
    assert [bounds.same for bounds in found.bounds[:3]] == [True, False, False]
    assert asked(found, found.bounds[1].low)[1] == [0]
    assert asked(found, found.bounds[1].high)[1] == [2]
    assert asked(found, found.unsure[1])[1] == [True]
    assert made(found) == {}
    assert found.above[:3] == [1, 0, 0]


def test_ranks_have_eight_bits_where_that_is_quick_and_enough() -> None:
    found = lazy(method(), TABLE, [plain("a"), plain("b"), plain("c")])
    scales = [Scale.of("s", "S", *((f"g{n}", f"G{n}") for n in range(size))) for size in (2, 127, 128)]
    assert [found.kind(scale) for scale in scales] == [nw.Int8, nw.Int8, nw.Int32]
    import duckdb

    table: Any = duckdb.sql("select 1 as a")
    other = nw.from_native(table)
    found.frame = other
    assert found.kind(scales[0]) == nw.Int32


@pytest.mark.parametrize(
    ("factor", "kind", "most"),
    [(1, INT8, 9), (14, INT8, 48), (40, INT8, 126), (41, INT32, 129), (10**9, INT64, 3 * 10**9 + 6)],
)
def test_sums_have_room_for_all_that_they_can_be(factor: int, kind: Any, most: int) -> None:
    """A sum of plain columns lies above its simplest form by as much as its columns do."""
    found = lazy(method(), TABLE, [plain("a", unknown=True), plain("b"), plain("c")])
    amount = Amount(((0, (factor, 2 * factor, 3 * factor)), (1, (1, 2, 3)), (2, (1, 2, 3))))
    assert (found.lift(amount), found.span(amount)) == (factor + 2, (0, most))
    found._prepare([amount, amount])
    found._prepare([amount])
    low, high = [factor + 4, 3 * factor + 5, factor + 4, 2 * factor + 2], [factor + 4, 3 * factor + 5, 3 * factor + 4,
                                                                         2 * factor + 2]  # fmt: skip
    assert made(found) == {"_0": (kind, low), "_1": (kind, high)}
    assert asked(found, found.steps(amount, "low"))[1] == low
    assert asked(found, found.steps(amount, "high"))[1] == high
    scaled = INT32 if factor < 10**6 else INT64
    assert asked(found, found.scaled(amount, "high", 10)) == (scaled, [10 * n for n in high])
    same = Amount(amount.parts[1:])
    found._prepare([same])
    assert made(found)["_2"] == (INT8, [4, 5, 4, 2])
    assert asked(found, found.steps(same, "high")) == asked(found, found.steps(same, "low"))
    assert len(made(found)) == 3


def test_sums_of_tests_and_of_nothing() -> None:
    """What a rank has to reach is counted with its factor, below 0 too; what is known needs no column."""
    found = lazy(method(), TABLE, [plain("a", unknown=True), plain("b"), plain("c")])
    tests = Amount(((0, (0, 0, 5)), (1, (0, -7, -7)), (2, (0, 1, 3))))
    assert (found.lift(tests), found.span(tests)) == (0, (-7, 8))
    found._prepare([tests, Amount(()), Amount(((0, (1, 1, 1)),), known=True)])
    assert made(found) == {"_0": (INT8, [-7, -1, 3, 0]), "_1": (INT8, [-7, -1, 8, 0]), "_2": (INT8, [0, 0, 0, 0])}
    huge = Amount(((0, (0, 0, 2**31)), (1, (0, 1, 1))))
    found._prepare([huge])
    assert made(found)["_3"] == (INT64, [1, 2**31 + 1, 0, 0])
    negative = Amount(((1, (0, -3, -6)),))
    assert (found.span(negative), found.lift(negative)) == ((-3, 0), -1)
    found._prepare([negative])
    assert asked(found, found.scaled(negative, "low", -2)) == (INT32, [12, 12, 0, 0])


def test_constants_counts_and_facts() -> None:
    found = lazy(method(), {"a": [1, 2, 3], "b": [1, 1, 1], "c": [1, 1, 1], "told": [True, False, None]},
                 [plain("a"), plain("b"), plain("c")], facts={"x": True, "y": "told"})  # fmt: skip
    assert asked(found, found.constant(3)) == (INT64, [3])
    assert asked(found, found.counted(nw.col("a") > 1, 5))[1] == [
        0,
        5,
        5,
    ]
    assert [found.fact(FactPlan(name, value, default)) for name, value, default in (
        ("x", True, False), ("x", False, True), ("z", True, True), ("z", True, False), ("z", False, False),
    )] == [True, False, True, False, True]  # fmt: skip
    for value, default, held in (
        (True, True, [True, False, True]), (True, False, [True, False, False]),
        (False, True, [False, True, False]), (False, False, [False, True, True]),
    ):  # fmt: skip
        assert asked(found, found.fact(FactPlan("y", value, default)))[1] == held


def worked_out(rules: Any, *outputs: OutputColumn, reads: Any = None, table: Any = None) -> tuple[Lazy, dict[str, Any]]:
    """The columns made on the way by name with their types, and the results."""
    reads = reads or [words("a", unknown=True, state=True), words("b"), words("c", unknown=True)]
    found = lazy(rules, table or RANKS, reads, *outputs)
    found.work_out()
    results = found.frame.select(**Results(found).all()).to_native().collect()
    return found, {name: (results[name].dtype, results[name].to_list()) for name in results.columns}


def test_only_what_the_results_rest_on_is_worked_out() -> None:
    """Level by level, each sum once; what nothing rests on is left alone, and the overall rank is not kept."""
    reads = [plain("a"), plain("b"), plain("c")]
    table = {name: [value or 1 for value in column] for name, column in TABLE.items()}
    bare, found = worked_out(method(), output("rating"), reads=reads, table=table)
    assert {name: kind for name, (kind, _) in made(bare).items()} == {"_0": INT8}
    assert made(bare)["_0"][1] == [5, 8, 5, 4]
    grades = pl.Enum(["g0", "g1", "g2"])
    assert found == {"r_rating": (grades, ["g1", "g1", "g1", "g0"])}
    every = [{"grade": grade, "when": {"every": "themes", "at_least": grade}, **SAID} for grade in ("g1", "g2")]
    nodes = [*NODES[:2], {"for": "overall", "scale": "r", "rungs": every}]
    on_themes, found = worked_out(method(nodes=nodes), output("low"), output("profile t"), reads=reads, table=table)
    assert [kind for kind, _ in made(on_themes).values()] == [INT8] * len(made(on_themes))
    assert found["r_profile t"] == (grades, ["g1", "g2", "g0", "g1"])
    flags = [{"id": "f", "when": {"any": "scores", "at_most": "g0"}, **SAID}]
    with_flags = method(flags=flags)
    without, _ = worked_out(with_flags, output("rating"), reads=reads, table=table)
    with_, found = worked_out(with_flags, output("rating"), output("flag f", "truth"), reads=reads, table=table)
    assert (len(made(without)), len(made(with_))) == (1, 2)
    assert found["r_flag f"] == (pl.Boolean(), [True, False, True, True])


WHOLE = ("score", "score_low", "score_high", *(f"percentage{end}_{part}" for end in ("", "_low", "_high")
                                               for part in ("numerator", "denominator")))  # fmt: skip
MARGINS = ("margin_up", "margin_down")
ENDS = ("margin_above", "margin_below")


@pytest.mark.parametrize(("bits", "kind"), [(16, pl.Int16()), (32, INT32), (64, INT64)])
@pytest.mark.parametrize("not_rated", ["interval", "leave_out"])
def test_numbers_have_the_bits_of_their_column(bits: int, kind: Any, not_rated: str) -> None:
    """Whether they are worked out, blank everywhere, or the same in every row."""
    outputs = [output(key, "whole", bits) for key in WHOLE]
    _, found = worked_out(method(not_rated), *outputs)
    assert {dtype for dtype, _ in found.values()} == {kind}
    bare = [{"for": "overall", **THEME}]
    _, found = worked_out(method(not_rated, nodes=bare), *outputs)
    assert set(map(str, found)) == {f"r_{key}" for key in WHOLE}
    assert all(dtype == kind and cells in ([None], [None] * 4) for dtype, cells in found.values())
    if not_rated == "interval":
        _, found = worked_out(method(), *(output(key, "whole", bits) for key in MARGINS))
        assert {dtype for dtype, _ in found.values()} == {kind}


def test_results_of_rows_to_the_letter() -> None:
    """What is open is blank where one grade or number is asked for; texts are the same everywhere."""
    outputs = [output(key) for key in ("rating", "low", "high", "suggested", *ENDS, "profile u", "profile_low u",
                                       "profile_high u")]  # fmt: skip
    outputs += [output(key, "whole") for key in (*WHOLE[:3], *MARGINS)]
    outputs.append(output("scorer", "text", text="m"))
    reads = [plain("a"), plain("b"), plain("c", unknown=True)]
    table = {"a": [1, 3, 2, 2], "b": [1, 3, 2, 2], "c": [1, 3, None, 2]}
    _, found = worked_out(method(), *outputs, reads=reads, table=table)
    assert {name: cells for name, (_, cells) in found.items()} == {
        "r_rating": ["g0", "g2", "g1", "g1"],
        "r_low": ["g0", "g2", "g1", "g1"],
        "r_high": ["g0", "g2", "g1", "g1"],
        "r_suggested": [None] * 4,
        "r_margin_above": ["g1", None, None, "g2"],
        "r_margin_below": [None, "g1", None, "g0"],
        "r_profile u": ["g0", "g2", None, "g1"],
        "r_profile_low u": ["g0", "g2", "g0", "g1"],
        "r_profile_high u": ["g0", "g2", "g2", "g1"],
        "r_score": [34, 100, None, 67],
        "r_score_low": [34, 100, 56, 67],
        "r_score_high": [34, 100, 78, 67],
        "r_margin_up": [2, None, None, 3],
        "r_margin_down": [None, 1, None, 2],
        "r_scorer": ["m"] * 4,
    }


def test_sums_have_their_types_in_other_engines_too() -> None:
    """Where whole numbers have thirty-two bits unless something else is said."""
    import duckdb

    data = duckdb.sql("select * from (values (1::tinyint, 3::tinyint), (null, 1)) as t(a, b)")
    plan = lower_method(fit(method(), FRAME.framework))
    found = Lazy(plan, nw.from_native(data), [plain("a", unknown=True), plain("b"), None], {}, [output("rating")], "_")
    tests, sums = Amount(((0, (0, 0, 5)), (1, (0, 2, 2)))), Amount(((0, (1, 2, 3)), (1, (0, 3, 6))))
    large, nothing = Amount(((0, (0, 0, 300)), (1, (0, 1, 1)))), Amount(((0, (1, 1, 1)),))
    found._prepare([tests, sums, large, nothing])
    table = found.frame.to_native().pl()
    made_there = [table[name].dtype for name in table.columns if name.startswith("_")]
    assert made_there == [INT8] * 4 + [INT32] * 2 + [INT8] * 2


@pytest.mark.parametrize("grades", ["g0 g1", "g0 g1 g2"])
@pytest.mark.parametrize("above", ["every", "any", "count"])
def test_what_is_left_out_counts_nothing_above(grades: str, above: str) -> None:
    """A theme of which nothing is there has no grade, and adds none to what rests on themes."""
    frame = plain_frame("t: a b; u: c", grades)

    def rungs(head: str, over: str) -> list[dict[str, Any]]:
        asked_for = {"at_least": 1} if head == "count" else {}
        grade = "grade" if head == "count" else "at_least"
        return [{"grade": key, "when": {head: over, grade: key, **asked_for}, **SAID} for key in grades.split()[1:]]

    rules = frame.load({**RULES, "not_rated": "leave_out", "measures": {}, "nodes": [
        {"for": "themes", "scale": "r", "rungs": rungs("every", "scores")},
        {"for": "overall", "scale": "r", "rungs": rungs(above, "themes")},
    ]})  # fmt: skip
    assert lower_method(fit(rules, frame.framework)).settled
    said = {0: "g0", 1: "g1", None: None, NOT_JUDGED: "Not judged"}
    rows = [dict(zip("abc", row, strict=True)) for row in product(said, repeat=3)]
    data = pl.LazyFrame({leaf: [said[row[leaf]] for row in rows] for leaf in "abc"})
    outputs = ("rating", "low", "high", "profile", "profile_low")
    cells = ca.assess_frame(data, rules, framework=frame.framework, outputs=outputs).collect().to_dicts()
    for row, found in zip(rows, cells, strict=True):
        outcome = frame.assess(rules, row)
        wanted = {name: getattr(outcome, name) for name in ("rating", "low", "high")}
        wanted |= {f"profile_{entry.id}": entry.grade for entry in outcome.profile if entry.id in "tu"}
        wanted |= {f"profile_low_{entry.id}": entry.low for entry in outcome.profile if entry.id in "tu"}
        keys = {name: grade.key if grade is not None else None for name, grade in wanted.items()}
        assert {name: found[name] for name in wanted} == keys, row


@pytest.mark.parametrize("not_rated", ["interval", "leave_out"])
def test_a_percentage_of_what_is_answered(not_rated: str) -> None:
    """At worst what is known counts, at best also what is open: blank where these differ."""
    measure = {"kind": "answered", "over": "scores", "rounding": "down", **SAID}
    nodes = [{"for": "overall", "scale": "r", "headline": "m", "bands": bands("m", 40, 70)}]
    rules = FRAME.load({**RULES, "not_rated": not_rated, "measures": {"m": measure}, "nodes": nodes})
    said = {0: "g0", 2: "g2", None: None, NOT_JUDGED: "Not judged"}
    rows = [dict(zip("abc", row, strict=True)) for row in product((0, 2, None, NOT_JUDGED), repeat=3)]
    data = pl.LazyFrame({leaf: [said[row[leaf]] for row in rows] for leaf in "abc"})
    ends = ("", "_low", "_high")
    outputs = ("rating", "low", "high", *(f"{name}{end}" for name in ("score", "percentage") for end in ends))
    for asked_for in (outputs, *((name,) for name in outputs)):
        cells = ca.assess_frame(data, rules, framework=FRAME.framework, outputs=asked_for).collect().to_dicts()
        for row, found in zip(rows, cells, strict=True):
            outcome = FRAME.assess(rules, row)
            for name in asked_for:
                wanted = getattr(outcome, name)
                if name.startswith("percentage"):
                    above, below = found[f"{name}_numerator"], found[f"{name}_denominator"]
                    assert (None if above is None else Fraction(above, below)) == wanted, (name, row)
                else:
                    assert found[name] == (wanted.key if isinstance(wanted, Grade) else wanted), (name, row)
