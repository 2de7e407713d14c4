"""Files: read within bounds as text, and written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from careassure.errors import ReadError, WriteError

try:
    import fcntl
except ImportError:  # pragma: no cover  (Windows, where a file that is open cannot be removed anyway)
    fcntl = None  # type: ignore[assignment]

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
_BUSY = "lock"
_PART = "part"


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
        return Path(path_of(path)).is_dir()
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
        ReadError: The name leads out of the folder: from the root, by "..", through a link; or it is no path.
    """
    hint = "Put the file into the folder, and name it from there"
    inner = path_of(name)
    if not os.fspath(folder):  # type: ignore[call-overload]
        raise ReadError(f"{name!r} is a file, and there is no folder that it is in", hint="Read it and give what it is")
    parts = inner.replace("\\", "/").split("/")
    if not parts[0] or ".." in parts or ":" in parts[0]:
        raise ReadError(f"{name!r} leads out of the folder", where=path_of(folder), hint=hint)
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
        _refuse_other(Path(name).stat().st_mode, name, ReadError)  # before it is opened: opening a device can move it
        found = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise ReadError("there is no such file", where=name, hint="Check the name and the folder") from None
    except ReadError:
        raise
    except (OSError, ValueError) as error:
        raise ReadError(f"it cannot be read: {reason_of(error)}", where=name, hint="Check its permissions") from None
    try:
        _refuse_other(os.fstat(found).st_mode, name, ReadError)  # it may have been changed for another meanwhile
    except ReadError:
        os.close(found)
        raise
    return found


def _refuse_other(mode: int, name: str, error: type[ReadError | WriteError]) -> None:
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


def write_text(path: object, text: str) -> None:
    """Write a file beside its place and move it there, so that no half-written file is ever seen.

    A link is followed: what it names is written, and the link stays. See `whole_file`.

    Raises:
        WriteError: It cannot be written; whatever stood there before still does.
    """
    name = path_of(path, WriteError)
    try:
        with whole_file(name) as part:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)  # the system applies the umask
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except WriteError:
        raise
    except (OSError, ValueError) as error:
        raise _unwritten(name, error) from None


@contextmanager
def whole_file(path: object) -> Generator[Path]:
    """A place to write a file that appears under its name whole, once it is complete, or not at all.

    It lies in a folder of its own beside the target. What was written there is on the disk before it takes the
    target's place, with the target's permissions. A link is followed. Where the target has a second name (a hard
    link), that one keeps what it held. What a run that was killed left beside the same target is removed.

    Args:
        path: The target: new, or a regular file, or a link to one.

    Yields:
        The place, with the ending of the target. Nothing is there yet. What the body raises is passed on, and nothing
        is left behind.

    Raises:
        WriteError: The target is a directory, pipe, socket or device, or its folder cannot be written to.
    """
    name = path_of(path, WriteError)
    target = _followed(name)
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        mode = None
    except (OSError, ValueError) as error:
        raise _unwritten(name, error) from None
    if mode is not None:
        _refuse_other(mode, name, WriteError)
    with _beside(target, name) as folder:
        part = folder / f"{_PART}{target.suffix}"
        yield part
        try:
            _sync(part)
            if mode is not None:
                part.chmod(mode & 0o777)
            part.replace(target)
        except (OSError, ValueError) as error:
            raise _unwritten(name, error) from None
        _sync_folder(target.parent)


@contextmanager
def whole_folder(path: object, *, replaces: Callable[[Path], bool] | None = None) -> Generator[Path]:
    """A folder to fill that appears under its name whole, once it is complete, or not at all.

    Args:
        path: The target: new, or an empty folder. The folder that it is in must exist.
        replaces: Tells whether a folder that is there and holds something may be replaced; None: none may.

    Yields:
        The folder to fill. What the body raises is passed on, and nothing is left behind.

    Raises:
        WriteError: The target exists and is not empty, or cannot be made.
    """
    name = path_of(path, WriteError)
    above, last = os.path.split(name.rstrip(os.sep) or name)
    target = _followed(above or os.curdir) / last  # a link in the folder's own place is not followed: it is in use
    _refuse_used(target, name, replaces)
    with _beside(target, name) as folder:
        part = folder / _PART
        try:
            part.mkdir()
        except OSError as error:
            raise unmade(name, error) from None
        yield part
        try:
            for place, _, files in os.walk(part):
                for file in files:
                    _sync(Path(place) / file)
                _sync_folder(Path(place))
            _refuse_used(target, name, replaces)
            if target.is_dir():
                target.rename(folder / "old")
            part.rename(target)
        except WriteError:
            raise
        except (OSError, ValueError) as error:
            raise unmade(name, error) from None
        _sync_folder(target.parent)


