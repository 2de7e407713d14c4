"""Frameworks: their parts, the names in them, and contradictions."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import (
    AmbiguousNameError,
    InvalidFrameworkError,
    UnknownFrameworkError,
    UnknownGradeError,
    UnknownStatementError,
)
from careassure.model.framework import Framework, Level
from careassure.model.scale import Scale
from careassure.model.statements import Alias, Part, Statement, Theme
from careassure.model.text import fold
from careassure.testing.strategies import frameworks, keys, scales, texts
from helpers import few

SCALE = Scale.of("s", "Scale", ("low", "Low"), ("high", "High"))


def small(*themes: Theme, **more: object) -> Framework:
    """A framework with one scale and these themes."""
    fields: dict[str, object] = {"scales": (SCALE,), "score_scale": "s", "themes": themes} | more
    return Framework(id="f", version="1", title="F", publisher="Someone", **fields)  # type: ignore[arg-type]


def things(framework: Framework) -> list[Theme | Statement]:
    """The themes and statements of a framework."""
    return [*framework.themes, *framework.statements]


@few
@given(frameworks())
def test_statements_and_leaves_are_in_order(framework: Framework) -> None:
    """Statements stand in the order of the themes, and each leaf is a statement without parts or a part of one."""
    statements = [statement for theme in framework.themes for statement in theme.statements]
    assert list(framework.statements) == statements
    expected = [
        f"{statement.id}/{part.id}" if part else statement.id
        for statement in statements
        for part in (statement.parts or (None,))
    ]
    assert list(framework.leaves) == expected
    assert len(set(framework.leaves)) == len(framework.leaves)


@few
@given(frameworks())
def test_every_id_and_title_resolves(framework: Framework) -> None:
    """Every theme and statement is found by its id and by its title, in any case."""
    for item in things(framework):
        for name in (item.id, item.title, item.title.upper()):
            assert framework.resolve(name) == item.id
        assert framework.title_of(item.id) == item.title
    for theme in framework.themes:
        assert framework.theme(theme.id) is theme
        assert all(framework.theme_of(statement.id) is theme for statement in theme.statements)


@few
@given(frameworks())
def test_the_scale_of_a_leaf_is_its_own_or_the_score_scale(framework: Framework) -> None:
    """A leaf is scored on the scale that it or its statement names, else on the framework's score scale."""
    for leaf in framework.leaves:
        name, _, part = leaf.partition("/")
        statement = framework.statement(name)
        own = next((p.scale for p in statement.parts if p.id == part), statement.scale)
        assert framework.scale_of(leaf) is framework.scale(own or framework.score_scale)
        assert framework.title_of(leaf).startswith("Part " if part else "Statement ")


@few
@given(frameworks(), texts(max_size=9))
def test_unknown_names_are_refused_with_names_that_work(framework: Framework, name: str) -> None:
    """A name of nothing is refused, and every suggestion is a name that resolves."""
    assume(fold(name) not in {fold(word) for item in things(framework) for word in (item.id, item.title)})
    with pytest.raises((UnknownStatementError, AmbiguousNameError)) as raised:
        framework.resolve(name)
    if isinstance(raised.value, AmbiguousNameError):  # a title with the number of another
        assert raised.value.hint == "Correct the number or the title"
    else:
        assert raised.value.suggestions
        assert all(framework.resolve(suggestion) for suggestion in raised.value.suggestions)


@few
@given(frameworks(), texts(max_size=9))
def test_lookups_raise_our_errors(framework: Framework, name: str) -> None:
    """Looking up a statement, theme, part or scale that is not there raises the library's own error."""
    there = {fold(word) for item in things(framework) for word in (item.id, item.title)}
    assume(fold(name.replace("/", "")) not in there and name not in {scale.id for scale in framework.scales})
    lookups = [framework.statement, framework.theme, framework.theme_of, framework.title_of, framework.scale_of]
    for lookup in lookups:
        with pytest.raises((UnknownStatementError, AmbiguousNameError)):
            lookup(name.replace("/", ""))
    with pytest.raises(UnknownFrameworkError):
        framework.scale(name)
    leaf = f"{framework.statements[0].id}/no part/{name}"
    for lookup in (framework.title_of, framework.scale_of):
        with pytest.raises(UnknownStatementError, match="is not a part of"):
            lookup(leaf)


def test_a_theme_is_no_statement_and_the_other_way_round() -> None:
    """Asking for a statement by the name of a theme, or a theme by that of a statement, says which of them it is."""
    framework = small(Theme("t", "Theme", (Statement("a", "A"),)))
    with pytest.raises(AmbiguousNameError, match="'Theme' is a theme of F, not a statement") as raised:
        framework.resolve("Theme", levels=("statement",))
    assert raised.value.hint == "Name a statement"
    with pytest.raises(AmbiguousNameError, match="'a' is a statement of F, not a theme"):
        framework.resolve("a", levels=("theme",))


