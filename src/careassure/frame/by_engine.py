"""What each engine does with a file: it scans a table, works the results out, and writes both, all in pieces."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from attrs import evolve, field, frozen

from careassure.errors import InvalidInputError, Problem
from careassure.frame.assess import assess_question
from careassure.frame.columns import stem_beside
from careassure.frame.guards import guard_duckdb, guard_polars, guard_spark, quoted_spark
from careassure.frame.long import PRINTED, Long
from careassure.frame.question import Marks, Question
from careassure.model.safe_text import guarded
from careassure.tables.table import Audit

Engine = Literal["polars", "duckdb", "spark"]
Format = Literal["parquet", "csv", "arrow"]

ENDINGS: dict[str, Format] = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
}
"""The endings of names that an engine reads or writes, and the format that each stands for."""

Progress = Callable[[str, int, "int | None"], None]
"""Called now and then with what is done, the rows that are done, and how many there are, None where nobody knows."""


@frozen
class Compared:
    """Ratings that a table brings, beside those that were worked out.

    Args:
        agree: How many are the same.
        differ: How many are another.
        unsettled: How many cannot be compared, since one of the two is open or no rating.
    """

    agree: int
    differ: int
    unsettled: int


@frozen
class Written:
    """What was written.

    Args:
        rows: How many rows.
        bad: How many of them hold something that is not a score; they were flagged.
        audit: What became of the rows and columns that were read.
        notes: What a person may want to know, a sentence each.
        read: How many rows the table had.
        columns: Its columns.
        compared: The ratings of a long table beside those that were worked out; None where it brings none.
    """

    rows: int
    bad: int
    audit: Audit = field(default=Audit(0, 0, 0), eq=False)
    notes: tuple[str, ...] = field(default=(), eq=False)
    read: int = field(default=0, eq=False)
    columns: tuple[str, ...] = field(default=(), eq=False)
    compared: Compared | None = field(default=None, eq=False)


@frozen
class Job:
    """A table to rate.

    Args:
        question: What is asked of it.
        long: Where things stand in a table with one row for each score.
        source: The file that is scanned, and its format.
        target: Where to write, and in which format.
        progress: Is told how far the work is.
        printed: The grade that each word for a whole assessment stands for, where a long table brings such.
        rows: How many rows the source has, where somebody has counted them.
    """

    question: Question
    long: Long | None
    source: tuple[Path, Format]
    target: tuple[Path, Format]
    progress: Progress | None
    printed: Mapping[str, str | None]
    rows: int | None = None

    @property
    def problem(self) -> str | None:
        """The column that says what is wrong with a row; None where bad rows raise."""
        return f"{self.question.prefix}problem" if self.question.errors == "flag" else None

    def numbered(self, present: list[str], *, by: bool = True) -> tuple[Job, str]:
        """The job with a column of row numbers, which the engine adds where the file brings none; and its name."""
        if self.question.marks is not None or not by or self.long is not None:
            return self, ""
        name = f"{stem_beside(present)}row"
        return evolve(self, question=evolve(self.question, marks=Marks(name))), name


def _refuse_arrow(engine: str, job: Job) -> None:
    if "arrow" in (job.source[1], job.target[1]):
        problem = Problem("engine", f"{engine} reads and writes no Arrow files", "Use polars")
        raise InvalidInputError("the settings", [problem])


# -- Polars -------------------------------------------------------------------------------------------


def by_polars(job: Job) -> Written:
    """Let Polars do the work."""
    import polars as pl

    path, form = job.source
    if form == "parquet":
        table = pl.scan_parquet(path, glob=False, hive_partitioning=False)
        return _sink_polars(job, table)
    with plain_path(path) as exact:  # older versions have no way to say that a name is not a pattern
        return _sink_polars(job, pl.scan_ipc(exact, hive_partitioning=False))


def _sink_polars(job: Job, table: Any) -> Written:  # noqa: ANN401
    import polars as pl

    total = int(table.select(pl.len()).collect().item())
    present: list[str] = table.collect_schema().names()
    job, name = job.numbered(present)
    if name:
        table = table.with_row_index(name, offset=1)
    made: pl.LazyFrame = assess_question(job.question, table, job.long)
    done = _Counter(None if job.long is not None else total, job.progress)
    kinds = made.collect_schema()
    first, problem = kinds.names()[0], job.problem
    made = made.with_columns(pl.col(first).map_batches(done.count, return_dtype=kinds[first], is_elementwise=True))
    if problem is not None:
        made = made.with_columns(
            pl.col(problem).map_batches(done.count_bad, return_dtype=pl.String, is_elementwise=True)
        )
    out, to_form = job.target
    if to_form == "parquet":
        made.sink_parquet(out)
    elif to_form == "csv":
        guard_polars(made).sink_csv(out)
    else:
        made.sink_ipc(out)
    if not job.printed:
        return Written(done.rows, done.bad, read=total, columns=tuple(present))
    with plain_path(out) as exact:
        if to_form == "csv":
            again = pl.scan_csv(exact, infer_schema=False)
        else:
            again = pl.scan_parquet(exact) if to_form == "parquet" else pl.scan_ipc(exact)
        return Written(done.rows, done.bad, compared=compare(job, again))


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
            self.progress("rated", self.rows, self.total)
        return column


# -- DuckDB -------------------------------------------------------------------------------------------


def by_duckdb(job: Job) -> Written:
    """Let DuckDB do the work."""
    import duckdb

    _refuse_arrow("DuckDB", job)
    path, _ = job.source
    out, to_form = job.target
    settings: dict[str, Any] = {
        "temp_directory": str(out.parent / "spilled"),  # removed with all that is beside the target
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    with duckdb.connect(config=settings) as connection:
        connection.execute(f"set enable_progress_bar = {str(job.progress is not None).lower()}")
        exact = _without_patterns(path)
        table = connection.read_parquet(exact, hive_partitioning=False)
        present, total = tuple(table.columns), int(table.aggregate("count(*)").fetchall()[0][0])
        job, name = job.numbered(list(present), by="file_row_number" not in map(str.casefold, present))
        if name:
            table = connection.read_parquet(exact, hive_partitioning=False, file_row_number=True)
            table = table.project(f'* exclude (file_row_number), file_row_number + 1 as "{name}"')
        made = assess_question(job.question, table, job.long)
        if to_form == "parquet":
            made.write_parquet(str(out), compression="zstd")
        else:
            guard_duckdb(made).write_csv(str(out))
        exact, problem = _without_patterns(out), job.problem
        if to_form == "parquet":
            written = connection.read_parquet(exact, hive_partitioning=False)
        else:
            written = connection.read_csv(
                exact, all_varchar=True, hive_partitioning=False, header=True, delimiter=",", quotechar='"',
                escapechar='"',
            )  # fmt: skip
            problem = guarded(problem) if problem else None
        counts = 'count(*), count("{}")'.format(problem.replace('"', '""')) if problem else "count(*), 0"
        rows, bad = written.aggregate(counts).fetchall()[0]
        compared = compare(job, written) if job.printed else None
        return Written(rows, bad, read=total, columns=present, compared=compared)


def _without_patterns(path: Path) -> str:
    """A path in which DuckDB sees no pattern: each sign of one stands in brackets, where it means itself."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))


