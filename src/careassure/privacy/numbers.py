"""Finders of identifiers with a form of their own: NHS numbers, telephone numbers, postcodes and addresses.

Every pattern here takes a bounded stretch from where it begins, or is a single class of characters, so that the time
is linear in the length of the text, whatever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from careassure.privacy.found import Found

_DIGITS = re.compile(r"[0-9]+")
_GAP = re.compile(r"[ .\-_/()\n]{0,4}")
_NHS_GROUPS = {(10,), (3, 3, 4), (3, 4, 3), (4, 3, 3), (3, 3, 2, 2)}
_NHS_WORD = re.compile(r"\bNHS\b", re.IGNORECASE)
_NHS_REACH = 30

_AREAS = (
    "AB|AL|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|BX|B|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|E|"
    "FK|FY|GL|GU|GY|G|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|L|ME|MK|ML|M|NE|NG|NN|NP|"
    "NR|NW|N|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|S|TA|TD|TF|TN|TQ|TR|TS|TW|UB|"
    "WA|WC|WD|WF|WN|WR|WS|WV|W|YO|ZE"
)
_POSTCODE = re.compile(
    rf"(?<![A-Z0-9])(?:(?P<out>(?:{_AREAS})[0-9][0-9A-Z]?|GIR)[ \-.\n]{{0,3}}(?P<in>[0-9][ABD-HJLNP-UW-Z]{{2}})"
    r"|B\.?F\.?P\.?O\.?[ :\-\n]{0,3}[0-9]{1,4})(?![A-Z0-9])",
    re.IGNORECASE,
)
_ORDINALS = {"1st", "2nd", "3rd", *(f"{digit}th" for digit in range(10))}

_TELEPHONE = re.compile(r"(?<![0-9A-Za-z_])(?<![0-9][.,\-])(?:\(?\+ ?[1-9]|\(?00[1-9]|\(?0[1-9]|447[0-9]{9}(?![0-9]))")
_TELEPHONE_GAP = re.compile(r"[ .\-()\n\u00b7]{0,4}")

_LOCAL = frozenset("!#$%&'*+/=?^_`{|}~.-")
_DOMAIN = re.compile(r"(?:[^\W_]|-){1,63}(?:\.(?:[^\W_]|-){1,63}){1,8}")
_LOCAL_LIMIT = 64


def check_digit_holds(digits: str) -> bool:
    """Whether ten digits pass the NHS number's check.

    The first nine are weighted from ten to two; eleven less the remainder of their sum by eleven is the tenth, with
    eleven written as 0. Where it would be ten there is no such number. Source: NHS Data Dictionary, *NHS number*.
    """
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return len(digits) == 10 and (11 - total % 11) % 11 == int(digits[9])


def nhs_numbers(text: str) -> Iterator[Found]:
    """Ten digits with a right check digit, together or in the groups in which they are written.

    Near the letters NHS any grouping counts. Elsewhere only ten together, 3-3-4, 3-4-3, 4-3-3 and 3-3-2-2 do, since
    a row of small counts would too often pass the check by chance: one in eleven does.
    """
    chunks = [match.span() for match in _DIGITS.finditer(text)]
    words = [match.start() for match in _NHS_WORD.finditer(text)]
    word = 0
    taken = 0
    for index, (start, _) in enumerate(chunks):
        while word < len(words) and words[word] < start:
            word += 1
        if start < taken or (start >= 2 and text[start - 1] == "." and text[start - 2].isdigit()):
            continue
        near = word > 0 and start - words[word - 1] <= _NHS_REACH
        found = _ten(text, chunks, index)
        if found is None:
            continue
        end, groups, digits = found
        if (near or groups in _NHS_GROUPS) and check_digit_holds(digits):
            taken = end
            yield Found("nhs_number", start, end, "ten digits with the check digit of an NHS number")


def _ten(text: str, chunks: Sequence[tuple[int, int]], index: int) -> tuple[int, tuple[int, ...], str] | None:
    """The end, the groups and the digits of the next runs that make exactly ten digits."""
    groups: list[int] = []
    digits = ""
    before = chunks[index][0]
    for start, end in chunks[index : index + 10]:
        if len(digits) + end - start > 10 or _GAP.fullmatch(text, before, start) is None:
            return None
        groups.append(end - start)
        digits += text[start:end]
        before = end
        if len(digits) == 10:
            return end, tuple(groups), digits
    return None


def postcodes(text: str) -> Iterator[Found]:
    """Full postcodes, with or without a space, in any case; a district such as NW1 alone is none."""
    for match in _POSTCODE.finditer(text):
        inward = match["in"]
        if inward in _ORDINALS and not match["out"].islower():
            continue
        yield Found("postcode", match.start(), match.end(), "the form of a full postcode")


def telephones(text: str) -> Iterator[Found]:
    """Numbers from 0, +44 or 0044, with or without brackets, and numbers abroad from a plus sign."""
    taken = 0
    for match in _TELEPHONE.finditer(text):
        if match.start() < taken:
            continue
        end = _telephone_end(text, match)
        if end:
            taken = end
            start = match.start()
            start += text[start] == "(" and ")" not in text[start:end]
            yield Found("telephone", start, end, "the form of a telephone number")


def _telephone_end(text: str, match: re.Match[str]) -> int:
    """Where a telephone number that begins here ends; 0 where none does."""
    head = match.group().lstrip("(").replace(" ", "")
    if head.startswith("447"):
        return match.end()
    abroad = head.startswith(("+", "00"))
    at = match.end() - 1 if abroad else match.start() + match.group().index("0")
    digits, first, best = "", 0, 0
    for _ in range(8):
        chunk = _DIGITS.match(text, at, at + 17)
        if chunk is None or len(digits) + len(chunk.group()) > 17:
            break
        first = first or len(chunk.group())
        digits += chunk.group()
        whole = chunk.end() == len(text) or not text[chunk.end()].isdigit()
        if whole and (_is_abroad(digits) if abroad else first >= 3 and _is_national(digits)):
            best = chunk.end()
        gap = _TELEPHONE_GAP.match(text, chunk.end())
        at = gap.end() if gap else chunk.end()
    return best


def _is_abroad(digits: str) -> bool:
    if not digits.startswith("44"):
        return 10 <= len(digits) <= 15
    rest = digits[2:].removeprefix("0")
    return _is_national("0" + rest)


def _is_national(digits: str) -> bool:
    """Eleven digits, or ten in the few areas and services that have them (01, 0500, 0800)."""
    if digits[1:2] not in set("1235789"):
        return False
    return len(digits) == 11 or (len(digits) == 10 and digits.startswith(("01", "0500", "0800")))


def emails(text: str) -> Iterator[Found]:
    """Addresses of electronic mail."""
    start = text.find("@")
    taken = 0
    while start >= 0:
        first = start
        while (
            first > taken and start - first < _LOCAL_LIMIT and (text[first - 1].isalnum() or text[first - 1] in _LOCAL)
        ):
            first -= 1
        while first < start and not text[first].isalnum() and text[first] != "_":
            first += 1
        domain = _DOMAIN.match(text, start + 1)
        if domain is not None and first < start:
            end = domain.end()
            last = text[start + 1 : end].rpartition(".")[2].rstrip("-")
            if len(last) >= 2 and not last[0].isdigit():
                taken = end
                yield Found("email", first, end, "the form of an email address")
        start = text.find("@", start + 1)
