"""Financial years, from April to March, in every form in which they are written."""

from __future__ import annotations

import re

from careassure.errors import InvalidInputError, Problem
from careassure.model.ids import shown

_YEAR = re.compile(r"(\d{4})(?:[-/\u2013]| to )(\d{2}|\d{4})")
BY_YEAR = "Write it as 2024-25"
"""What is said where a year is not one."""


def financial_year(text: str) -> str:
    """A year from April to March in its short form.

    >>> financial_year("2024 to 2025"), financial_year("2024/25")
    ('2024-25', '2024-25')

    Raises:
        InvalidInputError: The text names no two years that follow each other.
    """
    match = _YEAR.fullmatch(str(text).strip())
    if match is None or int(match[2]) not in (int(match[1]) + 1, (int(match[1]) + 1) % 100):
        raise InvalidInputError("the year", [Problem("", f"{shown(text)} is not a financial year", BY_YEAR)])
    return f"{match[1]}-{(int(match[1]) + 1) % 100:02d}"
