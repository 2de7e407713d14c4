"""A method at one point: every ladder climbed, one rung after the other, as the page of the method file says.

Part of the second reading of the method file, see ``evaluator``. Nothing of the library is used.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from differential.pages import (
    HUNDRED,
    OUT,
    Area,
    Cell,
    NotNestedError,
    Place,
    Reading,
    Scale,
    Table,
    compares,
    rank,
    rounded,
    texts,
    threshold,
)


@dataclass(frozen=True)
class Point:
    """One way in which everything could be: a cell for each leaf, for statements given as a whole, and the facts."""

    cells: Mapping[str, Cell]
    wholes: Mapping[str, Cell]
    facts: Mapping[str, bool]


class Climbed(NamedTuple):
    """What the ladders of a node give at a point; ``None`` for a ladder that the node does not have."""

    must: int
    may: int
    suggest: int | None


class Choices:
    """Which grade judgement gives to each node where it decides: every combination, one run after the other."""

    def __init__(self) -> None:
        self.path: list[tuple[int, int]] = []
        self.place = 0

    def choose(self, options: int) -> int:
        """One of so many options."""
        if self.place == len(self.path):
            self.path.append((0, options))
        self.place += 1
        return self.path[self.place - 1][0]

    def advance(self) -> bool:
        """Go on to the next combination; false when there is none."""
        while self.path and self.path[-1][0] + 1 == self.path[-1][1]:
            self.path.pop()
        if not self.path:
            return False
        chosen, options = self.path[-1]
        self.path[-1] = (chosen + 1, options)
        self.place = 0
        return True


Pick = Callable[[int, int], int]
Remembered = dict[tuple[Any, ...], Climbed | NotNestedError]


class Run:
    """One look at a method at one point; what judgement chose stays the same within it."""

    def __init__(self, judge: Reading, point: Point, pick: Pick, remembered: Remembered) -> None:
        self.judge = judge
        self.point = point
        self.pick = pick
        self.remembered = remembered
        self.known: dict[str, Cell] = {}
        self.climbed: dict[str, Climbed] = {}

    def leaf(self, leaf_id: str) -> Cell:
        """The score of a statement or of one of its parts."""
        return self.point.cells[leaf_id]

    def area(self, area_id: str) -> Cell:
        """The grade of a theme or statement."""
        if area_id not in self.known:
            self.known[area_id] = self._area(area_id)
        return self.known[area_id]

    def _area(self, area_id: str) -> Cell:
        area = self.judge.areas[area_id]
        node = self.judge.node_for(area_id)
        if area_id in self.point.wholes:
            return self.point.wholes[area_id]
        if not self.judge.grades(node):
            return self.leaf(area.leaves[0])
        assert node is not None
        if self.bare(area_id):
            return OUT
        climbed = self.climb(area_id)
        chosen = climbed.must
        if climbed.may > climbed.must:
            chosen = self.pick(climbed.must, climbed.may)
        return Cell(chosen, self.answered(area))

    def bare(self, place: str) -> bool:
        """Whether everything at which the rules of a place look is left out: then it carries no grade either."""
        looks = [*self.judge.looks_at(place), *self.judge.prints_of(place)]
        return bool(looks) and all(self.cell(each).rank is None for each in looks)

    def answered(self, area: Area) -> bool:
        """Whether anything below carries a grade."""
        below = [area.id] if area.level == "statement" else area.statements
        for statement in below:
            if statement in self.point.wholes:
                if self.point.wholes[statement].answered:
                    return True
            elif any(self.leaf(leaf).answered for leaf in self.judge.areas[statement].leaves):
                return True
        return False

    # ------------------------------------------------------------ ladders

    def climb(self, place: str) -> Climbed:
        """What the ladders of a node give: of a theme, a statement, or ``overall``."""
        if place not in self.climbed:
            key = self.seen_from(place)
            if key not in self.remembered:
                try:
                    self.remembered[key] = self._climb(place)
                except NotNestedError as error:
                    self.remembered[key] = error
            known = self.remembered[key]
            if isinstance(known, NotNestedError):
                raise NotNestedError(*known.args)
            self.climbed[place] = known
        return self.climbed[place]

    def seen_from(self, place: str) -> tuple[Any, ...]:
        """Everything on which the grade of a place can hang: what is the same from there need not be tried again."""
        looks = dict.fromkeys([*self.judge.looks_at(place), *self.judge.prints_of(place)])
        return (place, tuple(self.cell(each) for each in looks), tuple(self.point.facts.items()))

    def _climb(self, place: str) -> Climbed:
        node = self.judge.node_for(place)
        assert node is not None
        if "must" not in node:
            plain = self._ladder(node, node, place)
            return Climbed(plain, plain, None)
        must = self._ladder(node, node["must"], place)
        may = self._ladder(node, node["may"], place)
        suggest = self._ladder(node, node["suggest"], place) if "suggest" in node else None
        if must > may:
            raise NotNestedError(place, "must")
        return Climbed(must, may, suggest)

    def _ladder(self, node: Table, ladder: Table, place: str) -> int:
        scale = self.judge.scales[node["scale"]]
        holds = []
        for grade in scale[1:]:
            held = self._rung(ladder, scale, grade.key, place)
            for limit in ladder.get("limits", ()):
                held = self._limited(limit, scale, grade.key, place, held=held)
            holds.append(held)
        for lower, higher in itertools.pairwise(holds):
            if higher and not lower:
                raise NotNestedError(place)
        return sum(holds)

    def _rung(self, ladder: Table, scale: Scale, key: str, place: str) -> bool:
        if "bands" in ladder:
            bands = ladder["bands"]
            value, n = self.measure(bands["measure"], place)
            return value >= threshold(bands[key], n)
        for rung in ladder["rungs"]:
            if rung["grade"] == key:
                return self.holds(rung["when"], place, key)
        raise AssertionError(scale)

    def _limited(self, limit: Table, scale: Scale, key: str, place: str, *, held: bool) -> bool:
        here = rank(scale, key)
        if "cap" in limit:
            return held and not (here > rank(scale, limit["cap"]) and self.holds(limit["when"], place, limit["cap"]))
        if "floor" in limit:
            return held or (here <= rank(scale, limit["floor"]) and self.holds(limit["when"], place, limit["floor"]))
        return held and all(self.reaches(("area", area), key) for area in texts(limit["not_above"]))

    # --------------------------------------------------------- conditions

    def cell(self, place: Place) -> Cell:
        """The cell of an input."""
        kind, name = place
        return self.leaf(name) if kind == "leaf" else self.area(name)

    def inputs(self, selection: Any, place: str) -> list[Place]:
        """The inputs that are left: what the method leaves out is gone."""
        return [each for each in self.judge.select(selection, place) if self.cell(each).rank is not None]

    def reaches(self, place: Place, key: str) -> bool:
        """Whether an input is at least a grade; what is left out is no hindrance."""
        at = self.cell(place).rank
        return at is None or at >= rank(self.judge.scale_at(place), key)

    def exceeds(self, place: Place, key: str) -> bool:
        """Whether an input is above a grade."""
        at = self.cell(place).rank
        return at is not None and at > rank(self.judge.scale_at(place), key)

    def holds(self, condition: Table, place: str, this: str | None) -> bool:
        """Whether a condition holds at a node; ``this`` is the grade of the rung or limit in which it stands.

        In a flag, which has no such grade, "every one" says nothing of inputs that were all left out.
        """
        if "all_of" in condition:
            return all(self.holds(each, place, this) for each in condition["all_of"])
        if "any_of" in condition:
            return any(self.holds(each, place, this) for each in condition["any_of"])
        if "not" in condition:
            return not self.holds(condition["not"], place, this)
        if "fact" in condition:
            told = self.point.facts.get(condition["fact"], condition.get("default", False))
            return bool(told) == bool(condition.get("is", True))
        if "measure" in condition:
            value, n = self.measure(condition["measure"], place)
            return compares(condition, value, n)
        if "count" in condition:
            inputs = self.inputs(condition["count"], place)
            key = self._grade(condition.get("grade", "this"), this)
            return compares(condition, Fraction(sum(self.reaches(each, key) for each in inputs)), len(inputs))
        if "area" in condition:
            inputs = [("area", area) for area in texts(condition["area"]) if self.area(area).rank is not None]
        else:
            inputs = self.inputs(condition.get("every", condition.get("any")), place)
        if "at_most" in condition:
            key = self._grade(condition["at_most"], this)
            found = [not self.exceeds(each, key) for each in inputs]
        else:
            key = self._grade(condition.get("at_least", "this"), this)
            found = [self.reaches(each, key) for each in inputs]
        if "any" in condition:
            return any(found)
        return all(found) and (bool(found) or this is not None)

    @staticmethod
    def _grade(key: str, this: str | None) -> str:
        if key == "this":
            assert this is not None
            return this
        return key

    # ----------------------------------------------------------- measures

    def exact(self, name: str, place: str) -> tuple[Fraction, int]:
        """The number before it is rounded, and how many inputs it has. A number over nothing is 0."""
        measure = self.judge.measures[name]
        kind = measure["kind"]
        if kind == "answered":
            every = self.judge.select(measure["over"], place)
            replies = sum(self.cell(each).answered for each in every)
            return Fraction(HUNDRED * replies, len(every)), len(every)
        inputs = self.inputs(measure["over"], place)
        n = len(inputs)
        if kind in {"count", "share"}:
            reached = sum(self.reaches(each, measure["grade"]) for each in inputs)
            if kind == "count":
                return Fraction(reached), n
            return (Fraction(HUNDRED * reached, n) if n else Fraction(0)), n
        total: Fraction | int = 0
        most: Fraction | int = 0
        weighed: Fraction | int = 0
        for each in inputs:
            scale = self.judge.scale_at(each)
            weight = self.judge.weight(name, each[1])
            at = self.cell(each).rank
            assert at is not None
            total += weight * scale[at].value
            most += weight * scale[-1].value
            weighed += weight
        if kind == "total":
            return Fraction(total), n
        over = most if kind == "percentage" else weighed
        if over == 0:
            return Fraction(0), n
        return Fraction(total * (HUNDRED if kind == "percentage" else 1)) / over, n

    def measure(self, name: str, place: str) -> tuple[Fraction, int]:
        """The number as it is compared."""
        value, n = self.exact(name, place)
        return rounded(value, self.judge.measures[name].get("rounding", "none")), n
