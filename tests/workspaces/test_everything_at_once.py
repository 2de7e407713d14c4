"""All that is wrong with a row is told at once, whichever of its cells cannot be read."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import few

from .folders import example, problems, put
from .read_once import tables_once

assert tables_once is not None  # a fixture

BROKEN = {
    ("scores.csv", 2): {
        "date": "soon", "statement": "nowhere", "score": "99", "confidence": "sure", "version": "1066",
    },
    ("evidence.csv", 2): {
        "statements": "nowhere", "category": "wombat", "strength": "iron", "date": "soon", "added": "later",
        "says": "equity", "indicator": "none", "cases": "Z9",
    },
    ("events.csv", 3): {
        "date": "soon", "statements": "nowhere", "result": "fine", "score": "101", "supersedes": "Q9", "title": "",
    },
    ("findings.csv", 2): {
        "event": "Q9", "kind": "praise", "statements": "nowhere", "text": "", "finds_again": "F99", "closes": "F98",
    },
    ("follow_ups.csv", 2): {"date": "soon", "finding": "F99", "status": "agreed", "evidence": "E99"},
    ("remedies.csv", 2): {
        "event": "Q9", "kind": "cash", "text": "", "amount": "some", "roughly": "perhaps", "due": "soon",
        "done": "once", "evidence": "E99",
    },
    ("replies.csv", 2): {"event": "Q9", "asked": "1.5", "replied": "many", "roughly": "perhaps"},
    ("promises.csv", 2): {
        "date": "soon", "text": "", "statements": "nowhere", "due": "then", "kept": "once", "withdrawn": "never",
        "evidence": "E99",
    },
    ("actions.csv", 2): {
        "title": "", "statements": "nowhere", "findings": "F99", "due": "soon", "agreed": "once", "moves": "equity",
    },
    ("updates.csv", 2): {"date": "soon", "action": "P99", "status": "done", "evidence": "E99"},
    ("measures.csv", 2): {
        "title": "", "direction": "down", "actions": "P99", "baseline": "low", "baseline_date": "once",
        "target": "high", "target_date": "soon",
    },
    ("readings.csv", 2): {"date": "soon", "measure": "M99", "value": "many"},
    ("returns.csv", 2): {"title": "", "status": "done", "rating": "fine", "evidence": "E99", "date": "soon"},
    ("descriptors.csv", 2): {"statement": "nowhere", "score": "99", "source": "", "version": "1066"},
    ("indicators.csv", 2): {"year": "soon", "polarity": "up", "date": "once", "statements": "nowhere", "title": ""},
    ("values.csv", 2): {
        "indicator": "W9", "period": "soon", "value": "many", "base": "1.5", "margin_of_error": "-1",
        "numerator": "few",
    },
}  # fmt: skip
"""A row of the example in each table, and what makes each of its cells wrong."""


def told(cells: dict[str, str], file: str, row: int) -> set[str]:
    """The columns that are named once these cells of a row are wrong."""
    with tempfile.TemporaryDirectory() as place:
        folder = example(Path(place) / "w")
        put(file, row, **cells)(folder)
        found = problems(folder)
    return {problem.where.column for problem in found if (problem.where.file, problem.where.row) == (file, row)}


@pytest.mark.parametrize(("place", "cells"), BROKEN.items(), ids=[file for file, _ in BROKEN])
def test_a_row_that_is_wrong_in_every_cell_has_a_problem_for_each(
    place: tuple[str, int], cells: dict[str, str]
) -> None:
    """A row with five faults gives five."""
    assert told(cells, *place) == set(cells)


@few
@given(st.data())
def test_a_fault_is_told_whatever_else_is_wrong(data: st.DataObject) -> None:
    """Of any of the faults in a row, each is told, and none that is not there."""
    place = data.draw(st.sampled_from(list(BROKEN)))
    chosen = data.draw(st.sets(st.sampled_from(list(BROKEN[place])), min_size=1))
    assert told({name: BROKEN[place][name] for name in chosen}, *place) == chosen
