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
    for most in range(_MOST_KINDS, 0, -1):
        whole = text(most)
        if fits(whole):
            return whole
    return next((one for one in map(_bare, (text(1), text(0))) if fits(one)), _bare(text(0)))


def _bare(text: str) -> str:
    """A text without the addresses of its sources."""
    lines = [line for line in text.splitlines() if not line.strip().startswith("https://")]
    return "\n".join([*lines, "  --all prints the addresses of the sources as well."]) + "\n"


def fits(text: str) -> bool:
    """Whether a text has at most 40 lines."""
    return text.count("\n") <= MOST_LINES
