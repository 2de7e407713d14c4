"""How firm a rating is: probabilities equal to trying everything, bounds where something is open, and no more said."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import careassure as ca
from careassure.analysis import spread
from careassure.analysis.odds import CAUTION, percent
from careassure.errors import InvalidAssessmentError, UnknownScorerError
from careassure.methods.fit import fit
from helpers import few, told
from methods.brute import fact_settings
from methods.frames import HIDDEN, NOT_JUDGED, Frame
from methods.tables import cases

from .every import IDS, SCORERS, chances_of, often, results, tried

Weights = list[int]
weights = st.lists(st.integers(0, 9), min_size=4, max_size=4).filter(any)
ranks = st.lists(st.integers(0, 3), min_size=9, max_size=9)
errors = st.fractions(0, 1, max_denominator=20)
scores = st.lists(st.none() | st.integers(1, 4), min_size=9, max_size=9)


def shared_out(row: Weights) -> dict[int, Fraction]:
    return {rank + 1: Fraction(weight, sum(row)) for rank, weight in enumerate(row)}


def off_by_one(rank: int, error: Fraction, size: int = 4) -> list[Fraction]:
    """The rule of the design, written down again."""
    beside = [other for other in (rank - 1, rank + 1) if 0 <= other < size]
    return [1 - error if at == rank else error / len(beside) if at in beside else Fraction(0) for at in range(size)]


# -- every profile of the shipped methods ------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("scorer", ["single-word", "ofsted", "report-card"])
def test_every_place_is_as_likely_as_all_profiles_say(scorer: str) -> None:
    """With any distribution per statement, each place has the probabilities that 4^9 profiles add up to."""

    @few
    @given(st.lists(weights, min_size=9, max_size=9))
    def holds(rows: list[Weights]) -> None:
        blank = ca.Assessment.of("York", [None] * 9)
        found = ca.stability(
            blank, scores={name: shared_out(row) for name, row in zip(IDS, rows, strict=True)}, scorer=SCORERS[scorer]
        )
        times = often(rows)
        expected = {place: tried(times, ends) for place, ends in results(scorer).items()}
        assert chances_of(found.places) == expected

    holds()


@pytest.mark.slow
@pytest.mark.parametrize("scorer", ["single-word", "ofsted"])
def test_one_step_off_is_what_all_profiles_say(scorer: str) -> None:
    """With one error for all, the rating has the probabilities that 4^9 profiles add up to, and they add up to 1."""

    @few
    @given(ranks, errors)
    def holds(here: list[int], error: Fraction) -> None:
        found = ca.stability(ca.Assessment.of("York", [rank + 1 for rank in here]), error, scorer=SCORERS[scorer])
        rows = [[int(2 * error.denominator * chance) for chance in off_by_one(rank, error)] for rank in here]
        assert found.overall is not None
        assert chances_of({"overall": found.overall})["overall"] == tried(often(rows), results(scorer)["overall"])
        if scorer == "single-word":
            assert list(found.probabilities) == ["inadequate", "requires_improvement", "good", "outstanding"]
            assert sum(found.probabilities.values()) == 1

    holds()


@given(ranks, errors)
def test_the_short_way_and_the_long_way_agree(here: list[int], error: Fraction) -> None:
    """A rating by one sum is worked out by a product of numbers; the way that holds for all methods says the same."""
    assessment = ca.Assessment.of("York", [rank + 1 for rank in here])
    short = ca.stability(assessment, error)
    leaves = {name: dict(enumerate(off_by_one(rank, error), 1)) for name, rank in zip(IDS, here, strict=True)}
    long = ca.stability(assessment, scores=leaves)
    assert (short.overall, short.scores) == (long.overall, long.scores)
    assert short.places == long.places
    assert short.variance_shares == long.variance_shares


# -- random methods ----------------------------------------------------------------------------------------------------


@st.composite
def uncertain(draw: st.DrawFn) -> tuple[Frame, Mapping[str, Any], dict[str, Any], dict[str, bool], dict[str, Weights]]:
    """A random method, scores of which some are open or not judged, facts, and how likely other scores are."""
    leave_out = draw(st.booleans())
    frame, table = draw(cases(leave_out=leave_out, replies=True, judged=True))
    marks: dict[str, Any] = {}
    chances: dict[str, Weights] = {}
    for leaf in frame.leaves:
        size = len(frame.grades_of(leaf))
        kind = draw(st.sampled_from(("known", "likely", "likely", "open", "not judged", "not shown")))
        known = draw(st.integers(0, size - 1))
        marks[leaf] = {"open": None, "not judged": NOT_JUDGED, "not shown": HIDDEN}.get(kind, known)
        if kind == "likely":
            marks[leaf] = draw(st.sampled_from((None, known)))
            chances[leaf] = draw(st.lists(st.integers(0, 4), min_size=size, max_size=size).filter(any))
    return frame, table, marks, draw(st.sampled_from(fact_settings(table))), chances


@few
@given(uncertain())
def test_every_place_of_a_random_method_is_as_likely_as_trying_says(drawn: Any) -> None:
    """Through caps, floors, counts, themes and judgement, with blanks and states, at every place that has a grade."""
    frame, table, marks, facts, chances = drawn
    method = frame.load(table)
    expected: dict[str, dict[tuple[int, int], Fraction]] = {}
    mean: dict[tuple[str, int], Fraction] = {}
    total = first = Fraction(0)
    try:
        for ways in product(*([(leaf, rank) for rank, w in enumerate(row) if w] for leaf, row in chances.items())):
            outcome = frame.assess(method, {**marks, **dict(ways)}, facts)
            chance = Fraction(1)
            for leaf, rank in ways:
                chance *= Fraction(chances[leaf][rank], sum(chances[leaf]))
            for place in [*outcome.profile, outcome]:
                name = "overall" if place is outcome else place.id
                if place.low is not None:
                    ends = (place.low.rank, place.high.rank)
                    expected.setdefault(name, {})[ends] = expected.get(name, {}).get(ends, Fraction(0)) + chance
            if outcome.low is not None:
                total += chance * outcome.low.rank
                first += chance * outcome.low.rank**2
                for leaf, rank in ways:
                    mean[leaf, rank] = mean.get((leaf, rank), Fraction(0)) + chance * outcome.low.rank
    except ca.errors.InvalidMethodError:
        assume(False)
    found = ca.stability(
        frame.assessment(marks, facts),
        0,
        scores={
            leaf: {frame.grades_of(leaf)[rank][0]: Fraction(w, sum(row)) for rank, w in enumerate(row)}
            for leaf, row in chances.items()
        },
        scorer=method,
    )
    places = chances_of(found.places)
    assert places == {place: expected[place] for place in places}
    assert set(places) == set(fit(method, frame.framework).graded) & set(expected)
    if found.overall is not None and found.overall.settled and first != total**2:
        variance = first - total**2
        assert found.variance == variance
        assert found.variance_shares == {
            leaf: sum(
                (mean[leaf, rank] / Fraction(w, sum(row)) - total) ** 2 * Fraction(w, sum(row))
                for rank, w in enumerate(row)
                if w
            )
            / variance
            for leaf, row in chances.items()
            if sum(map(bool, row)) > 1
        }


# -- what is assumed ---------------------------------------------------------------------------------------------------


@given(scores, errors)
def test_what_is_blank_is_not_made_up(known: list[int | None], error: Fraction) -> None:
    """With blanks there are bounds, which hold what any way to fill them in gives; no probability is made up."""
    assessment = ca.Assessment.of("York", known)
    found = filled = ca.stability(assessment, error)
    assert all(bool(chances) is (score is not None) for (_, chances), score in zip(found.scores, known, strict=True))
    for filling in (1, 4):
        filled = ca.stability(ca.Assessment.of("York", [score or filling for score in known]), error, scores={
            name: {filling: 1} for name, score in zip(IDS, known, strict=True) if score is None
        })  # fmt: skip
        for key, chance in filled.probabilities.items():
            low, high = found.bounds[key]
            assert 0 <= low <= chance <= high <= 1
    worst = [sum(filled.probabilities[key] for key in list(filled.probabilities)[rank:]) for rank in range(4)]
    assert worst == [high for _, high in found.at_least.values()]
    assert found.overall is not None
    if found.overall.settled:
        assert sum(found.probabilities.values()) == 1
    else:
        assert told(lambda: found.probabilities) == [
            ("", "a blank or judgement leaves it open, so no grade has one probability",
             "Read the bounds, or say how likely each score of a blank is")
        ]  # fmt: skip


@given(ranks)
def test_scores_without_error_are_sure(here: list[int]) -> None:
    """With an error of 0 the rating is what the method gives, for sure, and nothing has a share of its variance."""
    assessment = ca.Assessment.of("York", [rank + 1 for rank in here])
    found = ca.stability(assessment, 0)
    rating = ca.assess(assessment).rating
    assert rating is not None
    assert {key for key, chance in found.probabilities.items() if chance} == {rating.key}
    assert found.variance_shares == {}


@given(ranks, errors, st.permutations(range(9)))
def test_the_order_of_equal_statements_does_not_matter(here: list[int], error: Fraction, order: list[int]) -> None:
    """Where every statement counts alike, the same scores in another order are as firm."""
    one, other = (ca.Assessment.of("York", [here[at] + 1 for at in places]) for places in (range(9), order))
    assert ca.stability(one, error).probabilities == ca.stability(other, error).probabilities


@pytest.mark.parametrize("same", ["1/10", 0.1, "0.1", "10 %", "10%", ".1", Decimal("0.1"), Fraction(1, 10)])
def test_a_probability_is_read_in_any_form(same: Any) -> None:
    """A float counts as the decimal number that is printed for it."""
    assessment = ca.published("Leicester")[-1]
    assert ca.stability(assessment, same) == ca.stability(assessment)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (2, "2 is not from 0 to 1"),
        (-0.5, "-0.5 is not a probability"),
        ("often", "'often' is not a probability"),
        ("1/0", "'1/0' is not a probability"),
        (float("nan"), "nan is not a probability"),
        (1e-300, "1e-300 is not a probability"),
        (Fraction(1, 10**18 + 1), "has too many digits"),
    ],
)
def test_what_is_not_a_probability_is_refused(wrong: Any, said: str) -> None:
    """Each with what it should be."""
    with pytest.raises(InvalidAssessmentError, match=said):
        ca.stability(ca.published("Leicester")[-1], wrong)


def test_confidence_is_what_a_person_says_it_is() -> None:
    """The words of a workspace have no numbers of their own: each gets the probability that is given for it."""
    assessment = ca.published("Leicester")[-1]
    words = dict.fromkeys(IDS, "") | {"equity": "low", "learning": "High"}
    chances: dict[str, str | int] = {"low": "1/2", "high": 0, "": "1/10"}
    expected = ca.stability(assessment, "1/10", scores={"equity": {1: "1/4", 2: "1/2", 3: "1/4"}, "learning": {3: 1}})
    found = ca.stability(assessment, chances, confidence=words)
    assert found.overall == expected.overall
    assert found.error is None
    assert told(lambda: ca.stability(assessment, {"low": "1/2"}, confidence=words)) == [
        ("error", "nothing says how often a score of unstated confidence is off",
         "Give a probability for the empty word"),
        ("error", "nothing says how often a score of high confidence is off", "Give a probability for it"),
    ]  # fmt: skip
    assert [where for where, _, _ in told(lambda: ca.stability(assessment, chances))] == ["confidence"]
    assert [where for where, _, _ in told(lambda: ca.stability(assessment, confidence=words))] == ["error"]


def test_everything_wrong_with_distributions_is_told_at_once() -> None:
    """Unknown names, scores off the scale, sums other than 1, states, and names given twice."""
    assessment = evolve(ca.published("Leicester")[-1], marks=tuple(
        (leaf, ca.NotRated("not_judged") if leaf == "learning" else score)
        for leaf, score in ca.published("Leicester")[-1].marks
    ))  # fmt: skip
    wrong: dict[str, Any] = {
        "safegarding": {3: 1},
        "equity": {2: "1/2", 3: "1/4"},
        "Equity in experience and outcomes": {2: 1},
        "governance": {9: 1},
        "learning": {3: 1},
        "care_provision": {"good": "1/2", 3: "1/2"},
        "safe_systems": {"not judged": 1},
        "partnerships": 3,
        "assessing_needs/part": {3: 1},
    }
    problems = told(lambda: ca.stability(assessment, scores=wrong))
    assert [what for _, what, _ in problems] == [
        "'safegarding' is not a statement of CQC's assessment of local authorities",
        "the probabilities add up to 3/4, not to 1",
        "equity was given before under another name",
        "9 is not a grade of CQC's scores",
        "it carries the state Not judged and no score",
        "good standard was given before",
        "'not judged' is not a grade",
        "3 does not say how likely each score is",
        "'part' is not scored inside assessing_needs",
    ]


def test_a_profile_without_a_rating_has_probabilities_by_place() -> None:
    """A report card has no overall rating to be sure of, and says where to look."""
    found = ca.stability(ca.published("Leicester")[-1], scorer=SCORERS["report-card"])
    assert found.overall is None
    for read in (lambda: found.probabilities, lambda: found.bounds, lambda: found.at_least, lambda: found.variance):
        assert [(what, hint) for _, what, hint in told(read)] == [
            ("the method gives no overall rating", "Read the places: the profile is the result")
        ]
    assert sum(found.places["safeguarding"].probabilities.values()) == 1
    assert "no overall rating, so each place of the profile" in found.words


def test_a_scorer_in_python_has_no_rules_to_look_into() -> None:
    """Nothing is tried out instead."""

    class Flat:
        name, version, title = "flat", "1", "Always the same"

        def accepts(self, framework: ca.Framework, /) -> bool:
            return True

        def score(self, assessment: ca.Assessment, /) -> ca.Outcome:
            raise AssertionError

    with pytest.raises(UnknownScorerError, match="flat is written in Python, so it has no rules to look into"):
        ca.stability(ca.published("Leicester")[-1], scorer=Flat())


def test_too_much_is_refused_by_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sums that do not merge take too many steps; the message says how many are taken."""
    monkeypatch.setattr(spread.Spread.__init__, "__defaults__", (10,))
    with pytest.raises(spread.TooMuchError, match=r"takes more than 10 steps\. Make more scores certain, or known"):
        ca.stability(ca.published("Leicester")[-1], scorer=SCORERS["ofsted"])


