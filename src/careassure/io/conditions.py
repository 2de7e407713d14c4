"""Read the conditions and the measures of a method file."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import get_args

from careassure.errors import Problem
from careassure.io.fields import Table, number
from careassure.io.shared_fields import check_id
from careassure.methods.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    FactIs,
    InputLevel,
    Measure,
    MeasureKind,
    Not,
    Selection,
    Threshold,
)
from careassure.methods.limits import MOST_DIGITS, MOST_DIGITS_TOGETHER, too_long, too_long_together
from careassure.model.reference import Reference
from careassure.model.rounding import ROUNDINGS, Rounding
from careassure.model.text import hint_for, join

MOST_DEPTH = 50
"""Conditions nested more deeply than this are refused."""

_LEVELS: tuple[InputLevel, ...] = get_args(InputLevel)
_KINDS: tuple[MeasureKind, ...] = get_args(MeasureKind)


class ConditionReader:
    """Reads conditions, and the measures that they compare.

    Args:
        references: The references of the file.
        problems: A list that everything wrong is added to.
    """

    def __init__(self, references: Mapping[str, Reference], problems: list[Problem]) -> None:
        self.references = references
        self.problems = problems
        self.measures: dict[str, Measure] = {}
        self.depth = 0

    def read_measures(self, tables: Mapping[str, Table]) -> tuple[Measure, ...]:
        """The named measures, which conditions may compare from then on."""
        self.measures = {name: self.measure(table, name) for name, table in tables.items()}
        return tuple(self.measures.values())

    def cited(self, table: Table) -> tuple[Reference, ...]:
        """The references that a table names."""
        names = table.texts("reference")
        if not names:
            table.problem("reference", "it is missing", "Name one of the references, so that the rule can be looked up")
        found: list[Reference] = []
        for name in names:
            if name in self.references:
                found.append(self.references[name])
            else:
                hint = hint_for(name, self.references, "Add it under [references]")
                table.problem("reference", f"there is no reference {name!r}", hint)
        return tuple(found)

    # -- conditions -----------------------------------------------------------------------------------

    def condition(self, parent: Table, key: str, grade: str) -> Condition:
        """The condition in a field; ``grade``: that of its rung, which "this" stands for."""
        value = parent.need(key)
        return self._read(Table(value, parent.at(key), self.problems), grade) if value is not None else AllOf(())

    def _read(self, table: Table, grade: str) -> Condition:
        heads = ("measure", "count", "every", "any", "area", "fact", "all_of", "any_of", "not")
        head = [name for name in heads if table.has(name)]
        if len(head) != 1:
            what = f"it has both {join(head)}" if head else f"it has none of {join(heads, 'or')}"
            self.problems.append(Problem(table.path, what, "A condition has exactly one of these"))
            return AllOf(())
        if self.depth == MOST_DEPTH:
            self.problems.append(Problem(table.path, "its conditions are nested too deeply"))
            return AllOf(())
        text = table.text("sentence", "")
        self.depth += 1
        condition = self._read_head(table, head[0], grade, text)
        self.depth -= 1
        table.finish()
        return condition

    def _read_head(self, table: Table, head: str, grade: str, text: str) -> Condition:
        if head in ("all_of", "any_of"):
            parts = tuple(self._read(item, grade) for item in table.tables(head))
            if not parts:
                table.problem(head, "it is empty")
            return AllOf(parts, text) if head == "all_of" else AnyOf(parts, text)
        if head == "not":
            return Not(self._read(Table(table.take("not"), table.at("not"), self.problems), grade), text)
        if head == "fact":
            check_id(table, "fact", table.text("fact"))
            return FactIs(table.text("fact"), table.flag("is", default=True), table.flag("default"), text)
        if head == "measure":
            return self._compared(table, self.named_measure(table, "measure"), text)
        if head == "count":
            return self._compared(table, self._count(table, grade), text)
        if head == "area":
            return self._reached(table, self.areas(table, "area"), "every", grade, text)
        return self._reached(table, self._selection(table.take(head), table.at(head)), head, grade, text)

    def areas(self, table: Table, key: str) -> Selection:
        """The themes and statements that a field names."""
        names = table.texts(key)
        if not names:
            table.problem(key, "it is empty", "Name at least one theme or statement")
        return Selection("areas", only=names)

    def _compared(self, table: Table, measure: Measure, text: str) -> Condition:
        names = [name for name in ("at_least", "more_than", "at_most", "less_than") if table.has(name)]
        if len(names) != 1:
            table.problem("at_least", "give exactly one of at_least, more_than, at_most and less_than")
            for name in names:
                table.take(name)
            return AllOf(())
        threshold = self.threshold(table.take(names[0]), table.at(names[0]))
        if names[0] in ("at_least", "more_than"):
            return AtLeast(measure, threshold, strict=names[0] == "more_than", text=text)
        return Not(AtLeast(measure, threshold, strict=names[0] == "at_most"), text)

    def _count(self, table: Table, grade: str) -> Measure:
        over = self._selection(table.take("count"), table.at("count"))
        wanted = table.text("grade", "this")
        return Measure("", "count", over, grade=self._this(wanted, grade, table, "grade"))

    def _reached(self, table: Table, over: Selection, head: str, grade: str, text: str) -> Condition:
        """``every``, ``any`` or one area at least, or at most, a grade."""
        if table.has("at_most"):
            wanted = self._this(table.text("at_most"), grade, table, "at_most")
            flipped = "any" if head == "every" else "every"
            condition: Condition = Not(self.reach(over, wanted, flipped, "", beyond=True), text)
        else:
            wanted = self._this(table.text("at_least", "this"), grade, table, "at_least")
            condition = self.reach(over, wanted, head, text)
        if head == "every" and not grade:
            # In a flag, "every one" says nothing of areas that were all left out.
            some = Measure("", "count", over, text="how many of them carry a grade")
            return AllOf((AtLeast(some, Threshold(constant=Fraction(1))), condition), text)
        return condition

    def reach(self, over: Selection, grade: str, head: str, text: str, *, beyond: bool = False) -> Condition:
        """Whether ``every`` or ``any`` one of what is selected is at least a grade, or ``beyond`` it."""
        noun = join(over.only) if over.only else f"the {over.level}"
        whole = head == "every" and len(over.only) != 1
        name = f"{'every one of' if whole else 'any of' if head == 'any' else ''} {noun}".strip()
        words = f"{name} {'above' if beyond else 'at least'} {grade}".replace("_", " ")
        measure = Measure("", "count", over, grade=grade, beyond=beyond, text=words)
        threshold = Threshold(share=Fraction(1)) if head == "every" else Threshold(constant=Fraction(1))
        return AtLeast(measure, threshold, text=text or words)

    def _this(self, wanted: str, grade: str, table: Table, key: str) -> str:
        if wanted == "this" and not grade:
            table.problem(key, '"this" means the grade of a rung, and a flag has none', "Name the grade")
        return grade if wanted == "this" else wanted

    def named_measure(self, table: Table, key: str) -> Measure:
        """The measure whose name a field gives."""
        name = table.text(key)
        if name and name not in self.measures:
            hint = hint_for(name, self.measures, "Add it under [measures]")
            table.problem(key, f"there is no measure {name!r}", hint)
        return self.measures.get(name, Measure(name, "total", Selection("scores")))

    def threshold(self, value: object, path: str) -> Threshold:
        """A number that is compared with, or the rule that gives it."""
        if not isinstance(value, dict):
            return Threshold(constant=self._number(value, path))
        table = Table(value, path, self.problems)
        steps: list[tuple[int, Fraction]] = []
        if table.has("by_n"):
            by_n = Table(table.take("by_n"), table.at("by_n"), self.problems)
            for start, amount in by_n.data.items():
                if start.isascii() and start.isdigit() and len(start) < 10:
                    steps.append((int(start), self._number(amount, by_n.at(start))))
                else:
                    by_n.problem(start, f"{start!r} is not a number of inputs", 'Write the least number, such as "4"')
        share = self._number(table.take("share"), table.at("share")) if table.has("share") else Fraction(0)
        plus = self._number(table.take("plus"), table.at("plus")) if table.has("plus") else Fraction(0)
        rounding: Rounding = table.choice("rounding", ROUNDINGS) if table.has("share") else "none"
        table.finish()
        return Threshold(plus, tuple(sorted(steps)), share, rounding)

    def _number(self, value: object, path: str) -> Fraction:
        """An exact number of a length that can be worked with and printed."""
        found = number(value, path, self.problems)
        if not too_long(found):
            return found
        what = f"it is a number of more than {MOST_DIGITS:,} digits"
        self.problems.append(Problem(path, what, "Give a shorter one"))
        return Fraction(1)

    # -- measures -------------------------------------------------------------------------------------

    def measure(self, table: Table, name: str) -> Measure:
        """A named measure as it is defined."""
        kind: MeasureKind = table.choice("kind", _KINDS)
        over = self._selection(table.need("over"), table.at("over"))
        grade = table.text("grade") if kind in ("count", "share") else ""
        weights: dict[str, Fraction] = {}
        if table.has("weights"):
            inner = Table(table.take("weights"), table.at("weights"), self.problems)
            weights = {key: self._number(value, inner.at(key)) for key, value in inner.data.items()}
            for key, weight in weights.items():
                if weight < 0:
                    inner.problem(key, "a weight may not be negative: the method would reward a lower score")
            if too_long_together(weights.values()):
                table.problem(
                    "weights",
                    f"as whole numbers, they have more than {MOST_DIGITS_TOGETHER:,} digits",
                    "Give weights with fewer digits or a common denominator",
                )
        fraction = kind in ("percentage", "mean", "share", "answered")
        rounding: Rounding = table.choice("rounding", ROUNDINGS) if fraction else "none"
        measure = Measure(
            name,
            kind,
            over,
            tuple(sorted(weights.items())),
            rounding,
            grade,
            label=table.text("label", ""),
            text=table.text("sentence"),
            references=self.cited(table),
        )
        table.finish()
        return measure

    def _selection(self, value: object, path: str) -> Selection:
        if isinstance(value, str):
            value = {"level": value}
        if isinstance(value, list | tuple):
            value = {"level": "areas", "only": value}
        if value is None:
            return Selection("scores")
        table = Table(value, path, self.problems)
        level: InputLevel = table.choice("level", _LEVELS)
        selection = Selection(
            level,
            table.texts("only"),
            table.texts("without"),
            table.texts("themes"),
            table.texts("tags"),
        )
        table.finish()
        return selection
