"""The commands on the cases of a workspace: ``draw`` and ``count-cases``."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import terminal
from careassure.cli.rows import print_rows
from careassure.cli.terminal import UsageError
from careassure.errors import InvalidInputError, Problem
from careassure.model.text import whole
from careassure.privacy.disclosure.suppression import Rules, suppress
from careassure.report.rows import apart
from careassure.report.tables import csv_of, csv_text, json_text
from careassure.samples.case_counts import count_cases
from careassure.samples.cases import CaseList
from careassure.samples.likeness import represent
from careassure.samples.sampling import Funnel, draw

_OWN = ("stage", "id")
"""The columns of a drawn case that are no attributes."""


def run_draw(arguments: argparse.Namespace) -> int:
    """Draw cases in stages and say how far they look like all."""
    cases = _cases(arguments.folder)
    strata = [name for name in arguments.strata.split(",") if name]
    found = draw(cases, _stages(arguments.stages), strata=strata, seed=arguments.seed, must_have=_needs(arguments))
    rows = _rows(found)
    if arguments.format == "json":
        terminal.json(json_text(rows))
    elif arguments.format == "csv":
        terminal.csv(csv_text(rows))
    else:
        print_rows([row for row in rows if row["stage"] == len(found.stages)], "table")
        terminal.line()
        for line in (found.words, represent(found.last, cases).words):
            terminal.write(terminal.wrapped(line))
    return 0


def run_count_cases(arguments: argparse.Namespace) -> int:
    """Count cases by two attributes, with small numbers left out."""
    rules = Rules(threshold=arguments.threshold, round_to=arguments.round_to)
    table = suppress(count_cases(_cases(arguments.folder), arguments.rows, arguments.columns), rules)
    if arguments.format == "csv":
        head = ["", *table.columns, "Total"]
        body = zip([*table.rows, "Total"], [*table.cells, table.column_totals], [*table.row_totals, table.total],
                   strict=False)  # fmt: skip
        terminal.csv(csv_of(head, [[name, *cells, total] for name, cells, total in body]))
        return 0
    terminal.write(f"{table}\n")
    rounded = f" All others are rounded to {rules.round_to}." if rules.round_to > 1 else ""
    note = f"[c] stands for 1 to {rules.threshold}, or for what that could be worked out from.{rounded}"
    terminal.line()
    terminal.write(terminal.wrapped(note))
    return 0


def _cases(folder: str) -> CaseList:
    workspace = workspaces.read(folder)
    if not workspace.cases:
        raise InvalidInputError(folder, [Problem("cases.csv", "it lists no cases", "Add a row for each")])
    return CaseList(workspace.attributes, workspace.cases)


def _rows(found: Funnel) -> list[dict[str, object]]:
    cases = [(number, case) for number, stage in enumerate(found.stages, 1) for case in stage.cases]
    heads = apart(list(dict.fromkeys(name for _, case in cases for name, _ in case.attributes)), _OWN, "attribute_")
    return [
        {"stage": number, "id": case.id, **{heads[name]: code for name, code in case.attributes}}
        for number, case in cases
    ]


def _stages(text: str) -> list[int]:
    try:
        return [whole(part) for part in text.split(",")]
    except ValueError:
        raise UsageError(f"{text!r} are no sizes of stages", hint="Give numbers with commas, such as 50,10,6") from None


def _needs(arguments: argparse.Namespace) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for text in arguments.at_least:
        code, _, number = text.rpartition(":")
        attribute, _, value = code.partition("=")
        if not (attribute and value and number.isascii() and number.isdigit() and len(number) < 10):
            raise UsageError(f"{text!r} does not say how many of what", hint="Write ATTRIBUTE=CODE:NUMBER")
        found.setdefault(attribute, {})[value] = whole(number)
    return found
