"""What somebody has who reads the documentation: the installed commands, and what the page had them install."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

ENABLED = ".installed/enabled"


def environment(folder: Path, places: Sequence[Path] = ()) -> dict[str, str]:
    """The environment of a reader: the installed commands, the core alone, and what was installed in the folder."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"COLUMNS", "PYTHONWARNINGS"}
        and not name.startswith("COVERAGE")  # a reader counts no lines, and the tutorial takes long enough
        and (not name.startswith("CAREASSURE_") or name == "CAREASSURE_DISABLE_PLUGINS")
    }
    disabled = kept.get("CAREASSURE_DISABLE_PLUGINS", "").split(",")
    return {
        **kept,
        "CAREASSURE_DISABLE_PLUGINS": ",".join(name for name in disabled if not (folder / ENABLED / name).exists()),
        "PATH": os.pathsep.join([*map(str, places), str(Path(sys.executable).parent), kept.get("PATH", "")]),
        "PYTHONPATH": os.pathsep.join(
            [str(folder / "src"), *map(str, folder.glob("*/src")), str(folder / ".installed")]
        ),
        "PYTHONUTF8": "1",
        # Spark runs once and briefly: Java need not compile for long work.
        "JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "TERM": "dumb",
    }


def enable_plugin(folder: Path, name: str) -> None:
    """Let the commands of a page see one of the project's own plugins, or leave the page where it is not installed."""
    pytest.importorskip(f"careassure_{name.replace('-', '_')}")
    (folder / ENABLED).mkdir(parents=True, exist_ok=True)
    (folder / ENABLED / name).touch()


def install_plugin(folder: Path, source: Path) -> None:
    """Do what pip would with a project, as far as finding its plugin needs it."""
    project = tomllib.loads((source / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = folder / ".installed" / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    about = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(about, encoding="utf-8")
    points = "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in found.items())
        for group, found in project["entry-points"].items()
    )
    (info / "entry_points.txt").write_text(points, encoding="utf-8")
