"""The word lists of the finder of names, from the files in ``words``; each file says where its words come from."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from attrs import frozen

_Words = frozenset[str]


@frozen
class Lists:
    """Sets of words in small letters without accents.

    Args:
        first_names: First names that are no other common word.
        also_words: First names that are also words or places.
        surnames: Surnames that are no other common word.
        word_surnames: Frequent surnames that are also words.
        english: Common English words.
        places: Towns, counties, countries and bodies.
        words: The sets of ``people.toml`` by name: titles, relatives, what makes a place, and the like.
        leads: What may begin a name in small letters: a title, or a small word such as *de*.
    """

    first_names: _Words
    also_words: _Words
    surnames: _Words
    word_surnames: _Words
    english: _Words
    places: _Words
    words: dict[str, _Words]
    leads: _Words


@cache
def lists() -> Lists:
    """All lists, read once and only when a text is screened."""
    first, last, people = _read("first_names"), _read("surnames"), _read("people")
    people["titles"] |= people["always_titles"]
    people["people"] |= people["kin"]
    people["whose_name"] |= people["people"]
    return Lists(
        first_names=first["plain"],
        also_words=first["also_words"],
        surnames=last["plain"],
        word_surnames=last["also_words"],
        english=_read("english")["plain"],
        places=_read("places")["plain"],
        words=people,
        leads=people["titles"] | people["particles"],
    )


def _read(name: str) -> dict[str, _Words]:
    """The sets of one file."""
    table: dict[str, Any] = tomllib.loads(
        (files("careassure.privacy") / "words" / f"{name}.toml").read_text(encoding="utf-8")
    )
    return {key: frozenset(words.split()) for key, words in table["words"].items()}
