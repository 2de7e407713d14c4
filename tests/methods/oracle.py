"""A second reading of method files, written from the format alone: slow, plain, and sharing no code with the library.

It works the grades out for one combination of scores at a time, so what the library claims about all
combinations, intervals and distances can be compared with trying every one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from .frames import Frame, Item

Table = Mapping[str, Any]
Leaves = Mapping[str, int | None]
"""The place of each score on its scale; None where it is left out; `UNANSWERED` where it never came."""

LOW, HIGH = 0, 1
ONE = Fraction(1)
UNANSWERED = -1


def rounded(value: Fraction, how: str) -> Fraction:
    """A number rounded as a method file says."""
    floor = math.floor(value)
    ways: dict[str, Callable[[], Fraction | int]] = {
        "none": lambda: value,
        "up": lambda: math.ceil(value),
        "down": lambda: floor,
        "half_up": lambda: math.floor(value + Fraction(1, 2)),
        "half_even": lambda: round(value),
    }
    return Fraction(ways[how]())


class Page:
    """What a method file says of a frame whatever the scores are: which rules a place has, and what they look at.

    Each answer is kept, since it is asked for again with every combination of scores.
    """

    def __init__(self, frame: Frame, table: Table) -> None:
        self.frame = frame
        self.table = table
        self.statements = {s.id: s for theme in frame.themes for s in theme.inside}
        self.themes = {theme.id: theme for theme in frame.themes}
        self.home = {s.id: theme.id for theme in frame.themes for s in theme.inside}
        self.nodes: dict[str, Table] = {}
        for node in table["nodes"]:
            for target in {"statements": list(self.statements), "themes": list(self.themes)}.get(
                node["for"], [node["for"]]
            ):
                if target not in self.nodes or node["for"] == target:
                    self.nodes[target] = node
        self.graded = [target for target in (*self.statements, *self.themes, "overall") if target in self.nodes]
        self._ladders: dict[str, dict[str, Table]] = {
            target: {name: node[name] for name in ("must", "may", "suggest") if name in node} or {"only": node}
            for target, node in self.nodes.items()
        }
        self._selected: dict[tuple[str, str], list[tuple[str, bool]]] = {}
        self._places: dict[str, list[tuple[str, bool]]] = {}
        self._weights: dict[str, dict[str, Fraction]] = {}

    def ladders(self, target: str) -> dict[str, Table]:
        return self._ladders[target]

    def select(self, over: object, target: str) -> list[tuple[str, bool]]:
        """What a rule of a node looks at, and whether it looks at it as it was given."""
        key = (over if isinstance(over, str) else repr(over), target)
        if key not in self._selected:
            self._selected[key] = self._select(over, target)
        return self._selected[key]

    def _select(self, over: object, target: str) -> list[tuple[str, bool]]:
        if isinstance(over, str):
            over = {"level": over}
        elif isinstance(over, list):
            over = {"level": "areas", "only": over}
        assert isinstance(over, dict)
        below = [s for s in self.statements.values() if target in ("overall", self.home[s.id], s.id)]
        themes = list(self.themes.values())
        items: dict[str, tuple[Item, str]]
        if over["level"] == "themes":
            items = {t.id: (t, t.id) for t in themes}
        elif over["level"] == "statements":
            items = {s.id: (s, self.home[s.id]) for s in below}
        elif over["level"] == "areas":
            items = {t.id: (t, t.id) for t in themes if target == "overall"} | {
                s.id: (s, self.home[s.id]) for s in below
            }
        else:
            items = {s.id: (s, self.home[s.id]) for s in below if not s.inside}
            items |= {f"{s.id}/{p.id}": (p, self.home[s.id]) for s in below for p in s.inside}
        only, without, homes, tags = (_list(over.get(key)) for key in ("only", "without", "themes", "tags"))
        return [
            (name, over["level"] == "scores")
            for name, (item, home) in items.items()
            if (not only or name in only)
            and name not in without
            and (not homes or home in homes)
            and (not tags or set(tags) & set(item.tags))
        ]

    def every_place(self, target: str) -> list[tuple[str, bool]]:
        """Whatever the ladders of a node look at."""
        if target in self._places:
            return self._places[target]
        found: list[tuple[str, bool]] = []

        def walk(value: object) -> None:
            if isinstance(value, list):
                for item in value:
                    walk(item)
            if isinstance(value, dict):
                for key, item in value.items():
                    if key in ("count", "every", "any"):
                        found.extend(self.select(item, target))
                    elif key in ("area", "not_above"):
                        found.extend(self.select({"level": "areas", "only": item}, target))
                    elif key == "measure":
                        found.extend(self.select(self.table["measures"][item]["over"], target))
                    else:
                        walk(item)

        walk([{k: v for k, v in ladder.items() if k != "headline"} for ladder in self.ladders(target).values()])
        return self._places.setdefault(target, list(dict.fromkeys(found)))

    def weights(self, name: str) -> dict[str, Fraction]:
        """The weights that a measure gives."""
        if name not in self._weights:
            given = self.table["measures"][name].get("weights", {})
            self._weights[name] = {place: Fraction(weight) for place, weight in given.items()}
        return self._weights[name]


class Reading:
    """One method file read on one frame, for one combination of scores and facts.

    ``judged`` says what judgement made of places where rules leave it open, ``wholes`` which statements were given
    as a whole (None: in a state that is left out), whose parts then stand among the leaves as they would be read.
    """

    def __init__(
        self,
        page: Page,
        leaves: Leaves,
        facts: Mapping[str, bool] | None = None,
        *,
        judged: Mapping[str, int] | None = None,
        wholes: Mapping[str, int | None] | None = None,
    ) -> None:
        self.page = page
        self.frame = page.frame
        self.table = page.table
        self.nodes = page.nodes
        self.leaves = leaves
        self.facts = facts or {}
        self.found: dict[str, tuple[int, int] | None] = {}
        self.climbed: dict[tuple[str, str, int], int] = {}
        self.sound = True
        for target in page.graded:
            self.found[target] = self._found(target, judged or {}, wholes or {})

    def _found(
        self, target: str, judged: Mapping[str, int], wholes: Mapping[str, int | None]
    ) -> tuple[int, int] | None:
        if target in wholes:
            whole = wholes[target]
            return None if whole is None else (whole, whole)
        found = self._grades(target)
        return found if found is None or target not in judged else (judged[target], judged[target])

    # -- nodes ------------------------------------------------------------------------------------------

    @property
    def overall(self) -> tuple[int, int] | None:
        """The lowest and highest overall grade, or None."""
        return self.found.get("overall")

    def ladders(self, target: str) -> dict[str, Table]:
        return self.page.ladders(target)

    def climb(self, target: str, name: str, side: int) -> int:
        """How many rungs of a ladder hold from the bottom; notes whether one holds above one that does not."""
        if (target, name, side) not in self.climbed:
            self.climbed[target, name, side] = self._climb(target, name, side)
        return self.climbed[target, name, side]

    def _climb(self, target: str, name: str, side: int) -> int:
        held = self.held(target, self.ladders(target)[name], side)
        height = held.index(False) if False in held else len(held)
        self.sound &= not any(held[height:])
        return height

    def held(self, target: str, ladder: Table, side: int) -> list[bool]:
        keys = [key for key, _ in self.frame.scales[self.nodes[target]["scale"]]][1:]
        held: dict[str, bool] = {}
        bands = ladder.get("bands", {})
        for key in keys:
            if key in bands:
                held[key] = self.measured(bands["measure"], target, side) >= self.threshold(
                    bands[key], self.many(bands["measure"], target)
                )
        for rung in ladder.get("rungs", []):
            held[rung["grade"]] = self.holds(rung["when"], rung["grade"], target, side)
        for limit in ladder.get("limits", []):
            self._limit(limit, held, keys, target, side)
        return [held[key] for key in keys]

    def _limit(self, limit: Table, held: dict[str, bool], keys: list[str], target: str, side: int) -> None:
        if "not_above" in limit:
            for key in keys:
                held[key] &= self.holds({"area": limit["not_above"]}, key, target, side)
        elif "cap" in limit and not self._opposed(limit["when"], limit["cap"], target, side):
            for key in keys[keys.index(limit["cap"]) + 1 if limit["cap"] in keys else 0 :]:
                held[key] = False
        elif "floor" in limit and self.holds(limit["when"], limit["floor"], target, side):
            for key in keys[: keys.index(limit["floor"]) + 1]:
                held[key] = True

    def flags(self) -> dict[str, tuple[bool, bool]]:
        """Whether each flag holds for certain, and whether it may."""
        return {
            flag["id"]: (self.holds(flag["when"], "", "overall", LOW), self.holds(flag["when"], "", "overall", HIGH))
            for flag in self.table["flags"]
        }

    def _opposed(self, condition: Table, grade: str, target: str, side: int) -> bool:
        return not self.holds(condition, grade, target, 1 - side)

    def _grades(self, target: str) -> tuple[int, int] | None:
        if not self._anything(target):
            return None
        ladders = self.ladders(target)
        if "only" in ladders:
            return self.climb(target, "only", LOW), self.climb(target, "only", HIGH)
        low, high = self.climb(target, "must", LOW), self.climb(target, "may", HIGH)
        for name in ladders:
            self.climb(target, name, LOW)
            self.climb(target, name, HIGH)
        self.sound &= low <= high
        return low, high

    def _anything(self, target: str) -> bool:
        places = [self.read(item, given, LOW) for item, given in self.page.every_place(target)]
        return not places or any(place is not None for place in places)

    # -- what is looked at --------------------------------------------------------------------------------

    def select(self, over: object, target: str) -> list[tuple[str, bool]]:
        return self.page.select(over, target)

    def read(self, name: str, given: bool, side: int) -> tuple[int, tuple[tuple[str, int], ...]] | None:
        """The place of something on its scale, and the scale."""
        if given or name not in self.nodes:
            rank = self.leaves[name]
            return None if rank is None else (max(rank, 0), self.frame.grades_of(name))
        grades = self.found[name]
        return None if grades is None else (grades[side], self.frame.scales[self.nodes[name]["scale"]])

    def many(self, name: str, target: str) -> int:
        """The number of inputs of a measure, with which its thresholds go: all where it is asked how many answered."""
        rule = self.table["measures"][name]
        return len((self.select if rule["kind"] == "answered" else self.present)(rule["over"], target))

    def present(self, over: object, target: str) -> list[str]:
        return [name for name, given in self.select(over, target) if self.read(name, given, LOW) is not None]

    def counted(self, over: object, grade: str, target: str, side: int, *, beyond: bool = False) -> tuple[int, int]:
        """How many reach a grade (or lie ``beyond`` it), and of how many."""
        places = [self.read(name, given, side) for name, given in self.select(over, target)]
        known = [place for place in places if place is not None]
        return sum(rank >= [k for k, _ in grades].index(grade) + beyond for rank, grades in known), len(known)

    def measured(self, name: str, target: str, side: int) -> Fraction:
        rule = self.table["measures"][name]
        if rule["kind"] in ("count", "share"):
            held, n = self.counted(rule["over"], rule["grade"], target, side)
            value = Fraction(held) if rule["kind"] == "count" else Fraction(100 * held, n or 1)
            return rounded(value, rule.get("rounding", "none"))
        if rule["kind"] == "answered":
            asked = [self.leaves[leaf] for leaf, _ in self.select(rule["over"], target)]
            answered = sum(rank is not None and rank != UNANSWERED for rank in asked)
            return rounded(Fraction(100 * answered, len(asked)), rule["rounding"])
        weights = self.page.weights(name)
        places = [(weights.get(i, ONE), self.read(i, given, side)) for i, given in self.select(rule["over"], target)]
        known = [(weight, *place) for weight, place in places if place is not None]
        total = sum((weight * grades[rank][1] for weight, rank, grades in known), Fraction(0))
        most = sum((weight * grades[-1][1] for weight, _, grades in known), Fraction(0))
        many = sum((weight for weight, _, _ in known), Fraction(0))
        divided = {"total": Fraction(1), "mean": many, "percentage": most / 100}[rule["kind"]]
        return rounded(total / (divided or 1), rule.get("rounding", "none"))

    # -- conditions ---------------------------------------------------------------------------------------

    def threshold(self, value: object, n: int) -> Fraction:
        if not isinstance(value, dict):
            return Fraction(str(value))
        steps = [(int(start), Fraction(str(amount))) for start, amount in value.get("by_n", {}).items()]
        step = max(((start, amount) for start, amount in steps if start <= n), default=(0, Fraction(0)))[1]
        share = rounded(Fraction(str(value.get("share", 0))) * n, value.get("rounding", "none"))
        return Fraction(str(value.get("plus", 0))) + step + share

    def holds(self, condition: Table, grade: str, target: str, side: int) -> bool:
        if "all_of" in condition:
            return all(self.holds(part, grade, target, side) for part in condition["all_of"])
        if "any_of" in condition:
            return any(self.holds(part, grade, target, side) for part in condition["any_of"])
        if "not" in condition:
            return not self.holds(condition["not"], grade, target, 1 - side)
        if "fact" in condition:
            return self.facts.get(condition["fact"], condition.get("default", False)) is condition.get("is", True)
        if "measure" in condition or "count" in condition:
            return self._compared(condition, grade, target, side)
        over, head = next(
            (condition[key], key) if key != "area" else ({"level": "areas", "only": condition[key]}, "every")
            for key in ("every", "any", "area")
            if key in condition
        )
        if "at_most" in condition:
            wanted = grade if condition["at_most"] == "this" else condition["at_most"]
            above, n = self.counted(over, wanted, target, 1 - side, beyond=True)
            return (above == 0 and (n > 0 or bool(grade))) if head == "every" else above < n
        wanted = condition.get("at_least", "this")  # a notice, which is about no grade, says nothing of nothing
        held, n = self.counted(over, grade if wanted == "this" else wanted, target, side)
        return (held == n and (n > 0 or bool(grade))) if head == "every" else held > 0

    def _compared(self, condition: Table, grade: str, target: str, side: int) -> bool:
        word = next(w for w in ("at_least", "more_than", "at_most", "less_than") if w in condition)
        side = side if word in ("at_least", "more_than") else 1 - side
        over: object = condition.get("count")
        if "measure" in condition:
            value = self.measured(condition["measure"], target, side)
        else:
            wanted = condition.get("grade", "this")
            value = Fraction(self.counted(over, grade if wanted == "this" else wanted, target, side)[0])
        n = self.many(condition["measure"], target) if "measure" in condition else len(self.present(over, target))
        limit = self.threshold(condition[word], n)
        return {
            "at_least": value >= limit,
            "more_than": value > limit,
            "at_most": value <= limit,
            "less_than": value < limit,
        }[word]


def _list(value: object) -> list[str]:
    return [value] if isinstance(value, str) else [str(item) for item in value] if isinstance(value, list) else []
