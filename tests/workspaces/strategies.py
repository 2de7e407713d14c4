"""Random workspaces, sound ones: what each table may hold, with links that lead somewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

import careassure as ca
from careassure.model.council import Body, Council
from careassure.model.dates import PartialDate
from careassure.model.descriptor import Descriptor
from careassure.model.evidence import STRENGTHS, Claim, Evidence
from careassure.model.framework import Framework
from careassure.model.ids import alike
from careassure.model.statements import Statement
from careassure.samples.cases import Case, CaseAttribute, Code
from careassure.workspaces.happened import (
    DECISIONS,
    EVENT_KINDS,
    FINDING_KINDS,
    FOLLOW_UP_STATUSES,
    Event,
    Finding,
    FollowUp,
    Replies,
    may_supersede,
)
from careassure.workspaces.owed import REMEDY_KINDS, Promise, Remedy
from careassure.workspaces.plan import DIRECTIONS, STATUSES, Action, Measure, Reading, Update
from careassure.workspaces.returns import ITEM_STATUSES, ReturnItem
from careassure.workspaces.workspace import CONFIDENCES, ScoreEntry, Settings, Workspace

from .folders import DAY

TEXTS = (
    "plain words",
    'they said "no", twice',
    "two\nlines",
    "lines\r\nof another\rkind",
    "first; second",
    "=1+2",
    "@ and # and 'quoted'",
    "waits fell \u2013 slowly",
    "a form\x0cfeed, a next\x85line and a line\u2028separator",
    "\u0627\u0646\u062a\u0638\u0627\u0631",
    "\u7b49\u5f85",
    "x" * 3000,
)
WORDS = ("papers/one.pdf", "https://example.org/a?b=c,d", "two words", "ünïcödé")
RATINGS = ("inadequate", "Requires improvement", "good", "outstanding")
WHOLE_SCALE: tuple[int | str, ...] = (1, 2, 3, 4, "good standard")

T = TypeVar("T")
maybe_score = st.none() | st.sampled_from(WHOLE_SCALE)
months = st.none() | st.integers(1, 40)
few, pence_of, share = st.integers(0, 8), st.none() | st.integers(1, 10**8), st.none() | st.integers(0, 100)


def pick(options: Sequence[T]) -> SearchStrategy[T]:
    """One of some. It is made once for each: to make a strategy takes several times as long as to draw from it."""
    made: SearchStrategy[T] = _picked(tuple(options), tuple(map(type, options)))
    return made


@cache
def _picked(options: tuple[Any, ...], _: tuple[type, ...]) -> SearchStrategy[Any]:  # 1 and True are not one option
    return st.sampled_from(options)


texts = st.sampled_from(TEXTS)
maybe_text = st.just("") | texts


@cache
def dates(last: dt.date = DAY) -> SearchStrategy[PartialDate]:
    """Years, months and days up to a day."""
    return st.builds(
        lambda day, parts: PartialDate(*(day.year, day.month, day.day)[:parts]),
        st.dates(dt.date(2025, 1, 1), last),
        st.sampled_from((3, 3, 2, 1)),
    )


@cache
def maybe(strategy: SearchStrategy[PartialDate]) -> SearchStrategy[PartialDate | None]:
    """Nothing, or a date."""
    return st.none() | strategy


two_dates = st.lists(maybe(dates()), min_size=2, max_size=2)


def some(ids: list[str], least: int = 0) -> SearchStrategy[tuple[str, ...]]:
    """A few of some ids, each once."""
    return _some(tuple(ids), least)


@cache
def _some(ids: tuple[str, ...], least: int) -> SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(ids), min_size=least, max_size=3, unique=True).map(tuple) if ids else st.just(())


@cache
def names(prefix: str, most: int = 4) -> SearchStrategy[list[str]]:
    """Ids of one table, some with an accent; no two differ in case alone."""
    wanted = st.sampled_from([f"{letter}{n}" for letter in (prefix, prefix.lower(), f"{prefix}\u00e9") for n in "123"])
    return st.lists(wanted, max_size=most, unique_by=alike)


@st.composite
def claims(draw: DrawFn, statements: tuple[str, ...]) -> tuple[Claim, ...]:
    """Scores of some statements."""
    return tuple(Claim(name, draw(pick(WHOLE_SCALE))) for name in draw(some(list(statements))))


@st.composite
def evidence(
    draw: DrawFn, framework: Framework, id: str, *, cases: list[str] | None = None, last: dt.date = DAY
) -> Evidence:
    """Something found, with every field in use."""
    statements = draw(some([statement.id for statement in framework.statements], 1))
    return Evidence(
        id,
        draw(texts),
        draw(pick([category.id for category in framework.categories if category.accepted])),
        statements,
        draw(maybe_text),
        draw(maybe(dates(last))),
        draw(pick(("", "principal social worker"))),
        draw(pick(("", *STRENGTHS))),
        draw(claims(statements)),
        draw(some(list(WORDS))),
        draw(pick(("", "set-of-ours 2025-26 A1"))),
        draw(some(cases or [])),
        draw(maybe(dates(last))),
    )


@st.composite
def several(draw: DrawFn, framework: Framework, most: int = 6) -> tuple[Evidence, ...]:
    """Several pieces of evidence; some record one thing twice."""
    return draw(with_repeats([draw(evidence(framework, key)) for key in draw(names("E", most))]))


@st.composite
def with_repeats(draw: DrawFn, items: list[Evidence]) -> tuple[Evidence, ...]:
    """The same evidence, some of it recorded again under another id, in any order."""
    again = [evolve(item, id=f"again {item.id}") for item in items if draw(pick((False, False, True)))]
    return tuple(draw(st.permutations([*items, *again])))


@cache
def cqc(version: str = "direct") -> Framework:
    """CQC's framework for councils."""
    return ca.framework("cqc-la", version)


