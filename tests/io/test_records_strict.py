"""Reading records strictly: no type is guessed, no key passed over, and every fault is told at once."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import careassure as ca
from careassure.api.lookup import HostLookup
from careassure.errors import InvalidAssessmentError, InvalidInputError, Problem, ReadError
from careassure.io.records import assessment_from, outcome_from
from careassure.model.assessment import Assessment
from careassure.model.dates import PartialDate
from careassure.model.outcome import Outcome
from careassure.plugins.host import PluginHost

LOOKUP = HostLookup(PluginHost(discover=False))
NOON = dt.datetime(2025, 5, 22, 12, tzinfo=dt.UTC)
DISAGREEMENT = {"field": "equity", "used": "1", "other": 2}
FIELDS = {"id": "text", "notes": "text", "licence": "text", "supersedes": "text", "code": "text", "version": "text"}


def record(**more: object) -> dict[str, object]:
    """A small record with other or further fields."""
    return {"format": "careassure.assessment/1", "council": "Camden", "scores": {"equity": 3}} | more


def faults(data: object) -> list[Problem]:
    """The faults for which a record is refused."""
    with pytest.raises(InvalidAssessmentError) as raised:
        assessment_from(data, LOOKUP, where="a.toml")
    assert str(raised.value).startswith("a.toml: ")
    assert isinstance(raised.value, ValueError)
    return list(raised.value.problems)


@pytest.mark.parametrize("value", ["3", 3.7, 3.0, True, False, 0, 5, None, {"a": 1}, [3], "great"])
@pytest.mark.parametrize("form", ["mapping", "list", "category"])
def test_scores_are_not_guessed(value: object, form: str) -> None:
    """A score that is text, a fraction, a truth value or outside the scale is refused with its path; None is a gap."""
    data = {
        "mapping": record(scores={"equity": value}),
        "list": record(scores=[3, 3, value, 3, 3, 3, 3, 3, 3]),
        "category": record(version="2023", scores={"equity": {"staff": value}}),
    }[form]
    if value is None:
        assert assessment_from(data, LOOKUP).missing
        return
    (problem,) = faults(data)
    if isinstance(value, dict) and form != "category":
        assert str(problem.where) == "scores.equity"
    else:
        assert str(problem.where) == ("scores.equity/staff" if form == "category" else "scores.equity")
        assert problem.message == f"{value!r} is not a grade of CQC's scores"


@pytest.mark.parametrize("value", [3, 3.7, True, None, [], {}, dt.date(2025, 1, 1)])
@pytest.mark.parametrize("name", FIELDS)
def test_text_is_text(name: str, value: object) -> None:
    """A field of text takes text and nothing else, and the refusal names the field and the value."""
    if name == "version" and value is None:
        assert assessment_from(record(version=None), LOOKUP).framework.version == "direct"
        return
    (problem,) = faults(record(**{name: value}))
    assert str(problem.where) == name
    if name != "version":
        assert problem.message == f"{value!r} should be text"


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"indicative": "true"}, "indicative", "'true' should be true or false"),
        ({"indicative": 1}, "indicative", "1 should be true or false"),
        ({"facts": {"breach": "no"}}, "facts['breach']", "'no' should be true or false"),
        ({"facts": ["breach"]}, "facts", "['breach'] should be a table"),
        ({"sources": "https://example.org"}, "sources", "'https://example.org' should be a list"),
        ({"sources": {"a": 1}}, "sources", "{'a': 1} should be a list"),
        ({"sources": ["a", 3]}, "sources[1]", "3 should be text"),
        ({"stated": 62}, "stated", "62 should be a table"),
        ({"stated": {"score": "62"}}, "stated.score", "'62' should be a whole number"),
        ({"stated": {"score": 61.1}}, "stated.score", "61.1 should be a whole number"),
        ({"stated": {"score": True}}, "stated.score", "True should be a whole number"),
        ({"stated": {"rating": 3}}, "stated.rating", "3 should be text"),
        ({"stated": {"rating": "superb"}}, "stated.rating", "'superb' is not a grade of CQC's ratings"),
        ({"assessed": True}, "assessed", "True should be a date"),
        ({"assessed": 2025.5}, "assessed", "2025.5 should be a date"),
        ({"assessed": NOON}, "assessed", f"{NOON!r} should be a date"),
        ({"assessed": "22/05/2025"}, "assessed", "'22/05/2025' is not a date"),
        ({"evidence": {"id": "e"}}, "evidence", "{'id': 'e'} should be a list"),
        ({"evidence": ["seen"]}, "evidence[0]", "'seen' should be a table"),
        ({"disagreements": [DISAGREEMENT]}, "disagreements[0].other", "2 should be text"),
        ({"kind": "formal"}, "kind", "'formal' is not known"),
        ({"confidence": "sure"}, "confidence", "'sure' is not known"),
        ({"council": "Camdem"}, "council", "'Camdem' is not a council with adult social care duties in England"),
        ({"code": "E09000008"}, "code", "E09000008 is Croydon, not Camden"),
        ({"framework": "cqc"}, "framework", "there is no framework 'cqc'"),
        ({"version": "2024"}, "framework", "cqc-la has no version '2024'"),
        ({"scores": "333333333"}, "scores", "'333333333' is neither a list nor a mapping of scores"),
        ({"format": "careassure.assessment/2"}, "format", "'careassure.assessment/2' is not known"),
    ],
)  # fmt: skip
def test_other_fields_are_not_guessed(fields: dict[str, object], where: str, message: str) -> None:
    """Any field of the wrong type or with an unknown word is refused with its path and the value."""
    (problem,) = faults(record(**fields))
    assert (str(problem.where), problem.message) == (where, message)


@pytest.mark.parametrize(
    ("data", "where", "key", "hint"),
    [
        (record(counsil="Camden"), "", "counsil", "Did you mean council?"),
        (record(publishd="2025"), "", "publishd", "Did you mean published?"),
        (record(stated={"rateing": "good"}), "stated", "rateing", "Did you mean rating?"),
        (record(xyzzy=1), "", "xyzzy", "Known: assessed, body, "),
    ],
)
def test_unknown_keys_are_refused(data: object, where: str, key: str, hint: str) -> None:
    """A key that the format does not know is refused by name, with the nearest one or all that there are."""
    (problem,) = faults(data)
    assert (str(problem.where), problem.message) == (where, f"there is no field {key} here")
    assert problem.hint.startswith(hint)


def test_unknown_keys_inside_lists_have_their_place() -> None:
    """A key of evidence that the format does not know is refused with the number of the item."""
    (problem,) = faults(
        record(evidence=[{"id": "e", "summary": "s", "category": "staff", "statements": ["equity"], "when": "2025"}])
    )
    assert (str(problem.where), problem.message) == ("evidence[0]", "there is no field when here")


@pytest.mark.parametrize("missing", ["council", "scores"])
def test_what_must_be_there_is_asked_for(missing: str) -> None:
    """A record without its council or its scores is refused."""
    data = record()
    del data[missing]
    (problem,) = faults(data)
    assert str(problem) == f"{missing}: the field {missing} is missing"


@pytest.mark.parametrize("data", [None, 3, "text", [], [1], True])
def test_what_is_no_table_is_refused(data: object) -> None:
    """A record that is no table is refused."""
    (problem,) = faults(data)
    assert problem.message == f"{data!r} should be a table"


def test_a_record_without_a_format_is_an_assessment(tmp_path: Path) -> None:
    """A record that names no format is read as an assessment."""
    data = record()
    del data["format"]
    assert assessment_from(data, LOOKUP) == assessment_from(record(), LOOKUP)
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    assert isinstance(ca.read(tmp_path / "a.json"), Assessment)


@pytest.mark.parametrize("date", ["2025", 2025, "2025-05", "2025-05-22", dt.date(2025, 5, 22)])
def test_dates_may_be_written_as_toml_holds_them(date: str | int | dt.date) -> None:
    """A date may be text, a year as a number, or a date of TOML."""
    assert assessment_from(record(published=date), LOOKUP).published == PartialDate.parse(date)


@pytest.mark.parametrize("mixed", [False, True])
def test_all_faults_of_a_file_come_at_once(tmp_path: Path, mixed: bool) -> None:
    """Every fault of a file is in one error that begins with the file's name, whatever kinds of fault there are."""
    wrong_types = 'indicative = "yes"\nextra = 1\n' if mixed else ""
    file = tmp_path / "draft.toml"
    file.write_text(
        f'council = "Camdem"\nkind = "formal"\n{wrong_types}[scores]\nequity = "3"\nsafegarding = 3\nlearning = 9\n'
        '[[evidence]]\nid = "e"\nsummary = "s"\ncategory = "hearsay"\nstatements = ["nothing"]\n',
        encoding="utf-8",
    )
    with pytest.raises(InvalidAssessmentError) as raised:
        ca.read(file)
    wheres = {str(problem.where) for problem in raised.value.problems}
    assert wheres >= {"scores", "scores.equity", "scores.learning"} | (
        {"indicative", ""} if mixed else {"council", "kind", "evidence.e"}
    )
    assert str(raised.value).startswith(f"{file}: {len(raised.value.problems)} problems\n  1. ")


