"""What is wrong with an assessment: named, all at once, with what to do."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import (
    InvalidAssessmentError,
    UnknownCouncilError,
    UnknownFrameworkError,
)
from careassure.model.assessment import Stated
from careassure.model.dates import PartialDate
from careassure.testing.strategies import texts
from helpers import tried

IDS = [statement.id for statement in ca.framework("cqc-la").statements]
GOOD = ca.Assessment.of("Camden", [3] * 9)

any_value = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | texts(max_size=5) | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("statement", ["assessing_needs", "safeguarding"])
@pytest.mark.parametrize("value", [0, 5, -1, 3.5, 3.0, float("nan"), "3", " 3", True, False, b"3", [3], (3,), "", "ok"])
def test_a_wrong_score_names_its_statement(statement: str, value: object) -> None:
    """A score that is no grade is refused with the statement, the value and the grades that there are."""
    with pytest.raises(InvalidAssessmentError) as raised:
        ca.Assessment.of("Camden", {statement: value})
    (problem,) = raised.value.problems
    assert str(problem.where) == f"scores.{statement}"
    assert problem.message == f"{value!r} is not a grade of CQC's scores"
    assert "1, 2, 3 or 4" in problem.hint


@pytest.mark.parametrize("count", [0, 1, 8, 10])
def test_a_wrong_number_of_scores_lists_the_statements(count: int) -> None:
    """A list that is too short or too long is refused with both numbers and every statement that needs a score."""
    with pytest.raises(InvalidAssessmentError) as raised:
        ca.Assessment.of("Camden", [3] * count)
    (problem,) = raised.value.problems
    assert problem.message == f"{count} score{'' if count == 1 else 's'} for 9 statements"
    assert all(statement in problem.hint for statement in IDS)


@pytest.mark.parametrize("scores", [None, 3, "333333333", b"333333333", {3}, iter([3] * 9), 3.5])
def test_what_is_neither_list_nor_mapping_is_refused(scores: object) -> None:
    """Scores that are neither a list nor a mapping, text above all, are refused."""
    with pytest.raises(InvalidAssessmentError, match="neither a list nor a mapping"):
        ca.Assessment.of("Camden", scores)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("safegarding", "Did you mean safeguarding"),
        ("leadership", 'Use context="press" for Governance, management and sustainability'),
        ("Keeping people safe", "Name a statement"),
        ("caring", "Did you mean"),
        ("", "Did you mean"),
        (7, "Did you mean"),
    ],
)
def test_an_unknown_statement_is_named_with_what_would_do(name: object, hint: str) -> None:
    """A name that is no statement of the framework is refused, and the hint says which name or context would do."""
    with pytest.raises(InvalidAssessmentError) as raised:
        ca.Assessment.of("Camden", {name: 3})  # type: ignore[dict-item]
    (problem,) = raised.value.problems
    assert str(problem.where) == "scores"
    assert repr(str(name)) in problem.message
    assert problem.hint.startswith(hint)


def test_one_statement_under_two_names_is_refused() -> None:
    """A statement that is given under two of its names is refused, even with the same score."""
    with pytest.raises(InvalidAssessmentError, match=r"scores.QS7: safeguarding was given before under another name"):
        ca.Assessment.of("Camden", {"Safeguarding": 3, "QS7": 3})


@pytest.mark.parametrize("name", [None, "", "  ", 5, "Atlantis"])
def test_a_missing_or_unknown_council_is_refused(name: object) -> None:
    """A council that is missing or not known is refused before anything else."""
    with pytest.raises(UnknownCouncilError):
        ca.Assessment.of(name, [0] * 9)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [None, "", " "])
def test_a_missing_provider_is_refused(name: object) -> None:
    """Under a framework for others than councils, too, it must be said who was assessed."""
    with pytest.raises(UnknownCouncilError, match="the provider's name is missing"):
        ca.Assessment.of(name, [3] * 9, framework=evolve(ca.framework("cqc-la"), subject="provider"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("framework", "version", "words"),
    [
        ("cqc-la", "2024", ["cqc-la has no version '2024'", "2023", "direct"]),
        ("cqc-la", 2023, ["cqc-la has no version 2023", "direct"]),
        ("cqc_la", None, ["there is no framework 'cqc_la'", "Did you mean cqc-la?"]),
    ],
)
def test_an_unknown_framework_or_version_is_refused(framework: str, version: str | None, words: list[str]) -> None:
    """A framework or a version that is not there is refused with those that are."""
    with pytest.raises(UnknownFrameworkError) as raised:
        ca.Assessment.of("Camden", [3] * 9, framework=framework, version=version)
    assert all(word in str(raised.value) for word in words)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"publishd": "2025"}, "publishd: there is no such field. Did you mean published"),
        ({"assessed": "2025-02-30"}, "assessed: '2025-02-30' is not a date"),
        ({"withdrawn": "yesterday"}, "withdrawn: 'yesterday' is not a date"),
        ({"published": True}, "published: True is not a date"),
        ({"facts": {"breach": "yes"}}, "facts.breach: 'yes' is neither true nor false"),
        ({"facts": {"breach": 1}}, "facts.breach: 1 is neither true nor false"),
        ({"facts": {1: True}}, "facts: 1 should be the name of a fact"),
        ({"facts": ["breach"]}, "facts: ['breach'] is not a mapping"),
        ({"kind": "formal"}, "kind: 'formal' is not known. Use published, self, peer or mock"),
        ({"confidence": "high"}, "confidence: 'high' is not known. Use official, press, derived, unconfirmed or own"),
        ({"id": "x", "supersedes": "x"}, "supersedes: an assessment cannot supersede itself"),
        ({"assessed": "2025-03", "published": "2025-02"}, "published: 2025-02 is before the assessment was made"),
        ({"indicative": "yes"}, "indicative: 'yes' should be true or false"),
        ({"notes": None}, "notes: None should be text"),
        ({"stated": "good"}, "stated: 'good' should be a Stated"),
        ({"sources": "https://example.org"}, "sources: 'https://example.org' should be a list"),
        ({"sources": [3]}, "sources: 3 should be text"),
        ({"evidence": ["seen"]}, "evidence: 'seen' should be an Evidence"),
        ({"evidence": [ca.Evidence("e", "x", "staff", "safegarding")]}, "evidence.e: 'safegarding' is not a statement"),
        ({"evidence": [ca.Evidence("e", "x", "stuff", "equity")]}, "evidence.e: 'stuff' is not an evidence category"),
        ({"evidence": [ca.Evidence("e", "x", "staff", ())]}, "evidence.e: it names no statement"),
        ({"evidence": [ca.Evidence("e", "x", "staff", "equity")] * 2}, "evidence.e: this id appears twice"),
    ],
)
def test_other_fields_are_checked(fields: dict[str, object], said: str) -> None:
    """A wrong field of an assessment is named with what is wrong about it and, where it can be said, what to do."""
    with pytest.raises(InvalidAssessmentError) as raised:
        ca.Assessment.of("Camden", [3] * 9, **fields)  # type: ignore[arg-type]
    assert any(str(problem).startswith(said) for problem in raised.value.problems), str(raised.value)


@pytest.mark.parametrize(
    ("assessed", "published"), [("2025-03", "2025"), ("2025-03-09", "2025-03"), ("2025", "2025-01")]
)
def test_vague_dates_may_overlap(assessed: str, published: str) -> None:
    """A result may be dated by the year or month in which the assessment was made."""
    made = ca.Assessment.of("Camden", [3] * 9, assessed=assessed, published=published)
    assert made.published == PartialDate.parse(published)


def test_everything_wrong_is_reported_at_once() -> None:
    """Faults in scores, fields, dates, facts and evidence come in one error that numbers them."""
    with pytest.raises(InvalidAssessmentError) as raised:
        ca.Assessment.of(
            "Camden",
            {"safegarding": 3, "equity": 0, "learning": "3"},
            facts={"breach": "no"},  # type: ignore[dict-item]
            kind="formal",  # type: ignore[arg-type]
            assessed="someday",
            pubished="2025",  # type: ignore[call-arg]
            evidence=[ca.Evidence("e", "seen", "hearsay", "nothing")],
        )
    wheres = [str(problem.where) for problem in raised.value.problems]
    assert sorted(wheres) == sorted(
        ["scores", "scores.equity", "scores.learning", "facts.breach", "kind", "assessed", "pubished"]
        + ["evidence.e"] * 2
    )
    assert str(raised.value).startswith("the assessment of Camden: 9 problems\n  1. ")
    assert isinstance(raised.value, ValueError)


@given(st.lists(any_value, max_size=10) | st.dictionaries(st.sampled_from(IDS) | texts(max_size=4), any_value))
def test_no_scores_escape_the_check(scores: list[object] | dict[str, object]) -> None:
    """Whatever is given as scores makes an assessment or the library's own error."""
    for version in ("2023", "direct"):
        made = tried(lambda version=version: ca.Assessment.of("Camden", scores, version=version))  # type: ignore[misc]
        assert isinstance(made, ca.Assessment | InvalidAssessmentError)
        hash(made)


