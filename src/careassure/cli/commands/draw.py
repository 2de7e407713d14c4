"""The command ``draw``: draw cases from a workspace in stages, and say how far they look like all."""

from __future__ import annotations

import argparse

from careassure.cli import options, papers, terminal
from careassure.cli.cases import cases_of
from careassure.cli.rows import print_rows
from careassure.cli.terminal import UsageError
from careassure.model.text import whole
from careassure.report.rows import apart
from careassure.report.tables import csv_text, json_text
from careassure.samples.intervals import CAUTION
from careassure.samples.likeness import represent
from careassure.samples.sampling import Funnel, draw

EXAMPLE = "careassure draw york --seed 2026 --strata age_band,route --at-least route=discharge:2"
_OWN = ("stage", "id")
"""The columns of a drawn case that are not attributes."""


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    command.add_argument("--seed", required=True, metavar="SEED", help="any number or word; the same draws the same")
    command.add_argument("--stages", default="50,10,6", metavar="SIZES", help="with commas (default: 50,10,6)")
    command.add_argument("--strata", default="", metavar="NAMES", help="in proportion to these attributes, with commas")
    command.add_argument(
        "--at-least", action="append", default=[], metavar="ATTRIBUTE=CODE:NUMBER", help="a least number in every stage"
    )
    options.formats(command, "text", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Draw cases in stages and say how far they look like all."""
    cases = cases_of(arguments.folder)
    strata = [name for name in arguments.strata.split(",") if name]
    found = draw(cases, _stages(arguments.stages), strata=strata, seed=arguments.seed, must_have=_needs(arguments))
    papers.write(arguments, found, arguments.folder)
    rows = _rows(found)
    if arguments.format == "json":
        terminal.json(json_text(rows))
    elif arguments.format == "csv":
        terminal.csv(csv_text(rows))
    else:
        print_rows([row for row in rows if row["stage"] == len(found.stages)], "table")
        terminal.line()
        for line in (found.words, represent(found.last, cases).words):
            terminal.write(terminal.wrapped(line.removesuffix(CAUTION).strip()))
        terminal.paragraph(CAUTION)
    return 0


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
        raise UsageError(
            f"{text!r} are not sizes of stages", hint="Give numbers with commas, such as 50,10,6"
        ) from None


def _needs(arguments: argparse.Namespace) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for text in arguments.at_least:
        code, _, number = text.rpartition(":")
        attribute, _, value = code.partition("=")
        if not (attribute and value and number.isascii() and number.isdigit() and len(number) < 10):
            raise UsageError(f"{text!r} does not say how many of what", hint="Write ATTRIBUTE=CODE:NUMBER")
        found.setdefault(attribute, {})[value] = whole(number)
    return found
