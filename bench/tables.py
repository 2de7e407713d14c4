"""Made-up tables of scores: nine columns of eight bits, with or without blanks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

import careassure as ca
from careassure.frame.question import Question, ask

NAMES = [statement.id for statement in ca.framework("cqc-la").statements]
METHOD = "single-word"
BLANK = 0.02

Made = tuple[list[np.ndarray], "list[np.ndarray] | None"]
"""The cells of each column, and where it has blanks."""


def made(rows: int, *, blanks: bool, seed: int = 1) -> Made:
    """Scores from 1 to 4."""
    random = np.random.default_rng(seed)
    cells = [random.integers(1, 5, rows, dtype=np.int8) for _ in NAMES]
    if not blanks:
        return cells, None
    return cells, [random.random(rows, dtype=np.float32) < BLANK for _ in NAMES]


def question(outputs: Sequence[str] = ("rating", "score")) -> Question:
    """What `assess_frame` is asked here, for the functions below it."""
    return ask(METHOD, framework=None, version=None, columns=None, facts=None, key=(), missing="interval",
               errors="raise", outputs=outputs, prefix="")  # fmt: skip


def arrow(table: Made) -> pa.Table:
    cells, blanks = table
    masks = blanks if blanks is not None else [None] * len(cells)
    return pa.table({name: pa.array(c, mask=mask) for name, c, mask in zip(NAMES, cells, masks, strict=True)})


def polars(table: Made) -> pl.DataFrame:
    return pl.DataFrame(pl.from_arrow(arrow(table)))


def pandas_int8(table: Made) -> pd.DataFrame:
    return pd.DataFrame(dict(zip(NAMES, table[0], strict=True)), copy=False)


def pandas_nullable(table: Made) -> pd.DataFrame:
    cells, blanks = table
    masks = blanks if blanks is not None else [np.zeros(len(c), np.bool_) for c in cells]
    arrays = [pd.arrays.IntegerArray(c.copy(), mask.copy()) for c, mask in zip(cells, masks, strict=True)]
    return pd.DataFrame(dict(zip(NAMES, arrays, strict=True)), copy=False)


def pandas_floats(kind: str) -> Callable[[Made], Any]:
    """A maker of floats with NaN."""

    def make(table: Made) -> pd.DataFrame:
        columns = [c.astype(kind) for c in table[0]]
        for column, mask in zip(columns, table[1] or [], strict=False):
            column[mask] = np.nan
        return pd.DataFrame(dict(zip(NAMES, columns, strict=True)), copy=False)

    return make
