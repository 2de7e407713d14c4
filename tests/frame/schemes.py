"""Every method that ships, with the framework it scores, and the exact results for its scores."""

from __future__ import annotations

import random
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import prod
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import careassure as ca
from careassure.frame.outputs import OutputColumn
from careassure.frame.profiles import value_of
from careassure.frame.question import Question, Request, ask
from careassure.io.methods import load_method
from careassure.methods.evaluate import evaluate
from careassure.methods.method import Method
from careassure.model.assessment import Assessment
from careassure.model.council import Body
from careassure.model.framework import Framework
from careassure.model.scale import Scale

ROOT = Path(__file__).parents[2]
EXACT = Path(__file__).parent / "exact"
ALL = (
    *("rating", "low", "high", "suggested", "score", "score_low", "score_high"),
    *("percentage", "percentage_low", "percentage_high", "margin", "flags", "profile", "profile_low", "profile_high"),
)
LOWERED = tuple(name for name in ALL if name != "margin")
WITH_BLANKS = 65_536
NONE = -1

Ranks = NDArray[np.int8]
Results = dict[str, NDArray[Any]]
"""By the key of a column: the rank of a grade, a number, 1 and 0 for true and false; `NONE` for none."""


@dataclass(frozen=True)
class Scheme:
    """A method on a version of a framework, its statements given as a whole where ``whole``."""

    method: Method
    framework: Framework
    whole: bool = False

    @property
    def name(self) -> str:
        return f"{self.method.id}-{self.framework.version}{'-whole' if self.whole else ''}"

    def __str__(self) -> str:
        return self.name

    @property
    def leaves(self) -> tuple[str, ...]:
        return tuple(s.id for s in self.framework.statements) if self.whole else self.framework.leaves

    def scale(self, leaf: str) -> Scale:
        return self.framework.scale_of(leaf)

    @cached_property
    def size(self) -> int:
        """How many combinations of scores there are."""
        return prod(len(self.scale(leaf)) for leaf in self.leaves)

    def known(self, most: int = 1 << 18) -> NDArray[np.int8]:
        """The ranks of every combination of scores, or of so many drawn ones where there are more."""
        if self.size <= most:
            grids = np.indices([len(self.scale(leaf)) for leaf in self.leaves], dtype=np.int8)
            return grids.reshape(len(self.leaves), -1)
        source = np.random.default_rng(7)
        return np.array([source.integers(0, len(self.scale(leaf)), most, dtype=np.int8) for leaf in self.leaves])

    def blanks(self, most: int = WITH_BLANKS) -> NDArray[np.int8]:
        """Ranks with blanks among them."""
        source = np.random.default_rng(11)
        ranks = np.array([source.integers(0, len(self.scale(leaf)), most, dtype=np.int8) for leaf in self.leaves])
        share = source.choice([0.05, 0.2, 0.6], most)
        return np.where(source.random(ranks.shape) < share, np.int8(NONE), ranks)

    def question(self, **more: Any) -> Question:
        settings: dict[str, Any] = {
            "version": None, "columns": None, "facts": None, "key": (), "missing": "interval", "errors": "raise",
            "outputs": ALL, "prefix": "r_",
        }  # fmt: skip
        return ask(self.method, framework=self.framework, **{**settings, **more})

    def request(self, outputs: Sequence[str] = ALL) -> Request:
        return self.question(outputs=outputs).placed(self.leaves)

    @property
    def columns(self) -> tuple[OutputColumn, ...]:
        return self.request().known_columns

    def assessment(self, ranks: Sequence[int], facts: Mapping[str, bool] | None = None) -> Assessment:
        marks: dict[str, Any] = {}
        for leaf, rank in zip(self.leaves, ranks, strict=True):
            if rank == NONE and self.whole and self.framework.statement(leaf).parts:
                marks |= dict.fromkeys(f"{leaf}/{part.id}" for part in self.framework.statement(leaf).parts)
            else:
                marks[leaf] = None if rank == NONE else self.scale(leaf).grades[rank]
        said = tuple(sorted((facts or {}).items()))
        return Assessment(Body("row", "a row", self.framework.subject), self.framework, tuple(marks.items()), said)

    def exact(self, ranks: NDArray[np.int8], facts: Sequence[Mapping[str, bool]] = ()) -> Results:
        """What the exact evaluation gives for each row."""
        columns = self.columns
        told = facts or [{}] * ranks.shape[1]
        found = [
            evaluate(self.method, self.assessment(row, said)) for row, said in zip(ranks.T.tolist(), told, strict=True)
        ]
        return {c.key: np.array([coded(c, value_of(c, outcome)) for outcome in found], np.int32) for c in columns}

    def stored(self, what: str) -> Results:
        """The exact results that are kept for all combinations, or for rows with blanks."""
        return kept(f"{self.name}-{what}.npz")


@cache
def kept(name: str) -> Results:
    """Exact results of a file, in numbers as small as they are kept in."""
    with np.load(EXACT / name) as file:
        return {key: file[key] for key in file.files}


def coded(column: OutputColumn, value: str | int | bool | None) -> int:
    """A result as a number."""
    if value is None:
        return NONE
    return column.words.index(str(value)) if column.kind == "grade" else int(value)


@cache
def schemes() -> tuple[Scheme, ...]:
    """Every method file that ships, here and in the plugins, on every version of its framework."""
    files = sorted([*ROOT.glob("src/careassure/catalogue/**/*.toml"), *ROOT.glob("plugins/*/src/*/**/*.toml")])
    data = [(path, tomllib.loads(path.read_text(encoding="utf-8"))) for path in files]
    frameworks = [
        version
        for path, table in data
        if table.get("format") == "careassure.framework/1"
        for version in ca.load_frameworks(table, where=str(path))
    ]
    found: list[Scheme] = []
    for path, table in data:
        if table.get("format") == "careassure.method/1":
            own = [framework for framework in frameworks if framework.id == table["framework"]]
            method = load_method(table, where=str(path), scales=own[-1].scales)
            found += [
                Scheme(method, framework)
                for framework in own
                if not method.framework_versions or framework.version in method.framework_versions
            ]
    whole = [Scheme(s.method, s.framework, whole=True) for s in found if s.method.id == "evidence-category"]
    return (*found, *whole)


def scheme(name: str) -> Scheme:
    return next(item for item in schemes() if item.name == name)


STORED = ("single-word-direct", "ofsted-direct", "report-card-direct", "evidence-category-2023-whole")
"""The schemes for nine statements: exact results are kept for every combination of their scores."""


def _part(task: tuple[str, NDArray[np.int8]]) -> Results:
    return scheme(task[0]).exact(task[1])


def write(name: str) -> None:
    """Work the exact results out again; takes some minutes for each."""
    for what, ranks in (("known", scheme(name).known()), ("blanks", scheme(name).blanks())):
        tasks = [(name, part) for part in np.array_split(ranks, 256, axis=1)]
        with Pool(2) as pool:
            parts = list(pool.imap(_part, tasks))
        whole = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
        least: Mapping[str, NDArray[Any]] = {
            key: values.astype(np.int8 if values.max() < 128 else np.int16) for key, values in whole.items()
        }
        np.savez_compressed(EXACT / f"{name}-{what}.npz", **least)  # type: ignore[arg-type]


def sampled(size: int, rows: int, seed: int) -> list[int]:
    """Some rows of so many, other ones for each seed."""
    return sorted(random.Random(seed).sample(range(rows), min(size, rows)))  # noqa: S311


if __name__ == "__main__":
    for wanted in sys.argv[1:] or STORED:
        write(wanted)
