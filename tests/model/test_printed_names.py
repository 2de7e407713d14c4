"""Names of statements as papers print them: with numbers and themes, and what is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import AmbiguousNameError, UnknownStatementError
from careassure.model.framework import Framework
from careassure.model.printed_names import column_name, leaf_named
from careassure.model.scale import Scale
from careassure.model.statements import Statement, Theme

SCALE = Scale.of("s", "Scale", ("low", "Low"), ("high", "High"))
CQC = ca.framework("cqc-la")
EVIDENCE = ca.framework("cqc-la", "2023")
PLAIN = Framework(
    id="f",
    version="1",
    title="F",
    publisher="Someone",
    scales=(SCALE,),
    score_scale="s",
    themes=(
        Theme("first", "First", (Statement("safe", "Safe"), Statement("caring", "Caring"))),
        Theme("second", "Second", (Statement("well_led", "Well-led"),)),
    ),
)
"""A framework that does not number its statements."""

NUMBERS = ["QS{n}", "QS {n}", "qs{n}", "QS0{n}", "Quality statement {n}", "quality  Statement {n}:", "Statement {n}"]
WITH_TITLE = [
    "{n}. {title}", "{n} {title}", "{n}) {title}", "({n}) {title}", "{n} - {title}", "{n}: {title}", "No. {n} {title}",
    "{title} (QS{n})", "{title} - QS {n}", "{title} [quality statement {n}]", "QS{n} {title}", "QS {n}: {title}",
    "QS{n} - {title}", "Quality statement {n}: {title}", "{theme}.{n} {title}", "{theme}.{inner} {title}",
    "Theme {theme}: {theme_title} - {title}", "{theme_title}: {title}", "{title} ({theme_title})",
    "Theme {theme} / QS{n}", "Theme {theme}: {theme_title}: {n}. {title}",
]  # fmt: skip


def places() -> list[tuple[str, dict[str, object]]]:
    """Every statement of the council framework, with what a printed name of it can be made of."""
    return [
        (
            statement.id,
            {
                "n": number,
                "title": statement.title,
                "theme": CQC.themes.index(CQC.theme_of(statement.id)) + 1,
                "theme_title": CQC.theme_of(statement.id).title,
                "inner": CQC.theme_of(statement.id).statements.index(statement) + 1,
            },
        )
        for number, statement in enumerate(CQC.statements, 1)
    ]


PLACES = places()
CASES = st.sampled_from([str, str.upper, str.lower])


@given(st.sampled_from(PLACES), st.sampled_from([*NUMBERS, *WITH_TITLE]), CASES)
def test_every_printed_form_names_its_statement(
    place: tuple[str, dict[str, object]], form: str, case: type[str]
) -> None:
    """A number with its word, and a number or theme with the title, name the statement for every reader of names."""
    statement, parts = place
    name = case(form.format(**parts))
    assert CQC.resolve(name) == CQC.resolve(name, levels=("statement",)) == leaf_named(CQC, name) == statement
    named = column_name(CQC, name)
    assert named is not None
    assert (named.leaf, named.loose) == (statement, False)
    assert leaf_named(EVIDENCE, f"{name}: Processes") == f"{statement}/processes"


@given(st.sampled_from(PLACES), st.integers(0, 30), st.sampled_from(WITH_TITLE[:13]))
def test_a_number_that_is_not_the_title_s_is_refused(
    place: tuple[str, dict[str, object]], number: int, form: str
) -> None:
    """A number beside a title must be the title's own; which it is, the refusal says."""
    statement, parts = place
    name = form.format(**{**parts, "n": number})
    if number == parts["n"]:
        assert CQC.resolve(name) == statement
        return
    for find in (CQC.resolve, lambda name: column_name(CQC, name)):
        with pytest.raises(AmbiguousNameError, match=f"is number {parts['n']}, not {number}\\."):
            find(name)


@given(st.integers(0, 99), st.sampled_from(["{}", "{}.", "({})", "Q{}", "no {}", "S{}"]))
def test_a_bare_number_is_no_name(number: int, form: str) -> None:
    """A number alone could be a score, so it names nothing, whether or not the framework numbers its statements."""
    for framework in (CQC, PLAIN):
        assert column_name(framework, form.format(number)) is None
        with pytest.raises(UnknownStatementError):
            framework.resolve(form.format(number))


