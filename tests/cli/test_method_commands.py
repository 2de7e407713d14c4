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
from model.test_side_by_side import THEMES


def test_two_methods_are_compared_in_every_form(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Text of at most 40 lines and 80 columns, rows and JSON count alike."""
    other = str(written(tmp_path, "stricter", ("good = 63", "good = 70"), ("outstanding = 88", "outstanding = 95")))
    found = ca.analysis.diff_methods("single-word", other)
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
    found = ca.analysis.diff_methods("single-word", other)
    assert found.overall is not None
    _, out, _ = run(capsys, "diff-methods", "single-word", other, "--all")
    assert out.count("Plainest") == sum(len(place.differences) for place in found.places)


@pytest.mark.slow
def test_two_methods_over_every_published_result(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The table, the rows and the values count every published result, within 40 lines of 80 columns."""
    other = str(written(tmp_path, "stricter", ("good = 63", "good = 70")))
    found = ca.analysis.compare_methods(None, "single-word", other)
    status, out, err = run(capsys, "compare", "--published", "single-word", other)
    assert (status, err) == (0, "")
    assert len(out.splitlines()) <= 40
    assert max(map(len, out.splitlines())) <= 80
    assert f"{len(found.moved)} of {found.rated} move by stricter" in " ".join(out.split())
    _, text, _ = run(capsys, "compare", "--published", "single-word", other, "--format", "csv")
    assert sum(int(row["results"]) for row in csv.DictReader(io.StringIO(text))) == len(ca.published())
    _, data, _ = run(capsys, "compare", "--published", "single-word", other, "--format", "json")
    assert json.loads(data) == json.loads(json.dumps(found.to_dict()))
    status, _, err = run(capsys, "compare", "--published", "single-word", other, "--council", "York")
    assert status == 2
    assert "Leave out scores and --council" in err


def test_profiles_are_shown_beside_each_other(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A method without an overall rating shows what it makes of each theme, in the table and in rows."""
    path = tmp_path / "themes.toml"
    path.write_text(THEMES, encoding="utf-8")
    _, out, _ = run(capsys, "compare", "--council", "York", "--scorer", str(path))
    assert "Working with people" in out
    assert max(map(len, out.splitlines())) <= 80
    _, text, _ = run(capsys, "compare", "--council", "York", "--scorer", str(path), "--format", "csv")
    rows = {row["scorer"]: row for row in csv.DictReader(io.StringIO(text))}
    entry = ca.assess(ca.published("York")[-1], path).profile["working_with_people"]
    assert entry.low is not None
    assert rows["themes-only"]["working_with_people_low"] == entry.low.key
    assert rows["single-word"]["working_with_people_low"] == ""


def test_assessments_of_a_council_are_compared(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Files by kind, or by name where kinds are alike, and the published result; in every form."""
    paths: list[str] = []
    for name, kind in (("own", "self"), ("peers", "peer"), ("others", "peer")):
        paths.append(str(tmp_path / f"{name}.toml"))
        ca.write(ca.Assessment.of("Leicester", [3] * 8 + [None], kind=kind), paths[-1])  # type: ignore[arg-type]
    items = [ca.read_assessment(path) for path in paths]
    newest = ca.published("Leicester")[-1]
    status, out, err = run(capsys, "agreement", *paths[:2], "--council", "Leicester")
    assert (status, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 80
    assert len(out.splitlines()) <= 40
    found = ca.analysis.agreement([*items[:2], newest])
    assert " ".join(out.split()) == " ".join(found.words.split())
    _, data, _ = run(capsys, "agreement", *paths, "--council", "Leicester", "--format", "json")
    by_name = ca.analysis.agreement({"own": items[0], "peers": items[1], "others": items[2], "published": newest})
    assert json.loads(data) == json.loads(json.dumps(by_name.to_dict()))
    _, text, _ = run(capsys, "agreement", paths[0], "--council", "Leicester", "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(text)))) == 9


def test_what_cannot_agree_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One assessment alone, a council without a result, and a file of another kind."""
    path = tmp_path / "own.toml"
    ca.write(ca.Assessment.of("Rutland", [3] * 9, kind="self"), path)
    method = str(written(tmp_path, "other", ("good = 63", "good = 70")))
    for arguments, status, said in (
        ([str(path)], 2, "one assessment agrees with nothing"),
        ([str(path), "--council", "Isles of Scilly Council of"], 1, "is not a council"),
        ([str(path), method], 1, "it does not hold an assessment"),
    ):
        found, _, err = run(capsys, "agreement", *arguments)
        assert found == status
        assert said in err
