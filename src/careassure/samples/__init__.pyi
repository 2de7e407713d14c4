# Made from the table in __init__.py, for type checkers: see tests/api/test_stubs.py.

from careassure.samples.case_counts import count_cases as count_cases
from careassure.samples.cases import Case as Case
from careassure.samples.cases import CaseAttribute as CaseAttribute
from careassure.samples.cases import CaseList as CaseList
from careassure.samples.cases import Code as Code
from careassure.samples.finding import SampleFinding as SampleFinding
from careassure.samples.groups import GroupComparison as GroupComparison
from careassure.samples.groups import GroupShares as GroupShares
from careassure.samples.groups import compare_groups as compare_groups
from careassure.samples.intervals import Interval as Interval
from careassure.samples.intervals import interval as interval
from careassure.samples.likeness import AttributeShares as AttributeShares
from careassure.samples.likeness import CodeShare as CodeShare
from careassure.samples.likeness import CriterionCount as CriterionCount
from careassure.samples.likeness import Representation as Representation
from careassure.samples.likeness import criteria_covered as criteria_covered
from careassure.samples.likeness import represent as represent
from careassure.samples.picks import Pick as Pick
from careassure.samples.picks import PickStage as PickStage
from careassure.samples.picks import picked as picked
from careassure.samples.quotas import Need as Need
from careassure.samples.sampling import Allocation as Allocation
from careassure.samples.sampling import Funnel as Funnel
from careassure.samples.sampling import Stage as Stage
from careassure.samples.sampling import draw as draw
from careassure.samples.sizes import cases_to_find as cases_to_find
from careassure.samples.sizes import chance_of_missing as chance_of_missing
from careassure.samples.sizes import chance_of_missing_share as chance_of_missing_share
from careassure.samples.sizes import rule_of_three as rule_of_three
from careassure.samples.sizes import sample_needed as sample_needed

__all__ = [
    "Allocation",
    "AttributeShares",
    "Case",
    "CaseAttribute",
    "CaseList",
    "Code",
    "CodeShare",
    "CriterionCount",
    "Funnel",
    "GroupComparison",
    "GroupShares",
    "Interval",
    "Need",
    "Pick",
    "PickStage",
    "Representation",
    "SampleFinding",
    "Stage",
    "cases_to_find",
    "chance_of_missing",
    "chance_of_missing_share",
    "compare_groups",
    "count_cases",
    "criteria_covered",
    "draw",
    "interval",
    "picked",
    "represent",
    "rule_of_three",
    "sample_needed",
]
