"""Results have names of their own: none takes the place of another, or of a column, and none is read as a program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve

import careassure as ca
from careassure.errors import CareAssureError, InvalidInputError, InvalidTableError
from careassure.frame.outputs import flag_names
from careassure.methods.method import Method
from careassure.model.outcome import Flag
from methods.frames import plain_frame

from .engines import MAKERS, OTHERS_WARNINGS, arrow, engine_params

pytestmark = OTHERS_WARNINGS
FRAMEWORK = ca.framework("cqc-la")
FLOATS = ("float32", "float64")
IDS = [statement.id for statement in FRAMEWORK.statements]
METHOD = ca.load_method(
    {
        "format": "careassure.method/1", "id": "two-flags", "version": "1", "title": "Two flags",
        "framework": "cqc-la", "not_rated": "interval", "references": {"r": {"title": "R", "basis": "ours"}},
        "measures": {"total": {"kind": "total", "over": "statements", "sentence": "Their sum.", "reference": "r"}},
        "nodes": [{
            "for": "overall", "scale": "cqc-rating",
            "bands": {"measure": "total", "requires_improvement": 14, "good": 23, "outstanding": 32, "reference": "r"},
            "limits": [{"cap": "requires_improvement", "when": {"fact": "breach", "is": True, "default": False},
                        "sentence": "A breach limits.", "reference": "r"}],
        }],
        "flags": [
            {"id": "one", "sentence": "A low one.", "reference": "r",
             "when": {"any": "statements", "at_most": "significant_shortfalls"}},
            {"id": "two", "sentence": "A high one.", "reference": "r",
             "when": {"any": "statements", "at_least": "exceptional_standard"}},
        ],
    },
    scales=FRAMEWORK.scales,
)  # fmt: skip


def with_flags(*ids: str) -> Method:
    """The method with other ids for its notices, as plugins may make them."""
    return evolve(METHOD, flags=tuple(evolve(flag, id=id_) for flag, id_ in zip(METHOD.flags, ids, strict=True)))


def table(rows: list[list[int]], **more: list[Any]) -> pa.Table:
    return pa.table({**{name: [row[place] for row in rows] for place, name in enumerate(IDS)}, **more})


@pytest.fixture(params=engine_params())
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Turns a table into a frame of some engine; tells also whether capitals make a difference there."""
    return lambda found: MAKERS[request.param](found, tmp_path), request.param not in ("duckdb", "ibis", "spark")


