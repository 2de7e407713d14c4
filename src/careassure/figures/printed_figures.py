"""Figures as they are printed, and the numbers that each can stand for.

A number with decimals, a percentage and a number in thousands or millions are rounded: 57.4 stands for everything from
57.35 to 57.45. A whole number such as 2,303 is a count and stands for itself. A half may have been rounded either way.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, Literal

from attrs import frozen

from careassure.figures.spans import Range, Span
from careassure.model.numbers import LONGEST, printed
from careassure.model.showing import short_repr

Unit = Literal["", "%", "points", "times", "share"]
"""What a figure counts: a number, per cent, percentage points, a multiple, or a fraction in words."""

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_SCALES: Final = {
    "k": 1_000, "thousand": 1_000, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9,
}  # fmt: skip
FIGURE = re.compile(
    rf"(?<![\w.,])(?P<sign>[-+](?=[£0-9]))?£?(?P<digits>{_DIGITS})(?![0-9])"
    rf"(?P<scale>\s?(?:{'|'.join(sorted(_SCALES, key=len, reverse=True))})\b)?"
    r"(?:(?P<points>\s*-?\s*(?:percentage|per cent|percent|%)[\s-]*points?\b|\s+points?\b|\s*pp\b)"
    r"|(?P<percent>\s*(?:%|per\s?cent\b))|(?P<times>[\s-]*(?:fold|times)\b))?(?![\w]|[.,][0-9])",
    re.IGNORECASE,
)
"""A number in a text, with its sign and what stands behind it."""

_NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_PARTS: Final = {
    "half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
_MANY: Final = {"twice": 2, "double": 2, "doubled": 2, "treble": 3, "trebled": 3, "triple": 3, "tripled": 3,
                "quadruple": 4, "quadrupled": 4}  # fmt: skip
_COUNT = "|".join(_NUMBERS)
WORDS = re.compile(
    rf"\b(?:(?P<share>(?:(?P<top>{_COUNT})[\s-]+)?(?P<part>{'|'.join(_PARTS)}|halve)s?|halved)"
    rf"|(?P<many>{'|'.join(_MANY)})"
    rf"|(?P<fold>{_COUNT})[\s-]?fold"
    rf"|(?P<some>{_COUNT}|[0-9]+) in (?P<all>{_COUNT}|[0-9]{{1,3}}))\b(?!\s*%)",
    re.IGNORECASE,
)
"""A fraction or a multiple in words: two thirds, doubled, fivefold, one in 10."""

_COMMON = sorted({Fraction(top, bottom) for bottom in (2, 3, 4, 5, 10) for top in range(bottom + 1)})


@frozen
class PrintedFigure:
    """A figure as it is printed.

    Args:
        text: How it is printed.
        value: The number that stands there; of a fraction in words, such as two thirds, the fraction.
        unit: What it counts.
        step: The worth of its last digit.
        rounded: Whether it stands for other numbers too, where it is not itself the claim.
        near: The numbers that would be printed so.
        signed: Whether it has a sign.
    """

    text: str
    value: Fraction
    unit: Unit
    step: Fraction
    rounded: bool
    near: Span
    signed: bool = False

    __repr__ = short_repr

    @property
    def range(self) -> Range:
        """What it can stand for, where something is worked out from it."""
        half = self.step / 2 if self.rounded else Fraction(0)
        return self.value - half, self.value + half

    @property
    def places(self) -> int:
        """How many decimals it shows."""
        return len(str(self.step.denominator)) - 1  # the step is a power of ten


def figure_of(found: re.Match[str], *, about: bool = False) -> PrintedFigure | None:
    """The figure that `FIGURE` or `WORDS` found; None where it is none, such as 5 in 0.

    Args:
        found: Where it stands.
        about: Whether it is said to be about, almost or just over: then a whole number is rounded to its last digit
            that is not 0.
    """
    return _in_words(found) if found.re is WORDS else _in_digits(found, about=about)


def _in_digits(found: re.Match[str], *, about: bool) -> PrintedFigure | None:
    digits, scale = found["digits"], _SCALES.get((found["scale"] or "").strip().lower(), 1)
    number = printed(digits)
    if number is None or len(digits) > LONGEST:
        return None
    unit: Unit = "points" if found["points"] else "%" if found["percent"] else "times" if found["times"] else ""
    step = Fraction(scale, 10 ** len(digits.partition(".")[2]))
    number *= scale
    if about and number and step >= 1:
        while not number % (step * 10):
            step *= 10
    signed = -number if found["sign"] == "-" else number
    rounded = unit != "" or step != 1
    near = Span(number - step / 2, number + step / 2)
    return PrintedFigure(found[0].strip(), signed, unit, step, rounded, near, bool(found["sign"]))


def _in_words(found: re.Match[str]) -> PrintedFigure | None:
    text = found[0]
    if found["fold"]:
        number = Fraction(_NUMBERS[found["fold"].lower()])
        half = Fraction(1, 2)
        return PrintedFigure(text, number, "times", Fraction(1), True, Span(number - half, number + half))
    if found["many"]:
        number = Fraction(_MANY[found["many"].lower()])
        near = Span(number - Fraction(1, 4), number + Fraction(1, 4))  # nearer to it than to the next half
        return PrintedFigure(text, number, "times", Fraction(1, 10), True, near)
    if found["share"]:
        top = _NUMBERS[(found["top"] or "one").lower()]
        number = Fraction(top, _PARTS[(found["part"] or "half").lower()])
        return PrintedFigure(text, number, "share", Fraction(1), True, _nearest(number)) if number <= 1 else None
    some, of_all = (_NUMBERS.get(word.lower()) or int(word) for word in (found["some"], found["all"]))
    if not 0 < some < of_all:
        return None
    half = Fraction(1, 2)
    near = Span((some - half) / of_all, (some + half) / of_all)
    if some == 1:  # of one in 10 it is the 10 that is rounded
        near = Span(1 / (of_all + half), 1 / (of_all - half))
    return PrintedFigure(text, Fraction(some, of_all), "share", Fraction(1), True, near)


def _nearest(number: Fraction) -> Span:
    """The shares that are nearer to a fraction than to the next half, third, quarter, fifth or tenth."""
    low = max((other for other in _COMMON if other < number), default=number)
    high = min((other for other in _COMMON if other > number), default=number)
    return Span((low + number) / 2, (number + high) / 2)
