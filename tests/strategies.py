"""Random values of the model, small and valid, for property tests."""

from __future__ import annotations

import datetime as dt
import string
from collections.abc import Callable
from typing import TypeVar, get_args

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import careassure as ca
from careassure.errors import CareAssureError
from careassure.methods.method import Method
from careassure.model.assessment import Assessment, AssessmentKind, Disagreement, Stated
from careassure.model.council import Body, Council
from careassure.model.dates import PartialDate
from careassure.model.evidence import Claim, Evidence
from careassure.model.framework import Framework
from careassure.model.reference import Confidence
from careassure.model.scale import NOT_RATED_REASONS, Grade, NotRated, Scale
from careassure.model.statements import EvidenceCategory, Part, Statement, Theme
from careassure.plugins.host import PluginHost

_KEYS = [
    first + rest for rest in ("", "0", "_x", "a", "_2", "y_z", "_of_it", "b_9c") for first in string.ascii_lowercase
]
_VALUES = [(1, 2, 3, 4, 5, 6), (0, 1, 2, 3, 4, 5), (1, 2, 4, 8, 9, 12), (0, 2, 7, 8, 9, 10)]
_STATES = [NotRated(reason) for reason in NOT_RATED_REASONS]
_WORDS = [
    "",
    "Plain words",
    "A sentence, with a comma. And another: it's here",
    'She said "no"',
    "back\\slash \\n \\u0041",
    "two\nlines\r\nand a\ttab",
    " spaces ",
    "\x00\x1f\x7f\x85\u2028",
    "Ünïcödé 社会 \U0001f9d3",
    "\ufeff[table] = 'x' # no comment",
    "'''\"\"\"",
    "x" * 120,
]
_EXAMPLES = settings.default.max_examples if settings.default else 60
few = settings(max_examples=max(1, _EXAMPLES // 3))
"""For properties whose examples take long: a third of what the profile asks for."""
CQC_VERSIONS = ("2023", "direct")


T = TypeVar("T")


def tried(call: Callable[[], T]) -> T | CareAssureError:
    """What a call gives, or the library's own error; any other error is not caught."""
    try:
        return call()
    except CareAssureError as error:
        return error


def built_in_methods() -> tuple[Method, ...]:
    """CQC's method for councils in both versions: ``evidence-category`` and ``single-word``."""
    return tuple(item.method for item in PluginHost(discover=False).scorers() if item.method is not None)


def texts(*, min_size: int = 0, max_size: int = 30) -> SearchStrategy[str]:
    """Text with anything in it that UTF-8 can hold: control characters, quotes, other scripts."""
    return st.text(
        st.characters(exclude_categories=["Cs"]) | st.sampled_from("\"'\\\n\r\t#=[]{}\x00\x7f\u2028"),
        min_size=min_size,
        max_size=max_size,
    )


def words() -> SearchStrategy[str]:
    """Text from a short list, plain and awkward: quicker than `texts` where a value has many fields of text."""
    return st.sampled_from(_WORDS)


def keys() -> SearchStrategy[str]:
    """Names in code, such as ``a_b2``: lower-case letters, digits and underscores."""
    return st.sampled_from(_KEYS)


def dates() -> SearchStrategy[dt.date]:
    """Days between 1900 and 2100, with ends of months and leap days as likely as they are."""
    return st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn, days: SearchStrategy[dt.date] | None = None) -> PartialDate:
    """Years, months of years, and days."""
    day = draw(dates() if days is None else days)
    return PartialDate(*(day.year, day.month, day.day)[: draw(st.integers(1, 3))])


@st.composite
def scales(draw: st.DrawFn, id: str | None = None) -> Scale:
    """Scales of two to six grades with rising values, numeric or not."""
    names = draw(st.lists(keys(), min_size=2, max_size=6, unique=True))
    values = draw(st.sampled_from(_VALUES))[: len(names)]
    return Scale.of(
        id or draw(keys()),
        draw(words()),
        *[(f"g_{name}", f"Grade {name}", value) for name, value in zip(names, values, strict=True)],
        numeric=draw(st.booleans()),
    )


def grades(scale: Scale) -> SearchStrategy[Grade]:
    """The grades of a scale."""
    return st.sampled_from(scale.grades)


def not_rated() -> SearchStrategy[NotRated]:
    """Every state of carrying no grade."""
    return st.sampled_from(_STATES)


@st.composite
def frameworks(draw: st.DrawFn, *, parts: bool | None = None) -> Framework:
    """Small frameworks: one to three themes, one to six statements, some made of parts, one or two scales.

    Args:
        draw: Given by Hypothesis.
        parts: Whether statements may be made of parts; chosen by chance where None.
    """
    found = draw(st.lists(scales(), min_size=1, max_size=2, unique_by=lambda scale: scale.id))
    names = draw(st.lists(keys(), min_size=2, max_size=9, unique=True).filter(lambda names: "overall" not in names))
    split = draw(st.integers(1, min(3, len(names) - 1)))
    with_parts = draw(st.booleans()) if parts is None else parts
    statements = [_statement(draw, name, found, with_parts=with_parts) for name in names[split:]]
    categories = draw(st.lists(keys(), max_size=3, unique=True))
    return Framework(
        id=draw(keys()),
        version=draw(st.sampled_from(["1", "2023", "direct"])),
        title=draw(words().filter(bool)),
        publisher="Someone",
        scales=tuple(found),
        score_scale=found[0].id,
        themes=tuple(
            Theme(name, f"Theme {name}", tuple(statements[index::split])) for index, name in enumerate(names[:split])
        ),
        categories=tuple(EvidenceCategory(name, f"Category {name}") for name in categories),
        subject="provider",
    )


def _statement(draw: st.DrawFn, name: str, found: list[Scale], *, with_parts: bool) -> Statement:
    parts = draw(st.lists(keys(), max_size=3, unique=True)) if with_parts else []
    scale = draw(st.sampled_from(["", *(item.id for item in found)]))
    return Statement(name, f"Statement {name}", parts=tuple(Part(part, f"Part {part}") for part in parts), scale=scale)


def cqc_frameworks() -> SearchStrategy[Framework]:
    """CQC's framework for local authorities in both versions."""
    return st.sampled_from([ca.framework("cqc-la", version) for version in CQC_VERSIONS])


def councils() -> SearchStrategy[Council]:
    """The 153 councils."""
    return st.sampled_from(ca.councils())


def bodies() -> SearchStrategy[Body]:
    """Assessed bodies that are not councils."""
    return st.builds(Body, words(), words(), words().filter(bool))


def facts() -> SearchStrategy[dict[str, bool]]:
    """What is so beside the scores."""
    return st.dictionaries(keys() | texts(min_size=1, max_size=6), st.booleans(), max_size=3)


@st.composite
def scores(draw: st.DrawFn, framework: Framework, *, complete: bool = False) -> dict[str, object]:
    """Scores by statement: grades, states and None; for a statement made of parts a mapping or one score.

    Args:
        draw: Given by Hypothesis.
        framework: What is scored.
        complete: Whether every score is a grade.
    """

    def one(leaf: str) -> SearchStrategy[object]:
        found = framework.scale_of(leaf).grades
        return st.sampled_from(found if complete else [*found, *found, None, None, *_STATES])

    found: dict[str, object] = {}
    for statement in framework.statements:
        inside: int = draw(st.integers(0, 3))
        if statement.parts and inside:
            found[statement.id] = {part.id: draw(one(f"{statement.id}/{part.id}")) for part in statement.parts}
        else:
            found[statement.id] = draw(one(statement.id))
    return found


@st.composite
def evidence(draw: st.DrawFn, framework: Framework, id: str = "e1") -> Evidence:
    """Something found, for one or more statements of a framework."""
    statements = [statement.id for statement in framework.statements]
    about = draw(st.lists(st.sampled_from(statements), min_size=1, max_size=3, unique=True))
    claimed = draw(st.lists(st.sampled_from(about), max_size=2, unique=True))
    return Evidence(
        id,
        draw(words()),
        draw(st.sampled_from([category.id for category in framework.categories if category.accepted] or ["any"])),
        tuple(about),
        draw(words()),
        draw(st.none() | partial_dates()),
        role=draw(words()),
        strength=draw(st.sampled_from(["", "weak", "moderate", "strong"])),
        says=tuple(Claim(name, draw(st.sampled_from([g.key for g in framework.scale_of(name)]))) for name in claimed),
        attachments=tuple(draw(st.lists(words(), max_size=2))),
        indicator=draw(words()),
        cases=tuple(draw(st.lists(keys(), max_size=2))),
        added=draw(st.none() | partial_dates()),
    )


def disagreements(framework: Framework) -> SearchStrategy[Disagreement]:
    """Figures on which two sources differ."""
    fields = [*(statement.id for statement in framework.statements), "rating", "score"]
    return st.builds(
        Disagreement, st.sampled_from(fields), words(), words(), resolved=st.booleans(), source=words(), note=words()
    )


def stated(framework: Framework) -> SearchStrategy[Stated]:
    """Printed results; the rating is of the first scale on which ratings are looked for."""
    rating = min(framework.scales, key=lambda scale: scale.id == framework.score_scale)
    return st.builds(Stated, st.none() | grades(rating), st.none() | st.integers(0, 100))


@st.composite
def assessments(
    draw: st.DrawFn, framework: Framework | SearchStrategy[Framework] | None = None, *, complete: bool = False
) -> Assessment:
    """Assessments with every field in use: missing scores, states, facts, evidence, dates, disagreements.

    Args:
        draw: Given by Hypothesis.
        framework: What is scored, or a strategy for it; CQC's in both versions where None.
        complete: Whether every score is a grade.
    """
    used = framework if isinstance(framework, Framework) else draw(cqc_frameworks() if framework is None else framework)
    first, last = sorted(draw(st.tuples(dates(), dates())))
    count = draw(st.integers(0, 2))
    return Assessment.of(
        draw(councils() | bodies() if used.subject == "council" else bodies()),
        draw(scores(used, complete=complete)),
        framework=used,
        facts=draw(facts()),
        evidence=[draw(evidence(used, f"e{number}")) for number in range(count)],
        kind=draw(st.sampled_from(get_args(AssessmentKind))),
        id=draw(words()),
        assessed=draw(st.none() | partial_dates(st.just(first))),
        published=draw(st.none() | partial_dates(st.just(last))),
        stated=draw(stated(used)),
        indicative=draw(st.booleans()),
        withdrawn=draw(st.none() | partial_dates()),
        supersedes=draw(st.sampled_from(["", "another"])),
        confidence=draw(st.sampled_from(get_args(Confidence))),
        licence=draw(words()),
        sources=draw(st.lists(words(), max_size=2)),
        notes=draw(words()),
        disagreements=draw(st.lists(disagreements(used), max_size=2)),
    )
