"""OpenDocument spreadsheets: the quick reader of plain rows and the true parser give the same, cell for cell."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from careassure.errors import ReadError
from careassure.tables import container, ods
from careassure.tables.container import open_container
from careassure.tables.ods import sheets_of
from careassure.tables.ods_cells import parsed_rows
from careassure.tables.ods_fast import Odd, plain_rows
from careassure.tables.opening import open_table
from careassure.tables.sheets import SheetRow
from careassure.tables.table import Options
from tables.spreadsheets import cells, ods_parts, ods_table, packed, zip_file

TEXT = st.text("abc <>&'\"é\u4e2d\t\U0001f600", max_size=6)


def cell(inside: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}>{inside}</table:table-cell>'


def paragraph(text: str) -> str:
    return f"<text:p>{escape(text, {chr(39): '&apos;'})}</text:p>"


def number(value: str, kind: str = "float", shown: str = "x") -> str:
    return (
        f'<table:table-cell table:style-name="ce2" office:value-type="{kind}" office:value="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def typed(kind: str, value: str, shown: str = "x") -> str:
    return f'<table:table-cell office:value-type="{kind}" {value}><text:p>{shown}</text:p></table:table-cell>'


PLAIN_CELLS = st.one_of(
    TEXT.map(lambda text: cell(paragraph(text))),
    TEXT.map(lambda text: cell(paragraph(text), ' table:style-name="ce1"')),
    st.integers(-999, 999).map(lambda value: number(str(value))),
    st.decimals(-9, 9, places=3).map(lambda value: number(str(value), "percentage")),
    st.sampled_from(
        [
            "<table:table-cell/>",
            '<table:table-cell table:number-columns-repeated="3"/>',
            '<table:table-cell table:style-name="ce1"/>',
            (
                '<table:table-cell office:value-type="date" office:date-value="2025-11-30"><text:p>30/11/25</text:p>'
                "</table:table-cell>"
            ),
        ]
    ),
)
ODD_CELLS = st.sampled_from(
    [
        cell("<text:p>a<text:s text:c='2'/>b</text:p>"),
        cell("<text:p>a</text:p><text:p>b</text:p>"),
        cell("<text:p>a<text:tab/>b<text:line-break/>c</text:p>"),
        cell("<text:p>a <text:span>b</text:span> <text:a>c</text:a></text:p>"),
        cell("<office:annotation><text:p>no</text:p></office:annotation><text:p>yes</text:p>"),
        cell("<text:p>a<!-- </text:p> -->b</text:p>"),
        cell("<text:p><![CDATA[<b> & c]]></text:p>"),
        cell("<text:p>&#65;&#x42;</text:p>"),
        cell("<text:p>x</text:p>", ' table:number-columns-repeated="2"'),
        cell("", ' office:string-value="only said"'),
        cell("<text:p/>"),
        cell("<text:p></text:p>"),
        "<table:covered-table-cell/>",
        (
            '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" '
            'calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>'
        ),
        typed("boolean", 'office:boolean-value="true"'),
        typed("time", 'office:time-value="PT12H30M00S"'),
        '<table:table-cell office:value-type="float" office:value="3"/>',
    ]
)
ROW_TAGS = st.sampled_from(['<table:table-row table:style-name="ro1">'] * 4 + ["<table:table-row>"])
ODD_ROW_TAGS = st.sampled_from(
    ['<table:table-row table:number-rows-repeated="2">', '<table:table-row table:visibility="collapse">']
)


def rows(cells: st.SearchStrategy[str], tags: st.SearchStrategy[str] = ROW_TAGS) -> st.SearchStrategy[str]:
    made = st.tuples(tags, st.lists(cells, max_size=6))
    return made.map(lambda row: f"{row[0]}{''.join(row[1])}</table:table-row>")


BETWEEN = st.sampled_from(
    ["", "", "", "\n  ", "<table:table-row/>", "<!-- </table:table-row> -->", "<text:soft-page-break/>"]
)
ANY_ROWS = rows(PLAIN_CELLS | ODD_CELLS, ROW_TAGS | ODD_ROW_TAGS)
TABLES = st.lists(st.tuples(BETWEEN, ANY_ROWS).map("".join), max_size=6).map(lambda made: ods_table(*made))


def read_both(content: bytes, table: int, size: int) -> tuple[list[SheetRow], list[SheetRow]]:
    """What the true parser gives, and what the quick reader gives with its help."""
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    quick: list[SheetRow] = []
    try:
        for row in plain_rows("f", pieces, table):
            quick.append(row)  # noqa: PERF402  (rows before an exception stay)
    except Odd:
        quick.extend(parsed_rows("f", pieces, table, quick[-1].number if quick else 0))
    return list(parsed_rows("f", pieces, table)), quick


@given(tables=st.lists(TABLES, min_size=1, max_size=3), size=st.integers(1, 2000), data=st.data())
def test_both_readers_give_the_same(tables: list[str], size: int, data: st.DataObject) -> None:
    content = ods_parts("".join(tables))["content.xml"].encode()
    slow, quick = read_both(content, data.draw(st.integers(0, len(tables) - 1)), size)
    assert quick == slow


HEAD, HEAD_ENDS = "<table:table-header-rows>", "</table:table-header-rows>"


@given(st.lists(TABLES, min_size=1, max_size=2), st.integers(1, 2000), st.integers(0, 4), st.integers(0, 4), st.data())
def test_rows_of_every_page_are_read_by_both_alike(
    tables: list[str], size: int, first: int, last: int, data: st.DataObject
) -> None:
    """Rows that are printed on every page are rows as others are, wherever they stand; a tag that lacks is refused."""
    wanted = data.draw(st.integers(0, len(tables) - 1))
    pieces = tables[wanted].split("<table:table-row")
    for tag, at in ((HEAD, first), (HEAD_ENDS, last)):
        if at < len(pieces):
            before = "</table:table>" if at == len(pieces) - 1 else ""
            pieces[at] = pieces[at].replace(before, tag + before) if before else pieces[at] + tag
    made = [*tables[:wanted], "<table:table-row".join(pieces), *tables[wanted + 1 :]]
    content = ods_parts("".join(made))["content.xml"].encode()
    try:
        slow, quick = read_both(content, wanted, size)
    except ReadError:
        with pytest.raises(ReadError):
            list(parsed_rows("f", [content], wanted))
    else:
        assert quick == slow


@given(made=st.lists(rows(PLAIN_CELLS), min_size=2, max_size=8), data=st.data())
def test_rows_of_every_page_need_no_parser(made: list[str], data: st.DataObject) -> None:
    """The quick reader takes rows that are printed on every page, also where they are the first or the last."""
    first = data.draw(st.integers(0, len(made) - 1))
    last = data.draw(st.integers(first, len(made) - 1))
    made[first] = HEAD + made[first]
    made[last] += HEAD_ENDS
    content = ods_parts(ods_table(*made))["content.xml"].encode()
    assert [*plain_rows("f", [content], 0)] == [*parsed_rows("f", [content], 0)]


@given(made=st.lists(rows(PLAIN_CELLS), min_size=1, max_size=8))
def test_plain_rows_need_no_parser(made: list[str]) -> None:
    content = ods_parts(ods_table(*made))["content.xml"].encode()
    assert [*plain_rows("f", [content], 0)] == [*parsed_rows("f", [content], 0)]


@given(
    table=st.lists(st.lists(st.text("abc &<>'é\u4e2d", min_size=1, max_size=6), min_size=2, max_size=5), min_size=1),
    quick=st.booleans(),
)
@example(table=[["&amp;", "&lt;"]], quick=True)
def test_texts_are_those_of_calamine(
    table: list[list[str]], quick: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = [f"<table:table-row>{''.join(cell(paragraph(text)) for text in row)}</table:table-row>" for row in table]
    inside = "" if quick else "<!-- slow -->"
    path = zip_file(tmp_path_factory.mktemp("ods") / "a.ods", ods_parts(ods_table(*made, inside=inside)))
    theirs = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    ours = {row.number: row.cells for row in sheets_of(open_container(path))[0].rows()}
    for at, row in enumerate(theirs, 1):
        assert ours.get(at, []) + [""] * (len(row) - len(ours.get(at, []))) == row


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (number("3"), "3"),
        (number("3.0"), "3"),
        (number("1E+022"), "10000000000000000000000"),
        (number("0.38", "percentage"), "38%"),
        (number("1234.5", "currency"), "1234.5"),
        (number("1", shown="TRUE"), "TRUE"),
        (number("0", shown="FALSE"), "FALSE"),
        (cell("<text:p>3</text:p>"), "3"),
        (cell("<text:p>x</text:p><text:p>y</text:p>"), "x\ny"),
        (cell("<text:p>tab<text:tab/>here</text:p>"), "tab\there"),
        (cell("<text:p>a <text:s text:c='2'/>b</text:p>"), "a   b"),
        (cell("<office:annotation><text:p>no</text:p></office:annotation><text:p>yes</text:p>"), "yes"),
        (cell("<text:p>#N/A</text:p>", ' office:string-value="" calcext:value-type="error"'), "#N/A"),
        (cell("<text:p>1.50</text:p>", ' office:string-value="1.5"'), "1.5"),
        (
            (
                '<table:table-cell office:value-type="date" office:date-value="2025-11-01"><text:p>Nov-25</text:p>'
                "</table:table-cell>"
            ),
            "2025-11",
        ),
        (
            (
                '<table:table-cell office:value-type="date" office:date-value="2025-11-01"><text:p>01/11/25</text:p>'
                "</table:table-cell>"
            ),
            "2025-11-01",
        ),
        (
            (
                '<table:table-cell office:value-type="date" office:date-value="2025-11-30T12:00:00"><text:p>x</text:p>'
                "</table:table-cell>"
            ),
            "2025-11-30T12:00:00",
        ),
    ],
)
def test_a_cell_is_its_exact_text(tmp_path: Path, markup: str, text: str) -> None:
    table = ods_table("Council|Score", f"<table:table-row>{cell('<text:p>York</text:p>')}{markup}</table:table-row>")
    path = zip_file(tmp_path / "a.ods", ods_parts(table))
    assert cells(path)[1] == ("York", text)


def test_a_formula_without_a_result_is_told(tmp_path: Path) -> None:
    made = '<table:table-row><table:table-cell table:formula="of:=1+2"/><table:table-cell/></table:table-row>'
    (line,) = open_table(zip_file(tmp_path / "a.ods", ods_parts(ods_table("A|B", made)))).read()
    assert "the formula has no result in the file" in str(line.problems[0])


def test_blank_rows_at_the_end_are_no_rows(tmp_path: Path) -> None:
    end = '<table:table-row table:number-rows-repeated="1048574">'
    end += '<table:table-cell table:number-columns-repeated="16384"/>'
    path = zip_file(tmp_path / "a.ods", ods_parts(ods_table("A|B", "1|2", f"{end}</table:table-row>")))
    assert cells(path) == [("A", "B"), ("1", "2")]


def test_repeated_rows_and_columns_are_rows_and_columns(tmp_path: Path) -> None:
    made = '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2" '
    made += 'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    table = open_table(zip_file(tmp_path / "a.ods", ods_parts(ods_table("A|B", made, "1|2"))))
    assert [(line.number, line.cells) for line in table.read()] == [
        *((number, ("x", "x")) for number in (2, 3, 4)),
        (5, ("1", "2")),
    ]


@pytest.mark.parametrize("prologue", ["", '<?xml version="1.0" encoding="iso-8859-1"?>'])
def test_the_encoding_is_that_of_the_prologue(tmp_path: Path, prologue: str) -> None:
    parts = ods_parts(ods_table("Council|Score", "Café|3"), prologue=prologue)
    content = parts["content.xml"].encode("iso-8859-1" if prologue else "utf-8")
    (tmp_path / "a.ods").write_bytes(packed({**parts, "content.xml": content}))
    assert cells(tmp_path / "a.ods")[1] == ("Café", "3")


def test_sheets_hidden_rows_and_merged_cells_are_told(tmp_path: Path) -> None:
    hidden = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    spanned = cell("<text:p>York</text:p>", ' table:number-rows-spanned="2" table:number-columns-spanned="1"')
    table = ods_table(
        "Council|Score",
        f'<table:table-row table:visibility="collapse">{spanned}{number("3")}</table:table-row>',
        f"<table:table-row><table:covered-table-cell/>{number('4')}</table:table-row>",
        inside='<table:table-column/><table:table-column table:visibility="collapse"/>',
        name="Now & then".replace("&", "&amp;"),
    )
    other = ods_table("Council|Score", "York|1", name="Old").replace(
        "<table:table ", '<table:table table:style-name="ta2" '
    )
    before = f"<office:automatic-styles>{hidden}</office:automatic-styles>"
    path = zip_file(tmp_path / "a.ods", ods_parts(table + other, before=before))
    read = open_table(path)
    assert read.layout.notes == (
        "The sheet 'Now & then' is read.",
        "Not read, as they are hidden: 'Old'.",
        "Hidden rows are read too: 2.",
        "Hidden columns are read too: B.",
        "Cells below the headers are merged: A2:A3.",
    )
    assert [(line.cells, len(line.problems)) for line in read.read()] == [(("York", "3"), 0), (("", "4"), 1)]
    assert cells(path, Options(sheet="Old")) == [("Council", "Score"), ("York", "1")]


def test_what_is_not_looked_at_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hidden rows are looked for in the first part of a very large file; that there is more is told."""
    hidden = '<table:table-row table:visibility="collapse">' + cell("<text:p>a</text:p>") * 2 + "</table:table-row>"
    many = [f"York {at}|{'x' * 1000}" for at in range(200)]
    path = zip_file(tmp_path / "a.ods", ods_parts(ods_table("A|B", hidden, *many, hidden)))
    told = "The file is very large: hidden and merged cells are told of its first part alone."
    assert open_table(path).layout.notes == ("Hidden rows are read too: 2 and 203.",)
    monkeypatch.setattr(ods, "CHUNK", 1 << 14)
    monkeypatch.setattr(container, "CHUNK", 1 << 14)
    monkeypatch.setattr(ods, "LOOKED_AT", 1 << 16)
    assert open_table(path).layout.notes == ("Hidden rows are read too: 2.", told)


