"""An indicator of a council beside those of its peers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.catalogue.councils import register
from careassure.errors import IncomparableError, InvalidInputError, NameLookupError
from careassure.figures.catalogue import england_values, indicator, indicator_values, indicators
from careassure.figures.distances import Thresholds
from careassure.figures.model import Indicator, IndicatorKey, Value
from careassure.figures.peers import Comparison, check_comparable, compare_indicator
from careassure.model.numbers import Number
from careassure.model.shorthand import Suppressed
from careassure.model.vocabulary import Mark

COUNCILS = register().councils
OWN = Indicator("ours", "2024-25", "W1", "Weeks waited", "weeks", "lower", "ours", "Case system", "new cases", "2025")
SHARE = indicator("3A", year="2024-25")
LEVELS = ["much lower", "lower", "slightly lower", "broadly similar", "slightly higher", "higher", "much higher"]
# As `st.fractions` would give them, which takes several times as long.
numbers = st.builds(
    lambda part, parts: Fraction(part % (100 * parts + 1), parts), st.integers(0, 1000), st.integers(1, 10)
)
many = st.lists(numbers, min_size=6, max_size=20)


def values(found: Iterable[Number | Suppressed], item: Indicator = OWN, period: str = "2024-25") -> list[Value]:
    """One value for each of the first councils."""
    return [Value(item.key, c.code, period, n, council=c) for c, n in zip(COUNCILS, found, strict=False)]


def compared(found: Iterable[Value], **settings: Any) -> Comparison:
    """The first council's comparison with the others."""
    return compare_indicator(OWN, COUNCILS[0], values=found, **settings)


@given(many, st.randoms(use_true_random=False))
def test_order_of_peers_never_matters(found: list[Fraction], random: Random) -> None:
    """In whatever order the values come, the comparison is the same."""
    one = values(found)
    other = random.sample(one, len(one))
    assert compared(one) == compared(other)


@given(many, st.randoms(use_true_random=False))
def test_who_of_the_peers_has_which_value_does_not_matter(found: list[Fraction], random: Random) -> None:
    """Exchanging the peers' values among them changes neither position, distance nor rank."""
    turned = [found[0], *random.sample(found[1:], len(found) - 1)]
    one, other = compared(values(found)), compared(values(turned))
    assert (one.distance, one.position, one.rank) == (other.distance, other.position, other.rank)


@given(many, numbers)
def test_adding_a_constant_changes_no_word(found: list[Fraction], step: Fraction) -> None:
    """If every value is higher by the same amount, the distance, its word and the rank stay."""
    one, other = compared(values(found)), compared(values([number + step for number in found]))
    assert (one.distance, one.position, one.rank, one.mad) == (other.distance, other.position, other.rank, other.mad)


@given(many, numbers)
def test_a_higher_value_has_no_lower_word(found: list[Fraction], more: Fraction) -> None:
    """If only the council's value rises, neither its word nor its rank gets lower."""
    one, other = compared(values(found)), compared(values([found[0] + more, *found[1:]]))
    assert one.position is not None
    assert other.position is not None
    assert one.rank is not None
    assert other.rank is not None
    assert other.rank[0] <= one.rank[0]
    if one.mad:
        assert LEVELS.index(one.position) <= LEVELS.index(other.position)


@given(
    st.lists(st.fractions(0, 5, max_denominator=10**9), min_size=3, max_size=3),
    st.fractions(-8, 8, max_denominator=10**9),
    st.fractions(-8, 8, max_denominator=10**9),
)
def test_thresholds_are_monotone(limits: list[Fraction], one: Fraction, other: Fraction) -> None:
    """A greater distance never has a lower word, whatever the thresholds."""
    similar, slightly, clearly = sorted(limits)
    settings = Thresholds(similar, slightly, clearly)
    low, high = sorted([one, other])
    assert LEVELS.index(settings.position(low)) <= LEVELS.index(settings.position(high))


