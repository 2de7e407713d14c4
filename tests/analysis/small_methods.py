"""Random methods on small frameworks, with one assessment: caps, floors, counts, relative caps, judgement, states."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from careassure.analysis.deciding import ends
from careassure.methods.check import check
from careassure.methods.method import Method
from careassure.methods.scorer import MethodScorer
from careassure.model.assessment import Assessment
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade
from careassure.testing.strategies import assessments, frameworks, methods
from methods.test_random_methods import marked

MOST_LEAVES = 5
"""Everything is tried, so there are few scores."""


@st.composite
def sound_cases(draw: st.DrawFn, *, profiles: int = 5**MOST_LEAVES) -> tuple[Method, Assessment]:
    """A sound method with an assessment, in which scores may be missing or carry a state.

    Half of them are by rules of every kind on places that look at each other; the others are sound by construction,
    with judgement, caps and floors. No framework has more ``profiles`` than that.
    """
    if draw(st.booleans()):
        (frame, table), marks, facts = draw(marked(missing=True).filter(_is_sound))
        return frame.load(table), frame.assessment(marks, facts)
    framework = draw(
        frameworks(max_statements=3).filter(
            lambda found: (
                len(found.leaves) <= MOST_LEAVES
                and prod(len(found.scale_of(leaf)) for leaf in found.leaves) <= profiles
            )
        )
    )
    return draw(methods(framework)), draw(assessments(framework))


def _is_sound(drawn: tuple[Any, Any, dict[str, bool]]) -> bool:
    (frame, table), _, _ = drawn
    return check(frame.load(table), frame.framework).ok


class Asking:
    """A scorer that is written in Python, as far as anyone can see: nobody may look at its rules."""

    def __init__(self, method: Method) -> None:
        self._rules = MethodScorer(method)
        self._told: dict[tuple[Any, ...], Outcome] = {}
        self.name, self.version, self.title = method.id, method.version, method.title
        self.accepts = self._rules.accepts
        self.scales = method.scales

    def score(self, assessment: Assessment, /) -> Outcome:
        """What the method says; the same scores are asked for again and again, and worked out once."""
        key = (assessment.marks, assessment.facts)
        if key not in self._told:
            self._told[key] = self._rules.score(assessment)
        return self._told[key]


def known(assessment: Assessment) -> dict[str, Grade]:
    """The scores that are known."""
    return {leaf: score for leaf, score in assessment.marks if isinstance(score, Grade)}


def with_scores(assessment: Assessment, scores: dict[str, Grade | None]) -> Assessment:
    """The assessment with some other scores."""
    return evolve(assessment, marks=tuple((leaf, scores.get(leaf, score)) for leaf, score in assessment.marks))


def settled_sets(method: Method, assessment: Assessment, place: str, *, parts: bool) -> set[frozenset[str]]:
    """Every set of scores, or of statements with their known parts, with which a place has the same grades."""
    scorer, scores = MethodScorer(method), known(assessment)
    home = {leaf: leaf if parts else leaf.partition("/")[0] for leaf in scores}
    whole = ends(scorer.score(assessment), place)
    names = list(dict.fromkeys(home.values()))
    found: set[frozenset[str]] = set()
    for kept in product((False, True), repeat=len(names)):
        chosen = frozenset(name for name, keep in zip(names, kept, strict=True) if keep)
        tried = with_scores(assessment, {leaf: scores[leaf] if home[leaf] in chosen else None for leaf in scores})
        if ends(scorer.score(tried), place) == whole:
            found.add(chosen)
    return found


def smallest(family: set[frozenset[str]]) -> set[frozenset[str]]:
    """The sets that hold no other set of the family."""
    return {one for one in family if not any(other < one for other in family)}


def hitting(family: set[frozenset[str]]) -> set[frozenset[str]]:
    """The smallest sets that share something with every set of a family, by adding one set after the other."""
    found: set[frozenset[str]] = {frozenset()}
    for one in family:
        found = smallest({other if other & one else other | {name} for other in found for name in one or {""}})
        if not one:
            return set()
    return found
