"""Assessments: what was found about one council under one version of a framework."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack, get_args, get_origin, get_type_hints

from attrs import frozen

from careassure.errors import CareAssureError, InvalidAssessmentError, Place, Problem
from careassure.model.arguments import explained
from careassure.model.council import Body, Council
from careassure.model.dates import DateInput, PartialDate
from careassure.model.evidence import Evidence, evidence_problems
from careassure.model.framework import Framework
from careassure.model.ids import as_text, shown
from careassure.model.marks import Score, ScoreInput, expected_leaves, read_marks
from careassure.model.reference import Confidence
from careassure.model.scale import Grade, NotRated
from careassure.model.scores import Scores
from careassure.model.showing import clipped, short_repr
from careassure.model.statements import Context
from careassure.model.text import hint_for, join

if TYPE_CHECKING:
    from collections.abc import Iterator

AssessmentKind = Literal["published", "self", "peer", "mock"]


@frozen
class Stated:
    """The result that the body which assessed has itself printed.

    Args:
        rating: The printed overall grade; None where none was seen.
        score: The printed score out of 100; None where none was seen.
    """

    rating: Grade | None = None
    score: int | None = None

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """What was printed, in words; empty where neither was seen."""
        if self.score is None:
            return str(self.rating) if self.rating else ""
        return f"{self.rating or 'no rating seen'}, {self.score} out of 100"


@frozen
class Disagreement:
    """A figure on which two sources differ.

    Args:
        field: A statement id, ``rating`` or ``score``.
        used: What is used here.
        other: What the other source says; empty where it leaves a blank.
        resolved: Whether it is known which is right.
        source: Where the other figure stands.
        note: Why the one in use was chosen.
    """

    field: str
    used: str
    other: str
    resolved: bool = False
    source: str = ""
    note: str = ""

    __repr__ = short_repr


class AssessmentFields(TypedDict, total=False):
    """What `Assessment.of` takes by name beside the scores: the other fields of an `Assessment`."""

    evidence: list[Evidence] | tuple[Evidence, ...]
    kind: AssessmentKind
    id: str
    assessed: DateInput | None
    published: DateInput | None
    stated: Stated
    indicative: bool
    withdrawn: DateInput | None
    supersedes: str
    confidence: Confidence
    licence: str
    sources: list[str] | tuple[str, ...]
    notes: str
    disagreements: list[Disagreement] | tuple[Disagreement, ...]


@explained
@frozen
class Assessment:
    """What was found about one council: a score, a state, or nothing known for each thing that is scored.

    Make one with `of`, which takes names and numbers.

    Args:
        council: Who was assessed.
        framework: The version of the framework that was used.
        marks: Pairs of a leaf id and its `Score`, one for each leaf of the framework, in its order. A
            statement that is made of parts may be marked as a whole instead.
        facts: Pairs of a fact's name and whether it holds, sorted by name.
        evidence: What was found, in support of the scores.
        kind: ``published``, ``self``, ``peer`` or ``mock``.
        id: A name by which another assessment can refer to this one.
        assessed: When the assessment was made.
        published: When its result was published.
        stated: The result that was printed with it.
        indicative: Whether the result was marked as indicative only, as in a pilot.
        withdrawn: When the report was withdrawn.
        supersedes: The id of the assessment whose result this one replaces.
        confidence: How sure the figures are.
        licence: The licence of the figures.
        sources: Where the figures stand.
        notes: What a reader should know.
        disagreements: Where sources differ.

    Raises:
        InvalidAssessmentError: Anything that does not fit, all at once.
    """

    council: Council | Body
    framework: Framework
    marks: tuple[tuple[str, Score], ...]
    facts: tuple[tuple[str, bool], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    kind: AssessmentKind = "mock"
    id: str = ""
    assessed: PartialDate | None = None
    published: PartialDate | None = None
    stated: Stated = Stated()
    indicative: bool = False
    withdrawn: PartialDate | None = None
    supersedes: str = ""
    confidence: Confidence = "own"
    licence: str = ""
    sources: tuple[str, ...] = ()
    notes: str = ""
    disagreements: tuple[Disagreement, ...] = ()

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise InvalidAssessmentError(f"the assessment of {self.council}", problems)

    @classmethod
    def of(
        cls,
        council: str | Council | Body,
        scores: ScoreInput,
        *,
        framework: str | PathLike[str] | Framework = "cqc-la",
        version: str | None = None,
        facts: Mapping[str, bool] | None = None,
        context: Context = "framework",
        **more: Unpack[AssessmentFields],
    ) -> Assessment:
        """Make an assessment from names, numbers and words.

        Args:
            council: A council's name, alias or ONS code, or a `Council` or `Body`. A name means the council that had it
                on the day of the assessment.
            scores: One for each statement in the framework's order, or a mapping by statement id, title or
                alias. A score is a number or word of its scale, a `Grade`, a `NotRated`, or None where it is
                not known. Where a statement is made of parts, give a mapping by part or the statement's score.
            framework: A framework, its id, or its file.
            version: The framework's version; the newest where it is left out.
            facts: What is so beside the scores, such as ``{"breach": True}``.
            context: Where the names of statements were met, see `Framework.resolve`.
            **more: Any other field of the class, see `AssessmentFields`; dates may be text.

        Raises:
            CareAssureError: An unknown council or framework.
            InvalidAssessmentError: Everything that is wrong with the rest, at once.
        """
        from careassure.api.lookup import find_framework, find_subject

        found = find_framework(framework, version)
        problems: list[Problem] = []
        misfits: list[Problem] = []
        fields = _fields({**more}, misfits)
        subject = find_subject(council, found, fields.get("assessed") or fields.get("published"))
        marks = read_marks(found, scores, problems, context)
        problems += misfits
        if not isinstance(facts, Mapping | None):
            problems.append(Problem("facts", f"{shown(facts)} is not a mapping", 'Give one such as {"breach": True}'))
        told = facts.items() if isinstance(facts, Mapping) else ()
        given = tuple(sorted(told, key=lambda fact: as_text(fact[0])))
        try:
            made = cls(subject, found, marks, facts=given, **fields)
        except InvalidAssessmentError as error:
            raise InvalidAssessmentError(f"the assessment of {subject}", [*problems, *error.problems]) from None
        if problems:
            raise InvalidAssessmentError(f"the assessment of {subject}", problems)
        return made

    @cached_property
    def scores(self) -> Scores:
        """The score of each leaf, by its id, in the framework's order. It cannot be changed."""
        return Scores(self.marks)

    @property
    def spans(self) -> dict[str, tuple[Grade, Grade]]:
        """The lowest and the highest grade that each leaf can have, by its id.

        What is not known, or carries a state such as "not judged", can have any grade of its scale.
        """
        scale_of = self.framework.scale_of
        return {
            leaf: (score, score) if isinstance(score, Grade) else (scale_of(leaf).lowest, scale_of(leaf).highest)
            for leaf, score in self.marks
        }

    @property
    def missing(self) -> tuple[str, ...]:
        """The ids of what has no score that is known."""
        return tuple(leaf for leaf, score in self.marks if score is None)

    @property
    def complete(self) -> bool:
        """Whether every score is known."""
        return not self.missing

    @property
    def label(self) -> str:
        """Whom it is about and when, for headings."""
        date = self.published or self.assessed
        return f"{self.council}, {date.words}" if date else str(self.council)

    def to_dict(self) -> dict[str, object]:
        """The assessment as plain values that JSON can hold, in the form ``careassure.assessment/1``."""
        from careassure.model.as_dict import assessment_to_dict

        return assessment_to_dict(self)

    def __repr__(self) -> str:
        values = ", ".join(
            "?" if score is None else str(score.value) if isinstance(score, Grade) else str(score)
            for _, score in self.marks
        )
        about = f"{self.label} ({self.kind}, {self.framework.id} {self.framework.version})"
        return clipped(f"<Assessment {about}: {values}>")

    def _problems(self) -> Iterator[Problem]:
        if not isinstance(self.council, Council | Body):
            yield Problem("council", f"{shown(self.council)} is not a council", "Use Assessment.of, which takes a name")
        yield from self._mark_problems()
        yield from _fact_problems(self.facts)
        names = [as_text(name) for name, _ in self.facts]
        if names != sorted(names):
            yield Problem("facts", "they are not sorted by name", "Use Assessment.of")
        for name, value, allowed in (
            ("kind", self.kind, get_args(AssessmentKind)),
            ("confidence", self.confidence, get_args(Confidence)),
        ):
            if value not in allowed:
                yield Problem(name, f"{shown(value)} is not known", f"Use {join(allowed, 'or')}")
        misfits = list(self._misfits())
        yield from misfits
        if misfits:
            return
        if self.assessed and self.published and self.published.latest < self.assessed.earliest:
            yield Problem("published", f"{self.published} is before the assessment was made ({self.assessed})")
        yield from self._time_problems()
        if self.id and self.id == self.supersedes:
            yield Problem("supersedes", "an assessment cannot supersede itself")
        yield from self._evidence_problems()

    def _time_problems(self) -> Iterator[Problem]:
        day = self.assessed or self.published
        if day is None or not isinstance(self.council, Council) or self.council.stood(day):
            return
        made = "assessed" if self.assessed else "published"
        began, ended = (PartialDate.parse(at) if at else None for at in (self.council.began, self.council.ended))
        when = f"began {began.when}" if began and day.latest < began.earliest else f"ended {ended and ended.when}"
        yield Problem(
            "council",
            f"{self.council} {when}, so it cannot have been {made} {day.when}",
            "Correct the date, or name the council of that day",
        )

    def _misfits(self) -> Iterator[Problem]:
        """Fields that hold something of another type than they should."""
        single, several = _kinds()
        for name, (kind, words) in single.items():
            value = getattr(self, name)
            if not isinstance(value, kind):
                yield Problem(name, f"{shown(value)} should be {words}")
        for name, (item_kind, words) in several.items():
            values = getattr(self, name)
            if not isinstance(values, tuple):
                yield Problem(name, f"{shown(values)} should be a list")
                continue
            for item in values:
                if not isinstance(item, item_kind):
                    yield Problem(name, f"{shown(item)} should be {words}")

    def _mark_problems(self) -> Iterator[Problem]:
        expected = expected_leaves(self.framework, {leaf for leaf, _ in self.marks})
        if tuple(leaf for leaf, _ in self.marks) != expected:
            yield Problem("scores", "there should be one for each thing that is scored, in order", "Use Assessment.of")
            return
        for leaf, score in self.marks:
            if isinstance(score, Grade) and score not in self.framework.scale_of(leaf):
                yield Problem(leaf, f"{score.key} ({score.scale}) is not a grade of its scale")
            elif score is not None and not isinstance(score, Grade | NotRated):
                yield Problem(leaf, f"{shown(score)} is neither a grade, a NotRated nor None", "Use Assessment.of")

    def _evidence_problems(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for item in self.evidence:
            where = f"evidence.{item.id}"
            if item.id in seen:
                yield Problem(where, "this id appears twice")
            seen.add(item.id)
            yield from (
                problem._replace(where=Place(path=where)) for problem in evidence_problems(item, self.framework)
            )


_FIELDS = tuple(AssessmentFields.__annotations__)
_IN_WORDS: dict[object, str] = {str: "text", bool: "true or false", PartialDate: "a date"}


@lru_cache(maxsize=1)
def _kinds() -> tuple[dict[str, tuple[Any, str]], dict[str, tuple[type, str]]]:
    """The fields that hold one value of a type, and those that hold several, as the class says, with words for each.

    Choices between words are apart, and so is what is looked at by itself: who, by what, scores and facts.
    """
    single: dict[str, tuple[Any, str]] = {}
    several: dict[str, tuple[type, str]] = {}
    for name, hint in get_type_hints(Assessment).items():
        inner = get_args(hint)
        if name not in _FIELDS or get_origin(hint) is Literal:
            continue
        if ... in inner:
            several[name] = (inner[0], _in_words(inner[0]))
        else:
            single[name] = (hint, _in_words(inner[0] if inner else hint))
    return single, several


def _in_words(kind: type) -> str:
    return _IN_WORDS.get(kind) or f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"


def _dates() -> set[str]:
    return {name for name, (_, words) in _kinds()[0].items() if words == _IN_WORDS[PartialDate]}


def _fields(given: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    """Fields as they were given by name: lists made tuples, dates read. What is wrong is added to ``problems``."""
    several, dates = _kinds()[1], _dates()
    fields: dict[str, Any] = {
        name: tuple(value) if name in several and isinstance(value, list) else value
        for name, value in given.items()
        if name not in dates
    }
    for name in sorted(dates & given.keys()):
        value = given[name]
        try:
            fields[name] = None if value is None else PartialDate.parse(value)
        except CareAssureError:
            problems.append(
                Problem(name, f"{shown(value)} is not a date", "Write a year, year-month or year-month-day")
            )
    unknown = fields.keys() - set(_FIELDS)
    problems += [Problem(name, "there is no such field", hint_for(name, _FIELDS)) for name in sorted(unknown)]
    return {name: value for name, value in fields.items() if name in _FIELDS}


def _fact_problems(facts: Sequence[tuple[str, bool]]) -> Iterator[Problem]:
    for name, value in facts:
        if not isinstance(name, str):
            yield Problem("facts", f"{shown(name)} should be the name of a fact")
        elif not isinstance(value, bool):
            yield Problem(f"facts.{name}", f"{shown(value)} is neither true nor false")
