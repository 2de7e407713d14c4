"""The checks on what a scorer in Python returns: an outcome that lies is refused."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from careassure.errors import ForeignGradeError, ScorerError, ScorerReturnError, TraceError
from careassure.model.assessment import Assessment
from careassure.model.exact import class_name, faults
from careassure.model.outcome import Margin, Outcome, ProfileEntry
from careassure.model.scale import Grade, NotRated, Scale
from careassure.model.text import plural
from careassure.model.trace import Step
from careassure.plugins.guard import said

_MOST_STEPS = 100_000
_DEEPEST = 200


class Signature(NamedTuple):
    """What an outcome has to be signed with, and the scales that its grades may be of beside the framework's."""

    name: str
    version: str
    title: str
    scales: tuple[Scale, ...] = ()


def check_outcome(outcome: object, assessment: Assessment, signature: Signature) -> None:
    """Refuse an outcome that is not sound.

    Args:
        outcome: What was returned.
        assessment: What was given.
        signature: Whose it has to be.

    Raises:
        ScorerReturnError: It is not an outcome of this assessment by this scorer; something in it is not of exactly the
            class that it should be; a range is out of order or out of bounds; a figure or a flag stands in no step of
            the trace; its profile or margin do not fit.
        ForeignGradeError: It holds grades of different scales where one is needed, or of no scale that it can use.
        TraceError: Its trace does not add up, has no end, or ends in another result.
    """
    scorer = signature.name
    if type(outcome) is not Outcome:
        raise ScorerReturnError(f"it returned {class_name(outcome)}, not an Outcome", scorer=scorer)
    for fault in faults(outcome, trusted=assessment):
        raise ScorerReturnError(fault, scorer=scorer, hint="Only exact numbers and values of the library's own classes")
    if outcome.assessment is not assessment and outcome.assessment != assessment:
        raise ScorerReturnError("its outcome is of another assessment", scorer=scorer)
    steps = _steps(outcome.trace, scorer)
    for error in (
        *_signature_faults(outcome, signature),
        *_grade_faults(outcome, steps, assessment, signature),
        *_number_faults(outcome, steps, scorer),
        *_trace_faults(outcome, steps, assessment, scorer),
        *_profile_faults(outcome, steps, assessment, scorer),
        *_flag_faults(outcome, steps, scorer),
        *_margin_faults(outcome.margin, outcome, assessment, scorer),
    ):
        raise error


# -- the trace as a whole ----------------------------------------------------------------------------------------------


def _steps(trace: Step, scorer: str) -> list[Step]:
    """Every step, those that stand in several places once. Refuses a trace that could not be gone through."""
    sizes: dict[int, tuple[int, int]] = {}
    order: list[Step] = []
    open_now: set[int] = set()
    waiting: list[tuple[Step, bool]] = [(trace, False)]
    while waiting:
        step, done = waiting.pop()
        if done:
            open_now.discard(id(step))
            below = [sizes[id(part)] for part in step.parts]
            size = 1 + sum(found[0] for found in below)
            depth = 1 + max((found[1] for found in below), default=0)
            if size > _MOST_STEPS or depth > _DEEPEST:
                raise TraceError(
                    f"its trace is too long: at most {plural(_MOST_STEPS, 'step')}, {_DEEPEST} deep", scorer=scorer
                )
            sizes[id(step)] = (size, depth)
            order.append(step)
        elif id(step) in open_now:
            raise TraceError("its trace has no end: a step is a part of itself", scorer=scorer)
        elif id(step) not in sizes:
            open_now.add(id(step))
            waiting.append((step, True))
            waiting += [(part, False) for part in step.parts]
    return order


def _trace_faults(outcome: Outcome, steps: list[Step], assessment: Assessment, scorer: str) -> Iterator[ScorerError]:
    trace = outcome.trace
    try:
        wrong = trace.audit()
    except Exception as error:  # noqa: BLE001  (steps can lack anything that their kind needs)
        yield TraceError(f"its trace cannot be worked out again: {said(error)}", scorer=scorer)
        return
    if wrong:
        yield TraceError(f"its trace does not add up: {wrong[0]}", scorer=scorer)
    if (trace.low, trace.high) != (outcome.low, outcome.high):
        ends = f"{trace.low} to {trace.high}"
        yield TraceError(f"its trace ends in {ends}, its result is {outcome.low} to {outcome.high}", scorer=scorer)
    nodes = {(step.id, step.low, step.high) for step in steps if step.kind == "node"}
    for step in steps:
        score = assessment.scores.get(step.id) if step.kind == "input" else None
        read = (step.low, step.high)
        if isinstance(score, Grade) and read != (score, score) and (step.id, *read) not in nodes:
            yield TraceError(f"its trace reads {step.id} as {step.low}, the assessment says {score}", scorer=scorer)


