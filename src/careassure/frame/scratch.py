"""Memory for the steps between, used again for every block of rows.

New memory is dear: a quarter of a megabyte is handed out by the system page by page, and each page is cleared when it
is first touched. Three comparisons of a block took six times as long with an array made for each as they do here.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from careassure.frame.arrays import Array


class Scratch:
    """Arrays by name. Who asks for a name again gets the same memory, with whatever stands in it.

    Args:
        size: The most rows of a block.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: dict[tuple[Hashable, np.dtype[Any]], Array] = {}

    def of(self, name: Hashable, rows: int, kind: DTypeLike = np.uint8) -> Array:
        """An array of the shape ``(rows,)``.

        Args:
            name: What it is for. Nothing else may be named so while it is needed.
            rows: How many rows the block has.
            kind: The kind of its numbers.
        """
        key = name, np.dtype(kind)
        if key not in self._kept:
            self._kept[key] = np.empty(self._size, key[1])
        return self._kept[key][:rows]
