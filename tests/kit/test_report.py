"""How the kit reports: failures that are expected, checks that are new, scorers that are none."""

from __future__ import annotations

import pickle
import re
import warnings
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from hypothesis import settings

import careassure as ca
from careassure.errors import UnknownScorerError
from careassure.testing import (
    Check,
    ConformanceError,
    ConformanceReport,
    NewCheckWarning,
    check_scorer,
    checks,
    sameness,
    scorer_checks,
)
from careassure.testing.check import (
    CheckBlockedError,
    CheckFailedError,
    NotOfferedError,
    UnknownCheckError,
    is_new,
    judge,
)
from careassure.testing.checks import NAMES

from .scorers import SMALL, Percent, Weakest
from .zoo import Counting, Floating, Rolling


def report_of(scorer: Any, **more: Any) -> ConformanceReport:
    return check_scorer(scorer, framework=SMALL, on_fail="report", **more)


@cache
def plain_report(kind: Any) -> ConformanceReport:
    return report_of(kind())


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other process is asked, where what it would say is not looked at."""
    monkeypatch.setattr(sameness, "outcomes_elsewhere", lambda *_given: [])


def a_check(outcome: Exception | str, since: str = "0.1") -> Check:
    """A check that ends in a way of its own."""

    def run() -> str:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return Check("some-check", since, frozenset(), "Something.", run)


# -- failures --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("alone")
def test_a_wrong_scorer_raises_with_the_report() -> None:
    """The error is an assertion that carries the whole report and survives being sent elsewhere."""
    with pytest.raises(ConformanceError) as caught:
        check_scorer(Floating(), framework=SMALL)
    assert isinstance(caught.value, AssertionError)
    assert isinstance(caught.value, ca.CareAssureError)
    assert caught.value.report.named("failed") == ("exact-types",)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_the_report_reads() -> None:
    """It says which check fails, with which scores, what is wrong there, what the check asks, and how long it took."""
    text = str(plain_report(Floating))
    assert text.startswith("percent 1 on small 1: 1 check to fix\n")
    assert "failed      exact-types: small 1, every score great: percentage_low is 100.0 (float), not Fraction" in text
    assert "It asks: Every field holds what its type says" in text
    assert re.search(r"\n  Combinations of scores tried: small 1: all 27, and 37 with scores missing\.\n", text)
    assert re.search(rf"\n  {len(NAMES)} checks ran, in [\d,]+ calls of the scorer\. One outcome took .* ms\.$", text)
    assert repr(plain_report(Floating)) == f"<ConformanceReport percent 1: {len(NAMES) - 1} of {len(NAMES)} ok>"


def test_nothing_is_left_out_of_the_report() -> None:
    """Every check is in it, in order, each with a sentence; what does not apply says why."""
    report = plain_report(Weakest)
    assert tuple(result.name for result in report.results) == NAMES
    assert all(result.text.endswith(".") for result in report.results)
    assert report["lowering"].message == "it applies no method given as data"
    with pytest.raises(KeyError):
        report["no such check"]


def test_a_failure_that_hides_everything_else_is_not_a_pass() -> None:
    """Where a check has nothing to look at it says so, and counts as something to mend."""
    report = plain_report(Rolling)
    assert report.named("blocked") == ("threads", "processes", "pickles")
    assert {result.name for result in report.failures} == {
        *("deterministic", "threads", "processes", "pickles"),
        *("sealed", "surroundings"),
    }
    assert "total and deterministic" in report["threads"].message


def test_speed_is_told_and_not_judged() -> None:
    """What an outcome took is in the report, and nothing depends on it."""
    report = plain_report(Weakest)
    assert report.seconds > 0
    assert evolve(report, seconds=1e9).ok


def test_a_run_is_the_same_whatever_a_project_sets() -> None:
    """The examples do not depend on the settings of the tests around, and are the same each time."""
    first = evolve(plain_report(Counting), seconds=0)
    settings.register_profile("another", max_examples=1, derandomize=False, database=None)
    before = settings.get_current_profile_name()
    settings.load_profile("another")
    try:
        assert evolve(report_of(Counting()), seconds=0) == first
    finally:
        settings.load_profile(before)


# -- failures that are expected --------------------------------------------------------------------------


@pytest.mark.usefixtures("alone")
def test_an_expected_failure_is_no_failure() -> None:
    """A check that is declared to fail, with a reason, may fail; the report keeps the reason and what was found."""
    report = report_of(Floating(), expected_failures={"exact-types": "issue 12"})
    assert report.ok
    assert report["exact-types"].status == "expected"
    assert report["exact-types"].message.startswith("issue 12. It is so: small 1")


@pytest.mark.usefixtures("alone")
def test_an_expected_failure_that_passes_fails() -> None:
    """What was mended may not go on being declared."""
    report = report_of(Percent(), expected_failures={"exact-types": "issue 12"})
    assert [(r.name, r.status) for r in report.failures] == [("exact-types", "unexpected")]
    assert "no longer declare it" in report["exact-types"].message


@pytest.mark.usefixtures("alone")
def test_an_expected_failure_of_what_does_not_apply_fails() -> None:
    """Nothing can be expected of a check that the scorer is not subject to."""
    report = report_of(Weakest(), expected_failures={"lowering": "one day"})
    assert [(r.name, r.status) for r in report.failures] == [("lowering", "unexpected")]


def test_an_expected_failure_may_be_of_a_check_that_is_blocked() -> None:
    """With the failure before it, what it hides can be declared as well."""
    hidden = dict.fromkeys(
        ("sealed", "surroundings", "deterministic", "threads", "processes", "pickles"), "it rolls dice"
    )
    assert report_of(Rolling(), expected_failures=hidden).ok


def test_an_unknown_check_cannot_be_expected_to_fail() -> None:
    """A name that stands for no check is refused before anything runs, with a guess."""
    with pytest.raises(UnknownCheckError, match=r"there is no such check\. Did you mean monotone\?"):
        check_scorer(Weakest(), framework=SMALL, expected_failures={"monotonous": "why"})
    with pytest.raises(UnknownCheckError, match="The checks are well-named, accepts"):
        check_scorer(Weakest(), framework=SMALL, expected_failures={"xyzzy": "why"})


def test_an_expected_failure_needs_a_reason() -> None:
    """An empty reason is none."""
    with pytest.raises(CheckFailedError, match="has no reason"):
        check_scorer(Weakest(), framework=SMALL, expected_failures={"monotone": " "})


# -- checks that are new ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "kit", "current", "new"),
    [
        ("0.1", "", "0.1.0", False),  # the first checks never only warn
        ("0.2", "", "0.2.3", True),  # a check warns in the release in which it appears
        ("0.2", "", "0.3.0", False),  # and counts from the next on
        ("0.2", "", "1.0.0", False),
        ("0.3", "0.2", "0.9.0", True),  # whoever states a release is warned of everything newer
        ("0.2", "0.2", "0.2.0", False),
        ("0.1", "0.1.5", "0.9.0", False),
    ],
)
def test_a_new_check_warns_for_one_release(since: str, kit: str, current: str, new: bool) -> None:
    """A check is new in the minor release in which it appears, or beyond the release that the author states."""
    assert is_new(since, kit, current) is new


def test_a_new_check_that_fails_warns() -> None:
    """It is no failure, and the result says from when it will be one."""
    result = judge(a_check(CheckFailedError("it is wrong"), since="99.0"))
    assert (result.status, result.ok) == ("warned", True)
    assert "will count from the next release on" in result.message


def test_a_new_check_is_told_to_whoever_runs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The function warns, in the line that called it, and does not raise."""

    def fails(_bench: object) -> str:
        """Something new."""
        raise CheckFailedError("it is wrong")

    monkeypatch.setattr(sameness, "outcomes_elsewhere", lambda *_given: [])
    monkeypatch.setattr(checks, "_CHECKS", (*checks._CHECKS, ("new-check", "99.0", frozenset[str](), fails)))
    with pytest.warns(NewCheckWarning, match="weakest: warned      new-check: it is wrong") as told:
        assert check_scorer(Weakest(), framework=SMALL).ok
    assert told[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ConformanceError):
            check_scorer(Weakest(), framework=SMALL, kit="99.0")