@cache
def extended(version: str = "direct") -> Framework:
    """The same with a statement of the council's own."""
    return ca.extend(cqc(version), "ours", {"leadership": [Statement("digital", "Digital")]})


@st.composite
def score_entries(draw: DrawFn, framework: Framework) -> tuple[ScoreEntry, ...]:
    """Scores; none of them on one date twice, and no statement both as a whole and in parts."""
    found: dict[tuple[str, str], ScoreEntry] = {}
    parted = {s.id: [part.id for part in s.parts] for s in framework.statements}
    inside = {name: draw(st.booleans()) for name, parts in parted.items() if parts}
    for _ in range(draw(few)):
        statement = draw(pick(list(parted)))
        entry = ScoreEntry(
            draw(dates()),
            statement,
            draw(maybe_score),
            draw(pick(parted[statement])) if inside.get(statement) else "",
            draw(pick(("", "director"))),
            draw(pick(("", *CONFIDENCES))),
            draw(maybe_text),
            draw(pick(("", framework.version))),
        )
        found[str(entry.date), entry.leaf] = entry
    return tuple(found.values())


@st.composite
def events(draw: DrawFn, statements: list[str]) -> tuple[Event, ...]:
    """Events; a later one may supersede an earlier one."""
    found: list[Event] = []
    for key in draw(names("V")):
        kind = draw(pick(EVENT_KINDS))
        date = draw(dates())
        earlier = [
            event.id for event in found if event.date.earliest <= date.latest and may_supersede(kind.id, event.kind)
        ]
        found.append(
            Event(
                key,
                kind.id,
                date,
                draw(texts),
                draw(some(statements)),
                {
                    "rating": draw(pick(("", *RATINGS))),
                    "opinion": draw(maybe_text),
                    "decision": draw(pick(("", *DECISIONS))),
                    "": "",
                }[kind.result],
                draw(share) if kind.result == "rating" else None,
                draw(pick(["", *earlier])),
                draw(maybe_text),
                draw(maybe_text),
                draw(maybe_text),
            )
        )
    return tuple(found)


BODIES = ("NHS England", "the council", "Local Government Association")


@st.composite
def findings(draw: DrawFn, happened: tuple[Event, ...], ids: list[str], made: list[str]) -> tuple[Finding, ...]:
    """What events found; a later one may find an earlier one again, or close it."""
    found: list[Finding] = []
    for key in made:
        event, kind = draw(st.sampled_from(happened)), draw(pick(FINDING_KINDS))
        dates = {each.id: each.date for each in happened}
        earlier = [item for item in found if item.event != event.id and dates[item.event].earliest <= event.date.latest]
        alike_ = [item.id for item in earlier if (item.kind == "strength") == (kind == "strength")]
        again = draw(some(alike_))
        open_ = [item.id for item in earlier if item.kind != "strength" and item.id not in again]
        links = (draw(some(list(BODIES))), again, draw(some(open_)))
        found.append(Finding(key, event.id, kind, draw(some(ids, 1)), draw(texts), *links))
    return tuple(found)


@st.composite
def follow_ups(
    draw: DrawFn, found: tuple[Finding, ...], happened: tuple[Event, ...], shown: list[str]
) -> tuple[FollowUp, ...]:
    """What bodies said to findings, not before these were found; once for a body on a date."""
    made: dict[tuple[str, str, str], FollowUp] = {}
    dates_of = {event.id: event.date for event in happened}
    for _ in range(draw(st.integers(0, 4)) if found else 0):
        finding, date = draw(st.sampled_from(found)), draw(dates())
        if date.latest < dates_of[finding.event].earliest:
            continue
        body = draw(pick(finding.bodies or ("", "the council")))
        said = (draw(some(shown)), draw(maybe_text), draw(maybe_text))
        whose = "" if body == "the council" else body
        made[finding.id, whose, str(date)] = FollowUp(finding.id, date, draw(pick(FOLLOW_UP_STATUSES)), body, *said)
    return tuple(made.values())


