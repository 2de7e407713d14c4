"""Load a method from its plain form, the tables of a TOML file, in the format ``careassure.method/1``.

The reference of the format is in the documentation, "The method file". Everything that is wrong with a
file is reported at once, with the path of each field.
"""

from __future__ import annotations

from functools import partial

from careassure.errors import InvalidMethodError, Problem
from careassure.io.conditions import ConditionReader
from careassure.io.fields import Table
from careassure.io.shared_fields import check_id, check_ids, read_references, read_scales
from careassure.methods.conditions import AllOf, AnyOf, AtLeast, Condition, Not, Threshold, direction
from careassure.methods.limits import MOST_LIMITS
from careassure.methods.method import FlagRule, Ladder, LadderName, Method, Node, Rung
from careassure.model.arguments import checked
from careassure.model.ids import LONGEST_ID, alike_id, is_slug, shown, twin_words
from careassure.model.reference import Reference
from careassure.model.rounding import decimal
from careassure.model.scale import Scale
from careassure.model.text import join

FORMAT = "careassure.method/1"


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
        self.references = read_references(table)
        self.read = ConditionReader(self.references, table.problems)
        self.scales = {scale.id: scale for scale in scales}
        self.ids: dict[str, str] = {}
        self.lowest = ""

    def method(self) -> Method:
        table = self.table
        form = table.text("format")
        if form and form != FORMAT:
            table.problem("format", f"{form!r} is not known", f"This version reads {FORMAT}")
        own_scales = read_scales(table)
        self.scales |= {scale.id: scale for scale in own_scales}
        measures = table.named("measures")
        check_ids(table, "measures", measures)
        known = self.read.read_measures(measures)  # before the conditions, which compare them
        method = Method(
            id=self._name(table),
            version=table.text("version"),
            title=table.text("title"),
            summary=table.text("summary", ""),
            framework=table.text("framework"),
            framework_versions=table.texts("framework_versions"),
            nodes=tuple(self._node(item) for item in table.tables("nodes")),
            flags=tuple(self._flag(item) for item in table.tables("flags")),
            measures=known,
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
                    table.problem(
                        name, f"it cannot be given together with {names[0]}", "Put it into one of the ladders"
                    )
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
                self._upward(self.read.condition(item, "when", grade), item, "when"),
                item.text("sentence"),
                self.read.cited(item),
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
            what = (
                "is the lowest grade, which needs no rung" if key == scale.lowest.key else "is not a grade of the scale"
            )
            table.problem("rungs", f"{key!r} {what}", f"Give one for {join(keys)}")
        for key in keys:
            if key not in rungs:
                table.problem("rungs", f"there is no rung for {key!r}", f"Give one for {join(keys)}")
        return [rungs[key] for key in keys if key in rungs]

    def _bands(self, table: Table, prefix: str, scale: Scale | None) -> list[Rung]:
        measure = self.read.named_measure(table, "measure")
        references = self.read.cited(table)
        rungs: list[Rung] = []
        keys = (
            [grade.key for grade in scale][1:] if scale is not None else [k for k in table.data if k not in table.taken]
        )
        for key in keys:
            if not table.has(key):
                table.problem(key, "it is missing", "Give the least number for each grade above the lowest")
                continue
            threshold = self.read.threshold(table.take(key), table.at(key))
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
        """A cap, a floor or a "not above" changes the rungs that it concerns; later ones have the last word.

        A cap is how CQC limits a provider that breaches a regulation to "requires improvement" (kloe.toml, principle
        1 for adult social care services) and how one standard that is not met rules out C1 and C2 (the Regulator of
        Social Housing, rsh-consumer-method.toml).
        """
        kinds = [kind for kind in ("cap", "floor", "not_above") if table.has(kind)]
        if len(kinds) != 1:
            table.problem("cap", "a limit is one of cap, floor and not_above", "Give exactly one")
            kinds = kinds[:1] or ["cap"]
        sentence = table.text("sentence")
        references = self.read.cited(table)
        self._id(table, "")
        keys = [rung.grade for rung in rungs]
        if kinds[0] == "not_above":
            areas = self.read.areas(table, "not_above")
            changed = {key: self.read.reach(areas, key, "every", sentence) for key in keys}
        else:
            grade = table.text(kinds[0])
            place = self._place(table, kinds[0], grade, keys, scale)
            condition = self.read.condition(table, "when", grade)
            if kinds[0] == "cap":
                condition = Not(condition, f"This limit does not apply: {sentence}", references)
                self._upward(condition, table, "when", "a cap's condition may only fail when a score is raised")
                changed = dict.fromkeys(keys[place:], condition)
            else:
                self._upward(condition, table, "when")
                changed = dict.fromkeys(keys[:place], condition)
        table.finish()
        limit = partial(_limited, sentence=sentence, references=references, floor=kinds[0] == "floor")
        return [limit(rung, changed[rung.grade]) if rung.grade in changed else rung for rung in rungs]

    def _place(self, table: Table, kind: str, grade: str, keys: list[str], scale: Scale | None) -> int:
        """How many rungs lie up to the grade that a cap or a floor names."""
        if scale is None and kind == "cap" and grade not in keys and self.lowest in ("", grade):
            self.lowest = grade  # the one grade that has no rung; whether it is so is seen with the framework
        elif grade not in keys and (scale is None or grade != scale.lowest.key):
            table.problem(kind, f"{grade!r} is not a grade of the scale")
        elif scale is not None and grade == (scale.highest if kind == "cap" else scale.lowest).key:
            table.problem(kind, f"nothing is beyond {grade!r}, so it limits nothing")
        return keys.index(grade) + 1 if grade in keys else 0

    def _flag(self, table: Table) -> FlagRule:
        rule = FlagRule(
            self._id(table), self.read.condition(table, "when", ""), table.text("sentence"), self.read.cited(table)
        )
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

    def _upward(
        self, condition: Condition, table: Table, key: str, why: str = "a raised score may never make it fail"
    ) -> Condition:
        if direction(condition) not in ("up", "fixed"):
            table.problem(key, f"the condition is not upward closed: {why}")
        return condition


def _limited(
    rung: Rung, condition: Condition, *, sentence: str, references: tuple[Reference, ...], floor: bool
) -> Rung:
    """A rung that holds where a floor's condition does as well, or only where another limit's does."""
    both = (rung.when, condition)
    when = AnyOf(both, f"{rung.text} Or: {sentence}") if floor else AllOf(both, f"{rung.text} And: {sentence}")
    text = f"{rung.text} {'Or' if floor else 'Limit'}: {sentence}"
    return Rung(rung.id, rung.grade, when, text, tuple(dict.fromkeys((*rung.references, *references))))


def _words(threshold: Threshold) -> str:
    fixed = not threshold.steps and not threshold.share
    return decimal(threshold.constant) if fixed else "the number that its rule gives"
