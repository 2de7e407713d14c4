"""Change like for like, stocks that should reconcile, and ages of ratings."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import IncomparableError, InvalidInputError
from careassure.figures.catalogue import england_values, indicator, indicators
from careassure.figures.model import Indicator, Value
from careassure.figures.panels import Panel, Reply, panel
from careassure.figures.rating_ages import NEVER, ages
from careassure.figures.stocks import stock
from careassure.figures.years import year_on_year
from careassure.model.shorthand import Suppressed
from careassure.model.vocabulary import Mark

names = st.sampled_from("abcdefghij")
numbers = st.integers(0, 500)
replies = st.one_of(numbers, st.none(), st.builds(Suppressed, st.sampled_from("cxz")))
maps = st.dictionaries(names, replies)
days = st.dates(dt.date(2010, 1, 1), dt.date(2026, 11, 25))
AT = dt.date(2026, 11, 25)
Replies = dict[str, Reply]


@given(maps, maps)
def test_everyone_stands_in_one_place(before: Replies, after: Replies) -> None:
    """Everyone asked is compared, left, joined, is withheld or silent: exactly one of these."""
    found = panel(before, after)
    places = [[m.name for m in found.members], found.left, found.joined, found.withheld, found.silent]
    assert sorted(name for place in places for name in place) == sorted({*before, *after})
    assert found.ways is not None
    assert sum(found.ways) == found.both == len(found.members)
    assert found.asked == len({*before, *after})


@given(maps, maps)
def test_totals_add_up(before: Replies, after: Replies) -> None:
    """The totals are the sums of the members' numbers, and their difference that of the single changes."""
    found = panel(before, after)
    assert found.before == sum(m.before for m in found.members)
    assert found.change == sum(m.change for m in found.members)
    assert found.words == str(found)


@given(maps, maps)
def test_order_does_not_matter(before: Replies, after: Replies) -> None:
    """In whatever order the replies come, the panel is the same."""
    turned = dict(reversed(list(before.items()))), dict(reversed(list(after.items())))
    assert panel(before, after) == panel(*turned)


@given(maps, maps)
def test_dates_the_other_way_round(before: Replies, after: Replies) -> None:
    """With the dates exchanged those who rose fell, and those who left joined."""
    one, other = panel(before, after), panel(after, before)
    assert (one.up, one.left, one.change) == (other.down, other.joined, None if other.change is None else -other.change)


@given(maps, maps, names, st.sampled_from("cxz"))
def test_a_mark_is_never_a_zero(before: Replies, after: Replies, name: str, mark: Mark) -> None:
    """Who has a mark at one date counts in no total, and is not taken for a zero."""
    found = panel({**before, name: Suppressed(mark)}, after)
    assert name in found.withheld
    assert name not in {member.name for member in found.members}


def test_small_bases_are_said() -> None:
    """A change from fewer than ten carries the warning that a percentage of few says little."""
    found = panel({"a": 4, "b": 100}, {"a": 13, "b": 100})
    assert [member.percent for member in found.small] == [225]
    assert "1 change from fewer than 10: a percentage of few says little, as +225 % for a." in found.words
    assert not panel({"a": 4}, {"a": 13}, few=4).small


def test_reply_rate() -> None:
    """Who gave nothing at either date did not reply, and lowers the rate."""
    found = panel({"a": 1, "b": None, "c": 2}, {"a": 2, "b": None, "c": None})
    assert (found.replied, found.asked, found.silent, found.left) == (2, 3, ("b",), ("c",))
    assert found.reply_rate == Fraction(2, 3)


def test_what_is_no_number_is_refused_at_once() -> None:
    """Everything that is neither number, mark nor None is named at once, floats too."""
    with pytest.raises(InvalidInputError) as caught:
        panel({"a": 1.5, "b": "x"}, {"c": True})  # type: ignore[dict-item]
    assert [str(problem.where) for problem in caught.value.problems] == ["before.a", "before.b", "after.c"]


@given(maps, maps, st.integers(0, 9))
def test_the_silent_who_are_not_named_are_counted(before: Replies, after: Replies, more: int) -> None:
    """Where more were asked than are named, the others lower the rate, and nothing else changes."""
    known = panel(before, after)
    found = panel(before, after, asked=(known.asked or 0) + more)
    assert (found.replied, found.both, found.silent) == (known.replied, known.both, known.silent)
    assert found.did_not_reply == len(known.silent) + more
    assert (f"{more} who are not named" in found.words) == (more > 1)
    if known.asked:
        with pytest.raises(InvalidInputError, match="are named"):
            panel(before, after, asked=known.asked - 1)


