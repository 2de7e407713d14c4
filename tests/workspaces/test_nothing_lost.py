"""What is put into a workspace comes out: in a text, a list or the JSON, or it is said that it is not used and why."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.api.from_files import read_versions
from careassure.model.framework import Framework

from .marked import lost, outputs, write_marked
from .read_once import reading_once

assert reading_once is not None  # a fixture

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path for path in ROOT.glob("plugins/*/src/*/*.toml") if 'format = "careassure.framework/1"' in path.read_text()
)
"""The frameworks of the plugins, each as a file that a user may lay into the folder: plugins are off in these tests."""
FRAMEWORKS = [
    *((version, None) for item in ca.frameworks() for version in item.versions),
    *((version, path) for path in FILES for version in read_versions(path)),
]
"""Every version of every framework that ships, with its file where it is none of the core's."""


@pytest.mark.parametrize(("framework", "file"), FRAMEWORKS, ids=[f"{item.id}-{item.version}" for item, _ in FRAMEWORKS])
def test_every_cell_is_printed_for_people(framework: Framework, file: Path | None, tmp_path: Path) -> None:
    """Under every framework that ships, what stands in a cell of any table is in the text of some command."""
    found = write_marked(tmp_path / "w", framework, file)
    assert lost(found, outputs(tmp_path / "w", framework, json=False)) == []


@settings(max_examples=12, phases=(Phase.explicit, Phase.generate))
@given(st.sampled_from(FRAMEWORKS), st.integers(0, 2**32))
def test_a_cell_is_printed_whatever_else_is_blank(which: tuple[Framework, Path | None], seed: int) -> None:
    """A cell that is filled is printed even where others of its row, which need not be filled, are blank."""
    chance = random.Random(seed)  # noqa: S311  (which cells are blank, by chance that can be had again)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "w"
        framework, file = which
        found = write_marked(folder, framework, file, keep=lambda *_: chance.random() < 0.5)
        assert lost(found, outputs(folder, framework, json=False)) == []


CASES_ONLY = {("cases", "id")}
"""One row about one person is in no file that travels: cases are counted there, and drawn by ``careassure draw``."""


def test_the_json_of_status_holds_every_table(tmp_path: Path) -> None:
    """Programs find every cell in the JSON of status and of the lists, but for the pseudonyms of cases."""
    framework = ca.framework("cqc-la")
    found = write_marked(tmp_path / "w", framework)
    missing = lost(found, outputs(tmp_path / "w", framework, text=False))
    assert {(table, column) for table, _, column in missing} <= CASES_ONLY
