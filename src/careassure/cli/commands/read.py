"""The command ``read``: what a file is, what was read of it, and what was left out and why."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable

from careassure import files
from careassure.api.from_tables import assessment_of_table
from careassure.api.readers import looked_at, not_known, read_opened
from careassure.api.table_contents import contents_of
from careassure.cli import options, terminal
from careassure.cli.contents import seen_in, to_rate, whose_scores
from careassure.cli.rows import print_rows
from careassure.errors import InvalidTableError
from careassure.io.files import is_folder, path_of
from careassure.methods.method import Method
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.text import join, plural
from careassure.tables.looking import is_table
from careassure.tables.plain import plain_rows
from careassure.tables.reader import Opened, Reading
from careassure.workspaces.workspace import Workspace

EXAMPLE = "careassure read 16_September_2026_CQC_directory.csv"

_Own = Assessment | Outcome | Method | Workspace | tuple[Framework, ...]
_SHOWN = 10
_MOST_PROBLEMS = 10
_LONGEST = 24
_NOT_ON_SCREEN = {"notes", "printed"}


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("file", metavar="FILE", help="any file that careassure reads, or the folder of a workspace")
    options.layout(command)
    options.formats(command, "table", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """Say what a file is; with another format than a table, print its rows."""
    path = path_of(arguments.file)
    if not is_folder(path) and is_table(path):
        opened, reader = looked_at(path, options.layout_of(arguments))
        if reader is None:
            return _table(opened, arguments)
        _reading(read_opened(opened, reader), arguments.format)
        return 0
    found = files.read(path, layout=options.layout_of(arguments))
    if isinstance(found, Reading):
        _reading(found, arguments.format)
    else:
        _own(*_described(found, options.typed(path)), arguments)
    return 0


def _table(opened: Opened, arguments: argparse.Namespace) -> int:
    """A table that no reader knows: whose scores it holds, or which councils, and which command is for it."""
    table = opened.table
    if table is None:
        raise not_known(opened)
    found = contents_of(table)
    words = [options.typed(arguments.file), *options.typed_layout(arguments)]
    if found.framework is None:
        if not found.councils:
            raise not_known(opened)
        column = options.typed(found.councils)
        use = f"Match them: {' '.join(['careassure councils', *words, '--column', column])}"
        _own(f"A table with councils in the column {found.councils}.", use, arguments, seen_in(found))
        return 0
    if found.framework.id != "cqc-la":
        words += ["--framework", found.framework.id]
    try:
        assessment, notes = assessment_of_table(table, framework=found.framework)
    except InvalidTableError:
        if found.assessments < 2:
            raise
        _own(whose_scores(found), f"Rate each: {' '.join(to_rate(found, words))}", arguments, seen_in(found))
        return 0
    what, _ = _described(assessment, words[0])
    _own(what, f"Rate it: {' '.join(['careassure assess', *words])}", arguments, notes)
    return 0


def _reading(reading: Reading, form: str) -> None:
    rows = list(plain_rows(reading))
    if form in ("json", "csv"):
        print_rows(rows, form)
        for line in _account(reading):
            terminal.line(line, aside=True)
        return
    for line in _account(reading):
        terminal.write(terminal.wrapped(line))
    if rows:
        terminal.line()
        print_rows(_short(rows[:_SHOWN]), "table")
    if len(rows) > _SHOWN:
        terminal.line(f"{len(rows) - _SHOWN:,} more. All of them: --format csv or --format json.")


def _account(reading: Reading) -> list[str]:
    """What was read, and what was not, a line each."""
    audit = reading.audit
    lines = [reading.what, f"Read by {reading.reader}, from {reading.source or 'this program'}.", reading.counts]
    lines += [f"Used: {join(audit.used)}."] if audit.used else []
    lines += [f"Not used: {join(audit.ignored)}."] if audit.ignored else []
    lines += [*reading.notes, *(f"Left out: {text}" for text in reading.left_out)]
    lines += [f"Refused: {problem}" for problem in reading.problems[:_MOST_PROBLEMS]]
    rest = len(reading.problems) - _MOST_PROBLEMS
    return [*lines, *([f"Refused: {rest:,} more."] if rest > 0 else [])]


def _short(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Rows for the screen: long text is cut, and columns that are blank in all of them are left out."""
    filled = {name for row in rows for name, value in row.items() if value is not None} - _NOT_ON_SCREEN
    return [
        {name.replace("_", " ").capitalize(): _cut(value) for name, value in row.items() if name in filled}
        for row in rows
    ]


def _cut(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _own(what: str, use: str, arguments: argparse.Namespace, more: Iterable[str] = ()) -> None:
    """What a file is, and which command uses it."""
    if arguments.format in ("json", "csv"):
        file = os.path.basename(path_of(arguments.file))  # noqa: PTH119
        print_rows([{"File": file, "What": what, "Use": use}], arguments.format)
        for text in more:
            terminal.line(text, aside=True)
        return
    for text in (what, *more):
        terminal.write(terminal.wrapped(text))
    terminal.line(use)  # in one line, to be copied


def _described(found: _Own, file: str) -> tuple[str, str]:
    if isinstance(found, Assessment):
        known = sum(score is not None for score in found.scores.values())
        what = f"An assessment of {found.council.name} under {found.framework.title}"
        return f"{what}: {known} of {len(found.scores)} scores.", f"Rate it: careassure assess {file}"
    if isinstance(found, Outcome):
        return (
            f"An outcome of {found.assessment.council.name}: {found.result}",
            f"Rate it again: careassure assess {file}",
        )
    if isinstance(found, Workspace):
        return "The folder of a workspace.", f"See it: careassure status {file}"
    if isinstance(found, tuple):
        versions: tuple[Framework, ...] = found
        return f"A framework: {versions[-1].title}, {plural(len(versions), 'version')}.", "Use it with --framework."
    return f"A method: {found.title} ({found.id} {found.version}).", f"Prove it: careassure check {file}"
