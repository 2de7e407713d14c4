"""Random frameworks, and assessments under them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, get_args

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from careassure.model.assessment import Assessment, AssessmentKind, Disagreement, Stated
from careassure.model.council import Body, Council
from careassure.model.dates import PartialDate
from careassure.model.evidence import STRENGTHS, Claim, Evidence
from careassure.model.framework import Framework
from careassure.model.marks import Score, expected_leaves
from careassure.model.reference import Confidence, Reference
from careassure.model.scale import Scale
from careassure.model.statements import EvidenceCategory, Part, Statement, Theme
from careassure.testing.values import (
    bodies,
    councils,
    days,
    grades,
    keys,
    partial,
    partial_dates,
    references,
    scales,
    several_keys,
    states,
    texts,
)

_EITHER = st.booleans()
_TAGS = st.sampled_from(((), ("x",), ("x", "y")))
_SUBJECTS = st.sampled_from(("service", "provider", "council"))
_VERSIONS = st.sampled_from(("1", "2", "2023"))


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
    ids = draw(several_keys(1, 1 if one_scale else 2))
    several = tuple(draw(_scales(name)) for name in ids)
    size = draw(st.integers(1, max_statements))
    names = draw(several_keys(size + 1, size + min(3, size)))
    split = draw(_EITHER) if parts is None else parts
    statements = [_statement(draw, name, several, split=split) for name in names[:size]]
    homes = names[size:]
    return Framework(
        id=draw(keys()),
        version=draw(_VERSIONS),
        title=draw(texts(min_size=1, max_size=12).filter(lambda title: bool(title.strip()))),
        publisher=draw(texts(max_size=9)),
        scales=several,
        score_scale=several[0].id,
        themes=tuple(
            Theme(name, f"Theme {name}", tuple(statements[place :: len(homes)]), tags=draw(_TAGS))
            for place, name in enumerate(homes)
        ),
        categories=tuple(EvidenceCategory(name, f"Category {name}") for name in draw(several_keys(0, 2))),
        subject=draw(_SUBJECTS),
        references=tuple(draw(_few_references())),
    )


def _statement(draw: DrawFn, name: str, several: tuple[Scale, ...], *, split: bool) -> Statement:
    own = st.sampled_from(("", *(scale.id for scale in several)))
    inside = draw(several_keys(0, 3)) if split else []
    parts = tuple(Part(part, f"Part {part}", tags=draw(_TAGS), scale=draw(own)) for part in inside)
    return Statement(name, f"Statement {name}", parts=parts, tags=draw(_TAGS), scale=draw(own))


@lru_cache(maxsize=64)
def _scales(id: str) -> SearchStrategy[Scale]:
    return scales(id, max_grades=5)


@cache
def _few_references() -> SearchStrategy[list[Reference]]:
    return st.lists(references(), max_size=1)


@cache
def cqc_frameworks() -> SearchStrategy[Framework]:
    """CQC's framework for councils in each of its versions."""
    from careassure.catalogue.cqc import cqc_la

    return st.sampled_from(cqc_la())


@lru_cache(maxsize=64)
def subjects(kind: str) -> SearchStrategy[Council | Body]:
    """Whom a framework is for; bodies too where that is a council.

    Args:
        kind: The framework's ``subject``.
    """
    return councils() | bodies() if kind == "council" else bodies(kind)


def standing(kind: str, day: PartialDate | None) -> SearchStrategy[Council | Body]:
    """Whom a framework is for, of councils those that were there on a day; any where no day is known."""
    return subjects(kind).filter(lambda who: day is None or not isinstance(who, Council) or who.stood(day))