@given(
    st.dictionaries(
        st.sampled_from(["facts", "kind", "id", "assessed", "stated", "sources", "evidence", "licence", "other"]),
        any_value,
        min_size=1,
        max_size=3,
    )
)
def test_no_field_escapes_the_check(fields: dict[str, object]) -> None:
    """Whatever is given for the other fields makes an assessment that has a hash or the library's own error."""
    made = tried(lambda: ca.Assessment.of("Camden", [3] * 9, **fields))  # type: ignore[arg-type]
    assert isinstance(made, ca.Assessment | InvalidAssessmentError)
    hash(made)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"council": "Camden"}, "council: 'Camden' is not a council. Use Assessment.of"),
        ({"marks": GOOD.marks[1:]}, "scores: there should be one for each thing that is scored"),
        ({"marks": GOOD.marks[::-1]}, "scores: there should be one for each thing that is scored"),
        ({"marks": tuple((leaf, 3) for leaf, _ in GOOD.marks)}, "equity: 3 is neither a grade"),
        (
            {"marks": tuple((leaf, ca.framework("cqc-la").scale("cqc-rating")["good"]) for leaf, _ in GOOD.marks)},
            "equity: good (cqc-rating) is not a grade of its scale",
        ),
        ({"facts": (("b", True), ("a", True))}, "facts: they are not sorted by name"),
        ({"published": "2025"}, "published: '2025' should be a date"),
        ({"sources": ["a"]}, "sources: ['a'] should be a list"),
    ],
)
def test_the_constructor_checks_too(changes: dict[str, object], said: str) -> None:
    """An assessment that is made or changed past `of` is checked in the same way."""
    with pytest.raises(InvalidAssessmentError) as raised:
        evolve(GOOD, **changes)  # type: ignore[arg-type]
    assert any(str(problem).startswith(said) for problem in raised.value.problems), str(raised.value)


def test_a_stated_rating_stays_beside_the_scores() -> None:
    """What a body printed is kept as it is and does not have to follow from the scores."""
    rating = ca.framework("cqc-la").scale("cqc-rating")["outstanding"]
    made = ca.Assessment.of("Camden", [1] * 9, stated=Stated(rating, 99))
    assert made.stated == Stated(rating, 99)
