"""An outcome that says more than its trace supports, or that is another's, is refused by name."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pandas as pd
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure import errors
from careassure.methods.scorer import MethodScorer
from careassure.model.outcome import Margin, Outcome, Profile
from careassure.model.scale import Grade, Scale
from careassure.model.trace import Step
from careassure.plugins.offers import InstalledScorer
from careassure.plugins.outcomes import Signature, check_outcome
from false_kinds import Text, made_of
from full import CAMDEN, FULL, OWN, RATINGS, RULE, SCORES, Full
from lies import LIES

SIGNATURE = Signature("full", "2", "Everything", (OWN,))


def refused(outcome: object, assessment: ca.Assessment = CAMDEN) -> errors.ScorerError | None:
    try:
        check_outcome(outcome, assessment, SIGNATURE)
    except errors.ScorerError as error:
        return error
    return None


def test_what_is_right_is_taken() -> None:
    """A scorer in Python may give all that an outcome can hold, and grades of its own scales, complete or not."""
    installed = InstalledScorer.of(Full())
    for scores in ([2] * 9, [3] * 9, [None] * 9, [3, None, 4, 3, 4, 4, 3, 4, "Not judged"]):
        assessment = ca.Assessment.of("Camden", scores)
        outcome = installed.score(assessment)
        assert outcome.assessment is assessment
        assert outcome.explain()
        assert outcome.to_dict()
    assert refused(FULL) is None


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_refused(lie: str) -> None:
    """Each lie is refused with the scorer's name and what is wrong, in `assess` as in `check_outcome`."""
    change, kind, words = LIES[lie]
    lying = change(FULL)
    error = refused(lying)
    assert isinstance(error, kind), error
    assert error.scorer == "full"
    assert words in str(error)


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_gets_nowhere(lie: str) -> None:
    """`assess` and `compare` refuse it too, with an error of the same kind."""
    change, kind, _ = LIES[lie]

    class Liar(Full):
        def score(self, assessment: ca.Assessment) -> Any:
            return change(super().score(assessment))

    for ask in (lambda: ca.assess(CAMDEN, Liar()), lambda: ca.compare(CAMDEN, [Liar()])):
        with pytest.raises(kind) as caught:
            ask()
        assert caught.value.scorer == "full"


WORDS = {"text", "references", "measures"}
"""What an outcome may say in words of its own, and what it may leave out."""


@given(st.data())
def test_no_field_can_say_something_else(data: st.DataObject) -> None:
    """Any figure, grade, name, flag or entry that is changed to another of its own class is refused."""
    kind: Any = Outcome
    names = [field.name for field in attrs.fields(kind)]
    name = data.draw(st.sampled_from([n for n in names if n not in {*WORDS, "suggested", "profile", "margin"}]))
    old = getattr(FULL, name)
    if name.startswith("distribution"):  # set by the host, whatever stands there
        return
    new: st.SearchStrategy[Any] = {
        Grade: st.sampled_from([None, *RATINGS.grades, *SCORES.grades, *OWN.grades]),
        Fraction: st.none() | st.fractions(0, 100),
        int: st.none() | st.integers(0, 100),
        str: st.text(),
        tuple: st.just(()) | st.just(FULL.flags[::-1][:1]),
        Step: st.sampled_from([step for step in FULL.trace.walk() if step is not FULL.trace]),
        ca.Assessment: st.just(ca.Assessment.of("Camden", [4] * 9)),
    }[type(old)]
    value = data.draw(new.filter(lambda value: value != old))
    assert refused(evolve(FULL, **{name: value})) is not None