@pytest.mark.parametrize("form", ["careassure.assessment/9", "other", 1, ["a"], ""])
def test_unknown_formats_are_refused(tmp_path: Path, form: object) -> None:
    """A file of another format is refused with the formats that are read."""
    file = tmp_path / "file.json"
    file.write_text(json.dumps(record(format=form)), encoding="utf-8")
    with pytest.raises(ReadError) as raised:
        ca.read(file)
    assert raised.value.message == f"its format {form!r} is not known"
    for known in ("assessment", "outcome", "method", "framework"):
        assert f"careassure.{known}/1" in raised.value.hint


def outcome_data() -> dict[str, Any]:
    """An outcome as it stands in a file."""
    return json.loads(json.dumps(ca.assess(ca.Assessment.of("Camden", [3] * 9)).to_dict()))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("percentage_low", "8/0", "percentage_low: '8/0' is not an exact number such as 800/9"),
        ("percentage_low", 75.0, "percentage_low: 75.0 should be text"),
        ("score_low", "75", "score_low: '75' should be a whole number"),
        ("scorer", None, "scorer: None should be text"),
        ("flags", "none", "flags: 'none' should be a list"),
        ("trace", [], "trace: [] should be a table"),
        ("scoer", 1, "there is no field scoer here. Did you mean scorer?"),
    ],
)
def test_outcomes_are_not_guessed(name: str, value: object, words: str) -> None:
    """A field of an outcome of the wrong type, or an unknown one, is refused with its path."""
    with pytest.raises(InvalidInputError) as raised:
        outcome_from(outcome_data() | {name: value}, LOOKUP, where="o.json")
    assert words in str(raised.value)
    assert str(raised.value).startswith("o.json: ")


def test_the_assessment_of_an_outcome_is_checked_as_any_other() -> None:
    """A fault in the assessment inside an outcome is told with the file and that it is there."""
    data = outcome_data()
    data["assessment"]["scores"]["equity"] = "3"
    with pytest.raises(InvalidAssessmentError, match=r"^o.json, assessment: scores.equity: '3' is not a grade"):
        outcome_from(data, LOOKUP, where="o.json")


@pytest.mark.parametrize("data", [None, [], {}, {"format": "careassure.assessment/1"}, {"format": ["x"]}])
def test_only_outcomes_are_read_as_outcomes(data: object) -> None:
    """What does not carry the format of an outcome is not read as one."""
    with pytest.raises(InvalidInputError, match=r"format: it is not known\. This version reads careassure.outcome/1"):
        outcome_from(data, LOOKUP)


def test_what_is_derived_may_be_left_out() -> None:
    """The words that an outcome's file repeats for readers need not be there."""
    data = {k: v for k, v in outcome_data().items() if k not in ("kind", "result", "rating", "score", "percentage")}
    data["format"] = "careassure.outcome/1"
    found = outcome_from(data, LOOKUP)
    assert isinstance(found, Outcome)
    assert found.result == "Good, 75 out of 100"
