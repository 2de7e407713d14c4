"""The same assessments as rows of a table, in every kind of table, beside what the independent evaluator says."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import careassure as ca
from careassure.errors import CareAssureError
from differential.comparison import Loaded
from differential.evaluator import Expected, Judge
from differential.generator import STATES, Case

OUTPUTS = (
    "rating", "low", "high", "suggested", "score", "score_low", "score_high", "percentage", "percentage_low",
    "percentage_high", "margin", "flags", "profile", "profile_low", "profile_high",
)  # fmt: skip
WITHOUT_PERCENTAGES = tuple(name for name in OUTPUTS if not name.startswith("percentage"))
KEY = "row"
WORDS = {"not_rated": "Not rated", "not_judged": "Not judged", "not_applicable": "Not applicable",
         "suppressed": "[c]"}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One assessment of a table: its scores by column, its facts, and what should come out."""

    scores: Mapping[str, Any]
    facts: Mapping[str, bool | None]
    expected: Expected


def rows_of(case: Case, judge: Judge, random: Random, count: int) -> list[Row]:
    """Rows that share their columns: each statement that is made of parts has one column, or one for each part."""
    scales: dict[str, int] = {}
    for area in judge.statements:
        if area.parts and random.random() < 0.2:
            scales[area.id] = len(area.scale)
        else:
            scales |= {leaf: len(judge.leaves[leaf].scale) for leaf in area.leaves}
    found = []
    blanks = random.choice([0, 0.3, 0.6])
    states = random.random() < 0.4
    for _ in range(count):
        scores = {name: _cell(random, size, blanks, states=states) for name, size in scales.items()}
        facts = {name: random.choice([True, False, None]) for name in case.facts}
        told = {name: value for name, value in facts.items() if value is not None}
        found.append(Row(scores, facts, judge.expected(scores, told)))
    return found


def _cell(random: Random, size: int, blanks: float, *, states: bool) -> Any:
    if random.random() < blanks:
        return random.choice([None, *STATES]) if states else None
    return random.randrange(size)


def arrow_table(judge: Judge, rows: Sequence[Row], labels: Mapping[str, Mapping[str, str]], numeric: set[str]) -> Any:
    """The rows as a table of PyArrow: numbers where a column can hold them, words elsewhere."""
    import pyarrow as pa

    columns: dict[str, Any] = {KEY: pa.array(range(len(rows)), pa.int64())}
    for name in rows[0].scores:
        scale_id, scale = column_scale(judge, name)
        cells = [row.scores[name] for row in rows]
        if scale_id in numeric and not any(isinstance(cell, str) for cell in cells):
            values = [None if cell is None else scale[cell].value for cell in cells]
            columns[name] = pa.array(values, pa.int32())
        else:
            words = [
                WORDS[cell] if isinstance(cell, str) else None if cell is None else labels[scale_id][scale[cell].key]
                for cell in cells
            ]
            columns[name] = pa.array(words, pa.string())
    for name in rows[0].facts:
        columns[name] = pa.array([row.facts[name] for row in rows], pa.bool_())
    return pa.table(columns)


def column_scale(judge: Judge, name: str) -> tuple[str, Any]:
    """The scale on which a column is scored, with its id."""
    scale = judge.leaves[name].scale if name in judge.leaves else judge.areas[name].scale
    known = next((key for key, each in judge.scales.items() if each is scale), "")
    return known, scale


# ---------------------------------------------------------------- engines


def _ibis(table: Any) -> Any:
    import ibis

    return ibis.memtable(table)


def _dask(table: Any) -> Any:
    import dask.dataframe as dd

    return dd.from_pandas(_nullable(table), npartitions=3)


def _nullable(table: Any) -> Any:
    return table.to_pandas().convert_dtypes()


def _polars(table: Any) -> Any:
    import polars as pl

    return pl.DataFrame(table)


def _duckdb(table: Any) -> Any:
    import duckdb

    return duckdb.from_arrow(table)


@cache
def session() -> Any:
    """One local session of Spark."""
    from frame.engines import spark

    return spark()


def _spark(table: Any) -> Any:
    from pyspark.sql.types import BooleanType, IntegerType, LongType, StringType, StructField, StructType

    kinds = {"int64": LongType(), "int32": IntegerType(), "bool": BooleanType(), "string": StringType()}
    schema = StructType([StructField(field.name, kinds[str(field.type)]) for field in table.schema])
    rows = [tuple(row.values()) for row in table.to_pylist()]
    return session().createDataFrame(rows, schema).repartition(2)


ENGINES: dict[str, Callable[[Any], Any]] = {
    "pandas": _nullable,
    "polars": _polars,
    "polars lazy": lambda table: _polars(table).lazy(),
    "pyarrow": lambda table: table,
    "duckdb": _duckdb,
    "dask": _dask,
    "ibis": _ibis,
    "spark": _spark,
}


