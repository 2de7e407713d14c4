"""The command ``indicator``: a council's value of an indicator beside England's and its peers'."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

from attrs import evolve

from careassure.cli import options, papers, terminal
from careassure.cli.indicator_sources import indicator_named, refuse_personal_words, whose
from careassure.cli.rows import print_rows, printed_number
from careassure.cli.terminal import UsageError
from careassure.errors import IncomparableError, NameLookupError
from careassure.figures.comparison_words import value_to_dict
from careassure.figures.model import Indicator, IndicatorKey, Polarity, Value
from careassure.figures.peers import Comparison, Group, compare_indicator
from careassure.figures.readings import FileValues
from careassure.files import read_neighbours, read_values
from careassure.io.files import is_there
from careassure.model.council import Body, Council
from careassure.report.tables import Row, json_text

EXAMPLE = 'careassure indicator "ascof 2024-25 2C" --council Bury --peers kind'
_NUMBERS = ("value", "margin_of_error", "numerator", "denominator")
_WAYS: dict[str, Polarity] = {"higher": "higher", "lower": "lower", "neither": "context"}
_GROUPS: dict[str, Group] = {"region": "region", "kind": "kind", "all": "all"}


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("key", metavar="KEY", help="the indicator: its key, its code, or what it measures")
    command.add_argument("--council", required=True, metavar="NAME", help="a council, or the FOLDER of its workspace")
    command.add_argument(
        "--peers", metavar="WHO",
        help="region, kind (of authority), all, names with semicolons between them, or the FILE of a list of councils "
        "(default: region)",
    )  # fmt: skip
    command.add_argument("--period", metavar="YEAR", help="the financial year, such as 2024-25 (default: the newest)")
    command.add_argument("--scope", metavar="TEXT", help="who is counted in the value that is meant")
    command.add_argument(
        "--values", metavar="FILE", help="a table of values: areas, perhaps England, and their numbers"
    )
    command.add_argument("--unit", metavar="UNIT", help="the unit of an indicator that only the FILE knows, such as %%")
    command.add_argument("--better", choices=tuple(_WAYS), help="which side of it is better")
    group = command.add_argument_group("which values of the FILE are meant (where it holds several)")
    group.add_argument("--measure", metavar="TEXT", help="the code or title that the file gives to it (default: KEY)")
    group.add_argument("--group", metavar="TEXT", help="the people that are meant")
    group.add_argument("--part", metavar="TEXT", help="the part of the measure, such as Numerator")
    options.allow(command)
    options.layout(command)
    options.formats(command, "text", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Compare a council's value of an indicator."""
    subject, work = whose(arguments.council)
    _refuse_half(arguments)
    if arguments.unit is None:
        item, taken = indicator_named(arguments.key, work), None
        if arguments.values is not None:
            taken = _taken(item, arguments)
    else:
        item, taken = _only_in_file(arguments)
    kept = [value for value in work.values if value.indicator == item.key] if work else []
    values = [*(taken or ()), *kept] if taken is not None or kept else None
    found = compare_indicator(
        item, subject, _peers(subject, arguments), period=arguments.period, values=values, scope=arguments.scope
    )
    if (arguments.format != "text" or arguments.paper is not None) and taken is not None:
        refuse_personal_words(taken, str(arguments.values), arguments.allow)
    papers.write(arguments, found)
    _print(found, taken, arguments.format)
    return 0


def _print(found: Comparison, taken: FileValues | None, form: str) -> None:
    notes = taken.notes if taken is not None else ()
    if form == "json":
        terminal.json(json_text({**found.to_dict(), "file_notes": list(notes)}))
    elif form == "csv":
        print_rows(_rows(found), "csv")
    else:
        for line in (*found.lines, *(f"Of the file: {note}" for note in notes)):
            terminal.write(terminal.wrapped(line))


def _refuse_half(arguments: argparse.Namespace) -> None:
    """Say which options belong together."""
    if (arguments.unit is None) != (arguments.better is None):
        raise UsageError("--unit and --better go together", hint="Give both for an indicator that only the file knows")
    if arguments.values is None:
        lonely = [f"--{name}" for name in ("unit", "measure", "group", "part") if getattr(arguments, name) is not None]
        if lonely:
            raise UsageError(f"{lonely[0]} is about a file of values", hint="Name it with --values FILE")


def _taken(item: Indicator, arguments: argparse.Namespace) -> FileValues:
    """The values in the file; where it holds several measures, those of the one that is called like the indicator."""
    file, layout = arguments.values, options.layout_of(arguments)
    group, part, period = arguments.group, arguments.part, arguments.period

    def of(measure: str | None) -> FileValues:
        return read_values(file, item, measure=measure, group=group, part=part, period=period, layout=layout)

    try:
        return of(arguments.measure)
    except IncomparableError:
        if arguments.measure is None:
            for name in dict.fromkeys((arguments.key, item.code, item.title)):
                with suppress(NameLookupError):
                    return of(name)
        raise


def _only_in_file(arguments: argparse.Namespace) -> tuple[Indicator, FileValues]:
    """An indicator that only the file and the command say something of, with its values."""
    first = Indicator(
        "file",
        arguments.period or "2000-01",  # the year of the newest value, once it is read
        arguments.key,
        arguments.key,
        arguments.unit,
        _WAYS[arguments.better],
        "ours",
        arguments.values,
        "not said",
        str(dt.date.today()),  # noqa: DTZ011  (what is known of it is said now)
    )
    taken = _taken(first, arguments)
    year = max((value.period for value in taken), default=first.year)
    item = evolve(first, year=year)
    key = IndicatorKey(item.set, item.year, item.code)
    return item, evolve(taken, values=tuple(evolve(value, indicator=key) for value in taken))


def _peers(subject: Council | Body, arguments: argparse.Namespace) -> Group | Sequence[str | Council]:
    """Who the peers are."""
    said: str | None = arguments.peers
    if said is None:
        return "region" if isinstance(subject, Council) else "all"
    if said in _GROUPS:
        return _GROUPS[said]
    if is_there(said):
        return read_neighbours(said, subject.name if isinstance(subject, Body) else subject)
    return [name.strip() for name in said.split(";") if name.strip()]


def _rows(found: Comparison) -> list[Row]:
    """A row for each value, with what it is in the comparison."""
    whole = [found.england] if found.england else []
    roles: list[tuple[str, Sequence[Value]]] = [
        ("council", [found.own]), ("England", whole), ("peer", [*found.peers, *found.withheld]),
        ("counts others", found.apart), ("another figure", found.beside), ("replaced", found.replaced),
        ("trend", found.trend.values if found.trend else ()),
    ]  # fmt: skip
    gap = None if found.gap is None else printed_number(found.gap)
    rows: list[Row] = []
    for role, values in roles:
        for value in values:
            plain = value_to_dict(found.indicator, value)
            numbers = {name: printed_number(getattr(value, name)) for name in _NUMBERS if plain[name] is not None}
            about = {"indicator": str(found.indicator.key), "title": found.indicator.title, "role": role}
            mine = value is found.own and role == "council"
            rows.append({**about, **plain, **numbers, "marks": "; ".join(value.marks), "unit": found.indicator.unit,
                         "gap_to_england": gap if mine else None,
                         "better_than_england": found.better_than_england if mine else None})  # fmt: skip
    rows += [{"indicator": str(found.indicator.key), "title": found.indicator.title, "role": "peer without a line",
              "name": name} for name in found.missing]  # fmt: skip
    return [{**dict.fromkeys(rows[0]), **row} for row in rows]
