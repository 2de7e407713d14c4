"""Each of the 36 items of "Making spreadsheets accessible: a brief checklist of the basics", on the written file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache

import pytest

from careassure.errors import InvalidInputError
from careassure.model.dates import PartialDate
from careassure.report.book import Book, BookSheet, Column, Formula, Input, Link
from careassure.report.book_file import book_bytes
from careassure.report.formula import Name, compared, when, words

from .seen_sheets import SeenBook, SeenCell, seen

KINDS = (".xlsx", ".ods")
GREETING = when(compared(words(Name("word"), ""), "=", "yes"), "Yes", "No")
LONG = "What was said about it, in so many words that they take more than one line of a cell of the usual width."


@lru_cache(maxsize=1)
def plain_book() -> Book:
    """A book with everything that one can hold."""
    return Book(
        "Indicators of two councils",
        ("Two indicators of adult social care, for two councils.",),
        (
            BookSheet(
                "Values",
                "Share of people who are satisfied, by council",
                (Column("Council"), Column("Share in percent", "exact"), Column("Replies [note 1]", "number"),
                 Column("Asked on", "date"), Column("Remark")),
                (("York", Fraction(800, 9), 1204, PartialDate(2025, 1, 2), LONG),
                 ("Leeds", Fraction(1, 3), 12, PartialDate(2025), None),
                 ("Hull", 25, None, None, "=1+1")),
                ("Councils stand in the order of their replies.",),
                "it is not known.",
            ),
            BookSheet("Try", "What a typed word comes to", (Column("Word", filled_in=True), Column("Greeting")),
                      ((Input("word", ("yes", "no"), prompt="Type yes or no"), Formula(GREETING)),)),
        ),
        ((1, "Replies that could be read."),),
        (Link("CQC, How we determine ratings", "https://www.cqc.org.uk/ratings"),),
    )  # fmt: skip


@pytest.fixture(scope="module", params=KINDS)
def book(request: pytest.FixtureRequest) -> SeenBook:
    """The book as a file of each kind."""
    return seen(book_bytes(plain_book(), request.param))


def texts(book: SeenBook) -> Iterator[str]:
    """Every text of a book."""
    for sheet in book.sheets:
        for row in sheet.rows:
            yield from (cell.text for cell in row if cell.kind == "text")


def cells(book: SeenBook) -> Iterator[SeenCell]:
    """Every cell of a book that holds something."""
    return (cell for sheet in book.sheets for row in sheet.rows for cell in row if cell.kind != "blank")


def in_tables(book: SeenBook) -> Iterator[SeenCell]:
    """Every cell of a table that holds something."""
    return (cell for sheet in book.sheets for row in sheet.table() for cell in row if cell.kind != "blank")


def marked(book: SeenBook) -> bool:
    return all(len(sheet.tables) == 1 for sheet in book.sheets)


def named(book: SeenBook) -> bool:
    names = [name for sheet in book.sheets for name in sheet.tables]
    own = all(name == f"table_{sheet.name.lower()}" for sheet in book.sheets for name in sheet.tables)
    return own and len(set(names)) == len(names)


def not_merged(book: SeenBook) -> bool:
    return not any(sheet.merged for sheet in book.sheets)


def no_blank_lines(book: SeenBook) -> bool:
    for sheet in book.sheets:
        rows = sheet.table()
        inputs = [row for row in zip(*rows[1:], strict=True) if all(cell.kind == "blank" for cell in row)]
        if any(all(cell.kind == "blank" for cell in row) for row in rows) or (inputs and sheet.name != "Try"):
            return False
    return True


def one_head(book: SeenBook) -> bool:
    for sheet in book.sheets:
        heads = [cell.text for cell in sheet.table()[0]]
        if len(set(heads)) < len(heads) or not all(cell.bold and cell.text for cell in sheet.table()[0]):
            return False
    return True


def wrapped(book: SeenBook) -> bool:
    return all(cell.wrap for cell in in_tables(book) if not cell.link)


def nothing_frozen(book: SeenBook) -> bool:
    return not any(sheet.frozen or sheet.filters for sheet in book.sheets) and 'filter-buttons="true' not in book.xml


def blanks_told(book: SeenBook) -> bool:
    for sheet in book.sheets:
        has = any(cell.kind == "blank" for row in sheet.table() for cell in row)
        told = any(cell.text.startswith("Some cells are blank: ") for cell in sheet.above)
        if has != told and sheet.name != "Try":
            return False
    return True


def nothing_hidden(book: SeenBook) -> bool:
    return not any(sheet.hidden for sheet in book.sheets)


def sensible_widths(book: SeenBook) -> bool:
    most = 62 if "xl/workbook.xml" in book.parts else 62 * 0.26
    return all(0 < width <= most for sheet in book.sheets for width in sheet.widths)


def no_symbols_for_notes(book: SeenBook) -> bool:
    signs = re.compile("[*\u2020\u2021\u00b9\u00b2\u00b3\u2070-\u209f]")
    return not any(signs.search(text) for text in texts(book)) and "vertAlign" not in book.xml


def the_word_note(book: SeenBook) -> bool:
    found = [text for text in texts(book) if re.search(r"\[.*\]", text)]
    return found == ["Replies [note 1]"] and "note 1" in texts(book)


def no_marks_in_data(book: SeenBook) -> bool:
    return not any("[note" in cell.text for sheet in book.sheets for row in sheet.table()[1:] for cell in row)


def notes_on_a_sheet(book: SeenBook) -> bool:
    sheet = next(sheet for sheet in book.sheets if sheet.name == "Notes")
    return [[cell.text for cell in row] for row in sheet.table()] == [
        ["Note", "What it says"], ["note 1", "Replies that could be read."],
    ]  # fmt: skip


def short_sentences(book: SeenBook) -> bool:
    return all(len(cell.text.split()) <= 25 for sheet in book.sheets for cell in sheet.above)


def links_say_where(book: SeenBook) -> bool:
    found = [cell for cell in cells(book) if cell.link]
    return len(found) >= 5 and not any(cell.text.startswith("http") or cell.text == "here" for cell in found)


def plain_letters(book: SeenBook) -> bool:
    return all(cell.font == "Arial" and cell.size >= 12 for cell in cells(book)) and "<i/>" not in book.xml


def titles_tagged(book: SeenBook) -> bool:
    firsts = [sheet.rows[0][0] for sheet in book.sheets]
    titles = {cell.text for cell in firsts}
    return all(cell.style == "Heading 1" and cell.size == 16 for cell in firsts) and len(titles) == len(firsts)


def no_bare_symbols(book: SeenBook) -> bool:
    return not any(re.fullmatch(r"[\W_]+", text) for text in texts(book))


def no_headers(book: SeenBook) -> bool:
    return not re.search("<headerFooter|<style:header>|<drawing|legacyDrawing|<draw:", book.xml)


def no_dividers(book: SeenBook) -> bool:
    lined = [cell for cell in cells(book) if cell.fill]
    return not lined and "tableStyleInfo name" not in book.xml and "<pane" not in book.xml


def no_fill(book: SeenBook) -> bool:
    return not any(cell.fill for cell in cells(book))


def no_colour(book: SeenBook) -> bool:
    coloured = {cell.colour for cell in cells(book) if not cell.link} - {"", "None"}
    return not re.search("conditionalFormatting|FF[0-9A-F]{2}0000", book.xml) and all("rgb" not in c for c in coloured)


def nothing_to_contrast(book: SeenBook) -> bool:
    return no_colour(book) and no_fill(book)


def no_pictures(book: SeenBook) -> bool:
    return not any(re.search(r"media/|Pictures/|\.png|\.svg", part) for part in book.parts)


def no_macros(book: SeenBook) -> bool:
    return not any(re.search(r"vbaProject|Basic/|Scripts/", part) for part in book.parts)


def unique_names(book: SeenBook) -> bool:
    names = [sheet.name.casefold() for sheet in book.sheets]
    return len(set(names)) == len(names) and not any(name.startswith("sheet") for name in names)


def no_blank_sheets(book: SeenBook) -> bool:
    return all(len(sheet.rows) > 2 for sheet in book.sheets)


def column_a(book: SeenBook) -> bool:
    return all(
        cell.text for sheet in book.sheets for cell in sheet.above
    ) and all(
        all(cell.kind == "blank" for cell in row[1:]) for sheet in book.sheets for row in sheet.rows[: len(sheet.above)]
    )  # fmt: skip


def at_the_left(book: SeenBook) -> bool:
    return all(left == 0 for sheet in book.sheets for _, left, _, _ in sheet.tables.values())


def nothing_below(book: SeenBook) -> bool:
    return all(bottom == len(sheet.rows) - 1 for sheet in book.sheets for _, _, bottom, _ in sheet.tables.values())


def one_table(book: SeenBook) -> bool:
    return all(len(sheet.tables) == 1 for sheet in book.sheets)


def spelt(book: SeenBook) -> bool:
    return all("  " not in text and text.strip() == text for text in texts(book))


def for_the_checker(book: SeenBook) -> bool:
    return marked(book) and titles_tagged(book) and links_say_where(book) and not_merged(book)


def information(book: SeenBook) -> bool:
    return book.title == plain_book().title and book.language == "en-GB"


def cursor(book: SeenBook) -> bool:
    return book.active == 0 and set(book.cursors) == {"A1"}


CHECKLIST: dict[str, Callable[[SeenBook], bool]] = {
    "Mark up tables": marked,
    "Give tables meaningful names": named,
    "Remove merged cells, split cells and nested tables": not_merged,
    "Remove blank rows and columns within tables": no_blank_lines,
    "All tables should have one tagged header row": one_head,
    "Wrap text within cells": wrapped,
    "Avoid adding filters and freeze panes": nothing_frozen,
    "Only leave cells with no data empty in certain circumstances": blanks_told,
    "Avoid hiding rows or columns": nothing_hidden,
    "Columns should be a sensible width": sensible_widths,
    "Do not use symbols or superscript to signpost to notes": no_symbols_for_notes,
    "Use the word 'note' when referring to footnotes": the_word_note,
    "Avoid putting note markers in specific cells": no_marks_in_data,
    "Put note text in a notes table on a notes worksheet": notes_on_a_sheet,
    "All written content needs to meet the accessibility guidelines": short_sentences,
    "Links must be accessible": links_say_where,
    "Format text to make it accessible": plain_letters,
    "All worksheets should have descriptive titles which are properly tagged and formatted": titles_tagged,
    "Avoid using symbols in general": no_bare_symbols,
    "Do not use headers and footers, floating text boxes or floating toolbars": no_headers,
    "Do not use visual devices to divide data regions": no_dividers,
    "Do not use a background fill": no_fill,
    "Do not use colour as the only way to convey a message": no_colour,
    "When using colour for emphasis check the contrast": nothing_to_contrast,
    "Avoid images in spreadsheets": no_pictures,
    "Remove macros": no_macros,
    "Give worksheets unique names or numbers": unique_names,
    "Remove blank worksheets": no_blank_sheets,
    "Use cells in column A wisely": column_a,
    "Position tables against the left-hand edges of each sheet": at_the_left,
    "Avoid putting content below a table": nothing_below,
    "Avoid worksheets with multiple tables": one_table,
    "Run a spelling and grammar check": spelt,
    "Use the accessibility checker": for_the_checker,
    "Add document information": information,
    "Ensure the cursor is in cell A1 of the first worksheet when doing your final save": cursor,
}


@pytest.mark.parametrize("item", CHECKLIST)
def test_the_checklist_is_met(book: SeenBook, item: str) -> None:
    """Every item of the government's checklist of the basics is met by the file as it was written."""
    assert CHECKLIST[item](book)


