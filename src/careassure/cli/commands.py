"""What each command does."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import fill

from careassure.analysis.reconcile import Reconciliation, reconcile
from careassure.api.lookup import find_framework
from careassure.api.verbs import assess, compare, council, councils, frameworks, published, read, scorers
from careassure.cli import terminal
from careassure.errors import CareAssureError, InvalidInputError, NameLookupError, Problem
from careassure.io.files import write_text
from careassure.methods.check import check
from careassure.methods.method import Method
from careassure.methods.scorer import MethodScorer
from careassure.model.assessment import Assessment
from careassure.model.council import Body
from careassure.model.outcome import Outcome
from careassure.model.text import fold, join, near, plural
from careassure.report.rows import brief_row, full_row, outcome_row
from careassure.report.tables import Row, csv_text, json_text, text_table


class UsageError(CareAssureError):
    """The command itself was wrong, not what it was given."""


def run(arguments: argparse.Namespace) -> int:
    """Run the command that the arguments name; 0 when done, 1 when the input was wrong, 2 when the command was."""
    try:
        return _COMMANDS[arguments.command](arguments)
    except CareAssureError as error:
        sys.stdout.flush()
        print(f"careassure: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1


def _assess(arguments: argparse.Namespace) -> int:
    outcome = assess(_assessment(arguments), arguments.scorer)
    if arguments.format == "json":
        print(json.dumps(outcome.to_dict(), indent=2, ensure_ascii=False))
    elif arguments.format == "csv":
        _write(csv_text([_outcome_columns(outcome)]))
    else:
        _write(outcome.explain())
    return 0


def _compare(arguments: argparse.Namespace) -> int:
    assessment = _assessment(arguments)
    outcomes = compare(assessment)
    if arguments.format == "json":
        print(json.dumps([outcome.to_dict() for outcome in outcomes], indent=2, ensure_ascii=False))
    elif arguments.format == "csv":
        _write(csv_text([_outcome_columns(outcome) for outcome in outcomes]))
    else:
        print(f"{assessment.label}\n")
        rows = [
            {
                "Scorer": outcome.scorer,
                "Version": outcome.scorer_version,
                "Result": outcome.result,
                "Flags": join([flag.id for flag in outcome.flags]),
                "From": f"{outcome.distribution} {outcome.distribution_version}",
            }
            for outcome in outcomes
        ]
        _write(text_table(rows, width=terminal.width()) if rows else "No installed scorer fits its framework.\n")
    return 0


def _published(arguments: argparse.Namespace) -> int:
    results = _selected(arguments)
    if arguments.html:
        from careassure.report.page import reconciliation_page

        write_text(arguments.html, reconciliation_page(results))
    if arguments.format == "json":
        _write(json_text([full_row(result) for result in results]))
    elif arguments.format == "csv":
        _write(csv_text([full_row(result) for result in results]))
    else:
        _published_text(results, explain=arguments.council is not None)
    if arguments.html:
        print(f"Written: {Path(arguments.html).resolve()}", file=sys.stderr if arguments.format != "table" else None)
    return 0


def _published_text(results: Sequence[Reconciliation], *, explain: bool) -> None:
    if not results:
        print("No published assessment that ships with careassure fits.")
        return
    painter = terminal.paint if terminal.colour() else None
    _write(text_table([brief_row(result) for result in results], width=terminal.width(), paint=painter))
    print()
    for status in ("agrees", "differs", "cannot be checked"):
        found = [result for result in results if result.status == status]
        if found:
            print(f"{status}: {plural(len(found), 'assessment')}")
    for result in results:
        if result.status == "differs":
            print(f"  {result.assessment.label}: {result.reason}")
    if explain:
        for result in results:
            print(f"\n{'=' * 79}\n{result.status}: {result.reason}\n")
            _write(result.outcome.explain())
            print("\nRead at")
            for source in result.assessment.sources:
                print(f"  {source}")


def _selected(arguments: argparse.Namespace) -> list[Reconciliation]:
    kept = list(published(arguments.council))
    tests: list[tuple[str, str | None, set[str], Callable[[Assessment], str]]] = [
        ("region", arguments.region, {c.region for c in councils()}, lambda a: getattr(a.council, "region", "")),
        ("kind", arguments.kind, {c.kind for c in councils()}, lambda a: a.council.kind),
    ]
    for what, wanted, known, value in tests:
        if wanted is not None:
            name = _one_of(what, wanted, known)
            kept = [item for item in kept if value(item) == name]
    if arguments.rating is not None:
        rating = find_framework("cqc-la").scale("cqc-rating").parse(arguments.rating)
        kept = [item for item in kept if item.stated.rating == rating]
    results = list(reconcile(kept))
    if arguments.status is not None:
        status = _one_of("status", arguments.status, {"agrees", "differs", "cannot be checked"})
        results = [result for result in results if result.status == status]
    return results


def _one_of(what: str, wanted: str, known: set[str]) -> str:
    for name in known:
        if fold(name) == fold(wanted):
            return name
    guesses = near(wanted, known)
    hint = "" if guesses else f"Use {join(sorted(known), 'or')}"
    raise NameLookupError(f"{wanted!r} is no {what}", suggestions=guesses, hint=hint)


def _frameworks(arguments: argparse.Namespace) -> int:
    rows = [
        {
            "Framework": framework.id,
            "Version": framework.version,
            "Statements": len(framework.statements),
            "Scorer": framework.scorer,
            "Title": framework.title,
            "From": f"{item.distribution} {item.distribution_version}",
        }
        for item in frameworks()
        for framework in item.versions
    ]
    return _list(rows, arguments.format)


def _scorers(arguments: argparse.Namespace) -> int:
    fits = [framework for item in frameworks() for framework in item.versions]
    rows = [
        {
            "Scorer": item.name,
            "Version": item.version,
            "For": join([f"{f.id} {f.version}" for f in fits if item.accepts(f)]),
            "Title": item.title,
            "From": f"{item.distribution} {item.distribution_version}",
        }
        for item in scorers()
    ]
    return _list(rows, arguments.format)


def _list(rows: Sequence[Row], form: str) -> int:
    writers: dict[str, Callable[[], str]] = {
        "json": lambda: json_text([{fold(key): value for key, value in row.items()} for row in rows]),
        "csv": lambda: csv_text([{fold(key): value for key, value in row.items()} for row in rows]),
        "table": lambda: text_table(rows, width=terminal.width()),
    }
    _write(writers[form]())
    return 0


def _check(arguments: argparse.Namespace) -> int:
    method = _method(arguments.method)
    versions = [
        framework
        for item in frameworks()
        for framework in item.versions
        if MethodScorer(method).accepts(framework)
    ]
    if not versions:
        raise InvalidInputError(
            f"the method {method.id}",
            [Problem("framework", f"no installed framework is {method.framework}", "Install the plugin that brings it")],
        )
    reports = [check(method, framework) for framework in versions]
    for report in reports:
        for line in str(report).splitlines():
            print(fill(line, terminal.width() - 1, subsequent_indent=" " * 10, break_on_hyphens=False))
    return 0 if all(report.ok for report in reports) else 1


def _method(name: str) -> Method:
    installed = {item.name: item.scorer for item in scorers()}
    scorer = installed.get(name)
    if isinstance(scorer, MethodScorer) and not Path(name).exists():
        return scorer.method
    found = read(name)
    if not isinstance(found, Method):
        raise InvalidInputError(name, [Problem("format", "it holds no method", "Give a file of careassure.method/1")])
    return found


def _assessment(arguments: argparse.Namespace) -> Assessment:
    given: list[str] = arguments.scores
    if not given:
        if not arguments.council:
            raise UsageError("no scores were given", hint="Give nine scores, a file, or --council NAME")
        found = published(arguments.council)
        if not found:
            raise InvalidInputError(
                str(council(arguments.council)),
                [Problem("", "no published assessment of it ships with careassure", "Give its scores")],
            )
        return found[-1]
    if len(given) == 1 and _token(given[0]) == given[0]:
        value = read(given[0])
        if not isinstance(value, Assessment):
            raise InvalidInputError(given[0], [Problem("format", "it holds no assessment")])
        return value
    subject: str | Body = arguments.council or Body("unnamed", "Unnamed council", "example")
    return Assessment.of(
        subject,
        [_token(text) for text in given],
        framework=arguments.framework or "cqc-la",
        version=arguments.framework_version,
    )


def _token(text: str) -> object:
    """A score as it was typed: a whole number, None for a question mark, otherwise the word."""
    if text == "?":
        return None
    try:
        return int(text)
    except ValueError:
        return text


def _outcome_columns(outcome: Outcome) -> dict[str, object]:
    assessment = outcome.assessment
    return {
        "council": assessment.council.name,
        "code": assessment.council.code,
        "framework": assessment.framework.id,
        "framework_version": assessment.framework.version,
        **outcome_row(outcome),
    }


def _write(text: str) -> None:
    sys.stdout.write(text)


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "assess": _assess,
    "compare": _compare,
    "published": _published,
    "frameworks": _frameworks,
    "scorers": _scorers,
    "check": _check,
}
