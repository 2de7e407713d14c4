"""From file to file: a table is read, worked out and written in pieces, so that it may be larger than memory."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, get_args

from attrs import evolve, frozen

from careassure.errors import CareAssureError, InvalidInputError, Problem, ReadError, WriteError
from careassure.frame.assess import assess_question
from careassure.frame.long import Long
from careassure.frame.request import Question
from careassure.model.text import join

Engine = Literal["polars", "duckdb", "spark"]
Format = Literal["parquet", "csv", "arrow"]

ENDINGS: dict[str, Format] = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
}
"""The endings of names, and the format that each stands for."""

Progress = Callable[[int, "int | None"], None]
"""Called now and then with the rows that are done and how many there are, None where that is not known."""


@frozen
class Written:
    """What was written.

    Args:
        rows: How many rows.
        bad: How many of them hold something that is no score; they were flagged.
    """

    rows: int
    bad: int


def assess_file(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    question: Question,
    *,
    long: Long | None = None,
    engine: Engine = "polars",
    progress: Progress | None = None,
) -> Written:
    """Read a table from a file and write it with its results to another.

    The cells of a CSV file are text: ``3`` means the score 3, and an empty cell is a blank. All other cells are
    written as they were read.

    Args:
        source: A file ending in .parquet, .csv, .arrow, .feather or .ipc; for Spark also a folder of such files.
        target: The file to write; its ending says how. Spark writes a folder.
        question: What is asked of the table.
        long: Where things stand in a table with one row for each score.
        engine: What does the work.
        progress: Is told how far the work is, where the engine can say so.

    Raises:
        ReadError: The file cannot be read.
        WriteError: The other cannot be written; nothing is left behind.
        InvalidTableError: Its columns do not fit, or rows hold what is no score.
    """
    where, to = Path(source), Path(target)
    form, to_form = _format(where, ReadError), _format(to, WriteError)
    if engine not in get_args(Engine):
        problem = Problem("engine", f"{engine!r} is not known", f"Use {join(list(get_args(Engine)), 'or')}")
        raise InvalidInputError("the settings", [problem])
    if not where.exists():
        raise ReadError("there is no such file", where=str(where))
    if to.exists() and to.samefile(where):
        raise WriteError("it is the file that is read", where=str(to), hint="Give another name")
    if to.is_dir() and not (engine == "spark" and _is_written_by_spark(to)):
        raise WriteError("it is a folder", where=str(to), hint="Give another name, or remove it first")
    if not to.parent.is_dir():
        raise WriteError("there is no such folder", where=str(to.parent), hint="Make it first")
    question = evolve(question, text=form == "csv")
    work = {"polars": _by_polars, "duckdb": _by_duckdb, "spark": _by_spark}[engine]
    with _beside(to) as part:
        try:
            return work(question, long, (where, form), (part, to_form), progress)
        except CareAssureError:
            raise
        except OSError as error:
            raise WriteError(error.strerror or str(error), where=str(error.filename or to)) from error
        except Exception as error:
            if _is_fault_of_engine(error):
                first = str(error).strip().partition("\n")[0]
                raise ReadError(f"{engine} cannot work it out: {first}", where=str(where)) from error
            raise


def _format(path: Path, error: type[ReadError | WriteError]) -> Format:
    form = ENDINGS.get(path.suffix.lower())
    if form is None:
        raise error(f"the ending {path.suffix or 'of its name'} is not known", where=str(path),
                    hint=f"Use {join(list(ENDINGS), 'or')}")  # fmt: skip
    return form


def _is_written_by_spark(folder: Path) -> bool:
    """Whether a folder holds what Spark wrote and nothing else, so that it may be replaced."""
    names = [path.name for path in folder.iterdir()]
    return "_SUCCESS" in names and all(name.startswith(("part-", "_SUCCESS", ".part-", "._SUCCESS")) for name in names)


_LIBRARIES = ("polars", "duckdb", "_duckdb", "narwhals", "pyspark", "py4j", "pyarrow")


def _is_fault_of_engine(error: Exception) -> bool:
    """Whether an error is one of the engine's own, which says what is wrong with the file."""
    return type(error).__module__.partition(".")[0] in _LIBRARIES


@contextmanager
def _beside(target: Path) -> Generator[Path]:
    """A place beside the target that takes its name when all is well, and is removed otherwise."""
    part = target.with_name(f"{target.name}.{os.getpid()}.part{target.suffix}")  # no dot first: Spark would not see it
    try:
        yield part
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        os.replace(part, target)  # noqa: PTH105  (over whatever stands there)
    finally:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _refuse_arrow(engine: str, *forms: Format) -> None:
    if "arrow" in forms:
        problem = Problem("engine", f"{engine} reads and writes no Arrow files", "Use polars")
        raise InvalidInputError("the settings", [problem])


