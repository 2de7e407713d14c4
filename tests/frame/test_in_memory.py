"""Tables in memory as other libraries make them: sparse columns, views of text, runs, classes of somebody's own.

Each was a public bug report about another library, or was found by somebody who used this one.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import feather

import careassure as ca
from careassure.errors import InvalidTableError
from careassure.frame import reading
from careassure.frame.kinds import kind_of
from careassure.frame.long import Long
from methods.effort import runs

from .engines import EAGER, KEY, MAKERS, OTHERS_WARNINGS, arrow, engine_params

pytestmark = OTHERS_WARNINGS
IDS = [statement.id for statement in ca.framework("cqc-la").statements]
PROVIDER = ["safe", "effective", "caring", "responsive", "well_led"]
RATED = ["good", "requires_improvement"]
ENGINES = engine_params("dask")
LAZY = [param for param in ENGINES if param.values[0] not in (*EAGER, "dask")]


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of a result, in the order of the key where there is one."""
    if kind_of(frame)[0] == "dask":
        frame = frame.compute()
    if kind_of(frame)[0] == "polars":
        frame = pl.DataFrame(frame.lazy().collect())
    if isinstance(frame, pd.DataFrame):  # a sparse column cannot be taken to Arrow
        sparse = {name: kind.subtype for name, kind in frame.dtypes.items() if isinstance(kind, pd.SparseDtype)}
        frame = pd.DataFrame(frame.astype(sparse))
    table = arrow(frame)
    rows: list[dict[str, Any]] = (table.sort_by(KEY) if KEY in table.column_names else table).to_pylist()
    return rows


def lows(frame: Any, **more: Any) -> list[Any]:
    return [row["low"] for row in rows_of(ca.assess_frame(frame, outputs=("low",), **more))]


def made(engine: str, columns: dict[str, Any], folder: Path) -> Any:
    return MAKERS[engine](pa.table(columns), folder)


# -- text that holds numbers: one stray word makes a column text, and poisons nothing else ----------------

CELLS = ["3", " 4 ", "3.0", "TBC", "good standard", "n/a", "[c]", "", None, "3.5", "#N/A", "7", "2.9999999999999998"]
READ: dict[str | None, Any] = {"3": 3, " 4 ": 4, "3.0": 3, "good standard": 3, "n/a": "n/a", "[c]": "[c]", "": None,
                               None: None}  # fmt: skip


def check_text(engine: str, cells: list[str | None], folder: Path) -> None:
    """Every row is that of `assess`, and only those are told whose own cell is no score."""
    columns: dict[str, Any] = {KEY: list(range(len(cells)))} | {name: [2] * len(cells) for name in IDS}
    columns["partnerships"] = pa.array(cells, pa.string())
    found = rows_of(ca.assess_frame(made(engine, columns, folder), errors="flag", outputs=("low", "high")))
    assert len(found) == len(cells)
    for cell, row in zip(cells, found, strict=True):
        if cell not in READ:
            assert row["low"] is row["high"] is None
            assert f'partnerships: "{cell}" is not a score' in row["problem"]
            continue
        outcome = ca.assess(ca.Assessment.of("Camden", dict.fromkeys(IDS, 2) | {"partnerships": READ[cell]}))
        keys = [grade and grade.key for grade in (outcome.low, outcome.high)]
        assert [row["low"], row["high"], row["problem"]] == [*keys, None], cell


@pytest.mark.parametrize("engine", ENGINES)
def test_a_stray_word_spoils_its_own_row_only(engine: str, tmp_path: Path) -> None:
    """A column that a library reads as text means what its cells mean, as it does in a file."""
    check_text(engine, CELLS, tmp_path)
    columns: dict[str, Any] = {KEY: [0, 1, 2]} | {name: [3, 2, 3] for name in IDS}
    columns["partnerships"] = ["3", "TBC", "3"]
    with pytest.raises(InvalidTableError, match=r"1 row of the table holds .*: n 1, partnerships"):
        ca.assess_frame(made(engine, columns, tmp_path), key=KEY)


