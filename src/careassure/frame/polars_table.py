"""Data frames of Polars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from careassure.frame.arrays import Column, Numbers
from careassure.frame.arrow_table import arrow_numbers
from careassure.frame.outputs import OutputColumn
from careassure.frame.tables import Native, Words, is_blank


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