@st.composite
def marks(
    draw: DrawFn, framework: Framework, *, missing: bool = True, unrated: bool = True, wholes: bool = True
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
    whole: set[str] = draw(st.sets(st.sampled_from(parted))) if wholes and parted and draw(_EITHER) else set()
    leaves = expected_leaves(framework, whole | {s.id for s in framework.statements if not s.parts})
    scales = {leaf: framework.scale_of(leaf) for leaf in leaves}
    pools = {
        scale.id: st.sampled_from(_pool(draw, scale, missing=missing))
        for scale in {scale.id: scale for scale in scales.values()}.values()
    }
    scored = draw(st.tuples(*[pools[scale.id] for scale in scales.values()]))
    found: dict[str, Score] = dict(zip(scales, scored, strict=True))
    if unrated and draw(_EITHER):
        found |= draw(st.dictionaries(st.sampled_from(leaves), states(), max_size=2))
    # A whole that is not known is not given, in a file as in a mapping: its parts are what is missing.
    given = {name for name, score in found.items() if score is not None}
    return tuple((leaf, found.get(leaf)) for leaf in expected_leaves(framework, given))


def _pool(draw: DrawFn, scale: Scale, *, missing: bool) -> list[Score]:
    """The few grades that the scores on one scale come from; with None among them, or alone, where some are missing."""
    known: list[Score] = [*draw(st.lists(st.sampled_from(scale.grades), min_size=1, max_size=3, unique=True))]
    return draw(st.sampled_from((known, [*known, None], known, [*known, None], [None]))) if missing else known


@cache
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
    names = st.sampled_from([statement.id for statement in used.statements])
    about = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    source, day, more = draw(_sources())
    says = draw(st.sampled_from((0, 0, 1)))
    return Evidence(
        draw(keys()) if id is None else id,
        draw(texts()),
        draw(st.sampled_from([category.id for category in used.categories if category.accepted] or [""])),
        tuple(about),
        source,
        day,
        says=tuple(Claim(name, draw(grades(used.scale_of(name))).key) for name in about[:says]),
        **more,
    )


@cache
def _sources() -> SearchStrategy[tuple[str, PartialDate | None, dict[str, Any]]]:
    """Where evidence is from, when it was found, and, for about half of it, every field beside those."""
    some = texts(max_size=9)
    fields: dict[str, SearchStrategy[Any]] = {
        "role": some,
        "strength": st.sampled_from(("", *STRENGTHS)),
        "attachments": st.lists(some, max_size=2).map(tuple),
        "indicator": some,
        "cases": st.lists(keys(), max_size=2).map(tuple),
        "added": st.none() | partial_dates(),
    }
    return st.tuples(texts(max_size=12), st.none() | partial_dates(), st.just({}) | st.fixed_dictionaries(fields))


@st.composite
def assessments(
    draw: DrawFn,
    framework: Framework | SearchStrategy[Framework] | None = None,
    complete: bool | None = None,
    *,
    facts: Mapping[str, bool] | None = None,
) -> Assessment:
    """Assessments: about half with scores and facts alone, the others with every field in use.

    Args:
        draw: Given by Hypothesis.
        framework: What is assessed, or a strategy for it; where None CQC's framework for councils or a small one.
        complete: True: every score is a grade. False: some score is missing. None: anything, with states such as
            "not judged" too.
        facts: The facts beside the scores; any where None.
    """
    used = framework if isinstance(framework, Framework) else draw(_any_framework() if framework is None else framework)
    found = draw(marks(used, missing=complete is None, unrated=complete is None, wholes=complete is not False))
    if complete is False:
        without = draw(st.sets(st.sampled_from([leaf for leaf, _ in found]), min_size=1))
        found = tuple((leaf, None if leaf in without else score) for leaf, score in found)
    known = draw(_facts()) if facts is None else facts
    more = _fields(draw, used) if draw(_EITHER) else {}
    whom = standing(used.subject, more.get("assessed") or more.get("published"))
    return Assessment(draw(whom), used, found, facts=tuple(sorted(known.items())), **more)


_facts = facts


@st.composite
def beside(draw: DrawFn, framework: Framework) -> dict[str, Any]:
    """Every field of an assessment beside the council, the scores and the facts.

    Args:
        draw: Given by Hypothesis.
        framework: What is assessed.
    """
    return _fields(draw, framework)


@cache
def _any_framework() -> SearchStrategy[Framework]:
    return cqc_frameworks() | frameworks()


def _fields(draw: DrawFn, framework: Framework) -> dict[str, Any]:
    """Every field beside the scores and the facts."""
    rating = min(framework.scales, key=lambda scale: scale.id == framework.score_scale)
    first, last, *known = draw(_spans())
    names = ("rating", "score", *(statement.id for statement in framework.statements))
    differing = draw(st.lists(st.sampled_from(names), max_size=2))
    return {
        **draw(_plain_fields()),
        "evidence": tuple(draw(evidence(framework, f"e{number}")) for number in range(draw(st.integers(0, 2)))),
        "assessed": partial(min(first, last), known[0]) if known[0] else None,
        "published": partial(max(first, last), known[1]) if known[1] else None,
        "stated": Stated(draw(st.none() | grades(rating)), draw(_SCORES)),
        "disagreements": tuple(Disagreement(name, *draw(_differing())) for name in differing),
    }


_SCORES = st.none() | st.integers(0, 100)


@cache
def _spans() -> SearchStrategy[tuple[Any, ...]]:
    """Two days, and how much of each is known: nothing, the year, the month, the day."""
    known = st.sampled_from((0, 1, 2, 3))
    return st.tuples(days(), days(), known, known)


@cache
def _differing() -> SearchStrategy[tuple[Any, ...]]:
    some = texts(max_size=9)
    return st.tuples(some, some, st.booleans(), some, some)


@cache
def _plain_fields() -> SearchStrategy[dict[str, Any]]:
    """The fields that depend on nothing else."""
    fields: dict[str, SearchStrategy[Any]] = {
        "kind": st.sampled_from(get_args(AssessmentKind)),
        "id": st.sampled_from(("", "this-one")) | texts(min_size=10),
        "indicative": st.booleans(),
        "withdrawn": st.none() | partial_dates(),
        "supersedes": st.sampled_from(("", "another")),
        "confidence": st.sampled_from(get_args(Confidence)),
        "licence": texts(max_size=9),
        "sources": st.lists(texts(max_size=12), max_size=2).map(tuple),
        "notes": texts(),
    }
    return st.fixed_dictionaries(fields)