@pytest.mark.parametrize("engine", LAZY)
def test_columns_of_far_too_many_words_are_named(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lazy table's column with more different words than scores have is refused by its name; a blank is no word."""
    monkeypatch.setattr(reading, "MOST_WORDS", 3)
    few = ["1", "2", "3", None, "1"]
    columns: dict[str, Any] = {KEY: [0, 1, 2, 3, 4]} | dict.fromkeys(IDS, few)
    found = arrow(ca.assess_frame(made(engine, columns, tmp_path), outputs=("low",))).to_pylist()
    assert len(found) == len(few)
    for name in IDS[:2]:
        columns[name] = ["a", "b", "c", "d", None]
    with pytest.raises(InvalidTableError, match="more than 3 different words") as caught:
        ca.assess_frame(made(engine, columns, tmp_path))
    assert [str(problem.where) for problem in caught.value.problems] == IDS[:2]


@runs(0.3)
@given(st.sampled_from(["pandas", "polars", "pyarrow", "polars lazy", "duckdb"]),
       st.lists(st.sampled_from(CELLS), min_size=1, max_size=12))  # fmt: skip
def test_text_of_any_mixture(engine: str, cells: list[str | None]) -> None:
    """Whatever stands together in a column of text."""
    check_text(engine, cells, Path())


# -- columns that pandas keeps in other ways -------------------------------------------------------------


@pytest.mark.parametrize("cells", [[3, 2], [3.0, 2.0], ["good standard", "n/a"], ["3", "2"]])
def test_sparse_columns(cells: list[Any]) -> None:
    """A sparse column of pandas is rated as the dense one is, whatever it holds; as a key and as a fact too."""
    table = pd.DataFrame({name: [3, 2] for name in IDS} | {KEY: [0, 1]})
    table["equity"] = pd.arrays.SparseArray(cells)
    table["safeguarding"] = pd.arrays.SparseArray([3, 2], fill_value=3)
    table["who"] = pd.arrays.SparseArray([0, 1])
    assert lows(table) == RATED
    table["learning"] = pd.arrays.SparseArray([3, 9])
    with pytest.raises(InvalidTableError, match="who 1, learning: 9"):
        ca.assess_frame(table, key="who")
    assert lows(table, errors="flag") == ["good", None]


def test_sparse_columns_with_blanks_in_pieces_and_in_long_tables() -> None:
    """Blanks of a sparse column are not known; Dask and long tables take such columns too."""
    import dask.dataframe as dd

    table = pd.DataFrame({name: [3, 2] for name in IDS} | {KEY: [0, 1]})
    table["equity"] = pd.arrays.SparseArray([3, None])
    found = rows_of(ca.assess_frame(table, outputs=("low", "high")))
    assert [(row["low"], row["high"]) for row in found] == [("good", "good"), ("requires_improvement",) * 2]
    assert lows(dd.from_pandas(table, npartitions=2)) == RATED
    rows = [(place, name, score) for place, score in enumerate((3, 2)) for name in IDS]
    long = pd.DataFrame(rows, columns=[KEY, "item", "mark"])
    long["mark"] = pd.arrays.SparseArray(long["mark"])
    assert lows(long, long=Long(KEY, "item", "mark")) == RATED


def test_classes_of_somebodys_own() -> None:
    """A class made of a library's own, as GeoPandas has, is of that library, and the result is of the class."""

    class Mapped(pd.DataFrame):  # type: ignore[misc]  # pandas has no types here
        @property
        def _constructor(self) -> type[Mapped]:
            return Mapped

    class Shaped(pl.DataFrame):
        pass

    class Slow(pl.LazyFrame):
        pass

    columns = {name: [3, 2] for name in IDS}
    assert type(ca.assess_frame(Mapped(columns))) is Mapped
    assert lows(Mapped(columns)) == lows(Shaped(columns)) == lows(Slow(columns)) == RATED
    assert lows(nw.from_native(Mapped(columns)).to_native()) == RATED
    assert kind_of(Mapped(columns)) == ("pandas", "DataFrame")
    assert kind_of(3)[0] == "builtins"


# -- columns that Arrow keeps in other ways --------------------------------------------------------------


def view_of(cells: list[Any]) -> pa.Array:
    """Text as Polars writes it to an Arrow file, read by PyArrow."""
    held = io.BytesIO()
    pl.DataFrame({"a": pl.Series(cells, dtype=pl.String)}).write_ipc(held, compression="uncompressed")
    held.seek(0)
    column = feather.read_table(held).column("a")
    assert pa.types.is_string_view(column.type)
    return column


def runs_of(cells: list[Any]) -> pa.Array:
    """Cells as runs of equal ones."""
    return pa.RunEndEncodedArray.from_arrays(pa.array(range(1, len(cells) + 1), pa.int32()), pa.array(cells))


def runs_of_views(cells: list[Any]) -> pa.Array:
    """Both at once."""
    ends = pa.array(range(1, len(cells) + 1), pa.int32())
    return pa.RunEndEncodedArray.from_arrays(ends, view_of(cells).combine_chunks())


FORMS: dict[str, Any] = {"view": view_of, "runs": runs_of, "runs of views": runs_of_views}


@pytest.mark.parametrize("engine", ["pyarrow", "pandas of arrow", "polars", "polars lazy", "duckdb"])
@pytest.mark.parametrize("form", FORMS)
def test_views_and_runs(form: str, engine: str, tmp_path: Path) -> None:
    """Words, blanks and keys of such columns are read, and a bad row among them is told, with its key."""
    if form != "view" and engine not in ("pyarrow", "pandas of arrow"):
        pytest.skip("the library itself takes no such column")
    columns: dict[str, Any] = {name: [3, 2] for name in IDS}
    columns["equity"] = FORMS[form](["good standard", None])
    columns["who"] = FORMS[form](["a", "b"])
    assert lows(made(engine, columns, tmp_path)) == RATED
    columns["learning"] = FORMS[form](["3", "TBC"])
    frame = made(engine, columns, tmp_path)
    with pytest.raises(InvalidTableError, match='who b, learning: "TBC" is not a score'):
        ca.assess_frame(frame, key="who")
    assert lows(frame, errors="flag") == ["good", None]


@pytest.mark.parametrize("engine", ["pyarrow", "pandas of arrow", "polars", "duckdb"])
def test_long_tables_of_views(engine: str, tmp_path: Path) -> None:
    """A long table whose text is views, or whose numbers are runs."""
    rows = [(place, name, score) for place, score in enumerate(("3", "2")) for name in IDS]
    who, item, mark = zip(*rows, strict=True)
    columns = {"who": list(who), "item": view_of(list(item)), "mark": view_of(list(mark))}
    assert sorted(lows(made(engine, columns, tmp_path), long=Long("who", "item", "mark"))) == RATED
    if engine in ("pyarrow", "pandas of arrow"):
        columns |= {"who": runs_of(list(who)), "mark": runs_of([int(text) for text in mark])}
        assert sorted(lows(made(engine, columns, tmp_path), long=Long("who", "item", "mark"))) == RATED


# -- names in the user's DuckDB --------------------------------------------------------------------------


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    "before",
    [
        "create table results as select 1 as a",
        "create table _careassure_profiles as select 1 as a",
        "create view _careassure_rows as select 1 as a",
        "create table _careassure_big as select 1 as a; create table _careassure_small as select 1 as a",
        "create table cells as select 1 as a; create macro unnest2(x) as x",
        "set python_enable_replacements = false",
    ],
)
def test_what_else_is_in_the_database_means_nothing(before: str) -> None:
    """Tables, views and settings of the user's never get in the way, and nothing is left behind."""
    connection = duckdb.connect()
    connection.execute(before)
    columns = ", ".join(f"'good' as {name}" for name in PROVIDER)
    connection.execute(f"create table mine as select '1' as id, {columns}")
    views = "select count(*) from duckdb_views() where not internal"
    there = connection.execute(views).fetchall()
    row = ca.assess_frame(connection.table("mine"), "kloe", outputs=["rating", "margin"]).fetchall()[0]
    assert row[-5:] == ("good", 2, 2, "requires_improvement", "outstanding")
    assert connection.execute(views).fetchall() == there


@pytest.mark.usefixtures("installed")
def test_no_profile_at_all_in_a_database() -> None:
    """Where every row is a bad one there is nothing to join, and all rows stay."""
    connection = duckdb.connect()
    columns = ", ".join(f"'x' as {name}" for name in PROVIDER)
    connection.execute(f"create table mine as select * from (select {columns}), range(3)")  # noqa: S608
    found = ca.assess_frame(connection.table("mine"), "kloe", outputs=["rating", "margin"], errors="flag")
    assert [row["rating"] for row in rows_of(found)] == [None] * 3
