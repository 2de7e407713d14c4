"""The screen for personal data: every form it claims is found, masked, and little else is taken for one."""

from __future__ import annotations

import calendar
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

import careassure as ca
from careassure.privacy.personal.lists import lists
from careassure.privacy.personal.numbers import check_digit_holds
from careassure.privacy.personal.screen import KINDS, nhs_number_is_valid, redact, screen, screen_problems
from careassure.testing.strategies import texts

ROOT = Path(__file__).parents[2]

BEFORE = ["", "Seen on Monday: ", "the panel agreed that ", "file 12, ", "(", "\n- ", "“", "and\t", "Note; "]
AFTER = ["", ".", ", as agreed.", " was read", ")", "\n", "”", "; see page 3", " \u2013 closed"]
GAPS = ["", " ", "-", "  ", "\u00a0", "\u2009", "\u2011", "\u2013", ".", "\n", " - ", "\u200b", "\u00ad"]
STYLES: dict[str, Callable[[str], str]] = {
    "ascii": lambda text: text,
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text),
    "soft hyphens": "\u00ad".join,
    "joiners": "\u200d".join,
    "fancy digits": lambda text: "".join(chr(0x1D7CE + int(c)) if c.isdigit() and c.isascii() else c for c in text),
    "no break": lambda text: text.replace(" ", "\u00a0"),
}  # fmt: skip


def styled(text: SearchStrategy[str]) -> SearchStrategy[str]:
    """The same as it could be pasted from elsewhere."""
    return st.builds(lambda style, each: STYLES[style](each), st.sampled_from(list(STYLES)), text)


@st.composite
def digits(draw: DrawFn) -> str:
    """Ten digits of which the last is the check digit of an NHS number."""
    nine = draw(st.text("0123456789", min_size=9, max_size=9))
    return next((nine + d for d in "0123456789" if check_digit_holds(nine + d)), "9434765919")


@st.composite
def nhs_numbers(draw: DrawFn) -> str:
    """NHS numbers in the groups and with the gaps in which they are written."""
    number = draw(digits())
    cuts = draw(st.sampled_from([(), (3, 6), (3, 7), (4, 7), (3, 6, 8)]))
    gap = draw(st.sampled_from(GAPS))
    parts = [number[a:b] for a, b in zip((0, *cuts), (*cuts, 10), strict=True)]
    return gap.join(parts)


