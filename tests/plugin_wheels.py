"""Real distributions, made and installed on the spot."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path

SCORER = """
from careassure import Outcome, Reference, hookimpl


class Scorer:
    name, version, title = "{name}", "1", "The lowest statement decides"

    def accepts(self, framework):
        return framework.id == "cqc-la" and framework.version == "direct"

    def score(self, assessment):
        ratings = assessment.framework.scale("cqc-rating").grades
        low, high = (ratings[min(span[end].rank for span in assessment.spans.values())] for end in (0, 1))
        rule = Reference("rule", "A rule for tests", basis="ours")
        return Outcome.of(self, assessment, low, high, text="The lowest score is the rating.", references=(rule,))


@hookimpl
def careassure_scorers():
    return [Scorer()]
"""

TOY_FRAMEWORK = """
format = "careassure.framework/1"
id = "toy"
title = "A toy"
publisher = "Nobody"
subject = "toy"
score_scale = "toy-scale"
[versions.1]
scorer = "toy-count"
[scales.toy-scale]
title = "toy grades"
grades = [{ key = "low", label = "Low" }, { key = "high", label = "High" }]
[[themes]]
id = "all"
title = "All"
[[themes.statements]]
id = "one"
title = "One"
[[themes.statements]]
id = "two"
title = "Two"
"""
TOY_METHOD = """
format = "careassure.method/1"
id = "toy-count"
version = "1"
title = "Every one"
framework = "toy"
not_rated = "interval"
[references.rule]
title = "A rule for tests"
basis = "ours"
[[nodes]]
for = "overall"
scale = "toy-scale"
rungs = [{ grade = "high", when = { every = "statements" }, sentence = "High if every one is.", reference = "rule" }]
"""


def make_wheel(folder: Path, name: str, files: Mapping[str, str], entry_points: str, version: str = "1.0") -> Path:
    """A wheel of pure Python with these files and these entry points."""
    stem = f"{name.replace('-', '_')}-{version}"
    info = f"{stem}.dist-info"
    contents = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": entry_points,
    }
    record = [
        f"{path},sha256={urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},{len(text)}"
        for path, text in contents.items()
    ]
    contents[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,"]) + "\n"
    wheel = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in contents.items():
            archive.writestr(path, text)
    return wheel


def install(target: Path, *wheels: Path) -> Path:
    """Install wheels into a folder of their own."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*command, "--target", str(target), *map(str, wheels)], check=True)
    return target


def distribution(root: Path, name: str, module: str, text: str, plugin: str) -> Path:
    """A distribution with one module that announces itself as a plugin, installed in a folder of its own."""
    root.mkdir(parents=True, exist_ok=True)
    wheel = make_wheel(root, name, {f"{module}.py": text}, f"[careassure]\n{plugin} = {module}\n")
    return install(root / f"site-{name}", wheel)


def run(code: str, *sites: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own that sees these folders first, in this order."""
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, sites)), **environment},
    )
