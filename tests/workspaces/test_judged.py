"""What was judged beside what the scores come to, and scores of several years."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.cli import main
from careassure.model.dates import PartialDate, months_after
from careassure.workspaces.happened import Event
from careassure.workspaces.judged import judgement
from careassure.workspaces.score_dates import MIXED_DATES, ScoreDates
from careassure.workspaces.workspace import ScoreEntry, Settings, Workspace
from helpers import few
from workspaces.folders import example, problems, rows, save
from workspaces.strategies import cqc, dates, workspaces

DAY = dt.date(2026, 10, 1)
JUNE = PartialDate(2026, 6)
IDS = [statement.id for statement in cqc().statements]
METHOD = """
format = "careassure.method/1"
id = "one-year"
version = "1"
title = "Good at most where the scores are of several years"
framework = "cqc-la"
not_rated = "interval"

[references.ours]
title = "our own rule"
basis = "ours"

[measures.total]
kind = "total"
over = "scores"
sentence = "The sum of the scores"
reference = "ours"
label = "a sum"

[[nodes]]
for = "overall"
scale = "cqc-rating"

[nodes.bands]
measure = "total"
requires_improvement = 14
good = 23
outstanding = 32
reference = "ours"

[[nodes.limits]]
cap = "requires_improvement"
when = { fact = "mixed_dates", sentence = "the scores are of several years" }
sentence = "While scores of several years are mixed, requires improvement at most."
reference = "ours"
"""


def kept(result: str, score: int | None = None, reason: str = "", given: int = 3) -> Workspace:
    """A workspace with nine equal scores, and a self-assessment with this result."""
    event = Event("S", "self_assessment", JUNE, "self-assessment", result=result, score=score, reason=reason)
    scores = tuple(ScoreEntry(JUNE, name, given) for name in IDS)
    return Workspace(ca.council("York"), cqc(), cqc(), scores=scores, events=(event,))


@pytest.mark.parametrize(
    ("result", "score", "differs"),
    [
        ("good", None, False),
        ("good", 75, False),
        ("good", 74, True),
        ("outstanding", None, True),
        ("inadequate", 75, True),
    ],
)
def test_what_is_judged_otherwise_is_said_with_both_results(result: str, score: int | None, *, differs: bool) -> None:
    """A rating or score that is not what the scores come to is said beside it, with its reason; another is not."""
    work = kept(result, score, "leaders are strong")
    found = judgement(work)
    assert (found is not None) == differs
    head = ca.workspaces.status(work, DAY).head
    assert head[1] == "From its own scores: Good, 75 out of 100"
    if found:
        assert found.words in head
        assert found.words.endswith(
            "where the scores of then come to Good, 75 out of 100 (S self-assessment). Reason: leaders are strong"
        )
        assert not ca.workspaces.status(work, DAY).of("unreasoned")
    assert bool(ca.workspaces.status(kept(result, score), DAY).of("unreasoned")) == differs


def test_a_judgement_within_the_range_is_no_other() -> None:
    """While scores are not known, a rating that they may come to is not judged otherwise."""
    work = kept("outstanding", given=4)
    blank = evolve(work, scores=work.scores[:4])
    assert judgement(blank) is None
    assert judgement(evolve(blank, events=(evolve(work.events[0], result="inadequate"),))) is not None


def test_a_superseded_judgement_is_not_shown() -> None:
    """Once a later self-assessment replaces it, only the later one is held against the scores."""
    work = kept("outstanding")
    later = Event("T", "self_assessment", PartialDate(2026, 7), "again", result="good", supersedes="S")
    assert judgement(work) is not None
    assert judgement(evolve(work, events=(*work.events, later))) is None


def test_the_command_shows_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`assess` on a folder prints what was judged after what it worked out, and in CSV beside it."""
    folder = example(tmp_path / "w")
    table = rows(folder, "events.csv")
    heads = [*table[0], "reason"]
    at = heads.index("result")
    changed = [[*row[:at], "outstanding" if row[0] == "S2" else row[at], *row[at + 1 :],
                "leaders are strong" if row[0] == "S2" else ""] for row in table[1:]]  # fmt: skip
    save(folder, "events.csv", [heads, *changed])
    assert main(["assess", str(folder)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Good, 70 out of 100" in said.split("Judged on 14 September 2026: Outstanding, 70 out of 100")[0]
    assert "Reason: leaders are strong" in said
    assert main(["assess", str(folder), "--format", "csv"]) == 0
    assert "leaders are strong" in capsys.readouterr().out
    assert main(["assess", str(folder), "--format", "json"]) == 0
    assert "leaders are strong" in capsys.readouterr().err


@given(dates(), dates(), st.integers(1, 60))
def test_mixed_is_only_said_where_it_is_certain(one: PartialDate, other: PartialDate, months: int) -> None:
    """Scores are mixed, or not, only where every pair of days that their dates can mean agrees; else nobody knows."""
    old, new = min(one, other), max(one, other)
    found = ScoreDates(old, "a", new, "b").mixed(months)
    ends = {months_after(first, months) < last for first in (old.earliest, old.latest)
            for last in (new.earliest, new.latest)}  # fmt: skip
    assert found == (ends.pop() if len(ends) == 1 else None)


@few
@given(workspaces())
def test_the_dates_are_those_of_scores_that_count(work: Workspace) -> None:
    """The oldest and newest dates are of scores that are known and not replaced; without any there are none."""
    known = [entry.date for entry in work.latest_scores.values() if entry.score is not None]
    found = work.score_dates
    assert (found is None) == (not known)
    if found is not None:
        assert (found.oldest, found.newest) == (min(known), max(known))


@pytest.mark.parametrize(("months", "rating"), [(None, "Good"), (11, "Requires improvement"), (36, "Good")])
def test_a_method_can_limit_a_rating_of_several_years(months: int | None, rating: str, tmp_path: Path) -> None:
    """The fact `mixed_dates` holds from the user's own limit on, and a method can hold the rating down by it."""
    (tmp_path / "one-year.toml").write_text(METHOD)
    work = evolve(kept("good"), settings=Settings(mixed_after_months=months))
    old = evolve(work, scores=(evolve(work.scores[0], date=PartialDate(2024, 6)), *work.scores[1:]))
    assert str(ca.workspaces.assess(old, tmp_path / "one-year.toml").rating) == rating
    assert dict(old.assessment().facts) == ({} if months is None else {MIXED_DATES: months == 11})


def test_dates_that_may_be_mixed_or_not_set_no_fact() -> None:
    """Where years alone are known and cannot tell, the fact is not set, and `status` says so."""
    work = evolve(kept("good"), settings=Settings(mixed_after_months=12))
    old = evolve(work, scores=(evolve(work.scores[0], date=PartialDate(2025)), *work.scores[1:]))
    assert old.assessment().facts == ()
    (gap,) = ca.workspaces.status(old, DAY).of("unclear")
    assert gap.words.startswith("The scores may be more than 12 months apart, or not: Scores are of 2025")


def test_the_fact_is_worked_out_or_given_but_not_both(tmp_path: Path) -> None:
    """A fact that is given by hand beside the limit is refused: nobody could say which one counts."""
    folder = example(tmp_path / "w")
    text = (folder / "workspace.toml").read_text()
    (folder / "workspace.toml").write_text(f"mixed_after_months = 12\n{text}\n[facts]\nmixed_dates = true\n")
    assert [str(problem.where) for problem in problems(folder)] == ["workspace.toml, facts.mixed_dates"]
