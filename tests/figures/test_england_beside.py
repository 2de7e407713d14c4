"""A council's figure beside England's: both numbers, the gap, the better side, and whom each counts."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import InvalidInputError, NameLookupError
from careassure.figures import Indicator, Value, compare_indicator, read_values, trend, year_on_year
from careassure.figures.alike import misfit
from careassure.figures.model import Polarity
from careassure.model.council import Body
from careassure.model.rounding import apply_rounding
from helpers import few

PAIRS: list[tuple[str, str, str, str, Polarity, str]] = [
    ("Hertfordshire", "carers able to take a break of 1 to 24 hours", "37.5", "27.6", "higher",
     "That is 9.9 points above England, on the better side: by our reading higher is better here."),
    ("Hounslow", "carers not in paid work because they care", "44", "28", "lower",
     "That is 16 points above England, on the worse side: by our reading lower is better here."),
    ("West Berkshire", "carers positive about their support", "20", "34", "higher",
     "That is 14 points below England, on the worse side: by our reading higher is better here."),
    ("West Berkshire", "people who use direct payments", "16", "27", "higher",
     "That is 11 points below England, on the worse side: by our reading higher is better here."),
    ("West Berkshire", "no further support after a short-term package", "64", "77", "higher",
     "That is 13 points below England, on the worse side: by our reading higher is better here."),
    ("West Berkshire", "still at home 91 days after discharge", "89", "82", "higher",
     "That is 7 points above England, on the better side: by our reading higher is better here."),
    ("West Berkshire", "older people discharged who received reablement", "5", "3", "context",
     "That is 2 points above England; neither side is better."),
    ("Camden", "older people discharged who received reablement", "4.7", "2.9", "context",
     "That is 1.8 points above England; neither side is better."),
    ("Camden", "still at home three months after discharge", "87.2", "83.7", "higher",
     "That is 3.5 points above England, on the better side: by our reading higher is better here."),
    ("Camden", "vacancies in adult social care", "16.8", "8.1", "lower",
     "That is 8.7 points above England, on the worse side: by our reading lower is better here."),
    ("Camden", "turnover of staff", "10", "25", "lower",
     "That is 15 points below England, on the better side: by our reading lower is better here."),
]  # fmt: skip
"""What the press printed of three councils' reports beside England's averages; which side is better is ours."""


def share(title: str = "a share", polarity: Polarity = "higher") -> Indicator:
    """An indicator in per cent."""
    return Indicator("ours", "2023-24", "S", title, "%", polarity, "ours", "press", "people", "2025-01")


ITEM = share()


def value(area: str, number: str, period: str = "2023-24", **more: object) -> Value:
    """A value of it."""
    return Value(ITEM.key, area, period, number, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("council", "title", "own", "england", "polarity", "said"), PAIRS)
def test_the_pairs_that_the_press_printed(
    council: str, title: str, own: str, england: str, polarity: Polarity, said: str, tmp_path: Path
) -> None:
    """Of a file with two rows the sentence has both numbers, the gap in points, the better side, and England alone."""
    file = tmp_path / "pair.csv"
    file.write_text(f"area,period,value\n{council},2023-24,{own}\nEngland,2023-24,{england}\n")
    item = share(title, polarity)
    found = compare_indicator(item, council, "region", values=read_values(file, item))
    assert found.gap == Fraction(own) - Fraction(england)
    assert found.words.startswith(f"{title}, {council}, 2023-24: {own} %. England: {england} %. {said} None of ")
    assert "has a value, so England alone is compared." in found.words


@pytest.mark.parametrize("england", ["E92000001", "England", "ENGLAND"])
@pytest.mark.parametrize("area", ["E06000037", "West Berkshire", "West Berkshire Council"])
def test_names_and_codes_both_print_as_names(area: str, england: str) -> None:
    """A council and England may stand under a name or a code, and print as names."""
    found = compare_indicator(ITEM, "West Berkshire", ["Hounslow"], values=[value(area, "16"), value(england, "27")])
    assert found.words.startswith(
        "a share, West Berkshire, 2023-24: 16 %. England: 27 %. That is 11 points below England"
    )
    assert value(area, "16").label == "West Berkshire"


@few
@given(st.fractions(0, 100), st.fractions(0, 100), st.sampled_from(["higher", "lower", "context"]))
def test_the_side_follows_the_numbers(own: Fraction, whole: Fraction, polarity: Polarity) -> None:
    """The gap is the first number less the second; the better side is the one that is named, and none at 0."""
    item = share(polarity=polarity)
    pair = [Value(item.key, "York", "2023-24", own), Value(item.key, "England", "2023-24", whole)]
    found = compare_indicator(item, "York", values=pair)
    assert found.gap == own - whole
    expected = None if own == whole or polarity == "context" else (own > whole) == (polarity == "higher")
    assert found.better_than_england is expected


def test_values_that_count_others_are_not_compared() -> None:
    """23 % of a wider workforce and 10 % of two professions stand side by side without a gap, and it is said why."""
    own = value("Rotherham", "23", scope="all front-line staff, with the council's own care staff")
    whole = value("England", "10", scope="social workers and occupational therapists")
    peer = value("York", "9", scope="social workers and occupational therapists")
    found = compare_indicator(ITEM, "Rotherham", values=[own, whole, peer])
    assert (found.gap, found.same_people, found.peers, found.apart) == (None, False, (), (peer,))
    assert "The two do not count the same people, so they are not compared." in found.words
    assert "points" not in found.words
    assert "Peers that count other people, and are not compared (1): York (social workers" in found.words
    silent = compare_indicator(ITEM, "Rotherham", values=[own, value("England", "10")])
    assert silent.gap == 13
    assert "Only one of the two says who is counted" in silent.words


def test_the_value_that_counts_whom_england_counts_is_compared() -> None:
    """Of two values of a council the one like England's is compared, and the other stands beside it."""
    wide, narrow = value("Rotherham", "23", scope="all staff"), value("Rotherham", "12", scope="social workers")
    found = compare_indicator(ITEM, "Rotherham", values=[wide, narrow, value("England", "10", scope="Social workers")])
    assert (found.gap, found.beside) == (Fraction(2), (wide,))
    assert "Another figure: Rotherham, 2023-24: 23 % (counted: all staff)." in found.words
    asked = compare_indicator(ITEM, "Rotherham", values=[wide, narrow, value("England", "10")], scope="all staff")
    assert asked.own.number == 23
    with pytest.raises(NameLookupError, match="no value counts"):
        compare_indicator(ITEM, "Rotherham", values=[wide, narrow], scope="nurses")


