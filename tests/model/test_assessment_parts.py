"""Assessments under the version of CQC's framework in which evidence categories are scored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidAssessmentError
from careassure.model.scale import Grade, NotRated

F2023 = ca.framework("cqc-la", "2023")
IDS = [statement.id for statement in F2023.statements]
PARTS = ["experience", "staff", "partners", "processes"]

part_scores = st.dictionaries(st.sampled_from(PARTS), st.none() | st.integers(1, 4))
some_scores = st.dictionaries(st.sampled_from(IDS), st.none() | st.integers(1, 4) | part_scores)


@given(some_scores)
def test_parts_wholes_and_gaps_may_stand_together(values: dict[str, int | dict[str, int | None] | None]) -> None:
    """A statement is marked by its categories or as a whole; one that is not given has four categories missing."""
    found = ca.Assessment.of("Camden", values, version="2023")
    expected: dict[str, int | None] = {}
    for statement in IDS:
        value = values.get(statement)
        if isinstance(value, int):
            expected[statement] = value
        else:
            expected |= {f"{statement}/{part}": (value or {}).get(part) for part in PARTS}
    assert {leaf: s.value if isinstance(s, Grade) else s for leaf, s in found.marks} == expected
    assert [leaf for leaf, _ in found.marks] == list(expected)


@given(st.lists(st.integers(1, 4) | part_scores, min_size=9, max_size=9))
def test_a_list_may_hold_categories(values: list[int | dict[str, int | None]]) -> None:
    """In a list, too, each place may hold a mapping by category or one score."""
    assert ca.Assessment.of("Camden", values, version="2023") == ca.Assessment.of(
        "Camden", dict(zip(IDS, values, strict=True)), version="2023"
    )


@given(st.sampled_from(IDS), st.sampled_from(F2023.statements[0].parts), st.data())
def test_categories_have_titles_and_aliases(statement: str, part: object, data: st.DataObject) -> None:
    """A category is found by its id, title or alias in any case."""
    found = next(p for p in F2023.statement(statement).parts if p == part)
    name = data.draw(st.sampled_from([found.id, found.title, *(alias.text for alias in found.aliases)]))
    assessment = ca.Assessment.of("Camden", {statement: {name.upper(): 2}}, version="2023")
    score = assessment.scores[f"{statement}/{found.id}"]
    assert isinstance(score, Grade)
    assert score.value == 2


def test_a_category_may_carry_a_state() -> None:
    """Words for a missing rating are a state inside a statement and for a whole one."""
    values = {"equity": {"staff": "Insufficient evidence"}, "learning": "Not judged"}
    found = ca.Assessment.of("Camden", values, version="2023")
    assert found.scores["equity/staff"] == NotRated("insufficient_evidence")
    assert found.scores["learning"] == NotRated("not_judged")
    assert len(found.missing) == 8 * 4 - 1


@pytest.mark.parametrize(
    ("inside", "where", "words"),
    [
        ({"staff": 5}, "scores.equity/staff", "5 is not a grade"),
        ({"staff": "3"}, "scores.equity/staff", "without quotation marks"),
        ({"staff": True}, "scores.equity/staff", "True is not a grade"),
        ({"staff": {"deep": 1}}, "scores.equity/staff", "is not a grade"),
        ({"stuff": 3}, "scores.equity", "'stuff' is not scored inside it"),
        ({"observation": 3}, "scores.equity", "Use experience, staff, partners or processes"),
        ({"staff": 3, "Feedback from staff and leaders": 3}, "scores.equity.", "staff was given before"),
    ],
)
def test_slips_inside_a_statement_are_named(inside: dict[str, object], where: str, words: str) -> None:
    """A wrong score or category inside a statement is named with the statement and what would be right."""
    with pytest.raises(InvalidAssessmentError) as raised:
        ca.Assessment.of("Camden", {"equity": inside}, version="2023")
    assert len(raised.value.problems) == 1
    assert str(raised.value.problems[0].where).startswith(where)
    assert words in str(raised.value)


def test_the_direct_version_has_no_categories_to_score() -> None:
    """Where statements are scored directly, scores by category are refused."""
    with pytest.raises(InvalidAssessmentError, match="version direct has no scores inside a statement"):
        ca.Assessment.of("Camden", {"equity": {"staff": 3}})
