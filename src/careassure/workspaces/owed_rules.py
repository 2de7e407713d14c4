"""What must hold of findings over time, follow-ups, remedies, replies and promises."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from careassure.errors import Problem
from careassure.model.ids import shown
from careassure.model.showing import short_repr
from careassure.model.text import fold, hint_for, join
from careassure.workspaces.bodies import is_council, is_ours
from careassure.workspaces.checks import Checks
from careassure.workspaces.happened import FOLLOW_UP_STATUSES, Event, Finding, Replies
from careassure.workspaces.owed import REMEDY_KINDS, Remedy


@frozen(eq=False)
class OwedRules(Checks):
    """The rules on what follows from an event."""

    __repr__ = short_repr

    def problems(self) -> Iterator[Problem]:
        """Everything that is wrong, table by table."""
        yield from self._links()
        yield from self._follow_ups()
        yield from self._remedies()
        yield from self._replies()
        yield from self._promises()

    @property
    def _happened(self) -> dict[str, Event]:
        return {event.id: event for event in self.workspace.events}

    @property
    def _shown_by(self) -> set[str]:
        return {item.id for item in self.workspace.evidence}

    def _links(self) -> Iterator[Problem]:
        """What findings say of earlier ones."""
        found = {item.id: item for item in self.workspace.findings}
        for at, item in enumerate(self.workspace.findings):
            for column in ("finds_again", "closes"):
                names: tuple[str, ...] = getattr(item, column)
                yield from self._linked("findings", at, column, names, "findings", set(found))
                for earlier in (found[name] for name in names if name in found):
                    why = self._why_not(item, earlier, column)
                    if why:
                        yield self._problem("findings", at, column, why, "Name a finding of an earlier review")
            for name in set(item.finds_again) & set(item.closes):
                yield self._problem(
                    "findings", at, "closes", f"{shown(name)} is found again as well", "Name it in one of the two"
                )

    def _why_not(self, item: Finding, earlier: Finding, column: str) -> str:
        """Why a finding cannot say of another that it is found again or closed; empty where it can."""
        if earlier.id == item.id:
            return "a finding cannot name itself"
        if earlier.event == item.event:
            return f"{shown(earlier.id)} is of the same event"
        now, then = (self._happened.get(each.event) for each in (item, earlier))
        if now and then and now.date.latest < then.date.earliest <= self.today:
            return f"{shown(earlier.id)} is later than this ({then.date})"
        if item.id in (*earlier.finds_again, *earlier.closes):
            return f"{shown(earlier.id)} names this one in turn"
        strong = earlier.kind == "strength"
        if column == "closes" and strong:
            return f"{shown(earlier.id)} is a strength, and a strength is not closed"
        if column == "finds_again" and strong != (item.kind == "strength"):
            return f"one of this and {shown(earlier.id)} is a strength, and the other is not"
        return ""

    def _follow_ups(self) -> Iterator[Problem]:
        work = self.workspace
        found = {item.id: item for item in work.findings}
        given = work.follow_ups
        keys = [(item.finding, self._whose(item.body), str(item.date)) if item.finding else "" for item in given]
        yield from self._once("follow_ups", keys, "this finding, body and date")
        for at, item in enumerate(given):
            yield from self._linked("follow_ups", at, "finding", [item.finding], "findings", set(found))
            yield from self._linked("follow_ups", at, "evidence", item.evidence, "evidence", self._shown_by)
            yield from self._one_of("follow_ups", at, "status", item.status, FOLLOW_UP_STATUSES)
            yield from self._not_later("follow_ups", at, "date", item.date)
            finding = found.get(item.finding)
            if finding is None:
                continue
            event = self._happened.get(finding.event)
            if event and item.date.latest < event.date.earliest <= self.today:
                yield self._problem(
                    "follow_ups", at, "date", f"{item.date} is before what found it ({event.date})", "Check both dates"
                )
            yield from self._whom(at, finding)

    def _whom(self, at: int, finding: Finding) -> Iterator[Problem]:
        """Whether a follow-up is that of a body for which the finding is."""
        body = self.workspace.follow_ups[at].body
        ours = not body or is_council(body, self.workspace)
        if ours and not is_ours(finding, self.workspace):
            why = f"{shown(finding.id)} is not for the council"
            yield self._problem("follow_ups", at, "body", why, f"Name {join(finding.bodies, 'or')}")
        elif not ours and fold(body) not in map(fold, finding.bodies):
            whom = join(finding.bodies) or "the council"
            why = f"{shown(finding.id)} is for {whom}, and not for {shown(body)}"
            yield self._problem(
                "follow_ups", at, "body", why, hint_for(body, finding.bodies, "Name one that it is for")
            )

    def _whose(self, body: str) -> str:
        return "" if not body or is_council(body, self.workspace) else fold(body)

    def _remedies(self) -> Iterator[Problem]:
        items = self.workspace.remedies
        yield from self._once("remedies", [item.id for item in items], "the id")
        for at, item in enumerate(items):
            yield from self._linked("remedies", at, "event", [item.event], "events", set(self._happened))
            yield from self._linked("remedies", at, "evidence", item.evidence, "evidence", self._shown_by)
            yield from self._one_of("remedies", at, "kind", item.kind, REMEDY_KINDS)
            yield from self._not_later("remedies", at, "done", item.done)
            yield from self._amount(at, item)
            event = self._happened.get(item.event)
            if event and event.upheld is False and event.kind == "ombudsman_decision":
                why = f"{shown(event.id)} did not uphold the complaint"
                yield self._problem("remedies", at, "event", why, "Check the result of the event")
            if event and item.due and item.due.latest < event.date.earliest <= self.today:
                yield self._problem(
                    "remedies", at, "due", f"{item.due} is before the event that asks for it ({event.date})"
                )

    def _amount(self, at: int, item: Remedy) -> Iterator[Problem]:
        amount = item.amount
        if amount is None:
            if item.roughly:
                yield self._problem("remedies", at, "roughly", "no amount stands beside it", "Leave it blank")
            return
        if item.kind in REMEDY_KINDS and item.kind != "payment":
            article = "an" if item.kind[0] in "ao" else "a"
            yield self._problem(
                "remedies", at, "amount", f"{article} {item.kind} has no amount", "Give a payment a row of its own"
            )
        if amount <= 0 or (amount * 100).denominator != 1:
            yield self._problem(
                "remedies", at, "amount", "it is not a sum of pounds and pence", "Write one such as 500.50"
            )

    def _replies(self) -> Iterator[Problem]:
        items = self.workspace.replies
        keys = [(item.event, fold(item.group)) if item.event else "" for item in items]
        yield from self._once("replies", keys, "this event and group")
        totals = {item.event: item for item in items if not item.group}
        for at, item in enumerate(items):
            yield from self._linked("replies", at, "event", [item.event], "events", set(self._happened))
            for column in ("asked", "replied"):
                count: int | None = getattr(item, column)
                if count is not None and count < 0:
                    yield self._problem("replies", at, column, f"{count} is less than 0")
            if item.asked is not None and item.replied > item.asked:
                yield self._problem("replies", at, "replied", f"{item.replied:,} is more than the {item.asked:,} asked")
            if item.group and item.event in totals:
                yield from self._within(at, item, totals[item.event])

    def _within(self, at: int, item: Replies, total: Replies) -> Iterator[Problem]:
        """A group is no larger than all together, as far as the numbers are exact."""
        if item.roughly or total.roughly:
            return
        for column in ("asked", "replied"):
            part, whole = (getattr(each, column) for each in (item, total))
            if part is not None and whole is not None and part > whole:
                why = f"{part:,} is more than all together ({whole:,})"
                yield self._problem("replies", at, column, why, "Check both rows")

    def _promises(self) -> Iterator[Problem]:
        items = self.workspace.promises
        yield from self._once("promises", [item.id for item in items], "the id")
        for at, item in enumerate(items):
            yield from self._statements("promises", at, item.statements)
            yield from self._linked("promises", at, "evidence", item.evidence, "evidence", self._shown_by)
            for column in ("date", "kept", "withdrawn"):
                yield from self._not_later("promises", at, column, getattr(item, column))
            for column in ("due", "kept", "withdrawn"):
                date = getattr(item, column)
                if date is not None and date.latest < item.date.earliest <= self.today:
                    yield self._problem("promises", at, column, f"{date} is before it was promised ({item.date})")
            if item.kept and item.withdrawn:
                yield self._problem("promises", at, "withdrawn", "it was kept as well", "Keep one of the two dates")
