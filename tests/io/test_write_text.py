"""Writing files whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from careassure.errors import WriteError
from careassure.io.files import write_text
from strategies import texts

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
        lambda patch: patch.setattr("tempfile.mkstemp", fail),
    ],
    ids=["moving", "permissions", "writing", "making"],
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
    assert raised.value.where == str(target)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_text_that_utf8_cannot_hold_leaves_nothing(tmp_path: Path) -> None:
    """Text with half a surrogate pair cannot be written, and nothing is left behind."""
    with pytest.raises(WriteError, match="surrogates not allowed"):
        write_text(tmp_path / "file.toml", "half \ud800")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["none/file.toml", "file/inner.toml", "nul\x00.toml", "a" * 300])
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
