"""Results as papers: pages, Word documents, Markdown and pictures; and as text, CSV and JSON.

Begin with `document.py`, which says what a paper holds. `of_outcomes.py` makes papers of results, `pictures` their
pictures; `as_html.py` and the like write them, and add no words. `rows.py` makes plain rows of results, which
`tables.py` writes as text, CSV or JSON; `page.py` is the page of the register.
`book.py` is what a spreadsheet says; `live_book.py` makes one that rates by its own formulas. No figure is worked out
here.
"""

from __future__ import annotations

from careassure import _public  # pyright: ignore[reportPrivateUsage]  (ours, and no one else's)

_HOMES = {
    "files": "workbook",
    "report.committee": "pack",
    "report.document": "Document Figure Heading Listing Number Paragraph Table",
    "report.of_samples": "cases_paper",
    "report.of_workspaces": "diff_paper plan_paper timeline_paper",
    "report.writing": "paper write",
}

__getattr__, __dir__, __all__ = _public(__name__, _HOMES)
