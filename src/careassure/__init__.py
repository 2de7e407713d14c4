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
    from careassure.analysis.ages import ages
    from careassure.analysis.reconcile import Reconciliation, reconcile
    from careassure.analysis.what_if import what_if
    from careassure.api.verbs import (
        assess,
        compare,
        council,
        councils,
        descriptors,
        framework,
        frameworks,
        published,
        scorer,
        scorers,
    )
    from careassure.errors import CareAssureError
    from careassure.figures.catalogue import england_values, indicator, indicator_values, indicators, metrics
    from careassure.figures.distances import Thresholds
    from careassure.figures.indicator import Indicator, IndicatorKey, Value
    from careassure.figures.panels import panel, year_on_year
    from careassure.figures.peers import compare_indicator
    from careassure.figures.stocks import stock
    from careassure.files import read, write
    from careassure.frame.assess import assess_frame
    from careassure.frame.long import Long
    from careassure.io.frameworks import load_frameworks
    from careassure.io.methods import load_method
    from careassure.methods.check import CheckReport, check
    from careassure.methods.method import Method
    from careassure.model.assessment import Assessment
    from careassure.model.council import Body, Council
    from careassure.model.descriptor import Descriptor, DescriptorTable
    from careassure.model.evidence import Claim, Evidence
    from careassure.model.extension import extend
    from careassure.model.framework import Framework
    from careassure.model.outcome import Outcome
    from careassure.model.reference import Reference
    from careassure.model.scale import Grade, NotRated, Scale
    from careassure.model.scorer import Scorer
    from careassure.model.trace import Step
    from careassure.plugins.marker import hookimpl
    from careassure.privacy.disclosure.suppression import CountTable, suppress
    from careassure.privacy.personal.screen import redact, screen
    from careassure.samples.case_counts import count_cases
    from careassure.samples.cases import Case, CaseAttribute, CaseList, Code
    from careassure.samples.finding import SampleFinding
    from careassure.samples.intervals import (
        cases_to_find,
        chance_of_missing,
        chance_of_missing_share,
        interval,
        sample_needed,
    )
    from careassure.samples.likeness import criteria_covered, represent
    from careassure.samples.sampling import draw
    from careassure.workspaces.board import if_complete, progress
    from careassure.workspaces.differences import changes
    from careassure.workspaces.evidence_checks import category_scores, contradictions, staleness
    from careassure.workspaces.history import timeline
    from careassure.workspaces.matrix import coverage
    from careassure.workspaces.opening import copy_example, new_workspace, read_workspace
    from careassure.workspaces.overview import status
    from careassure.workspaces.rating import assess_workspace
    from careassure.workspaces.statement_page import dossier
    from careassure.workspaces.workspace import Workspace

_HOMES = {
    "api.verbs": (
        "assess",
        "compare",
        "council",
        "councils",
        "descriptors",
        "framework",
        "frameworks",
        "published",
        "scorer",
        "scorers",
    ),
    "files": ("read", "write"),
    "workspaces.opening": ("copy_example", "new_workspace", "read_workspace"),
    "workspaces.differences": ("changes",),
    "workspaces.matrix": ("coverage",),
    "workspaces.statement_page": ("dossier",),
    "workspaces.evidence_checks": ("category_scores", "contradictions", "staleness"),
    "workspaces.board": ("if_complete", "progress"),
    "workspaces.overview": ("status",),
    "workspaces.history": ("timeline",),
    "analysis.what_if": ("what_if",),
    "workspaces.rating": ("assess_workspace",),
    "model.extension": ("extend",),
    "model.descriptor": ("Descriptor", "DescriptorTable"),
    "workspaces.workspace": ("Workspace",),
    "figures.peers": ("compare_indicator",),
    "analysis.ages": ("ages",),
    "figures.panels": ("panel", "year_on_year"),
    "figures.stocks": ("stock",),
    "samples.finding": ("SampleFinding",),
    "samples.intervals": (
        "cases_to_find",
        "chance_of_missing",
        "chance_of_missing_share",
        "interval",
        "sample_needed",
    ),
    "samples.likeness": ("criteria_covered", "represent"),
    "samples.sampling": ("draw",),
    "figures.catalogue": ("england_values", "indicator", "indicator_values", "indicators", "metrics"),
    "samples.cases": ("Case", "CaseAttribute", "CaseList", "Code"),
    "figures.indicator": ("Indicator", "IndicatorKey", "Value"),
    "samples.case_counts": ("count_cases",),
    "privacy.disclosure.suppression": ("CountTable", "suppress"),
    "privacy.personal.screen": ("redact", "screen"),
    "figures.distances": ("Thresholds",),
    "analysis.reconcile": ("Reconciliation", "reconcile"),
    "errors": ("CareAssureError",),
    "frame.assess": ("assess_frame",),
    "frame.long": ("Long",),
    "io.frameworks": ("load_frameworks",),
    "io.methods": ("load_method",),
    "methods.check": ("CheckReport", "check"),
    "methods.method": ("Method",),
    "model.assessment": ("Assessment",),
    "model.council": ("Body", "Council"),
    "model.evidence": ("Claim", "Evidence"),
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
    "Case",
    "CaseAttribute",
    "CaseList",
    "CheckReport",
    "Claim",
    "Code",
    "Council",
    "CountTable",
    "Descriptor",
    "DescriptorTable",
    "Evidence",
    "Framework",
    "Grade",
    "Indicator",
    "IndicatorKey",
    "Long",
    "Method",
    "NotRated",
    "Outcome",
    "Reconciliation",
    "Reference",
    "SampleFinding",
    "Scale",
    "Scorer",
    "Step",
    "Thresholds",
    "Value",
    "Workspace",
    "ages",
    "assess",
    "assess_frame",
    "assess_workspace",
    "cases_to_find",
    "category_scores",
    "chance_of_missing",
    "chance_of_missing_share",
    "changes",
    "check",
    "compare",
    "compare_indicator",
    "contradictions",
    "copy_example",
    "council",
    "councils",
    "count_cases",
    "coverage",
    "criteria_covered",
    "descriptors",
    "dossier",
    "draw",
    "england_values",
    "extend",
    "framework",
    "frameworks",
    "hookimpl",
    "if_complete",
    "indicator",
    "indicator_values",
    "indicators",
    "interval",
    "load_frameworks",
    "load_method",
    "metrics",
    "new_workspace",
    "panel",
    "progress",
    "published",
    "read",
    "read_workspace",
    "reconcile",
    "redact",
    "represent",
    "sample_needed",
    "scorer",
    "scorers",
    "screen",
    "staleness",
    "status",
    "stock",
    "suppress",
    "timeline",
    "what_if",
    "write",
    "year_on_year",
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
