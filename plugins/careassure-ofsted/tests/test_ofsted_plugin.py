"""The distribution as careassure sees it, its data and its pages."""

from __future__ import annotations

import csv
import doctest
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pytest

import careassure as ca
import careassure_ofsted
from careassure.plugins.host import PluginHost
from careassure_ofsted import Scheme, outcomes

SCHEMES: list[Scheme] = ["ilacs", "sif"]


def test_the_plugin_offers_what_it_says_by_its_files_alone() -> None:
    """Registered by hand, the package offers its frameworks and methods without any hook."""
    host = PluginHost(discover=False)
    host.register(careassure_ofsted, "ofsted")
    offered = [scorer.name for scorer in host.scorers() if scorer.plugin == "ofsted"]
    assert offered == ["ilacs", "ilacs-2026", "ofsted", "sccif", "sif"]
    frameworks = [framework.id for framework in host.frameworks() if framework.plugin == "ofsted"]
    assert frameworks == ["ofsted-ilacs", "ofsted-sccif", "ofsted-sif"]


def test_every_framework_names_a_scorer_of_its_own() -> None:
    """Each version of each framework is scored by one of this distribution's methods where none is named."""
    for found in ca.frameworks():
        if found.plugin == "ofsted":
            for framework in found.versions:
                scorer = ca.scorer(framework.scorer)
                assert scorer.plugin == "ofsted"
                assert scorer.accepts(framework)


def test_what_is_installed_is_found() -> None:
    """The entry point is found, and outcomes name the distribution that the method came from."""
    outcome = ca.assess(outcomes("sif")[0])
    assert outcome.distribution == "careassure-ofsted"
    assert outcome.distribution_version == version("careassure-ofsted")


def test_all_frameworks_share_one_scale() -> None:
    """A grade of one inspection compares with that of another, whatever the framework."""
    scales = [f.scale("ofsted-grade") for found in ca.frameworks() if found.plugin == "ofsted" for f in found.versions]
    assert len(scales) == 5
    forms = {tuple((g.key, g.label, g.rank, g.value, g.aliases) for g in scale) for scale in scales}
    assert len(forms) == 1


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_row_says_where_it_is_from_and_how_sure_it_is(scheme: Scheme) -> None:
    """Every outcome has an address, a licence, a confidence, a date and a council with a code."""
    for item in outcomes(scheme):
        assert item.kind == "published"
        assert item.sources[0].startswith("https://")
        assert item.licence == "OGL-UK-3.0"
        assert item.confidence == "official"
        assert item.published is not None
        assert isinstance(item.council, ca.Body)
        assert item.council.code
        assert item.notes


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_row_is_dropped_and_the_oldest_is_first(scheme: Scheme) -> None:
    """There are as many outcomes as rows in the file, by date."""
    text = files("careassure_ofsted").joinpath("data", f"{scheme}_outcomes.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines(), strict=True))
    found = outcomes(scheme)
    assert len(rows) == len(found)
    dates = [str(item.published) for item in found]
    assert dates == sorted(dates) == [row["publication_date"] for row in rows]


def test_the_attribution_ships_with_the_data() -> None:
    """The words that the licence of the data asks for stand beside it."""
    text = files("careassure_ofsted").joinpath("data", "SOURCES.md").read_text(encoding="utf-8")
    assert "Contains public sector information licensed under the Open Government Licence v3.0." in text
    for scheme in SCHEMES:
        assert f"| `{scheme}_outcomes.csv` | {len(outcomes(scheme))} |" in text


def test_another_scheme_is_refused() -> None:
    """A scheme without outcomes is an error that says which there are."""
    with pytest.raises(ca.CareAssureError, match="ilacs or sif"):
        outcomes("sccif")  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_outcomes_can_be_written_and_read(scheme: Scheme, tmp_path: Path) -> None:
    """A published outcome survives being written to a file, a former council and a state among them."""
    chosen = [item for item in outcomes(scheme) if str(item.council) in ("Northamptonshire", "Isles of Scilly")]
    assert chosen
    for item in chosen:
        ca.write(item, tmp_path / "item.toml")
        assert ca.read(tmp_path / "item.toml") == item
        ca.write(ca.assess(item), tmp_path / "outcome.json")
        assert ca.read(tmp_path / "outcome.json") == ca.assess(item)


@pytest.mark.parametrize("page", ["README.md", "docs.md"])
def test_the_examples_print_what_the_pages_show(page: str) -> None:
    """Every example on the pages is run."""
    path = Path(__file__).parents[1] / page
    found = doctest.testfile(str(path), module_relative=False)
    assert found.attempted > 0
    assert found.failed == 0
