"""The commands that compare methods, called in this process."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import careassure as ca
from analysis.test_method_diff import written
from cli.test_commands import run


def test_two_methods_are_compared_in_every_form(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Text of at most 40 lines and 80 columns, rows and JSON count alike."""
    other = str(written(tmp_path, "stricter", ("good = 63", "good = 70"), ("outstanding = 88", "outstanding = 95")))
    found = ca.diff_methods("single-word", other)
    status, out, err = run(capsys, "diff-methods", "single-word", other)
    assert (status, err) == (0, "")
    assert len(out.splitlines()) <= 40
    assert max(map(len, out.splitlines())) <= 80
    assert found.overall is not None
    assert f"they differ in {found.overall.differing:,} of 262,144 combinations" in " ".join(out.split())
    _, text, _ = run(capsys, "diff-methods", "single-word", other, "--format", "csv")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["place"] == "overall"]
    assert sum(int(row["count"]) for row in rows) == 4**9
    assert sum(int(row["count"]) for row in rows if row["differs"] == "True") == found.overall.differing
    _, data, _ = run(capsys, "diff-methods", "single-word", other, "--format", "json")
    assert json.loads(data) == json.loads(json.dumps(found.to_dict()))


def test_every_way_is_named_where_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """With --all each way in which they differ has its case."""
    other = str(written(tmp_path, "harsh", ("requires_improvement = 39", "requires_improvement = 80"),
                        ("good = 63", "good = 90"), ("outstanding = 88", "outstanding = 99")))  # fmt: skip
    found = ca.diff_methods("single-word", other)
    assert found.overall is not None
    _, out, _ = run(capsys, "diff-methods", "single-word", other, "--all")
    assert out.count("Plainest") == sum(len(place.differences) for place in found.places)
