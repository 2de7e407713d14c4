"""Finders of identifiers with a form of their own: NHS numbers, National Insurance numbers and postcodes.

Every pattern here takes a bounded stretch from where it begins, or is a single class of characters, so that the time
is linear in the length of the text, whatever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from careassure.privacy.personal.found import Found
from careassure.privacy.personal.telephones import TELEPHONE_WORD

_DIGITS = re.compile(r"[0-9]+")
_GAP = re.compile(r"[ .\-_/()\n]{0,4}")
_NHS_GROUPS = {(10,), (3, 3, 4), (3, 4, 3), (4, 3, 3), (3, 3, 2, 2), (5, 5), (3, 7), (7, 3), (4, 6), (6, 4)}
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

# HM Revenue and Customs, National Insurance Manual NIM39110: which letters may begin and end a number. QQ begins the
# number that forms show as an example, TN one that is given for a time.
_NI = re.compile(
    r"(?<![A-Z0-9])(?P<head>[A-Z][ .\-]?[A-Z])[ .\-\n]{0,3}"
    r"(?P<digits>[0-9]{2}[ .\-/\n]{0,3}[0-9]{2}[ .\-/\n]{0,3}[0-9]{2}|[0-9]{3}[ .\-\n]{1,3}[0-9]{3})"
    r"(?:[ .\-/\n]{0,3}(?P<tail>[A-DFM]))?(?![A-Z0-9])",
    re.IGNORECASE,
)
_NI_WORD = re.compile(r"\b(?:NI|N\.I\.|NINO|national insurance)(?![A-Z])", re.IGNORECASE)
_NI_REACH = 40
_NI_FIRST = frozenset("abceghjklmnoprstwxyz")
_NI_SECOND = _NI_FIRST - {"o"}
_NI_NEVER = frozenset({"bg", "gb", "kn", "nk", "nt", "zz"})
_SHORT_WORDS = frozenset(
    {
        "al",
        "am",
        "an",
        "as",
        "at",
        "be",
        "by",
        "eh",
        "ex",
        "ha",
        "he",
        "is",
        "mr",
        "ms",
        "my",
        "on",
        "or",
        "pm",
        "re",
        "st",
        "we",
    }
)


def check_digit_holds(digits: str) -> bool:
    """Whether ten digits pass the NHS number's check.

    The first nine are weighted from ten to two; eleven less the remainder of their sum by eleven is the tenth, with
    eleven written as 0. Where it would be ten there is no such number. Source: NHS Data Dictionary, *NHS number*.
    """
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return len(digits) == 10 and (11 - total % 11) % 11 == int(digits[9])


def nhs_numbers(text: str) -> Iterator[Found]:
    """Ten digits with a right check digit, together or in the groups in which they are written.

    Near the letters NHS any grouping counts. Elsewhere only ten together, 3-3-4, 3-4-3, 4-3-3, 3-3-2-2 and two groups
    of at least three do, since a row of small counts would too often pass the check by chance: one in eleven does.
    What begins as a mobile number does, as 4-6 or after a word for a telephone, is left to the finder of those.
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
        mobile = digits[0] == "7" and (
            groups == (4, 6) or TELEPHONE_WORD.search(text, max(0, start - _NHS_REACH), start)
        )
        if mobile and not near:
            continue
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


def national_insurance_numbers(text: str) -> Iterator[Found]:
    """Two letters that may begin one, six digits and a letter from A to D, in any groups and any case.

    Near the words *National Insurance*, *NI* or *NINO* any two letters count, and the last letter may be missing.
    """
    words = [match.end() for match in _NI_WORD.finditer(text)]
    word = 0
    for match in _NI.finditer(text):
        while word < len(words) and words[word] <= match.start():
            word += 1
        near = word > 0 and match.start() - words[word - 1] <= _NI_REACH
        if near or _is_ni_number(match):
            yield Found("national_insurance_number", *match.span(), "the form of a National Insurance number")


def _is_ni_number(match: re.Match[str]) -> bool:
    """Whether the form alone tells: letters that may begin a number, and its last letter there."""
    head = re.sub(r"[ .\-]", "", match["head"]).casefold()
    tail = (match["tail"] or "").casefold()
    if head == "tn":
        return tail in {"f", "m"}
    known = head == "qq" or (head[0] in _NI_FIRST and head[1] in _NI_SECOND and head not in _NI_NEVER)
    a_word = match["head"].islower() and head in _SHORT_WORDS and match.group()[2] == " "
    return known and tail in {"a", "b", "c", "d"} and not a_word