@given(st.data())
def test_no_entry_of_the_profile_can_say_something_else(data: st.DataObject) -> None:
    """An entry whose grades are others than the trace or the assessment gives is refused."""
    place = data.draw(st.integers(0, len(FULL.profile) - 1))
    old = FULL.profile.entries[place]
    every = [*RATINGS.grades, *SCORES.grades, *OWN.grades]
    pairs = [(low, high) for low in every for high in every if low.scale == high.scale and low.rank <= high.rank]
    known = {(step.id, step.low, step.high) for step in FULL.trace.walk()}
    known |= {(leaf, *span) for leaf, span in CAMDEN.spans.items()}
    low, high = data.draw(st.sampled_from([pair for pair in pairs if (old.id, *pair) not in known]))
    entries = list(FULL.profile.entries)
    entries[place] = evolve(old, low=low, high=high)
    assert refused(evolve(FULL, profile=Profile(tuple(entries)))) is not None


# -- what is trusted ---------------------------------------------------------------------------------------------------


def single_word() -> MethodScorer:
    scorer = ca.scorer("single-word").scorer
    assert type(scorer) is MethodScorer
    return scorer


class LyingMethodScorer(MethodScorer):
    """A scorer that claims to apply a method."""

    __slots__ = ()

    def score(self, assessment: ca.Assessment, /) -> Outcome:
        high = assessment.framework.scale("cqc-rating")["outstanding"]
        return evolve(super().score(assessment), low=high, high=high)


def test_only_a_method_scorer_itself_is_taken_at_its_word() -> None:
    """A subclass of it, or one with a subclass of a method, is checked like any other."""
    assessment = ca.Assessment.of("Camden", [2] * 9)
    method = single_word().method
    assert InstalledScorer.of(single_word()).method is method
    assert InstalledScorer.of(LyingMethodScorer(method)).method is None
    assert InstalledScorer.of(MethodScorer(made_of(ca.Method, method))).method is None
    with pytest.raises(errors.TraceError, match="ends in"):
        ca.assess(assessment, LyingMethodScorer(method))
    # What says nothing false is taken, whatever its class.
    assert (
        ca.assess(assessment, MethodScorer(made_of(ca.Method, method))).result == "Requires improvement, 50 out of 100"
    )


@given(st.lists(st.sampled_from([1, 2, 3, 4, None, "Not judged"]), min_size=9, max_size=9))
def test_what_methods_give_would_pass_too(scores: list[Any]) -> None:
    """The outcome of a method, checked as if it came from a scorer in Python, has no fault."""
    assessment = ca.Assessment.of("Camden", scores)
    scorer = single_word()
    check_outcome(scorer.score(assessment), assessment, Signature(scorer.name, scorer.version, scorer.title))


def test_the_framework_s_scale_goes_before_one_of_the_same_name() -> None:
    """A scorer cannot put a scale of its own in the place of the framework's."""
    fake = Scale.of("cqc-rating", "CQC's", ("inadequate", "Inadequate"), ("super", "Super"))

    class Faker(Full):
        scales = (OWN, fake)  # type: ignore[assignment]

        def score(self, assessment: ca.Assessment) -> Outcome:
            return Outcome.of(self, assessment, fake["super"], text="x", references=(RULE,))

    with pytest.raises(errors.ForeignGradeError, match="super"):
        ca.assess(CAMDEN, Faker())


def test_a_table_asks_the_scorer_and_not_its_method() -> None:
    """A scorer that only claims to apply a method is asked for each row of a table, and refused like anywhere."""
    scores = {statement.id: [2, 3] for statement in CAMDEN.framework.statements}
    table = pd.DataFrame(scores)
    method = single_word().method
    assert list(ca.assess_frame(table, MethodScorer(method))["rating"]) == ["requires_improvement", "good"]
    with pytest.raises(errors.TraceError, match="ends in"):
        ca.assess_frame(table, LyingMethodScorer(method))


@pytest.mark.parametrize("thing", [7, object(), Full, None.__class__])
def test_a_table_is_asked_about_by_a_scorer(thing: Any) -> None:
    """What is not a scorer is refused in words, for a table too."""
    with pytest.raises(errors.CareAssureError, match=r"not a scorer|not a path or a Scorer"):
        ca.assess_frame(pd.DataFrame({"equity": [1]}), thing)


NO_MARGIN = Margin()


