"""Tables of PyArrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from careassure.frame.arrays import NO_GRADE, Column, Mask, Numbers, some
from careassure.frame.outputs import OutputColumn
from careassure.frame.tables import Native, Words, is_blank


def arrow_numbers(column: Any) -> Numbers | None:  # noqa: ANN401
    """A column of numbers of PyArrow; None where it holds anything else."""
    import pyarrow as pa

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
    blank = ~_unpacked(bits, start, stop) if array.null_count else None
    if is_truth:
        return Numbers(_unpacked(cells, start, stop), blank)
    if not len(array):
        return Numbers(np.zeros(0, np.int8))
    return Numbers(np.frombuffer(cells, array.type.to_pandas_dtype())[start:stop], blank)


def _unpacked(bits: Any, start: int, stop: int) -> Mask:  # noqa: ANN401
    """Bits of a buffer of PyArrow as true and false."""
    if stop <= start:
        return np.zeros(0, np.bool_)
    first = start // 8
    found = np.unpackbits(np.frombuffer(bits, np.uint8)[first : (stop + 7) // 8], bitorder="little")
    return found[start - 8 * first : stop - 8 * first].view(np.bool_)


def _packed(blank: Mask) -> Any:  # noqa: ANN401
    """The bits by which PyArrow tells what is there."""
    import pyarrow as pa

    return pa.py_buffer(np.packbits(~blank, bitorder="little"))


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
            values, blank = data.values, data.blank
            if column.kind == "grade":
                blank = some(values == NO_GRADE)
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
