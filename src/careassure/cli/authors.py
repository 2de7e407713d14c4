"""The commands for plugin authors: ``plugins`` and ``new-plugin``."""

from __future__ import annotations

import argparse
import os
from importlib.resources import files
from pathlib import Path
from string import Template

from careassure.cli import terminal
from careassure.cli.rows import print_rows
from careassure.cli.terminal import UsageError
from careassure.errors import WriteError
from careassure.io.files import path_of, unmade
from careassure.model.ids import is_slug
from careassure.model.text import plural
from careassure.plugins.host import BUILT_IN, host_from
from careassure.workspaces.starter import write_new

LONGEST_NAME = 60


def run_plugins(arguments: argparse.Namespace) -> int:
    """List the plugins, what each offers, and what is wrong with those that are left out."""
    host = host_from(os.environ, on_error="skip")
    if not arguments.no_load:
        host.scorers()
    infos = host.installed()
    print_rows(
        [
            {
                "Plugin": info.name,
                "Distribution": info.distribution,
                "Version": info.version,
                "Status": info.status,
                "Offers": "; ".join(_grouped(info.offers)),
            }
            for info in infos
        ],
        arguments.format,
    )
    if arguments.format == "table" and host.failures:
        terminal.line()
        terminal.line(f"{plural(len(host.failures), 'plugin')} left out:")
        for error in host.failures:
            terminal.line(f"  {error}")
    return 0


def _grouped(offers: tuple[str, ...]) -> list[str]:
    """Such as ``scorers kloe, nhs-trust``."""
    kinds = dict.fromkeys(offer.split(" ")[0] for offer in offers)
    names = {kind: [offer.split(" ")[1] for offer in offers if offer.split(" ")[0] == kind] for kind in kinds}
    return [f"{kind.removesuffix('s')}s {', '.join(found)}" for kind, found in names.items()]


def run_new_plugin(arguments: argparse.Namespace) -> int:
    """Write a distribution with a scorer, its tests, and one test that fails until it is replaced."""
    name: str = arguments.name.removeprefix("careassure-")
    if not is_slug(name) or len(name) > LONGEST_NAME:
        raise UsageError(
            f"{arguments.name!r} cannot be a plugin's name",
            hint=f"Use at most {LONGEST_NAME} lower-case letters, digits and hyphens",
        )
    host = host_from(os.environ, on_error="skip")
    if name in {BUILT_IN, *(scorer.name for scorer in host.scorers() if scorer.plugin == BUILT_IN)}:
        raise UsageError(f"{name!r} is a name of careassure's own", hint="Choose another name")
    words = {"name": name, "distribution": f"careassure-{name}", "package": f"careassure_{name.replace('-', '_')}"}
    parent = Path(path_of(arguments.folder, WriteError))
    folder = parent / words["distribution"]
    if os.path.lexists(folder):
        raise WriteError("it is there already", where=str(folder), hint="Choose another name, or another --folder")
    targets = {
        "pyproject.toml": "pyproject.toml.txt",
        "README.md": "README.md.txt",
        f"src/{words['package']}/__init__.py": "init.py.txt",
        f"src/{words['package']}/py.typed": "",
        f"tests/test_{words['package']}.py": "test.py.txt",
    }
    templates = files("careassure.cli").joinpath("templates")
    texts = {
        target: Template(templates.joinpath(template).read_text(encoding="utf-8")).substitute(words) if template else ""
        for target, template in targets.items()
    }
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
