"""How English councils' adult social care is assessed, and what each scoring method makes of the same findings.

Put in what was found about a council; get out the rating that a named, dated, cited method gives it, every
step of why, how near it was to another, and what any other method would have said::

    import careassure as ca

    outcome = ca.assess(ca.Assessment.of("Camden", [3, 3, 4, 3, 4, 4, 3, 4, 4]))
    print(outcome.explain())

What studies methods and results as such is in ``ca.analysis``. What a council does beside has namespaces of its own:
``ca.workspaces``, ``ca.samples``, ``ca.figures``, ``ca.report``, ``ca.tables`` and ``ca.privacy``. ``ca.errors`` holds
every error and ``ca.testing`` the conformance kit for scorers.

Everything here is loaded when it is first used: importing the package reads no data and no plugin.
"""

from __future__ import annotations

__version__ = "0.1.0"

# The public names, by the module that each is from. `__init__.pyi` says the same to type checkers and is made from it:
# see tests/api/test_stubs.py.
_HOMES = {
    "analysis.benchmark": "Benchmark benchmark",
    "analysis.next_question": "NextQuestion next_question",
    "analysis.nearest": "NearestChange nearest_change",
    "analysis.reasons": "Reasons reasons",
    "analysis.reconcile": "Reconciliation reconcile",
    "analysis.stability": "Stability stability",
    "analysis.what_if": "WhatIf what_if",
    "api.authoring": "check extend",
    "api.verbs": "assess compare council councils framework frameworks published scorer scorers",
    "errors": "CareAssureError",
    "files": "read read_assessment write",
    "frame.assess": "assess_frame",
    "frame.long": "Long",
    "io.frameworks": "load_frameworks",
    "io.methods": "load_method",
    "io.schemes": "load_scheme",
    "methods.check": "CheckReport",
    "methods.method": "Method",
    "model.assessment": "Assessment Stated",
    "model.council": "Body Council",
    "model.dates": "PartialDate",
    "model.evidence": "Claim Evidence",
    "model.framework": "Framework",
    "model.outcome": "Outcome",
    "model.reference": "Reference",
    "model.scale": "Grade NotRated Scale",
    "model.scorer": "Scorer",
    "model.statements": "Statement Theme",
    "model.trace": "Step",
    "plugins.marker": "hookimpl",
    "plugins.offers": "InstalledFramework InstalledScorer",
}
_NAMESPACES = "analysis errors figures privacy report samples tables testing workspaces"


def _public(package: str, homes: dict[str, str], namespaces: str = "") -> tuple[object, object, list[str]]:
    """What makes a package offer names that are loaded when they are first used.

    Args:
        package: The package's name.
        homes: Its public names, by the module that they are from, below `careassure`.
        namespaces: Its modules that are public as such.

    Returns:
        Its ``__getattr__``, ``__dir__`` and ``__all__``.
    """
    home_of = {name: home for home, names in homes.items() for name in names.split()}
    modules = namespaces.split()
    public = sorted([*home_of, *modules])

    def get(name: str) -> object:
        from importlib import import_module

        if name in modules:
            return import_module(f"{package}.{name}")
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(package)
        value: object = getattr(import_module(f"careassure.{home_of[name]}"), name)
        setattr(module, name, value)
        return value

    def listed() -> list[str]:
        return [*public, "__version__"] if package == "careassure" else [*public]

    return get, listed, public


__getattr__, __dir__, __all__ = _public(__name__, _HOMES, _NAMESPACES)
