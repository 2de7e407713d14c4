"""Assessments and outcomes that are written and read again are the same."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from attrs import evolve, frozen
from hypothesis import given, reject

import careassure as ca
from careassure.api.lookup import find_subject
from careassure.catalogue.councils import register
from careassure.errors import InvalidAssessmentError, PersonalDataError, WriteError
from careassure.io.formats import parse, to_json, to_toml
from careassure.io.records import assessment_from
from careassure.model.as_dict import assessment_to_dict
from careassure.model.assessment import Assessment, Stated
from careassure.model.council import Body, Council
from careassure.model.dates import DateInput, PartialDate
from careassure.model.framework import Framework
from careassure.testing.strategies import assessments, bodies, cqc_frameworks, frameworks
from helpers import few

FACTORY = pytest.TempPathFactory


def again(value: ca.Assessment | ca.Outcome, folder: Path, ending: str) -> object:
    """The value, written and read again."""
    path = folder / f"file.{ending}"
    written(value, path)
    return ca.read(path)


def written(value: ca.Assessment | ca.Outcome, path: Path) -> None:
    """Write a value; an example whose text happens to look like a person's name is passed over."""
    try:
        ca.write(value, path)
    except PersonalDataError:
        reject()


@pytest.mark.parametrize("ending", ["toml", "json"])
@few
@given(assessment=assessments(cqc_frameworks()))
def test_an_assessment_is_read_back(ending: str, assessment: Assessment, tmp_path_factory: FACTORY) -> None:
    """An assessment of either version, written as TOML or JSON, is read back equal in every field."""
    assert again(assessment, tmp_path_factory.getbasetemp(), ending) == assessment


@few
@given(assessment=assessments(cqc_frameworks()))
def test_both_formats_hold_the_same(assessment: Assessment, tmp_path_factory: FACTORY) -> None:
    """The TOML and the JSON of one assessment hold the same table."""
    folder = tmp_path_factory.getbasetemp()
    for ending in ("toml", "json"):
        written(assessment, folder / f"a.{ending}")
    as_toml = tomllib.loads((folder / "a.toml").read_text(encoding="utf-8"))
    assert as_toml == json.loads((folder / "a.json").read_text(encoding="utf-8"))
    assert as_toml["format"] == "careassure.assessment/1"


@few
@given(assessment=assessments(cqc_frameworks()))
def test_an_outcome_is_read_back(assessment: Assessment, tmp_path_factory: FACTORY) -> None:
    """An outcome of the version's own scorer is read back from JSON equal in every field, every step included."""
    outcome = ca.assess(assessment)
    found = again(outcome, tmp_path_factory.getbasetemp(), "json")
    assert found == outcome
    assert isinstance(found, ca.Outcome)
    assert found.trace == outcome.trace
    assert found.result == outcome.result
    assert found.trace.audit() == outcome.trace.audit()
    assert found.to_dict() == outcome.to_dict()


@few
@given(assessment=assessments(cqc_frameworks()))
def test_every_scorer_s_outcome_is_read_back(assessment: Assessment, tmp_path_factory: FACTORY) -> None:
    """The outcomes of all installed scorers that accept the framework are read back equal."""
    outcomes = ca.compare(assessment)
    assert outcomes
    for outcome in outcomes:
        assert again(outcome, tmp_path_factory.getbasetemp(), "json") == outcome


@frozen
class Only:
    """A lookup that knows one framework."""

    known: Framework

    def framework(self, id: str, version: str | None, /) -> Framework:
        assert (id, version) == (self.known.id, self.known.version)
        return self.known

    def subject(self, name: str, framework: Framework, at: DateInput | None = None, /) -> Council | Body:
        return find_subject(name, framework, at)

    def council(self, code: str, /) -> Council | None:
        return next((council for council in ca.councils() if council.code == code), None)


@given(assessments(frameworks()))
def test_an_assessment_of_any_framework_is_read_back(assessment: Assessment) -> None:
    """Under any framework, with whatever scales and parts, an assessment is read back equal from both formats."""
    lookup = Only(assessment.framework)
    for form in (to_toml, to_json):
        assert assessment_from(parse(form(assessment_to_dict(assessment))), lookup) == assessment


@given(body=bodies())
def test_a_body_is_read_back(body: Body, tmp_path_factory: FACTORY) -> None:
    """A body that is no council is read back with its identifier, name and kind."""
    assessment = ca.Assessment.of(body, [3] * 9)
    assert again(assessment, tmp_path_factory.getbasetemp(), "toml") == assessment


