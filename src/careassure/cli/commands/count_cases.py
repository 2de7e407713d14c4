"""The command ``count-cases``: count cases by two attributes, with small numbers left out."""

from __future__ import annotations

import argparse

from careassure.cli import options, papers, terminal
from careassure.cli.cases import cases_of
from careassure.privacy.disclosure.rules import Rules
from careassure.privacy.disclosure.suppression import suppress
from careassure.report.tables import csv_of, json_text
from careassure.samples.case_counts import count_cases

EXAMPLE = "careassure count-cases york --rows age_band --columns route --threshold 5"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    command.add_argument("--rows", required=True, metavar="NAME", help="the attribute down the side")
    command.add_argument("--columns", required=True, metavar="NAME", help="the attribute along the top")
    command.add_argument(
        "--threshold",
        type=options.whole,
        required=True,
        metavar="N",
        help="leave out 1 to N, and what gives them away; 2 or more",
    )
    command.add_argument(
        "--round-to", type=options.whole, default=1, metavar="N", help="round the others to multiples of N"
    )
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Count cases by two attributes, with small numbers left out."""
    rules = Rules(threshold=arguments.threshold, round_to=arguments.round_to)
    table = suppress(count_cases(cases_of(arguments.folder), arguments.rows, arguments.columns), rules)
    papers.write(arguments, table, arguments.folder)
    if arguments.format == "json":
        terminal.json(json_text(table.to_dict()))
        return 0
    head = ["", *table.columns, "Total"]
    parts = zip([*table.rows, "Total"], [*table.cells, table.column_totals], [*table.row_totals, table.total],
                strict=False)  # fmt: skip
    body = [[name, *cells, total] for name, cells, total in parts]
    if arguments.format == "csv":
        terminal.csv(csv_of(head, body))
        terminal.line(table.note, aside=True)
        return 0
    if terminal.shape() is None:
        terminal.write(f"{table}\n")
    else:
        terminal.table(head, [["" if cell is None else str(cell) for cell in row] for row in body])
    terminal.paragraph(table.note)
    return 0
