"""Columns for Arrow made from buffers: `pyarrow.array` and `pyarrow.scalar` import pandas where that is installed.

That takes 41 MB and a third of the time of a command that rates a small table.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any


def texts(cells: Sequence[str]) -> Any:  # noqa: ANN401  (PyArrow has no types)
    """A column of texts; an empty one is a blank."""
    import pyarrow as pa

    whole = "".join(cells)
    if whole.isascii():
        text, ends = whole.encode(), array("i", accumulate(map(len, cells), initial=0))
    else:
        encoded = [cell.encode() for cell in cells]
        text, ends = b"".join(encoded), array("i", accumulate(map(len, encoded), initial=0))
    return pa.StringArray.from_buffers(len(cells), pa.py_buffer(ends), pa.py_buffer(text), _bits(cells))


def numbers(values: Sequence[int]) -> Any:  # noqa: ANN401  (PyArrow has no types)
    """A column of whole numbers."""
    import pyarrow as pa

    return pa.Int64Array.from_buffers(pa.int64(), len(values), [None, pa.py_buffer(array("q", values))])


def truths(values: Sequence[bool]) -> Any:  # noqa: ANN401  (PyArrow has no types)
    """A column of what is true and what is not."""
    import pyarrow as pa

    return pa.BooleanArray.from_buffers(pa.bool_(), len(values), [None, _bits(values)])


def _bits(values: Sequence[object]) -> Any:  # noqa: ANN401  (PyArrow has no types)
    """A bit for each value: whether there is anything in it."""
    import pyarrow as pa

    held = int("0" + "".join(["1" if value else "0" for value in reversed(values)]), 2)
    return pa.py_buffer(held.to_bytes(len(values) // 8 + 1, "little"))
