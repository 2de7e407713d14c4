"""Data frames in memory of PyArrow, pandas and Polars: how columns are taken out as arrays, and results put beside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from careassure.frame.arrays import NO_GRADE, Array, Bits, Column, Mask, Numbers, some
from careassure.frame.cells import Native, Words, is_blank
from careassure.frame.outputs import OutputColumn


class _InMemory:
    """What the tables of all libraries have alike."""

    def __init__(self, frame: Native) -> None:
        self.frame = frame

    def label(self, row: int) -> object:
        """The number of a row."""
        return row

    def usual(self) -> Native:
        """The data frame with no column in a form that its library can do little with."""
        return self.frame


def _lacks(ranks: Array) -> bool:
    """Whether some row has no grade: nothing lies above `NO_GRADE` in a byte, and to look for it makes no array."""
    return bool(ranks.max(initial=0) == NO_GRADE)


def _one_by_one(cells: list[object]) -> Words:
    """Cells that a library cannot tell apart, each as a value of its own."""
    return np.array([-1 if is_blank(cell) else place for place, cell in enumerate(cells)]), cells


# -- PyArrow ---------------------------------------------------------------------------------------------


def usual(column: Any) -> Any:  # noqa: ANN401
    """A column of PyArrow in a form that all its functions know: neither a view of text nor runs of equal cells.

    Polars writes its text as views, and PyArrow can do little with them.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_run_end_encoded(column.type):
        if not pa.types.is_string_view(column.type.value_type):
            return pc.call_function("run_end_decode", [column])  # the name is made when PyArrow is imported
        return pa.array(column.to_pylist(), pa.large_string())
    if pa.types.is_string_view(column.type):
        return column.cast(pa.large_string())
    return column.cast(pa.large_binary()) if pa.types.is_binary_view(column.type) else column


def arrow_numbers(column: Any) -> Numbers | None:  # noqa: ANN401
    """A column of numbers of PyArrow; None where it holds anything else."""
    import pyarrow as pa

    column = usual(column)
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_decimal(array.type):
        array = array.cast(pa.float64())
    if pa.types.is_null(array.type):
        return Numbers(np.zeros(len(array), np.int8), np.ones(len(array), np.bool_))
    if pa.types.is_floating(array.type):
        return Numbers(array.to_numpy(zero_copy_only=False))
    is_truth = pa.types.is_boolean(array.type)
    if not is_truth and not pa.types.is_integer(array.type):
        return None
    bits, cells = array.buffers()
    start, stop = array.offset, array.offset + len(array)
    blank = Bits(np.frombuffer(bits, np.uint8), start, len(array)) if array.null_count else None
    if is_truth:
        return Numbers(_unpacked(cells, start, stop), blank)
    if not len(array):
        return Numbers(np.zeros(0, np.int8))
    return Numbers(np.frombuffer(cells, array.type.to_pandas_dtype())[start:stop], blank)


