"""XML read as a stream and within bounds: no entities of its own, no depth, no single piece beyond measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol
from xml.parsers import expat

from careassure.errors import CareAssureError, Place, ReadError
from careassure.tables.container import damaged

DEEPEST = 64
"""How deep elements may lie in each other; a spreadsheet has about ten."""
LONGEST_PIECE = 1024**2
"""The longest tag, in bytes: the parser hands out text bit by bit, and keeps only what is not a whole tag yet."""
MOST_AT_ONCE = 32 * 1024
"""How many bytes the parser is given at once: what it hands out for them is kept until they are read."""


class Reader(Protocol):
    """What takes in elements and text."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """A piece of text."""


def local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


def feed(file: str, chunks: Iterable[bytes], reader: Reader) -> Iterator[None]:
    """Give the elements of some XML to a reader. It stops after every few kB, so that what was read can be taken.

    Args:
        file: The name of the file, for messages.
        chunks: The XML, in pieces.
        reader: What takes in elements, by their names as they are written, prefix and all.

    Raises:
        ReadError: It is no sound XML, has a DOCTYPE (and so may have entities), or goes beyond the bounds.
    """
    parser = _parser(file, reader)
    given = 0
    try:
        for chunk in chunks:
            for start in range(0, len(chunk), MOST_AT_ONCE):
                piece = chunk[start : start + MOST_AT_ONCE]
                parser.Parse(piece, False)
                given += len(piece)
                if given - max(parser.CurrentByteIndex, 0) > LONGEST_PIECE:
                    raise damaged(file, f"it is damaged: it has a tag of more than {LONGEST_PIECE:,} characters")
                yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise damaged(file, f"it is damaged: its markup breaks off or is wrong at line {error.lineno:,}") from None
    except CareAssureError:
        raise
    except (LookupError, ValueError):  # from the parser, for an encoding that it does not know or cannot read
        raise damaged(file, "it is damaged: its markup names an encoding that is not known") from None


def _parser(file: str, reader: Reader) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise damaged(file, f"it is damaged: its elements lie more than {DEEPEST} deep in each other")
        reader.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(name)

    def doctype(*_: object) -> None:
        hint = "Open it in Excel or LibreOffice, and save it again"
        raise ReadError("it has a DOCTYPE, which no spreadsheet needs", where=Place(file), hint=hint)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = doctype
    return parser
