"""From file to file: a table is read, worked out and written in pieces, so that it may be larger than memory."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections import deque
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from traceback import walk_tb
from typing import Any, Literal, get_args

from attrs import evolve, frozen

from careassure.errors import CareAssureError, InvalidInputError, Problem, ReadError, WriteError
from careassure.frame.assess import assess_question
from careassure.frame.long import Long
from careassure.frame.question import Question
from careassure.io.files import is_folder, is_there, open_file, path_of, reason_of
from careassure.io.writing import whole_file, whole_folder
from careassure.model.safe_text import FORMULA, PLAIN, guarded
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
        bad: How many of them hold something that is not a score; they were flagged.
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
        InvalidTableError: Its columns do not fit, or rows hold something that is not a score.
    """
    where, to = Path(path_of(source)), Path(path_of(target, WriteError))
    form, to_form = _format(where, ReadError), _format(to, WriteError)
    if engine not in get_args(Engine):
        problem = Problem("engine", f"{engine!r} is not known", f"Use {join(list(get_args(Engine)), 'or')}")
        raise InvalidInputError("the settings", [problem])
    if not (engine == "spark" and is_folder(where)):
        os.close(open_file(where))
    _refuse_target(where, to, engine)
    question = evolve(question, text=form == "csv")
    work = {"polars": _by_polars, "duckdb": _by_duckdb, "spark": _by_spark}[engine]
    with _whole(to, engine) as part:
        try:
            return work(question, long, (where.absolute(), form), (part, to_form), progress)
        except CareAssureError:
            raise
        except Exception as error:
            fault = _fault(error, engine, where, to, part)
            if fault is None:
                raise
            raise fault from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # what Polars raises where Rust gave up
                raise
            raise ReadError(f"{engine} cannot read it: it seems to be damaged", where=str(where)) from error


def _refuse_target(where: Path, to: Path, engine: Engine) -> None:
    """Refuse a target that may not be written, before any work."""
    if is_folder(to) and not (engine == "spark" and _is_written_by_spark(to)):
        raise WriteError("it is a folder", where=str(to), hint="Give another name, or remove it first")
    if not is_folder(to.parent):
        raise WriteError("there is no such folder", where=str(to.parent), hint="Create it first")
    try:
        same = is_there(to) and to.samefile(where)
    except OSError:
        same = False  # a link that leads nowhere is not a file yet
    if same:
        raise WriteError("it is the file that is read", where=str(to), hint="Give another name")


def _whole(to: Path, engine: Engine) -> AbstractContextManager[Path]:
    """A place to write to that takes the target's name when all is well."""
    return whole_folder(to, replaces=_is_written_by_spark) if engine == "spark" else whole_file(to)


_FULL = ("No space left on device", "Disk quota exceeded", "File too large", "Read-only file system")
_NOT_WRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


def _fault(error: Exception, engine: Engine, where: Path, to: Path, part: Path) -> ReadError | WriteError | None:
    """The error that says whether reading or writing failed, and why; None where it is not a fault of either."""
    text = str(error).strip()
    code = error.errno if isinstance(error, OSError) else None
    about = [line.strip() for line in text.splitlines() if any(words in line for words in _FULL)]
    if code in _NOT_WRITTEN or about or part.parent.name in text:
        reason = next((words for words in _FULL if words in text), None) or _first(error).replace(str(part), str(to))
        return WriteError(
            f"it cannot be written: {reason}", where=str(to), hint="Free some space, or choose another place"
        )
    if isinstance(error, OSError):
        return ReadError(f"it cannot be read: {reason_of(error)}", where=str(where), hint="Check its permissions")
    if _is_of_library(error):  # the engine says what is wrong with the file
        return ReadError(f"{engine} cannot work it out: {_first(error)}", where=str(where))
    return None


def _is_of_library(error: Exception) -> bool:
    """Whether a library says that it cannot go on: by an error of its own, or by a plain one from inside it."""
    if type(error).__module__.partition(".")[0] in _LIBRARIES:
        return True
    raised = deque(walk_tb(error.__traceback__), maxlen=1)
    inside = [frame.f_globals.get("__name__", "").partition(".")[0] in _LIBRARIES for frame, _ in raised]
    return isinstance(error, RuntimeError | ValueError) and inside == [True]


