"""Random methods on data frames: no row differs from the exact evaluation, in memory or lazily."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidInputError, InvalidMethodError
from careassure.methods.method import Method
from careassure.model.outcome import Outcome
from java import needs_java
from methods.brute import fact_settings
from methods.effort import runs
from methods.frames import HIDDEN, NOT_JUDGED, Frame
from methods.tables import cases

from .engines import KEY, MAKERS, OTHERS_WARNINGS, arrow
from .wide import longest, made_wide

pytestmark = [*OTHERS_WARNINGS, pytest.mark.slow]
OUTPUTS = ("rating", "low", "high", "suggested", "score", "score_low", "percentage", "flags", "profile", "profile_low")
QUICK = ("pandas", "polars", "pyarrow", "polars lazy", "duckdb")
"""Engines that need no file and no process of their own."""
Row = dict[str, Any]


def draw_rows(source: random.Random, frame: Frame, rows: int) -> list[Row]:
    """Places of scores on their scales, some missing and some not judged."""
    share = source.choice((0.0, 0.2, 0.5))
    return [
        {
            leaf: source.choice((None, NOT_JUDGED, HIDDEN))
            if source.random() < share
            else source.randrange(len(frame.grades_of(leaf)))
            for leaf in frame.leaves
        }
        for _ in range(rows)
    ]


def as_table(frame: Frame, rows: list[Row], facts: Mapping[str, bool], kinds: Mapping[str, str]) -> pa.Table:
    """The rows as words."""
    said = {NOT_JUDGED: "Not judged", HIDDEN: "[c]"}
    words: dict[str, Any] = {KEY: list(range(len(rows)))}
    for leaf in frame.leaves:
        labels = [kinds.get(key, key) for key, _ in frame.grades_of(leaf)]
        words[leaf] = pa.array(
            [said.get(row[leaf]) or labels[row[leaf]] if row[leaf] is not None else None for row in rows], pa.string()
        )
    return pa.table(words | {name: pa.array([value] * len(rows)) for name, value in facts.items()})


def expected(outcome: Outcome) -> Row:
    """What a row should hold."""
    grades = {name: getattr(outcome, name) for name in ("rating", "low", "high", "suggested")}
    flags = {flag.id: flag.certain for flag in outcome.flags}
    return {
        **{name: grade.key if grade is not None else None for name, grade in grades.items()},
        "score": outcome.score,
        "score_low": outcome.score_low,
        "percentage": outcome.percentage,
        "margin": outcome.margin,
        "flags": flags,
        "profile": {entry.id: (entry.grade, entry.low) for entry in outcome.profile},
    }


def check(found: list[Row], method: Method, wanted: Sequence[Row]) -> None:
    assert [row[KEY] for row in found] == list(range(len(wanted)))
    for row, want in zip(found, wanted, strict=True):
        for name in ("rating", "low", "high", "suggested", "score", "score_low"):
            assert row[name] == want[name], name
        if "percentage_numerator" in row:
            above, below = row["percentage_numerator"], row["percentage_denominator"]
            assert (above is None and want["percentage"] is None) or above == want["percentage"] * below
        if "margin_up" in row:
            margin = want["margin"]
            ends = [grade.key if grade is not None else None for grade in (margin.below, margin.above)]
            assert [row[f"margin_{way}"] for way in ("down", "up")] == [margin.down, margin.up]
            assert [row[f"margin_{way}"] for way in ("below", "above")] == ends
        for flag in method.flags:
            certain = want["flags"].get(flag.id, "no")
            assert row[f"flag_{flag.id}"] is (False if certain == "no" else certain or None)
        for name, value in row.items():
            if name.startswith("profile_low_"):
                low = want["profile"][name.removeprefix("profile_low_")][1]
                assert value == (low.key if low is not None else None), name
            elif name.startswith("profile_"):
                grade = want["profile"][name.removeprefix("profile_")][0]
                assert value == (grade.key if grade is not None else None), name


def try_each(engines: Sequence[str], folder: Path, data: st.DataObject, *, wide: bool = False) -> None:
    """One random method, evaluated once and tried on some engines; ``wide``: with numbers of many digits in it."""
    frame, plain = data.draw(cases(leave_out=data.draw(st.booleans()), replies=True))
    outputs: tuple[str, ...] = (*OUTPUTS, "margin") if data.draw(st.booleans()) else OUTPUTS
    if wide:
        plain = made_wide(data.draw, frame, plain)
    method = frame.load(plain)
    source = random.Random(data.draw(st.integers(0, 2**32)))  # noqa: S311
    rows = draw_rows(source, frame, 30)
    facts = source.choice(fact_settings(plain))
    table = as_table(frame, rows, facts, {key: key.replace("_", " ") for key, _ in frame.scales["s"]})
    fractions = tuple(name for name in outputs if not name.startswith("percentage"))
    too_long = longest(frame, plain) >= 2**63
    settings_: dict[str, Any] = {"framework": frame.framework, "outputs": fractions if too_long else outputs}
    wanted = evaluated(frame, method, rows, facts)
    for engine in engines:
        note(engine)
        made = MAKERS[engine](table, folder)
        if too_long:
            with pytest.raises(InvalidInputError, match="percentage: the weights of random make fractions"):
                ca.assess_frame(made, method, framework=frame.framework, outputs=outputs)
        if wanted is None:
            with pytest.raises(InvalidMethodError):
                ca.assess_frame(made, method, **settings_)
            continue
        found = arrow(ca.assess_frame(made, method, **settings_)).to_pylist()
        check(sorted(found, key=lambda row: row[KEY]), method, wanted)


def evaluated(frame: Frame, method: Method, rows: list[Row], facts: Mapping[str, bool]) -> list[Row] | None:
    """What each row should hold, rows that are alike worked out once; None where the method turns out unsound."""
    try:
        known = {
            marks: expected(frame.assess(method, dict(marks), facts)) for marks in {tuple(r.items()) for r in rows}
        }
    except InvalidMethodError:
        return None
    return [known[tuple(row.items())] for row in rows]


def try_one(engine: str, folder: Path, data: st.DataObject, *, wide: bool = False) -> None:
    """One random method on one engine."""
    try_each([engine], folder, data, wide=wide)


@runs(0.7)
@given(st.data())
def test_random_methods(data: st.DataObject) -> None:
    """Whatever a method says, every engine gives each row what the evaluation gives it, or refuses as it does."""
    try_each(QUICK, Path(), data)


@runs(0.7)
@given(st.data())
def test_random_methods_with_long_numbers(data: st.DataObject) -> None:
    """However long weights and thresholds are, results are exact; a percentage that needs over 64 bits is refused."""
    try_each(QUICK, Path(), data, wide=True)


@needs_java
@pytest.mark.xdist_group("spark")
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_random_methods_on_spark(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """The same on Spark, in several partitions."""
    try_one("spark", tmp_path_factory.mktemp("spark"), data, wide=data.draw(st.booleans()))


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_random_methods_on_dask_and_ibis(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """The same on Dask, in several partitions whose divisions are not known, and on Ibis."""
    try_each(["dask", "ibis"], tmp_path_factory.mktemp("table"), data, wide=data.draw(st.booleans()))


@runs(0.5)
@given(st.data())
def test_numbers_and_words_say_the_same(data: st.DataObject) -> None:
    """A method gives the same for the values of a numeric scale, in any type of number, as for its words."""
    ranks = data.draw(st.lists(st.lists(st.integers(-1, 3), min_size=9, max_size=9), min_size=1, max_size=40))
    kind = data.draw(st.sampled_from([np.int8, np.uint8, np.int16, np.int64, np.float32, np.float64]))
    scale = ca.framework("cqc-la").scale("cqc-score")
    names = [statement.id for statement in ca.framework("cqc-la").statements]
    known = not any(rank < 0 for row in ranks for rank in row)
    words = {n: [scale.grades[row[i]].label if row[i] >= 0 else None for row in ranks] for i, n in enumerate(names)}
    cells = {n: [float(row[i] + 1) if row[i] >= 0 else None for row in ranks] for i, n in enumerate(names)}
    typed = pa.table({n: pa.array(c, pa.float64()).cast(pa.from_numpy_dtype(kind)) for n, c in cells.items()})
    outputs = ("rating", "low", "high", "score", "score_low", "score_high", "flags")
    one = ca.assess_frame(pa.table(words), outputs=outputs).select([*outputs[:-1], "flag_score_of_1"]).to_pylist()
    for frame in (typed, typed.to_pandas()):
        two = arrow(ca.assess_frame(frame, outputs=outputs)).select([*outputs[:-1], "flag_score_of_1"]).to_pylist()
        assert two == one
    brief = arrow(ca.assess_frame(typed, outputs=("rating", "score"))).select(["rating", "score"]).to_pylist()
    assert brief == [{"rating": row["rating"], "score": row["score"]} for row in one]
    assert not known or all(row["rating"] for row in one)
