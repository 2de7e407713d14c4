"""Small expressions of lazy tables: cases, conditions that may be the same for every row, kinds of whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import narwhals.stable.v2 as nw

Truth: TypeAlias = nw.Expr | bool
"""A condition, or what it comes to for every row."""

Value: TypeAlias = nw.Expr | int | float | str | bool
"""What a case may give."""

KINDS: dict[Any, tuple[int, int]] = {
    kind: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    for kind, bits in ((nw.Int8, 8), (nw.Int16, 16), (nw.Int32, 32), (nw.Int64, 64))
} | {kind: (0, 2**bits - 1) for kind, bits in ((nw.UInt8, 8), (nw.UInt16, 16), (nw.UInt32, 32), (nw.UInt64, 64))}
"""Kinds of whole numbers, and the least and the most that each can hold; of those with a sign the smallest first."""


WHOLE: dict[int, Any] = {16: nw.Int16, 32: nw.Int32, 64: nw.Int64}
"""Kinds of whole numbers with a sign, by their bits."""


def fits(kind: Any, least: int, most: int) -> bool:  # noqa: ANN401
    """Whether a kind is one of whole numbers that can hold all from ``least`` to ``most``."""
    low, high = KINDS.get(kind, (0, -1))
    return low <= least and most <= high


def smallest(least: int, most: int, *, of: Sequence[Any]) -> Any:  # noqa: ANN401
    """The first of some kinds that can hold all numbers from ``least`` to ``most``; the last where none can."""
    return next((kind for kind in of if fits(kind, least, most)), of[-1])


def chain(cases: Sequence[tuple[nw.Expr, Value]], otherwise: Value) -> nw.Expr:
    """The value of the first case that holds."""
    found: nw.Expr = otherwise if isinstance(otherwise, nw.Expr) else nw.lit(otherwise)
    for condition, value in reversed(cases):
        found = nw.when(condition).then(value if isinstance(value, nw.Expr) else nw.lit(value)).otherwise(found)
    return found


def any_of(conditions: Sequence[nw.Expr]) -> nw.Expr | None:
    """Where any condition holds; None for no conditions."""
    found: nw.Expr | None = None
    for condition in conditions:
        found = condition if found is None else found | condition
    return found


def as_expression(truth: Truth) -> nw.Expr:
    """A condition as an expression, even where it is the same for every row."""
    return nw.lit(truth) if isinstance(truth, bool) else truth
