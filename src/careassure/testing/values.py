"""Random values that stand alone: scales, grades, states, dates, councils, references."""

from __future__ import annotations

import datetime as dt
import string
from functools import cache, lru_cache
from typing import get_args

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from careassure.model.council import Body, Council
from careassure.model.dates import PartialDate
from careassure.model.reference import Basis, Reference
from careassure.model.scale import NOT_RATED_REASONS, Grade, NotRated, Scale

_EITHER = st.booleans()


@lru_cache(maxsize=64)
def texts(*, min_size: int = 0, max_size: int = 30) -> SearchStrategy[str]:
    """Text with anything in it that UTF-8 can hold, and often with what file formats must escape."""
    letters = st.characters(exclude_categories=["Cs"])
    awkward = st.sampled_from("\"'\\\n\r\t#=[]{}|,;\x00\x7f\u2028")
    return st.text(letters | awkward, min_size=min_size, max_size=max_size)


@cache
def keys() -> SearchStrategy[str]:
    """Names in code, such as ``a``, ``q4`` or ``b_of``; no two of them are alike when case and signs are left out."""
    rest = st.text(string.ascii_lowercase + string.digits, max_size=2)
    end = st.sampled_from(("", "", "", "_2", "_x", "_of"))
    return st.builds("{}{}{}".format, st.sampled_from(string.ascii_lowercase), rest, end)


@st.composite
def scales(draw: DrawFn, id: str | None = None, *, max_grades: int = 6) -> Scale:
    """Scales of two or more grades.

    The values rise, from 0 or from a higher number, by one or by more. Some grades have aliases; some scales are
    numeric.

    Args:
        draw: Given by Hypothesis.
        id: The scale's id; any where None.
        max_grades: The most grades that it has.
    """
    names = draw(several_keys(2, max_grades))
    value, *rises = draw(_rises(len(names)))
    grades: list[tuple[str, str, int]] = []
    for name, rise in zip(names, (0, *rises), strict=True):
        value += rise
        grades.append((name, f"Grade {name}", value))
    aliases = {names[0]: (f"also {names[0]}",)} if draw(_EITHER) else {}
    title = draw(texts(min_size=1, max_size=12))
    return Scale.of(draw(keys()) if id is None else id, title, *grades, numeric=draw(_EITHER), aliases=aliases)


@lru_cache(maxsize=64)
def several_keys(least: int, most: int) -> SearchStrategy[list[str]]:
    """Different names in code."""
    return st.lists(keys(), min_size=least, max_size=most, unique=True)


@lru_cache(maxsize=64)
def _rises(size: int) -> SearchStrategy[tuple[int, ...]]:
    """The value of the lowest grade, and by how much each further one is above the one before."""
    return st.tuples(st.sampled_from((1, 0, 2)), *[st.sampled_from((1, 1, 1, 2, 5))] * (size - 1))


def grades(scale: Scale | None = None) -> SearchStrategy[Grade]:
    """The grades of a scale, the lowest first; of any scale where None."""
    return _any_grade() if scale is None else st.sampled_from(scale.grades)


@cache
def _any_grade() -> SearchStrategy[Grade]:
    return scales().flatmap(grades)


@cache
def states() -> SearchStrategy[NotRated]:
    """Every state of carrying no grade."""
    return st.sampled_from([NotRated(reason) for reason in NOT_RATED_REASONS])


@cache
def days() -> SearchStrategy[dt.date]:
    """Days from 1900 to 2100; the ends of months and leap days come often."""
    ends = ((1900, 1, 1), (2024, 2, 29), (2024, 12, 31), (2025, 1, 1), (2025, 2, 28), (2100, 12, 31))
    return st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)) | st.sampled_from([dt.date(*end) for end in ends])


@cache
def partial_dates() -> SearchStrategy[PartialDate]:
    """Years, months of a year, and days."""
    return st.builds(partial, days(), st.sampled_from((1, 2, 3)))


def partial(day: dt.date, known: int) -> PartialDate:
    """A day of which only the year (1), the year and month (2) or all (3) is known."""
    return PartialDate(*(day.year, day.month, day.day)[:known])


@cache
def councils() -> SearchStrategy[Council]:
    """The 153 councils."""
    from careassure.catalogue.councils import register

    return st.sampled_from(register().councils)


@lru_cache(maxsize=64)
def bodies(kind: str | None = None) -> SearchStrategy[Body]:
    """Assessed bodies that are not one of the councils.

    Args:
        kind: What they are; any word where None.
    """
    names = texts(min_size=1, max_size=12).filter(lambda name: bool(name.strip()))
    return st.builds(Body, texts(max_size=9), names, keys() if kind is None else st.just(kind))


@cache
def references() -> SearchStrategy[Reference]:
    """Places where a rule may stand."""
    return st.builds(
        Reference,
        keys(),
        texts(min_size=1, max_size=20),
        url=st.just("") | keys().map("https://example.org/{}".format),
        section=texts(max_size=9),
        read=st.just("") | days().map(str),
        basis=st.sampled_from(get_args(Basis)),
    )
