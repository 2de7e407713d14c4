"""Whatever stands in its files, a workspace is read or refused in the library's own words, and never breaks it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import CareAssureError, InvalidWorkspaceError
from careassure.io.formats import to_toml
from careassure.workspaces.sheets import SHEETS
from helpers import few, tried

from .folders import DAY, example, rows, save

TABLES = [sheet.file for sheet in SHEETS]
CELLS = (
    "", " ", ";", "=", ",", '"', "\x00", "a\x00b", "\ufeff", "0", "-1", "1e999", "9" * 40, "3", "good", "nan", "2026",
    "2026-02-30", "0000", "9999-12-31", "31/12/9999", "00/00/2026", "equity", "equity=", "=3", "equity=3;equity=4",
    "equity/staff", "leadership", "R1", "E01", "P1", "=cmd|' /C calc'!A0", "\u202e", "\u0661", "x" * 70_000, "a\rb",
    "\x1b[31m", "S2", "own 2026-27 W1", "[c]", "cancelled", "peer_review", "self_assessment", "staff", "C001",
)  # fmt: skip
plain_values = st.recursive(
    st.booleans() | st.integers(-9, 99) | st.sampled_from(["", "direct", "x", "cqc-la", "York", "2023", "single-word"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["a", "id", "codes", "look_for", "statements"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def used(folder: Path) -> None:
    """Read a folder and use what was read; only the library's own errors may come of it."""
    found = tried(lambda: ca.workspaces.read(folder, today=DAY))
    if isinstance(found, CareAssureError):
        assert str(found)
        if isinstance(found, InvalidWorkspaceError):
            assert len(set(found.problems)) == len(found.problems) > 0
        return
    assert ca.workspaces.status(found, DAY).words
    assert ca.workspaces.diff(found, DAY.replace(year=2025), DAY).words
    assert all(entry.words for entry in ca.workspaces.timeline(found))
    tried(lambda: ca.workspaces.assess(found))
    tried(lambda: ca.workspaces.if_complete(found))


@few
@given(
    st.lists(
        st.tuples(st.sampled_from(TABLES), st.integers(1, 6), st.integers(0, 12), st.sampled_from(CELLS)),
        min_size=1,
        max_size=6,
    )
)
def test_any_cell_is_read_or_refused(changes: list[tuple[str, int, int, str]]) -> None:
    """Any cells, in any row and column, make a workspace that can be used, or an error that lists what is wrong."""
    with tempfile.TemporaryDirectory() as place:
        folder = example(Path(place) / "w")
        for file, row, column, text in changes:
            table = rows(folder, file)
            line = table[min(row, len(table) - 1)]
            line[min(column, len(line) - 1)] = text
            save(folder, file, table)
        used(folder)


@few
@given(st.sampled_from([*TABLES, "workspace.toml"]), st.binary(max_size=40), st.integers(0, 2000), st.booleans())
def test_any_bytes_are_read_or_refused(file: str, data: bytes, at: int, alone: bool) -> None:
    """Bytes in the midst of a file, or in its place, make a workspace or an error of the library's own."""
    with tempfile.TemporaryDirectory() as place:
        folder = example(Path(place) / "w")
        old = (folder / file).read_bytes()
        (folder / file).write_bytes(data if alone else old[:at] + data + old[at:])
        used(folder)


@few
@given(
    st.dictionaries(
        st.sampled_from(["council", "body", "framework", "version", "stale_after_months", "scorer", "privacy", "facts",
                         "cases", "own", "format", "other"]),
        plain_values,
        max_size=4,
    )
)  # fmt: skip
def test_any_settings_are_read_or_refused(settings: dict[str, object]) -> None:
    """Whatever stands in workspace.toml makes a workspace or an error of the library's own."""
    with tempfile.TemporaryDirectory() as place:
        folder = example(Path(place) / "w")
        start = {"council": "Exampleshire", "body": "example", "framework": "cqc-la"}
        (folder / "workspace.toml").write_text(to_toml(start | settings), encoding="utf-8")
        used(folder)