@pytest.mark.parametrize(
    ("outcome", "reason", "status"),
    [
        ("a remark", None, "passed"),
        (CheckFailedError("wrong"), None, "failed"),
        (CheckBlockedError("nothing there"), None, "blocked"),
        (NotOfferedError("not its kind"), None, "not offered"),
        (CheckFailedError("wrong"), "known", "expected"),
        ("a remark", "known", "unexpected"),
        (NotOfferedError("not its kind"), "known", "unexpected"),
    ],
)
def test_each_end_has_its_name(outcome: Exception | str, reason: str | None, status: str) -> None:
    """Passed, failed, blocked, not offered, and what becomes of them where a failure was expected."""
    assert judge(a_check(outcome), reason).status == status


def test_an_error_in_the_kit_is_not_taken_for_a_result() -> None:
    """Only what a check means to say is a result; anything else comes through."""
    with pytest.raises(ZeroDivisionError):
        judge(a_check(ZeroDivisionError("a slip in the kit")))


# -- what is tested --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scorer", "message"),
    [
        (Weakest, r"Weakest is a class\. Give Weakest\(\)"),
        (object(), "It lacks name, version, title, accepts, score"),
    ],
)
def test_only_scorers_are_tested(scorer: Any, message: str) -> None:
    """A class, or an object that lacks something, is refused in words."""
    with pytest.raises(UnknownScorerError, match=message):
        list(scorer_checks(scorer))


def test_a_scorer_that_accepts_nothing_cannot_be_tested() -> None:
    """Where there is nothing to score there is nothing to say, and that is an error."""
    with pytest.raises(UnknownScorerError, match="accepts no installed framework"):
        check_scorer(Weakest())
    with pytest.raises(UnknownScorerError, match="accepts not cqc-la direct"):
        check_scorer(Weakest(), framework=ca.framework("cqc-la"))


def test_checks_can_be_run_one_by_one() -> None:
    """Each check has a name, a release, a sentence, and a function that needs nothing."""
    found = {check.name: check for check in scorer_checks(Weakest(), framework=SMALL)}
    assert tuple(found) == NAMES
    assert {name for name, check in found.items() if check.requires} == {"imports", "lowering", "processes"}
    assert found["well-named"].run() == "weakest 1"
    with pytest.raises(NotOfferedError):
        found["lowering"].run()
