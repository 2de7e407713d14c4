"""Random methods against a second reading of the page of the method file; ``campaign.py`` tries many more."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import careassure
from differential import comparison
from differential.campaign import EVERY, Tally, constructs, try_seed
from differential.evaluator import Judge
from differential.generator import make_assessment, make_case

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
SHIPPED = Path(careassure.__file__).parent / "catalogue" / "cqc"
SEEDS = 48
SHARES = 3  # the seeds are tried in so many tests, which can run beside one another


def shipped(name: str) -> dict[str, Any]:
    return tomllib.loads((SHIPPED / f"{name}.toml").read_text(encoding="utf-8"))


def test_the_second_reading_gives_what_the_pages_print() -> None:
    """The range of the page on the ladder: Requires improvement to Good, 53 to 70."""
    judge = Judge(shipped("cqc-la"), "direct", shipped("single-word"))
    known = [2, 3, None, 2, 3, 3, None, 2, 2]
    scores = {leaf: None if score is None else score - 1 for leaf, score in zip(judge.leaves, known, strict=True)}
    found = judge.expected(scores, {})
    assert (found.low, found.high, found.score) == ("requires_improvement", "good", (53, 70))


@pytest.mark.parametrize("share", range(SHARES))
def test_no_result_differs(share: int) -> None:
    """What is given for a random method is what a second reading of the page gives: check, assessments and tables."""
    tally = Tally()
    engines = {"pandas": 3, "polars": 3, "polars lazy": 6, "pyarrow": 2, "duckdb": 15}
    for seed in range(share, SEEDS, SHARES):
        try_seed(seed, tally, engines, assessments=3, rows=6)
    assert not tally.differences
    assert tally.counts["methods"] >= SEEDS // SHARES * 0.9


@pytest.mark.parametrize("engine", ["dask", "ibis"])
def test_no_row_differs_in_engines_that_take_long(engine: str) -> None:
    """The same in the tables of Dask and Ibis, for a few methods."""
    tally = Tally()
    for seed in range(3):
        try_seed(seed, tally, {engine: 1}, assessments=0)
    assert not tally.differences
    assert tally.rows[engine]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**48))
def test_no_seed_gives_a_difference(seed: int) -> None:
    """Seeds that nobody chose give no difference either."""
    tally = Tally()
    try_seed(seed, tally, {"pyarrow": 1}, assessments=1, rows=4)
    assert not tally.differences


def test_every_construct_of_the_page_is_tried() -> None:
    """Each word of the page's tables stands in some of the methods that are tried."""
    found = set[str]().union(*(constructs(make_case(seed)) for seed in range(SEEDS)))
    assert found >= {
        *("bands", "rungs", "limits", "cap", "floor", "not_above", "must", "may", "suggest", "headline", "flags"),
        *("percentage", "total", "mean", "count", "share", "answered", "weights", "by_n", "plus", "rounding"),
        *("only", "without", "themes", "tags", "every", "any", "area", "fact", "default", "all_of", "any_of", "not"),
        *("scales", "parts", "interval", "leave_out"),
    }


def test_every_engine_is_tried() -> None:
    """The long run asks every engine for which the page on tables names a library of its own, but Ray."""
    assert set(EVERY) == {"pandas", "polars", "polars lazy", "pyarrow", "duckdb", "dask", "ibis", "spark"}


def test_a_method_that_is_read_wrongly_shows() -> None:
    """If the evaluator reads one threshold one point higher than the library, differences come out."""
    found = 0
    for seed in range(24):
        case = make_case(seed)
        other = json.loads(json.dumps(case.method))
        bands = [node["bands"] for node in other["nodes"] if "bands" in node]
        for table in bands:
            for key in set(table) - {"measure", "reference"}:
                if isinstance(table[key], int):
                    table[key] += 1
        judge = Judge(case.framework, case.version, other)
        random = Random(seed)  # noqa: S311
        try:
            loaded = comparison.load(case)
            for _ in range(6):
                scores, facts = make_assessment(case, judge, random, complete=True)
                found += bool(comparison.one(case, judge, loaded, scores, facts))
        except careassure.CareAssureError:
            continue
    assert found > 2


def test_the_same_seed_makes_the_same_case() -> None:
    """A seed that is printed with a difference finds it again."""
    for seed in (0, 1, 7, 2**40):
        assert make_case(seed).method_text == make_case(seed).method_text
        assert make_case(seed).framework_text == make_case(seed).framework_text


def test_places_that_are_alike_are_told_apart() -> None:
    """A check names the inputs of the place it is about, also if a place that is alike was gone through before."""
    tally = Tally()
    for seed in (2, 29, 157):  # the whole looks at a later one of several statements that have the same rules
        try_seed(seed, tally, {}, assessments=0)
    assert not tally.differences
    assert tally.counts["methods"] == 3


def test_statements_that_rest_on_facts_alone_are_gone_through() -> None:
    """Such a statement has no scores, and all the same the places above it see what the fact makes of it."""
    tally = Tally()
    for seed in (798, 1044, 1420, 1624, 2078, 5513):
        try_seed(seed, tally, {}, assessments=0)
    assert not tally.differences
    assert tally.counts["methods"] == 6


def test_a_fault_is_looked_for_beside_another() -> None:
    """Where the bounds of one place cross, the rungs of the others are gone through as well."""
    tally = Tally()
    for seed in (1882, 4073, 4509, 5014, 5182):
        try_seed(seed, tally, {}, assessments=0)
    assert not tally.differences
    assert tally.counts["methods"] == 5