@pytest.mark.parametrize("item", ca.published(), ids=lambda item: item.id)
def test_published_assessments_are_read_back(item: Assessment, tmp_path: Path) -> None:
    """Every shipped assessment, with its disagreements and sources, is read back equal."""
    assert again(item, tmp_path, "TOML") == item


@pytest.mark.parametrize("score", [0, 1, 100])
def test_a_printed_zero_is_kept(tmp_path: Path, score: int) -> None:
    """A printed score of nought is not taken for a missing one."""
    assessment = evolve(ca.Assessment.of("Camden", [3] * 9), stated=Stated(None, score))
    assert again(assessment, tmp_path, "toml") == assessment


def test_a_rating_on_the_score_scale_is_kept(tmp_path: Path) -> None:
    """A printed rating in the words of the score scale is read back as that grade."""
    grade = ca.framework("cqc-la").scale("cqc-score")["some_shortfalls"]
    assessment = evolve(ca.Assessment.of("Camden", [3] * 9), stated=Stated(grade, None))
    assert again(assessment, tmp_path, "json") == assessment


def test_a_written_assessment_is_pleasant_to_read(tmp_path: Path) -> None:
    """A written file has the names and numbers that a person would write, and leaves out what is not known."""
    scores = [3, None, 4, 3, "Not rated", 4, 3, 4, 4]
    ca.write(ca.Assessment.of("camden", scores, published="2025-02", facts={"breach": False}), tmp_path / "a.toml")
    assert (tmp_path / "a.toml").read_text(encoding="utf-8") == (
        'format = "careassure.assessment/1"\n'
        'council = "Camden"\n'
        'code = "E09000007"\n'
        'framework = "cqc-la"\n'
        'version = "direct"\n'
        'kind = "mock"\n'
        'published = "2025-02"\n'
        'confidence = "own"\n'
        "\n"
        "[scores]\n"
        "assessing_needs = 3\n"
        "equity = 4\n"
        "care_provision = 3\n"
        'partnerships = "Not rated"\n'
        "safe_systems = 4\n"
        "safeguarding = 3\n"
        "governance = 4\n"
        "learning = 4\n"
        "\n"
        "[facts]\n"
        "breach = false\n"
    )


@pytest.mark.parametrize("name", ["a.txt", "a", "a.yaml", "toml"])
def test_other_endings_are_refused(tmp_path: Path, name: str) -> None:
    """A file whose name ends in anything else is not written."""
    with pytest.raises(WriteError, match=r"Write it as .toml or .json"):
        ca.write(ca.Assessment.of("Camden", [3] * 9), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_an_outcome_is_not_written_as_toml(tmp_path: Path) -> None:
    """An outcome is written as JSON only."""
    with pytest.raises(WriteError, match=r"Write an outcome as .json"):
        ca.write(ca.assess(ca.Assessment.of("Camden", [3] * 9)), tmp_path / "o.toml")


@pytest.mark.parametrize("value", [None, {}, "text", ca.framework("cqc-la"), ca.Assessment])
def test_other_values_are_not_written(tmp_path: Path, value: object) -> None:
    """What is neither an assessment nor an outcome is not written."""
    with pytest.raises(WriteError, match=r"cannot be written\. Give an Assessment or Outcome"):
        ca.write(value, tmp_path / "a.json")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


STANDING = (*register().councils, *(old.council for old in register().former if old.council))


@pytest.mark.parametrize("council", [each for each in STANDING if each.began or each.ended], ids=str)
def test_a_council_of_its_time_is_read_back(council: Council, tmp_path: Path) -> None:
    """What is assessed on a day when its council stood is read back as that council's; on another day it is refused."""
    turns = [turn.year for turn in (council.began, council.ended) if turn]
    for year in sorted({turn + near for turn in turns for near in (-1, 0, 1)}):
        for day in (PartialDate(year), PartialDate(year, 3), PartialDate(year, 4, 1)):
            if council.stood(day):
                written = ca.Assessment.of(council, [3] * 9, published=day)
                assert again(written, tmp_path, "json") == written
            else:
                with pytest.raises(
                    InvalidAssessmentError, match=r"(began|ended) on .* so it cannot have been published"
                ):
                    ca.Assessment.of(council, [3] * 9, published=day)
