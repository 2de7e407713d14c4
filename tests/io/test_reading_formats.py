"""Reading JSON and TOML as plain tables, strictly."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import ReadError
from careassure.io.formats import parse
from strategies import texts, tried

json_like = st.text(st.sampled_from("{}[]\",:=\n 0123456789.-+eabtrufnlsx_#'\\")) | texts()


@pytest.mark.parametrize(
    "text",
    ['{"a": 1, "a": 1}', '{"b": {"a": 1, "c": 2, "a": 3}}', '{"b": [{"a": 1, "a": 2}]}', "a = 1\na = 2", "[a]\n[a]\n"],
)
def test_keys_stand_once(text: str) -> None:
    """A key that stands twice in one object, however deep, is refused, in JSON as in TOML."""
    with pytest.raises(ReadError) as raised:
        parse(text, "f.json")
    assert raised.value.where == "f.json"


def test_a_key_that_stands_twice_is_named() -> None:
    """The refusal of a key that stands twice in JSON names the key."""
    with pytest.raises(ReadError, match=r"^the key 'scores' stands twice in one object\. Keep one of them$"):
        parse('{"scores": {}, "x": 1, "scores": {}}')


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_know_are_refused(number: str) -> None:
    """Not-a-number and the infinities, which some programs write into JSON, are refused by name."""
    with pytest.raises(ReadError, match=f"{number} is no number in JSON. Leave out what is not known"):
        parse(f'{{"a": [{number}]}}')


@pytest.mark.parametrize("text", ["[1, 2]", "[{}]", '"text"', "3", "null", "true", "[[1], [2]]"])
def test_json_without_an_object_at_its_top_is_refused(text: str) -> None:
    """JSON that holds no object at its top is refused."""
    assert not isinstance(json.loads(text), dict)
    with pytest.raises(ReadError):
        parse(text)


@pytest.mark.parametrize("digits", ["9" * 20, "1" * 5000, "-" + "9" * 30])
@pytest.mark.parametrize("form", ['{{"a": {}}}', '{{"a": {{"b": [{}]}}}}', "a = {}", "[a]\nb = [[{}]]"])
def test_huge_numbers_are_refused(digits: str, form: str) -> None:
    """A whole number of more than 64 bits is refused, however long it is."""
    with pytest.raises(ReadError, match="a whole number in it is too large"):
        parse(form.format(digits))


@given(st.integers(-(2**63), 2**63 - 1))
def test_numbers_of_64_bits_are_read(number: int) -> None:
    """Every whole number of 64 bits is read exactly, from JSON and from TOML."""
    assert parse(f'{{"a": {number}}}') == parse(f"a = {number}") == {"a": number}


@pytest.mark.parametrize("depth", [101, 500, 2000, 100_000])
@pytest.mark.parametrize(
    "make",
    [
        lambda depth: '{"a":' * depth + "1" + "}" * depth,
        lambda depth: '{"a":' + "[" * depth + "]" * depth + "}",
        lambda depth: "a = " + "[" * depth + "]" * depth,
        lambda depth: "a = " + "{a = " * depth + "1" + "}" * depth,
        lambda depth: ".".join(["a"] * min(depth, 2000)) + " = 1",
    ],
)
def test_deep_nesting_is_refused(make: Callable[[int], str], depth: int) -> None:
    """Tables or lists that are nested too deeply are refused, without running out of stack."""
    with pytest.raises(ReadError, match="nested too deeply"):
        parse(make(depth))


@pytest.mark.parametrize("depth", [1, 10, 60])
def test_usual_nesting_is_read(depth: int) -> None:
    """Nesting as it occurs in real files is read."""
    assert parse('{"a":' * depth + "1" + "}" * depth) != {}
    assert parse("a = " + "[" * depth + "]" * depth) != {}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{\n "a": 1,\n b: 2}', 3),
        ('{\n"a": 1\n"b": 2}', 3),
        ("{'a': 1}", 1),
        ('{"a": 1', 1),
        ('{"a": 01}', 1),
        ("{}{}", 1),
    ],
)
def test_slips_in_json_have_their_line(text: str, line: int) -> None:
    """A slip in the syntax of JSON is reported with its line and the file."""
    with pytest.raises(ReadError, match=rf"^data.json: the JSON is wrong: .*\(at line {line}, column \d+\)$"):
        parse(text, "data.json")


@pytest.mark.parametrize(
    ("text", "line"), [("a = 1\nb = \n", 2), ("a 1", 1), ("a = 1\n\n[b\n", 3), ("x = 2025-13-01", 1), ("a = '", 1)]
)
def test_slips_in_toml_have_their_line(text: str, line: int) -> None:
    """A slip in the syntax of TOML is reported with its line or the end of the text, and the file."""
    with pytest.raises(
        ReadError, match=rf"^data.toml: the TOML is wrong: .*(at line {line}, column \d+|end of document)"
    ):
        parse(text, "data.toml")


def test_json_is_told_from_toml_by_its_brace() -> None:
    """Text that begins with a brace, after any white space, is JSON; anything else is TOML."""
    assert parse('\n\t {"a": 1}') == parse("\n a = 1") == {"a": 1}
    with pytest.raises(ReadError, match="It was read as TOML; JSON would begin with a brace"):
        parse("<html>")


@given(json_like)
def test_any_text_is_a_table_or_refused_by_our_error(text: str) -> None:
    """Whatever the text is, it is read as a table or refused by the library's own error."""
    for candidate in (text, "{" + text, f'{{"a": {text}}}', f"a = {text}"):
        found = tried(lambda text=candidate: parse(text, "file"))  # type: ignore[misc]
        assert isinstance(found, dict) or (isinstance(found, ReadError) and found.where == "file")
