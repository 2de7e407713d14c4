"""The words and signs that stand where a grade or a number is not: one table of states, one of marks.

What is not in these tables is no state and no mark: it is an error, never a grade and never a blank. The page
``docs/reference/states-and-marks.md`` is made from them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, Literal

from attrs import frozen

from careassure.model.patterns import Later
from careassure.model.showing import short_repr

Mark = Literal["b", "c", "e", "er", "f", "low", "n", "ns", "p", "r", "s", "ss", "sss", "u", "w", "x", "z"]
"""A letter of the shorthand, or several: ``c`` confidential, ``x`` not available, ``z`` not applicable, and so on."""

GUIDANCE: Final = "https://analysisfunction.civilservice.gov.uk/policy-store/symbols-in-tables-definitions-and-help/"
"""The guidance of the government's analysts on shorthand in tables."""
STATSWALES: Final = "https://stats.gov.wales/en-GB/shorthand"
"""What the Welsh Government's tables print, with the meaning of each letter."""
CQC_FILES: Final = "CQC's ratings files, https://www.cqc.org.uk/about-us/transparency/using-cqc-data"
CQC_WORDS: Final = (
    "CQC's programs, as read in https://github.com/NMDSdevopsServiceAdm/DataEngineering and CQC's rating widget"
)
ILACS_TABLE: Final = "https://github.com/data-to-insight/ofsted-ilacs-scrape-tool"
OURS: Final = "in common use"


@frozen
class StateWords:
    """A state of carrying no grade.

    Args:
        words: What files call it; the first is what we print.
        meaning: What it says.
        source: Where the words are from.
        signs: Marks and older signs that say the same where they stand alone in the place of a grade.
        withheld: Whether there is or may be a grade that the table does not show. It is not known then, and no method
            may leave it out as if it had never been given.
    """

    words: tuple[str, ...]
    meaning: str
    source: str
    signs: tuple[str, ...] = ()
    withheld: bool = False

    __repr__ = short_repr


STATES: Final[dict[str, StateWords]] = {
    "not_rated": StateWords(("Not rated", "Unrated", "No rating", "Not yet rated"), "it has no rating", CQC_FILES),
    "not_applicable": StateWords(
        ("Not applicable", "n/a", "Does not apply"), "it does not apply here", CQC_FILES, ("[z]",)
    ),
    "not_judged": StateWords(("Not judged", "No judgement", "No judgment"), "no judgement was made", OURS),
    "inspected_not_rated": StateWords(("Inspected but not rated",), "it was inspected, and not rated", CQC_FILES),
    "insufficient_evidence": StateWords(
        ("Insufficient evidence to rate", "Insufficient evidence"), "there was too little evidence to rate", CQC_FILES
    ),
    "no_published_rating": StateWords(("No published rating",), "no rating was published", CQC_FILES, withheld=True),
    "not_yet_inspected": StateWords(
        ("Not yet inspected", "Not inspected", "Awaiting inspection"), "it was not inspected yet", CQC_FILES
    ),
    "not_in_report": StateWords(
        ("Do not include in report",), "it was left out of the report", CQC_FILES, withheld=True
    ),
    "no_reply": StateWords(("No reply", "No response"), "who was asked did not reply", OURS),
    "no_approved_rating": StateWords(("No approved rating",), "no rating was approved", CQC_WORDS),
    "suspended": StateWords(
        (
            "No rating/under appeal/rating suspended",
            "Rating suspended",
            "Suspended",
            "Under appeal",
            "Rating under appeal",
        ),
        "the rating is suspended, or there is an appeal against it",
        CQC_WORDS,
        withheld=True,
    ),
    "not_yet_scored": StateWords(
        (
            "Evidence requirements partially / not yet scored",
            "Evidence requirements partially scored",
            "Evidence requirements not yet scored",
            "Partially scored",
            "Not yet scored",
            "Not scored",
            "Not yet assessed",
        ),
        "the evidence that is needed was scored in part, or not yet",
        CQC_WORDS,
    ),
    "inspection_pre_dates_judgement": StateWords(
        ("Inspection pre-dates judgement", "Inspection predates judgement"),
        "the inspection was made before this judgement existed",
        ILACS_TABLE,
    ),
    "not_reported_post_reform": StateWords(
        ("Not reported post reform", "Not reported after the reform"),
        "it is no longer reported since the inspections were reformed in 2026",
        ILACS_TABLE,
    ),
    "data_unreadable": StateWords(
        ("Data unreadable",),
        "the report could not be read by the program that made the table",
        ILACS_TABLE,
        withheld=True,
    ),
    "suppressed": StateWords(
        ("Suppressed", "Confidential"),
        "it is left out so that nothing is told about a person",
        GUIDANCE,
        ("[c]", "*"),
        withheld=True,
    ),
    "not_available": StateWords(
        ("Not available", "Data not available"), "it is not available", GUIDANCE, ("[x]", ":", ".."), withheld=True
    ),
}
"""Why something carries no grade, by a name in code."""


