"""The finder of telephone numbers, in the groups and with the signs in which they are written in Britain.

Every pattern takes a bounded stretch from where it begins, so the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from careassure.privacy.personal.found import Found

_START = re.compile(
    r"(?<![0-9A-Za-z_])(?<![0-9][.,\-/:])(?:\(?\+ ?[1-9]|\(?00[1-9]|\(?0[1-9]|\(?0[ .\-)]{1,2}[1-9]"
    r"|\(?44[ .\-)0(]{0,4}[1-9]|7[1-57-9][0-9])"
)
_CHUNK = re.compile(r"[0-9]{1,18}")
_GAP = re.compile(r"[ .\-()/\n\u00b7]{0,4}")
_MORE = re.compile(r"[ .\-]{1,2}[0-9](?![0-9])")
TELEPHONE_WORD = re.compile(
    r"\b(?:tel|telephone|tele|phone|phoned|phones|mob|mobile|cell|call|called|calls|ring|rang|ringing|rung|contact|"
    r"text|texted|whatsapp|fax|landline|number|sms|dial|dialled)\b",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"\b(?:tel|telephone|phone|mob|mobile|landline|fax)\b[.:]?(?: (?:no|number|is|was|on|at)\b[.:]?){0,2} ?[:=\-]? ?"
    r"(?P<number>[2-9][0-9]{2,3}[ \-]?[0-9]{3,4})(?![0-9]|[.,:/\-][0-9])",
    re.IGNORECASE,
)
_YEARS = re.compile(r"20[0-9]{2}[ \-]?(?:20)?[0-9]{2}")
_REACH = 30
_MOST_CHUNKS = 16
_REASON = "the form of a telephone number"

# Numbers for everybody that are shorter than all others: Childline, and NHS Direct as it used to be.
_SHORT = frozenset({"08001111", "08454647"})
# Mobiles begin 071 to 075 and 077 to 079 (Ofcom, National Telephone Numbering Plan). After a lone 0 or 07 those with 1
# or 2 are left out, since there a date is meant: 07 12 2025.
_MOBILE = frozenset("345789")
_BARE_MOBILE = {(4, 6), (4, 3, 3)}


class _Number(NamedTuple):
    """Digits in a row, as far as they make a number: where they end, and the lengths of their runs."""

    end: int
    digits: str
    runs: tuple[int, ...]


def telephones(text: str) -> Iterator[Found]:
    """Telephone numbers, by what stands at their beginning.

    They begin with 0, +44, 0044 or 44, in brackets or not; abroad with a plus sign or 00; a mobile may lack its 0.
    Without an area they count right after *tel*, *phone*, *mobile* and the like.
    """
    taken = 0
    for match in _START.finditer(text):
        start = match.start()
        if start < taken:
            continue
        near = TELEPHONE_WORD.search(text, max(0, start - _REACH), start) is not None
        end = _end(text, match, near=near)
        if end:
            taken = end
            start += text[start] == "(" and ")" not in text[start:end]
            yield Found("telephone", start, end, _REASON)
    for match in _LOCAL.finditer(text):
        if not _YEARS.fullmatch(match["number"]):
            yield Found("telephone", *match.span("number"), "a number after a word for a telephone")


def _end(text: str, match: re.Match[str], *, near: bool) -> int:
    """Where a telephone number that begins here ends; 0 where none does."""
    head = match.group().lstrip("(").replace(" ", "")
    abroad = head.startswith(("+", "00"))
    at = match.end() - 1 if abroad else match.start() + match.group().startswith("(")
    best = 0
    for number in _numbers(text, at):
        if abroad:
            fits = _is_abroad(number.digits)
        elif head.startswith("7"):
            fits = len(number.digits) == 10 and (number.runs in _BARE_MOBILE or near)
        elif head.startswith("44"):
            fits = (near or max(number.runs) >= 4) and number.digits.startswith("44") and _is_abroad(number.digits)
        else:
            fits = _is_national(number.digits) and _begins_well(number, near=near) and _whole_row(text, number)
        if fits:
            best = number.end
    return best


def _numbers(text: str, at: int) -> Iterator[_Number]:
    """The digits from a place on, with one more run each time, as long as they could be one number."""
    digits = ""
    runs: tuple[int, ...] = ()
    for _ in range(_MOST_CHUNKS):
        chunk = _CHUNK.match(text, at)
        if chunk is None or len(digits) + len(chunk.group()) > 17:
            return
        digits += chunk.group()
        runs = (*runs, len(chunk.group()))
        yield _Number(chunk.end(), digits, runs)
        gap = _GAP.match(text, chunk.end())
        at = gap.end() if gap else chunk.end()


def _begins_well(number: _Number, *, near: bool) -> bool:
    """Whether the first run is an area, or what follows a lone 0 or 07 can be a mobile."""
    return number.runs[0] >= 3 or near or (number.digits[1] == "7" and number.digits[2] in _MOBILE)


def _whole_row(text: str, number: _Number) -> bool:
    """Whether digits that stand one by one are not part of a longer row, such as one of scores."""
    return max(number.runs) > 1 or _MORE.match(text, number.end) is None


def _is_abroad(digits: str) -> bool:
    if not digits.startswith("44"):
        return 10 <= len(digits) <= 15
    return _is_national("0" + digits[2:].removeprefix("0"))


def _is_national(digits: str) -> bool:
    """Eleven digits, ten in the few areas and services that have them (01, 0500, 0800), or one of two short ones."""
    if digits[1:2] not in set("1235789"):
        return False
    short = len(digits) == 10 and digits.startswith(("01", "0500", "0800"))
    return len(digits) == 11 or short or digits in _SHORT
