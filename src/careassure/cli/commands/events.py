"""The command ``events``: what happened, with the notes, sources, remedies and replies of each event."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.model.text import plural
from careassure.report.tables import json_text
from careassure.workspaces.as_dict import record_to_dict
from careassure.workspaces.details import replies_words

EXAMPLE = "careassure events york --kind ombudsman_decision"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    command.add_argument("--kind", metavar="KIND", help="only events of one kind, such as peer_review")
    options.at(command)
    options.formats(command, "text", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """List the events with all that is known of each."""
    found = workspaces.events(arguments.folder, arguments.at, kind=arguments.kind)
    papers.write(arguments, found, arguments.folder)
    if arguments.format == "json":
        terminal.json(json_text([record_to_dict(item) for item in found]))
    elif arguments.format == "csv":
        print_rows([_row(item) for item in found], "csv")
    else:
        for item in found:
            terminal.write(terminal.wrapped(item.words))
            terminal.line()
        kinds: dict[str, int] = {}
        for item in found:
            kinds[item.entry.kind] = kinds.get(item.entry.kind, 0) + 1
        counts = "; ".join(f"{kind.lower()} {count:,}" for kind, count in kinds.items())
        terminal.write(
            terminal.wrapped(f"{plural(len(found), 'event')}: {counts}" if found else "No event is recorded.")
        )
    return 0


def _row(item: workspaces.EventRecord) -> dict[str, object]:
    """An event in one row."""
    event, entry, owed = item.event, item.entry, item.remedies
    return {
        "Id": event.id,
        "Kind": event.kind,
        "Date": str(event.date),
        "Title": event.title,
        "Statements": "; ".join(event.statements),
        "Result": entry.result,
        "Superseded by": entry.superseded,
        "Order": entry.order,
        "Findings": len(item.findings),
        "Replies": replies_words(item.replies),
        "Remedies": "; ".join(map(str, owed.items)),
        "Remedies in all": owed.words,
        "Notes": event.notes,
        "Source": event.source,
    }
