"""How long people waited, as a distribution."""

from __future__ import annotations

from fractions import Fraction
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import InvalidInputError
from careassure.figures import waiting_times
from careassure.model.shorthand import CONFIDENTIAL, Suppressed
from careassure.privacy import Rules, audit
from careassure.privacy.disclosure.suppression import SuppressedTable
from helpers import few

people = st.lists(st.tuples(st.none() | st.integers(0, 400), st.sampled_from("abc")), min_size=1, max_size=40)
limits = st.lists(st.integers(0, 200), max_size=3)


@few
@given(people, limits)
def test_everybody_is_counted_once(given_people: list[tuple[int | None, str]], over: list[int]) -> None:
    """Everyone is in one group and in one band, or not known; all together are the sum of the groups."""
    waits, groups = [wait for wait, _ in given_people], [group for _, group in given_people]
    found = waiting_times(waits, groups, over=over)
    known = [wait for wait in waits if wait is not None]
    assert found.everyone.people == len(waits) == sum(part.people for part in found.groups)  # type: ignore[misc]
    for part in found.parts:
        assert sum(part.bands) == part.known  # type: ignore[arg-type]
        assert part.known + part.unknown == part.people  # type: ignore[operator]
        assert (part.mean is None) == (part.known == 0)
    if known:
        assert found.everyone.mean == mean(map(Fraction, known))
        assert found.everyone.median == median(map(Fraction, known))
        assert found.everyone.longest == max(map(Fraction, known))
    for limit, count in zip(found.limits, found.everyone.over, strict=True):
        assert count == sum(wait > limit for wait in known)


@few
@given(people, limits)
def test_a_share_of_all_people_lies_within_its_bounds(
    given_people: list[tuple[int | None, str]], over: list[int]
) -> None:
    """Whatever the unknown waits were, the share of all people over a limit lies within the bounds."""
    waits = [wait for wait, _ in given_people]
    found = waiting_times(waits, over=over)
    for fill in (0, 1000):
        whole = waiting_times([fill if wait is None else wait for wait in waits], over=over)
        for bound, share in zip(found.everyone.bounds, whole.everyone.shares, strict=True):
            assert bound is not None
            assert share is not None
            assert bound[0] <= share <= bound[1]


@few
@given(people, limits, st.integers(2, 8), st.sampled_from([1, 5]))
def test_no_small_number_of_people_can_be_worked_out(
    given_people: list[tuple[int | None, str]], over: list[int], threshold: int, round_to: int
) -> None:
    """Under rules no hidden count can be worked out, and the waits of as few people as the rules hide are not told."""
    waits, groups = [wait for wait, _ in given_people], [group for _, group in given_people]
    rules = Rules(threshold, round_to)
    found = waiting_times(waits, groups, over=over, rules=rules)
    exact = waiting_times(waits, groups, over=over)
    parts = found.groups
    many = len(parts) > 1
    table = SuppressedTable(
        [part.name for part in parts],
        (*found.band_names, "not known"),
        [(*part.bands, part.unknown) for part in parts],
        tuple(part.people for part in parts),
        (*found.everyone.bands, found.everyone.unknown) if many else (),
        found.everyone.people if many else None,
        rules,
    )
    assert audit(table) == ()
    unseen = 0
    for part, truth in zip(parts, exact.groups, strict=True):
        assert isinstance(truth.known, int)
        if rules.hides(truth.known):
            assert part.mean in {CONFIDENTIAL, None}
            assert part.longest in {CONFIDENTIAL, None}
        unseen += truth.known if isinstance(part.mean, Suppressed) else 0
    if isinstance(found.everyone.mean, Fraction):
        assert not unseen or unseen > threshold
        assert found.everyone.mean.denominator in {1, 2, 5, 10}


def test_rounded_numbers_are_not_taken_from_each_other() -> None:
    """2 of 5 waits are known: the 3 others are shown as 5, and still it is not said that nobody's wait is known."""
    found = waiting_times([None] * 3 + [0] * 3, [*"aaaaab"], rules=Rules(2, 5))
    assert [(part.people, part.unknown, part.known, part.mean) for part in found.groups] == [
        (5, 5, CONFIDENTIAL, CONFIDENTIAL),
        (CONFIDENTIAL, 0, CONFIDENTIAL, CONFIDENTIAL),
    ]
    assert found.everyone.mean == 0


@few
@given(people, limits, st.integers(2, 8), st.sampled_from([1, 5]))
def test_a_share_of_rounded_numbers_lies_between_none_and_all(
    given_people: list[tuple[int | None, str]], over: list[int], threshold: int, round_to: int
) -> None:
    """Bands of 3 and 3 of 6 people are shown as 5, 5 and 5: a share of them is never over 1, nor out of order."""
    found = waiting_times(*zip(*given_people, strict=True), over=over, rules=Rules(threshold, round_to))
    for part in found.parts:
        for share, bound in zip(part.shares, part.bounds, strict=True):
            assert share is None or 0 <= share <= 1
            assert bound is None or 0 <= bound[0] <= bound[1] <= 1
            assert bound is None or share is None or bound[0] <= share <= bound[1]


@few
@given(people, limits)
def test_small_numbers_are_left_out_where_there_are_no_groups(
    given_people: list[tuple[int | None, str]], over: list[int]
) -> None:
    """Rules hold for people without groups as for those of one group; a row for all is no name of totals."""
    waits = [wait for wait, _ in given_people]
    alone = waiting_times(waits, over=over, rules=Rules(3))
    together = waiting_times(waits, ["x"] * len(waits), over=over, rules=Rules(3))
    assert alone.everyone == together.everyone
    assert alone.groups == ()


def test_the_words_say_what_is_not_known() -> None:
    """The words give the distribution, the share of the known, and what the unknown could make of it."""
    found = waiting_times([3, 10, 45, None], ["A", "A", "B", " "], over="28")
    last = (
        "All: 4 people; the wait of 1 is not known. In days: mean 19.3, median 10, longest 45. "
        "Over 28 days: 1 of 3 known (33.3 %). Of all people that is 25 to 50 %, by what the unknown waits were."
    )
    assert str(found).splitlines() == [
        "A: 2 people. In days: mean 6.5, median 6.5, longest 10. Over 28 days: 0 of 2 known (0 %).",
        "B: 1 person. In days: mean 45, median 45, longest 45. Over 28 days: 1 of 1 known (100 %).",
        "(not said): 1 person; the wait of 1 is not known.",
        last,
    ]


def test_all_faults_are_told_at_once() -> None:
    """A wait that is no number, one below 0 and groups of another number are told together, each with its place."""
    with pytest.raises(InvalidInputError) as refused:
        waiting_times(["soon", -1, 1.5], ["A"])  # type: ignore[list-item]
    assert [str(problem.where) for problem in refused.value.problems] == ["waits[0]", "waits[1]", "waits[2]", "by"]
    with pytest.raises(InvalidInputError, match="nobody's wait is given"):
        waiting_times([])
