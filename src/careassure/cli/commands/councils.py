"""The command ``councils``: list the councils, look one up, or match a whole column of a file."""

from __future__ import annotations

import argparse
from collections import Counter

from careassure.api.matching import ColumnMatches, match_file
from careassure.api.verbs import councils
from careassure.catalogue.councils import register
from careassure.cli import options, terminal
from careassure.cli.rows import print_rows
from careassure.errors import CareAssureError
from careassure.io.files import is_there
from careassure.model.council import Council
from careassure.model.dates import PartialDate
from careassure.model.text import join, plural
from careassure.report.tables import Row

EXAMPLE = "careassure councils returns.xlsx --column Council --format csv"
_BY: dict[str, str] = {
    "code": "code", "former code": "former code", "name": "name", "alias": "another name in use",
    "former name": "former name", "without titles": "name without titles or notes", "name and code": "name and code",
}  # fmt: skip
_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("what", nargs="?", metavar="NAME|FILE", help="a council's name or ONS code, or a table")
    command.add_argument("--column", metavar="NAME", help="the column of the table (default: that with most councils)")
    command.add_argument("--at", metavar="DATE", help="the councils as they were then: a year, a month or a day")
    options.layout(command)
    options.formats(command, "table", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """List, look up or match."""
    form = arguments.format
    at = None if arguments.at is None else PartialDate.parse(arguments.at)
    if arguments.what is None:
        print_rows([_row(council) for council in councils()], form)
    elif is_there(arguments.what) or arguments.what.lower().endswith(_ENDINGS):
        _matches(match_file(arguments.what, arguments.column, at, options.layout_of(arguments)), form)
    elif arguments.column or options.says_layout(arguments):
        raise CareAssureError(f"there is no file {arguments.what}", hint="A column or a layout is one of a file")
    else:
        council, how = register().match(arguments.what, at)
        print_rows([{**_row(council), "Found by": how}], form)
    return 0


def _row(council: Council) -> Row:
    return {
        "Code": council.code,
        "Council": council.name,
        "Kind": council.kind.replace("_", " "),
        "Region": council.region,
        "Former codes": join(council.predecessors),
        "Began": "" if council.began is None else council.began.isoformat(),
        "Ended": "" if council.ended is None else council.ended.isoformat(),
    }


def _matches(found: ColumnMatches, form: str) -> None:
    lines = found.matches.lines
    if form != "table":
        rows = [
            {
                "Row": line.row,
                "Given": line.given,
                "Code": line.council.code if line.council else "",
                "Council": line.council.name if line.council else "",
                "How": line.how,
                "Problem": line.problem,
                "Suggestions": join(line.suggestions, "or"),
            }
            for line in lines
        ]
        print_rows(rows, form)
        _summary(found, aside=True)
        return
    _summary(found, aside=False)
    odd: dict[str, list[int]] = {}
    for line in lines:
        if line.council is None and line.how != "blank":
            odd.setdefault(line.given or line.problem, []).append(line.row or 0)
    by_text = {line.given or line.problem: line for line in lines}
    told = [
        {"Rows": _places(places), "Given": text, "Why": by_text[text].problem or by_text[text].how,
         "Could be": join(by_text[text].suggestions, "or")}
        for text, places in odd.items()
    ]  # fmt: skip
    if told:
        terminal.line()
        print_rows(told, "table")


def _summary(found: ColumnMatches, *, aside: bool) -> None:
    matches = found.matches
    for note in found.layout.notes:
        terminal.line(note, aside=aside)
    also = f" Councils stand in {join(found.others)} too." if found.others else ""
    terminal.line(
        f"Column {found.column} of {found.layout.file}: {plural(len(matches.lines), 'row')}.{also}", aside=aside
    )
    hows = Counter(line.how for line in matches.lines if line.council is not None)
    by = f": {join([f'{count:,} by {_BY[how]}' for how, count in hows.items()])}" if hows else ""
    terminal.line(f"{matches.matched:,} found{by}.", aside=aside)
    rest = [(matches.ambiguous, "could be several"), (matches.unknown, "not known"), (matches.blank, "blank")]
    terminal.line(f"{join([f'{count:,} {word}' for count, word in rest])}.", aside=aside)


def _places(rows: list[int]) -> str:
    return join([str(row) for row in rows[:10]]) + (f" and {len(rows) - 10:,} more" if len(rows) > 10 else "")
