"""The command ``check``: prove that a method is sound, or find everything that is wrong with a workspace."""

from __future__ import annotations

import argparse
from contextlib import suppress
from textwrap import fill

from careassure.api.lookup import find_scorer
from careassure.api.verbs import frameworks
from careassure.cli import terminal
from careassure.errors import InvalidInputError, Problem, UnknownScorerError
from careassure.io.files import is_folder, is_there
from careassure.methods.method import Method
from careassure.methods.scorer import MethodScorer
from careassure.model.safe_text import one_line


def run_check(arguments: argparse.Namespace) -> int:
    """Check a method on every installed version of its framework, or a workspace."""
    if is_folder(arguments.method):
        from careassure.cli.workspaces import check_workspace

        return check_workspace(arguments.method)
    from careassure.methods.check import check

    method = find_method(arguments.method)
    versions = [
        framework for item in frameworks() for framework in item.versions if MethodScorer(method).accepts(framework)
    ]
    if not versions:
        raise InvalidInputError(
            f"the method {method.id}",
            [Problem("framework", f"no installed framework is {method.framework}", "Install its plugin")],
        )
    reports = [check(method, framework) for framework in versions]
    for report in reports:
        for line in map(one_line, str(report).split("\n")):
            terminal.write(f"{fill(line, terminal.width() - 1, subsequent_indent=' ' * 10, break_on_hyphens=False)}\n")
    return 0 if all(report.ok for report in reports) else 1


def named_scorer(name: str) -> str | Method:
    """A scorer's name, or the method in a file."""
    return find_method(name) if name.endswith(".toml") else name


def find_method(name: str) -> Method:
    """A method by the name of its scorer, or from a file."""
    if not is_there(name):
        with suppress(UnknownScorerError):
            method = find_scorer(name).method
            if method is not None:
                return method
    from careassure.files import read  # knows every format; most names are found without a file

    found = read(name)
    if not isinstance(found, Method):
        raise InvalidInputError(name, [Problem("format", "it holds no method", "Give a file of careassure.method/1")])
    return found
