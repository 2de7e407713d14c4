"""Load a method from its plain form, the tables of a TOML file, in the format ``careassure.method/1``.

The reference of the format is in the documentation, "The method file". Everything that is wrong with a
file is reported at once, with the path of each field.
"""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

from careassure.errors import InvalidMethodError, Problem
from careassure.io.fields import Table, number
from careassure.io.shared_fields import check_id, check_ids, read_references, read_scales
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
    direction,
)
from careassure.methods.limits import (
    MOST_DIGITS,
    MOST_DIGITS_TOGETHER,
    MOST_LIMITS,
    too_long,
    too_long_together,
)
from careassure.methods.method import FlagRule, Ladder, LadderName, Method, Node, Rung
from careassure.model.arguments import checked
from careassure.model.ids import LONGEST_ID, alike_id, is_slug, shown, twin_words
from careassure.model.reference import Reference
from careassure.model.rounding import ROUNDINGS, Rounding, decimal
from careassure.model.scale import Scale
from careassure.model.text import hint_for, join

FORMAT = "careassure.method/1"
MOST_DEPTH = 50
"""Conditions nested more deeply than this are refused."""

_LEVELS: tuple[InputLevel, ...] = get_args(InputLevel)
_KINDS: tuple[MeasureKind, ...] = get_args(MeasureKind)


@checked
def load_method(data: object, *, where: str = "", scales: tuple[Scale, ...] = ()) -> Method:
    """A method from plain tables.

    Args:
        data: What a TOML file of the format gives.
        where: The file, for messages.
        scales: The scales of the framework that it scores, so that shorthands know their grades.

    Raises:
        InvalidMethodError: Everything that is wrong, each with its path.
    """
    problems: list[Problem] = []
    table = Table(data, "", problems)
    method = _Loader(table, scales).method()
    if problems:
        raise InvalidMethodError(where or f"the method {method.id}", problems)
    return method