def test_names_of_sheets_may_hold_anything(tmp_path: Path) -> None:
    name = "a\"b'<c>&é [1]"
    table = ods_table("A|B", "1|2").replace('"T"', quoteattr(name))
    path = zip_file(tmp_path / "a.ods", ods_parts(table + ods_table("A|B", "3|4")))
    assert cells(path, Options(sheet=name)) == [("A", "B"), ("1", "2")]


def test_a_table_in_a_cell_is_refused(tmp_path: Path) -> None:
    inner = ods_table("x|y", name="inner")
    path = zip_file(
        tmp_path / "a.ods", ods_parts(ods_table("A|B", f"<table:table-row>{cell(inner)}</table:table-row>"))
    )
    with pytest.raises(ReadError, match="a table inside a cell"):
        list(open_table(path).read())


@given(tables=st.lists(TABLES, max_size=3), names=st.permutations(["A", "B", "C &amp; D"]), size=st.integers(1, 300))
def test_the_tables_are_found_without_their_rows(
    tables: list[str], names: list[str], size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = "".join(table.replace('"T"', f'"{name}"') for table, name in zip(tables, names, strict=False))
    path = zip_file(tmp_path_factory.mktemp("ods") / "a.ods", ods_parts(made))
    content = ods_parts(made)["content.xml"].encode()
    found = ods._named("f", [content], None)
    assert [table.name for table in found] == [name.replace("&amp;", "&") for name in names[: len(tables)]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(container, "CHUNK", size)
        assert ods._tables(open_container(path), None) == found
        for wanted in found:
            assert wanted in ods._tables(open_container(path), wanted.name)
