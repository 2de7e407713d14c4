"""The generators of layouts are held against samples of real files, and the readers against both."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.tables import Figure, Reading, read_file
from methods.effort import runs

from .layouts import LAYOUTS, Layout

DATA = Path(__file__).parent / "data"
NAMED = [pytest.param(layout, id=layout.sample) for layout in LAYOUTS]


def sample(layout: Layout) -> list[list[str]]:
    text = (DATA / layout.sample).read_text("utf-8")
    return list(csv.reader(io.StringIO(text, newline="")))


def read(text: str) -> Reading:
    path = Path(mkdtemp()) / "any name.txt"
    path.write_text(text, "utf-8", newline="")
    return read_file(path)


def odd(layout: Layout, rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Cells that have another form than their column."""
    return [
        (name, cell)
        for row in rows
        for (name, cells), cell in zip(layout.columns.items(), row, strict=True)
        if not cells.fits(cell)
    ]


@pytest.mark.parametrize("layout", NAMED)
def test_a_generator_makes_what_the_sample_has(layout: Layout) -> None:
    """The same headers in their order, and in each column cells of the same form, also in what ends the file."""
    heads, *rows = sample(layout)
    assert layout.headers == heads
    assert not odd(layout, rows)
    made = layout.rows(Random(1), 200)  # noqa: S311
    assert not odd(layout, made)
    real = (DATA / layout.sample).read_bytes()
    assert (b"\r\n" in real, real.endswith(b"\n")) == (layout.end == "\r\n", layout.last)


@pytest.mark.parametrize("layout", NAMED)
def test_a_sample_is_read_whole(layout: Layout) -> None:
    """By the reader that is meant: every row is kept, and every value is what stands there."""
    rows = sample(layout)[1:]
    found = read_file(DATA / layout.sample)
    assert found.reader == layout.reader
    assert (found.audit.rows, found.audit.kept, found.audit.refused) == (len(rows), len(rows), 0)
    made = read(layout.text(layout.rows(Random(2), 30)))  # noqa: S311
    assert (made.reader, made.audit.used, made.audit.ignored) == (
        found.reader, found.audit.used, found.audit.ignored,
    )  # fmt: skip
    if layout.reader != "neighbour-list":
        place = next(at for at, name in enumerate(layout.headers) if name.casefold() in ("value", "itemvalue"))
        assert [row.printed for row in found.rows if isinstance(row, Figure)] == [row[place] for row in rows]


@runs(0.5)
@given(st.sampled_from(LAYOUTS), st.integers(0, 2**32), st.integers(0, 25), st.sets(st.integers(0, 24)))
def test_every_row_is_kept_or_refused(layout: Layout, seed: int, count: int, spoiled: set[int]) -> None:
    """A row whose number, or whose code in a list, is spoiled is refused with its place; no other is."""
    rows = layout.rows(Random(seed), count)  # noqa: S311
    last = next((at for at, name in enumerate(layout.headers) if name.casefold() in ("value", "itemvalue")), 0)
    for place in (at for at in spoiled if at < count):
        rows[place][last] = "12*3"
    wrong = sorted(at + 2 for at in spoiled if at < count)
    if not rows:
        return
    found = read(layout.text(rows))
    assert found.reader == layout.reader
    assert (found.audit.rows, found.audit.refused) == (count, len(wrong))
    assert [problem.where.row for problem in found.problems] == wrong
    assert len(found.rows) == count - len(wrong)
