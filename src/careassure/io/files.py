"""Files as text: read within bounds, and written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from careassure.errors import ReadError, WriteError

LIMIT = 64 * 1024 * 1024
"""The largest file that is read into memory, in bytes."""


def read_text(path: str | os.PathLike[str]) -> str:
    """The text of a file.

    Raises:
        ReadError: It is missing, a directory, unreadable, empty, larger than `LIMIT`, or not UTF-8 text.
    """
    name = os.fspath(path)
    file = Path(name)
    try:
        if file.is_dir():
            raise ReadError("it is a directory", where=name, hint="Name a file in it")
        size = file.stat().st_size
        if size > LIMIT:
            raise ReadError(
                f"it has {size:,} bytes and at most {LIMIT:,} are read", where=name, hint="Split it, or check its name"
            )
        with file.open("rb") as stream:
            data = stream.read(LIMIT + 1)
    except FileNotFoundError:
        raise ReadError("there is no such file", where=name, hint="Check the name and the folder") from None
    except ReadError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"it cannot be read: {reason}", where=name, hint="May you open it?") from None
    if len(data) > LIMIT:
        raise ReadError(f"it has more than {LIMIT:,} bytes", where=name, hint="Split it, or check its name")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"byte {error.start + 1:,} is not UTF-8 text", where=name, hint="Save it as UTF-8 and try again"
        ) from None
    if not text.strip():
        raise ReadError("it is empty", where=name)
    return text


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write a file beside its place and move it there, so that no half-written file is ever seen.

    Raises:
        WriteError: It cannot be written; whatever stood there before still does.
    """
    target = Path(os.fspath(path))
    temporary = ""
    try:
        if target.is_dir():
            raise WriteError("it is a directory", where=str(target), hint="Name a file in it")
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~mask)
        Path(temporary).replace(target)
    except WriteError:
        raise
    except (OSError, ValueError) as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        reason = getattr(error, "strerror", None) or str(error)
        raise WriteError(
            f"it cannot be written: {reason}", where=str(target), hint="Check that the folder exists and allows it"
        ) from None
