"""Whatever is in a method file, it either loads or is refused as a method; nothing else happens."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.catalogue.cqc import cqc_la
from careassure.catalogue.resources import read_resource
from careassure.errors import InvalidMethodError, UnknownScorerError
from careassure.io.formats import parse
from careassure.io.methods import load_method
from careassure.methods.check import check
from careassure.methods.method import Method
from careassure.model.scale import Scale

from .effort import runs
from .frames import Frame
from .tables import cases

SHIPPED = [(parse(read_resource("cqc", f"{name}.toml"), name), name) for name in ("evidence-category", "single-word")]
WORDS = """
format id version title framework not_rated references measures nodes flags for scale bands rungs limits must
may suggest headline grade when sentence reference measure count every any area fact all_of any_of not
at_least at_most more_than less_than this overall themes statements scores areas level only kind percentage
share by_n rounding up none cap floor not_above interval leave_out good outstanding careassure.method/1
"""
texts = st.sampled_from(sorted(WORDS.split())) | st.text(max_size=6)
plain = st.one_of(
    texts,
    st.none(),
    st.booleans(),
    st.integers(-3, 200),
    st.floats(allow_nan=True),
    st.just(dt.date(2024, 5, 17)),
    texts,
)
values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=4), max_leaves=12
)


def tried(data: object, scales: tuple[Scale, ...]) -> Method | None:
    """The method if it loads, None if it is refused as one; anything else that is raised fails the test."""
    refusal = ""
    try:
        return load_method(data, scales=scales)
    except InvalidMethodError as error:
        refusal = str(error) if error.problems else ""
    assert refusal
    return None


def used(method: Method, assessment: ca.Assessment) -> None:
    """A loaded method is checked and applied, and what it gives holds together, unless it is refused."""
    with suppress(InvalidMethodError, UnknownScorerError):
        assert str(check(method, assessment.framework))
        assert ca.assess(assessment, method).trace.audit() == ()


@runs(2)
@given(values)
def test_random_values_load_or_are_refused(data: object) -> None:
    """Tables, lists and values without any sense are refused as methods and nothing worse."""
    assert tried(data, cqc_la()[-1].scales) is None


def places(data: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything inside a table."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from places(inner, (*path, key))


def mutated(draw: st.DrawFn, data: dict[str, Any]) -> dict[str, Any]:
    """A table with one thing deleted, replaced, renamed, doubled or taken from elsewhere in it."""
    data = copy.deepcopy(data)
    found = list(places(data))
    path = draw(st.sampled_from(found))
    holder: Any = data
    for key in path[:-1]:
        holder = holder[key]
    key = path[-1]
    how = draw(st.sampled_from(("delete", "replace", "rename", "elsewhere", "double")))
    if how == "delete":
        del holder[key]
    elif how == "replace":
        holder[key] = draw(values)
    elif how == "rename" and isinstance(holder, dict):
        holder[draw(texts)] = holder.pop(key)
    elif how == "double" and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    else:
        other: Any = data
        for step in draw(st.sampled_from(found)):
            other = other[step]
        holder[key] = copy.deepcopy(other)
    return data


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """A shipped method file with one to three changes."""
    data, name = draw(st.sampled_from(SHIPPED))
    for _ in range(draw(st.integers(1, 3))):
        data = mutated(draw, dict(data))
    return data, name


@runs(2)
@given(spoiled())
def test_a_spoiled_method_file_loads_or_is_refused(case: tuple[dict[str, Any], str]) -> None:
    """A shipped file with fields deleted, replaced, renamed or moved is refused, or it still works."""
    data, name = case
    method = tried(data, cqc_la()[-1].scales)
    if method is not None:
        version = "2023" if name == "evidence-category" else "direct"
        used(method, ca.Assessment.of("Camden", [3, 3, 4, 3, 4, 4, 1, 4, 4], version=version))


Spoiled = tuple[Frame, dict[str, Any], dict[str, int | None]]


@st.composite
def spoiled_random(draw: st.DrawFn) -> Spoiled:
    """A random method with a change, and scores for its frame."""
    frame, table = draw(cases(leave_out=draw(st.booleans())))
    marks = {leaf: draw(st.none() | st.integers(0, 2)) for leaf in frame.leaves}
    return frame, mutated(draw, dict(table)), marks


@runs(1)
@given(spoiled_random())
def test_a_spoiled_random_method_loads_or_is_refused(case: Spoiled) -> None:
    """A random method with one change is refused, or it still works."""
    frame, table, marks = case
    method = tried(table, frame.framework.scales)
    if method is not None:
        used(method, frame.assessment(marks))
