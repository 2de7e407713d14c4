"""Marks that stand in a table where a number is not shown, and say why.

They are letters of the shorthand that government statisticians recommend for tables, see `vocabulary`.
"""

from __future__ import annotations

from typing import Final, get_args

from attrs import field, frozen

from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import explained
from careassure.model.showing import short_repr
from careassure.model.vocabulary import MARKS, Mark, mark_of

MARK_WORDS: Final[dict[Mark, str]] = {mark: found.words for mark, found in MARKS.items()}
"""What each mark says, in words."""


@explained
@frozen
class Suppressed:
    """A number that is not shown, and why not; it prints as it stands in published tables.

    >>> print(Suppressed("c"), Suppressed("c").words)
    [c] confidential

    Args:
        mark: Why the number is not there: a letter of `Mark`.
    """

    mark: Mark = field()

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        if self.mark not in get_args(Mark):
            known = ", ".join(f"{mark} ({words})" for mark, words in MARK_WORDS.items())
            raise InvalidInputError("the mark", [Problem("", f"{self.mark!r} is not a mark", f"Use one of {known}")])

    @classmethod
    def parse(cls, text: str) -> Suppressed:
        """Read a mark as it stands in a table: ``[c]`` in capitals or not, or an older sign such as ``*`` and ``:``.

        Raises:
            InvalidInputError: The text is no such mark.
        """
        mark = mark_of(text)
        if mark is None:
            raise InvalidInputError("the mark", [Problem("", f"{text!r} is not a mark", "Write [c], [x] or [z]")])
        return cls(mark)

    @property
    def words(self) -> str:
        """Why the number is not there, in words."""
        return MARK_WORDS[self.mark]

    def __str__(self) -> str:
        return f"[{self.mark}]"


CONFIDENTIAL: Final = Suppressed("c")
"""``[c]``: left out because it could tell something about a person."""

NOT_AVAILABLE: Final = Suppressed("x")
"""``[x]``: no such number was had."""

NOT_APPLICABLE: Final = Suppressed("z")
"""``[z]``: no such number can exist."""
