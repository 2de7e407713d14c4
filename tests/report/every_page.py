"""A page of each kind that the library writes, for tests that look at all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import careassure as ca
from analysis.test_method_diff import written
from careassure.analysis.reconcile import Reconciliation
from careassure.report.as_html import html
from careassure.report.page import reconciliation_page
from careassure.samples import Case, CaseList
from workspaces.test_predictions import LEICESTER

from .every_result import RESULTS

DAY = "2026-10-01"
REGISTER = "register page"
"""The page of published results, which is not made from a paper."""
LONG = (REGISTER, "register_paper")
"""The names of the pages with a row for each published result."""


def papers(folder: Path, results: Sequence[Reconciliation]) -> dict[str, ca.report.Document]:
    """A paper by the name of each function that makes one.

    Args:
        folder: An empty one, for the files that they are made from.
        results: For the paper of published results.
    """
    work = ca.workspaces.init_example(folder / "w")
    camden = ca.published("Camden")[-1]
    blank = ca.Assessment.of("Leeds", [1, None, 2, 3, 3, None, 2, 1, 4])
    paper = ca.report.paper
    cases = CaseList((), [Case(f"X{number}", {}) for number in range(40)])
    waits = {"2024": (900, 700, 1200), "2025": (1000, 1100, 1090)}
    days = {"A": "2020-01", "B": "2025-03-01", "C": "never", "D": None, "E": "2026"}
    return {
        "outcome_paper": paper(ca.assess(camden)),
        "outcome_paper with blanks": paper(ca.assess(blank)),
        "comparison_paper": paper(ca.compare(blank)),
        "benchmark_paper": paper(ca.benchmark(camden)),
        "stability_paper": paper(ca.stability(blank)),
        "moves_paper": paper(ca.analysis.compare_methods(None, "single-word",
                                                written(folder, "stricter", ("good = 63", 'good = "129/2"')))),
        "register_paper": paper(results),
        "status_paper": paper(ca.workspaces.status(work, DAY)),
        "statement_paper": paper(ca.workspaces.statement(work, "safeguarding")),
        "predicted_paper": paper(ca.workspaces.predicted(LEICESTER, "2026-01-01")),
        "plan_paper": ca.report.plan_paper(work, DAY),
        "diff_paper": ca.report.diff_paper(work, "2026-01-01", DAY),
        "timeline_paper": ca.report.timeline_paper(work, DAY),
        "pack": ca.report.pack(work, DAY),
        "ages_paper": paper(ca.figures.ages(days, dt.date.fromisoformat(DAY))),
        "backlog_paper": paper(ca.figures.backlog(waits, opening=1000)),
        "funnel_paper": paper(ca.samples.draw(cases, [20, 6], seed=1)),
    }  # fmt: skip


def others() -> dict[str, str]:
    """The page about each public result, by its type."""
    return {name: html(ca.report.paper(make())) for name, make in RESULTS.items()}  # type: ignore[arg-type]


def long_pages(results: Sequence[Reconciliation]) -> dict[str, str]:
    """The pages with a row for each published result, by name."""
    return {REGISTER: reconciliation_page(results), "register_paper": html(ca.report.paper(results))}
