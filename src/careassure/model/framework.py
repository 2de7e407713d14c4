"""Frameworks: what is judged. Themes hold statements; a statement may be made of parts that are scored."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from attrs import field, frozen

from careassure.errors import (
    AmbiguousNameError,
    InvalidFrameworkError,
    Problem,
    UnknownFrameworkError,
    UnknownGradeError,
    UnknownStatementError,
    collecting,
)
from careassure.model.arguments import explained
from careassure.model.dates import PartialDate
from careassure.model.ids import alike_id, as_text, at, brief, id_fault, shown, twin_words, twins
from careassure.model.reference import Reference
from careassure.model.scale import Grade, Scale
from careassure.model.showing import clipped
from careassure.model.statements import Context, EvidenceCategory, Part, Statement, Theme
from careassure.model.text import fold, join, near, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


Level = Literal["theme", "statement", "part"]

MOST_SCORED = 20_000
"""The most statements, or parts of them, that are scored in one version of a framework."""
RESERVED = {"overall", "themes", "statements", "scores", "areas"}
"""Ids that mean something else where a method names a theme or statement."""
_MOST_NAMED = 20


@explained
@frozen(cache_hash=True)
class Framework:
    """One version of what is judged, and on which scales.

    Args:
        id: Its name, such as ``cqc-la``; the same for all versions.
        version: The version's name, such as ``2023``.
        title: How it is printed.
        publisher: Who issued it.
        summary: What sets this version apart.
        scales: Every scale that is used in it.
        score_scale: The id of the scale on which statements (or their parts) are scored.
        themes: Its themes, in order.
        categories: The kinds of evidence.
        scorer: The scorer that `assess` uses when none is named.
        subject: What it assesses: ``council``, or another word such as ``provider``.
        supersedes: The version before it.
        valid_from: Since when it applies; None where that is not known.
        valid_until: Until when it applied; None where that is not known or it still does.
        references: Where it is published.

    Raises:
        InvalidFrameworkError: Ids that cannot be used or could be taken for each other, scales that are missing, or
            names that mean two things.
    """

    id: str
    version: str
    title: str
    publisher: str
    scales: tuple[Scale, ...]
    score_scale: str
    themes: tuple[Theme, ...]
    scorer: str = ""
    summary: str = ""
    categories: tuple[EvidenceCategory, ...] = ()
    subject: str = "council"
    supersedes: str = ""
    valid_from: PartialDate | None = None
    valid_until: PartialDate | None = None
    references: tuple[Reference, ...] = field(default=())

    def __attrs_post_init__(self) -> None:
        name = f"{brief(as_text(self.id))} {brief(as_text(self.version))}"  # whatever these hold
        with collecting(f"the framework {name}", InvalidFrameworkError) as problems:
            problems.extend(self._problems())

    def __repr__(self) -> str:
        themes, statements = plural(len(self.themes), "theme"), plural(len(self.statements), "statement")
        return clipped(f"<Framework {self.id} {self.version}: {themes}, {statements}>")

    def _problems(self) -> Iterator[Problem]:
        yield from self._id_problems()
        scales = {scale.id for scale in self.scales}
        for where, scale in [
            ("score_scale", self.score_scale),
            *((f"{s.id}.scale", s.scale) for s in self.statements if s.scale),
            *((f"{s.id}/{p.id}.scale", p.scale) for s in self.statements for p in s.parts if p.scale),
        ]:
            if scale not in scales:
                known = sorted(scales)[:_MOST_NAMED]
                yield Problem(where, f"there is no scale {shown(scale)}", f"The scales are {join(known)}")
        if not self.statements:
            yield Problem("themes", "a framework needs at least one statement")
        for context, names in (("framework", self._usual), *self._special.items()):
            for level in ("statement", "theme"):
                for name, found in names[level].items():
                    if len(found) > 1:
                        some = join(sorted(found)[:_MOST_NAMED])
                        yield Problem(some, f'"{name}" means each of these in the context {context}')

    def _id_problems(self) -> Iterator[Problem]:
        if sum(len(statement.parts) or 1 for statement in self.statements) > MOST_SCORED:
            yield Problem("themes", f"more than {MOST_SCORED:,} things are scored in it", "Split it")
            return
        statements = [statement.id for statement in self.statements]
        places = [*(theme.id for theme in self.themes), *statements]
        kinds = [
            ("", [self.id], "Frameworks share one set of ids"),
            ("", places, "Themes and statements share one set of ids"),
            ("scales.", [scale.id for scale in self.scales], "Scales share one set of ids"),
            ("categories.", [category.id for category in self.categories], "Categories share one set of ids"),
            *((f"{s.id}/", [part.id for part in s.parts], "Parts of a statement share one set of ids")
              for s in self.statements if s.parts),
        ]  # fmt: skip
        for start, ids, hint in kinds:
            for name in dict.fromkeys(ids):
                message, rule = id_fault(name)
                if message:
                    yield Problem(start.rstrip("./") or "id", message, rule)
            for name, other in twins(ids):
                message = "this id appears twice" if name == other else twin_words(name, other)
                yield Problem(f"{start}{brief(name)}", message, hint)
        for name in sorted({name for name in places if alike_id(name) in RESERVED}):
            yield Problem(name, "this id has a meaning of its own in methods", "Choose another")

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Its statements, in order."""
        return tuple(statement for theme in self.themes for statement in theme.statements)

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The ids of everything that is scored: ``statement``, or ``statement/part`` where it has parts."""
        return tuple(leaf for statement in self.statements for leaf in statement.leaves)

    @cached_property
    def contexts(self) -> tuple[Context, ...]:
        """Every context in which some name is met, ``framework`` first."""
        aliases = [alias for item in self._items(("theme", "statement")) for alias in item.aliases]
        return ("framework", *sorted({alias.context for alias in aliases} - {"framework"}))

    @cached_property
    def _by_id(self) -> dict[str, tuple[Theme, Statement | None]]:
        """The theme, or the statement and its theme, of each id."""
        found: dict[str, tuple[Theme, Statement | None]] = {}
        for theme in self.themes:
            found[theme.id] = (theme, None)
            found.update({statement.id: (theme, statement) for statement in theme.statements})
        return found

    @cached_property
    def _scales(self) -> dict[str, Scale]:
        return {scale.id: scale for scale in self.scales}

    def scale(self, id: str) -> Scale:
        """One of its scales, by id.

        Raises:
            UnknownFrameworkError: It has no such scale.
        """
        found = at(self._scales, id)
        if found is not None:
            return found
        raise UnknownFrameworkError(
            f"{self.title} has no scale {shown(id)}", suggestions=near(id, [scale.id for scale in self.scales])
        )

    @cached_property
    def _scored_on(self) -> dict[str, Scale]:
        """The scale of each statement and part, by its id: every score of every assessment asks for it."""
        found: dict[str, Scale] = {}
        for statement in self.statements:
            found[statement.id] = self.scale(statement.scale or self.score_scale)
            for part in statement.parts:
                found[f"{statement.id}/{part.id}"] = self.scale(part.scale or self.score_scale)
        return found

    def scale_of(self, id: str) -> Scale:
        """The scale on which the statement ``id`` or the part ``statement/part`` is scored; names do as well as ids."""
        found = at(self._scored_on, id)
        if found is not None:
            return found
        name, part_id = _halves(id)
        statement = self.statement(name)
        return self.scale((_part(statement, part_id).scale if part_id else statement.scale) or self.score_scale)

    def rating(self, word: str) -> Grade:
        """A printed rating on whichever of its scales has the word, the score scale last.

        Raises:
            UnknownGradeError: None of them has it.
        """
        ordered = sorted(self.scales, key=lambda scale: scale.id == self.score_scale)
        for scale in ordered:
            try:
                return scale.parse(word)
            except UnknownGradeError:
                continue
        return ordered[0].parse(word)

    def theme(self, id: str) -> Theme:
        """A theme by its id, title or another name.

        Raises:
            UnknownStatementError: It has no such theme.
            AmbiguousNameError: The name means a statement.
        """
        theme, statement = at(self._by_id, id) or (None, None)
        if theme is not None and statement is None:
            return theme
        if statement is None and isinstance(id, str):
            return self._by_id[self.resolve(id, levels=("theme",))][0]
        raise UnknownStatementError(
            f"{shown(id)} is not a theme of {self.title}", suggestions=self._suggest(id, ("theme",))
        )

    def statement(self, id: str) -> Statement:
        """A statement by its id, title or another name: its number, as in ``QS9``, or what the press calls it.

        Raises:
            UnknownStatementError: It has no such statement.
            AmbiguousNameError: The name means a theme, or several things.
        """
        theme, statement = at(self._by_id, id) or (None, None)
        if theme is None and isinstance(id, str):
            _, statement = self._by_id[self.resolve(id, levels=("statement",))]
        if statement is not None:
            return statement
        raise UnknownStatementError(
            f"{shown(id)} is not a statement of {self.title}", suggestions=self._suggest(id, ("statement",))
        )

    def theme_of(self, statement: str) -> Theme:
        """The theme that a statement belongs to, by the statement's id or name."""
        return self._by_id[self.statement(statement).id][0]

    def title_of(self, id: str) -> str:
        """How a theme, a statement or a part ``statement/part`` is printed."""
        name, part_id = _halves(id)
        if part_id:
            return _part(self.statement(name), part_id).title
        theme, statement = at(self._by_id, name) or self._by_id[self.resolve(name)]
        return theme.title if statement is None else statement.title

    def resolve(
        self, name: str, *, context: Context = "framework", levels: Iterable[Level] = ("statement", "theme")
    ) -> str:
        """The id that a name stands for: an id, a title or an alias, in any case, in a context.

        The same words can name a theme in the framework and a statement in a press release. In the
        context ``framework`` they mean the theme; a caller that looks for statements only is told so.

        Args:
            name: An id, title or alias.
            context: Where the name was met; one of `contexts`.
            levels: What it may name.

        Raises:
            UnknownStatementError: Nothing of these levels has that name.
            AmbiguousNameError: In this context the name means something of another level.
        """
        if context not in self.contexts:
            raise UnknownStatementError(
                f"{shown(context)} is not a context of {self.title}", hint=f"The contexts are {join(self.contexts)}"
            )
        wanted = tuple(levels)
        what = join(wanted, "or")
        if not isinstance(name, str):
            raise UnknownStatementError(f"{shown(name)} is not the name of a {what}", hint="Give its id or title")
        word = fold(name)
        found = self._named(wanted, context, word)
        if found:
            return next(iter(found))
        from careassure.model.printed_names import printed_name

        printed = printed_name(self, name)
        if printed is not None and self._level_of(printed) in wanted:
            return printed
        word = word if printed is None else fold(printed)
        other_level = self._named(("theme", "statement"), context, word)
        elsewhere = {other: self._named(wanted, other, word) for other in self.contexts}
        elsewhere = {other: ids for other, ids in elsewhere.items() if ids}
        if other_level or elsewhere:
            here = f"{shown(name)} is ambiguous"
            if other_level:
                is_theme = self._by_id[next(iter(other_level))][1] is None
                level, not_level = ("theme", "statement") if is_theme else ("statement", "theme")
                here = f"{shown(name)} is a {level} of {self.title}, not a {not_level}"
            there = [f'context="{other}" for {self.title_of(next(iter(ids)))}' for other, ids in elsewhere.items()]
            raise AmbiguousNameError(here, hint=f"Use {join(there, 'or')}" if there else f"Name a {what}")
        raise UnknownStatementError(
            f"{shown(name)} is not a {what} of {self.title}", suggestions=self._suggest(name, wanted)
        )

    def ids_named(self, word: str, *, special: bool = True) -> tuple[str, ...]:
        """The ids of themes and statements that a folded name can mean, what it means in every context first.

        Args:
            word: A name, folded.
            special: Whether what it means in some context alone counts too.
        """
        tables = [self._usual, *(self._special.values() if special else ())]
        found = (name for table in tables for level in ("theme", "statement") for name in table[level].get(word, ()))
        return tuple(dict.fromkeys(found))

    def _level_of(self, id: str) -> Level:
        return "theme" if self._by_id[id][1] is None else "statement"

    def _suggest(self, name: str, levels: Iterable[Level]) -> tuple[str, ...]:
        items = self._items(levels)
        names = [item.id for item in items] + [item.title for item in items]
        return near(name, names) or tuple(item.id for item in items[:_MOST_NAMED])

    def _items(self, levels: Iterable[Level]) -> list[Theme | Statement]:
        wanted = set(levels)
        items: list[Theme | Statement] = []
        if "theme" in wanted:
            items += self.themes
        if "statement" in wanted:
            items += self.statements
        return items

    def _named(self, levels: Iterable[Level], context: Context, word: str) -> list[str]:
        """The ids of these levels that a folded name means in a context; what it means there alone comes first."""
        for table in (self._special.get(context, {}), self._usual):
            known = [table.get(level, {}) for level in ("theme", "statement") if level in levels]
            found = [name for names in known for name in names.get(word, ())]
            if found:
                return found
        return []

    @cached_property
    def _usual(self) -> dict[str, dict[str, dict[str, None]]]:
        """By level, then by folded name: the ids that it means in every context."""
        found: dict[str, dict[str, dict[str, None]]] = {"theme": {}, "statement": {}}
        for level, items in (("theme", self.themes), ("statement", self.statements)):
            for item in items:
                words = (item.id, item.title, *(a.text for a in item.aliases if a.context == "framework"))
                for word in dict.fromkeys(map(fold, words)):
                    found[level].setdefault(word, {})[item.id] = None
        return found

    @cached_property
    def _special(self) -> dict[Context, dict[str, dict[str, dict[str, None]]]]:
        """By context, level and folded name: the ids that it means in that context alone."""
        found: dict[Context, dict[str, dict[str, dict[str, None]]]] = {}
        for level, items in (("theme", self.themes), ("statement", self.statements)):
            for item in items:
                for context, text in dict.fromkeys((a.context, fold(a.text)) for a in item.aliases):
                    if context != "framework":
                        names = found.setdefault(context, {"theme": {}, "statement": {}})
                        names[level].setdefault(text, {})[item.id] = None
        return found


def _halves(id: object) -> tuple[str, str]:
    """A statement's id and that of its part, empty where it names the statement itself."""
    if not isinstance(id, str):
        raise UnknownStatementError(f"{shown(id)} is not an id", hint="Give statement, or statement/part")
    name, _, part = id.partition("/")
    return name, part


def _part(statement: Statement, id: str) -> Part:
    for part in statement.parts:
        if part.id == id:
            return part
    raise UnknownStatementError(
        f"{shown(id)} is not a part of {statement.title}", suggestions=near(id, [part.id for part in statement.parts])
    )
