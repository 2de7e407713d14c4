"""The page on the rooms: its picture, the files that it and the rooms name, and where a stranger finds things."""

from __future__ import annotations

import ast
import re

import pytest

from docs.rooms import PICTURE, ROOT, SOURCE, UPWARD, drawn, floors, home, uses

PAGE = (ROOT / "docs" / "explanation" / "architecture.md").read_text(encoding="utf-8")
ROOMS = [room for floor in floors() for room in floor]
QUESTIONS = re.findall(r"^\| (the .+?) \| `(.+?)` \| `(.+?)` \|$", PAGE, re.MULTILINE)


@pytest.mark.slow  # the same under every Python
def test_the_picture_shows_the_imports() -> None:
    """The picture is what would be drawn from the source now; ``python tests/docs/rooms.py`` draws it."""
    assert PICTURE.read_text(encoding="utf-8") == drawn()


def test_a_room_uses_only_floors_below() -> None:
    """But for two that are named, no room imports from its own floor or a higher one, and every folder is a room."""
    floor_of = {room: number for number, floor in enumerate(floors()) for room in floor}
    upward = {(room, other) for room in ROOMS for other in uses(room) if floor_of[other] <= floor_of[room]}
    assert upward == UPWARD
    assert {path.parent.name for path in SOURCE.glob("*/__init__.py")} <= set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_names_files_that_it_has(room: str) -> None:
    """What the docstring of a room tells a newcomer to read is there."""
    text = ast.get_docstring(ast.parse(home(room).read_text(encoding="utf-8"))) or ""
    assert text
    for name in re.findall(r"`([\w/]+\.(?:py|md)|[\w/]+/)`", text):
        assert (home(room).parent / name).exists(), name


def test_the_page_names_files_that_are_there() -> None:
    """Every file and folder of the page exists."""
    for name in re.findall(r"`([\w/-]+/[\w.-]*|\w+\.toml)`", PAGE):
        assert (SOURCE / name).exists() or (ROOT / name).exists(), name


@pytest.mark.parametrize(("question", "term", "file"), QUESTIONS, ids=[term for _, term, _ in QUESTIONS])
def test_one_search_finds_it(question: str, term: str, file: str) -> None:
    """The term is in the file that has the answer, and in four others at most."""
    assert question
    found = sorted(
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*")
        if path.suffix in {".py", ".toml"} and term in path.read_text(encoding="utf-8")
    )
    assert file in found
    assert len(found) <= 5, found


def test_there_are_ten_questions() -> None:
    """The table of the page is read whole."""
    assert len(QUESTIONS) == PAGE.count("\n| the ") == 10
