"""Small helpers for names and lists of words, shared by the values of the model."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from careassure.errors import did_you_mean
from careassure.model.ids import LONGEST_ID, as_printed, is_text, without_unseen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NOT_WORD = re.compile(r"[\W_]+")
_MOST_NEAR = 1_000
_SAINT = re.compile(r"\bsaint\b")


def fold(text: str) -> str:
    """Reduce a name to what does not vary with case, accents, punctuation or "&", as it looks when printed.

    Letters of other scripts count as the Latin ones that they look like; what cannot be seen does not count.

    >>> fold("Hammersmith & Fulham"), fold("St. Helens"), fold("Requires_Improvement"), fold("Cam\u200bden")
    ('hammersmith and fulham', 'st helens', 'requires improvement', 'camden')
    """
    plain = text
    if not text.isascii():
        plain = as_printed(without_unseen(unicodedata.normalize("NFKD", text)).replace("\u2019", ""))
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = plain.casefold().replace("&", " and ").replace("'", "")
    return _SAINT.sub("st", _NOT_WORD.sub(" ", plain)).strip()


def near(name: str, known: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """Names among ``known`` that look like ``name``, nearest first; empty where none does.

    Of a very long name or very many known ones, nothing is said: the search takes the product of their lengths.
    """
    from difflib import get_close_matches

    known = list(known)
    if not is_text(name) or len(name) > LONGEST_ID or len(known) > _MOST_NEAR:
        return ()
    by_fold: dict[str, str] = {}
    for candidate in known:
        by_fold.setdefault(fold(candidate), candidate)
    return tuple(by_fold[match] for match in get_close_matches(fold(name), list(by_fold), n=limit, cutoff=0.6))


def hint_for(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """What to do about a name that is not known: the known ones that look like it, or else what ``otherwise`` says.

    >>> hint_for("equty", ["equity", "learning"]), hint_for("foo", ["equity"], "Use equity")
    ('Did you mean equity?', 'Use equity')
    """
    return did_you_mean(near(name, known)) or otherwise


def several(names: str | Iterable[str]) -> tuple[str, ...]:
    """One name or many, as many."""
    return (names,) if isinstance(names, str) else tuple(names)


def join(words: Sequence[str], last: str = "and") -> str:
    """Join words as in a sentence.

    >>> join(["a", "b", "c"]), join(["a"]), join(["a", "b"], "or")
    ('a, b and c', 'a', 'a or b')
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def whole(text: str) -> int:
    """A whole number of at most 18 digits from 0 to 9, as it was typed.

    Raises:
        ValueError: It is something else, such as digits of other scripts.
    """
    plain = text.strip().removeprefix("-")
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 18:
        raise ValueError("not a whole number")
    return int(text)


def plural(count: int, word: str, words: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "point"), plural(3, "point")
    ('1 point', '3 points')
    """
    return f"{count:,} {word if count == 1 else words or word + 's'}"
