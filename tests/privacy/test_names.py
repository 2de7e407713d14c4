"""Names of people in the forms of notes, lists and minutes, and what looks like one and is none."""

from __future__ import annotations

import time
import tomllib
from importlib.resources import files

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careassure.privacy.personal.lists import lists
from careassure.privacy.personal.screen import redact, screen
from patience import PATIENCE

FIRSTS = ["Anna", "Seán", "Zoë", "Folasade", "Linh", "Harpreet", "Dafydd", "Xiu", "Norah", "Dmitri", "Ama", "Zainab"]
LASTS = [
    "Smith",
    "O'Neill",
    "O\u2019Brien",
    "Nguyễn",
    "Patel",
    "Smith-Jones",
    "MacLeod",
    "Okonkwo",
    "Kowalska",
    "Öztürk",
]
LATER = ["van der Berg", "al-Hassan", "de Souza", "bin Salman"]
CELLS = ["{}", "12; {}; review", "Seen: {}.", "({})", "a | {} | b", "Cases:\n{}\nclosed"]
SENTENCES = ["the panel met {} on Monday", "a call from {}, who was glad", "Agreed with {}.", "for {} to decide"]


def named(text: str) -> list[str]:
    """What was sighted as a name."""
    return [text[each.start : each.end] for each in screen(text) if each.kind == "name"]


first = st.sampled_from(FIRSTS)
last = st.sampled_from(LASTS)
letters = st.lists(st.sampled_from("BCDEFGHJKLMNPRSTW"), min_size=1, max_size=3)


@given(first, last | st.sampled_from(LATER), st.sampled_from(CELLS), st.sampled_from(["", " Mary", " J", " J."]))
def test_surname_comma_first_is_a_name(first: str, last: str, cell: str, middle: str) -> None:
    """*Surname, First* is a name, with small words before it and with a middle name."""
    assert named(cell.format(f"{last}, {first}{middle}")) == [f"{last}, {first}{middle}".removesuffix(".")]


@given(first, last, st.sampled_from(CELLS), st.booleans())
def test_a_surname_in_capitals_before_a_first_name_is_a_name(first: str, last: str, cell: str, comma: bool) -> None:
    """*SURNAME First* is a name, with a comma or without."""
    written = f"{last.upper()}{',' * comma} {first}"
    assert named(cell.format(written)) == [written]


@example(["N", "B"], "Smith", "{}", ". ")
@example(["G", "P"], "van der Berg", "{}", ".")
@given(letters, last | st.sampled_from(LATER), st.sampled_from([*CELLS, *SENTENCES]), st.sampled_from([". ", ".", " "]))
def test_initials_and_a_surname_are_a_name(initials: list[str], last: str, around: str, gap: str) -> None:
    """*J. Surname*, *J.R. Surname* and *J R Surname* are names."""
    written = "".join(f"{each}{gap}" for each in initials).rstrip() + f" {last}"
    assert named(around.format(written)) == [written]


@given(letters, last | st.sampled_from(LATER), st.sampled_from(CELLS), st.sampled_from([" ", ". ", "."]), st.booleans())
def test_a_surname_and_initials_are_a_name(letters: list[str], last: str, cell: str, gap: str, comma: bool) -> None:
    """*Surname J*, *Surname, J.R.* and *Surname J R* are names."""
    written = f"{last}{',' * comma} " + gap.join(letters)
    assert named(cell.format(written)) == [written]


@given(
    st.sampled_from(
        ["Sister", "Father", "Nurse", "Matron", "Pastor", "Imam", "Rabbi", "Aunt", "Sgt", "Judge", "Dr", "Prof"]
    ),
    first | last,
    st.sampled_from(SENTENCES),
)
def test_a_calling_with_a_name_is_a_name(calling: str, name: str, sentence: str) -> None:
    """A calling or a relative in capitals is a title where a name follows."""
    assert named(sentence.format(f"{calling} {name}")) == [f"{calling} {name}"]


