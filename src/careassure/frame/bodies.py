"""Rows of a table that are about nobody who is rated: totals, averages, England, notes below a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from careassure.model.areas import REGIONS, SUMS
from careassure.model.scale import NotRated
from careassure.model.text import fold
from careassure.model.vocabulary import is_of_programs, is_spreadsheet_error

_NAMES = frozenset({
    "area", "authority", "body", "borough", "code", "codes", "council", "councils", "la", "lad", "location", "name",
    "organisation", "provider",
})  # fmt: skip
"""Words in the header of a column that says who is rated."""

_WIDER = frozenset({"england", "great britain", "united kingdom", "uk", "national", "all", "all councils", "overall"})
_REGIONS = frozenset(map(fold, REGIONS.values()))
_WIDER_CODE = re.compile(r"(?:E92|E12|E13|K0[2-4]|N92|S92|W92)[0-9]{6}")
_NOTE = re.compile(r"\s*(?:source|sources|note|notes|footnote|footnotes|copyright)\s*(?:[:.]|$)", re.IGNORECASE)


def name_columns(headers: Sequence[str], used: Sequence[str], key: Sequence[str]) -> list[str]:
    """The columns that say who is rated: those of the key, or else those whose headers look like it."""
    if key:
        return [name for name in headers if name in key]
    return [name for name in headers if name not in used and _NAMES & set(fold(name).split())]


def nobody(text: str, subject: str) -> str:
    """Why a text that must name somebody names nobody, such as a look-up that failed; empty where it may.

    >>> nobody("#N/A", "council"), nobody("n/a", "council"), nobody("Nuneaton", "council")
    ('"#N/A" is an error of a spreadsheet, not a council', '"n/a" names no council', '')
    """
    plain = text.strip()
    if is_spreadsheet_error(plain):
        return f'"{plain}" is an error of a spreadsheet, not a {subject}'
    return f'"{plain}" names no {subject}' if is_of_programs(plain) or NotRated.parse(plain) is not None else ""


def not_a_body(text: str, subject: str) -> str:
    """Why a name is not that of one who is rated; empty where it may be.

    >>> not_a_body("England average", "council"), not_a_body("York", "council")
    ('"England average" is not a council', '')

    Args:
        text: The name or the code.
        subject: What is rated, such as ``council``.
    """
    if _NOTE.match(text):
        return f'"{text.strip()}" is a note, not a {subject}'
    words = fold(text).split()
    if not words or not text.strip()[0].isalnum():
        return ""
    wider = subject == "council" and (" ".join(words) in _WIDER | _REGIONS or _WIDER_CODE.fullmatch(text.strip()))
    if words[0] in SUMS or words[-1] in SUMS or wider:
        return f'"{text.strip()}" is not a {subject}'
    return ""
