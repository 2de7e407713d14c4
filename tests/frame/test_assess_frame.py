"""What assess_frame takes, gives and refuses, on every engine."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import careassure as ca
from careassure.errors import (
    CareAssureError,
    InvalidInputError,
    InvalidTableError,
    UnknownFrameworkError,
    UnknownScorerError,
)
from careassure.frame.question import Question
from java import SPARK

from .engines import EAGER, KEY, MAKERS, OTHERS_WARNINGS, PARTITIONS, arrow, engine_params

pytestmark = OTHERS_WARNINGS
IDS = [statement.id for statement in ca.framework("cqc-la").statements]
CAMDEN = [3, 3, 4, 3, 4, 4, 3, 4, 4]
GOOD: list[list[Any]] = [CAMDEN, [1] * 9, [2] * 9, [3] * 9, [4] * 8 + [None], [None] * 9]


def table(rows: Sequence[Sequence[Any]], kind: Any = None, names: Sequence[str] = IDS, **more: Any) -> pa.Table:
    columns = {name: pa.array([row[place] for row in rows], kind) for place, name in enumerate(names)}
    return pa.table({KEY: pa.array(range(len(rows)), pa.int64()), **columns, **more})


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of a result in the order of the key, without the scores."""
    rows = arrow(frame).to_pylist()
    return [{k: v for k, v in row.items() if k not in (*IDS, KEY)} for row in sorted(rows, key=lambda row: row[KEY])]


