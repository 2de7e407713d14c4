"""The method "single-word" written by hand for one library at a time, as quickly as its authors knew how.

Each function does what `careassure.assess_frame(frame, "single-word")` does with its outputs ``rating`` and ``score``,
and nothing that other methods, other columns or other frameworks would need: it refuses what is no score from 1 to 4,
and gives the same columns of the same types. The functions with ``blanks`` in their names do it for columns that hold
blanks; the others are for columns without any, and would give wrong results where there are some.

Other ways of writing them were measured too; where they were slower, the docstrings name them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl

WORDS = ("inadequate", "requires_improvement", "good", "outstanding")
STARTS = (14, 23, 32)
"""The sums from which the ratings above the lowest begin."""

BLOCK = 1 << 17
"""Rows that the loops over blocks take at once: of the powers of two from 14 to 18, 17 and 18 were the best."""

# ------------------------------------------------------------------------------------------------- Polars

_KIND = pl.Enum(WORDS)
_WORDS = [pl.lit(word, dtype=_KIND) for word in WORDS]


def _checked(frame: pl.DataFrame, names: Sequence[str]) -> None:
    """Slower: a lazy query, ``is_between`` for all, ``max_horizontal``, ``map_batches`` with a check inside."""
    for name in names:
        column = frame[name]
        if column.min() < 1 or column.max() > 4:
            raise ValueError(name)


def _checked_lazily(frame: pl.LazyFrame, names: Sequence[str]) -> None:
    good = [(pl.col(name).min() >= 1) & (pl.col(name).max() <= 4) for name in names]
    if not frame.select(pl.all_horizontal(good)).collect().item():
        raise ValueError(names)


def _sum(columns: Sequence[pl.Expr]) -> pl.Expr:
    """In eight bits; ``sum_horizontal`` takes the same time."""
    return reduce(operator.add, columns)


def _rating(total: pl.Expr) -> pl.Expr:
    """Two questions for each row; a chain of when/then is a little slower."""
    upper = pl.when(total >= STARTS[2]).then(_WORDS[3]).otherwise(_WORDS[2])
    lower = pl.when(total >= STARTS[0]).then(_WORDS[1]).otherwise(_WORDS[0])
    return pl.when(total >= STARTS[1]).then(upper).otherwise(lower)


def _score(total: pl.Expr) -> pl.Expr:
    """100 S / 36 rounded up; slower: unsigned, as a float, looked up in a table, ``replace_strict``."""
    return (total.cast(pl.Int16) * 25 + 8) // 9


def _polars(frame: pl.LazyFrame, names: Sequence[str]) -> pl.LazyFrame:
    total = pl.col("_sum")
    summed = frame.with_columns(_sum=_sum([pl.col(name) for name in names]))
    return summed.with_columns(rating=_rating(total), score=_score(total)).drop("_sum")


def _polars_blanks(frame: pl.LazyFrame, names: Sequence[str]) -> pl.LazyFrame:
    """Slower: counting blanks and working the best sum out from the worst, a sum that is null where anything is."""
    low, high = pl.col("_low"), pl.col("_high")
    summed = frame.with_columns(
        _low=_sum([pl.col(name).fill_null(1) for name in names]),
        _high=_sum([pl.col(name).fill_null(4) for name in names]),
    )
    rating = _rating(low)
    return summed.with_columns(
        rating=pl.when(rating == _rating(high)).then(rating), score=pl.when(low == high).then(_score(low))
    ).drop("_low", "_high")


def polars(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Columns checked one by one, then one lazy query."""
    _checked(frame, names)
    return _polars(frame.lazy(), names).collect()


