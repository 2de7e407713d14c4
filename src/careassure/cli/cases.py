"""The cases of a workspace, for the commands on them."""

from __future__ import annotations

from careassure import workspaces
from careassure.errors import InvalidInputError, Problem
from careassure.samples.cases import CaseList


def cases_of(folder: str) -> CaseList:
    """All cases of a workspace; it is refused where it lists none."""
    workspace = workspaces.read(folder)
    if not workspace.cases:
        raise InvalidInputError(folder, [Problem("cases.csv", "it lists no cases", "Add a row for each")])
    return CaseList(workspace.attributes, workspace.cases)
