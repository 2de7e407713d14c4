# Made from the table in __init__.py, for type checkers: see tests/api/test_stubs.py.

from careassure import analysis as analysis
from careassure import errors as errors
from careassure import figures as figures
from careassure import privacy as privacy
from careassure import report as report
from careassure import samples as samples
from careassure import tables as tables
from careassure import testing as testing
from careassure import workspaces as workspaces
from careassure.analysis.benchmark import Benchmark as Benchmark
from careassure.analysis.benchmark import benchmark as benchmark
from careassure.analysis.nearest import NearestChange as NearestChange
from careassure.analysis.nearest import nearest_change as nearest_change
from careassure.analysis.next_question import NextQuestion as NextQuestion
from careassure.analysis.next_question import next_question as next_question
from careassure.analysis.reasons import Reasons as Reasons
from careassure.analysis.reasons import reasons as reasons
from careassure.analysis.reconcile import Reconciliation as Reconciliation
from careassure.analysis.reconcile import reconcile as reconcile
from careassure.analysis.stability import Stability as Stability
from careassure.analysis.stability import stability as stability
from careassure.analysis.what_if import WhatIf as WhatIf
from careassure.analysis.what_if import what_if as what_if
from careassure.api.authoring import check as check
from careassure.api.authoring import extend as extend
from careassure.api.verbs import assess as assess
from careassure.api.verbs import compare as compare
from careassure.api.verbs import council as council
from careassure.api.verbs import councils as councils
from careassure.api.verbs import framework as framework
from careassure.api.verbs import frameworks as frameworks
from careassure.api.verbs import published as published
from careassure.api.verbs import scorer as scorer
from careassure.api.verbs import scorers as scorers
from careassure.errors import CareAssureError as CareAssureError
from careassure.files import read as read
from careassure.files import read_assessment as read_assessment
from careassure.files import write as write
from careassure.frame.assess import assess_frame as assess_frame
from careassure.frame.long import Long as Long
from careassure.io.frameworks import load_frameworks as load_frameworks
from careassure.io.methods import load_method as load_method
from careassure.io.schemes import load_scheme as load_scheme
from careassure.methods.check import CheckReport as CheckReport
from careassure.methods.method import Method as Method
from careassure.model.assessment import Assessment as Assessment
from careassure.model.assessment import Stated as Stated
from careassure.model.council import Body as Body
from careassure.model.council import Council as Council
from careassure.model.dates import PartialDate as PartialDate
from careassure.model.evidence import Claim as Claim
from careassure.model.evidence import Evidence as Evidence
from careassure.model.framework import Framework as Framework
from careassure.model.outcome import Outcome as Outcome
from careassure.model.reference import Reference as Reference
from careassure.model.scale import Grade as Grade
from careassure.model.scale import NotRated as NotRated
from careassure.model.scale import Scale as Scale
from careassure.model.scorer import Scorer as Scorer
from careassure.model.statements import Statement as Statement
from careassure.model.statements import Theme as Theme
from careassure.model.trace import Step as Step
from careassure.plugins.marker import hookimpl as hookimpl
from careassure.plugins.offers import InstalledFramework as InstalledFramework
from careassure.plugins.offers import InstalledScorer as InstalledScorer

__version__: str

def _public(package: str, homes: dict[str, str], namespaces: str = "") -> tuple[object, object, list[str]]: ...

__all__ = [
    "Assessment",
    "Benchmark",
    "Body",
    "CareAssureError",
    "CheckReport",
    "Claim",
    "Council",
    "Evidence",
    "Framework",
    "Grade",
    "InstalledFramework",
    "InstalledScorer",
    "Long",
    "Method",
    "NearestChange",
    "NextQuestion",
    "NotRated",
    "Outcome",
    "PartialDate",
    "Reasons",
    "Reconciliation",
    "Reference",
    "Scale",
    "Scorer",
    "Stability",
    "Stated",
    "Statement",
    "Step",
    "Theme",
    "WhatIf",
    "analysis",
    "assess",
    "assess_frame",
    "benchmark",
    "check",
    "compare",
    "council",
    "councils",
    "errors",
    "extend",
    "figures",
    "framework",
    "frameworks",
    "hookimpl",
    "load_frameworks",
    "load_method",
    "load_scheme",
    "nearest_change",
    "next_question",
    "privacy",
    "published",
    "read",
    "read_assessment",
    "reasons",
    "reconcile",
    "report",
    "samples",
    "scorer",
    "scorers",
    "stability",
    "tables",
    "testing",
    "what_if",
    "workspaces",
    "write",
]