@pytest.fixture(params=engine_params())
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Turns a table into a frame of some engine."""
    return lambda found: MAKERS[request.param](found, tmp_path)


# -- results ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [3, 200])
@pytest.mark.parametrize("engine", [pytest.param("spark", marks=SPARK)])
def test_a_table_on_spark_lies_in_partitions(engine: str, rows: int, tmp_path: Path) -> None:
    """What the tests give Spark has its rows in several partitions, and not in the order of their key."""
    from pyspark.sql.functions import spark_partition_id

    frame = MAKERS[engine](table([CAMDEN] * rows), tmp_path)
    found = frame.select(KEY, spark_partition_id().alias("part")).collect()
    assert sorted(row[KEY] for row in found) == list(range(rows))
    assert [row[KEY] for row in found] != list(range(rows))
    assert len({row["part"] for row in found}) > 1
    assert frame.rdd.getNumPartitions() >= PARTITIONS


def test_every_row_gets_what_assess_gives(make: Any) -> None:
    """A row gets the rating, score, bounds, fraction, margin and flags that `assess` gives its scores."""
    outputs = ("rating", "low", "high", "score", "score_low", "score_high", "percentage", "margin", "flags")
    found = rows_of(ca.assess_frame(make(table(GOOD)), "single-word", outputs=(*outputs, "scorer", "version")))
    for row, scores in zip(found, GOOD, strict=True):
        outcome = ca.assess(ca.Assessment.of("Camden", scores))
        grades = {name: getattr(outcome, name) for name in ("rating", "low", "high")}
        percentage = outcome.percentage
        certain = {flag.certain for flag in outcome.flags}
        expected = {
            **{name: grade.key if grade else None for name, grade in grades.items()},
            **{name: getattr(outcome, name) for name in ("score", "score_low", "score_high")},
            "percentage_numerator": None if percentage is None else 100 * sum(filter(None, scores)),
            "percentage_denominator": None if percentage is None else 36,
            "margin_down": outcome.margin.down,
            "margin_up": outcome.margin.up,
            "margin_below": outcome.margin.below.key if outcome.margin.below else None,
            "margin_above": outcome.margin.above.key if outcome.margin.above else None,
            "flag_score_of_1": True if True in certain else None if False in certain else False,
            "scorer": "single-word",
            "version": "1",
        }
        assert row == expected


def test_the_same_kind_of_table_comes_back(make: Any) -> None:
    """A table of a library gives a table of it, with every column that it had, in place and unchanged."""
    frame = make(table(GOOD))
    found = ca.assess_frame(frame)
    assert type(found) is type(frame)
    assert list(arrow(found).column_names) == [KEY, *IDS, "rating", "score"]
    assert arrow(found).select([KEY, *IDS]).sort_by(KEY).to_pylist() == arrow(frame).sort_by(KEY).to_pylist()


def test_grades_are_ordered_where_the_library_can() -> None:
    """Grades are an ordered categorical in pandas, an Enum in Polars and an ordered dictionary in PyArrow."""
    keys = ["inadequate", "requires_improvement", "good", "outstanding"]
    one = ca.assess_frame(table(GOOD).to_pandas())["rating"]
    assert list(one.cat.categories) == keys
    assert one.cat.ordered
    assert (one.dropna() >= "good").tolist() == [True, False, False, True, True]
    for frame in (pl.DataFrame(table(GOOD)), pl.DataFrame(table(GOOD)).lazy()):
        assert ca.assess_frame(frame).lazy().collect_schema()["rating"] == pl.Enum(keys)
    kind = ca.assess_frame(table(GOOD)).schema.field("rating").type
    assert kind.ordered


def test_rows_keep_their_order_and_labels() -> None:
    """Rows stay in their order in tables in memory; pandas keeps its index, whatever it is."""
    frame = table(GOOD).to_pandas().set_index(pd.Index(list("zyxwvu")))[::-1]
    found = ca.assess_frame(frame, outputs=("low",))
    assert found.index.tolist() == list("uvwxyz")
    assert found["low"].tolist() == ["inadequate", "outstanding", "good", "requires_improvement", "inadequate",
                                     "outstanding"]  # fmt: skip
    lazy = ca.assess_frame(pl.DataFrame(table(GOOD)).lazy(), "single-word", outputs=("low", "margin")).collect()
    assert lazy[KEY].to_list() == list(range(6))


def test_no_rows_give_no_rows(make: Any) -> None:
    """A table without rows gives the columns of the results and no row."""
    found = arrow(ca.assess_frame(make(table(GOOD, pa.int8()).slice(0, 0)), outputs=("rating", "score", "flags")))
    assert len(found) == 0
    assert found.column_names[-3:] == ["rating", "score", "flag_score_of_1"]


# -- what a cell may hold -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", [pa.int8(), pa.uint8(), pa.int16(), pa.int32(), pa.int64(), pa.float32(), pa.float64()]
)
def test_whole_numbers_of_any_kind(make: Any, kind: pa.DataType) -> None:
    """Scores may stand as whole numbers of any width, or as floats that hold whole numbers."""
    found = rows_of(ca.assess_frame(make(table(GOOD, kind)), outputs=("low", "score_high")))
    assert [row["score_high"] for row in found] == [89, 25, 50, 75, 100, 100]


NO_SCORES: list[list[tuple[list[Any], Any, dict[int, str]]]] = [
    [([3, 0, 4, -1, 5, 127], pa.int8(), {1: "0", 3: "-1", 4: "5", 5: "127"})],
    [
        ([3, 0, 4, None, 200, 255], pa.uint8(), {1: "0", 4: "200", 5: "255"}),
        ([3, 257, 4, 260, 2**40, -(2**63)], pa.int64(), {1: "257", 3: "260", 4: str(2**40), 5: str(-(2**63))}),
        ([3.0, 3.5, None, 0.0, 2.0, 4.25], pa.float64(), {1: "3.5", 3: "0", 5: "4.25"}),
    ],
    [
        (["good", "3", "Not judged", "great", None, "3.5"], pa.string(), {3: '"great"', 5: '"3.5"'}),
        ([None, True, False, None, True, None], pa.bool_(), {1: "True", 2: "False", 4: "True"}),
    ],
]
"""Tables with a column for each kind of cell, in which some are no scores: what of each row is wrong, as it is said.

