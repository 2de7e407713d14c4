"""Random frameworks, and assessments under them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from careassure.model.assessment import Assessment, AssessmentKind, Disagreement, Score, Stated, expected_leaves
from careassure.model.council import Body, Council
from careassure.model.evidence import Evidence
from careassure.model.framework import EvidenceCategory, Framework, Part, Statement, Theme
from careassure.model.reference import Confidence
from careassure.model.scale import Scale
from careassure.testing.values import (
    bodies,
    councils,
    days,
    grades,
    keys,
    partial_dates,
    references,
    scales,
    states,
    texts,
)


@st.composite
def frameworks(
    draw: DrawFn, *, parts: bool | None = None, max_statements: int = 6, one_scale: bool | None = None
) -> Framework:
    """Small frameworks: one to three themes, some statements, some of them made of parts.

    Args:
        draw: Given by Hypothesis.
        parts: Whether statements may be made of parts; either where None.
        max_statements: The most statements.
        one_scale: Whether everything is scored on one scale; either where None.
    """
    ids = draw(st.lists(keys(), min_size=1, max_size=1 if one_scale else 2, unique=True))
    several = tuple(draw(scales(id, max_grades=5)) for id in ids)
    size = draw(st.integers(1, max_statements))
    names = draw(st.lists(keys(), min_size=size + 1, max_size=size + min(3, size), unique=True))
    split = draw(st.booleans()) if parts is None else parts
    statements = [_statement(draw, name, several, split=split) for name in names[:size]]
    homes = names[size:]
    themes = [
        Theme(name, f"Theme {name}", tuple(statements[place :: len(homes)]), tags=draw(_tags()))
        for place, name in enumerate(homes)
    ]
    categories = draw(st.lists(keys(), max_size=2, unique=True))
    return Framework(
        id=draw(keys()),
        version=draw(st.sampled_from(("1", "2", "2023"))),
        title=draw(texts(min_size=1, max_size=12)),
        publisher=draw(texts(max_size=9)),
        scales=several,
        score_scale=several[0].id,
        themes=tuple(themes),
        categories=tuple(EvidenceCategory(name, f"Category {name}") for name in categories),
        subject=draw(st.sampled_from(("service", "provider", "council"))),
        references=tuple(draw(st.lists(references(), max_size=1))),
    )


def _statement(draw: DrawFn, name: str, several: tuple[Scale, ...], *, split: bool) -> Statement:
    inside = draw(st.lists(keys(), max_size=3, unique=True)) if split else []
    own = st.sampled_from(("", *(scale.id for scale in several)))
    parts = tuple(Part(part, f"Part {part}", tags=draw(_tags()), scale=draw(own)) for part in inside)
    return Statement(name, f"Statement {name}", parts=parts, tags=draw(_tags()), scale=draw(own))


def _tags() -> SearchStrategy[tuple[str, ...]]:
    return st.sampled_from(((), ("x",), ("x", "y")))


def cqc_frameworks() -> SearchStrategy[Framework]:
    """CQC's framework for councils in each of its versions."""
    from careassure.catalogue.frameworks import cqc_la

    return st.sampled_from(cqc_la())


def subjects(framework: Framework) -> SearchStrategy[Council | Body]:
    """Whom a framework is for; also bodies where that is a council."""
    return councils() | bodies() if framework.subject == "council" else bodies(framework.subject)


@st.composite
def marks(
    draw: DrawFn,
    framework: Framework,
    *,
    missing: bool = True,
    unrated: bool = True,
    wholes: bool = True,
) -> tuple[tuple[str, Score], ...]:
    """A score for everything that a framework scores.

    The grades of one assessment come from a few grades of each scale, so that all low, all high and nearly equal
    scores are as likely as mixed ones.

    Args:
        draw: Given by Hypothesis.
        framework: What is scored.
        missing: Whether scores may be missing.
        unrated: Whether there may be states such as "not judged" instead of grades.
        wholes: Whether statements that are made of parts may be marked as a whole.
    """
    parted = [statement.id for statement in framework.statements if statement.parts]
    whole: set[str] = draw(st.sets(st.sampled_from(parted))) if wholes and parted and draw(st.booleans()) else set()
    pools = {
        scale.id: st.sampled_from(
            draw(st.lists(grades(scale), min_size=1, max_size=3, unique=True))
            + ([None] if missing and draw(st.booleans()) else [])
        )
        for scale in framework.scales
    }
    found: dict[str, Score] = {leaf: draw(pools[framework.scale_of(leaf).id]) for leaf in _leaves(framework, whole)}
    if unrated:
        for leaf in draw(st.sets(st.sampled_from(sorted(found)), max_size=2)):
            found[leaf] = draw(states())
    return tuple(found.items())


