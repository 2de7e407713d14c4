"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from careassure.errors import WriteError
from careassure.io.files import path_of, reason_of, refuse_other

try:
    import fcntl
except ImportError:  # pragma: no cover  (Windows, where a file that is open cannot be removed anyway)
    fcntl = None  # type: ignore[assignment]

_BUSY = "lock"
_PART = "part"


def write_text(path: object, text: str) -> None:
    """Write a file of text beside its place and move it there, so that no half-written file is ever seen.

    A link is followed: what it names is written, and the link stays. See `whole_file`.

    Raises:
        WriteError: It cannot be written; whatever stood there before still does.
    """
    name = path_of(path, WriteError)
    try:
        data = text.encode("utf-8")
    except ValueError as error:
        raise _unwritten(name, error) from None
    write_bytes(name, data)


def write_bytes(path: object, data: bytes) -> None:
    """Write a file beside its place and move it there; see `write_text`.

    Raises:
        WriteError: It cannot be written; whatever stood there before still does.
    """
    name = path_of(path, WriteError)
    try:
        with whole_file(name) as part:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)  # the system applies the umask
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
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
        refuse_other(mode, name, WriteError)
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
    hint = "Check that the folder exists and that you may write to it"
    return WriteError(f"it cannot be written: {reason_of(error)}", where=name, hint=hint)


def unmade(name: str, error: OSError | ValueError) -> WriteError:
    """The error for a folder that cannot be made."""
    hint = "Check that the folder above it exists and that you may write to it"
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
