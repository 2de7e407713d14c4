"""What the library says of a random case beside what the independent evaluator says."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import careassure as ca
from careassure.errors import InvalidAssessmentError, InvalidMethodError
from differential.evaluator import Judge, Verdict
from differential.generator import Case

NOBODY = ca.Body("nobody", "Nobody", "team")


@dataclass(frozen=True)
class Loaded:
    """A case as the library read it."""

    framework: Any
    method: Any


def load(case: Case) -> Loaded:
    """Read both files, as a user would."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "framework.toml").write_text(case.framework_text)
        (Path(folder) / "method.toml").write_text(case.method_text)
        versions: Any = ca.read(Path(folder) / "framework.toml")
        (framework,) = (each for each in versions if each.version == case.version)
        return Loaded(framework, ca.read(Path(folder) / "method.toml"))


def said(judge: Judge, scores: Mapping[str, Any]) -> dict[str, Any]:
    """Scores as one writes them: grades by their key, parts inside their statement."""
    found: dict[str, Any] = {}
    for area in judge.statements:
        if area.id in scores and area.parts:
            found[area.id] = _said(area.scale, scores[area.id])
        elif area.parts:
            found[area.id] = {
                leaf.partition("/")[2]: _said(judge.leaves[leaf].scale, scores[leaf]) for leaf in area.leaves
            }
        else:
            found[area.id] = _said(judge.leaves[area.id].scale, scores[area.id])
    return found


def _said(scale: Any, score: Any) -> Any:
    if isinstance(score, int):
        return scale[score].key
    return None if score is None else ca.NotRated(score)


def one(case: Case, judge: Judge, loaded: Loaded, scores: Mapping[str, Any], facts: Mapping[str, bool]) -> list[str]:
    """Differences about one assessment."""
    expected = judge.expected(scores, facts)
    assessment = ca.Assessment.of(NOBODY, said(judge, scores), framework=loaded.framework, facts=dict(facts))
    try:
        outcome: Any = ca.assess(assessment, loaded.method)
    except (InvalidMethodError, InvalidAssessmentError) as error:
        return [] if expected.refused is not False else [f"refused: {error}"]
    if expected.refused is None:
        return []
    if expected.refused:
        return ["not refused"]
    pairs: dict[str, tuple[Any, Any]] = {
        "low": (expected.low, outcome.low and outcome.low.key),
        "high": (expected.high, outcome.high and outcome.high.key),
        "rating": (expected.low if expected.low == expected.high else None, outcome.rating and outcome.rating.key),
        "suggested": (expected.suggested, outcome.suggested and outcome.suggested.key),
        "percentage": (expected.percentage, _span(outcome.percentage_low, outcome.percentage_high)),
        "score": (expected.score, _span(outcome.score_low, outcome.score_high)),
        "flags": (expected.flags, {flag.id: "certain" if flag.certain else "possible" for flag in outcome.flags}),
        "profile": (
            expected.profile,
            {entry.id: (entry.low and entry.low.key, entry.high and entry.high.key) for entry in outcome.profile},
        ),
    }
    if expected.margin_known:
        pairs["margin"] = (expected.margin, (outcome.margin.down, outcome.margin.up))
    found = [f"{name}: {ours} expected, {theirs} given" for name, (ours, theirs) in pairs.items() if ours != theirs]
    if expected.margin_known:
        for name, keys in (("below", expected.below), ("above", expected.above)):
            given = getattr(outcome.margin, name)
            if (given and given.key) not in (keys or {None}):
                found.append(f"{name}: one of {sorted(keys)} expected, {given} given")
    if outcome.trace.audit():
        found.append(f"trace: {outcome.trace.audit()}")
    return found


def _span(low: Any, high: Any) -> tuple[Any, Any] | None:
    return None if low is None and high is None else (low, high)


def checked(judge: Judge, loaded: Loaded) -> tuple[Verdict, list[str], bool]:
    """The verdict by exhaustion, the differences from what the check finds, and whether the check left nothing open."""
    verdict = judge.verdict()
    report: Any = ca.check(loaded.method, loaded.framework)
    failed = [finding for finding in report.findings if finding.verdict == "failed"]
    settled = all(finding.verdict != "open" for finding in report.findings)
    orders = [f for f in failed if "must is above may" in f.what]
    nests = [f for f in failed if f not in orders and ("not nested" in f.what or " where " in f.what)]
    never = [f for f in failed if "never be reached" in f.what]
    found = []
    rest = [f for f in failed if f not in (*nests, *orders, *never)]
    if rest:
        found.append(f"check: {[str(each) for each in rest]} not looked for")
    nested, ordered = verdict.nested, verdict.ordered
    if (nested or ordered) and any(area.parts for area in judge.statements):  # a whole may be what is not nested
        whole = judge.verdict(wholes=True)
        nested, ordered = nested and whole.nested, ordered and whole.ordered
    bad = [str(each) for each in (*nests, *orders)]
    if settled and (nested and ordered) == bool(bad):
        found.append(f"check: nested {nested} and ordered {ordered} expected, {bad} given")
    # With scores left out, one example stands for all that is wrong. Where must is above may in a place below, nothing
    # is said of what the place has; the check names what it meets all the same.
    if settled and not judge.leave_out and nested == bool(nests) and (ordered or not nested):
        found.append(f"check: nested {nested} expected, {bad} given")
    if settled and not judge.leave_out and nested and ordered == bool(orders):
        found.append(f"check: ordered {ordered} expected, {bad} given")
    missing = {
        place: {grade.key for grade in judge.scales[(judge.node_for(place) or {})["scale"]]} - keys
        for place, keys in verdict.reached.items()
    }
    if settled and verdict.nested and verdict.ordered:
        want = any(missing.values())
        if want != bool([f for f in never if ", " not in str(f.where)]):
            found.append(f"check: unreached {missing} expected, {[str(each) for each in never]} given")
    return verdict, found, settled
