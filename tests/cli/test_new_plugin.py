"""The command new-plugin: a distribution that is whole or not there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from careassure.cli import main

FILES = {
    "README.md",
    "pyproject.toml",
    "src/careassure_mine/__init__.py",
    "src/careassure_mine/py.typed",
    "tests/test_careassure_mine.py",
}
KILLED = """
import os, sys
from pathlib import Path
from careassure.cli import main
written, after = Path.write_text, int(sys.argv[2])
def killed(*arguments, **more):
    global after
    after -= 1
    if after < 0:
        os.kill(os.getpid(), 9)
    return written(*arguments, **more)
Path.write_text = killed
main(["new-plugin", "mine", "--folder", sys.argv[1]])
"""


def everything(folder: Path) -> set[str]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_plugin_is_written_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All its files are there, nothing beside them, and the command says what comes next."""
    assert main(["new-plugin", "mine", "--folder", str(tmp_path / "a" / "b")]) == 0
    assert everything(tmp_path / "a" / "b" / "careassure-mine") == FILES
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["careassure-mine"]
    assert "pip install -e" in capsys.readouterr().out


@pytest.mark.parametrize("after", [0, 2, 4])
def test_a_killed_run_blocks_nothing(tmp_path: Path, after: int) -> None:
    """A run that is killed between two files leaves no plugin; the next writes it, and nothing else is left."""
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(after)], check=False)
    assert killed.returncode == -9
    assert not (tmp_path / "careassure-mine").exists()
    assert main(["new-plugin", "mine", "--folder", str(tmp_path)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["careassure-mine"]
    assert everything(tmp_path / "careassure-mine") == FILES


@pytest.mark.parametrize("after", range(5))
def test_a_full_disk_leaves_nothing(
    tmp_path: Path, after: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where any of its files cannot be written, nothing is left, and the next try succeeds."""
    written, left = Path.write_text, [after]

    def full(self: Path, text: str, **more: str) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        return written(self, text, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", full)
        assert main(["new-plugin", "mine", "--folder", str(tmp_path)]) == 1
    assert "it cannot be made: No space left on device" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert main(["new-plugin", "mine", "--folder", str(tmp_path)]) == 0


@pytest.mark.parametrize("name", ["careassure", "careassure-careassure", "single-word", "careassure-single-word"])
def test_names_of_our_own_are_refused(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A plugin that could never be loaded, since its name or its scorer's is careassure's own, is not written."""
    assert main(["new-plugin", name, "--folder", str(tmp_path)]) == 2
    assert "is a name of careassure's own" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["", "-", "../x", "a/b", "A", "ä", "a_b", "a--b", "a-", "1a", "a\n", "a\0", "x" * 61, "x" * 300, "\u0430"]
)
def test_other_names_are_refused(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A name is at most 60 lower-case ASCII letters, digits and single hyphens, and nothing else."""
    assert main(["new-plugin", f"careassure-{name}", "--folder", str(tmp_path)]) == 2
    assert "cannot be a plugin's name" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder, a file or a dead link of that name is refused and stays as it is."""
    for place, make in (("one", os.mkdir), ("two", lambda path: Path(path).touch()), ("three", dead)):
        make(tmp_path / f"careassure-{place}")
        assert main(["new-plugin", place, "--folder", str(tmp_path)]) == 1
        assert "it already exists" in capsys.readouterr().err
    assert len(list(tmp_path.iterdir())) == 3


def dead(path: Path) -> None:
    """Make a link that leads nowhere."""
    path.symlink_to("nowhere")


@pytest.mark.parametrize("folder", ["file", "file/inner", "x" * 300, "x/" * 3000, "nul\0"])
def test_folders_that_cannot_be_made_are_refused(
    tmp_path: Path, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that is a file, or has a name that no folder can have, is refused in words."""
    (tmp_path / "file").touch()
    assert main(["new-plugin", "mine", "--folder", str(tmp_path / folder)]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert everything(tmp_path) == {"file"}
