"""The command ``benchmark``, called in this process."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import careassure as ca
from careassure.model.text import join
from cli.test_commands import run

NINE = ["3", "3", "4", "3", "4", "4", "3", "4", "4"]


@pytest.mark.parametrize("peers", ["region", "kind", "all"])
def test_it_can_be_read_aloud(capsys: pytest.CaptureFixture[str], peers: str) -> None:
    """At most 40 lines of 80 columns, for councils of every size and kind, with how many peers there are."""
    for council in ("Leicester", "Camden", "Rutland", "Isles of Scilly", "Bournemouth, Christchurch and Poole", "York"):
        scores = [] if ca.published(council) else [*NINE[:8], "?"]
        status, out, err = run(capsys, "benchmark", *scores, "--council", council, "--peers", peers)
        assert (status, err) == (0, "")
        assert len(out.splitlines()) <= 40
        assert max(map(len, out.splitlines())) <= 80
        found = ca.benchmark(ca.published(council)[-1] if not scores else ca.Assessment.of(council, [3] * 9), peers)
        flat = " ".join(out.split())
        assert found.who_words in flat
        assert "Equal scores share their places" in flat


def test_every_form_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """The rows of CSV and the values of JSON have the places of the table."""
    found = ca.benchmark(ca.published("Leicester")[-1], "kind")
    _, text, _ = run(capsys, "benchmark", "--council", "Leicester", "--peers", "kind", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["statement"] for row in rows] == [*found.statements, "overall"]
    for row, place in zip(rows, found.places, strict=False):
        assert (int(row["rank_best"]), int(row["rank_worst"])) == place.rank
        assert row["england_mean"] == str(place.figures[-1].mean)
        assert int(row["peers_at_some_shortfalls"]) == place.counts["some_shortfalls"]
    _, data, _ = run(capsys, "benchmark", "--council", "Leicester", "--peers", "kind", "--format", "json")
    assert json.loads(data) == json.loads(json.dumps(found.to_dict()))


def test_all_names_everybody(capsys: pytest.CaptureFixture[str]) -> None:
    """With --all every peer stands under its score, and whoever was left out has a reason."""
    _, out, _ = run(capsys, "benchmark", "--council", "Leicester", "--all")
    flat = " ".join(out.split())
    found = ca.benchmark(ca.published("Leicester")[-1])
    for place in found.places:
        for group in place.groups:
            assert join(group.councils) in flat
    assert found.left_out
    for item in found.left_out:
        assert f"{item.council}: {item.reason}" in flat


def test_options_reach_the_library(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A file of peers, a day and a doubt about scores are those of the library."""
    path = tmp_path / "ours.csv"
    path.write_text("council\nDerby\nNottingham\n", encoding="utf-8")
    _, data, _ = run(
        capsys, "benchmark", *NINE, "--council", "York", "--peers", str(path), "--at", "2026", "--off-by", "1",
        "--format", "json",
    )  # fmt: skip
    york = ca.Assessment.of("York", list(map(int, NINE)))
    assert json.loads(data) == json.loads(json.dumps(ca.benchmark(york, path, at="2026", off_by=1).to_dict()))


def test_peers_that_are_not_known_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    """A group that does not exist is an error of the input, with what to use."""
    status, _, err = run(capsys, "benchmark", *NINE, "--council", "York", "--peers", "county")
    assert status == 1
    assert "Use region, kind, all, a list of councils or the file of one" in err
