"""A few rows of every method that ships, in memory and lazily: quick, and the same whenever they are tried."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import careassure as ca

from .engines import KEY, MAKERS, OTHERS_WARNINGS, base, differences, results
from .schemes import ALL, LOWERED, Ranks, Results, Scheme, schemes

pytestmark = OTHERS_WARNINGS
ROWS = 12
MANY = 30
"""Scores beyond which each question takes seconds."""


@cache
def rows_of(item: Scheme) -> tuple[Ranks, dict[str, list[bool | None]], Results]:
    """Rows that are known, rows with blanks and the ends of the scales, with facts that are told or not."""
    lowest = np.zeros((len(item.leaves), 1), np.int8)
    highest = np.array([[len(item.scale(leaf)) - 1] for leaf in item.leaves], np.int8)
    drawn = np.random.default_rng(5).integers(0, 100, (len(item.leaves), ROWS)) % (highest + 1)
    ranks = np.concatenate([lowest, highest, drawn.astype(np.int8), item.blanks(ROWS), lowest - 1], axis=1)
    said: tuple[bool | None, ...] = (True, False, None)
    told = {
        name: [said[(place + row) % 3] for row in range(ranks.shape[1])]
        for place, name in enumerate(sorted(item.method.facts))
    }
    facts = [{name: cell[row] for name, cell in told.items() if cell[row] is not None} for row in range(ranks.shape[1])]
    return ranks, told, item.exact(ranks, facts)  # type: ignore[arg-type]


def outputs_of(item: Scheme) -> tuple[str, ...]:
    """All results that can be worked out at once."""
    for outputs in (ALL, LOWERED):
        if item.request(outputs).lowers:
            return outputs
    return tuple(name for name in LOWERED if name != "flags")


def check(item: Scheme, engine: str, folder: Path, questions: Sequence[Sequence[str]]) -> None:
    """Every result of every row, as each question asks for them, is that of the exact evaluation."""
    ranks, told, expected = rows_of(item)
    frame = MAKERS[engine](base(item, ranks, told), folder)
    for wanted in questions:
        found = ca.assess_frame(frame, item.method, framework=item.framework, outputs=wanted, prefix="r_", key=KEY)
        columns = item.request(wanted).known_columns
        assert not differences(results(found, columns), expected), wanted


@pytest.mark.parametrize("engine", ["pandas", "polars lazy"])
@pytest.mark.parametrize("item", schemes(), ids=str)
def test_every_method_on_a_few_rows(item: Scheme, engine: str, tmp_path: Path) -> None:
    """Every result of every row is that of the exact evaluation, all of them at once."""
    check(item, engine, tmp_path, [outputs_of(item)])


@pytest.mark.parametrize("engine", ["pandas", pytest.param("polars lazy", marks=pytest.mark.slow)])
@pytest.mark.parametrize("item", [item for item in schemes() if len(item.leaves) <= MANY], ids=str)
def test_each_result_of_every_method_alone(item: Scheme, engine: str, tmp_path: Path) -> None:
    """A result that is asked for alone is the same, where asking is quick: a plan leaves out what it does not need."""
    check(item, engine, tmp_path, [(name,) for name in outputs_of(item)])
