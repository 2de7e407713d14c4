"""Long tables, with one row for each score, and how they become wide: one row for each assessment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from careassure.errors import CareAssureError, InvalidTableError, Problem
from careassure.frame.columns import shortened
from careassure.model.arguments import explained
from careassure.model.framework import Framework
from careassure.model.printed_names import leaf_named
from careassure.model.text import hint_for, join, plural

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw


def _names(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


@explained
@frozen
class Long:
    """A table with one row for each score.

    Args:
        key: The columns that tell assessments apart, such as a council's code and a date.
        statement: The column that names what was scored: by id, title or alias, ``statement/part`` for parts.
        score: The column of the scores.
    """

    key: tuple[str, ...] = field(converter=_names)
    statement: str = "statement"
    score: str = "score"


def widen(long: Long, native: Any, framework: Framework) -> tuple[Any, dict[str, str | None]]:  # noqa: ANN401
    """One row for each assessment.

    Args:
        long: Where things stand.
        native: A data frame of any library that narwhals knows.
        framework: What was scored.

    Returns:
        A data frame of the same library with the key and a column for each score that occurs, and the column of
        every score of the framework; None for those that do not occur.

    Raises:
        InvalidTableError: A column that does not exist, a statement that is not known, or a score that appears twice.
    """
    import narwhals.stable.v2 as nw

    frame: Any = nw.from_native(native)
    schema = frame.collect_schema()
    present = list(schema.names())
    _check_columns(long, present)
    statement, score = nw.col(long.statement), nw.col(long.score)
    if schema[long.score] == nw.Object:
        problem = Problem(long.score, "it holds values of several kinds", "Make them all numbers, or all words")
        raise InvalidTableError("the columns of the table", [problem])
    leaves = _leaves(framework, _collected(frame.select(nw.col(long.statement).cast(nw.String)).unique()))
    _check_key(long, list(leaves))
    stem = "_careassure_"
    while any(name.casefold().startswith(stem) for name in present):
        stem += "_"
    made: dict[str, nw.Expr] = {}
    for number, words in enumerate(leaves.values()):
        made[f"{stem}{number}"] = nw.when(statement.cast(nw.String).is_in(words)).then(score)
    frame = frame.with_columns(**made)
    found: list[nw.Expr] = []
    for number, leaf in enumerate(leaves):
        found += [
            nw.col(f"{stem}{number}").max().alias(leaf),
            nw.col(f"{stem}{number}").count().alias(f"{stem}count_{number}"),
        ]
    wide = frame.group_by(*long.key).agg(*found)
    _check_counts(long, wide, list(leaves), [f"{stem}count_{number}" for number in range(len(leaves))])
    wide = wide.select(*long.key, *leaves)
    if isinstance(wide, nw.DataFrame):
        wide = wide.sort(*long.key)
        if wide.implementation.is_pandas():
            wide = nw.from_native(wide.to_native().reset_index(drop=True))
    columns: dict[str, str | None] = dict.fromkeys(
        leaf for s in framework.statements if s.id not in leaves
        for leaf in s.leaves
    )  # fmt: skip
    return wide.to_native(), columns | {leaf: leaf for leaf in leaves}


def _check_columns(long: Long, present: Sequence[str]) -> None:
    problems = [
        Problem(str(name), "the table has no such column", _hint(name, present))
        for name in (*long.key, long.statement, long.score)
        if name not in present
    ]
    if not long.key:
        problems.append(Problem("key", "no column tells the assessments apart", "Name at least one"))
    if problems:
        raise InvalidTableError("the columns of the table", problems)


def _hint(name: str, present: Sequence[str]) -> str:
    return hint_for(str(name), [str(column) for column in present], f"There are {shortened(present)}")


def _collected(frame: Any) -> list[Any]:  # noqa: ANN401
    import narwhals.stable.v2 as nw

    found = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    return list(found.get_column(found.columns[0]).to_list())


def _leaves(framework: Framework, names: Sequence[object]) -> dict[str, list[object]]:
    """The leaves that occur, in the framework's order, with the words that name them."""
    problems: list[Problem] = []
    by_leaf: dict[str, list[object]] = {}
    for name in names:
        if not isinstance(name, str):
            problems.append(Problem("", "a row names no statement", "Name one in every row"))
            continue
        try:
            by_leaf.setdefault(leaf_named(framework, name), []).append(name)
        except CareAssureError as error:
            problems.append(Problem("", error.message, error.hint))
    if problems:
        raise InvalidTableError("the statements of the table", sorted(problems, key=str))
    order = [leaf for s in framework.statements for leaf in dict.fromkeys((s.id, *s.leaves))]
    return {leaf: by_leaf[leaf] for leaf in order if leaf in by_leaf}


def _check_key(long: Long, leaves: Sequence[str]) -> None:
    """Refuse a key with the name that a score gets: capitals make no difference in SQL."""
    taken = {leaf.casefold() for leaf in leaves}
    problems = [
        Problem(name, "the scores of this statement get a column of that name", "Rename the column of the key")
        for name in long.key
        if name.casefold() in taken
    ]
    if problems:
        raise InvalidTableError("the columns of the table", problems)


def _check_counts(long: Long, wide: Any, leaves: Sequence[str], counts: Sequence[str]) -> None:  # noqa: ANN401
    """Refuse a score that appears twice for one key."""
    import narwhals.stable.v2 as nw

    twice = nw.col(counts[0]) > 1 if counts else nw.lit(False)
    for name in counts[1:]:
        twice = twice | (nw.col(name) > 1)
    found = wide.filter(twice).sort(*long.key)
    total = found.select(nw.col(long.key[0]).is_null().cast(nw.Int64).count()) if counts else None
    first = found.head(10)
    first = first.collect() if isinstance(first, nw.LazyFrame) else first
    if total is None or not len(first):
        return
    total = total.collect() if isinstance(total, nw.LazyFrame) else total
    rows = int(total.get_column(total.columns[0]).to_list()[0])
    problems = [
        Problem(
            join([f"{name} {row[name]}" for name in long.key]),
            f"{join([leaf for leaf, name in zip(leaves, counts, strict=True) if row[name] > 1])} appears twice",
            "Keep one score, or add a column to the key",
        )
        for row in first.rows(named=True)
    ]
    raise InvalidTableError(f"{plural(rows, 'assessment')} of the table", problems, rows=rows)
