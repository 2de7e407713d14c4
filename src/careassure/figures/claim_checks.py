"""Check a printed claim: does it follow from the figures that it rests on, exactly or as they are rounded?"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import evolve, frozen

from careassure.errors import InvalidInputError, Problem
from careassure.figures.claim_text import Claim, figure_in, read_claim, refused, tidy
from careassure.figures.equations import sides_of
from careassure.figures.printed_figures import PrintedFigure, Unit
from careassure.figures.spans import Range, Span, added, divided, multiplied, negated
from careassure.model.annotations import MOST_ITEMS
from careassure.model.arguments import checked
from careassure.model.numbers import Number, exact
from careassure.model.rounding import apply_rounding, with_commas
from careassure.model.showing import short_repr
from careassure.model.text import join

Verdict = Literal["holds", "holds as rounded", "can hold", "does not hold"]
"""``holds``: the figures give exactly this. ``holds as rounded``: what they give rounds to it. ``can hold``: they do
not give it as they are printed, but they are rounded, and what they were rounded from can. ``does not hold``: no
numbers that would be printed so give it."""

_ONE = (Fraction(1), Fraction(1))
_LESS_ONE = (Fraction(-1), Fraction(-1))


@frozen
class ClaimCheck:
    """What became of a printed claim.

    Args:
        claim: The claim, as it was given.
        verdict: Whether it holds.
        certain: Whether the same is true of all numbers that would be printed as the figures are.
        basis: What was worked out, in words, such as ``from 57.4 to 73.7``.
        unit: What the claim counts.
        value: What the figures give as they are printed; None where only a whole is known.
        low: The least that they can give, with all that they can stand for.
        high: The greatest.
        right: What would be right, in the form of the claim; empty where it holds.
        counts: The counts that fit a printed share, where only the whole is known; None elsewhere.
        notes: What else a reader should know, a sentence each.
        says: What the figures give, in a sentence.
    """

    claim: str
    verdict: Verdict
    certain: bool
    basis: str
    unit: Unit
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    right: str = ""
    counts: tuple[int, ...] | None = None
    notes: tuple[str, ...] = ()
    says: str = ""

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """The verdict and what it rests on, in sentences."""
        right = [f"Right would be {self.right}."] if self.right else []
        return " ".join([f'"{self.claim}" {self.verdict}.', self.says, *self.notes, *right])

    def to_dict(self) -> dict[str, object]:
        """The check as plain values; exact numbers are text, such as ``16300/574``."""
        numbers = {name: getattr(self, name) for name in ("value", "low", "high")}
        return {
            **{name: getattr(self, name) for name in ("claim", "verdict", "certain", "basis", "unit")},
            **{name: None if number is None else str(number) for name, number in numbers.items()},
            "right": self.right,
            "counts": None if self.counts is None else list(self.counts),
            "words": self.words,
        }

    def __str__(self) -> str:
        return self.words


@checked
def counts_that_fit(printed: str, of: int) -> tuple[int, ...]:
    """The counts of a whole that would be printed as a share.

    A share is rounded to as many decimals as it shows, a half up or down. A fraction in words, such as two thirds, is
    printed for what is nearer to it than to another half, third, quarter, fifth or tenth.

    >>> counts_that_fit("86 %", of=117), counts_that_fit("86.5 %", of=117)
    ((101,), ())

    Args:
        printed: The share, such as ``86 %``, ``two thirds`` or ``more than half``.
        of: The whole, at most 1,000,000.

    Raises:
        InvalidInputError: The share is not one, or the whole is not a count.
    """
    if not 0 < of <= MOST_ITEMS:
        raise InvalidInputError("the whole", [Problem("of", f"{of:,} is not from 1 to {MOST_ITEMS:,}")])
    claim = read_claim(printed, {"of": figure_in(str(of))})
    return _fitting(claim, of)


def _fitting(claim: Claim, of: int) -> tuple[int, ...]:
    if claim.figure.unit not in ("%", "share"):
        raise refused(claim.text, "it is not a share", "Write it as 86 % or two thirds")
    whole, near = _whole(claim), claim.near
    first = 0 if near.low is None else max(0, int(near.low * of / whole) - 1)
    last = of if near.high is None else min(of, int(near.high * of / whole) + 1)
    return tuple(count for count in range(first, last + 1) if near.holds(whole * count / of))


@checked
def check_claim(
    claim: str,
    before: Number | None = None,
    after: Number | None = None,
    *,
    count: Number | None = None,
    of: Number | None = None,
) -> ClaimCheck:
    """Check a printed claim against the figures that it rests on.

    A claim is a change, such as ``fell by 2.5 %`` or ``5.5-fold``; a share, such as ``86 %`` or ``two thirds``; or a
    sum, such as ``60 = 23 + 37``. Its figures stand beside it or in it: ``fell by 2.5 %, from 2,174 to 2,120``,
    ``101 of 117 (86 %)``. Where only the whole is known, the counts that fit are found.

    Text is taken as printed: a figure with decimals, per cent, thousands or millions is rounded to the digits that it
    shows, and stands for all numbers that would be printed so. A whole number is a count. A fraction in words fits what
    is nearer to it than to another half, third, quarter, fifth or tenth; our own rule, as no other is printed.

    >>> print(check_claim("28.4 %", "57.4", "73.7").verdict)
    holds as rounded

    Args:
        claim: What is claimed.
        before: What a change begins with; whole numbers and fractions are exact, text is as printed.
        after: What it ends with.
        count: How many of a whole.
        of: The whole.

    Raises:
        InvalidInputError: It is no claim that can be checked, or says something in two ways.
    """
    plain = tidy(claim)
    beside = {"before": before, "after": after, "count": count, "of": of}
    given = {name: _given(number) for name, number in beside.items() if number is not None}
    if "=" in plain:
        if given:
            said = "it is a sum, and figures are given beside it"
            raise refused(claim, said, "Leave them out: a sum has all its figures")
        return _check_sum(claim, plain)
    read = evolve(read_claim(plain, given), text=claim)
    if read.before is not None and read.after is not None:
        if read.of is not None or read.count is not None:
            raise refused(claim, "it has both a change and a whole", "Give one of them")
        return _check_change(read, read.before, read.after)
    if read.before is not None or read.after is not None:
        raise refused(claim, "one figure of the change is missing", "Give what it was before and after")
    if read.of is None:
        said = "it does not say what it rests on"
        raise refused(claim, said, "Give the figures before and after, or the whole that it is a share of")
    return _check_share(read, read.of)


def _given(number: Number) -> PrintedFigure:
    if isinstance(number, str):
        return figure_in(number)
    value = exact(number)
    return PrintedFigure(with_commas(value), value, "", Fraction(1), rounded=False, near=Span(value, value))


# -- the kinds of claim ------------------------------------------------------------------------------------------------


def _check_sum(claim: str, plain: str) -> ClaimCheck:
    figure, worked, side = sides_of(plain)
    unit: Unit = "%" if worked.percent else ""
    if (figure.unit in ("%", "points")) != worked.percent:
        raise refused(claim, "one side counts per cent and the other does not", "Write % on both sides, or on neither")
    value, span = worked.exact, worked.range
    turned = (-value, negated(span)) if figure.value < 0 else (value, span)  # what is near it is near its size
    verdict, certain = _verdict(Claim(claim, figure), *turned)
    places = max(2, figure.places + 1)
    says = f"{side} is {_shown(value, unit, places)}.{_spread(span, unit, places)}"
    right = _shown(value, unit, figure.places) if verdict == "does not hold" else ""
    return ClaimCheck(claim, verdict, certain, side, unit, value, *span, right, says=says)


def _check_share(claim: Claim, of: PrintedFigure) -> ClaimCheck:
    unit = claim.figure.unit
    if unit not in ("%", "share"):
        raise refused(claim.text, f"{claim.figure.text!r} is not a share", "Write it as 86 % or two thirds")
    if claim.count is None:
        return _check_whole(claim, of)
    quotient = divided(claim.count.range, of.range)
    if quotient is None or of.value <= 0:
        raise refused(claim.text, f"a share of {of.text} means nothing", "Correct the whole")
    whole = _whole(claim)
    value, span = whole * claim.count.value / of.value, multiplied(quotient, (whole, whole))
    basis = f"{claim.count.text} of {of.text}"
    verdict, certain = _verdict(claim, value, span)
    places = _more_places(claim)
    says = f"{basis} is {_shown(value, unit, places)}.{_spread(span, unit, places)}"
    wrong = verdict == "does not hold"
    right = _shown(value, unit, claim.figure.places) if wrong else ""
    notes = _cut(claim, value) if wrong else ()
    return ClaimCheck(claim.text, verdict, certain, basis, unit, value, *span, right, None, notes, says)


def _check_whole(claim: Claim, of: PrintedFigure) -> ClaimCheck:
    whole = of.value
    if whole.denominator != 1 or of.rounded or not 0 < whole <= MOST_ITEMS:
        hint = "Give a whole number, or the count beside it"
        raise refused(claim.text, f"{of.text} is not a whole of 1 to {MOST_ITEMS:,}", hint)
    counts = _fitting(claim, int(whole))
    if len(counts) == 1:
        says = f"Of all counts only {counts[0]:,} of {of.text} is printed so."
    elif counts:
        says = f"{counts[0]:,} to {counts[-1]:,} of {of.text} are printed so: {len(counts):,} counts."
    else:
        says = f"No count of {of.text} is printed so."
    low, high = (_whole(claim) * count / whole for count in (counts[0], counts[-1])) if counts else (None, None)
    verdict: Verdict = "can hold" if counts else "does not hold"
    right = "" if counts else _neighbours(claim, int(whole))
    unit = claim.figure.unit
    return ClaimCheck(claim.text, verdict, not counts, f"of {of.text}", unit, None, low, high, right, counts, (), says)


def _neighbours(claim: Claim, whole: int) -> str:
    """The shares on both sides of one that no count gives."""
    down = int(abs(claim.figure.value) * whole / _whole(claim))
    shares = [
        f"{_shown(_whole(claim) * count / whole, claim.figure.unit, claim.figure.places)} ({count:,} of {whole:,})"
        for count in (down, down + 1)
        if count <= whole
    ]
    return join(shares, "or")


def _check_change(claim: Claim, before: PrintedFigure, after: PrintedFigure) -> ClaimCheck:
    if (before.unit == "%") != (after.unit == "%"):
        said = f"{before.text} and {after.text} do not count the same"
        raise refused(claim.text, said, "Write % behind both, or behind neither")
    basis = f"from {before.text} to {after.text}"
    unit = claim.figure.unit
    if unit in ("", "points"):
        value, span = after.value - before.value, added(after.range, negated(before.range))
    else:
        quotient = divided(after.range, before.range)
        if quotient is None or before.value <= 0 or after.value < 0:
            raise refused(claim.text, f"a change {basis} has no percentage", "Give figures above 0, or claim a number")
        value, span = _relative(claim, after.value / before.value, quotient)
    verdict, certain = _verdict(claim, *_directed(claim, value, span))
    places = _more_places(claim)
    says = f"{_change_said(claim, before, after, value, places)}.{_spread(span, unit, places)}"
    wrong = verdict == "does not hold"
    notes = _why_wrong(claim, before, after, value) if wrong else ()
    right = _right_change(claim, before, after, value) if wrong else ""
    return ClaimCheck(claim.text, verdict, certain, basis, unit, value, *span, right, None, notes, says)


def _relative(claim: Claim, ratio: Fraction, span: Range) -> tuple[Fraction, Range]:
    """A change as a part of what it was before, or as a multiple of it."""
    whole = _whole(claim)
    if claim.figure.unit == "times" or claim.left_over:
        return whole * ratio, multiplied(span, (whole, whole))
    return whole * (ratio - 1), multiplied(added(span, _LESS_ONE), (whole, whole))


def _directed(claim: Claim, value: Fraction, span: Range) -> tuple[Fraction, Range]:
    """A change as the claim counts it: a fall of 5 as 5, where it speaks of a fall or says no direction."""
    if claim.left_over:
        return value, span
    if claim.figure.unit == "times":
        turned = divided(_ONE, span) if claim.direction == "down" else None
        return (1 / value, turned) if turned and value else (value, span)
    if claim.direction == "down" or (not claim.direction and value < 0):
        return -value, negated(span)
    return value, span


# -- verdicts and words ------------------------------------------------------------------------------------------------


def _whole(claim: Claim) -> Fraction:
    return Fraction(100 if claim.figure.unit == "%" else 1)


def _verdict(claim: Claim, value: Fraction, span: Range) -> tuple[Verdict, bool]:
    near = claim.near
    if near.low is None:  # fewer than 5 is not a fall of 3
        near = evolve(near, low=Fraction(0))
    if not near.holds(value):
        return ("can hold", False) if near.meets(*span) else ("does not hold", True)
    exactly = value == abs(claim.figure.value) or claim.hedge not in ("", "about")
    return "holds" if exactly else "holds as rounded", near.holds(span[0]) and near.holds(span[1])


def _shown(value: Fraction, unit: Unit, places: int) -> str:
    match unit:
        case "share":
            return f"{with_commas(100 * value, 1)} %"
        case "%":
            return f"{with_commas(value, places)} %"
        case "points":
            return f"{with_commas(value, places)} {'point' if abs(value) == 1 else 'points'}"
        case "times":
            return f"{with_commas(value, places)} times"
        case _:
            return with_commas(value, places)


def _more_places(claim: Claim) -> int:
    return max(2, claim.figure.places + 1)


def _spread(span: Range, unit: Unit, places: int) -> str:
    if span[0] == span[1]:
        return ""
    low, high = (_shown(end, unit, places) for end in span)
    return "" if low == high else f" Its figures are rounded, so it lies between {low} and {high}."


def _change_said(claim: Claim, before: PrintedFigure, after: PrintedFigure, value: Fraction, places: int) -> str:
    unit = claim.figure.unit
    if unit == "times":
        return f"{after.text} is {_shown(value, unit, places)} {before.text}"
    if claim.left_over and unit in ("%", "share"):
        return f"{after.text} is {_shown(value, unit, places)} of {before.text}"
    return f"From {before.text} to {after.text} is {_change(value, unit, places)}"


def _change(value: Fraction, unit: Unit, places: int) -> str:
    if not value:
        return "no change"
    return f"a {'rise' if value > 0 else 'fall'} of {_shown(abs(value), unit, places)}"


def _right_change(claim: Claim, before: PrintedFigure, after: PrintedFigure, value: Fraction) -> str:
    unit, places = claim.figure.unit, claim.figure.places
    if unit == "times" or claim.left_over:
        return _shown(value, unit, places)
    right = _change(value, unit, places)
    if before.unit == "%" and unit in ("%", "share"):
        return f"{_change(after.value - before.value, 'points', places)}, or {_shown(abs(value), unit, places)}"
    return right


def _cut(claim: Claim, value: Fraction) -> tuple[str, ...]:
    """Whether a figure that does not fit is one that was cut off or always rounded up."""
    figure = claim.figure
    if claim.hedge or figure.unit == "share" or value < 0 or not 0 < abs(value - abs(figure.value)) < figure.step:
        return ()
    steps = value / figure.step
    if apply_rounding(steps, "down") * figure.step == abs(figure.value):
        return ("It is cut off there, not rounded to the nearest.",)
    return ("It is rounded up, not to the nearest.",)


def _why_wrong(claim: Claim, before: PrintedFigure, after: PrintedFigure, value: Fraction) -> tuple[str, ...]:
    """What the figures give that the claim would fit."""
    near, unit, first, last = claim.near, claim.figure.unit, before.value, after.value
    change = last - first
    if change and claim.direction == ("down" if change > 0 else "up") and not claim.left_over:
        return ("It went the other way.",)
    if claim.hedge or claim.left_over:
        return ()
    found = list(_cut(claim, abs(value)))
    if unit in ("%", "share") and first > 0 and last > 0:
        if before.unit == "%" and unit == "%" and near.holds(abs(change)):
            found.append("It fits as percentage points: per cent would be a part of the first figure.")
        if near.holds(_whole(claim) * last / first):
            found.append("It fits as what the second figure is of the first, and not as the change.")
        if near.holds(_whole(claim) * abs(change) / last):
            found.append("It fits as a part of the second figure, and not of the first.")
    if unit == "times" and first > 0 and near.holds(change / first):
        found.append("It fits as what was added, and not as the multiple.")
    if unit == "" and first > 0 and near.holds(abs(100 * change / first)):
        found.append("It fits as per cent.")
    return tuple(found)
