"""The command ``assess-table``: rate every row of a table, from file to file."""

from __future__ import annotations

import argparse
import csv
import shutil
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import evolve

from careassure.cli import options, terminal
from careassure.cli.options import layout, layout_of
from careassure.cli.terminal import UsageError
from careassure.errors import CareAssureError, InvalidTableError
from careassure.frame.assess import ALWAYS, missing_error
from careassure.frame.columns import shortened
from careassure.frame.files import Written, assess_file, reads_as_text
from careassure.frame.long import Long
from careassure.frame.question import Facts, Question, ask
from careassure.frame.spelling import ON_THE_COMMAND_LINE
from careassure.model.text import plural

EXAMPLE = "careassure assess-table scores.csv rated.parquet --key code --outputs rating,score,flags"
_BAR = 30


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument(
        "source",
        metavar="IN",
        help="text (CSV and its like), .xlsx, .xls, .ods, .parquet, .arrow, .feather or .ipc; - reads from a pipe",
    )
    command.add_argument(
        "target",
        metavar="OUT",
        help="a .csv, .parquet, .arrow, .feather or .ipc file to write (Spark: a folder); - writes CSV to a pipe",
    )
    options.scorer(command)
    command.add_argument(
        "--framework", metavar="ID", help="what was scored, or its FILE.toml (default: what the scorer is for)"
    )
    command.add_argument("--framework-version", metavar="V", help="its version (default: the newest)")
    _columns(command)
    _results(command)
    layout(command)
    command.add_argument("--prefix", default="", help="what the names of new columns begin with")
    command.add_argument("--engine", choices=("polars", "duckdb", "spark"), default="polars", help="default: polars")


def _columns(command: argparse.ArgumentParser) -> None:
    """Where scores, facts and keys stand in the table."""
    command.add_argument(
        "--column", action="append", default=[], metavar="STATEMENT=COLUMN",
        help="the column of a score (default: named like its statement); give all or none; no COLUMN: in none",
    )  # fmt: skip
    command.add_argument(
        "--columns", action="append", default=[], metavar="PAIRS",
        help="several of these at once, with commas; a pair with a comma in it stands in quotation marks",
    )  # fmt: skip
    command.add_argument(
        "--fact", action="append", default=[], metavar="FACT=COLUMN",
        help="the column that holds a fact, or true or false for every row",
    )  # fmt: skip
    command.add_argument(
        "--key", action="append", default=[], metavar="COLUMNS",
        help="columns that tell rows apart, with commas; a name with a comma in quotation marks; may be repeated",
    )  # fmt: skip
    command.add_argument(
        "--long", metavar="STATEMENT,SCORE", help="one row for each score: the columns of its name and its value"
    )


