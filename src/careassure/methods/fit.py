"""Fit a method to a framework: find what each measure looks at, and say what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import TypeVar

from attrs import evolve, field, frozen

from careassure.errors import CareAssureError, InvalidMethodError, Problem
from careassure.methods.conditions import (
    AtLeast,
    Condition,
    FactIs,
    Input,
    InputLevel,
    Measure,
    Selection,
    mapped,
    measures_in,
)
from careassure.methods.limits import MOST_DIGITS, too_long, too_long_together
from careassure.methods.method import FlagRule, Ladder, Method, Node
from careassure.model.framework import Framework
from careassure.model.rounding import ONE
from careassure.model.scale import Scale
from careassure.model.statements import Statement
from careassure.model.text import hint_for, join

Key = tuple[str, bool]
"""An input: its id, and whether the score as it was given is meant."""


@frozen
class Fitted:
    """A method whose measures know their inputs in one framework. Equal where method and framework are.

    Args:
        method: The method.
        framework: The framework.
        nodes: One node for each place, statements before themes before ``overall``.
        flags: Its notices.
        headlines: The headline measure of each node that has one, by target.
    """

    method: Method
    framework: Framework
    # What follows is worked out from these two, whose hashes are kept.
    nodes: tuple[Node, ...] = field(eq=False)
    flags: tuple[FlagRule, ...] = field(eq=False)
    headlines: tuple[tuple[str, Measure], ...] = field(eq=False)

    @cached_property
    def titles(self) -> dict[str, str]:
        """How each theme, statement and part of the framework is printed, by id."""
        themes = self.framework.themes
        found = {statement.id: statement.title for theme in themes for statement in theme.statements}
        parts = {f"{s.id}/{part.id}": part.title for theme in themes for s in theme.statements for part in s.parts}
        return parts | found | {theme.id: theme.title for theme in themes}

    @cached_property
    def graded(self) -> dict[str, Node]:
        """The nodes that get a grade, by target, in the order in which they can be worked out."""
        return {node.target: node for node in self.nodes if node.ladders}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """The statements of the framework, by id."""
        return {statement.id: statement for statement in self.framework.statements}

    @cached_property
    def headline_of(self) -> dict[str, Measure]:
        """The headline measure of each node that has one, by target."""
        return dict(self.headlines)

    @cached_property
    def _inputs(self) -> dict[str, tuple[Key, ...]]:
        found: dict[str, tuple[Key, ...]] = {}
        for target, node in self.graded.items():
            rules = [m for ladder in node.ladders for rung in ladder.rungs for m in measures_in(rung.when)]
            found[target] = tuple(dict.fromkeys((item.id, item.given) for rule in rules for item in rule.inputs))
        return found

    def inputs_of(self, target: str) -> tuple[Key, ...]:
        """What the rungs of a place look at, each once."""
        return self._inputs[target]

    @cached_property
    def _looked_at(self) -> dict[str, tuple[Key, ...]]:
        found: dict[str, tuple[Key, ...]] = {}
        for node in self.nodes:
            headline = self.headline_of.get(node.target)
            printed = [(item.id, item.given) for item in headline.inputs] if headline is not None else []
            found[node.target] = tuple(dict.fromkeys([*self._inputs.get(node.target, ()), *printed]))
        return found

    def looked_at(self, target: str) -> tuple[Key, ...]:
        """What the rungs of a place and its headline look at, each once."""
        return self._looked_at[target]

    @cached_property
    def scales(self) -> dict[str, Scale]:
        """Every scale by its id, those of the method before those of the framework."""
        return {scale.id: scale for scale in (*self.framework.scales, *self.method.scales)}

    @cached_property
    def _leaves(self) -> dict[str, dict[str, None]]:
        found: dict[str, dict[str, None]] = {}
        for target in self.graded:  # those below come first
            found[target] = {}
            for name, given in self._inputs[target]:
                found[target] |= {name: None} if given else found[name]
        return found

    def leaves_under(self, key: Key) -> dict[str, None]:
        """The scores that an input rests on."""
        return {key[0]: None} if key[1] else self._leaves[key[0]]

    @cached_property
    def _judged(self) -> dict[str, dict[str, None]]:
        found: dict[str, dict[str, None]] = {}
        for target, node in self.graded.items():
            found[target] = {target: None} if len(node.ladders) > 1 else {}
            for name, given in self._inputs[target]:
                found[target] |= {} if given else found[name]
        return found

    def judged_under(self, key: Key) -> dict[str, None]:
        """The places on which an input rests, itself among them, where judgement decides."""
        return {} if key[1] else self._judged[key[0]]

    def is_hollow(self, target: str) -> bool:
        """Whether a place can be looked at with nothing in it, since its headline sees what its rungs do not."""
        headline = self.headline_of.get(target)
        if headline is None:
            return False
        own = self._leaves[target]
        return any(leaf not in own for item in headline.inputs for leaf in self.leaves_under((item.id, item.given)))

    def can_be_whole(self, target: str) -> bool:
        """Whether a place is a statement with parts that can be given as a whole, on the scale of its grade."""
        statement = self.statements.get(target)
        if statement is None or not statement.parts:
            return False
        return self.scale_of(target, given=False).id == self.scale_of(target, given=True).id

    @cached_property
    def _scales(self) -> dict[str, Scale]:
        """The scale of every score, by its id, and of every statement as a whole."""
        return scales_of_scores(self.framework)

    @cached_property
    def _scales_of_grades(self) -> dict[str, Scale]:
        return {target: self.scale(node) for target, node in self.graded.items()}

    def scale_of(self, id: str, given: bool) -> Scale:
        """The scale in which an input is read: of its score as given, or else of the grade that it gets."""
        found = None if given else self._scales_of_grades.get(id)
        return found if found is not None else self._scales[id]

    def scale(self, node: Node) -> Scale:
        """The scale of a node's grade."""
        return scale_named(self.method, self.framework, node.scale)


