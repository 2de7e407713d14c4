"""Delimited text: what was written is read back cell for cell, and what is wrong is told with its row."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from careassure.errors import CareAssureError, InvalidTableError, ReadError
from careassure.tables.delimited import open_delimited
from careassure.tables.headers import is_number, tidy
from careassure.tables.table import Options, TableFile

FIELD = Path(__file__).with_name("data") / "field"
QS = [f"QS{number}" for number in range(1, 10)]
HEADER = ",".join(["council", *QS])
FACTORY = pytest.TempPathFactory


def table(folder: Path, text: str | bytes, options: Options | None = None, name: str = "t.csv") -> TableFile:
    """The table in a file of this text."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return open_delimited(path, options or Options())


def rows(found: TableFile) -> list[tuple[int, tuple[str, ...]]]:
    """Its rows in which nothing is wrong, with their numbers."""
    return [(line.number, line.cells) for line in found.read() if not line.problems]


def wrong(found: TableFile) -> list[tuple[int, str]]:
    """The rows in which something is wrong, with what it is."""
    return [(line.number, problem.message) for line in found.read() for problem in line.problems]


def refusal(folder: Path, text: str | bytes, options: Options | None = None) -> str:
    """What is said of a file that cannot be read, be it when it is opened or later."""
    with pytest.raises(CareAssureError) as raised:
        list(table(folder, text, options).read())
    assert isinstance(raised.value, ReadError | InvalidTableError)
    return str(raised.value)


# ------------------------------------------------- what was written is read back

CELLS = st.text(st.sampled_from("abcXYZ019 ,;|\t\"'\n\réß€“\u2013.-=#\u200b"), max_size=8)
HEADERS = st.text(st.sampled_from('abcdefgh QS,;"é€'), min_size=1, max_size=6).map(tidy).filter(str)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom", "windows-1252")


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    """Column headers, and rows that hold something beside them and do not look like them."""
    width = draw(st.integers(1, 6))
    headers = draw(st.lists(HEADERS, min_size=width, max_size=width, unique_by=lambda text: text))
    body = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))
    kept = [row for row in body if any(tidy(cell) for cell in row)]
    assume(all(sum(tidy(cell) in headers for cell in row) < 2 for row in kept))
    return headers, kept


def only_words(row: Sequence[str]) -> bool:
    """Whether two or more cells at the beginning of a row are filled, none of them with a number."""
    texts = [tidy(cell) for cell in row]
    held = [text for text in texts if text]
    return len(held) > 1 and not any(map(is_number, held))


def written(lines: Sequence[Sequence[str]], separator: str, end: str, *, quoted: bool = False) -> str:
    """Rows as a spreadsheet writes them; the writer of Python leaves a lone carriage return without quotation marks."""

    def cell(text: str) -> str:
        if quoted or any(mark in text for mark in (separator, '"', "\r", "\n")):
            return '"' + text.replace('"', '""') + '"'
        return text

    return "".join(separator.join(map(cell, line)) + end for line in lines)


def encoded(text: str, encoding: str) -> bytes:
    """Text in an encoding, with a byte order mark where the name says so."""
    plain = encoding.removesuffix("-bom")
    return (("\ufeff" if plain != encoding else "") + text).encode(plain)


@given(
    made=tables(),
    separator=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoted=st.booleans(),
    encoding=st.sampled_from(ENCODINGS),
    blanks=st.lists(st.integers(0, 7), max_size=3),
    stated=st.booleans(),
)
def test_what_was_written_is_read_back(
    made: tuple[list[str], list[list[str]]],
    separator: str,
    end: str,
    quoted: bool,
    encoding: str,
    blanks: list[int],
    stated: bool,
    tmp_path_factory: FACTORY,
) -> None:
    """In every dialect that is named, each cell of each row comes back as it was written, under its row's number."""
    headers, body = made
    # Below a blank row, words in every cell may be the headers of a second table.
    assume(not blanks or not any(map(only_words, body)))
    # Text alone below a blank row may be a note on the table.
    assume(not blanks or all(len(row) == 1 or any(map(tidy, row[1:])) for row in body))
    lines: list[list[str]] = [headers, *body]
    for place in sorted(blanks):
        lines.insert(min(place, len(lines)), [])
    text = (f"sep={separator}{end}" if stated else "") + written(lines, separator, end, quoted=quoted)
    if encoding == "windows-1252":
        assume("\u200b" not in text)
    path = tmp_path_factory.getbasetemp() / "t.csv"
    path.write_bytes(encoded(text, encoding))
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line]
    named = "windows-1252" if encoding == "windows-1252" else None
    found = open_delimited(path, Options(separator, named, numbered[0][0]))
    assert found.layout.headers == tuple(headers)
    assert found.layout.header_row == numbered[0][0]
    assert rows(found) == [(number, tuple(line)) for number, line in numbered[1:]]
    assert wrong(found) == []


WORDS = st.text(st.sampled_from("abcdefgé -'"), min_size=1, max_size=8).filter(lambda text: bool(tidy(text)))


