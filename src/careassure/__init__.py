"""How English councils' adult social care is assessed, and what each scoring method makes of the same findings.

Put in what was found about a council; get out the rating that a named, dated, cited method gives it, every
step of why, how near it was to another, and what any other method would have said::

    import careassure as ca

    outcome = ca.assess(ca.Assessment.of("Camden", [3, 3, 4, 3, 4, 4, 3, 4, 4]))
    print(outcome.explain())

Everything here is loaded when it is first used: importing the package reads no data and no plugin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from careassure.analysis.reconcile import Reconciliation, reconcile
    from careassure.api.verbs import (
        assess,
        compare,
        council,
        councils,
        framework,
        frameworks,
        published,
        read,
        scorer,
        scorers,
        write,
    )
    from careassure.errors import CareAssureError
    from careassure.frame.assess import assess_frame
    from careassure.frame.long import Long
    from careassure.io.frameworks import load_frameworks
    from careassure.methods.check import CheckReport, check
    from careassure.methods.load import load_method
    from careassure.methods.method import Method
    from careassure.model.assessment import Assessment
    from careassure.model.council import Body, Council
    from careassure.model.evidence import Evidence
    from careassure.model.framework import Framework
    from careassure.model.outcome import Outcome
    from careassure.model.reference import Reference
    from careassure.model.scale import Grade, NotRated, Scale
    from careassure.model.scorer import Scorer
    from careassure.model.trace import Step
    from careassure.plugins.marker import hookimpl

_HOMES = {
    "api.verbs": (
        "assess",
        "compare",
        "council",
        "councils",
        "framework",
        "frameworks",
        "published",
        "read",
        "scorer",
        "scorers",
        "write",
    ),
    "analysis.reconcile": ("Reconciliation", "reconcile"),
    "errors": ("CareAssureError",),
    "frame.assess": ("assess_frame",),
    "frame.long": ("Long",),
    "io.frameworks": ("load_frameworks",),
    "methods.load": ("load_method",),
    "methods.check": ("CheckReport", "check"),
    "methods.method": ("Method",),
    "model.assessment": ("Assessment",),
    "model.council": ("Body", "Council"),
    "model.evidence": ("Evidence",),
    "model.framework": ("Framework",),
    "model.outcome": ("Outcome",),
    "model.reference": ("Reference",),
    "model.scale": ("Grade", "NotRated", "Scale"),
    "model.scorer": ("Scorer",),
    "model.trace": ("Step",),
    "plugins.marker": ("hookimpl",),
}
_HOME_OF = {name: home for home, found in _HOMES.items() for name in found}

__all__ = [
    "Assessment",
    "Body",
    "CareAssureError",
    "CheckReport",
    "Council",
    "Evidence",
    "Framework",
    "Grade",
    "Long",
    "Method",
    "NotRated",
    "Outcome",
    "Reconciliation",
    "Reference",
    "Scale",
    "Scorer",
    "Step",
    "assess",
    "assess_frame",
    "check",
    "compare",
    "council",
    "councils",
    "framework",
    "frameworks",
    "hookimpl",
    "load_frameworks",
    "load_method",
    "published",
    "read",
    "reconcile",
    "scorer",
    "scorers",
    "write",
]


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "testing":
        return import_module("careassure.testing")
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module 'careassure' has no attribute {name!r}")
    value: object = getattr(import_module(f"careassure.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