def _problem_column(question: Question) -> str | None:
    return f"{question.prefix}problem" if question.errors == "flag" else None


# -- Polars -------------------------------------------------------------------------------------------


def _by_polars(
    question: Question, long: Long | None, source: tuple[Path, Format], target: tuple[Path, Format],
    progress: Progress | None,
) -> Written:  # fmt: skip
    import polars as pl

    path, form = source
    if form == "csv":
        table = pl.scan_csv(path, infer_schema=False)
    else:
        table = pl.scan_parquet(path) if form == "parquet" else pl.scan_ipc(path)
    total = None if form == "csv" or long is not None else int(table.select(pl.len()).collect().item())
    made: pl.LazyFrame = assess_question(question, table, long)
    done = _Counter(total, progress)
    kinds = made.collect_schema()
    first, problem = kinds.names()[0], _problem_column(question)
    made = made.with_columns(pl.col(first).map_batches(done.count, return_dtype=kinds[first], is_elementwise=True))
    if problem is not None:
        made = made.with_columns(
            pl.col(problem).map_batches(done.count_bad, return_dtype=pl.String, is_elementwise=True)
        )
    out, to_form = target
    if to_form == "parquet":
        made.sink_parquet(out)
    elif to_form == "csv":
        made.sink_csv(out)
    else:
        made.sink_ipc(out)
    return Written(done.rows, done.bad)


class _Counter:
    """Counts the rows that pass by."""

    def __init__(self, total: int | None, progress: Progress | None) -> None:
        self.total = total
        self.progress = progress
        self.rows = 0
        self.bad = 0

    def count_bad(self, column: Any) -> Any:  # noqa: ANN401
        self.bad += len(column) - column.null_count()
        return column

    def count(self, column: Any) -> Any:  # noqa: ANN401
        self.rows += len(column)
        if self.progress is not None:
            self.progress(self.rows, self.total)
        return column


# -- DuckDB -------------------------------------------------------------------------------------------


def _by_duckdb(
    question: Question, long: Long | None, source: tuple[Path, Format], target: tuple[Path, Format],
    progress: Progress | None,
) -> Written:  # fmt: skip
    import duckdb

    path, form = source
    out, to_form = target
    _refuse_arrow("DuckDB", form, to_form)
    with duckdb.connect() as connection:
        connection.execute(f"set enable_progress_bar = {str(progress is not None).lower()}")
        if form == "csv":
            table = connection.read_csv(str(path), all_varchar=True, allow_quoted_nulls=False)
        else:
            table = connection.read_parquet(str(path))
        made = assess_question(question, table, long)
        if to_form == "parquet":
            made.write_parquet(str(out), compression="zstd")
        else:
            made.write_csv(str(out))
        written = connection.read_parquet(str(out)) if to_form == "parquet" else connection.read_csv(
            str(out), all_varchar=True)  # fmt: skip
        name = _problem_column(question)
        counts = 'count(*), count("{}")'.format(name.replace('"', '""')) if name else "count(*), 0"
        rows, bad = written.aggregate(counts).fetchall()[0]
    return Written(rows, bad)


# -- Spark --------------------------------------------------------------------------------------------


def _by_spark(
    question: Question, long: Long | None, source: tuple[Path, Format], target: tuple[Path, Format],
    progress: Progress | None,
) -> Written:  # fmt: skip
    from pyspark.sql import SparkSession

    path, form = source
    out, to_form = target
    _refuse_arrow("Spark", form, to_form)
    shown = str(progress is not None).lower()
    session = SparkSession.builder.config("spark.ui.showConsoleProgress", shown).getOrCreate()
    table = _read_spark(session, path, form)
    made = assess_question(question, table, long)
    if to_form == "parquet":
        made.write.parquet(str(out))
    else:
        made.write.options(header="true", escape='"', emptyValue='""').csv(str(out))
    written = _read_spark(session, out, to_form)
    name = _problem_column(question)
    bad = written.where(written[name].isNotNull()).count() if name else 0
    return Written(written.count(), bad)


def _read_spark(session: Any, path: Path, form: Format) -> Any:  # noqa: ANN401
    if form == "parquet":
        return session.read.parquet(str(path))
    return session.read.options(header="true", escape='"', multiLine="true", emptyValue="").csv(str(path))
