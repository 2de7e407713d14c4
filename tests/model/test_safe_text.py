"""Text made safe for a terminal, a page and a spreadsheet."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careassure.model.safe_text import (
    ascii_json,
    columns,
    guarded,
    one_line,
    padded,
    printable,
    shown_in_json,
    shown_in_page,
    unguarded,
)

ANY = st.text(st.characters(categories=None) | st.sampled_from("\x1b\x07\x9b\u202e\u2066\u200b\ufeff\u3164\ufe0f\n\r"))
SIGNS = ("=", "+", "-", "@", "|", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\ufe66")
HEADS = (*SIGNS, "\t", "\r", "\n")
BEFORE = st.text(st.sampled_from(" \t\"'\u2018\u201c\u00a0\u200b\ufeff\u3164"), max_size=3)
CELLS = st.builds("".join, st.tuples(BEFORE, st.sampled_from(HEADS), ANY)) | ANY
NUMBERS = (
    st.integers().map(str)
    | st.integers().map(lambda number: f"{number:+}")
    | st.floats(allow_nan=False, allow_infinity=False).map(str)
    | st.decimals(allow_nan=False, allow_infinity=False).map(str)
    | st.integers().map(lambda number: f"{number:,}")
    | st.floats(-1e6, 1e6).map(lambda number: f"{number:+.2e} %")
)


@given(ANY)
def test_what_is_shown_steers_nothing(text: str) -> None:
    """Shown text is one line of characters that can be seen, and showing it again changes nothing."""
    found = printable(text)
    assert all(char.isprintable() or unicodedata.category(char) == "Zs" for char in found)
    assert not re.search("[\u034f\u115f\u1160\u3164\ufe00-\ufe0f\uffa0]", found)
    assert len(found.splitlines()) <= 1
    assert printable(found) == found


@given(ANY, st.sampled_from(["", "\n", "\n\t"]))
def test_what_can_be_seen_stays(text: str, keep: str) -> None:
    """Each character is kept as it is or stands as the code that Python writes for it."""
    codes = (char if char in keep else ascii(char)[1:-1] for char in text)
    pieces = [char if printable(char, keep) == char else code for char, code in zip(text, codes, strict=True)]
    assert printable(text, keep) == "".join(pieces)


@pytest.mark.parametrize("text", ["Llŷn", "A\u00a0b", "Ełk 中文", "العربية", "e\u0301", "😀", "C:\\x1b", "5 % “so”"])
def test_ordinary_words_are_not_touched(text: str) -> None:
    """Letters of any script, marks on letters, spaces and signs stay as they are."""
    assert printable(text) == shown_in_page(text) == text


@pytest.mark.parametrize(
    "point",
    [0x00, 0x07, 0x08, 0x09, 0x0A, 0x0D, 0x1B, 0x7F, 0x80, 0x85, 0x90, 0x9B, 0x9D, 0xAD, 0x61C, 0x180E, 0x200B, 0x200C,
     0x200D, 0x200E, 0x200F, 0x2028, 0x2029, *range(0x202A, 0x202F), 0x2060, 0x2064, *range(0x2066, 0x206A), 0x3164,
     0xD800, 0xDC80, 0xDFFF, 0xE000, 0xFDD0, 0xFE0F, 0xFEFF, 0xFFF9, 0xFFFF, 0x1D173, 0xE0001, 0xE0100, 0x10FFFF],
)  # fmt: skip
def test_each_kind_that_hides_or_steers_is_shown(point: int) -> None:
    """Control characters, direction marks, what has no width, separators and half characters stand as their code."""
    assert printable(f"a{chr(point)}b") == f"a{ascii(chr(point))[1:-1]}b"


@given(ANY)
def test_a_page_holds_nothing_that_html_forbids(text: str) -> None:
    """What goes into a page has no forbidden character and no mark of direction, and everything else is as it was."""
    found = shown_in_page(text)
    assert all(unicodedata.category(char) not in ("Cc", "Cs") or char in "\t\n\r" for char in found)
    assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", found)
    assert not any(ord(char) & 0xFFFE == 0xFFFE for char in found)
    assert len(found) >= len(text)


@given(st.builds("".join, st.tuples(st.text("'", max_size=3), CELLS)))
@example("'\t")
@example("''\r\n")
@example("'-3")
@example("''=1")
def test_a_guarded_cell_is_read_back(text: str) -> None:
    """Guarding only puts an apostrophe before a cell, and taking it away gives the cell again, whatever it holds."""
    assert unguarded(guarded(text)) == text
    assert guarded(text) in (text, f"'{text}")


@given(BEFORE, st.sampled_from(SIGNS), st.sampled_from(["1+1", "cmd|' /C calc'!A0", "SUM(A1)", "x"]))
def test_a_formula_is_guarded_behind_anything_that_is_passed_over(before: str, head: str, rest: str) -> None:
    """A cell that begins with a sign of a formula is guarded, also behind spaces, quotation marks and the unseen."""
    assert guarded(before + head + rest) == f"'{before}{head}{rest}"


@given(
    NUMBERS
    | st.dates().map(str)
    | st.sampled_from(["-", "-3", "+2.5", "1e5", "-.5", "-5 %", " -3", "", "York", "'t Hof"])
)
def test_numbers_and_dates_stay(text: str) -> None:
    """Plain numbers of either sign, dates, a lone hyphen and ordinary words are no formulas."""
    assert guarded(text) == unguarded(text) == text


@given(st.text("aé中\uff1d\u0301", max_size=9))
def test_wide_characters_take_two_columns(text: str) -> None:
    """A wide character takes two columns and a mark on another none."""
    assert columns(text) == sum({"a": 1, "é": 1, "中": 2, "\uff1d": 2, "\u0301": 0}[char] for char in text)


def test_marks_take_no_column() -> None:
    """Neither a mark on a letter nor a ring around it takes a column of its own; a tab of a table is filled up."""
    assert [columns(text) for text in ("", "ab", "e\u0301", "a\u20dd", "\u4e2da")] == [0, 2, 1, 1, 3]
    assert (padded("\u4e2d", 4), padded("abc", 2)) == ("\u4e2d  ", "abc")


@pytest.mark.parametrize("point", [0x00, 0x08, 0x0B, 0x0C, 0x0E, 0x1F, 0x7F, 0x80, 0x9F, 0x61C, 0x200E, 0x200F, 0x202A,
                                   0x202E, 0x2066, 0x2069, 0xD800, 0xDFFF, 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE,
                                   0x10FFFF])  # fmt: skip
def test_what_a_page_may_not_hold_is_shown(point: int) -> None:
    """Each end of each range that HTML forbids, and each mark of direction, stands in a page as its code."""
    assert shown_in_page(f"a{chr(point)}b") == f"a{ascii(chr(point))[1:-1]}b"


@pytest.mark.parametrize("point", [0x09, 0x0A, 0x0D, 0x20, 0x7E, 0xA0, 0x200D, 0x2010, 0x2029, 0x202F, 0x2065, 0x206A,
                                   0xE000, 0xFDCF, 0xFDF0, 0xFFFD, 0x1FFFD, 0x10FFFD])  # fmt: skip
def test_what_a_page_may_hold_stays(point: int) -> None:
    """The neighbours of those ranges stay as they are."""
    assert shown_in_page(chr(point)) == chr(point)


@given(ANY, st.booleans())
def test_json_holds_the_same(text: str, alone: bool) -> None:
    """JSON of any text, halves of characters too, gives the text again and steers nothing; it can be ASCII alone."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")  # two halves are one character
    written = json.dumps({"a": [text]}, ensure_ascii=False, indent=1)
    found = ascii_json(shown_in_json(written)) if alone else shown_in_json(written)
    assert json.loads(found) == {"a": [text]}
    assert printable(found, keep="\n") == found
    assert found.isascii() or not alone