def _refuse_used(target: Path, name: str, replaces: Callable[[Path], bool] | None) -> None:
    try:
        there = os.path.lexists(target) and (target.is_symlink() or not target.is_dir() or any(target.iterdir()))
        if there and (replaces is None or target.is_symlink() or not target.is_dir() or not replaces(target)):
            raise WriteError("it exists and is not empty", where=name, hint="Name a new folder")
    except (OSError, ValueError) as error:
        if isinstance(error, WriteError):
            raise
        raise unmade(name, error) from None


def _followed(name: str) -> Path:
    """The file that a path names, links followed; one that is not there yet may be named as well."""
    try:
        target = Path(os.path.realpath(name))
        if target.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    except (OSError, ValueError) as error:
        raise _unwritten(name, error) from None
    return target


def _unwritten(name: str, error: OSError | ValueError) -> WriteError:
    hint = "Check that the folder exists and allows it"
    return WriteError(f"it cannot be written: {reason_of(error)}", where=name, hint=hint)


def unmade(name: str, error: OSError | ValueError) -> WriteError:
    """The error for a folder that cannot be made."""
    hint = "Check that the folder above it exists and allows it"
    return WriteError(f"it cannot be made: {reason_of(error)}", where=name, hint=hint)


def _digest(name: str) -> str:
    from hashlib import sha256  # readers need neither this nor shutil

    return sha256(os.fsencode(name)).hexdigest()


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _beside(target: Path, name: str) -> Generator[Path]:
    """A folder of our own beside a target, removed at the end; those of runs that are dead are removed first."""
    import shutil  # now: when the time has come to remove the folder, no file may be left to be opened

    stem = target.name if len(os.fsencode(target.name)) <= 100 else _digest(target.name)
    try:
        _clear(target.parent, stem)
        folder, lock = _locked(target.parent, stem)
    except (OSError, ValueError) as error:
        raise _unwritten(name, error) from None
    try:
        yield folder
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


def _locked(parent: Path, stem: str) -> tuple[Path, int]:
    """A new folder with a lock in it that ends with this process, however it ends."""
    while True:
        folder = parent / f".{stem}.{os.urandom(4).hex()}.{_PART}"
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            continue
        try:
            lock = os.open(folder / _BUSY, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except FileNotFoundError:
            continue  # another run took it for one that a dead run had left
        except OSError:
            _remove(folder)
            raise
        if _held(lock):
            return folder, lock
        os.close(lock)


def _held(lock: int) -> bool:
    """Whether the lock is ours now; false where another run has it, or had it and removed it."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks: nothing there is ever taken for dead
    return os.fstat(lock).st_nlink > 0


def _clear(parent: Path, stem: str) -> None:
    """Remove what runs that were killed left beside a target."""
    form = re.compile(re.escape(f".{stem}.") + "[0-9a-f]{8}" + re.escape(f".{_PART}"))
    names: list[str] = []
    with suppress(PermissionError), os.scandir(parent) as found:  # a folder may be written to and yet not be listed
        names = [item.name for item in found if form.fullmatch(item.name)]
    for folder in (parent / name for name in names):
        with suppress(OSError):
            if folder.is_dir() and not folder.is_symlink():
                _remove_dead(folder)


def _remove_dead(folder: Path) -> None:
    """Remove the folder of a run that has ended. On a file system without locks nobody can tell: it stays."""
    try:
        lock = os.open(folder / _BUSY, os.O_RDWR)
    except FileNotFoundError:
        folder.rmdir()  # its run was killed before it made the lock; where anything is in it, it is not ours
        return
    try:
        if fcntl is None:  # pragma: no cover  (Windows: the lock cannot be removed while its run is alive)
            os.close(lock)
            (folder / _BUSY).unlink()
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(folder)
    finally:
        with suppress(OSError):
            os.close(lock)


def _sync(file: Path) -> None:
    """Wait until a file is on the disk, where its file system can say so."""
    try:
        handle = os.open(file, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    except PermissionError:
        return  # a umask that forbids its owner to read it
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where its system can say so: Windows cannot."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