# -- whose it is, and its grades ---------------------------------------------------------------------------------------


def _signature_faults(outcome: Outcome, signature: Signature) -> Iterator[ScorerError]:
    for what, found, wanted in (
        ("scorer", outcome.scorer, signature.name),
        ("scorer_version", outcome.scorer_version, signature.version),
        ("title", outcome.title, signature.title),
        *((("name in its trace", outcome.trace.id, signature.name),) if outcome.trace.kind == "outcome" else ()),
    ):
        if found != wanted:
            yield ScorerReturnError(
                f"the {what} of its outcome is {found!r:.100}, not {wanted!r}", scorer=signature.name
            )


def _grade_faults(
    outcome: Outcome, steps: list[Step], assessment: Assessment, signature: Signature
) -> Iterator[ScorerError]:
    scorer = signature.name
    for where, low, high, suggested in (
        ("the overall", outcome.low, outcome.high, outcome.suggested),
        *((entry.id, entry.low, entry.high, entry.suggested) for entry in outcome.profile),
    ):
        scales = sorted({grade.scale for grade in (low, high, suggested) if grade is not None})
        if len(scales) > 1:
            yield ForeignGradeError(f"{where} has grades of the scales {' and '.join(scales)}", scorer=scorer)
        elif (low is None) != (high is None):
            yield ScorerReturnError(f"{where} has only one of low and high", scorer=scorer)
        elif low is None or high is None:
            if suggested is not None:
                yield ScorerReturnError(f"{where} suggests {suggested} and has no grade", scorer=scorer)
        elif low.rank > high.rank:
            yield ScorerReturnError(f"{where} has low {low} above high {high}", scorer=scorer)
        elif suggested is not None and not low.rank <= suggested.rank <= high.rank:
            yield ScorerReturnError(f"{where} suggests {suggested}, outside {low} to {high}", scorer=scorer)
    known = {scale.id: scale for scale in signature.scales} | {s.id: s for s in assessment.framework.scales}
    for grade in _grades(outcome, steps):
        scale = known.get(grade.scale)
        if scale is None:
            yield ForeignGradeError(
                f"{grade.key} is of the scale {grade.scale}, which {assessment.framework.id} does not have",
                scorer=scorer,
                hint="A scorer that brings scales of its own lists them in its attribute scales",
            )
        elif not any(_same_grade(grade, own) for own in scale.grades):
            yield ForeignGradeError(
                f"{grade.key} with the place {grade.rank} and the value {grade.value} is not a grade of {scale.id}",
                scorer=scorer,
            )


def _grades(outcome: Outcome, steps: list[Step]) -> Iterable[Grade]:
    found: Iterable[object] = (
        *(outcome.low, outcome.high, outcome.suggested, outcome.margin.below, outcome.margin.above),
        *(grade for entry in outcome.profile for grade in (entry.low, entry.high, entry.suggested)),
        *(value for step in steps for value in (step.low, step.high, step.grade)),
    )
    return {id(grade): grade for grade in found if isinstance(grade, Grade)}.values()


def _same_grade(one: Grade, other: Grade) -> bool:
    return (one.key, one.label, one.rank, one.value) == (other.key, other.label, other.rank, other.value)


# -- its numbers -------------------------------------------------------------------------------------------------------


def _number_faults(outcome: Outcome, steps: list[Step], scorer: str) -> Iterator[ScorerError]:
    known = {(step.low, step.high) for step in steps if isinstance(step.low, Fraction)}
    for what, low, high in (
        ("percentage", outcome.percentage_low, outcome.percentage_high),
        ("score", outcome.score_low, outcome.score_high),
    ):
        if (low is None) != (high is None):
            yield ScorerReturnError(f"the {what} has only one of low and high", scorer=scorer)
        elif low is not None and high is not None:
            if low > high:
                yield ScorerReturnError(f"the {what} has low {low} above high {high}", scorer=scorer)
            elif low < 0 or high > 100:
                yield ScorerReturnError(f"the {what} is {low} to {high}, outside 0 to 100", scorer=scorer)
            elif (Fraction(low), Fraction(high)) not in known:
                yield ScorerReturnError(f"no step of its trace gives the {what} {low} to {high}", scorer=scorer)
    for exact, whole in (
        (outcome.percentage_low, outcome.score_low),
        (outcome.percentage_high, outcome.score_high),
    ):
        if exact is not None and whole is not None and abs(exact - whole) >= 1:
            yield ScorerReturnError(f"the score {whole} is not the percentage {exact}, rounded", scorer=scorer)
    seen: set[str] = set()
    named = {(step.id, step.low, step.high) for step in steps}
    for measure in outcome.measures:
        if measure.id in seen:
            yield ScorerReturnError(f"the measure {measure.id!r} appears twice", scorer=scorer)
        seen.add(measure.id)
        if measure.low > measure.high:
            yield ScorerReturnError(f"{measure.id} has low {measure.low} above high {measure.high}", scorer=scorer)
        elif (measure.id, measure.low, measure.high) not in named:
            yield ScorerReturnError(f"no step of its trace gives the measure {measure.id!r}", scorer=scorer)


