"""Long tables, with one row for each score, and how they become wide: one row for each assessment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from careassure.errors import CareAssureError, InvalidTableError, Problem
from careassure.frame.columns import shortened, stem_beside
from careassure.frame.spelling import IN_PYTHON, Spelling
from careassure.model.arguments import explained
from careassure.model.framework import Framework
from careassure.model.printed_names import leaf_named
from careassure.model.text import fold, hint_for, join, plural

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    from careassure.frame.question import Marks

PRINTED = "printed_overall"
"""The column with what a long table says of a whole assessment; it is beside the scores, and is not one of them."""

_WHOLE = frozenset({"overall", "overall rating", "overall score", "overall grade"})


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


def is_overall(name: str, framework: Framework) -> bool:
    """Whether a row of that name is about the whole assessment, as in CQC's file of ratings."""
    if fold(name) not in _WHOLE:
        return False
    try:
        leaf_named(framework, name)
    except CareAssureError:
        return True
    return False


def widen(
    long: Long,
    native: Any,  # noqa: ANN401
    framework: Framework,
    marks: Marks | None = None,
) -> tuple[Any, dict[str, str | None]]:
    """One row for each assessment.

    What rows say that are about the whole assessment becomes the column `PRINTED`, which is not rated.

    Args:
        long: Where things stand.
        native: A data frame of any library that narwhals knows.
        framework: What was scored.
        marks: What the table brings about its rows. The result brings it of assessments, in the order of their rows.

    Returns:
        A data frame of the same library with the key and a column for each score that occurs, and the column of
        every score of the framework; None for those that do not occur.

    Raises:
        InvalidTableError: A column that does not exist, a statement that is not known, or a score that appears twice.
    """
    import narwhals.stable.v2 as nw

    from careassure.frame.reading import distinct  # needs NumPy, which may be missing

    frame: Any = nw.from_native(native)
    schema = frame.collect_schema()
    present = list(schema.names())
    check_columns(long, present)
    if schema[long.score] == nw.Object:
        problem = Problem(long.score, "it holds values of several kinds", "Make them all numbers, or all words")
        raise InvalidTableError("the columns of the table", [problem])
    names = _collected(distinct(frame.select(nw.col(long.statement).cast(nw.String))))
    whole = [name for name in names if isinstance(name, str) and is_overall(name, framework)]
    leaves = _leaves(framework, [name for name in names if name not in whole])
    _check_key(long, [*leaves, *([PRINTED] if whole else [])])
    if marks is None:
        _refuse_nameless(long, frame)
    stem = stem_beside(present)
    words = {**leaves, **({PRINTED: list(whole)} if whole else {})}
    if not words:  # column headers alone
        return _nothing(long, frame, marks), dict.fromkeys(framework.leaves)
    is_of = {name: nw.col(long.statement).cast(nw.String).is_in(said) for name, said in words.items()}
    made = {f"{stem}{at}": nw.when(rows).then(nw.col(long.score)) for at, rows in enumerate(is_of.values())}
    wide = frame.with_columns(**made).group_by(*long.key).agg(*_aggregates(stem, list(words), marks))
    counts = {"the overall rating" if name == PRINTED else name: f"{stem}count_{at}" for at, name in enumerate(words)}
    _check_counts(long, wide, counts)
    brought = marks.names if marks is not None else ()
    wide = _in_order(long, wide.select(*long.key, *words, *brought), marks)
    columns: dict[str, str | None] = dict.fromkeys(
        leaf for s in framework.statements if s.id not in leaves
        for leaf in s.leaves
    )  # fmt: skip
    return wide.to_native(), columns | {leaf: leaf for leaf in leaves}


def _aggregates(stem: str, names: Sequence[str], marks: Marks | None) -> list[nw.Expr]:
    """What is kept of the rows of one assessment: its scores, how many of each there are, and what its rows bring."""
    import narwhals.stable.v2 as nw

    found = [nw.col(marks.row).min()] if marks is not None else []
    found += [nw.col(marks.told).max()] if marks is not None and marks.told else []
    for at, name in enumerate(names):
        scores = nw.col(f"{stem}{at}")
        found += [scores.max().alias(name), scores.count().alias(f"{stem}count_{at}")]
    return found


def _in_order(long: Long, wide: Any, marks: Marks | None) -> Any:  # noqa: ANN401
    """Assessments as their rows stood, or by their key where nothing says it; a lazy table has no order."""
    import narwhals.stable.v2 as nw

    if marks is not None:
        return wide.sort(marks.row)
    if not isinstance(wide, nw.DataFrame):
        return wide
    wide = wide.sort(*long.key)
    return nw.from_native(wide.to_native().reset_index(drop=True)) if wide.implementation.is_pandas() else wide


def _nothing(long: Long, frame: Any, marks: Marks | None) -> Any:  # noqa: ANN401
    """A table of no assessment."""
    return frame.select(*long.key, *(marks.names if marks is not None else ())).head(0).to_native()


def _refuse_nameless(long: Long, frame: Any) -> None:  # noqa: ANN401
    """Refuse rows whose key is blank: together they would make an assessment of nobody."""
    import narwhals.stable.v2 as nw

    schema = frame.collect_schema()
    counts: dict[str, nw.Expr] = {}
    for number, name in enumerate(long.key):
        cell = nw.col(name)
        blank = cell.is_null()
        if schema[name] == nw.String:
            blank = blank | (cell.str.strip_chars() == "")
        counts[f"n{number}"] = nw.when(blank).then(nw.lit(1)).otherwise(nw.lit(0)).sum()
    found = frame.select(**counts)
    row = (found.collect() if isinstance(found, nw.LazyFrame) else found).rows(named=True)[0]
    problems = [
        Problem(str(name), f"it is blank in {plural(int(row[f'n{number}']), 'row')}", "Fill it in, in every row")
        for number, name in enumerate(long.key)
        if row[f"n{number}"]
    ]
    if problems:
        raise InvalidTableError("the key of the table", problems)


def check_columns(long: Long, present: Sequence[str], spelled: Spelling = IN_PYTHON) -> None:
    """See that a table has the columns of a long one.

    Raises:
        InvalidTableError: It has not.
    """
    asked = [*(("key", name) for name in long.key), ("statement", long.statement), ("score", long.score)]
    problems = [
        Problem(
            spelled.setting(setting, name) if spelled.names else str(name),
            "the table has no such column",
            _hint(name, present),
        )
        for setting, name in asked
        if name not in present
    ]
    if not long.key:
        name = spelled.names.get("key", "key")
        problems.append(Problem(name, "no column tells the assessments apart", "Name at least one"))
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


def _twice(leaves: Sequence[str]) -> str:
    return f"{join(leaves)} {'appears' if len(leaves) == 1 else 'appear'} twice"


def _check_counts(long: Long, wide: Any, counts: Mapping[str, str]) -> None:  # noqa: ANN401
    """Refuse a score that appears twice for one key."""
    import narwhals.stable.v2 as nw

    twice = nw.lit(False)
    for name in counts.values():
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
            _twice([leaf for leaf, name in counts.items() if row[name] > 1]),
            "Keep one score, or add a column to the key",
        )
        for row in first.rows(named=True)
    ]
    raise InvalidTableError(f"{plural(rows, 'assessment')} of the table", problems, rows=rows)
