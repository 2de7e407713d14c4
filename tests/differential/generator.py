"""Random frameworks, methods and assessments with every construct of the method file, small enough to try everything.

A case is text, as a user would write it: nothing of the library is used to make it. The same seed makes the same case.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from differential.chance import ROUNDINGS, Chance, size_of, toml_file
from differential.evaluator import Judge, facts_in
from differential.pages import Scale

UPWARD = ("at_least", "more_than")
DOWNWARD = ("at_most", "less_than")
STATES = ("not_rated", "not_judged", "not_applicable", "suppressed")


@dataclass
class Case:
    """A framework, a method on it, and what a judge needs to read both."""

    seed: int
    framework: dict[str, Any]
    version: str
    method: dict[str, Any]
    facts: list[str] = field(default_factory=list)

    @property
    def framework_text(self) -> str:
        """The framework file."""
        return toml_file(self.framework)

    @property
    def method_text(self) -> str:
        """The method file."""
        return toml_file(self.method)


class Maker(Chance):
    """Makes one case."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.facts = self.random.choice([[], ["waiver"], ["breach"], ["breach", "waiver"]])
        self.measures: dict[str, Any] = {}
        self.judge: Judge
        self.limits = 0
        self.judged = 0
        self.own: list[Scale] = []

    # -------------------------------------------------------------- nodes

    def make(self) -> Case:
        """The whole case."""
        framework, version = self.make_framework()
        method: dict[str, Any] = {
            "format": "careassure.method/1",
            "id": "random",
            "version": "1",
            "title": "A random method",
            "framework": "random",
            "not_rated": "leave_out" if self.leave_out else "interval",
            "references": {"ours": {"title": "Made by chance", "basis": "ours"}},
        }
        if self.often(30):
            method["framework_versions"] = [version]
        own = self.often(40)
        if own:
            method["scales"] = {
                "own": self.scale([f"w{place}" for place in range(self.random.choice([2, 3]))], numeric=False)
            }
        nodes = self._places(framework, version, own=own)
        method["nodes"] = nodes
        method["measures"] = self.measures
        self.judge = Judge(framework, version, method)
        self.own = [scale for key, scale in self.judge.scales.items() if key == "own"]
        for node in nodes:
            self._fill(node)
        flags = [
            {
                "id": f"flag{place}",
                "when": self.condition(["overall"], None, None, 3),
                "sentence": "Look at this.",
                "reference": "ours",
            }
            for place in range(self.random.choice([0, 1, 2]))
        ]
        if flags:
            method["flags"] = flags
        if not self.measures:
            del method["measures"]
        return Case(self.seed, framework, version, method, sorted(set(facts_in(method))))

    def _places(self, framework: Mapping[str, Any], version: str, *, own: bool) -> list[dict[str, Any]]:
        empty = Judge(framework, version, {"not_rated": "interval", "nodes": []})
        scales = ["rating", "twin", "score", *(["own"] if own else [])]
        usual = self.random.choice(scales)
        nodes: list[dict[str, Any]] = []

        def scale() -> str:
            return usual if self.often(75) else self.random.choice(scales)

        parts = [area for area in empty.statements if area.parts]
        if parts or self.often(40):
            if self.often(60):
                nodes.append({"for": "statements", "scale": scale()})
                named = [area for area in empty.statements if self.often(20)]
            else:
                named = [area for area in empty.statements if area.parts or self.often(20)]
            nodes += [{"for": area.id, "scale": scale()} for area in named]
        if self.often(60):
            nodes.append({"for": "themes", "scale": scale()})
            nodes += [{"for": area.id, "scale": scale()} for area in empty.themes if self.often(20)]
        if self.often(90):
            nodes.append({"for": "overall", "scale": scale()})
        return nodes

    def places(self, node: Mapping[str, Any]) -> list[str]:
        """The places for which a node stands."""
        if node["for"] == "themes":
            return [area.id for area in self.judge.themes if self.judge.node_for(area.id) is node]
        if node["for"] == "statements":
            return [area.id for area in self.judge.statements if self.judge.node_for(area.id) is node]
        return [node["for"]]

    def _fill(self, node: dict[str, Any]) -> None:
        places = self.places(node)
        if not places:  # each place has a node of its own: any rule will do
            places = [area.id for area in (self.judge.themes if node["for"] == "themes" else self.judge.statements)]
        if self.often(60 if node["for"] == "overall" else 30):
            node["headline"] = self.measure(places, ["percentage", "percentage", "share", "answered"])
        if node["for"] == "overall" and "headline" in node and self.often(5):
            del node["scale"]
            return
        scale = self.judge.scales[node["scale"]]
        inner = 0 if node["for"] == "overall" else len(places)
        if self.often(25) and self.judged + inner <= 2:  # each such place multiplies what has to be tried
            self.judged += inner
            node["must"] = self.ladder(places, scale)
            node["may"] = self.ladder(places, scale)
            if self.often(60):
                node["may"] = self._eased(node["must"])
            if self.often(60):
                node["suggest"] = self.ladder(places, scale)
        else:
            node |= self.ladder(places, scale)

    def _eased(self, ladder: Mapping[str, Any]) -> dict[str, Any]:
        """A ladder that is no harder than another, so that it can stand as `may`."""
        eased = json.loads(json.dumps(ladder))
        if "rungs" in eased:
            for rung in eased["rungs"]:
                if self.facts:
                    rung["when"] = {"any_of": [rung["when"], {"fact": self.facts[0]}]}
        else:
            eased["limits"] = [limit for limit in eased.get("limits", []) if "floor" in limit]
        for limit in eased.get("limits", []):
            if "id" in limit:
                limit["id"] += "-eased"
        return dict(eased)

    def ladder(self, places: Sequence[str], scale: Scale) -> dict[str, Any]:
        """Rungs or bands, and sometimes limits."""
        found: dict[str, Any] = {}
        keys = [grade.key for grade in scale[1:]]
        if self.often(45):
            name = self.measure(places)
            levels: list[Any] = [self.threshold(name, places) for _ in keys]
            if self.often(85) and not any(isinstance(level, dict) for level in levels):
                levels.sort(key=size_of)
            found["bands"] = {"measure": name, **dict(zip(keys, levels, strict=True)), "reference": "ours"}
        else:
            conditions = [self.condition(places, "up", scale, 2) for _ in keys]
            if self.often(80):  # each rung asks for all that the one below asks for
                for place in range(1, len(conditions)):
                    conditions[place] = {"all_of": [conditions[place - 1], conditions[place]]}
                    conditions[place] = _without_this(conditions[place], keys[place - 1], keys[place])
            elif self.often(50):
                conditions = [self.condition(places, "up", scale, 1)] * len(keys)
            found["rungs"] = [
                {"grade": key, "when": condition, "sentence": "So it is.", "reference": "ours"}
                for key, condition in zip(keys, conditions, strict=True)
            ]
        if self.often(40):
            found["limits"] = [self.limit(places, scale) for _ in range(self.random.choice([1, 1, 2]))]
        return found

    def limit(self, places: Sequence[str], scale: Scale) -> dict[str, Any]:
        """A cap, a floor, or that the grade is not above that of an area."""
        limit: dict[str, Any] = {"sentence": "Held.", "reference": "ours"}
        keys = [grade.key for grade in scale]
        like = [
            kind_name[1]
            for kind_name in self._shared("areas", places)
            if [grade.key for grade in self.judge.scale_at(kind_name)] == keys
        ]
        if like and self.often(50):
            limit["not_above"] = self.some(like)
            if len(limit["not_above"]) == 1 and self.often(50):
                limit["not_above"] = limit["not_above"][0]
        elif self.often(50):
            caps = keys[:-1] if scale in self.own else keys[1:-1]
            if not caps:
                return self.limit(places, scale)
            limit["cap"] = self.random.choice(caps)
            limit["when"] = self.condition(places, "down", scale, 2)
        else:
            limit["floor"] = self.random.choice(keys[1:])
            limit["when"] = self.condition(places, "up", scale, 2)
        if self.often(30):
            self.limits += 1
            limit["id"] = f"limit-{self.limits}"
        return limit

    # --------------------------------------------------------- selections

    def _shared(self, selection: Any, places: Sequence[str]) -> list[tuple[str, str]]:
        """What a selection looks at from every one of the places."""
        found = [self.judge.select(selection, place) for place in places]
        return [
            each
            for each in found[0]
            if all(each in others for others in found) and (each[0] == "leaf" or self.judge.scale_at(each))
        ]

    def _usable(self, selection: Any, places: Sequence[str]) -> bool:
        """Something in it for each place, and everything in it has a scale."""
        for place in places:
            found = self.judge.select(selection, place)
            if not found or any(not self.judge.scale_at(each) for each in found):
                return False
        return True

    def selection(self, places: Sequence[str]) -> Any:
        """What can be looked at from all of these places."""
        levels = [level for level in ("scores", "statements", "themes") if self._usable(level, places)]
        level = self.random.choice(levels)
        shared = self._shared(level, places)
        names = [name for _, name in shared]
        ways: list[Any] = [level, {"level": level}, {"level": level, "tags": self.some(["red", "blue", "green"])}]
        if names:
            ways += [{"level": level, "only": self.some(names)}, {"level": level, "without": self.some(names)}]
            ways.append({"level": level, "only": self.some(names), "without": names[0]})
        if level != "themes" and places == ["overall"]:
            themes = self.some(area.id for area in self.judge.themes)
            ways += [{"level": level, "themes": themes}, {"level": level, "themes": themes[0]}]
        areas = [name for _, name in self._shared("areas", places)]
        if areas:
            ways += [self.some(areas), {"level": "areas", "only": self.some(areas)}]
        self.random.shuffle(ways)
        if self.often(50):
            ways.insert(0, level)
        return next(way for way in ways if self._usable(way, places))

    def keys(self, selection: Any, places: Sequence[str]) -> list[str]:
        """The grades that everything in a selection can have."""
        scales = self._scales(selection, places)
        first = [grade.key for grade in scales[0]]
        return [key for key in first if all(any(grade.key == key for grade in scale) for scale in scales)]

    def _scales(self, selection: Any, places: Sequence[str]) -> list[Scale]:
        return [self.judge.scale_at(each) for place in places for each in self.judge.select(selection, place)]

    # ----------------------------------------------------------- measures

    def measure(self, places: Sequence[str], kinds: Sequence[str] = ()) -> str:
        """A new measure that can be worked out at all of these places; or one made before for the same ones."""
        kinds = kinds or ("percentage", "percentage", "total", "mean", "count", "share", "answered")
        kind = self.random.choice([kind for kind in kinds if kind != "answered" or self.replies])
        over = self.selection(places)
        if kind == "answered" and self.often(90):  # what the method grades cannot be looked at in this way
            over = "scores"
        keys = self.keys(over, places)
        while kind in {"count", "share"} and not keys:
            kind = "percentage"
        table: dict[str, Any] = {"kind": kind, "over": over, "sentence": "A number", "reference": "ours"}
        if self.often(50):
            table["label"] = "a number"
        if kind in {"percentage", "mean", "share", "answered"}:
            table["rounding"] = self.random.choice(ROUNDINGS)
        if kind in {"count", "share"}:
            table["grade"] = self.random.choice(keys)
        shared = [name for _, name in self._shared(over, places)]
        if kind in {"percentage", "total", "mean"} and len(places) == 1 and self.often(40):
            table["weights"] = self.weights(shared)
        name = f"m{len(self.measures)}"
        self.measures[name] = table
        return name

    def threshold(self, name: str, places: Sequence[str]) -> Any:
        """What a measure is compared with."""
        table = self.measures[name]
        n = max(len(self.judge.select(table["over"], place)) for place in places)
        if table["kind"] in {"percentage", "share", "answered"}:
            return self.number(1, 100, n)
        if table["kind"] == "mean":
            return self.number(0, 5, n)
        if table["kind"] == "count":
            return self.number(0, n, n)
        return self.number(0, 4 * n, n)

    # --------------------------------------------------------- conditions

    def condition(self, places: Sequence[str], way: str | None, scale: Scale | None, depth: int) -> dict[str, Any]:
        """A condition that points up, down, or (None) anywhere; ``scale`` where "this" has a meaning."""
        condition = self._condition(places, way, scale, depth)
        if self.often(15):
            condition["sentence"] = "in words"
        return condition

    def _condition(  # noqa: C901  (each form of a condition in turn)
        self, places: Sequence[str], way: str | None, scale: Scale | None, depth: int
    ) -> dict[str, Any]:
        chance = self.random
        if depth > 0 and self.often(45):
            head = chance.choice(["all_of", "any_of", "not"])
            if head == "not":
                other = {"up": "down", "down": "up", None: None}[way]
                return {"not": self.condition(places, other, scale, depth - 1)}
            return {head: [self.condition(places, way, scale, depth - 1) for _ in range(chance.choice([1, 2, 3]))]}
        head = chance.choice(["measure", "measure", "count", "every", "any", "area", "fact"])
        if head == "fact" and not self.facts:
            head = "measure"
        up = way == "up" or (way is None and self.often(50))
        if head == "fact":
            fact: dict[str, Any] = {"fact": chance.choice(self.facts)}
            if self.often(50):
                fact["is"] = self.often(50)
            if self.often(50):
                fact["default"] = self.often(50)
            return fact
        if head == "measure":
            name = self.measure(places)
            return {"measure": name, chance.choice(UPWARD if up else DOWNWARD): self.threshold(name, places)}
        selection = self.selection(places)
        if head == "area":
            areas = [name for _, name in self._shared("areas", places)]
            if not areas:
                head = "every"
            else:
                selection = self.some(areas)
        keys = self.keys(selection, places)
        if not keys:
            return self._condition(places, way, scale, depth)
        this = scale is not None and {grade.key for grade in scale} <= set(keys)
        found: dict[str, Any] = {head: selection}
        if head == "area" and len(selection) == 1 and self.often(70):
            found = {"area": selection[0]}
        key = "this" if this and self.often(50) else chance.choice(keys)
        if head == "count":
            n = max(len(self.judge.select(selection, place)) for place in places)
            if key != "this" or self.often(50):
                found["grade"] = key
            return found | {chance.choice(UPWARD if up else DOWNWARD): self.number(0, n, n)}
        if not up:
            tops = {scale[-1].key for scale in self._scales(selection, places)}
            below = [each for each in keys if each not in tops]
            if not below:
                return self._condition(places, way, scale, depth)
            return found | {"at_most": self.random.choice(below)}
        if key != "this" or self.often(50):
            found["at_least"] = key
        return found


