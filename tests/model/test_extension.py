"""Statements of one's own make another version of a framework, which the regulator's method does not rate."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from attrs import evolve

import careassure as ca
from careassure.errors import InvalidFrameworkError, UnknownScorerError
from careassure.io.methods import load_method
from careassure.model.dates import PartialDate
from careassure.model.descriptor import Descriptor, descriptor_problems, descriptors_of
from careassure.model.statements import Statement
from careassure.workspaces.rating import not_counted
from careassure.workspaces.workspace import ScoreEntry, Settings, Workspace

BASE = ca.framework("cqc-la")
OWN = Statement("digital", "Digital services")
EXTENDED = ca.extend(BASE, "ours", {"leadership": [OWN]})
METHOD = """
format = "careassure.method/1"
id = "ours"
version = "1"
title = "Ours"
summary = "The mean of ten."
framework = "cqc-la"
framework_versions = ["ours"]
not_rated = "interval"

[references.us]
title = "Our own"
basis = "derived"

[measures.percentage]
kind = "percentage"
label = "a score"
over = "statements"
rounding = "up"
sentence = "The ten scores as a percentage"
reference = ["us"]

[[nodes]]
for = "overall"
scale = "cqc-rating"
headline = "percentage"

[nodes.bands]
measure = "percentage"
requires_improvement = 39
good = 63
outstanding = 88
reference = ["us"]
"""


def kept(own: int | None = 1) -> Workspace:
    """A workspace with the statement of our own."""
    scores = [ScoreEntry(PartialDate(2026), statement.id, 3) for statement in BASE.statements]
    entry = ScoreEntry(PartialDate(2026), "digital", own)
    return Workspace(ca.council("York"), EXTENDED, BASE, scores=(*scores, entry))


def test_an_extension_is_another_version() -> None:
    """The new version has a name of its own, follows the old one, ends its themes with what is added, and has no
    scorer; the old one is as it was."""
    assert (EXTENDED.version, EXTENDED.supersedes, EXTENDED.scorer) == ("ours", "direct", "")
    assert [s.id for s in EXTENDED.statements] == [*(s.id for s in BASE.statements), "digital"]
    assert EXTENDED.theme_of("digital").id == "leadership"
    assert ca.framework("cqc-la") == BASE
    assert "digital" not in {statement.id for statement in BASE.statements}
    assert "not the regulator's" in EXTENDED.summary
    assert (EXTENDED.valid_from, EXTENDED.valid_until) == (None, None)


@pytest.mark.parametrize(
    ("version", "statements", "said"),
    [
        ("direct", {"leadership": [OWN]}, "Give the new version a name of its own"),
        ("", {"leadership": [OWN]}, "version: it is blank"),
        ("ours", {"leader": [OWN]}, "'leader' is not a theme of .* Did you mean leadership"),
        ("ours", {}, "nothing is added"),
        ("ours", {"leadership": []}, "nothing is added"),
        ("ours", {"leadership": [Statement("equity", "Ours")]}, "equity: this id appears twice"),
        ("ours", {"leadership": [OWN, OWN]}, "digital: this id appears twice"),
        ("ours", {"leadership": [Statement("mine", "Safeguarding")]}, '"safeguarding" means each of these'),
        ("ours", {"leadership": [Statement("a/b", "Ours")]}, "'a/b' is not an id. Use small letters"),
        ("ours", {"leadership": [Statement("a;b", "Ours")]}, "'a;b' is not an id"),
        ("ours", {"leadership": [Statement("", "Ours")]}, "'' is not an id"),
    ],
)
def test_what_cannot_be_added_is_refused(version: str, statements: dict[str, list[Statement]], said: str) -> None:
    """A name of another version, an unknown theme, an id or a title that is taken, and no addition are refused."""
    with pytest.raises(InvalidFrameworkError, match=said):
        ca.extend(BASE, version, statements)


def test_the_regulators_method_rates_the_regulators_statements() -> None:
    """A statement of one's own, however low, changes nothing of the regulator's rating, and stands beside it."""
    bare = evolve(kept(), framework=BASE, scores=kept().scores[:-1])
    expected = ca.workspaces.assess(bare)
    for own in (1, 4, None):
        outcome = ca.workspaces.assess(kept(own))
        assert (outcome.result, outcome.trace) == (expected.result, expected.trace)
        assert outcome.assessment.framework == BASE
        assert not_counted(kept(own), outcome) == (("Digital services", "not known" if own is None else str(own)),)
    assert not_counted(bare, expected) == ()


def test_the_regulators_method_does_not_rate_another_version() -> None:
    """Asked for the extended version itself, the regulator's method refuses, and there is no other."""
    with pytest.raises(UnknownScorerError, match="cqc-la ours has no scorer of its own"):
        ca.assess(kept().assessment())
    with pytest.raises(UnknownScorerError, match="single-word does not score cqc-la version ours"):
        ca.assess(kept().assessment(), "single-word")


