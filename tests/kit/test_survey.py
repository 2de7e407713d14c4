"""Every combination of scores is tried, and what is wrong with a single one is found."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.io.methods import load_method
from careassure.model.assessment import Assessment
from careassure.model.council import Body
from careassure.model.framework import Framework
from careassure.model.outcome import Flag, Outcome
from careassure.model.statements import Statement, Theme
from careassure.testing import (
    ConformanceReport,
    check_scorer,
    checks,
    report,
    sameness,
    scorer_checks,
    strategies,
    survey,
)
from careassure.testing.bench import Bench, bench_of
from careassure.testing.check import CheckFailedError
from careassure.testing.context import fields_read
from careassure.testing.profiles import Maker
from careassure.testing.survey import Survey, surveys
from careassure.testing.table import Table

from .methods import POINTS
from .scorers import RATINGS, RULE, SCORES, SMALL, Judged, Percent, Weakest, ratings_of

pytestmark = pytest.mark.slow


def framework_of(size: int) -> Framework:
    """A framework with so many statements of three grades each."""
    statements = tuple(Statement(f"s{number}", f"Statement {number}") for number in range(size))
    return evolve(SMALL, themes=(Theme("all", "All", statements),))


MIDDLING = framework_of(5)
"""243 combinations of scores; 1,024 where scores may be missing too."""

ONE = (2, 0, 2, 0, 1)
"""The one combination of `MIDDLING` that is treated in another way."""


class OneWrong(Percent):
    """Right, but for one combination of scores."""

    def is_it(self, assessment: Assessment) -> bool:
        return tuple(getattr(score, "rank", None) for _, score in assessment.marks) == ONE

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        return self.wrong(assessment, outcome) if self.is_it(assessment) else outcome

    def wrong(self, assessment: Assessment, outcome: Outcome) -> Any:
        return outcome


class TooLow(OneWrong):
    def wrong(self, assessment: Assessment, outcome: Outcome) -> Any:
        return Weakest.made(self, assessment, ratings_of(assessment)[0], ratings_of(assessment)[0])


class TooHigh(OneWrong):
    def wrong(self, assessment: Assessment, outcome: Outcome) -> Any:
        return Weakest.made(self, assessment, ratings_of(assessment)[-1], ratings_of(assessment)[-1])


class Stumbles(OneWrong):
    def wrong(self, assessment: Assessment, outcome: Outcome) -> Any:
        raise LookupError("not in the table")


class Leaves(OneWrong):
    def wrong(self, assessment: Assessment, outcome: Outcome) -> Any:
        raise SystemExit


class Mute(OneWrong):
    def wrong(self, assessment: Assessment, outcome: Outcome) -> Any:
        return None


class Rounds(OneWrong):
    def wrong(self, assessment: Assessment, outcome: Outcome) -> Any:
        return evolve(outcome, percentage_low=66.7, percentage_high=66.7)  # type: ignore[arg-type]


class Alarms(OneWrong):
    def wrong(self, assessment: Assessment, outcome: Outcome) -> Any:
        return evolve(outcome, flags=(*outcome.flags, Flag("alarm", "Alarm.", references=(RULE,))))


class Looks(OneWrong):
    def wrong(self, assessment: Assessment, outcome: Outcome) -> Any:
        return outcome if os.environ.get("HOME") is not None else None


class Asks(OneWrong):
    def wrong(self, assessment: Assessment, outcome: Outcome) -> Any:
        return outcome if assessment.council.name else None


class Dices(OneWrong):
    def wrong(self, assessment: Assessment, outcome: Outcome) -> Any:
        return outcome if random.random() < 2 else None  # noqa: S311


@pytest.mark.parametrize(
    ("make", "check"),
    [
        (TooLow, "monotone"),
        (TooHigh, "monotone"),
        (Stumbles, "total"),
        (Leaves, "total"),
        (Mute, "total"),
        (Rounds, "exact-types"),
        (Alarms, "flags"),
        (Looks, "sealed"),
        (Dices, "sealed"),
        (Asks, "context"),
    ],
)
def test_one_wrong_combination_is_found(make: Any, check: str) -> None:
    """Whatever is wrong with it, it is kept for the check whose business it is."""
    (found,) = surveys(bench_of(make(), MIDDLING))
    assert (found.tried, found.gaps) == (243, 781)
    assert check in found.faults


def test_what_was_found_fails_the_check() -> None:
    """The check whose business it is says where."""
    found = {one.name: one for one in scorer_checks(Stumbles(), framework=MIDDLING)}
    with pytest.raises(CheckFailedError, match="it raised LookupError: not in the table"):
        found["total"].run()


def only_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    """Combinations with scores missing are too many to try them all."""
    monkeypatch.setattr(survey, "MANY", 1_000)
    monkeypatch.setattr(survey, "_WITH_GAPS", 300)


@pytest.mark.parametrize("make", [TooLow, TooHigh])
def test_it_is_found_where_only_complete_combinations_are_all_tried(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then each is compared with its neighbours as well."""
    only_complete(monkeypatch)
    (found,) = surveys(bench_of(make(), MIDDLING))
    assert (found.tried, found.gaps > 100) == (243, True)
    assert "monotone" in found.faults


