"""Assessments to try a scorer on: scores and facts alone, as plain as can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain, product
from math import prod

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from careassure.model.assessment import Assessment
from careassure.model.council import Body, Council
from careassure.model.framework import Framework
from careassure.model.marks import Score, expected_leaves
from careassure.model.scale import Grade, NotRated, Scale
from careassure.model.statements import Statement, Theme
from careassure.model.text import plural
from careassure.testing.assessments import marks

SMALL = 300
"""A framework with at most so many combinations of scores is tried with every one."""


def cases(
    framework: Framework,
    facts: tuple[str, ...] = (),
    *,
    missing: bool = False,
    unrated: bool = False,
) -> SearchStrategy[Assessment]:
    """Assessments under a framework.

    Args:
        framework: What is scored.
        facts: The names of facts that may be stated.
        missing: Whether scores may be missing.
        unrated: Whether there may be states instead of grades, and statements marked as a whole.
    """
    return _cases(framework, marks(framework, missing=missing, unrated=unrated, wholes=unrated), facts)


@st.composite
def _cases(
    draw: DrawFn, framework: Framework, marked: SearchStrategy[tuple[tuple[str, Score], ...]], facts: tuple[str, ...]
) -> Assessment:
    scored = dict(draw(marked))
    stated = {name: draw(st.booleans()) for name in facts if draw(st.booleans())}
    return case_of(framework, scored, stated)


def case_of(framework: Framework, scores: Mapping[str, Score], facts: Mapping[str, bool] | None = None) -> Assessment:
    """The assessment with these scores. A statement that has one is marked as a whole, whatever its parts have."""
    wholes = {leaf for leaf in scores if "/" not in leaf}
    leaves = expected_leaves(framework, wholes)
    found = tuple((leaf, scores.get(leaf)) for leaf in leaves)
    return Assessment(subject_of(framework), framework, found, facts=tuple(sorted((facts or {}).items())))


def subject_of(framework: Framework) -> Council | Body:
    """Whom the tried assessments are of: a council where the framework is for councils."""
    return _council() if framework.subject == "council" else Body("example", "An example", framework.subject)


@cache
def _council() -> Council:
    from careassure.catalogue.councils import register

    return register().councils[0]


def described(assessment: Assessment) -> str:
    """The scores and facts of an assessment in a line, for messages."""
    framework = assessment.framework
    by_score: dict[str, list[str]] = {}
    for leaf, score in assessment.marks:
        words = score.key if isinstance(score, Grade) else "missing" if score is None else str(score).lower()
        by_score.setdefault(words, []).append(leaf)
    most = max(by_score, key=lambda words: len(by_score[words]))
    rest = [f"{leaf} {words}" for words, leaves in by_score.items() if words != most for leaf in leaves]
    if len(rest) > 8:
        rest = [f"{plural(len(leaves), 'score')} {words}" for words, leaves in by_score.items() if words != most]
    scores = "; ".join([f"{'all others' if rest else 'every score'} {most}", *rest])
    facts = "".join(f"; {name} is {'so' if value else 'not so'}" for name, value in assessment.facts)
    return f"{framework.id} {framework.version}, {scores}{facts}"


def corners(framework: Framework) -> Iterator[Assessment]:
    """Every combination of scores where they are few; otherwise those at the edges.

    The edges: all scores alike; one alone lowest, highest or missing, for each of a dozen; everything missing or not
    rated; each statement that is made of parts marked as a whole.
    """
    scales = _grades(framework)
    if are_few(framework):
        found = _combinations(scales, [(*grades, None) for grades in scales.values()])
    elif prod(map(len, scales.values())) <= SMALL:
        found = chain(_combinations(scales, list(scales.values())), _edges(scales))
    else:
        found = _edges(scales)
    yield from (case_of(framework, scores) for scores in found)
    yield from (case_of(framework, scores) for scores in _unrated(framework, scales))


_ALONE = 12
Scores = dict[str, Score]
Grades = Mapping[str, tuple[Grade, ...]]


def _grades(framework: Framework) -> Grades:
    return {leaf: framework.scale_of(leaf).grades for leaf in framework.leaves}


def are_few(framework: Framework) -> bool:
    """Whether every combination of scores, also with scores missing, is tried."""
    return prod(len(grades) + 1 for grades in _grades(framework).values()) <= SMALL


def _combinations(scales: Grades, choices: Iterable[tuple[Score, ...]]) -> Iterator[Scores]:
    return (dict(zip(scales, scores, strict=True)) for scores in product(*choices))


def _edges(scales: Grades) -> Iterator[Scores]:
    for rank in range(max(map(len, scales.values()))):
        yield {leaf: grades[min(rank, len(grades) - 1)] for leaf, grades in scales.items()}
    yield dict.fromkeys(scales)
    lowest: Scores = {leaf: grades[0] for leaf, grades in scales.items()}
    highest: Scores = {leaf: grades[-1] for leaf, grades in scales.items()}
    for leaf, grades in list(scales.items())[:: 1 + len(scales) // _ALONE]:
        yield {**lowest, leaf: grades[-1]}
        yield {**highest, leaf: grades[0]}
        yield {**highest, leaf: None}


def _unrated(framework: Framework, scales: Grades) -> Iterator[Scores]:
    yield dict.fromkeys(scales, NotRated())
    yield dict.fromkeys(scales, NotRated("not_applicable"))
    lowest: Scores = {leaf: grades[0] for leaf, grades in scales.items()}
    for leaf in list(scales)[:3]:
        yield {**dict.fromkeys(scales), leaf: NotRated("not_judged")}
        yield {**lowest, leaf: NotRated("not_judged")}
    for statement in framework.statements:
        if statement.parts:
            yield {**lowest, statement.id: framework.scale_of(statement.id).highest}
            yield {**lowest, statement.id: NotRated()}


@cache
def elsewhere() -> Framework:
    """A framework of the kit's own that no scorer can know: one statement, two grades."""
    scale = Scale.of("careassure-kit", "The kit's own scale", ("below", "Below"), ("above", "Above"))
    theme = Theme("kit_theme", "The only theme", (Statement("kit_statement", "The only statement"),))
    return Framework(
        id="careassure-kit",
        version="1",
        title="A framework of the conformance kit",
        publisher="careassure",
        scales=(scale,),
        score_scale=scale.id,
        themes=(theme,),
        subject="example",
    )


def backwards(framework: Framework) -> Framework:
    """The same framework with its themes, statements and parts listed in the opposite order."""
    return evolve(
        framework,
        themes=tuple(
            evolve(
                theme,
                statements=tuple(evolve(s, parts=s.parts[::-1]) for s in theme.statements[::-1]),
            )
            for theme in framework.themes[::-1]
        ),
    )
