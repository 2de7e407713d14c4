"""The command ``new-plugin``: write a distribution with a scorer of your own."""

from __future__ import annotations

import argparse
import os
from importlib.resources import files
from pathlib import Path
from string import Template

from careassure.cli import terminal
from careassure.cli.terminal import UsageError
from careassure.errors import WriteError
from careassure.io.files import path_of
from careassure.io.writing import unmade
from careassure.model.ids import is_slug
from careassure.plugins.host import BUILT_IN, host_from
from careassure.workspaces.starter import write_new

EXAMPLE = "careassure new-plugin mine"
LONGEST_NAME = 60


def configure(command: argparse.ArgumentParser) -> None:
    """Say what it takes."""
    command.add_argument("name", metavar="NAME", help="its name: lower-case letters, digits and hyphens")
    command.add_argument("--folder", default=".", help="where to write it (default: here)")


def run(arguments: argparse.Namespace) -> int:
    """Write a distribution with a scorer, its tests, and one test that fails until it is replaced."""
    name = _name(arguments.name)
    distribution = f"careassure-{name}"
    parent = Path(path_of(arguments.folder, WriteError))
    folder = parent / distribution
    if os.path.lexists(folder):
        raise WriteError("it already exists", where=str(folder), hint="Choose another name, or another --folder")
    texts = _texts({"name": name, "distribution": distribution, "package": f"careassure_{name.replace('-', '_')}"})
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unmade(str(parent), error) from None
    write_new(folder, texts)
    terminal.line(f"Written: {folder}")
    commands = (
        f"cd {folder}",
        "pip install -e '.[test]'",
        "pytest",
        f"careassure assess 3 3 4 3 4 4 3 4 4 --scorer {name}",
    )
    for text in ("", "Next:", *(f"  {command}" for command in commands)):
        terminal.line(text)
    return 0


def _name(given: str) -> str:
    """The plugin's name without the front that every distribution has; it must be free."""
    name = given.removeprefix("careassure-")
    if not is_slug(name) or len(name) > LONGEST_NAME:
        raise UsageError(
            f"{given!r} cannot be a plugin's name",
            hint=f"Use at most {LONGEST_NAME} lower-case letters, digits and hyphens",
        )
    host = host_from(os.environ, on_error="skip")
    if name in {BUILT_IN, *(scorer.name for scorer in host.scorers() if scorer.plugin == BUILT_IN)}:
        raise UsageError(f"{name!r} is a name of careassure's own", hint="Choose another name")
    return name


def _texts(words: dict[str, str]) -> dict[str, str]:
    """What each file of the distribution holds."""
    targets = {
        "pyproject.toml": "pyproject.toml.txt",
        "README.md": "README.md.txt",
        f"src/{words['package']}/__init__.py": "init.py.txt",
        f"src/{words['package']}/py.typed": "",
        f"tests/test_{words['package']}.py": "test.py.txt",
    }
    templates = files("careassure.cli").joinpath("templates")
    return {
        target: Template(templates.joinpath(template).read_text(encoding="utf-8")).substitute(words) if template else ""
        for target, template in targets.items()
    }
