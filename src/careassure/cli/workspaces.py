"""The commands on a workspace: ``init``, ``status``, ``diff`` and ``timeline``; ``check`` and ``assess`` of one."""

from __future__ import annotations

import argparse

from careassure import workspaces
from careassure.api.verbs import published
from careassure.cli import terminal
from careassure.cli.rows import print_rows
from careassure.cli.terminal import UsageError
from careassure.methods.method import Method
from careassure.model.council import Council
from careassure.model.dates import PartialDate
from careassure.model.rounding import decimal
from careassure.model.text import plural
from careassure.report.tables import json_text
from careassure.workspaces.rating import not_counted


def run_init(arguments: argparse.Namespace) -> int:
    """Make the folder of a new workspace."""
    if bool(arguments.council) == arguments.example:
        raise UsageError("say whose workspace it is, or that it is the example", hint="Give --council or --example")
    if arguments.example:
        made = workspaces.init_example(arguments.folder)
        terminal.line(f"Made {arguments.folder}, the workspace of {made.council}, which does not exist. Next:")
        terminal.line()
        terminal.line(f"  careassure status {arguments.folder}")
        return 0
    made = workspaces.init(
        arguments.folder,
        arguments.council,
        body=arguments.body or "",
        framework=arguments.framework or "cqc-la",
        version=arguments.framework_version,
    )
    terminal.line(f"Made {arguments.folder}, a workspace of {made.council} for {made.framework.title},")
    terminal.line(f"version {made.framework.version}. Its README.md says what goes into which table. Next:")
    terminal.line()
    terminal.line(f"  careassure status {arguments.folder}")
    return 0


def run_status(arguments: argparse.Namespace) -> int:
    """Say what a workspace gives and what it lacks."""
    workspace = workspaces.read(arguments.folder)
    found = workspaces.status(workspace, arguments.at)
    rows = [{"kind": gap.kind, "about": gap.about, "words": gap.words} for gap in found.gaps]
    if arguments.format == "text":
        _print_status(found)
    else:
        print_rows(rows, arguments.format)
    return 0


def run_statement(arguments: argparse.Namespace) -> int:
    """Lay everything about one statement beside its score."""
    workspace = workspaces.read(arguments.folder)
    terminal.write(terminal.wrapped(workspaces.statement(workspace, arguments.statement).words))
    return 0


def run_returns(arguments: argparse.Namespace) -> int:
    """List the items of the information return with the evidence for each."""
    workspace = workspaces.read(arguments.folder)
    summaries = {item.id: item.summary for item in workspace.evidence}
    rows = [
        {
            "Item": item.key,
            "Title": item.title,
            "Owner": item.owner,
            "Status": item.status.replace("_", " "),
            "Own view": item.rating,
            "Evidence": "; ".join(f"{name} {summaries[name]}" for name in item.evidence),
        }
        for item in workspace.returns
    ]
    print_rows(rows, arguments.format, empty="returns.csv lists no items.")
    return 0


def run_findings(arguments: argparse.Namespace) -> int:
    """List what reviews and visits found, with the actions that answer it."""
    rows = [
        {
            "Finding": item.finding.id,
            "Kind": item.finding.kind.replace("_", " "),
            "Found": item.event.date.words,
            "What": item.finding.text,
            "Answer": "; ".join(f"{each.action.id} {each.words}" for each in item.actions)
            or ("none" if item.unanswered else ""),
        }
        for item in workspaces.findings(arguments.folder, arguments.at)
    ]
    print_rows(rows, arguments.format, empty="No review or visit has found anything yet.")
    return 0


def run_diff(arguments: argparse.Namespace) -> int:
    """Say in words what changed between two days."""
    workspace = workspaces.read(arguments.folder)
    found = workspaces.diff(workspace, arguments.since, arguments.until)
    if arguments.format == "json":
        terminal.json(json_text([{"subject": c.subject, "about": c.about, "words": c.words} for c in found.items]))
    else:
        terminal.write(terminal.wrapped(found.words))
    return 0


def run_timeline(arguments: argparse.Namespace) -> int:
    """Show everything that happened to the council's assessment."""
    workspace = workspaces.read(arguments.folder)
    known = published(workspace.council.code) if isinstance(workspace.council, Council) else ()
    entries = workspaces.timeline(workspace, known)
    rows = [
        {
            "Date": str(entry.date),
            "What": entry.kind,
            "Title": entry.title,
            "Result": entry.result + (f" (superseded by {entry.superseded})" if entry.superseded else ""),
            "Findings": entry.findings or "",
        }
        for entry in entries
    ]
    if arguments.format != "table":
        rows = [{**row, "Source": entry.source} for row, entry in zip(rows, entries, strict=True)]
    print_rows(rows, arguments.format, empty="Nothing is on the timeline.")
    return 0


def check_workspace(folder: str) -> int:
    """Say that a workspace is sound; what is wrong with one is raised."""
    workspace = workspaces.read(folder)
    parts = [
        plural(sum(entry.score is not None for entry in workspace.scores), "score"),
        plural(len(workspace.evidence), "piece of evidence", "pieces of evidence"),
        plural(len(workspace.actions), "action"),
        plural(len(workspace.cases), "case"),
    ]
    terminal.line(f"{folder} is sound: {', '.join(parts)}.")
    return 0


def print_outcome(workspace: workspaces.Workspace, scorer: str | Method | None) -> int:
    """Rate a workspace and say why, and what the method leaves out."""
    outcome = workspaces.assess(workspace, scorer)
    terminal.write(outcome.explain())
    beside = not_counted(workspace, outcome)
    if beside:
        terminal.line()
        terminal.line("Beside it, and not counted by this method")
        for title, score in beside:
            terminal.line(f"  {title}  {score}")
    return 0


def _print_status(found: workspaces.Status) -> None:
    workspace = found.workspace
    terminal.line(f"{workspace.council} on {PartialDate.parse(found.at).words}")
    if any(entry.score is not None for entry in workspace.latest_scores.values()):
        terminal.line(workspaces.assess(workspace).result)
    else:
        terminal.line("No scores yet")
    matrix = workspaces.coverage(workspace)
    _head(f"Evidence ({plural(len(matrix.items), 'piece', 'pieces')})")
    print_rows(matrix.rows(), "table")
    actions = workspaces.progress(workspace, found.at)
    if actions:
        _head("Plan")
        rows = [
            {
                "Action": f"{item.action.id} {item.action.title}",
                "Owner": item.action.owner,
                "Status": item.words,
            }
            for item in actions
        ]
        print_rows(rows, "table")
    measured = [(item.action.id, measure) for item in actions for measure in item.measures]
    if measured:
        terminal.line()
        print_rows([_measure(*pair) for pair in measured], "table")
    terminal.line()
    terminal.write(terminal.wrapped(found.words))


def _head(text: str) -> None:
    for each in ("", text, ""):
        terminal.line(each)


def _measure(action: str, found: workspaces.MeasureProgress) -> dict[str, object]:
    measure, latest = found.measure, found.latest
    met = {True: "met", False: "not met", None: ""}[found.met]
    return {
        "Action": action,
        "Measure": f"{measure.title}{f' ({measure.unit})' if measure.unit else ''}",
        "Before": "" if measure.baseline is None else decimal(measure.baseline),
        "Now": "" if latest is None else decimal(latest.value),
        "Target": "" if measure.target is None else decimal(measure.target),
        "By": measure.target_date.words if measure.target_date else "",
        "": met,
    }
