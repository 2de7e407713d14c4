"""Everything that a workspace holds about one statement, laid beside the score that is being set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from careassure.api.verbs import descriptors
from careassure.figures.model import Indicator, Value
from careassure.model.arguments import checked
from careassure.model.descriptor import Descriptor, DescriptorTable, descriptors_of
from careassure.model.evidence import Evidence
from careassure.model.scale import Grade
from careassure.model.showing import short_repr
from careassure.model.statements import Statement
from careassure.model.text import plural
from careassure.workspaces.events import Event, Finding
from careassure.workspaces.opening import WorkspaceLike, opened
from careassure.workspaces.plan import Action
from careassure.workspaces.workspace import ScoreEntry, Workspace


@frozen
class StatementPage:
    """Everything about one statement.

    Args:
        workspace: What the council keeps.
        statement: The statement.
        entries: Every score given to it or to its parts, the oldest first.
        descriptors: What it looks like at each score, the lowest first, in the words of their sources.
        evidence: What was found, by the framework's evidence categories in their order; a blank category too.
        findings: What reviews and visits found.
        events: What happened that was about it by name.
        actions: What will be done about it.
        indicators: The council's own indicators that bear on it, each with its values, the oldest first.
    """

    workspace: Workspace
    statement: Statement
    entries: tuple[ScoreEntry, ...]
    descriptors: tuple[Descriptor, ...]
    evidence: tuple[tuple[str, tuple[Evidence, ...]], ...]
    findings: tuple[Finding, ...]
    events: tuple[Event, ...]
    actions: tuple[Action, ...]
    indicators: tuple[tuple[Indicator, tuple[Value, ...]], ...] = ()

    __repr__ = short_repr

    @property
    def score(self) -> Grade | None:
        """The score that it has as a whole; None where it has none, or where its parts are scored."""
        latest = self.workspace.latest_scores.get(self.statement.id)
        if latest is None or latest.score is None:
            return None
        found = self.workspace.framework.scale_of(self.statement.id).read(latest.score)
        return found if isinstance(found, Grade) else None

    @property
    def words(self) -> str:
        """All of it as text."""
        return "\n".join(self._lines()) + "\n"

    def __str__(self) -> str:
        return self.words

    def _lines(self) -> Iterator[str]:
        scale = self.workspace.framework.scale_of(self.statement.id)
        yield self.statement.title
        if self.statement.summary:
            yield self.statement.summary
        yield ""
        yield "Scores"
        for entry in self.entries:
            part = f", {self.workspace.framework.title_of(entry.leaf).lower()}" if entry.category else ""
            said = "not known" if entry.score is None else str(entry.score)
            notes = [word for word in (entry.confidence and f"{entry.confidence} confidence", entry.reason) if word]
            yield f"  {entry.date.words}{part}: {said}" + (f" ({'; '.join(notes)})" if notes else "")
        if not self.entries:
            yield "  none yet"
        if self.descriptors:
            yield ""
            yield "What each score looks like"
        for item in self.descriptors:
            grade = scale.parse(item.score)
            here = "> " if grade == self.score else "  "
            yield f"{here}{scale.said(grade)}: {item.text} [{item.source}]"
        yield ""
        yield "Evidence"
        for title, items in self.evidence:
            yield f"  {title}" + ("" if items else ": none")
            for found in items:
                yield f"    {_evidence(found, self.statement.id)}"
        for heading, lines in (
            ("Indicators", [_indicator(*pair) for pair in self.indicators]),
            ("Findings", [f"{f.id} ({f.kind.replace('_', ' ')}): {f.text}" for f in self.findings]),
            ("Events", [f"{e.date.words}: {e.title}{f', {e.result}' if e.result else ''}" for e in self.events]),
            ("Actions", [_action(action, self.statement.id) for action in self.actions]),
        ):
            if lines:
                yield ""
                yield heading
                yield from (f"  {line}" for line in lines)


@checked
def statement(
    workspace: WorkspaceLike, statement: str, tables: Iterable[DescriptorTable] | None = None
) -> StatementPage:
    """Everything that a workspace holds about one statement.

    Args:
        workspace: What the council keeps, or the path of its folder.
        statement: The statement's id, title or alias.
        tables: Tables of descriptors to show beside those of the workspace; every installed one where None.

    Raises:
        UnknownStatementError: The framework has no such statement.
    """
    work = opened(workspace)
    framework = work.framework
    name = framework.resolve(statement, levels=("statement",))
    found = [item.table for item in descriptors()] if tables is None else tables
    beside = [
        item
        for table in found
        if table.framework == framework.id
        for item in table.descriptors
        if item.version in ("", framework.version, work.base.version)
    ]
    about = [item for item in work.evidence if name in item.statements]
    categories = [c for c in framework.categories if c.applies or any(item.category == c.id for item in about)]
    return StatementPage(
        work,
        framework.statement(name),
        tuple(sorted((e for e in work.scores if e.statement == name and not _blank(e, work)),
                     key=lambda e: e.date)),
        descriptors_of([*work.descriptors, *beside], framework, name),
        tuple((c.title, tuple(item for item in about if item.category == c.id)) for c in categories),
        tuple(item for item in work.findings if name in item.statements),
        tuple(item for item in work.events if name in item.statements),
        tuple(item for item in work.actions if name in item.statements),
        tuple(
            (item, tuple(sorted((v for v in work.values if v.indicator == item.key), key=lambda v: v.period)))
            for item in work.indicators if name in {bearing.statement for bearing in item.statements}
        ),
    )  # fmt: skip


def _indicator(item: Indicator, values: tuple[Value, ...]) -> str:
    shown = [f"{value.said(item.short_unit)} ({value.label}, {value.period})" for value in values]
    return f"{item.code} {item.title}: {', '.join(shown) or 'no values yet'}"


def _blank(entry: ScoreEntry, workspace: Workspace) -> bool:
    """Whether it is the blank row with which a workspace begins."""
    first = min((e.date for e in workspace.scores if e.leaf == entry.leaf), default=entry.date)
    return entry.score is None and entry.date == first


def _evidence(item: Evidence, statement: str) -> str:
    claims = [str(claim.score) for claim in item.says if claim.statement == statement]
    notes = [
        *([f"speaks for {claims[0]}"] if claims else []),
        *([item.strength] if item.strength else []),
        *([item.date.words] if item.date else ["no date"]),
        *([item.source] if item.source else []),
        *([plural(len(item.cases), "case")] if item.cases else []),
    ]
    return f"{item.id} {item.summary} ({'; '.join(notes)})"


def _action(action: Action, statement: str) -> str:
    hoped = [str(claim.score) for claim in action.moves if claim.statement == statement]
    due = f", due {action.due.words}" if action.due else ""
    return f"{action.id} {action.title}{due}" + (f"; hopes for {hoped[0]}" if hoped else "")
