"""What is worked out once is found again by its value, and nothing is kept without end."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import signature
from pkgutil import walk_packages
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

import careassure as ca
from careassure.errors import CareAssureError
from careassure.methods.check import check
from careassure.methods.fit import fit
from careassure.methods.lowering import lower_method
from careassure.methods.sums import CannotLowerError
from helpers import built_in_methods

from .effort import runs
from .tables import cases


def anew(value: Any) -> Any:
    """The same value, made again."""
    return pickle.loads(pickle.dumps(value))


def caches() -> Iterator[tuple[str, Any]]:
    """Every function of the library that keeps what it gave."""
    for info in walk_packages(ca.__path__, "careassure."):
        if not info.name.endswith("__main__"):
            for name, value in vars(import_module(info.name)).items():
                if hasattr(value, "cache_parameters") and value.__module__ == info.name:
                    yield f"{info.name}.{name}", value


def test_no_cache_grows_without_end() -> None:
    """Whatever keeps results for different arguments keeps a limited number of them."""
    found = dict(caches())
    assert {"careassure.methods.fit.fit", "careassure.plugins.host.default_host"} <= found.keys()
    asked = {name: function for name, function in found.items() if signature(function).parameters}
    assert [name for name, function in asked.items() if function.cache_parameters()["maxsize"] is None] == []


@pytest.mark.parametrize("place", [0, 1])
def test_equal_methods_share_what_was_worked_out(place: int) -> None:
    """A method and a framework that were made again find the fit, the check and the plan of the first."""
    method, framework = built_in_methods()[place], ca.frameworks()[0].versions[place]
    assert framework.id == "cqc-la"
    again = anew(method), evolve(framework)
    assert again[0] is not method
    assert again[1] is not framework
    first = fit(method, framework)
    plan = lower_method(first)
    report = check(method, framework)
    for kept in (fit, lower_method):
        assert kept.cache_info().misses >= 1
    misses = [kept.cache_info().misses for kept in (fit, lower_method)]
    assert fit(*again) is first
    assert lower_method(fit(*again)) is plan
    assert lower_method(evolve(first)) is plan
    assert check(*again) is report
    assert misses == [kept.cache_info().misses for kept in (fit, lower_method)]


@runs(0.5)
@given(cases(replies=True, judged=True))
def test_what_is_worked_out_again_is_equal(case: tuple[Any, Any]) -> None:
    """Fits and plans that were worked out twice are equal and hash alike, so that it does not matter who asks first."""
    frame, table = case
    method, framework = frame.load(table), frame.framework

    def twice(function: Callable[..., Any], one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, Any]:
        found = function.__wrapped__(*one), function.__wrapped__(*other)  # type: ignore[attr-defined]
        assert found[0] is not found[1]
        assert found[0] == found[1]
        assert hash(found[0]) == hash(found[1])
        return found

    try:
        fits = twice(fit, (method, framework), (anew(method), evolve(framework)))
    except CareAssureError:
        return
    assert [getattr(fits[0], name) for name in ("nodes", "flags", "headlines")] == [
        getattr(fits[1], name) for name in ("nodes", "flags", "headlines")
    ]
    assert fits[0] != fit.__wrapped__(evolve(method, version="2"), framework)
    try:
        plan, _ = twice(lower_method, (fits[0],), (fits[1],))
    except CannotLowerError:
        return
    assert plan.nodes == () or plan != evolve(plan, nodes=())


def test_the_words_of_a_framework_are_its_own() -> None:
    """Frameworks that differ in the words of their grades alone each print their own."""
    framework = ca.framework("cqc-la")
    for mark in ("*", "+"):
        scales = tuple(
            evolve(scale, grades=tuple(evolve(grade, label=f"{mark} {grade.label}") for grade in scale))
            for scale in framework.scales
        )
        assessment = ca.Assessment.of("Camden", [3] * 9, framework=evolve(framework, scales=scales))
        assert str(ca.assess(assessment).rating) == f"{mark} Good"
