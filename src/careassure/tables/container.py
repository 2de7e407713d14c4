"""The files inside a spreadsheet file: a zip archive, opened and read within bounds.

What an archive says of itself may be a lie, so every bound is held while it is read too: Python's `zipfile` hands out
no more of a part than its directory tells, and tells of a part that has more or less.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO

from attrs import evolve, field, frozen

from careassure.errors import Place, ReadError
from careassure.io.files import open_file, path_of, reason_of

CHUNK = 256 * 1024
"""How many bytes of a part are handed out at once."""
LARGEST_PART = 8 * 1024**3
"""The largest part, unpacked. CQC's ratings of September 2026 have 1.06 GB; a full sheet has some 60 GB of markup."""
MOST_PACKED = 150
"""How many times its packed size a large part may have. Files of CQC have 44 times, deflate can do 1,032 times."""
SMALL_PART = 32 * 1024**2
"""Up to here a part may be packed as well as it can be."""
LARGEST_DIRECTORY = 1024**2
"""The largest directory of an archive, in bytes: room for about 10,000 files."""

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_LONGEST_END = 22 + 65_535
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
SAVE_AGAIN = "Open it in Excel or LibreOffice, save it, and try again"


def damaged(name: str, what: str = "it is damaged, or was cut short") -> ReadError:
    """The error that a spreadsheet is not as a spreadsheet should be."""
    return ReadError(what, where=Place(name), hint="Get the file again, or save it again in Excel or LibreOffice")


def locked(name: str) -> ReadError:
    """The error that a spreadsheet is encrypted."""
    return ReadError(
        "it is protected by a password", where=Place(name), hint="Open it, save it without the password, and try again"
    )


def too_large(name: str, what: str) -> ReadError:
    """The error that a spreadsheet holds more than is read."""
    return ReadError(what, where=Place(name), hint="Check that it is the right file, or save the sheet as CSV UTF-8")


@frozen
class Container:
    """A zip archive on disk, known by its path: it is opened again for each reading, unless it is kept open.

    Args:
        path: The file.
        parts: The files in it by name.
        opened: The archive, where `kept_open` keeps it open.
    """

    path: str
    parts: dict[str, zipfile.ZipInfo] = field(repr=False, eq=False)
    opened: zipfile.ZipFile | None = field(default=None, repr=False, eq=False)

    @property
    def file(self) -> str:
        """The name of the file, for messages."""
        return os.path.basename(self.path)  # noqa: PTH119

    def chunks(self, part: str) -> Iterator[bytes]:
        """What a part holds, in pieces of at most `CHUNK` bytes.

        Raises:
            ReadError: It is missing, encrypted, damaged, packed in an unusual way, or too large.
        """
        info = self.parts.get(part)
        if info is None:
            raise damaged(self.file, f"it is damaged: it lacks its part {part}")
        self._check(info)
        with _archive(self.path, self.opened) as archive, archive.open(info) as stream:
            while piece := stream.read(CHUNK):
                yield piece

    def read(self, part: str, limit: int) -> bytes:
        """All of a small part.

        Raises:
            ReadError: As `chunks`; or it is larger than ``limit`` bytes.
        """
        if part in self.parts and self.parts[part].file_size > limit:
            raise too_large(self.file, f"its part {part} is larger than {limit:,} bytes")
        return b"".join(self.chunks(part))

    def _check(self, info: zipfile.ZipInfo) -> None:
        if info.flag_bits & 1:
            raise locked(self.file)
        if info.compress_type not in _PLAIN:
            raise ReadError("it is packed in an unusual way", where=Place(self.file), hint=SAVE_AGAIN)
        unpacked = info.file_size
        if unpacked > LARGEST_PART or unpacked > max(SMALL_PART, info.compress_size * MOST_PACKED):
            raise too_large(self.file, f"it would unpack to {unpacked:,} bytes, which is far too much for its size")


def open_container(path: str | os.PathLike[str]) -> Container:
    """A zip archive.

    Raises:
        ReadError: It cannot be read, or is no sound archive.
    """
    name = path_of(path)
    file = os.path.basename(name)  # noqa: PTH119
    with os.fdopen(open_file(name), "rb") as stream:
        if _directory_size(stream) > LARGEST_DIRECTORY:
            raise too_large(file, "it holds far more files than a spreadsheet does")
    with _archive(name) as archive:
        infos = archive.infolist()
    parts = {info.filename: info for info in infos}
    if len(parts) != len(infos):
        raise damaged(file, "it is damaged: two of its parts have one name")
    return Container(name, parts)


@contextmanager
def kept_open(container: Container) -> Generator[Container]:
    """The same archive, kept open: opening reads its directory, which takes longer than most parts of a workbook do.

    Raises:
        ReadError: It cannot be read any more.
    """
    with ExitStack() as stack:
        with _told(container.path):
            stream = stack.enter_context(os.fdopen(open_file(container.path), "rb"))
            archive = stack.enter_context(zipfile.ZipFile(stream))
        yield evolve(container, opened=archive)


def _directory_size(stream: BinaryIO) -> int:
    """How long an archive's directory is, in bytes, as the archive tells: `zipfile` reads no more."""
    end = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, end - _LONGEST_END - 76))
    tail = stream.read()
    at = tail.rfind(_END)
    size: int = struct.unpack_from("<L", tail, at + 12)[0] if 0 <= at <= len(tail) - 22 else 0
    at64 = tail.rfind(_END64)
    if 0 <= at64 <= len(tail) - 56:
        size = max(size if size != 0xFFFFFFFF else 0, struct.unpack_from("<Q", tail, at64 + 40)[0])
    return size


@contextmanager
def _archive(path: str, opened: zipfile.ZipFile | None = None) -> Generator[zipfile.ZipFile]:
    """An archive, opened where it is not yet, with whatever `zipfile` raises told as an error of ours."""
    with _told(path):
        if opened is not None:
            yield opened
            return
        with os.fdopen(open_file(path), "rb") as stream, zipfile.ZipFile(stream) as archive:
            yield archive


@contextmanager
def _told(path: str) -> Generator[None]:
    """Whatever `zipfile` raises as an error of ours."""
    file = os.path.basename(path)  # noqa: PTH119
    try:
        yield
    except OSError as error:
        raise ReadError(f"it cannot be read: {reason_of(error)}", where=Place(file), hint="Try again") from None
    # What a damaged archive makes `zipfile` raise; RuntimeError is a password, NotImplementedError a strange packing.
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, RuntimeError, OverflowError) as error:
        if isinstance(error, ReadError):
            raise
        raise damaged(file) from None
