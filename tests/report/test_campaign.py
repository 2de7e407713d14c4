"""Sentences of papers are read back and held against the outcome; see `campaign.py` for a run of any length."""

from __future__ import annotations

from collections import Counter

import pytest

import careassure as ca
from careassure.report.as_html import html
from careassure.report.as_markdown import markdown

from .campaign import campaign, of_html, of_markdown, wrong


@pytest.mark.parametrize("count", [20, pytest.param(400, marks=[pytest.mark.slow, pytest.mark.long])])
def test_every_sentence_has_the_numbers_of_the_outcome(count: int) -> None:
    """Results, margins, sums, scores and rules of generated outcomes, as a page and Markdown say them."""
    counts, found = campaign(count, count)
    assert found == []
    assert counts["outcomes"] == count
    assert all(counts[name] for name in ("results", "margins", "sums", "scores", "rules", "displayed", "docx", "xlsx"))


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_paper_about_another_outcome_is_found_out(form: str) -> None:
    """The reading sees a wrong result, margin, sum, score, rule and displayed score: it is no test that cannot fail."""
    right, other = (ca.assess(ca.published(name)[-1]) for name in ("Leicester", "Camden"))
    document = ca.report.paper(right)
    paper = of_html(html(document)) if form == "html" else of_markdown(markdown(document))
    assert not list(wrong(right, paper, Counter()))
    found = "\n".join(wrong(other, paper, Counter()))
    for said in ("the score is 89", "the margin is", "no sum of the trace", "the score is 4", "the rung holds"):
        assert said in found