@lru_cache(maxsize=64)
def fit(method: Method, framework: Framework) -> Fitted:
    """Find the inputs of every measure of ``method`` in ``framework``.

    Raises:
        InvalidMethodError: Everything that does not fit: another framework, unknown ids or grades,
            a measure that finds nothing to look at.
    """
    problems: list[Problem] = []
    if method.framework != framework.id:
        problems.append(Problem("framework", f"it scores {method.framework}, not {framework.id}"))
    elif method.framework_versions and framework.version not in method.framework_versions:
        problems.append(
            Problem("framework_versions", f"it does not score version {framework.version} of {framework.id}",
                    f"It scores {join(method.framework_versions)}")
        )  # fmt: skip
    if problems:
        raise InvalidMethodError(f"the method {method.id}", problems)
    fitter = _Fitter(method, framework, problems)
    nodes, headlines = fitter.nodes()
    flags = tuple(evolve(rule, when=fitter.condition(rule.when, "overall", rule.id)) for rule in method.flags)
    if problems:
        raise InvalidMethodError(f"the method {method.id} on {framework.id} {framework.version}", problems)
    return Fitted(method, framework, nodes, flags, headlines)


def scales_of_scores(framework: Framework) -> dict[str, Scale]:
    """The scale of every score, by its id, and of every statement as a whole."""
    by_id = {scale.id: scale for scale in framework.scales}
    found: dict[str, Scale] = {}
    for statement in framework.statements:
        found[statement.id] = by_id[statement.scale or framework.score_scale]
        for part in statement.parts:
            found[f"{statement.id}/{part.id}"] = by_id[part.scale or framework.score_scale]
    return found


def scale_named(method: Method, framework: Framework, name: str) -> Scale:
    """A scale of the method or of the framework, by id."""
    return next((scale for scale in method.scales if scale.id == name), None) or framework.scale(name)


_T = TypeVar("_T")


