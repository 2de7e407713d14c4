"""From file to file: a table is read, worked out and written in pieces, so that it may be larger than memory."""

from __future__ import annotations

import errno
import os
from collections import deque
from collections.abc import Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from traceback import walk_tb
from typing import get_args

from attrs import evolve

from careassure.errors import CareAssureError, InvalidInputError, Problem, ReadError, WriteError
from careassure.frame.by_engine import (
    ENDINGS,
    Compared,
    Engine,
    Format,
    Job,
    Progress,
    Written,
    by_duckdb,
    by_polars,
    by_spark,
)
from careassure.frame.long import Long
from careassure.frame.question import Question
from careassure.io.files import is_folder, is_there, open_file, path_of, reason_of
from careassure.io.writing import whole_file, whole_folder
from careassure.model.text import join
from careassure.tables.opening import open_table
from careassure.tables.table import FOUND, Audit, Options, TableFile

__all__ = ["ENDINGS", "Compared", "Written", "assess_file", "reads_as_text"]

_SHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
"""The endings of spreadsheets, which are read and not written."""


def assess_file(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    question: Question,
    *,
    long: Long | None = None,
    engine: Engine = "polars",
    options: Options = FOUND,
    bad: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> Written:
    """Read a table from a file and write it with its results to another.

    Text (CSV and its like) and spreadsheets are read by `careassure.tables`, whatever the engine: the cells are text,
    ``3`` means the score 3, and an empty cell is a blank. All other cells are written as they were read.

    Args:
        source: A file that ends in .parquet, .arrow, .feather or .ipc; any other is text or a spreadsheet. For Spark
            also a folder of Parquet or CSV files.
        target: The file to write; its ending says how. Spark writes a folder.
        question: What is asked of the table.
        long: Where things stand in a table with one row for each score.
        engine: What does the work.
        options: How the table is laid out, where that is not to be found out.
        bad: A CSV file for the rows that are refused, with their numbers and reasons; the others are then rated.
        progress: Is told how far the work is, where the engine can say so.

    Raises:
        ReadError: The file cannot be read.
        WriteError: The other cannot be written; nothing is left behind.
        InvalidTableError: Its columns do not fit, or rows hold something that is not a score.
    """
    where, to = Path(path_of(source)), Path(path_of(target, WriteError))
    form, to_form = _source_form(where, engine), _target_form(to)
    if engine not in get_args(Engine):
        problem = Problem("engine", f"{engine!r} is not known", f"Use {join(list(get_args(Engine)), 'or')}")
        raise InvalidInputError("the settings", [problem])
    if not (engine == "spark" and is_folder(where)):
        os.close(open_file(where))
    aside = None if bad is None else Path(path_of(bad, WriteError))
    _refuse_target(where, to, engine)
    _refuse_aside(where, to, aside, form)
    with ExitStack() as stack:
        part = stack.enter_context(_whole(to, engine))
        refused = None if aside is None else stack.enter_context(whole_file(aside))
        with _faults(engine, where, to, part):
            target_ = (part, to_form)
            if form is None:
                tables = _tables(where, options)
                return _by_way_of_text(tables, question, long, (engine, target_, refused), progress)
            job = Job(question, long, (where.absolute(), form), target_, progress, {})
            done = _WORK[engine](job)
            return evolve(done, audit=_audit(question, long, done))


_WORK = {"polars": by_polars, "duckdb": by_duckdb, "spark": by_spark}


def _by_way_of_text(
    tables: list[TableFile], question: Question, long: Long | None,
    to: tuple[Engine, tuple[Path, Format], Path | None], progress: Progress | None,
) -> Written:  # fmt: skip
    from careassure.frame.refusals import refusals  # needs NumPy, which may be missing
    from careassure.frame.staging import stage

    engine, (part, to_form), refused = to
    ready = part.parent / "ready.parquet"
    question = evolve(question, text=True)
    with refusals(refused) as taken:
        staged = stage(tables, question, long, to=ready, refused=taken, progress=progress)
    question = evolve(question, marks=staged.marks)
    source: tuple[Path, Format] = (ready.absolute(), "parquet")
    job = Job(question, long, source, (part, to_form), progress, staged.printed, staged.audit.kept)
    return evolve(_WORK[engine](job), audit=staged.audit, notes=staged.notes)


def _tables(where: Path, options: Options) -> list[TableFile]:
    """The table in a file, or those in a folder of CSV files."""
    if not is_folder(where):
        return [open_table(where, options)]
    found = sorted(path for path in where.rglob("*") if path.is_file() and not path.name.startswith(("_", ".")))
    if not found:
        raise ReadError("there is no file in it", where=str(where), hint="Name a folder of CSV or Parquet files")
    return [open_table(path, options) for path in found]


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


def _refuse_aside(where: Path, to: Path, aside: Path | None, form: Format | None) -> None:
    """Refuse a file for refused rows that may not be written, or is not needed."""
    if aside is None:
        return
    if form is not None:
        problem = Problem("--bad", "it takes rows of text and of spreadsheets alone", "Use --errors flag")
        raise InvalidInputError("the settings", [problem])
    if aside.suffix.lower() != ".csv":
        raise WriteError("refused rows are written as CSV", where=str(aside), hint="Give a name that ends in .csv")
    for other in (where, to):
        if aside.absolute() == other.absolute() or (is_there(aside) and is_there(other) and aside.samefile(other)):
            raise WriteError("this file is read or written already", where=str(aside), hint="Give another name")


_FULL = ("No space left on device", "Disk quota exceeded", "File too large", "Read-only file system")
_NOT_WRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


@contextmanager
def _faults(engine: Engine, where: Path, to: Path, part: Path) -> Generator[None]:
    """Errors of an engine become errors of ours, which say whether reading or writing failed."""
    try:
        yield
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


def _source_form(path: Path, engine: Engine) -> Format | None:
    """The format that an engine reads by itself; None for text and spreadsheets."""
    form = ENDINGS.get(path.suffix.lower())
    if form == "csv":
        return None
    if engine == "spark" and form is None and is_folder(path):
        names = [found.suffix for found in path.iterdir()]
        return "parquet" if ".parquet" in names else None
    return form


def reads_as_text(path: str | os.PathLike[str], engine: Engine) -> bool:
    """Whether a file is text or a spreadsheet, and not one that an engine reads by itself."""
    return _source_form(Path(path), engine) is None


def _target_form(path: Path) -> Format:
    form = ENDINGS.get(path.suffix.lower())
    if form is not None:
        return form
    if path.suffix.lower() in _SHEETS:
        raise WriteError("spreadsheets are read and not written", where=str(path),
                         hint="Use .csv, which every spreadsheet opens")  # fmt: skip
    raise WriteError(f"the ending {path.suffix or 'of its name'} is not known", where=str(path),
                     hint=f"Use {join(list(ENDINGS), 'or')}")  # fmt: skip


def _audit(question: Question, long: Long | None, done: Written) -> Audit:
    """What became of the rows and columns of a file that an engine read by itself."""
    present = done.columns
    if long is not None:
        used = [name for name in present if name in (*long.key, long.statement, long.score)]
    else:
        request = question.placed(present)
        names = {*request.placed.used, *question.key, *(name for _, name in request.facts if isinstance(name, str))}
        used = [name for name in present if name in names]
    return Audit(done.read, done.read, 0, tuple(used), tuple(name for name in present if name not in used))


def _is_written_by_spark(folder: Path) -> bool:
    """Whether a folder holds what Spark wrote and nothing else, so that it may be replaced."""
    names = [path.name for path in folder.iterdir()]
    return "_SUCCESS" in names and all(name.startswith(("part-", "_SUCCESS", ".part-", "._SUCCESS")) for name in names)


_LIBRARIES = ("polars", "duckdb", "_duckdb", "narwhals", "pyspark", "py4j", "pyarrow")
