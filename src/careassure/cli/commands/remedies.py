"""The command ``remedies``: what is to be paid, said or done after complaints, and whether it was."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from careassure import workspaces
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.report.tables import json_text
from careassure.workspaces.as_dict import remedies_to_dict
from careassure.workspaces.owed import pounds_number
from careassure.workspaces.settled import WITHOUT

EXAMPLE = "careassure remedies york"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.at(command)
    options.formats(command, "text", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """List what is to be paid, said or done after complaints, with the sums."""
    found = workspaces.remedies(arguments.folder, arguments.at)
    papers.write(arguments, found, arguments.folder)
    if arguments.format == "json":
        terminal.json(json_text(remedies_to_dict(found)))
    elif arguments.format == "csv":
        print_rows([_row(item) for item in found.items], "csv")
    else:
        terminal.write(terminal.wrapped("\n".join(_lines(found))))
    return 0


def _lines(found: workspaces.Remedies) -> Iterator[str]:
    """The remedies under the event that asks for each, with the sum of each event and of all."""
    events = list(dict.fromkeys(item.event for item in found.items))
    for event in events:
        own = workspaces.Remedies(tuple(item for item in found.items if item.event == event))
        yield f"{event.id} {event.title}, {event.date.words}"
        yield from (f"  {item}{WITHOUT if item.unshown else ''}" for item in own.items)
        if len(events) > 1:
            yield f"  {own.words}"
    yield f"In all: {found.words}" if events else "No remedy is recorded."


def _row(item: workspaces.RemedyProgress) -> dict[str, object]:
    remedy = item.remedy
    return {
        "Id": remedy.id,
        "Event": remedy.event,
        "Event date": str(item.event.date),
        "Kind": remedy.kind,
        "Text": remedy.text,
        "To": remedy.to,
        "Amount": "" if remedy.amount is None else pounds_number(remedy.amount),
        "Roughly": "yes" if remedy.roughly else "no",
        "Due": str(remedy.due or ""),
        "Done": str(remedy.done or ""),
        "State": item.state,
        "Without evidence": "yes" if item.unshown else "no",
        "Evidence": "; ".join(remedy.evidence),
        "Note": remedy.note,
    }
