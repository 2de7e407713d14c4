"""The command ``agreement``: how far assessments of the same council agree, such as its own and the published one."""

from __future__ import annotations

import argparse
from pathlib import Path

from careassure.analysis.raters import Agreement, agreement
from careassure.api.verbs import published
from careassure.cli import options, papers, terminal
from careassure.cli.terminal import UsageError
from careassure.errors import InvalidInputError, Problem
from careassure.files import read
from careassure.model.assessment import Assessment
from careassure.report.tables import csv_text, json_text
from careassure.workspaces.workspace import Workspace

EXAMPLE = "careassure agreement self.toml peer.toml --council Leicester"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("files", nargs="+", metavar="FILE", help="assessments: files, or folders of workspaces")
    command.add_argument("--council", metavar="NAME", help="also its newest published assessment")
    options.allow(command)
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say how far assessments agree."""
    found = [(Path(file).stem, _assessment(file, arguments.allow)) for file in arguments.files]
    if arguments.council:
        newest = published(arguments.council)
        if not newest:
            problem = Problem("", "no published assessment of it ships with careassure", "Give the file of one")
            raise InvalidInputError(arguments.council, [problem])
        found.append(("published", newest[-1]))
    if len(found) < 2:
        raise UsageError("one assessment agrees with nothing", hint="Name another file, or --council")
    kinds = [item.kind for _, item in found]
    names = list[str](kinds) if len(set(kinds)) == len(kinds) else [name for name, _ in found]
    result = agreement(_by_rater(names, [item for _, item in found]))
    papers.write(arguments, result)
    if arguments.format == "json":
        terminal.json(json_text(result.to_dict()))
    elif arguments.format == "csv":
        terminal.csv(csv_text(_rows(result)))
    else:
        terminal.write(terminal.wrapped(result.words))
    return 0


def _assessment(file: str, allow: list[str]) -> Assessment:
    value = read(file, allow=allow)
    if isinstance(value, Workspace):
        return value.assessment(value.base)
    if not isinstance(value, Assessment):
        raise InvalidInputError(file, [Problem("format", "it does not hold an assessment")])
    return value


def _by_rater(names: list[str], items: list[Assessment]) -> dict[str, list[Assessment]]:
    found: dict[str, list[Assessment]] = {}
    for name, item in zip(names, items, strict=True):
        found.setdefault(name, []).append(item)
    return found


def _rows(result: Agreement) -> list[dict[str, object]]:
    """A row for each statement and each two raters."""
    return [
        {
            "first": pair.first,
            "second": pair.second,
            "statement": bias.id,
            "councils": bias.councils,
            "mean_bias": None if bias.mean is None else str(bias.mean),
        }
        for pair in result.pairs
        for bias in pair.bias
    ]
