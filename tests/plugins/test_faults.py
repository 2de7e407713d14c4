"""Each fault of a plugin is an error of its own class that names plugin and distribution."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, Literal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure import errors
from careassure.model.trace import Step
from careassure.plugins.hooks import PluginVersionWarning
from careassure.plugins.host import PluginHost

CAMDEN = ca.Assessment.of("Camden", [3, 3, 4, 3, 4, 4, 3, 4, 4])
RULE = ca.Reference("rule", "A rule for tests", basis="ours")
SCALE = CAMDEN.framework.scale("cqc-rating")


class Scorer:
    """A sound scorer, changed by what it is given."""

    version = "1"
    title = "Always good"

    def __init__(self, name: str = "always-good", change: Callable[[ca.Outcome], object] | None = None) -> None:
        self.name = name
        self.change = change

    def accepts(self, framework: ca.Framework) -> bool:
        """Everything."""
        return framework.id == "cqc-la"

    def score(self, assessment: ca.Assessment) -> ca.Outcome:
        """Good."""
        outcome = ca.Outcome.of(self, assessment, SCALE["good"], text="It is always good.", references=(RULE,))
        changed: Any = self.change(outcome) if self.change else outcome
        return changed  # type: ignore[no-any-return]


def plugin(**hooks: object) -> object:
    """A plugin whose hooks return, or do, these things."""
    return SimpleNamespace(
        **{name: ca.hookimpl(value if callable(value) else _returning(value)) for name, value in hooks.items()}
    )


def _returning(value: object) -> Callable[[], object]:
    return lambda: value


def host_with(thing: object, name: str = "acme", on_error: Literal["raise", "skip"] = "raise") -> PluginHost:
    """A host with one more plugin."""
    host = PluginHost(discover=False, on_error=on_error)
    host.register(thing, name, "acme-dist", "2.0")
    return host


def test_a_sound_plugin_works() -> None:
    """A sound scorer is found by its name and by plugin and name, and stamps its outcome."""
    host = host_with(plugin(careassure_scorers=[Scorer()]))
    outcome = host.scorer("acme:always-good").score(CAMDEN)
    assert (outcome.result, outcome.distribution, outcome.distribution_version) == ("Good", "acme-dist", "2.0")
    assert host.scorer("always-good") == host.scorer("acme:always-good")


def _extra_argument(council: object) -> list[object]:
    return [council]


def _wrapper() -> Iterator[None]:
    yield


def _raises() -> list[object]:
    raise RuntimeError("out of order")


def _raises_later() -> Iterator[object]:
    yield Scorer()
    raise RuntimeError("out of order")


@pytest.mark.parametrize(
    ("thing", "kind", "words"),
    [
        (plugin(careassure_scorer=[]), errors.UnknownHookError, "Did you mean careassure_scorers"),
        (SimpleNamespace(careassure_scorers=_returning([])), errors.UnknownHookError, "Mark careassure_scorers"),
        (plugin(careassure_scorers=_extra_argument), errors.HookArgumentsError, "asks for council"),
        (Scorer, errors.PluginIsClassError, "Register Scorer()"),
        (
            SimpleNamespace(careassure_scorers=ca.hookimpl(wrapper=True)(_wrapper)),
            errors.HookWrapperError,
            "careassure_scorers is a wrapper",
        ),
        (SimpleNamespace(CAREASSURE_API=(2, 0)), errors.PluginVersionError, "version 2 of the hooks"),
        (SimpleNamespace(CAREASSURE_API="1.0"), errors.PluginVersionError, "Write it as (1, 0)"),
    ],
)
def test_a_fault_at_registration_leaves_nothing_behind(
    thing: object, kind: type[errors.PluginError], words: str
) -> None:
    """A plugin that is not what a plugin may be is refused by name, and the host goes on as if it had never been."""
    host = PluginHost(discover=False)
    before = host.installed()
    with pytest.raises(kind) as caught:
        host.register(thing, "acme", "acme-dist", "2.0")
    assert words in str(caught.value)
    assert (caught.value.plugin, caught.value.distribution) == ("acme", "acme-dist 2.0")
    assert host.installed() == before
    assert [item.name for item in host.scorers()] == ["evidence-category", "single-word"]
    host.register(plugin(careassure_scorers=[Scorer()]), "acme")
    assert host.scorer("always-good").plugin == "acme"


@pytest.mark.parametrize(
    ("thing", "kind", "words"),
    [
        (plugin(careassure_scorers=_raises), errors.HookCallError, "RuntimeError: out of order"),
        (plugin(careassure_scorers=_raises_later), errors.HookCallError, "RuntimeError: out of order"),
        (plugin(careassure_scorers=None), errors.HookReturnError, "returned None"),
        (plugin(careassure_scorers="abc"), errors.HookReturnError, "returned 'abc'"),
        (plugin(careassure_scorers=7), errors.HookCallError, "TypeError"),
        (plugin(careassure_scorers=[7]), errors.HookReturnError, "which is not a scorer"),
        (plugin(careassure_scorers=[Scorer]), errors.HookReturnError, "which is not a scorer"),
        (plugin(careassure_scorers=[Scorer("A:b")]), errors.HookReturnError, "lower-case letters"),
        (plugin(careassure_methods=[Scorer()]), errors.HookReturnError, "which is not a Method"),
        (plugin(careassure_frameworks=["cqc-la"]), errors.HookReturnError, "which is not a Framework"),
        (plugin(careassure_scorers=[Scorer("single-word")]), errors.PluginConflictError, "is offered by"),
        (plugin(careassure_scorers=[Scorer(), Scorer()]), errors.PluginConflictError, "twice"),
        (plugin(careassure_frameworks=[CAMDEN.framework]), errors.PluginConflictError, "'cqc-la'"),
    ],
)
def test_a_fault_of_a_hook_is_raised_or_skipped(thing: object, kind: type[errors.PluginError], words: str) -> None:
    """A hook that raises or returns what it may not stops everything, or is left out whole and listed."""
    strict = host_with(thing)
    with pytest.raises(kind) as caught:
        strict.scorers()
    assert words in str(caught.value)
    assert "acme" in str(caught.value)
    lenient = host_with(thing, on_error="skip")
    assert [item.name for item in lenient.scorers()] == ["evidence-category", "single-word"]
    (failure,) = lenient.failures
    assert type(failure) is kind
    status = {info.name: info.status for info in lenient.installed()}
    assert status == {"careassure": "built in", "acme": "failed"}


def test_a_name_taken_is_refused() -> None:
    """Two plugins cannot have one name, however it is spelt."""
    host = host_with(plugin(careassure_scorers=[Scorer()]), "my.plugin")
    with pytest.raises(errors.PluginConflictError) as caught:
        host.register(plugin(), "My_Plugin", "other-dist", "3.0")
    assert "acme-dist 2.0" in str(caught.value)
    assert "other-dist 3.0" in str(caught.value)


def test_a_newer_minor_version_is_warned_of() -> None:
    """A plugin for a newer minor version of the hooks works, with a warning."""
    with pytest.warns(PluginVersionWarning, match="version 1.9 of the hooks"):
        host = host_with(SimpleNamespace(CAREASSURE_API=(1, 9), careassure_scorers=ca.hookimpl(_returning([Scorer()]))))
    assert host.scorer("always-good").name == "always-good"


def test_ctrl_c_passes_through() -> None:
    """A wish to stop is never caught, neither in a hook nor in a scorer."""

    def interrupt(_outcome: ca.Outcome) -> object:
        raise KeyboardInterrupt

    def hook() -> list[object]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        host_with(plugin(careassure_scorers=hook), on_error="skip").scorers()
    with pytest.raises(KeyboardInterrupt):
        host_with(plugin(careassure_scorers=[Scorer(change=interrupt)])).scorer("always-good").score(CAMDEN)


def _raise_value_error(_outcome: ca.Outcome) -> object:
    raise ValueError("no")


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        (_raise_value_error, errors.ScorerRaisedError, "ValueError: no"),
        (lambda _: 89.0, errors.ScorerReturnError, "returned float"),
        (lambda _: None, errors.ScorerReturnError, "returned NoneType"),
        (lambda o: evolve(o, percentage_low=88.9, percentage_high=88.9), errors.ScorerReturnError, "not a Fraction"),
        (lambda o: evolve(o, score_low=True, score_high=True), errors.ScorerReturnError, "not a whole number"),
        (lambda o: evolve(o, high=None), errors.ScorerReturnError, "only one of low and high"),
        (lambda o: evolve(o, low=SCALE["outstanding"]), errors.ScorerReturnError, "above high"),
        (lambda o: evolve(o, suggested=SCALE["inadequate"]), errors.ScorerReturnError, "suggests"),
        (lambda o: evolve(o, low="good"), errors.ScorerReturnError, "low is 'good', not a Grade"),
        (lambda o: evolve(o, low=CAMDEN.marks[0][1]), errors.ForeignGradeError, "cqc-rating and cqc-score"),
        (lambda o: evolve(o, low=SCALE["inadequate"]), errors.TraceError, "its trace ends in"),
        (
            lambda o: evolve(o, trace=evolve(o.trace, low=SCALE["inadequate"])),
            errors.TraceError,
            "does not add up",
        ),
        (
            lambda o: evolve(o, assessment=ca.Assessment.of("York", [1] * 9)),
            errors.ScorerReturnError,
            "of another assessment",
        ),
    ],
)
def test_what_a_scorer_returns_is_checked(
    change: Callable[[ca.Outcome], object], kind: type[errors.ScorerError], words: str
) -> None:
    """A scorer that raises, or returns floats, foreign grades or a trace that does not add up, is refused by name."""
    host = host_with(plugin(careassure_scorers=[Scorer(change=change)]))
    with pytest.raises(kind) as caught:
        host.scorer("always-good").score(CAMDEN)
    assert words in str(caught.value)
    assert caught.value.scorer == "always-good"


def test_an_error_of_careassure_passes_as_it_is() -> None:
    """A scorer may refuse an assessment with an error of careassure."""

    def refuse(_outcome: ca.Outcome) -> object:
        raise errors.UnknownGradeError("not for me")

    with pytest.raises(errors.UnknownGradeError, match="not for me"):
        host_with(plugin(careassure_scorers=[Scorer(change=refuse)])).scorer("always-good").score(CAMDEN)


def test_an_exact_percentage_is_taken() -> None:
    """A scorer in Python may give an exact percentage and a whole score."""
    half = Fraction(125, 2)

    def percentage(outcome: ca.Outcome) -> object:
        exact = Step("note", "", "Half of it", half, half)
        shown = Step("rounded", "", "Rounded up", Fraction(63), Fraction(63), (exact,), rounding="up")
        trace = evolve(outcome.trace, parts=(*outcome.trace.parts, shown))
        return evolve(outcome, trace=trace, percentage_low=half, percentage_high=half, score_low=63, score_high=63)

    outcome = host_with(plugin(careassure_scorers=[Scorer(change=percentage)])).scorer("always-good").score(CAMDEN)
    assert (outcome.percentage, outcome.score) == (half, 63)


@given(st.permutations(["alpha", "beta", "gamma", "delta"]), st.sets(st.sampled_from(["alpha", "gamma"])))
def test_the_order_of_registration_changes_nothing(order: list[str], twins: set[str]) -> None:
    """In every order of registration the host has the same scorers, or fails with the same error."""

    def result(names: list[str]) -> object:
        host = PluginHost(discover=False, on_error="skip")
        for name in names:
            scorer = "twin" if name in twins else f"scorer-{name}"
            host.register(plugin(careassure_scorers=[Scorer(scorer)]), name, f"dist-{name}", "1.0")
        return (
            [(item.name, item.plugin, item.distribution) for item in host.scorers()],
            [str(error) for error in host.failures],
            host.installed(),
        )

    assert result(order) == result(sorted(order))


def test_a_misspelt_attribute_that_is_no_hook_is_left_alone() -> None:
    """Submodules and classes whose names begin like hooks are no hooks."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        host = host_with(SimpleNamespace(careassure_things=warnings, careassure_kind=Scorer))
    assert len(host.scorers()) == 2
