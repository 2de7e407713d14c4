"""The rating principles against every published rating in the table."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import careassure as ca
from careassure.errors import InvalidInputError, ReadError
from careassure_cqc_provider import ratings
from careassure_cqc_provider.locations import KEY_QUESTIONS

HEAD = "location_id,location_name,safe,effective,caring,responsive,well_led,overall\n"


def test_the_table_holds_what_its_description_says() -> None:
    found = ratings()
    assert len(found) == len({item.council.code for item in found}) == 730
    assert Counter(str(item.stated.rating) for item in found) == {
        "Good": 501,
        "Requires improvement": 173,
        "Outstanding": 47,
        "Inadequate": 9,
    }
    assert {item.confidence for item in found} == {"derived"}
    assert {item.licence for item in found} == {"OGL-UK-3.0"}
    assert all(item.sources == (f"https://www.cqc.org.uk/location/{item.id}",) for item in found)
    assert sum("different dates" in item.notes for item in found) == 107
    assert sum("carried over" in item.notes for item in found) == 37


def test_every_cell_of_the_table_is_a_grade() -> None:
    scores = Counter(type(score).__name__ for item in ratings() for score in item.scores.values())
    assert scores == {"Grade": 3650}


def test_each_key_question_is_counted() -> None:
    found = {
        key: Counter(score.key for item in ratings() if isinstance(score := item.scores[key], ca.Grade))
        for key in KEY_QUESTIONS
    }
    keys = ("inadequate", "requires_improvement", "good", "outstanding")
    assert {key: tuple(counts[k] for k in keys) for key, counts in found.items()} == {
        "safe": (10, 183, 532, 5),
        "effective": (4, 98, 616, 12),
        "caring": (1, 40, 646, 43),
        "responsive": (1, 68, 599, 62),
        "well_led": (14, 212, 456, 48),
    }


def test_all_locations_but_one_have_the_rating_that_the_principles_give() -> None:
    found = ca.reconcile(ratings(), "kloe")
    assert Counter(item.status for item in found) == {"agrees": 729, "differs": 1}
    (exception,) = [item for item in found if item.status == "differs"]
    assert exception.assessment.id == "1-120084039"
    assert exception.reason == "printed Requires improvement, worked out Good"
    assert "The key questions carry ratings of different dates." in exception.assessment.notes


def test_a_single_inadequate_key_question_was_always_rated_requires_improvement_beside_another_weak_one() -> None:
    single = [
        item
        for item in ratings()
        if sum(isinstance(s, ca.Grade) and s.key == "inadequate" for s in item.scores.values()) == 1
    ]
    assert len(single) == 7
    assert {str(item.stated.rating) for item in single} == {"Requires improvement"}
    assert all(
        any(isinstance(s, ca.Grade) and s.key == "requires_improvement" for s in item.scores.values())
        for item in single
    )


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("Not Rated", "not_rated"),
        ("Not applicable", "not_applicable"),
        ("Insufficient evidence to rate", "insufficient_evidence"),
        ("Inspected but not rated", "inspected_not_rated"),
        ("No published rating", "no_published_rating"),
        ("INSPECTED BUT NOT RATED", "inspected_not_rated"),
    ],
)
def test_sentinels_are_states_and_no_grades(word: str, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "directory.csv"
    file.write_text(f"{HEAD}1-2,A home,Good,{word},Good,Good,Requires Improvement,{word}\n", encoding="utf-8")
    (found,) = ratings(file)
    assert found.scores["effective"] == ca.NotRated(reason)
    assert found.stated.rating is None
    assert found.notes == f"Overall: {ca.NotRated(reason)}."
    assert isinstance(found.scores["well_led"], ca.Grade)


def test_an_empty_cell_is_a_rating_that_was_not_seen(tmp_path: Path) -> None:
    file = tmp_path / "directory.csv"
    file.write_text(f"{HEAD}1-2,,,Good,Good,Good,Good,\n", encoding="utf-8")
    (found,) = ratings(file)
    assert found.scores["safe"] is None
    assert found.stated.rating is None
    assert str(found.council) == "Location 1-2"
    assert ca.reconcile([found])[0].status == "cannot be checked"


def test_every_wrong_cell_is_named_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "directory.csv"
    file.write_text(f"{HEAD}1-2,A,Good,Fair,Good,Good,Good,Good\n1-3,B,4,Good,Good,Good,Good,Super\n", encoding="utf-8")
    with pytest.raises(InvalidInputError) as caught:
        ratings(file)
    assert [str(problem.where) for problem in caught.value.problems] == ["row 2, scores.effective", "row 3"]


def test_a_file_without_the_columns_or_without_being_there_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "directory.csv"
    file.write_text("location_id,safe\n1,Good\n", encoding="utf-8")
    with pytest.raises(ReadError, match="does not have the columns location_name, effective"):
        ratings(file)
    with pytest.raises(ReadError, match="cannot be read"):
        ratings(tmp_path / "nothing.csv")