def test_two_sources_of_one_figure_are_both_told() -> None:
    """1,300 by one source and 2,900 by another are both kept; two values that nothing tells apart are refused."""
    one, other = value("York", "13", source="survey A"), value("York", "29", source="survey B")
    found = compare_indicator(ITEM, "York", values=[one, other])
    assert (found.own.source, found.beside) == ("survey A", (other,))
    assert "Another figure: York, 2023-24: 29 % (survey B)." in found.words
    with pytest.raises(InvalidInputError, match="it has two values for 2023-24"):
        compare_indicator(ITEM, "York", values=[one, value("E06000014", "29", source="Survey A")])


def test_a_replaced_value_is_not_compared() -> None:
    """The census of 2011 is replaced by that of 2021, by period or by source, and is told as replaced."""
    old = value("Rotherham", "8.1", "2011-12", source="Census 2011")
    for replaces in ("2011-12", "2011/12", "census 2011"):
        new = value("Rotherham", "11.7", "2021-22", source="Census 2021", supersedes=replaces)
        found = compare_indicator(ITEM, "Rotherham", values=[old, new])
        assert found.replaced == (old,)
        assert "Replaced: Rotherham, 2011-12: 8.1 % (Census 2011)." in found.words
        assert found.trend is not None
        assert "Not in the trend, replaced by a later figure: 2011-12." in found.words
        with pytest.raises(NameLookupError, match="for 2011-12"):
            compare_indicator(ITEM, "Rotherham", values=[old, new], period="2011-12")


def test_a_challenged_figure_says_so_everywhere() -> None:
    """Who disputes a figure and why stands in the words and in the plain values; one without the other is refused."""
    told = {"challenged_by": "a scrutiny commission", "challenge": "it rests on the census of 2011"}
    found = compare_indicator(ITEM, "Rotherham", values=[value("Rotherham", "8.1", **told)])
    assert "Challenged by a scrutiny commission: it rests on the census of 2011." in found.words
    own = found.to_dict()["own"]
    assert isinstance(own, dict)
    assert own["challenge"] == "it rests on the census of 2011"
    for name, text in told.items():
        with pytest.raises(InvalidInputError, match="it is said wh"):
            value("Rotherham", "8.1", **{name: text})


def test_counts_that_contradict_a_percentage_are_told() -> None:
    """88 % beside 412 of 1,084 is told, with what the counts give and which counts would give 88 %."""
    wrong = value("York", "88", numerator=412, denominator="1,084")
    assert misfit(ITEM, wrong) == (
        "88 % does not fit 412 of 1,084, which is 38.01 %; 949 to 959 of 1,084 would give it"
    )
    assert "The counts contradict it: 88 % does not fit" in compare_indicator(ITEM, "York", values=[wrong]).words
    assert misfit(ITEM, value("York", "88", numerator=4, denominator=7)).endswith("no whole number of 7 gives it")
    rate = Indicator("ours", "2023-24", "R", "a rate", "per 100,000", "lower", "ours", "s", "people", "2025")
    assert "which is 500" in misfit(rate, Value(rate.key, "York", "2023-24", 50, numerator=5, denominator=1000))


