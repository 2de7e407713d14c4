"""The command ``benchmark``: a council's scores beside those of its peers, statement by statement."""

from __future__ import annotations

import argparse

from careassure.analysis.benchmark import Benchmark, benchmark
from careassure.analysis.standings import StatementPlace
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.cli.scored import assessment_of, scored
from careassure.model.rounding import decimal
from careassure.model.text import join
from careassure.report.tables import Row, csv_text, json_text

EXAMPLE = "careassure benchmark --council Leicester --peers kind"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    scored(command)
    command.add_argument(
        "--peers",
        default="region",
        metavar="WHO",
        help="region, kind (of authority), all, or the FILE of a list of councils (default: region)",
    )
    command.add_argument("--at", metavar="DATE", help="only results published by then: a year, a month or a day")
    command.add_argument(
        "--off-by", type=options.whole, default=0, metavar="N", help="take every score to be off by up to N"
    )
    command.add_argument("--all", action="store_true", help="also who has which score, and who was left out and why")
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Show a council's scores beside those of its peers."""
    found = benchmark(assessment_of(arguments), arguments.peers, at=arguments.at, off_by=arguments.off_by)
    papers.write(arguments, found)
    if arguments.format == "json":
        terminal.json(json_text(found.to_dict()))
    elif arguments.format == "csv":
        terminal.csv(csv_text([_full_row(found, place) for place in _places(found)]))
    else:
        _text(found, everything=arguments.all)
    return 0


def _places(found: Benchmark) -> list[StatementPlace]:
    return [*found.places, *([found.overall] if found.overall else [])]


def _text(found: Benchmark, *, everything: bool) -> None:
    result = f": {found.outcome.result}" if found.outcome else ""
    terminal.write(terminal.wrapped(f"{found.assessment.label}{result}"))
    _paragraph(found.who_words, found.left_out_words)
    terminal.line()
    print_rows([_brief_row(place) for place in found.places], "table")
    _paragraph(*_key(found.places[0]))
    terminal.line()
    _paragraph(*([found.overall.words] if found.overall else []))
    _paragraph(found.hard_words, found.pair_words)
    _paragraph(*found.cautions)
    if everything:
        _everything(found)


def _paragraph(*sentences: str) -> None:
    said = " ".join(filter(None, sentences))
    if said:
        terminal.write(terminal.wrapped(said))


def _brief_row(place: StatementPlace) -> Row:
    """A row that leaves room for its title: counts stand in one column, and so do means."""
    means = [decimal(group.mean) if group.mean is not None else "-" for group in place.figures]
    return {
        "Statement": place.title,
        "Score": place.score_words,
        "Place": place.rank_words,
        _counts_head(place): " ".join(map(str, place.among.counts)),
        **({"Means": " ".join(means)} if place.scale.numeric else {}),
    }


def _counts_head(place: StatementPlace) -> str:
    return f"At {' '.join(map(place.scale.said, place.scale.grades))}" if place.scale.numeric else "Peers"


def _key(place: StatementPlace) -> tuple[str, ...]:
    """What the columns without room for their names hold."""
    names = join(["all" if group.name == "england" else group.name for group in place.figures])
    grades = "" if place.scale.numeric else f", from {place.scale.lowest} to {place.scale.highest}"
    means = f"Means: of others, by {names}." if place.scale.numeric else ""
    return f"{_counts_head(place)}: how many peers have each score{grades}.", means


def _everything(found: Benchmark) -> None:
    for place in _places(found):
        terminal.line()
        terminal.write(terminal.wrapped(place.words))
        for group in place.groups:
            first, last = group.rank
            places = f"place {first}" if first == last else f"places {first} to {last}"
            terminal.write(terminal.wrapped(f"  {place.scale.said(group.grade)} ({places}): {join(group.councils)}"))
        if place.unknown:
            terminal.write(terminal.wrapped(f"  score not seen: {join(place.unknown)}"))
    if found.left_out:
        terminal.line()
        terminal.line("Left out")
        for item in found.left_out:
            terminal.write(terminal.wrapped(f"  {item.council}: {item.reason}"))


def _full_row(found: Benchmark, place: StatementPlace) -> dict[str, object]:
    counts = {f"peers_at_{grade.key}": place.counts[grade.key] for grade in place.scale.grades}
    figures: dict[str, object] = {}
    for group in place.figures:
        figures[f"{group.name}_councils"] = group.known
        figures[f"{group.name}_mean"] = None if group.mean is None else str(group.mean)
        figures[f"{group.name}_low"] = group.low
    return {
        "council": found.assessment.council.name,
        "code": found.assessment.council.code,
        "statement": place.id,
        "low": place.low.key if place.low else None,
        "high": place.high.key if place.high else None,
        "rank_best": place.rank[0] if place.rank else None,
        "rank_worst": place.rank[1] if place.rank else None,
        "of": place.of,
        "at_or_above_low": place.at_or_above_low,
        "at_or_above_high": place.at_or_above_high,
        **counts,
        **figures,
    }
