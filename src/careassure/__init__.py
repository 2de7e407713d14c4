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
    from careassure.analysis.case_tables import count_cases
    from careassure.analysis.changes import changes
    from careassure.analysis.comparators import compare_indicator
    from careassure.analysis.coverage import coverage
    from careassure.analysis.dossier import dossier
    from careassure.analysis.evidence import category_scores, contradictions, staleness
    from careassure.analysis.finding import SampleFinding
    from careassure.analysis.panels import panel, year_on_year
    from careassure.analysis.progress import if_complete, progress
    from careassure.analysis.proportions import (
        cases_to_find,
        chance_of_missing,
        chance_of_missing_share,
        interval,
        sample_needed,
    )
    from careassure.analysis.reconcile import Reconciliation, reconcile
    from careassure.analysis.represent import criteria_covered, represent
    from careassure.analysis.robust import Thresholds
    from careassure.analysis.sampling import draw
    from careassure.analysis.status import status
    from careassure.analysis.stocks import stock
    from careassure.analysis.timeline import timeline
    from careassure.analysis.what_if import what_if
    from careassure.analysis.workspaces import assess_workspace
    from careassure.api.verbs import (
        assess,
        compare,
        copy_example,
        council,
        councils,
        descriptors,
        framework,
        frameworks,
        new_workspace,
        published,
        read,
        read_workspace,
        scorer,
        scorers,
        write,
    )
    from careassure.catalogue.indicators import england_values, indicator, indicator_values, indicators, metrics
    from careassure.errors import CareAssureError
    from careassure.frame.assess import assess_frame
    from careassure.frame.long import Long
    from careassure.io.frameworks import load_frameworks
    from careassure.methods.check import CheckReport, check
    from careassure.methods.load import load_method
    from careassure.methods.method import Method
    from careassure.model.assessment import Assessment
    from careassure.model.case import Case, CaseAttribute, CaseList, Code
    from careassure.model.council import Body, Council
    from careassure.model.descriptor import Descriptor, DescriptorTable
    from careassure.model.evidence import Claim, Evidence
    from careassure.model.extension import extend
    from careassure.model.framework import Framework
    from careassure.model.indicator import Indicator, IndicatorKey, Value
    from careassure.model.outcome import Outcome
    from careassure.model.reference import Reference
    from careassure.model.scale import Grade, NotRated, Scale
    from careassure.model.scorer import Scorer
    from careassure.model.trace import Step
    from careassure.model.workspace import Workspace
    from careassure.plugins.marker import hookimpl
    from careassure.privacy.disclosure import CountTable, suppress
    from careassure.privacy.screen import redact, screen

_HOMES = {
    "api.verbs": (
        "assess",
        "compare",
        "copy_example",
        "council",
        "councils",
        "descriptors",
        "framework",
        "frameworks",
        "new_workspace",
        "published",
        "read",
        "read_workspace",
        "scorer",
        "scorers",
        "write",
    ),
    "analysis.changes": ("changes",),
    "analysis.coverage": ("coverage",),
    "analysis.dossier": ("dossier",),
    "analysis.evidence": ("category_scores", "contradictions", "staleness"),
    "analysis.progress": ("if_complete", "progress"),
    "analysis.status": ("status",),
    "analysis.timeline": ("timeline",),
    "analysis.what_if": ("what_if",),
    "analysis.workspaces": ("assess_workspace",),
    "model.extension": ("extend",),
    "model.descriptor": ("Descriptor", "DescriptorTable"),
    "model.workspace": ("Workspace",),
    "analysis.comparators": ("compare_indicator",),
    "analysis.ages": ("ages",),
    "analysis.panels": ("panel", "year_on_year"),
    "analysis.stocks": ("stock",),
    "analysis.finding": ("SampleFinding",),
    "analysis.proportions": (
        "cases_to_find",
        "chance_of_missing",
        "chance_of_missing_share",
        "interval",
        "sample_needed",
    ),
    "analysis.represent": ("criteria_covered", "represent"),
    "analysis.sampling": ("draw",),
    "catalogue.indicators": ("england_values", "indicator", "indicator_values", "indicators", "metrics"),
    "model.case": ("Case", "CaseAttribute", "CaseList", "Code"),
    "model.indicator": ("Indicator", "IndicatorKey", "Value"),
    "analysis.case_tables": ("count_cases",),
    "privacy.disclosure": ("CountTable", "suppress"),
    "privacy.screen": ("redact", "screen"),
    "analysis.robust": ("Thresholds",),
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
