"""Everything that a workspace holds about one statement, laid beside the score that is being set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from careassure.api.verbs import descriptors
from careassure.figures.catalogue import england_values, indicator, indicator_values, is_shipped
from careassure.figures.model import Indicator, IndicatorKey, Value
from careassure.model.arguments import checked
from careassure.model.descriptor import Descriptor, DescriptorTable, descriptors_of
from careassure.model.evidence import Evidence, superseded
from careassure.model.framework import Framework
from careassure.model.scale import Grade
from careassure.model.showing import short_repr
from careassure.model.statements import Statement
from careassure.workspaces.answers import answered
from careassure.workspaces.board import ActionProgress
from careassure.workspaces.details import (
    action_lines,
    descriptor_words,
    event_words,
    evidence_words,
    finding_words,
    indicator_lines,
    promise_words,
    score_words,
)
from careassure.workspaces.happened import Event, Finding
from careassure.workspaces.opening import WorkspaceLike, opened
from careassure.workspaces.owed import Promise
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
        evidence: What was found, by the framework's evidence categories in their order; a blank category too. What
            belongs to none stands last, under an empty title.
        findings: What reviews and visits found.
        events: What happened that was about it by name.
        actions: What will be done about it.
        indicators: The council's own indicators that bear on it, and the shipped ones that its evidence names, each
            with its values, the oldest first; of shipped ones the council's and England's.
        promises: What was promised to members about it.
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
    promises: tuple[Promise, ...] = ()

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
        yield from (f"  {score_words(entry, self.workspace.framework)}" for entry in self.entries)
        if not self.entries:
            yield "  none yet"
        if self.descriptors:
            yield ""
            yield "What each score looks like"
        for item in self.descriptors:
            here = "> " if scale.parse(item.score) == self.score else "  "
            yield f"{here}{descriptor_words(item, scale)}"
        yield ""
        yield "Evidence"
        if not any(items for _, items in self.evidence) and not self.workspace.framework.categories:
            yield "  none"
        for title, said in self.evidence_lines:
            if title:
                yield f"  {title}" + ("" if said else ": none")
            yield from (f"{'    ' if title else '  '}{line}" for line in said)
        for heading, lines in self.sections:
            yield ""
            yield heading
            yield from (f"  {line}" for line in lines)

    @property
    def evidence_lines(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The evidence in words, by the title of its category; see `evidence`."""
        later = {name: item.id for name, item in superseded(self.workspace.evidence).items()}
        return tuple(
            (title, tuple(evidence_words(item, self.statement.id, later.get(item.id, "")) for item in items))
            for title, items in self.evidence
        )

    @property
    def sections(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What is kept beside scores and evidence, in words, each kind that there is under its heading.

        Lines that belong to the one before are indented.
        """
        work = self.workspace
        found = (
            ("Indicators", [line for pair in self.indicators for line in indicator_lines(*pair, work.council)]),
            ("Findings", [_finding(item, work) for item in self.findings]),
            ("Events", [event_words(item, work) for item in self.events]),
            ("Promises", [promise_words(item, work.framework) for item in self.promises]),
            ("Actions", [line for item in self.actions for line in _action(item, work)]),
        )
        return tuple((heading, tuple(lines)) for heading, lines in found if lines)


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
    return StatementPage(
        work,
        framework.statement(name),
        tuple(sorted((e for e in work.told_scores if e.statement == name),
                     key=lambda e: e.date)),
        descriptors_of([*work.descriptors, *beside], framework, name),
        tuple(_by_category(framework, about)),
        tuple(item for item in work.findings if name in item.statements),
        tuple(item for item in work.events if name in item.statements),
        tuple(item for item in work.actions if name in item.statements),
        (*(
            (item, tuple(sorted((v for v in work.values if v.indicator == item.key), key=lambda v: v.period)))
            for item in work.indicators if name in {bearing.statement for bearing in item.statements}
        ), *_shipped(work, about)),
        tuple(item for item in work.promises if name in item.statements),
    )  # fmt: skip


def _shipped(work: Workspace, about: list[Evidence]) -> Iterator[tuple[Indicator, tuple[Value, ...]]]:
    """The shipped indicators that evidence names, each with the council's values and England's."""
    for key in dict.fromkeys(item.indicator for item in about if item.indicator):
        if is_shipped(IndicatorKey.parse(key)):
            item = indicator(key)
            mine = [value for value in indicator_values(item) if value.place == work.council]
            yield item, tuple(sorted((*mine, *england_values(item)), key=lambda value: value.period))


def _by_category(framework: Framework, items: list[Evidence]) -> Iterator[tuple[str, tuple[Evidence, ...]]]:
    """Evidence under the title of its category; under none what has none, last."""
    for category in framework.categories:
        found = tuple(item for item in items if item.category == category.id)
        if category.applies or found:
            yield category.title, found
    titled = {category.id for category in framework.categories}
    rest = tuple(item for item in items if item.category not in titled)
    if rest:
        yield "", rest


def _finding(item: Finding, workspace: Workspace) -> str:
    """A finding with whom it is for, what other reviews say of it, and what was said to it."""
    return "; ".join([finding_words(item, workspace), *answered(item, workspace).notes])


def _action(item: Action, workspace: Workspace) -> list[str]:
    """An action as it stands with the last that was said of it; no day is asked for, so none makes it overdue."""
    said = sorted((each for each in workspace.updates if each.action == item.id), key=lambda each: each.date)
    return action_lines(ActionProgress(item, said[-1] if said else None, False, (), tuple(said)), workspace)
