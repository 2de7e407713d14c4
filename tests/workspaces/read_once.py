"""What many tests read is read once: what a file holds, byte for byte, decides what is read from it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Generator, Sequence
from functools import lru_cache
from pathlib import Path

import pytest

from careassure.errors import CareAssureError, Problem
from careassure.io.files import is_folder, path_of
from careassure.io.records import Lookup
from careassure.privacy.personal import screen
from careassure.tables.columns import Row, Sheet, files_of, read_sheet
from careassure.workspaces import folder, opening
from careassure.workspaces.folder import workspace_from
from careassure.workspaces.workspace import Workspace


def holds_a_workspace(path: object) -> bool:
    """Whether a path, or what was given as one, is the folder of a workspace."""
    try:
        return is_folder(path) and folder.is_workspace(path_of(path))
    except (CareAssureError, OSError):
        return False


@pytest.fixture(scope="module", autouse=True)
def reading_once() -> Generator[None]:
    """A folder is read anew only where a file in it differs, for tests of what is said of workspaces."""
    kept: dict[object, Workspace] = {}

    def read(path: str | os.PathLike[str], lookup: Lookup, *, today: dt.date) -> Workspace:
        if not holds_a_workspace(path):
            return workspace_from(path, lookup, today=today)  # which says why
        held = sorted((str(file), file.is_file() and file.read_bytes()) for file in Path(path).rglob("*"))
        key = (os.fspath(path), today, tuple(held))
        if key not in kept:
            kept[key] = workspace_from(path, lookup, today=today)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "workspace_from", read)
        yield


@pytest.fixture(scope="module", autouse=True)
def tables_once() -> Generator[None]:
    """A table is read anew, and a text screened, only where it differs, for tests of folders in which one does."""
    kept: dict[object, tuple[list[Row], list[Problem]]] = {}

    def read(place: Path, sheet: Sheet, problems: list[Problem], extra: Sequence[str] = ()) -> list[Row]:
        files = files_of(place, sheet)
        if len(files) != 1 or not files[0].is_file():
            return read_sheet(place, sheet, problems, extra)
        key = (files[0].name, files[0].read_bytes(), sheet.name, tuple(extra))
        if key not in kept:
            told: list[Problem] = []
            kept[key] = (read_sheet(place, sheet, told, extra), told)
        rows, told = kept[key]
        problems += told
        return [Row(row.file, row.number, row.cells, problems) for row in rows]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder, "read_sheet", read)
        patch.setattr(screen, "_sighted", lru_cache(maxsize=None)(screen._sighted))
        yield