@st.composite
def postcodes(draw: DrawFn) -> str:
    """Full postcodes of every shape."""
    outward = draw(
        st.sampled_from(["M1", "B33", "CR2", "DN55", "W1A", "EC1A", "SW1W", "GIR", "BF1", "GY1", "ZE3", "NW1", "L8"])
    )
    inward = draw(st.from_regex(r"[0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True)) if outward != "GIR" else "0AA"
    written = outward + draw(st.sampled_from(["", " ", "  ", "\u00a0", "-", "\n"])) + inward
    return draw(st.sampled_from([written, written.lower() if "th" not in written.lower() else written]))


@st.composite
def telephones(draw: DrawFn) -> str:
    """Telephone numbers of every shape in which they are written in Britain."""
    area, one, two = draw(
        st.sampled_from(
            [("20", "7946", "0958"), ("113", "496", "0123"), ("1632", "960", "123"), ("7700", "900", "123"),
             ("300", "123", "4567"), ("800", "123", "4567"), ("16977", "2", "345"), ("28", "9018", "0123")]
        )
    )  # fmt: skip
    gap = draw(st.sampled_from(["", " ", "-", "\u00a0", ".", "  ", "\u2011"]))
    local = one + draw(st.sampled_from(["", gap])) + two
    head = draw(
        st.sampled_from(
            [f"0{area}", f"(0{area})", f"+44{gap}{area}", f"+44 (0){area}", f"+44(0){gap}{area}", f"0044{gap}{area}",
             f"(+44) {area}", f"(+44){area}"]
        )
    )  # fmt: skip
    return head + gap + local


@st.composite
def emails(draw: DrawFn) -> str:
    """Addresses of electronic mail."""
    local = draw(st.from_regex(r"[a-z0-9]([a-z0-9_.+\-']{0,20}[a-z0-9])?", fullmatch=True))
    domain = draw(st.from_regex(r"([a-z0-9][a-z0-9\-]{0,10}[a-z0-9]\.){1,3}(uk|org|example|nhs)", fullmatch=True))
    return draw(st.sampled_from([f"{local}@{domain}", f"{local}@{domain}".upper(), f"{local}\uff20{domain}"]))


MONTHS = [calendar.month_name[number] for number in range(1, 13)]


@st.composite
def days(draw: DrawFn) -> str:
    """Days of the calendar as people write them."""
    day, month, year = draw(st.integers(1, 28)), draw(st.integers(1, 12)), draw(st.integers(1910, 2025))
    name = draw(st.sampled_from([MONTHS[month - 1], MONTHS[month - 1][:3], MONTHS[month - 1].upper()]))
    ordinal = draw(st.sampled_from(["", "st", "th"]))
    return draw(
        st.sampled_from(
            [f"{day}/{month}/{year}", f"{day:02}/{month:02}/{year}", f"{day:02}.{month:02}.{year}",
             f"{day}-{month}-{year}", f"{day:02}/{month:02}/{year % 100:02}", f"{day:02}.{month:02}.{year % 100:02}",
             f"{month}/{day}/{year}",
             f"{year}-{month:02}-{day:02}", f"{year}/{month:02}/{day:02}", f"{day}{ordinal} {name} {year}",
             f"{day}{ordinal} of {name}, {year}", f"{name} {day}{ordinal}, {year}", f"{day}-{name}-{year}",
             f"{day} {name} '{year % 100:02}", f"{day} {month:02} {year}", f"{day}{name}{year}"]
        )
    )  # fmt: skip


@st.composite
def births(draw: DrawFn) -> tuple[str, str]:
    """A date of birth among its words: the whole and the date."""
    day = draw(days())
    whole = draw(
        st.sampled_from(
            [f"born {day}", f"born on {day}", f"Born in Leeds on {day}", f"DOB {day}", f"DOB: {day}", f"D.O.B. {day}",
             f"d.o.b {day}", f"date of birth {day}", f"Date of birth (day, month, year): {day}",
             f"Date of Birth\n{day}",
             f"birthday is {day}", f"her birthday, {day}", f"birthdate: {day}", f"{day} (DOB)",
             f"{day} is her birthday", f"dob = {day}", f"D/O/B {day}", f"DOB\u00a0{day}"]
        )
    )  # fmt: skip
    return whole, day


SURE = sorted(lists().first_names)
SURNAMES = [
    "Example", "Patel", "O'Brien", "O\u2019Neill", "Smith-Jones", "McDonald", "van der Berg", "Kowalska", "Öztürk",
    "Świątek", "Łukaszewicz", "al-Hassan", "Al Hassan", "D'Souza", "bin Said", "Adeyemi", "Wood",
    "Green", "Begum", "Ng", "Nguyễn",
]  # fmt: skip
TITLES = [
    "Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Professor", "Sir", "Dame", "Lady", "Lord", "Cllr", "Councillor",
    "Rev", "Reverend", "Mr.", "Dr.", "MR", "mr", "mrs", "Cllr Mrs", "Rev Dr",
]  # fmt: skip


@st.composite
def people(draw: DrawFn) -> str:
    """Likely names: titles, first names and words for people."""
    title, surname = draw(st.sampled_from(TITLES)), draw(st.sampled_from(SURNAMES))
    first = draw(st.sampled_from(SURE)).capitalize()
    middle = draw(st.sampled_from(["", "J ", "J. ", "Mary "]))
    capital = surname[0].upper() + surname[1:]
    called = draw(st.sampled_from(["client called", "resident named", "service user named", "woman called"]))
    return draw(
        st.sampled_from(
            [f"{title} {surname}", f"{title} {first} {surname}", f"{title} A. {surname}", f"{title} J K {surname}",
             f"{first} {middle}{surname}", f"{called} Zorp {surname}", f"{called} Zorp", f"{first}-Ann {surname}",
             f"{first}\n{surname}", f"surname: {capital}", f"my name is {first}", f"her daughter {first}"]
        )
    )  # fmt: skip


def planted(thing: str, before: str, after: str) -> tuple[str, int, int]:
    return before + thing + after, len(before), len(before) + len(thing)


def kinds_within(text: str, start: int, end: int) -> set[str]:
    """The kinds of what was sighted in a stretch."""
    return {s.kind for s in screen(text) if s.start < end and s.end > start}


@pytest.mark.parametrize(
    ("kind", "things"),
    [
        ("nhs_number", styled(nhs_numbers())),
        ("postcode", styled(postcodes())),
        ("telephone", styled(telephones())),
        ("email", emails()),
        ("name", people()),
    ],
)
def test_what_is_planted_is_found(kind: str, things: SearchStrategy[str]) -> None:
    """Every form of an identifier that the screen claims is found, in any surroundings, and redaction takes it out."""

    @given(things, st.sampled_from(BEFORE), st.sampled_from(AFTER))
    def found(thing: str, before: str, after: str) -> None:
        text, start, end = planted(thing, before, after)
        assert kind in kinds_within(text, start, end), ascii(text)
        if kind not in {"name", "telephone"}:
            assert any(s.kind == kind and start <= s.start and s.end <= end for s in screen(text)), ascii(text)
            assert thing not in redact(text)
        for sighting in screen(text):
            assert text[sighting.start : sighting.end] != sighting.masked

    found()


@given(births(), st.sampled_from(BEFORE), st.sampled_from(AFTER))
def test_dates_of_birth_are_found(birth: tuple[str, str], before: str, after: str) -> None:
    """A day beside a word of birth is a date of birth, however both are written."""
    whole, day = birth
    text = before + whole + after
    start = text.index(day)
    assert "date_of_birth" in kinds_within(text, start, start + len(day)), ascii(text)


@given(
    days(), st.sampled_from(["met on {}", "agreed {}.", "valid from {} to 1 May 2026", "She was born in York. Seen {}"])
)
def test_dates_of_meetings_are_not_dates_of_birth(day: str, words: str) -> None:
    """A day without a word of birth, or with one in an earlier sentence, is no date of birth."""
    assert "date_of_birth" not in {s.kind for s in screen(words.format(day))}


@given(st.integers(60, 99))
def test_a_date_beside_an_age_is_a_birth_where_an_adult_can_be_born_then(age: int) -> None:
    """Beside an age a date counts where an adult can have been born on it, and a date of contact does not."""
    assert [s.kind for s in screen(f"aged {age} (12/3/1942), of Leeds")] == ["date_of_birth"]
    assert screen(f"aged {age} (12/3/2024), of Leeds") == ()
    assert screen(f"aged {age}, seen in March, and at 12/3/1999") == ()


@given(nhs_numbers(), st.integers(0, 9), st.integers(1, 9))
def test_a_wrong_check_digit_is_no_nhs_number(number: str, place: int, shift: int) -> None:
    """Ten digits of which one was altered are no NHS number."""
    places = [at for at, sign in enumerate(number) if sign.isdigit()]
    at = places[place]
    wrong = number[:at] + str((int(number[at]) + shift) % 10) + number[at + 1 :]
    assert "nhs_number" not in {s.kind for s in screen(f"a {wrong} b")}
    assert not nhs_number_is_valid(wrong)


@given(digits())
def test_validity_is_the_modulus_eleven(number: str) -> None:
    """A number is valid when the weighted sum of all ten digits, the last by one, is a multiple of eleven."""
    assert nhs_number_is_valid(f"{number[:3]} {number[3:6]}-{number[6:]}")
    assert sum(weight * int(digit) for weight, digit in zip(range(10, 0, -1), number, strict=True)) % 11 == 0


@pytest.mark.parametrize("text", ["", "943476591", "94347659190", "943 476 591X", "nine", "٩٤٣"])
def test_other_texts_are_no_nhs_numbers(text: str) -> None:
    """What is not ten digits is no NHS number."""
    assert not nhs_number_is_valid(text)


def test_any_grouping_counts_near_the_letters_nhs() -> None:
    """Near NHS the digits may stand in any groups; elsewhere rows of small counts are left alone."""
    odd = "9 4 3 4 7 6 5 9 1 9"
    assert [s.kind for s in screen(f"NHS no: {odd}")] == ["nhs_number"]
    assert screen(f"counts {odd}") == ()


QUIET = [
    "NW1 is a district, and so are SE5 and LS11.", "In 2024 it was 1,234,567 of 9,876,543 (12.5%).",
    "Open 09:00 to 17:00, 01/02/2024 10:30.", "It cost £07,000,000,000 over 2019 2020 2021 2022 2023.",
    "Version 0.1.2.3.4.5.6.7.8.9 of 2025-11-03.", "E09000007 and E10000016 are codes.", "Table E1 2nd version",
    "St George's Hospital and Queen Elizabeth Hospital", "Florence Nightingale ward", "on Mary Seacole Ward",
    "Martha's Rule", "Peter Street and Lady Margaret Road", "the Lord Mayor and the Lord Chancellor",
    "Joseph Rowntree Foundation", "John Lewis Partnership", "May 2025, June Board, April Report, August Bank Holiday",
    "Will Camden reply? Mark Each of them. Grant Funding was cut. Grace Period ends.",
    "Barking and Dagenham, Kingston upon Hull, Bath and North East Somerset, St Helens, King's Lynn",
    "Lincoln City Council, Warwick District Council, Victoria Park, Chelsea Road, Kent County Council",
    "Assessing Needs, Equity In Experience, Learning, Improvement And Innovation",
    "Princess Alexandra Hospital, Royal Victoria Infirmary, Great Ormond Street",
    "10 ms of work, a miss of 3, the dr of the account", "a project called Home First", "a policy named Care Closer",
    "carer support, client contribution, resident parking", "checkout@v4 and @mention and a @ b",
    "Care Act 2014, section 42",
    "12 to 14 March 2025", "Sir John Soane's Museum", "St Mary's, All Saints, Christ Church",
    "Charlotte Street Surgery",
    "The Hope Centre, Rose Court, Ivy Lodge, Jasmine House, Olive Grove", "Norman Court and Martin Close",
    "the Robert Jones unit and the John Smith centre", "Kent Nov", "Melton Mowbray, Milton Keynes, Bishop Auckland",
    "Kent, Lincoln, Chelsea and Victoria", "Power BI and English LAs", "Nurse Manager, Nurse Led Clinics, Sister Act",
    "Section B Smith, Hepatitis B Vaccination, Ward C, Plan B, Annex A Camden", "A Green Paper", "Father Time",
    "Smith, J. (2019). Brown, A., Jones, K. and Lee, B. (2020a). Patel S et al.", "W H Smith Ltd",
    "known as Home First",
    "Dear Sir, Dear Colleague, Dear All", "Name: Camden",
    "Major Incident, Captain of Industry, Constable Country",
    "Henry VIII Wing", "George Eliot Hospital NHS Trust", "Adam Practice", "Alexandra Palace",
]  # fmt: skip


def alarms(texts: Iterator[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(where, text[s.start : s.end]) for where, text in texts for s in screen(text)}


def test_places_bodies_and_counts_are_left_alone() -> None:
    """Places, bodies, months, headings and counts are not reported."""
    assert alarms((text, text) for text in QUIET) == set()


DELIBERATE = {"privacy.md"}
"""The page that shows what the screen finds."""

EXAMPLE_NUMBER = "943 476 5919"
"""The well-known example, by which pages show that an NHS number is refused."""

SHIPPED_ALARMS: set[tuple[str, str]] = set()
"""Every false alarm on the texts that ship: none. A new one is a name that should not be there, or belongs here."""


def catalogue_texts() -> Iterator[tuple[str, str]]:
    for installed in ca.frameworks():
        for found in installed.versions:
            yield from ((f"{found.id} {theme.id}", f"{theme.title}.") for theme in found.themes)
            yield from ((f"{found.id} {each.id}", f"{each.title}. {each.summary}") for each in found.statements)
            yield found.id, f"{found.title}. {found.summary}"
    for council in ca.councils():
        yield from ((name, name) for name in (council.name, *council.aliases))
    for each in ca.published():
        yield each.id, "\n".join([each.notes, *map(str, each.sources)])
    for path in sorted((ROOT / "src/careassure/catalogue").rglob("*")):
        if path.suffix in {".csv", ".toml"}:
            yield path.name, path.read_text(encoding="utf-8")


def page_texts() -> Iterator[tuple[str, str]]:
    pages = [ROOT / name for name in ("CHANGELOG.md", "README.md", "CONTRIBUTING.md")]
    for path in (*pages, *sorted((ROOT / "docs").rglob("*.md"))):
        if path.name not in DELIBERATE and "_build" not in path.parts:
            yield path.name, path.read_text(encoding="utf-8")


def test_the_catalogue_raises_no_alarm() -> None:
    """No title, summary, council, note, source or row of data that ships is taken for personal data."""
    assert alarms(catalogue_texts()) == SHIPPED_ALARMS


@pytest.mark.slow  # the same under every Python
def test_the_pages_raise_no_alarm() -> None:
    """No page of the documentation is, but for those that show identifiers on purpose."""
    found = {alarm for alarm in alarms(page_texts()) if alarm[1] != EXAMPLE_NUMBER}
    assert found == SHIPPED_ALARMS


@given(texts(max_size=60))
def test_any_text_is_screened(text: str) -> None:
    """Sightings of any text lie in it, in order and apart; what is redacted is what was sighted."""
    found = screen(text)
    ends = [0, *(s.end for s in found)]
    assert all(end <= s.start < s.end <= len(text) for end, s in zip(ends, found, strict=False))
    assert (redact(text) == text) is (not found)
    assert len(screen_problems("x", text)) == len(found)


@given(st.lists(nhs_numbers() | telephones() | people() | postcodes(), min_size=1, max_size=4))
def test_messages_never_repeat_what_was_found(things: list[str]) -> None:
    """No problem and no sighting shows the whole of what it is about."""
    text = ", ".join(things)
    for sighting, problem in zip(screen(text), screen_problems("E4", text), strict=True):
        value = text[sighting.start : sighting.end]
        assert value not in str(problem)
        assert value not in repr(sighting)
        assert f"character {sighting.start + 1}" in str(problem)
        assert problem.hint == "Remove it, or replace it with a code"


NAMES = ["Zorp", "Zorp Quux", "zoë quux", "O'Zorp", "Ng"]


@given(
    st.sampled_from(NAMES), st.sampled_from(["{}", "{}'s view", "saw {} twice", "({})", "no {}."]), st.integers(0, 2)
)
def test_names_that_are_given_are_found(name: str, around: str, case: int) -> None:
    """A name that the caller gives is found in any case, with or without accents, and whatever divides its words."""
    written = [name, name.upper(), name.lower().replace("ë", "e").replace(" ", "\u00a0")][case]
    text = around.format(written)
    start = text.index(written)
    assert any(s.start <= start and start + len(written) <= s.end for s in screen(text, names=[name]))
    assert not screen("zorpish quuxes", names=NAMES)
    assert screen(text, names=name) == screen(text, names=[name])


def test_what_is_allowed_is_not_reported() -> None:
    """An allowed string is left alone wherever it stands, and nothing beyond it is."""
    text = "Cllr Anna Example met Anna Examples and Anna Example on 020 7946 0958."
    assert len(screen(text)) == 4
    allowed = screen(text, allow=["Cllr Anna Example", "020 7946 0958", ""])
    assert [text[s.start : s.end] for s in allowed] == ["Anna Examples", "Anna Example"]
    assert screen("Peter Parker", allow="Peter Parker") == ()


def test_only_a_name_is_uncertain() -> None:
    """Forms are certain; a name is only likely, and the words say so."""
    text = "Anna Example, a@b.uk, M1 1AE, 020 7946 0958, 943 476 5919, AB 12 34 56 C, born 1 May 1950"
    found = {s.kind: s for s in screen(text)}
    assert set(found) == set(KINDS)
    assert [kind for kind, s in found.items() if not s.certain] == ["name"]
    assert found["name"].words == "what looks like a name"
    assert found["email"].words == "an email address"


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Zorp, b. 12/3/1942", "date_of_birth", "12/3/1942"), ("DOB: 12031942", "date_of_birth", "12031942"),
        ("ring 447700900123 now", "telephone", "447700900123"),
        ("from +48 22 123 45 67", "telephone", "+48 22 123 45 67"),
        ("EXAMPLE, Anna", "name", "EXAMPLE, Anna"), ("seen:\nAnna\u200bExample", "name", "Anna\u200bExample"),
        ("ANNA EXAMPLE", "name", "ANNA EXAMPLE"), ("a client who is called Zorp", "name", "Zorp"),
        ("next of kin name: Zorp Quux", "name", "Zorp Quux"), ("Sarah Wood, ward manager", "name", "Sarah Wood"),
        ("Anna Example ward manager", "name", "Anna Example"), ("Dr Wood and Cllr May", "name", "Cllr May"),
    ],
)  # fmt: skip
def test_rarer_forms_are_found(text: str, kind: str, found: str) -> None:
    """Forms that are rarer, each found as the whole and nothing more."""
    assert (kind, found) in {(s.kind, text[s.start : s.end]) for s in screen(text)}


@pytest.mark.parametrize(
    "text",
    ["Lady Street", "Mr. and others", "mr who", "Dr Zorp Hospital", "professor of law", "Miss A", "Mrs. S."],
)
def test_titles_of_places_and_of_letters_are_left_alone(text: str) -> None:
    """A title before a street, before a body, before plain small words or before one letter makes no name."""
    assert screen(text) == ()


def test_numbers_before_footnotes_are_found() -> None:
    """A digit set high after a number is a footnote, not part of it."""
    assert [s.kind for s in screen("943 476 5919² and 020 7946 0958¹")] == ["nhs_number", "telephone"]


HOSTILE = ["1", "a", " ", "0", "A", "@", "a@", "1 ", "-", "+4", "0(", "Mr ", "Anna ", "A.", "O'", "b.1", "born ",
           "1/1/1",
           "born 1/1/1950 ", "M1", "943 476 591",
           "0 ", "44 ", "7", "AB 12 ", "x at ", " dot ", "_at_", "(at)", "56 ", "56 (", "tel ", "a@a",
           "\u200b", "+44 (0)", "A-", "1 may ", "NHS 1 ", "DOB\n"]  # fmt: skip


def lines_run(text: str) -> int:
    """How many lines of the package are run to screen a text."""
    count = 0

    def watch(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if "privacy" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        screen(text, names=["Anna Anna b", "a"], allow=["Mr "])
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("seed", HOSTILE)
def test_work_grows_no_faster_than_the_text(seed: str) -> None:
    """Twice the text is at most twice the work, and a little, for texts made to be slow."""
    small, large = seed * (1000 // len(seed)), seed * (2000 // len(seed))
    assert lines_run(large) <= 2.1 * lines_run(small) + 160


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in ("births", "case_forms", "mails", "numbers", "people", "telephones", "tokens"):
        found = vars(import_module(f"careassure.privacy.personal.{module}"))
        yield from ((f"{module}.{name}", value) for name, value in found.items() if isinstance(value, re.Pattern))


@pytest.mark.parametrize(("name", "pattern"), list(patterns()))
def test_no_pattern_can_run_away(name: str, pattern: re.Pattern[str]) -> None:
    """Every pattern takes a bounded stretch, or is one class of characters repeated, so none can take long to fail."""
    parsed = re._parser.parse(pattern.pattern, pattern.flags)  # type: ignore[attr-defined]
    alone = len(parsed) == 1 and str(parsed[0][0]) == "MAX_REPEAT" and len(parsed[0][1][2]) == 1
    assert alone or parsed.getwidth()[1] < 1000, name


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "a", " ", "A a ", "@"])
def test_a_megabyte_is_screened(seed: str) -> None:
    """A million characters of anything are read to their end: what stands last is still found."""
    text = seed * (1_000_000 // len(seed)) + "; 943 476 5919"
    assert screen(text)[-1].kind == "nhs_number"
