"""Which library a data frame is of, found without importing any."""

from __future__ import annotations

from typing import Final

_HOMES: Final = frozenset({"pandas", "polars", "pyarrow", "dask", "dask_expr", "modin", "narwhals"})


def kind_of(frame: object) -> tuple[str, str]:
    """The library that a data frame is of and what it is called there. No library is imported.

    A class that somebody made of a library's own, as GeoPandas makes one of that of pandas, is of the library.
    """
    kinds = [(kind.__module__.partition(".")[0], kind.__name__) for kind in type(frame).__mro__]
    return next((kind for kind in kinds if kind[0] in _HOMES), kinds[0])