def _without_this(condition: Mapping[str, Any], lower: str, _higher: str) -> dict[str, Any]:
    """The condition of a lower rung keeps its own grade where it is repeated in a higher one."""
    first, second = condition["all_of"]
    return {"all_of": [_named(first, lower), second]}


def _named(condition: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = dict(condition)
    for head in ("all_of", "any_of"):
        if head in found:
            found[head] = [_named(each, key) for each in found[head]]
    if "not" in found:
        found["not"] = _named(found["not"], key)
    if any(head in found for head in ("every", "any", "area")):
        for name in ("at_least", "at_most"):
            if found.get(name) == "this":
                found[name] = key
        if "at_least" not in found and "at_most" not in found:
            found["at_least"] = key
    if "count" in found and found.get("grade", "this") == "this":
        found["grade"] = key
    return found


def make_case(seed: int) -> Case:
    """The case of a seed."""
    return Maker(seed).make()


def make_assessment(
    case: Case, judge: Judge, random: Random, *, complete: bool
) -> tuple[dict[str, Any], dict[str, bool]]:
    """Scores by rank, state or None, for leaves or for statements given as a whole; and the facts that are told."""
    scores: dict[str, Any] = {}
    for area in judge.statements:
        if area.parts and random.random() < 0.2:
            scores[area.id] = _score(random, len(area.scale), complete=complete)
            continue
        for leaf in area.leaves:
            scores[leaf] = _score(random, len(judge.leaves[leaf].scale), complete=complete)
    facts = {name: random.random() < 0.5 for name in case.facts if random.random() < 0.6}
    return scores, facts


def _score(random: Random, size: int, *, complete: bool) -> Any:
    if not complete and random.random() < 0.4:
        return random.choice([None, None, *STATES])
    return random.randrange(size)
