"""The report card for councils."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.methods.scorer import MethodScorer

WORDS = ["of_concern", "needs_work", "sound", "strong"]
NINE = st.lists(st.integers(1, 4), min_size=9, max_size=9)
THEMES = {
    "working_with_people": ["assessing_needs", "supporting_healthier_lives", "equity"],
    "providing_support": ["care_provision", "partnerships"],
    "ensuring_safety": ["safe_systems"],
    "leadership": ["governance", "learning"],
}
IDS = [statement.id for statement in ca.framework("cqc-la").statements]


def card(scores: list[int] | list[int | None] | list[object]) -> ca.Outcome:
    """The report card of nine scores."""
    return ca.assess(ca.Assessment.of("Camden", scores), "report-card")


def ranks(outcome: ca.Outcome) -> dict[str, tuple[int, int]]:
    """The lowest and the highest rank of everything in the profile."""
    return {e.id: (e.low.rank, e.high.rank) for e in outcome.profile if e.low is not None and e.high is not None}


def test_the_method_is_sound() -> None:
    """The method is proved sound on the version of the framework that it scores, and accepts no other."""
    scorer = ca.scorer("report-card")
    assert isinstance(scorer.scorer, MethodScorer)
    assert ca.check(scorer.scorer.method, ca.framework("cqc-la", "direct")).ok
    assert scorer.accepts(ca.framework("cqc-la", "direct"))
    assert not scorer.accepts(ca.framework("cqc-la", "2023"))


def test_every_rule_is_called_ours() -> None:
    """No rule of the transfer rests on a page alone, as if somebody had published it for councils."""
    scorer = ca.scorer("report-card")
    assert isinstance(scorer.scorer, MethodScorer)
    method = scorer.scorer.method
    cited = [rung.references for node in method.nodes for ladder in node.ladders for rung in ladder.rungs]
    cited += [flag.references for flag in method.flags]
    assert all("ours" in [reference.basis for reference in references] for references in cited)


@settings(deadline=None)
@given(NINE)
def test_there_is_never_an_overall(scores: list[int]) -> None:
    """No scores give an overall, a percentage or a margin."""
    outcome = card(scores)
    assert outcome.kind == "profile"
    assert [outcome.low, outcome.high, outcome.suggested, outcome.percentage, outcome.score] == [None] * 5
    assert outcome.margin == type(outcome.margin)()


@settings(deadline=None)
@given(NINE)
def test_a_theme_is_as_good_as_its_weakest_statement(scores: list[int]) -> None:
    """A theme reaches a grade only if every statement in it does, safeguarding left aside."""
    by_id = dict(zip(IDS, scores, strict=True))
    profile = card(scores).profile
    for theme, statements in THEMES.items():
        grade = profile[theme].grade
        assert grade is not None
        assert grade.key == WORDS[min(by_id[statement] for statement in statements) - 1]


@settings(deadline=None)
@given(NINE)
def test_a_statement_has_its_score_in_other_words(scores: list[int]) -> None:
    """Scores 1 to 4 are the four words; safeguarding is met from 3."""
    profile = card(scores).profile
    for name, score in zip(IDS, scores, strict=True):
        grade = profile[name].grade
        assert grade is not None
        assert grade.key == (("met" if score >= 3 else "not_met") if name == "safeguarding" else WORDS[score - 1])


@settings(deadline=None)
@given(NINE)
def test_the_notices_hold_exactly_when_they_say(scores: list[int]) -> None:
    """Each notice appears with its condition and not without it."""
    s = dict(zip(IDS, scores, strict=True))
    low = {theme: min(s[statement] for statement in found) == 1 for theme, found in THEMES.items()}
    unsafe = s["safeguarding"] == 1
    others = any(low[theme] for theme in THEMES if theme != "leadership")
    expected = {
        "safeguarding-not-met": s["safeguarding"] < 3,
        "concern": unsafe or any(low.values()),
        "serious-concern": low["leadership"] and (unsafe or others),
    }
    flags = card(scores).flags
    assert {flag.id for flag in flags} == {name for name, holds in expected.items() if holds}
    assert all(flag.certain for flag in flags)


@settings(deadline=None)
@given(NINE, st.integers(0, 8))
def test_a_raised_score_lowers_nothing(scores: list[int], place: int) -> None:
    """One score more never lowers a grade and never adds a notice."""
    raised = [score + (i == place and score < 4) for i, score in enumerate(scores)]
    before, after = card(scores), card(raised)
    now, then = ranks(before), ranks(after)
    assert all(then[name] >= now[name] for name in now)
    assert {flag.id for flag in after.flags} <= {flag.id for flag in before.flags}


@settings(deadline=None)
@given(NINE, st.sets(st.integers(0, 8), min_size=1, max_size=2))
def test_a_range_is_what_the_missing_scores_could_give(scores: list[int], missing: set[int]) -> None:
    """With scores missing, each grade is open exactly between what the best and the worst of them would give."""
    partly = [None if i in missing else score for i, score in enumerate(scores)]
    outcome = card(partly)
    seen = [
        card([filling.pop() if score is None else score for score in partly])
        for filling in map(list, product(range(1, 5), repeat=len(missing)))
    ]
    completions = [ranks(item) for item in seen]
    for name, (low, high) in ranks(outcome).items():
        assert low == min(found[name][0] for found in completions)
        assert high == max(found[name][1] for found in completions)
    notices = [{flag.id for flag in item.flags} for item in seen]
    assert {flag.id for flag in outcome.flags} == set.union(*notices)
    assert {flag.id for flag in outcome.flags if flag.certain} <= set.intersection(*notices)


def test_a_state_counts_as_not_known() -> None:
    """A statement that was not judged leaves its theme open."""
    theme = card([3, "Not judged", 3, 3, 3, 3, 3, 3, 3]).profile["working_with_people"]
    assert [str(theme.low), str(theme.high)] == ["Of concern", "Sound"]


@pytest.mark.parametrize("name", ["York", "Warrington"])
def test_councils_with_a_safeguarding_score_of_1_give_cause_for_concern(name: str) -> None:
    """The two published councils that CQC scored 1 for safeguarding carry the notice."""
    outcome = ca.assess(ca.published(name)[-1], "report-card")
    assert {"safeguarding-not-met", "concern"} <= {flag.id for flag in outcome.flags}
