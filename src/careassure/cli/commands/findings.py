"""The command ``findings``: what reviews and visits found, and what answers it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from careassure import workspaces
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.cli.terminal import UsageError
from careassure.model.text import join
from careassure.report.tables import json_text
from careassure.workspaces.as_dict import finding_to_dict
from careassure.workspaces.happened import FINDING_KINDS

EXAMPLE = "careassure findings york --kind strength --review R1"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    options.folder(command)
    kinds = join([kind.replace("_", " ") for kind in FINDING_KINDS], "or")
    command.add_argument("--kind", metavar="KIND", help=f"only those of one kind: {kinds}")
    command.add_argument("--review", metavar="EVENT", help="only those of one review: its id or its title")
    command.add_argument(
        "--against", metavar="EARLIER", help="an earlier review: say what --review finds again, closes or adds"
    )
    options.at(command)
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """List what reviews and visits found, with what answers it."""
    if arguments.against is not None:
        return _compare(arguments)
    found = workspaces.findings(arguments.folder, arguments.at, kind=arguments.kind, review=arguments.review)
    papers.write(arguments, found, arguments.folder)
    if arguments.format == "json":
        terminal.json(json_text([finding_to_dict(item) for item in found]))
        return 0
    if arguments.format == "csv":
        print_rows([_row(item) for item in found], "csv")
        return 0
    every = arguments.kind is None and arguments.review is None
    nothing = "No review or visit has found anything yet." if every else "Nothing of that kind was found there."
    print_rows([_short(item) for item in found], "table", empty=nothing)
    if found:
        terminal.line()
        terminal.write(terminal.wrapped("\n".join([*_known(found), *_counts(found)])))
    return 0


def _compare(arguments: argparse.Namespace) -> int:
    if arguments.review is None or arguments.kind is not None:
        raise UsageError("two reviews are compared as a whole", hint="Give --review and --against, without --kind")
    found = workspaces.compare_reviews(arguments.folder, arguments.against, arguments.review, arguments.at)
    papers.write(arguments, found, arguments.folder)
    if arguments.format == "table":
        terminal.write(terminal.wrapped(found.words))
    else:
        print_rows(found.rows(), arguments.format)
    return 0


def _short(item: workspaces.AnsweredFinding) -> dict[str, object]:
    """A finding in a table for people."""
    last = item.own_follow_up
    answer = [f"{each.action.id} {each.words}" for each in item.actions]
    answer += [f"{last.status.replace('_', ' ')} {last.date.when}"] if last else []
    what = "closed later" if item.closed else "found again later" if item.renewed else "" if item.ours else "for others"
    return {
        "Finding": item.finding.id,
        "Kind": item.finding.kind.replace("_", " "),
        "Found": f"{item.event.date.words}, {item.event.title}",
        "What": item.finding.text,
        "Answer": "; ".join([*answer, *([what] if what else [])]) or ("none" if item.unanswered else ""),
    }


def _known(found: Iterable[workspaces.AnsweredFinding]) -> Iterator[str]:
    """Below the table: whom a finding is for, what other reviews say of it, and what was said to it."""
    lines = [f"  {item.finding.id}: {'; '.join(item.notes)}" for item in found if item.notes]
    if lines:
        yield from ("What is known of each", *lines, "")


def _counts(found: Iterable[workspaces.AnsweredFinding]) -> Iterator[str]:
    """How many of each kind, by review and in all."""
    items = list(found)
    reviews = list(dict.fromkeys(item.event for item in items))
    for event in reviews:
        own = [item for item in items if item.event == event]
        yield f"{event.id} {event.title}, {event.date.words}: {_by_kind(own)}"
    if len(reviews) > 1:
        yield f"In all {len(items):,}: {_by_kind(items)}"
    unanswered = sum(item.unanswered for item in items)
    if unanswered:
        yield f"Without an answer: {unanswered:,}"


def _by_kind(items: Iterable[workspaces.AnsweredFinding]) -> str:
    kinds = [item.finding.kind for item in items]
    return ", ".join(f"{kind.replace('_', ' ')} {kinds.count(kind):,}" for kind in FINDING_KINDS if kind in kinds)


def _row(item: workspaces.AnsweredFinding) -> dict[str, object]:
    """A finding in one row for programs."""
    finding = item.finding
    return {
        "Finding": finding.id,
        "Kind": finding.kind,
        "Event": finding.event,
        "Date": str(item.event.date),
        "Found": item.event.title,
        "What": finding.text,
        "Statements": "; ".join(finding.statements),
        "Bodies": "; ".join(finding.bodies),
        "For the council": "yes" if item.ours else "no",
        "Finds again": "; ".join(finding.finds_again),
        "Closes": "; ".join(finding.closes),
        "Reviews": item.seen,
        "Actions": "; ".join(f"{each.action.id} {each.words}" for each in item.actions),
        "Follow ups": "; ".join(item.said),
        "Unanswered": "yes" if item.unanswered else "no",
    }
