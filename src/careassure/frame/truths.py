"""Conditions that may be the same for every row: of arrays and of expressions alike, which both know & | and ~."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeVar, cast

Side = Literal["low", "high"]
SIDES: tuple[Side, Side] = ("low", "high")
"""At worst and at best."""

T = TypeVar("T")


def invert(truth: T | bool) -> T | bool:
    """Where a condition does not hold."""
    if isinstance(truth, bool):
        return not truth
    varying: Any = truth
    return cast("T", ~varying)


def together(truths: Sequence[T | bool], *, empty: bool) -> T | bool:
    """All (``empty`` true) or any of some conditions."""
    found: Any = empty
    for truth in truths:
        if isinstance(found, bool):
            found = truth if found is empty else found
        elif isinstance(truth, bool):
            found = found if truth is empty else truth
        else:
            found = found & truth if empty else found | truth
    return cast("T | bool", found)
