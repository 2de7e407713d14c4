"""How lazy tables are read: each score as expressions, so that the work stays in the engine.

An expression stands for a column of the lazy table, one entry for each row. Of a column ``led`` of words, once its
different words were looked up in the engine::

    rank      when led in ("Good", "good") then 2, when led in ("Outstanding",) then 3, otherwise 0
    unknown   led is null, or led in ("", "  ")
    odd       led in ("goood",)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from attrs import frozen

from careassure.errors import InvalidTableError, Problem
from careassure.frame.arrays import BAD, STATE, UNKNOWN, WITHHELD
from careassure.frame.cells import rank_of
from careassure.frame.expressions import Frame, any_of, chain, fits, literal
from careassure.frame.question import Request
from careassure.methods.plan import Source, Span
from careassure.model.scale import Scale

MOST_WORDS = 10_000
"""A column of words may hold so many different ones; more are a sign that it holds no scores."""

MOST_PLAIN = 1000
"""Columns of whole numbers up to this value are worked with as they are; sums of them have room for that."""


@frozen(eq=False)
class Plain:
    """A column of whole numbers for a scale without gaps. Where no row is bad, it can be worked with as it is.

    Args:
        cell: The column itself.
        kind: Its type, which can hold every value of the scale.
        lowest: The lowest value of the scale, by which a cell lies above its rank.
        highest: The highest value of the scale.
    """

    cell: nw.Expr
    kind: Any
    lowest: int
    highest: int

    def filled(self, frame: Frame, rank: int) -> nw.Expr:
        """The column with the value of a rank in the place of blanks."""
        return self.cell.fill_null(literal(frame, self.lowest + rank, self.kind))


@frozen(eq=False)
class Read:
    """A column of scores, as expressions.

    Args:
        leaf: The id of the score.
        column: The name of the column.
        rank: Its rank; 0 where it has none.
        unknown: Where there is nothing; None where that is nowhere.
        odd: Where there is something that is not a score; None where that is nowhere.
        states: Pairs of the code of a state and where it stands.
        shown: The value as a message prints it.
        plain: The column as it is, where it is one of whole numbers for a scale without gaps; None otherwise.
        blank: Whether there is nothing in some row, where that was seen among the different words; None otherwise.
    """

    leaf: str
    column: str
    rank: nw.Expr
    unknown: nw.Expr | None
    odd: nw.Expr | None
    states: tuple[tuple[int, nw.Expr], ...]
    shown: nw.Expr
    plain: Plain | None = None
    blank: bool | None = None

    @property
    def state(self) -> nw.Expr | None:
        """Where it carries a state; None where that is nowhere."""
        return any_of([where for _, where in self.states])

    def left_out(self, source: Source) -> nw.Expr | None:
        """Where the method leaves it out; None where that is nowhere."""
        if source.state is not None:
            return None
        return any_of([where for code, where in self.states if code > WITHHELD])

    def open(self, source: Source) -> list[tuple[nw.Expr, Span]]:
        """Where it is not known, and what it can be there."""
        span = source.state or source.withheld
        states = [where for code, where in self.states if source.state is not None or code <= WITHHELD]
        pairs = ((self.unknown, source.unknown), (any_of(states), span))
        return [(where, ends) for where, ends in pairs if where is not None]

    @property
    def unsure(self) -> nw.Expr | None:
        """Where no score is known; None where that is nowhere."""
        return any_of([where for where in (self.unknown, self.state) if where is not None])


def read_all(request: Request, frame: Frame) -> list[Read | None]:
    """Every score of a table as expressions; None for those that no column holds.

    Columns of words are looked through once, for the different words that they hold.

    Raises:
        InvalidTableError: A column of words holds far too many different ones.
    """
    schema = frame.collect_schema()
    framework = request.question.framework
    problems: list[Problem] = []
    found: list[Read | None] = []
    wordy = [name for name in request.placed.used if not (schema[name].is_numeric() or schema[name] == nw.Boolean)]
    words_of = different(frame, wordy)
    for leaf, column in request.placed.columns:
        if column is None:
            found.append(None)
            continue
        scale, dtype = framework.scale_of(leaf), schema[column]
        if dtype.is_numeric() or dtype == nw.Boolean:
            found.append(_numbers(leaf, column, scale, dtype))
            continue
        words = words_of[column]
        if sum(word is not None for word in words) > MOST_WORDS:
            problems.append(Problem(column, f"it holds more than {MOST_WORDS:,} different words", f"Is it {leaf}?"))
        found.append(_words(leaf, column, scale, words))
    if problems:
        raise InvalidTableError("the columns of the table", problems)
    return found


def _numbers(leaf: str, column: str, scale: Scale, dtype: Any) -> Read:  # noqa: ANN401
    cell = nw.col(column)
    shown = cell.cast(nw.String)
    unknown = cell.is_null()
    if dtype == nw.Boolean or not scale.numeric:
        if dtype.is_float():
            unknown = unknown | cell.is_nan()
        return Read(leaf, column, nw.lit(0), unknown, ~unknown, (), shown)
    lowest, highest = scale.lowest.value, scale.highest.value
    if dtype.is_integer() and highest - lowest == len(scale) - 1 and highest <= MOST_PLAIN:
        good = cell.is_between(nw.lit(lowest), nw.lit(highest))
        rank = nw.when(good).then(cell.cast(nw.Int32) - lowest).otherwise(nw.lit(0))
        plain = Plain(cell, dtype, lowest, highest) if fits(type(dtype), lowest, highest) else None
        return Read(leaf, column, rank, unknown, _odd(unknown, good), (), shown, plain)
    grades = list(scale)
    if dtype.is_float():
        cell = cell.cast(nw.Float64)
        unknown = unknown | cell.is_nan()
        grades = [grade for grade in scale if _exactly(grade.value)]
    elif dtype.is_integer():
        grades = [grade for grade in scale if fits(type(dtype), grade.value, grade.value)]
    cases = [(cell == _literal(grade.value, dtype), grade.rank) for grade in grades]
    any_good = any_of([where for where, _ in cases])
    odd = ~unknown if any_good is None else _odd(unknown, any_good)
    return Read(leaf, column, chain(cases, 0), unknown, odd, (), shown)


def _literal(value: int, dtype: Any) -> nw.Expr:  # noqa: ANN401
    return nw.lit(float(value)) if dtype.is_float() else nw.lit(value)


def _exactly(value: int) -> bool:
    """Whether a float holds a number as it is."""
    try:
        return int(float(value)) == value
    except OverflowError:
        return False


def _odd(unknown: nw.Expr, good: nw.Expr) -> nw.Expr:
    return nw.when(unknown).then(nw.lit(False)).otherwise(~good)


def different(frame: Frame, columns: Sequence[str]) -> dict[str, list[object]]:
    """The different words of some columns, None among them where a row has none; more than `MOST_WORDS` are cut off."""
    found: dict[str, list[object]] = {}
    if columns and frame.implementation.is_polars():
        import polars as pl

        cells = [pl.col(name).cast(pl.String).unique().head(MOST_WORDS + 2).implode() for name in columns]
        row = frame.to_native().select(cells).collect().row(0, named=True)
        return {name: list(row[name]) for name in columns}
    if len(columns) > 1 and frame.implementation.is_pyspark():
        return _different_in_spark(frame, columns)
    for name in columns:
        words = distinct(frame.select(nw.col(name).cast(nw.String))).head(MOST_WORDS + 2).collect()
        found[name] = words.get_column(name).to_list()
    return found


def _different_in_spark(frame: Frame, columns: Sequence[str]) -> dict[str, list[object]]:
    """The different words of several columns by one reading of the table, and not by one for each column."""
    cells = frame.select(**{f"c{number}": nw.col(name).cast(nw.String) for number, name in enumerate(columns)})
    pairs = distinct(cells.unpivot(None, variable_name="column", value_name="word"))
    most = (MOST_WORDS + 1) * len(columns)
    row = pairs.head(most + 1).collect()
    if len(row) > most:  # some column holds far too many, and the others may have been cut short
        return {name: different(frame, [name])[name] for name in columns}
    found: dict[str, list[object]] = {name: [] for name in columns}
    for place, word in zip(row.get_column("column").to_list(), row.get_column("word").to_list(), strict=True):
        found[columns[int(place[1:])]].append(word)
    return found


def distinct(frame: Frame) -> Frame:
    """Each different row once. Spark adds the same up where they lie; narwhals has it sort and number all rows."""
    if frame.implementation.is_pyspark():
        found: Frame = nw.from_native(frame.to_native().distinct())
        return found
    return frame.unique()


def _words(leaf: str, column: str, scale: Scale, words: Sequence[object]) -> Read:
    cell = nw.col(column).cast(nw.String)
    by_code: dict[int, list[object]] = {}
    for word in words:
        by_code.setdefault(rank_of(word, scale), []).append(word)
    unknown = nw.col(column).is_null()
    odd = by_code.pop(BAD, None)
    blank = by_code.pop(UNKNOWN, [])
    said = [word for word in blank if word is not None]
    if said:
        unknown = unknown | _is_one(cell, said)
    states = tuple((code, _is_one(cell, by_code[code])) for code in sorted(by_code) if code <= STATE)
    ranks: Mapping[int, list[object]] = {code: found for code, found in by_code.items() if code > 0}
    rank = chain([(_is_one(cell, found), code) for code, found in sorted(ranks.items())], 0)
    shown = nw.concat_str(nw.lit('"'), cell, nw.lit('"'))
    return Read(leaf, column, rank, unknown, _is_one(cell, odd) if odd else None, states, shown, blank=bool(blank))


def _is_one(cell: nw.Expr, words: Sequence[object]) -> nw.Expr:
    found = cell.is_in(list(words))
    return nw.when(cell.is_null()).then(nw.lit(False)).otherwise(found)
