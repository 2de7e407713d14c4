# Made from the table in __init__.py, for type checkers: see tests/api/test_stubs.py.

from careassure.analysis.choices import Line as Line
from careassure.analysis.choices import Sensitivity as Sensitivity
from careassure.analysis.choices import WeightSpan as WeightSpan
from careassure.analysis.choices import sensitivities as sensitivities
from careassure.analysis.choices import sensitivity as sensitivity
from careassure.analysis.line_splits import Bunching as Bunching
from careassure.analysis.line_splits import LineSplit as LineSplit
from careassure.analysis.line_splits import bunching as bunching
from careassure.analysis.method_comparison import MethodComparison as MethodComparison
from careassure.analysis.method_comparison import compare_methods as compare_methods
from careassure.analysis.method_diff import MethodDiff as MethodDiff
from careassure.analysis.method_diff import diff_methods as diff_methods
from careassure.analysis.national_programme import Programme as Programme
from careassure.analysis.national_programme import Tally as Tally
from careassure.analysis.national_programme import programme as programme
from careassure.analysis.nearest import WayTo as WayTo
from careassure.analysis.nearest import nearest_changes as nearest_changes
from careassure.analysis.next_question import Answers as Answers
from careassure.analysis.next_question import Option as Option
from careassure.analysis.next_question import Question as Question
from careassure.analysis.places_by_weight import WeightedPlace as WeightedPlace
from careassure.analysis.places_by_weight import weighted_places as weighted_places
from careassure.analysis.raters import Agreement as Agreement
from careassure.analysis.raters import Bias as Bias
from careassure.analysis.raters import RaterPair as RaterPair
from careassure.analysis.raters import agreement as agreement
from careassure.analysis.reasons import Reason as Reason
from careassure.analysis.stability import Chances as Chances

__all__ = [
    "Agreement",
    "Answers",
    "Bias",
    "Bunching",
    "Chances",
    "Line",
    "LineSplit",
    "MethodComparison",
    "MethodDiff",
    "Option",
    "Programme",
    "Question",
    "RaterPair",
    "Reason",
    "Sensitivity",
    "Tally",
    "WayTo",
    "WeightSpan",
    "WeightedPlace",
    "agreement",
    "bunching",
    "compare_methods",
    "diff_methods",
    "nearest_changes",
    "programme",
    "sensitivities",
    "sensitivity",
    "weighted_places",
]
