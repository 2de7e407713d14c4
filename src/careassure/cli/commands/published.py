"""The command ``published``: published assessments, each worked out again."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from careassure.analysis.reconcile import Reconciliation, reconcile
from careassure.api.lookup import find_framework
from careassure.api.verbs import councils, published
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.errors import NameLookupError
from careassure.io.writing import write_text
from careassure.model.assessment import Assessment
from careassure.model.text import fold, join, near, plural
from careassure.report.rows import brief_row, full_row
from careassure.report.tables import csv_text, json_text

EXAMPLE = "careassure published --region London --rating good"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("council", nargs="?", metavar="COUNCIL", help="one council, with the explanation of each")
    command.add_argument("--region", help="only this region, such as London")
    command.add_argument("--kind", help="only this kind of council, such as county or london_borough")
    command.add_argument("--rating", help="only this printed rating, such as good")
    command.add_argument("--status", help="only agrees, differs or 'cannot be checked'")
    command.add_argument("--html", metavar="FILE", help="also write all of it as one page for a browser")
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """List published assessments and whether they agree with what was printed."""
    results = _selected(arguments)
    papers.write(arguments, results)
    if arguments.html:
        from careassure.report.page import reconciliation_page

        write_text(arguments.html, reconciliation_page(results))
    if arguments.format == "json":
        terminal.json(json_text([full_row(result) for result in results]))
    elif arguments.format == "csv":
        terminal.csv(csv_text([full_row(result) for result in results]))
    else:
        _published_text(results, explain=arguments.council is not None)
    if arguments.html:
        terminal.line(f"Written: {Path(arguments.html).resolve()}", aside=arguments.format != "table")
    return 0


def _published_text(results: Sequence[Reconciliation], *, explain: bool) -> None:
    if not results:
        terminal.line("No published assessment that ships with careassure fits.")
        return
    superseded = {item.supersedes for item in published()} - {""}
    print_rows([brief_row(result, superseded) for result in results], "table")
    terminal.line()
    for status in ("agrees", "differs", "cannot be checked"):
        found = [result for result in results if result.status == status]
        if found:
            terminal.line(f"{status}: {plural(len(found), 'assessment')}")
    for result in results:
        if result.status == "differs":
            terminal.line(f"  {result.assessment.label}: {result.reason}")
    if explain:
        for result in results:
            for text in ("", "=" * terminal.prose(), f"{result.status}: {result.reason}", ""):
                terminal.line(text)
            terminal.write(result.outcome.explain())
            for text in ("", "Read at", *(f"  {source}" for source in result.assessment.sources)):
                terminal.line(text)


def _selected(arguments: argparse.Namespace) -> list[Reconciliation]:
    kept = list(published(arguments.council))
    tests: list[tuple[str, str | None, set[str], Callable[[Assessment], str]]] = [
        ("region", arguments.region, {c.region for c in councils()}, lambda a: getattr(a.council, "region", "")),
        ("kind", arguments.kind, {c.kind for c in councils()}, lambda a: a.council.kind),
    ]
    for what, wanted, known, value in tests:
        if wanted is not None:
            name = _one_of(what, wanted, known)
            kept = [item for item in kept if value(item) == name]
    if arguments.rating is not None:
        rating = find_framework("cqc-la").scale("cqc-rating").parse(arguments.rating)
        kept = [item for item in kept if item.stated.rating == rating]
    results = list(reconcile(kept))
    if arguments.status is not None:
        status = _one_of("status", arguments.status, {"agrees", "differs", "cannot be checked"})
        results = [result for result in results if result.status == status]
    return results


def _one_of(what: str, wanted: str, known: set[str]) -> str:
    for name in known:
        if fold(name) == fold(wanted):
            return name
    guesses = near(wanted, known)
    hint = "" if guesses else f"Use {join(sorted(known), 'or')}"
    raise NameLookupError(f"{wanted!r} is not a {what}", suggestions=guesses, hint=hint)
