"""Assessments and outcomes from plain tables, strictly: no type is guessed and no key is passed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any, Protocol, TypeVar

from attrs import evolve, field, fields, frozen
from cattrs import Converter, transform_error
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError

from careassure.errors import CareAssureError, InvalidAssessmentError, InvalidInputError, Problem
from careassure.model.assessment import Assessment, Disagreement, Stated, read_marks
from careassure.model.council import Body, Council
from careassure.model.dates import PartialDate
from careassure.model.evidence import Evidence
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome, Profile
from careassure.model.plain import ASSESSMENT_FORMAT, OUTCOME_FORMAT
from careassure.model.scale import Grade, NotRated
from careassure.model.text import join, near
from careassure.model.trace import StepValue


class Lookup(Protocol):
    """How names in a file find what they stand for."""

    def framework(self, id: str, version: str | None, /) -> Framework:  # noqa: A002
        """The framework of that id and version; the newest where the version is None."""
        ...

    def subject(self, name: str, framework: Framework, /) -> Council | Body:
        """Who was assessed."""
        ...


@frozen
class _StatedRecord:
    rating: str = ""
    score: int | None = None


@frozen
class _AssessmentRecord:
    """The form ``careassure.assessment/1`` as it stands in a file."""

    format: str
    council: str
    scores: object
    code: str = ""
    body: str = ""
    framework: str = "cqc-la"
    version: str | None = None
    kind: str = "mock"
    id: str = ""
    assessed: PartialDate | None = None
    published: PartialDate | None = None
    indicative: bool = False
    withdrawn: PartialDate | None = None
    supersedes: str = ""
    confidence: str = "own"
    licence: str = ""
    sources: tuple[str, ...] = ()
    notes: str = ""
    facts: dict[str, bool] = field(factory=dict)
    stated: _StatedRecord = _StatedRecord()
    evidence: tuple[Evidence, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


T = TypeVar("T")
_DERIVED = ("format", "kind", "result", "rating", "score", "percentage")


def assessment_from(data: object, lookup: Lookup, *, where: str = "") -> Assessment:
    """An assessment from the form ``careassure.assessment/1``.

    Raises:
        InvalidAssessmentError: Everything that is wrong, each with its path.
    """
    what = where or "the assessment"
    if isinstance(data, dict) and data.get("format", ASSESSMENT_FORMAT) != ASSESSMENT_FORMAT:
        problem = Problem("format", f"{data['format']!r} is not known", f"This version reads {ASSESSMENT_FORMAT}")
        raise InvalidAssessmentError(what, [problem])
    record = _structure(data, _AssessmentRecord, what)
    problems: list[Problem] = []
    try:
        framework = lookup.framework(record.framework, record.version)
    except CareAssureError as error:
        raise InvalidAssessmentError(what, [Problem("framework", error.message, error.hint)]) from None
    marks = read_marks(framework, record.scores, problems)  # type: ignore[arg-type]
    council = _subject(record, framework, lookup, problems)
    stated = Stated(score=record.stated.score)
    if record.stated.rating:
        try:
            stated = evolve(stated, rating=_rating(framework, record.stated.rating))
        except CareAssureError as error:
            problems.append(Problem("stated.rating", error.message, error.hint))
    if problems or council is None:
        raise InvalidAssessmentError(what, problems)
    names = {item.name for item in fields(Assessment)} & {item.name for item in fields(_AssessmentRecord)}
    names -= {"council", "framework", "facts", "stated"}
    more: dict[str, Any] = {name: getattr(record, name) for name in names}
    try:
        return Assessment(council, framework, marks, tuple(sorted(record.facts.items())), stated=stated, **more)
    except InvalidAssessmentError as error:
        raise InvalidAssessmentError(what, error.problems) from None


def outcome_from(data: object, lookup: Lookup, *, where: str = "") -> Outcome:
    """An outcome from the form ``careassure.outcome/1``.

    Raises:
        InvalidInputError: Everything that is wrong, each with its path.
    """
    what = where or "the outcome"
    if not isinstance(data, dict) or data.get("format") != OUTCOME_FORMAT:
        raise InvalidInputError(what, [Problem("format", "it is not known", f"This version reads {OUTCOME_FORMAT}")])
    converter = _converter().copy()
    converter.register_structure_hook(
        Assessment, lambda value, _: assessment_from(value, lookup, where=f"{what}, assessment")
    )
    return _structure({name: value for name, value in data.items() if name not in _DERIVED}, Outcome, what, converter)


def _subject(
    record: _AssessmentRecord, framework: Framework, lookup: Lookup, problems: list[Problem]
) -> Council | Body | None:
    if record.body:
        return Body(record.code, record.council, record.body)
    try:
        found = lookup.subject(record.council, framework)
        if record.code and record.code != found.code:
            by_code = lookup.subject(record.code, framework)
            if by_code != found:
                problems.append(
                    Problem("code", f"{record.code} is {by_code.name}, not {found.name}", "Correct one of the two")
                )
    except CareAssureError as error:
        problems.append(Problem("council", error.message, error.hint))
        return None
    return found


def _rating(framework: Framework, word: str) -> Grade:
    """The printed rating on whichever of the framework's scales has the word, the score scale last."""
    ordered = sorted(framework.scales, key=lambda scale: scale.id == framework.score_scale)
    for scale in ordered[:-1]:
        try:
            return scale.parse(word)
        except CareAssureError:
            continue
    return ordered[-1 if len(ordered) == 1 else 0].parse(word)