Each kind has six rows of its own, in which the columns of the other kinds are blank. Eight bits stand alone, since
tables of nothing else are read in a way of their own. No table has more bad rows than an error names.
"""


@pytest.mark.parametrize("kinds", NO_SCORES, ids=["eight bits", "numbers", "words"])
def test_what_is_no_score_never_becomes_a_rating(make: Any, kinds: list[tuple[list[Any], Any, dict[int, str]]]) -> None:
    """A cell that is no score leaves its row without results, and a column says which cell and why; no row is lost."""
    rows = 6 * len(kinds)
    wrong: dict[int, tuple[str, str]] = {}
    found = table([CAMDEN] * rows, pa.int8())
    for place, (cells, kind, odd) in enumerate(kinds):
        before, after = [None] * (6 * place), [None] * (rows - 6 * place - 6)
        found = found.set_column(2 + place, IDS[1 + place], pa.array([*before, *cells, *after], kind))
        wrong |= {6 * place + row: (IDS[1 + place], said) for row, said in odd.items()}
    frame = make(found)
    flagged = rows_of(ca.assess_frame(frame, errors="flag", outputs=("low", "score_low", "flags")))
    assert len(flagged) == rows
    for number, row in enumerate(flagged):
        if number not in wrong:
            assert row["problem"] is None
            assert row["low"] is not None
            continue
        assert row["low"] is row["score_low"] is row["flag_score_of_1"] is None
        column, cell = wrong[number]
        said = re.fullmatch(f"{column}: (.*) is not a score", row["problem"])
        assert said is not None, row
        assert said[1].lower().removesuffix(".0") == cell.lower()
    with pytest.raises(InvalidTableError, match=rf"{len(wrong)} rows of the table hold") as caught:
        ca.assess_frame(frame, key=KEY)
    assert caught.value.rows == len(wrong)
    assert [str(problem.where) for problem in caught.value.problems] == [
        f"{KEY} {row}, {column}" for row, (column, _) in wrong.items()
    ]


def test_the_first_ten_bad_rows_are_named(make: Any) -> None:
    """An error counts all bad rows and names ten of them by their key."""
    found = table([[9] * 9 if row % 2 else CAMDEN for row in range(60)], pa.int8())
    with pytest.raises(InvalidTableError, match=r"30 rows .* \(the first 10 are named\)") as caught:
        ca.assess_frame(make(found), key=KEY)
    named = {str(problem.where).partition(",")[0] for problem in caught.value.problems}
    assert named == {f"{KEY} {row}" for row in range(1, 20, 2)}


def test_every_fault_of_a_row_is_told(make: Any) -> None:
    """A bad row's reason names each of its bad cells."""
    found = table([[0, 9, *CAMDEN[2:]]], pa.int8())
    [row] = rows_of(ca.assess_frame(make(found), errors="flag"))
    assert row["problem"] == f"{IDS[0]}: 0 is not a score; {IDS[1]}: 9 is not a score"


def test_a_blank_may_be_refused(make: Any) -> None:
    """Where blanks are refused, a row with one is a bad row."""
    flagged = rows_of(ca.assess_frame(make(table(GOOD)), missing="refuse", errors="flag"))
    assert [row["rating"] for row in flagged] == [
        "outstanding",
        "inadequate",
        "requires_improvement",
        "good",
        None,
        None,
    ]
    assert flagged[4]["problem"] == "learning: it is missing"
    with pytest.raises(InvalidTableError, match="2 rows"):
        ca.assess_frame(make(table(GOOD)), missing="refuse", key=KEY)


def test_words_and_states(make: Any) -> None:
    """Scores may be words in any spelling that the scale knows; a state is a score that is not known."""
    words = ["exceptional", "GOOD ", "some_shortfalls", "Significant shortfalls", "not judged", None]
    found = table([[word] + [3] * 8 for word in words]).set_column(1, IDS[0], pa.array(words))
    rows = rows_of(ca.assess_frame(make(found), outputs=("low", "score_low", "score_high")))
    assert [row["score_low"] for row in rows] == [78, 75, 73, 70, 70, 70]
    assert [row["score_high"] for row in rows] == [78, 75, 73, 70, 78, 78]


@pytest.mark.parametrize("library", [pd.DataFrame, lambda columns: pl.DataFrame(columns, strict=False)])
def test_odd_columns(library: Any) -> None:
    """Decimals, categories, dates, lists and mixed columns are read cell by cell, each for what it is."""
    columns = {KEY: [0, 1], **{name: [3, 3] for name in IDS}}
    for cells in ([Decimal(3), Decimal("3.5")], [dt.date(2026, 1, 1)] * 2, [[3], [4]]):
        found = ca.assess_frame(library(columns | {IDS[0]: cells}), errors="flag")
        bad = [bool(text) for text in arrow(found).column("problem").to_pylist()]
        assert bad == [not isinstance(cell, Decimal) or cell != 3 for cell in cells]


