"""Every verb takes a workspace or the path of its folder, and a day as a date or as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from careassure import workspaces
from careassure.errors import InvalidInputError, ReadError
from careassure.workspaces.example import EXAMPLE_DAY

from .read_once import reading_once

assert reading_once is not None  # a fixture

VERBS: dict[str, Callable[[Any, Any], object]] = {
    "assess": lambda work, day: workspaces.assess(work),
    "case_evidence": lambda work, day: workspaces.case_evidence(work, day),
    "check": lambda work, day: workspaces.check(work, today=day),
    "compare_reviews": lambda work, day: workspaces.compare_reviews(work, "R1", "A1", day),
    "contradictions": lambda work, day: workspaces.contradictions(work),
    "coverage": lambda work, day: workspaces.coverage(work),
    "diff": lambda work, day: workspaces.diff(work, "2026-03-10", day),
    "duties": lambda work, day: workspaces.duties(work, day),
    "events": lambda work, day: workspaces.events(work, day),
    "findings": lambda work, day: workspaces.findings(work, day),
    "hopes": lambda work, day: workspaces.hopes(work, day),
    "if_complete": lambda work, day: workspaces.if_complete(work),
    "measures": lambda work, day: workspaces.measures(work, day),
    "predicted": lambda work, day: workspaces.predicted(work, day),
    "progress": lambda work, day: workspaces.progress(work, day),
    "promises": lambda work, day: workspaces.promises(work, day),
    "remedies": lambda work, day: workspaces.remedies(work, day),
    "staleness": lambda work, day: workspaces.staleness(work, day, 12),
    "statement": lambda work, day: workspaces.statement(work, "safeguarding"),
    "status": lambda work, day: workspaces.status(work, day),
    "timeline": lambda work, day: workspaces.timeline(work),
}
OTHERS = {"category_scores", "descriptors", "init", "init_example", "init_from", "read"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the example."""
    path = tmp_path_factory.mktemp("verbs") / "w"
    workspaces.init_example(path)
    return path


def test_every_verb_is_looked_at() -> None:
    """The verbs are all the functions of the namespace but those that need no workspace."""
    functions = {name for name in workspaces.__all__ if name[0].islower()}
    assert functions == {*VERBS, *OTHERS}


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_takes_a_workspace_or_its_path(name: str, folder: Path) -> None:
    """A workspace, its path and its path as text give the same, and so do a date and its text."""
    verb = VERBS[name]
    expected = verb(workspaces.read(folder), EXAMPLE_DAY)
    for work in (folder, str(folder)):
        assert verb(work, str(EXAMPLE_DAY)) == expected


@pytest.mark.parametrize("name", VERBS)
def test_what_is_neither_is_refused_in_words(name: str, tmp_path: Path) -> None:
    """A folder that there is not is a `ReadError`; a number is refused by the name of the function."""
    with pytest.raises(ReadError):
        VERBS[name](tmp_path / "none", EXAMPLE_DAY)
    with pytest.raises(InvalidInputError, match=rf"^careassure\.workspaces\.{name}: \w+: 7 is not .* or a path"):
        VERBS[name](7, EXAMPLE_DAY)


def test_without_a_day_it_is_today(folder: Path) -> None:
    """Where no day is given, it is the computer's."""
    today = dt.date.today()  # noqa: DTZ011
    found = workspaces.status(folder).at
    assert found in (today, today + dt.timedelta(1))
    assert workspaces.diff(folder, "2026-03-10").until in (found, found + dt.timedelta(1))


def test_check_lists_what_is_wrong(folder: Path, tmp_path: Path) -> None:
    """What is wrong with a folder is listed and not raised, and so is what is wrong with a workspace made in Python."""
    workspaces.init(tmp_path / "new", "York", today="2026-03-01")
    (tmp_path / "new" / "scores.csv").write_text("date,statement,score\n2026-03-01,equity,9\n", encoding="utf-8")
    (found,) = workspaces.check(tmp_path / "new", today="2026-03-01")
    assert "scores.csv" in str(found.where)
    made = workspaces.read(folder)
    assert workspaces.check(made) == ()
    assert workspaces.check(evolve(made, scores=(*made.scores, evolve(made.scores[0], statement="nothing"))))