def _leaves(framework: Framework, whole: set[str]) -> tuple[str, ...]:
    return expected_leaves(framework, whole | {s.id for s in framework.statements if not s.parts})


def facts() -> SearchStrategy[dict[str, bool]]:
    """What is so beside the scores."""
    return st.dictionaries(st.just("breach") | keys(), st.booleans(), max_size=2)


@st.composite
def evidence(draw: DrawFn, framework: Framework | None = None, id: str | None = None) -> Evidence:
    """Something found, for one or more statements.

    Args:
        draw: Given by Hypothesis.
        framework: What it bears on; CQC's framework for councils where None.
        id: Its id; any where None.
    """
    used = draw(cqc_frameworks()) if framework is None else framework
    names = [statement.id for statement in used.statements]
    return Evidence(
        draw(keys()) if id is None else id,
        draw(texts()),
        draw(st.sampled_from([category.id for category in used.categories] or ["any"])),
        tuple(draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))),
        draw(texts(max_size=12)),
        draw(st.none() | partial_dates()),
    )


def _disagreements(framework: Framework) -> SearchStrategy[Disagreement]:
    fields = [*(statement.id for statement in framework.statements), "rating", "score"]
    return st.builds(
        Disagreement,
        st.sampled_from(fields),
        texts(max_size=9),
        texts(max_size=9),
        resolved=st.booleans(),
        source=texts(max_size=9),
        note=texts(max_size=9),
    )


def _stated(framework: Framework) -> SearchStrategy[Stated]:
    rating = min(framework.scales, key=lambda scale: scale.id == framework.score_scale)
    return st.builds(Stated, st.none() | grades(rating), st.none() | st.integers(0, 100))


@st.composite
def assessments(
    draw: DrawFn,
    framework: Framework | SearchStrategy[Framework] | None = None,
    complete: bool | None = None,  # noqa: FBT001  (as short to write as it is often needed)
    *,
    facts: Mapping[str, bool] | None = None,
) -> Assessment:
    """Assessments with every field in use.

    Args:
        draw: Given by Hypothesis.
        framework: What is assessed, or a strategy for it; where None CQC's framework for councils or a small one.
        complete: True: every score is a grade. False: some score is missing. None: anything, with states such as
            "not judged" too.
        facts: The facts beside the scores; any where None.
    """
    if framework is None:
        framework = cqc_frameworks() | frameworks()
    used = framework if isinstance(framework, Framework) else draw(framework)
    found = draw(marks(used, missing=complete is None, unrated=complete is None, wholes=complete is not False))
    if complete is False:
        without = draw(st.sets(st.sampled_from([leaf for leaf, _ in found]), min_size=1))
        found = tuple((leaf, None if leaf in without else score) for leaf, score in found)
    known = draw(_facts()) if facts is None else facts
    first, last = sorted((draw(days()), draw(days())))
    count = draw(st.integers(0, 2))
    return Assessment(
        draw(subjects(used)),
        used,
        found,
        facts=tuple(sorted(known.items())),
        evidence=tuple(draw(evidence(used, f"e{number}")) for number in range(count)),
        kind=draw(st.sampled_from(get_args(AssessmentKind))),
        id=draw(st.sampled_from(("", "this-one")) | texts(min_size=10)),
        assessed=draw(st.none() | partial_dates(st.just(first))),
        published=draw(st.none() | partial_dates(st.just(last))),
        stated=draw(_stated(used)),
        indicative=draw(st.booleans()),
        withdrawn=draw(st.none() | partial_dates()),
        supersedes=draw(st.sampled_from(("", "another"))),
        confidence=draw(st.sampled_from(get_args(Confidence))),
        licence=draw(texts(max_size=9)),
        sources=tuple(draw(st.lists(texts(max_size=12), max_size=2))),
        notes=draw(texts()),
        disagreements=tuple(draw(st.lists(_disagreements(used), max_size=1))),
    )


_facts = facts
