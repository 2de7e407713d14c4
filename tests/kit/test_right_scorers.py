"""What is right passes every check, whatever its kind."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import careassure as ca
from careassure.methods.method import Method
from careassure.methods.scorer import MethodScorer
from careassure.model.framework import Framework
from careassure.testing import check_scorer, process, sameness, scorer_checks, strategies, survey
from careassure.testing.bench import Bench, bench_of
from careassure.testing.image import difference
from careassure.testing.sameness import SAMPLE

from .herd import Herd
from .methods import CAPPED, JUDGED, POINTS, PROFILE
from .scorers import SMALL, Even, Judged, Lowest, Percent, ProfileOnly, Table, Weakest

pytestmark = pytest.mark.slow


MAKERS: list[Any] = [Weakest, Table, Even, Percent, ProfileOnly, Judged]
METHODS = [POINTS, CAPPED, JUDGED, PROFILE]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other process is asked: below, all of them are sent to the same few."""
    monkeypatch.setattr(sameness, "outcomes_elsewhere", lambda *_given: [])


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_a_scorer_in_python_conforms(make: Any) -> None:
    """A rating, a table, a declared exception, a percentage with flags, a profile alone, a range."""
    report = check_scorer(make(), framework=SMALL)
    assert report.ok
    assert report.named("not offered") == ("lowering",)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
def test_a_method_given_as_data_conforms(method: Method) -> None:
    """Bands, a cap, judgement, no overall: every check applies and passes."""
    report = check_scorer(method, framework=SMALL)
    assert {result.status for result in report.results} == {"passed"}


def test_all_of_them_give_the_same_in_other_processes() -> None:
    """With another seed for hashes, other settings and in another time zone; importing them asks for nothing."""
    herd = Herd([*(make() for make in MAKERS), *map(MethodScorer, METHODS)])
    given = Bench(Weakest(), SMALL).sample(SAMPLE)
    here = list(map(herd.score, given))
    answers = process.outcomes_elsewhere(pickle.dumps((herd, given)), "kit")
    assert len(answers) == 3
    for answer in answers:
        assert answer.imported == ()
        for before, there in zip(here, answer.outcomes, strict=True):
            assert all(isinstance(outcome, ca.Outcome) for outcome in before)
            assert difference(before, there) == ""


def test_a_scorer_of_fifteen_lines_conforms_on_what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no framework given, it is tested with every installed version that it accepts."""
    monkeypatch.setattr(survey, "PATIENCE", 0.0)  # with 20,000 combinations: the tutorial has its own tried with all
    report = check_scorer(Lowest())
    assert report.frameworks == ("cqc-la direct",)
    assert report.ok


def test_an_installed_scorer_is_tested_itself() -> None:
    """What the host adds to an installed scorer does not hide the scorer."""
    assert isinstance(bench_of(ca.scorer("single-word")).scorer, MethodScorer)


OF_MEANING = ("total", "exact-types", "range", "flags", "trace", "cited", "monotone", "missing", "order", "lowering")


@settings(max_examples=3, suppress_health_check=[HealthCheck.nested_given])
@given(strategies.frameworks(parts=False, max_statements=2).flatmap(strategies.schemes))
def test_sound_methods_conform(drawn: tuple[Framework, Method]) -> None:
    """Methods that are drawn sound pass every check of what a result means."""
    framework, method = drawn
    for check in scorer_checks(method, framework=framework):
        if check.name in OF_MEANING:
            check.run()