# -- what is said ------------------------------------------------------------------------------------------------------


def test_it_says_that_it_corrects_nothing() -> None:
    """The result as it stands, what was assumed, the probabilities, and the caution."""
    assert str(ca.stability(ca.published("York")[-1])) == (
        "York, 5 December 2025: Requires improvement, 39 out of 100, as the scores stand.\n"
        "Assumed: each score, by itself, is one step too low or too high with a probability of 10 %.\n"
        "Then the rating is: Inadequate 12.8 %, Requires improvement 87.2 % and Good less than 0.1 %.\n"
        f"{CAUTION}"
    )
    assert "not a corrected rating" in CAUTION


@given(st.fractions(0, 1))
def test_what_is_possible_is_never_printed_as_never_or_always(chance: Fraction) -> None:
    """Only 0 is printed as 0, and only 1 as 100."""
    assert (percent(chance) == "0 %") is (chance == 0)
    assert (percent(chance) == "100 %") is (chance == 1)


@given(scores, errors)
def test_it_can_be_kept(known: list[int | None], error: Fraction) -> None:
    """As plain values, as words and in a notebook, whatever is open; all fractions are exact."""
    found = ca.stability(ca.Assessment.of("York", known), error)
    data: Any = found.to_dict()
    assert data["format"] == "careassure.stability/1"
    assert data["bounds"] == {key: [str(low), str(high)] for key, (low, high) in found.bounds.items()}
    assert (data["probabilities"] is not None) is (found.overall is not None and found.overall.settled)
    assert CAUTION in found.words
    assert "<table" in found._repr_html_()
    assert repr(found).startswith("<Stability of York by single-word: ")
