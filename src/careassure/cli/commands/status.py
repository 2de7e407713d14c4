"""The command ``status``: what a workspace gives, and what it lacks."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from attrs import evolve

from careassure import workspaces
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.model.text import join, plural
from careassure.report.tables import json_text
from careassure.workspaces.details import indicator_lines, replies_words

EXAMPLE = "careassure status york"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    options.at(command)
    options.formats(command, "text", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say what a workspace gives and what it lacks."""
    found = workspaces.status(arguments.folder, arguments.at)
    papers.write(arguments, found)
    if arguments.format == "text":
        _print_status(found)
    elif arguments.format == "json":
        terminal.json(json_text(found.to_dict()))
    else:
        print_rows([{"kind": gap.kind, "about": gap.about, "words": gap.words} for gap in found.gaps], "csv")
    return 0


def _print_status(found: workspaces.Status) -> None:
    workspace = found.workspace
    for line in found.head:
        terminal.write(terminal.wrapped(line))
    matrix = workspaces.coverage(workspace)
    _head(f"Evidence ({plural(len(matrix.items), 'piece', 'pieces')})")
    print_rows(matrix.rows(), "table")
    actions = workspaces.progress(workspace, found.at).actions
    if actions:
        _head("Plan")
        print_rows([_action(item) for item in actions], "table")
    measured = workspaces.measures(workspace, found.at)
    if measured:
        _head("Measures")
        print_rows([_measure(item) for item in measured], "table")
    for title, lines in _followed(found):
        if lines:
            _head(title)
            terminal.write(terminal.wrapped("\n".join(f"  {line}" for line in lines)))
    _print_loose(workspace)
    if workspace.cases:
        terminal.line()
        terminal.write(terminal.wrapped(f"{plural(len(workspace.cases), 'case')}, coded by "
                                        f"{join([str(item) for item in workspace.attributes])}"))  # fmt: skip
    terminal.line()
    terminal.write(terminal.wrapped(found.words))


def _print_loose(workspace: workspaces.Workspace) -> None:
    """The indicators that stand with no statement."""
    loose = [item for item in workspace.indicators if not item.statements]
    if loose:
        _head("Indicators that bear on no statement")
    for item in loose:
        values = sorted((v for v in workspace.values if v.indicator == item.key), key=lambda v: v.period)
        terminal.write(
            terminal.wrapped("\n".join(f"  {line}" for line in indicator_lines(item, values, workspace.council)))
        )


def _followed(found: workspaces.Status) -> Iterator[tuple[str, list[str]]]:
    """What followed from events: what is for others, who replied, and what is owed; a head and lines for each."""
    work, at = found.workspace, found.at
    asked = [item for item in workspaces.events(work, at) if item.replies]
    yield "Found for other bodies", [str(item) for item in workspaces.findings(work, at) if not item.ours]
    yield "Replies", [f"{item.event.id} {item.event.title}: {replies_words(item.replies)}" for item in asked]
    yield "Remedies", [*map(str, workspaces.remedies(work, at).items)]
    yield "Promises", [*map(str, workspaces.promises(work, at))]


def _head(text: str) -> None:
    for each in ("", text, ""):
        terminal.line(each)


def _action(found: workspaces.ActionProgress) -> dict[str, object]:
    action = found.action
    return {"Action": f"{action.id} {action.title}", "Owner": action.owner, "Status": found.words}


def _measure(found: workspaces.MeasureProgress) -> dict[str, object]:
    measure, latest = found.measure, found.latest
    notes = "; ".join(filter(None, (measure.unit, measure.scope)))
    met = "no value of then" if found.unread else "" if found.met is None else found.stands
    bare = evolve(measure, unit="")  # the unit stands beside the title
    return {
        "Action": "; ".join(measure.actions),
        "Measure": f"{measure.id} {measure.title}{f' ({notes})' if notes else ''}",
        "Before": "" if measure.baseline is None else bare.said(measure.baseline),
        "Now": "" if latest is None else f"{bare.said(latest.value)} ({latest.date.words})",
        "Target": measure.goal,
        "By": measure.target_date.words if measure.target_date else "",
        "": met,
    }
