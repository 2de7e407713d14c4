"""What holds for every method of the distribution, whatever the scores."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.methods.scorer import MethodScorer

CASES = [
    (item.name, framework)
    for item in ca.scorers()
    if item.plugin == "ofsted"
    for found in ca.frameworks()
    for framework in found.versions
    if item.accepts(framework)
]


def ends(outcome: ca.Outcome) -> dict[str, tuple[int, int]]:
    """The lowest and the highest rank of the overall and of everything in the profile."""
    found = {e.id: (e.low.rank, e.high.rank) for e in outcome.profile if e.low is not None and e.high is not None}
    if outcome.low is not None and outcome.high is not None:
        found["overall"] = (outcome.low.rank, outcome.high.rank)
    return found


def score(name: str, framework: ca.Framework, values: list[ca.Grade | None]) -> ca.Outcome:
    """What a scorer makes of some scores."""
    return ca.assess(ca.Assessment.of(ca.Body("x", "Anyone"), list(values), framework=framework), name)


def full(draw: st.DrawFn, framework: ca.Framework) -> list[ca.Grade]:
    """A grade for every statement."""
    return [draw(st.sampled_from(framework.scale_of(leaf).grades)) for leaf in framework.leaves]


def test_there_are_five_methods_on_six_versions() -> None:
    """Every method is tried on every version of a framework that it accepts."""
    assert sorted((name, framework.id, framework.version) for name, framework in CASES) == [
        ("ilacs", "ofsted-ilacs", "2018"),
        ("ilacs", "ofsted-ilacs", "2023"),
        ("ilacs-2026", "ofsted-ilacs", "2026"),
        ("ofsted", "cqc-la", "direct"),
        ("sccif", "ofsted-sccif", "2024"),
        ("sif", "ofsted-sif", "2013"),
    ]


@pytest.mark.parametrize(("name", "framework"), CASES, ids=str)
def test_every_method_is_sound(name: str, framework: ca.Framework) -> None:
    """Monotone, total, every grade within reach, and what must be never above what may be: all proved."""
    scorer = ca.scorer(name).scorer
    assert isinstance(scorer, MethodScorer)
    report = ca.check(scorer.method, framework)
    assert report.ok
    assert not [finding for finding in report.findings if finding.verdict == "note"]


@settings(deadline=None)
@given(st.data())
@pytest.mark.parametrize(("name", "framework"), CASES, ids=str)
def test_a_raised_score_lowers_nothing(name: str, framework: ca.Framework, data: st.DataObject) -> None:
    """One step up in one place never lowers an end of a range or the suggestion."""
    before = data.draw(st.composite(full)(framework))
    place = data.draw(st.integers(0, len(before) - 1))
    grades = framework.scale_of(framework.leaves[place]).grades
    after = list(before)
    after[place] = grades[min(before[place].rank + 1, len(grades) - 1)]
    old, new = score(name, framework, [*before]), score(name, framework, [*after])
    then = ends(new)
    assert all(then[where][0] >= low and then[where][1] >= high for where, (low, high) in ends(old).items())
    assert (old.suggested is None and new.suggested is None) or (
        old.suggested is not None and new.suggested is not None and new.suggested >= old.suggested
    )


@settings(deadline=None)
@given(st.data())
@pytest.mark.parametrize(("name", "framework"), CASES, ids=str)
def test_a_range_is_what_missing_scores_could_give(name: str, framework: ca.Framework, data: st.DataObject) -> None:
    """With up to two scores missing, each range is exactly the span of the ranges of all completions."""
    whole = data.draw(st.composite(full)(framework))
    gaps = data.draw(st.sets(st.integers(0, len(whole) - 1), min_size=1, max_size=2))
    partly: list[ca.Grade | None] = [None if i in gaps else grade for i, grade in enumerate(whole)]
    choices = [framework.scale_of(framework.leaves[i]).grades for i in sorted(gaps)]
    completions: list[dict[str, tuple[int, int]]] = []
    for filling in product(*choices):
        values = list(partly)
        for i, grade in zip(sorted(gaps), filling, strict=True):
            values[i] = grade
        completions.append(ends(score(name, framework, values)))
    for where, (low, high) in ends(score(name, framework, partly)).items():
        assert low == min(found[where][0] for found in completions)
        assert high == max(found[where][1] for found in completions)


@settings(deadline=None)
@given(st.data())
@pytest.mark.parametrize(("name", "framework"), CASES, ids=str)
def test_a_suggestion_lies_within_its_range(name: str, framework: ca.Framework, data: st.DataObject) -> None:
    """A suggestion is never outside what the overall can be, and its trace adds up."""
    outcome = score(name, framework, [*data.draw(st.composite(full)(framework))])
    if outcome.low is not None and outcome.high is not None:
        assert outcome.suggested is not None
        assert outcome.low <= outcome.suggested <= outcome.high
    assert outcome.trace.audit() == ()
