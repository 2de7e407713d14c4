"""How rows and columns of totals are called."""

from __future__ import annotations

from typing import Final

from careassure.model.text import fold

_LABELS: Final = frozenset(
    {
        "total", "totals", "grand total", "sub total", "subtotal", "overall total", "sum", "all", "all councils",
        "all areas", "all groups", "all replies", "all cases", "all people", "overall",
    }
)  # fmt: skip
_NATIONAL: Final = frozenset({"england", "national", "national total", "england total", "total england"})


def is_total(name: str, *, national: bool = False) -> bool:
    """Whether a row or a column with this name holds totals.

    >>> is_total("Grand total:"), is_total("TOTAL"), is_total("Totnes"), is_total("England", national=True)
    (True, True, False, True)

    Args:
        name: Its name.
        national: Whether a name of the whole country is one, as it is in a table of councils.
    """
    plain = fold(name)
    return plain in _LABELS or (national and plain in _NATIONAL)
