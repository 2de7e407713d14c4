"""What the report says about one result, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from careassure.analysis.reconcile import Reconciliation, Status
from careassure.errors import CareAssureError
from careassure.model.assessment import Assessment
from careassure.model.council import Council
from careassure.model.dates import PartialDate
from careassure.model.framework import Framework
from careassure.model.reference import Reference
from careassure.model.text import fold, plural

SYMBOLS: dict[Status, str] = {"agrees": "✓", "differs": "≠", "cannot be checked": "?"}

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(count: int) -> str:
    """A count as running text has it: in words up to twelve.

    >>> number(9), number(1200)
    ('nine', '1,200')
    """
    return _NUMBERS[count] if 0 < count < len(_NUMBERS) else f"{count:,}"


def tally(count: int, one: str, several: str) -> str:
    """A count with its verb.

    >>> tally(0, "differs", "differ"), tally(1, "differs", "differ"), tally(20, "differs", "differ")
    ('none differs', '1 differs', '20 differ')
    """
    return f"{f'{count:,}' if count else 'none'} {one if count < 2 else several}"


def day(text: str) -> str:
    """A date in words, or the text as it is where it is not a date.

    >>> day("2026-11-22"), day("spring")
    ('22 November 2026', 'spring')
    """
    try:
        return PartialDate.parse(text).words
    except CareAssureError:
        return text


def region(assessment: Assessment) -> str:
    """Where the council is; for anything else, what kind of body it is."""
    subject = assessment.council
    return subject.region if isinstance(subject, Council) else subject.kind


def order(result: Reconciliation) -> tuple[str, str, PartialDate, bool, str]:
    """By name, then date."""
    assessment = result.assessment
    date = assessment.published or assessment.assessed or PartialDate(1)
    return fold(assessment.council.name), assessment.council.name, date, bool(assessment.supersedes), assessment.id


def marks(assessment: Assessment, known: Mapping[str, Assessment], successors: Mapping[str, Assessment]) -> list[str]:
    """What sets a result apart: a pilot, withdrawn, replaced by another or replacing one.

    Args:
        assessment: Whose result.
        known: Every assessment of the page that has an id.
        successors: The assessment that supersedes another, by the other's id.
    """
    found = ["pilot: indicative only"] if assessment.indicative else []
    if assessment.withdrawn:
        found.append(f"report withdrawn {assessment.withdrawn.when}")
    if assessment.supersedes:
        found.append(f"replaces {_result_of(known.get(assessment.supersedes))}")
    if assessment.id in successors and assessment.id:
        found.append(f"superseded by {_result_of(successors[assessment.id])}")
    return found


def _result_of(other: Assessment | None) -> str:
    date = (other.published or other.assessed) if other else None
    return f"the result of {date.words}" if date else "another result"


def near(result: Reconciliation) -> list[tuple[str, bool]]:
    """How near the next ratings are, upwards and downwards, each with whether it is a single point.

    Empty where that is not worked out.
    """
    margin = result.outcome.margin
    if result.outcome.rating is None or (margin.up is None and margin.down is None):
        return []
    return [
        (f"{plural(points, 'point')} {way}: {grade}" if points else f"no {other} rating", points == 1)
        for points, way, other, grade in (
            (margin.up, "up", "higher", margin.above),
            (margin.down, "down", "lower", margin.below),
        )
    ]


def field_title(framework: Framework, name: str) -> str:
    """What a disagreement is about: the title of a statement, or the word itself."""
    try:
        return framework.title_of(name)
    except (CareAssureError, StopIteration):
        return name


def value_words(framework: Framework, field: str, value: str) -> str:
    """A value as it is printed: the label of a grade that is named by its key."""
    grades = [grade for scale in framework.scales for grade in scale.grades] if field == "rating" else []
    return next((grade.label for grade in grades if grade.key == value), value)


def unchecked_group(result: Reconciliation) -> tuple[str, str]:
    """Why a result cannot be checked: the reason that it shares with others, and what is its own."""
    assessment, reason = result.assessment, result.reason
    total = len(assessment.marks)
    known = total - len(assessment.missing)
    if 0 < known < total and reason.startswith(f"{known} of {total} scores seen"):
        return f"only some of the {number(total)} scores were seen", reason
    shared, _, own = reason.partition("; ")
    return shared.replace(f"none of the {total} scores was", f"none of the {number(total)} scores was"), own


def references(results: Iterable[Reconciliation]) -> tuple[Reference, ...]:
    """Where the rules of some results stand, each once, in the order in which they are met."""
    steps = (step for result in results for step in result.outcome.trace.walk())
    return tuple(dict.fromkeys(reference for step in steps for reference in step.references))


def grouped(pairs: Sequence[tuple[str, Reconciliation]]) -> list[tuple[str, list[Reconciliation]]]:
    """Results under what they share, the largest group first."""
    found: dict[str, list[Reconciliation]] = {}
    for shared, result in pairs:
        found.setdefault(shared, []).append(result)
    return sorted(found.items(), key=lambda group: (-len(group[1]), group[0]))
