"""The rows of a reading as plain text, one value for each column, for tables, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.tables.reader import Reading


@checked
def plain_rows(reading: Reading) -> Iterator[dict[str, object]]:
    """Each row with its columns. An exact number is text, such as ``65.1`` or ``800/9``; what is not known is None."""
    for row in reading.rows:
        yield _assessment(row) if isinstance(row, Assessment) else _fields(row)


def _assessment(item: Assessment) -> dict[str, object]:
    scores = {leaf: None if score is None else str(score) for leaf, score in item.scores.items()}
    return {
        "id": item.id,
        "code": item.council.code,
        "name": item.council.name,
        "published": None if item.published is None else str(item.published),
        **scores,
        "overall_printed": None if item.stated.rating is None else str(item.stated.rating),
        "notes": item.notes or None,
    }


def _fields(row: object) -> dict[str, object]:
    kind: type = type(row)
    if not attrs.has(kind):
        return {"value": str(row)}
    found = {field.name: getattr(row, field.name) for field in attrs.fields(kind)}
    return {name: _plain(value) for name, value in found.items()}


def _plain(value: object) -> object:
    if value is None or value in ("", ()):
        return None
    if isinstance(value, tuple):
        return "; ".join(": ".join(map(str, item)) if isinstance(item, tuple) else str(item) for item in value)
    if isinstance(value, Fraction):
        return written(value)
    return value if isinstance(value, bool | int | str) else str(value)


def written(number: Fraction) -> str:
    """An exact number as digits, or as a fraction where no digits are exact.

    >>> written(Fraction(427, 1000)), written(Fraction(7)), written(Fraction(-5, 4)), written(Fraction(1, 3))
    ('0.427', '7', '-1.25', '1/3')
    """
    rest, places = number.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    if rest != 1:
        return str(number)
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
