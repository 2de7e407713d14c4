"""What the values of the model say of themselves and of what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

from careassure.errors import InvalidInputError
from careassure.model.dates import PartialDate
from careassure.model.descriptor import Descriptor, descriptor_problems
from careassure.model.ids import (
    LONGEST_ID,
    as_text,
    brief,
    described,
    id_fault,
    name_fault,
    shown,
    twin_words,
    twins,
    unseen,
)
from careassure.model.reference import Reference
from careassure.model.scale import NotRated, Scale
from methods.frames import plain_frame

FRAME = plain_frame("care: a b", "low mid high").framework


def test_a_reference_is_printed_with_what_is_known_of_it() -> None:
    """Title, section, basis and address, as far as there are any."""
    assert str(Reference("r", "The rules", "https://example.org", "page 3", basis="law")) == (
        "The rules, page 3 [law] https://example.org"
    )
    assert str(Reference("r", "The rules", section="page 3")) == "The rules, page 3 [official]"
    assert str(Reference("r", "The rules", "https://example.org")) == "The rules [official] https://example.org"
    assert str(Reference("r", "The rules", basis="ours")) == "The rules [ours]"


def test_a_score_is_said_as_its_scale_has_it() -> None:
    """A number on a scale of numbers, a word on one of words, and why there is none."""
    words, numbers = (
        Scale.of("s", "S", ("a", "First", 3), ("b", "Second", 5), numeric=numeric) for numeric in (False, True)
    )
    assert (words.said(words.lowest), numbers.said(numbers.lowest)) == ("First", "3")
    assert (words.said(None), words.said(NotRated("not_judged"))) == ("not known", "Not judged")


def test_a_date_that_is_none_is_told_as_it_was_given() -> None:
    """Its parts stand in the message, with hyphens between, and what to write."""
    wrong: tuple[tuple[Any, str], ...] = (
        ((2025, 13), "2025-13"),
        ((2025, 2, 30), "2025-2-30"),
        ((2025, None, 3), "2025-3"),
        ((0,), "0"),
    )
    for parts, text in wrong:
        with pytest.raises(InvalidInputError) as caught:
            PartialDate(*parts)
        assert caught.value.message == "the date"
        assert [(str(problem.where), problem.message, problem.hint) for problem in caught.value.problems] == [
            ("", f"{text} is not a date", "Write a year, year-month or year-month-day")
        ]


def test_names_that_could_be_taken_for_each_other_are_told() -> None:
    """The same name, one in another case or with a hyphen, and one with a letter of another script, which is named."""
    assert twin_words("a", "a") == "'a' appears twice"
    assert twin_words("A", "a") == "'A' and 'a' could be taken for each other"
    assert twin_words("\u0430", "a") == (
        "'\u0430' and 'a' could be taken for each other: U+0430 (cyrillic small letter a)"
    )
    assert twin_words("a", "\u0430").endswith(": U+0430 (cyrillic small letter a)")
    assert list(twins(["a-b", "c", "A_b", "a-b"])) == [("A_b", "a-b"), ("a-b", "a-b")]
    assert list(twins(["a-b", "a_b", "A-B"], ids=False)) == [("A-B", "a-b")]


def test_characters_and_values_are_shown() -> None:
    """A character by number and name, a value as it is written, and what is long in part."""
    assert (described("\u20ac"), described("\x00")) == ("U+20AC (euro sign)", "U+0000")
    assert shown("x" * 10, 10) == repr("x" * 10)
    assert shown("x" * 11, 10) == "'xxxxxxxxx...' (11 characters)"
    assert (shown(10**10 - 1, 10), shown(-(10**10), 10)) == ("9999999999", "a number of very many digits")
    assert (shown([1] * 3, 5), shown([1] * 9, 5)) == ("[1, 1, 1]", "[1, 1...")
    assert (brief("plain"), brief("x" * 61), brief("a\u200bb")) == ("plain", shown("x" * 61), "'a\\u200bb'")
    assert (as_text("a"), as_text(None), as_text(3)) == ("a", "", "3")
    assert (unseen("plain"), unseen("a\u200bb"), unseen("a\nb")) == ("", "\u200b", "\n")


def test_what_is_wrong_with_an_id_or_a_name_is_told() -> None:
    """Its length, the first character that may not be in it, or that it begins wrongly or is empty."""
    assert id_fault("a" * LONGEST_ID) == ("", "")
    assert id_fault("a" * (LONGEST_ID + 1))[0].endswith("is too long")
    assert id_fault("")[0] == "an id is empty"
    assert id_fault("-a")[0] == "the id '-a' does not begin with a letter or digit"
    assert id_fault("a b")[0] == "the id 'a b' holds U+0020 (space)"
    assert id_fault("a\u00e9")[0] == "the id 'a\u00e9' holds U+00E9 (latin small letter e with acute)"
    assert "letters a to z" in id_fault("a b")[1]
    message, hint = id_fault("a" * 10_000)
    assert message.endswith("is too long")
    assert hint.startswith("Use at most ")
    assert name_fault("Ann", 3) == ("", "")
    assert name_fault("Anna", 3) == ("'Anna' is too long for a name", "Use at most 3 characters")
    assert name_fault("A\u200bn") == (
        "'A\\u200bn' holds a character that cannot be seen, U+200B (zero width space)", "Retype it",
    )  # fmt: skip


def test_a_descriptor_that_does_not_fit_is_told() -> None:
    """Its statement, its score and its source, each by the name of the field, with what to do."""

    def found(*fields: str) -> list[tuple[str, ...]]:
        return [
            (str(problem.where), problem.message, problem.hint)
            for problem in descriptor_problems(Descriptor(*fields), FRAME)
        ]

    assert found("a", "mid", "Text.", "A paper") == []
    assert found("aa", "mid", "Text.", "") == [
        ("statement", "'aa' is not a statement of the framework", "Did you mean a?")
    ]
    assert found("a", "best", "Text.", "") == [
        ("score", "'best' is not a grade of Scale s", 'Use "low", "mid" or "high"'),
        ("source", "it does not say whose words these are", "Name the document and its date"),
    ]
