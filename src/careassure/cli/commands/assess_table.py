"""The command ``assess-table``: rate every row of a table, from file to file."""

from __future__ import annotations

import argparse
import sys
import time

from careassure.cli import terminal
from careassure.cli.terminal import UsageError
from careassure.frame.assess import ALWAYS, missing_error
from careassure.frame.files import assess_file
from careassure.frame.long import Long
from careassure.frame.question import Facts, ask
from careassure.model.text import plural

EXAMPLE = "careassure assess-table scores.csv rated.parquet --key code --outputs rating,score,flags"
_BAR = 30


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("source", metavar="IN", help="a .parquet, .csv, .arrow, .feather or .ipc file")
    command.add_argument("target", metavar="OUT", help="the file to write; its ending says how (Spark: a folder)")
    command.add_argument("--scorer", metavar="NAME", help="a scoring method, or a method FILE.toml")
    command.add_argument(
        "--framework", metavar="ID", help="what was scored, or its FILE.toml (default: what the scorer is for)"
    )
    command.add_argument("--framework-version", metavar="V", help="its version (default: the newest)")
    command.add_argument(
        "--column", action="append", default=[], metavar="STATEMENT=COLUMN",
        help="the column of a score (default: named like its statement); give all or none; no COLUMN: in none",
    )  # fmt: skip
    command.add_argument(
        "--fact", action="append", default=[], metavar="FACT=COLUMN",
        help="the column that holds a fact, or true or false for every row",
    )  # fmt: skip
    command.add_argument("--key", default="", metavar="COLUMNS", help="columns that tell rows apart, with commas")
    command.add_argument(
        "--long", metavar="STATEMENT,SCORE", help="one row for each score: the columns of its name and its value"
    )
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
        default="rating,score",
        metavar="NAMES",
        help="with commas, of rating, low, high, suggested, score, score_low, score_high, percentage, percentage_low, "
        "percentage_high, margin, flags, profile, profile_low, profile_high, scorer, version (default: rating,score)",
    )
    command.add_argument("--prefix", default="", help="what the names of new columns begin with")
    command.add_argument("--engine", choices=("polars", "duckdb", "spark"), default="polars", help="default: polars")


def run(arguments: argparse.Namespace) -> int:
    """Rate every row of a table, from file to file."""
    columns = {name: column or None for name, column in _pairs(arguments.column, "--column", "safeguarding=QS7")}
    given = dict(_pairs(arguments.fact, "--fact", "breach=has_breach"))
    facts: Facts = {name: {"true": True, "false": False}.get(where.lower(), where) for name, where in given.items()}
    key = _names(arguments.key)
    long = _long(arguments.long, key)
    question = ask(
        arguments.scorer,
        framework=arguments.framework,
        version=arguments.framework_version,
        columns=columns or None,
        facts=facts or None,
        key=() if long is not None else key,
        missing=arguments.missing,
        errors=arguments.errors,
        outputs=_names(arguments.outputs),
        prefix=arguments.prefix,
    )
    bar = _Bar() if sys.stderr.isatty() else None
    try:
        written = assess_file(
            arguments.source,
            arguments.target,
            question,
            long=long,
            engine=arguments.engine,
            progress=bar,
        )
    except ModuleNotFoundError as error:
        if error.name not in ("polars", "duckdb", "pyspark", *ALWAYS):
            raise
        raise missing_error(f"--engine {arguments.engine}", [error.name]) from error
    finally:
        if bar is not None:
            bar.end()
    bad = f", {written.bad:,} of them with a problem" if arguments.errors == "flag" else ""
    terminal.line(f"{arguments.target}: {plural(written.rows, 'row')}{bad}")
    return 0


def _pairs(given: list[str], option: str, example: str) -> list[tuple[str, str]]:
    odd = [text for text in given if "=" not in text]
    if odd:
        raise UsageError(f"{option} {odd[0]} has no =", hint=f"Write it as {option} {example}")
    return [(name.strip(), value.strip()) for name, _, value in (text.partition("=") for text in given)]


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _long(text: str | None, key: tuple[str, ...]) -> Long | None:
    if text is None:
        return None
    names = _names(text)
    if len(names) != 2:
        raise UsageError(f"--long {text} does not name two columns", hint="Write it as --long statement,score")
    if not key:
        raise UsageError("--long needs --key", hint="Name the columns that tell assessments apart")
    return Long(key, *names)


class _Bar:
    """A line on the terminal that says how far the work is."""

    def __init__(self) -> None:
        self.shown = 0.0
        self.width = 0

    def __call__(self, rows: int, total: int | None) -> None:
        now = time.monotonic()
        if now - self.shown < 0.1:
            return
        self.shown = now
        line = f"{rows:,} rows"
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