def test_totals_alone_need_no_ways() -> None:
    """Where only two totals were printed, who went up and who went down is not known; some of it is refused."""
    found = Panel.from_totals(both=91, before=2174, after=2120)
    assert found.words.startswith("91 numbers at both dates. In total 2,174 and then 2,120: -54 (-2.48 %).")
    assert "+10,271" in Panel.from_totals(both=1, before=2303, after=12574).words
    with pytest.raises(InvalidInputError, match="some are known and some are not"):
        Panel.from_totals(both=91, up=32)


def test_totals_must_not_contradict() -> None:
    """Counts that do not add up, and totals that go where nobody went, are refused together."""
    with pytest.raises(InvalidInputError) as caught:
        Panel.from_totals(both=3, up=0, down=2, unchanged=0, before=5, after=6, replied=2, asked=1)
    assert [str(problem.where) for problem in caught.value.problems] == ["both", "replied", "asked", "after"]


def test_percentages_are_not_added_up() -> None:
    """Values of a percentage have a median change and no total, and carry the publisher's warning."""
    item = indicator("1D", year="2024-25")
    new, old = england_values(item)
    found = year_on_year(item, [old], [new])
    assert (found.change, found.median_change, found.down) == (None, Fraction(-3, 10), 1)
    assert found.words.endswith(item.warning)
    assert found.to_dict()["warning"] == item.warning


@pytest.mark.parametrize("item", [i for i in indicators() if i.comparable_from], ids=lambda item: item.code)
def test_breaks_are_refused(item: Indicator) -> None:
    """A measure from client-level data is not compared with a year before 2024-25, and the error says why."""
    (new,) = england_values(item)
    old = Value(item.key, new.area, "2023-24", "50")
    with pytest.raises(IncomparableError, match="changed in 2024-25"):
        year_on_year(item, [old], [new])


def test_years_must_be_in_order() -> None:
    """Years in the wrong order, or several on one side, are refused."""
    item = indicator("1A")
    new, old = england_values(item)
    for before, after in ([new], [old]), ([new], [new]), ([old, new], [new]):
        with pytest.raises(IncomparableError):
            year_on_year(item, before, after)


@given(numbers, numbers, numbers, st.integers(-50, 50))
def test_stocks_reconcile_or_say_by_how_much(opening: int, received: int, completed: int, off: int) -> None:
    """A stock reconciles exactly where nothing is unexplained, and otherwise says the difference."""
    closing = opening + received - completed + off
    if closing < 0:
        return
    found = stock(opening=opening, received=received, completed=completed, closing=closing)
    assert found.unexplained == off
    assert found.reconciles is (off == 0)
    assert found.implied_opening == opening + off
    assert ("nothing in the figures explains it" in found.words) is (off != 0)


def test_rounding_explains_half_a_step_of_each_figure() -> None:
    """Four figures rounded to five explain a difference of ten and no more."""
    assert stock(opening=100, received=50, completed=50, closing=110, rounded_to=5).reconciles
    assert not stock(opening=100, received=50, completed=50, closing=111, rounded_to=5).reconciles
    assert stock(received=50, completed=40, closing=30).reconciles is None


@given(st.dictionaries(names, days, min_size=1))
def test_whole_dates_have_one_age(dates: dict[str, dt.date]) -> None:
    """Where every day is known, no age is a span and each rating is in one band."""
    found = ages(dates, AT)
    assert found.median is not None
    assert found.mean is not None
    assert found.median.low == found.median.high
    assert found.mean.low * len(dates) == sum((AT - day).days for day in dates.values())
    assert sum(band.least for band in found.bands) == sum(band.most for band in found.bands) == len(dates)


@given(st.dictionaries(names, days, min_size=1))
def test_vague_dates_span_the_true_age(dates: dict[str, dt.date]) -> None:
    """With only the months known, the spans and the bands hold what the days would give."""
    sharp, vague = ages(dates, AT), ages({name: f"{day:%Y-%m}" for name, day in dates.items()}, AT)
    assert sharp.median is not None
    assert vague.median is not None
    assert vague.median.low <= sharp.median.low <= vague.median.high
    for one, other in zip(vague.bands, sharp.bands, strict=True):
        assert one.least <= other.least <= one.most


