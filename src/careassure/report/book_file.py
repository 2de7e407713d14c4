"""Write a book to a file, whole or not at all; the name's ending says as what."""

from __future__ import annotations

from careassure.errors import WriteError
from careassure.io.files import path_of
from careassure.io.writing import write_bytes
from careassure.report.book import Book
from careassure.report.book_layout import laid_out

BOOK_ENDINGS = (".xlsx", ".ods")
"""The kinds of spreadsheet that are written."""


def book_bytes(book: Book, ending: str) -> bytes:
    """A book as a spreadsheet.

    Args:
        book: The book.
        ending: ``.xlsx`` or ``.ods``.

    Raises:
        MissingExtraError: A workbook of Excel is wanted, and XlsxWriter is not installed.
    """
    if ending == ".ods":
        from careassure.report.ods_book import ods_bytes

        return ods_bytes(laid_out(book))
    from careassure.report.xlsx_book import xlsx_bytes

    return xlsx_bytes(laid_out(book))


def write_book(book: Book, path: object) -> None:
    """Write a book to a file; the ending of its name says as what, ``.xlsx`` or ``.ods``.

    Raises:
        WriteError: It has another ending, or cannot be written; whatever stood there before still does.
        MissingExtraError: A workbook of Excel is wanted, and XlsxWriter is not installed.
    """
    name = path_of(path, WriteError)
    ending = next((each for each in BOOK_ENDINGS if name.lower().endswith(each)), "")
    if not ending:
        raise WriteError("its name says no kind of spreadsheet", where=name, hint="End it in .xlsx or .ods")
    write_bytes(name, book_bytes(book, ending))