@given(first, last, st.sampled_from([*CELLS, *SENTENCES]), st.booleans())
def test_first_and_last_are_a_name_in_either_order(first: str, last: str, around: str, turned: bool) -> None:
    """A first name and a surname are a name, also the surname first, as in much of Asia, and in capitals."""
    written = f"{last} {first}" if turned else f"{first} {last}"
    assert named(around.format(written)) == [written]
    assert named(around.format(written.upper())) == [written.upper()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("John and Mary Smith came", ["John and Mary Smith"]), ("John & Mary Smith", ["John & Mary Smith"]),
        ('Robert "Bob" Smith', ['Robert "Bob" Smith']), ("Robert (Bob) Smith", ["Robert (Bob) Smith"]),
        ("Dear Folasade,", ["Folasade"]), ("Client: Okonkwo", ["Okonkwo"]), ("Name: Zorp Quux", ["Zorp Quux"]),
        ("Ann, née Patel", ["Patel"]), ("client Okonkwo said", ["Okonkwo"]), ("patient Smith said", ["Smith"]),
        ("her daughter Zorpina's flat", ["Zorpina"]), ("a man called de Souza", ["de Souza"]),
        ("Zorp Patel rang", ["Zorp Patel"]), ("ZORP PATEL", ["ZORP PATEL"]), ("Singh Harpreet", ["Singh Harpreet"]),
        ("JR Smith", ["JR Smith"]), ("A Patel (carer)", ["A Patel"]), ("told A Brown of it", ["A Brown"]),
        ("Patel S, Khan A, Jones B", ["Patel S", "Khan A", "Jones B"]), ("MARK PATEL", ["MARK PATEL"]),
        ("Wood, Anna; Hill, J.", ["Wood, Anna", "Hill, J"]), ("Burton, James", ["Burton, James"]),
        ("Khan, Grace", ["Khan, Grace"]), ("mrs o'neill", ["mrs o'neill"]),
        ("Smith, J. R. (b. 1/2/1950)", ["Smith, J. R"]),
        ("Ó Briain, Anna", ["Ó Briain, Anna"]), ("DE SOUZA, Anna", ["DE SOUZA, Anna"]),
        ("her husband, Trevor, and", ["Trevor"]), ("daughter - Linh", ["Linh"]), ("Bro. Thomas", ["Bro. Thomas"]),
    ],
)  # fmt: skip
def test_rarer_names_are_found(text: str, found: list[str]) -> None:
    """Couples, nicknames, labels, greetings and surnames that are also words, each as a whole."""
    assert named(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Smith, J. (2019)", "Smith, J. and Jones, K. (2019)", "Patel S et al.",
        "Brown, L., Cai, T. and DasGupta, A. (2001)",
        "Wilson, E. B. (1927)", "Lee, B. 2020", "Smith J., Jones K. and Brown L. (2019)",
    ],
)  # fmt: skip
def test_authors_before_a_year_are_left_alone(text: str) -> None:
    """The author of a paper, in front of its year, is not somebody of a case."""
    assert named(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Will Camden reply, and will Will King's Lynn", "Mark Each", "Grace Period", "May Board",
        "Kent, Lincoln, Victoria",
        "Ward B, Block C, Wing A and Room D", "Section J Smith", "Table A Leeds", "A Green Paper",
        "A Parquet file", "Camden,E09000007", "Essex A12", "U.S. Census", "W H Smith Ltd",
        "Nurse Manager", "Sister Act",
        "the Robert Jones unit", "John Smith school", "Robert Jones unit, Mary Seacole house",
        "Wilson, Clopper-Pearson, Jeffreys",
        "Yes, Anna", "Monday, June 3", "NHS, CQC, ADASS", "Name: Camden", "Dear Colleague", "PyArrow, DuckDB",
        "Father Christmas",
        "St Mary Magdalene", "Sister Company", "Judge each case", "Major Works", "Captain of Industry",
        "Option B Camden",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_name_is_left_alone(text: str) -> None:
    """Places, letters of sections, headings, products and plain words are no names."""
    assert named(text) == []


def test_a_unit_that_bears_a_name_has_staff_with_names() -> None:
    """A ward or a unit makes a place of a name before it, but not where a word for staff follows."""
    assert named("the Robert Jones unit") == []
    assert named("Robert Jones, unit manager; Robert Jones unit manager") == ["Robert Jones", "Robert Jones"]


HOSTILE = ["Anna ", "A. ", "Smith, ", "Smith J, ", "van ", "O'", "Ó ", "Smith-", "Mr ", "Sister ", "Smith, J. and ",
           "(", "x at y", " dot a", "7700 ", "1/1/1950 56 ", "AB 12 ", "her ", "ANNA ", "a@", "A B C ", "Dear ",
           'Anna "Anna" ', "al-", "0 "]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("seed", HOSTILE)
def test_a_long_hostile_text_is_screened_in_time(seed: str) -> None:
    """A hundred thousand characters, made to be slow, take seconds at most, not minutes.

    That the time grows no faster than the text is counted in lines that run, in ``test_screen``; here is the clock.
    """
    start = time.process_time()
    screen(seed * (100_000 // len(seed)))
    assert time.process_time() - start < 2 * PATIENCE


def test_the_lists_are_plain_and_say_where_they_come_from() -> None:
    """Every list holds small letters without accents, in order and once, with its source and licence beside it."""
    for path in (files("careassure.privacy") / "words").iterdir():
        if not path.name.endswith(".toml"):
            continue
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        assert table["source"].strip()
        assert table["licence"].strip()
        for words in table["words"].values():
            assert words.split() == sorted(set(words.split())), path.name
            assert all(word.isascii() and word.isalpha() and word.islower() for word in words.split()), path.name


def test_the_lists_do_not_contradict_each_other() -> None:
    """A name that is no other word is no common English word, and none that is also a word is listed as plain."""
    found = lists()
    assert not found.surnames & found.word_surnames
    assert not found.first_names & found.also_words
    assert not found.surnames & found.english
    assert len(found.first_names) > 15_000
    assert len(found.surnames) > 20_000


@given(st.sampled_from(sorted(lists().first_names)), st.sampled_from(sorted(lists().surnames - lists().places)))
def test_any_first_name_with_any_surname_is_found(first: str, last: str) -> None:
    """Every pair of listed names is a name, and redaction takes both out."""
    text = f"Met {first.capitalize()} {last.capitalize()} today."
    if last in lists().words["plain"] | lists().words["bodies"]:
        return
    assert redact(text) == "Met [name] today."