def test_a_method_that_names_the_new_version_rates_it() -> None:
    """A method of one's own that is for the extended version counts the statement of one's own."""
    method = load_method(tomllib.loads(METHOD), where="ours.toml", scales=BASE.scales)
    low, high = (ca.workspaces.assess(kept(own), method) for own in (1, 4))
    assert low.assessment.framework == EXTENDED
    assert (str(low.result), str(high.result)) == ("Good, 70 out of 100", "Good, 78 out of 100")
    assert not_counted(kept(), low) == ()


def test_a_method_of_the_settings_is_read_from_the_folder(tmp_path: Path) -> None:
    """Where the settings name a method file, it is read from the workspace's folder; a name is an installed scorer."""
    (tmp_path / "ours.toml").write_text(METHOD, encoding="utf-8")
    ours = evolve(kept(4), settings=Settings(scorer="ours.toml"), folder=str(tmp_path))
    assert ca.workspaces.assess(ours).scorer == "ours"
    assert ca.workspaces.assess(evolve(ours, settings=Settings(scorer="single-word"))).scorer == "single-word"
    assert ca.workspaces.assess(ours, "single-word").scorer == "single-word"
    with pytest.raises(UnknownScorerError, match="nothing"):
        ca.workspaces.assess(evolve(ours, settings=Settings(scorer="nothing")))


def test_descriptors_come_the_lowest_score_first() -> None:
    """The descriptors of a statement are sorted by the grade, whether it was written as a number or a word."""
    items = [
        Descriptor("equity", score, f"at {score}", "ours, 2026") for score in (4, "some shortfalls", 3, 1)
    ]  # fmt: skip
    found = descriptors_of([Descriptor("learning", 1, "x", "y"), *items], BASE, "equity")
    assert [item.score for item in found] == [1, "some shortfalls", 3, 4]
    assert descriptors_of(items, BASE, "learning") == ()


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (
            Descriptor("equty", 3, "text", "ours"),
            ["statement: 'equty' is not a statement of the framework. Did you mean equity?"],
        ),
        (
            Descriptor("equity", 3, "text", ""),
            ["source: it does not say whose words these are. Name the document and its date"],
        ),
        (Descriptor("equity", 3, "text", "ours"), []),
    ],
)
def test_a_descriptor_needs_a_statement_and_a_source(item: Descriptor, said: list[str]) -> None:
    """A descriptor of an unknown statement, and one that does not say whose words it is, are named."""
    assert [str(problem) for problem in descriptor_problems(item, BASE)] == said


def test_a_descriptor_needs_a_score_on_the_scale() -> None:
    """A descriptor for a score that there is not is named, with those that there are."""
    (problem,) = descriptor_problems(Descriptor("equity", 5, "text", "ours"), BASE)
    assert (str(problem.where), problem.message) == ("score", "5 is not a grade of CQC's scores")
