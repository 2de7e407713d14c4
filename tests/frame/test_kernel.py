"""The kernel against the exact evaluation, row by row, on random methods."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import InvalidMethodError
from careassure.frame.arrays import NO_GRADE, STATE, UNKNOWN, Codes, Rated, code_of_state
from careassure.frame.kernel import Kernel
from careassure.methods.fit import fit
from careassure.methods.lowering import lower_method
from careassure.methods.method import Method
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade
from methods.brute import fact_settings
from methods.effort import runs
from methods.frames import HIDDEN, NOT_JUDGED, Frame
from methods.tables import cases

pytestmark = pytest.mark.slow

Case = tuple[Frame, Mapping[str, Any]]
GRADES = ("low", "high", "rating", "suggested")
NUMBERS = ("score", "score_low", "score_high")
PERCENTAGES = ("percentage", "percentage_low", "percentage_high")


def outputs_of(method: Method) -> tuple[str, ...]:
    sides = [f"{name}_{part}" for name in PERCENTAGES for part in ("numerator", "denominator")]
    return (*GRADES, *NUMBERS, *sides, *(f"flag {flag.id}" for flag in method.flags))


def run(frame: Frame, method: Method, rows: list[dict[str, Any]], facts: Mapping[str, bool], block: int) -> Rated:
    """What the kernel makes of rows of ranks, None or NOT_JUDGED."""
    codes = {None: UNKNOWN, NOT_JUDGED: STATE, HIDDEN: code_of_state(HIDDEN)}
    plan = lower_method(fit(method, frame.framework))
    outputs = [name for name in outputs_of(method) if plan.one_way or not name.startswith("flag ")]
    leaves = [Codes(np.array([codes.get(row[leaf.id], row[leaf.id]) for row in rows], np.int8)) for leaf in plan.leaves]
    return Kernel(plan, tuple(outputs), block=block).run(leaves, facts, len(rows))


def found_in(rated: Rated, name: str, row: int) -> Any:
    column = rated.columns[name]
    if column.values.dtype == np.uint8:
        return None if column.values[row] == NO_GRADE else int(column.values[row])
    return None if column.blank is not None and column.blank[row] else column.values[row].item()


def compare(rated: Rated, row: int, outcome: Outcome) -> None:
    for name in GRADES:
        grade = getattr(outcome, name)
        assert found_in(rated, name, row) == (grade.rank if isinstance(grade, Grade) else None), name
    for name in NUMBERS:
        assert found_in(rated, name, row) == getattr(outcome, name), name
    for name in PERCENTAGES:
        above, below = (found_in(rated, f"{name}_{part}", row) for part in ("numerator", "denominator"))
        value = getattr(outcome, name)
        assert (above is None and value is None) or above == value * below, name
    flags = {flag.id: flag.certain for flag in outcome.flags}
    for name in rated.columns:
        if name.startswith("flag "):
            certain = flags.get(name.removeprefix("flag "), "no")
            assert found_in(rated, name, row) == (False if certain == "no" else certain or None), name


@runs(4)
@given(st.data(), st.booleans())
def test_no_row_differs_from_the_exact_evaluation(data: st.DataObject, leave_out: bool) -> None:
    """Whatever a method says, the kernel gives each row what the evaluation gives it: known, missing or not judged."""
    case: Case = data.draw(cases(leave_out=leave_out, replies=True))
    frame, table = case
    method = frame.load(table)
    source = random.Random(data.draw(st.integers(0, 2**32)))  # noqa: S311
    share = source.choice((0.0, 0.2, 0.5))
    rows: list[dict[str, Any]] = [
        {
            leaf: source.choice((None, NOT_JUDGED, HIDDEN)) if source.random() < share else source.randrange(
                len(frame.grades_of(leaf)))
            for leaf in frame.leaves
        }
        for _ in range(24)
    ]  # fmt: skip
    facts = source.choice(fact_settings(table))
    rated = run(frame, method, rows, facts, block=source.choice((7, 16, 64)))
    known: dict[tuple[Any, ...], Outcome | None] = {}
    for number, row in enumerate(rows):
        marks = tuple(row.values())
        if marks not in known:
            try:
                known[marks] = frame.assess(method, row, facts)
            except InvalidMethodError:
                known[marks] = None
        outcome = known[marks]
        if outcome is not None:
            compare(rated, number, outcome)
    assert (rated.broken is None) is all(outcome is not None for outcome in known.values())
