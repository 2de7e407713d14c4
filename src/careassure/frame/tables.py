"""Tables in memory: how columns are read from pandas, Polars and PyArrow, and how results are put beside them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from careassure.errors import CareAssureError
from careassure.frame.arrays import (
    BAD,
    NO_GRADE,
    UNKNOWN,
    Codes,
    Column,
    FactData,
    LeafData,
    Mask,
    Numbers,
    code_of_state,
)
from careassure.frame.outputs import OutputColumn
from careassure.model.scale import Grade, NotRated, Scale

Words: TypeAlias = tuple[NDArray[Any], list[object]]
"""For each row the place of its value in a list of values; -1 where there is nothing."""

Native: TypeAlias = Any
"""A data frame of some library."""


class Table(Protocol):
    """A data frame in memory."""

    @property
    def names(self) -> list[Any]:
        """The names of its columns."""
        ...

    @property
    def rows(self) -> int:
        """How many rows it has."""
        ...

    def numbers(self, name: str) -> Numbers | None:
        """A column of numbers; None where it holds anything else."""
        ...

    def words(self, name: str) -> Words:
        """A column of anything, each value once."""
        ...

    def at(self, name: str, rows: NDArray[np.intp]) -> list[object]:
        """The values of some rows."""
        ...

    def label(self, row: int) -> object:
        """How a row is called: its label in pandas, else its number, counted from 0."""
        ...

    def attach(self, columns: Sequence[tuple[OutputColumn, Column | Sequence[str | None]]]) -> Native:
        """The data frame with more columns."""
        ...


def wrap(frame: Native) -> Table | None:
    """The table of a data frame in memory; None where it is of a library that is not known here."""
    home = type(frame).__module__.partition(".")[0]
    name = type(frame).__name__
    if home == "pandas" and name == "DataFrame":
        return PandasTable(frame)
    if home == "polars" and name == "DataFrame":
        return PolarsTable(frame)
    if home == "pyarrow" and name == "Table":
        return ArrowTable(frame)
    return None


# -- reading ------------------------------------------------------------------------------------------


def read_scores(table: Table, column: str | None, scale: Scale) -> LeafData:
    """What a table says of a score, row by row."""
    if column is None:
        return None
    numbers = table.numbers(column)
    if numbers is not None:
        return numbers
    places, values = table.words(column)
    ranks = np.array([*(rank_of(value, scale) for value in values), UNKNOWN], np.int8)
    return Codes(ranks[places])


def rank_of(value: object, scale: Scale, *, text: bool = False) -> int:
    """The rank of what stands in a table, or the code of a state, `UNKNOWN` or `BAD`.

    Args:
        value: The value.
        scale: The scale of the score.
        text: Whether every cell is text, as in a CSV file.
    """
    if text and isinstance(value, str):
        value = _typed(value)
    if is_blank(value):
        return UNKNOWN
    try:
        found = scale.read(plain(value))
    except (CareAssureError, TypeError):
        return BAD
    return code_of_state(found) if isinstance(found, NotRated) else found.rank


def _typed(cell: str) -> object:
    """What the text of a cell stands for: a number, or nothing."""
    try:
        return float(cell) if cell.strip() else None
    except ValueError:
        return cell


def plain(value: object) -> object:
    """A value as Python has it: numbers of NumPy as its own, whole numbers without a decimal point."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float | Decimal) and value == value and value % 1 == 0:  # noqa: PLR0124  (not for NaN)
        return int(value)
    return value


def is_blank(value: object) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT or pandas' NA."""
    if value is None:
        return True
    if isinstance(value, str | Grade | NotRated):
        return False
    return type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float | np.floating) and value != value)  # noqa: PLR0124


def read_fact(table: Table, column: str) -> FactData:
    """What a table says of a fact, row by row.

    Raises:
        ValueError: Something in it is neither true nor false; the first such value is given.
    """
    numbers = table.numbers(column)
    if numbers is not None and numbers.values.dtype.kind == "b":
        return FactData(numbers.values, numbers.blank)
    places, values = table.words(column)
    for value in values:
        if not isinstance(plain(value), bool) and not is_blank(value):
            raise ValueError(value)
    holds = np.array([*(plain(value) is True for value in values), False])
    blank = np.array([*(is_blank(value) for value in values), True])
    return FactData(holds[places], blank[places] if blank[places].any() else None)


# -- pandas -------------------------------------------------------------------------------------------


