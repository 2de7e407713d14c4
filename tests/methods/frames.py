"""Small frameworks for tests: plain descriptions that the tests' own reading of a method can use as well."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any

from careassure.io.methods import load_method
from careassure.methods.evaluate import evaluate
from careassure.methods.method import Method
from careassure.model.assessment import Assessment
from careassure.model.council import Body
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.scale import NotRated, Scale
from careassure.model.statements import Part, Statement, Theme

SOMEBODY = Body("body", "A body", "service")
NOT_JUDGED = NotRated("not_judged")
HIDDEN = NotRated("suppressed")

Ranks = Mapping[str, int | NotRated | None]
"""The place of each score on its scale, None where it is missing."""


@dataclass(frozen=True)
class Item:
    """A part, a statement or a theme, with what lies inside it."""

    id: str
    inside: tuple[Item, ...] = ()
    tags: tuple[str, ...] = ()
    scale: str = ""


@dataclass(frozen=True)
class Frame:
    """Themes, statements and parts with their scales; each scale is pairs of a key and a value, lowest first."""

    themes: tuple[Item, ...]
    scales: Mapping[str, tuple[tuple[str, int], ...]]
    score_scale: str = "s"
    name: str = field(default="frame")

    @cached_property
    def framework(self) -> Framework:
        return Framework(
            self.name,
            "1",
            "A frame",
            "Tests",
            tuple(
                Scale.of(name, f"Scale {name}", *((key, key.replace("_", " "), value) for key, value in grades))
                for name, grades in self.scales.items()
            ),
            self.score_scale,
            tuple(
                Theme(
                    theme.id,
                    theme.id,
                    tuple(
                        Statement(
                            s.id,
                            s.id,
                            parts=tuple(Part(p.id, p.id, tags=p.tags, scale=p.scale) for p in s.inside),
                            tags=s.tags,
                            scale=s.scale,
                        )
                        for s in theme.inside
                    ),
                    tags=theme.tags,
                )
                for theme in self.themes
            ),
            subject="service",
        )

    @cached_property
    def leaves(self) -> dict[str, Item]:
        """Everything that is scored, by its id."""
        return {
            leaf: item
            for theme in self.themes
            for statement in theme.inside
            for leaf, item in (
                {f"{statement.id}/{p.id}": p for p in statement.inside} or {statement.id: statement}
            ).items()
        }

    def grades_of(self, leaf: str) -> tuple[tuple[str, int], ...]:
        if leaf not in self._grades:
            self._grades[leaf] = self._grades_of(leaf)
        return self._grades[leaf]

    @cached_property
    def _grades(self) -> dict[str, tuple[tuple[str, int], ...]]:
        return {}

    def _grades_of(self, leaf: str) -> tuple[tuple[str, int], ...]:
        name, _, part = leaf.partition("/")
        statement = next(s for theme in self.themes for s in theme.inside if s.id == name)
        item = next((p for p in statement.inside if p.id == part), statement)
        return self.scales[item.scale or self.score_scale]

    def combinations(self) -> Iterator[dict[str, int]]:
        """Every combination of scores."""
        for ranks in product(*(range(len(self.grades_of(leaf))) for leaf in self.leaves)):
            yield dict(zip(self.leaves, ranks, strict=True))

    def assessment(self, ranks: Ranks, facts: Mapping[str, bool] | None = None) -> Assessment:
        marks = tuple(
            (leaf, self.framework.scale_of(leaf).grades[rank] if isinstance(rank, int) else rank)
            for leaf, rank in ranks.items()
        )
        return Assessment(SOMEBODY, self.framework, marks, tuple(sorted((facts or {}).items())))

    def load(self, table: Mapping[str, Any] | str) -> Method:
        """A method from its table, or from the text of a method file."""
        data = tomllib.loads(table) if isinstance(table, str) else table
        return load_method(data, scales=self.framework.scales)

    def assess(self, method: Method, ranks: Ranks, facts: Mapping[str, bool] | None = None) -> Outcome:
        return evaluate(method, self.assessment(ranks, facts))

    def words(self, method: Method, *words: str | None, **facts: bool) -> Outcome:
        """What the method makes of grades given by their keys, in the framework's order; None is not judged."""
        leaves = tuple(self.leaves)
        assert len(words) == len(leaves)
        ranks: dict[str, int | NotRated | None] = {
            leaf: NOT_JUDGED if word is None else [key for key, _ in self.grades_of(leaf)].index(word)
            for leaf, word in zip(leaves, words, strict=True)
        }
        return self.assess(method, ranks, facts)


def scale_of(*keys: str, values: Iterable[int] | None = None) -> tuple[tuple[str, int], ...]:
    """The grades of a scale from their keys, lowest first, with values 1, 2, 3 ... where none are given."""
    return tuple(zip(keys, values or range(1, len(keys) + 1), strict=True))


def plain_frame(statements: str, grades: str, *, rating: str = "", tags: Mapping[str, str] | None = None) -> Frame:
    """A frame from text: ``"theme: a b; other: c"``, grades from the lowest, and tags by statement."""
    scales = {"s": scale_of(*grades.split()), "r": scale_of(*(rating or grades).split())}
    themes = []
    for line in statements.split(";"):
        theme, _, inside = line.partition(":")
        items = tuple(Item(name, tags=tuple((tags or {}).get(name, "").split())) for name in inside.split())
        themes.append(Item(theme.strip(), items))
    return Frame(tuple(themes), scales)


HEAD = """
format = "careassure.method/1"
id = "scheme"
version = "1"
title = "A scheme"
framework = "frame"
not_rated = "leave_out"

[references.rules]
title = "The rules of the scheme"
basis = "ours"
"""
"""How each method file of a scheme in these tests begins."""
