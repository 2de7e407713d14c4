"""Files: found by their path, and read within bounds."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from careassure.errors import ReadError, WriteError

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 8 * 1024 * 1024
"""The largest file that is read into memory as text, in bytes."""
LONGEST_PATH = 4096
"""The longest path, in bytes; Linux takes no longer one."""

_KINDS = (
    (stat.S_ISDIR, "it is a directory", "Name a file in it"),
    (stat.S_ISFIFO, "it is a pipe, not a file", "Save what comes out of it to a file first"),
    (stat.S_ISSOCK, "it is a socket, not a file", "Name a file"),
    (stat.S_ISCHR, "it is a device, not a file", "Name a file"),
    (stat.S_ISBLK, "it is a device, not a file", "Name a file"),
)


def path_of(path: object, error: type[ReadError | WriteError] = ReadError) -> str:
    """A path as text, as it was given.

    Args:
        path: Text, or an object such as a `pathlib.Path` that stands for text.
        error: What is raised where it is neither.

    Raises:
        ReadError: Or the other error named: it is something else, empty, too long, or holds what no path can.
    """
    try:
        name = os.fspath(path)  # type: ignore[call-overload]
    except Exception:  # noqa: BLE001  (whatever a stranger's __fspath__ raises, it is not a path)
        name = None
    if not isinstance(name, str):
        raise error(f"{type(path).__name__} is not a path", hint="Give the path as text, or as a pathlib.Path")
    if not name:
        raise error("the path is empty", hint="Name a file or a folder")
    where = name if len(name) <= 300 else f"{name[:100]} ... {name[-100:]}"
    if "\0" in name:
        raise error("the path holds a null character", where=repr(where), hint="Check the name")
    try:
        long = len(os.fsencode(name)) > LONGEST_PATH
    except UnicodeEncodeError:
        raise error("the path holds a character that no path can", where=repr(where), hint="Check the name") from None
    if long:
        raise error(f"the path is longer than {LONGEST_PATH:,} bytes", where=where, hint="Check the name")
    return name


def is_folder(path: object) -> bool:
    """Whether a path is a folder; never an error of the system."""
    try:
        return os.path.isdir(path_of(path))
    except (OSError, ReadError):
        return False


def is_there(path: object) -> bool:
    """Whether anything has this name, be it a link that leads nowhere; never an error of the system."""
    try:
        return os.path.lexists(path_of(path))
    except (OSError, ReadError):
        return False


def file_inside(folder: object, name: str) -> Path:
    """The file of that name in a folder, or in one of its folders; links are followed before it is decided.

    Raises:
        ReadError: The name leads out of the folder: from the root, by "..", through a link; or it is not a path.
    """
    hint = "Put the file into the folder, and name it from there"
    inner = path_of(name)
    if not os.fspath(folder):  # type: ignore[call-overload]
        raise ReadError(f"{name!r} is a file, and there is no folder that it is in", hint="Read it and give what it is")
    parts = inner.replace("\\", "/").split("/")
    if not parts[0] or ".." in parts or ":" in parts[0]:
        raise ReadError(f"{name!r} leads out of the folder", where=path_of(folder), hint=hint)
    from pathlib import Path  # what few commands need is not imported for all

    root = Path(path_of(folder))
    try:
        found = (root / inner).resolve()
        outside = found.is_symlink() or not found.is_relative_to(root.resolve())  # a circle stays a link since 3.13
    except (OSError, RuntimeError):  # a circle of links
        outside = True
    if outside:
        raise ReadError(f"{name!r} leads out of the folder through a link", where=path_of(folder), hint=hint)
    return root / inner


def reason_of(error: OSError | ValueError) -> str:
    """Why a step on a file failed, in the words of the system."""
    return getattr(error, "strerror", None) or str(error)


def open_file(path: object) -> int:
    """A descriptor of a file, opened for reading: a regular file, by exactly this name, without ever waiting.

    Raises:
        ReadError: It is missing, no regular file (a directory, pipe, socket or device), or cannot be opened.
    """
    name = path_of(path)
    try:
        refuse_other(os.stat(name).st_mode, name, ReadError)  # before it is opened: opening a device can move it
        found = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise ReadError("there is no such file", where=name, hint="Check the name and the folder") from None
    except ReadError:
        raise
    except (OSError, ValueError) as error:
        raise ReadError(f"it cannot be read: {reason_of(error)}", where=name, hint="Check its permissions") from None
    try:
        refuse_other(os.fstat(found).st_mode, name, ReadError)  # it may have been changed for another meanwhile
    except ReadError:
        os.close(found)
        raise
    return found


def refuse_other(mode: int, name: str, error: type[ReadError | WriteError]) -> None:
    """Refuse what is not a regular file, by its mode.

    Raises:
        ReadError: Or the other error named: it is a directory, pipe, socket or device.
    """
    for is_kind, message, hint in _KINDS:
        if is_kind(mode):
            raise error(message, where=name, hint=hint)
    if not stat.S_ISREG(mode):
        raise error("it is not a file", where=name, hint="Name a file")


def read_bytes(path: object, limit: int = LIMIT) -> bytes:
    """What a regular file holds.

    Raises:
        ReadError: As `open_file`; or it is larger than ``limit`` bytes.
    """
    name = path_of(path)
    with os.fdopen(open_file(name), "rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > limit:
            raise ReadError(
                f"it has {size:,} bytes and at most {limit:,} are read", where=name, hint="Split it, or check its name"
            )
        try:
            data = stream.read(limit + 1) if size else b""  # files that tell no size, as in /proc, hold no text of ours
        except OSError as error:
            hint = "Check its permissions"
            raise ReadError(f"it cannot be read: {reason_of(error)}", where=name, hint=hint) from None
    if len(data or b"") > limit:
        raise ReadError(f"it has more than {limit:,} bytes", where=name, hint="Split it, or check its name")
    return data or b""


def read_text(path: object, limit: int | None = None) -> str:
    """The text of a file.

    Args:
        path: The file.
        limit: The most bytes that are read; `LIMIT` where None.

    Raises:
        ReadError: It is missing, no regular file, unreadable, empty, larger than the limit, or not UTF-8 text.
    """
    name = path_of(path)
    data = read_bytes(name, LIMIT if limit is None else limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"byte {error.start + 1:,} is not UTF-8 text", where=name, hint="Save it as UTF-8 and try again"
        ) from None
    if not text.strip():
        raise ReadError("it is empty", where=name)
    return text
