"""What the kit does in a quick way finds exactly what the plain way finds."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.model.outcome import Outcome, Profile, ProfileEntry, entry_of
from careassure.model.scale import Grade
from careassure.model.trace import Step
from careassure.testing import strategies
from careassure.testing.image import difference
from careassure.testing.soundness import _hints, _misfits, type_faults
from careassure.testing.table import Table

from .scorers import RATINGS, SCORES, SMALL, Percent, small

ODD_GRADES = (
    RATINGS.lowest,
    SCORES.lowest,
    evolve(RATINGS.lowest, label="Other"),
    evolve(RATINGS.lowest, aliases=("x",)),
)
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [0, 1, True, None, 0.5, "text", Fraction(1), Fraction(1, 2), (), [], (1,), {}, float("nan"), *ODD_GRADES]
)


def changed(data: st.DataObject, value: Any) -> Any:
    """A value with one field somewhere inside it replaced by an odd one."""
    names = [field.name for field in attrs.fields(type(value)) if field.name not in ("assessment", "kind")]
    name = data.draw(st.sampled_from(names))
    inner = getattr(value, name)
    if isinstance(inner, tuple) and inner and data.draw(st.booleans()):
        place = data.draw(st.integers(0, len(inner) - 1))
        deeper = attrs.has(type(inner[place])) and data.draw(st.booleans())
        new = changed(data, inner[place]) if deeper else data.draw(ODD)
        return evolve(value, **{name.lstrip("_"): (*inner[:place], new, *inner[place + 1 :])})
    deeper = attrs.has(type(inner)) and not isinstance(inner, Grade) and data.draw(st.booleans())
    new = changed(data, inner) if deeper else data.draw(ODD)
    return evolve(value, **{name.lstrip("_"): new})


@given(strategies.outcomes(), st.data())
def test_a_difference_is_found_in_both_ways(outcome: Outcome, data: st.DataObject) -> None:
    """The quick comparison says that two values are alike where the one in words finds nothing, and only there."""
    again = ca.Outcome(**{field.name: getattr(outcome, field.name) for field in attrs.fields(Outcome)})
    other = changed(data, outcome)
    for one, two in (
        (outcome, again),
        (outcome, other),
        (other, outcome),
        (other, other),
        (outcome.trace, other.trace),
    ):
        in_words = difference(one, two, ".x")  # with a path, the quick way is not taken
        assert bool(difference(one, two)) == bool(in_words), in_words


@given(strategies.outcomes(SMALL), st.data())
def test_a_wrong_type_is_found_in_both_ways(outcome: Outcome, data: st.DataObject) -> None:
    """The quick test of types passes what the plain one finds no fault with, and nothing else."""
    for given_ in (outcome, changed(data, outcome)):
        seen: set[int] = set()
        plain = [
            fault
            for name, hint in _hints(Outcome).items()
            if name != "assessment"
            for fault in _misfits(getattr(given_, name), hint, name, seen)
        ]
        assert list(type_faults(given_)) == plain


@given(strategies.assessments())
def test_the_profile_of_an_assessment_is_its_scores(assessment: ca.Assessment) -> None:
    """Each entry is the one that the class itself makes of the span, or of the state."""
    spans, scores = assessment.spans, assessment.scores
    for entry in Profile.of(assessment):
        score = scores.get(entry.id)
        state = score if isinstance(score, ca.NotRated) else None
        low, high = (None, None) if state else spans.get(entry.id, (None, None))
        fields = (entry.id, entry.title, entry.level)
        assert entry == ProfileEntry(*fields, low, high, state=state)
        assert entry == entry_of(*fields, low, high, state=state)
        assert type(entry) is ProfileEntry


class Heavy(Grade):
    """A grade of somebody's own."""


VALUES = st.sampled_from(
    [
        None,
        RATINGS.grades[0],
        RATINGS.grades[2],
        SCORES.grades[1],
        Fraction(1, 3),
        7,
        Heavy("small-rating", "x", "X", 1, 2),
    ]
)


@given(st.lists(st.tuples(*[VALUES] * 6) | st.none(), min_size=1, max_size=12))
def test_rows_that_are_filled_at_once_are_what_each_is(rows: list[tuple[Any, ...] | None]) -> None:
    """A grade is its rank where its scale is the first that its column had, a number itself, and nothing is -1."""
    names = ("low", "high", "percentage_low", "percentage_high", "score_low", "score_high")
    outcome = evolve(Percent().score(small(1, 2, 3)), profile=Profile())
    made = [None if row is None else evolve(outcome, **dict(zip(names, row, strict=True))) for row in rows]
    table = Table([len(rows)], missing=False)
    for one in made:
        table.add(one)
    if not any(made):
        return
    for place, column in enumerate(table._columns()):
        values = [None if row is None else row[place] for row in rows]
        scale = next((value.scale for value in values if isinstance(value, Grade)), None)
        assert column == [
            (value.rank if value.scale == scale else -1) if isinstance(value, Grade) else -1 if value is None else value
            for value in values
        ]
    assert all(table.is_same(count, one) for count, one in enumerate(made))


def test_a_step_is_not_compared_by_its_words_alone() -> None:
    """A step elsewhere in a trace that is another one is seen however deep it stands."""
    inner = Step("input", "a", "A", SCORES.lowest, SCORES.lowest)
    one = Step("note", "", "", parts=(Step("note", "", "", parts=(inner,)),))
    other = Step("note", "", "", parts=(Step("note", "", "", parts=(evolve(inner, weight=Fraction(2)),)),))
    assert difference(one, other) == "parts[0].parts[0].weight is Fraction(1, 1), and then Fraction(2, 1)"
