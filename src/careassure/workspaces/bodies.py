"""Whom a finding is for: the council whose workspace it is, other bodies, or both."""

from __future__ import annotations

from functools import lru_cache

from careassure.catalogue.councils import register
from careassure.errors import CareAssureError
from careassure.model.council import Council
from careassure.model.text import fold
from careassure.workspaces.happened import Finding
from careassure.workspaces.workspace import Workspace


def is_council(name: str, work: Workspace) -> bool:
    """Whether a name is the council's own: its name, another name in use or its code, or *the council*."""
    if fold(name) in ("the council", fold(work.council.name)):
        return True
    if not isinstance(work.council, Council):
        return fold(name).removesuffix(" council") == fold(work.council.name)
    return _called(name) == work.council.code


@lru_cache(maxsize=1024)
def _called(name: str) -> str:
    """The code of the council that has this name, or had it before; empty where there is none."""
    try:
        return register().find(name).code
    except CareAssureError:
        return ""


def is_ours(finding: Finding, work: Workspace) -> bool:
    """Whether a finding is for the council, alone or among others."""
    return not finding.bodies or any(is_council(name, work) for name in finding.bodies)