def test_the_checklist_has_all_of_its_items() -> None:
    """The checklist has 36 items."""
    assert len(CHECKLIST) == 36


def test_numbers_are_numbers(book: SeenBook) -> None:
    """Numbers and days are kept as such; a percentage has a decimal beside its fraction."""
    rows = next(sheet for sheet in book.sheets if sheet.name == "Values").table()
    assert [cell.text for cell in rows[0]][1:3] == ["Share in percent", "Share in percent, as a fraction"]
    assert [(cell.kind, cell.text.partition(" ")[0]) for cell in rows[1][:5]] == [
        ("text", "York"), ("number", "88.89"), ("text", "800/9"), ("number", "1204"), ("date", "2025-01-02"),
    ]  # fmt: skip
    assert (rows[2][4].kind, rows[2][4].text) == ("text", "2025")


def test_nothing_is_worked_out_of_somebodys_text(book: SeenBook) -> None:
    """A text that begins like a formula is kept as text, also once the cell is opened and left again."""
    cell = next(sheet for sheet in book.sheets if sheet.name == "Values").table()[3][5]
    assert (cell.text, cell.formula, cell.kind) == ("=1+1", "", "text")
    assert cell.number_format in ("@", "words")


def test_whatever_is_wrong_with_a_book_is_said_at_once() -> None:
    """Blank rows and columns, heads that are there twice and blanks that nothing explains are refused together."""
    columns = (Column("A"), Column("a"), Column(" "), Column("D"))
    with pytest.raises(InvalidInputError) as caught:
        Book("T", (), (BookSheet("x/y", " ", columns, ((None, "", None, None), ("1", "2", "3", None), ("1",))),))
    assert [problem.message for problem in caught.value.problems] == [
        "this cannot be the name of a sheet",
        "it has no title",
        "two columns have the head 'a'",
        "a column has no head",
        "row 1 is blank",
        "row 3 has 1 cells, and its table 4 columns",
        "the column 'D' is blank",
        "it has blank cells",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_book_gives_the_same_bytes(kind: str) -> None:
    """A book is written the same way each time."""
    assert book_bytes(plain_book(), kind) == book_bytes(plain_book(), kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("given", "kept"),
    [("<b>&\"'", "<b>&\"'"), ("a\x1b[2Jb", "a\\x1b[2Jb"), ("a\u202eb", "a\\u202eb"), ("a\ud800b", "a\\ud800b"),
     ("two\r\nlines\rand", "two\nlines\nand"), ("  spaces   kept ", "  spaces   kept "), ("_x0041_", "_x0041_")],
)  # fmt: skip
def test_text_is_shown_as_it_is(kind: str, given: str, kept: str) -> None:
    """Marks of XML, escapes of a terminal, turned text, halves of characters and ends of lines are text in a cell."""
    book = Book("T", (), (BookSheet("S", given, (Column("A"),), ((given,),)),))
    found = seen(book_bytes(book, kind)).sheets[1]
    if kind == ".ods":
        kept = re.sub("  +|^ | $", "", kept) if given.startswith("  ") else kept  # kept as an element of its own
    assert [cell.text for cell in (found.rows[0][0], found.table()[1][0])] == [kept, kept]


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_that_no_cell_holds_is_cut_and_says_so(kind: str) -> None:
    """A text of 100,000 characters is cut to what a cell holds, and its end says how long it was."""
    book = Book("T", (), (BookSheet("S", "Title", (Column("A"),), (("x" * 100_000,),)),))
    text = seen(book_bytes(book, kind)).sheets[1].table()[1][0].text
    assert len(text) == 32_767
    assert text.endswith("(cut: the text has 100,000 characters, and a cell of a spreadsheet holds 32,767)")


def test_tables_have_names_of_their_own() -> None:
    """Tables on sheets whose names differ in accents alone have different names."""
    sheets = tuple(BookSheet(name, name, (Column("A"),), (("1",),)) for name in ("caf\u00e9", "caf\u00e8", "Plain"))
    names = [name for sheet in seen(book_bytes(Book("T", (), sheets), ".xlsx")).sheets for name in sheet.tables]
    assert names == ["table_contents", "table_caf_1", "table_caf_2", "table_plain"]
