"""What type checkers are told of the public names is what the packages offer."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType

import pytest

import careassure
from careassure import analysis, figures, privacy, report, samples, tables, testing, workspaces

PACKAGES = (careassure, analysis, figures, privacy, report, samples, tables, testing, workspaces)
OWN = """\
def _public(package: str, homes: dict[str, str], namespaces: str = "") -> tuple[object, object, list[str]]: ...\
"""
HOW = "{} is not made from the table beside it. Renew it: STUBS_REFRESH=1 python -m pytest tests/api/test_stubs.py"


def by_type(name: str) -> tuple[bool, bool, str]:
    """What sorts names as the linter wants them: constants, classes, functions."""
    return (not name.isupper(), not name[0].isupper(), name)


def stub(package: ModuleType) -> str:
    """The stub of a package, from its table."""
    homes: dict[str, str] = vars(package)["_HOMES"]
    home_of = {name: home for home, names in homes.items() for name in names.split()}
    modules = sorted(set(package.__all__) - set(home_of))
    own = [(package.__name__, name) for name in modules]
    found = [*own, *((f"careassure.{home}", name) for name, home in home_of.items())]
    found.sort(key=lambda pair: (pair[0], *by_type(pair[1])[:2], pair[1].casefold()))
    lines = ["# Made from the table in __init__.py, for type checkers: see tests/api/test_stubs.py.", ""]
    lines += [f"from {home} import {name} as {name}" for home, name in found]
    if package is careassure:
        lines += ["", "__version__: str", "", OWN]
    names = [f'    "{name}",' for name in sorted(package.__all__, key=by_type)]
    return "\n".join([*lines, "", "__all__ = [", *names, "]", ""])


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_a_stub_says_what_its_table_says(package: ModuleType) -> None:
    """Each stub names exactly what the table of its package does, each from the same module."""
    kept = Path(str(package.__file__)).with_suffix(".pyi")
    if os.environ.get("STUBS_REFRESH"):
        kept.write_text(stub(package), encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == stub(package), HOW.format(kept.name)
