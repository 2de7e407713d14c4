"""Identifiers in the forms in which people write them: each is found as what it is, and rows of counts are not."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from careassure.privacy.personal.screen import Sighting, redact, screen

AROUND = [
    "{}",
    "Seen on Monday: {}.",
    "the panel agreed ({}) and closed",
    "\n- {}\n",
    "note; {}; end",
    "\u201c{}\u201d",
]
FIRST_LETTERS = "ABCEGHJKLMNOPRSTWXYZ"
SECOND_LETTERS = "ABCEGHJKLMNPRSTWXYZ"
NEVER = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}


def sighted(text: str, kind: str) -> list[str]:
    """What was sighted as one kind."""
    return [text[each.start : each.end] for each in screen(text) if each.kind == kind]


@st.composite
def ni_numbers(draw: DrawFn) -> str:
    """National Insurance numbers with their last letter, in the groups and with the gaps in which they are written."""
    head = draw(st.sampled_from(FIRST_LETTERS)) + draw(st.sampled_from(SECOND_LETTERS))
    assume(head not in NEVER)
    number = draw(st.text("0123456789", min_size=6, max_size=6))
    gap = draw(st.sampled_from(["", " ", "-", ".", "\u00a0", "\u2011", " - "]))
    cuts = draw(st.sampled_from([(2, 4), (3, 3), ()]))
    parts = [number[a:b] for a, b in zip((0, *cuts), (*cuts, 6), strict=True) if a < b]
    written = gap.join([head, *parts, draw(st.sampled_from("ABCD"))])
    return written if gap else draw(st.sampled_from([written, written.lower()]))


@given(ni_numbers(), st.sampled_from(AROUND))
def test_national_insurance_numbers_are_found(number: str, around: str) -> None:
    """Two letters, six digits and a letter from A to D are a National Insurance number, however they are grouped."""
    text = around.format(number)
    assert sighted(text, "national_insurance_number") == [number]
    assert number not in redact(text)


@given(
    st.from_regex(r"[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2}", fullmatch=True),
    st.sampled_from(["NI no. {}", "NINO: {}", "National Insurance number is {}", "N.I. {}", "her ni number, {}"]),
    st.booleans(),
)
def test_near_the_words_the_last_letter_may_be_missing(number: str, words: str, small: bool) -> None:
    """Near *National Insurance*, *NI* or *NINO* any letters count, without the last one and in any case."""
    written = number.lower() if small else number
    assert sighted(words.format(written), "national_insurance_number") == [written]


@pytest.mark.parametrize(
    "text",
    ["BG123456A", "DA 12 34 56 A", "E09000007", "AB123456", "AB1234567C", "on 12 34 56 a", "QQ123456E", "form AB12"],
)
def test_other_letters_and_digits_are_no_national_insurance_number(text: str) -> None:
    """Letters that never begin one, more digits or no last letter make none."""
    assert screen(text) == ()


def test_a_temporary_number_and_the_example_of_forms_are_found() -> None:
    """TN with a date of birth and F or M is given for a time; QQ begins the example on forms."""
    assert sighted("TN 01 01 90 F and QQ 12 34 56 C", "national_insurance_number") == ["TN 01 01 90 F", "QQ 12 34 56 C"]


@st.composite
def mobiles(draw: DrawFn) -> str:
    """Mobile numbers in the forms of contact lists."""
    digits = "7" + draw(st.sampled_from("345789")) + draw(st.text("0123456789", min_size=8, max_size=8))
    gap = draw(st.sampled_from([" ", "-", ".", "\u00a0"]))
    three = gap.join([digits[:4], digits[4:7], digits[7:]])
    return draw(
        st.sampled_from(
            [f"0{three}", f"44{gap}{three}", f"44{digits}", f"44 (0){three}", f"(44) {three}", f"+44 (0) {three}",
             f"{digits[:4]} {digits[4:]}", three, gap.join("0" + digits), f"(0{digits[:4]}) {digits[4:]}",
             f"(0) {three}", f"07 {digits[1:4]} {digits[4:7]} {digits[7:]}", f"0{digits[:4]}/{digits[4:]}",
             f"+44{digits}", f"0044 {three}", f"mobile {digits}",
             f"0{digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}"]
        )
    )  # fmt: skip


@given(mobiles(), st.sampled_from(AROUND))
def test_mobiles_are_found(number: str, around: str) -> None:
    """A mobile number is found with or without its 0 or plus sign, in brackets, and digit by digit.

    One in eleven of those in three groups without a 0 also passes the check of an NHS number, and counts as one.
    """
    text = around.format(number)
    kinds = {each.kind for each in screen(text)}
    assert "telephone" in kinds or kinds == {"nhs_number"}, ascii(text)
    assert number.removeprefix("mobile ") not in redact(text)


@pytest.mark.parametrize(
    "text",
    ["Childline 0800 1111", "0845 46 47", "tel 946 0958", "Phone: 7946 0958", "tel. no. 496 0123",
     "landline is 496-0123", "call 0 2 0 7 9 4 6 0 9 5 8", "44 (0)20 7946 0958", "mobile no. 7700900123",
     "rang from 44 20 7946 0958"],
)  # fmt: skip
def test_rarer_telephone_numbers_are_found(text: str) -> None:
    """Short numbers, numbers without their area after a word for a telephone, and digits read out one by one."""
    assert [each.kind for each in screen(text)] == ["telephone"]


@pytest.mark.parametrize(
    "text",
    ["0 1 2 3 1 0 2 0 1 1 2", "scores 0 1 0 2 0 3 0 1 2 3 1", "on 07 12 2025 930", "44 12 20 30 40 50 12",
     "phone 2024/25", "0 7 5 1 0 2 3 4 1 0 2 3 3", "call 2024 2025", "phone plan 2024 2025", "7700 people and 900 more",
     "Tel 1234"],
)  # fmt: skip
def test_rows_of_counts_are_no_telephone_numbers(text: str) -> None:
    """Scores, counts, dates and years in a row make no telephone number."""
    assert screen(text) == ()


@given(st.sampled_from([(5,), (3,), (7,), (4,), (6,)]), st.sampled_from([" ", "-", "\u00a0"]))
def test_nhs_numbers_in_two_groups_are_found(cut: tuple[int], gap: str) -> None:
    """Ten digits with their check digit count in two groups of at least three."""
    number = "9434765919"
    assert sighted(f"for {number[: cut[0]]}{gap}{number[cut[0] :]}.", "nhs_number")


AGES = ["{} {a}", "{a} ({})", "{a}, {}", "{a} years old ({})", "{a} yrs, {}", "{a}-year-old ({})", "{a} y/o {}",
        "{a}yo; {}", "{a} | {}", "aged {a}, {}", "age: {a} ({})", "aged {a} years - {}", "{} ({a})", "{}, aged {a}",
        "{}; {a}",        "{} - {a} years old", "{}, age {a}", "{} [{a}]"]  # fmt: skip


@given(
    st.integers(1, 28), st.integers(1, 12), st.integers(18, 105), st.integers(2016, 2036), st.sampled_from(AGES),
    st.sampled_from(["{d}/{m}/{y}", "{d:02}.{m:02}.{y}", "{y}-{m:02}-{d:02}", "{d} May {y}", "May {d}, {y}"]),
)  # fmt: skip
def test_a_date_beside_an_age_is_a_birth_in_any_order(
    d: int, m: int, age: int, now: int, words: str, form: str
) -> None:
    """A date right beside the age that goes with it is a date of birth, whichever stands first."""
    day = form.format(d=d, m=m, y=now - age)
    text = f"She is {words.format(day, a=age)}."
    assert sighted(text, "date_of_birth") == [day]


@pytest.mark.parametrize(
    "text",
    ["12 (12/03/1970)", "met 3 times (12/03/2025)", "on 12/03/2024, 56 people", "within 28 days (1/4/2025)",
     "56 (12/03/1999)", "1/4/2025, 25%", "item 3.20 1/4/2000", "agreed 12/03/2020 and 12/03/2025"],
)  # fmt: skip
def test_numbers_beside_other_dates_are_no_ages(text: str) -> None:
    """A number that does not make an age with the date beside it makes no birth of it."""
    assert screen(text) == ()


@given(
    st.sampled_from(["born {}", "born on {}", "DOB {}", "DOB: {}", "date of birth {}", "date_of_birth={}", "D O B {}"]),
    st.sampled_from(["13011990", "19900113", "13/01/1990", "1990-01-13", "February 8, 1987", "130190"]),
    st.sampled_from(AROUND),
)
def test_digits_that_stand_together_are_a_birth_after_its_words(words: str, day: str, around: str) -> None:
    """Eight or six digits are a date of birth right after a word for it, in either order of year and day."""
    assert sighted(around.format(words.format(day)), "date_of_birth") == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [("Zorp (b. February 8, 1987)", "February 8, 1987"), ("Zorp (b 8 Feb 1987)", "8 Feb 1987"),
     ("19900113 (DOB)", "19900113"), ("turned 56 on 12 March 2026", "12 March 2026"), ("b: 1/2/1950", "1/2/1950")],
)  # fmt: skip
def test_rarer_births_are_found(text: str, day: str) -> None:
    """The letter b alone, a label that comes after, and a birthday that was just kept."""
    assert sighted(text, "date_of_birth") == [day]


@given(
    st.from_regex(r"[a-z]{2,9}([._][a-z]{2,9})?", fullmatch=True),
    st.sampled_from(["example", "sub-host", "nhs"]), st.sampled_from(["com", "org", "uk", "net"]),
    st.sampled_from(["{} (at) {}.{}", "{} [at] {} [dot] {}", "{} AT {} DOT {}", "{} at {} dot {}", "{}(at){}.{}",
                     "{} @ {}.{}", "{} AT {}.{}", "{}_at_{}_dot_{}", "{} <at> {} <dot> {}", "{} {{at}} {}.{}"]),
    st.sampled_from(AROUND[:-1]),
)  # fmt: skip
def test_addresses_that_are_written_out_are_found(local: str, host: str, top: str, form: str, around: str) -> None:
    """An address is found with *at* and *dot* in words or brackets, and with spaces about its sign."""
    written = form.format(local, host, top)
    assert sighted(around.format(written), "email") == [written]


@pytest.mark.parametrize(
    ("text", "found"),
    [("ask x@localhost", True), ("jsmith@council said", True), ("uses checkout@v4", False), ("a @ b", False),
     ("look at gov.uk", False), ("at the dot com", False), ("MEET AT GOV.UK", False), ("5 @ 3.50", False)],
)  # fmt: skip
def test_a_host_without_a_dot_makes_an_address(text: str, found: bool) -> None:
    """A name at a host is an address; a version, a price or a place is none."""
    assert bool(sighted(text, "email")) is found


def test_a_national_insurance_number_is_certain() -> None:
    """It is masked, certain, and named in words."""
    sighting: Sighting = screen("AB 12 34 56 C")[0]
    assert sighting.certain
    assert sighting.words == "a National Insurance number"
    assert sighting.masked.count("•") >= 6
    assert redact("is AB 12 34 56 C.") == "is [national insurance number]."
