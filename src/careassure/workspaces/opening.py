"""Open a workspace: read one, make a new one, copy the example."""

from __future__ import annotations

import datetime as dt
import os

from careassure.api.lookup import HostLookup, find_framework, find_subject
from careassure.errors import UnknownCouncilError
from careassure.model.arguments import checked
from careassure.plugins.host import default_host
from careassure.workspaces.example import EXAMPLE_DAY, example_files
from careassure.workspaces.folder import workspace_from
from careassure.workspaces.starter import readme, starter_files, write_new
from careassure.workspaces.workspace import Workspace


@checked
def read_workspace(path: str | os.PathLike[str], *, today: dt.date | None = None) -> Workspace:
    """The workspace in a folder: what a council keeps while it prepares its own assessment.

    Args:
        path: The folder, with its ``workspace.toml``.
        today: The day it is: a score, a piece of evidence or an event cannot be dated later. The computer's where None.

    Raises:
        ReadError: It is no folder, has no ``workspace.toml``, or that cannot be read.
        InvalidWorkspaceError: Everything that is wrong, each with its file, row and column: cells that cannot be
            read, ids that stand twice, links that lead nowhere, dates in the future, what looks like personal data.
    """
    return workspace_from(path, HostLookup(default_host()), today=today or dt.date.today())  # noqa: DTZ011


@checked
def new_workspace(
    path: str | os.PathLike[str],
    council: str,
    *,
    body: str = "",
    framework: str = "cqc-la",
    version: str | None = None,
    today: dt.date | None = None,
) -> Workspace:
    """Make the folder of a new workspace, with heads for every table and a blank score for each statement.

    Args:
        path: The folder: new, or empty.
        council: Whose it is: a council's name or code, or any name where ``body`` says what it is.
        body: What it is where it is none of the 153 councils, such as ``example``.
        framework: What it is prepared for.
        version: The framework's version; the newest where it is left out.
        today: The date of the blank scores; the computer's where None.

    Raises:
        UnknownCouncilError: No council is called that, and no ``body`` was given.
        WriteError: The folder is not empty or cannot be made; nothing is left behind.
    """
    used = find_framework(framework, version)
    name = council.strip() if body else find_subject(council, used).name
    if not name:
        raise UnknownCouncilError(f"the name of the {body} is missing", hint="Say whose workspace it is")
    day = today or dt.date.today()  # noqa: DTZ011
    write_new(path, starter_files(name, used, body=body, today=day))
    return read_workspace(path, today=day)


@checked
def copy_example(path: str | os.PathLike[str]) -> Workspace:
    """Make a folder with the workspace of Exampleshire, a council that does not exist.

    Raises:
        WriteError: The folder is not empty or cannot be made; nothing is left behind.
    """
    files = example_files()
    write_new(path, files | {"README.md": readme("Exampleshire", find_framework("cqc-la"))})
    return read_workspace(path, today=max(dt.date.today(), EXAMPLE_DAY))  # noqa: DTZ011