def _structure(data: object, kind: type[T], what: str, converter: Converter | None = None) -> T:
    try:
        return (converter or _converter()).structure(data, kind)
    except (ClassValidationError, IterableValidationError) as error:
        lines = transform_error(error, path="", format_exception=_say)
        raise InvalidAssessmentError(what, [_problem(line) for line in lines]) from None
    except (TypeError, ValueError, AttributeError) as error:
        if isinstance(error, CareAssureError):
            raise
        raise InvalidAssessmentError(what, [Problem("", str(error))]) from None


def _problem(line: str) -> Problem:
    message, _, path = line.rpartition(" @ ")
    message, _, hint = message.partition(". ")
    return Problem(path.lstrip("."), message, hint)


def _say(error: BaseException, _type: type | None) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        known = {item.name for item in fields(error.cl)}
        names = sorted(error.extra_fields)
        guesses = near(names[0], known)
        return f"there is no field {join(names, 'or')} here" + (f". Did you mean {join(guesses, 'or')}?" if guesses else "")
    if isinstance(error, KeyError):
        return f"the field {error.args[0]} is missing"
    return str(error)


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    names = {int: "a whole number", bool: "true or false", str: "text"}
    for kind, name in names.items():
        converter.register_structure_hook(kind, _exactly(kind, name))
    converter.register_structure_hook(Fraction, _fraction)
    converter.register_structure_hook(PartialDate, _date)
    converter.register_structure_hook(NotRated, lambda value, _: NotRated(_text(value)))
    converter.register_structure_hook(object, lambda value, _: value)
    converter.register_structure_hook(StepValue, lambda value, _: _step_value(value, converter))
    converter.register_structure_hook(
        Profile, lambda value, _: Profile(converter.structure(value, fields(Profile).entries.type))
    )
    return converter


def _exactly(kind: type, name: str) -> Callable[[object, type], object]:
    def check(value: object, _type: type) -> object:
        if type(value) is not kind:
            raise TypeError(f"{value!r} stands where {name} is needed")
        return value

    return check


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} stands where text is needed")
    return value


def _fraction(value: object, _type: type) -> Fraction:
    try:
        return Fraction(_text(value))
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{value!r} is no exact number such as 800/9") from None


def _date(value: object, _type: type) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, bool | float | dt.datetime) or not isinstance(value, str | int | dt.date):
        raise TypeError(f"{value!r} stands where a date is needed")
    return PartialDate.parse(value)


def _step_value(value: object, converter: Converter) -> StepValue:
    if value is None or isinstance(value, bool):
        return value
    return converter.structure(value, Grade) if isinstance(value, dict) else _fraction(value, Fraction)
