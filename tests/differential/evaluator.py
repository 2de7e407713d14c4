"""A second reading of the method file: slow, plain, and written from its reference page alone.

It shares no code with the library. It takes the parsed TOML of a framework and of a method, tries every completion of
what is open, and says what the pages of the method file, of the framework file and of the ladder promise. Where the
library and this module differ, one of them has misread the page, or the page is silent.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from differential.climbing import Choices, Climbed, Pick, Point, Remembered, Run
from differential.pages import BLANK, OUT, Cell, NotNestedError, Place, Reading, Scale, Table

Scores = Mapping[str, int | str | None]
"""For each score that is given its rank, for a state its reason, for what is not known None."""
Facts = Mapping[str, bool]
NOT_SHOWN = frozenset({"suppressed"})
"""States that say that a score is not shown: the page calls it not known."""


@dataclass
class Expected:
    """What should come out for one assessment."""

    refused: bool | None  # None: at a completion between the two ends, about which the pages say nothing
    low: str | None = None
    high: str | None = None
    suggested: str | None = None
    percentage: tuple[Fraction, Fraction] | None = None
    score: tuple[int, int] | None = None
    flags: dict[str, str] = field(default_factory=dict)
    profile: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    margin: tuple[int | None, int | None] = (None, None)
    below: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    margin_known: bool = True


class Verdict(NamedTuple):
    """What a check must find."""

    nested: bool
    ordered: bool
    reached: dict[str, set[str]]


class Judge(Reading):
    """A method on one version of a framework, and what should come out."""

    def __init__(self, framework: Table, version: str, method: Table) -> None:
        super().__init__(framework, version, method)
        self.remembered: Remembered = {}

    # -------------------------------------------------------- completions

    def open_cells(self, scores: Scores) -> tuple[Point, list[Place]]:
        """What is settled, and what is open: a leaf, or a statement given as a whole."""
        cells: dict[str, Cell] = {}
        wholes: dict[str, Cell] = {}
        unknown: list[Place] = []
        for leaf in self.leaves.values():
            given = scores.get(leaf.id)
            above = scores.get(leaf.statement) if leaf.id != leaf.statement else None
            if isinstance(given, int):
                cells[leaf.id] = Cell(given, answered=True)
            elif self._left_out(given) or self._left_out(above):
                cells[leaf.id] = OUT
            else:
                cells[leaf.id] = BLANK
                unknown.append(("leaf", leaf.id))
        for area in self.statements:
            given = scores.get(area.id)
            if not area.parts or given is None:
                continue
            if isinstance(given, int):
                wholes[area.id] = Cell(given, answered=True)
            elif self._left_out(given):
                wholes[area.id] = OUT
            else:
                wholes[area.id] = BLANK
                unknown.append(("whole", area.id))
        return Point(cells, wholes, {}), unknown

    def _left_out(self, given: int | str | None) -> bool:
        """Whether a state takes a score out; one that says that a score is not shown does not."""
        return self.leave_out and isinstance(given, str) and given not in NOT_SHOWN

    def completions(self, scores: Scores, facts: Facts) -> Iterator[Point]:
        """Every point that an assessment could turn out to be."""
        base, unknown = self.open_cells(scores)
        options = []
        for each in unknown:
            grades = [Cell(at, answered=True) for at in range(len(self._open_scale(each)))]
            options.append([BLANK, *grades] if self.asks_answered else grades)
        for chosen in itertools.product(*options):
            yield self._filled(base, facts, dict(zip(unknown, chosen, strict=True)))

    def _open_scale(self, place: Place) -> Scale:
        kind, name = place
        return self.leaves[name].scale if kind == "leaf" else self.areas[name].scale

    @staticmethod
    def _filled(base: Point, facts: Facts, cells: Mapping[Place, Cell]) -> Point:
        leaves = {name: cell for (kind, name), cell in cells.items() if kind == "leaf"}
        wholes = {name: cell for (kind, name), cell in cells.items() if kind == "whole"}
        return Point({**base.cells, **leaves}, {**base.wholes, **wholes}, facts)

    @property
    def asks_answered(self) -> bool:
        """Whether any measure looks at who answered."""
        return any(measure["kind"] == "answered" for measure in self.measures.values())

    def ends(self, scores: Scores, facts: Facts) -> tuple[Run, Run]:
        """A run at worst and one at best."""
        base, unknown = self.open_cells(scores)
        best = {each: Cell(len(self._open_scale(each)) - 1, answered=True) for each in unknown}
        low, high = self._filled(base, facts, {}), self._filled(base, facts, best)
        return self._run(low, lambda must, _: must), self._run(high, lambda _, may: may)

    def _run(self, point: Point, pick: Pick) -> Run:
        return Run(self, point, pick, self.remembered)

    def runs(self, point: Point) -> Iterator[Run]:
        """Every run at a point: one for each way in which judgement could decide below the whole."""
        choices = Choices()
        while True:
            yield self._run(point, lambda must, may: must + choices.choose(may - must + 1))
            if not choices.advance():
                return

    # ------------------------------------------------------------- results

    def expected(self, scores: Scores, facts: Facts) -> Expected:  # noqa: C901  (each promise of the pages in turn)
        """What the pages promise for one assessment, by trying everything that could be."""
        if self._unlike(scores):
            return Expected(refused=True)
        try:
            for run in self.ends(scores, facts):
                self._everything(run)
        except NotNestedError:
            return Expected(refused=True)
        result = Expected(refused=False)
        seen: dict[str, list[tuple[int, int]]] = {place: [] for place in (*self.areas, "overall")}
        suggested: set[int] = set()
        flags: dict[str, set[bool]] = {flag["id"]: set() for flag in self.flags}
        headline: list[tuple[Fraction, Fraction]] = []
        for point in self.completions(scores, facts):
            for run in self.runs(point):
                try:
                    for place, span in self._everything(run).items():
                        seen[place].append(span)
                except NotNestedError:
                    return Expected(refused=None)
                if "overall" in run.climbed and (suggest := run.climbed["overall"].suggest) is not None:
                    suggested.add(suggest)
                for flag in self.flags:
                    flags[flag["id"]].add(run.holds(flag["when"], "overall", None))
                name = (self.node_for("overall") or {}).get("headline")
                if name and not run.bare("overall"):
                    headline.append((run.exact(name, "overall")[0], run.measure(name, "overall")[0]))
        for place, spans in seen.items():
            keys: tuple[str | None, str | None] = (None, None)
            if spans:
                scale = self._scale_of(place)
                keys = scale[min(low for low, _ in spans)].key, scale[max(high for _, high in spans)].key
            if place == "overall":
                result.low, result.high = keys
            else:
                result.profile[place] = keys
        if len(suggested) == 1:  # the same whatever is open; and it lies between the two
            lows, highs = zip(*seen["overall"], strict=True)
            result.suggested = self._scale_of("overall")[max(min(lows), min(max(highs), suggested.pop()))].key
        for name, values in flags.items():
            if True in values:
                result.flags[name] = "possible" if False in values else "certain"
        self._headline(result, headline)
        if self._one_grade(scores):
            self._margin(result, scores, facts)
        return result

    def _unlike(self, scores: Scores) -> bool:
        """Whether a statement is given as a whole on another scale than that on which the method grades it."""
        for area in self.statements:
            node = self.node_for(area.id)
            given = isinstance(scores.get(area.id), int) or (
                isinstance(scores.get(area.id), str) and not self._left_out(scores[area.id])
            )
            if area.parts and given and node and self.grades(node) and node["scale"] != area.scale_id:
                return True
        return False

    def _headline(self, result: Expected, found: list[tuple[Fraction, Fraction]]) -> None:
        if not found:
            return
        result.percentage = min(exact for exact, _ in found), max(exact for exact, _ in found)
        measure = self.measures[(self.node_for("overall") or {})["headline"]]
        if measure["rounding"] != "none":
            result.score = int(min(shown for _, shown in found)), int(max(shown for _, shown in found))

    def _scale_of(self, place: str) -> Scale:
        if place == "overall":
            return self.scales[(self.node_for(place) or {})["scale"]]
        return self.scale_at(("area", place))

    def _everything(self, run: Run) -> dict[str, tuple[int, int]]:
        """What every place has at least and at most in one run; a place that has no grade is not there."""
        spans = {place: self._span(run, place) for place in (*self.areas, "overall")}
        return {place: span for place, span in spans.items() if span is not None}

    def _span(self, run: Run, place: str) -> tuple[int, int] | None:
        """What a place has at least and at most in one run; None where it has no grade."""
        graded = self.grades(self.node_for(place))
        if place == "overall":
            climbed = run.climb(place) if graded and not run.bare(place) else None
            return climbed and (climbed.must, climbed.may)
        if self.areas[place].level == "theme" and not graded:
            return None
        at = run.area(place).rank
        if at is None:
            return None
        climbed = run.climb(place) if graded and place not in run.point.wholes else Climbed(at, at, None)
        return climbed.must, climbed.may

    def _faults(self, run: Run) -> Iterator[NotNestedError]:
        """What is wrong at any place in one run, also where another place is wrong as well."""
        for place in (*self.areas, "overall"):
            try:
                self._span(run, place)
            except NotNestedError as error:
                yield error

    # -------------------------------------------------------------- margins

    def judged(self, place: str, wholes: set[str]) -> bool:
        """Whether judgement decides a place or something on which it rests; not where that is given as a whole."""
        node = self.node_for(place)
        if node is None or not self.grades(node) or place in wholes:
            return False
        below = [name for kind, name in self.looks_at(place) if kind == "area"]
        return "must" in node or any(self.judged(name, wholes) for name in below)

    def _one_grade(self, scores: Scores) -> bool:
        """Whether every score is known, the whole looks into nothing hidden, and rules alone decide it."""
        wholes = {area.id for area in self.statements if area.parts and scores.get(area.id) is not None}
        if not self.grades(self.node_for("overall")) or self.judged("overall", wholes):
            return False
        if any(
            leaf.statement not in wholes and not isinstance(scores.get(leaf.id), int) for leaf in self.leaves.values()
        ):
            return False
        return all(isinstance(scores[whole], int) for whole in wholes) and not self._hides("overall", wholes)

    def _hides(self, place: str, wholes: set[str]) -> bool:
        for kind, name in self.looks_at(place):
            if kind == "leaf" and self.leaves[name].statement in wholes and name not in wholes:
                return True
            if kind == "area" and name not in wholes and self.grades(self.node_for(name)) and self._hides(name, wholes):
                return True
        return False

    def _margin(self, result: Expected, scores: Scores, facts: Facts) -> None:
        """The fewest points that, lost or gained, give another grade: by trying every other set of scores."""
        moved = [name for name, given in scores.items() if isinstance(given, int)]
        scales = [self.leaves[name].scale if name in self.leaves else self.areas[name].scale for name in moved]
        now = [given for given in scores.values() if isinstance(given, int)]
        grade = result.low
        best: dict[str, tuple[int, set[str]]] = {}
        for ranks in itertools.product(*(range(len(scale)) for scale in scales)):
            steps = [scale[new].value - scale[old].value for scale, new, old in zip(scales, ranks, now, strict=True)]
            if all(step >= 0 for step in steps):
                way = "up"
            elif all(step <= 0 for step in steps):
                way = "down"
            else:
                continue
            low, high = self.ends({**scores, **dict(zip(moved, ranks, strict=True))}, facts)
            try:
                ends = {run.climb("overall").must for run in (low, high)}
            except NotNestedError:
                result.margin_known = False
                return
            if len(ends) > 1:
                result.margin_known = False
                return
            other = self._scale_of("overall")[ends.pop()].key
            if other == grade:
                continue
            cost = abs(sum(steps))
            known = best.get(way)
            if known is None or cost < known[0]:
                best[way] = cost, {other}
            elif cost == known[0]:
                known[1].add(other)
        down, up = best.get("down"), best.get("up")
        result.margin = down and down[0], up and up[0]
        result.below = frozenset(down[1] if down else ())
        result.above = frozenset(up[1] if up else ())

    # ---------------------------------------------------------------- check

    def fact_settings(self) -> list[dict[str, bool]]:
        """Every way in which the facts can be told, or not be told."""
        names = sorted(set(facts_in(self.method)))
        ways = itertools.product((None, True, False), repeat=len(names))
        return [{name: told for name, told in zip(names, way, strict=True) if told is not None} for way in ways]

    def verdict(self, *, wholes: bool = False) -> Verdict:
        """What a check must find, by exhaustion: nested everywhere, also with scores left out; what can be reached.

        With ``wholes``, statements that are made of parts are also given as a whole: then all their parts are open, at
        worst or at best, or all are left out with it.
        """
        reached: dict[str, set[str]] = {place: set() for place in self.graded()}
        nested = ordered = True
        given = list(self._wholes()) if wholes else [dict[str, Cell]()]
        for facts in self.fact_settings():
            for cells, whole in itertools.product(self._cells(), given):
                if not all(self._goes_with(whole[name], name, cells) for name in whole):
                    continue
                complete = all(cell.answered for cell in cells.values()) and not whole
                for run in self.runs(Point(cells, whole, facts)):
                    crossed = [error.args[1:] == ("must",) for error in self._faults(run)]
                    nested = nested and all(crossed)
                    ordered = ordered and not any(crossed)
                    if crossed:
                        continue
                    if complete:
                        for place, climbed in run.climbed.items():
                            scale = self._scale_of(place)
                            reached[place] |= {grade.key for grade in scale[climbed.must : climbed.may + 1]}
        return Verdict(nested, ordered, reached)

    def _goes_with(self, whole: Cell, statement: str, cells: Mapping[str, Cell]) -> bool:
        """Whether parts are as they are taken where a statement is given as a whole."""
        leaves = self.areas[statement].leaves
        worst = BLANK if self.asks_answered else Cell(0, answered=True)
        best = [Cell(len(self.leaves[leaf].scale) - 1, answered=True) for leaf in leaves]
        found = [cells[leaf] for leaf in leaves]
        return found == [OUT] * len(leaves) if whole.rank is None else found in ([worst] * len(leaves), best)

    def _cells(self) -> Iterator[dict[str, Cell]]:
        options = [self._ways(leaf.scale) for leaf in self.leaves.values()]
        for chosen in itertools.product(*options):
            yield dict(zip(self.leaves, chosen, strict=True))

    def _ways(self, scale: Scale) -> list[Cell]:
        cells = [Cell(at, answered=True) for at in range(len(scale))]
        cells += [BLANK] if self.asks_answered else []
        return cells + ([OUT] if self.leave_out else [])

    def _wholes(self) -> Iterator[dict[str, Cell]]:
        parted = [area for area in self.statements if area.parts]
        fitting = [area for area in parted if not self._unlike({area.id: 0})]
        options = [[None, *self._ways(area.scale)] for area in fitting]
        for chosen in itertools.product(*options):
            yield {area.id: cell for area, cell in zip(fitting, chosen, strict=True) if cell is not None}


def facts_in(value: Any) -> Iterator[str]:
    """Every fact that a method asks for."""
    if isinstance(value, Mapping):
        if isinstance(value.get("fact"), str):
            yield value["fact"]
        for each in value.values():
            yield from facts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from facts_in(each)