def test_aliases_of_a_context_hold_only_there() -> None:
    """An alias of a context means its item there, and elsewhere the refusal says in which context it works."""
    alias = Alias("Nickname", "press")
    framework = small(Theme("t", "Nickname", (Statement("a", "A", aliases=(alias,)),)), Theme("u", "U", ()))
    assert framework.contexts == ("framework", "press")
    assert framework.resolve("nickname") == "t"
    assert framework.resolve("nickname", context="press") == "a"
    with pytest.raises(AmbiguousNameError) as raised:
        framework.resolve("nickname", levels=("statement",))
    assert raised.value.hint == 'Use context="press" for A'


def test_contexts_that_are_not_there_are_refused() -> None:
    """A context that no name of the framework is met in is refused, with those that there are."""
    framework = small(Theme("t", "T", (Statement("a", "A", aliases=(Alias("x", "press"),)),)))
    with pytest.raises(UnknownStatementError, match="'letters' is not a context") as raised:
        framework.resolve("a", context="letters")
    assert raised.value.hint == "The contexts are framework and press"


@few
@given(frameworks(), scales())
def test_contradictions_come_all_at_once(framework: Framework, other: Scale) -> None:
    """Missing scales, ids that stand twice and names of two meanings are reported together, each with its place."""
    name = framework.statements[0].id
    missing = f"not-{other.id}"
    themes = (
        *framework.themes,
        Theme(framework.themes[0].id, "Again", (Statement(name, "Again", scale=missing),)),
        Theme(
            "overall",
            "Overall",
            (
                Statement("x-1", "Same words", parts=(Part("p", "P"), Part("p", "Q", scale=missing))),
                Statement("x-2", "same WORDS!"),
            ),
        ),
    )
    with pytest.raises(InvalidFrameworkError) as raised:
        evolve(framework, score_scale=missing, themes=themes)
    said = [str(problem) for problem in raised.value.problems]
    for start in (
        f"score_scale: there is no scale '{missing}'",
        f"{name}.scale: there is no scale '{missing}'",
        f"x-1/p.scale: there is no scale '{missing}'",
        f"{name}: this id appears twice",
        f"{framework.themes[0].id}: this id appears twice",
        "overall: this id has a meaning of its own in methods",
        "x-1/p: this id appears twice",
        'x-1 and x-2: "same words" means each of these',
    ):
        assert any(text.startswith(start) for text in said), start
    assert framework.version in str(raised.value)


def test_a_framework_needs_a_statement() -> None:
    """A framework without any statement is refused."""
    with pytest.raises(InvalidFrameworkError, match="at least one statement"):
        small(Theme("t", "T", ()))


@given(st.lists(keys(), min_size=3, max_size=3, unique=True))
def test_one_word_for_a_theme_and_its_statement_means_the_theme(names: list[str]) -> None:
    """A theme and a statement may be printed alike: the words mean the theme, unless a statement is asked for."""
    theme, statement, words = names
    assume("overall" not in names)
    framework = small(Theme(theme, words, (Statement(statement, words),)))
    assert framework.resolve(words) == theme
    assert framework.resolve(words, levels=("statement", "theme")) == theme
    assert framework.resolve(words, levels=("statement",)) == statement


@few
@given(st.sampled_from(["score_scale", "themes", "id"]), frameworks())
def test_frameworks_do_not_change(name: str, framework: Framework) -> None:
    """A framework cannot be altered."""
    with pytest.raises(AttributeError):
        setattr(framework, name, "other")


NICKNAMED = small(
    Theme("t", "Nickname", (Statement("a", "A", aliases=(Alias("Nickname", "press"), Alias("Pet", "letters"))),)),
    Theme("u", "U", (Statement("b", "B", aliases=(Alias("Nickname", "letters"),)), Statement("c", "C"))),
)


@pytest.mark.parametrize(
    ("name", "more", "message", "hint"),
    [
        ("Nickname", {"levels": ("statement",)}, "'Nickname' is a theme of F, not a statement",
         'Use context="letters" for B or context="press" for A'),
        ("pet", {}, "'pet' is ambiguous", 'Use context="letters" for A'),
        ("pet", {"context": "press", "levels": ["statement"]}, "'pet' is ambiguous", 'Use context="letters" for A'),
        ("pet", {"context": "letters", "levels": ("theme",)}, "'pet' is a statement of F, not a theme", "Name a theme"),
        ("B", {"levels": ("theme",)}, "'B' is a statement of F, not a theme", "Name a theme"),
        ("u", {"levels": ("statement",)}, "'u' is a theme of F, not a statement", "Name a statement"),
    ],
)  # fmt: skip
def test_a_name_of_another_level_or_context_is_told_with_where_it_works(
    name: str, more: dict[str, Any], message: str, hint: str
) -> None:
    """What it is here, and each context in which it means what is asked for, with what it means there."""
    with pytest.raises(AmbiguousNameError) as raised:
        NICKNAMED.resolve(name, **more)
    assert (raised.value.message, raised.value.hint) == (message, hint)