def test_never_and_unknown_are_kept_apart() -> None:
    """Never rated, and rated on an unknown date, are different, and neither has an age."""
    found = ages({"a": NEVER, "b": None, "c": "2020-11-25"}, AT, registered={"a": dt.date(2025, 5, 24)})
    assert (found.never, found.undated, found.dated, found.waiting) == (("a",), ("b",), 1, ("a",))
    assert [str(band) for band in found.bands] == ["under 4 years: 0", "4 to under 8 years: 1", "8 years and over: 0"]
    assert not ages({"a": NEVER}, AT, registered={"a": dt.date(2025, 5, 25)}).waiting


def test_dates_that_cannot_be_are_refused_at_once() -> None:
    """A date after the day, a text that is no date and bands that fall are named together."""
    with pytest.raises(InvalidInputError) as caught:
        ages({"a": "2027", "b": "soon"}, AT, [8, 4])
    assert [str(problem.where) for problem in caught.value.problems] == ["bands", "a", "b"]


def test_ages_in_words() -> None:
    """The words name the bands, the never rated and their wait, the undated, and the ages with their spans."""
    found = ages({"a": NEVER, "b": None, "c": "2021"}, AT, [4], registered={"a": dt.date(2024, 8, 31)}, wait_months=18)
    span = "1,790 to 2,154 days (4.9 to 5.9 years)"
    assert str(found) == (
        "On 25 November 2026, of 3: under 4 years: 0 (0 %); 4 years and over: 1 (33.3 %); never rated: 1 (33.3 %); "
        "rated on an unknown date: 1 (33.3 %); never rated, or 4 years and over: 2 to 3 (66.7 to 100 %). "
        f"Median age {span}, mean {span}, oldest {span}. Of 1 never rated with a known registration 1 (100 %) had been "
        "registered for more than 18 months."
    )
    assert found.never_share == Fraction(1, 3)
    assert ages({}, AT).never_share is None
    assert str(ages({}, AT)).endswith("never rated, or 4 years and over: 0 (0 %).")


def test_a_stock_in_words_and_as_plain_values() -> None:
    """An unknown opening is implied, a stock that fits says so, and figures below 0 are refused together."""
    unknown = stock(received=50, completed=40, closing=30)
    assert "If these are right, 20 were open at the start; it is not known." in str(unknown)
    assert unknown.to_dict()["opening"] is None
    assert unknown.share_closed is None
    fits = stock(opening=20, received=50, completed=40, closing=30)
    assert "the figures reconcile" in str(fits)
    assert fits.to_dict()["share_closed"] == "4/7"
    assert stock(opening=0, received=0, completed=0, closing=0).months_of_work is None
    with pytest.raises(InvalidInputError) as caught:
        stock(opening=-1, received=-1, completed=0, closing=0, months=0)
    assert [str(problem.where) for problem in caught.value.problems] == ["opening", "received", "months"]


def test_a_panel_says_what_its_totals_leave_out() -> None:
    """A total of few is called so, a zero base has no percentage, and one-sided changes must show in the total."""
    assert "That is a percentage of fewer than 10 and says little." in str(panel({"a": 2}, {"a": 3}))
    assert panel({"a": 0}, {"a": 3}).percent is None
    with pytest.raises(InvalidInputError, match="all changes go one way"):
        Panel.from_totals(both=1, up=1, down=0, unchanged=0, before=5, after=5)
    with pytest.raises(InvalidInputError, match="one total is known"):
        Panel.from_totals(both=1, up=1, down=0, unchanged=0, before=5)
    with pytest.raises(InvalidInputError, match="is not a count"):
        Panel.from_totals(both=-1, up=0, down=0, unchanged=0)


def test_an_area_stands_once_a_year() -> None:
    """Two values of one area in a year are refused."""
    item = indicator("1A")
    new, old = england_values(item)
    with pytest.raises(InvalidInputError, match="two values"):
        year_on_year(item, [old, old], [new])


@pytest.mark.parametrize("text", ["[c]", "*", "[low]", " [X] "])
def test_a_mark_in_a_panel_is_withheld_and_not_missing(text: str) -> None:
    """Suppressed is not missing; it is read as in every table."""
    found = panel({"A": text, "B": 3}, {"A": 4, "B": 5})
    assert found.withheld == ("A",)
    assert len(found.members) == 1