# -- Spark --------------------------------------------------------------------------------------------


def by_spark(job: Job) -> Written:
    """Let Spark do the work."""
    from pyspark.sql import SparkSession, functions

    _refuse_arrow("Spark", job)
    path, _ = job.source
    out, to_form = job.target
    shown = str(job.progress is not None).lower()
    session = SparkSession.builder.config("spark.ui.showConsoleProgress", shown).getOrCreate()
    with plain_path(path) as exact, plain_path(out.parent) as folder:
        table = _read_spark(session, exact, "parquet")
        present, total = tuple(table.columns), table.count() if job.rows is None else job.rows
        made = assess_question(job.question, table, job.long)
        to, name = folder / out.name, job.problem
        out.rmdir()  # Spark makes it itself
        if to_form == "parquet":
            made.write.parquet(str(to))
        else:
            made, name = guard_spark(made), guarded(name) if name else None
            made.write.options(header="true", escape='"', emptyValue='""').csv(str(to))
        written = _read_spark(session, to, to_form, made.schema)
        problem = functions.col(quoted_spark(name)) if name else functions.lit(None)
        rows, bad = written.agg(functions.count(functions.lit(1)), functions.count(problem)).first()
        compared = compare(job, written) if job.printed else None
        return Written(rows, bad, read=total, columns=present, compared=compared)


@contextmanager
def plain_path(path: Path) -> Generator[Path]:
    """A path with nothing in it that is read as a pattern or an address: where it has such, a link to it."""
    if re.fullmatch(r"[\w./ ~-]+", str(path), re.ASCII):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="careassure-") as folder:
        link = Path(folder) / f"table{path.suffix if path.suffix in ENDINGS else ''}"
        link.symlink_to(path)
        yield link


def _read_spark(session: Any, path: Path, form: Format, schema: Any = None) -> Any:  # noqa: ANN401
    """A table of Spark; where its columns are known, nothing is read before it is worked out."""
    from pyspark.sql.types import StringType, StructField, StructType

    reader = session.read.option("recursiveFileLookup", "true")  # names of folders are not columns
    if form == "parquet":
        return (reader if schema is None else reader.schema(schema)).parquet(str(path))
    text = StructType([StructField(name, StringType()) for name in schema.names])
    return reader.schema(text).options(header="true", escape='"', multiLine="true", emptyValue="").csv(str(path))


# -- what a long table says of a whole assessment, beside what was worked out --------------------------


def compare(job: Job, written: Any) -> Compared | None:  # noqa: ANN401
    """How many of the ratings that a long table brings are those that were worked out.

    Args:
        job: What was done.
        written: The results, as they were read back in the engine.
    """
    import narwhals.stable.v2 as nw

    rating = f"{job.question.prefix}rating"
    frame: Any = nw.from_native(written)
    if "rating" not in job.question.outputs:
        return None
    brought, found = nw.col(PRINTED), nw.col(guarded(rating)).cast(nw.String)
    by_grade: dict[str, list[str]] = {}
    for word, grade in job.printed.items():
        if grade is not None:
            by_grade.setdefault(grade, []).append(word)
    same = nw.lit(False)
    graded = nw.lit(False)
    for grade, words in by_grade.items():
        same = same | (brought.is_in(words) & (found == grade))
        graded = graded | brought.is_in(words)
    there = ~brought.is_null() & (brought.cast(nw.String) != "")
    sure = there & graded & ~found.is_null() & (found != "")
    one, none = nw.lit(1), nw.lit(0)
    counts = frame.select(
        brought=nw.when(there).then(one).otherwise(none).sum(),
        sure=nw.when(sure).then(one).otherwise(none).sum(),
        same=nw.when(sure & same).then(one).otherwise(none).sum(),
    )
    row = counts.collect().rows(named=True)[0]
    all_, settled, agree = (int(row[name] or 0) for name in ("brought", "sure", "same"))
    return Compared(agree, settled - agree, all_ - settled)
