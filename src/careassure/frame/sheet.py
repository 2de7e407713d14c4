"""The results as they are filled in, block by block."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from careassure.frame.arrays import Array, Mask


class Sheet:
    """The results as they are filled in, block by block."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.columns: dict[str, Array] = {}
        self.blanks: dict[str, Mask] = {}

    def room(self, name: str, dtype: DTypeLike, start: int, stop: int) -> Array:
        """The place of a block in a column."""
        if name not in self.columns:
            self.columns[name] = np.empty(self.rows, dtype)
        return self.columns[name][start:stop]

    def put(self, name: str, dtype: DTypeLike, start: int, stop: int, values: Array | int, blank: Mask | None) -> None:
        """Fill a block of a column in."""
        np.copyto(self.room(name, dtype, start, stop), values, casting="unsafe")
        self.blank(name, start, stop, blank)

    def blank(self, name: str, start: int, stop: int, blank: Mask | None) -> None:
        """Say where a block of a column has no result."""
        if blank is not None:
            if name not in self.blanks:
                self.blanks[name] = np.zeros(self.rows, np.bool_)
            self.blanks[name][start:stop] |= blank

    def grades(self, name: str, start: int, stop: int, ranks: Array | int, blank: Mask | None) -> None:
        """Fill a block of grades in."""
        room = self.room(name, np.uint8, start, stop)
        np.copyto(room, ranks, casting="unsafe")
        if blank is not None:
            np.bitwise_or(room, np.negative(blank.view(np.uint8)), out=room)  # all bits set is NO_GRADE
