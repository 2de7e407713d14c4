"""What no text that people read may say or be: words that were struck out, and sentences that are too long."""

from __future__ import annotations

import re
from pathlib import Path

_LIST = (Path(__file__).parent / "docs" / "house_words.txt").read_text("utf-8")
RULES = [line.split(" => ") for line in _LIST.splitlines() if line and not line.startswith("#")]
_LONGEST = 25


def struck_out(text: str) -> list[str]:
    """What a text says that it may not, with what to write."""
    flat = re.sub(r"\s+", " ", text)
    return [
        f"{found[0]!r}: write {plain!r}" for rule, plain in RULES for found in re.finditer(rule, flat, re.IGNORECASE)
    ]


def too_long(text: str) -> list[str]:
    """The sentences of a text that have too many words. A colon, a semicolon or an empty line ends one as well."""
    parts = re.split(r"(?<=[.?!:;])\s|\n\s*\n|\n(?=\s*[|#\-\[\d])", text)
    return [f"{len(part.split())} words: {part.strip()}" for part in parts if len(part.split()) > _LONGEST]