class _Fitter:
    def __init__(self, method: Method, framework: Framework, problems: list[Problem]) -> None:
        self.method = method
        self.framework = framework
        self.problems = problems
        self.scales: dict[str, Scale] = {}
        self.scored = scales_of_scores(framework)
        self.statements = {statement.id: statement for statement in framework.statements}
        self.themes = {theme.id: theme for theme in framework.themes}
        self.homes = {statement.id: theme.id for theme in framework.themes for statement in theme.statements}
        self._found: dict[tuple[str, str], dict[str, tuple[int, tuple[str, ...]]]] = {}

    def nodes(self) -> tuple[tuple[Node, ...], tuple[tuple[str, Measure], ...]]:
        targets = [node.target for node in self.method.nodes]
        for target in sorted({name for name in targets if targets.count(name) > 1}):
            self.problems.append(Problem(f"nodes.{target}", "it appears twice"))
        placed: dict[str, Node] = {}
        for node in sorted(self.method.nodes, key=lambda node: node.target not in ("statements", "themes")):
            placed |= dict.fromkeys(self._targets(node), node)  # a place of its own wins over its kind
        for target, node in placed.items():
            scale = self._try(f"nodes.{target}.scale", self._scale_named, node.scale) if node.ladders else None
            if scale is not None:
                self.scales[target] = scale
        order = [s.id for s in self.framework.statements] + [t.id for t in self.framework.themes] + ["overall"]
        fitted: list[Node] = []
        headlines: list[tuple[str, Measure]] = []
        for target in order:
            if target in placed:
                node = placed[target]
                fitted.append(evolve(node, target=target, ladders=tuple(self._ladders(node, target))))
                if node.headline:
                    headlines.append((target, self._headline(node, target)))
        return tuple(fitted), tuple(headlines)

    def _scale_named(self, name: str) -> Scale:
        return scale_named(self.method, self.framework, name)

    def _targets(self, node: Node) -> list[str]:
        if node.target == "statements":
            return [statement.id for statement in self.framework.statements]
        if node.target == "themes":
            return [theme.id for theme in self.framework.themes]
        known = ["overall", *(t.id for t in self.framework.themes), *(s.id for s in self.framework.statements)]
        if node.target in known:
            return [node.target]
        self.problems.append(
            Problem(f"nodes.{node.target}", "the framework has nothing of that name", hint_for(node.target, known))
        )
        return []

    def _ladders(self, node: Node, target: str) -> Iterator[Ladder]:
        for ladder in node.ladders:
            if target in self.scales:
                keys = [grade.key for grade in self.scales[target]][1:]
                if [rung.grade for rung in ladder.rungs] != keys:
                    self.problems.append(
                        Problem(
                            f"nodes.{target}.{ladder.name}",
                            f"its rungs are {join([r.grade for r in ladder.rungs])}",
                            f"Give one for each grade above the lowest, in order: {join(keys)}",
                        )
                    )
                if ladder.lowest not in ("", self.scales[target].lowest.key):
                    self.problems.append(
                        Problem(
                            f"nodes.{target}.{ladder.name}",
                            f"a cap names {ladder.lowest!r}, which is not a grade of the scale",
                            f"The lowest grade is {self.scales[target].lowest.key}",
                        )
                    )
            yield evolve(
                ladder,
                rungs=tuple(evolve(rung, when=self.condition(rung.when, target, rung.id)) for rung in ladder.rungs),
            )

    def _headline(self, node: Node, target: str) -> Measure:
        measure = next((m for m in self.method.measures if m.id == node.headline), None)
        if measure is None:
            self.problems.append(Problem(f"nodes.{node.target}.headline", f"there is no measure {node.headline!r}"))
            return Measure(node.headline, "total", Selection("scores"))
        return self._measure(measure, target, f"nodes.{target}.headline")

    def condition(self, condition: Condition, target: str, where: str) -> Condition:
        def fitted(atom: AtLeast | FactIs) -> Condition:
            return (
                evolve(atom, measure=self._measure(atom.measure, target, where)) if isinstance(atom, AtLeast) else atom
            )

        return mapped(condition, fitted)

    def _measure(self, measure: Measure, target: str, where: str) -> Measure:
        weights = dict(measure.weights)
        ids = self._select(measure.over, target, where)
        given = measure.over.level == "scores"
        for name in (name for name in weights if name not in ids):
            self.problems.append(Problem(where, f"the weight of {name!r} is for nothing that it looks at",
                                         hint_for(name, ids)))  # fmt: skip
        inputs: list[Input] = []
        for name in ids:
            scale = self._scale_of(name, given, where)
            at = 0
            if measure.grade and scale is not None:
                grade = self._try(f"{where} ({name})", scale.__getitem__, measure.grade)
                at = grade.rank + measure.beyond if grade is not None else 0
                if at == len(scale):
                    self.problems.append(Problem(where, f"nothing can be above {measure.grade} in {scale.title}"))
            inputs.append(Input(name, given or name not in self.scales, weights.get(name, ONE), at))
        if any(too_long(item.weight) for item in inputs) or too_long_together(item.weight for item in inputs):
            what = f"the weights of the measure {measure.id or measure.kind} have too many digits"
            self.problems.append(Problem(where, what, f"Give weights of at most {MOST_DIGITS:,} digits"))
        if not inputs:
            self.problems.append(Problem(where, f"the measure {measure.id or measure.kind} finds nothing to look at"))
        elif measure.kind in ("percentage", "mean", "total") and not sum(i.weight for i in inputs):
            self.problems.append(Problem(where, "all its weights are 0"))
        elif measure.kind == "answered" and not all(item.given for item in inputs):
            self.problems.append(Problem(where, "only what is scored can be answered", 'Look at "scores"'))
        return evolve(measure, inputs=tuple(inputs))

    def _scale_of(self, name: str, given: bool, where: str) -> Scale | None:
        if not given and name in self.scales:
            return self.scales[name]
        if name in self.themes:
            self.problems.append(
                Problem(
                    where, f"the theme {name} gets no grade from this method", 'Give it a node, or look at "scores"'
                )
            )
            return None
        if "/" not in name and self.statements[name].parts:
            self.problems.append(
                Problem(where, f"the statement {name} gets no grade from this method", "Give it a node over its parts")
            )
            return None
        return self.scored[name]

    def _select(self, over: Selection, target: str, where: str) -> list[str]:
        if over.level == "themes" and target != "overall":
            self.problems.append(Problem(where, "only the overall node can look at themes", 'Look at "statements"'))
        if over.level in ("statements", "areas") and target in self.statements:
            self.problems.append(Problem(where, "a statement cannot look at its own grade", 'Look at "scores"'))
        found = self._level(over.level, target)
        for name in (*over.only, *over.without):
            if name not in found:
                self.problems.append(Problem(where, f"{name!r} is not among its {over.level}",
                                             hint_for(name, found)))  # fmt: skip
        for name in over.themes:
            self._try(where, self.framework.theme, name)
        named = sorted({name for name in over.only if name in found}, key=found.__getitem__)
        return [
            name
            for name in (named if over.only else found)
            if name not in over.without
            and (not over.tags or set(found[name][1]) & set(over.tags))
            and (not over.themes or self._theme_id(name) in over.themes)
        ]

    def _level(self, level: InputLevel, target: str) -> dict[str, tuple[int, tuple[str, ...]]]:
        """What lies below a place on a level, each with its place in the framework and its tags."""
        if (level, target) not in self._found:
            statements = self._statements_under(target)
            found: list[tuple[str, tuple[str, ...]]] = []
            if level == "themes" or (level == "areas" and target == "overall"):
                found += [(theme.id, theme.tags) for theme in self.framework.themes]
            if level in ("statements", "areas"):
                found += [(statement.id, statement.tags) for statement in statements]
            if level == "scores":
                found += [
                    leaf
                    for s in statements
                    for leaf in ([(f"{s.id}/{p.id}", p.tags) for p in s.parts] or [(s.id, s.tags)])
                ]
            self._found[level, target] = {name: (place, tags) for place, (name, tags) in enumerate(found)}
        return self._found[level, target]

    def _theme_id(self, name: str) -> str:
        return name if name in self.themes else self.homes[name.partition("/")[0]]

    def _statements_under(self, target: str) -> tuple[Statement, ...]:
        if target == "overall":
            return self.framework.statements
        return self.themes[target].statements if target in self.themes else (self.statements[target],)

    def _try(self, where: str, find: Callable[[str], _T], name: str) -> _T | None:
        try:
            return find(name)
        except CareAssureError as error:
            self.problems.append(Problem(where, error.message, error.hint))
            return None
