"""What the scores in a workspace give."""

from __future__ import annotations

from careassure.api import verbs
from careassure.api.from_files import read_method
from careassure.api.lookup import ScorerLike, find_scorer, is_file
from careassure.errors import CareAssureError
from careassure.io.files import file_inside
from careassure.methods.method import Method
from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.model.outcome import Outcome
from careassure.workspaces.opening import WorkspaceLike, opened
from careassure.workspaces.workspace import Workspace


@checked
def assess(workspace: WorkspaceLike, scorer: ScorerLike | None = None) -> Outcome:
    """What a scoring method makes of the latest scores in a workspace.

    The council's own statements count only where the method says that it is for their version of the framework. The
    regulator's method is not, so it rates the statements of the regulator.

    Args:
        workspace: What the council keeps, or the path of its folder.
        scorer: The scorer; where None the one of its settings, or else the framework's own.

    Raises:
        UnknownScorerError: There is no such scorer, or it scores neither version.
        InvalidInputError: The method file of the settings holds no method.
        ReadError: It cannot be read, or does not lie in the workspace's folder.
    """
    assessment, used = rated_by(opened(workspace), scorer)
    return verbs.assess(assessment, used)


def rated_by(work: Workspace, scorer: ScorerLike | None = None) -> tuple[Assessment, ScorerLike | None]:
    """What of a workspace is rated, with its own statements or without them, and by which scorer.

    Args:
        work: What the council keeps.
        scorer: The scorer; where None the one of its settings, or else the framework's own.

    Raises:
        UnknownScorerError: There is no such scorer.
    """
    chosen = scorer or _of_settings(work)
    if work.framework != work.base and chosen is not None:
        try:
            find_scorer(chosen, work.framework)
        except CareAssureError:
            return work.assessment(work.base), chosen
        return work.assessment(), chosen
    return work.assessment(work.base), chosen


def not_counted(workspace: Workspace, outcome: Outcome) -> tuple[tuple[str, str], ...]:
    """The council's own statements that an outcome leaves out: the title and the score of each."""
    counted = {statement.id for statement in outcome.assessment.framework.statements}
    latest = workspace.latest_scores
    return tuple(
        (s.title, str(latest[s.id].score) if s.id in latest and latest[s.id].score is not None else "not known")
        for s in workspace.framework.statements
        if s.id not in counted
    )


def unused_facts(workspace: Workspace) -> tuple[str, ...]:
    """The facts of a workspace for which the method that rates it does not ask, by name.

    Of a scorer in Python nobody knows what it asks for, and where no method rates the workspace none is unused.
    """
    try:
        found = find_scorer(_of_settings(workspace), workspace.base)
    except CareAssureError:
        return ()
    asked = found.method.facts if found.method is not None else None
    return tuple(name for name, _ in workspace.facts if asked is not None and name not in asked)


def _of_settings(workspace: Workspace) -> str | Method | None:
    name = workspace.settings.scorer
    if not is_file(name):
        return name or None
    return read_method(file_inside(workspace.folder, str(name)))