@frozen
class MarkWords:
    """A mark of the government's shorthand.

    Args:
        words: What it says.
        source: Where its meaning is from.
        signs: Older signs, and the letter without brackets, that say the same in the place of a number.
    """

    words: str
    source: str = GUIDANCE
    signs: tuple[str, ...] = ()

    __repr__ = short_repr


MARKS: Final[dict[Mark, MarkWords]] = {
    "c": MarkWords("confidential", signs=("c", "*")),
    "x": MarkWords("not available", signs=(":", "..")),
    "z": MarkWords("not applicable", signs=("z",)),
    "low": MarkWords("low: it rounds to nothing and is not nothing", signs=("low",)),
    "u": MarkWords("of low reliability"),
    "w": MarkWords("none recorded in the survey", STATSWALES),
    "b": MarkWords("break in the series"),
    "e": MarkWords("estimated"),
    "er": MarkWords("earliest revision"),
    "f": MarkWords("forecast"),
    "n": MarkWords("not significant"),
    "ns": MarkWords("not statistically significant", STATSWALES),
    "p": MarkWords("provisional"),
    "r": MarkWords("revised"),
    "s": MarkWords("significant at the 0.05 level"),
    "ss": MarkWords("significant at the 0.01 level"),
    "sss": MarkWords("significant at the 0.001 level"),
}
"""The shorthand: what each mark says. In a table it stands in square brackets, such as ``[c]``."""

_VAGUE = frozenset({"-", "--", ".", "...", "~", "#", "?", "/", "\u00b7", "\u2026", "^", "=", "!", "+", "_"})
_PROGRAMS = frozenset({"na", "nan", "null", "nat", "<na>"})
_ERRORS = frozenset(
    {
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
        "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#GETTING_DATA", "#PYTHON!",
    }
)  # fmt: skip
_SPREADSHEET = Later(r"#[A-Za-z#]\S*(?: N/A)?|Err:[0-9]+", re.IGNORECASE)
_NOTE = Later(
    r"[*\u2217\u2042\u204e\uff0a\u2020\u2021\u00a7\u00b6#^~\u00b0\u00aa\u00ba\u02d0\u2070-\u209f\u00b9\u00b2\u00b3]+$"
    r"|[\[(](?:note *)?[0-9a-z]{1,3}[\])]$",
    re.IGNORECASE,
)
_PASSED_OVER = frozenset("-_/.,;:'\"&\u2022\u00b7\u2018\u2019\u201c\u201d\u00ab\u00bb\u2219\u22c5")
_SHAPES = ("CIRCLE", "SQUARE", "STAR", "BULLET", "DIAMOND", "TRIANGLE")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))