def as_rows(frame: Any) -> list[dict[str, Any]]:
    """A result as plain rows, in the order of the key."""
    home = type(frame).__module__.partition(".")[0]
    if home in {"dask", "dask_expr"}:
        frame = frame.compute()
        home = "pandas"
    if home == "pandas":
        columns = {name: [_plain(cell) for cell in frame[name].tolist()] for name in frame.columns}
        rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    elif home == "polars":
        rows = (frame.collect() if hasattr(frame, "collect") else frame).to_dicts()
    elif home in {"duckdb", "_duckdb"}:
        rows = frame.to_arrow_table().to_pylist()
    elif home == "ibis":
        rows = frame.to_pyarrow().to_pylist()
    elif home == "pyspark":
        rows = [row.asDict() for row in frame.collect()]
    else:
        rows = frame.to_pylist()
    return sorted(rows, key=lambda row: row[KEY])


def _plain(cell: Any) -> Any:
    return None if cell is None or str(cell) in {"<NA>", "nan"} else cell


# ------------------------------------------------------------- comparison


@dataclass
class Tried:
    """What one engine made of one table."""

    rows: int
    differences: list[str]
    refused: str = ""


def apply(engine: str, table: Any, loaded: Loaded, row: Row, outputs: Sequence[str]) -> list[dict[str, Any]]:
    """The table with its results, as plain rows."""
    names = {leaf: leaf for leaf in row.scores}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame: Any = ENGINES[engine](table)
        rated = ca.assess_frame(
            frame, loaded.method, framework=loaded.framework, columns=names, key=KEY, outputs=outputs
        )
        return as_rows(rated)


def compare(engine: str, table: Any, judge: Judge, loaded: Loaded, rows: Sequence[Row]) -> Tried:
    """Differences of one engine; where the percentages are refused, the rest is compared without them."""
    refused = ""
    try:
        found = apply(engine, table, loaded, rows[0], OUTPUTS)
    except CareAssureError as error:
        refused = f"{type(error).__name__}: {error}"
        try:
            found = apply(engine, table, loaded, rows[0], WITHOUT_PERCENTAGES)
        except CareAssureError as again:
            return Tried(0, [f"refused: {type(again).__name__}: {again}"])
    if len(found) != len(rows):
        return Tried(0, [f"{len(found)} rows, not {len(rows)}"])
    differences = []
    for place, (given, row) in enumerate(zip(found, rows, strict=True)):
        for name, want, got in _pairs(judge, row.expected, given):
            if want != got:
                differences.append(f"row {place} {name}: {want} expected, {got} given; {dict(row.scores)} {row.facts}")
    return Tried(len(rows), differences, refused)


def _pairs(judge: Judge, want: Expected, got: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    pairs: list[tuple[str, Any, Any]] = [
        ("low", want.low, got["low"]),
        ("high", want.high, got["high"]),
        ("rating", want.low if want.low == want.high else None, got["rating"]),
        ("suggested", want.suggested, got["suggested"]),
    ]
    low, high = want.score or (None, None)
    pairs += [("score_low", low, got["score_low"]), ("score_high", high, got["score_high"])]
    pairs.append(("score", low if low == high else None, got["score"]))
    if "percentage_numerator" in got:
        least, most = want.percentage or (None, None)
        one = least if least == most else None
        for name, value in (("percentage", one), ("percentage_low", least), ("percentage_high", most)):
            pairs.append((name, value, _fraction(got[f"{name}_numerator"], got[f"{name}_denominator"])))
    for flag in judge.flags:
        said = {"certain": True, "possible": None}.get(want.flags.get(flag["id"], ""), False)
        pairs.append((flag["id"], said, got[f"flag_{flag['id']}"]))
    for area, (least_key, most_key) in want.profile.items():
        if f"profile_{area}" in got:
            one_key = least_key if least_key == most_key else None
            pairs.append((f"profile of {area}", (one_key, least_key, most_key), _profile(got, area)))
        elif judge.grades(judge.node_for(area)) and area not in got:  # a statement given as a whole is a column itself
            pairs.append((f"profile of {area}", "a column", "none"))
    if want.margin_known:
        pairs.append(("margin", want.margin, (got["margin_down"], got["margin_up"])))
        for name, keys in (("margin_below", want.below), ("margin_above", want.above)):
            if got[name] not in (keys or {None}):
                pairs.append((name, sorted(keys), got[name]))
    return pairs


def _fraction(above: Any, below: Any) -> Fraction | None:
    return None if above is None else Fraction(int(above), int(below))


def _profile(got: Mapping[str, Any], area: str) -> tuple[Any, Any, Any]:
    return got[f"profile_{area}"], got[f"profile_low_{area}"], got[f"profile_high_{area}"]
