"""Which maker writes the paper about which result, and what is said of a value that no paper can be written about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

from careassure.analysis.benchmark import Benchmark
from careassure.analysis.choices import Sensitivity
from careassure.analysis.line_splits import Bunching
from careassure.analysis.method_comparison import MethodComparison
from careassure.analysis.method_diff import MethodDiff
from careassure.analysis.national_programme import Programme
from careassure.analysis.nearest import NearestChange
from careassure.analysis.next_question import NextQuestion
from careassure.analysis.places_by_weight import WeightedPlace
from careassure.analysis.raters import Agreement
from careassure.analysis.reasons import Reasons
from careassure.analysis.reconcile import Reconciliation
from careassure.analysis.stability import Stability
from careassure.analysis.what_if import WhatIf
from careassure.errors import InvalidInputError, Problem
from careassure.figures.backlogs import Backlog
from careassure.figures.claim_checks import ClaimCheck
from careassure.figures.claim_tables import ClaimTable
from careassure.figures.dols_queue import Dols
from careassure.figures.panels import Panel
from careassure.figures.peers import Comparison
from careassure.figures.rated_services import ServiceAges
from careassure.figures.rating_ages import Ages
from careassure.figures.rating_currency import Currency
from careassure.figures.stocks import Stock
from careassure.figures.surveys import ReplyShare, Survey
from careassure.figures.trends import Trend
from careassure.figures.waits import WaitingTimes
from careassure.methods.check import CheckReport
from careassure.model.outcome import Outcome
from careassure.model.register import CouncilMatches
from careassure.privacy.disclosure.suppression import SuppressedTable
from careassure.report import (
    of_comparisons,
    of_figures,
    of_methods,
    of_outcomes,
    of_plans,
    of_questions,
    of_register,
    of_samples,
    of_services,
    of_surveys,
    of_workspaces,
)
from careassure.report.document import Document
from careassure.samples.finding import SampleFinding
from careassure.samples.intervals import Interval
from careassure.samples.picks import Pick
from careassure.samples.sampling import Funnel
from careassure.workspaces.answers import AnsweredFinding
from careassure.workspaces.board_page import Progress
from careassure.workspaces.differences import Diff
from careassure.workspaces.event_list import EventRecord
from careassure.workspaces.evidence_checks import Contradiction, Staleness
from careassure.workspaces.history import TimelineEntry
from careassure.workspaces.hoped import Hopes
from careassure.workspaces.matrix import Coverage
from careassure.workspaces.measuring import MeasureProgress
from careassure.workspaces.overview import Status
from careassure.workspaces.predictions import Predicted
from careassure.workspaces.review_comparison import ReviewComparison
from careassure.workspaces.settled import PromiseProgress, Remedies
from careassure.workspaces.statement_page import StatementPage
from careassure.workspaces.workspace import Workspace

Single = (
    Outcome | WhatIf | Reasons | NearestChange | NextQuestion | Sensitivity | Stability | Benchmark | Agreement
    | MethodComparison | MethodDiff | CheckReport | Bunching | Programme | Reconciliation | CouncilMatches
    | Workspace | Status | StatementPage | Progress | Hopes | Diff | Predicted | Remedies | Coverage
    | ReviewComparison | Staleness | Ages | Backlog | Currency | Stock | Dols | WaitingTimes | Survey | ReplyShare
    | Panel | ClaimCheck | ClaimTable | Comparison | Trend | Funnel | Pick | SuppressedTable | SampleFinding | Interval
)  # fmt: skip
"""A result that one paper is about."""
Several = (
    Outcome | Reconciliation | NearestChange | Sensitivity | WeightedPlace | ServiceAges | AnsweredFinding
    | EventRecord | TimelineEntry | MeasureProgress | PromiseProgress | Contradiction | Problem
)  # fmt: skip
"""Results of which one paper is about a list."""

Result = Document | Single | Sequence[Several]
"""What a paper can be written about."""
Maker = Callable[[Any], Document]
_SINGLE: dict[type, Maker] = {
    Outcome: of_outcomes.outcome_paper,
    WhatIf: of_questions.what_if_paper,
    Reasons: of_questions.reasons_paper,
    NearestChange: of_questions.nearest_paper,
    NextQuestion: of_questions.next_paper,
    Sensitivity: of_questions.sensitivity_paper,
    Stability: of_comparisons.stability_paper,
    Benchmark: of_comparisons.benchmark_paper,
    Agreement: of_methods.agreement_paper,
    MethodComparison: of_comparisons.moves_paper,
    MethodDiff: of_methods.method_diff_paper,
    CheckReport: of_methods.check_paper,
    Bunching: of_methods.bunching_paper,
    Programme: of_methods.programme_paper,
    Reconciliation: lambda found: of_register.register_paper([found]),
    CouncilMatches: of_surveys.matches_paper,
    Workspace: of_plans.workspace_paper,
    Status: of_workspaces.status_paper,
    StatementPage: of_workspaces.statement_paper,
    Progress: of_workspaces.progress_paper,
    Hopes: of_plans.hopes_paper,
    Diff: of_workspaces.changes_paper,
    Predicted: of_workspaces.predicted_paper,
    Remedies: of_plans.remedies_paper,
    Coverage: of_plans.coverage_paper,
    ReviewComparison: of_plans.reviews_paper,
    Staleness: of_plans.staleness_paper,
    Ages: of_figures.ages_paper,
    Backlog: of_figures.backlog_paper,
    Currency: of_services.currency_paper,
    Stock: of_surveys.stock_paper,
    Dols: of_surveys.dols_paper,
    WaitingTimes: of_surveys.waits_paper,
    Survey: of_surveys.survey_paper,
    ReplyShare: of_surveys.share_paper,
    Panel: of_surveys.panel_paper,
    ClaimCheck: of_surveys.claim_paper,
    ClaimTable: of_surveys.claims_paper,
    Comparison: of_surveys.comparison_of_values_paper,
    Trend: of_surveys.trend_paper,
    Funnel: of_figures.funnel_paper,
    Pick: of_samples.pick_paper,
    SuppressedTable: of_samples.suppressed_paper,
    SampleFinding: of_samples.finding_paper,
    Interval: of_samples.finding_paper,
}
_SEVERAL: dict[type, Maker] = {
    Outcome: of_outcomes.comparison_paper,
    Reconciliation: of_register.register_paper,
    NearestChange: of_questions.nearest_several_paper,
    Sensitivity: of_questions.sensitivities_paper,
    WeightedPlace: of_questions.places_paper,
    ServiceAges: of_services.services_paper,
    AnsweredFinding: of_plans.findings_paper,
    EventRecord: of_plans.events_paper,
    TimelineEntry: of_workspaces.entries_paper,
    MeasureProgress: of_plans.duties_paper,
    PromiseProgress: of_plans.promises_paper,
    Contradiction: of_plans.contradictions_paper,
    Problem: of_plans.problems_paper,
}
_INSTEAD = {
    "Assessment": "Rate it first, with careassure.assess",
    "CountTable": "Leave small numbers out first, with careassure.privacy.suppress",
    "CaseList": "Cases are counted and never listed: careassure.report.cases_paper does so for a workspace",
    "Case": "Cases are counted and never listed: careassure.report.cases_paper does so for a workspace",
    "Representation": "Its numbers are exact. Count the cases with careassure.report.cases_paper",
    "GroupComparison": "Its numbers are exact. Count the cases with careassure.report.cases_paper",
    "CriterionCount": "Its numbers are exact. Count the cases with careassure.report.cases_paper",
    "ApplicationList": "Say how they stand first, with careassure.figures.dols",
    "ServiceList": "Say how old the ratings are first, with careassure.figures.service_ages",
    "WaitTable": "Work the waits out first, with careassure.figures.waiting_times",
    "FileValues": "Compare them first, with careassure.figures.compare_indicator",
    "Value": "Compare it first, with careassure.figures.compare_indicator",
    "Indicator": "Compare a council's value first, with careassure.figures.compare_indicator",
    "Method": "Rate something by it first, with careassure.assess",
    "InstalledScorer": "Rate something by it first, with careassure.assess",
    "Framework": "Rate something under it first, with careassure.assess",
    "ScoreEntry": "Give the workspace itself, or what careassure.workspaces.statement gives",
    "Question": "Give what careassure.next_question gave",
}
"""What to give instead of some values that are no result, or of which no paper may be written."""
_ANYTHING = "Give what careassure.assess, careassure.workspaces.status or another question gave, or a report.Document"


P = ParamSpec("P")
R = TypeVar("R")


def of_results(function: Callable[P, R]) -> Callable[P, R]:
    """The function, whose first argument is first looked at: whether a paper can be written about it.

    Raises:
        InvalidInputError: From the function: it is a list of nothing, of several kinds, or no result.
    """

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        given: list[Any] = [*args]
        if given:
            given[0] = known(given[0])
        elif "result" in kwargs:
            kwargs["result"] = known(kwargs["result"])
        return function(*given, **kwargs)  # pyright: ignore[reportCallIssue]

    return call


def document_of(result: Result) -> Document:
    """The paper about a result that `of_results` has let through.

    Args:
        result: A paper, a result of one kind, or several of one kind.
    """
    if isinstance(result, Document):
        return result
    if isinstance(result, Sequence) and type(result) not in _SINGLE:
        return _SEVERAL[type(result[0])](result)
    return _SINGLE[type(result)](result)


def known(result: object) -> object:
    """A result as it is, or the items of a list as a tuple, if a paper can be written about it.

    Raises:
        InvalidInputError: It cannot, and why not.
    """
    if isinstance(result, Document) or type(result) in _SINGLE:
        return result
    items = _items(result)
    if items is None:
        _refuse(f"a paper cannot be written about {_called(result)}", _hint(result))
    if not items:
        _refuse("the list is empty, so there is nothing to write about", "Ask for what has a result")
    kinds = {type(item) for item in items}
    if len(kinds) > 1:
        names = " and ".join(sorted(map(_called, items))[:: len(items) - 1])
        _refuse(f"the list holds results of several kinds, such as {names}", "Write a paper for each")
    if type(items[0]) not in _SEVERAL:
        _refuse(f"a paper cannot be written about a list, each of it {_called(items[0])}", _hint(items[0]))
    return items


def _items(result: object) -> tuple[object, ...] | None:
    """What a list holds; None where it is no list."""
    if isinstance(result, str | bytes | Mapping) or not isinstance(result, Iterable):
        return None
    # A value of ours that can be gone through, such as a table, is no list of results.
    ours = type(result).__module__.startswith("careassure.") and not isinstance(result, tuple)
    return None if ours or hasattr(result, "_fields") else tuple(result)


_WORDS: dict[type, str] = {str: "text", int: "a number", float: "a number", dict: "a mapping", type(None): "nothing"}


def _called(value: object) -> str:
    """What a value is called where it is refused."""
    name = type(value).__name__
    return _WORDS.get(type(value)) or f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name}"


def _hint(value: object) -> str:
    name = type(value).__name__
    return _INSTEAD.get(name) or ("Put it into a list" if type(value) in _SEVERAL else _ANYTHING)


def _refuse(message: str, hint: str) -> NoReturn:
    raise InvalidInputError("careassure.report", [Problem("result", message, hint)])
