"""The command ``what-if``: what the method would make of other scores, and only what differs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from careassure.cli import options, papers, terminal
from careassure.cli.rows import print_rows
from careassure.cli.scored import assessment_of, scored, token
from careassure.cli.terminal import UsageError
from careassure.report.tables import json_text

EXAMPLE = "careassure what-if --council Leicester --set safeguarding=3 --set equity=3"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    scored(command)
    command.add_argument(
        "--set",
        action="append",
        default=[],
        required=True,
        metavar="STATEMENT=SCORE",
        help="another score, by the id or title of its statement; STATEMENT/PART=SCORE for a part",
    )
    options.scorer(command)
    options.formats(command, "table", "json", "csv")
    papers.configure(command)


def run(arguments: argparse.Namespace) -> int:
    """Say what differs with other scores."""
    from careassure.analysis.what_if import what_if

    found = what_if(assessment_of(arguments), _other_scores(arguments.set), arguments.scorer)
    papers.write(arguments, found)
    rows = [{"What": what, "Before": before, "After": after} for what, before, after in found.differences]
    if arguments.format == "json":
        from careassure.privacy.assessments import refuse_personal_data

        assessment = found.before.assessment
        refuse_personal_data(assessment, assessment.label, allow=arguments.allow)
        terminal.json(json_text({"before": found.before.to_dict(), "after": found.after.to_dict()}))
    elif arguments.format == "csv":
        print_rows(rows, "csv")
    else:
        terminal.line(found.before.assessment.label)
        terminal.line()
        if rows:
            print_rows(rows, "table")
            terminal.line()
        terminal.write(terminal.wrapped(found.words))
    return 0


def _other_scores(given: Sequence[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for text in given:
        name, equals, score = text.rpartition("=")
        if not (equals and name.strip() and score.strip()):
            raise UsageError(f"{text!r} does not say what gets which score", hint="Write STATEMENT=SCORE")
        found[name.strip()] = token(score.strip())
    return found