@st.composite
def owed(
    draw: DrawFn, happened: tuple[Event, ...], statements: list[str], shown: list[str]
) -> tuple[tuple[Remedy, ...], tuple[Replies, ...], tuple[Promise, ...]]:
    """Remedies of events that may ask for some, replies to others, and promises."""
    asking = [event for event in happened if event.kind != "ombudsman_decision" or event.upheld is not False]
    remedies: list[Remedy] = []
    for key in draw(names("R")) if asking else ():
        event, kind = draw(st.sampled_from(asking)), draw(pick(REMEDY_KINDS))
        pence = draw(pence_of) if kind == "payment" else None
        amount = None if pence is None else Fraction(pence, 100)
        due = draw(maybe(dates(dt.date(2027, 12, 31))))
        due = None if due and due.latest < event.date.earliest else due
        text, to, rough = draw(texts), draw(maybe_text), amount is not None and draw(st.booleans())
        done, by, note = draw(maybe(dates())), draw(some(shown)), draw(maybe_text)
        remedies.append(Remedy(key, event.id, kind, text, to, amount, rough, due, done, by, note))
    replies: list[Replies] = []
    for event in happened:
        for group in draw(some(["", "staff", "providers"])):
            replied = draw(st.integers(0, 5_000))
            asked = draw(st.none() | st.integers(replied, 9_000))
            replies.append(Replies(event.id, replied, group, asked, draw(st.just(value=True)), draw(maybe_text)))
    promises: list[Promise] = []
    for key in draw(names("Q")):
        date, later = draw(dates()), draw(two_dates)
        due, ended = (None if day and day.latest < date.earliest else day for day in later)
        kept, gone = draw(st.permutations([ended, None]))
        texts_ = (draw(texts), draw(maybe_text), draw(maybe_text), draw(some(statements)))
        rest = (draw(some(shown)), draw(maybe_text), draw(maybe_text))
        promises.append(Promise(key, date, *texts_, due, kept, gone, *rest))
    return tuple(remedies), tuple(replies), tuple(promises)


@st.composite
def actions(draw: DrawFn, statements: list[str], findings: list[str]) -> tuple[Action, ...]:
    """Actions of a plan."""
    found: list[Action] = []
    for key in draw(names("P")):
        about = draw(some(statements, 1))
        agreed = draw(maybe(dates()))
        due = draw(maybe(dates(dt.date(2027, 12, 31))))
        fits = due is None or agreed is None or due.latest >= agreed.earliest
        found.append(
            Action(
                key,
                draw(texts),
                about,
                draw(some(findings)),
                draw(pick(("", "head of assurance"))),
                due if fits else None,
                agreed,
                draw(claims(about)),
            )
        )
    return tuple(found)


@st.composite
def updates(draw: DrawFn, plan: list[str], shown: list[str]) -> tuple[Update, ...]:
    """Where actions stood; once for an action on a date."""
    found: dict[tuple[str, str], Update] = {}
    for _ in range(draw(st.integers(0, 5)) if plan else 0):
        item = Update(
            draw(pick(plan)),
            draw(dates()),
            draw(pick(STATUSES)),
            draw(some(shown)),
            draw(maybe_text),
        )
        found[item.action, str(item.date)] = item
    return tuple(found.values())


numbers = st.integers(-10_000, 10_000).map(lambda number: Fraction(number, 100))


@st.composite
def measures(draw: DrawFn, plan: list[str]) -> tuple[Measure, ...]:
    """Measures, whose target is no worse than their baseline."""
    found: list[Measure] = []
    for key in draw(names("M", 3)):
        low, high = sorted((draw(numbers), draw(numbers)))
        direction = draw(pick(DIRECTIONS))
        scope, duty, reference = draw(maybe_text), draw(maybe_text), draw(maybe_text)
        day = draw(maybe(dates()))
        until = draw(st.none() | st.just(PartialDate(2027, 3)))
        known: dict[str, Any] = {
            "scope": scope,
            "duty": duty,
            "reference": reference,
            "baseline_date": day,
            "target_date": until,
        }
        if direction == "met":
            start = draw(pick((Fraction(0), Fraction(1), None)))
            found.append(Measure(key, draw(texts), direction, draw(some(plan)), "", start, **known))
            continue
        if draw(st.booleans()) and high > 0:
            change = draw(st.integers(1, 9999).map(lambda number: Fraction(number, 100)))
            way = 1 if direction in ("higher", "at_least") else -1
            found.append(
                Measure(key, draw(texts), direction, draw(some(plan)), "", high, target_change=change * way, **known)
            )
            continue
        start, end = (low, high) if direction in ("higher", "at_least") else (high, low)
        found.append(
            Measure(
                key,
                draw(texts),
                direction,
                draw(some(plan)),
                draw(pick(("", "%", "days"))),
                draw(st.sampled_from((start, None))),
                target=draw(st.sampled_from((end, None))),
                **known,
            )
        )
    return tuple(found)