class HalfHearted(Judged):
    """The range of a single combination with a score missing is too narrow."""

    def score(self, assessment: Assessment) -> Outcome:
        outcome = super().score(assessment)
        ranks = tuple(getattr(score, "rank", None) for _, score in assessment.marks)
        return self.made(assessment, outcome.low, outcome.low) if ranks == (2, 1, None, 1, 2) else outcome


def test_one_wrong_combination_with_a_score_missing_is_found() -> None:
    """Where all of them are tried."""
    (found,) = surveys(bench_of(HalfHearted(), MIDDLING))
    assert "missing" in found.faults


@pytest.mark.parametrize("make", [Percent, Weakest, Judged])
def test_right_scorers_have_no_fault(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every combination, with every complete one, and with some."""
    for every, many in ((survey.EVERY, survey.MANY), (survey.EVERY, 1_000), (200, 150)):
        monkeypatch.setattr(survey, "EVERY", every)
        monkeypatch.setattr(survey, "MANY", many)
        monkeypatch.setattr(survey, "_WITH_GAPS", 300)
        (found,) = surveys(bench_of(make(), MIDDLING))
        assert found.faults == {}


class Tired(Weakest):
    """Once called often enough, it gives the lowest rating; nobody sees it count."""

    def __init__(self) -> None:
        self.left = iter(range(900))

    def score(self, assessment: Assessment) -> Outcome:
        if next(self.left, None) is None:
            return self.made(assessment, *ratings_of(assessment)[:1] * 2)
        return super().score(assessment)


def test_what_changes_with_time_is_found() -> None:
    """Combinations are scored again when all were scored."""
    (found,) = surveys(bench_of(Tired(), MIDDLING))
    assert "deterministic" in found.faults


# -- how many were tried ---------------------------------------------------------------------------------


def test_a_slow_scorer_is_tried_with_some(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless every combination is asked for, whatever the time."""
    only_complete(monkeypatch)
    monkeypatch.setattr(survey, "MANY", 100)
    monkeypatch.setattr(survey, "PATIENCE", 0.0)
    assert [found.tried for found in surveys(bench_of(Weakest(), MIDDLING))] == [100]
    assert [found.tried for found in surveys(Bench(Weakest(), MIDDLING, thorough=True))] == [243]


class Divided(TooLow):
    """Wrong in one combination, and stumbles wherever a score is missing."""

    def score(self, assessment: Assessment) -> Outcome:
        if assessment.missing:
            raise LookupError("a score is missing")
        return super().score(assessment)


def test_what_is_wrong_already_need_not_be_tried_with_every_combination(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless that is expected, or every combination is asked for: then what else is wrong is found as well."""
    only_complete(monkeypatch)
    monkeypatch.setattr(survey, "MANY", 100)
    (found,) = surveys(bench_of(Divided(), MIDDLING))
    assert (found.how, found.tried, "total" in found.faults) == ("some", 100, True)
    for bench in (
        Bench(Divided(), MIDDLING, thorough=True),
        Bench(Divided(), MIDDLING, expected=frozenset(("total",))),
    ):
        (found,) = surveys(bench)
        assert (found.how, found.tried, "monotone" in found.faults) == ("every", 243, True)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other process is asked."""
    monkeypatch.setattr(sameness, "outcomes_elsewhere", lambda *_given: [])


@pytest.mark.usefixtures("alone")
def test_the_verdict_says_how_much_was_tried() -> None:
    """The checks, the calls, and the combinations of scores of how many."""
    found = check_scorer(Weakest(), framework=SMALL)
    assert found.profiles == ("small 1: all 27, and 37 with scores missing",)
    assert f"{checks.PROMISED} checks ran, in {found.calls:,} calls of the scorer" in str(found)
    assert found.calls > 1_000


def test_a_method_is_proved() -> None:
    """Where the rules are data, all combinations are covered by proof, and few are worked out."""
    (found,) = surveys(bench_of(ca.scorer("single-word")))
    assert str(found) == "cqc-la direct: all 262,144 by proof, and 300 worked out"
    (small,) = surveys(bench_of(POINTS, SMALL))
    assert (small.how, small.tried, small.gaps) == ("every", 27, 37)


def shrunken(monkeypatch: pytest.MonkeyPatch, module: Any, **changes: Any) -> ConformanceReport:
    for name, value in changes.items():
        monkeypatch.setattr(module, name, value)
    return check_scorer(Weakest(), framework=SMALL, on_fail="report")


@pytest.mark.usefixtures("alone")
def test_a_kit_with_fewer_checks_passes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a check is lacking the verdict is not known, however well the others end."""
    found = shrunken(monkeypatch, checks, _CHECKS=checks._CHECKS[:-1])
    assert not found.failures
    assert not found.ok
    assert str(found).startswith("weakest 1 on small 1: not known, as 24 of 25 checks ran\n")
    with pytest.raises(CheckFailedError, match="the kit has 24 of its 25 checks"):
        checks.refuse_shrunken()


@pytest.mark.usefixtures("alone")
def test_a_kit_with_fewer_combinations_passes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Likewise where fewer combinations of scores are tried than are promised."""

    def less(_bench: Bench) -> tuple[Survey, ...]:
        return (Survey(SMALL, "some", 9, 37, 27, 37, {}),)

    found = shrunken(monkeypatch, report, surveys=less)
    assert not found.ok
    assert found.lacking == ("9 of 27 combinations of scores of small 1 were tried",)


@pytest.mark.usefixtures("alone")
def test_a_kit_that_hardly_asks_passes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Likewise where the scorer is asked less often than is promised."""
    found = shrunken(monkeypatch, report, _LEAST_CALLS=1_000_000)
    assert not found.ok
    assert "the scorer was asked" in found.lacking[0]


# -- combinations ----------------------------------------------------------------------------------------


@given(strategies.frameworks(max_statements=4))
def test_assessments_made_quickly_are_what_the_class_makes(framework: Framework) -> None:
    """Equal, and with the same scores."""
    maker = Maker.of(framework)
    assert maker.is_sound()
    for places, _ in islice(maker.walks(20, missing=30), 20):
        made = maker.made(places, (("f", True),))
        checked = evolve(maker.template, marks=made.marks, facts=made.facts)
        assert made == checked
        assert list(made.scores.items()) == list(checked.scores.items())


@given(strategies.frameworks(max_statements=4), st.integers(0, 60), st.integers(0, 3))
def test_a_walk_goes_from_neighbour_to_neighbour(framework: Framework, missing: int, seed: int) -> None:
    """No combination comes twice, each has scores that there are, and a step changes one score by one or to missing."""
    maker = Maker.of(framework)
    before: tuple[int, ...] = ()
    seen: set[tuple[int, ...]] = set()
    for places, moved in maker.walks(60, missing=missing, seed=seed):
        assert places not in seen
        seen.add(places)
        assert all(0 <= place < len(found) for place, found in zip(places, maker.choices, strict=True))
        if moved is not None:
            changed = [leaf for leaf, pair in enumerate(zip(before, places, strict=True)) if pair[0] != pair[1]]
            assert changed == [moved]
            assert 0 in (before[moved], places[moved]) or abs(before[moved] - places[moved]) == 1
        before = places
    assert len(seen) == min(60, maker.complete if not missing else 60, len(seen))


def neighbours(sizes: tuple[int, ...], first: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """All pairs of places that differ in one by one step, gone through in the plainest way."""
    maker = [range(first, size + first) for size in sizes]
    every: list[tuple[int, ...]] = [()]
    for places in maker:
        every = [(*head, place) for head in every for place in places]
    for one in every:
        for leaf, place in enumerate(one):
            other = (*one[:leaf], place + 1, *one[leaf + 1 :])
            if other in every:
                yield one, other


@given(st.data(), st.lists(st.integers(2, 4), min_size=1, max_size=4))
def test_a_table_finds_the_pairs_that_fall(data: st.DataObject, sizes: list[int]) -> None:
    """Exactly those pairs of neighbours of which the higher has the lower rating."""
    table = Table(sizes, missing=False)
    ranks = data.draw(st.lists(st.integers(0, 2), min_size=table.size, max_size=table.size))
    grades = RATINGS.grades
    by_places = {table.places(count): rank for count, rank in enumerate(ranks)}
    outcome = Weakest().score(Assessment(Body("s", "S", "service"), SMALL, tuple((x, SCORES.lowest) for x in "abc")))
    for rank in ranks:
        table.add(evolve(outcome, low=grades[rank], high=grades[rank]))
    found = {(table.places(one), table.places(other)) for one, other in table.faults("monotone")}
    assert found == {pair for pair in neighbours(tuple(sizes), 1) if by_places[pair[0]] > by_places[pair[1]]}


# -- fields ----------------------------------------------------------------------------------------------


def test_reading_a_field_is_seen_and_copying_is_not() -> None:
    """Fields, headings and texts are read; copies, comparisons and hashes are not."""
    given_ = Assessment(Body("s", "S", "service"), SMALL, tuple((x, SCORES.lowest) for x in "abc"))
    with fields_read(("council", "published", "notes")) as read:
        evolve(given_)
        assert given_ == evolve(given_)
        hash(given_)
        assert read == []
        _ = given_.label
        assert sorted(read) == ["council", "published"]
        _ = given_.notes
        assert sorted(read) == ["council", "notes", "published"]
    assert given_.notes == ""
    assert type(vars(Assessment)["notes"]).__name__ == "member_descriptor"


def test_a_method_with_replies_conforms() -> None:
    """A score that is missing may stay unanswered: what is open then is as wide as that."""
    rule = {"reference": "rules"}
    bands = {"measure": "replies", "fair": 50, "strong": 100, **rule}
    method = load_method(
        {
            "format": "careassure.method/1",
            "id": "replies",
            "version": "1",
            "title": "Replies",
            "framework": "small",
            "not_rated": "interval",
            "references": {"rules": {"title": "The rule book", "basis": "ours"}},
            "measures": {
                "replies": {"kind": "answered", "over": "scores", "rounding": "none", "sentence": "Replies", **rule}
            },
            "nodes": [{"for": "overall", "scale": "small-rating", "bands": bands}],
        },
        scales=SMALL.scales,
    )
    for check in scorer_checks(method, framework=SMALL):
        if check.name in ("total", "range", "trace", "monotone", "missing", "lowering"):
            check.run()