def test_mixed_pandas_columns() -> None:
    """A pandas column of Python objects may mix numbers, words, states and blanks of every kind."""
    cells = [3, "good", 3.0, np.int64(3), None, float("nan"), pd.NA, "Not judged", 3.5, "three", True, [3], pd.NaT]
    frame = pd.DataFrame({IDS[0]: pd.Series(cells, dtype=object), **{name: [3] * len(cells) for name in IDS[1:]}})
    found = ca.assess_frame(frame, errors="flag", outputs=("low", "high"))
    assert found["low"].notna().tolist() == [True] * 8 + [False] * 4 + [True]
    assert found["problem"].notna().tolist() == [False] * 8 + [True] * 4 + [False]
    with pytest.raises(InvalidTableError, match=r"row 8, assessing_needs: 3\.5 is not a score"):
        ca.assess_frame(frame)


def test_categories() -> None:
    """Ordered or not, categories are read as the words they stand for."""
    words = ["good", "exceptional", None]
    for frame in (
        pd.DataFrame({name: pd.Categorical(words) for name in IDS}),
        pl.DataFrame({name: pl.Series(words, dtype=pl.Categorical) for name in IDS}),
        pl.DataFrame({name: pl.Series(words, dtype=pl.Enum(["good", "exceptional"])) for name in IDS}).lazy(),
        pa.table({name: pa.array(words).dictionary_encode() for name in IDS}),
    ):
        assert arrow(ca.assess_frame(frame)).column("score").to_pylist() == [75, 100, None]


# -- columns, facts, settings -------------------------------------------------------------------------


def test_columns_may_be_said(make: Any) -> None:
    """Columns are found by id, title or alias, or said by a mapping or in order; None is what is nowhere known."""
    titles = [statement.title for statement in ca.framework("cqc-la").statements]
    odd = [f"C{number}" for number in range(1, 10)]
    for names, columns in (
        (titles, None),
        ([name.upper() for name in IDS], None),
        ([f"QS{number}" for number in range(1, 10)], None),
        (odd, dict(zip(titles, odd, strict=True))),
        (odd, odd),
    ):
        found = arrow(ca.assess_frame(make(table([CAMDEN], names=names)), columns=columns))
        assert found.column("score").to_pylist() == [89]
    some: dict[str, str | None] = {**dict(zip(IDS[:-1], odd, strict=False)), "learning": None}
    found = arrow(ca.assess_frame(make(table([CAMDEN], names=odd)), columns=some, outputs=("score_low", "score_high")))
    assert found.select(["score_low", "score_high"]).to_pylist() == [{"score_low": 81, "score_high": 89}]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (None, "no column holds"),
        ({"nonsense": "QS1"}, "'nonsense' is not a statement"),
        ({"equity": "C99"}, "the table has no column 'C99'"),
        ({"C1": "equity"}, "The mapping goes from statements to columns"),
        ({"QS1": "equity"}, "the table has no column 'equity'"),
        (["C1", "C2"], "2 columns for 9 scores"),
        ("C1", "1 column for 9 scores"),
        ({"safe systems": "C1", "safe_systems": "C2"}, "was given before under another name"),
    ],
)
def test_columns_that_do_not_fit(columns: Any, words: str) -> None:
    """Columns that are not found, or said wrongly, are refused before any row is looked at, all at once."""
    frame = table([CAMDEN], names=[f"C{number}" for number in range(1, 10)]).to_pandas()
    with pytest.raises(InvalidTableError, match=re.escape(words)):
        ca.assess_frame(frame, columns=columns)


def test_where_some_columns_are_named_all_are() -> None:
    """A column that is left out of the mapping is not read, and the message says so."""
    frame = table([CAMDEN]).to_pandas()
    with pytest.raises(InvalidTableError) as caught:
        ca.assess_frame(frame, columns={"equity": "equity"})
    hints = {problem.hint for problem in caught.value.problems}
    assert hints == {"The table has a column of that name: name it as well"}
    assert len(caught.value.problems) == len(IDS) - 1


def test_two_columns_of_one_name() -> None:
    """Two columns that could both be a statement are refused, and so are two of one name."""
    frame = table([CAMDEN]).to_pandas()
    with pytest.raises(InvalidTableError, match="both look like it"):
        ca.assess_frame(frame.assign(Equity=3, EQUITY=4))
    twice = pd.concat([frame, frame[["equity"]]], axis=1)
    with pytest.raises(InvalidTableError, match="look like it"):
        ca.assess_frame(twice)
    with pytest.raises(InvalidTableError, match="two columns of the table have this name"):
        ca.assess_frame(twice, columns={name: name for name in IDS})