class _Loader:
    def __init__(self, table: Table, scales: tuple[Scale, ...]) -> None:
        self.table = table
        self.problems = table.problems
        self.references: dict[str, Reference] = {}
        self.measures: dict[str, Measure] = {}
        self.scales = {scale.id: scale for scale in scales}
        self.ids: dict[str, str] = {}
        self.depth = 0
        self.lowest = ""

    def method(self) -> Method:
        table = self.table
        form = table.text("format")
        if form and form != FORMAT:
            table.problem("format", f"{form!r} is not known", f"This version reads {FORMAT}")
        self.references = read_references(table)
        own_scales = read_scales(table)
        self.scales |= {scale.id: scale for scale in own_scales}
        measures = table.named("measures")
        check_ids(table, "measures", measures)
        self.measures = {name: self._measure(item, name) for name, item in measures.items()}
        method = Method(
            id=self._name(table),
            version=table.text("version"),
            title=table.text("title"),
            summary=table.text("summary", ""),
            framework=table.text("framework"),
            framework_versions=table.texts("framework_versions"),
            nodes=tuple(self._node(item) for item in table.tables("nodes")),
            flags=tuple(self._flag(item) for item in table.tables("flags")),
            measures=tuple(self.measures.values()),
            not_rated="leave_out"
            if table.choice("not_rated", ("interval", "leave_out")) == "leave_out"
            else "interval",
            scales=own_scales,
            valid_from=table.date("valid_from"),
            valid_until=table.date("valid_until"),
            references=tuple(self.references.values()),
        )
        if not method.nodes and not table.has("nodes"):
            table.problem("nodes", "it is missing", "Write nodes = [] for a method that gives the scores as a profile")
        table.finish()
        return method

    def _name(self, table: Table) -> str:
        name = table.text("id")
        if name and (len(name) > LONGEST_ID or not is_slug(name)):
            table.problem("id", f"{shown(name)} cannot be a method's id", "Use lower-case letters, digits and hyphens")
        return name

    # -- nodes and ladders ----------------------------------------------------------------------------

    def _node(self, table: Table) -> Node:
        target = table.text("for")
        scale = table.text("scale", "")
        names = [name for name in ("must", "may", "suggest") if table.has(name)]
        ladders: tuple[Ladder, ...] = ()
        if names:
            if "must" not in names or "may" not in names:
                table.problem(names[0], "must and may go together", "Give both ladders, or one without a name")
            for name in ("rungs", "bands", "limits"):
                if table.has(name):
                    table.problem(name, f"it stands beside {names[0]}", "Put it into one of the ladders")
                    table.take(name)
            ladders = tuple(
                self._ladder(Table(table.take(name), table.at(name), self.problems), name, target, scale)
                for name in names
            )
        elif any(table.has(name) for name in ("rungs", "bands", "limits")):
            ladders = (self._ladder(table, "only", target, scale),)
        if ladders and not scale:
            table.problem("scale", "it is missing", "Name the scale of its grade")
        node = Node(target, scale, ladders, table.text("headline", ""))
        if not ladders and not node.headline:
            table.problem("rungs", "it has neither rungs, bands nor a headline")
        table.finish()
        return node

    def _ladder(self, table: Table, name: str, target: str, scale_id: str) -> Ladder:
        scale = self.scales.get(scale_id)
        rungs: dict[str, Rung] = {}
        prefix = target if name == "only" else f"{target}.{name}"
        if table.has("bands"):
            for rung in self._bands(Table(table.take("bands"), table.at("bands"), self.problems), prefix, scale):
                rungs[rung.grade] = rung
        for item in table.tables("rungs"):
            grade = item.text("grade")
            if grade in rungs:
                item.problem("grade", f"there is a rung for {grade!r} already")
            rungs[grade] = Rung(
                self._id(item, f"{prefix}.{grade}"),
                grade,
                self._upward(self._condition(item, "when", grade), item, "when"),
                item.text("sentence"),
                self._cited(item),
            )
            item.finish()
        ordered = self._order(rungs, scale, table)
        self.lowest = ""
        limits = table.tables("limits")
        if len(limits) > MOST_LIMITS:
            table.problem("limits", f"there are {len(limits):,} limits", f"Give at most {MOST_LIMITS} for one ladder")
        for item in limits[:MOST_LIMITS]:
            ordered = self._limit(item, ordered, scale)
        if name != "only":
            table.finish()
        names: dict[str, LadderName] = {"only": "only", "must": "must", "may": "may", "suggest": "suggest"}
        return Ladder(names[name], tuple(ordered), self.lowest)

    def _order(self, rungs: dict[str, Rung], scale: Scale | None, table: Table) -> list[Rung]:
        if scale is None:
            return list(rungs.values())
        keys = [grade.key for grade in scale][1:]
        for key in (key for key in rungs if key not in keys):
            what = "is the lowest grade, which needs no rung" if key == scale.lowest.key else "is no grade of the scale"
            table.problem("rungs", f"{key!r} {what}", f"Give one for {join(keys)}")
        for key in keys:
            if key not in rungs:
                table.problem("rungs", f"there is no rung for {key!r}", f"Give one for {join(keys)}")
        return [rungs[key] for key in keys if key in rungs]

    def _bands(self, table: Table, prefix: str, scale: Scale | None) -> list[Rung]:
        measure = self._named_measure(table, "measure")
        references = self._cited(table)
        rungs: list[Rung] = []
        keys = (
            [grade.key for grade in scale][1:] if scale is not None else [k for k in table.data if k not in table.taken]
        )
        for key in keys:
            if not table.has(key):
                table.problem(key, "it is missing", "Give the least number for each grade above the lowest")
                continue
            threshold = self._threshold(table.take(key), table.at(key))
            label = scale[key].label if scale is not None else key
            rungs.append(
                Rung(
                    self._unique(f"{prefix}.{key}", table, key),
                    key,
                    AtLeast(measure, threshold),
                    f"At least {label}: {measure.label or f'the measure {measure.id}'} of {_words(threshold)} or more.",
                    references,
                )
            )
        table.finish()
        return rungs

    def _limit(self, table: Table, rungs: list[Rung], scale: Scale | None) -> list[Rung]:
        """A cap, a floor or a "not above" changes the rungs that it concerns; later ones have the last word."""
        kinds = [kind for kind in ("cap", "floor", "not_above") if table.has(kind)]
        if len(kinds) != 1:
            table.problem("cap", "a limit is one of cap, floor and not_above", "Give exactly one")
            kinds = kinds[:1] or ["cap"]
        sentence = table.text("sentence")
        references = self._cited(table)
        self._id(table, "")
        keys = [rung.grade for rung in rungs]
        changed: dict[str, Condition] = {}
        if kinds[0] == "not_above":
            areas = self._areas(table, "not_above")
            for key in keys:
                changed[key] = self._reach(areas, key, "every", sentence)
        else:
            grade = table.text(kinds[0])
            place = keys.index(grade) + 1 if grade in keys else 0
            if scale is None and kinds[0] == "cap" and grade not in keys and self.lowest in ("", grade):
                self.lowest = grade  # the one grade that has no rung; whether it is so is seen with the framework
            elif grade not in keys and (scale is None or grade != scale.lowest.key):
                table.problem(kinds[0], f"{grade!r} is no grade of the scale")
            elif scale is not None and grade == (scale.highest if kinds[0] == "cap" else scale.lowest).key:
                table.problem(kinds[0], f"nothing lies beyond {grade!r}, so it limits nothing")
            condition = self._condition(table, "when", grade)
            if kinds[0] == "cap":
                kept = Not(condition, f"This limit does not apply: {sentence}", references)
                self._upward(kept, table, "when", "a cap's condition may only fail when a score is raised")
                changed = dict.fromkeys(keys[place:], kept)
            else:
                self._upward(condition, table, "when")
                changed = dict.fromkeys(keys[:place], condition)
        table.finish()
        return [
            rung
            if rung.grade not in changed
            else Rung(
                rung.id,
                rung.grade,
                AnyOf((rung.when, changed[rung.grade]), f"{rung.text} Or: {sentence}")
                if kinds[0] == "floor"
                else AllOf((rung.when, changed[rung.grade]), f"{rung.text} And: {sentence}"),
                f"{rung.text} {'Or' if kinds[0] == 'floor' else 'Limit'}: {sentence}",
                tuple(dict.fromkeys((*rung.references, *references))),
            )
            for rung in rungs
        ]

    def _flag(self, table: Table) -> FlagRule:
        rule = FlagRule(self._id(table), self._condition(table, "when", ""), table.text("sentence"), self._cited(table))
        table.finish()
        return rule

    def _id(self, table: Table, default: str | None = None) -> str:
        return self._unique(table.text("id", default), table, "id")

    def _unique(self, name: str, table: Table, key: str) -> str:
        if not name:
            return name
        check_id(table, key, name)
        alike = alike_id(name)
        if alike in self.ids:
            what = twin_words(name, self.ids[alike])
            table.problem(key, what, "Give each rung, limit and flag an id of its own")
        self.ids.setdefault(alike, name)
        return name

    def _cited(self, table: Table) -> tuple[Reference, ...]:
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

    def _upward(
        self, condition: Condition, table: Table, key: str, why: str = "a raised score may never make it fail"
    ) -> Condition:
        if direction(condition) not in ("up", "fixed"):
            table.problem(key, f"the condition is not upward closed: {why}")
        return condition

    # -- conditions -----------------------------------------------------------------------------------

    def _condition(self, parent: Table, key: str, grade: str) -> Condition:
        value = parent.need(key)
        return self._read(Table(value, parent.at(key), self.problems), grade) if value is not None else AllOf(())

    def _read(self, table: Table, grade: str) -> Condition:
        heads = ("measure", "count", "every", "any", "area", "fact", "all_of", "any_of", "not")
        head = [name for name in heads if table.has(name)]
        if len(head) != 1:
            what = f"it has both {join(head)}" if head else f"none of {join(heads, 'or')} stands in it"
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
            return self._compared(table, self._named_measure(table, "measure"), text)
        if head == "count":
            return self._compared(table, self._count(table, grade), text)
        if head == "area":
            return self._reached(table, self._areas(table, "area"), "every", grade, text)
        return self._reached(table, self._selection(table.take(head), table.at(head)), head, grade, text)

    def _areas(self, table: Table, key: str) -> Selection:
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
        threshold = self._threshold(table.take(names[0]), table.at(names[0]))
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
            condition: Condition = Not(self._reach(over, wanted, flipped, "", beyond=True), text)
        else:
            wanted = self._this(table.text("at_least", "this"), grade, table, "at_least")
            condition = self._reach(over, wanted, head, text)
        if head == "every" and not grade:
            # In a flag, "every one" says nothing of areas that were all left out.
            some = Measure("", "count", over, text="how many of them carry a grade")
            return AllOf((AtLeast(some, Threshold(constant=Fraction(1))), condition), text)
        return condition

    def _reach(self, over: Selection, grade: str, head: str, text: str, *, beyond: bool = False) -> Condition:
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

    def _named_measure(self, table: Table, key: str) -> Measure:
        name = table.text(key)
        if name and name not in self.measures:
            hint = hint_for(name, self.measures, "Add it under [measures]")
            table.problem(key, f"there is no measure {name!r}", hint)
        return self.measures.get(name, Measure(name, "total", Selection("scores")))

    def _threshold(self, value: object, path: str) -> Threshold:
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
                    by_n.problem(start, f"{start!r} is no number of inputs", 'Write the least number, such as "4"')
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

    def _measure(self, table: Table, name: str) -> Measure:
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
                    f"made whole numbers, they have more than {MOST_DIGITS_TOGETHER:,} digits",
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
            references=self._cited(table),
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


def _words(threshold: Threshold) -> str:
    fixed = not threshold.steps and not threshold.share
    return decimal(threshold.constant) if fixed else "the number that its rule gives"
