"""Hypothesis strategies for every value of the model.

They give valid values only, small ones first, and go where methods go wrong: all scores alike, scores one step apart,
scores missing or not rated, scales that begin at 0, statements that are made of parts, awkward text. They are
registered with Hypothesis when careassure is installed, so ``st.from_type(careassure.Assessment)`` and
``@given(...)`` with annotations work without any set-up.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from careassure.testing.assessments import (
        assessments,
        cqc_frameworks,
        evidence,
        facts,
        frameworks,
        marks,
        subjects,
    )
    from careassure.testing.schemes import methods, outcomes, schemes
    from careassure.testing.values import (
        bodies,
        councils,
        days,
        grades,
        keys,
        partial_dates,
        references,
        scales,
        states,
        texts,
    )

__all__ = [
    "assessments",
    "bodies",
    "councils",
    "cqc_frameworks",
    "days",
    "evidence",
    "facts",
    "frameworks",
    "grades",
    "keys",
    "marks",
    "methods",
    "outcomes",
    "partial_dates",
    "references",
    "register",
    "scales",
    "schemes",
    "states",
    "subjects",
    "texts",
]

_HOMES = {
    "assessments": ("assessments", "cqc_frameworks", "evidence", "facts", "frameworks", "marks", "subjects"),
    "schemes": ("methods", "outcomes", "schemes"),
    "values": (
        "bodies",
        "councils",
        "days",
        "grades",
        "keys",
        "partial_dates",
        "references",
        "scales",
        "states",
        "texts",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

_TYPES = {
    "careassure.methods.method": {"Method": "methods"},
    "careassure.model.assessment": {"Assessment": "assessments"},
    "careassure.model.council": {"Body": "bodies", "Council": "councils"},
    "careassure.model.dates": {"PartialDate": "partial_dates"},
    "careassure.model.evidence": {"Evidence": "evidence"},
    "careassure.model.framework": {"Framework": "frameworks"},
    "careassure.model.outcome": {"Outcome": "outcomes"},
    "careassure.model.reference": {"Reference": "references"},
    "careassure.model.scale": {"Grade": "grades", "NotRated": "states", "Scale": "scales"},
}
"""Public types, by their module, with the name of the strategy for each."""


def register() -> None:
    """Tell Hypothesis the strategies for careassure's types; it calls this itself when it is imported.

    No strategy is made, and no data is read, before one is asked for. Hypothesis is imported here and nowhere above:
    if this module comes first, Hypothesis asks for this function while it is being imported.
    """
    from hypothesis import strategies as st

    for module, found in _TYPES.items():
        for name, strategy in found.items():
            with suppress(ImportError, AttributeError):  # someone who imports Hypothesis may not even use careassure
                st.register_type_strategy(getattr(import_module(module), name), _lazy(strategy))


def _lazy(name: str) -> Callable[[Any], SearchStrategy[Any]]:
    def strategy(_type: object) -> SearchStrategy[Any]:
        found: SearchStrategy[Any] = __getattr__(name)()
        return found

    return strategy


def __getattr__(name: str) -> Any:  # noqa: ANN401
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"careassure.testing.{home}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
