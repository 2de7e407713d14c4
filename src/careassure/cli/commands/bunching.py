"""The command ``bunching``: results just above and just below each line of a method."""

from __future__ import annotations

import argparse

from careassure.analysis.line_splits import CAUTION, bunching
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.model.text import join, plural

EXAMPLE = "careassure bunching"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.scorer(command)
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say how many published results lie one point from each line."""
    found = bunching(None, arguments.scorer)
    papers.write(arguments, found)
    if arguments.format != "table":
        rows = [
            {
                "Grade": line.grade.key,
                "Just above": len(line.just_above),
                "Just below": len(line.just_below),
                "Chance": str(line.chance),
            }
            for line in found.lines
        ]
        print_rows(rows, arguments.format)
        return 0
    terminal.write(terminal.wrapped(
        f"{plural(found.results, 'published result')} with one rating; {found.left_out} left out, for want of scores."
    ))  # fmt: skip
    for line in found.lines:
        terminal.paragraph(line.words)
        for side, outcomes in (("Just above", line.just_above), ("Just below", line.just_below)):
            if outcomes:
                names = join(sorted(str(outcome.assessment.council) for outcome in outcomes))
                terminal.write(terminal.wrapped(f"  {side}: {names}."))
    terminal.paragraph(CAUTION)
    return 0
