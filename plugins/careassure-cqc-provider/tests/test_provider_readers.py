"""The readers of CQC's API and files, on files of the same layout with places of our own making."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import careassure as ca
import careassure_cqc_provider
from careassure.tables import Reading
from careassure.testing import check_reader

NOBODY = "Q. Nobody"
QUESTIONS = ("Safe", "Well-led", "Caring", "Responsive", "Effective")  # the API's order is not that of the framework


def rated(overall: str, words: tuple[str, ...] = ("Good",) * 5, day: str = "2019-10-31") -> dict[str, Any]:
    """A set of ratings as the API gives it."""
    questions = [{"name": name, "rating": word} for name, word in zip(QUESTIONS, words, strict=True)]
    return {"rating": overall, "reportDate": day, "keyQuestionRatings": questions}


def location(**more: object) -> dict[str, Any]:
    """A location as the API gives it, with the names of people where the API has them."""
    contact = {"personTitle": "", "personGivenName": NOBODY, "personFamilyName": NOBODY, "personRoles": ["Manager"]}
    return {
        "locationId": "1-000000001",
        "providerId": "1-000000002",
        "organisationType": "Location",
        "name": "Example House",
        "onspdLatitude": 50.699089,
        "regulatedActivities": [{"name": "Care", "code": "RA2", "contacts": [contact]}],
        "currentRatings": {"overall": rated("Good", ("Good", "Requires improvement", "Good", "Good", "Outstanding"))},
        "historicRatings": [{"reportDate": "2017-02-08", "overall": rated("Good", day="2017-02-08")}],
        "reports": [{"linkId": "a", "reportDate": "2011-09-28", "firstVisitDate": "2012-07-25"}],
        **more,
    }


def read(folder: Path, text: object) -> Reading:
    """What is made of a file, called by a name that says nothing."""
    path = folder / "download"
    path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
    found = ca.read(path)
    assert isinstance(found, Reading)
    assert NOBODY not in str(found) + str(list(ca.tables.plain_rows(found)))
    return found


def assessments(found: Reading) -> list[ca.Assessment]:
    """Its rows, each of which is an assessment."""
    return [row for row in found.rows if isinstance(row, ca.Assessment)]


def test_key_questions_are_matched_by_name(tmp_path: Path) -> None:
    found = read(tmp_path, location())
    now, before = assessments(found)
    assert {name: str(grade) for name, grade in now.scores.items()} == {
        "safe": "Good",
        "effective": "Outstanding",
        "caring": "Good",
        "responsive": "Good",
        "well_led": "Requires improvement",
    }
    assert [str(item.published) for item in (now, before)] == ["2019-10-31", "2017-02-08"]
    assert str(now.stated.rating) == "Good"
    assert found.left_out == ("1 entries with the names of people. No name of a person is kept.",)
    assert found.notes == ("1-000000001: 1 of its reports give a first visit after the date of the report.",)
    assert (found.audit.rows, found.audit.kept) == (2, 2)


def test_quality_statements_are_read_although_the_api_misspells(tmp_path: Path) -> None:
    areas = [
        {"name": "Safeguarding", "qualityStatementscore": 2},
        {"name": "Learning culture", "qualityStatementscore": "3"},
    ]
    question = {"name": "Safe", "rating": "Good", "percengtageScore": 63, "topicareas": areas}
    block = {"assessmentDate": "2025-03-01", "title": "Plan", "rating": "Good", "keyQuestionRatings": [question]}
    found = read(
        tmp_path, location(currentRatings={}, historicRatings=[], assessment=[{"ratings": {"asgRatings": [block]}}])
    )
    (item,) = assessments(found)
    assert item.framework.id == "cqc-provider-saf"
    assert {name: score.value for name, score in item.scores.items() if isinstance(score, ca.Grade)} == {
        "safeguarding": 2,
        "learning_culture": 3,
    }
    assert item.notes == "Plan. Printed: Safe Good, 63 %."
    assert "1-000000001 has no overall rating now." in found.notes


def test_a_state_is_a_state_and_what_is_neither_is_refused(tmp_path: Path) -> None:
    odd = {"overall": rated("Splendid")}
    found = read(tmp_path, location(currentRatings={"overall": rated("Not Yet Inspected")}, historicRatings=[odd, odd]))
    (item,) = assessments(found)
    assert item.stated.rating is None
    assert item.notes == "Overall: Not yet inspected."
    assert (found.audit.rows, found.audit.refused) == (3, 2)
    assert [str(problem.where) for problem in found.problems] == [
        "download, historicRatings[0]",
        "download, historicRatings[1]",
    ]


def test_an_individual_is_not_named(tmp_path: Path) -> None:
    provider = {"providerId": "1-3", "organisationType": "Provider", "ownershipType": "Individual", "name": NOBODY}
    found = read(tmp_path, [provider, location(name=f"Mrs {NOBODY}")])
    assert found.what == "2 records from CQC's API."
    assert {item.council.name for item in assessments(found)} == {"1-000000001"}
    assert found.left_out == ("3 entries with the names of people. No name of a person is kept.",)


LONG = "Location ID,Location Name,Service / Population Group,{},Latest Rating,Publication Date,Report Type\n"


def long(head: str = "Domain", *, overall: str = "Good", more: str = "") -> str:
    """A file of latest ratings with one location."""
    words = {"Safe": "Good", "Effective": "Good", "Caring": "Outstanding", "Responsive": "Good", "Well-led": "Good"}
    rows = [
        f"1-1,House,Overall,{name},{word},01/02/2024,Location" for name, word in {**words, "Overall": overall}.items()
    ]
    return LONG.format(head) + "\n".join(rows) + f"\n{more}"


@pytest.mark.parametrize("head", ["Domain", "Key Question"])
def test_overall_is_compared_and_not_scored(head: str, tmp_path: Path) -> None:
    found = read(tmp_path, long(head))
    (item,) = assessments(found)
    assert (len(item.scores), str(item.stated.rating), str(item.published)) == (5, "Good", "2024-02-01")
    assert found.notes[1:] == ("Overall follows from the key questions by the rating principles for 1 of 1.",)
    other = read(tmp_path, long(head, overall="Inadequate"))
    assert other.notes[1].endswith("for 0 of 1, differing for 1-1/Location.")


def test_key_questions_of_several_years_say_so(tmp_path: Path) -> None:
    """The oldest and the newest day of key questions are named; that of the Overall is not one of them."""
    text = long()
    (item,) = assessments(read(tmp_path, text.replace("Safe,Good,01/02/2024", "Safe,Good,09/01/2018")))
    assert item.notes.endswith(
        "The key questions carry ratings of different dates. The oldest is of 9 January 2018, the newest of "
        "1 February 2024."
    )
    (item,) = assessments(read(tmp_path, text.replace("Overall,Good,01/02/2024", "Overall,Good,09/01/2018")))
    assert "different dates" not in item.notes


def test_a_file_of_any_length_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each set of ratings is worked out once, and every location is counted; those that differ come in their order."""
    domains = ("Safe", "Effective", "Caring", "Responsive", "Well-led", "Overall")
    sets = [["Good"] * 6, ["Good"] * 5 + ["Inadequate"], ["Outstanding"] * 6]
    rows = [
        f"1-{number},House,Overall,{name},{word},01/02/2024,Location"
        for number in range(60)
        for name, word in zip(domains, sets[number % 3], strict=True)
    ]
    found = read(tmp_path, LONG.format("Domain") + "\n".join(rows) + "\n")
    assert len(assessments(found)) == 60
    said = "for 40 of 60, differing for 1-1/Location, 1-4/Location, 1-7/Location and others."
    assert found.notes[1].endswith(said)
    for most, end in ((3, said), (2, "too different to compare here; use careassure.reconcile.")):
        monkeypatch.setattr("careassure_cqc_provider.ratings_file._MOST_COMPARED", most)
        assert read(tmp_path, LONG.format("Domain") + "\n".join(rows) + "\n").notes[1].endswith(end)


