"""What each case of a workspace showed: the evidence that rests on it."""

from __future__ import annotations

from careassure.model.arguments import DayLike, checked
from careassure.model.evidence import Evidence
from careassure.workspaces.opening import WorkspaceLike, opened


@checked
def case_evidence(workspace: WorkspaceLike, at: DayLike | None = None) -> dict[str, tuple[Evidence, ...]]:
    """The evidence that rests on each case, by the id of the case; empty for a case of which nothing is recorded.

    Args:
        workspace: The workspace, or its folder.
        at: As it was on that day; everything where None.

    Raises:
        InvalidWorkspaceError: The folder is not sound.
    """
    work = opened(workspace)
    evidence = work.evidence if at is None else work.at(at).evidence
    return {case.id: tuple(item for item in evidence if case.id in item.cases) for case in work.cases}
