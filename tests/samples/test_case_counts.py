"""Cases counted by two attributes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidInputError
from careassure.privacy.disclosure.rules import Rules
from careassure.privacy.disclosure.suppression import audit

AGE = ca.samples.CaseAttribute(
    "age", "Age", [ca.samples.Code("a", "under 65"), ca.samples.Code("b"), ca.samples.Code("c")]
)
ROUTE = ca.samples.CaseAttribute("route", "Route", [ca.samples.Code("x"), ca.samples.Code("y")])
CASES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), min_size=1, max_size=60).map(
    lambda pairs: ca.samples.CaseList(
        [AGE, ROUTE],
        [ca.samples.Case.of(f"C{n}", {"age": age, "route": route}) for n, (age, route) in enumerate(pairs)],
    )
)


@given(CASES)
def test_every_case_stands_in_one_cell(cases: ca.samples.CaseList) -> None:
    """The cells add up to the cases, whichever attribute stands at the side."""
    table = ca.samples.count_cases(cases, "age", "route")
    assert table.total == len(cases)
    assert table.rows == ("under 65", "b", "c")
    turned = ca.samples.count_cases(cases, "route", "age")
    assert turned.counts == tuple(zip(*table.counts, strict=True))
    assert table.counts[0][1] == sum(c.code("age") == "a" and c.code("route") == "y" for c in cases.cases)


@given(CASES, st.integers(2, 9))
def test_no_small_count_can_be_worked_out(cases: ca.samples.CaseList, threshold: int) -> None:
    """Under disclosure control nothing that was left out follows from what is shown."""
    table = ca.samples.count_cases(cases, "age", "route")
    shown = ca.privacy.suppress(table, Rules(threshold=threshold))
    assert audit(shown) == ()
    for counts, cells in zip(table.counts, shown.cells, strict=True):
        for count, cell in zip(counts, cells, strict=True):
            assert not 1 <= count <= threshold or str(cell) == "[c]"


def test_an_unknown_attribute_is_refused() -> None:
    """A name that is none of the attributes is refused, with a near one."""
    cases = ca.samples.CaseList([AGE, ROUTE], [ca.samples.Case.of("C1", {"age": "a", "route": "x"})])
    with pytest.raises(InvalidInputError, match="Did you mean route"):
        ca.samples.count_cases(cases, "age", "rout")
