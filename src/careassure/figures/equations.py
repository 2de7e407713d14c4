"""Sums as they are printed, such as ``60 = 23 + 37`` or ``102 of 152 = 67.1 %``: what one side comes to."""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import frozen

from careassure.figures.claim_text import refused
from careassure.figures.printed_figures import FIGURE, PrintedFigure, figure_of
from careassure.figures.spans import Range, added, divided, multiplied, negated
from careassure.model.showing import short_repr

_SIGN = re.compile(r"\s*(?P<sign>[-+\u00d7*x/\u00f7]|of|out of)\s*", re.IGNORECASE)
_AS = {"\u00d7": "*", "x": "*", "\u00f7": "/", "out of": "of"}


@frozen
class Worked:
    """What a side of a sum comes to.

    Args:
        exact: With the figures as they are printed.
        range: With all that they can stand for.
        percent: Whether it counts per cent.
    """

    exact: Fraction
    range: Range
    percent: bool

    __repr__ = short_repr


def sides_of(text: str) -> tuple[PrintedFigure, Worked, str]:
    """The single figure of a sum, what the other side comes to, and how that side is written.

    Raises:
        InvalidInputError: It is no sum of one figure and several, or something in it cannot be worked out.
    """
    sides = [side.strip() for side in text.split("=")]
    if len(sides) != 2 or not all(sides):
        raise refused(text, "a sum has one sign = between its two sides", "Write it as 60 = 23 + 37")
    alone = [FIGURE.fullmatch(side) for side in sides]
    if alone[0] is None and alone[1] is None:
        said = "neither side of = is a single figure"
        raise refused(text, said, "Write the claim on one side, and what it rests on on the other")
    at = 0 if alone[0] is not None else 1
    found = alone[at]
    figure = figure_of(found) if found else None
    if figure is None or figure.unit == "times":
        raise refused(text, f"{sides[at]!r} is not a figure", "Write digits, such as 60 or 67.1 %")
    other = sides[1 - at]
    return figure, _worked(text, other, as_percent=figure.unit == "%"), other


def _worked(text: str, side: str, *, as_percent: bool) -> Worked:
    parts: list[tuple[str, Worked]] = []
    sign, at = "+", 0
    while True:
        found = FIGURE.match(side, at)
        figure = figure_of(found) if found else None
        if found is None or figure is None or figure.unit == "times":
            raise refused(
                text, f"{side[at:] or side!r} does not begin with a figure", "Write it as 23 + 37 or 102 of 152"
            )
        parts.append((sign, Worked(figure.value, figure.range, figure.unit in ("%", "points"))))
        between = _SIGN.match(side, found.end())
        if between is None:
            if side[found.end() :].strip():
                said = f"{side[found.end() :].strip()!r} is not a sign between figures"
                raise refused(text, said, "Use + - x / or the word of")
            break
        sign, at = _AS.get(between["sign"].lower(), between["sign"].lower()), between.end()
    return _summed(text, _factors(text, parts, as_percent=as_percent))


def _factors(text: str, parts: list[tuple[str, Worked]], *, as_percent: bool) -> list[tuple[str, Worked]]:
    """The terms that are added, each multiplied and divided out."""
    terms: list[tuple[str, Worked]] = []
    for sign, part in parts:
        if sign in ("+", "-"):
            terms.append((sign, part))
            continue
        first_sign, first = terms.pop()
        terms.append((first_sign, _joined(text, first, sign, part, as_percent=as_percent)))
    return terms


def _joined(text: str, first: Worked, sign: str, part: Worked, *, as_percent: bool) -> Worked:
    hundredth = (Fraction(1, 100), Fraction(1, 100))
    if sign == "*" or (sign == "of" and first.percent):
        value, span = first.exact * part.exact, multiplied(first.range, part.range)
        if first.percent or part.percent:
            value, span = value / 100, multiplied(span, hundredth)
        return Worked(value, span, first.percent and part.percent)
    span_or_none = divided(first.range, part.range)
    if span_or_none is None:
        raise refused(text, "it divides by 0", "Correct the figure that is divided by")
    value, span = first.exact / part.exact, span_or_none
    if as_percent and not first.percent and not part.percent:
        return Worked(100 * value, multiplied(span, (Fraction(100), Fraction(100))), percent=True)
    return Worked(value, span, first.percent and not part.percent)


def _summed(text: str, terms: list[tuple[str, Worked]]) -> Worked:
    if len({term.percent for _, term in terms}) > 1:
        raise refused(text, "it adds per cents and numbers", "Give all as per cents, or none")
    exact, span = Fraction(0), (Fraction(0), Fraction(0))
    for sign, term in terms:
        exact += term.exact if sign == "+" else -term.exact
        span = added(span, term.range if sign == "+" else negated(term.range))
    return Worked(exact, span, terms[0][1].percent)
