"""The command ``next``: which score to find out next, so that the rating is settled soonest."""

from __future__ import annotations

import argparse
from itertools import islice

from careassure.analysis.next_question import CAUTION, MOST_LINES, NextQuestion, cut, next_question
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.cli.scored import assessment_of, scored
from careassure.model.rounding import decimal
from careassure.report.tables import csv_text, json_text

EXAMPLE = "careassure next 2 2 2 - 3 - - 2 3"
_SHOWN = 12
_LINES = 12


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    scored(command)
    command.add_argument(
        "--by",
        choices=("worst", "expected"),
        default="worst",
        help="keep low how many scores must be known at the most (worst, the default), or on average (expected)",
    )
    options.scorer(command)
    command.add_argument("--all", action="store_true", help="every question that may follow")
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say which score to find out next."""
    found = next_question(assessment_of(arguments), by=arguments.by, scorer=arguments.scorer)
    papers.write(arguments, found)
    if arguments.format == "json":
        from careassure.privacy.assessments import refuse_personal_data

        refuse_personal_data(found.assessment, found.assessment.label, allow=arguments.allow)
        terminal.json(json_text(found.to_dict()))
    elif arguments.format == "csv":
        terminal.csv(csv_text(_rows(found)))
    else:
        _print(found, everything=arguments.all)
    return 0


def _rows(found: NextQuestion) -> list[dict[str, object]]:
    """A row for each score that could be found out next, the best first."""
    at = {option.statement: option for option in found.options}
    first = [at[found.statement]] if found.statement else []
    return [
        {
            "council": found.assessment.council.name,
            "scorer": found.scorer,
            "statement": option.statement,
            "worst_case": option.worst_case,
            "expected": str(option.expected),
        }
        for option in [*first, *(one for one in found.options if one not in first)]
    ]


def _print(found: NextQuestion, *, everything: bool) -> None:
    terminal.line(f"{found.assessment.label}: {found.outcome.result}")
    terminal.line()
    for sentence in found.sentences():
        terminal.write(terminal.wrapped(sentence))
    if found.tree is not None:
        title = found.assessment.framework.title_of
        rows = [
            {"Find out": title(one.statement), "At the most": one.worst_case, "On average": decimal(one.expected)}
            for one in found.options[: None if everything else _SHOWN]
        ]
        terminal.line()
        print_rows(rows, "table")
        terminal.line()
        shown = list(islice(found.tree.lines(), _LINES + 1))
        if everything or len(shown) <= _LINES:
            terminal.write(terminal.wrapped(cut(found.tree.lines(), MOST_LINES)))
        else:
            terminal.write(terminal.wrapped("\n".join(shown[:_LINES])))
            terminal.line("And so on: see it whole with --all.")
    terminal.paragraph(CAUTION)
