"""A score that is only not shown is not known, whatever a method makes of scores that were never given."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidMethodError
from careassure.model.scale import NOT_RATED_REASONS

from .brute import fact_settings
from .effort import runs
from .frames import NOT_JUDGED, Frame
from .tables import cases

WITHHELD = ["no_published_rating", "not_in_report", "suspended", "data_unreadable", "suppressed", "not_available"]
SHOWN = ["Suppressed", "[c]", "*", "Not available", "[x]", ":", "..", "Data unreadable", "Under appeal"]
CATEGORIES = ("experience", "staff", "partners", "processes")


def told(outcome: ca.Outcome) -> dict[str, object]:
    """What comes of an assessment, but for the words of states."""
    names = ("low", "high", "suggested", "percentage", "percentage_low", "percentage_high", "score", "flags")
    grades = {entry.id: (entry.low, entry.high, entry.suggested, entry.score) for entry in outcome.profile}
    return {**{name: getattr(outcome, name) for name in names}, "profile": grades}


def test_which_states_say_that_a_score_is_not_shown() -> None:
    """Those behind which there is or may be a score; what was never scored, or does not apply, is none of them."""
    assert [reason for reason in NOT_RATED_REASONS if ca.NotRated(reason).withheld] == WITHHELD


@pytest.mark.parametrize("word", SHOWN)
def test_a_category_that_is_not_shown_gives_a_range(word: str) -> None:
    """The method of 2023 leaves a category out that does not apply; one that is hidden may be anything."""
    framework = ca.framework("cqc-la", version="2023")
    scores: dict[str, Any] = {
        statement.id: dict.fromkeys([leaf.partition("/")[2] for leaf in statement.leaves], 2)
        for statement in framework.statements
    }
    scores["equity"] = dict.fromkeys(scores["equity"], "n/a") | {"partners": 3}

    def rated(cell: object) -> ca.Outcome:
        return ca.assess(ca.Assessment.of("Camden", scores | {"equity": scores["equity"] | {"staff": cell}},
                                          version="2023"))  # fmt: skip

    assert rated("n/a").profile["equity"].score == 75
    hidden, blank = rated(word), rated(None)
    assert told(hidden) == told(blank)
    entry = hidden.profile["equity"]
    assert (entry.low, entry.high) == (rated(1).profile["equity"].low, rated(4).profile["equity"].high)
    assert entry.low != entry.high


@runs(1)
@given(st.data(), st.booleans(), st.sampled_from(WITHHELD))
def test_a_score_that_is_not_shown_is_one_that_is_not_known(data: st.DataObject, leave_out: bool, reason: str) -> None:
    """Under any method: the same ends, percentages, notices and grades as for a blank."""
    case: tuple[Frame, Mapping[str, Any]] = data.draw(cases(leave_out=leave_out, replies=True))
    frame, table = case
    method = frame.load(table)
    source = random.Random(data.draw(st.integers(0, 2**32)))  # noqa: S311
    row = {
        leaf: source.choice((None, NOT_JUDGED, source.randrange(len(frame.grades_of(leaf))))) for leaf in frame.leaves
    }
    facts = source.choice(fact_settings(table))
    hidden = {leaf: ca.NotRated(reason) if rank is None else rank for leaf, rank in row.items()}
    try:
        blank = frame.assess(method, row, facts)
    except InvalidMethodError:
        return
    assert told(frame.assess(method, hidden, facts)) == told(blank)
