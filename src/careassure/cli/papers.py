"""The option ``--paper``, which every command with a result takes alike: its answer as a paper too."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from careassure.cli import terminal
from careassure.cli.terminal import UsageError
from careassure.errors import InvalidInputError, Problem

if TYPE_CHECKING:
    from careassure.report.makers import Result


def configure(command: argparse.ArgumentParser) -> None:
    """It takes the file of a paper."""
    group = command.add_argument_group("the answer as a paper too")
    group.add_argument(
        "--paper", metavar="FILE", help="write it to a .html, .docx, .xlsx, .ods, .md, .svg or .png as well"
    )
    group.add_argument("--template", metavar="FILE.docx", help="a Word document whose styles are used")
    group.add_argument("--picture", type=int, metavar="N", help="which picture, for .svg and .png (default: 1)")


def write(arguments: argparse.Namespace, result: Result, folder: str = "") -> None:
    """Write the paper that was asked for, before anything is printed; nothing where none was asked for.

    Where it was written is said on standard error, so that the answer itself stays as it is.

    Args:
        arguments: What was typed.
        result: What the paper is about.
        folder: The folder of the workspace that it is from, whose council its title then names.
    """
    if arguments.paper is None:
        for name in ("template", "picture"):
            if getattr(arguments, name) is not None:
                raise UsageError(f"--{name} is about a paper", hint="Name its file with --paper FILE")
        return
    from pathlib import Path

    from careassure.report.writing import write as write_paper  # most answers are printed alone

    if isinstance(result, tuple | list) and not result:
        problem = Problem("", "there is nothing to write about", "Leave out --paper, or ask for something else")
        raise InvalidInputError(arguments.paper, [problem])
    allow: list[str] = getattr(arguments, "allow", [])
    picture = 1 if arguments.picture is None else arguments.picture
    write_paper(_named(result, folder), arguments.paper, template=arguments.template, picture=picture, allow=allow)
    terminal.line(f"Written: {Path(arguments.paper).resolve()}", aside=True)


def _named(result: Result, folder: str) -> Result:
    """A result, or where it is from a workspace its paper, with the council's name in its title."""
    if not folder:
        return result
    from attrs import evolve

    from careassure.report.writing import paper
    from careassure.workspaces import read

    found, council = paper(result), str(read(folder).council)
    if found.title.startswith(council):
        return found
    title = f"{council}: {found.title[0].lower()}{found.title[1:]}"
    return evolve(found, title=title, description=title)
