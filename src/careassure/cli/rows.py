"""Rows in the form that was asked for: a table for people, JSON or CSV for programs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from careassure.cli import terminal
from careassure.model.rounding import decimal
from careassure.model.text import fold
from careassure.report.tables import Row, csv_text, grid, json_text


def print_rows(rows: Sequence[Row], form: str, *, empty: str = "") -> None:
    """Print rows.

    Args:
        rows: Rows whose keys are the heads of a table; in JSON and CSV they are written small, with underscores.
        form: ``json``, ``csv``, or anything else for a table.
        empty: What is said instead of a table without rows.
    """
    if form not in ("json", "csv"):
        if rows:
            terminal.table(*grid(rows))
        else:
            terminal.line(empty)
        return
    small = [{fold(key).replace(" ", "_"): value for key, value in row.items()} for row in rows]
    if form == "json":
        terminal.json(json_text(small))
    else:
        terminal.csv(csv_text(small))


def printed_number(value: object) -> str:
    """A number for a spreadsheet: in decimal digits, to the 15th place; anything else as it prints."""
    return decimal(value, 15) if isinstance(value, Fraction) else str(value)


class Shown(Protocol):
    """A result that has words, rows and a form for JSON."""

    @property
    def words(self) -> str:
        """All of it as text."""
        ...

    def rows(self) -> Sequence[Row]:
        """It as a table for programs."""
        ...

    def to_dict(self) -> dict[str, object]:
        """It as plain values."""
        ...


def print_result(found: Shown, form: str) -> None:
    """Print a result as words, or as JSON or CSV where that is asked for."""
    if form == "json":
        terminal.json(json_text(found.to_dict()))
    elif form == "csv":
        terminal.csv(csv_text(found.rows()))
    else:
        terminal.write(terminal.wrapped(found.words))


def print_installed(rows: Sequence[Row], form: str) -> None:
    """Print what is installed. The table leaves out where a plugin is from, for room."""
    print_rows(
        [{key: value for key, value in row.items() if key != "From"} if form == "table" else row for row in rows], form
    )
