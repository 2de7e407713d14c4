"""What all sheets of a workbook of Excel share: texts, number formats, and the system of dates."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator

from attrs import field, frozen

from careassure.tables.container import Container, damaged, too_large
from careassure.tables.markup import feed, local
from careassure.tables.sheets import LONGEST_CELL
from careassure.tables.values import Shown, shown_as

_SMALL = 16 * 1024**2
"""The largest part about the workbook itself: its sheets, styles and relations."""
MOST_TEXT = 96 * 1024**2
"""The most text of all shared strings, in bytes."""
MOST_STRINGS = 8_000_000
"""The most shared strings."""
_MOST_READY = 10_000
_LONGEST_READY = 200
_ESCAPED = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")  # halves of characters stay as they are written


class SharedStrings:
    """The texts that the cells of a workbook point to, kept as bytes, which takes a fraction of the memory."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._ends = array("Q", [0])
        self._ready: dict[str, str] = {}

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, text: str) -> bool:
        """Add a text; False where there are too many."""
        self._text += text.encode()
        self._ends.append(len(self._text))
        return len(self._text) <= MOST_TEXT and len(self._ends) <= MOST_STRINGS

    def __getitem__(self, place: int) -> str:
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._text[self._ends[place] : self._ends[place + 1]].decode()

    def by_text(self, place: str) -> str:
        """The text at a place that is written in digits. Those that cells point to again and again are kept ready.

        Raises:
            ValueError: It is not a number.
            IndexError: There is no such text.
        """
        found = self._ready.get(place)
        if found is None:
            found = self[int(place)]
            if len(self._ready) < _MOST_READY and len(found) <= _LONGEST_READY:
                self._ready[place] = found
        return found


@frozen(eq=False)
class Workbook:
    """What all sheets of a workbook share.

    Args:
        strings: The texts that cells point to.
        shown: What each style of cells makes of a number.
        epoch_1904: Whether its dates count from 1904, as on an old Macintosh.
    """

    strings: SharedStrings = field(repr=False)
    shown: tuple[Shown, ...]
    epoch_1904: bool


def unescaped(text: str) -> str:
    r"""A text in which Excel's codes for characters are these characters.

    >>> unescaped("a_x000D_b_x005F_x0041_")
    'a\rb_x0041_'
    """
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


def elements_of(container: Container, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements of a small part, by their names and attributes without prefixes.

    Raises:
        ReadError: It is missing, damaged or too large.
    """
    collected = _Elements()
    for _ in feed(container.file, [container.read(part, _SMALL)], collected):
        yield from collected.found
        collected.found.clear()


class _Elements:
    def __init__(self) -> None:
        self.found: list[tuple[str, dict[str, str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.found.append((local(name), {local(key): value for key, value in attributes.items()}))

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


def styles_of(container: Container, part: str) -> tuple[Shown, ...]:
    """What each style of cells makes of a number.

    Raises:
        ReadError: The part is damaged or too large.
    """
    if part not in container.parts:
        return ()
    codes: dict[str, str] = {}
    shown: list[Shown] = []
    inside = False
    for name, found in elements_of(container, part):
        if name == "numFmt":
            codes.setdefault(found.get("numFmtId", ""), found.get("formatCode", ""))
        elif name in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            number = found.get("numFmtId", "0")
            shown.append(shown_as(int(number) if number.isdecimal() and len(number) < 6 else 0, codes.get(number)))
    return tuple(shown)


class _Strings:
    """Takes in shared strings: `si` holds `t`, or runs of text; how a word is pronounced (`rPh`) is no part of it."""

    def __init__(self, file: str) -> None:
        self.found = SharedStrings()
        self.file = file
        self._pieces: list[str] = []
        self._on = self._aside = False
        self._size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002  (as `feed` calls it)
        name = local(name)
        if name == "t":
            self._on = not self._aside
        elif name == "si":
            self._pieces.clear()
            self._size = 0
        elif name == "rPh":
            self._aside = True

    def end(self, name: str) -> None:
        name = local(name)
        if name == "t":
            self._on = False
        elif name == "rPh":
            self._aside = False
        elif name == "si" and not self.found.add(unescaped("".join(self._pieces))):
            raise too_large(self.file, "its cells hold more text than is read")

    def text(self, data: str) -> None:
        if self._on:
            self._pieces.append(data)
            self._size += len(data)
            if self._size > LONGEST_CELL:
                raise too_large(self.file, f"a cell has more than {LONGEST_CELL:,} characters")


def strings_of(container: Container, part: str) -> SharedStrings:
    """The shared strings of a workbook; none where it has no such part.

    Raises:
        ReadError: They are damaged, or too many.
    """
    reader = _Strings(container.file)
    if part not in container.parts:
        return reader.found
    for _ in feed(container.file, container.chunks(part), reader):
        pass
    return reader.found


def shared(workbook: Workbook, text: str, file: str) -> str:
    """The shared string that a cell points to.

    Raises:
        ReadError: There is none.
    """
    try:
        return workbook.strings.by_text(text)
    except (ValueError, IndexError):
        raise damaged(file, "it is damaged: a cell refers to a text that is not there") from None
