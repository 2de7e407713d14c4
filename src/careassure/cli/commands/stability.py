"""The command ``stability``: how likely each rating is if scores are uncertain."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TypeVar

from careassure.analysis.odds import (
    CAUTION,
    assumption,
    open_sentence,
    place_rows,
    rating_rows,
    share_rows,
    share_sentence,
    stability_rows,
)
from careassure.analysis.stability import Stability, stability
from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.cli.scored import assessment_of, scored
from careassure.cli.terminal import UsageError
from careassure.io.files import is_folder
from careassure.model.scores import read_score
from careassure.report.tables import csv_text, json_text

EXAMPLE = "careassure stability --council Leicester --error 0.2"
_SHOWN = 3

K = TypeVar("K")
V = TypeVar("V")
_PLACES = 14


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    scored(command)
    command.add_argument(
        "--error",
        action="append",
        default=[],
        metavar="P",
        help="how often a score is one step off (default: 0.1). In a workspace also by confidence, as low=0.3",
    )
    command.add_argument(
        "--likely",
        action="append",
        default=[],
        metavar="STATEMENT=SCORE:P,...",
        help="how likely each score of a statement is, such as equity=2:0.4,3:0.6; it may be one that is not known",
    )
    options.scorer(command)
    command.add_argument("--all", action="store_true", help="every score and every place of the profile")
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say how likely each rating is if scores are uncertain."""
    found = _found(arguments)
    papers.write(arguments, found)
    if arguments.format == "json":
        from careassure.privacy.assessments import refuse_personal_data

        refuse_personal_data(found.assessment, found.assessment.label, allow=arguments.allow)
        terminal.json(json_text(found.to_dict()))
    elif arguments.format == "csv":
        terminal.csv(csv_text(stability_rows(found, places=arguments.all)))
    else:
        _print(found, everything=arguments.all)
    return 0


def _found(arguments: argparse.Namespace) -> Stability:
    given: list[str] = arguments.error
    likely = _once("--likely", map(_likely, arguments.likely))
    if not any("=" in text for text in given):
        if len(given) > 1:
            raise UsageError("--error was given twice", hint="Give one number, or one for each word of confidence")
        error = given[0] if given else "0.1"
        return stability(assessment_of(arguments), error, scores=likely, scorer=arguments.scorer)
    scores: list[str] = arguments.scores
    if len(scores) != 1 or not is_folder(scores[0]):
        raise UsageError("only a workspace records confidence", hint="Give its folder, or one number after --error")
    from careassure import workspaces

    assessment = assessment_of(arguments)
    entries = workspaces.read(scores[0]).latest_scores
    confidence = {leaf: entries[leaf].confidence for leaf, _ in assessment.marks if leaf in entries}
    by_word = _once("--error", ((word.strip(), chance) for word, _, chance in (text.rpartition("=") for text in given)))
    return stability(assessment, by_word, confidence=confidence, scores=likely, scorer=arguments.scorer)


def _likely(text: str) -> tuple[str, dict[int | str, str]]:
    """A statement with the probability of each of its scores, as they were typed."""
    statement, equals, rest = text.partition("=")
    pairs = [part.rpartition(":") for part in rest.split(",")]
    if not equals or not all(colon for _, colon, _ in pairs):
        raise UsageError(f"--likely {text!r} is not a statement with scores", hint="Write equity=2:0.4,3:0.6")
    return statement.strip(), _once("--likely", ((read_score(score), chance.strip()) for score, _, chance in pairs))


def _once(option: str, pairs: Iterable[tuple[K, V]]) -> dict[K, V]:
    """Pairs as they were typed; what was typed twice is refused."""
    found: dict[K, V] = {}
    for name, value in pairs:
        if name in found:
            raise UsageError(f"{option} says two things of {str(name)!r}", hint="Give one")
        found[name] = value
    return found


def _print(found: Stability, *, everything: bool) -> None:
    terminal.line(f"{found.assessment.label}: {found.outcome.result}")
    terminal.paragraph(assumption(found))
    _part(rating_rows(found), None)
    if found.overall is not None:
        terminal.paragraph(open_sentence(found.overall))
    shares = share_rows(found, None if everything else _SHOWN)
    _part(shares, None)
    if not everything and len(shares) < len(share_rows(found)):
        terminal.line(f"{len(share_rows(found)) - len(shares):,} more with --all.")
    terminal.paragraph(share_sentence(found))
    if found.overall is None or everything:
        _part(place_rows(found), None if everything else _PLACES)
    terminal.paragraph(CAUTION)


def _part(rows: list[dict[str, object]], most: int | None) -> None:
    if rows:
        terminal.line()
        print_rows(rows[:most], "table")
    if most is not None and len(rows) > most:
        terminal.line(f"{len(rows) - most:,} more with --all.")
