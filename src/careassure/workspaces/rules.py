"""What must hold in a workspace: ids that stand once, links that lead somewhere, dates that have come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import frozen

from careassure.errors import CareAssureError, InvalidInputError, Problem
from careassure.figures.model import IndicatorKey
from careassure.model.descriptor import descriptor_problems
from careassure.model.evidence import evidence_problems
from careassure.samples.cases import check_attributes, check_cases
from careassure.workspaces.checks import Checks, PlaceOf, by_number
from careassure.workspaces.figure_rules import value_faults, value_key
from careassure.workspaces.happened import DECISIONS, EVENT_KIND, FINDING_KINDS, may_supersede
from careassure.workspaces.owed_rules import OwedRules
from careassure.workspaces.plan import DIRECTIONS, STATUSES, Measure, quantity
from careassure.workspaces.returns import ITEM_STATUSES
from careassure.workspaces.workspace import CONFIDENCES, ScoreEntry, Workspace


def workspace_problems(
    workspace: Workspace,
    today: dt.date,
    *,
    place: PlaceOf = by_number,
    known: Mapping[str, Iterable[str]] | None = None,
    closed: Iterable[str] = (),
    shipped: Callable[[IndicatorKey], bool | None] = lambda _: None,
) -> tuple[Problem, ...]:
    """Everything that is wrong with a workspace, each with its place.

    Args:
        workspace: What to check.
        today: The day it is; a score, a piece of evidence or an event cannot be dated later.
        place: How a record's place is said.
        known: Ids by table that exist although they are not in the workspace: those of records that could not be
            read, so that a link to one is not called broken as well.
        closed: Tables that could not be read at all: no link into one is called broken.
        shipped: Whether an indicator ships with the library; None where its set does not, so that nobody knows.
    """
    rules = _Rules(
        workspace, today, place, {name: set(ids) for name, ids in (known or {}).items()}, set(closed), shipped
    )
    return tuple(dict.fromkeys(rules.problems()))


@frozen(eq=False)
class _Rules(Checks):
    def problems(self) -> Iterator[Problem]:
        yield from self._scores()
        yield from self._evidence()
        yield from self._events()
        owed = OwedRules(self.workspace, self.today, self.place, self.unread, self.closed, self.shipped)
        yield from owed.problems()
        yield from self._plan()
        yield from self._measures()
        yield from self._returns()
        yield from self._descriptors()
        yield from self._indicators()
        work = self.workspace
        wrong = check_attributes(work.attributes)
        yield from wrong
        if work.cases and not wrong:
            places = [self.place("cases", at, "") for at in range(len(work.cases))]
            yield from check_cases(work.attributes, work.cases, places)

    def _scores(self) -> Iterator[Problem]:
        entries = self.workspace.scores
        yield from self._once("scores", [(str(e.date), e.leaf) for e in entries], "this date and statement")
        latest = self.workspace.latest_scores
        for at, entry in enumerate(entries):
            yield from self._not_later("scores", at, "date", entry.date)
            yield from self._one_of("scores", at, "confidence", entry.confidence, CONFIDENCES)
            yield from self._version("scores", at, entry.version)
            yield from self._score(at, entry)
            whole = latest.get(entry.statement)
            stands = entry.score is not None and latest[entry.leaf] is entry
            if entry.category and stands and whole is not None and whole.score is not None:
                where = self.place("scores", entries.index(whole), "")
                yield self._problem(
                    "scores", at, "category", f"{entry.statement} is scored as a whole as well ({where})",
                    "Keep one: end the other by a row of its own with a blank score",
                )  # fmt: skip

    def _score(self, at: int, entry: ScoreEntry) -> Iterator[Problem]:
        framework = self.workspace.framework
        statements = {statement.id: statement for statement in framework.statements}
        if entry.statement not in statements:
            yield self._unknown("scores", at, "statement", entry.statement, statements, "statement of the framework")
            return
        parts = [part.id for part in statements[entry.statement].parts]
        if entry.category and entry.category not in parts:
            if parts:
                yield self._unknown("scores", at, "category", entry.category, parts, "part that is scored")
            else:
                yield self._problem(
                    "scores", at, "category", f"version {framework.version} has no scores inside a statement",
                    "Leave it blank, or set another version in workspace.toml",
                )  # fmt: skip
        elif entry.score is not None:
            try:
                framework.scale_of(entry.leaf).read(entry.score)
            except CareAssureError as error:
                yield self._problem("scores", at, "score", error.message, error.hint)

    def _evidence(self) -> Iterator[Problem]:
        items = self.workspace.evidence
        cases, ids = {case.id for case in self.workspace.cases}, {item.id for item in items}
        yield from self._once("evidence", [item.id for item in items], "the id")
        for at, item in enumerate(items):
            for problem in evidence_problems(item, self.workspace.framework):
                yield self._problem("evidence", at, problem.where.path, problem.message, problem.hint)
            yield from self._not_later("evidence", at, "date", item.date)
            yield from self._not_later("evidence", at, "added", item.added)
            yield from self._linked("evidence", at, "cases", item.cases, "cases", cases)
            if item.supersedes:
                yield from self._linked("evidence", at, "supersedes", [item.supersedes], "evidence", ids)

    def _events(self) -> Iterator[Problem]:
        work = self.workspace
        events = {event.id: event for event in work.events}
        yield from self._once("events", [event.id for event in work.events], "the id")
        for at, event in enumerate(work.events):
            yield from self._one_of("events", at, "kind", event.kind, list(EVENT_KIND))
            yield from self._not_later("events", at, "date", event.date)
            yield from self._statements("events", at, event.statements)
            yield from self._result(at)
            if event.supersedes:
                yield from self._linked("events", at, "supersedes", [event.supersedes], "events", set(events))
                earlier = events.get(event.supersedes)
                if earlier is not None and not may_supersede(event.kind, earlier.kind):
                    kinds = (EVENT_KIND[kind].title.lower() for kind in (event.kind, earlier.kind))
                    message = "{} cannot supersede {}".format(*(f"a {kind}" for kind in kinds))
                    yield self._problem("events", at, "supersedes", message, "Leave it blank, or say it in the notes")
                if earlier is not None and event.date.latest < earlier.date.earliest:
                    yield self._problem("events", at, "supersedes", f"{earlier.id} is later than this ({earlier.date})")
                if earlier is event:
                    yield self._problem("events", at, "supersedes", "an event cannot supersede itself")
        yield from self._once("findings", [item.id for item in work.findings], "the id")
        for at, item in enumerate(work.findings):
            yield from self._one_of("findings", at, "kind", item.kind, FINDING_KINDS)
            yield from self._linked("findings", at, "event", [item.event], "events", set(events))
            yield from self._statements("findings", at, item.statements)

    def _result(self, at: int) -> Iterator[Problem]:
        event = self.workspace.events[at]
        kind = EVENT_KIND.get(event.kind)
        if kind is None:
            return
        if not kind.result and (event.result or event.score is not None):
            column = "result" if event.result else "score"
            why = f"a {kind.title.lower()} gives no result"
            yield self._problem("events", at, column, why, "Leave it blank, and put what was found into findings.csv")
        if kind.result == "rating" and event.result:
            try:
                self.workspace.framework.rating(event.result)
            except CareAssureError as error:
                yield self._problem("events", at, "result", error.message, error.hint)
        if kind.result == "decision":
            yield from self._one_of("events", at, "result", event.result, DECISIONS)
        if kind.result in ("opinion", "decision") and event.score is not None:
            what = "an audit opinion" if kind.result == "opinion" else "an ombudsman's decision"
            yield self._problem("events", at, "score", f"{what} has no score out of 100", "Leave it blank")
        if event.score is not None and not 0 <= event.score <= 100:
            yield self._problem("events", at, "score", f"{event.score} is not between 0 and 100")

    def _plan(self) -> Iterator[Problem]:
        work = self.workspace
        actions = {action.id for action in work.actions}
        findings = {finding.id for finding in work.findings}
        evidence = {item.id for item in work.evidence}
        yield from self._once("actions", [action.id for action in work.actions], "the id")
        for at, action in enumerate(work.actions):
            yield from self._statements("actions", at, action.statements)
            yield from self._linked("actions", at, "findings", action.findings, "findings", findings)
            yield from self._not_later("actions", at, "agreed", action.agreed)
            if action.due and action.agreed and action.due.latest < action.agreed.earliest:
                yield self._problem("actions", at, "due", f"{action.due} is before it was agreed ({action.agreed})")
            for claim in action.moves:
                if claim.statement not in action.statements:
                    yield self._problem("actions", at, "moves", f"{claim.statement!r} is not among its statements")
                    continue
                try:
                    work.framework.scale_of(claim.statement).parse(claim.score)
                except CareAssureError as error:
                    yield self._problem("actions", at, "moves", error.message, error.hint)
        keys = [(item.action, str(item.date)) if item.action else "" for item in work.updates]
        yield from self._once("updates", keys, "this action and date")
        for at, update in enumerate(work.updates):
            yield from self._linked("updates", at, "action", [update.action], "actions", actions)
            yield from self._linked("updates", at, "evidence", update.evidence, "evidence", evidence)
            yield from self._one_of("updates", at, "status", update.status, STATUSES)
            yield from self._not_later("updates", at, "date", update.date)

    def _measures(self) -> Iterator[Problem]:
        work = self.workspace
        measures = {measure.id for measure in work.measures}
        met = {measure.id for measure in work.measures if measure.direction == "met"}
        actions = {action.id for action in work.actions}
        yield from self._once("measures", [measure.id for measure in work.measures], "the id")
        for at, item in enumerate(work.measures):
            yield from self._one_of("measures", at, "direction", item.direction, DIRECTIONS)
            yield from self._linked("measures", at, "actions", item.actions, "actions", actions)
            yield from self._not_later("measures", at, "baseline_date", item.baseline_date)
            start, end = item.baseline_date, item.target_date
            if start and end and end.latest < start.earliest:
                yield self._problem("measures", at, "target_date", f"{end} is before the baseline ({start})")
            yield from self._target(at, item)
        keys = [(item.measure, str(item.date)) if item.measure else "" for item in work.readings]
        yield from self._once("readings", keys, "this measure and date")
        for at, reading in enumerate(work.readings):
            yield from self._linked("readings", at, "measure", [reading.measure], "measures", measures)
            yield from self._not_later("readings", at, "date", reading.date)
            if reading.measure in met and reading.value not in (0, 1):
                yield self._problem("readings", at, "value", f"{quantity(reading.value)} is neither met nor not met")

    def _target(self, at: int, item: Measure) -> Iterator[Problem]:
        if item.direction == "met":
            return
        if item.target_change is not None and (item.baseline is None or item.baseline <= 0):
            message = "it is counted from the baseline, which is " + (
                "blank" if item.baseline is None else "not above 0"
            )
            hint = "Give the baseline, 100 where only the change is known, or write the value to be reached"
            yield self._problem("measures", at, "target", message, hint)
            return
        reached = item.baseline is not None and item.reaches(item.baseline)
        if reached and item.aim != item.baseline and item.direction in DIRECTIONS:
            why = f"it is worse than the baseline, for {item.better}"
            yield self._problem("measures", at, "target", why, "Check the target and the direction")

    def _returns(self) -> Iterator[Problem]:
        evidence = {item.id for item in self.workspace.evidence}
        items = self.workspace.returns
        yield from self._once("returns", [item.key for item in items], "the item")
        for at, item in enumerate(items):
            yield from self._one_of("returns", at, "status", item.status, ITEM_STATUSES)
            yield from self._linked("returns", at, "evidence", item.evidence, "evidence", evidence)
            yield from self._not_later("returns", at, "date", item.date)
            if item.rating:
                try:
                    self.workspace.framework.rating(item.rating)
                except CareAssureError as error:
                    yield self._problem("returns", at, "rating", error.message, error.hint)

    def _descriptors(self) -> Iterator[Problem]:
        items = self.workspace.descriptors
        yield from self._once("descriptors", [(d.version, d.statement, str(d.score)) for d in items],
                              "this statement and score")  # fmt: skip
        for at, item in enumerate(items):
            for problem in descriptor_problems(item, self.workspace.framework):
                yield self._problem("descriptors", at, problem.where.path, problem.message, problem.hint)
            yield from self._version("descriptors", at, item.version)

    def _indicators(self) -> Iterator[Problem]:
        work = self.workspace
        own = {str(item.key) for item in work.indicators}
        yield from self._once("indicators", [str(item.key) for item in work.indicators], "the indicator")
        for at, item in enumerate(work.indicators):
            yield from self._not_later("indicators", at, "date", item.date)
            yield from self._statements("indicators", at, [bearing.statement for bearing in item.statements])
        yield from self._once("values", [value_key(value) for value in work.values], "this indicator, area and period")
        for at, column, message, hint in value_faults(work.values):
            yield self._problem("values", at, column, message, hint)
        for at, value in enumerate(work.values):
            yield from self._linked("values", at, "indicator", [str(value.indicator)], "indicators", own)
        for at, found in enumerate(work.evidence):
            if not found.indicator:
                continue
            try:
                key = IndicatorKey.parse(found.indicator)
            except CareAssureError as error:
                first = error.problems[0] if isinstance(error, InvalidInputError) else None
                message, hint = (first.message, first.hint) if first else (error.message, "")
                yield self._problem("evidence", at, "indicator", message, hint)
                continue
            if key.set == "own" or self.shipped(key) is False:
                yield from self._linked("evidence", at, "indicator", [str(key)], "indicators", own)

    def _version(self, table: str, at: int, version: str) -> Iterator[Problem]:
        used = [self.workspace.framework.version, self.workspace.base.version]
        if version and version not in used:
            yield self._problem(
                table, at, "version", f"it is for version {version!r}, and this workspace for {used[0]!r}",
                "Scores of two versions cannot be mixed: keep them in two workspaces",
            )  # fmt: skip
