"""The commands that rate an assessment: ``assess`` and ``compare``."""

from __future__ import annotations

import argparse

from careassure.api.verbs import assess, compare, council, published
from careassure.cli import terminal
from careassure.cli.rows import print_rows
from careassure.cli.terminal import UsageError
from careassure.errors import InvalidInputError, Problem
from careassure.io.files import is_folder
from careassure.model.assessment import Assessment
from careassure.model.council import Body
from careassure.model.outcome import Outcome
from careassure.model.scores import read_score
from careassure.model.text import join
from careassure.report.rows import outcome_row
from careassure.report.tables import csv_text, json_text


def run_assess(arguments: argparse.Namespace) -> int:
    """Rate an assessment or a workspace and say why."""
    given: list[str] = arguments.scores
    if len(given) == 1 and is_folder(given[0]) and arguments.format == "text":
        from careassure.cli.workspaces import print_outcome
        from careassure.workspaces.opening import read

        return print_outcome(read(given[0]), arguments.scorer)
    outcome = assess(_assessment(arguments), arguments.scorer)
    if arguments.format == "json":
        from careassure.privacy.assessments import refuse_personal_data

        refuse_personal_data(outcome.assessment, outcome.assessment.label, allow=arguments.allow)
        terminal.json(json_text(outcome.to_dict()))
    elif arguments.format == "csv":
        terminal.csv(csv_text([_outcome_columns(outcome)]))
    else:
        terminal.write(outcome.explain())
    return 0


def run_compare(arguments: argparse.Namespace) -> int:
    """Rate an assessment by every method."""
    assessment = _assessment(arguments)
    outcomes = (*compare(assessment), *compare(assessment, arguments.scorer))
    if arguments.format == "json":
        from careassure.privacy.assessments import refuse_personal_data

        refuse_personal_data(assessment, assessment.label, allow=arguments.allow)
        terminal.json(json_text([outcome.to_dict() for outcome in outcomes]))
    elif arguments.format == "csv":
        terminal.csv(csv_text([_outcome_columns(outcome) for outcome in outcomes]))
    else:
        terminal.line(assessment.label)
        terminal.line()
        rows = [
            {
                "Scorer": outcome.scorer,
                "Version": outcome.scorer_version,
                "Result": outcome.result,
                "Flags": join([flag.id if flag.certain else f"{flag.id} (possible)" for flag in outcome.flags]),
                "From": f"{outcome.distribution} {outcome.distribution_version}".strip() or "a file",
            }
            for outcome in outcomes
        ]
        print_rows(rows, "table", empty="No installed scorer fits its framework.")
    return 0


def _assessment(arguments: argparse.Namespace) -> Assessment:
    given: list[str] = arguments.scores
    if not given:
        if arguments.framework or arguments.framework_version:
            raise UsageError("--framework and --framework-version go with scores", hint="Give nine scores")
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
        if arguments.council or arguments.framework or arguments.framework_version:
            raise UsageError("a file says itself what it is about", hint="Leave out --council and --framework")
        from careassure.files import read
        from careassure.workspaces.workspace import Workspace

        value = read(given[0], allow=arguments.allow)
        if isinstance(value, Workspace):
            return value.assessment(value.base)
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
    """A score as it was typed: a whole number, None for ``?`` or ``-``, otherwise the word."""
    if text in ("?", "-"):
        return None
    return read_score(text.strip())


def _outcome_columns(outcome: Outcome) -> dict[str, object]:
    assessment = outcome.assessment
    return {
        "council": assessment.council.name,
        "code": assessment.council.code,
        "framework": assessment.framework.id,
        "framework_version": assessment.framework.version,
        **outcome_row(outcome),
    }
