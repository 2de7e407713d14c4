"""Dask: every partition is a pandas data frame and is worked out by itself, so no row can leave its place."""

from __future__ import annotations

from attrs import evolve

from careassure.errors import InvalidTableError, Problem
from careassure.frame.adapters import PandasTable
from careassure.frame.cells import Native
from careassure.frame.faults import SHOWN, what_is_wrong
from careassure.frame.memory import assess_table, faults_of, wrap
from careassure.frame.question import Question


def assess_partitions(question: Question, frame: Native) -> Native:
    """The Dask data frame with its results.

    Raises:
        InvalidTableError: Its columns do not fit, or rows hold something that is not a score.
    """
    question.placed(list(frame.columns))
    if question.fitted is None and "flags" in question.outputs:
        raise InvalidTableError(
            "the outputs",
            [Problem("flags", f"which of them {question.scorer.name} gives is known only when all rows were read",
                     "Leave it out, or collect the data frame into pandas")],
        )  # fmt: skip
    if question.errors == "raise":
        _check(question, frame)
    kept = evolve(question, errors="flag") if question.errors == "raise" else question
    drop = [f"{question.prefix}problem"] if question.errors == "raise" else []
    meta = _one(frame._meta.iloc[:0], kept, drop)  # noqa: SLF001
    return frame.map_partitions(_one, kept, drop, meta=meta)


def _one(part: Native, question: Question, drop: list[str]) -> Native:
    found = assess_table(question, PandasTable(part)).drop(columns=drop)
    if question.fitted is not None:
        return found
    # Which grades occur differs between partitions where only outcomes tell the scale: plain text has one type.
    grades = [name for name in found.columns[len(part.columns) :] if str(found[name].dtype) == "category"]
    return found.astype(dict.fromkeys(grades, "str"))


def _check(question: Question, frame: Native) -> None:
    """Look through every partition once for bad rows, and raise one error for all."""
    from dask.base import compute
    from dask.delayed import delayed

    looked = compute(*(delayed(_look)(question, part) for part in frame.to_delayed()))
    rows = sum(found[0] for found in looked)
    if rows:
        first = [problem for found in looked for problem in found[1]]
        places = list(dict.fromkeys(problem.where.row for problem in first))[:SHOWN]
        shown = [problem for problem in first if problem.where.row in places]
        raise InvalidTableError(what_is_wrong(rows, len(places)), shown, rows=rows)


def _look(question: Question, part: Native) -> tuple[int, list[Problem]]:
    table = wrap(part)
    if table is None:
        raise TypeError(f"a partition is {type(part).__name__}, not a pandas data frame")
    error = faults_of(question, table)
    return (error.rows, list(error.problems)) if error is not None else (0, [])
