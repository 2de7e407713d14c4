"""Reading JSON and TOML as plain tables, strictly."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import ReadError
from careassure.io import formats
from careassure.io.formats import DEEPEST_KEY, LONGEST_WORD, parse
from careassure.testing.strategies import texts
from helpers import tried
from patience import PATIENCE

json_like = st.text(st.sampled_from("{}[]\",:=\n 0123456789.-+eabtrufnlsx_#'\\")) | texts()


@pytest.mark.parametrize(
    "text",
    ['{"a": 1, "a": 1}', '{"b": {"a": 1, "c": 2, "a": 3}}', '{"b": [{"a": 1, "a": 2}]}', "a = 1\na = 2", "[a]\n[a]\n"],
)
def test_keys_stand_once(text: str) -> None:
    """A key that appears twice in one object, however deep, is refused, in JSON as in TOML."""
    with pytest.raises(ReadError) as raised:
        parse(text, "f.json")
    assert str(raised.value.where) == "f.json"


def test_a_key_that_stands_twice_is_named() -> None:
    """The refusal of a key that stands twice in JSON names the key."""
    with pytest.raises(ReadError, match=r"^the key 'scores' appears twice in one object\. Keep one of them$"):
        parse('{"scores": {}, "x": 1, "scores": {}}')


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_does_not_know_are_refused(number: str) -> None:
    """Not-a-number and the infinities, which some programs write into JSON, are refused by name."""
    with pytest.raises(ReadError, match=f"{number} is not a number in JSON. Leave out what is not known"):
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
    with pytest.raises(ReadError, match=r"nested too deeply|more than 32 parts"):
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
        assert isinstance(found, dict) or (isinstance(found, ReadError) and str(found.where) == "file")


LARGE: dict[str, Callable[[], str]] = {
    "a key of 40,000 parts": lambda: ".".join("a" * 40_000) + " = 1",
    "a header of 40,000 parts": lambda: f"[{'.'.join('a' * 40_000)}]",
    "a key of quoted parts": lambda: ".".join(['"a"'] * 40_000) + " = 1",
    "a key with spaces": lambda: " . ".join("a" * 40_000) + " = 1",
    "a key behind a closed text": lambda: '["""a"""", {' + ".".join("a" * 40_000) + " = 1}]",
    "a key behind a text with quotes": lambda: 'x = """a\\"""" # """\n' + ".".join("a" * 40_000) + " = 1",
    "a key behind a comment": lambda: "# it's \"so\n" + ".".join("a" * 40_000) + " = 1",
    "a million keys": lambda: "".join(f"x{number}.a.a.a.a.a.a.a.a.a.a = 1\n" for number in range(50_000)),
    "an integer of five million digits": lambda: "x = " + "1" * 2_000_000,
    "an integer with lines in it": lambda: "x = " + "1_" * 1_000_000 + "1",
    "a fraction of five million digits": lambda: "x = 0." + "1" * 2_000_000,
    "a hexadecimal integer": lambda: "x = 0x" + "f" * 2_000_000,
    "a bare key of five million letters": lambda: "x" * 2_000_000 + " = 1",
    "empty lists": lambda: "x = [" + "[]," * 200_000 + "]",
    "inline tables": lambda: "x = [" + "{a=1}," * 90_000 + "]",
    "tables": lambda: "[[a]]\n" * 90_000,
    "lines": lambda: "\n" * 2_000_000 + "x = 1",
    "comments": lambda: "#\n" * 1_000_000 + "x = 1",
    "brackets": lambda: "x = " + "[" * 100_000,
    "braces": lambda: "x = " + "{a=" * 100_000,
    "quotes": lambda: '"' * 2_000_000,
    "apostrophes": lambda: "'" * 2_000_000,
    "an open text of escapes": lambda: 'x = """' + "\\n" * 200_000,
    "an open text of quotes": lambda: "x = '''" + "'a" * 1_000_000,
    "json brackets": lambda: '{"x": ' + "[" * 100_000,
    "json objects": lambda: '{"x": ' * 100_000,
    "json integer": lambda: '{"x": ' + "1" * 2_000_000 + "}",
    "json fraction": lambda: '{"x": 1.' + "1" * 2_000_000 + "}",
    "json lists": lambda: '{"x": [' + "[]," * 200_000 + "]}",
    "a doubled key": lambda: "{" + "".join(f'"k{number}": 1, ' for number in range(50_000)) + '"k0": 1}',
}


PARSED = {
    "lines",
    "quotes",
    "apostrophes",
    "brackets",
    "braces",
    "an open text of escapes",
    "an open text of quotes",
    "json brackets",
    "json objects",
    "a doubled key",
}


@pytest.mark.parametrize("name", LARGE)
def test_what_no_real_file_holds_is_refused_in_time(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would take a parser more memory than a few times its size is refused before it is parsed; all in time."""
    text = LARGE[name]()
    if name not in PARSED:
        monkeypatch.setattr(formats, "_parse_toml", lambda *_: pytest.fail("it was parsed"))
        monkeypatch.setattr(formats, "_parse_json", lambda *_: pytest.fail("it was parsed"))
    start = time.process_time()
    if name == "lines":
        assert parse(text) == {"x": 1}
    else:
        with pytest.raises(ReadError):
            parse(text, "f")
    assert time.process_time() - start < 5 * PATIENCE


@given(
    st.lists(st.sampled_from(['"""', "'''", *"\"'\\#\n.a=[] ", "a.a.a.a", 'x = """', "x = '''", '"""\n'])),
)
def test_nothing_that_the_parser_reads_is_hidden_from_the_bound(pieces: list[str]) -> None:
    """Where TOML is read at all, no key in it has more parts than the bound that was set before it was parsed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formats, "DEEPEST_KEY", 4)
        found = tried(lambda: parse("".join(pieces)))
    assert not isinstance(found, dict) or depth(found) <= 4


def depth(value: object) -> int:
    """How many tables lie within each other."""
    return 1 + max(map(depth, value.values()), default=0) if isinstance(value, dict) else 0


def test_a_bound_is_the_last_that_is_read() -> None:
    """A key of as many parts, a word of as many letters and a file of as many marks as the bounds allow are read."""
    assert depth(parse(".".join("a" * DEEPEST_KEY) + " = 1")) == DEEPEST_KEY
    assert parse("x" * LONGEST_WORD + " = 1") == {"x" * LONGEST_WORD: 1}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formats, "MOST_MARKS", 24)
        assert len(str(parse("x = [" + "1," * 10 + "]"))) == 37
        with pytest.raises(ReadError, match="it holds more than 24 words"):
            parse("x = [" + "1," * 11 + "]")


@pytest.mark.parametrize(
    "text", ["1.5.1.2", "a " * 300_000, "a.b.c.d " * 10, 'x "y" ' * 50, "# a.a" + ".a" * 90, "y" * 900]
)
@pytest.mark.parametrize("form", ["x = '''{}'''", 'x = """{}"""'])
def test_what_stands_in_a_text_has_no_bound(text: str, form: str) -> None:
    """Points, long words and any number of words may stand in a text."""
    assert parse(form.format(text)) == {"x": text}
