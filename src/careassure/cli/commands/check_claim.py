"""The command ``check-claim``: whether a printed claim follows from the figures that it rests on."""

from __future__ import annotations

import argparse

from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.figures.claim_checks import ClaimCheck, check_claim
from careassure.figures.claim_tables import check_claims

EXAMPLE = 'careassure check-claim "28.4 %" --from 57.4 --to 73.7'


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument(
        "claim", nargs="?", metavar="CLAIM", help='such as "5.5-fold", "a third", "60 = 23 + 37" or "86 %%"'
    )
    command.add_argument("--from", dest="before", metavar="FIGURE", help="what a change begins with, as printed")
    command.add_argument("--to", dest="after", metavar="FIGURE", help="what it ends with")
    command.add_argument("--count", metavar="FIGURE", help="how many of a whole")
    command.add_argument("--of", metavar="FIGURE", help="the whole; without --count the counts that fit are found")
    command.add_argument(
        "--file", metavar="FILE", help="a table with a claim in each row: the columns claim, from, to, count, of"
    )
    options.layout(command)
    options.formats(command, "text", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Check one claim, or every claim of a table."""
    figures = (arguments.before, arguments.after, arguments.count, arguments.of)
    if (arguments.claim is None) == (arguments.file is None):
        raise terminal.UsageError("give a claim, or a table of claims with --file FILE")
    if arguments.file is None:
        if options.says_layout(arguments):
            raise terminal.UsageError("the layout of a table is for --file FILE")
        found = check_claim(
            arguments.claim, arguments.before, arguments.after, count=arguments.count, of=arguments.of
        )  # fmt: skip
        papers.write(arguments, found)
        if arguments.format == "text":
            terminal.write(terminal.wrapped(found.words))
        else:
            print_rows([_row(found)], arguments.format)
        return 0
    if any(figure is not None for figure in figures):
        raise terminal.UsageError("--from, --to, --count and --of are columns of the table with --file")
    table = check_claims(arguments.file, options.layout_of(arguments))
    papers.write(arguments, table)
    if arguments.format != "text":
        rows = [{"Row": line.row, **_row(line.check), **_beside(line.beside)} for line in table]
        print_rows(rows, arguments.format)
        for note in table.notes:
            terminal.line(note, aside=True)
        return 0
    for line in table:
        terminal.write(terminal.wrapped(f"Row {line.row}: {line.check.words}"))
    terminal.paragraph(" ".join([table.words, *table.notes]))
    return 0


def _row(found: ClaimCheck) -> dict[str, object]:
    plain = found.to_dict()
    counts = found.counts
    plain["counts"] = None if counts is None else " ".join(map(str, counts))
    return {name.replace("_", " ").capitalize(): value for name, value in plain.items()}


def _beside(cells: tuple[tuple[str, str], ...]) -> dict[str, object]:
    """The other columns of a row, as they stand; one that is called like one of ours is told apart."""
    return {f"In the file {header}": text for header, text in cells}
