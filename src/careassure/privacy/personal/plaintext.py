"""Text as a reader sees it: without invisible characters, in plain letters and digits, and where each came from."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from attrs import frozen

_LETTERS = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "\u0131": "i"}
_QUOTES = "\u2018\u2019\u02bc\u2032\u0060\u00b4"
_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_MAY_BREAK = "\u200b\ufeff"


@frozen
class PlainText:
    """A text in plain characters, each with the place in the original that it came from.

    Args:
        original: The text as it was given.
        text: Its plain form: compatibility forms, accents and invisible characters are gone, every dash is
            ``-``, every space is a space and every end of a line a newline.
        origins: For each plain character the index of the original one.
    """

    original: str
    text: str
    origins: range | tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> PlainText:
        """Read a text; one pass, whatever it holds."""
        if text.isascii() and text.isprintable():
            return cls(text, text, range(len(text)))
        plain: list[str] = []
        origins: list[int] = []
        broken = False
        for index, character in enumerate(text):
            found = _plain(character)
            if not found:
                broken = broken or character in _MAY_BREAK
                continue
            if broken and plain and plain[-1].islower() and found[0].isupper():
                plain.append(" ")
                origins.append(index)
            broken = False
            plain.extend(found)
            origins.extend([index] * len(found))
        return cls(text, "".join(plain), tuple(origins))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The start and end in the original of a stretch of the plain text that is not empty."""
        return self.origins[start], self.origins[end - 1] + 1


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """What stands for one character; empty for one that cannot be seen.

    Digits set high or low are footnotes or powers, not parts of a number, and become spaces.
    """
    if character in _BREAKS:
        return "\n"
    if character in _QUOTES:
        return "'"
    if unicodedata.decomposition(character).startswith(("<super>", "<sub>")) and not character.isalpha():
        return " "
    return "".join(_one(part) for part in unicodedata.normalize("NFKD", character))


def _one(part: str) -> str:
    category = unicodedata.category(part)
    if category in {"Mn", "Me", "Cf", "Cc"}:
        return " " if part == "\t" else ""
    if category == "Nd":
        return str(unicodedata.digit(part))
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    if category == "Pd" or part in "\u2212\u2043":
        return "-"
    return _LETTERS.get(part, "'" if part in _QUOTES else part)
