"""Rows: every column has its own head."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.analysis.reconcile import Reconciliation
from careassure.model.assessment import Assessment
from careassure.model.council import Body
from careassure.report.rows import apart, full_row
from careassure.testing.strategies import assessments, frameworks

NAMES = st.lists(st.sampled_from(["a", "b", "p_a", "p_p_a", "p_b"]), unique=True)


@given(NAMES, NAMES)
def test_no_head_stands_twice(names: list[str], taken: list[str]) -> None:
    """Names get heads of their own, apart from each other and from the others, and keep theirs where they can."""
    heads = apart(names, taken, "p_")
    assert list(heads) == names
    assert len({*heads.values(), *taken}) == len(names) + len(taken)
    assert all(heads[name] == name for name in names if name not in taken)
    assert all(head.endswith(name) for name, head in heads.items())


@given(assessments(frameworks()))
def test_a_full_row_has_every_score(assessment: Assessment) -> None:
    """Whatever its statements are called, a row has one column for each score beside all the others."""
    outcome = ca.assess(evolve(ca.published("York")[-1]))
    row = full_row(Reconciliation(assessment, outcome, "agrees", "a reason"))
    plain = full_row(Reconciliation(outcome.assessment, outcome, "agrees", "a reason"))
    assert len(row) == len(plain) - len(outcome.assessment.marks) + len(assessment.marks)


def test_a_statement_called_like_a_column_takes_no_place() -> None:
    """A statement whose id is the name of another column stands under a name of its own."""
    base = ca.framework("cqc-la")
    theme = base.themes[0]
    statement = evolve(theme.statements[0], id="notes")
    framework = evolve(base, themes=(evolve(theme, statements=(statement, *theme.statements[1:])), *base.themes[1:]))
    assessment = Assessment.of(Body("x", "Nowhere", "example"), [4, *[3] * 8], framework=framework, notes="a note")
    row = full_row(Reconciliation(assessment, ca.assess(ca.published("York")[-1]), "agrees", ""))
    assert (row["score_notes"], row["notes"]) == (4, "a note")
