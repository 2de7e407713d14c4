"""The distribution as careassure sees it, and its pages."""

from __future__ import annotations

import doctest
from importlib.metadata import version
from pathlib import Path

import pytest

import careassure as ca
import careassure_report_card
from careassure.plugins.host import PluginHost


def test_the_plugin_offers_what_it_says_by_its_files_alone() -> None:
    """Registered by hand, the package offers its framework and both methods without any hook."""
    host = PluginHost(discover=False)
    host.register(careassure_report_card, "report-card")
    offered = [scorer.name for scorer in host.scorers() if scorer.plugin == "report-card"]
    assert offered == ["ofsted-report-card", "report-card"]
    assert host.framework("ofsted-report-card").scorer == "ofsted-report-card"


def test_what_is_installed_is_found() -> None:
    """The entry point is found, and outcomes name the distribution that the method came from."""
    outcome = ca.assess(ca.Assessment.of("Camden", [3] * 9), "report-card")
    assert outcome.distribution == "careassure-report-card"
    assert outcome.distribution_version == version("careassure-report-card")


def test_an_outcome_can_be_written_and_read(tmp_path: Path) -> None:
    """A report card survives being written to a file."""
    outcome = ca.assess(ca.Assessment.of("Camden", [3, 1, 4, 2, 3, None, 1, 2, 2]), "report-card")
    ca.write(outcome, tmp_path / "card.json")
    assert ca.read(tmp_path / "card.json") == outcome


@pytest.mark.parametrize("page", ["README.md", "docs.md"])
def test_the_examples_print_what_the_pages_show(page: str) -> None:
    """Every example on the pages is run."""
    path = Path(__file__).parents[1] / page
    found = doctest.testfile(str(path), module_relative=False)
    assert found.attempted > 0
    assert found.failed == 0