def test_results_never_overwrite(make: Any) -> None:
    """A column that is there already is not overwritten: another prefix is asked for, and used."""
    frame = make(table(GOOD).append_column("rating", pa.array(["mine"] * 6)))
    with pytest.raises(InvalidTableError, match="it has rating already"):
        ca.assess_frame(frame)
    found = arrow(ca.assess_frame(frame, prefix="cqc_"))
    assert found.column("rating").to_pylist() == ["mine"] * 6
    assert "cqc_rating" in found.column_names


def test_capitals_make_no_difference_in_sql(make: Any) -> None:
    """Where columns that differ in capitals alone are one to the engine, a result never comes to stand for a column."""
    frame = make(table(GOOD).append_column("Rating", pa.array(["mine"] * 6)))
    try:
        found = arrow(ca.assess_frame(frame))
    except InvalidTableError as error:
        assert "it has Rating, and capitals make no difference here" in str(error)  # noqa: PT017
        found = arrow(ca.assess_frame(frame, prefix="new_"))
    assert found.column("Rating").to_pylist() == ["mine"] * 6


@pytest.mark.parametrize(
    ("settings", "kind", "words"),
    [
        ({"outputs": ("ratings",)}, InvalidInputError, "Did you mean rating"),
        ({"outputs": ()}, InvalidInputError, "nothing is asked for"),
        ({"missing": "drop"}, InvalidInputError, "Use interval or refuse"),
        ({"errors": "ignore"}, InvalidInputError, "Use raise or flag"),
        ({"scorer": "nonsense"}, UnknownScorerError, "there is no scorer"),
        ({"scorer": 7}, InvalidInputError, "7 is not a path or a Scorer or a Method"),
        ({"framework": "nonsense"}, UnknownFrameworkError, "nonsense"),
        ({"key": "nonsense"}, InvalidTableError, "no such column"),
        ({"facts": {"breach": True}}, InvalidTableError, "does not ask for it"),
        ({"long": ca.Long(KEY), "key": KEY}, InvalidInputError, "Leave out columns and key"),
    ],
)
def test_settings_that_there_are_not(settings: dict[str, Any], kind: type[CareAssureError], words: str) -> None:
    """A setting that there is not is refused with what there is."""
    with pytest.raises(kind, match=words):
        ca.assess_frame(table(GOOD), **settings)


@pytest.mark.parametrize("thing", [None, 7, "text", [[1] * 9], {"a": 1}, np.ones((3, 9)), pd.Series([1])])
def test_what_is_no_table(thing: Any) -> None:
    """What is no data frame is refused by what it is."""
    with pytest.raises(InvalidInputError, match="is not a data frame that is known"):
        ca.assess_frame(thing)


# -- scorers that are no methods ----------------------------------------------------------------------


class Weakest:
    """Everything is as good as its weakest part."""

    name = "weakest"
    version = "1"
    title = "The weakest score"

    def __init__(self) -> None:
        self.asked = 0

    def accepts(self, framework: ca.Framework) -> bool:
        return framework.id == "cqc-la"

    def score(self, assessment: ca.Assessment) -> ca.Outcome:
        self.asked += 1
        low, high = (min(span[side] for span in assessment.spans.values()) for side in (0, 1))
        rule = (ca.Reference("weakest", "The weakest decides", basis="ours"),)
        return ca.Outcome.of(self, assessment, low, high, text="The weakest decides", references=rule)


def test_a_scorer_in_python_sees_each_profile_once(make: Any) -> None:
    """A scorer that cannot be lowered assesses each set of scores that occurs once; every row gets its result."""
    scorer = Weakest()
    rows: list[list[Any]] = [[1 + row % 2, *([4] * 8)] for row in range(200)] + [[None, *([4] * 8)]]
    found = rows_of(ca.assess_frame(make(table(rows, pa.int8())), scorer, outputs=("rating", "low", "high", "scorer")))
    keys = ["significant_shortfalls", "some_shortfalls"]
    assert [row["rating"] for row in found] == [keys[row % 2] for row in range(200)] + [None]
    assert found[-1] == {"rating": None, "low": keys[0], "high": "exceptional_standard", "scorer": "weakest"}
    assert scorer.asked <= 3 * 16  # once; Dask looks at every partition, twice


