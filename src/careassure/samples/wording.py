"""Shares and chances in words that call nothing certain or impossible that is not."""

from __future__ import annotations

from fractions import Fraction

from careassure.model.rounding import decimal

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def percent(share: Fraction | float, places: int = 0) -> str:
    """A share as a percentage, to the nearest whole one or with so many decimal places, a half upwards.

    >>> percent(Fraction(1, 8)), percent(0.6097), percent(Fraction(999, 1000), 2)
    ('13 %', '61 %', '99.9 %')
    """
    return f"{decimal(Fraction(share) * 100, places)} %"


def part_words(share: Fraction | float, places: int = 0) -> str:
    """A share as a percentage with at least so many places: as many as it takes to look neither like none nor like all.

    >>> part_words(Fraction(61, 100)), part_words(0.9957), part_words(Fraction(1, 5600)), part_words(Fraction(1))
    ('61 %', '99.6 %', '0.02 %', '100 %')
    """
    while (text := percent(share, places)) in {"0 %", "100 %"} and 0 < share < 1:
        places += 1
    return text


def chance_words(chance: Fraction) -> str:
    """A probability as a whole percentage, of which none is called certain or impossible that is not.

    >>> chance_words(Fraction(1, 999)), chance_words(Fraction(53, 100)), chance_words(Fraction(998, 999))
    ('below 1 %', '53 %', 'above 99 %')
    """
    if 0 < chance < Fraction(1, 200):
        return "below 1 %"
    return "above 99 %" if Fraction(199, 200) <= chance < 1 else percent(chance)


def in_words(count: int) -> str:
    """A count as it stands in a sentence: up to ten in a word."""
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