def test_two_ratings_for_one_thing_are_refused_with_both_rows(tmp_path: Path) -> None:
    more = "1-1,House,Overall,Safe,Inadequate,01/02/2024,Location\n1-1,House,Overall,Safe,Good,01/02/2024,Location\n"
    found = read(tmp_path, long(more=more))
    assert [str(problem) for problem in found.problems] == [
        "download, row 8, column Latest Rating: 1-1 has another Safe for Overall in row 2. Keep one of the two"
    ]
    assert (found.audit.rows, found.audit.kept, found.audit.refused) == (8, 7, 1)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",House,Overall,Safe,Good,01/02/2024,Location", "Location ID"),
        ("1-1,House,Core,Kind,Good,01/02/2024,Location", "Domain"),
        ("1-1,House,Core,Safe,#N/A,01/02/2024,Location", "Latest Rating"),
        ("1-1,House,Core,Safe,Good,31/02/2024,Location", "Publication Date"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_place(row: str, column: str, tmp_path: Path) -> None:
    found = read(tmp_path, long(more=f"{row}\n"))
    assert [(problem.where.row, problem.where.column) for problem in found.problems] == [(8, column)]
    assert found.audit.refused == 1


def test_the_directory_is_read_below_its_preamble(tmp_path: Path) -> None:
    text = (
        "CQC Locations data,,,,,,,,\n,,,,,,,,\nThis data was produced on 16 September 2026,,,,,,,,\n,,,,,,,,\n"
        "Name,Phone number,Service types,Date of latest check,Specialisms/services,Local authority,Region,"
        "CQC Location ID (for office use only),CQC Provider ID (for office use only)\n"
        "Example,01,Homecare agencies|Care home,09/Jan/2018 - 00:00,Dementia|Adults,Leeds,Yorkshire,1-1,1-2\n"
        f"Dr {NOBODY},01,Dentist,,,Leeds,Yorkshire,1-3,1-4\n"
        "No id,01,Dentist,,,Leeds,Yorkshire,,1-4\n"
    )
    found = read(tmp_path, text)
    first, second = found.rows
    assert (first.day, first.services, first.council) == ("2018-01-09", ("Homecare agencies", "Care home"), "Leeds")  # type: ignore[attr-defined]
    assert (second.id, second.name) == ("1-3", "")  # type: ignore[attr-defined]
    assert (found.audit.kept, found.audit.refused) == (2, 1)
    assert "Phone number" in found.audit.ignored


def test_active_locations_drop_their_managers(tmp_path: Path) -> None:
    head = "Location ID,Location HSCA start date,Registered manager,Location Latest Overall Rating,Care homes beds"
    text = f"{head},Service type - Homecare,Service user band - Dementia\n1-1,01/01/2011,{NOBODY},Not Rated,40,Y,N\n"
    found = read(tmp_path, text)
    (row,) = found.rows
    assert (row.beds, str(row.rating), row.services, row.specialisms) == (40, "Not rated", ("Homecare",), ())  # type: ignore[attr-defined]
    assert found.left_out[0] == "1 names of registered managers and the like."


def test_each_reader_conforms(tmp_path: Path) -> None:
    """Every check of the kit, on a file of its layout."""
    directory = "Name,CQC Location ID (for office use only),CQC Provider ID (for office use only)\nExample,1-1,1-2\n"
    active = "Location ID,Location HSCA start date,Registered manager,Location Latest Overall Rating\n"
    texts = {
        "cqc-api": json.dumps(location()),
        "cqc-ratings": long(),
        "cqc-directory": directory,
        "cqc-active-locations": f"{active}1-1,01/01/2011,{NOBODY},Good\n",
    }
    found = {item.id: item for item in careassure_cqc_provider.careassure_readers()}
    assert found.keys() == texts.keys()
    for id_, text in texts.items():
        (tmp_path / id_).write_text(text, encoding="utf-8")
        assert check_reader(found[id_], [tmp_path / id_], people=[NOBODY]).ok
