"""The verb: what a scoring method makes of every row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import Any, TypeVar

from attrs import evolve

from careassure.api.lookup import FrameworkLike, ScorerLike
from careassure.errors import InvalidInputError, MissingExtraError, Problem
from careassure.frame.columns import Columns
from careassure.frame.kinds import kind_of
from careassure.frame.long import Long
from careassure.frame.question import Errors, Facts, Missing, Question, ask
from careassure.model.arguments import checked
from careassure.model.text import join

FrameT = TypeVar("FrameT")


@checked
def assess_frame(
    frame: FrameT,
    scorer: ScorerLike | None = None,
    *,
    framework: FrameworkLike | None = None,
    version: str | None = None,
    columns: Columns | None = None,
    long: Long | None = None,
    facts: Facts | None = None,
    key: str | Sequence[str] = (),
    missing: Missing = "interval",
    errors: Errors = "raise",
    outputs: Iterable[str] = ("rating", "score"),
    prefix: str = "",
) -> FrameT:
    """What a scoring method makes of every row of a table: the same, row by row, as `assess` makes of one assessment.

    The table is a data frame of pandas, Polars, PyArrow or Modin, or a lazy one of Polars, DuckDB, Ibis, PySpark or
    Dask, which is then worked out by its own engine. The results come as more columns of the same kind of table.

    A cell holds what a score may be: a number of its scale (also one such as 3.0, since some libraries keep whole
    numbers beside blanks only so), a word of its scale, or a state such as "not judged". A blank is a score that is
    not known.

    Args:
        frame: The table.
        scorer: The name of an installed scorer, a scorer, or a method; the framework's own where None.
        framework: What was scored; where None the newest version that the scorer accepts.
        version: The framework's version; the newest where it is left out.
        columns: The column of each score, by statement id, title or alias (``statement/part`` for parts), None for
            one that is known for no row; or a list of columns in the framework's order. Where it is left out,
            columns are found by their names.
        long: Where things stand in a table with one row for each score. The result has one row for each assessment,
            with its key, its scores and the results.
        facts: The column of each fact that the method asks for, or what is so for every row; where it is left out,
            columns are found by their names.
        key: Columns that tell rows apart, by which errors name them.
        missing: ``interval``: a blank counts as the worst score for ``low`` and as the best for ``high``, as it does
            in `assess`. ``refuse``: it makes the row a bad one.
        errors: What a row does that holds something that is not a score. ``raise``: an error names the first ten such
            rows; a lazy table is looked through once for that when this is called. ``flag``: its results are blank,
            and a column ``problem`` says why.
        outputs: What is wanted: ``rating``, ``low``, ``high``, ``suggested`` (keys of grades), ``score``,
            ``score_low``, ``score_high`` (whole numbers), ``percentage``, ``percentage_low``, ``percentage_high``
            (two columns each, the whole numbers of an exact fraction), ``margin``, ``flags``, ``profile``,
            ``profile_low``, ``profile_high`` (a column for each theme and statement that is graded), ``scorer`` and
            ``version``.
        prefix: What the names of new columns begin with.

    Returns:
        The table with more columns. Grades are ordered categories where the library has them and text elsewhere.
        Rows stay in their order in tables in memory, in those of Dask and in lazy ones of Polars; in the others a
        table has no order.

    Raises:
        InvalidTableError: Columns that do not fit, or rows that hold something that is not a score.
        InvalidInputError: A setting that does not exist, what is not a table, a percentage whose whole numbers
            need more than 64 bits, or a scale of more grades than a table holds.
        InvalidMethodError: The rungs of the method are not nested, so that a row has no one grade.
        UnknownFrameworkError: There is no such framework or version.
        UnknownScorerError: There is no such scorer, or it does not score this framework.
    """
    question = ask(
        scorer,
        framework=framework,
        version=version,
        columns=columns,
        facts=facts,
        key=key,
        missing=missing,
        errors=errors,
        outputs=outputs,
        prefix=prefix,
    )
    found: FrameT = assess_question(question, frame, long)
    return found


def assess_question(question: Question, frame: Any, long: Long | None) -> Any:  # noqa: ANN401
    """Put a question to a table; see `assess_frame`."""
    home = kind_of(frame)[0]
    try:
        if home == "narwhals":
            import narwhals.stable.v2 as nw

            return nw.from_native(_assess(question, frame.to_native(), long, given_as=home))
        return _assess(question, frame, long, given_as=home)
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in ALWAYS:
            raise missing_error("a table", [missing]) from error
        raise


def _assess(question: Question, native: Any, long: Long | None, *, given_as: str) -> Any:  # noqa: ANN401
    home = kind_of(native)[0]
    if home in ("dask", "dask_expr", "modin"):
        return _by_pandas(question, native, long, home, given_as)
    from careassure.frame.memory import wrap

    table = wrap(native)
    if table is None and not _is_lazy(native):
        kinds = "pandas, Polars, PyArrow, Modin, DuckDB, Ibis, PySpark or Dask"
        problem = Problem("", f"{type(native).__name__} is not a data frame that is known", f"Give one of {kinds}")
        raise InvalidInputError("what is to be assessed", [problem])
    if long is not None:
        if question.columns is not None or question.key:
            problem = Problem("long", "it already says which column is which", "Leave out columns and key")
            raise InvalidInputError("the settings", [problem])
        from careassure.frame.long import widen

        native = native if table is None else table.usual()
        native, places = widen(long, native, question.framework, question.marks)
        marks = None if question.marks is None else evolve(question.marks, grouped=True)
        question = evolve(question, columns=places, key=long.key, marks=marks)
        table = wrap(native)
    if table is not None:
        from careassure.frame.memory import assess_table

        return assess_table(question, table)
    from careassure.frame.engines import assess_lazy

    return assess_lazy(question, native)


def _is_lazy(native: Any) -> bool:  # noqa: ANN401
    import narwhals.stable.v2 as nw

    found = nw.from_native(native, pass_through=True)
    return isinstance(found, nw.LazyFrame)


def _by_pandas(question: Question, native: Any, long: Long | None, home: str, given_as: str) -> Any:  # noqa: ANN401
    if given_as == "narwhals":
        problem = Problem("", f"a {home} data frame inside a narwhals one", "Give the data frame itself")
        raise InvalidInputError("what is to be assessed", [problem])
    if long is not None:
        problem = Problem("long", f"long tables of {home} are not supported", "Collect it into pandas, or use Spark")
        raise InvalidInputError("what is to be assessed", [problem])
    if home == "modin":
        return type(native)(_assess(question, native.modin.to_pandas(), None, given_as=home))
    from careassure.frame.partitions import assess_partitions

    return assess_partitions(question, native)


# -- libraries that tables need and that are not installed -----------------------------------------------


ALWAYS = ("narwhals", "numpy", "pyarrow")
"""What every table needs."""


def missing_error(what: str, needed: Sequence[str]) -> MissingExtraError:
    """The error that something needs libraries, all of them that are missing at once, with how to get them.

    Args:
        what: What needs them, such as ``--engine polars``.
        needed: The libraries; those of every table are added.
    """
    missing = [name for name in dict.fromkeys([*needed, *ALWAYS]) if find_spec(name) is None] or list(needed)
    verb = "is" if len(missing) == 1 else "are"
    return MissingExtraError(
        f"{what} needs {join(missing)}, which {verb} not installed", hint=f"Run: pip install {' '.join(missing)}"
    )
