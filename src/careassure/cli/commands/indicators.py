"""The command ``indicators``: which indicators are known, and a council's newest values beside England's."""

from __future__ import annotations

import argparse

from careassure.cli import options, terminal
from careassure.cli.indicator_sources import known_indicators, whose
from careassure.cli.rows import print_rows, printed_number
from careassure.errors import CareAssureError
from careassure.figures.comparison_words import value_said
from careassure.figures.model import Indicator
from careassure.figures.peers import Comparison, compare_indicator
from careassure.model.council import Body, Council
from careassure.report.tables import Row
from careassure.workspaces.workspace import Workspace

EXAMPLE = "careassure indicators --council Camden"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument(
        "--council",
        metavar="NAME",
        help="also its newest values; or the FOLDER of a workspace, with its own indicators",
    )
    options.formats(command, "table", "json", "csv")


def run(arguments: argparse.Namespace) -> int:
    """List the indicators."""
    subject, work = whose(arguments.council) if arguments.council else (None, None)
    items = known_indicators(work)
    if arguments.format != "table":
        print_rows([_row(item, subject, work) for item in items], arguments.format)
        return 0
    if subject is not None:
        terminal.line(f"{subject}, each with its newest value")
        terminal.line()
    for list_of in dict.fromkeys((item.set, item.year) for item in items):
        terminal.line(f"{' '.join(list_of)}: the key of each begins so")
        terminal.line()
        print_rows([_short(item, subject, work) for item in items if (item.set, item.year) == list_of], "table")
        terminal.line()
    example = items[-1].key
    terminal.write(terminal.wrapped("Better says which side is better; context: neither."))
    terminal.line(f'More of one: careassure indicator "{example}" --council NAME')
    return 0


def _short(item: Indicator, subject: Council | Body | None, work: Workspace | None) -> Row:
    """A line of the screen."""
    head = {"Code": item.code, "Indicator": item.heading, "Better": item.polarity}
    if subject is None:
        return {**head, "Statements": ", ".join(each.statement for each in item.statements)}
    found = _compared(item, subject, work)
    if found is None:
        return {**head, "Period": "", "Value": "-", "England": "-", "Gap": ""}
    gap = "" if found.gap is None else f"{item.gap_said(found.gap)} {'above' if found.gap > 0 else 'below'}"
    side = {True: ", better", False: ", worse", None: ""}[found.better_than_england]
    other = "counts others" if found.same_people is False else "the same" if found.gap == 0 else f"{gap}{side}"
    return {
        **head,
        "Period": found.own.period,
        "Value": value_said(item, found.own) + (", challenged" if found.own.challenge else ""),
        "England": "-"
        if found.england is None
        else value_said(item, found.england) + (", challenged" if found.england.challenge else ""),
        "Gap": other,
    }


def _row(item: Indicator, subject: Council | Body | None, work: Workspace | None) -> Row:
    """A line for programs."""
    return {
        "Key": str(item.key),
        "Title": item.title,
        "Unit": item.unit,
        "Better": item.polarity,
        "Better basis": item.polarity_basis,
        "Denominator": item.denominator,
        "Source": item.source,
        "Published": str(item.date),
        "Comparable from": item.comparable_from or "",
        "Stale after months": item.stale_after_months,
        "Statements": "; ".join(each.statement for each in item.statements),
        **({} if subject is None else _full(_compared(item, subject, work))),
    }


def _compared(item: Indicator, subject: Council | Body, work: Workspace | None) -> Comparison | None:
    """The council's newest value; None where it has none, or they do not go together."""
    mine = [value for value in work.values if value.indicator == item.key] if work else []
    try:
        return compare_indicator(item, subject, [], values=mine or None)
    except CareAssureError:
        return None


def _full(found: Comparison | None) -> Row:
    own, whole = (None, None) if found is None else (found.own, found.england)
    return {
        "Council": own.label if own else "",
        "Period": own.period if own else "",
        "Value": printed_number(own.value) if own else "",
        "Scope": own.scope if own else "",
        "Challenged by": own.challenged_by if own else "",
        "England": printed_number(whole.value) if whole else "",
        "England scope": whole.scope if whole else "",
        "England challenged by": whole.challenged_by if whole else "",
        "Same people": found.same_people if found else None,
        "Gap": printed_number(found.gap) if found and found.gap is not None else None,
        "Better than England": found.better_than_england if found else None,
    }
