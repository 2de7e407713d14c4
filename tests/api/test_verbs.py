"""The verbs: assess, compare, read and look up."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.api.lookup import find_method, find_scorer
from careassure.errors import UnknownScorerError
from careassure.frame.question import ask
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.testing.strategies import assessments, cqc_frameworks, frameworks
from helpers import built_in_methods, few

CAMDEN = ca.Assessment.of("Camden", [3, 3, 4, 3, 4, 4, 3, 4, 4])


def test_the_contract_in_one_example() -> None:
    """The example on the front page gives Camden's published result, exactly."""
    outcome = ca.assess(CAMDEN)
    assert outcome.rating is not None
    assert (outcome.rating.key, outcome.score, outcome.percentage) == ("outstanding", 89, Fraction(800, 9))
    assert outcome.low == outcome.high == outcome.rating
    assert (outcome.scorer, outcome.kind) == ("single-word", "rating")
    assert "Outstanding" in outcome.explain()


@few
@given(assessments(cqc_frameworks()))
def test_the_framework_s_own_scorer_is_the_default(assessment: Assessment) -> None:
    """Without a scorer the framework's own is used; by name, as itself or as a method it gives the same outcome."""
    name = assessment.framework.scorer
    outcome = ca.assess(assessment)
    assert outcome.scorer == name
    (method,) = (item for item in built_in_methods() if item.id == name)
    installed = next(item for item in ca.scorers() if item.name == name)
    assert outcome == ca.assess(assessment, name) == ca.assess(assessment, f"careassure:{name}")
    assert outcome == ca.assess(assessment, installed)
    again = ca.assess(assessment, method)
    assert evolve(again, distribution="careassure", distribution_version=ca.__version__) == outcome


@few
@given(assessments(cqc_frameworks()))
def test_comparing_starts_with_the_framework_s_own(assessment: Assessment) -> None:
    """Comparing gives an outcome for each scorer that accepts the framework, its own first."""
    outcomes = ca.compare(assessment)
    assert outcomes[0] == ca.assess(assessment)
    fitting = {item.name for item in ca.scorers() if item.accepts(assessment.framework)}
    assert [outcome.scorer for outcome in outcomes[1:]] == sorted(fitting - {outcomes[0].scorer})
    names = [outcome.scorer for outcome in outcomes]
    assert ca.compare(assessment, names) == outcomes


@pytest.mark.parametrize("name", ["single_word", "singleword", "Single-Word"])
def test_a_misspelt_scorer_is_refused_with_the_nearest(name: str) -> None:
    """A name that is nearly that of a scorer is refused, and the right one is suggested."""
    with pytest.raises(UnknownScorerError) as raised:
        ca.assess(CAMDEN, name)
    assert "single-word" in raised.value.suggestions
    assert "Did you mean" in raised.value.hint


@given(cqc_frameworks())
def test_a_scorer_of_another_version_is_refused(framework: Framework) -> None:
    """A scorer that is not for this version is refused, and those that are for it are suggested."""
    wrong = {"2023": "single-word", "direct": "evidence-category"}[framework.version]
    with pytest.raises(
        UnknownScorerError, match=f"{wrong} does not score cqc-la version {framework.version}"
    ) as raised:
        find_scorer(wrong, framework)
    assert framework.scorer in raised.value.suggestions


@few
@given(frameworks())
def test_a_framework_without_a_scorer_asks_for_one(framework: Framework) -> None:
    """A framework that has no scorer of its own is not scored by a guess."""
    with pytest.raises(UnknownScorerError, match="has no scorer of its own"):
        find_scorer(None, framework)


@pytest.mark.parametrize("name", ["single-word", "careassure:single-word", "evidence-category"])
def test_a_scorer_is_the_same_however_it_is_named(name: str) -> None:
    """By name, as itself or as a method, for an assessment, a table or a check, it is the same scorer."""
    installed = ca.scorer(name)
    method = installed.method
    assert method is not None
    framework = next(item for item in ca.frameworks()[0].versions if item.version in method.framework_versions)
    for form in (name, installed, installed.scorer, method):
        found = find_scorer(form)
        assert found == find_scorer(form, framework)
        assert found.scorer == installed.scorer
        options = {"framework": None, "version": None, "columns": None, "facts": None, "prefix": ""}
        question = ask(form, key=(), missing="interval", errors="raise", outputs=("rating",), **options)  # type: ignore[arg-type]
        assert (question.scorer, question.framework) == (found, framework)
        assert (found.plugin == "careassure") is (form in (name, installed))
    assert find_scorer(installed) is installed
    assert find_method(name) == method


@pytest.mark.parametrize("scorer", [3, object(), ca.Method, CAMDEN, b"single-word"])
def test_what_is_no_scorer_is_refused(scorer: object) -> None:
    """What is neither a name, a method nor a scorer is refused."""
    with pytest.raises(UnknownScorerError, match="is not a scorer"):
        ca.assess(CAMDEN, scorer)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [None, [3] * 9, "Camden", ca.Assessment])
def test_only_assessments_are_assessed(value: object) -> None:
    """What is no assessment is refused with how to make one."""
    for verb in (ca.assess, ca.compare):
        with pytest.raises(ValueError, match=r"is not an assessment\. Make one with Assessment\.of or read"):
            verb(value)  # type: ignore[arg-type]


def test_the_outcome_does_not_depend_on_what_is_beside_the_scores() -> None:
    """Notes, sources and dates make no difference to a result."""
    other = evolve(CAMDEN, notes="Noted", sources=("a page",), kind="self")
    assert ca.assess(other).result == ca.assess(CAMDEN).result


@given(st.sampled_from(["method", "framework"]))
def test_the_shipped_files_are_read_like_any_other(kind: str) -> None:
    """The methods and the framework that ship with the package can be read as files of a user."""
    folder = Path(ca.__file__).parent / "catalogue" / "cqc"
    if kind == "framework":
        assert ca.read(folder / "cqc-la.toml") == tuple(
            ca.framework("cqc-la", version) for version in ("2023", "direct")
        )
    else:
        found = [ca.read(folder / f"{method.id}.toml") for method in built_in_methods()]
        assert found == list(built_in_methods())


def test_what_is_installed_is_listed() -> None:
    """The installed frameworks and scorers are listed with the distribution that they came from."""
    assert "cqc-la" in {item.id for item in ca.frameworks()}
    assert {"single-word", "evidence-category"} <= {item.name for item in ca.scorers()}
    sources = [(item.distribution, item.distribution_version) for item in ca.frameworks()]
    sources += [(item.distribution, item.distribution_version) for item in ca.scorers()]
    assert all(name and version for name, version in sources)
    assert ("careassure", ca.__version__) in sources
