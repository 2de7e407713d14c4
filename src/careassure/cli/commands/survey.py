"""The command ``survey``: the share of each answer, and what it can be of all who were asked."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from fractions import Fraction

from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.figures.panel_members import FEW
from careassure.figures.survey_tables import read_survey
from careassure.figures.surveys import ReplyShare
from careassure.model.rounding import decimal
from careassure.report.tables import json_text

EXAMPLE = "careassure survey replies.csv --asked 152"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument(
        "file", metavar="FILE", help="a table with a row for each of those asked, or for each printed share"
    )
    command.add_argument("--name", metavar="COLUMN", help="the column that says who (default: found by its header)")
    command.add_argument("--asked", type=options.whole, metavar="N", help="how many were asked, if not all are listed")
    options.layout(command)
    options.formats(command, "text", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Count the answers."""
    found = read_survey(
        arguments.file, name=arguments.name, asked=arguments.asked, layout=options.layout_of(arguments)
    )  # fmt: skip
    papers.write(arguments, found)
    if arguments.format == "json":
        terminal.json(json_text(found.to_dict()))
        return 0
    if arguments.format == "csv":
        print_rows([_row(share) for share in found.shares], "csv")
        for line in (*found.head, *found.notes):  # who is silent and what was not counted has no row
            terminal.line(line, aside=True)
        return 0
    for line in found.head:
        terminal.write(terminal.wrapped(line))
    if found.head and found.shares:
        terminal.line()
    print_rows([_shown(share) for share in found.shares], "table", empty="It has no questions.")
    terminal.paragraph(_below(found.shares))
    for note in found.notes:
        terminal.paragraph(note)
    return 0


def _shown(share: ReplyShare) -> dict[str, object]:
    count = " to ".join(f"{count:,}" for count in dict.fromkeys((share.counts[0], share.counts[-1])))
    printed = {"Printed": share.printed} if share.printed else {}
    return {
        "Question": share.question,
        "Answer": share.answer,
        **printed,
        "Count": f"{count} of {share.answered:,}{' (few)' if share.small else ''}",
        "Share": _between(share.shares),
        "Of all asked": _between(share.bounds),
    }


def _between(ends: tuple[Fraction, Fraction] | None) -> str:
    if ends is None:
        return "nobody"
    return " to ".join(dict.fromkeys(f"{decimal(end, 1)} %" for end in ends))


def _below(shares: Sequence[ReplyShare]) -> str:
    """What the columns of the table mean."""
    said: list[str] = []
    if any(share.silent for share in shares):
        said.append(
            "Of all asked: the share if none of those who did not answer would say so, and the share if all would."
        )
    if any(len(share.counts) > 1 for share in shares):
        said.append("Where a printed share fits more than one count, the least and the greatest stand.")
    if any(share.small for share in shares):
        said.append(f"A percentage of fewer than {FEW} says little.")
    return " ".join(said)


def _row(share: ReplyShare) -> dict[str, object]:
    plain = share.to_dict()
    least, most = share.shares or (None, None)
    low, high = share.bounds or (None, None)
    numbers = {"share_least": least, "share_most": most, "if_none_of_the_silent": low, "if_all_of_the_silent": high}
    plain |= {name: None if number is None else decimal(number, 4) for name, number in numbers.items()}
    plain["counts"] = " ".join(map(str, share.counts))
    return plain
