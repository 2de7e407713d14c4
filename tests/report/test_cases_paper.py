"""The paper about cases: they are counted by one attribute at a time, and no small number can be worked out of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.model.shorthand import CONFIDENTIAL
from careassure.privacy import Rules, audit
from careassure.privacy.disclosure.suppression import SuppressedTable
from careassure.report.document import Number
from careassure.samples import Case, CaseAttribute, Code
from helpers import few

AGES = CaseAttribute("age", "age", [Code("a"), Code("b"), Code("c")])
GROUPS = CaseAttribute("group", "group", [Code("x"), Code("y")])
codes = st.tuples(st.sampled_from("abc"), st.sampled_from("xy"))


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> ca.workspaces.Workspace:
    """A workspace."""
    return ca.workspaces.init_example(tmp_path_factory.mktemp("w") / "w")


@few
@given(st.lists(codes, min_size=1, max_size=40), st.integers(2, 6))
def test_no_small_number_of_cases_can_be_worked_out(
    example: ca.workspaces.Workspace, given_codes: list[tuple[str, str]], threshold: int
) -> None:
    """A reader who knows how many cases there are in all works out no count that is left out, in any table."""
    found = [Case.of(f"C{n}", {"age": age, "group": group}) for n, (age, group) in enumerate(given_codes)]
    work = evolve(example, attributes=(AGES, GROUPS), cases=tuple(found), evidence=())
    rules = Rules(threshold)
    paper = ca.report.cases_paper(work, rules)
    if len(found) <= threshold:
        assert not paper.tables
        assert str(len(found)) not in paper.blocks[0].text.split()  # type: ignore[union-attr]
        return
    for table in paper.tables:
        cells = [(CONFIDENTIAL if row[1] == "[c]" else int(row[1].value),) for row in table.rows  # type: ignore[union-attr]
                 if isinstance(row[1], Number) or row[1] == "[c]"]  # fmt: skip
        names = tuple(str(row[0]) for row in table.rows)
        assert not any(isinstance(cell, int) and 0 < cell <= threshold for (cell,) in cells)
        assert not audit(SuppressedTable(names, ("Cases",), tuple(cells), (), (len(found),), None, rules))


def test_no_case_is_named(tmp_path: Path) -> None:
    """Neither the id of a case nor a word of the evidence that rests on it stands in the paper."""
    folder = tmp_path / "w"
    ca.workspaces.init_example(folder)
    with (folder / "cases.csv").open(encoding="utf-8") as file:
        ids = {row["id"] for row in csv.DictReader(file)}
    words = " ".join(ca.report.cases_paper(folder, Rules(5)).texts()).split()
    assert ids
    assert not ids & set(words)


def test_a_workspace_without_cases_is_refused(tmp_path: Path) -> None:
    """There is nothing to count."""
    work = ca.workspaces.init(tmp_path / "w", "York")
    with pytest.raises(ca.CareAssureError, match="it lists no cases"):
        ca.report.cases_paper(work, Rules(5))
