"""A new workspace: whole or not at all, and sound on the day on which it is made."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import careassure as ca
from careassure.errors import CareAssureError, InvalidInputError, UnknownCouncilError, UnknownFrameworkError, WriteError
from careassure.workspaces.sheets import SHEETS

from .folders import DAY, example, problems

MAKERS: dict[str, Callable[[Path], object]] = {
    "new": lambda path: ca.workspaces.init(path, "York", today=DAY),
    "example": ca.workspaces.init_example,
}
both = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


def everything(folder: Path) -> dict[str, str]:
    """What a folder holds, with what is in it: for a comparison of before and after."""
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8") if path.is_file() else "folder"
        for path in sorted(folder.rglob("*"))
    }


@both
@pytest.mark.parametrize("there", [False, True])
def test_a_folder_is_made_or_filled(tmp_path: Path, make: Callable[[Path], object], *, there: bool) -> None:
    """A folder that is not there is made, an empty one is filled, and nothing else is left beside it."""
    folder = tmp_path / "w"
    if there:
        folder.mkdir()
    made = make(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["w"]
    assert {path.name for path in folder.iterdir()} == {
        "workspace.toml", "README.md", *(sheet.file for sheet in SHEETS)
    }  # fmt: skip
    assert ca.workspaces.read(folder, today=DAY) == made


@both
@pytest.mark.parametrize("place", ["full", "file", "dead", "gone/w", "file/w", "x" * 300, "nul\0"])
def test_what_cannot_be_made_leaves_nothing_behind(
    tmp_path: Path, make: Callable[[Path], object], place: str
) -> None:  # fmt: skip
    """Where the folder is not empty, a file or a dead link stands in its place or its parent is missing, it is refused
    with its path, and everything is as it was."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("kept", encoding="utf-8")
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    (tmp_path / "dead").symlink_to(tmp_path / "nowhere")
    before = everything(tmp_path)
    with pytest.raises(WriteError) as raised:
        make(tmp_path / place)
    assert str(raised.value.where) in (str(tmp_path / place), repr(str(tmp_path / place)))
    assert raised.value.hint
    assert everything(tmp_path) == before


@both
def test_a_parent_that_cannot_be_written_leaves_nothing_behind(
    tmp_path: Path, make: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the folder above allows nothing, or the disk is full half way, nothing is left behind."""

    def refuse(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(WriteError, match="it cannot be made: No space left on device"):
        make(tmp_path / "w")
    assert everything(tmp_path) == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to this user")
@both
def test_a_parent_without_permission_is_refused(tmp_path: Path, make: Callable[[Path], object]) -> None:
    """A folder above that may not be written is refused, and nothing is left behind."""
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(WriteError, match="Permission denied"):
            make(tmp_path / "w")
    finally:
        tmp_path.chmod(0o700)
    assert everything(tmp_path) == {}


@pytest.mark.parametrize(
    ("council", "more", "error"),
    [
        ("Atlantis", {}, UnknownCouncilError),
        ("", {}, UnknownCouncilError),
        ("  ", {"body": "example"}, UnknownCouncilError),
        ("York", {"framework": "cqc"}, UnknownFrameworkError),
        ("York", {"version": "2024"}, UnknownFrameworkError),
        ("\ud800", {"body": "example"}, InvalidInputError),
    ],
)
def test_a_wrong_name_makes_nothing(
    tmp_path: Path, council: str, more: dict[str, str], error: type[CareAssureError]
) -> None:  # fmt: skip
    """An unknown council, framework or version, or a blank name, is refused before anything is written."""
    with pytest.raises(error):
        ca.workspaces.init(tmp_path / "w", council, today=DAY, **more)
    assert everything(tmp_path) == {}


@pytest.mark.parametrize("version", ["direct", "2023"])
def test_a_new_workspace_has_a_blank_score_for_each_statement(tmp_path: Path, version: str) -> None:
    """A new workspace is sound, has a blank score for each statement on its day, and lacks every score."""
    made = ca.workspaces.init(tmp_path / "w", "E06000014", version=version, today=dt.date(2026, 3, 1))
    assert (made.council, made.framework.version) == (ca.council("York"), version)
    assert {(entry.statement, entry.score, str(entry.date)) for entry in made.scores} == {
        (statement.id, None, "2026-03-01") for statement in made.framework.statements
    }
    assert repr(made).endswith("0 scores given, 0 pieces of evidence, 0 actions>")
    found = ca.workspaces.status(made, dt.date(2026, 3, 1))
    assert {gap.kind for gap in found.gaps} == {"missing", "unsupported"}
    assert len(found.of("missing")) == len(made.framework.leaves)
    assert not [item for item in ca.workspaces.diff(made, dt.date(2026, 2, 1), dt.date(2026, 3, 2)).items
                if item.subject == "score"]  # fmt: skip


def test_a_name_keeps_every_character(tmp_path: Path) -> None:
    """The name of a body may hold quotes, line ends and signs, and reads back as it was given."""
    name = 'Line\nbreak, "q" \\ = # [x]'
    assert ca.workspaces.init(tmp_path / "w", name, body="example", today=DAY).council.name == name


def test_the_example_does_not_depend_on_the_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example can be copied on a computer whose clock stands before it."""

    class Early(dt.date):
        @classmethod
        def today(cls) -> Early:
            return cls(2026, 1, 1)

    monkeypatch.setattr(dt, "date", Early)
    assert ca.workspaces.init_example(tmp_path / "w").council.name == "Exampleshire"


def test_the_example_is_what_ships(tmp_path: Path) -> None:
    """The copy holds the tables that ship, byte for byte, and is sound."""
    ca.workspaces.init_example(tmp_path / "copy")
    plain = everything(example(tmp_path / "plain"))
    copy = everything(tmp_path / "copy")
    assert copy.pop("README.md").startswith("# Exampleshire: assessment workspace\n")
    assert copy == plain
    assert problems(tmp_path / "copy") == ()


def test_a_framework_file_is_laid_into_the_folder(tmp_path: Path) -> None:
    """A workspace for a framework in a file of one's own takes the file with it, so that the folder stands alone."""
    file = next(Path(__file__).parents[2].glob("plugins/*/src/*/ofsted-sif.framework.toml"))
    made = ca.workspaces.init(tmp_path / "w", "Tameside", framework=file, today="2026-03-01")
    assert (tmp_path / "w" / file.name).read_text("utf-8") == file.read_text("utf-8")
    assert made.framework.id == "ofsted-sif"
    assert ca.workspaces.read(tmp_path / "w", today="2026-03-01") == made


def test_a_framework_file_outside_the_folder_is_refused(tmp_path: Path) -> None:
    """A framework file is read from the folder alone."""
    file = next(Path(__file__).parents[2].glob("plugins/*/src/*/ofsted-sif.framework.toml"))
    ca.workspaces.init(tmp_path / "w", "Tameside", framework=file, today="2026-03-01")
    settings = tmp_path / "w" / "workspace.toml"
    settings.write_text(settings.read_text("utf-8").replace(f'"{file.name}"', '"../elsewhere.toml"'), "utf-8")
    (found,) = ca.workspaces.check(tmp_path / "w", today="2026-03-01")
    assert (str(found.where), found.message) == (
        "workspace.toml, framework", "'../elsewhere.toml' leads out of the folder",
    )  # fmt: skip
