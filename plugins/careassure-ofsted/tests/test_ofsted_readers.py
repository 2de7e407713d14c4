"""The reader of tables of ILACS outcomes, on tables of the layouts that are known, with rows of our own making."""

from __future__ import annotations

from pathlib import Path

import pytest

import careassure as ca
import careassure_ofsted
from careassure.tables import Reading
from careassure.testing import check_reader

SCRAPED = (
    "urn,local_authority,publication_date,inspection_framework,inspector_name,inspection_start_date,"
    "overall_effectiveness_grade,impact_of_leaders_grade,help_and_protection_grade,in_care_grade,care_leavers_grade\n"
)
TITLES = (
    "Local authority,URN,Inspection start date,Publication date,Overall effectiveness,"
    "The impact of leaders on social work practice with children and families,"
    "The experiences and progress of children who need help and protection,"
    "The experiences and progress of children in care,The experiences and progress of care leavers\n"
)


def read(folder: Path, text: str) -> Reading:
    """What is made of a file, called by a name that says nothing."""
    path = folder / "table"
    path.write_text(text, encoding="utf-8")
    found = ca.read(path)
    assert isinstance(found, Reading)
    return found


@pytest.mark.parametrize(
    ("day", "overall", "leavers", "version", "said"),
    [
        ("18/02/2019", "good", "inspection_pre_dates_judgement", "2018", "Good"),
        ("10/07/2023", "good", "outstanding", "2023", "Good"),
        ("11/05/2026", "not_reported_post_reform", "good", "2026", "None"),
    ],
)
def test_each_inspection_is_read_by_the_judgements_of_its_time(
    day: str, overall: str, leavers: str, version: str, said: str, tmp_path: Path
) -> None:
    """A version of the framework by the date of the inspection."""
    row = f"80487,barnet,01/12/{day[-2:]},standard,Q. Nobody,{day},{overall},good,requires improvement,good,{leavers}\n"
    found = read(tmp_path, SCRAPED + row)
    (item,) = found.rows
    assert isinstance(item, ca.Assessment)
    assert (item.framework.version, str(item.stated.rating), item.council.code) == (version, said, "E09000003")
    assert str(item.scores["help_protection"]) == "Requires improvement to be good"
    assert ("care_leavers" in item.scores) == (version != "2018")
    assert found.left_out == ("1 names of inspectors.",)
    assert "Nobody" not in str(found) + str(list(ca.tables.plain_rows(found)))


def test_full_titles_are_known_too(tmp_path: Path) -> None:
    """Judgements in the words of the reports."""
    found = read(tmp_path, TITLES + "Poole,80000,2024-01-08,2024-03-01,Good,Good,Good,Outstanding,Inadequate\n")
    (item,) = found.rows
    assert isinstance(item, ca.Assessment)
    assert [str(score) for score in item.scores.values()] == ["Good", "Good", "Outstanding", "Inadequate"]


OFFICIAL = (
    "Inspections of local authority children's services\nAs at 31 March 2025\n"
    "Local authority name,Ofsted region,Inspection date,Publication date,Web link,Overall effectiveness,"
    "The impact of leaders on social work practice with children and families,"
    "The experiences and progress of children who need help and protection,"
    "The experiences and progress of children in care,The experiences and progress of care leavers\n"
)
"""The headers of Ofsted's own file as at 31 March 2025, in our order: they stand in row 3."""


def test_ofsteds_own_file(tmp_path: Path) -> None:
    """Councils that wait are counted; the overall grade is kept beside the scores, and is not one of them."""
    before = "Inspection pre-dates judgement"
    link = "https://reports.ofsted.gov.uk/provider/44/80487"
    rows = [
        f"Barnet,London,10/07/2023,01/09/2023,{link},Good,Outstanding,Good,Requires improvement to be good,Good",
        "Poole,South West,Not yet inspected,,,,,,,",
        f"Camden,London,25/04/2022,06/06/2022,{link},Outstanding,Outstanding,Outstanding,Good,{before}",
    ]
    found = read(tmp_path, OFFICIAL + "\n".join(rows) + "\n")
    assert found.reader == "ofsted-ilacs-outcomes"
    assert (found.audit.rows, found.audit.refused, len(found.rows)) == (3, 0, 2)
    assert found.audit.ignored == ("Ofsted region",)
    assert found.left_out == ("1 rows of councils that were not yet inspected.",)
    barnet, camden = found.rows
    assert isinstance(barnet, ca.Assessment)
    assert isinstance(camden, ca.Assessment)
    assert "overall" not in barnet.scores
    assert (str(barnet.stated.rating), barnet.framework.version, camden.framework.version) == ("Good", "2023", "2018")
    assert [str(score) for score in barnet.scores.values()] == [
        "Outstanding", "Good", "Requires improvement to be good", "Good",
    ]  # fmt: skip
    assert (str(barnet.assessed), str(barnet.published), barnet.sources) == ("2023-07-10", "2023-09-01", (link,))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,barnet,07/07/14,,,,good,good,good,good,good", "row 2: it is of 2014, before these inspections began"),
        ("1,barnet,,,,,good,good,good,good,good", "row 2, column publication_date: it has no date"),
        ("1,barnet,31/02/2024,,,,good,good,good,good,good", "'31/02/2024' is not a day"),
        ("1,,01/02/2024,,,,good,good,good,good,good", "row 2, column local_authority: the cell is blank"),
        ("1,barnet,01/02/2024,,,,good,splendid,good,good,good", "column impact_of_leaders_grade: 'splendid'"),
        ("1,barnet,01/02/2019,,,,good,good,good,good,good", "2018 has no such judgement, and it is Good"),
        ("1,barnet,01/02/2024,,,,good,good,good", "row 2"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(row: str, said: str, tmp_path: Path) -> None:
    """With row and column, and the other rows are kept."""
    good = "1,barnet,01/02/2024,,,,good,good,good,good,good"
    found = read(tmp_path, f"{SCRAPED}{row}\n{good}\n{good}\n{good}\n")
    assert (found.audit.rows, found.audit.kept, found.audit.refused) == (4, 3, 1)
    assert said in str(found.problems[0])


def test_the_reader_conforms(tmp_path: Path) -> None:
    """Every check of the kit, on a table of each layout."""
    (tmp_path / "a").write_text(
        SCRAPED + "1,barnet,01/02/2024,short,Q. Nobody,,good,good,good,good,good\n", encoding="utf-8"
    )
    (tmp_path / "b").write_text(TITLES + "Poole,8,2024-01-08,2024-03-01,Good,Good,Good,Good,Good\n", encoding="utf-8")
    (reader,) = careassure_ofsted.careassure_readers()
    assert check_reader(reader, [tmp_path / "a", tmp_path / "b"]).ok
