"""What many tests share beside the strategies of ``careassure.testing.strategies``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from careassure.errors import CareAssureError, InvalidInputError
from careassure.methods.method import Method
from careassure.model.framework import Framework
from careassure.model.scores import nested
from careassure.plugins.host import PluginHost
from careassure.testing.strategies import marks

_EXAMPLES = settings.default.max_examples if settings.default else 60
few = settings(max_examples=max(1, _EXAMPLES // 3))
"""For properties whose examples take long: a third of what the profile asks for."""
CQC_VERSIONS = ("2023", "direct")

T = TypeVar("T")


def tried(call: Callable[[], T]) -> T | CareAssureError:
    """What a call gives, or the library's own error; any other error is not caught."""
    try:
        return call()
    except CareAssureError as error:
        return error


def built_in_methods() -> tuple[Method, ...]:
    """CQC's method for councils in both versions: ``evidence-category`` and ``single-word``."""
    return tuple(item.method for item in PluginHost(discover=False).scorers() if item.method is not None)


@st.composite
def scores(draw: st.DrawFn, framework: Framework) -> dict[str, object]:
    """Scores as people write them: for a statement made of parts a mapping by part, or one score for the whole."""
    return {**nested(draw(marks(framework)))}


Told = list[tuple[str, str, str]]
"""Problems: where, what it is, what to do."""


def told(make: Callable[[], object]) -> Told:
    """The problems of an error that is raised."""
    with pytest.raises(InvalidInputError) as raised:
        make()
    return [(str(problem.where), problem.message, problem.hint) for problem in raised.value.problems]


def refused(kind: type[CareAssureError], make: Callable[[], object]) -> tuple[str, tuple[str, ...], str]:
    """What an error says, the names that it suggests, and what to do."""
    with pytest.raises(kind) as raised:
        make()
    return raised.value.message, tuple(getattr(raised.value, "suggestions", ())), raised.value.hint
