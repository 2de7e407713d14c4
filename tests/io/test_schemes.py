"""A framework and a method made in Python, and an assessment read as such."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import careassure as ca
from careassure.errors import InvalidFrameworkError, InvalidInputError, InvalidMethodError
from careassure.io.formats import to_toml

SOURCES = {"list": {"title": "Our list", "basis": "ours"}}
FRAMEWORK: dict[str, Any] = {
    "id": "kitchen",
    "title": "A kitchen",
    "publisher": "us",
    "subject": "kitchen",
    "score_scale": "answer",
    "versions": {"own": {"summary": "As we have it.", "reference": "list"}},
    "references": SOURCES,
    "scales": {
        "answer": {
            "title": "whether it is so",
            "grades": [{"key": "no", "label": "No", "value": 0}, {"key": "yes", "label": "Yes", "value": 1}],
        }
    },
    "themes": [
        {"id": "all", "title": "All", "statements": [{"id": name, "title": name} for name in ("clean", "safe")]}
    ],
}
METHOD: dict[str, Any] = {
    "id": "kitchen",
    "version": "1",
    "title": "Both",
    "summary": "Yes where both are so.",
    "framework_versions": ["own"],
    "not_rated": "interval",
    "nodes": [
        {
            "for": "overall",
            "scale": "answer",
            "rungs": [
                {
                    "grade": "yes",
                    "when": {"every": {"level": "scores"}, "at_least": "yes"},
                    "sentence": "Both are so.",
                    "reference": "list",
                }
            ],
        }
    ],
}


@pytest.mark.parametrize(
    ("scores", "key"), [(["yes", "yes"], "yes"), (["yes", "no"], "no"), ([None, "no"], "no"), ([None, "yes"], None)]
)
def test_a_scheme_rates(scores: list[str | None], key: str | None) -> None:
    """A framework and a method from tables without their formats rate, and the method cites what the framework does."""
    framework, method = ca.load_scheme(FRAMEWORK, METHOD)
    outcome = ca.assess(ca.Assessment.of("Ours", scores, framework=framework), method)
    assert (outcome.rating and outcome.rating.key) == key
    assert method.framework == framework.id
    cited = [item.id for ladder in method.nodes[0].ladders for rung in ladder.rungs for item in rung.references]
    assert cited == ["list"]


def test_a_scheme_is_what_files_give() -> None:
    """The same tables, each whole, give the same through the readers of files."""
    framework, method = ca.load_scheme(FRAMEWORK, METHOD)
    assert ca.load_frameworks({"format": "careassure.framework/1", **FRAMEWORK}) == (framework,)
    whole = {"format": "careassure.method/1", "framework": "kitchen", "references": SOURCES, **METHOD}
    assert ca.load_method(whole, scales=framework.scales) == method
    assert ca.load_scheme({"format": "careassure.framework/1", **FRAMEWORK}, whole) == (framework, method)


def test_what_is_wrong_with_a_scheme_is_said() -> None:
    """Several versions, a framework that is wrong, a method that is wrong and what is no table are refused."""
    two = {**FRAMEWORK, "versions": {"a": FRAMEWORK["versions"]["own"], "b": FRAMEWORK["versions"]["own"]}}
    with pytest.raises(InvalidFrameworkError, match="ours: versions: it has 2 versions"):
        ca.load_scheme(two, METHOD, where="ours")
    with pytest.raises(InvalidFrameworkError, match="themes"):
        ca.load_scheme({**FRAMEWORK, "themes": []}, METHOD)
    with pytest.raises(InvalidMethodError, match="nodes"):
        ca.load_scheme(FRAMEWORK, {**METHOD, "nodes": 7})
    with pytest.raises(InvalidInputError, match="method_table: 7 is not a table"):
        ca.load_scheme(FRAMEWORK, 7)  # type: ignore[arg-type]


def test_read_assessment_reads_nothing_else(tmp_path: Path) -> None:
    """A file with an assessment gives it; an outcome, a workspace, a framework and a method are refused in words."""
    assessment = ca.Assessment.of("York", [3] * 9)
    ca.write(assessment, tmp_path / "a.toml")
    assert ca.read_assessment(tmp_path / "a.toml") == assessment
    ca.write(ca.assess(assessment), tmp_path / "o.json")
    ca.workspaces.init(tmp_path / "w", "York")
    (tmp_path / "f.toml").write_text(to_toml({"format": "careassure.framework/1", **FRAMEWORK}), encoding="utf-8")
    for name, held in {"o.json": "an outcome", "w": "a workspace", "f.toml": "a framework"}.items():
        with pytest.raises(InvalidInputError, match=f"format: it holds {held}, not an assessment"):
            ca.read_assessment(tmp_path / name)
