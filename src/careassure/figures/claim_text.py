"""What a printed claim says: how much, of what or from what to what, and in which direction."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, Literal

from attrs import evolve, frozen

from careassure.errors import InvalidInputError, Problem
from careassure.figures.printed_figures import FIGURE, WORDS, PrintedFigure, figure_of
from careassure.figures.spans import Span
from careassure.model.ids import shown, without_unseen
from careassure.model.showing import short_repr
from careassure.model.text import join

LONGEST: Final = 1_000
"""The longest claim that is read, in characters."""

Direction = Literal["up", "down", ""]
Hedge = Literal["", "about", "above", "below", "just above", "just below", "at least", "at most"]

_HEDGES: Final[tuple[tuple[str, Hedge], ...]] = (
    (r"no more than|not more than|at most|up to|a maximum of", "at most"),
    (r"no (?:less|fewer) than|not (?:less|fewer) than|at least|a minimum of", "at least"),
    (r"just over|just above|slightly over|slightly more than|a little over", "just above"),
    (r"just under|just below|nearly|almost|close to|slightly under|slightly less than|a little under", "just below"),
    (r"more than|over|above|in excess of|upwards of|greater than", "above"),
    (r"less than|fewer than|under|below", "below"),
    (r"about|around|roughly|approximately|some|circa|approx\.?|ca\.|~", "about"),
)
_ANY_HEDGE = "|".join(f"(?P<h{n}>{words})" for n, (words, _) in enumerate(_HEDGES))
_HEDGE = re.compile(rf"(?<!\w)(?:{_ANY_HEDGE})\s*(?:by\s+)?(?:an?\s+|the\s+)?$", re.IGNORECASE)
_UP = re.compile(
    r"\b(rose|rise[ns]?|rising|up|increas\w*|gr[eo]w\w*|more|higher|gain\w*|climb\w*|jump\w*|soar\w*|doubl\w+"
    r"|trebl\w+|tripl\w+|quadrupl\w+|added|extra)\b", re.IGNORECASE,
)  # fmt: skip
_DOWN = re.compile(
    r"\b(fell|fall(en|s|ing)?|down|decreas\w*|drop\w*|declin\w*|cuts?|reduc\w*|fewer|lower|less|shr[aiu]nk\w*|los[st]"
    r"|halv\w+|smaller)\b", re.IGNORECASE,
)  # fmt: skip
_TO = re.compile(r"\bto\s+(?:an?\s+|the\s+|(?:about|around|nearly|almost|just|over|under)\s+)*$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:in|since|by|during)\s+(?:19|20)[0-9]{2}(?:[-/][0-9]{2,4})?\b", re.IGNORECASE)
_MADE = re.compile(r"(?:->|\u2192|\u21d2)")
_OF = re.compile(r"\b(?:out\s+)?of\s+(?:the\s+|all\s+|england's\s+)*(?=[£0-9])", re.IGNORECASE)
_NOTE = "Give the figures that it rests on, such as: 2.5 % from 2,174 to 2,120"


@frozen
class Claim:
    """A claim, taken apart.

    Args:
        text: The claim as it was given.
        figure: How much it says.
        hedge: What stands before that: about, more than, nearly.
        direction: Whether it says up or down; empty where it says neither.
        before: What it was at first.
        after: What it was then.
        count: How many of a whole.
        of: The whole.
        left_over: Whether it says how much is left, such as fell to a third.
    """

    text: str
    figure: PrintedFigure
    hedge: Hedge = ""
    direction: Direction = ""
    before: PrintedFigure | None = None
    after: PrintedFigure | None = None
    count: PrintedFigure | None = None
    of: PrintedFigure | None = None
    left_over: bool = False

    __repr__ = short_repr

    @property
    def near(self) -> Span:
        """The numbers for which the claim would be printed."""
        value, near = abs(self.figure.value), self.figure.near
        match self.hedge:
            case "above":
                return Span(value, None, low_open=True)
            case "below":
                return Span(None, value, high_open=True)
            case "at least":
                return Span(value, None)
            case "at most":
                return Span(None, value)
            case "just above":
                return Span(value, near.high, low_open=True)
            case "just below":
                return Span(near.low, value, high_open=True)
            case _:
                return near


def tidy(text: str) -> str:
    """A claim with plain signs and single spaces.

    Raises:
        InvalidInputError: It is blank or very long.
    """
    if len(text) > LONGEST:
        problem = Problem("", f"it has {len(text):,} characters", f"Give at most {LONGEST:,}")
        raise InvalidInputError("the claim", [problem])
    plain = without_unseen(text).replace("\u2212", "-").replace("\u2013", "-").replace("\u00bd", " a half")
    plain = " ".join(plain.split())
    if not plain:
        raise InvalidInputError("the claim", [Problem("", "it is blank", _NOTE)])
    return plain


def refused(text: str, what: str, cure: str = "") -> InvalidInputError:
    """The error about a claim that cannot be checked."""
    return InvalidInputError(f"the claim {shown(text)}", [Problem("", what, cure)])


def figure_in(text: str) -> PrintedFigure:
    """A figure that stands alone, such as 57.4, 41 % or £7,700.

    Raises:
        InvalidInputError: It is something else.
    """
    plain = tidy(text)
    found = FIGURE.fullmatch(plain)
    figure = figure_of(found) if found else None
    if figure is None or figure.unit in ("times", "share"):
        raise refused(text, "it is not a figure", "Write digits, such as 2,303, 57.4 or 41 %")
    return figure


def read_claim(text: str, given: dict[str, PrintedFigure]) -> Claim:
    """Take a claim apart.

    Args:
        text: The claim, with the figures that it rests on or without.
        given: Such figures by ``before``, ``after``, ``count`` and ``of``, where they stand beside it.

    Raises:
        InvalidInputError: It makes no claim that can be checked, or says something in two ways.
    """
    rest = _YEAR.sub(" ", tidy(text))
    found = dict(given)
    for take in (_take_change, _take_share):
        rest, more = take(rest)
        for name, figure in more.items():
            if name in found and found[name].value != figure.value:
                said = f"it says {figure.text}, and {found[name].text} is given beside it"
                raise refused(text, said, "Give one of them")
            found[name] = figure
    figure, start = _only_figure(text, rest)
    hedge, at = _hedged(rest[:start])
    if hedge in ("about", "just above", "just below"):
        again = FIGURE.match(rest, start)
        figure = figure_of(again, about=True) or figure if again else figure
    around = rest[:at] + " " + rest[start:]
    direction = _direction(text, around, figure)
    return Claim(text, figure, hedge, direction, left_over=bool(_TO.search(rest[:start])), **found)


def _take_change(text: str) -> tuple[str, dict[str, PrintedFigure]]:
    """A claim without its two figures, such as from 41 % to 56 %."""
    figures = list(FIGURE.finditer(text))
    for first, second in pairwise(figures):
        lead = re.search(r"\bfrom\s+$", text[: first.start()], re.IGNORECASE)
        between = text[first.end() : second.start()].strip()
        arrow = _MADE.fullmatch(between)
        if not arrow and not (lead and re.fullmatch(r"to|and then", between, re.IGNORECASE)):
            continue
        before, after = figure_of(first), figure_of(second)
        if before is not None and after is not None:
            if after.unit == "%" and before.unit == "" and not arrow:  # from 41 to 56 %
                before = evolve(before, unit="%", rounded=True)
            begin = lead.start() if lead else first.start()
            return f"{text[:begin]} {text[second.end() :]}", {"before": before, "after": after}
    return text, {}


def _take_share(text: str) -> tuple[str, dict[str, PrintedFigure]]:
    """A claim without its whole, and without the count before it, such as 102 of 152."""
    in_words = [found.span() for found in WORDS.finditer(text)]
    for mark in _OF.finditer(text):
        whole = FIGURE.match(text, mark.end())
        figure = figure_of(whole) if whole else None
        if whole is None or figure is None or figure.unit:
            continue
        taken = {"of": figure}
        begin = mark.start()
        for found in FIGURE.finditer(text[:begin]):
            count = figure_of(found)
            inside = any(start <= found.start() < end for start, end in in_words)
            if count is not None and not count.unit and not inside and not text[found.end() : begin].strip():
                hedge, at = _hedged(text[: found.start()])
                if hedge:
                    said = f"{text[at : found.end()]!r} leaves open how many it is"
                    raise refused(text, said, "Give the count itself, or leave the count out")
                taken["count"], begin = count, found.start()
                break
        return f"{text[:begin]} {text[whole.end() :]}", taken
    return text, {}


def _only_figure(text: str, rest: str) -> tuple[PrintedFigure, int]:
    """The one figure that is left in a claim, and where it stands."""
    in_words = [(found.start(), figure, found.end()) for found in WORDS.finditer(rest) if (figure := figure_of(found))]
    taken = [range(start, end) for start, _, end in in_words]
    in_digits = [
        (found.start(), figure, found.end())
        for found in FIGURE.finditer(rest)
        if not any(found.start() in span for span in taken) and (figure := figure_of(found))
    ]
    figures = sorted([*in_words, *in_digits], key=lambda found: found[0])
    if not figures:
        raise refused(text, "it says no figure", _NOTE)
    if len(figures) > 1:
        said = f"it has more than one figure to check: {join([figure.text for _, figure, _ in figures])}"
        raise refused(
            text, said, 'Leave out what is not checked; write what it rests on as "from 41 to 56" or "of 117"'
        )
    start, figure, _ = figures[0]
    return figure, start


def _hedged(before: str) -> tuple[Hedge, int]:
    """What stands directly before the figure, and where that begins."""
    found = _HEDGE.search(before)
    if found is None:
        return "", len(before)
    number = next(n for n in range(len(_HEDGES)) if found[f"h{n}"])
    return _HEDGES[number][1], found.start()


def _direction(text: str, around: str, figure: PrintedFigure) -> Direction:
    if figure.signed:
        return "down" if figure.value < 0 else "up"
    up, down = _UP.search(around), _DOWN.search(around)
    if up and down:
        raise refused(text, f"it says both {up[0]!r} and {down[0]!r}", "Leave one of them out")
    return "up" if up else "down" if down else ""
