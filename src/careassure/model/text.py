"""Small helpers for names and lists of words, shared by the values of the model."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SAINT = re.compile(r"\bsaint\b")


def fold(text: str) -> str:
    """Reduce a name to what does not vary with case, accents, punctuation or "&".

    >>> fold("Hammersmith & Fulham"), fold("St. Helens"), fold("Requires_Improvement")
    ('hammersmith and fulham', 'st helens', 'requires improvement')
    """
    plain = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ").replace("'", "").replace("\u2019", "")
    ascii_only = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SAINT.sub("st", _NOT_WORD.sub(" ", ascii_only)).strip()


def near(name: str, known: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """Names among ``known`` that look like ``name``, nearest first; empty where none does."""
    from difflib import get_close_matches

    by_fold: dict[str, str] = {}
    for candidate in known:
        by_fold.setdefault(fold(candidate), candidate)
    return tuple(by_fold[match] for match in get_close_matches(fold(name), list(by_fold), n=limit, cutoff=0.6))


def join(words: Sequence[str], last: str = "and") -> str:
    """Join words as in a sentence.

    >>> join(["a", "b", "c"]), join(["a"]), join(["a", "b"], "or")
    ('a, b and c', 'a', 'a or b')
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def plural(count: int, word: str, words: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "point"), plural(3, "point")
    ('1 point', '3 points')
    """
    return f"{count:,} {word if count == 1 else words or word + 's'}"