def _results(command: argparse.ArgumentParser) -> None:
    """What a blank and a bad row do, and what is written."""
    command.add_argument(
        "--missing",
        choices=("interval", "refuse"),
        default="interval",
        help="what a blank does: count as worst and best, or make a bad row (default: interval)",
    )
    command.add_argument(
        "--errors", choices=("raise", "flag"), default="raise",
        help="what a bad row does: stop the command, or be marked in a column (default: raise)",
    )  # fmt: skip
    command.add_argument(
        "--outputs",
        "--output",
        metavar="NAMES",
        help="with commas, of rating, low, high, suggested, score, score_low, score_high, percentage, percentage_low, "
        "percentage_high, margin, flags, profile, profile_low, profile_high, scorer, version (default: rating,score; "
        "profile where there is no rating)",
    )
    command.add_argument(
        "--bad", metavar="FILE.csv",
        help="write rows that are refused there, with their row numbers and reasons, and rate the others",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Rate every row of a table, from file to file."""
    question, long = _question(arguments)
    notes: tuple[str, ...] = ()
    if arguments.outputs is None and not question.rates:
        question = evolve(question, outputs=("profile",))
        notes = (f"{question.scorer.name} gives no overall rating: its profile is written",)
    try:
        with _through(arguments) as (source, target):
            written = _work(arguments, question, long, (source, target))
            if target != arguments.target:
                _print(target)
    except InvalidTableError as error:
        terminal.complain(error)
        if error.rows and arguments.bad is None:
            terminal.line(_CURE if reads_as_text(arguments.source, arguments.engine) else _FLAGS, aside=True)
        return 1
    aside = arguments.target == _PIPE
    for note in (*notes, *written.notes):
        terminal.line(note, aside=True)
    for text in _account(arguments, written, long=long is not None):
        terminal.line(text, aside=aside)
    return 0


_CURE = "To rate the other rows, give --bad FILE.csv: these rows and their reasons are written there."
_FLAGS = "To rate the other rows, give --errors flag: these rows are then marked."


def _question(arguments: argparse.Namespace) -> tuple[Question, Long | None]:
    """What is asked of the table, and where things stand in a long one."""
    pairs = _pairs(arguments.column, "--column", "safeguarding=QS7")
    several = [pair for text in arguments.columns for pair in _names(text)]
    pairs += _pairs(several, "--columns", "safeguarding=QS7,equity=QS3")
    twice = next((name for at, (name, _) in enumerate(pairs) if name in dict(pairs[:at])), None)
    if twice is not None:
        raise UsageError(f"--column {twice} is given twice", hint="Leave one of them out")
    columns = {name: column or None for name, column in pairs}
    given = dict(_pairs(arguments.fact, "--fact", "breach=has_breach"))
    facts: Facts = {name: {"true": True, "false": False}.get(where.lower(), where) for name, where in given.items()}
    key = tuple(name for text in arguments.key for name in _names(text))
    long = _long(arguments.long, key)
    if long is not None and columns:
        raise UsageError("--long says where the scores are, and so does --column", hint="Leave one of them out")
    question = ask(
        arguments.scorer,
        framework=arguments.framework,
        version=arguments.framework_version,
        columns=columns or None,
        facts=facts or None,
        key=() if long is not None else key,
        missing=arguments.missing,
        errors=arguments.errors,
        outputs=_names(arguments.outputs) if arguments.outputs is not None else ("rating", "score"),
        prefix=arguments.prefix,
        spelled=ON_THE_COMMAND_LINE,
    )
    return question, long


def _work(arguments: argparse.Namespace, question: Question, long: Long | None, where: tuple[str, str]) -> Written:
    source, target = where
    bar = _Bar() if sys.stderr.isatty() else None
    try:
        return assess_file(
            source,
            target,
            question,
            long=long,
            engine=arguments.engine,
            options=layout_of(arguments),
            bad=arguments.bad,
            progress=bar,
        )
    except ModuleNotFoundError as error:
        if error.name not in ("polars", "duckdb", "pyspark", *ALWAYS):
            raise
        raise missing_error(f"--engine {arguments.engine}", [error.name]) from error
    finally:
        if bar is not None:
            bar.end()


def _account(arguments: argparse.Namespace, written: Written, *, long: bool) -> Iterator[str]:
    """What was written, and what became of what was read."""
    bad = f", {written.bad:,} of them with a problem" if arguments.errors == "flag" else ""
    yield f"{_named(arguments.target, 'standard output')}: {plural(written.rows, 'row')}{bad}"
    audit = written.audit
    rows = f"{plural(audit.rows, 'row')} read, {audit.kept:,} {'used' if long else 'kept'}, {audit.refused:,} refused"
    used = f"{plural(len(audit.used), 'column')} used"
    left = f"{len(audit.ignored):,} left alone ({shortened(audit.ignored, 5)})" if audit.ignored else "none left alone"
    yield f"{_named(arguments.source, 'standard input')}: {rows}; {used}, {left}"
    if audit.refused:
        yield f"{arguments.bad}: {plural(audit.refused, 'refused row')}"
    if written.compared is not None:
        found = written.compared
        yield (
            f"overall ratings in the table: {found.agree:,} as worked out, {found.differ:,} different, "
            f"{found.unsettled:,} cannot be compared"
        )


# -- pipes ----------------------------------------------------------------------------------------------


_PIPE = "-"


def _named(path: str, pipe: str) -> str:
    return pipe if path == _PIPE else path


@contextmanager
def _through(arguments: argparse.Namespace) -> Generator[tuple[str, str]]:
    """The files to read and to write; for pipes these are files of our own, which are removed at the end."""
    source, target = arguments.source, arguments.target
    if _PIPE not in (source, target):
        yield source, target
        return
    if target == _PIPE and arguments.engine == "spark":
        raise UsageError("--engine spark writes a folder, not to a pipe", hint="Use polars or duckdb")
    with tempfile.TemporaryDirectory(prefix="careassure-") as folder:
        if source == _PIPE:
            source = str(Path(folder) / "standard input")
            with Path(source).open("wb") as file:
                shutil.copyfileobj(sys.stdin.buffer, file)
        try:
            yield source, str(Path(folder) / "out.csv") if target == _PIPE else target
        except CareAssureError as error:
            if error.where.file.startswith(folder):
                error.where = error.where._replace(file=Path(error.where.file).name)
            raise


def _print(path: str) -> None:
    with Path(path).open(encoding="utf-8", newline="") as file:
        while text := file.read(1 << 20):
            terminal.csv(text)


def _pairs(given: list[str], option: str, example: str) -> list[tuple[str, str]]:
    odd = [text for text in given if "=" not in text]
    if odd:
        raise UsageError(f"{option} {odd[0]} has no =", hint=f"Write it as {option} {example}")
    return [(name.strip(), value.strip()) for name, _, value in (text.partition("=") for text in given)]


def _names(text: str) -> tuple[str, ...]:
    """Names with commas between them; one with a comma in it stands in quotation marks, as in CSV."""
    try:
        cells = next(csv.reader([text], skipinitialspace=True, strict=True), [])
    except csv.Error:
        raise UsageError(f"{text}: a quotation mark is not closed", hint='Write "A, B",C') from None
    return tuple(name.strip() for name in cells if name.strip())


def _long(text: str | None, key: tuple[str, ...]) -> Long | None:
    if text is None:
        return None
    names = _names(text)
    if len(names) != 2:
        hint = "Write it as --long statement,score; put a name with a comma in quotation marks"
        raise UsageError(f"--long {text} does not name two columns", hint=hint)
    if not key:
        raise UsageError("--long needs --key", hint="Name the columns that tell assessments apart")
    return Long(key, *names)


class _Bar:
    """A line on the terminal that says how far work is that takes longer than some seconds."""

    def __init__(self, after: float = 2.0) -> None:
        self.shown = time.monotonic() + after - 0.1
        self.width = 0

    def __call__(self, done: str, rows: int, total: int | None) -> None:
        now = time.monotonic()
        if now - self.shown < 0.1:
            return
        self.shown = now
        line = f"{rows:,} rows {done}"
        if total:
            filled = min(_BAR, _BAR * rows // total)
            line = f"[{'#' * filled}{'.' * (_BAR - filled)}] {100 * rows // total:3d} %  {line} of {total:,}"
        terminal.in_place(line.ljust(self.width))
        self.width = len(line)

    def end(self) -> None:
        """Take the line away."""
        if self.width:
            terminal.in_place(" " * self.width)
            terminal.in_place("")
