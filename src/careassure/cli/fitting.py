"""Texts that fit one page, unless all of it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from careassure.model.safe_text import LINE

MOST_LINES = 40
_MOST_KINDS = 8
_PAGE = 79
"""How wide the lines are that are counted, so that what is left out hangs on no window."""


def fitting(text: Callable[[int | None], str], *, every: bool) -> str:
    """A text with as many kinds of things as fit on 40 lines; where not even one does, without the addresses.

    Args:
        text: Makes it, with so many kinds at most, or all.
        every: Whether all are asked for.
    """
    if every:
        return text(None)
    before = LINE.set(_PAGE)
    try:
        most, bare = _room(text)
    finally:
        LINE.reset(before)
    return _bare(text(most)) if bare else text(most)


def _room(text: Callable[[int | None], str]) -> tuple[int, bool]:
    """How many kinds of things fit, and whether the addresses are left out for them."""
    for most in range(_MOST_KINDS, 0, -1):
        if fits(text(most)):
            return most, False
    return (1 if fits(_bare(text(1))) else 0), True


def _bare(text: str) -> str:
    """A text without the addresses of its sources."""
    lines = [line for line in text.splitlines() if not line.strip().startswith("https://")]
    return "\n".join([*lines, "  --all prints the addresses of the sources as well."]) + "\n"


def fits(text: str) -> bool:
    """Whether a text has at most 40 lines."""
    return text.count("\n") <= MOST_LINES