@few
@given(st.integers(0, 500), st.integers(1, 500), st.integers(0, 2))
def test_what_counts_give_when_rounded_contradicts_nothing(counted: int, whole: int, places: int) -> None:
    """A percentage that is the counts' own, rounded to any digit, is never called a contradiction."""
    number = apply_rounding(Fraction(100 * counted, whole) * 10**places, "half_up") / 10**places
    assert misfit(ITEM, Value(ITEM.key, "York", "2023-24", number, numerator=counted, denominator=whole)) == ""
    off = number + Fraction(2, 10**places)
    wrong = Value(
        ITEM.key, "York", "2023-24", off, printed=f"{float(off):.{places}f}", numerator=counted, denominator=whole
    )
    assert misfit(ITEM, wrong)


@few
@given(st.lists(st.fractions(0, 100, max_denominator=4), min_size=2, max_size=6))
def test_a_trend_has_both_ends_and_one_way(numbers: list[Fraction]) -> None:
    """The change is the last less the first; it rises or falls only if no step goes the other way."""
    made = [Value(ITEM.key, "York", f"{2015 + at}-{16 + at}", number) for at, number in enumerate(numbers)]
    found = trend(ITEM, reversed(made))
    assert found.change == numbers[-1] - numbers[0]
    rising = numbers == sorted(numbers)
    falling = numbers == sorted(numbers, reverse=True)
    ways = {(True, True): "unchanged", (True, False): "rising", (False, True): "falling", (False, False): "up and down"}
    assert found.way == ways[rising, falling]
    assert "in 2015-16 to " in found.words


def test_a_trend_in_words() -> None:
    """A figure that rises is said with both ends, the change in points and the side."""
    found = trend(ITEM, [value("York", "20", "2021-22"), value("York", "23")])
    assert str(found) == "Rising: from 20 % in 2021-22 to 23 % in 2023-24, up 3 points, the better way (2 values)."
    mixed = trend(
        ITEM, [value("York", "20", "2021-22", scope="all"), value("York", "[c]", "2022-23"), value("York", "2")]
    )
    assert str(mixed) == (
        "One value alone shows no trend. Not in the trend, who is counted is not the same: 2021-22. "
        "Not in the trend, without a number: 2022-23."
    )


def test_something_that_is_no_council_may_be_compared() -> None:
    """A body goes by the name of its area; it has no region, and a misspelt council is told with its name."""
    pair = [value("Nowhere", "16"), value("England", "27")]
    assert compare_indicator(ITEM, "Nowhere", values=pair).gap == -11
    assert compare_indicator(ITEM, Body("N1", "Nowhere"), values=pair).gap == -11
    with pytest.raises(InvalidInputError, match="has no region"):
        compare_indicator(ITEM, "Nowhere", "region", values=pair)
    with pytest.raises(NameLookupError, match="'Rotheram' is not the name of a council: write Rotherham"):
        compare_indicator(ITEM, "Rotherham", values=[value("Rotheram", "16")])


def test_a_challenge_among_peers_and_years_is_told() -> None:
    """A disputed figure that is compared all the same is named: among the peers, in a trend, between two years."""
    told = {"challenged_by": "an auditor", "challenge": "cases were left out"}
    peer, old, new = value("Leeds", "9", **told), value("York", "8", "2022-23", **told), value("York", "9")
    found = compare_indicator(ITEM, "York", values=[new, old, peer])
    assert "Challenged, and counted all the same: Leeds, 2023-24: 9 %. Challenged by an auditor" in found.words
    assert "Challenged, 2022-23, by an auditor: cases were left out." in found.words
    assert "Challenged: York, 2022-23, by an auditor: cases were left out." in year_on_year(ITEM, [old], [new]).words


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    """A year that is none, a base that is no count and half a challenge are told together, each with its row."""
    file = tmp_path / "v.csv"
    file.write_text(
        "area,period,value,base,margin_of_error,challenged_by\n"
        "York,2023-24,9,x,,\nLeeds,2023/2025,9,,,\nHull,2023-24,9,1.5,-2,\nBarnet,2023-24,9,,,scrutiny\n"
    )
    with pytest.raises(InvalidInputError) as refused:
        read_values(file, ITEM)
    places = [(problem.where.row, problem.where.column) for problem in refused.value.problems]
    assert places == [(2, "base"), (3, ""), (4, "base"), (5, "challenged_by")]
