"""What a council keeps while it prepares its own assessment, in one folder, and what can be asked of it.

Every function takes a `Workspace` or the path of its folder::

    import careassure as ca

    made = ca.workspaces.init("york", "York")
    print(ca.workspaces.status("york", at="2026-10-01"))
"""

from __future__ import annotations

from careassure import _public  # pyright: ignore[reportPrivateUsage]  (ours, and no one else's)

_HOMES = {
    "api.verbs": "descriptors",
    "model.descriptor": "Descriptor DescriptorTable",
    "plugins.described": "InstalledDescriptors",
    "workspaces.answers": "AnsweredFinding findings",
    "workspaces.board": "ActionProgress",
    "workspaces.board_page": "Progress progress",
    "workspaces.differences": "Change Diff diff",
    "workspaces.happened": "Event Finding FollowUp Replies",
    "workspaces.event_list": "EventRecord events",
    "workspaces.evidence_checks": "Contradiction Staleness category_scores contradictions staleness",
    "workspaces.from_workbook": "init_from",
    "workspaces.history": "TimelineEntry timeline",
    "workspaces.hoped": "ActionHope Hopes hopes if_complete",
    "workspaces.judged": "Judgement",
    "workspaces.matrix": "Coverage Evidenced coverage",
    "workspaces.measuring": "MeasureProgress duties measures",
    "workspaces.opening": "check init init_example read",
    "workspaces.overview": "Gap Status status",
    "workspaces.owed": "Promise Remedy",
    "workspaces.plan": "Action Measure Reading Update",
    "workspaces.predictions": "Predicted PredictedScore Prediction ScoredFinding predicted",
    "workspaces.rating": "assess",
    "workspaces.returns": "ReturnItem",
    "workspaces.review_comparison": "ReviewComparison compare_reviews",
    "workspaces.score_dates": "ScoreDates",
    "workspaces.settled": "PromiseProgress Remedies RemedyProgress promises remedies",
    "workspaces.statement_page": "StatementPage statement",
    "workspaces.what_cases_showed": "case_evidence",
    "workspaces.workspace": "ScoreEntry Settings Workspace",
}

__getattr__, __dir__, __all__ = _public(__name__, _HOMES)