def arrow_words(column: Any) -> Words:  # noqa: ANN401
    """A column of anything of PyArrow, each value once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    column = usual(column)
    try:
        array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        found = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
        places = pc.fill_null(found.indices, -1) if found.indices.null_count else found.indices
        return places.to_numpy(zero_copy_only=False).astype(np.int64), found.dictionary.to_pylist()
    except pa.ArrowNotImplementedError:  # lists and structs
        return _one_by_one(column.to_pylist())


def _unpacked(bits: Any, start: int, stop: int) -> Mask:  # noqa: ANN401
    """Bits of a buffer of PyArrow as true and false, of the shape ``(stop - start,)``: eight rows to a byte."""
    if stop <= start:
        return np.zeros(0, np.bool_)
    first = start // 8
    found = np.unpackbits(np.frombuffer(bits, np.uint8)[first : (stop + 7) // 8], bitorder="little")
    return found[start - 8 * first : stop - 8 * first].view(np.bool_)


def _packed(blank: Mask) -> Any:  # noqa: ANN401
    """The bits by which PyArrow tells what is there, for a mask of the shape ``(rows,)``."""
    import pyarrow as pa

    return pa.py_buffer(np.packbits(~blank, bitorder="little"))


class ArrowTable(_InMemory):
    """A PyArrow table."""

    @property
    def names(self) -> list[Any]:
        """The names of its columns."""
        return list(self.frame.column_names)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return int(self.frame.num_rows)

    def usual(self) -> Native:
        """The data frame with no column in a form that its library can do little with."""
        frame = self.frame
        for place, name in enumerate(frame.column_names):
            column = frame.column(place)
            made = usual(column)
            frame = frame if made is column else frame.set_column(place, name, made)
        return frame

    def numbers(self, name: str) -> Numbers | None:
        """A column of numbers; None where it holds anything else."""
        return arrow_numbers(self.frame.column(name))

    def words(self, name: str) -> Words:
        """A column of anything, each value once."""
        return arrow_words(self.frame.column(name))

    def at(self, name: str, rows: NDArray[np.intp]) -> list[object]:
        """The values of some rows."""
        return list(usual(self.frame.column(name)).take(rows).to_pylist())

    def attach(self, columns: Sequence[tuple[OutputColumn, Column | Sequence[str | None]]]) -> Native:
        """The data frame with more columns."""
        import pyarrow as pa

        def array(column: OutputColumn, data: Column | Sequence[str | None]) -> Any:  # noqa: ANN401
            if not isinstance(data, Column):
                return pa.array(list(data), pa.string())
            values, blank = data.values, data.blank
            if column.kind == "grade":
                blank = values == NO_GRADE if _lacks(values) else None
                values = (values if blank is None else np.where(blank, 0, values)).view(np.int8)
            if column.kind == "truth" or not len(values):
                found = pa.array(values, mask=blank)
            else:
                buffers = [None if blank is None else _packed(blank), pa.py_buffer(np.ascontiguousarray(values))]
                found = pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), buffers)
            if column.kind != "grade":
                return found
            return pa.DictionaryArray.from_arrays(found, pa.array(column.words, pa.string()), ordered=True)

        frame = self.frame
        for column, data in columns:
            frame = frame.append_column(column.name, array(column, data))
        return frame


# -- pandas ----------------------------------------------------------------------------------------------


class PandasTable(_InMemory):
    """A pandas data frame."""

    @property
    def names(self) -> list[Any]:
        """The names of its columns."""
        return list(self.frame.columns)

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.frame)

    def usual(self) -> Native:
        """The data frame with no column in a form that its library can do little with."""
        found = ((name, self.frame[name]) for name, kind in self.frame.dtypes.items() if _is_odd(kind))
        return self.frame.assign(**{name: _dense(series) for name, series in found})

    def numbers(self, name: str) -> Numbers | None:
        """A column of numbers; None where it holds anything else."""
        import pandas as pd

        series = _dense(self.frame[name])
        dtype = series.dtype
        if isinstance(dtype, np.dtype):
            return Numbers(series.to_numpy()) if dtype.kind in "iufb" else None
        if isinstance(dtype, pd.ArrowDtype):
            return arrow_numbers(series.array.__arrow_array__())
        if dtype.kind in "iub":
            masked = series.array
            if hasattr(masked, "_data") and hasattr(masked, "_mask"):  # what lies there, without a copy
                return Numbers(masked._data, some(masked._mask))  # noqa: SLF001
            blank = series.isna().to_numpy()
            kind = "bool" if dtype.kind == "b" else dtype.numpy_dtype
            return Numbers(series.to_numpy(dtype=kind, na_value=0), blank if blank.any() else None)
        return Numbers(series.to_numpy(dtype="float64", na_value=np.nan)) if dtype.kind == "f" else None

    def words(self, name: str) -> Words:
        """A column of anything, each value once."""
        import pandas as pd

        series = _dense(self.frame[name])
        try:
            places, values = pd.factorize(series)
        except TypeError:  # values such as lists, which cannot be told apart quickly
            return np.where(series.isna(), -1, np.arange(len(series))), list(series)
        return places, list(values)

    def at(self, name: str, rows: NDArray[np.intp]) -> list[object]:
        """The values of some rows."""
        return list(_dense(self.frame[name]).iloc[rows])

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
                ranks = data.values.view(np.int8)  # NO_GRADE becomes -1, which is how pandas marks a blank
                return pd.Categorical.from_codes(ranks, dtype=_pandas_words(column.words), validate=False)
            blank = np.zeros(len(data.values), np.bool_) if data.blank is None else data.blank
            make = pd.arrays.BooleanArray if column.kind == "truth" else pd.arrays.IntegerArray
            return make(data.values, blank)

        added = {
            column.name: pd.Series(array(column, data), index=self.frame.index, copy=False) for column, data in columns
        }
        return self.frame.assign(**added)


@lru_cache(maxsize=64)
def _pandas_words(words: tuple[str, ...]) -> Any:  # noqa: ANN401
    """The type of a column of ordered words; to make one takes longer than to rate some thousand rows."""
    import pandas as pd

    return pd.CategoricalDtype(list(words), ordered=True)


def _is_odd(kind: Any) -> bool:  # noqa: ANN401
    """Whether pandas keeps a column sparse, or leaves it to PyArrow in a form that this can do little with."""
    import pandas as pd
    import pyarrow as pa

    if isinstance(kind, pd.ArrowDtype):
        made = kind.pyarrow_dtype
        return bool(pa.types.is_run_end_encoded(made) or made in (pa.string_view(), pa.binary_view()))
    return isinstance(kind, pd.SparseDtype)


def _dense(series: Any) -> Any:  # noqa: ANN401
    """A column of pandas with every cell in its place: of a sparse one only some are kept."""
    import pandas as pd

    if not _is_odd(series.dtype):
        return series
    if isinstance(series.dtype, pd.SparseDtype):
        return series.sparse.to_dense()
    cells = pd.arrays.ArrowExtensionArray(usual(series.array.__arrow_array__()))
    return pd.Series(cells, index=series.index, name=series.name)


# -- Polars ----------------------------------------------------------------------------------------------


class PolarsTable(_InMemory):
    """A Polars data frame."""

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
        return arrow_numbers(series.to_arrow()) if series.null_count() else Numbers(series.to_numpy())

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
            return _one_by_one(series.to_list())
        return places.fill_null(-1).to_numpy(), values.to_list()

    def at(self, name: str, rows: NDArray[np.intp]) -> list[object]:
        """The values of some rows."""
        return list(self.frame[name].gather(rows).to_list())

    def attach(self, columns: Sequence[tuple[OutputColumn, Column | Sequence[str | None]]]) -> Native:
        """The data frame with more columns."""
        import polars as pl

        def expression(column: OutputColumn, data: Column | Sequence[str | None]) -> pl.Expr:
            if not isinstance(data, Column):
                return pl.lit(pl.Series(column.name, list(data), dtype=pl.String))
            if column.kind == "grade":
                words: pl.Expr = _polars_words(data.values, column.words)
                return words.alias(column.name)
            found: pl.Expr = pl.lit(pl.Series(column.name, data.values))
            return (
                found if data.blank is None else pl.when(~pl.lit(pl.Series(data.blank))).then(found).alias(column.name)
            )

        return self.frame.with_columns([expression(column, data) for column, data in columns])


def _polars_words(ranks: Array, words: Sequence[str]) -> Any:  # noqa: ANN401
    """Ranks of the shape ``(rows,)`` as an expression of ordered words, by halving: two questions tell four words."""
    import polars as pl

    kind, cells = pl.Enum(words), pl.lit(pl.Series(ranks))

    def halved(first: int, end: int) -> Any:  # noqa: ANN401
        if end - first == 1:
            return pl.lit(words[first], dtype=kind)
        middle = (first + end) // 2
        return pl.when(cells >= middle).then(halved(middle, end)).otherwise(halved(first, middle))

    found = halved(0, len(words)) if words else pl.lit(None, dtype=kind)
    return pl.when(cells != NO_GRADE).then(found) if _lacks(ranks) else found