@pytest.mark.parametrize("name", ["QS10", "QS0", "QS1000", "Assessing needs (1)", "Safeguarding 7", "QS1 comments"])
def test_near_names_are_none(name: str) -> None:
    """What stands behind a title may be its score, and a number with other words is about something else."""
    assert column_name(CQC, name) is None
    with pytest.raises(UnknownStatementError):
        CQC.resolve(name)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("1. Safe", "safe"),
        ("3 Well-led", "well_led"),
        ("2.1 Well led", "well_led"),
        ("2.3 Well led", "well_led"),
        ("Second: Well-led", "well_led"),
        ("Theme 2: Second", "second"),
        ("1. First", "first"),
    ],
)
def test_frameworks_without_numbers_count_in_order(name: str, id: str) -> None:
    """Where a framework does not number its statements, their order does."""
    assert PLAIN.resolve(name) == id


@pytest.mark.parametrize("name", ["QS1", "Quality statement 1", "Theme 1", "Statement 1"])
def test_frameworks_without_numbers_have_no_codes(name: str) -> None:
    """A number with its word alone names nothing in a framework that does not number its statements."""
    with pytest.raises(UnknownStatementError):
        PLAIN.resolve(name)


@pytest.mark.parametrize(("number", "theme"), list(enumerate(CQC.themes, 1)))
def test_themes_have_printed_names_too(number: int, theme: Theme) -> None:
    """A theme is found by its number with its title, and is then no statement."""
    for form in ("Theme {}: {}", "{}. {}", "{} {}", "THEME {} - {}"):
        name = form.format(number, theme.title)
        assert CQC.resolve(name) == theme.id
        assert column_name(CQC, name) is None
        with pytest.raises(AmbiguousNameError, match="is a theme of"):
            CQC.resolve(name, levels=("statement",))
        with pytest.raises(AmbiguousNameError, match=f"is number {number}, not {number + 4}\\."):
            CQC.resolve(f"Theme {number + 4}: {theme.title}")


def test_a_number_tells_a_theme_from_what_the_press_calls_so() -> None:
    """Leadership is theme 4, and in press releases statement 8: the number says which."""
    assert CQC.resolve("4. Leadership") == "leadership"
    assert CQC.resolve("8. Leadership") == CQC.resolve("QS8 Leadership") == "governance"
    assert CQC.resolve("QS1: Working with people") == "assessing_needs"


def test_the_wrong_theme_is_refused_and_a_column_is_left_alone() -> None:
    """A statement under another theme is a slip in a name; a column may be about both."""
    with pytest.raises(AmbiguousNameError, match="another theme than its own, Ensuring safety"):
        CQC.resolve("Leadership: Safeguarding")
    assert column_name(CQC, "Leadership: Safeguarding") is None


@given(
    st.sampled_from(PLACES),
    st.sampled_from(["{} score", "{} rating", "{} grade", "{} score (1-4)", "{} score (1 to 4)", "{} Score out of 4"]),
)
def test_a_column_may_say_that_it_holds_scores(place: tuple[str, dict[str, object]], form: str) -> None:
    """The heading of a column may have "score" behind the name; a name in a cell may not."""
    statement, parts = place
    for name in (parts["title"], f"QS{parts['n']}", statement):
        named = column_name(CQC, form.format(name))
        assert named is not None
        assert (named.leaf, named.loose) == (statement, True)
        with pytest.raises(UnknownStatementError):
            leaf_named(CQC, form.format(name))


@given(st.text(max_size=60) | st.from_regex(r"(QS|Theme|[0-9]{1,4}|\.| |Safeguarding|Leadership)*", fullmatch=True))
def test_any_text_is_a_name_or_refused(name: str) -> None:
    """Whatever a heading holds, it names a statement or is refused by an error of ours."""
    with suppress(ca.CareAssureError):
        assert CQC.title_of(CQC.resolve(name))


@given(
    st.sampled_from(CQC.statements),
    st.sampled_from(["{}", "QS{n}", "{n}. {}"]),
    st.sampled_from(["(1-4)", "(1 \u2013 4)", "[1 to 4]", "(out of 4)", "(/4)", "(score 1-4)", "(Score: 1-4)"]),
)
def test_what_a_header_says_of_its_numbers_is_passed_over(statement: Statement, form: str, units: str) -> None:
    """Their span or their most, in brackets; a column of that very name wins over it."""
    number = [item.id for item in CQC.statements].index(statement.id) + 1
    name = f"{form.format(statement.title, n=number)} {units}"
    found = column_name(CQC, name)
    assert found is not None
    assert (found.leaf, found.loose) == (statement.id, True)
    assert column_name(CQC, f"{form.format(statement.title, n=number)}") == (statement.id, False)


@pytest.mark.parametrize("name", ["Equity (2)", "Equity 2", "Equity (2024-25)", "Equity (n)"])
def test_other_brackets_say_what_the_numbers_are_of(name: str) -> None:
    """Such a column may hold something else than scores, and is not taken for them."""
    assert column_name(CQC, name) is None
