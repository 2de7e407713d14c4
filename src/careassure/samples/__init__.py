"""Cases for an audit of practice: draw some, say how far they look like all, and what they can show."""

from __future__ import annotations

from careassure import _public  # pyright: ignore[reportPrivateUsage]  (ours, and no one else's)

_HOMES = {
    "samples.case_counts": "count_cases",
    "samples.cases": "Case CaseAttribute CaseList Code",
    "samples.finding": "SampleFinding",
    "samples.groups": "GroupComparison GroupShares compare_groups",
    "samples.intervals": "Interval interval",
    "samples.likeness": "AttributeShares CodeShare CriterionCount Representation criteria_covered represent",
    "samples.picks": "Pick PickStage picked",
    "samples.quotas": "Need",
    "samples.sampling": "Allocation Funnel Stage draw",
    "samples.sizes": "cases_to_find chance_of_missing chance_of_missing_share rule_of_three sample_needed",
}

__getattr__, __dir__, __all__ = _public(__name__, _HOMES)