class PandasTable:
    """A pandas data frame."""

    def __init__(self, frame: Native) -> None:
        self.frame = frame

    @property
    def names(self) -> list[Any]:
        """The names of its columns."""
        return list(self.frame.columns)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.frame)

    def numbers(self, name: str) -> Numbers | None:
        """A column of numbers; None where it holds anything else."""
        import pandas as pd

        series = self.frame[name]
        dtype = series.dtype
        if isinstance(dtype, np.dtype):
            return Numbers(series.to_numpy()) if dtype.kind in "iufb" else None
        if isinstance(dtype, pd.ArrowDtype):
            return arrow_numbers(series.array.__arrow_array__())
        if dtype.kind in "iub":
            blank = series.isna().to_numpy()
            kind = "bool" if dtype.kind == "b" else dtype.numpy_dtype
            return Numbers(series.to_numpy(dtype=kind, na_value=0), blank if blank.any() else None)
        return Numbers(series.to_numpy(dtype="float64", na_value=np.nan)) if dtype.kind == "f" else None

    def words(self, name: str) -> Words:
        """A column of anything, each value once."""
        import pandas as pd

        series = self.frame[name]
        try:
            places, values = pd.factorize(series)
        except TypeError:  # values such as lists, which cannot be told apart quickly
            return np.where(series.isna(), -1, np.arange(len(series))), list(series)
        return places, list(values)

    def at(self, name: str, rows: NDArray[np.intp]) -> list[object]:
        """The values of some rows."""
        return list(self.frame[name].iloc[rows])

    def label(self, row: int) -> object:
        """The label of a row."""
        return self.frame.index[row]

    def attach(self, columns: Sequence[tuple[OutputColumn, Column | Sequence[str | None]]]) -> Native:
        """The data frame with more columns."""
        import pandas as pd

        def array(column: OutputColumn, data: Column | Sequence[str | None]) -> object:
            if not isinstance(data, Column):
                return pd.array(list(data), dtype="str")
            if column.kind == "grade":
                ranks = data.values.astype(np.int8)  # NO_GRADE becomes -1, which is how pandas marks a blank
                return pd.Categorical.from_codes(ranks, categories=list(column.words), ordered=True)
            blank = np.zeros(len(data.values), np.bool_) if data.blank is None else data.blank
            kind = pd.arrays.BooleanArray if column.kind == "truth" else pd.arrays.IntegerArray
            return kind(data.values, blank)

        added = {
            column.name: pd.Series(array(column, data), index=self.frame.index, copy=False) for column, data in columns
        }
        return self.frame.assign(**added)


# -- Polars -------------------------------------------------------------------------------------------


class PolarsTable:
    """A Polars data frame."""

    def __init__(self, frame: Native) -> None:
        self.frame = frame

    @property
    def names(self) -> list[Any]:
        """The names of its columns."""
        return list(self.frame.columns)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return int(self.frame.height)

    def numbers(self, name: str) -> Numbers | None:
        """A column of numbers; None where it holds anything else."""
        import polars as pl

        series = self.frame[name]
        dtype = series.dtype
        if dtype.is_decimal():
            series, dtype = series.cast(pl.Float64), pl.Float64()
        if dtype == pl.Null:
            return Numbers(np.zeros(len(series), np.int8), np.ones(len(series), np.bool_))
        if dtype.is_float():
            return Numbers(series.fill_null(float("nan")).to_numpy())
        if not dtype.is_integer() and dtype != pl.Boolean:
            return None
        blank = None
        if series.null_count():
            blank = series.is_null().to_numpy()
            series = series.fill_null(False if dtype == pl.Boolean else 0)
        return Numbers(series.to_numpy(), blank)

    def words(self, name: str) -> Words:
        """A column of anything, each value once."""
        import polars as pl

        series = self.frame[name]
        if series.dtype in (pl.Enum, pl.Categorical):
            series = series.cast(pl.String)
        try:
            values = series.drop_nulls().unique()
            places = series.replace_strict(values, pl.Series(range(len(values)), dtype=pl.Int32), default=None)
        except (pl.exceptions.PolarsError, TypeError):  # lists, structs, Python objects
            cells = series.to_list()
            return np.array([-1 if is_blank(cell) else place for place, cell in enumerate(cells)]), cells
        return places.fill_null(-1).to_numpy(), values.to_list()

    def at(self, name: str, rows: NDArray[np.intp]) -> list[object]:
        """The values of some rows."""
        return list(self.frame[name].gather(rows).to_list())

    def label(self, row: int) -> object:
        """The number of a row."""
        return row

    def attach(self, columns: Sequence[tuple[OutputColumn, Column | Sequence[str | None]]]) -> Native:
        """The data frame with more columns."""
        import polars as pl

        def expression(column: OutputColumn, data: Column | Sequence[str | None]) -> pl.Expr:
            if not isinstance(data, Column):
                return pl.lit(pl.Series(column.name, list(data), dtype=pl.String))
            found: pl.Expr = pl.lit(pl.Series(column.name, data.values))
            if column.kind == "grade":
                words: pl.Expr = polars_words(found, column.words)
                return words.alias(column.name)
            return (
                found if data.blank is None else pl.when(~pl.lit(pl.Series(data.blank))).then(found).alias(column.name)
            )

        return self.frame.with_columns([expression(column, data) for column, data in columns])


