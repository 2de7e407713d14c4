"""Files of the old Office (OLE 2, Microsoft's MS-CFB): their directory, and one stream out of them."""

from __future__ import annotations

import os
import struct

from attrs import field, frozen

from careassure.errors import ReadError
from careassure.io.files import path_of, read_bytes
from careassure.tables.container import damaged

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
LARGEST = 96 * 1024**2
"""The largest file of this kind, in bytes: an .xls can hold 65,536 rows."""
_END = 0xFFFFFFFA  # this sector number and above mean that a chain is at its end
_ENTRY = 128


@frozen(eq=False)
class Streams:
    """The streams of a file: where each begins and how long it is.

    Args:
        file: The name of the file, for messages.
        found: The first sector and the length of each stream, by its name.
    """

    file: str
    found: dict[str, tuple[int, int]]
    _data: bytes = field(repr=False)
    _size: int
    _fat: tuple[int, ...] = field(repr=False)
    _small: bytes = field(repr=False)
    _small_fat: tuple[int, ...] = field(repr=False)

    def read(self, name: str) -> bytes:
        """What a stream holds.

        Raises:
            ReadError: It is damaged.
        """
        start, length = self.found[name]
        if length < 4096:
            return _chain(self._small, start, 64, 0, self._small_fat, self.file)[:length]
        return _chain(self._data, start, self._size, self._size, self._fat, self.file)[:length]


def open_streams(path: str | os.PathLike[str]) -> Streams:
    """The streams of a file of the old Office.

    Raises:
        ReadError: It cannot be read, is too large, or is damaged.
    """
    file = os.path.basename(path_of(path))  # noqa: PTH119
    data = read_bytes(path, LARGEST)
    try:
        return _streams(file, data)
    except (struct.error, IndexError):
        raise damaged(file) from None


def _streams(file: str, data: bytes) -> Streams:
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in {9, 12}:
        raise damaged(file)
    size = 1 << shift
    start, _, _, small_start, _, more, _ = struct.unpack_from("<7L", data, 48)
    sectors = [*struct.unpack_from("<109L", data, 76)]
    seen = 0
    while more < _END and seen <= len(data) // size:
        *further, more = struct.unpack_from(f"<{size // 4}L", data, size + more * size)
        sectors += further
        seen += 1
    fat: list[int] = []
    for sector in sectors:
        if sector < _END:
            fat += struct.unpack_from(f"<{size // 4}L", data, size + sector * size)
        if len(fat) > len(data):  # more sectors than bytes: the list of lists goes in a circle
            raise damaged(file)
    chains = tuple(fat)
    directory = _chain(data, start, size, size, chains, file)
    entries = [_entry(directory, at) for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    root = next((entry for entry in entries if entry[1] == 5), ("", 5, _END, 0))
    small = _chain(data, root[2], size, size, chains, file)
    tables = _chain(data, small_start, size, size, chains, file)
    small_fat = struct.unpack(f"<{len(tables) // 4}L", tables)
    found = {name: (first, length) for name, kind, first, length in entries if kind == 2}
    return Streams(file, found, data, size, chains, small, small_fat)


def _entry(directory: bytes, at: int) -> tuple[str, int, int, int]:
    (long,) = struct.unpack_from("<H", directory, at + 64)
    name = directory[at : at + max(0, min(long, 64) - 2)].decode("utf-16-le", "replace")
    first, length = struct.unpack_from("<LL", directory, at + 116)
    return name, directory[at + 66], first, length


def _chain(data: bytes, start: int, size: int, offset: int, fat: tuple[int, ...], file: str) -> bytes:
    """The sectors of a chain, one after the other."""
    pieces: list[bytes] = []
    sector = start
    while sector < _END:
        if sector >= len(fat) or len(pieces) > len(fat):
            raise damaged(file)
        pieces.append(data[offset + sector * size : offset + (sector + 1) * size])
        sector = fat[sector]
    return b"".join(pieces)


def workbook_stream(streams: Streams) -> bytes:
    """The stream with the workbook.

    Raises:
        ReadError: There is none, or it is encrypted, or it is older than Excel 97.
    """
    if "Workbook" in streams.found:
        return streams.read("Workbook")
    hint = "Open it in Excel or LibreOffice, and save it as .xlsx"
    what = "it was made by Excel 95 or older" if "Book" in streams.found else "it is an Office file without a sheet"
    raise ReadError(what, where=streams.file, hint=hint)
