"""Writing files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given

from careassure.errors import ReadError, WriteError
from careassure.io.files import read_text
from careassure.io.writing import whole_file, whole_folder, write_text
from careassure.testing.strategies import texts

FACTORY = pytest.TempPathFactory


def fail(*_arguments: object, **_more: object) -> None:
    """Fail as a full disk does."""
    raise OSError(28, "No space left on device")


def fail_open(handle: int, *_arguments: object, **_more: object) -> None:
    """Fail as a full disk does, once the file is there."""
    os.close(handle)
    fail()


def mode(path: Path) -> int:
    """The permissions of a file."""
    return stat.S_IMODE(path.stat().st_mode)


@given(text=texts(max_size=60))
def test_text_is_written_as_it_is(text: str, tmp_path_factory: FACTORY) -> None:
    """A file holds the text as UTF-8, byte for byte, over whatever stood there, and nothing else is left."""
    folder = tmp_path_factory.mktemp("out")
    target = folder / "file.toml"
    for name in (target, str(target)):
        write_text(name, text)
        assert target.read_bytes() == text.encode()
    assert list(folder.iterdir()) == [target]


@pytest.mark.parametrize(
    "break_it",
    [
        lambda patch: patch.setattr(Path, "replace", fail),
        lambda patch: patch.setattr(Path, "chmod", fail),
        lambda patch: patch.setattr(os, "fdopen", fail_open),
        lambda patch: patch.setattr(Path, "mkdir", fail),
        lambda patch: patch.setattr(os, "fsync", fail),
    ],
    ids=["moving", "permissions", "writing", "making", "syncing"],
)
def test_a_failure_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, break_it: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """When any step of writing fails, the old content stays, no other file is left, and the reason is told."""
    target = tmp_path / "file.toml"
    target.write_text("old", encoding="utf-8")
    with monkeypatch.context() as patch:
        break_it(patch)
        with pytest.raises(WriteError, match="it cannot be written: No space left on device") as raised:
            write_text(target, "new")
    assert str(raised.value.where) == str(target)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_text_that_utf8_cannot_hold_leaves_nothing(tmp_path: Path) -> None:
    """Text with half a surrogate pair cannot be written, and nothing is left behind."""
    with pytest.raises(WriteError, match="surrogates not allowed"):
        write_text(tmp_path / "file.toml", "half \ud800")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["none/file.toml", "file/inner.toml", "a" * 300])
def test_places_that_cannot_be_written_are_refused(tmp_path: Path, name: str) -> None:
    """A folder that is missing or is a file, and a name that no file can have, are refused."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(WriteError, match="it cannot be written") as raised:
        write_text(tmp_path / name, "new")
    assert "Check that the folder exists" in raised.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_directory_is_not_written_over(tmp_path: Path) -> None:
    """A directory is refused and stays."""
    with pytest.raises(WriteError) as raised:
        write_text(tmp_path, "new")
    assert str(raised.value) == f"{tmp_path}: it is a directory. Name a file in it"
    assert tmp_path.is_dir()


@pytest.mark.parametrize("permissions", [0o600, 0o640, 0o644, 0o664])
def test_permissions_are_kept(tmp_path: Path, permissions: int) -> None:
    """A file that is written over keeps its permissions."""
    target = tmp_path / "file.toml"
    target.touch()
    target.chmod(permissions)
    write_text(target, "new")
    assert mode(target) == permissions


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    """A new file has the permissions that any file made by this user has."""
    write_text(tmp_path / "file.toml", "new")
    plain = tmp_path / "plain"
    plain.touch()
    assert mode(tmp_path / "file.toml") == mode(plain)


def test_no_step_touches_the_umask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The umask of the process is never read or set: another thread's files would get other permissions meanwhile."""
    monkeypatch.setattr(os, "umask", fail)
    write_text(tmp_path / "file.toml", "new")
    with whole_folder(tmp_path / "made") as part:
        (part / "a").write_text("x", encoding="utf-8")


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o000])
def test_the_umask_decides_what_a_new_file_allows(tmp_path: Path, mask: int) -> None:
    """A new file allows what the umask leaves, whatever it is."""
    before = os.umask(mask)
    try:
        write_text(tmp_path / "file.toml", "new")
    finally:
        os.umask(before)
    assert mode(tmp_path / "file.toml") == 0o666 & ~mask


