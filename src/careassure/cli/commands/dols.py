"""The command ``dols``: applications for deprivation of liberty in order, with their clocks, backlog and waits."""

from __future__ import annotations

import argparse
import datetime as dt
from fractions import Fraction

from careassure.cli import options, papers, terminal
from careassure.cli.commands import backlog as months
from careassure.cli.rows import print_rows
from careassure.figures.applications import NAMES, Application, ApplicationList, read_applications, read_criteria
from careassure.figures.backlogs import months_words
from careassure.figures.dols_queue import CAUTION, Dols, QueuedApplication, dols
from careassure.figures.statutory_clocks import clocks
from careassure.model.rounding import with_commas
from careassure.model.text import join, plural
from careassure.report.tables import Row
from careassure.samples.cases import Case, CaseAttribute, CaseList, Code
from careassure.samples.groups import GroupComparison, compare_groups

EXAMPLE = "careassure dols applications.xlsx --criteria criteria.csv --at 2026-09-30"
_FEW = 20
_NO_GROUP = "(not said)"
_SMALL = "Small numbers stand as they are. Leave them out before this goes further."


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("file", metavar="FILE", help="a table with a row for each application (.csv, .xlsx, .ods)")
    command.add_argument("--criteria", metavar="FILE", help="your criteria, each with its priority, the highest first")
    command.add_argument("--by", choices=("month", "group"), help="the backlog by month, or the waits by group")
    options.columns(command, NAMES)
    options.at(command)
    command.add_argument("--all", action="store_true", help="every open application")
    options.layout(command)
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say where applications stand."""
    criteria = () if arguments.criteria is None else read_criteria(arguments.criteria)
    columns = {name.replace("-", "_"): header for name, header in options.pairs("column", arguments.column).items()}
    read = read_applications(arguments.file, criteria, columns, options.layout_of(arguments))
    found = dols(read.applications, arguments.at or dt.date.today(), criteria)  # noqa: DTZ011
    papers.write(arguments, found)
    if arguments.format != "table":
        print_rows(_rows(found, arguments.by), arguments.format)
        return 0
    for line in (*_account(read), *found.lines):
        terminal.write(terminal.wrapped(line))
    terminal.line()
    if arguments.by == "month":
        _by_month(found)
    elif arguments.by == "group":
        _by_group(found)
    else:
        _queue(found, every=arguments.all)
    return 0


def _account(read: ApplicationList) -> list[str]:
    lines = [f"{plural(read.rows, 'row')} read: {plural(len(read.applications), 'application')}.", *read.notes]
    return [*lines, f"Columns not used: {join(read.unused)}."] if read.unused else lines


def _queue(found: Dols, *, every: bool) -> None:
    """The priorities, and the open applications in their order."""
    if found.priorities:
        print_rows(found.by_priority(), "table", empty="No application is open.")
        terminal.line()
    shown = found.open if every else found.open[:_FEW]
    print_rows([_line(item) for item in shown], "table", empty="No application is open.")
    if len(shown) < len(found.open):
        terminal.line(f"{len(shown)} of {len(found.open):,}. The others with --all.")
    terminal.paragraph(CAUTION)
    terminal.paragraph("\n".join(map(str, clocks().values())))


def _by_month(found: Dols) -> None:
    by_month = found.backlog()
    if by_month is None:
        terminal.line("No application was received by then.")
        return
    rows: list[Row] = [
        {
            "Month": period.name,
            "Received": with_commas(period.stock.received),
            "Completed": with_commas(period.stock.completed),
            "Open at the end": with_commas(period.stock.closing),
        }
        for period in by_month.periods
    ]
    print_rows(rows, "table")
    terminal.paragraph(months_words(by_month.periods[-1]))
    terminal.paragraph("What was open before the first application of the table is not in it.")


def _line(item: QueuedApplication) -> Row:
    return {
        "Application": item.application.id,
        "Priority": item.priority,
        "Kind": item.application.kind,
        "Received": item.application.received.isoformat(),
        "Due": item.due.isoformat(),
        "Days over": f"{item.over:,}" if item.over else "",
    }


def _rows(found: Dols, by: str | None) -> list[Row]:
    """Rows for programs: of the open applications, of months, or of groups."""
    if by == "month":
        by_month = found.backlog()
        return [] if by_month is None else months.rows(by_month)
    if by == "group":
        compared = _compared(found)
        return [
            {"Set": name, **{key: _plain(value) for key, value in row.items()}, **_shares(compared, str(row["Group"]))}
            for name, waits in zip(("completed", "open"), found.waits(), strict=True)
            if waits is not None
            for row in waits.rows()
        ]
    states = [("open", item) for item in found.open] + [("completed", item) for item in found.completed]
    rows: list[Row] = [
        {
            **_line(item),
            "Days over": item.over,
            "State": state,
            "Lowest priority": item.lowest,
            "Highest priority": item.highest,
            **_kept(item.application),
            "Days": item.waited,
        }
        for state, item in states
    ]
    later = {"Kind": "kind", "Received": "received", "Due": "due"}
    rows += [
        {"Application": item.id, **{head: str(getattr(item, name)) for head, name in later.items()},
         "State": "received later", **_kept(item)}
        for item in found.later
    ]  # fmt: skip
    return rows


def _kept(item: Application) -> Row:
    days = {"Completed": item.completed, "Urgent from": item.urgent_from,
            "Authorised from": item.authorised_from, "Authorised to": item.authorised_to}  # fmt: skip
    return {
        "Group": item.group,
        "Extended": item.extended,
        **{name: None if day is None else day.isoformat() for name, day in days.items()},
        "Too long": item.too_long,
        **{f"Criterion {title}": answer for title, answer in item.criteria},
    }


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int | str) else str(value)


def _by_group(found: Dols) -> None:
    """Waits by group, in both sets, and whether the priorities fall alike on groups."""
    names = ("Completed: days from receipt to completion", "Open: days since receipt")
    for name, waits in zip(names, found.waits(), strict=True):
        if waits is not None:
            terminal.line(name)
            print_rows([_wait(row) for row in waits.rows()], "table")
            terminal.line()
    compared = _compared(found)
    if compared is not None:
        unsure = sum(not item.certain for item in found.every)
        terminal.line("Priority by group, of all applications whose priority is certain")
        for line in compared.lines:
            terminal.write(terminal.wrapped(line))
        if unsure:
            terminal.line(f"Left out, as their priority is not certain: {unsure:,}.")
    terminal.paragraph(_SMALL)


def _wait(row: Row) -> Row:
    """A row of the screen: without what is in the other columns too."""
    return {
        key: with_commas(value, 1) if isinstance(value, Fraction) else f"{value:,}" if isinstance(value, int) else value
        for key, value in row.items()
        if key != "Known" and not key.endswith("%")
    }


def _compared(found: Dols) -> GroupComparison | None:
    """Whether priorities fall alike on groups; None without criteria or with one group alone."""
    sure = [item for item in found.every if item.certain and item.lowest]
    groups = list(dict.fromkeys(item.application.group or _NO_GROUP for item in sure))
    if len(groups) < 2:
        return None
    codes = {name: f"g{number}" for number, name in enumerate(sorted(groups))}
    ranks = {name: f"p{number}" for number, name in enumerate(found.priorities)}
    attributes = [
        CaseAttribute("group", "group", [Code(code, name) for name, code in codes.items()]),
        CaseAttribute("priority", "priority", [Code(code, name) for name, code in ranks.items()]),
    ]
    cases = [
        Case.of(f"A{number}", {"group": codes[item.application.group or _NO_GROUP], "priority": ranks[item.lowest]})
        for number, item in enumerate(sure, 1)
    ]
    return compare_groups(CaseList(attributes, cases), "group", "priority")


def _shares(compared: GroupComparison | None, group: str) -> Row:
    """The shares of the priorities of a group, and the chance that a random sample differs as much."""
    if compared is None:
        return {}
    found = next((item for item in compared.groups if str(item.group) == group), None)
    shares = {
        f"Priority {share.code}": str(share.sample) if found else None
        for share in (found or compared.groups[0]).outcome.shares
    }
    chance = None if found is None or found.outcome.chance is None else str(found.outcome.chance)
    last = None if found is None or found.last_chance is None else str(found.last_chance)
    return {**shares, "Chance": chance, "Chance of the last alone": last}
