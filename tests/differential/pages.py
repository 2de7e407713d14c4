"""The file formats as the pages describe them: what stands in a framework and in a method, and what a rule looks at.

Part of the second reading of the method file, see ``evaluator``. Nothing of the library is used.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

Table = Mapping[str, Any]
Place = tuple[str, str]
"""An input: ``leaf`` or ``area``, and its id."""

HUNDRED = 100


class NotNestedError(Exception):
    """A rung holds and a lower one does not, or what must be is above what may be."""


class Cell(NamedTuple):
    """What is known about one score at one point: a rank, or taken out; and whether it carries a grade at all."""

    rank: int | None
    answered: bool


BLANK = Cell(0, answered=False)  # never answered: it counts as the lowest grade
OUT = Cell(None, answered=False)  # a state that the method leaves out


class Grade(NamedTuple):
    """One grade of a scale."""

    key: str
    value: int


Scale = tuple[Grade, ...]


@dataclass(frozen=True)
class Leaf:
    """Something that is scored."""

    id: str
    statement: str
    theme: str
    scale: Scale
    tags: frozenset[str]


@dataclass(frozen=True)
class Area:
    """A theme or a statement; ``leaves`` are the ids of what is scored below it."""

    id: str
    level: str
    theme: str
    scale_id: str
    scale: Scale
    tags: frozenset[str]
    leaves: tuple[str, ...]
    parts: bool
    statements: tuple[str, ...]


def number(value: Any) -> Fraction:
    """A whole number, or any other as text."""
    return Fraction(value)


def rounded(value: Fraction, how: str) -> Fraction:
    """The number as it is compared."""
    down = Fraction(math.floor(value))
    rest = value - down
    if how == "none" or rest == 0:
        return value
    up = down + 1
    if how == "up":
        return up
    if how == "down":
        return down
    if rest != Fraction(1, 2):
        return up if rest > Fraction(1, 2) else down
    if how == "half_up":
        return up
    return down if down % 2 == 0 else up


def texts(value: Any) -> tuple[str, ...]:
    """Text or a list of texts."""
    return (value,) if isinstance(value, str) else tuple(value)


def scale_of(table: Table) -> Scale:
    """The grades of a scale, from the lowest to the highest."""
    return tuple(Grade(grade["key"], grade.get("value", place)) for place, grade in enumerate(table["grades"], start=1))


def rank(scale: Scale, key: str) -> int:
    """The place of a grade on its scale, from 0."""
    return [grade.key for grade in scale].index(key)


def threshold(value: Any, n: int) -> Fraction:
    """A number, or a table that depends on how many inputs there are."""
    if not isinstance(value, Mapping):
        return number(value)
    total = number(value.get("plus", 0))
    reached = [least for least in value.get("by_n", {}) if int(least) <= n]
    if reached:
        total += number(value["by_n"][max(reached, key=int)])
    if "share" in value:
        total += rounded(number(value["share"]) * n, value["rounding"])
    return total


def compares(condition: Table, left: Fraction, n: int) -> bool:
    """Whether a number compares as said."""
    if "at_least" in condition:
        return left >= threshold(condition["at_least"], n)
    if "more_than" in condition:
        return left > threshold(condition["more_than"], n)
    if "at_most" in condition:
        return left <= threshold(condition["at_most"], n)
    return left < threshold(condition["less_than"], n)


class Reading:
    """A framework and a method as they are written."""

    def __init__(self, framework: Table, version: str, method: Table) -> None:
        self.method = method
        self.leave_out = method["not_rated"] == "leave_out"
        self.measures: Table = method.get("measures", {})
        self.nodes: Sequence[Table] = method["nodes"]
        self.flags: Sequence[Table] = method.get("flags", ())
        self.scales = {key: scale_of(table) for key, table in framework["scales"].items()}
        self.scales |= {key: scale_of(table) for key, table in method.get("scales", {}).items()}
        self.areas: dict[str, Area] = {}
        self.leaves: dict[str, Leaf] = {}
        self._node_for: dict[str, Table | None] = {}
        self._weights: dict[Place, Fraction | int] = {}
        self._scale_at: dict[Place, Scale] = {}
        self._looks_at: dict[str, list[Place]] = {}
        self._below_of: dict[str, tuple[list[str], list[str]]] = {}
        self._selected: dict[Place, list[Place]] = {}
        self._read(framework, framework["versions"][version])
        self.statements = [area for area in self.areas.values() if area.level == "statement"]
        self.themes = [area for area in self.areas.values() if area.level == "theme"]

    def _read(self, framework: Table, version: Table) -> None:
        gone = set(texts(version.get("without", ())))
        shared = [key for key, table in framework.get("categories", {}).items() if table.get("applies", True)]
        for theme in framework["themes"]:
            kept = [statement for statement in theme["statements"] if statement["id"] not in gone]
            below: list[str] = []
            for statement in kept:
                scale_id = statement.get("scale", framework["score_scale"])
                parts = [dict(part) for part in statement.get("parts", ())]
                if version.get("parts", "none") == "categories":
                    parts = [{"id": key} for key in shared]
                whole = [{"id": None, "scale": scale_id, "tags": statement.get("tags", ())}]
                ids = []
                for part in parts or whole:
                    leaf = statement["id"] if part["id"] is None else f"{statement['id']}/{part['id']}"
                    ids.append(leaf)
                    scale = self.scales[part.get("scale", scale_id if not parts else framework["score_scale"])]
                    tags = frozenset(texts(part.get("tags", ())))
                    self.leaves[leaf] = Leaf(leaf, statement["id"], theme["id"], scale, tags)
                below += ids
                self.areas[statement["id"]] = Area(
                    statement["id"],
                    "statement",
                    theme["id"],
                    scale_id,
                    self.scales[scale_id],
                    frozenset(texts(statement.get("tags", ()))),
                    tuple(ids),
                    bool(parts),
                    (),
                )
            if kept:
                names = tuple(statement["id"] for statement in kept)
                tags = frozenset(texts(theme.get("tags", ())))
                self.areas[theme["id"]] = Area(
                    theme["id"], "theme", theme["id"], "", (), tags, tuple(below), parts=True, statements=names
                )

    # -------------------------------------------------------------- nodes

    def node_for(self, place: str) -> Table | None:
        """The node of a theme, of a statement, or of the whole."""
        if place not in self._node_for:
            by_name = {node["for"]: node for node in self.nodes}
            group = "overall" if place == "overall" else f"{self.areas[place].level}s"
            self._node_for[place] = by_name.get(place, by_name.get(group))
        return self._node_for[place]

    def weight(self, measure: str, name: str) -> Fraction | int:
        """What an input counts in a sum."""
        if (measure, name) not in self._weights:
            weight = number(self.measures[measure].get("weights", {}).get(name, 1))
            self._weights[measure, name] = weight.numerator if weight.denominator == 1 else weight
        return self._weights[measure, name]

    @staticmethod
    def grades(node: Table | None) -> bool:
        """Whether a node gives a grade; one with a headline alone does not."""
        return node is not None and any(key in node for key in ("rungs", "bands", "must"))

    def scale_at(self, place: Place) -> Scale:
        """The scale on which an input is graded."""
        if not self.method["nodes"] or place not in self._scale_at:
            kind, name = place
            scale = self.leaves[name].scale if kind == "leaf" else self.areas[name].scale
            node = self.node_for(name) if kind == "area" else None
            if node is not None and "scale" in node:
                scale = self.scales[node["scale"]]
            self._scale_at[place] = scale
        return self._scale_at[place]

    def graded(self) -> list[str]:
        """Every place that gets a grade by a ladder."""
        places = [*self.areas, "overall"]
        return [place for place in places if self.grades(self.node_for(place))]

    def below(self, place: str) -> tuple[list[str], list[str]]:
        """The scores below a place, and the themes and statements that have a grade or a score."""
        if place not in self._below_of:
            scores = [name for _, name in self.select("scores", place)]
            areas = [name for _, name in self.select("areas", place)]
            self._below_of[place] = scores, [name for name in areas if self.scale_at(("area", name))]
        return self._below_of[place]

    def looks_at(self, place: str) -> list[Place]:
        """Every input of the rules of a place."""
        if place not in self._looks_at:
            node = self.node_for(place) or {}
            found: list[Place] = []
            for ladder in [node[name] for name in ("must", "may", "suggest") if name in node] or [node]:
                found += self._seen_by(ladder, node, place)
            self._looks_at[place] = found
        return self._looks_at[place]

    def prints_of(self, place: str) -> list[Place]:
        """Every input of the headline of a place."""
        node = self.node_for(place) or {}
        return self.select(self.measures[node["headline"]]["over"], place) if "headline" in node else []

    def _seen_by(self, ladder: Table, node: Table, place: str) -> Iterator[Place]:
        if "bands" in ladder:
            yield from self.select(self.measures[ladder["bands"]["measure"]]["over"], place)
        for rung in ladder.get("rungs", ()):
            yield from self._asked(rung["when"], place)
        for limit in ladder.get("limits", ()):
            if "not_above" in limit:
                yield from (("area", area) for area in texts(limit["not_above"]))
            elif limit.get("cap") != self.scales[node["scale"]][-1].key:  # a cap at the highest holds nothing down
                yield from self._asked(limit["when"], place)

    def _asked(self, condition: Table, place: str) -> Iterator[Place]:
        for head in ("all_of", "any_of"):
            for part in condition.get(head, ()):
                yield from self._asked(part, place)
        if "not" in condition:
            yield from self._asked(condition["not"], place)
        if "area" in condition:
            yield from (("area", area) for area in texts(condition["area"]))
        for head in ("count", "every", "any"):
            if head in condition:
                yield from self.select(condition[head], place)
        if "measure" in condition:
            yield from self.select(self.measures[condition["measure"]]["over"], place)

    # --------------------------------------------------------- selections

    def select(self, selection: Any, place: str) -> list[Place]:
        """What a selection looks at, among what lies below a node."""
        key = (repr(selection), place)
        if key not in self._selected:
            self._selected[key] = self._select(selection, place)
        return self._selected[key]

    def _select(self, selection: Any, place: str) -> list[Place]:
        if isinstance(selection, str):
            selection = {"level": selection}
        elif not isinstance(selection, Mapping):
            selection = {"level": "areas", "only": list(selection)}
        found: list[Place] = []
        for kind, name, theme, tags in self._below(selection["level"], place):
            if "only" in selection and name not in texts(selection["only"]):
                continue
            if name in texts(selection.get("without", ())):
                continue
            if "themes" in selection and theme not in texts(selection["themes"]):
                continue
            if "tags" in selection and not tags & set(texts(selection["tags"])):
                continue
            found.append((kind, name))
        return found

    def _below(self, level: str, place: str) -> Iterator[tuple[str, str, str, frozenset[str]]]:
        inside = set(self.leaves) if place == "overall" else set(self.areas[place].leaves)
        if level == "scores":
            for leaf in self.leaves.values():
                if leaf.id in inside:
                    yield "leaf", leaf.id, leaf.theme, leaf.tags
            return
        levels = {"statements": {"statement"}, "themes": {"theme"}, "areas": {"theme", "statement"}}[level]
        rank_of = {"overall": 3, "theme": 2, "statement": 1}
        here = rank_of["overall" if place == "overall" else self.areas[place].level]
        for area in self.areas.values():
            if area.level in levels and rank_of[area.level] < here and set(area.leaves) <= inside:
                yield "area", area.id, area.theme, area.tags
