"""Read plain tables (what TOML and JSON give) field by field, collecting everything that is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

from careassure.errors import CareAssureError, Problem
from careassure.model import numbers
from careassure.model.dates import PartialDate
from careassure.model.ids import shown
from careassure.model.text import hint_for, join

Word = TypeVar("Word", bound=str)


class Table:
    """A table being read. Every field is taken by name and type; `finish` refuses what was not taken.

    Args:
        data: The table.
        path: Where it stands, such as ``nodes[0]``.
        problems: A list that everything wrong is added to.
    """

    def __init__(self, data: object, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems
        self.data: dict[str, object] = {}
        self.taken: set[str] = set()
        if isinstance(data, Mapping):
            self.data = {str(key): value for key, value in data.items()}
        else:
            hint = "" if path else "Read a file with careassure.read"
            problems.append(Problem(path or "the file", f"{_kind(data)} should be a table", hint))

    def at(self, key: str) -> str:
        """The path of a field."""
        return f"{self.path}.{key}" if self.path else key

    def problem(self, key: str, message: str, hint: str = "") -> None:
        """Note that something is wrong with a field."""
        self.problems.append(Problem(self.at(key), message, hint))

    def has(self, key: str) -> bool:
        """Whether the field is there."""
        return key in self.data

    def take(self, key: str) -> object:
        """The field as it is, or None."""
        self.taken.add(key)
        return self.data.get(key)

    def need(self, key: str) -> object:
        """The field as it is; noted as a problem where it is missing."""
        if self.data.get(key) is None:
            self.problem(key, "it is missing")
        return self.take(key)

    def text(self, key: str, default: str | None = None) -> str:
        """A piece of text; needed where there is no default."""
        value = self.take(key) if default is not None else self.need(key)
        if value is None:
            return default or ""
        if not isinstance(value, str):
            self.problem(key, f"{_kind(value)} should be text")
            return default or ""
        if default is None and not value.strip():
            self.problem(key, "it is empty")
        return value

    def choice(self, key: str, choices: tuple[Word, ...], default: Word | None = None) -> Word:
        """One of some words."""
        value = self.text(key, default)
        for choice in choices:
            if choice == value:
                return choice
        if self.data.get(key) is not None or default is not None:
            self.problem(key, f"{shown(value)} is not known", f"Use {join(choices, 'or')}")
        return choices[0]

    def flag(self, key: str, default: bool = False) -> bool:  # noqa: FBT002
        """True or false."""
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.problem(key, f"{_kind(value)} should be true or false")
            return default
        return value

    def whole(self, key: str) -> int | None:
        """A whole number, or None."""
        value = self.take(key)
        if value is None or type(value) is int:
            return value
        self.problem(key, f"{_kind(value)} should be a whole number")
        return None

    def date(self, key: str) -> PartialDate | None:
        """A date, year-month or year, or None."""
        value = self.take(key)
        if value is None:
            return None
        try:
            if isinstance(value, str | int | dt.date) and not isinstance(value, dt.datetime):
                return PartialDate.parse(value)
            self.problem(key, f"{_kind(value)} should be a date")
        except CareAssureError as error:
            self.problem(key, str(error))
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """Some pieces of text; one alone may stand without brackets."""
        value = self.take(key)
        if value is None:
            return ()
        values = value if isinstance(value, list | tuple) else [value]
        for item in values:
            if not isinstance(item, str):
                self.problem(key, f"{_kind(item)} should be text")
        return tuple(item for item in values if isinstance(item, str))

    def tables(self, key: str) -> list[Table]:
        """A list of tables."""
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            self.problem(key, f"{_kind(value)} should be a list of tables")
            return []
        return [Table(item, f"{self.at(key)}[{index}]", self.problems) for index, item in enumerate(value)]

    def named(self, key: str) -> dict[str, Table]:
        """A table of tables, by name."""
        if not self.has(key):
            self.taken.add(key)
            return {}
        inner = Table(self.take(key), self.at(key), self.problems)
        return {name: Table(item, inner.at(name), self.problems) for name, item in inner.data.items()}

    def finish(self) -> None:
        """Refuse every field that was not taken."""
        for key in (key for key in self.data if key not in self.taken):
            hint = hint_for(key, self.taken, f"Known: {join(sorted(self.taken))}")
            self.problem(key, "there is no such field here", hint)


def number(value: object, path: str, problems: list[Problem]) -> Fraction:
    """An exact number: a whole one, or text such as ``"1/3"`` or ``"2.5"``. Floats are refused."""
    if type(value) is int:
        return Fraction(value)
    found = numbers.fraction(value) if isinstance(value, str) else None
    if found is not None:
        return found
    hint = 'Write it as text, "1/3" or "2.5", so that it stays exact' if isinstance(value, float) else ""
    problems.append(Problem(path, f"{_kind(value)} should be an exact number", hint))
    return Fraction(1)


def _kind(value: object) -> str:
    names: dict[type, str] = {
        str: "text",
        bool: "true or false",
        int: "a whole number",
        float: "a number with a point",
        list: "a list",
        tuple: "a list",
        dict: "a table",
        type(None): "nothing",
    }
    name = names.get(type(value), type(value).__name__)
    return f"{name} ({shown(value)})" if isinstance(value, str | bool | int | float) else name
