"""CQC's framework for local authorities, in both versions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import AmbiguousNameError, UnknownFrameworkError, UnknownStatementError
from careassure.model.framework import Framework
from careassure.testing.strategies import cqc_frameworks
from helpers import CQC_VERSIONS

STATEMENTS = [
    "assessing_needs",
    "supporting_healthier_lives",
    "equity",
    "care_provision",
    "partnerships",
    "safe_systems",
    "safeguarding",
    "governance",
    "learning",
]
THEMES = {
    "working_with_people": STATEMENTS[:3],
    "providing_support": STATEMENTS[3:5],
    "ensuring_safety": STATEMENTS[5:7],
    "leadership": STATEMENTS[7:],
}
APPLYING = ["experience", "staff", "partners", "processes"]


@pytest.mark.parametrize("version", CQC_VERSIONS)
def test_themes_and_statements_are_those_of_cqc(version: str) -> None:
    """Both versions have CQC's four themes with its nine statements, in order."""
    framework = ca.framework("cqc-la", version)
    assert {theme.id: [statement.id for statement in theme.statements] for theme in framework.themes} == THEMES
    assert [statement.id for statement in framework.statements] == STATEMENTS
    assert framework.publisher == "Care Quality Commission"
    assert framework.subject == "council"


def test_leaves_are_nine_statements_or_their_categories() -> None:
    """The direct version scores nine statements, the version of 2023 four categories of each."""
    assert ca.framework("cqc-la", "direct").leaves == tuple(STATEMENTS)
    assert ca.framework("cqc-la", "2023").leaves == tuple(f"{s}/{c}" for s in STATEMENTS for c in APPLYING)
    assert len(ca.framework("cqc-la", "2023").leaves) == 36


def test_the_newest_version_is_direct() -> None:
    """Without a version the framework is the newest, which supersedes that of 2023."""
    assert ca.framework("cqc-la") is ca.framework("cqc-la", "direct")
    assert ca.framework("cqc-la").supersedes == "2023"
    assert ca.framework("cqc-la", version="2023").supersedes == ""


@pytest.mark.parametrize(("version", "scorer"), [("2023", "evidence-category"), ("direct", "single-word")])
def test_each_version_has_its_own_scorer(version: str, scorer: str) -> None:
    """Each version names the method that CQC used with it."""
    framework = ca.framework("cqc-la", version)
    assert framework.scorer == scorer
    assert scorer in {item.name for item in ca.scorers()}


@given(cqc_frameworks())
def test_six_categories_of_which_four_apply(framework: Framework) -> None:
    """CQC names six evidence categories; observation and outcomes do not apply and say why."""
    assert len(framework.categories) == 6
    assert [category.id for category in framework.categories if category.applies] == APPLYING
    assert {c.id for c in framework.categories if not c.applies and c.note} == {"observation", "outcomes"}


def test_scales_are_those_of_cqc() -> None:
    """Scores run from 1 to 4 and ratings are CQC's four words."""
    framework = ca.framework("cqc-la")
    score = framework.scale(framework.score_scale)
    assert [grade.value for grade in score] == [1, 2, 3, 4]
    assert score.numeric
    rating = framework.scale("cqc-rating")
    assert [grade.key for grade in rating] == ["inadequate", "requires_improvement", "good", "outstanding"]
    assert [str(grade) for grade in rating] == ["Inadequate", "Requires improvement", "Good", "Outstanding"]
    assert not rating.numeric


@given(cqc_frameworks(), st.sampled_from([str.upper, str.lower, str.title]))
def test_every_title_and_alias_resolves(framework: Framework, case: Callable[[str], str]) -> None:
    """Every id, title and alias, in its context and in any case, stands for the one it belongs to."""
    for level, items in (("theme", framework.themes), ("statement", framework.statements)):
        for item in items:
            for name in (item.id, item.title):
                assert framework.resolve(case(name), levels=(level,)) == item.id  # type: ignore[arg-type]
            for alias in item.aliases:
                found = framework.resolve(case(alias.text), context=alias.context, levels=(level,))  # type: ignore[arg-type]
                assert found == item.id


@pytest.mark.parametrize("version", CQC_VERSIONS)
@pytest.mark.parametrize(
    ("words", "theme", "statement"),
    [
        ("Leadership", "leadership", "governance"),
        ("Providing support", "providing_support", "care_provision"),
        ("How the local authority works with people", "working_with_people", "assessing_needs"),
        ("How the local authority ensures safety within the system", "ensuring_safety", "safe_systems"),
    ],
)
def test_words_of_two_meanings_depend_on_the_context(words: str, theme: str, statement: str, version: str) -> None:
    """Words that name a theme in the framework and a statement in press releases mean what the context says."""
    framework = ca.framework("cqc-la", version)
    assert framework.resolve(words) == theme
    assert framework.resolve(words, context="press") == statement
    with pytest.raises(AmbiguousNameError, match=f"{words!r} is a theme") as raised:
        framework.resolve(words, levels=("statement",))
    assert raised.value.hint == f'Use context="press" for {framework.title_of(statement)}'


def test_press_names_without_a_theme_need_their_context() -> None:
    """A heading that only press releases use is refused elsewhere, with the context in which it works."""
    framework = ca.framework("cqc-la")
    words = "How the local authority ensures safety in the system"
    assert framework.resolve(words, context="press") == "safe_systems"
    with pytest.raises(AmbiguousNameError, match="is ambiguous") as raised:
        framework.resolve(words)
    assert 'context="press"' in raised.value.hint


@pytest.mark.parametrize("name", ["QS10", "caring", "observation", "well-led"])
def test_what_cqc_does_not_assess_is_unknown(name: str) -> None:
    """A name that is none of CQC's themes or statements is refused with suggestions."""
    with pytest.raises(UnknownStatementError) as raised:
        ca.framework("cqc-la").resolve(name)
    assert raised.value.suggestions


@pytest.mark.parametrize(
    ("id", "version", "words"),
    [
        ("cqc-la", "2024", ["cqc-la has no version '2024'", "2023", "direct"]),
        ("cqc-laa", None, ["there is no framework 'cqc-laa'", "Did you mean cqc-la?"]),
        ("nothing", None, ["there is no framework 'nothing'", "Installed: ", "cqc-la"]),
    ],
)
def test_unknown_frameworks_are_refused_with_what_there_is(id: str, version: str | None, words: list[str]) -> None:
    """A framework or a version that is not installed is refused with what is."""
    with pytest.raises(UnknownFrameworkError) as raised:
        ca.framework(id, version)
    assert all(word in str(raised.value) for word in words)


@given(cqc_frameworks())
def test_every_reference_says_where_it_stands(framework: Framework) -> None:
    """Each version cites the pages it is from, with an address and the day they were read."""
    assert framework.references
    for reference in framework.references:
        assert reference.url.startswith("https://www.cqc.org.uk/")
        assert reference.read.startswith("20")
        assert reference.basis == "official"
