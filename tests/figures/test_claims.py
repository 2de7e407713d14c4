"""Printed claims are held against the figures that they rest on, with all that a rounded figure can stand for."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from careassure.cli import main
from careassure.errors import InvalidInputError, InvalidTableError
from careassure.figures import check_claim, check_claims, counts_that_fit
from careassure.model.rounding import with_commas

CLAIMS = Path(__file__).parent / "data" / "claims.csv"
COUNTS = st.integers(1, 20_000)
TENTHS = st.integers(100, 99_999).map(lambda number: Fraction(number, 1000))
PLACES = st.integers(0, 3)


def printed(number: Fraction, places: int) -> str:
    """A number as it is printed with so many decimals, zeros at its end too."""
    whole, _, rest = with_commas(number, places).partition(".")
    return f"{whole}.{rest.ljust(places, '0')}" if places else whole


@given(COUNTS, COUNTS, PLACES)
def test_what_follows_holds(before: int, after: int, places: int) -> None:
    """A percentage worked out of two counts and rounded holds, with its direction and without."""
    change = Fraction(100 * (after - before), before)
    text = f"{printed(abs(change), places)} %"
    way = "rose" if after > before else "fell"
    for claim in (text, f"{way} by {text}" if change else text):
        found = check_claim(claim, before, after)
        assert found.verdict in ("holds", "holds as rounded")
        assert found.certain
        assert (found.verdict == "holds") == (found.value == change and change * 10**places % 1 == 0)


@given(COUNTS, COUNTS, PLACES, st.integers(1, 50))
def test_what_is_further_off_than_a_digit_does_not_hold(before: int, after: int, places: int, more: int) -> None:
    """A percentage that is off by a whole step of its last digit or more does not hold, and what is right is said."""
    assume(after != before)
    change = Fraction(100 * abs(after - before), before)
    wrong = change + Fraction(more, 10**places)
    found = check_claim(f"{printed(wrong, places)} %", before, after)
    assert found.verdict == "does not hold"
    assert check_claim(found.right, before, after).verdict in ("holds", "holds as rounded")


@given(TENTHS, TENTHS, PLACES, PLACES)
def test_rounded_figures_refute_nothing_that_is_true(
    before: Fraction, after: Fraction, shown: int, places: int
) -> None:
    """Whatever numbers were printed, a claim that was worked out from them before they were rounded can hold."""
    first, last = printed(before, shown), printed(after, shown)
    assume(Fraction(first.replace(",", "")) and shown)
    claims = {
        "%": f"{printed(abs(100 * (after / before - 1)), places)} %",
        "times": f"{printed(after / before, places)}-fold",
        "": f"{printed(abs(after - before), places)}",
    }
    for claim in claims.values():
        assert check_claim(claim, first, last).verdict != "does not hold", claim


@given(TENTHS, TENTHS, st.integers(0, 10), st.integers(0, 10), st.integers(0, 200))
def test_what_is_certain_is_true_of_all(before: Fraction, after: Fraction, one: int, two: int, claim: int) -> None:
    """Where a verdict is certain, the same is true of every number that would be printed as the figures are."""
    first, last = printed(before, 1), printed(after, 1)
    assume(Fraction(first))
    found = check_claim(f"{claim} %", first, last)
    low, high = Fraction(first) - Fraction(1, 20), Fraction(last) - Fraction(1, 20)
    inside = check_claim(f"{claim} %", low + Fraction(one, 100), max(high + Fraction(two, 100), Fraction(0)))
    if found.certain:
        assert (inside.verdict == "does not hold") == (found.verdict == "does not hold")


@given(st.integers(1, 200), st.integers(0, 1000), st.integers(0, 1))
def test_the_counts_that_fit_are_those_that_round_to_it(of: int, share: int, places: int) -> None:
    """The counts that fit a percentage are just those whose own percentage rounds to it, a half up or down."""
    step = Fraction(1, 10**places)
    value = Fraction(share, 10) if places else Fraction(share // 10)
    found = counts_that_fit(f"{printed(value, places)} %", of)
    assert found == tuple(n for n in range(of + 1) if abs(Fraction(100 * n, of) - value) <= step / 2)


@given(st.lists(st.integers(0, 500).map(lambda n: Fraction(n, 10)), min_size=2, max_size=5))
def test_parts_that_were_rounded_can_add_up(parts: list[Fraction]) -> None:
    """Percentages that were rounded to whole ones can make the rounded total, whatever they were."""
    total = printed(sum(parts, Fraction(0)), 0)
    said = " + ".join(f"{printed(part, 0)} %" for part in parts)
    assert check_claim(f"{total} % = {said}").verdict != "does not hold"


@pytest.mark.parametrize(
    ("claim", "figures", "verdict", "said"),
    [
        ("5.5-fold", ("2,303", "12,574"), "holds as rounded", "12,574 is 5.46 times 2,303"),
        ("a third", ("175", "231.2"), "holds as rounded", "a rise of 32.1 %"),
        ("28.4 %", ("57.4", "73.7"), "holds as rounded", "between 28.2 % and 28.6 %"),
        ("15 %", ("41 %", "56 %"), "does not hold", "Right would be a rise of 15 points, or 37 %"),
        ("15 percentage points", ("41 %", "56 %"), "holds", "between 14 points and 16 points"),
        ("60 = 23 + 37", (), "holds", "23 + 37 is 60"),
        ("32 + 42 + 17 = 92", (), "does not hold", "Right would be 91"),
        ("86 % of 117", (), "can hold", "only 101 of 117 is printed so"),
        ("86.5 % of 117", (), "does not hold", "86.3 % (101 of 117) or 87.2 % (102 of 117)"),
        ("fell by 2.5 %, from 2,174 to 2,120", (), "holds as rounded", "a fall of 2.48 %"),
        ("rose by 2.5 %, from 2,174 to 2,120", (), "does not hold", "It went the other way"),
        ("102 of 152 (67.1 %)", (), "holds as rounded", "102 of 152 is 67.11 %"),
        ("102 of 152 = 67.2 %", (), "does not hold", "Right would be 67.1 %"),
        ("87 %", ("100", "186.9"), "holds as rounded", "a rise of 86.9 %"),
        ("86 %", ("100", "186.9"), "does not hold", "It is cut off there"),
        ("5-fold", ("10", "60"), "does not hold", "what was added"),
        ("150 %", ("10", "15"), "does not hold", "what the second figure is of the first"),
        ("22 %", ("100", "82"), "does not hold", "It fits as a part of the second figure"),
        ("halved", ("100", "52"), "holds as rounded", "a fall of 48 %"),
        ("fell to a third, from 90 to 31", (), "holds as rounded", "31 is 34.4 % of 90"),
        ("more than doubled, from 10 to 21", (), "holds", "21 is 2.1 times 10"),
        ("double", ("8.1 %", "16.8 %"), "holds as rounded", "2.07 times"),
        ("doubled", ("10", "24"), "does not hold", "Right would be 2.4 times"),
        ("almost 30 %", ("57.4", "73.7"), "holds", "a rise of 28.4 %"),
        ("almost 40 %", ("57.4", "73.7"), "does not hold", "a rise of 28.4 %"),
        ("nearly half, 46 of 100", (), "holds", "46 of 100 is 46 %"),
        ("nearly half, 51 of 100", (), "does not hold", ""),
        ("fewer than 5 %", ("100", "97"), "holds", "a fall of 3 %"),
        ("about 10,000 more", ("2,303", "12,574"), "holds as rounded", "10,271"),
        ("10,000 more", ("2,303", "12,574"), "does not hold", "10,271"),
        ("one in 10 of 90", (), "can hold", "only 9 of 90"),
        ("£1.2m \u2192 £1.5m: up by a quarter", (), "holds", "between 16 % and 34.8 %"),
        ("\u22122.5 %", ("2,174", "2,120"), "holds as rounded", "a fall"),
        ("0 %", ("50", "50"), "holds", "no change"),
    ],
)  # fmt: skip
def test_claims_as_they_are_printed(claim: str, figures: tuple[str, ...], verdict: str, said: str) -> None:
    """Claims of the forms in use, some of them published, are read and judged as a careful reader would."""
    found = check_claim(claim, *figures)
    assert (found.verdict, said in found.words) == (verdict, True), found.words


@pytest.mark.parametrize(
    ("claim", "figures", "said"),
    [
        ("28.4 %", (), "does not say what it rests on"),
        ("28.4 %", ("57.4",), "one figure of the change is missing"),
        ("many more", ("1", "2"), "it says no figure"),
        ("rose by 5 % or fell by 6 %", ("1", "2"), "more than one figure to check: 5 % and 6 %"),
        ("5 % up and down", ("1", "2"), "both 'up' and 'down'"),
        ("28.4 %", ("57.4", "73.7 %"), "do not count the same"),
        ("28.4 %", ("0", "73.7"), "has no percentage"),
        ("86 % of 0", (), "not a whole of 1 to"),
        ("54 of 117", (), "it says no figure"),
        ("more than 7,000 of 20,000 (35 %)", (), "'more than 7,000' leaves open how many it is"),
        ("5-fold of 117", (), "is not a share"),
        ("60 = 23 + x", (), "does not begin with a figure"),
        ("60 = 23 plus 37", (), "is not a sign between figures"),
        ("60 = 23 = 37", (), "one sign = between"),
        ("60 + 1 = 23 + 38", (), "neither side of = is a single figure"),
        ("60 = 23 % + 37", (), "adds per cents and numbers"),
        ("60 = 23 % + 37 %", (), "one side counts per cent"),
        ("60 = 23 / 0", (), "divides by 0"),
        ("60 = 23 + 37", ("1", "2"), "figures are given beside it"),
        ("2.5 %, from 1 to 2", ("1", "3"), "it says 2, and 3 is given beside it"),
        ("x" * 2000, (), "2,000 characters"),
        (" ", (), "it is blank"),
        ("5 %", ("one", "2"), "it is not a figure"),
    ],
)  # fmt: skip
def test_what_cannot_be_checked_is_refused(claim: str, figures: tuple[str, ...], said: str) -> None:
    """A claim that leaves open what it says or what it rests on is refused, and told why."""
    with pytest.raises(InvalidInputError) as caught:
        check_claim(claim, *figures)
    assert said in str(caught.value)


def test_a_table_of_claims(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every claim of a table is checked in its order, and its other columns stay beside it."""
    assert check_claims(CLAIMS).words == "8 claims: 1 holds, 5 hold as rounded, 1 can hold and 1 does not hold."
    assert main(["check-claim", "--file", str(CLAIMS), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["row"] for row in rows] == [str(n) for n in range(2, 10)]
    assert rows[0]["in_the_file_source"] == "reviews of mental health detention"
    assert rows[5]["counts"] == "101"
    assert main(["check-claim", "--file", str(CLAIMS), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[3]["verdict"] == "does not hold"
    path = tmp_path / "c.csv"
    path.write_text("claim,from,before\n5 %,1,2\n")
    with pytest.raises(InvalidTableError, match="'from' and 'before' mean the same"):
        check_claims(path)
    path.write_text('claim,from,to,note\n5 %,1,x,\nnothing,1,2,\n"5 %",100,105,ask a.person@example.org\n')
    with pytest.raises(InvalidTableError) as caught:
        check_claims(path)
    for said in ("row 2: the claim 'x': it is not a figure", "row 3: the claim 'nothing'", "row 4, column note: "):
        assert said in str(caught.value)


@pytest.mark.parametrize(
    "words", [(), ("5 %", "--file", "x.csv"), ("--file", "x.csv", "--of", "3"), ("5 %", "--sheet", "a")]
)
def test_a_claim_or_a_table(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """The command takes a claim or a table of them, and refuses both, neither and options of the other."""
    assert main(["check-claim", *words]) == 2
    assert capsys.readouterr().err