@given(many, st.lists(st.sampled_from("cxz"), min_size=1, max_size=5))
def test_marks_are_counted_nowhere(found: list[Fraction], marks: list[Mark]) -> None:
    """Peers with a mark change nothing but the list of those left out."""
    one = compared(values(found))
    other = compared(values([*found, *map(Suppressed, marks)]))
    assert (one.median, one.mad, one.rank, one.distance) == (other.median, other.mad, other.rank, other.distance)
    assert len(other.withheld) == len(marks)
    assert all(f"[{mark}]" in other.words for mark in marks)


@given(many)
def test_the_rank_counts_ties(found: list[Fraction]) -> None:
    """The rank spans all places that equal values share, and ends within council and peers."""
    got = compared(values(found))
    assert got.rank is not None
    ordered = sorted(found, reverse=True)
    assert ordered[got.rank[0] - 1] == ordered[got.rank[1] - 1] == found[0]
    assert got.rank[1] - got.rank[0] + 1 == found.count(found[0])


def test_a_spread_of_zero_gives_no_degree() -> None:
    """Where most peers have one value, another is higher or lower, and by how much is not said."""
    got = compared(values([9, 7, 7, 7, 7, 7, 8]))
    assert (got.mad, got.distance) == (Fraction(0), None)
    assert got.position == "higher"
    assert "cannot be said" in got.words
    assert compared(values([7, 7, 7, 7, 7, 7])).position == "broadly similar"


def test_thresholds_are_stated_and_inclusive() -> None:
    """The limits stand in the sentence, and a value on a limit has the milder word."""
    got = compared(values([6, 1, 2, 3, 4, 5, 4, 2]))
    assert (got.median, got.mad, got.distance) == (Fraction(3), Fraction(1), Fraction(3))
    assert got.position == "higher"
    assert "within 1 MAD of the median, slightly within 2, much beyond 3" in got.words
    assert compared(values([6, 1, 2, 3, 4, 5, 4, 2]), thresholds=Thresholds(3, 4, 5)).position == "broadly similar"
    for wrong in ((2, 1, 3), (-1, 1, 2)):
        with pytest.raises(InvalidInputError, match="do not rise"):
            Thresholds(*wrong)


def test_better_and_worse_are_our_reading() -> None:
    """The better side is said to be our reading; a measure that gives context has none."""
    got = compared(values([9, 1, 2, 3, 4, 5]))
    assert got.better is False
    assert "By our reading lower is better here, so this is the worse side." in got.words
    context = compare_indicator(indicator("3D(2a)", year="2024-25"), "Kent")
    assert context.better is None
    assert "Neither side is better" in context.words


@pytest.mark.parametrize("item", indicators(), ids=lambda item: item.code)
def test_the_publishers_warning_goes_everywhere(item: Indicator) -> None:
    """Words, text and plain values of every comparison carry what the publisher says about its use."""
    got = compare_indicator(item, "Bury", "region")
    assert item.warning
    assert got.words.endswith(item.warning)
    assert str(got) == got.words
    assert json.loads(json.dumps(got.to_dict()))["warning"] == item.warning
    assert "cannot be said" in got.words
    assert "rating" not in got.to_dict()


def test_significance_needs_margins_of_both() -> None:
    """Only with base and margin of both is a difference called beyond or within the margin, exactly."""
    mine = values([10, 1, 2, 3, 4, 5])
    sure = [Value(OWN.key, COUNCILS[0].code, "2024-25", 10, base=50, margin_of_error=3, council=COUNCILS[0]), *mine[1:]]
    whole = Value(OWN.key, "E92000001", "2024-25", 5, base=5000, margin_of_error=4)
    assert compared(mine, england=whole).significant is None
    assert compared(sure, england=whole).significant is False
    assert "within the combined margin" in compared(sure, england=whole).words
    nearer = Value(OWN.key, "E92000001", "2024-25", "4.99", base=5000, margin_of_error=4)
    assert compared(sure, england=nearer).significant is True


