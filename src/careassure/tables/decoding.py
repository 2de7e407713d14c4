"""Text out of bytes: how it is encoded, and its lines, read in pieces so that a file may be larger than memory."""

from __future__ import annotations

import codecs
import io
import os
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from attrs import define, field

from careassure.errors import ReadError
from careassure.io.files import open_file, reason_of
from careassure.model.ids import brief
from careassure.model.text import hint_for

PIECE = 1 << 16
"""How many bytes are decoded at a time."""
LONGEST_ROW = 1 << 22
"""The most characters of a row."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_NOT_FOR_FILES = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7", "mbcs", "oem"}
)
"""What Python calls encodings of text and no spreadsheet writes."""
_WINDOWS = "windows-1252"
_KNOWN = ("utf-8", "utf-16", _WINDOWS, "windows-1250", "iso-8859-1", "iso-8859-15", "macintosh", "ascii", "cp850")


def known_encoding(name: str, where: str, start: bytes = b"") -> str:
    """The encoding of that name, for a file that begins with these bytes.

    Raises:
        ReadError: There is none for text of this name, or the file begins with the mark of another.
    """
    try:
        found = codecs.lookup(name).name.replace("-", "_")
        "".encode(name)  # refuses what turns bytes into bytes
    except (LookupError, ValueError, TypeError):
        found = ""
    if not found or found in _NOT_FOR_FILES:
        hint = hint_for(name, _KNOWN, f"Use {_WINDOWS}, utf-8 or utf-16")
        raise ReadError(f"{brief(name)!r} is not a known encoding", where=where, hint=hint)
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), "")
    if marked and not found.startswith(marked[:6].replace("-", "_")):
        message = f"it begins with the mark of {marked.removesuffix('-sig').upper()} text, so it is not {brief(name)}"
        raise ReadError(message, where=where, hint="Leave out --encoding")
    wide = found.startswith(("utf_16", "utf_32"))
    if wide and not marked and start and start.isascii() and 0 not in start:
        raise ReadError(f"it is plain text, not {name.upper()}", where=where, hint="Leave out --encoding")
    if found == "utf_16" and not marked:
        likely = find_encoding(start)
        return likely if likely.startswith("utf-16") else "utf-16-le"
    # A mark at the beginning is not text, whoever says how the text is encoded.
    return marked or ("utf-8-sig" if found == "utf_8" else name)


def is_text(start: bytes, encoding: str) -> bool:
    """Whether first bytes could be text: those of an image or a program hold zeros, and are not UTF-8 either."""
    if not encoding.startswith("utf-8") or 0 not in start:
        return True
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return True


def find_encoding(start: bytes) -> str:
    """How text is encoded, seen from its first bytes: UTF-8, but for a mark or zeros that say UTF-16 or UTF-32.

    >>> find_encoding(b"council,QS1"), find_encoding("council".encode("utf-16-le"))
    ('utf-8-sig', 'utf-16-le')
    """
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    pairs = len(start) // 2
    first, second = start[: 2 * pairs : 2].count(0), start[1 : 2 * pairs : 2].count(0)
    if pairs and second * 4 > pairs * 3 and first * 20 < pairs:
        return "utf-16-le"
    if pairs and first * 4 > pairs * 3 and second * 20 < pairs:
        return "utf-16-be"
    return "utf-8-sig"


class UnreadableError(Exception):
    """What follows the lines that were read is not text.

    Args:
        byte: The place of the first such byte, counted from 0.
        value: That byte.
        likely: What it would read in windows-1252, with the text before and after it; empty where it is nothing there.
    """

    def __init__(self, byte: int, value: int, likely: str = "") -> None:
        super().__init__(byte, value, likely)
        self.byte, self.value, self.likely = byte, value, likely


class NullError(Exception):
    """What follows the lines that were read holds a null character."""


class TooLongError(Exception):
    """What follows the lines that were read is a row that does not end."""


@define
class Lines:
    """The lines of a file with their ends, read once from first to last. It is closed by whoever opened it.

    Args:
        stream: The file.
        encoding: How it is encoded.
        row: How many rows were read so far; whoever reads the rows keeps it true. It bounds the length of one.
    """

    stream: BinaryIO
    encoding: str
    row: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[str]:
        # csv.reader takes lines, and an io.StringIO parts text into them without a step of Python's for each.
        return chain.from_iterable(io.StringIO(text, newline="") for text in self._pieces())

    def _pieces(self) -> Iterator[str]:
        """Text that ends where a line does.

        What cannot be decoded is told after all lines before it, so that it is known in which row it is.
        """
        rest: list[str] = []
        held, row = 0, self.row
        for text, fault in self._decoded():
            if row != self.row:
                row, held = self.row, 0
            held += len(text)
            cut = _end_of_lines(text)
            if cut:
                yield "".join((*rest, text[:cut]))
                rest = []
            if fault:
                raise fault
            if held > LONGEST_ROW and row == self.row:
                raise TooLongError
            rest.append(text[cut:])
        yield "".join(rest)

    def _decoded(self) -> Iterator[tuple[str, Exception | None]]:
        decoder = codecs.getincrementaldecoder(self.encoding)("strict")
        read = 0
        data = b"-"
        while data:
            state = decoder.getstate()
            data = self.stream.read(PIECE)
            read += len(data)
            try:
                text = decoder.decode(data, final=not data)
            except UnicodeDecodeError as error:
                start = len(data) - (len(error.object) - error.start)
                decoder.setstate(state)
                yield decoder.decode(data[: max(0, start)]), _unreadable_at(error, read - len(data) + start)
                return
            except UnicodeError:  # UTF-16 or UTF-32 without the mark that must begin it
                yield "", UnreadableError(0, data[0] if data else 0)
                return
            null = text.find("\0")
            yield (text, None) if null < 0 else (text[:null], NullError())


def _unreadable_at(error: UnicodeDecodeError, byte: int) -> UnreadableError:
    """The error for a byte, with what the text around it reads in windows-1252."""
    near = error.object[max(0, error.start - 12) : error.start + 12].decode("cp1252", "replace")
    line = next((part for part in near.splitlines() if not part.isascii()), "").strip()
    return UnreadableError(byte, error.object[error.start], line if line.isprintable() and "\ufffd" not in line else "")


def _end_of_lines(text: str) -> int:
    r"""Up to where a text holds whole lines. A \r at its end may be half of the end of a line."""
    return max(text.rfind("\n"), text.rfind("\r", 0, max(0, len(text) - 1))) + 1


def open_binary(name: str) -> BinaryIO:
    """A regular file, opened for reading bytes."""
    return os.fdopen(open_file(name), "rb")


def unreadable(name: str, error: OSError) -> ReadError:
    """The error for a file that the system stops reading."""
    return ReadError(f"it cannot be read: {reason_of(error)}", where=name, hint="Check its permissions")
