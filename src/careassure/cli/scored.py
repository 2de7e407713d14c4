"""The assessment that a command is about: scores as they are typed, a file, a workspace, or a council's newest."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from careassure.api.lookup import is_file
from careassure.api.verbs import council, match_councils, published
from careassure.cli import options, terminal
from careassure.cli.terminal import UsageError
from careassure.errors import CareAssureError, InvalidInputError, Problem
from careassure.io.files import is_folder, is_there
from careassure.model.assessment import Assessment
from careassure.model.council import Body
from careassure.model.ids import LONGEST_ID
from careassure.model.outcome import Outcome
from careassure.model.scores import read_score
from careassure.model.text import join

_SCORES = (
    "nine scores 1 to 4 in the framework's order, ? or - for one that is not known; or one FILE: TOML, JSON, or a "
    "table of one council's scores (.xlsx, .ods, .csv); or the FOLDER of a workspace"
)


_MOST_WORDS = 8
"""The most words of a council's name that are typed one by one."""


def scored(command: argparse.ArgumentParser) -> None:
    """It takes what an assessment is made from."""
    command.add_argument("scores", nargs="*", metavar="SCORE", help=_SCORES)
    command.add_argument(
        "--council",
        metavar="NAME",
        help="whose scores they are, or whose are wanted from a table; without scores: its newest published assessment",
    )
    command.add_argument("--framework", metavar="ID", help="what was assessed, or its FILE.toml (default: cqc-la)")
    command.add_argument("--framework-version", metavar="V", help="its version (default: the newest)")
    options.layout(command)
    options.allow(command)


def assessment_of(arguments: argparse.Namespace) -> Assessment:
    """The assessment that was named or typed."""
    given: list[str] = arguments.scores
    one_file = len(given) == 1 and isinstance(token(given[0]), str)
    if one_file and not is_folder(given[0]):
        from careassure.tables.looking import is_table

        if not is_there(given[0]):
            _refuse_name(given)
        if is_table(given[0]):
            return _from_table(arguments, given[0])
    if options.says_layout(arguments):
        raise UsageError("--sheet, --separator, --encoding and --header-row go with a table", hint="Name its file")
    if not given:
        return _newest(arguments)
    if one_file:
        return _from_file(arguments, given[0])
    subject: str | Body = arguments.council or Body("unnamed", "Unnamed council", "example")
    try:
        return Assessment.of(
            subject,
            [token(text) for text in given],
            framework=arguments.framework or "cqc-la",
            version=arguments.framework_version,
        )
    except CareAssureError:
        _refuse_name(given)
        raise


def _refuse_name(given: Sequence[str]) -> None:
    """Refuse the name of a council in the place of scores or of a file, and say where it goes.

    Raises:
        UsageError: It is one, or looks like one.
    """
    if not isinstance(token(given[0]), str) or {"/", "\\"} & set(given[0]):
        return
    names = [" ".join(given[:count]) for count in range(min(len(given), _MOST_WORDS), 0, -1)]
    found = [match_councils(name).lines[0] for name in names if len(name) <= LONGEST_ID]
    known = next((line.council for line in found if line.council is not None), None)
    if known is not None:
        name = next(line.given for line in found if line.council is known)
        hint = f"Give it as --council {options.typed(known.name)}"
        raise UsageError(f"{name} is the name of a council, not a score or a file", hint=hint)
    likely = () if len(given) > 1 or "." in given[0] else found[0].suggestions if found else ()
    if likely:
        hint = f"Did you mean {join(likely, 'or')}? Give a council as --council NAME"
        raise UsageError(f"{given[0]} is neither a score nor a file", hint=hint)


def _newest(arguments: argparse.Namespace) -> Assessment:
    """The newest published assessment of the council that was named; no scores were typed."""
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


def _from_file(arguments: argparse.Namespace, path: str) -> Assessment:
    """The assessment that a file or a folder holds: its own, a workspace's, or that of an outcome."""
    from careassure.files import read, read_assessment
    from careassure.workspaces.workspace import Workspace

    own = arguments.framework
    if own and is_file(own) and not is_folder(path) and not (arguments.council or arguments.framework_version):
        return read_assessment(path, allow=arguments.allow, framework=own)
    refuse_context(arguments)
    value = read(path, allow=arguments.allow)
    if isinstance(value, Workspace):
        return value.assessment(value.base)
    if isinstance(value, Outcome):
        return value.assessment
    if not isinstance(value, Assessment):
        raise InvalidInputError(path, [Problem("format", "it does not hold an assessment")])
    return value


def _from_table(arguments: argparse.Namespace, path: str) -> Assessment:
    """The assessment in a table; what was decided about the table is said beside the result."""
    from careassure.api.from_tables import assessment_from_table

    found, notes = assessment_from_table(
        path,
        council=arguments.council,
        framework=arguments.framework or "cqc-la",
        version=arguments.framework_version,
        options=options.layout_of(arguments),
    )
    for note in notes:
        terminal.line(note, aside=True)
    return found


def token(text: str) -> object:
    """A score as it was typed: a whole number, None for ``?`` or ``-``, otherwise the word."""
    if text in ("?", "-"):
        return None
    return read_score(text.strip())


def refuse_context(arguments: argparse.Namespace) -> None:
    """Refuse options that say what scores are about where a file or folder says it."""
    if arguments.council or arguments.framework or arguments.framework_version:
        raise UsageError("a file or folder says itself what it is about", hint="Leave out --council and --framework")


def columns_of(outcome: Outcome) -> dict[str, object]:
    """An outcome as a row, with whom it is about."""
    from careassure.model.as_dict import whose  # words need no rows
    from careassure.report.rows import outcome_row, printed_row

    assessment = outcome.assessment
    return {**whose(assessment), **outcome_row(outcome), **printed_row(assessment)}