@pytest.mark.parametrize("point", [0xD800, 0xDFFF])
def test_half_a_character_is_written_in_json(point: int) -> None:
    """Half a character, which UTF-8 cannot hold, stands in JSON as its escape."""
    half = chr(point)
    assert shown_in_json(json.dumps(half, ensure_ascii=False)) == ascii_json(f'"{half}"') == json.dumps(half)


@pytest.mark.parametrize(
    ("text", "line"), [("a\r\nb", "a b"), ("a\nb\tc", "a b c"), ("a\rb", r"a\rb"), ("\x0b", r"\x0b")]
)
def test_one_line_is_one_line(text: str, line: str) -> None:
    """Ends of lines and tabs become one space each; a lone return and other breaks are shown."""
    assert one_line(text) == line


@pytest.mark.parametrize(
    ("text", "plain"),
    [("-1,000.50", True), ("+.5e-3%", True), ("  -3 %", True), ("-1\n", True), ("-", True), ("--1", False),
     ("-1 1", False), ("+", False), ("-.", False), ("-1e", False), ("-3/4", False), ("-1%%", False), ("-\u0663", False),
     ("- 1", False), ("+44 20", False), ("-1-1", False), ("-a", False)],
)  # fmt: skip
def test_which_signs_make_a_number(text: str, plain: bool) -> None:
    """A sign before digits, commas, a point, an exponent or a per cent sign is a number; before all else a formula."""
    assert guarded(text) == (text if plain else f"'{text}")
