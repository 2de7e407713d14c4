"""Checklists: counts, shares, response rates and bands."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidInputError
from careassure_checklist import Item, Scheme, checklist, tally

ANSWERS = ("not met", "partly met", "met", "no reply", "not applicable", None)
answers_of_six = st.lists(st.sampled_from(ANSWERS), min_size=6, max_size=6)
SIX = [f"Item {number}" for number in range(6)]
BANDS: dict[str, int | str] = {"Red": 0, "Amber": 50, "Green": "83.3"}


def scheme(**more: object) -> Scheme:
    return checklist(SIX, subject="example", **more)  # type: ignore[arg-type]


@given(answers_of_six)
@settings(deadline=None)
def test_every_item_is_in_exactly_one_count(answers: list[str | None]) -> None:
    counts = tally(scheme().answers("me", answers))
    assert counts.items == 6
    assert (counts.met, counts.partly, counts.not_met, counts.unknown) == tuple(
        answers.count(word) for word in ("met", "partly met", "not met", None)
    )
    assert dict(counts.states) == {
        word.replace(" ", "_"): answers.count(word) for word in ("no reply", "not applicable") if word in answers
    }


@given(answers_of_six)
@settings(deadline=None)
def test_the_outcome_says_what_the_tally_says(answers: list[str | None]) -> None:
    outcome = scheme().assess("me", answers)
    counts = tally(outcome)
    assert outcome.kind == "profile"
    if not counts.unknown:
        assert outcome.percentage == counts.share_met
    assert (counts.response_rate < 100) == bool(outcome.flags)
    assert counts.response_rate == Fraction(100 * counts.answered, 6)


@given(answers_of_six)
@settings(deadline=None)
def test_unknown_answers_leave_exactly_the_share_that_they_could_give(answers: list[str | None]) -> None:
    outcome = scheme().assess("me", answers)
    worst, best = (tally(scheme().answers("me", [a or word for a in answers])) for word in ("not met", "met"))
    assert (outcome.percentage_low, outcome.percentage_high) == (worst.share_met, best.share_met)


@given(answers_of_six)
@settings(deadline=None)
def test_partly_met_counts_half_where_that_is_asked_for(answers: list[str | None]) -> None:
    known = [answer or "no reply" for answer in answers]
    outcome = scheme(count="half").assess("me", known)
    counts = tally(outcome)
    expected = Fraction(50 * (2 * counts.met + counts.partly), counts.answered) if counts.answered else None
    assert outcome.percentage == expected


@given(st.lists(st.sampled_from(ANSWERS[:3]), min_size=6, max_size=6))
@settings(deadline=None)
def test_bands_are_reached_exactly_at_their_number(answers: list[str]) -> None:
    outcome = scheme(bands=BANDS).assess("me", answers)
    share = Fraction(100 * answers.count("met"), 6)
    assert outcome.rating is not None
    assert outcome.rating.rank == (share >= 50) + (share >= Fraction("83.3"))


@given(st.lists(st.integers(0, 2), min_size=6, max_size=6), st.integers(0, 5), st.sampled_from(["met", "half"]))
@settings(deadline=None)
def test_a_better_answer_never_lowers_the_band(ranks: list[int], place: int, count: str) -> None:
    raised = [min(rank + (i == place), 2) for i, rank in enumerate(ranks)]
    before, after = (
        scheme(bands=BANDS, count=count).assess("me", [ANSWERS[rank] for rank in one]) for one in (ranks, raised)
    )
    assert before.rating is not None
    assert after.rating is not None
    assert after.rating >= before.rating


@pytest.mark.parametrize("more", [{}, {"count": "half"}, {"bands": BANDS}, {"bands": BANDS, "count": "half"}])
def test_what_is_made_is_sound(more: dict[str, object]) -> None:
    made = scheme(**more)
    report = ca.check(made.method, made.framework)
    assert report.ok, report


def test_no_overall_unless_bands_are_given() -> None:
    assert scheme().assess("me", ["met"] * 6).rating is None
    assert str(scheme(bands=BANDS).assess("me", ["met"] * 6).rating) == "Green"


def test_a_method_and_a_framework_are_handed_to_careassure_as_they_are() -> None:
    made = scheme(bands=BANDS)
    assessment = ca.Assessment.of(
        "me", ["yes", "no", "partly", "fully met", "in part", "no response"], framework=made.framework
    )
    outcome = ca.assess(assessment, scorer=made.method)
    assert outcome.percentage == 40
    assert outcome.scorer == "checklist"
    assert ca.compare(assessment, [made.method]) == (outcome,)


def test_a_council_is_found_by_its_name() -> None:
    made = checklist(["Register of personal assistants"], id="pa-support", title="Support for personal assistants")
    assessment = made.answers("London Borough of Camden", [True], kind="self")
    assert assessment.council == ca.council("Camden")
    assert made.assess("Camden", [True]).percentage == 100


def test_true_and_false_are_answers() -> None:
    counts = tally(scheme().answers("me", [True, False, None, "partly", True, "no reply"]))
    assert (counts.met, counts.not_met, counts.partly, counts.unknown, counts.answered) == (2, 1, 1, 1, 4)
    assert counts.share_met == 50
    assert counts.response_rate == Fraction(200, 3)


def test_nothing_answered_is_no_share() -> None:
    outcome = scheme(bands=BANDS).assess("me", ["no reply"] * 6)
    assert outcome.percentage is None
    assert outcome.rating is None
    assert tally(outcome).share_met is None
    assert [flag.id for flag in outcome.flags] == ["low-response"]


def test_the_notice_of_a_low_response_has_a_threshold() -> None:
    half = ["met"] * 3 + ["no reply"] * 3
    assert scheme(least_response=50).assess("me", half).flags == ()
    (flag,) = scheme(least_response="66.5").assess("me", half).flags
    assert flag.text == "Fewer than 66.5 per cent of the items were answered."


def test_sections_become_themes_in_order() -> None:
    items = [Item("A", section="People"), Item("C", section="People"), Item("B", section="Money"), Item("D")]
    framework = checklist(items, subject="example").framework
    assert [(theme.title, [s.title for s in theme.statements]) for theme in framework.themes] == [
        ("People", ["A", "C"]),
        ("Money", ["B"]),
        ("Items", ["D"]),
    ]


def test_a_section_in_two_places_is_refused_since_answers_would_change_places() -> None:
    items = [Item("A", section="People"), Item("B", section="Money"), Item("C", section="People")]
    with pytest.raises(InvalidInputError, match="section 'People': it appears in two places"):
        checklist(items)


def test_a_reference_is_carried_into_every_rule() -> None:
    source = ca.Reference("note", "Our advice note", url="https://example.org", section="page 3", basis="sector")
    made = checklist(SIX, subject="example", bands=dict(BANDS), reference=source)
    assert made.method.references == (source,)
    assert made.framework.references == (source,)
    assert "Our advice note" in made.assess("me", ["met"] * 6).explain()


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        ({"Red": 0}, "fewer than two"),
        ({"Red": 10, "Green": 50}, "does not begin at 0"),
        ({"Red": 0, "Amber": 50, "Green": 50}, "do not rise"),
        ({"Red": 0, "Green": 101}, "do not rise"),
        ({"Red": 0, "Green": 66.5}, "is not an exact number"),
        ({"Red": 0, "Green": "many"}, "is not an exact number"),
        ({"Red": 0, "Green": True}, "is not an exact number"),
    ],
)
def test_wrong_bands_are_refused(bands: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        scheme(bands=bands)


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ([], "there is none"),
        (["", "A"], "it has no title"),
        ([3], "neither text nor an Item"),
        (["A", "a"], "appears twice"),
    ],
)
def test_wrong_items_are_refused(items: list[object], message: str) -> None:
    with pytest.raises(InvalidInputError, match=message):
        checklist(items)  # type: ignore[arg-type]


def test_a_wrong_answer_is_refused_with_what_would_be_right() -> None:
    with pytest.raises(ca.CareAssureError, match='Use "Not met", "Partly met" or "Met"'):
        scheme().assess("me", ["maybe"] * 6)


def test_the_plugin_offers_no_scheme_of_its_own() -> None:
    ours = "careassure-checklist"
    assert not [item for item in ca.frameworks() if item.distribution == ours]
    assert not [item for item in ca.scorers() if item.distribution == ours]
