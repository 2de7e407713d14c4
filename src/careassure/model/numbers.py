"""Exact numbers as they are written.

There are three forms, and each door says which one it takes:

* `plain`: digits, with a decimal part or without, such as 86 or -2.5;
* `fraction`: the same, or one whole number divided by another, such as 800/9;
* `printed`: as a table prints it, commas between its thousands, such as 1,204.5.

In every form digits are 0 to 9 alone, not those of other scripts. No form takes a power of ten, for "1e999999999" is
eleven letters and a number that no memory holds.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from careassure.errors import InvalidInputError, Problem
from careassure.model.ids import shown

Number = int | str | Decimal | Fraction
"""What an exact number may be given as; text is read as printed. A float is refused, for it is seldom exact."""

LONGEST = 4_000
"""The longest number that is read, in characters: Python prints none of more than 4,300 digits."""

_PLAIN = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_FRACTION = re.compile(r" *[-+]?[0-9]+( */ *[0-9]+|\.[0-9]+)? *")
_PRINTED = re.compile(r"[-+]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?")


def plain(text: str) -> Fraction | None:
    """The number that digits make, with a decimal part or without; None where the text is something else.

    >>> plain("86"), plain("-2.5"), plain("1,204"), plain("1/3"), plain("1e5")
    (Fraction(86, 1), Fraction(-5, 2), None, None, None)
    """
    return _read(_PLAIN, text)


def fraction(text: str) -> Fraction | None:
    """A plain number, or one whole number divided by another; None where the text is something else.

    >>> fraction("800/9"), fraction(" 1 / 3 "), fraction("2.5"), fraction("1/0"), fraction("1.5/2")
    (Fraction(800, 9), Fraction(1, 3), Fraction(5, 2), None, None)
    """
    return _read(_FRACTION, text)


def printed(text: str) -> Fraction | None:
    """A plain number with commas between all its thousands, or none; None where the text is something else.

    >>> printed("1,204.5"), printed("1204.5"), printed("1,20"), printed("1204,500")
    (Fraction(2409, 2), Fraction(2409, 2), None, None)
    """
    return _read(_PRINTED, text)


def exact(number: Number) -> Fraction:
    """A number without loss.

    >>> exact("65.1"), exact("332,455"), exact(7)
    (Fraction(651, 10), Fraction(332455, 1), Fraction(7, 1))

    Raises:
        InvalidInputError: It is not a finite number, or it is a float or a truth value.
    """
    found: Fraction | None = None
    if isinstance(number, str):
        found = printed(number.strip())
    elif isinstance(number, int | Fraction) and not isinstance(number, bool):
        found = Fraction(number)
    elif isinstance(number, Decimal) and number.is_finite() and abs(number.adjusted()) < LONGEST:
        found = Fraction(number)  # not of 1e999999999, which would never end
    if found is None:
        hint = "Give it as text, such as '65.1'" if isinstance(number, float) else "Write a decimal number"
        raise InvalidInputError("the number", [Problem("", f"{shown(number)} is not an exact number", hint)])
    return found


def as_shown(number: Fraction | float) -> Fraction:
    """The exact number that one stands for: of a float the decimal number that it prints as, 1/10 for 0.1.

    >>> as_shown(0.1), as_shown(Fraction(1, 3)), as_shown(1)
    (Fraction(1, 10), Fraction(1, 3), Fraction(1, 1))
    """
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def _read(form: re.Pattern[str], text: str) -> Fraction | None:
    if len(text) > LONGEST or not form.fullmatch(text):
        return None
    try:
        return Fraction(text.replace(" ", "").replace(",", ""))
    except ZeroDivisionError:
        return None
