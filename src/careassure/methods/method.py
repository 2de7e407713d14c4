"""Methods: the rules of a scheme as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from careassure.methods.conditions import Condition, FactIs, Measure, facts_in
from careassure.model.arguments import explained
from careassure.model.dates import PartialDate
from careassure.model.reference import Reference
from careassure.model.scale import Scale
from careassure.model.showing import clipped, short_repr

# CQC's arithmetic settles a council's grade (single-word.toml): only. Ofsted decides the overall itself. What its
# published outcomes never leave is what it must and may be: with a judgement of practice inadequate, 32 of 32 overalls
# are inadequate; the rest is judgement, and the lower median is a suggestion (ilacs.method.toml).
LadderName = Literal["only", "must", "may", "suggest"]
"""``only``: the rules settle the grade. ``must`` and ``may``: what it is at least and at most where judgement
decides. ``suggest``: a grade between the two that is offered and never claimed."""


@frozen
class Rung:
    """The condition for reaching at least one grade.

    Args:
        id: Its name, unique within the method.
        grade: The key of the grade.
        when: The condition.
        text: The rule in a sentence.
        references: Where the rule stands.
    """

    id: str
    grade: str
    when: Condition
    text: str
    references: tuple[Reference, ...] = ()

    __repr__ = short_repr


@frozen
class Ladder:
    """One rung for each grade above the lowest, lowest first.

    Args:
        name: Which of the node's ladders it is.
        rungs: Its rungs.
        lowest: What a cap calls the lowest grade, which has no rung; empty where none does, or where it was seen to
            be so when the method was read.
    """

    name: LadderName
    rungs: tuple[Rung, ...]
    lowest: str = ""

    __repr__ = short_repr

    @property
    def asks_facts(self) -> bool:
        """Whether any rung asks for something beside the scores."""
        return any(any(facts_in(rung.when)) for rung in self.rungs)


@frozen
class Node:
    """What the method works out for one place in the framework, or for each of a kind.

    Args:
        target: ``overall``, ``themes`` (each), ``statements`` (each), or the id of a theme or statement.
        scale: The id of the scale of its grade.
        ladders: None where it has no grade; ``only``; or ``must`` and ``may``, perhaps with ``suggest``.
        headline: The id of the measure that is printed as its percentage; empty for none.
    """

    target: str
    scale: str
    ladders: tuple[Ladder, ...] = ()
    headline: str = ""

    __repr__ = short_repr


@frozen
class FlagRule:
    """A notice that is given when a condition holds, whatever the rating.

    Args:
        id: Its name, unique within the method.
        when: The condition.
        text: What follows, in a sentence.
        references: Where the rule stands.
    """

    id: str
    when: Condition
    text: str
    references: tuple[Reference, ...] = ()

    __repr__ = short_repr


@explained
@frozen(cache_hash=True, repr=False)
class Method:
    """The rules of a scheme.

    Args:
        id: Its name, such as ``single-word``.
        version: Its version.
        title: What it is called.
        summary: What it does, in a sentence or two.
        framework: The id of the framework it scores.
        framework_versions: The versions of it that it fits; empty for all.
        nodes: What it works out.
        flags: Its notices.
        measures: Its named measures.
        not_rated: What a state such as "not judged" does: ``interval`` counts it as a score that is not
            known, ``leave_out`` takes it out of the sums and counts.
        scales: Scales that the method brings beside those of the framework.
        valid_from: Since when it applies; None where that is not known.
        valid_until: Until when it applied; None where that is not known or it still does.
        references: What it cites.
    """

    id: str
    version: str
    title: str
    summary: str
    framework: str
    framework_versions: tuple[str, ...]
    nodes: tuple[Node, ...]
    flags: tuple[FlagRule, ...] = ()
    measures: tuple[Measure, ...] = ()
    not_rated: Literal["interval", "leave_out"] = "interval"
    scales: tuple[Scale, ...] = ()
    valid_from: PartialDate | None = None
    valid_until: PartialDate | None = None
    references: tuple[Reference, ...] = ()

    def __repr__(self) -> str:
        return clipped(f"<Method {self.id} {self.version} for {self.framework}: {self.title}>")

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Every condition with the id of its rung or flag."""
        for node in self.nodes:
            for ladder in node.ladders:
                for rung in ladder.rungs:
                    yield rung.id, rung.when
        for flag in self.flags:
            yield flag.id, flag.when

    @property
    def facts(self) -> dict[str, FactIs]:
        """The facts that it asks for, by name."""
        return {fact.name: fact for _, condition in self.conditions() for fact in facts_in(condition)}
