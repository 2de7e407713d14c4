"""The command ``panel``: what changed between two dates, among those who gave a number at both."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from fractions import Fraction

from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.figures.panel_members import FEW, Member
from careassure.figures.panel_tables import read_panel
from careassure.figures.panels import Panel
from careassure.model.rounding import decimal, signed, with_commas
from careassure.report.tables import json_text
from careassure.tables.plain import written

EXAMPLE = "careassure panel replies.csv --asked 152"
_MOST = 20
_COUNTS = ("both", "up", "down", "unchanged", "replied")


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("file", nargs="?", metavar="FILE", help="a table with a row for each of those asked")
    command.add_argument("--name", metavar="COLUMN", help="the column that says who (default: found by its header)")
    command.add_argument("--before", metavar="COLUMN", help="the column of the first date, or a total without FILE")
    command.add_argument("--after", metavar="COLUMN", help="the column of the second date, or a total without FILE")
    command.add_argument(
        "--asked", type=options.whole, metavar="N", help="how many were asked, if more than are listed"
    )
    command.add_argument("--rates", action="store_true", help="the numbers are percentages, which do not add up")
    command.add_argument("--few", default=str(FEW), metavar="N", help=f"of fewer a percentage says little ({FEW})")
    command.add_argument("--all", action="store_true", help="every change, not only the largest")
    group = command.add_argument_group("where only totals are printed (without FILE)")
    group.add_argument("--both", type=options.whole, metavar="N", help="how many gave a number at both dates")
    group.add_argument("--up", type=options.whole, metavar="N", help="how many of them rose")
    group.add_argument("--down", type=options.whole, metavar="N", help="how many fell")
    group.add_argument("--unchanged", type=options.whole, metavar="N", help="how many stayed the same")
    group.add_argument("--replied", type=options.whole, metavar="N", help="how many replied at all")
    options.layout(command)
    options.formats(command, "text", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say what changed, like for like."""
    found = _panel(arguments)
    papers.write(arguments, found)
    if arguments.format == "json":
        terminal.json(json_text(found.to_dict()))
        return 0
    rows = list(_rows(found))
    if arguments.format == "csv":
        print_rows(rows or [_totals(found)], "csv")
        terminal.line(found.words, aside=True)  # who is not named, totals and notes have no row
        return 0
    terminal.write(terminal.wrapped(found.words))
    changes = sorted(found.members, key=lambda member: -abs(member.change))
    shown = changes if arguments.all else changes[:_MOST]
    if shown:
        terminal.line()
        print_rows([_change(member) for member in shown], "table")
    if len(shown) < len(changes):
        terminal.line(f"{len(changes) - len(shown):,} smaller changes. All with --all.")
    return 0


def _panel(arguments: argparse.Namespace) -> Panel:
    given = {name: getattr(arguments, name) for name in _COUNTS}
    if arguments.file is not None:
        wrong = [f"--{name}" for name, value in given.items() if value is not None]
        if wrong:
            raise terminal.UsageError(f"{wrong[0]} is for totals without a FILE")
        return read_panel(
            arguments.file, name=arguments.name, before=arguments.before, after=arguments.after, asked=arguments.asked,
            additive=not arguments.rates, few=arguments.few, layout=options.layout_of(arguments),
        )  # fmt: skip
    if given["both"] is None:
        raise terminal.UsageError("give a FILE, or at least --both for totals")
    if arguments.name is not None or arguments.rates or options.says_layout(arguments):
        raise terminal.UsageError("--name, --rates and the layout of a table are for a FILE")
    return Panel.from_totals(
        **given, before=arguments.before, after=arguments.after, asked=arguments.asked, few=arguments.few
    )


def _change(member: Member) -> dict[str, object]:
    return {
        "Who": member.name,
        "Before": with_commas(member.before),
        "After": with_commas(member.after),
        "Change": signed(member.change) if member.change else "0",
        "Per cent": "" if member.percent is None else f"{signed(member.percent) if member.percent else '0'} %",
    }


_STATES = {"left": "only before", "joined": "only after", "withheld": "mark", "silent": "no reply"}


def _rows(found: Panel) -> Iterator[dict[str, object]]:
    """A row for everyone who was asked and is named."""
    for member in found.members:
        state = "up" if member.change > 0 else "down" if member.change < 0 else "unchanged"
        yield {
            "Name": member.name, "State": state, "Before": written(member.before), "After": written(member.after),
            "Change": written(member.change),
            "Percent": None if member.percent is None else decimal(member.percent, 4),
            "Marks": " ".join(member.marks),
        }  # fmt: skip
    for each in found.not_compared:
        before, after = (written(it) if isinstance(it, Fraction) else it for it in (each.before, each.after))
        yield {
            "Name": each.name, "State": _STATES[each.why], "Before": before, "After": after,
            "Change": None, "Percent": None, "Marks": " ".join(each.marks),
        }  # fmt: skip


def _totals(found: Panel) -> dict[str, object]:
    """The one row of a panel of which only totals are known."""
    plain = found.to_dict()
    names = ("both", "up", "down", "unchanged", "asked", "replied", "did_not_reply")
    numbers = ("before", "after", "change", "percent", "reply_rate")
    exact = {name: getattr(found, name) for name in numbers}
    shown = {name: None if number is None else decimal(number, 4) for name, number in exact.items()}
    return {**{name: plain[name] for name in names}, **shown}