@st.composite
def readings(draw: DrawFn, measured: tuple[Measure, ...]) -> tuple[Reading, ...]:
    """Values of measures; one for a measure on a date."""
    found: dict[tuple[str, str], Reading] = {}
    for _ in range(draw(st.integers(0, 4)) if measured else 0):
        measure = draw(st.sampled_from(measured))
        value = draw(pick((Fraction(0), Fraction(1))) if measure.direction == "met" else numbers)
        item = Reading(measure.id, draw(dates()), value, draw(maybe_text))
        found[item.measure, str(item.date)] = item
    return tuple(found.values())


@st.composite
def returns(draw: DrawFn, shown: list[str]) -> tuple[ReturnItem, ...]:
    """Items of the information return."""
    keys = st.tuples(pick(("General", "QS1", "QS3")), pick(("IR1", "IR2")))
    return tuple(
        ReturnItem(
            *key,
            draw(texts),
            draw(pick(("", "head of assurance"))),
            draw(pick(ITEM_STATUSES)),
            draw(pick(("", *RATINGS))),
            draw(some(shown)),
            draw(maybe(dates())),
        )
        for key in draw(st.lists(keys, max_size=3, unique=True))
    )


ATTRIBUTES = (
    CaseAttribute("age_band", "Age band", (Code("18-64", "18 to 64"), Code("65+", "65 and over"))),
    CaseAttribute("route", "Route", (Code("a b", "One, two"), Code("c", "Three"))),
)


@st.composite
def cases(draw: DrawFn) -> tuple[Case, ...]:
    """Coded cases."""
    ids = draw(st.lists(pick(["C1", "c2", "C-2", "C_3"]), max_size=4, unique=True))
    return tuple(Case(key, tuple((item.id, draw(pick(item.codes)).id) for item in ATTRIBUTES)) for key in ids)


@st.composite
def descriptors(draw: DrawFn, framework: Framework) -> tuple[Descriptor, ...]:
    """Descriptors, one for a score of a statement and a version."""
    ids = [statement.id for statement in framework.statements]
    keys = st.tuples(pick(ids), pick(WHOLE_SCALE), pick(("", framework.version)))
    return tuple(
        Descriptor(statement, score, draw(texts), draw(texts), version)
        for statement, score, version in draw(st.lists(keys, max_size=3, unique_by=lambda key: (key[0], key[1])))
    )


SUBJECTS: tuple[Council | Body, ...] = (ca.council("York"), Body("Exampleshire", "Exampleshire", "example"))


@st.composite
def workspaces(draw: DrawFn) -> Workspace:
    """Sound workspaces on `DAY`, with every table in use."""
    version = draw(pick(("direct", "2023")))
    base = cqc(version)
    framework = draw(st.sampled_from((base, extended(version))))
    ids = [statement.id for statement in framework.statements]
    found_cases = draw(cases())
    pseudonyms = [case.id for case in found_cases]
    found = draw(with_repeats([draw(evidence(framework, key, cases=pseudonyms)) for key in draw(names("E", 5))]))
    happened = draw(events(ids))
    made = draw(names("F")) if happened else []
    noticed = draw(findings(happened, ids, made))
    plan = draw(actions(ids, made))
    shown, planned = [item.id for item in found], [item.id for item in plan]
    measured = draw(measures(planned))
    remedies, replies, promises = draw(owed(happened, ids, shown))
    return Workspace(
        draw(pick(SUBJECTS)),
        framework,
        base,
        tuple(sorted(draw(st.dictionaries(pick(("breach", "other")), st.booleans())).items())),
        Settings(draw(months), mixed_after_months=draw(months)),
        draw(score_entries(framework)),
        found,
        happened,
        noticed,
        plan,
        draw(updates(planned, shown)),
        measured,
        draw(readings(measured)),
        draw(returns(shown)),
        ATTRIBUTES,
        found_cases,
        draw(descriptors(framework)),
        follow_ups=draw(follow_ups(noticed, happened, shown)),
        remedies=remedies,
        replies=replies,
        promises=promises,
    )
