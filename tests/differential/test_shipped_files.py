"""Every method file in ``plugins/``, against the second reading of the same files."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import Any

import pytest

import careassure as ca
from careassure.io.methods import load_method
from differential import comparison
from differential.evaluator import Judge, facts_in
from differential.generator import Case

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FILES = sorted(path for place in ("src", "plugins/*/src") for path in ROOT.glob(f"{place}/**/*.toml"))
TABLES = {path: tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES}
FRAMEWORKS = {path: table for path, table in TABLES.items() if table.get("format") == "careassure.framework/1"}
METHODS = {
    path: table
    for path, table in TABLES.items()
    if table.get("format") == "careassure.method/1" and path.is_relative_to(ROOT / "plugins")
}
TRIED = 12  # assessments with all scores, and as many with some that are missing
MOST = 12  # scores: the second reading finds how near a line was by trying every change of every score
MISSING = 2  # the second reading tries every completion


def pairs() -> list[tuple[Path, ca.Framework, Path]]:
    """Each method with each version of a framework that it is for."""
    versions = {path: ca.load_frameworks(table) for path, table in FRAMEWORKS.items()}
    return [
        (home, framework, path)
        for path, method in METHODS.items()
        for home, found in versions.items()
        for framework in found
        if framework.id == method["framework"]
        and framework.version in method.get("framework_versions", [framework.version])
    ]


ALL = pairs()
PAIRS = [(home, framework, path) for home, framework, path in ALL if len(framework.leaves) <= MOST]


def test_every_file_is_tried() -> None:
    """No method file is without a framework; those for dozens of scores alone are left to the plugin's own tests."""
    assert {path for _, _, path in ALL} == set(METHODS)
    long = {path.stem for _, _, path in ALL} - {path.stem for _, _, path in PAIRS}
    assert long == {"saf-2023", "saf-2023-limited", "saf-2024", "saf-2024-limited"}


@pytest.mark.parametrize(("home", "framework", "path"), PAIRS, ids=[f"{p.stem}-{f.version}" for _, f, p in PAIRS])
def test_a_shipped_method_gives_what_its_file_says(home: Path, framework: ca.Framework, path: Path) -> None:
    """Ratings, ranges, suggestions, figures, flags and profiles are those of a second reading of the file."""
    table = METHODS[path]
    case = Case(0, FRAMEWORKS[home], framework.version, table, sorted(set(facts_in(table))))
    judge = Judge(case.framework, case.version, case.method)
    loaded = comparison.Loaded(framework, load_method(table, scales=framework.scales))
    random = Random(path.name)  # noqa: S311
    found: list[str] = []
    for _ in range(TRIED):
        scores = {leaf.id: random.randrange(len(leaf.scale)) for leaf in judge.leaves.values()}
        facts = {name: random.random() < 0.5 for name in case.facts}
        some = random.sample(sorted(scores), min(MISSING, len(scores)))
        partial: dict[str, Any] = scores | dict.fromkeys(some)
        for marks in (scores, partial):
            found += [f"{text}; {marks} {facts}" for text in comparison.one(case, judge, loaded, marks, facts)]
    assert not found
