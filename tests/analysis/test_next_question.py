"""What to find out next: never more questions than the best order needs, and all that follows from each answer."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from itertools import islice, product
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

import careassure as ca
from careassure.analysis import questions
from careassure.analysis.next_question import CAUTION, Question
from careassure.analysis.spread import TooMuchError
from careassure.errors import InvalidAssessmentError
from helpers import few
from methods.brute import fact_settings
from methods.frames import HIDDEN, NOT_JUDGED, Frame
from methods.tables import cases

from .every import IDS, SCORERS

Aim = Literal["worst", "expected"]
aims: st.SearchStrategy[Aim] = st.sampled_from(("worst", "expected"))
scores = st.lists(st.none() | st.integers(1, 4), min_size=9, max_size=9)


# -- all partial profiles of CQC's method ------------------------------------------------------------------------------


@cache
def all_partial_profiles() -> tuple[NDArray[np.int8], NDArray[np.int64], NDArray[np.int64]]:
    """Of all 5^9 partial profiles, how many more must be known at the most, and on average times 4 to the blanks.

    A profile is a number in base 5 whose digits are the scores, 0 for a blank. Worked out from the bands as CQC prints
    them, from full profiles back to the empty one, one blank more at a time.
    """
    size = 5**9
    number = np.arange(size)
    digits = [(number // 5**at) % 5 for at in range(9)]
    blanks = np.sum([digit == 0 for digit in digits], axis=0)
    total = np.sum(digits, axis=0)

    def rating(points: NDArray[np.int64]) -> NDArray[np.int64]:
        percentage = -(-100 * points // 36)
        found: NDArray[np.int64] = np.array([percentage >= line for line in (39, 63, 88)]).sum(axis=0, dtype=np.int64)
        return found

    is_open = rating(total + blanks) != rating(total + 4 * blanks)
    worst = np.zeros(size, np.int8)
    expected = np.zeros(size, np.int64)
    for left in range(1, 10):
        here = number[(blanks == left) & is_open]
        fewest = np.full(len(here), 99, np.int8)
        least = np.full(len(here), 2**62, np.int64)
        for at in range(9):
            asked = digits[at][here] == 0
            after = [here[asked] + answer * 5**at for answer in (1, 2, 3, 4)]
            fewest[asked] = np.minimum(fewest[asked], 1 + np.max([worst[one] for one in after], axis=0))
            least[asked] = np.minimum(least[asked], 4**left + np.sum([expected[one] for one in after], axis=0))
        worst[here], expected[here] = fewest, least
    return worst, expected, blanks


def in_base_5(profile: list[int | None]) -> int:
    return sum((score or 0) * 5**at for at, score in enumerate(profile))


@pytest.mark.slow
def test_every_partial_profile_needs_what_going_through_all_says() -> None:
    """All 1,953,125: two with as many blanks and the same sum are the same question, and each of these is answered."""
    worst, expected, blanks = all_partial_profiles()
    digits = [(np.arange(5**9) // 5**at) % 5 for at in range(9)]
    group = blanks * 40 + np.sum(digits, axis=0)
    seen = 0
    for one in np.unique(group):
        members = np.flatnonzero(group == one)
        profile = [int(digit[members[0]]) or None for digit in digits]
        found = ca.next_question(ca.Assessment.of("York", profile))
        assert set(worst[members].tolist()) == {found.worst_case}
        assert set(expected[members].tolist()) == {found.expected * 4 ** len(found.assessment.missing)}
        seen += len(members)
    assert seen == 5**9


@pytest.mark.slow
@given(scores)
def test_any_partial_profile_needs_what_going_through_all_says(known: list[int | None]) -> None:
    """Whatever the order of the scores, and the statement is one with which so few are enough."""
    worst, expected, blanks = all_partial_profiles()
    here = in_base_5(known)
    found = ca.next_question(ca.Assessment.of("York", known))
    assert found.worst_case == worst[here]
    assert found.expected * 4 ** int(blanks[here]) == expected[here]
    if found.statement is not None:
        at = IDS.index(found.statement)
        assert known[at] is None
        assert max(int(worst[here + answer * 5**at]) for answer in (1, 2, 3, 4)) == found.worst_case - 1


# -- random methods ----------------------------------------------------------------------------------------------------


@st.composite
def partly_known(draw: st.DrawFn) -> tuple[Frame, Mapping[str, Any], dict[str, Any], dict[str, bool]]:
    """A random method with an assessment of which some is blank, not judged or not shown."""
    frame, table = draw(cases(leave_out=draw(st.booleans()), replies=True, judged=True))
    marks: dict[str, Any] = {
        leaf: draw(
            st.sampled_from((None, None, None, NOT_JUDGED, HIDDEN)) | st.integers(0, len(frame.grades_of(leaf)) - 1)
        )
        for leaf in frame.leaves
    }
    return frame, table, marks, draw(st.sampled_from(fact_settings(table)))


@few
@given(partly_known(), aims)
def test_a_random_method_needs_what_trying_every_order_says(drawn: Any, by: Aim) -> None:
    """At the most and on average, for each blank that could be asked first, by trying every order and every answer."""
    frame, table, marks, facts = drawn
    method = frame.load(table)
    results: dict[tuple[Any, ...], Any] = {}
    leaves = list(marks)

    def result(known: tuple[Any, ...]) -> Any:
        if known not in results:
            outcome = frame.assess(method, dict(zip(leaves, known, strict=True)), facts)
            results[known] = (outcome.low, outcome.high)
        return results[known]

    def answers(known: tuple[Any, ...], at: int) -> list[tuple[Any, ...]]:
        return [(*known[:at], rank, *known[at + 1 :]) for rank in range(len(frame.grades_of(leaves[at])))]

    def open_(known: tuple[Any, ...]) -> list[int]:
        return [at for at, score in enumerate(known) if score is None]

    def settled(known: tuple[Any, ...]) -> bool:
        choices = [
            range(len(frame.grades_of(leaf))) if one is None else [one] for leaf, one in zip(leaves, known, strict=True)
        ]
        return all(result(full) == result(known) for full in product(*choices))

    @cache
    def needed(known: tuple[Any, ...]) -> tuple[int, Fraction]:
        if settled(known):
            return 0, Fraction(0)
        ways = [asked(known, at) for at in open_(known)]
        return min(worst for worst, _ in ways), min(average for _, average in ways)

    def asked(known: tuple[Any, ...], at: int) -> tuple[int, Fraction]:
        after = [needed(one) for one in answers(known, at)]
        return 1 + max(worst for worst, _ in after), 1 + Fraction(sum(average for _, average in after), len(after))

    try:
        start = tuple(marks.values())
        if result(start)[0] is None:
            with pytest.raises(InvalidAssessmentError, match="the method gives no overall rating"):
                ca.next_question(frame.assessment(marks, facts), scorer=method)
            return
        expected = needed(start)
    except ca.errors.InvalidMethodError:
        assume(False)
    found = ca.next_question(frame.assessment(marks, facts), by=by, scorer=method)
    assert (found.worst_case, found.expected) == expected
    if expected[0] == 0:
        assert (found.statement, found.tree, found.options) == (None, None, ())
        return
    ways = {leaves[at]: asked(start, at) for at in open_(start)}
    assert {one.statement: (one.worst_case, one.expected) for one in found.options} == ways
    at = 0 if by == "worst" else 1
    assert found.statement is not None
    assert (ways[found.statement][at], ways[found.statement][1 - at]) == min(
        (way[at], way[1 - at]) for way in ways.values()
    )


# -- the tree ----------------------------------------------------------------------------------------------------------


def depths(question: Question, known: dict[str, object], scorer: Any) -> list[tuple[int, Fraction]]:
    """How deep each end of a tree is, with how likely it is; the rating at the end is what the method gives."""
    found: list[tuple[int, Fraction]] = []
    size = sum(len(answers.grades) for answers in question.answers)
    for answers in question.answers:
        for grade in answers.grades:
            after = {**known, question.statement: grade}
            if answers.then is None:
                outcome = ca.assess(ca.Assessment.of("York", after), scorer)
                assert answers.rating == f"the rating is {outcome.low}" + (
                    "" if outcome.low == outcome.high else f" to {outcome.high}, by judgement"
                )
                found.append((1, Fraction(1, size)))
            else:
                inner = depths(answers.then, after, scorer)
                found += [(1 + depth, chance / size) for depth, chance in inner]
    return found


@few
@given(
    st.lists(st.integers(1, 4), min_size=9, max_size=9),
    st.sets(st.integers(0, 8), max_size=4),
    aims,
    st.sampled_from(("single-word", "ofsted")),
)
def test_the_tree_keeps_its_promise(full: list[int], blanks: set[int], by: Aim, scorer: str) -> None:
    """However the scores turn out, the tree ends in the right rating, and as soon as was said."""
    known = [None if at in blanks else score for at, score in enumerate(full)]
    assessment = ca.Assessment.of("York", known)
    found = ca.next_question(assessment, by=by, scorer=SCORERS[scorer])
    if found.tree is None:
        return
    ends = depths(found.tree, dict(zip(IDS, known, strict=True)), SCORERS[scorer])
    assert sum(chance for _, chance in ends) == 1
    if by == "worst":
        assert max(depth for depth, _ in ends) == found.worst_case
    else:
        assert sum(depth * chance for depth, chance in ends) == found.expected


def test_a_tree_in_words() -> None:
    """Answers after which all is the same stand in one line."""
    found = ca.next_question(ca.Assessment.of("York", [2, 2, 2, 2, 3, None, None, 2, 4]))
    assert str(found.tree) == (
        "Find out Safe systems, pathways and transitions.\n"
        "  1: the rating is Requires improvement.\n"
        "  2: find out Safeguarding.\n"
        "    1, 2 or 3: the rating is Requires improvement.\n"
        "    4: the rating is Good.\n"
        "  3: find out Safeguarding.\n"
        "    1 or 2: the rating is Requires improvement.\n"
        "    3 or 4: the rating is Good.\n"
        "  4: find out Safeguarding.\n"
        "    1: the rating is Requires improvement.\n"
        "    2, 3 or 4: the rating is Good."
    )


def test_a_tree_of_nine_blanks_is_cut() -> None:
    """It can be begun to be read at once, and says where it is cut."""
    tree = ca.next_question(ca.Assessment.of("York", [None] * 9)).tree
    assert tree is not None
    assert len(list(islice(tree.lines(), 100))) == 100
    lines = str(tree).splitlines()
    assert (len(lines), lines[-1]) == (2001, "And so on.")


# -- what is said ------------------------------------------------------------------------------------------------------


def test_it_says_what_to_find_out_and_why_not_to_trust_it() -> None:
    """The result as far as it goes, the statement, those as good, how many at the most and on average, the caution."""
    assert str(ca.next_question(ca.Assessment.of("Leicester", [2, 2, 2, None, 3, None, None, 2, 3]))) == (
        "Leicester: Requires improvement to Good, 48 to 73 out of 100.\n"
        "Find out next: Care provision, integration and continuity.\n"
        "Each of the others is as good.\n"
        "At the most 3 of the 3 scores not known must be found out to settle the rating. Were every score equally "
        "likely, it would be 2.56 on average.\n"
        f"{CAUTION}"
    )


@pytest.mark.parametrize(
    ("known", "said"),
    [([3] * 9, "for every score is known"), ([4] * 8 + [None], "whatever the 1 score not known may be")],
)
def test_it_says_that_nothing_need_be_asked(known: list[int | None], said: str) -> None:
    """With every score known, or with blanks that change nothing."""
    found = ca.next_question(ca.Assessment.of("York", known))
    assert (found.statement, found.worst_case, found.expected) == (None, 0, Fraction(0))
    assert f"Nothing more has to be found out: the rating is settled, {said}." in found.words


@given(scores)
def test_it_can_be_kept(known: list[int | None]) -> None:
    """As plain values and in a notebook, whatever is open."""
    found = ca.next_question(ca.Assessment.of("York", known))
    data: Any = found.to_dict()
    assert (data["statement"], data["worst_case"]) == (found.statement, found.worst_case)
    assert len(data["options"]) == (len(found.assessment.missing) if found.statement else 0)
    assert sum(len(answers["scores"]) for answers in data["answers"]) == (4 if found.statement else 0)
    assert "<p>" in found._repr_html_()
    assert repr(found).startswith("<NextQuestion of York: ")


def test_too_much_is_refused_by_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of many statements that are not interchangeable are too many to be told apart, and it says how many are."""
    monkeypatch.setattr("careassure.analysis.next_question.MOST_STATES", 20)
    with pytest.raises(TooMuchError, match=r"looking at more than 20 sets of answers\. Give more scores first"):
        ca.next_question(ca.Assessment.of("York", [None] * 9))
    assert questions.MOST_STATES == 30_000


def test_a_method_without_a_rating_has_nothing_to_settle() -> None:
    """A report card is refused with what to do."""
    with pytest.raises(InvalidAssessmentError, match=r"the method gives no overall rating.* Use another method"):
        ca.next_question(ca.Assessment.of("York", [None] * 9), scorer=SCORERS["report-card"])