def test_the_file_is_on_the_disk_before_it_takes_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is synced before it is moved to its place, and the folder after."""
    steps: list[str] = []
    sync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def moved(self: Path, target: Path) -> Path:
        steps.append("moved")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", moved)
    write_text(tmp_path / "file.toml", "new")
    assert steps == ["file", "moved", "folder"]


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_followed(tmp_path: Path, there: bool) -> None:
    """What a link names is written, whether it is there or not, and the link stays."""
    (tmp_path / "else").mkdir()
    real, link = tmp_path / "else" / "real.toml", tmp_path / "link.toml"
    if there:
        real.write_text("old", encoding="utf-8")
    link.symlink_to(real)
    write_text(link, "new")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["else", "link.toml"]
    assert list(real.parent.iterdir()) == [real]


def test_a_circle_of_links_is_refused(tmp_path: Path) -> None:
    """Links that lead to each other are refused and stay."""
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(WriteError, match="Too many levels of symbolic links"):
        write_text(tmp_path / "a", "new")
    assert (tmp_path / "a").is_symlink()


def test_a_hard_link_keeps_what_it_held(tmp_path: Path) -> None:
    """A second name of the same file keeps the old content."""
    (tmp_path / "one").write_text("old", encoding="utf-8")
    os.link(tmp_path / "one", tmp_path / "two")
    write_text(tmp_path / "one", "new")
    assert (tmp_path / "two").read_text(encoding="utf-8") == "old"


def test_what_is_no_file_is_not_written_over(tmp_path: Path) -> None:
    """A pipe, a socket and a device are refused and stay; nothing is put in their place."""
    pipe, plug = tmp_path / "pipe", socket.socket(socket.AF_UNIX)
    os.mkfifo(pipe)
    with pytest.raises(WriteError, match="it is a pipe, not a file"):
        write_text(pipe, "new")
    with plug, contextlib.chdir(tmp_path):
        plug.bind("plug")
        with pytest.raises(WriteError, match="it is a socket, not a file"):
            write_text("plug", "new")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    with pytest.raises(WriteError, match="it is a device, not a file"):
        write_text(os.devnull, "new")


KILLED = """
import os, sys
from pathlib import Path
from careassure.io.writing import whole_file, whole_folder
kind, target = sys.argv[1:]
with (whole_file if kind == "file" else whole_folder)(target) as part:
    Path(part, "half.txt" if kind == "folder" else "").write_text("half")
    os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path, kind: str) -> None:
    """A run that is killed leaves the target as it was, and its part is removed when the target is written again."""
    target = tmp_path / "out.csv"
    assert subprocess.run([sys.executable, "-c", KILLED, kind, str(target)], check=False).returncode == -9
    assert not target.exists()
    assert len(list(tmp_path.iterdir())) == 1
    if kind == "file":
        write_text(target, "whole")
    else:
        with whole_folder(target) as part:
            (part / "a").write_text("x", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_run_that_is_alive_keeps_its_part(tmp_path: Path) -> None:
    """Two runs that write one target do not remove each other's part; whoever is last has the last word."""
    target = tmp_path / "out.csv"
    with whole_file(target) as first:
        first.write_text("first", encoding="utf-8")
        write_text(target, "second")
        assert first.read_text(encoding="utf-8") == "first"
        assert target.read_text(encoding="utf-8") == "second"
    assert target.read_text(encoding="utf-8") == "first"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", [".out.csv.12345678.part", ".out.csv.1234567g.part", ".out.csv.part"])
def test_what_is_not_ours_stays(tmp_path: Path, name: str) -> None:
    """A folder of somebody else beside the target stays, however it is called."""
    (tmp_path / name).mkdir()
    (tmp_path / name / "theirs.txt").write_text("x", encoding="utf-8")
    write_text(tmp_path / "out.csv", "new")
    assert (tmp_path / name / "theirs.txt").exists()


def test_threads_that_write_one_file_leave_it_whole(tmp_path: Path) -> None:
    """Whoever is last has the last word; the file is whole at every moment and nothing else is left."""
    target = tmp_path / "file.toml"
    wanted = [str(number) * 5000 for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda text: write_text(target, text), wanted * 5))
    assert target.read_text(encoding="utf-8") in wanted
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("length", [80, 200, 250, 255])
def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path, length: int) -> None:
    """A file whose name is as long as names may be is written like any other."""
    write_text(tmp_path / ("x" * length), "new")
    assert [len(path.name) for path in tmp_path.iterdir()] == [length]


@pytest.mark.parametrize("path", [None, 3, b"x.toml", "", object(), "nul\x00", "\ud800", "x" * 5000])
def test_what_is_no_path_is_refused(path: object) -> None:
    """Anything that is not a path is refused by the library's own error, for reading and for writing."""
    for call in (lambda: write_text(path, "x"), lambda: read_text(path)):
        with pytest.raises((WriteError, ReadError)):
            call()


def test_a_folder_that_is_used_is_refused(tmp_path: Path) -> None:
    """A folder that is not empty, or a file, is refused before anything is made, and stays."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for target in (tmp_path, tmp_path / "file"):
        with pytest.raises(WriteError, match="it exists and is not empty"), whole_folder(target):
            pytest.fail("it was entered")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_failure_inside_leaves_no_folder(tmp_path: Path) -> None:
    """What the body raises is passed on, and nothing is left behind."""

    def stopped() -> None:
        with whole_folder(tmp_path / "made") as part:
            (part / "a").write_text("x", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert list(tmp_path.iterdir()) == []
