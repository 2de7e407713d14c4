"""Texts that fit one page, unless all of it is asked for."""

from __future__ import annotations

from collections.abc import Callable

MOST_LINES = 40
_MOST_KINDS = 8


def fitting(text: Callable[[int | None], str], *, every: bool) -> str:
    """A text with as many kinds of things as fit on 40 lines; where not even one does, without the addresses.

    Args:
        text: Makes it, with so many kinds at most, or all.
        every: Whether all are asked for.
    """
    if every:
        return text(None)
    shortest = ""
    for most in range(_MOST_KINDS, 0, -1):
        shortest = text(most)
        if fits(shortest):
            return shortest
    lines = [line for line in shortest.splitlines() if not line.strip().startswith("https://")]
    return "\n".join([*lines, "  --all prints the addresses of the sources as well."]) + "\n"


def fits(text: str) -> bool:
    """Whether a text has at most 40 lines."""
    return text.count("\n") <= MOST_LINES
