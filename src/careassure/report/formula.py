"""Formulas of a spreadsheet as values: each is written for Excel and for OpenDocument, and worked out here.

A formula names other cells and never says where they stand, so the same formulas fit any sheet. Only what Excel 2010
and OpenDocument 1.2 both know is used, nothing that changes with the clock, and no macro.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import gcd
from typing import TypeAlias

from attrs import frozen

from careassure.model.showing import short_repr

Value: TypeAlias = "int | float | str | bool"
"""What a cell can come to. A blank cell is the empty text."""


@frozen
class Name:
    """The cell of that name."""

    name: str

    __repr__ = short_repr


@frozen
class Call:
    """A function with what it is given.

    Args:
        function: Its name, the same in Excel and OpenDocument.
        parts: What it is given.
    """

    function: str
    parts: tuple[Expression, ...]

    __repr__ = short_repr


@frozen
class Joined:
    """Parts with a sign between them, in brackets.

    Args:
        sign: The sign, such as ``+``, ``>=`` or ``&``.
        parts: What it stands between.
    """

    sign: str
    parts: tuple[Expression, ...]

    __repr__ = short_repr


@frozen
class Code:
    """The number that stands beside a word in a list; 0 where the list does not have it.

    It is written as a sum over the list, since looking things up takes ``*`` in what was typed for any text.

    Args:
        text: What is looked for.
        listed: What the list is called: the ends of its columns are ``LIST words first``, ``LIST codes last`` ...
        codes: Its words with their numbers; no word is there twice.
    """

    text: Expression
    listed: str
    codes: Mapping[str, int]

    __repr__ = short_repr


Expression: TypeAlias = "Name | Call | Joined | Code | int | str | bool"
"""A formula, or a part of one."""


@frozen
class Place:
    """Where a cell stands, counted from 0.

    Args:
        sheet: The name of its sheet.
        row: Its row.
        column: Its column.
    """

    sheet: str
    row: int
    column: int

    __repr__ = short_repr

    @property
    def letters(self) -> str:
        """Its column as a spreadsheet shows it.

        >>> Place("A", 0, 27).letters
        'AB'
        """
        found, rest = "", self.column + 1
        while rest:
            rest, last = divmod(rest - 1, 26)
            found = chr(ord("A") + last) + found
        return found

    @property
    def words(self) -> str:
        """Where it is, for a sentence.

        >>> Place("Scores", 6, 2).words
        'Scores, cell C7'
        """
        return f"{self.sheet}, cell {self.letters}{self.row + 1}"


def when(condition: Expression, then: Expression, otherwise: Expression) -> Expression:
    """The one where a condition holds, otherwise the other; what is known beforehand is not asked."""
    if isinstance(condition, bool):
        return then if condition else otherwise
    return Call("IF", (condition, then, otherwise))


def both(*parts: Expression) -> Expression:
    """Whether all of some conditions hold."""
    return _together(parts, "AND", empty=True)


def either(*parts: Expression) -> Expression:
    """Whether any of some conditions holds."""
    return _together(parts, "OR", empty=False)


def _together(parts: tuple[Expression, ...], function: str, *, empty: bool) -> Expression:
    if (not empty) in [part for part in parts if isinstance(part, bool)]:
        return not empty
    open_ = tuple(part for part in parts if not isinstance(part, bool))
    if not open_:
        return empty
    return open_[0] if len(open_) == 1 else Call(function, open_)


def opposite(part: Expression) -> Expression:
    """Whether a condition does not hold."""
    return not part if isinstance(part, bool) else Call("NOT", (part,))


def plus(*parts: Expression) -> Expression:
    """A sum; whole numbers in it are added up beforehand."""
    fixed = sum(part for part in parts if isinstance(part, int) and not isinstance(part, bool))
    rest: list[Expression] = [part for part in parts if not isinstance(part, int) or isinstance(part, bool)]
    if not rest:
        return fixed
    if fixed:
        rest.append(fixed)
    return rest[0] if len(rest) == 1 else Joined("+", tuple(rest))


def minus(one: Expression, other: Expression) -> Expression:
    """A difference."""
    return Joined("-", (one, other))


def times(part: Expression, factor: int) -> Expression:
    """A product with a whole number."""
    return part if factor == 1 else Joined("*", (part, factor))


def compared(one: Expression, sign: str, other: Expression) -> Expression:
    """Whether one is ``=``, ``<>``, ``<``, ``>=`` ... the other."""
    return Joined(sign, (one, other))


def words(*parts: Expression) -> Expression:
    """Texts put together."""
    return Joined("&", parts)


def divided(number: Expression, by: Expression) -> Expression:
    """Whole numbers divided and rounded down, without any fraction on the way: (a - a mod b) / b."""
    return Joined("/", (minus(number, Call("MOD", (number, by))), by))


# -- as text ------------------------------------------------------------------------------------------


def excel(expression: Expression, where: Mapping[str, Place]) -> str:
    """A formula as a workbook of Excel holds it, without the sign in front."""

    def span(first: Place, last: Place) -> str:
        return f"{excel_address(first)}:${last.letters}${last.row + 1}"

    return _written(expression, ",", where, excel_address, span)


def open_formula(expression: Expression, where: Mapping[str, Place]) -> str:
    """A formula as an OpenDocument spreadsheet holds it, without what stands in front."""

    def at(place: Place) -> str:
        return f"[{_open_place(place)}]"

    def span(first: Place, last: Place) -> str:
        return f"[{_open_place(first)}:.${last.letters}${last.row + 1}]"

    return _written(expression, ";", where, at, span)


def excel_address(place: Place) -> str:
    """A cell as a formula of Excel names it."""
    return f"'{_quoted(place.sheet)}'!${place.letters}${place.row + 1}"


def _open_place(place: Place) -> str:
    return f"$'{_quoted(place.sheet)}'.${place.letters}${place.row + 1}"


def _quoted(sheet: str) -> str:
    return sheet.replace("'", "''")


def _written(
    expression: Expression,
    between: str,
    where: Mapping[str, Place],
    at: Callable[[Place], str],
    span: Callable[[Place, Place], str],
) -> str:
    def of(part: Expression) -> str:
        return _written(part, between, where, at, span)

    match expression:
        case bool():
            return "TRUE()" if expression else "FALSE()"
        case int():
            return str(expression)
        case str():
            return '"' + expression.replace('"', '""') + '"'
        case Name(name):
            return at(where[name])
        case Call(function, parts):
            return f"{function}({between.join(map(of, parts))})"
        case Joined(sign, parts):
            return f"({sign.join(map(of, parts))})"
        case Code(text, listed, _):
            words_, codes = (
                span(where[f"{listed} {part} first"], where[f"{listed} {part} last"]) for part in ("words", "codes")
            )
            return f"SUMPRODUCT(({words_}={of(text)})*{codes})"


# -- worked out ---------------------------------------------------------------------------------------


class Worked:
    """What the cells of a workbook come to, each worked out once, when it is first asked for.

    Args:
        formulas: The formula of each cell that has one, by its name.
        inputs: What stands in the other cells, by their names.
    """

    def __init__(self, formulas: Mapping[str, Expression], inputs: Mapping[str, Value]) -> None:
        self.formulas = formulas
        self.inputs = inputs
        self._found: dict[str, int | str | bool | Fraction] = {}

    def cell(self, name: str) -> int | str | bool | Fraction:
        """What the cell of that name comes to, exactly."""
        if name not in self._found:
            expression = self.formulas.get(name)
            if expression is None:
                given = self.inputs[name]
                self._found[name] = Fraction(given) if isinstance(given, float) else given
            else:
                self._found[name] = self.of(expression)
        return self._found[name]

    def of(self, expression: Expression) -> int | str | bool | Fraction:
        """What a formula comes to, exactly."""
        match expression:
            case Name(name):
                return self.cell(name)
            case Call("IF", (condition, then, otherwise)):
                return self.of(then if self.of(condition) else otherwise)
            case Call("AND", parts):
                return all(self.of(part) for part in parts)
            case Call("OR", parts):
                return any(self.of(part) for part in parts)
            case Call("NOT", (part,)):
                return not self.of(part)
            case Call("CHOOSE", (place, *parts)):
                return self.of(parts[int(self.of(place)) - 1])
            case Code(text, _, codes):
                return codes.get(str(self.of(text)), 0)
            case Call(function, parts):
                return _CALLS[function](*(self.of(part) for part in parts))
            case Joined(sign, parts):
                found = self.of(parts[0])
                for part in parts[1:]:
                    found = _SIGNS[sign](found, self.of(part))
                return found
            case _:
                return expression


def shown(value: int | str | bool | Fraction) -> str:
    """A value as a spreadsheet writes it into a text."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, Fraction):
        return str(value.numerator) if value.denominator == 1 else repr(float(value))
    return str(value)


def _quotient(one: int | Fraction, other: int | Fraction) -> int | Fraction:
    found = Fraction(one) / Fraction(other)
    return found.numerator if found.denominator == 1 else found


def _trimmed(text: str) -> str:
    return " ".join(part for part in text.split(" ") if part)


def _joined(one: int | str | bool | Fraction, other: int | str | bool | Fraction) -> str:
    return shown(one) + shown(other)


def _no_error(_: object) -> bool:
    return False


_CALLS: dict[str, Callable[..., int | str | bool | Fraction]] = {
    "MOD": operator.mod, "GCD": gcd, "LOWER": str.lower, "TRIM": _trimmed, "ISERROR": _no_error, "MIN": min, "MAX": max,
}  # fmt: skip
_SIGNS: dict[str, Callable[..., int | str | bool | Fraction]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": _quotient, "&": _joined, "=": operator.eq,
    "<>": operator.ne, "<": operator.lt, ">=": operator.ge, ">": operator.gt,
}  # fmt: skip
