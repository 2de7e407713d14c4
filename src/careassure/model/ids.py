"""What a name may be, and when two names could be taken for each other.

Ids are written by whoever makes a framework or a method: plain ASCII, so that no two of them can look alike and each
can be a column of a table. What councils name themselves (titles, other names, the ids in a workspace) may be in any
script, but may hold nothing that cannot be seen, and two of one kind may not look the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")
LONGEST_ID = 100
"""The most characters of an id."""
LONGEST_NAME = 1_000
"""The most characters of a title or another name."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*")
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9_.+-]")
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_RULE = "Use letters a to z, digits, hyphens, underscores and points"

# Letters of other scripts that look like a Latin one, in its small or its capital form, by their numbers: from the
# confusables.txt of Unicode's UTS 39, for the scripts that keyboards and copied texts mix in (Cyrillic, Greek,
# Armenian) and the dotless and dotted i of Turkish. NFKC tells full-width and styled letters.
_SHAPES = {
    "a": "0410 0430 0391 03b1 0251",
    "b": "0412 0432 0392",
    "c": "0421 0441 03f9 03f2",
    "d": "0500 0501",
    "e": "0415 0435 0395",
    "g": "0261",
    "h": "041d 043d 0397 04ba 04bb 0570",
    "i": "0406 0456 0399 03b9 0130 0131 0269",
    "j": "0408 0458 03f3",
    "k": "041a 043a 039a 03ba",
    "l": "04c0 04cf",
    "m": "041c 043c 039c",
    "n": "039d 0578",
    "o": "041e 043e 039f 03bf 0555 0585",
    "p": "0420 0440 03a1 03c1",
    "q": "051a 051b",
    "s": "0405 0455 054f",
    "t": "0422 0442 03a4 03c4",
    "u": "057d 03c5",
    "v": "03bd 0474 0475",
    "w": "051c 051d",
    "x": "0425 0445 03a7 03c7",
    "y": "0423 0443 03a5 04ae 04af",
    "z": "0396",
}
_LOOKALIKES = {int(number, 16): letter for letter, numbers in _SHAPES.items() for number in numbers.split()}
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-") | {"\u2019": "'"})
_UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}


def at(table: Mapping[str, T], key: object) -> T | None:
    """What a table holds under a key; None where it holds nothing, or where the key is not text at all."""
    return table.get(key) if isinstance(key, str) else None


def without_unseen(text: str) -> str:
    """A text without the characters that are not printed: zero-width ones, soft hyphens, marks of direction."""
    return text if text.isascii() else "".join(c for c in text if unicodedata.category(c) not in {"Cf", "Cs", "Co"})


def as_printed(text: str) -> str:
    """A text with letters of other scripts that look like Latin ones as those."""
    return text if text.isascii() else text.translate(_LOOKALIKES)


def alike(name: str) -> str:
    """What two names share that look the same: in any case, in composed or decomposed form, in any script.

    >>> alike("E01") == alike("\u0415\uff10\uff11"), alike("e01") == alike("E01"), alike("E-01") == alike("E01")
    (True, True, False)
    """
    text = as_printed(without_unseen(unicodedata.normalize("NFKC", name.translate(_HYPHENS))))
    return " ".join(unicodedata.normalize("NFKC", text.casefold()).split())


def alike_id(id: str) -> str:
    """What two ids share that differ only in case, or in a hyphen for an underscore.

    >>> alike_id("low-score") == alike_id("Low_Score")
    True
    """
    return alike(id).replace("-", "_")


def described(letter: str) -> str:
    """A character by its name and number, for messages."""
    name = unicodedata.name(letter, "").lower()
    return f"U+{ord(letter):04X}" + (f" ({name})" if name else "")


def shown(value: object, most: int = 60) -> str:
    """A value for messages: short, and with what cannot be seen written out.

    >>> shown("x" * 100, 10), shown(3.5)
    ("'xxxxxxxxx...' (100 characters)", '3.5')
    """
    if isinstance(value, str) and len(value) > most:
        return f"{value[: most - 1] + '...'!r} ({len(value):,} characters)"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**most:
        return "a number of very many digits"
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001  (a value of somebody else may do anything)
        text = type(value).__name__
    return text if len(text) <= 2 * most else f"{text[:most]}..."


def brief(text: str, most: int = 60) -> str:
    """A name for messages as it is; in quotation marks and shortened where it is long or holds what cannot be seen."""
    return text if len(text) <= most and text.isprintable() else shown(text, most)


def is_text(value: object) -> bool:
    """Whether a value is text, whatever its type was declared to be."""
    return isinstance(value, str)


def as_text(value: object) -> str:
    """A value as text: text as it is, nothing as no text, anything else as it is shown."""
    return value if isinstance(value, str) else "" if value is None else shown(value)


def is_slug(name: str) -> bool:
    """Whether a name is one that a method, scorer or plugin may have: lower-case words with hyphens between them.

    >>> is_slug("single-word"), is_slug("Single_word"), is_slug("3-grades")
    (True, False, False)
    """
    return _SLUG.fullmatch(name) is not None


def id_fault(id: str) -> tuple[str, str]:
    """What is wrong with an id, and what to do; both empty where it may be one."""
    if len(id) > LONGEST_ID:
        return f"the id {shown(id, 20)} is too long", f"Use at most {LONGEST_ID} characters"
    if _ID.fullmatch(id):
        return "", ""
    wrong = _NOT_IN_ID.search(id)
    if wrong is not None:
        return f"the id {shown(id)} holds {described(wrong[0])}", _RULE
    return (f"the id {shown(id)} does not begin with a letter or digit" if id else "an id is empty"), _RULE


def unseen(text: str) -> str:
    """The first character of a text that is not printed; empty where all are."""
    if text.isprintable():
        return ""
    return next((letter for letter in text if unicodedata.category(letter) in _UNSEEN), "")


def name_fault(name: str, most: int = LONGEST_NAME) -> tuple[str, str]:
    """What is wrong with a name that people give, and what to do; both empty where nothing is."""
    if len(name) > most:
        return f"{shown(name, 20)} is too long for a name", f"Use at most {most:,} characters"
    wrong = unseen(name)
    if wrong:
        return f"{shown(name)} holds a character that cannot be seen, {described(wrong)}", "Retype it"
    return "", ""


def twins(names: Iterable[str], *, ids: bool = True) -> Iterator[tuple[str, str]]:
    """Pairs of names that are equal, or could be taken for each other: the later one and the earlier one.

    Args:
        names: The names of one kind.
        ids: Whether they are ids, which a hyphen or underscore does not tell apart.
    """
    first: dict[str, str] = {}
    for name in names:
        key = alike_id(name) if ids else alike(name)
        if key in first:
            yield name, first[key]
        else:
            first[key] = name


def twin_words(name: str, other: str) -> str:
    """What is wrong where two names could be taken for each other."""
    if name == other:
        return f"{shown(name)} appears twice"
    odd = next((letter for letter in name + other if not letter.isascii()), "")
    return f"{shown(name)} and {shown(other)} could be taken for each other" + (f": {described(odd)}" if odd else "")