def test_the_same_code_of_another_year_is_another_measure() -> None:
    """3A of 2022-23 was satisfaction and is refused beside 3A of 2024-25; 1B of 2022-23 is the same measure."""
    check_comparable(SHARE, [Value(IndicatorKey("ascof", "2022-23", "1B"), "E09000007", "2022-23", "70")])
    with pytest.raises(IncomparableError, match="does not define 3A as"):
        check_comparable(SHARE, [Value(IndicatorKey("ascof", "2022-23", "3A"), "E09000007", "2022-23", "70")])


def test_values_from_before_a_break_are_refused() -> None:
    """Values of a measure from client-level data are refused for years before 2024-25."""
    item = indicator("2C", year="2024-25")
    with pytest.raises(IncomparableError, match="older values were counted in another way"):
        compare_indicator(item, COUNCILS[0], values=values(range(8), item, "2023-24"))


def test_england_must_be_of_the_same_year() -> None:
    """England's value of another year is refused."""
    new, old = england_values(SHARE)
    with pytest.raises(IncomparableError, match="2023-24"):
        compare_indicator(SHARE, "Camden", england=old)
    assert compare_indicator(SHARE, "Camden", england=new).england == new


def test_real_figures() -> None:
    """Camden's 74.1 % in control of daily life is 12 to 14 of 33 in London, 0.44 MADs above the median."""
    got = compare_indicator(SHARE, "Camden", "region")
    assert (got.median, got.mad, got.rank) == (Fraction(1463, 20), Fraction(43, 20), (12, 14))
    assert (got.position, len(got.numbers)) == ("broadly similar", 32)
    everywhere = compare_indicator(SHARE, "Camden")
    assert [str(value.value) for value in everywhere.withheld] == ["[x]", "[x]"]
    assert compare_indicator(SHARE, "Derby").position is None


def test_former_areas_are_no_peers() -> None:
    """Dorset County prints a value beside Dorset's and is no peer of anyone."""
    got = compare_indicator("1A", "Camden")
    assert "E10000009" in {value.area for value in indicator_values("1A")}
    assert "E10000009" not in {value.area for value in got.peers}
    assert compare_indicator("6B", "Camden").missing == ("Dorset",)


def test_groups_and_mistakes() -> None:
    """The own council is never its peer; unknown groups, missing lines and doubled ones are refused."""
    got = compare_indicator(SHARE, "Camden", ["Camden", "Barnet", "E09000003"])
    assert [value.label for value in got.peers] == ["Barnet"]
    assert "too few" in got.words
    assert len(compare_indicator(SHARE, "Kent", "kind").numbers) == 20
    with pytest.raises(InvalidInputError, match="is not a group"):
        compare_indicator(SHARE, "Kent", "friends")
    with pytest.raises(NameLookupError):
        compared(values([1])[1:])
    with pytest.raises(NameLookupError):
        compare_indicator(SHARE, "Kent", period="2020-21")
    with pytest.raises(InvalidInputError, match="two values"):
        compared(values([1, 2]) + values([1, 2]))


@pytest.mark.parametrize("area", ["E08000016", "e08000038", "Barnsley", "Barnsley MBC"])
def test_a_value_is_found_under_a_former_code_or_a_name(area: str) -> None:
    """As `council` finds it: the register is one."""
    lines = [Value(OWN.key, code, "2024-25", 7) for code in ("E09000003", "E09000005", "E09000010", "E09000012")]
    found = compare_indicator(OWN, "Barnsley", values=[Value(OWN.key, area, "2024-25", 9), *lines])
    assert found.own.number == 9
    assert found.own.label == "Barnsley"
    with pytest.raises(NameLookupError):
        compare_indicator(OWN, "Bournemouth, Christchurch and Poole",
                          values=[Value(OWN.key, "E06000029", "2024-25", 9)])  # fmt: skip
