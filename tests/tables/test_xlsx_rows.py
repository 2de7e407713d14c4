"""Rows of Excel that are cut without a parser are those that the parser gives, and a file is as sound as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careassure.errors import CareAssureError
from careassure.tables import container, xlsx_sheet
from careassure.tables.container import open_container
from careassure.tables.sheets import SheetRow
from careassure.tables.xlsx import sheets_of
from tables.spreadsheets import xlsx_parts, zip_file

TEXTS = st.text('ab3.-E< >&"é\u4e2d]\t_x0041', max_size=8).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;")
)
NUMBERS = st.one_of(
    st.sampled_from(
        ["3", "003", "-0", "0", "3.0", "0.28999999999999998", "1E-7", "1.5E3", "-12", "45991", "0.38", "x", ""]
    ),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers(-(10**18), 10**18).map(str),
)
STRINGS = ["Good", "a &amp; b", "", "long " * 50]
STYLES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="17"/></cellXfs>'


@st.composite
def cells(draw: st.DrawFn, row: int) -> str:
    """The cells of a row, most of them in the plain form."""
    made: list[str] = []
    column = 0
    for _ in range(draw(st.integers(0, 5))):
        column += draw(st.sampled_from([1, 1, 1, 2, 30]))
        place = f' r="{letters(column)}{draw(st.sampled_from([row] * 20 + [row + 1]))}"'
        place = draw(st.sampled_from([place] * 20 + [""]))
        style = draw(st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="3"', ' s="99"']))
        kinds = [
            f"<c{place}{style}><v>{draw(NUMBERS)}</v></c>",
            f'<c{place}{style} t="n"><v>{draw(NUMBERS)}</v></c>',
            f'<c{place}{style} t="str"><v>{draw(TEXTS)}</v></c>',
            f'<c{place}{style} t="s"><v>{draw(st.sampled_from("01293"))}</v></c>',
            f"<c{place}{style}/>",
            f"<c{place}{style}></c>",
            f'<c{place} t="b"><v>1</v></c>',
            f'<c{place} t="e"><v>#N/A</v></c>',
        ]
        odd = [
            f"<c{place}><f>1+2</f><v>3</v></c>",
            f"<c{place}><f>1+2</f></c>",
            f'<c{place} t="inlineStr"><is><t>x</t></is></c>',
            f'<c{place} t="d"><v>2025-11-30T00:00:00</v></c>',
            f'<c t="n"{place}><v>3</v></c>',
        ]
        made.append(draw(st.sampled_from(kinds * 3 + odd)))
    return "".join(made)


def letters(column: int) -> str:
    return ("" if column <= 26 else chr(64 + (column - 1) // 26)) + chr(65 + (column - 1) % 26)


@st.composite
def sheets(draw: st.DrawFn) -> str:
    """The inside of a sheet: rows, and between them what a parser passes over or refuses."""
    made: list[str] = []
    row = 0
    for _ in range(draw(st.integers(0, 8))):
        row += draw(st.sampled_from([1, 1, 1, 3]))
        more = draw(st.sampled_from(["", "", ' spans="1:5"', ' s="1" customFormat="1"', ' hidden="1"', ' r="9"']))
        tag = draw(
            st.sampled_from([f'<row r="{row}"{more}>'] * 20 + ["<row>", f"<row r='{row}'>", f'<row r="{row - 1}">'])
        )
        made += [tag, draw(cells(row)), "</row>"]
        rare = ["<!-- </row> -->", "\n", "</row>", "<row/>", "<x>", "<![CDATA[<row]]>", "<?p?>", "a", "&amp;", "\x01"]
        made.append(draw(st.sampled_from([""] * 30 + rare)))
    return "".join(made)


def read(path: Path) -> list[SheetRow] | str:
    """The rows of the only sheet, or why there are none."""
    try:
        return list(sheets_of(open_container(path))[0].rows())
    except CareAssureError as error:
        return error.message


def unchanged(chunks: Iterator[bytes], _: object) -> Iterator[bytes]:
    return chunks


@given(sheet=sheets(), size=st.integers(20, 3000))
@example(sheet='<row r="1"><c r="A1"><v>3</v></c></row>', size=30)
@example(
    sheet='<row r="1"><c r="A"><v>3</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B"><v>2</v></c></row>', size=30
)
def test_rows_that_are_cut_are_those_of_the_parser(
    sheet: str, size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever a sheet holds, in pieces of any size, the same rows come of it, or the same is said of it."""
    strings = "".join(f"<si><t>{text}</t></si>" for text in STRINGS)
    parts = xlsx_parts(f"<sheetData>{sheet}</sheetData>", strings=strings, styles=STYLES)
    path = zip_file(tmp_path_factory.getbasetemp() / "rows.xlsx", parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(container, "CHUNK", size)
        cut = read(path)
        patch.setattr(xlsx_sheet, "_without_plain", unchanged)
        parsed = read(path)
    assert cut == parsed


def test_plain_rows_need_no_parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a file as Excel writes it, the parser sees what is around the rows and the one with a formula."""
    rows = [
        f'<row r="{at}" spans="1:2"><c r="A{at}" s="1"><v>{at}</v></c><c r="B{at}"><v>0.5</v></c></row>'
        for at in range(1, 900)
    ]
    rows[500] = '<row r="501"><c r="A501"><f>1+2</f><v>3</v></c></row>'
    path = zip_file(tmp_path / "a.xlsx", xlsx_parts(f"<sheetData>{''.join(rows)}</sheetData>"))
    seen: list[bytes] = []
    original = xlsx_sheet._without_plain

    def spied(chunks: Iterator[bytes], reader: xlsx_sheet._Rows) -> Iterator[bytes]:
        for piece in original(chunks, reader):
            seen.append(piece)
            yield piece

    monkeypatch.setattr(container, "CHUNK", 4096)
    monkeypatch.setattr(xlsx_sheet, "_without_plain", spied)
    found = read(path)
    assert len(found) == 899
    assert b"".join(seen).count(b"<row") == 1


@pytest.mark.parametrize("declared", ["utf-16", "iso-8859-1", "UTF-8", "utf-8"])
def test_the_encoding_of_a_sheet_is_kept(declared: str, tmp_path: Path) -> None:
    parts = xlsx_parts('<sheetData><row r="1"><c r="A1" t="str"><v>Café</v></c></row></sheetData>')
    name = "xl/worksheets/s.xml"
    sheet = f'<?xml version="1.0" encoding="{declared}"?>{parts[name]}'
    path = zip_file(tmp_path / "a.xlsx", {**parts, name: sheet.encode(declared)})
    assert read(path) == [SheetRow(1, ["Café"])]
