"""The command ``check``: prove that a method is sound, or find everything that is wrong with a workspace."""

from __future__ import annotations

import argparse
from textwrap import fill

from careassure import workspaces
from careassure.api.from_files import read_versions
from careassure.api.lookup import find_method
from careassure.api.verbs import frameworks
from careassure.cli import terminal
from careassure.errors import InvalidInputError, Problem
from careassure.io.files import is_folder
from careassure.methods.scorer import MethodScorer
from careassure.model.safe_text import one_line
from careassure.model.text import plural

EXAMPLE = "careassure check METHOD.toml"


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument(
        "method", metavar="METHOD", help="a TOML file, the name of an installed method, or the folder of a workspace"
    )
    command.add_argument("--framework", metavar="FILE", help="a framework file of your own that the method is for")


def run(arguments: argparse.Namespace) -> int:
    """Check a method on every installed version of its framework, or a workspace."""
    if is_folder(arguments.method):
        return _check_workspace(arguments.method)
    from careassure.methods.check import check

    own = read_versions(arguments.framework) if arguments.framework else ()
    method = find_method(arguments.method, own[-1] if own else None)
    known = own or tuple(framework for item in frameworks() for framework in item.versions)
    versions = [framework for framework in known if MethodScorer(method).accepts(framework)]
    if not versions:
        where, hint = arguments.framework or "", "Give a file of the framework that the method names"
        raise InvalidInputError(
            f"the method {method.id}",
            [
                Problem("framework", f"{where} is not a version of {method.framework} that it is for", hint)
                if where
                else Problem(
                    "framework",
                    f"no installed framework is {method.framework}",
                    "Install its plugin, or give its file with --framework FILE",
                )
            ],
        )
    reports = [check(method, framework) for framework in versions]
    for report in reports:
        for line in map(one_line, str(report).split("\n")):
            terminal.write(f"{fill(line, terminal.prose(), subsequent_indent=' ' * 10, break_on_hyphens=False)}\n")
    return 0 if all(report.ok for report in reports) else 1


def _check_workspace(folder: str) -> int:
    """Say that a workspace is sound; what is wrong with one is raised."""
    workspace = workspaces.read(folder)
    parts = [
        plural(sum(entry.score is not None for entry in workspace.scores), "score"),
        plural(len(workspace.evidence), "piece of evidence", "pieces of evidence"),
        plural(len(workspace.actions), "action"),
        plural(len(workspace.cases), "case"),
    ]
    terminal.line(f"{folder} is sound: {', '.join(parts)}.")
    from careassure.workspaces.rating import unused_facts

    for name in unused_facts(workspace):
        said = f"Not used: the fact {name}. The method that rates this workspace does not ask for it; status shows it."
        terminal.write(terminal.wrapped(said))
    return 0
