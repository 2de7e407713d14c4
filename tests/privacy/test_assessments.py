"""Assessments are screened when they are read and before they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import careassure as ca
from careassure.cli import main
from careassure.errors import PersonalDataError
from careassure.files import write
from careassure.io.formats import to_toml
from careassure.io.writing import write_text
from careassure.model.as_dict import assessment_to_dict

NUMBER = "943 476 5919"


def assessment(**more: Any) -> ca.Assessment:
    return ca.Assessment.of("Camden", [3] * 9, **more)


def evidence(**more: Any) -> list[ca.Evidence]:
    usual: dict[str, Any] = {"id": "E1", "summary": "found", "category": "staff", "statements": "equity"}
    return [ca.Evidence(**(usual | more))]


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"evidence": evidence(summary=f"seen, {NUMBER}")}, "evidence.E1.summary"),
        ({"evidence": evidence(source="ask someone@example.org")}, "evidence.E1.source"),
        ({"evidence": evidence(role="assessor, 020 7946 0958")}, "evidence.E1.role"),
        ({"evidence": evidence(attachments=("file SW1A 1AA.pdf",))}, "evidence.E1.attachments"),
        ({"notes": "born 12/03/1942"}, "notes"),
        ({"sources": ["a paper", f"a case, {NUMBER}"]}, "sources[1]"),
    ],
)
def test_what_is_certain_is_refused_at_both_ends(more: dict[str, Any], where: str, tmp_path: Path) -> None:
    """A number, an address or a date of birth is neither read nor written, and the message does not repeat it."""
    path = tmp_path / "mine.toml"
    value = assessment(**more)
    with pytest.raises(PersonalDataError) as written:
        ca.write(value, path)
    assert not path.exists()
    write_text(path, to_toml(assessment_to_dict(value)))
    with pytest.raises(PersonalDataError) as read:
        ca.read(path)
    for error in (written.value, read.value):
        assert [str(problem.where) for problem in error.problems] == [where]
        assert NUMBER not in str(error)
        assert str(path) in str(error)


def test_likely_names_are_read_and_not_written(tmp_path: Path) -> None:
    """A likely name may be a false alarm, so it stops nothing at reading; it is not handed on unless allowed."""
    path = tmp_path / "mine.json"
    value = assessment(evidence=evidence(summary="Mrs Example was glad"))
    with pytest.raises(PersonalDataError, match="what looks like a name"):
        ca.write(value, path)
    ca.write(value, path, allow=["Mrs Example"])
    assert ca.read(path) == value


def test_all_is_listed_at_once(tmp_path: Path) -> None:
    """Every place is listed in one error."""
    value = assessment(notes=NUMBER, evidence=evidence(summary="someone@example.org", source="SW1A 1AA"))
    with pytest.raises(PersonalDataError) as caught:
        ca.write(value, tmp_path / "mine.toml")
    assert [str(p.where) for p in caught.value.problems] == ["notes", "evidence.E1.summary", "evidence.E1.source"]


def test_addresses_of_pages_are_no_text(tmp_path: Path) -> None:
    """Numbers in the address of a page are no personal data."""
    value = assessment(sources=["https://example.org/9434765919?tel=02079460958"])
    ca.write(value, tmp_path / "mine.toml")
    assert ca.read(tmp_path / "mine.toml") == value


def test_an_outcome_is_screened_like_its_assessment(tmp_path: Path) -> None:
    """What stands under an outcome is handed on with it."""
    outcome = ca.assess(assessment(notes=f"about {NUMBER}"))
    with pytest.raises(PersonalDataError):
        write(outcome, tmp_path / "mine.json")
    assert list(tmp_path.iterdir()) == []


def test_every_published_assessment_can_be_handed_on(tmp_path: Path) -> None:
    """No shipped assessment holds what looks like personal data."""
    for number, item in enumerate(ca.published()):
        ca.write(item, tmp_path / f"{number}.toml")


def test_the_command_line_screens_what_it_prints_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON on the terminal is handed on as much as a file is."""
    path = tmp_path / "mine.toml"
    write_text(path, to_toml(assessment_to_dict(assessment(notes="Mrs Example was glad"))))
    assert main(["assess", str(path)]) == 0
    assert main(["assess", str(path), "--format", "json"]) == 1
    assert "what looks like a name" in capsys.readouterr().err
    assert main(["assess", str(path), "--format", "json", "--allow", "Mrs Example"]) == 0