def _first(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


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
        table = pl.scan_csv(path, infer_schema=False, glob=False)
    elif form == "parquet":
        table = pl.scan_parquet(path, glob=False, hive_partitioning=False)
    else:
        with _plain(path) as exact:  # older versions have no way to say that a name is not a pattern
            return _sink_polars(pl.scan_ipc(exact, hive_partitioning=False), form, question, long, target, progress)
    return _sink_polars(table, form, question, long, target, progress)


def _sink_polars(
    table: Any, form: Format, question: Question, long: Long | None, target: tuple[Path, Format],  # noqa: ANN401
    progress: Progress | None,
) -> Written:  # fmt: skip
    import polars as pl

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
        guard_polars(made).sink_csv(out)
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
    settings: dict[str, Any] = {
        "temp_directory": str(out.parent / "spilled"),  # removed with all that is beside the target
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    with duckdb.connect(config=settings) as connection:
        connection.execute(f"set enable_progress_bar = {str(progress is not None).lower()}")
        exact = _without_patterns(path)
        if form == "csv":
            table = connection.read_csv(exact, all_varchar=True, allow_quoted_nulls=False, hive_partitioning=False)
        else:
            table = connection.read_parquet(exact, hive_partitioning=False)
        made = assess_question(question, table, long)
        if to_form == "parquet":
            made.write_parquet(str(out), compression="zstd")
        else:
            guard_duckdb(made).write_csv(str(out))
        exact, name = _without_patterns(out), _problem_column(question)
        if to_form == "parquet":
            written = connection.read_parquet(exact, hive_partitioning=False)
        else:
            written = connection.read_csv(exact, all_varchar=True, hive_partitioning=False)
            name = guarded(name) if name else None
        counts = 'count(*), count("{}")'.format(name.replace('"', '""')) if name else "count(*), 0"
        rows, bad = written.aggregate(counts).fetchall()[0]
    return Written(rows, bad)


def _without_patterns(path: Path) -> str:
    """A path in which DuckDB sees no pattern: each sign of one stands in brackets, where it means itself."""
    return re.sub(r"([*?\[])", r"[\1]", str(path))


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
    with _plain(path) as exact, _plain(out.parent) as folder:
        made = assess_question(question, _read_spark(session, exact, form), long)
        to, name = folder / out.name, _problem_column(question)
        out.rmdir()  # Spark makes it itself
        if to_form == "parquet":
            made.write.parquet(str(to))
        else:
            name = guarded(name) if name else None
            guard_spark(made).write.options(header="true", escape='"', emptyValue='""').csv(str(to))
        written = _read_spark(session, to, to_form)
        bad = written.where(written[f"`{name.replace('`', '``')}`"].isNotNull()).count() if name else 0
        return Written(written.count(), bad)


@contextmanager
def _plain(path: Path) -> Generator[Path]:
    """A path with nothing in it that Spark reads as a pattern or an address: where it has such, a link to it."""
    if re.fullmatch(r"[\w./ ~-]+", str(path), re.ASCII):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="careassure-") as folder:
        link = Path(folder) / f"table{path.suffix if path.suffix in ENDINGS else ''}"
        link.symlink_to(path)
        yield link


def _read_spark(session: Any, path: Path, form: Format) -> Any:  # noqa: ANN401
    reader = session.read.option("recursiveFileLookup", "true")  # names of folders are not columns
    if form == "parquet":
        return reader.parquet(str(path))
    return reader.options(header="true", escape='"', multiLine="true", emptyValue="").csv(str(path))


# -- text that a spreadsheet would work out, guarded in the expressions of each engine -------------------


def guard_polars(table: Any) -> Any:  # noqa: ANN401
    """A lazy table of Polars with its text and its names guarded."""
    import polars as pl

    made: list[pl.Expr] = []
    for name, kind in table.collect_schema().items():
        cell = pl.col(name)
        if kind in (pl.String, pl.Categorical, pl.Enum):
            cell = cell.cast(pl.String)
            odd = cell.str.contains(FORMULA) & ~cell.str.contains(PLAIN)
            cell = pl.when(odd).then(pl.concat_str(pl.lit("'"), cell)).otherwise(cell)
        made.append(cell.alias(guarded(name)))
    return table.select(made)


def guard_duckdb(table: Any) -> Any:  # noqa: ANN401
    """A relation of DuckDB with its text and its names guarded."""
    from duckdb import CaseExpression, ColumnExpression, ConstantExpression, FunctionExpression

    made: list[Any] = []
    for name, kind in zip(table.columns, table.types, strict=True):
        cell: Any = ColumnExpression(name)
        if kind.id in ("varchar", "enum"):
            cell = cell.cast("varchar")
            formula = FunctionExpression("regexp_matches", cell, ConstantExpression(FORMULA))
            plain = FunctionExpression("regexp_matches", cell, ConstantExpression(PLAIN))
            with_mark = FunctionExpression("concat", ConstantExpression("'"), cell)
            cell = CaseExpression(formula & ~plain, with_mark).otherwise(cell)
        made.append(cell.alias(guarded(name)))
    return table.select(*made)


def guard_spark(table: Any) -> Any:  # noqa: ANN401
    """A data frame of Spark with its text and its names guarded."""
    from pyspark.sql import functions

    made: list[Any] = []
    for field in table.schema.fields:
        cell = functions.col(f"`{field.name.replace('`', '``')}`")
        if field.dataType.simpleString() == "string":
            odd = cell.rlike(FORMULA) & ~cell.rlike(PLAIN)
            cell = functions.when(odd, functions.concat(functions.lit("'"), cell)).otherwise(cell)
        made.append(cell.alias(guarded(field.name)))
    return table.select(*made)