def odd_sign(text: str) -> str:
    """The first sign in words that says something and may not be passed over, such as the star of ``Good*``.

    Spaces, hyphens, full stops, slashes, apostrophes and coloured dots say nothing.

    >>> odd_sign("Good*"), odd_sign("n/a"), odd_sign("#N/A"), odd_sign("Good.")
    ('*', '', '#', '')
    """
    for sign in text:
        if sign.isalpha() or sign.isdecimal() or sign.isspace() or sign in _PASSED_OVER:
            continue
        kind = unicodedata.category(sign)
        if kind in ("Cf", "Cs", "Co", "Cc", "Pd", "Pc", "Zs") or kind.startswith("M"):
            continue
        if kind == "So" and any(shape in unicodedata.name(sign, "") for shape in _SHAPES):
            continue
        return sign
    return ""


def is_spreadsheet_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows for a formula that failed.

    >>> is_spreadsheet_error("#N/A"), is_spreadsheet_error("#REF!"), is_spreadsheet_error("n/a")
    (True, True, False)
    """
    return text.strip() in _ERRORS


def is_of_programs(text: str) -> bool:
    """Whether a text is what programs write where there is nothing.

    >>> is_of_programs("NULL"), is_of_programs("none")
    (True, False)
    """
    return text.strip().casefold() in _PROGRAMS


def why_odd(text: str) -> tuple[str, str]:
    """What is known of a text that stands where a score or a number should, and what to do; both empty where nothing.

    >>> why_odd("#REF!")[0], why_odd("Good*")[0], why_odd("brilliant")
    ('it is an error of a spreadsheet', "'*' beside it is a note", ('', ''))
    """
    plain = text.strip()
    if _SPREADSHEET.now.fullmatch(plain):
        return "it is an error of a spreadsheet", "Fix the formula; leave the cell blank where it is not known"
    if is_of_programs(plain):
        return "a program writes this for nothing", "Leave the cell blank where it is not known"
    if plain.translate(_DASHES) in _VAGUE:
        return "this sign means different things in different tables", (
            "Leave the cell blank where it is not known, or write [z], [x] or [c]"
        )
    marks, rest = trailing_marks(plain)
    if marks and rest:
        return f"[{marks[0]}] behind it says: {MARKS[marks[0]].words}", "Put the mark into a column of its own"
    note = _NOTE.now.search(plain)
    if note and note.start():
        return f"{note[0]!r} beside it is a note", "Say in another column what the note says"
    return "", ""


def mark_of(text: str) -> Mark | None:
    """The mark that a text is: in brackets, an older sign, or a bare letter that stands for a number; else None.

    >>> mark_of(" [C] "), mark_of("*"), mark_of(".."), mark_of("[q]")
    ('c', 'c', 'x', None)
    """
    plain = text.strip().casefold()
    return _SIGNS.get(plain)


def trailing_marks(text: str) -> tuple[tuple[Mark, ...], str]:
    """The marks in brackets at the end of a text, in their order, and what stands before them.

    >>> trailing_marks("12.3 [p][e]"), trailing_marks("12.3"), trailing_marks("12.3 [1]")
    ((('p', 'e'), '12.3'), ((), '12.3'), ((), '12.3 [1]'))
    """
    found: list[Mark] = []
    rest = text.strip()
    while (match := _TRAILING.now.search(rest)) is not None:
        found.insert(0, _BRACKETS[match[0].casefold()])
        rest = rest[: match.start()].rstrip()
    return tuple(found), rest


_BRACKETS: Final[Mapping[str, Mark]] = {f"[{mark}]": mark for mark in MARKS}
_OLDER: Final[Mapping[str, Mark]] = {sign: mark for mark, words in MARKS.items() for sign in words.signs}
_SIGNS: Final[Mapping[str, Mark]] = {**_BRACKETS, **_OLDER}
_TRAILING = Later(r"\[(?:" + "|".join(sorted(MARKS, key=len, reverse=True)) + r")\]$", re.IGNORECASE)
STATE_SIGNS: Final[dict[str, str]] = {sign: reason for reason, words in STATES.items() for sign in words.signs}
"""The marks and signs that stand for a state in the place of a grade."""
