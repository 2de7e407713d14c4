"""The command ``report``: a paper about a result, for a committee or a page."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from careassure import report, workspaces
from careassure.analysis.benchmark import benchmark
from careassure.analysis.stability import stability
from careassure.api.verbs import assess, compare, published
from careassure.cli import options, terminal
from careassure.cli.scored import assessment_of
from careassure.cli.terminal import UsageError
from careassure.io.files import is_folder, is_there
from careassure.model.assessment import Assessment
from careassure.report.makers import Result
from careassure.report.writing import write

EXAMPLE = "careassure report Camden camden.docx"
REGISTER = "register"
EXAMPLES = {"diff": "--since 2026-01-01", "statement": "--statement safeguarding"}
PARTS = ("status", "statement", "plan", "diff", "timeline", "predicted", "cases", "pack")
_SCORES = re.compile(r"[\s,;]+")


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument(
        "what",
        metavar="WHAT",
        help="a council, for its newest published assessment; a FILE of scores; the FOLDER of a workspace; nine scores "
        f"in quotes, such as '3 3 4 3 4 4 3 4 4'; or {REGISTER}, for every published result",
    )
    command.add_argument("out", metavar="OUT", help="the file to write: .html, .docx, .xlsx, .ods, .md, .svg or .png")
    command.add_argument("--council", metavar="NAME", help="whose scores they are")
    command.add_argument("--framework", metavar="ID", help="what was assessed, or its FILE.toml (default: cqc-la)")
    command.add_argument("--framework-version", metavar="V", help="its version (default: the newest)")
    command.add_argument("--scorer", metavar="NAME", help="a scoring method; the framework's own if left out")
    command.add_argument("--compare", action="store_true", help="what every method makes of it, side by side")
    command.add_argument("--template", metavar="FILE.docx", help="a Word document whose styles are used")
    command.add_argument("--picture", type=int, default=1, metavar="N", help="which picture, for .svg and .png")
    command.add_argument(
        "--benchmark", metavar="PEERS", help="beside its peers: region, kind, all, or a list of councils with commas"
    )
    command.add_argument("--stability", action="store_true", help="how likely each rating is, were scores uncertain")
    group = command.add_argument_group("of the folder of a workspace")
    group.add_argument("--part", choices=PARTS, default=None, help=f"what of it (default: {PARTS[0]})")
    group.add_argument("--at", type=options.day, metavar="DATE", help="as it stood on that day (default: today)")
    group.add_argument("--since", type=options.day, metavar="DATE", help="the first day, for the part diff")
    group.add_argument("--statement", metavar="NAME", help="which statement, for the part statement")
    options.disclosure(command)
    options.layout(command)
    options.allow(command)


def run(arguments: argparse.Namespace) -> int:
    """Write a paper about a result."""
    asked = [name for name in ("compare", "benchmark", "stability") if getattr(arguments, name)]
    if len(asked) > 1:
        raise UsageError(f"--{asked[0]} and --{asked[1]} are two papers", hint="Give one of the two")
    if arguments.scorer and (arguments.compare or arguments.benchmark):
        raise UsageError(f"--{asked[0]} takes no --scorer", hint="Leave one of the two out")
    if arguments.what == REGISTER:
        _register(arguments)
    else:
        result = _result(arguments)
        write(result, arguments.out, template=arguments.template, picture=arguments.picture, allow=arguments.allow)
    terminal.line(f"Written: {Path(arguments.out).resolve()}")
    return 0


def _result(arguments: argparse.Namespace) -> Result:
    """What the paper is about."""
    asks_result = arguments.compare or arguments.scorer or arguments.benchmark or arguments.stability
    if is_folder(arguments.what) and not (asks_result and arguments.part is None):
        return _of_workspace(arguments)
    if arguments.part or arguments.at or arguments.since or arguments.statement:
        raise UsageError("--part, --at, --since and --statement go with a workspace", hint="Give its folder")
    assessment = _assessment(arguments)
    if arguments.stability:
        return stability(assessment, scorer=arguments.scorer)
    if arguments.benchmark:
        return benchmark(assessment, arguments.benchmark)
    return compare(assessment) if arguments.compare else assess(assessment, arguments.scorer)


def _of_workspace(arguments: argparse.Namespace) -> Result:
    """The part of a workspace that was asked for."""
    folder, part, at = arguments.what, arguments.part or PARTS[0], arguments.at
    for name, value, wanted in (("since", arguments.since, "diff"), ("statement", arguments.statement, "statement")):
        if (value is None) == (part == wanted):
            if value is None:
                raise UsageError(f"the part {part} needs --{name}", hint=f"Give it, as in: {EXAMPLES[part]}")
            raise UsageError(f"--{name} does not go with the part {part}", hint=f"Ask for --part {wanted}")
    if part in ("pack", "plan", "timeline"):
        maker = {"pack": report.pack, "plan": report.plan_paper, "timeline": report.timeline_paper}[part]
        return maker(folder, at)
    if part == "cases":
        return report.cases_paper(folder, options.rules_of(arguments), at)
    if arguments.threshold is not None:
        raise UsageError("--threshold goes with the part cases", hint="Ask for --part cases")
    if part == "diff":
        return report.diff_paper(folder, arguments.since, at)
    if part == "predicted":
        return workspaces.predicted(folder, at)
    work = workspaces.read(folder)
    if part == "statement":
        return workspaces.statement(work.at(at) if at else work, arguments.statement)
    return workspaces.status(work, at)


def _assessment(arguments: argparse.Namespace) -> Assessment:
    """What was named: a file, a folder, scores in one word, or a council."""
    what: str = arguments.what
    parts = [part for part in _SCORES.split(what) if part]
    if is_there(what):
        arguments.scores = [what]
    elif len(parts) > 1 and all(part in "?-" or part.isdecimal() for part in parts):
        arguments.scores = parts
    else:
        if arguments.council:
            raise UsageError(f"there is no file {what}", hint="Give a file, nine scores in quotes, or a council alone")
        arguments.scores, arguments.council = [], what
    return assessment_of(arguments)


def _register(arguments: argparse.Namespace) -> None:
    """Every published result: the page of the register as HTML, a paper in every other form."""
    from careassure.analysis.reconcile import reconcile
    from careassure.io.writing import write_text
    from careassure.report.page import reconciliation_page

    results = reconcile(published())
    if arguments.out.lower().endswith(".html"):
        write_text(arguments.out, reconciliation_page(results))
    else:
        write(results, arguments.out, template=arguments.template, picture=arguments.picture)
