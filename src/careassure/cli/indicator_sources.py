"""Whose indicators are meant, and where their values are: a council's name, or the folder of its workspace."""

from __future__ import annotations

from collections.abc import Iterable

from careassure.api.verbs import council
from careassure.errors import AmbiguousNameError, CareAssureError, NameLookupError, PersonalDataError
from careassure.figures.catalogue import indicator as shipped_indicator
from careassure.figures.catalogue import indicators
from careassure.figures.model import Indicator
from careassure.figures.readings import FileValues
from careassure.io.files import is_there
from careassure.model.council import Body, Council
from careassure.model.ids import shown
from careassure.model.text import fold, join
from careassure.privacy.personal.screen import screen_problems
from careassure.workspaces import opening
from careassure.workspaces.folder import is_workspace
from careassure.workspaces.workspace import Workspace


def whose(text: str) -> tuple[Council | Body, Workspace | None]:
    """The council that a name or the folder of a workspace stands for, with the workspace where it is one."""
    if is_workspace(text):
        work = opening.read(text)
        return work.council, work
    try:
        return council(text), None
    except CareAssureError:
        if is_there(text):
            raise NameLookupError(
                f"{shown(text)} is not the folder of a workspace, and no council",
                hint="Name a council, or make a workspace with: careassure init",
            ) from None
        raise


def known_indicators(work: Workspace | None) -> list[Indicator]:
    """The indicators of a workspace, and those that ship."""
    return [*(work.indicators if work else ()), *indicators()]


def indicator_named(text: str, work: Workspace | None) -> Indicator:
    """An indicator by its key, its code or its title; a workspace's own before those that ship."""
    for found in known_indicators(work):
        if fold(text) in (fold(str(found.key)), fold(found.title)):
            return found
    own = [item for item in (work.indicators if work else ()) if fold(item.code) == fold(text)]
    if len(own) > 1:
        raise AmbiguousNameError(f"there are {len(own)} indicators {shown(text)}",
                                 hint=f"Give the whole key: {join([str(item.key) for item in own], 'or')}")  # fmt: skip
    if own:
        return own[0]
    try:
        return shipped_indicator(text)
    except NameLookupError as error:
        if not error.hint and not error.suggestions:
            raise NameLookupError(error.message, hint="careassure indicators lists those that are known") from None
        raise


def refuse_personal_words(found: FileValues, file: str, allow: Iterable[str]) -> None:
    """Refuse to hand on the words that a file says beside its values where they hold what looks like personal data.

    Raises:
        PersonalDataError: What was found, each with its place, its kind and most of it covered.
    """
    allowed = tuple(allow)
    problems = [
        problem
        for value in found.values
        for name in ("scope", "supersedes", "challenged_by", "challenge")
        for problem in screen_problems(f"{value.label}, {name}", getattr(value, name), allow=allowed)
    ]
    if problems:
        raise PersonalDataError(file, problems)
