"""What a type checker and an editor know of the constructors: every name of an argument, and its type."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import get_type_hints

import attrs
import pytest

import careassure as ca
from careassure.errors import InvalidInputError
from careassure.model.assessment import AssessmentFields
from careassure.model.outcome import OutcomeFields

PROGRAM = '''\
import careassure as ca

scale = ca.Scale.of("s", "S", ("low", "Low"), ("high", "High"), numeric=True, aliases={"low": ["poor"]})
made = ca.Assessment.of("York", [3] * 9, published="2025-05", kind="self", sources=["https://example.org"])


def score(scorer: ca.Scorer, assessment: ca.Assessment) -> ca.Outcome:
    """Rate it."""
    return ca.Outcome.of(scorer, assessment, None, text="None.", references=(), score_low=3, score_high=4)


ca.Scale.of("s", "S", ("low", "Low"), numerc=True)  # WRONG
ca.Assessment.of("York", [3] * 9, publised="2025")  # WRONG
ca.Assessment.of("York", [3] * 9, kind="draft")  # WRONG
ca.Assessment.of("York", [3] * 9, indicative="yes")  # WRONG
ca.Assessment.of("York", [3] * 9, sources="https://example.org")  # WRONG


def wrong(scorer: ca.Scorer, assessment: ca.Assessment) -> ca.Outcome:
    """Rate it."""
    return ca.Outcome.of(scorer, assessment, None, text="None.", references=(), percentage=3)  # WRONG
'''
SETTINGS = """
[mypy]
strict = true
follow_imports = skip
[mypy-careassure.*,attr.*,attrs.*]
follow_imports = silent
"""
"""Libraries of tables and tests, which other parts of the library name, say nothing of the constructors."""


@pytest.mark.slow
def test_a_misspelt_keyword_fails_in_mypy(tmp_path: Path) -> None:
    """Of the three constructors, mypy refuses each misspelt keyword and each value of a wrong type, and no other."""
    from mypy import api  # where what is slow is left out it need not be there

    file = tmp_path / "program.py"
    file.write_text(PROGRAM)
    settings = tmp_path / "settings.ini"
    settings.write_text(SETTINGS)
    said, fault, _ = api.run([f"--config-file={settings}", f"--cache-dir={tmp_path / 'cache'}", str(file)])
    assert fault == ""
    lines = {int(line.split(":")[1]) for line in said.splitlines() if ": error: " in line}
    expected = {number for number, line in enumerate(PROGRAM.splitlines(), 1) if line.endswith("# WRONG")}
    assert lines == expected, said


@pytest.mark.parametrize(("made", "fields"), [(ca.Assessment, AssessmentFields), (ca.Outcome, OutcomeFields)])
def test_every_field_can_be_given_by_name(made: type, fields: type) -> None:
    """A constructor takes each field of its class by name, either as a parameter or among the others."""
    others = {"marks", "assessor"} | {"assessment", "scorer_version", "title", "trace"}
    named = set(inspect.signature(made.of).parameters)  # type: ignore[attr-defined]
    found = {field.name for field in attrs.fields(made)}
    assert found - others - named == set(get_type_hints(fields))


def test_a_misspelt_keyword_is_refused_with_the_right_one() -> None:
    """When it is run, a misspelt keyword is refused and the one that was meant is named."""
    with pytest.raises(InvalidInputError, match=r"publised: there is no such field\. Did you mean published\?"):
        ca.Assessment.of("York", [3] * 9, publised="2025")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"careassure\.Scale\.of has no argument 'numerc'\. Did you mean numeric\?"):
        ca.Scale.of("s", "S", ("low", "Low"), ("high", "High"), numerc=True)  # type: ignore[call-arg]
    with pytest.raises(InvalidInputError, match=r"aliases\.lwo: there is no grade of that key\. Did you mean low\?"):
        ca.Scale.of("s", "S", ("low", "Low"), ("high", "High"), aliases={"lwo": ["poor"]})
    assessment = ca.Assessment.of("York", [3] * 9)
    scorer = ca.scorer("single-word").scorer
    with pytest.raises(InvalidInputError, match=r"percentage: .* Did you mean percentage_low or percentage_high\?"):
        ca.Outcome.of(scorer, assessment, None, text="x", references=(), percentage=3)  # type: ignore[call-arg]
