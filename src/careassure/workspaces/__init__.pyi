# Made from the table in __init__.py, for type checkers: see tests/api/test_stubs.py.

from careassure.api.verbs import descriptors as descriptors
from careassure.model.descriptor import Descriptor as Descriptor
from careassure.model.descriptor import DescriptorTable as DescriptorTable
from careassure.plugins.described import InstalledDescriptors as InstalledDescriptors
from careassure.workspaces.answers import AnsweredFinding as AnsweredFinding
from careassure.workspaces.answers import findings as findings
from careassure.workspaces.board import ActionProgress as ActionProgress
from careassure.workspaces.board_page import Progress as Progress
from careassure.workspaces.board_page import progress as progress
from careassure.workspaces.differences import Change as Change
from careassure.workspaces.differences import Diff as Diff
from careassure.workspaces.differences import diff as diff
from careassure.workspaces.event_list import EventRecord as EventRecord
from careassure.workspaces.event_list import events as events
from careassure.workspaces.evidence_checks import Contradiction as Contradiction
from careassure.workspaces.evidence_checks import Staleness as Staleness
from careassure.workspaces.evidence_checks import category_scores as category_scores
from careassure.workspaces.evidence_checks import contradictions as contradictions
from careassure.workspaces.evidence_checks import staleness as staleness
from careassure.workspaces.from_workbook import init_from as init_from
from careassure.workspaces.happened import Event as Event
from careassure.workspaces.happened import Finding as Finding
from careassure.workspaces.happened import FollowUp as FollowUp
from careassure.workspaces.happened import Replies as Replies
from careassure.workspaces.history import TimelineEntry as TimelineEntry
from careassure.workspaces.history import timeline as timeline
from careassure.workspaces.hoped import ActionHope as ActionHope
from careassure.workspaces.hoped import Hopes as Hopes
from careassure.workspaces.hoped import hopes as hopes
from careassure.workspaces.hoped import if_complete as if_complete
from careassure.workspaces.judged import Judgement as Judgement
from careassure.workspaces.matrix import Coverage as Coverage
from careassure.workspaces.matrix import Evidenced as Evidenced
from careassure.workspaces.matrix import coverage as coverage
from careassure.workspaces.measuring import MeasureProgress as MeasureProgress
from careassure.workspaces.measuring import duties as duties
from careassure.workspaces.measuring import measures as measures
from careassure.workspaces.opening import check as check
from careassure.workspaces.opening import init as init
from careassure.workspaces.opening import init_example as init_example
from careassure.workspaces.opening import read as read
from careassure.workspaces.overview import Gap as Gap
from careassure.workspaces.overview import Status as Status
from careassure.workspaces.overview import status as status
from careassure.workspaces.owed import Promise as Promise
from careassure.workspaces.owed import Remedy as Remedy
from careassure.workspaces.plan import Action as Action
from careassure.workspaces.plan import Measure as Measure
from careassure.workspaces.plan import Reading as Reading
from careassure.workspaces.plan import Update as Update
from careassure.workspaces.predictions import Predicted as Predicted
from careassure.workspaces.predictions import PredictedScore as PredictedScore
from careassure.workspaces.predictions import Prediction as Prediction
from careassure.workspaces.predictions import ScoredFinding as ScoredFinding
from careassure.workspaces.predictions import predicted as predicted
from careassure.workspaces.rating import assess as assess
from careassure.workspaces.returns import ReturnItem as ReturnItem
from careassure.workspaces.review_comparison import ReviewComparison as ReviewComparison
from careassure.workspaces.review_comparison import compare_reviews as compare_reviews
from careassure.workspaces.score_dates import ScoreDates as ScoreDates
from careassure.workspaces.settled import PromiseProgress as PromiseProgress
from careassure.workspaces.settled import Remedies as Remedies
from careassure.workspaces.settled import RemedyProgress as RemedyProgress
from careassure.workspaces.settled import promises as promises
from careassure.workspaces.settled import remedies as remedies
from careassure.workspaces.statement_page import StatementPage as StatementPage
from careassure.workspaces.statement_page import statement as statement
from careassure.workspaces.what_cases_showed import case_evidence as case_evidence
from careassure.workspaces.workspace import ScoreEntry as ScoreEntry
from careassure.workspaces.workspace import Settings as Settings
from careassure.workspaces.workspace import Workspace as Workspace

__all__ = [
    "Action",
    "ActionHope",
    "ActionProgress",
    "AnsweredFinding",
    "Change",
    "Contradiction",
    "Coverage",
    "Descriptor",
    "DescriptorTable",
    "Diff",
    "Event",
    "EventRecord",
    "Evidenced",
    "Finding",
    "FollowUp",
    "Gap",
    "Hopes",
    "InstalledDescriptors",
    "Judgement",
    "Measure",
    "MeasureProgress",
    "Predicted",
    "PredictedScore",
    "Prediction",
    "Progress",
    "Promise",
    "PromiseProgress",
    "Reading",
    "Remedies",
    "Remedy",
    "RemedyProgress",
    "Replies",
    "ReturnItem",
    "ReviewComparison",
    "ScoreDates",
    "ScoreEntry",
    "ScoredFinding",
    "Settings",
    "Staleness",
    "StatementPage",
    "Status",
    "TimelineEntry",
    "Update",
    "Workspace",
    "assess",
    "case_evidence",
    "category_scores",
    "check",
    "compare_reviews",
    "contradictions",
    "coverage",
    "descriptors",
    "diff",
    "duties",
    "events",
    "findings",
    "hopes",
    "if_complete",
    "init",
    "init_example",
    "init_from",
    "measures",
    "predicted",
    "progress",
    "promises",
    "read",
    "remedies",
    "staleness",
    "statement",
    "status",
    "timeline",
]
