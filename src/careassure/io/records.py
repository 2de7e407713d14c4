"""Assessments and outcomes from plain tables, strictly: no type is guessed and no key is passed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from types import GenericAlias
from typing import Any, Protocol, TypeVar, get_args, get_origin

from attrs import evolve, field, fields, frozen, has
from cattrs import Converter, transform_error
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError
from cattrs.gen import make_dict_structure_fn

from careassure.errors import CareAssureError, InvalidAssessmentError, InvalidInputError, Problem, did_you_mean
from careassure.model.as_dict import ASSESSMENT_FORMAT, OUTCOME_FORMAT
from careassure.model.assessment import Assessment, Disagreement, Stated
from careassure.model.council import Body, Council
from careassure.model.dates import DateInput, PartialDate
from careassure.model.evidence import Evidence
from careassure.model.framework import Framework
from careassure.model.marks import read_marks
from careassure.model.numbers import fraction
from careassure.model.outcome import Outcome, Profile, ProfileEntry
from careassure.model.scale import Grade, NotRated
from careassure.model.text import join, near
from careassure.model.trace import StepValue


class Lookup(Protocol):
    """How names in a file find what they stand for."""

    def framework(self, id: str, version: str | None, /) -> Framework:
        """The framework of that id and version; the newest where the version is None."""
        ...

    def subject(self, name: str, framework: Framework, at: DateInput | None = None, /) -> Council | Body:
        """Who was assessed, on that day."""
        ...

    def council(self, code: str, /) -> Council | None:
        """The council that has this code now, if one has."""
        ...


@frozen
class _StatedRecord:
    rating: str = ""
    score: int | None = None


@frozen
class _AssessmentRecord:
    """The form ``careassure.assessment/1`` as it stands in a file."""

    council: str
    scores: object
    format: str = ASSESSMENT_FORMAT
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
    problems: list[Problem] = []
    try:
        record = _structure(data, _AssessmentRecord, what)
    except InvalidAssessmentError as error:
        problems += error.problems
        _scores_as_well(data, lookup, problems)
        raise InvalidAssessmentError(what, problems) from None
    try:
        framework = lookup.framework(record.framework, record.version)
    except CareAssureError as error:
        own = f"{error.hint}. If it is your own, give its file with --framework" if error.hint else ""
        raise InvalidAssessmentError(what, [Problem("framework", error.message, own)]) from None
    marks = read_marks(framework, record.scores, problems)  # type: ignore[arg-type]
    council = _subject(record, framework, lookup, problems)
    stated = Stated(score=record.stated.score)
    if record.stated.rating:
        try:
            stated = evolve(stated, rating=framework.rating(record.stated.rating))
        except CareAssureError as error:
            problems.append(Problem("stated.rating", error.message, error.hint))
    names = {item.name for item in fields(Assessment)} & {item.name for item in fields(_AssessmentRecord)}
    names -= {"council", "framework", "facts", "stated"}
    more: dict[str, Any] = {name: getattr(record, name) for name in names}
    try:
        found = Assessment(council, framework, marks, tuple(sorted(record.facts.items())), stated=stated, **more)
    except InvalidAssessmentError as error:
        raise InvalidAssessmentError(what, [*problems, *error.problems]) from None
    if problems:
        raise InvalidAssessmentError(what, problems)
    return found


def outcome_from(data: object, lookup: Lookup, *, where: str = "") -> Outcome:
    """An outcome from the form ``careassure.outcome/1``.

    Raises:
        InvalidInputError: Everything that is wrong, each with its path.
    """
    what = where or "the outcome"
    if not isinstance(data, dict) or data.get("format") != OUTCOME_FORMAT:
        raise InvalidInputError(what, [Problem("format", "it is not known", f"This version reads {OUTCOME_FORMAT}")])
    table = {name: value for name, value in data.items() if name not in _DERIVED}
    if "assessment" in table:
        table["assessment"] = assessment_from(table["assessment"], lookup, where=f"{what}, assessment")
    return _structure(table, Outcome, what)


def _scores_as_well(data: object, lookup: Lookup, problems: list[Problem]) -> None:
    """What is wrong with the scores of a record whose other fields could not be read."""
    table = data if isinstance(data, dict) else {}
    name, version = table.get("framework", "cqc-la"), table.get("version")
    if "scores" in table and isinstance(name, str) and isinstance(version, str | None):
        try:
            framework = lookup.framework(name, version)
        except CareAssureError as error:
            problems.append(Problem("framework", error.message, error.hint))
        else:
            read_marks(framework, table["scores"], problems)


def _subject(
    record: _AssessmentRecord, framework: Framework, lookup: Lookup, problems: list[Problem]
) -> Council | Body:
    if record.body:
        return Body(record.code, record.council, record.body)
    found: Council | Body = Body(record.code, record.council)
    if record.code and framework.subject != "council":
        return lookup.council(record.code) or Body(record.code, record.council, framework.subject)
    where = "council"
    at = record.assessed or record.published
    try:
        found = lookup.subject(record.council, framework, at)
        where = "code"
        by_code = lookup.subject(record.code, framework, at) if record.code else found
    except CareAssureError as error:
        problems.append(Problem(where, error.message, error.hint))
        return found
    if by_code.code == record.code and by_code.name == found.name:
        return by_code  # in the year of a reorganisation, two councils of one name stood
    if record.code != found.code and by_code != found:
        problems.append(Problem("code", f"{record.code} is {by_code.name}, not {found.name}", "Correct one of the two"))
    return found


def _structure(data: object, kind: type[T], what: str) -> T:
    try:
        return _converter().structure(data, kind)
    except (ClassValidationError, IterableValidationError) as error:
        raise InvalidAssessmentError(what, _problems(error)) from None
    except (TypeError, ValueError, AttributeError) as error:
        if isinstance(error, CareAssureError):
            raise
        raise InvalidAssessmentError(what, [Problem("", str(error))]) from None


def _problems(error: ClassValidationError | IterableValidationError) -> list[Problem]:
    said: list[tuple[str, str]] = []

    def note(inner: BaseException, _type: type | None) -> str:
        said.append(_say(inner))
        return ""

    paths = [line.removeprefix(" @ ").lstrip(".") for line in transform_error(error, path="", format_exception=note)]
    return [Problem(path, *words) for path, words in zip(paths, said, strict=True)]


def _say(error: BaseException) -> tuple[str, str]:
    """What is wrong, and what to do."""
    if isinstance(error, ForbiddenExtraKeysError):
        known = {item.name for item in fields(error.cl)}
        names = sorted(error.extra_fields)
        guesses = list(dict.fromkeys(guess for name in names for guess in near(name, known, limit=1)))
        hint = did_you_mean(guesses) or f"Known: {join(sorted(known))}"
        return f"there is no field {join(names, 'or')} here", hint
    if isinstance(error, KeyError):
        return f"the field {error.args[0]} is missing", ""
    if isinstance(error, InvalidInputError) and len(error.problems) == 1:
        return error.problems[0].message, error.problems[0].hint
    if isinstance(error, CareAssureError):
        return error.message, error.hint
    return str(error), ""


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    names = {int: "a whole number", bool: "true or false", str: "text"}
    for kind, name in names.items():
        converter.register_structure_hook(kind, _exactly(kind, name))
    converter.register_structure_hook(Fraction, _fraction)
    converter.register_structure_hook(PartialDate, _date)
    converter.register_structure_hook(NotRated, lambda value, _: NotRated(_text(value)))
    converter.register_structure_hook_func(lambda kind: kind is object, lambda value, _: value)
    converter.register_structure_hook_func(lambda kind: kind == int | str, lambda value, _: _number_or_word(value))
    converter.register_structure_hook_func(_made_of(tuple), lambda value, kind: _tuple(value, kind, converter))

    def of_class(kind: type[Any]) -> Callable[[object, object], object]:
        return _table(make_dict_structure_fn(kind, converter))

    def of_mapping(kind: type[Any]) -> Callable[[object, object], object]:
        return _table(converter.gen_structure_mapping(kind))

    converter.register_structure_hook_factory(has, of_class)
    converter.register_structure_hook_factory(_made_of(dict), of_mapping)
    converter.register_structure_hook(Assessment, _found)
    step_value: Any = StepValue
    converter.register_structure_hook(step_value, lambda value, _: _step_value(value, converter))
    converter.register_structure_hook(
        Profile, lambda value, _: Profile(tuple(converter.structure(value, list[ProfileEntry])))
    )
    return converter


def _exactly(kind: type, name: str) -> Callable[[object, type], object]:
    def check(value: object, _type: type) -> object:
        if type(value) is not kind:
            raise TypeError(f"{value!r} should be {name}")
        return value

    return check


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} should be text")
    return value


def _number_or_word(value: object) -> int | str:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise TypeError(f"{value!r} should be a whole number or a word")
    return value


def _found(value: object, _type: type) -> Assessment:
    """An assessment that `outcome_from` has read before the rest."""
    if not isinstance(value, Assessment):
        raise TypeError(f"{value!r} should be an assessment")
    return value


def _made_of(origin: type) -> Callable[[object], bool]:
    def test(kind: object) -> bool:
        found: object = get_origin(kind)
        return found is origin

    return test


def _table(structure: Callable[[Any, Any], Any]) -> Callable[[object, object], object]:
    def check(value: object, kind: object) -> object:
        if not isinstance(value, Mapping):
            raise TypeError(f"{value!r} should be a table")
        return structure(value, kind)

    return check


def _tuple(value: object, kind: object, converter: Converter) -> tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"{value!r} should be a list")
    kinds: Any = GenericAlias(list, get_args(kind)[:1])
    return tuple(converter.structure(value, kinds))


def _fraction(value: object, _type: type) -> Fraction:
    found = fraction(_text(value))
    if found is None:
        raise ValueError(f"{value!r} is not an exact number such as 800/9")
    return found


def _date(value: object, _type: type) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, bool | float | dt.datetime) or not isinstance(value, str | int | dt.date):
        raise TypeError(f"{value!r} should be a date")
    return PartialDate.parse(value)


def _step_value(value: object, converter: Converter) -> StepValue:
    if value is None or isinstance(value, bool):
        return value
    return converter.structure(value, Grade) if isinstance(value, dict) else _fraction(value, Fraction)