class Exactly(Full):
    """It gives a percentage, a score, a margin and a trace of a depth that it is told."""

    scales = (OWN,)

    def __init__(self, percentage: Fraction, score: int, margin: Margin = NO_MARGIN, deep: int = 1) -> None:
        self.given = (percentage, score, margin, deep)

    def score(self, assessment: ca.Assessment) -> Outcome:
        percentage, score, margin, deep = self.given
        step = Step("note", "", "x")
        for _ in range(deep - 1):
            step = Step("note", "", "x", parts=(step,))
        shown = (Step("note", "", "x", number, number) for number in (percentage, Fraction(score)))
        rating = RATINGS["good"]
        return Outcome.of(
            self, assessment, rating, text="x", references=(RULE,), steps=(*shown, step), margin=margin,
            percentage_low=percentage, percentage_high=percentage, score_low=score, score_high=score,
        )  # fmt: skip


UP, DOWN = RATINGS["outstanding"], RATINGS["inadequate"]
THREES = ca.Assessment.of("Camden", [3] * 9)


@pytest.mark.parametrize(
    ("scorer", "right"),
    [
        (Exactly(Fraction(0), 0), True),
        (Exactly(Fraction(100), 100), True),
        (Exactly(Fraction(125, 2), 62), True),
        (Exactly(Fraction(125, 2), 63), True),
        (Exactly(Fraction(62), 63), False),
        (Exactly(Fraction(63), 62), False),
        (Exactly(Fraction(-1, 9), 0), False),
        (Exactly(Fraction(901, 9), 100), False),
        (Exactly(Fraction(50), 50, Margin(18, 9, DOWN, UP)), True),
        (Exactly(Fraction(50), 50, Margin(1, 1, DOWN, UP)), True),
        (Exactly(Fraction(50), 50, Margin(19, 9, DOWN, UP)), False),
        (Exactly(Fraction(50), 50, Margin(18, 10, DOWN, UP)), False),
        (Exactly(Fraction(50), 50, Margin(0, 9, DOWN, UP)), False),
        (Exactly(Fraction(50), 50, deep=198), True),
        (Exactly(Fraction(50), 50, deep=199), False),
    ],
)
def test_bounds_are_where_the_page_says(scorer: Exactly, right: bool) -> None:
    """0 and 100, a score one off, a margin of all points there are, a trace 200 deep: just within, and just beyond."""
    if right:
        assert ca.assess(THREES, scorer).rating == RATINGS["good"]
    else:
        with pytest.raises(errors.ScorerError):
            ca.assess(THREES, scorer)


@pytest.mark.parametrize(("length", "right"), [(100, True), (101, False)])
def test_a_name_has_at_most_a_hundred_letters(length: int, right: bool) -> None:
    """Longer ones are refused before anything is scored."""
    scorer = Exactly(Fraction(50), 50)
    scorer.name = "x" * length
    if right:
        assert ca.assess(THREES, scorer).scorer == scorer.name
    else:
        with pytest.raises(errors.UnknownScorerError, match="at most 100"):
            ca.assess(THREES, scorer)


# -- just within, and just beyond --------------------------------------------------------------------------------------


def note(*values: int | str) -> Step:
    return Step("note", "x", "x", Fraction(values[0]), Fraction(values[-1]))


def with_steps(outcome: Outcome, *steps: Step) -> Outcome:
    return evolve(outcome, trace=evolve(outcome.trace, parts=(*outcome.trace.parts, *steps)))


@pytest.mark.parametrize(("score", "right"), [(-1, False), (0, True), (1, True), (99, True), (100, True), (101, False)])
def test_a_score_of_an_entry_is_from_0_to_100(score: int, right: bool) -> None:
    """Where a step gives it; without a step none is taken."""
    entries = tuple(evolve(e, score=score) if e.id == "equity" else e for e in FULL.profile.entries)
    outcome = evolve(FULL, profile=Profile(entries))
    error = refused(with_steps(outcome, note(score)))
    assert error is None if right else "equity the score" in str(error)
    assert "equity the score" in str(refused(outcome))
    assert "equity the score" in str(refused(with_steps(outcome, note(score, score + 1))))


