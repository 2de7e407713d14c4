"""Checklists: counts, shares, response rates and bands."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidInputError
from careassure_checklist import Item, Scheme, checklist, item_shares, tally

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


@given(st.lists(st.sampled_from(ANSWERS[:3]), min_size=6, max_size=6))
@settings(deadline=None)
def test_the_explanation_keeps_the_items_and_counts_in_items(answers: list[str]) -> None:
    """With bands too, every item stands with its answer, the share as a count, and what is missing in items."""
    outcome = scheme(bands=BANDS).assess("me", answers)
    text, met = outcome.explain(), answers.count("met")
    assert f"{met} of 6 (" in text
    assert all(f"      {title}  {answer.capitalize()}" in text for title, answer in zip(SIX, answers, strict=True))
    assert "point" not in text.partition("How near")[2]
    missing = 3 - met if met < 3 else 5 - met
    assert (f"  {missing} item" in text) == (met < 5)


def test_what_is_not_known_or_left_out_is_said() -> None:
    """An item that is not known and one without a reply stand apart in the explanation."""
    text = scheme(bands=BANDS).assess("me", ["met", None, "no reply", "no", "yes", "partly"]).explain()
    assert "2 to 3 of 5 (40 to 60 %)" in text
    assert "Item 1  not known (Not met to Met)" in text
    assert "Item 2  No reply, left out" in text


@pytest.mark.parametrize("more", [{}, {"bands": BANDS}])
def test_who_did_not_reply_did_not_reply(more: dict[str, object]) -> None:
    """Where nothing was answered the result is that, and not a profile without a rating."""
    assert scheme(**more).assess("me", ["no reply"] * 6).result == "no reply"
    assert scheme().assess("me", ["no reply"] * 5 + ["met"]).result.startswith("no overall rating")


@given(st.lists(answers_of_six, min_size=1, max_size=5), st.integers(0, 3))
@settings(deadline=None)
def test_sums_over_subjects(answers: list[list[str | None]], more: int) -> None:
    """Of each item each answer is counted once, and who answered nothing is silent."""
    made = scheme()
    given_to = [made.answers(f"me {number}", each) for number, each in enumerate(answers)]
    found = item_shares(given_to, asked=len(answers) + more)
    words = {"Met": "met", "Partly met": "partly met", "Not met": "not met"}
    for place, question in enumerate(found.questions):
        column = [each[place] for each in answers]
        assert {s.answer: s.counts for s in question.shares} == {k: (column.count(w),) for k, w in words.items()}
        known = sum(answer in words.values() for answer in column)
        assert all((share.answered, share.asked) == (known, len(answers) + more) for share in question.shares)
    assert len(found.silent) == sum(not any(answer in words.values() for answer in each) for each in answers)


def test_sums_of_what_does_not_belong_together_are_refused() -> None:
    """Other lists, one subject twice, nothing, and fewer asked than answered are refused, all at once."""
    other = checklist(["A"], id="other", subject="example").answers("you", ["met"])
    one = scheme().answers("me", ["met"] * 6)
    with pytest.raises(InvalidInputError) as caught:
        item_shares([one, one, other], asked=2)
    for said in ("you: it answers other", "me: it answers more than once", "2 were asked and 3 are here"):
        assert said in str(caught.value)
    with pytest.raises(InvalidInputError, match="there are none"):
        item_shares([])
