"""Open a workspace: read one, make a new one or the example, say what is wrong with one."""

from __future__ import annotations

import datetime as dt
import os

from careassure.api.lookup import HostLookup, find_framework, find_subject, is_file
from careassure.errors import InvalidWorkspaceError, Problem, UnknownCouncilError
from careassure.io.files import path_of, read_text
from careassure.model.arguments import DayLike, checked, day_of
from careassure.plugins.host import default_host
from careassure.workspaces.example import EXAMPLE_DAY, example_files
from careassure.workspaces.folder import workspace_from
from careassure.workspaces.rules import workspace_problems
from careassure.workspaces.starter import readme, starter_files, write_new
from careassure.workspaces.workspace import Workspace

WorkspaceLike = Workspace | str | os.PathLike[str]
"""A workspace, or the path of its folder."""


@checked
def read(path: str | os.PathLike[str], *, today: DayLike | None = None) -> Workspace:
    """The workspace in a folder: what a council keeps while it prepares its own assessment.

    Args:
        path: The folder, with its ``workspace.toml``.
        today: The day it is: a score, a piece of evidence or an event cannot be dated later. The computer's where None.

    Raises:
        ReadError: It is not a folder, has no ``workspace.toml``, or that cannot be read.
        InvalidWorkspaceError: Everything that is wrong, each with its file, row and column: cells that cannot be
            read, ids that stand twice, links that lead nowhere, dates in the future, what looks like personal data.
    """
    return workspace_from(path, HostLookup(default_host()), today=day_or_today(today))


@checked
def check(workspace: WorkspaceLike, *, today: DayLike | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with a workspace; empty where it is sound.

    Args:
        workspace: A folder, or a workspace that was made in Python. One that was read is sound.
        today: The day it is, as for `read`.

    Raises:
        ReadError: It is not a folder, has no ``workspace.toml``, or that cannot be read.
    """
    if isinstance(workspace, Workspace):
        return workspace_problems(workspace, day_or_today(today))
    try:
        read(workspace, today=today)
    except InvalidWorkspaceError as error:
        return error.problems
    return ()


@checked
def init(
    path: str | os.PathLike[str],
    council: str,
    *,
    body: str = "",
    framework: str | os.PathLike[str] = "cqc-la",
    version: str | None = None,
    today: DayLike | None = None,
) -> Workspace:
    """Make the folder of a new workspace, with heads for every table and a blank score for each statement.

    Args:
        path: The folder: new, or empty.
        council: Whose it is: a council's name or code, or any name where ``body`` says what it is.
        body: What it is where it is none of the 153 councils, such as ``example``.
        framework: What it is prepared for: its id, or its file, which is laid into the folder.
        version: The framework's version; the newest where it is left out.
        today: The date of the blank scores; the computer's where None.

    Raises:
        UnknownCouncilError: No council is called that, and no ``body`` was given.
        WriteError: The folder is not empty or cannot be made; nothing is left behind.
    """
    used = find_framework(framework, version)
    name = council.strip() if body else find_subject(council, used).name
    if not name:
        raise UnknownCouncilError(f"the name of the {body} is missing", hint="Name the council")
    day = day_or_today(today)
    file, text = (os.path.basename(path_of(framework)), read_text(framework)) if is_file(framework) else ("", "")  # noqa: PTH119
    write_new(path, starter_files(name, used, body=body, today=day, file=file, text=text))
    return read(path, today=day)


@checked
def init_example(path: str | os.PathLike[str]) -> Workspace:
    """Make a folder with the workspace of Exampleshire, a council that does not exist.

    Raises:
        WriteError: The folder is not empty or cannot be made; nothing is left behind.
    """
    files = example_files()
    write_new(path, files | {"README.md": readme("Exampleshire", find_framework("cqc-la"))})
    return read(path, today=max(day_or_today(None), EXAMPLE_DAY))


def opened(workspace: WorkspaceLike) -> Workspace:
    """The workspace itself; that in the folder where a path was given."""
    return workspace if isinstance(workspace, Workspace) else read(workspace)


def day_or_today(day: DayLike | None) -> dt.date:
    """The day that was given; the computer's where None."""
    return dt.date.today() if day is None else day_of(day)  # noqa: DTZ011
