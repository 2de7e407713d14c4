"""Data frames of pandas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from careassure.frame.arrays import Column, Numbers, some
from careassure.frame.arrow_table import arrow_numbers
from careassure.frame.outputs import OutputColumn
from careassure.frame.tables import Native, Words


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
                ranks = data.values.view(np.int8)  # NO_GRADE becomes -1, which is how pandas marks a blank
                kind = pd.CategoricalDtype(list(column.words), ordered=True)
                return pd.Categorical.from_codes(ranks, dtype=kind, validate=False)
            blank = np.zeros(len(data.values), np.bool_) if data.blank is None else data.blank
            make = pd.arrays.BooleanArray if column.kind == "truth" else pd.arrays.IntegerArray
            return make(data.values, blank)

        added = {
            column.name: pd.Series(array(column, data), index=self.frame.index, copy=False) for column, data in columns
        }
        return self.frame.assign(**added)