@pytest.fixture(params=["pandas", "pandas nullable", "polars", "polars lazy", "pyarrow", "duckdb", "ibis"])
def to(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Turns a table into a frame of an engine that needs no process of its own."""
    return lambda found: MAKERS[request.param](found, tmp_path)


def test_names_of_notices() -> None:
    """A hyphen becomes an underscore, unless that would make two notices one: then each keeps its id."""
    assert flag_names(["low-score", "two"]) == {"low-score": "low_score", "two": "two"}
    assert flag_names(["a-b", "a_b", "c-d"]) == {"a-b": "a-b", "a_b": "a_b", "c-d": "c_d"}
    assert flag_names(["a-b_c", "a_b-c", "a_b_c"]) == {name: name for name in ("a-b_c", "a_b-c", "a_b_c")}


def test_no_notice_is_lost(make: Any) -> None:
    """Notices whose ids differ in a hyphen alone have a column each, on every engine."""
    to, _ = make
    method = with_flags("low-score", "low_score")
    frame = to(table([[1] * 9, [4] * 9]))
    found = arrow(ca.assess_frame(frame, method, framework=FRAMEWORK, outputs=["flags"]))
    rows = found.select(["flag_low-score", "flag_low_score"]).to_pylist()
    assert sorted(tuple(row.values()) for row in rows) == [(False, True), (True, False)]


def test_notices_that_differ_in_capitals(make: Any) -> None:
    """Where capitals make no difference, notices that differ in nothing else are refused; elsewhere both are there."""
    to, capitals = make
    method, frame = with_flags("Low", "low"), to(table([[1] * 9, [4] * 9]))
    if capitals:
        found = arrow(ca.assess_frame(frame, method, framework=FRAMEWORK, outputs=["flags"]))
        assert found.column_names[-2:] == ["flag_Low", "flag_low"]
        return
    with pytest.raises(InvalidTableError, match="two results would have this name"):
        ca.assess_frame(frame, method, framework=FRAMEWORK, outputs=["flags"])


ODD = ('a" b', "a' b", "x\", (select content from read_text('secret.txt')) as \"leak", "x; drop table t", "{}", "--")


@pytest.mark.parametrize("outputs", [["flags"], ["flags", "margin"]])
def test_ids_are_never_sql(outputs: list[str], make: Any) -> None:
    """The id of a notice is a name and nothing else, by the plan and by profiles, on every engine."""
    to, _ = make
    low, high = METHOD.flags
    method = evolve(METHOD, flags=(*(evolve(low, id=odd) for odd in ODD), high))
    found = arrow(ca.assess_frame(to(table([[4] * 9])), method, framework=FRAMEWORK, outputs=outputs, prefix='p"'))
    names = [f'p"flag_{odd.replace("-", "_")}' for odd in ODD]
    assert found.column_names[len(IDS) :][: len(ODD) + 1] == [*names, 'p"flag_two']
    assert [found.column(name).to_pylist() for name in (*names, 'p"flag_two')] == [*[[False]] * len(ODD), [True]]
    assert not [name for name in found.column_names if name.startswith("leak")]


def test_a_table_of_the_connection_is_no_table_of_ours() -> None:
    """In DuckDB tables and views of the caller are neither read nor replaced, whatever they are called."""
    with duckdb.connect() as connection:
        for name in ("big", "small", "results", "rows"):
            connection.execute(f"create table {name} as select 42 as x")
        connection.register("frame", table([[1] * 9, [4] * 9]))
        found = ca.assess_frame(connection.table("frame"), METHOD, framework=FRAMEWORK, outputs=["low", "margin"])
        assert sorted(found.select("low").fetchall()) == [("inadequate",), ("outstanding",)]
        assert [connection.table(name).fetchall() for name in ("big", "small", "results", "rows")] == [[(42,)]] * 4


class Own:
    """A scorer in Python that gives the notices that it was made with."""

    name, version, title = "own", "1", "Own"

    def __init__(self, *flags: str) -> None:
        self.flags = flags

    def accepts(self, framework: ca.Framework) -> bool:
        return framework.id == "cqc-la"

    def score(self, assessment: ca.Assessment) -> ca.Outcome:
        grade = FRAMEWORK.scale("cqc-rating").lowest
        rule = (ca.Reference("own", "Its own rule", basis="ours"),)
        flags = tuple(Flag(name, name, references=rule) for name in self.flags)
        return ca.Outcome.of(self, assessment, grade, text="Its own rule", references=rule, flags=flags)


def test_columns_of_a_scorer_in_python_take_no_ones_place(to: Any) -> None:
    """What a scorer in Python gives is known only when it was asked; its columns are seen to then."""
    frame = to(table([[1] * 9], flag_mine=["precious"]))
    with pytest.raises(InvalidTableError, match="it has flag_mine"):
        ca.assess_frame(frame, Own("mine"), outputs=["flags"])
    found = arrow(ca.assess_frame(frame, Own("mine", "m-e", "m_e"), outputs=["flags"], prefix="new_"))
    assert found.column_names[len(IDS) :] == ["flag_mine", "new_flag_m-e", "new_flag_m_e", "new_flag_mine"]
    assert found.column("flag_mine").to_pylist() == ["precious"]


def test_results_of_one_name_are_refused(to: Any) -> None:
    """Grades of `low_x` and lowest grades of `x` would have one column: that is refused, and nothing is lost."""
    frame = plain_frame("t: x low_x", "g0 g1 g2")
    bands = {"measure": "total", "g1": 1, "g2": 2, "reference": "r"}
    method = frame.load(
        {
            "format": "careassure.method/1", "id": "both", "version": "1", "title": "Both", "framework": frame.name,
            "not_rated": "interval", "references": {"r": {"title": "R", "basis": "ours"}},
            "measures": {"total": {"kind": "total", "over": "scores", "sentence": "S.", "reference": "r"}},
            "nodes": [{"for": "statements", "scale": "r", "bands": bands}],
        }
    )  # fmt: skip
    rows = pa.table({"x": ["g0", "g2"], "low_x": ["g2", "g0"]})
    settings: dict[str, Any] = {"framework": frame.framework}
    with pytest.raises(InvalidTableError, match="profile_low_x: two results would have this name"):
        ca.assess_frame(to(rows), method, outputs=["profile", "profile_low"], **settings)
    found = arrow(ca.assess_frame(to(rows), method, outputs=["profile"], **settings))
    assert found.column_names == ["x", "low_x", "profile_x", "profile_low_x"]


def test_columns_that_look_like_those_made_on_the_way(to: Any) -> None:
    """Columns of the table are left alone, also where their names look like those of columns made on the way."""
    names = ["_careassure_0", "_careassure_bad", "_careassure_code_0", "_careassure__1", "_careassure_result_0"]
    more = {name: [f"{name} {row}" for row in range(2)] for name in names}
    for outputs in (["low", "flags"], ["low", "margin"]):
        frame = to(table([[1] * 9, [4] * 9], **more))
        found = arrow(ca.assess_frame(frame, METHOD, framework=FRAMEWORK, outputs=outputs, errors="flag"))
        assert found.select(names).sort_by(names[0]).to_pydict() == more
        assert found.sort_by(names[0]).column("low").to_pylist() == ["inadequate", "outstanding"]


@pytest.mark.parametrize("name", ["*", "^.*$", "^code$"])
def test_names_that_are_patterns(name: str, make: Any) -> None:
    """A column called like a pattern is that column, or is refused by its name."""
    to, _ = make
    frame = to(table([[1] * 9, [4] * 9], **{name: ["a", "b"]}))
    try:
        found = arrow(ca.assess_frame(frame, METHOD, framework=FRAMEWORK, outputs=["low"]))
    except InvalidTableError as error:
        assert repr(name) in str(error)  # noqa: PT017
    else:
        assert found.select([name, "low"]).to_pylist() == [
            {name: "a", "low": "inadequate"},
            {name: "b", "low": "outstanding"},
        ]


def test_two_columns_of_one_name() -> None:
    """Of a column that is used there may be but one, be it a score, a fact or the key."""
    frame = table([[3] * 9]).to_pandas().assign(breach=True, code="x")
    for name, more in (("breach", {"facts": {"breach": "breach"}}), ("code", {"key": "code"})):
        twice = pd.concat([frame, frame[[name]]], axis=1)
        settings: dict[str, Any] = {"framework": FRAMEWORK, **more}
        with pytest.raises(InvalidTableError, match=f"{name}: two columns of the table have this name"):
            ca.assess_frame(twice, METHOD, **settings)


def test_the_key_of_a_long_table_is_no_score() -> None:
    """The key of a long table may not have the name that a score gets."""
    rows = [{"equity": "x", "item": name, "mark": 3} for name in IDS]
    for to in (pd.DataFrame, pl.DataFrame, lambda found: pl.DataFrame(found).lazy()):
        with pytest.raises(CareAssureError, match="equity"):
            ca.assess_frame(to(rows), long=ca.Long(key="equity", statement="item", score="mark"))


def test_scales_that_no_column_holds() -> None:
    """A scale of more than 127 grades is refused by name, the same for every kind of table."""
    words = ca.Scale.of("long", "Long", *((f"g{n}", f"G {n}") for n in range(128)), numeric=True)
    framework = evolve(FRAMEWORK, scales=(*FRAMEWORK.scales, words), score_scale="long")
    method = evolve(METHOD, flags=(), nodes=METHOD.nodes)
    frame = table([[3] * 9])
    for to in (lambda t: t.to_pandas(), pl.DataFrame, lambda t: pl.DataFrame(t).lazy(), duckdb.from_arrow):
        with pytest.raises(InvalidInputError, match="long: it has 128 grades, and a table can hold 127"):
            ca.assess_frame(to(frame), method, framework=framework)


@pytest.mark.slow
def test_columns_of_any_type_hold_scores_of_any_value(to: Any) -> None:
    """Scales may have large values and gaps; a column holds those of them that its type can tell, and no other."""
    values = (0, 1, 130, 1000, 2**24 + 1, 10**9)
    scale = ca.Scale.of("wide", "Wide", *((f"g{n}", f"G {n}", v) for n, v in enumerate(values)), numeric=True)
    framework = evolve(FRAMEWORK, scales=(*FRAMEWORK.scales, scale), score_scale="wide")
    rating = FRAMEWORK.scale("cqc-rating")
    method = ca.load_method(
        {
            "format": "careassure.method/1", "id": "wide", "version": "1", "title": "Wide", "framework": "cqc-la",
            "not_rated": "interval", "references": {"r": {"title": "R", "basis": "ours"}}, "measures": {},
            "nodes": [{"for": "overall", "scale": "cqc-rating", "rungs": [
                {"id": f"r{n}", "grade": grade.key, "sentence": "S.", "reference": "r",
                 "when": {"every": "statements", "at_least": f"g{3 + n}"}} for n, grade in enumerate(rating.grades[1:])
            ]}],
        },
        scales=framework.scales,
    )  # fmt: skip
    for kind in ("int8", "uint8", "int16", "int64", *FLOATS):
        top = [
            value for value in (*values, 2, 127, 2**40) if int(np.array(value).astype(kind)) == value or kind in FLOATS
        ]
        cells = np.array(top).astype(kind)
        frame = pa.table({"n": range(len(top)), **{name: pa.array(cells) for name in IDS}})
        found = arrow(ca.assess_frame(to(frame), method, framework=framework, outputs=["low"], errors="flag"))
        exact = [values.index(int(cell)) if int(cell) in values else None for cell in cells]
        want = [None if rank is None else rating.grades[max(0, rank - 2)].key for rank in exact]
        assert found.sort_by("n").column("low").to_pylist() == want, kind


def test_a_message_names_a_few_of_many_columns() -> None:
    """A table may be wide; a message about its columns names twenty of them and says how many more there are."""
    wide = pd.DataFrame({**{name: [3] for name in IDS}, **{f"x{number}": [1] for number in range(5000)}})
    for settings in ({"columns": {**{name: name for name in IDS}, "equity": "0"}}, {"long": ca.Long(key="0")}):
        found: dict[str, Any] = dict(settings)
        with pytest.raises(InvalidTableError, match="x10 and 4,989 more") as caught:
            ca.assess_frame(wide, **found)
        assert len(str(caught.value)) < 2000
