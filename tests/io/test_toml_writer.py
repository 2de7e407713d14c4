"""Writing TOML, against the reader of the standard library."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careassure.errors import WriteError
from careassure.io.formats import parse, to_json, to_toml
from careassure.testing.strategies import days, texts

names = texts(max_size=6) | st.sampled_from(["a", "b-c", "d_1", "", " ", "a.b", '"', "'", "ä", "1", "true", "[x]", "#"])
whole = st.integers(-(2**63), 2**63 - 1)
values = st.recursive(
    texts(max_size=9) | whole | st.booleans() | days(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=12,
)
tables = st.dictionaries(names, values, max_size=5)
json_tables = st.dictionaries(
    names,
    st.recursive(
        texts(max_size=9) | whole | st.booleans() | st.none(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
        max_leaves=12,
    ),
    max_size=5,
)


@given(tables)
@example({"a": {}})
@example({"a": []})
@example({"a": [{}]})
@example({"a": [{}, {"b": [{"c": {"d": 1}}]}]})
@example({"a": [1, {"b": 2}]})
@example({"a": [[{"b": []}]]})
@example({"a": {"b": {"c": {}}}, "d": 1})
@example({"": {"": ""}})
@example({"a": [[], ["x" * 60, {"k": ["y" * 60]}]]})
@example({"a.b": {"c d": 1, '"': [{"'": 2}]}})
@example({"a": 'quote " backslash \\ newline \n return \r tab \t nul \x00 delete \x7f next line \x85 \u2028'})
@example({"a": "'''\"\"\"", "b": "# no comment", "c": "\\u0041", "d": "\x1f\ue000\U0010ffff"})
def test_every_table_is_read_back(table: dict[str, object]) -> None:
    """Any table without floats and None, once written as TOML, is read back as it was by tomllib."""
    assert tomllib.loads(to_toml(table)) == table


@given(tables)
def test_types_are_kept(table: dict[str, object]) -> None:
    """What is read back has the types that were written, so that true stays apart from 1."""
    assert repr(tomllib.loads(to_toml(table))) == repr(in_order(table))


def in_order(value: object) -> object:
    """A table with its plain values first, then tables, then lists of tables, as TOML holds them."""
    if not isinstance(value, dict):
        return value
    return {key: in_order(item) for key, item in sorted(value.items(), key=lambda pair: place(pair[1]))} | {
        key: [in_order(inner) for inner in item]
        for key, item in value.items()
        if place(item) == 2 and isinstance(item, list)
    }


def place(value: object) -> int:
    """Where a value stands in its table: 0 for a plain one, 1 for a table, 2 for a list of tables."""
    if isinstance(value, dict):
        return 1
    return 2 if isinstance(value, list) and value and all(isinstance(item, dict) for item in value) else 0


@given(json_tables)
def test_json_is_read_back(table: dict[str, object]) -> None:
    """Any table of text, whole numbers, truth values, None, lists and tables is read back from JSON as it was."""
    assert parse(to_json(table)) == table


@given(tables)
def test_texts_end_with_one_newline(table: dict[str, object]) -> None:
    """A written text begins with no empty line, ends with one newline, and holds no other line ending."""
    text = to_toml(table)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text
    assert text == "\n" or not text.startswith("\n")


@given(st.lists(texts(max_size=3) | st.integers(), min_size=1, max_size=3), names)
def test_tuples_are_lists(items: list[object], name: str) -> None:
    """A tuple is written as the list of its items."""
    assert to_toml({name: tuple(items)}) == to_toml({name: items})


@pytest.mark.parametrize("value", [None, 1.5, float("nan"), b"bytes", {1, 2}, Fraction(1, 3), dt.time(1), object()])
@pytest.mark.parametrize(
    "nest", [lambda v: v, lambda v: [v], lambda v: {"b": v}, lambda v: [{"b": v}], lambda v: [[v]]]
)
def test_what_toml_cannot_hold_is_refused(value: object, nest: Callable[[object], object]) -> None:
    """A value that TOML has no way to write, or none that is exact, is refused with its path."""
    with pytest.raises(WriteError, match="TOML cannot hold") as raised:
        to_toml({"a key": nest(value)})
    assert str(raised.value.where).startswith('"a key"')
    assert repr(value) in raised.value.message


def test_written_toml_is_pleasant() -> None:
    """Plain values come first, then tables, then lists of tables, each under its heading."""
    table = {
        "evidence": [{"id": "e1", "statements": ["equity"]}],
        "scores": {"equity": 3, "odd key": True},
        "council": "Camden",
        "assessed": dt.date(2025, 2, 28),
    }
    assert to_toml(table) == (
        'council = "Camden"\n'
        "assessed = 2025-02-28\n"
        "\n"
        "[scores]\n"
        "equity = 3\n"
        '"odd key" = true\n'
        "\n"
        "[[evidence]]\n"
        'id = "e1"\n'
        'statements = ["equity"]\n'
    )


def test_long_lists_take_a_line_for_each_item() -> None:
    """A list that is too long for a line has each item on a line of its own."""
    assert to_toml({"a": ["x" * 60, "y" * 60]}) == f'a = [\n  "{"x" * 60}",\n  "{"y" * 60}",\n]\n'