def polars_blanks(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Columns checked one by one, then one lazy query."""
    _checked(frame, names)
    return _polars_blanks(frame.lazy(), names).collect()


def polars_lazy(frame: pl.LazyFrame, names: Sequence[str]) -> pl.DataFrame:
    """One query to check, one to work out; slower: both in one ``collect_all``."""
    _checked_lazily(frame, names)
    return _polars(frame, names).collect()


def polars_lazy_blanks(frame: pl.LazyFrame, names: Sequence[str]) -> pl.DataFrame:
    """One query to check, one to work out."""
    _checked_lazily(frame, names)
    return _polars_blanks(frame, names).collect()


def polars_file(source: Path, target: Path, names: Sequence[str]) -> None:
    """One query to check, one to work out and write."""
    frame = pl.scan_parquet(source)
    _checked_lazily(frame, names)
    _polars(frame, names).sink_parquet(target)


def polars_file_blanks(source: Path, target: Path, names: Sequence[str]) -> None:
    """One query to check, one to work out and write."""
    frame = pl.scan_parquet(source)
    _checked_lazily(frame, names)
    _polars_blanks(frame, names).sink_parquet(target)


# ------------------------------------------------------------------------------------------ NumPy, pandas

_CATEGORIES = pd.CategoricalDtype(list(WORDS), ordered=True)


def _beside(frame: pd.DataFrame, codes: np.ndarray, score: np.ndarray, blank: np.ndarray) -> pd.DataFrame:
    rating = pd.Categorical.from_codes(codes, dtype=_CATEGORIES, validate=False)
    return frame.assign(
        rating=pd.Series(rating, index=frame.index, copy=False),
        score=pd.Series(pd.arrays.IntegerArray(score, blank), index=frame.index, copy=False),
    )


def pandas_whole(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Whole columns of eight-bit numbers; looking rating and score up in tables by the sum is three times slower."""
    total = np.zeros(len(frame), np.int8)
    for name in names:
        column = frame[name].to_numpy()
        if column.min() < 1 or column.max() > 4:
            raise ValueError(name)
        total += column
    codes = sum((total >= start).view(np.int8) for start in STARTS)
    score = (total.astype(np.uint16) * np.uint16(25) + np.uint16(8)) // np.uint16(9)
    return _beside(frame, codes, score.view(np.int16), np.zeros(len(frame), np.bool_))


class _Block:
    """Room for the steps between, used again for every block."""

    def __init__(self, rows: int) -> None:
        self.low, self.high, self.value = (np.empty(rows, np.int8) for _ in range(3))
        self.truth, self.other = (np.empty(rows, np.bool_) for _ in range(2))
        self.wide = np.empty(rows, np.uint16)

    def codes(self, total: np.ndarray, out: np.ndarray) -> None:
        """The rank of a sum."""
        truth = self.truth
        np.greater_equal(total, STARTS[0], out=truth)
        np.copyto(out, truth.view(np.int8))
        for start in STARTS[1:]:
            np.greater_equal(total, start, out=truth)
            out += truth.view(np.int8)

    def score(self, total: np.ndarray, out: np.ndarray) -> None:
        """100 S / 36 rounded up."""
        wide = self.wide
        np.copyto(wide, total, casting="unsafe")
        wide *= np.uint16(25)
        wide += np.uint16(8)
        np.floor_divide(wide, np.uint16(9), out=out.view(np.uint16))

    def both(self, codes: np.ndarray, score: np.ndarray, blank: np.ndarray) -> None:
        """Results where the worst and the best sum may differ; -1 stands for no rating."""
        self.codes(self.low, codes)
        self.codes(self.high, self.value)
        np.not_equal(codes, self.value, out=self.truth)
        np.negative(self.truth.view(np.int8), out=self.value)
        np.bitwise_or(codes, self.value, out=codes)
        np.not_equal(self.low, self.high, out=blank)
        self.score(self.low, score)


def _by_blocks(frame: pd.DataFrame, block: int, work: Callable[..., None]) -> pd.DataFrame:
    rows = len(frame)
    results = np.empty(rows, np.int8), np.empty(rows, np.int16), np.zeros(rows, np.bool_)
    room = _Block(min(block, rows))
    with np.errstate(invalid="ignore"):
        for start in range(0, rows, block):
            span = slice(start, min(start + block, rows))
            if span.stop - start < len(room.low):
                room = _Block(span.stop - start)
            work(room, span, *(result[span] for result in results))
    return _beside(frame, *results)


def pandas_blocked(frame: pd.DataFrame, names: Sequence[str], block: int = BLOCK) -> pd.DataFrame:
    """Eight-bit numbers, a block at a time; slower: minima and maxima of all columns, or the bits that are set."""
    columns = [frame[name].to_numpy() for name in names]

    def work(room: _Block, span: slice, codes: np.ndarray, score: np.ndarray, _blank: np.ndarray) -> None:
        total = room.low
        total.fill(0)
        for column in columns:
            cells = column[span]
            if cells.min() < 1 or cells.max() > 4:
                raise ValueError(span)
            total += cells
        room.codes(total, codes)
        room.score(total, score)

    return _by_blocks(frame, block, work)


def pandas_floats_whole(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Whole columns of floats with NaN: the loop over blocks with one block."""
    return pandas_floats_blocked(frame, names, max(len(frame), 1))


def pandas_floats_blocked(frame: pd.DataFrame, names: Sequence[str], block: int = BLOCK) -> pd.DataFrame:
    """NaN among floats, made whole numbers of eight bits; ``fmax`` in place of the product is about as quick."""
    columns = [frame[name].to_numpy() for name in names]

    def work(room: _Block, span: slice, codes: np.ndarray, score: np.ndarray, blank: np.ndarray) -> None:
        known, same, value, total, count = room.truth, room.other, room.value, room.low, room.high
        total.fill(0)
        count.fill(0)
        for column in columns:
            cells = column[span]
            np.equal(cells, cells, out=known)
            np.copyto(value, cells, casting="unsafe")  # anything at all where there is NaN
            np.equal(value, cells, out=same)
            value *= known.view(np.int8)
            whole = np.array_equal(same, known) and np.count_nonzero(value) == np.count_nonzero(known)
            if not whole or value.view(np.uint8).max() > 4:
                raise ValueError(span)
            total += value
            count += known.view(np.int8)
        np.subtract(len(columns), count, out=count)  # how many blanks
        total += count
        count *= np.int8(3)
        count += total
        room.both(codes, score, blank)

    return _by_blocks(frame, block, work)


def pandas_nullable_whole(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Whole columns of nullable eight-bit numbers: the loop over blocks with one block."""
    return pandas_nullable_blocked(frame, names, max(len(frame), 1))


def pandas_nullable_blocked(frame: pd.DataFrame, names: Sequence[str], block: int = BLOCK) -> pd.DataFrame:
    """Nullable eight-bit numbers; what pandas keeps inside is read, since its own ways copy the columns."""
    arrays = [frame[name].array for name in names]
    columns = [(array._data, array._mask) for array in arrays]  # noqa: SLF001

    def work(room: _Block, span: slice, codes: np.ndarray, score: np.ndarray, blank: np.ndarray) -> None:
        keep, seen = room.truth.view(np.uint8), room.other.view(np.uint8)
        rank = room.value.view(np.uint8)
        room.low.fill(len(columns))
        room.high.fill(0)
        seen.fill(0)
        for data, mask in columns:
            void = mask[span].view(np.uint8)
            np.subtract(data[span].view(np.uint8), np.uint8(1), out=rank)
            np.subtract(void, np.uint8(1), out=keep)  # no bits where there is a blank, else all
            rank &= keep
            seen |= rank
            room.low += room.value
            room.high += void.view(np.int8)
        if seen.max() > 3:
            raise ValueError(span)
        room.high *= np.int8(3)
        room.high += room.low
        room.both(codes, score, blank)

    return _by_blocks(frame, block, work)


# ------------------------------------------------------------------------------------------------- DuckDB


def duckdb_check(connection: Any, table: str, names: Sequence[str]) -> None:  # noqa: ANN401
    """One look at all columns; the same in one pass with ``error()`` takes as long."""
    asked = ", ".join(f'min("{name}"), max("{name}")' for name in names)
    found = connection.execute(f"select {asked} from {table}").fetchone()  # noqa: S608
    if min(found[::2]) < 1 or max(found[1::2]) > 4:
        raise ValueError(table)


def duckdb_query(table: str, names: Sequence[str]) -> str:
    """What gives the table with its results where there are no blanks."""
    total = " + ".join(f'"{name}"' for name in names)
    rating = (
        f"case when total >= {STARTS[2]} then '{WORDS[3]}' when total >= {STARTS[1]} then '{WORDS[2]}' "
        f"when total >= {STARTS[0]} then '{WORDS[1]}' else '{WORDS[0]}' end"
    )
    inner = f"select *, {total} as total from {table}"  # noqa: S608
    return f"select * exclude (total), {rating} as rating, {_sql_score('total')} as score from ({inner})"  # noqa: S608


def duckdb_query_blanks(table: str, names: Sequence[str]) -> str:
    """What gives the table with its results where there are blanks."""
    low, high = (" + ".join(f'coalesce("{name}", {cell}::tinyint)' for name in names) for cell in (1, 4))
    rating = (
        f"case when low >= {STARTS[2]} then '{WORDS[3]}' when high < {STARTS[0]} then '{WORDS[0]}' "
        f"when low >= {STARTS[1]} and high < {STARTS[2]} then '{WORDS[2]}' "
        f"when low >= {STARTS[0]} and high < {STARTS[1]} then '{WORDS[1]}' end"
    )
    score = f"case when low = high then {_sql_score('low')} end"
    inner = f"select *, {low} as low, {high} as high from {table}"  # noqa: S608
    return f"select * exclude (low, high), {rating} as rating, {score} as score from ({inner})"  # noqa: S608


def _sql_score(total: str) -> str:
    return f"(25::smallint * {total} + 8::smallint) // 9::smallint"


# -------------------------------------------------------------------------------------------------- Spark


def spark_check(frame: Any, names: Sequence[str]) -> None:  # noqa: ANN401
    """A look at all columns before the work."""
    from pyspark.sql import functions as f

    found = frame.agg(*(how(f.col(name)) for name in names for how in (f.min, f.max))).first()
    if min(found[::2]) < 1 or max(found[1::2]) > 4:
        raise ValueError(names)


def spark(frame: Any, names: Sequence[str], *, checks: bool, blanks: bool) -> Any:  # noqa: ANN401
    """The results as columns of Spark.

    Args:
        frame: The table.
        names: Its scores.
        checks: Whether what is no score stops the work in the same pass.
        blanks: Whether there are blanks.
    """
    from pyspark.sql import functions as f

    columns = [f.col(name) for name in names]
    words = [f.lit(word) for word in WORDS]

    def added(cell: int) -> Any:  # noqa: ANN401
        filled = [f.coalesce(column, f.lit(cell).cast("tinyint")) for column in columns] if blanks else columns
        return reduce(operator.add, filled)

    def first(total: Any) -> Any:  # noqa: ANN401
        if not checks:
            return total
        odd = reduce(operator.or_, [~column.between(1, 4) for column in columns])
        return f.when(odd, f.raise_error(f.lit("no score")).cast("tinyint")).otherwise(total)

    low, high = f.col("_low"), f.col("_high")
    if blanks:
        summed = frame.withColumns({"_low": first(added(1)), "_high": added(4)})
        rating = f.when(low >= STARTS[2], words[3]).when(high < STARTS[0], words[0])
        rating = rating.when((low >= STARTS[1]) & (high < STARTS[2]), words[2])
        rating = rating.when((low >= STARTS[0]) & (high < STARTS[1]), words[1])
    else:
        summed = frame.withColumns({"_low": first(added(1))})
        rating = f.when(low >= STARTS[2], words[3]).when(low >= STARTS[1], words[2])
        rating = rating.when(low >= STARTS[0], words[1]).otherwise(words[0])
    score = f.expr("cast((25 * _low + 8) div 9 as smallint)")
    score = f.when(low == high, score) if blanks else score
    return summed.withColumns({"rating": rating, "score": score}).drop("_low", "_high")