def test_bad_rows_are_not_assessed(make: Any) -> None:
    """A scorer never sees a row that holds what is no score."""
    rows = [[7, *([4] * 8)], [3, *([4] * 8)]]
    found = rows_of(ca.assess_frame(make(table(rows, pa.int8())), Weakest(), outputs=("rating",), errors="flag"))
    assert [row["rating"] for row in found] == [None, "good_standard"]


# -- long tables --------------------------------------------------------------------------------------


def melted(rows: Sequence[Sequence[Any]]) -> pa.Table:
    """One row for each score that is known, backwards."""
    cells = [(n, IDS[at], cell) for n, row in enumerate(rows) for at, cell in enumerate(row) if cell is not None][::-1]
    return pa.table({KEY: [c[0] for c in cells], "statement": [c[1] for c in cells], "score": [c[2] for c in cells]})


LONG_ENGINES = [param for param in engine_params() if "dask" not in str(param)]


@pytest.mark.parametrize("engine", LONG_ENGINES)
def test_long_tables(engine: str, tmp_path: Path) -> None:
    """One row for each score becomes one row for each assessment; what is not there is not known."""
    frame = MAKERS[engine](melted(GOOD[:5]), tmp_path)
    found = rows_of(ca.assess_frame(frame, long=ca.Long(KEY), outputs=("low", "high", "score_low")))
    wide = rows_of(ca.assess_frame(table(GOOD[:5]), outputs=("low", "high", "score_low")))
    assert found == wide


@pytest.mark.parametrize("engine", LONG_ENGINES)
def test_long_tables_that_do_not_fit(engine: str, tmp_path: Path) -> None:
    """A score that stands twice and a statement that is not known are refused by name."""
    found = melted(GOOD[:3])
    with pytest.raises(InvalidTableError, match="appear twice") as caught:
        ca.assess_frame(MAKERS[engine](pa.concat_tables([found, found.slice(0, 3)]), tmp_path), long=ca.Long(KEY))
    assert caught.value.rows == 1
    odd = pa.table({KEY: [1], "statement": ["QS77"], "score": [3]})
    with pytest.raises(InvalidTableError, match="'QS77' is not a statement"):
        ca.assess_frame(MAKERS[engine](pa.concat_tables([found, odd]), tmp_path), long=ca.Long(KEY))
    with pytest.raises(InvalidTableError, match="the table has no such column"):
        ca.assess_frame(MAKERS[engine](found, tmp_path), long=ca.Long("council"))


# -- others -------------------------------------------------------------------------------------------


def test_frames_of_narwhals() -> None:
    """A narwhals frame gives one back; a Dask frame inside one is refused: narwhals loses its order."""
    import dask.dataframe as dd
    import narwhals as nw

    found = ca.assess_frame(nw.from_native(table(GOOD).to_pandas()))
    assert isinstance(found, nw.DataFrame)
    assert found["score"].to_list()[:4] == [89, 25, 50, 75]
    with pytest.warns(FutureWarning, match="Dask support"):
        inside = nw.from_native(dd.from_pandas(table(GOOD).to_pandas(), npartitions=2))
    with pytest.raises(InvalidInputError, match="Give the data frame itself"):
        ca.assess_frame(inside)


@pytest.mark.parametrize("engine", EAGER)
def test_a_table_in_memory_is_not_changed(engine: str, tmp_path: Path) -> None:
    """What was given stays as it was."""
    frame = MAKERS[engine](table(GOOD), tmp_path)
    before = arrow(frame).to_pylist()
    ca.assess_frame(frame, errors="flag", outputs=("rating", "flags"))
    assert arrow(frame).to_pylist() == before


def test_the_framework_is_that_of_the_scorer() -> None:
    """Where no framework is named, it is the newest that the scorer accepts, CQC's for councils first."""
    from careassure.frame.question import ask

    def asked(scorer: str | None, **more: Any) -> Question:
        settings: dict[str, Any] = {"framework": None, "version": None, "columns": None, "facts": None, "key": ()}
        rest: dict[str, Any] = {"missing": "interval", "errors": "raise", "outputs": ("rating",), "prefix": ""}
        return ask(scorer, **{**settings, **rest, **more})

    assert asked(None).scorer.name == "single-word"
    assert asked("evidence-category").framework.version == "2023"
    assert asked(None, version="2023").scorer.name == "evidence-category"
