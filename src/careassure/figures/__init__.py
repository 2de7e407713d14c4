"""Published figures about councils: indicators, comparison with others, changes over time, and how old ratings are."""

from __future__ import annotations

from careassure import _public  # pyright: ignore[reportPrivateUsage]  (ours, and no one else's)

_HOMES = {
    "figures.applications": "Application ApplicationList Criterion read_applications read_criteria",
    "figures.backlogs": "Backlog Period backlog read_backlog",
    "figures.catalogue": "england_values indicator indicator_values indicators metrics",
    "figures.claim_checks": "ClaimCheck check_claim counts_that_fit",
    "figures.claim_tables": "ClaimLine ClaimTable check_claims",
    "figures.statutory_clocks": "Clock clocks due",
    "figures.distances": "Thresholds",
    "figures.cqc_metrics": "Metric MetricList",
    "figures.dols_queue": "Dols QueuedApplication dols",
    "figures.model": "Bearing Indicator IndicatorKey Value",
    "figures.panel_members": "Member NotCompared",
    "figures.panel_tables": "read_panel",
    "figures.panels": "Panel panel",
    "figures.peers": "Comparison compare_indicator",
    "figures.rated_services": "RatedService ServiceAges service_ages",
    "figures.rating_ages": "AgeBand AgeSpan Ages NEVER ages",
    "figures.rating_currency": "Currency CurrencyStep currency",
    "figures.readings": "FileValues values_in",
    "figures.service_lists": "ServiceList read_services",
    "figures.stocks": "Stock stock",
    "figures.trends": "Trend trend",
    "figures.wait_tables": "WaitTable read_waits",
    "figures.waits": "GroupWaits WaitingTimes waiting_times",
    "files": "read_neighbours read_values",
    "figures.survey_tables": "read_survey",
    "figures.surveys": "Question ReplyShare Survey share_of_replies",
    "figures.years": "year_on_year",
    "model.shorthand": "Suppressed",
}

__getattr__, __dir__, __all__ = _public(__name__, _HOMES)