@given(
    separator=st.sampled_from(",;\t|"),
    banners=st.lists(st.sampled_from(["", "CQC Locations data", "Scores, as of May; draft", "Theme 1"]), max_size=7),
    padded=st.booleans(),
    body=st.lists(st.tuples(WORDS, *[st.sampled_from(["1", "2", "3,5", "", "n/a"])] * 4), min_size=1, max_size=9),
    encoding=st.sampled_from([name for name in ENCODINGS if name != "windows-1252"]),
)
def test_the_dialect_and_the_headers_are_found(
    separator: str,
    banners: list[str],
    padded: bool,
    body: list[tuple[str, ...]],
    encoding: str,
    tmp_path_factory: FACTORY,
) -> None:
    """Under titles, banners and blank lines, whatever the separator and encoding, the same rows are found."""
    headers = ["council", "one", "two", "three", "four"]
    above = [[text, *[""] * 4 * padded] for text in banners]
    path = tmp_path_factory.getbasetemp() / "t.csv"
    path.write_bytes(encoded(written([*above, headers, *body], separator, "\r\n"), encoding))
    found = open_delimited(path)
    assert found.layout.separator == separator
    assert found.layout.headers == tuple(headers)
    assert found.layout.header_row == len(banners) + 1
    assert rows(found) == [(number, line) for number, line in enumerate(body, len(banners) + 2)]
    assert bool(found.layout.notes) == bool(banners or separator != "," or encoding.startswith("utf-16"))


# ------------------------------------------------------------- field cases


@pytest.mark.parametrize(
    ("name", "councils", "numbers"),
    [
        ("apostrophes", ["'Alpha'", "'Beta'"], [2, 3]),
        ("blank_lines", ["Alpha", "Beta"], [2, 4]),
        ("mixed_line_ends", ["Alpha", "Beta"], [2, 3]),
        ("semicolons", ["Alpha"], [2]),
        ("zero_width_space", ["Alpha"], [2]),
    ],
)
def test_field_cases_are_read(name: str, councils: list[str], numbers: list[int]) -> None:
    """Each has its rows, and no others."""
    found = open_delimited(FIELD / f"{name}.csv")
    assert found.layout.headers == ("council", *QS)
    assert [cells[0] for _, cells in rows(found)] == councils
    assert [number for number, _ in rows(found)] == numbers
    assert wrong(found) == []


def test_rows_cut_short_and_a_note_are_refused() -> None:
    """A row that was cut off and the source below a table are told with their rows; the whole row is kept."""
    found = open_delimited(FIELD / "short_rows_and_footer.csv")
    assert [number for number, _ in rows(found)] == [2]
    assert wrong(found) == [
        (3, "it has 5 cells for 10 column headers"),
        (4, "it looks like a note on the table, not a row of it"),
    ]


def test_a_second_table_is_refused_from_where_it_begins() -> None:
    """Every row from the second table's headers on is refused and names the row in which it begins."""
    found = open_delimited(FIELD / "stacked_two_widths.csv")
    assert [number for number, _ in rows(found)] == [2, 3]
    assert wrong(found) == [
        (4, "a second table seems to begin here, with 11 columns"),
        (5, "it belongs to a second table, which begins in row 4"),
    ]


def test_windows_1252_is_refused_with_its_place_and_read_when_named() -> None:
    """What Excel saves as plain CSV is refused with the byte, row and cure, and read with the option."""
    with pytest.raises(ReadError) as raised:
        list(open_delimited(FIELD / "windows_1252.csv").read())
    assert str(raised.value.where) == "windows_1252.csv, row 2"
    assert raised.value.message.startswith("byte 56 (0x96) is not UTF-8 text")
    assert '"St Example \u2013 north' in raised.value.message
    assert raised.value.hint == 'Save it as "CSV UTF-8", or give --encoding windows-1252'
    found = open_delimited(FIELD / "windows_1252.csv", Options(encoding="windows-1252"))
    assert [cells[0] for _, cells in rows(found)] == ["St Example \u2013 north"]


@pytest.mark.parametrize(
    "name", ["s[1].csv", "~x.csv", "a=1.csv", "*.csv", "a,b.csv", " .csv", "s?.csv", "$HOME.csv", "%41.csv", "{a}.csv"]
)
def test_a_path_is_a_path(name: str, tmp_path: Path) -> None:
    """No sign in a file's name is a pattern, a variable or a home."""
    for other in ("s1.csv", "x.csv", "sa.csv", "A.csv", "a.csv", "b.csv"):
        (tmp_path / other).write_text("council,QS1\nWrong,1\n")
    found = table(tmp_path, "council,QS1\nRight,3\n", name=name)
    assert rows(found) == [(2, ("Right", "3"))]
    assert found.layout.file == name
    os.remove(tmp_path / name)  # noqa: PTH107
    with pytest.raises(ReadError, match="no such file"):
        open_delimited(tmp_path / name)
