"""The quick ways of the kernel against the plain ones: short columns, bits for blanks, division in sixteen bits."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.frame.adapters import arrow_numbers
from careassure.frame.arrays import Bits, Numbers, read_numbers
from careassure.frame.kernel import Kernel
from careassure.frame.sheet import _division
from careassure.frame.short import Short
from careassure.methods.fit import fit
from careassure.methods.lowering import lower_method
from careassure.methods.scorer import MethodScorer
from careassure.model.rounding import Rounding, apply_rounding

LA = ca.framework("cqc-la")
SCALE = LA.scale(LA.score_scale)
KINDS = ("int8", "uint8", "float32", "float64")
ODD = {"int8": (0, 5, -1, 127, -128), "uint8": (0, 5, 255), "float32": (2.5, 0.0, -1.0, 260.0, np.inf),
       "float64": (2.5, 0.0, -1.0, 260.0, 1e300)}  # fmt: skip


def room(rows: int) -> Any:
    return lambda _, kind: np.full(rows, 77, kind)


@st.composite
def columns(draw: st.DrawFn, *, odd: bool = True) -> Numbers:
    """Scores with blanks, now and then with something that is no score."""
    kind = draw(st.sampled_from(KINDS))
    cells = st.sampled_from([1, 2, 3, 4, 1, 2, 3, 4, None, *(ODD[kind] if odd else ())])
    said = draw(st.lists(cells, min_size=1, max_size=40))
    blank = np.array([cell is None for cell in said])
    if kind.startswith("f"):
        return Numbers(np.array([np.nan if cell is None else cell for cell in said], kind))
    under = draw(st.sampled_from([0, 1, 99]))  # what lies under a blank says nothing
    values = np.array([under if cell is None else cell for cell in said], kind)
    return Numbers(values, blank if draw(st.booleans()) or blank.any() else None)


@given(columns(), st.integers(0, 255))
def test_a_short_column_adds_what_its_ranks_are(data: Numbers, before: int) -> None:
    """The sum grows by the ranks that are read one by one; a block with anything odd is handed back untouched."""
    rows = len(data.values)
    ranks = np.empty(rows, np.uint8)
    blank = None if data.blank is None else data.blank[:]
    unknown, odd = read_numbers(data.values, blank, SCALE, ranks)
    total = np.full(rows, before, np.uint8)
    short = Short.of(data, SCALE)
    assert short is not None
    found = short.add(slice(0, rows), total, np.empty(rows, np.uint8), room(rows))
    if found is None:
        assert odd is not None
        assert (total == before).all()
        return
    assert odd is None
    mask, high = found
    assert (mask is None) == (unknown is None)
    assert unknown is None or mask is None or np.array_equal(unknown, mask)
    assert np.array_equal(total - np.uint8(high), ranks + np.uint8(before))


@given(st.lists(columns(odd=False), min_size=9, max_size=9), st.integers(1, 50))
def test_blocks_of_any_size_give_what_the_evaluation_gives(given_: list[Numbers], block: int) -> None:
    """Memory that is used again for every block keeps nothing of the block before."""
    rows = min(len(data.values) for data in given_)
    scorer = next(found for found in ca.scorers() if found.name == "single-word").scorer
    assert isinstance(scorer, MethodScorer)
    plan = lower_method(fit(scorer.method, LA), states=False)
    cut = [Numbers(d.values[:rows], None if d.blank is None else d.blank[:rows]) for d in given_]
    rated = Kernel(plan, ("low", "high", "rating", "score", "score_low"), block=block, bits={"score": 16}).run(
        cut, {}, rows
    )
    assert not len(rated.bad)
    for row in range(rows):
        cells = [None if d.blank is not None and d.blank[row : row + 1][0] else d.values[row] for d in cut]
        scores = [None if cell is None or cell != cell else int(cell) for cell in cells]  # noqa: PLR0124  (NaN)
        outcome = scorer.score(ca.Assessment.of("Camden", scores))
        for name in ("low", "high", "rating"):
            grade = getattr(outcome, name)
            assert rated.columns[name].values[row] == (255 if grade is None else grade.rank), name
        for name in ("score", "score_low"):
            column = rated.columns[name]
            blank = column.blank is not None and column.blank[row]
            assert (None if blank else column.values[row]) == getattr(outcome, name), name


@given(st.lists(st.booleans(), max_size=70), st.integers(0, 20), st.integers(0, 80), st.integers(0, 80))
def test_bits_are_unpacked_for_any_rows(there: list[bool], first: int, start: int, stop: int) -> None:
    """Wherever the first row stands within a byte, and whichever rows are asked for."""
    bits = Bits(np.packbits(np.array([False] * first + there, np.bool_), bitorder="little"), first, len(there))
    assert bits[start:stop].tolist() == [not one for one in there][start:stop]
    assert bits[:].tolist() == [not one for one in there]


@given(st.lists(st.sampled_from([1, 2, 3, 4, None]), min_size=1, max_size=60), st.integers(0, 20))
def test_blanks_of_pyarrow_are_where_they_were(cells: list[int | None], cut: int) -> None:
    """A slice of a column begins anywhere within a byte."""
    data = arrow_numbers(pa.array(cells, pa.int8())[cut:])
    assert data is not None
    blank = [False] * len(data.values) if data.blank is None else data.blank[:].tolist()
    assert blank == [cell is None for cell in cells[cut:]]


@pytest.mark.parametrize("rounding", ["up", "down", "half_up"])
@given(st.data())
def test_a_division_without_remainder_rounds_exactly(rounding: Rounding, data: st.DataObject) -> None:
    """Nothing is lost when what numerator and denominator have in common is taken out, for every sum."""
    slope, whole = data.draw(st.integers(1, 500)), data.draw(st.integers(1, 5000))
    offset, x = data.draw(st.integers(0, 9000)), data.draw(st.integers(0, 255))
    times, more, divisor = _division(slope, offset, whole, rounding)
    assert (times * x + more) // divisor == apply_rounding(Fraction(slope * x + offset, whole), rounding)
