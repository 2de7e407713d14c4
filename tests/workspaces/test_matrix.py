"""Coverage: which statement has which kind of evidence. It never falls, and one thing counts once."""

from __future__ import annotations

import random

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidAssessmentError
from careassure.model.dates import PartialDate
from careassure.model.evidence import Evidence
from careassure.workspaces.matrix import Coverage
from helpers import tried
from workspaces.strategies import cqc, several

FRAMEWORK = cqc()
STATEMENTS = [statement.id for statement in FRAMEWORK.statements]
USED = ("experience", "staff", "partners", "processes")
found_things = several(FRAMEWORK)


def covered(*items: Evidence) -> Coverage:
    """The coverage of an assessment with this evidence."""
    return ca.workspaces.coverage(ca.Assessment.of("York", [None] * 9, evidence=items))


@given(found_things, st.data())
def test_evidence_that_is_added_never_lowers_coverage(items: tuple[Evidence, ...], data: st.DataObject) -> None:
    """With more evidence no cell loses some, the share does not fall, and what was not blank stays so."""
    fewer = data.draw(st.lists(st.sampled_from(items), unique=True)) if items else []
    less, more = covered(*fewer), covered(*items)
    for place, names in less.cells:
        assert len(more.cell(*place)) >= len(names) > 0
    assert more.share >= less.share
    assert set(more.blanks) <= set(less.blanks)
    assert set(more.unsupported) <= set(less.unsupported)
    assert len(more.items) >= len(less.items)


@given(found_things)
def test_what_is_recorded_twice_counts_once(items: tuple[Evidence, ...]) -> None:
    """Recording everything again under other ids fills no cell further, and each repeat is named with the first."""
    again = [evolve(item, id=f"copy {item.id}", summary=f" {item.summary.upper()}!") for item in items]
    once, twice = covered(*items), covered(*items, *again)
    assert [(place, len(names)) for place, names in once.cells] == [(place, len(names)) for place, names in twice.cells]
    assert (once.share, len(once.items)) == (twice.share, len(twice.items))
    assert len(twice.repeats) == len(items) + len(once.repeats)
    counted = set(twice.items)
    assert all(repeat not in counted and first in counted for repeat, first in twice.repeats)


@given(found_things, st.randoms(use_true_random=False))
def test_the_order_of_evidence_means_nothing(items: tuple[Evidence, ...], chance: random.Random) -> None:
    """Evidence in another order fills the same cells with the same ids."""
    mixed = list(items)
    chance.shuffle(mixed)
    one, other = covered(*items), covered(*mixed)
    assert {place: set(names) for place, names in one.cells} == {place: set(names) for place, names in other.cells}
    assert set(one.repeats) == set(other.repeats)
    assert (one.blanks, one.share, one.unsupported) == (other.blanks, other.share, other.unsupported)


@given(found_things)
def test_the_parts_of_coverage_agree(items: tuple[Evidence, ...]) -> None:
    """Cells and blanks make up the matrix, rows show the cells, and a statement without evidence is unsupported."""
    found = covered(*items)
    filled = {place for place, _ in found.cells if place[1] in USED}
    assert filled | set(found.blanks) == {(statement, category) for statement in STATEMENTS for category in USED}
    assert not filled & set(found.blanks)
    assert found.share * 36 == len(filled)
    assert set(found.unsupported) == set(STATEMENTS) - {name for item in items for name in item.statements}
    shown = sum(value for row in found.rows() for value in row.values() if isinstance(value, int))
    assert shown == sum(len(names) for _, names in found.cells)
    assert {repeat for repeat, _ in found.repeats} | set(found.items) == {item.id for item in items}


def test_one_thing_for_several_statements_is_one_thing() -> None:
    """Evidence for every statement stands in each row, and is one item."""
    found = covered(Evidence("e", "seen", "staff", STATEMENTS))
    assert found.items == ("e",)
    assert len(found.cells) == 9
    assert found.unsupported == ()
    assert found.share * 4 == 1


def test_things_in_other_scripts_are_told_apart() -> None:
    """Two findings that are written in another script than ours are two, and one in other capitals is the same."""
    found = covered(
        Evidence("a", "\u0627\u0646\u062a\u0638\u0627\u0631", "staff", "equity"),
        Evidence("b", "\u062e\u062f\u0645\u0629", "staff", "equity"),
        Evidence("c", "\u039f\u03b4\u03cc\u03c2", "staff", "equity"),
        Evidence("d", "\u03bf\u03b4\u03cc\u03c2.", "staff", "equity"),
    )
    assert found.items == ("a", "b", "c")
    assert found.repeats == (("d", "c"),)


def test_the_first_that_was_recorded_counts() -> None:
    """Of two records of one thing the one that was recorded earlier counts, wherever it stands."""
    late = Evidence("a", "seen", "staff", "equity", date=PartialDate(2026, 1), added=PartialDate(2026, 5))
    early = evolve(late, id="b", added=PartialDate(2026, 2))
    assert covered(late, early).items == covered(early, late).items == ("b",)
    assert covered(late, early).repeats == covered(early, late).repeats == (("a", "b"),)


def test_observation_is_refused_and_outcomes_are_kept() -> None:
    """Observation is no evidence here and is refused with why; a council's figures on outcomes are kept, uncounted."""
    refused = tried(lambda: covered(Evidence("e", "seen", "observation", "equity")))
    assert isinstance(refused, InvalidAssessmentError)
    assert "observation: Not used for local authorities" in str(refused)
    kept = covered(Evidence("e", "seen", "outcomes", "equity"))
    assert kept.cell("equity", "outcomes") == ("e",)
    assert kept.share == 0
    assert "equity" not in kept.unsupported
