"""A method and a framework of one's own, each in a file: wherever a name may stand, the file may."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import careassure as ca
from careassure.cli import main
from careassure.errors import InvalidInputError, ReadError, UnknownFrameworkError, UnknownScorerError

FRAMEWORK = """
format = "careassure.framework/1"
id = "home-visits"
title = "Our review of home visits"
publisher = "A working group"
subject = "team"
score_scale = "visit-score"

[versions.1]
summary = "The first round."

[versions.2]
summary = "Follow-up is no longer looked at."
supersedes = "1"
without = ["follow_up"]

[scales.visit-score]
title = "Visit scores"
numeric = true
grades = [
  { key = "poor", label = "poor" },
  { key = "fair", label = "fair" },
  { key = "fine", label = "fine" },
]

[scales.visit-rating]
title = "Visit ratings"
grades = [{ key = "weak", label = "Weak" }, { key = "sound", label = "Sound" }]

[[themes]]
id = "visits"
title = "Visits"
statements = [
  { id = "planning", title = "Planning" },
  { id = "listening", title = "Listening" },
  { id = "follow_up", title = "Follow-up" },
]
"""
METHOD = """
format = "careassure.method/1"
id = "all-fair"
version = "1"
title = "Sound where every score is fair"
framework = "home-visits"
framework_versions = ["1", "2"]
not_rated = "leave_out"

[references.rule]
title = "Our rules"
basis = "ours"

[[nodes]]
for = "overall"
scale = "visit-rating"

[[nodes.rungs]]
grade = "sound"
when = { every = "statements", at_least = "fair" }
sentence = "Every score is fair or better."
reference = "rule"
"""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with both files, which is the present one."""
    (tmp_path / "visits.toml").write_text(FRAMEWORK, encoding="utf-8")
    (tmp_path / "all-fair.toml").write_text(METHOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("form", [str, Path])
def test_files_stand_where_names_do(files: Path, form: type[str | Path]) -> None:
    """An assessment, a rating, a comparison, a what-if, a check and a table take both files, as text or as a path."""
    framework, method = form(files / "visits.toml"), form(files / "all-fair.toml")
    assessment = ca.Assessment.of("Team A", [2, 3], framework=framework)
    assert assessment.framework.version == "2"
    outcome = ca.assess(assessment, method)
    assert outcome.rating is not None
    assert outcome.rating.key == "sound"
    assert ca.compare(assessment, method) == (outcome,)
    assert ca.what_if(assessment, {"planning": 1}, method).after.result == "Weak"
    assert ca.check(method, framework).ok
    assert ca.check(method, ca.framework(framework, version="1")).ok
    table = pd.DataFrame({"planning": [2, 1], "listening": [3, 3]})
    rated = ca.assess_frame(table, method, framework=framework, version="2")
    assert list(rated["rating"]) == ["sound", "weak"]


@pytest.mark.usefixtures("files")
def test_the_command_line_takes_both_files(capsys: pytest.CaptureFixture[str]) -> None:
    """A method is proved on a framework file, in every version that it is for, and scores are rated under it."""
    assert main(["check", "all-fair.toml", "--framework", "visits.toml"]) == 0
    out = capsys.readouterr().out
    assert "home-visits 1" in out
    assert "home-visits 2" in out
    arguments = ["--framework", "visits.toml", "--framework-version", "2", "--scorer", "all-fair.toml"]
    assert main(["assess", "2", "3", *arguments]) == 0
    assert "Sound" in capsys.readouterr().out.splitlines()[0]
    assert main(["check", "all-fair.toml"]) == 1
    assert "--framework FILE" in capsys.readouterr().err
    assert main(["check", "single-word", "--framework", "visits.toml"]) == 1
    assert "is not a version of cqc-la that it is for" in capsys.readouterr().err


def test_a_check_takes_names(files: Path) -> None:
    """A method and a framework may be named; of the framework it is the newest version that the method is for."""
    method = ca.scorer("evidence-category").method
    assert method is not None
    assert ca.check("evidence-category", "cqc-la") == ca.check(method, ca.framework("cqc-la", version="2023"))
    assert ca.check(ca.scorer("evidence-category"), "cqc-la") == ca.check(method, "cqc-la")
    with pytest.raises(UnknownScorerError, match="there is no scorer 'nothing'"):
        ca.check("nothing", "cqc-la")
    with pytest.raises(UnknownFrameworkError, match="there is no framework 'nothing'"):
        ca.check("single-word", "nothing")
    with pytest.raises(UnknownFrameworkError, match=r"it has no version '3'\. It has"):
        ca.framework(files / "visits.toml", version="3")


@pytest.mark.usefixtures("files")
def test_a_wrong_file_is_refused() -> None:
    """A file that is not there, or holds something else, is named with what it should hold."""
    assessment = ca.Assessment.of("York", [3] * 9)
    with pytest.raises(ReadError, match=r"nowhere\.toml"):
        ca.assess(assessment, "nowhere.toml")
    with pytest.raises(InvalidInputError, match=r"visits\.toml: format: it is not a method"):
        ca.assess(assessment, "visits.toml")
    with pytest.raises(InvalidInputError, match=r"all-fair\.toml: format: it is not a framework"):
        ca.Assessment.of("York", [3], framework="all-fair.toml")
    with pytest.raises(UnknownScorerError, match="all-fair does not score cqc-la version direct"):
        ca.assess(assessment, "all-fair.toml")
