"""Folding of names, near names, and lists of words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.model.text import fold, join, near, plural, whole
from careassure.testing.strategies import keys, texts

ACCENTS = ["\u0300", "\u0301", "\u0308", "\u0327"]


@given(texts())
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded name stays as it is when it is folded again."""
    assert fold(fold(text)) == fold(text)


@given(texts())
def test_folded_names_are_plain_words(text: str) -> None:
    """A folded name holds letters and digits with single spaces between words; ASCII ones are lower-case."""
    found = fold(text)
    assert found == " ".join(found.split(" ")).strip()
    assert all(letter.isalnum() or letter == " " for letter in found)
    assert not any(letter.isascii() and letter.isupper() for letter in found)
    assert "  " not in found


@given(keys(), st.sampled_from([str.upper, str.title, str.swapcase]), st.sampled_from(["-", " ", "_", ", ", " / "]))
def test_case_and_punctuation_do_not_matter(key: str, case: Callable[[str], str], gap: str) -> None:
    """Case, and what stands between words, make no difference."""
    assert fold(case(key).replace("_", gap)) == fold(key)


@given(keys(), st.lists(st.sampled_from(ACCENTS), min_size=1, max_size=3))
def test_accents_do_not_matter(key: str, accents: list[str]) -> None:
    """Accents on letters, in either form of Unicode, make no difference."""
    marked = "".join(letter + "".join(accents) for letter in key)
    assert fold(marked) == fold(unicodedata.normalize("NFC", marked)) == fold(key)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hammersmith & Fulham", "hammersmith and fulham"),
        ("St. Helens", "Saint Helens"),
        ("ST HELENS", "st-helens"),
        ("King's Lynn", "Kings Lynn"),
        ("People\u2019s experience", "People's experience"),
        ("Requires_Improvement", "requires improvement"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    """Names that readers take for the same fold alike."""
    assert fold(one) == fold(other)


def test_saint_is_a_word_of_its_own() -> None:
    """Only the whole word "saint" is shortened."""
    assert fold("Saints of Saintbury") == "saints of saintbury"


@given(st.lists(keys(), min_size=1, max_size=6), texts(max_size=8))
def test_suggestions_come_from_what_is_known(known: list[str], name: str) -> None:
    """Near names are among the known ones, each once, at most three, and a name is nearest to itself."""
    found = near(name, known)
    assert set(found) <= set(known)
    assert len(set(found)) == len(found) <= 3
    assert near(known[0], known)[0] == known[0]


def test_near_names_are_found() -> None:
    """A misspelt name finds the right one, and nonsense finds nothing."""
    assert near("safegarding", ["governance", "safeguarding", "learning"])[0] == "safeguarding"
    assert near("xyzzy", ["governance", "safeguarding"]) == ()


@given(st.lists(keys(), max_size=5))
def test_joining_keeps_every_word(words: list[str]) -> None:
    """A list in a sentence holds every word in order, the last after its conjunction."""
    text = join(words, "or")
    assert [word for part in text.split(", ") for word in part.split(" or ") if word] == words
    assert text.count(", ") == max(0, len(words) - 2)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (plural(1, "point"), "1 point"),
        (plural(0, "point"), "0 points"),
        (plural(1234, "council"), "1,234 councils"),
        (plural(2, "authority", "authorities"), "2 authorities"),
        (plural(1, "authority", "authorities"), "1 authority"),
        (join([]), ""),
        (join(["a", "b", "c"]), "a, b and c"),
    ],
)
def test_counts_and_lists_read_as_english(found: str, text: str) -> None:
    """Counts and lists read as in an English sentence."""
    assert found == text


def test_a_whole_number_has_at_most_eighteen_digits() -> None:
    """Digits from 0 to 9 alone, perhaps with a minus and spaces around them."""
    for text, number in (("7", 7), (" -12 ", -12), ("9" * 18, 10**18 - 1), ("-" + "9" * 18, 1 - 10**18), ("007", 7)):
        assert whole(text) == number
    for text in ("9" * 19, "-" + "9" * 19, "", "-", "--1", "1.0", "\u0663", "1_0", "+1"):
        with pytest.raises(ValueError, match="not a whole number"):
            whole(text)