# -- what stands beside the result -------------------------------------------------------------------------------------


def _profile_faults(outcome: Outcome, steps: list[Step], assessment: Assessment, scorer: str) -> Iterator[ScorerError]:
    framework = assessment.framework
    places: dict[str, tuple[int, str, str]] = {}
    for theme in framework.themes:
        places[theme.id] = (len(places), theme.title, "theme")
        for statement in theme.statements:
            places[statement.id] = (len(places), statement.title, "statement")
    # An entry may say what was given, or what a step about it says.
    supported: set[tuple[object, ...]] = {(step.id, step.low, step.high) for step in steps}
    supported |= {(leaf, *span) for leaf, span in assessment.spans.items()}
    supported |= {(step.low, step.high) for step in steps if isinstance(step.low, Fraction)}
    last = -1
    for entry in outcome.profile:
        if entry.id not in places:
            yield ScorerReturnError(
                f"its profile has {entry.id!r:.100}, which {framework.id} does not have", scorer=scorer
            )
            continue
        place, title, level = places[entry.id]
        if (entry.title, entry.level) != (title, level):
            message = f"its profile calls {entry.id} the {entry.level} {entry.title!r:.100}"
            yield ScorerReturnError(message, scorer=scorer)
        if place <= last:
            yield ScorerReturnError(f"its profile has {entry.id} twice or out of order", scorer=scorer)
        last = place
        yield from _entry_faults(entry, supported, assessment, scorer)


def _entry_faults(
    entry: ProfileEntry, supported: Container[tuple[object, ...]], assessment: Assessment, scorer: str
) -> Iterator[ScorerError]:
    score = assessment.scores.get(entry.id)
    span = (entry.low, entry.high)
    if span != (None, None) and (entry.id, *span) not in supported:
        message = f"no step of its trace gives {entry.id} the grades {entry.low} to {entry.high}"
        yield ScorerReturnError(message, scorer=scorer)
    if entry.state is not None and entry.state != score:
        given = f"was given {score}" if isinstance(score, NotRated) else "has or may have a grade"
        yield ScorerReturnError(f"its profile says {entry.state} of {entry.id}, which {given}", scorer=scorer)
    if entry.score is not None:
        exact = (Fraction(entry.score), Fraction(entry.score))
        if not 0 <= entry.score <= 100 or exact not in supported:
            yield ScorerReturnError(f"no step of its trace gives {entry.id} the score {entry.score}", scorer=scorer)


def _flag_faults(outcome: Outcome, steps: list[Step], scorer: str) -> Iterator[ScorerError]:
    raised = {step.id: step for step in steps if step.kind == "flag" and step.high is True}
    seen: set[str] = set()
    for flag in outcome.flags:
        if flag.id in seen:
            yield ScorerReturnError(f"the flag {flag.id!r} appears twice", scorer=scorer)
        seen.add(flag.id)
        step = raised.get(flag.id)
        if step is None:
            yield ScorerReturnError(
                f"no step of its trace gives the flag {flag.id!r}", scorer=scorer, hint="Give it to Outcome.of"
            )
        elif flag.text != step.text or (step.low is True) != flag.certain:
            yield ScorerReturnError(f"the flag {flag.id!r} says something else than its step", scorer=scorer)
    for name in raised.keys() - seen:
        yield ScorerReturnError(f"its trace gives the flag {name!r}, and its outcome does not", scorer=scorer)


def _margin_faults(margin: Margin, outcome: Outcome, assessment: Assessment, scorer: str) -> Iterator[ScorerError]:
    spans = assessment.spans
    scales = {leaf: assessment.framework.scale_of(leaf) for leaf in spans}
    room = {
        "down": sum(spans[leaf][1].value - scale.lowest.value for leaf, scale in scales.items()),
        "up": sum(scale.highest.value - spans[leaf][0].value for leaf, scale in scales.items()),
    }
    for what, points, grade, there in (
        ("down", margin.down, margin.below, outcome.low),
        ("up", margin.up, margin.above, outcome.high),
    ):
        if (points is None) != (grade is None):
            yield ScorerReturnError(f"its margin {what} has points without a grade, or the reverse", scorer=scorer)
        elif points is not None and grade is not None:
            beyond = (
                there is not None
                and grade.scale == there.scale
                and (grade.rank < there.rank if what == "down" else grade.rank > there.rank)
            )
            if not beyond or not 1 <= points <= room[what]:
                yield ScorerReturnError(
                    f"its margin says that {plural(points, 'point')} {what} give {grade}, and the result is {there}",
                    scorer=scorer,
                )