@pytest.mark.parametrize("name", ["low", "high"])
def test_a_suggestion_may_be_either_end(name: str) -> None:
    """Or anything between them."""
    assert refused(evolve(FULL, suggested=getattr(FULL, name))) is None
    assert refused(evolve(FULL, suggested=None)) is None


@pytest.mark.parametrize(
    ("down", "up", "right"),
    [(14, 19, True), (15, 19, False), (14, 20, False), (1, 1, True), (0, 1, False), (1, 0, False)],
)
def test_a_margin_takes_all_points_that_may_be_lost_or_won(down: int, up: int, right: bool) -> None:
    """What is open counts at its best on the way down and at its worst on the way up."""
    scores = [1, 1, 1, 3, 3, 3, 3, None, "Not judged"]
    assessment = ca.Assessment.of("Camden", scores)
    outcome = evolve(Full().score(assessment), margin=Margin(down, up, RATINGS["inadequate"], RATINGS["outstanding"]))
    error = refused(outcome, assessment)
    assert (error is None) is right


def test_a_step_may_stand_in_several_places() -> None:
    """One step that others share is none without an end, and counts each time it stands there."""
    shared = Step("note", "x", "x", parts=(note(1),))
    outcome = with_steps(FULL, shared, Step("note", "y", "y", parts=(shared, shared)))
    assert refused(outcome) is None


def test_the_bound_of_steps_is_where_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many steps as the bound are taken, one more is not."""
    shared = Step("note", "x", "x", parts=(note(1), note(2)))
    outcome = with_steps(FULL, shared, shared)

    def count(step: Step) -> int:
        return 1 + sum(count(part) for part in step.parts)

    steps = count(outcome.trace)
    monkeypatch.setattr("careassure.plugins.outcomes._MOST_STEPS", steps)
    assert refused(outcome) is None
    monkeypatch.setattr("careassure.plugins.outcomes._MOST_STEPS", steps - 1)
    error = refused(outcome)
    assert isinstance(error, errors.TraceError)
    assert (error.message, error.scorer) == (f"its trace is too long: at most {steps - 1} steps, 200 deep", "full")


def test_an_equal_assessment_is_as_good() -> None:
    """An outcome may hold a copy of what was given; nothing in what was given is looked at once more."""
    copy = ca.Assessment.of("Camden", [1, 3, 4, 3, 4, 4, 3, 4, "Not judged"])
    assert copy is not CAMDEN
    assert refused(evolve(FULL, assessment=copy)) is None
    given = ca.Assessment.of("Camden", [1, 3, 4, 3, 4, 4, 3, 4, "Not judged"])
    object.__setattr__(given, "notes", Text("seen"))
    assert refused(evolve(FULL, assessment=given), given) is None


def test_the_first_fault_of_all_is_told() -> None:
    """In the order of the checks: whose it is, its grades, its numbers, its trace, its profile, flags and margin."""
    wrong = evolve(FULL, scorer="x", high=None, score_high=None, flags=(), margin=Margin(down=1))
    assert "scorer of its outcome is 'x', not 'full'" in str(refused(wrong))
    assert "only one of low and high" in str(refused(evolve(wrong, scorer="full")))
    wrong = evolve(wrong, scorer="full", high=FULL.high)
    assert "the score has only one" in str(refused(wrong))
    wrong = evolve(wrong, score_high=FULL.score_high, profile=Profile(FULL.profile.entries[::-1]))
    assert "twice or out of order" in str(refused(wrong))
    wrong = evolve(wrong, profile=FULL.profile)
    assert "gives the flag" in str(refused(wrong))
    assert "points without a grade" in str(refused(evolve(wrong, flags=FULL.flags)))


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_of_the_scorer_alone(lie: str) -> None:
    """The error names the scorer, no plugin and no place."""
    error = refused(LIES[lie][0](FULL))
    assert error is not None
    assert error.scorer == "full"
    assert str(error.where) == "scorer full"
