"""One table in every kind of data frame, and results read back from each."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from numpy.typing import NDArray

from careassure.frame.outputs import OutputColumn
from java import SPARK, spark_home

from .schemes import NONE, Results, Scheme

PARTITIONS = 3
"""More than one, so that rows change places, and the last without a row; each costs Spark and Dask work of its own."""
OTHERS_WARNINGS = [
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame:DeprecationWarning"),  # Dask's own
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),  # Ibis asks DuckDB for it
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
KEY = "n"


def write_frame(frame: pl.DataFrame, path: Path) -> Path:
    """Write a table in the format that the ending of its name says: CSV, Parquet or Arrow."""
    if path.suffix == ".csv":
        frame.write_csv(path)
    elif path.suffix == ".parquet":
        frame.write_parquet(path)
    else:
        frame.write_ipc(path)
    return path


def base(item: Scheme, ranks: NDArray[np.int8], facts: Mapping[str, Sequence[bool | None]] | None = None) -> pa.Table:
    """Rows of ranks as a table: a key, values or words of each score, and facts."""
    columns: dict[str, Any] = {KEY: pa.array(np.arange(ranks.shape[1]))}
    for leaf, row in zip(item.leaves, ranks, strict=True):
        scale = item.scale(leaf)
        cells = [grade.value if scale.numeric else grade.label for grade in scale]
        words = pa.array(cells, pa.int8() if scale.numeric else pa.string())
        columns[leaf] = words.take(pa.array(np.maximum(row, 0), mask=row == NONE))
    return pa.table(columns | {name: pa.array(cells, pa.bool_()) for name, cells in (facts or {}).items()})


def parts(table: pa.Table, folder: Path) -> Path:
    """The table as a folder of parquet files, one for each partition."""
    for number in range(PARTITIONS):
        start, stop = (min(len(table) * edge // (PARTITIONS - 1), len(table)) for edge in (number, number + 1))
        pq.write_table(table.slice(start, stop - start), folder / f"part-{number}.parquet")
    return folder


def to_dask(table: pa.Table, folder: Path) -> Any:
    import dask.dataframe as dd

    frame = dd.read_parquet(parts(table, folder))
    assert frame.npartitions == PARTITIONS
    assert not frame.known_divisions
    return frame


def to_spark(table: pa.Table, folder: Path) -> Any:
    """Spark reads the files as several partitions; the rows are mixed beforehand, which saves it a stage of its own."""
    mixed = table.take(np.random.default_rng(5).permutation(len(table)))
    return spark().read.parquet(str(parts(mixed, folder)))


def to_ibis(table: pa.Table, folder: Path) -> Any:
    import ibis

    return ibis.read_parquet(parts(table, folder) / "*.parquet")


MAKERS: dict[str, Callable[[pa.Table, Path], Any]] = {
    "pandas": lambda table, _: table.to_pandas(),
    "pandas nullable": lambda table, _: table.to_pandas().convert_dtypes(),
    "pandas of arrow": lambda table, _: table.to_pandas(types_mapper=pd.ArrowDtype),
    "polars": lambda table, _: pl.DataFrame(table),
    "polars lazy": lambda table, _: pl.DataFrame(table).lazy(),
    "pyarrow": lambda table, _: table,
    "duckdb": lambda table, _: duckdb.from_arrow(table),
    "ibis": to_ibis,
    "dask": to_dask,
    "spark": to_spark,
}
EAGER = ("pandas", "pandas nullable", "pandas of arrow", "polars", "pyarrow")


def arrow(frame: Any) -> pa.Table:
    """A result as a table of PyArrow, whatever it is."""
    home = type(frame).__module__.partition(".")[0]
    if home == "pandas":
        return pa.Table.from_pandas(frame, preserve_index=False)
    if home == "polars":
        return (frame.collect() if isinstance(frame, pl.LazyFrame) else frame).to_arrow()
    if home in ("dask", "dask_expr"):
        return pa.Table.from_pandas(frame.compute(), preserve_index=False)
    if home in ("duckdb", "_duckdb"):
        return frame.to_arrow_table()
    if home == "ibis":
        return frame.to_pyarrow()
    return frame.toArrow() if home == "pyspark" else frame


def results(frame: Any, columns: Sequence[OutputColumn]) -> Results:
    """The results in a data frame, in the order of the key; fractions in lowest terms."""
    if isinstance(frame, pd.DataFrame):  # to take the words of every score along takes longer than the results
        frame = frame[[KEY, *(column.name for column in columns)]]
    table = arrow(frame)
    keys = table.column(KEY).to_numpy()
    rows = np.arange(len(keys))
    order = slice(None) if np.array_equal(keys, rows) else np.argsort(keys)
    assert np.array_equal(keys[order], rows), "a row is lost or stands twice"
    found = {c.key: _numbers(table.column(c.name), c)[order] for c in columns if c.kind != "text"}
    for key in [key for key in found if key.endswith("_numerator")]:
        below = key.replace("_numerator", "_denominator")
        common = np.where(found[key] == NONE, 1, np.gcd(found[key], found[below]))
        found[key], found[below] = found[key] // common, found[below] // common
    return found


def _numbers(cells: Any, column: OutputColumn) -> NDArray[np.int32]:
    if column.kind == "grade":
        place = {word: rank for rank, word in enumerate(column.words)}
        array = cells.combine_chunks()
        words = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
        ranks = np.array([*(place[word] for word in words.dictionary.to_pylist()), NONE], np.int32)
        places: NDArray[np.int64] = words.indices.fill_null(len(ranks) - 1).to_numpy(zero_copy_only=False)
        return np.take(ranks, places)
    numbers: NDArray[np.int32] = cells.cast(pa.int32()).fill_null(NONE).combine_chunks().to_numpy(zero_copy_only=False)
    return numbers


def differences(found: Results, expected: Results) -> list[str]:
    """Where two results differ: the column, the row, and what stands there."""
    return [
        f"{key}, row {row}: {found[key][row]}, not {expected[key][row]}"
        for key in found
        for row in np.flatnonzero(found[key] != expected[key])[:3]
    ]


# -- Spark --------------------------------------------------------------------------------------------


@cache
def spark() -> Any:
    """One local session for all tests, with the settings of `spark_home`."""
    from pyspark.sql import SparkSession

    with patch.dict(os.environ, SPARK_HOME=str(spark_home())), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = SparkSession.builder.appName("tests").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    java: Any = session._jvm
    for name in ("functions", "org.apache.spark.sql.functions", "PythonUtils"):
        setattr(java, name, Remembered(getattr(java, name)))
    # PySpark tells Java of each part of an expression that it is no longer wanted, which is half of all that it says.
    session.sparkContext._gateway._gateway_client.garbage_collect_object = lambda *_: None
    return session


class Remembered:
    """A class of Java whose functions are looked up once: PySpark asks for them anew whenever it makes an expression.

    Args:
        found: The class.
    """

    def __init__(self, found: Any) -> None:
        self.found = found

    def __getattr__(self, name: str) -> Any:
        made = getattr(self.found, name)
        setattr(self, name, made)
        return made


def engine_params(*slow: str) -> list[Any]:
    """Every engine; Spark where Java is, in one session for all.

    Args:
        slow: Those that are slow beside Spark.
    """
    marks: dict[str, Any] = {"spark": SPARK, **dict.fromkeys(slow, pytest.mark.slow)}
    return [pytest.param(name, marks=marks.get(name, ())) for name in MAKERS]