def test_a_name_of_nothing_is_told_by_level() -> None:
    """The message names the levels that were asked for, and the suggestions are of these levels alone."""
    asked: tuple[tuple[tuple[Level, ...], str, tuple[str, ...]], ...] = (
        (("theme",), "theme", ("t", "u")),
        (("statement",), "statement", ("a", "b", "c")),
        (("statement", "theme"), "statement or theme", ("t", "u", "a", "b", "c")),
    )
    for levels, what, ids in asked:
        with pytest.raises(UnknownStatementError) as raised:
            NICKNAMED.resolve("quite another thing", levels=levels)
        assert (raised.value.message, raised.value.suggestions) == (
            f"'quite another thing' is not a {what} of F", ids,
        )  # fmt: skip
        with pytest.raises(UnknownStatementError) as raised:
            NICKNAMED.resolve(3, levels=levels)  # type: ignore[arg-type]
        assert (raised.value.message, raised.value.hint) == (
            f"3 is not the name of a {what}", "Give its id or title",
        )  # fmt: skip


def test_a_name_means_in_a_context_what_it_means_there_first() -> None:
    """An alias of the context comes before an id or title; without one, the id or title holds there too."""
    found = [NICKNAMED.resolve("nickname", context=context) for context in NICKNAMED.contexts]
    assert (NICKNAMED.contexts, found) == (("framework", "letters", "press"), ["t", "b", "a"])
    assert NICKNAMED.resolve("C", context="press") == "c"
    assert NICKNAMED.resolve("Nickname", context="press", levels=("statement", "theme")) == "a"


def test_ids_of_statements_and_parts_are_told_from_each_other() -> None:
    """What is no text, no statement and no part: each with what there is."""
    parts = small(Theme("t", "T", (Statement("a", "A", parts=(Part("p", "P"), Part("q", "Q"))),)))
    with pytest.raises(UnknownStatementError) as raised:
        parts.scale_of(3)  # type: ignore[arg-type]
    assert (raised.value.message, raised.value.hint) == ("3 is not an id", "Give statement, or statement/part")
    with pytest.raises(UnknownStatementError) as raised:
        parts.title_of("a/pp")
    assert (raised.value.message, raised.value.suggestions) == ("'pp' is not a part of A", ("p",))
    assert [parts.title_of(name) for name in ("t", "a", "a/p", "a/q")] == ["T", "A", "P", "Q"]
    with pytest.raises(UnknownStatementError) as raised:
        parts.theme("aa")
    assert (raised.value.message, raised.value.suggestions) == ("'aa' is not a theme of F", ("t",))
    with pytest.raises(UnknownStatementError) as raised:
        parts.statement("t")
    assert (raised.value.message, raised.value.suggestions) == ("'t' is not a statement of F", ("a",))
    with pytest.raises(UnknownFrameworkError) as lost:
        parts.scale("ss")
    assert (lost.value.message, lost.value.suggestions) == ("F has no scale 'ss'", ("s",))


def test_a_printed_rating_is_read_on_the_scale_that_has_it_the_score_scale_last() -> None:
    """A word that two scales have is a rating first; one that only the score scale has is a score; others are told."""
    rating = Scale.of("r", "Rating", ("low", "Low"), ("best", "Best"))
    framework = small(Theme("t", "T", (Statement("a", "A"),)), scales=(SCALE, rating))
    assert [framework.rating(word).scale for word in ("low", "best", "high")] == ["r", "r", "s"]
    with pytest.raises(UnknownGradeError) as raised:
        framework.rating("middle")
    assert (raised.value.message, raised.value.hint) == ("'middle' is not a grade of Rating", 'Use "Low" or "Best"')


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Equity in experience and outcomes", "equity"),
        ("leadership, improvement and innovation", "learning"),
        ("QS9", "learning"),
        ("7. Safeguarding", "safeguarding"),
    ],
)
def test_names_of_statements_do_as_well_as_ids(name: str, id: str) -> None:
    """A title, a number or what the press calls it finds the statement, its scale, its theme and its title."""
    framework = ca.framework("cqc-la")
    assert framework.statement(name) == framework.statement(id)
    assert framework.scale_of(name) == framework.scale_of(id)
    assert framework.theme_of(name) == framework.theme_of(id)
    assert framework.title_of(name) == framework.title_of(id)


def test_a_theme_is_no_statement_by_any_name() -> None:
    """The name of a theme finds the theme, and is said to be one where a statement is wanted."""
    framework = ca.framework("cqc-la")
    assert framework.theme("Theme 4") == framework.theme("leadership")
    assert framework.title_of("Theme 4") == "Leadership"
    with pytest.raises(AmbiguousNameError, match="is a theme of"):
        framework.statement("Leadership")
    with pytest.raises(UnknownStatementError, match="is not a statement of"):
        framework.statement("parking")