def polars_words(ranks: Any, words: Sequence[str]) -> Any:  # noqa: ANN401
    """An expression of ranks as ordered words; measured to be the quickest way to make them."""
    import polars as pl

    kind = pl.Enum(words)
    found: Any = pl.lit(None, dtype=kind)
    for rank, word in enumerate(words):
        found = pl.when(ranks == rank).then(pl.lit(word, dtype=kind)).otherwise(found)
    return found


# -- PyArrow ------------------------------------------------------------------------------------------


def arrow_numbers(column: Any) -> Numbers | None:  # noqa: ANN401
    """A column of numbers of PyArrow; None where it holds anything else."""
    import pyarrow as pa
    import pyarrow.compute as pc

    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_decimal(array.type):
        array = array.cast(pa.float64())
    if pa.types.is_null(array.type):
        return Numbers(np.zeros(len(array), np.int8), np.ones(len(array), np.bool_))
    if pa.types.is_floating(array.type):
        return Numbers(array.to_numpy(zero_copy_only=False))
    if pa.types.is_boolean(array.type):
        blank = array.is_null().to_numpy(zero_copy_only=False) if array.null_count else None
        return Numbers(pc.fill_null(array, False).to_numpy(zero_copy_only=False), blank)
    if not pa.types.is_integer(array.type):
        return None
    if not array.null_count:
        return Numbers(array.to_numpy())
    blank = array.is_null().to_numpy(zero_copy_only=False)
    return Numbers(pc.fill_null(array, 0).to_numpy(), blank)


class ArrowTable:
    """A PyArrow table."""

    def __init__(self, frame: Native) -> None:
        self.frame = frame

    @property
    def names(self) -> list[Any]:
        """The names of its columns."""
        return list(self.frame.column_names)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return int(self.frame.num_rows)

    def numbers(self, name: str) -> Numbers | None:
        """A column of numbers; None where it holds anything else."""
        return arrow_numbers(self.frame.column(name))

    def words(self, name: str) -> Words:
        """A column of anything, each value once."""
        import pyarrow as pa
        import pyarrow.compute as pc

        column = self.frame.column(name)
        try:
            array = column.combine_chunks()
            found = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
            places = pc.fill_null(found.indices, -1) if found.indices.null_count else found.indices
            return places.to_numpy(zero_copy_only=False).astype(np.int64), found.dictionary.to_pylist()
        except pa.ArrowNotImplementedError:  # lists and structs
            cells = column.to_pylist()
            return np.array([-1 if is_blank(cell) else place for place, cell in enumerate(cells)]), cells

    def at(self, name: str, rows: NDArray[np.intp]) -> list[object]:
        """The values of some rows."""
        return list(self.frame.column(name).take(rows).to_pylist())

    def label(self, row: int) -> object:
        """The number of a row."""
        return row

    def attach(self, columns: Sequence[tuple[OutputColumn, Column | Sequence[str | None]]]) -> Native:
        """The data frame with more columns."""
        import pyarrow as pa

        def array(column: OutputColumn, data: Column | Sequence[str | None]) -> Any:  # noqa: ANN401
            if not isinstance(data, Column):
                return pa.array(list(data), pa.string())
            if column.kind == "grade":
                blank: Mask = data.values == NO_GRADE
                places = pa.array(np.where(blank, 0, data.values).astype(np.int8), mask=blank)
                return pa.DictionaryArray.from_arrays(places, pa.array(column.words, pa.string()), ordered=True)
            return pa.array(data.values, mask=data.blank)

        frame = self.frame
        for column, data in columns:
            frame = frame.append_column(column.name, array(column, data))
        return frame


def constant(column: OutputColumn, rows: int) -> Sequence[str]:
    """The same text for every row."""
    return [column.text] * rows
