"""Random methods, sound by construction, and what they make of random assessments."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from careassure.io.methods import FORMAT, load_method
from careassure.methods.check import check
from careassure.methods.evaluate import evaluate
from careassure.methods.method import Method
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.rounding import ROUNDINGS, apply_rounding
from careassure.model.scale import Scale
from careassure.testing.assessments import assessments, cqc_frameworks, frameworks
from careassure.testing.values import keys

Table = dict[str, Any]

_RULE = {"sentence": "A rule of the scheme.", "reference": "rules"}
_WEIGHTS = (1, 1, 1, 2, 3, 0, "1/2", "2/3")
_MOST_RATINGS = 5
_OWN_SCALE = "drawn-bands"


@st.composite
def schemes(draw: DrawFn, framework: Framework | None = None) -> tuple[Framework, Method]:
    """A framework with a sound method for it.

    Args:
        draw: Given by Hypothesis.
        framework: The framework; where None CQC's for councils or a small one.
    """
    used = draw(cqc_frameworks() | frameworks(max_statements=4)) if framework is None else framework
    return used, draw(methods(used))


@st.composite
def methods(draw: DrawFn, framework: Framework | None = None) -> Method:
    """Methods that are monotone and total, and by which every grade can be reached.

    There are bands over percentages, totals, means, counts and shares, with weights and every rounding; counts of
    scores that reach the grade; the weakest of all; grades of themes or statements that are counted in turn; caps
    and floors on scores and facts; ranges where judgement decides; and methods that give no overall grade. Where a
    cap would put a grade out of reach, the method is drawn without it.

    Args:
        draw: Given by Hypothesis.
        framework: What the methods score; one of the versions of CQC's framework for councils where None.
    """
    used = draw(cqc_frameworks()) if framework is None else framework
    writer = _Writer(draw, used)
    table = writer.table()
    method = load_method(table, scales=used.scales)
    if writer.limited and not check(method, used).ok:
        return load_method(writer.unlimited(table), scales=used.scales)
    return method


@st.composite
def outcomes(draw: DrawFn, framework: Framework | None = None, *, complete: bool | None = None) -> Outcome:
    """What random sound methods make of random assessments: ratings, ranges, and profiles without an overall.

    Args:
        draw: Given by Hypothesis.
        framework: What is assessed; where None CQC's for councils or a small one.
        complete: Whether every score is a grade (True), some score is missing (False), or either.
    """
    used, method = draw(schemes(framework))
    return evaluate(method, draw(assessments(used, complete).filter(lambda one: _takes(method, one))))


def _takes(method: Method, assessment: Assessment) -> bool:
    """Whether a method grades each statement on the scale on which it is given as a whole: it refuses another."""
    framework = assessment.framework
    asked = {node.target: node.scale for node in method.nodes if node.ladders}
    wholes = [s.id for s in framework.statements if s.parts and assessment.scores.get(s.id) is not None]
    scales = {key: framework.scale_of(key).id for key in wholes}
    return all(asked.get(key, asked.get("statements", scale)) == scale for key, scale in scales.items())


class _Writer:
    """Writes one method table."""

    def __init__(self, draw: DrawFn, framework: Framework) -> None:
        self.draw = draw
        self.framework = framework
        by_scale: dict[str, list[str]] = {}
        for leaf in framework.leaves:
            by_scale.setdefault(framework.scale_of(leaf).id, []).append(leaf)
        name = draw(st.sampled_from(sorted(by_scale)))
        self.scale: Scale = framework.scale(name)
        self.leaves: list[str] = by_scale[name]
        self.uniform = len(by_scale) == 1 and all(theme.statements for theme in framework.themes)
        self.scales: Table = {}
        self.measures: Table = {}
        self.limited = False

    # -- the whole ------------------------------------------------------------------------------------

    def table(self) -> Table:
        shapes = [self.banded, self.banded, self.judged, self.counted, self.weakest, self.no_overall]
        if self.uniform:
            shapes.append(self.nested)
        nodes = self.draw(st.sampled_from(shapes))()
        versions = self.draw(st.sampled_from(((), (self.framework.version,))))
        return {
            "format": FORMAT,
            "id": self.draw(keys()).replace("_", "0"),
            "version": self.draw(st.sampled_from(("1", "2025"))),
            "title": "A random method",
            "summary": self.draw(st.sampled_from(("", "What it does."))),
            "framework": self.framework.id,
            "framework_versions": list(versions),
            "not_rated": self.draw(st.sampled_from(("interval", "leave_out"))),
            "references": {"rules": {"title": "The rules", "basis": "ours"}},
            "scales": self.scales,
            "measures": self.measures,
            "nodes": nodes,
            "flags": [self.flag(place) for place in range(self.draw(st.integers(0, 2)))],
        }

    def unlimited(self, table: Table) -> Table:
        nodes = [{key: value for key, value in node.items() if key != "limits"} for node in table["nodes"]]
        return {**table, "nodes": nodes}

    # -- shapes ---------------------------------------------------------------------------------------

    def banded(self) -> list[Table]:
        measure, reached = self.measure()
        starts, scale = self.starts(reached)
        node: Table = {"for": "overall", "scale": scale, "bands": self.bands(measure, scale, starts)}
        if self.measures[measure]["kind"] in ("percentage", "share") and self.draw(st.booleans()):
            node["headline"] = measure
        return [self.with_limits(node)]

    def judged(self) -> list[Table]:
        measure, reached = self.measure()
        must, scale = self.starts(reached)
        room = reached.index(must[0]) - 1
        down = self.draw(st.integers(0, room))
        middle = self.draw(st.integers(0, down))
        places = [reached.index(start) for start in must]
        node: Table = {"for": "overall", "scale": scale}
        for name, shift in (("must", 0), ("may", down), ("suggest", middle)):
            if name != "suggest" or self.draw(st.booleans()):
                starts = [reached[place - shift] for place in places]
                node[name] = {"rungs": self.rungs(name, measure, scale, starts)}
        return [node]

    def counted(self) -> list[Table]:
        """So many scores of at least this grade; for a higher grade no fewer."""
        many = self.draw(_rising(range(1, len(self.leaves) + 1), len(self.scale) - 1))
        whens = [{"count": self.over(), "at_least": least} for least in many]
        return [self.with_limits(self.laddered("overall", whens))]

    def weakest(self) -> list[Table]:
        """Every score has at least this grade."""
        whens = [{"every": self.over()} for _ in self.scale.grades[1:]]
        return [self.with_limits(self.laddered("overall", whens))]

    def nested(self) -> list[Table]:
        """The grades of themes or of statements, counted."""
        target = self.draw(st.sampled_from(("themes", "statements")))
        many = len(self.framework.themes if target == "themes" else self.framework.statements)
        inner = [{"every": "scores"} for _ in self.scale.grades[1:]]
        least: object = self.draw(st.integers(1, many))
        if self.draw(st.booleans()):
            least = {"share": self.draw(st.sampled_from(("1/2", "2/3", 1))), "rounding": "up"}
        whens = [{"count": target, "at_least": least} for _ in inner]
        return [self.laddered(target, inner), self.with_limits(self.laddered("overall", whens))]

    def no_overall(self) -> list[Table]:
        if self.uniform and self.draw(st.booleans()):
            return [self.laddered("themes", [{"every": "scores"} for _ in self.scale.grades[1:]])]
        return []

    def laddered(self, target: str, whens: Iterable[Table]) -> Table:
        rungs = [
            {"id": f"{target}-{grade.key}", "grade": grade.key, "when": when, **_RULE}
            for grade, when in zip(self.scale.grades[1:], whens, strict=True)
        ]
        return {"for": target, "scale": self.scale.id, "rungs": rungs}

    # -- bands ----------------------------------------------------------------------------------------

    def over(self) -> Table:
        return {"level": "scores"} if self.uniform else {"level": "scores", "only": self.leaves}

    def measure(self) -> tuple[str, list[Fraction]]:
        """A measure with the values that it can have, from the least up."""
        kind = self.draw(st.sampled_from(("percentage", "percentage", "total", "mean", "count", "share")))
        rule: Table = {"kind": kind, "over": self.over(), **_RULE}
        weights = dict.fromkeys(self.leaves, Fraction(1))
        at = 0
        if kind in ("count", "share"):
            at = self.draw(st.integers(1, len(self.scale) - 1))
            rule["grade"] = self.scale.grades[at].key
        elif self.draw(st.booleans()):
            written = {leaf: self.draw(st.sampled_from(_WEIGHTS)) for leaf in self.leaves[1:]}
            rule["weights"] = written
            weights |= {leaf: Fraction(str(weight)) for leaf, weight in written.items()}
        sums = _sums(self.scale, weights.values(), at)
        most, count = max(sums), sum(weights.values(), Fraction(0))
        divisor = {"percentage": most / 100, "mean": count, "share": count / 100}.get(kind, Fraction(1))
        exact = sorted(amount / divisor for amount in sums)
        if kind in ("percentage", "mean", "share"):
            rounding = self.draw(st.sampled_from(ROUNDINGS))
            values = sorted({apply_rounding(value, rounding) for value in exact})
            rule["rounding"] = rounding if len(values) > 1 else "none"
            exact = values if len(values) > 1 else exact
        self.measures[kind] = rule
        return kind, exact

    def starts(self, reached: list[Fraction]) -> tuple[list[Fraction], str]:
        """Where the bands of a scale that is made for it begin: each at a value that is reached."""
        most = min(_MOST_RATINGS, len(reached)) - 1
        found = self.draw(st.sets(st.sampled_from(reached[1:]), min_size=1, max_size=most).map(sorted))
        self.scales[_OWN_SCALE] = {
            "title": "Bands",
            "grades": [{"key": f"band{place}", "label": f"Band {place}"} for place in range(len(found) + 1)],
        }
        return found, _OWN_SCALE

    def bands(self, measure: str, scale: str, starts: list[Fraction]) -> Table:
        keys = [grade["key"] for grade in self.scales[scale]["grades"]][1:]
        return {
            "measure": measure,
            "reference": "rules",
            **{key: str(start) for key, start in zip(keys, starts, strict=True)},
        }

    def rungs(self, name: str, measure: str, scale: str, starts: list[Fraction]) -> list[Table]:
        keys = [grade["key"] for grade in self.scales[scale]["grades"]][1:]
        return [
            {"id": f"{name}-{key}", "grade": key, "when": {"measure": measure, "at_least": str(start)}, **_RULE}
            for key, start in zip(keys, starts, strict=True)
        ]

    # -- limits and flags -----------------------------------------------------------------------------

    def with_limits(self, node: Table) -> Table:
        if self.draw(st.integers(0, 2)):
            return node
        self.limited = True
        keys = [grade.key for grade in self.scale] if node["scale"] == self.scale.id else None
        names = keys or [grade["key"] for grade in self.scales[node["scale"]]["grades"]]
        limits: list[Table] = []
        for place in range(self.draw(st.integers(1, 2))):
            kind = self.draw(st.sampled_from(("cap", "cap", "floor")))
            grade = self.draw(st.sampled_from(names[:-1] if kind == "cap" else names[1:]))
            limits.append({"id": f"limit{place}", kind: grade, "when": self.limit_when(kind), **_RULE})
        return {**node, "limits": limits}

    def limit_when(self, kind: str) -> Table:
        lowest, highest = self.scale.lowest.key, self.scale.highest.key
        if self.draw(st.booleans()):
            return {"fact": "breach" if kind == "cap" else "exemplary"}
        if kind == "floor":
            return {"every": self.over(), "at_least": highest}
        return {"any": self.over(), "at_most": lowest}

    def flag(self, place: int) -> Table:
        lowest, highest = self.scale.lowest.key, self.scale.highest.key
        whens: list[Table] = [
            {"any": self.over(), "at_most": lowest},
            {"every": self.over(), "at_least": highest},
            {"fact": "breach", "default": self.draw(st.booleans())},
        ]
        return {"id": f"flag{place}", "when": self.draw(st.sampled_from(whens)), **_RULE}


@st.composite
def _rising(draw: DrawFn, choices: range, size: int) -> list[int]:
    return sorted(draw(st.lists(st.sampled_from(choices), min_size=size, max_size=size)))


def _sums(scale: Scale, weights: Iterable[Fraction], at: int) -> set[Fraction]:
    """Every sum of weighted values, or with ``at`` every count of grades from that rank up."""
    several = list(weights)
    unit = lcm(*(weight.denominator for weight in several))
    values = {int(grade.rank >= at) if at else grade.value for grade in scale}
    sums = {0}
    for weight in several:
        adds = [int(weight * unit) * value for value in values]
        sums = {amount + add for amount in sums for add in adds}
    return {Fraction(amount, unit) for amount in sums}
