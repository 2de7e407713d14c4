"""Cases hold codes under a pseudonym, and everything else is refused at once and not repeated."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import InvalidInputError, Place
from careassure.model.total_names import is_total
from careassure.samples.cases import Case, CaseAttribute, CaseList, Code, check_attributes, check_cases
from careassure.testing.strategies import texts

AGE = CaseAttribute("age_band", "Age", [Code("18-64"), Code("65-84"), Code("85+", "85 and over")])
DISCHARGE = CaseAttribute("discharge", codes=[Code("yes"), Code("no"), Code("not_known")], criterion=True)
BOTH = (AGE, DISCHARGE)
FITS = {"age_band": "85+", "discharge": "no"}


def problems_of(*cases: Case, places: tuple[Place, ...] = ()) -> list[tuple[str, str]]:
    """Where something is wrong with the cases, and what."""
    return [(str(problem.where), problem.message) for problem in check_cases(BOTH, cases, places)]


pseudonyms = st.from_regex(r"[A-Za-z0-9_-]{1,20}", fullmatch=True).filter(
    lambda name: re.fullmatch(r"[0-9]{10}", re.sub("[-_]", "", name)) is None and not is_total(name)
)


@given(st.lists(pseudonyms, min_size=1, unique=True), st.data())
def test_declared_codes_under_pseudonyms_are_taken(ids: list[str], data: st.DataObject) -> None:
    """A list of cases with pseudonyms and declared codes is taken, and each case has the codes that it was given."""
    rows = [{a.id: data.draw(st.sampled_from(a.codes)).id for a in BOTH} for _ in ids]
    cases = CaseList(BOTH, list(map(Case.of, ids, rows)))
    assert len(cases) == len(ids)
    assert [{a.id: case.code(a.id) for a in cases.attributes} for case in cases.cases] == rows


@given(texts())
def test_an_id_is_a_pseudonym_or_refused(id: str) -> None:
    """An id is taken exactly when it is 1 to 20 of the letters, digits and signs and not the ten of an NHS number."""
    form = re.fullmatch(r"[A-Za-z0-9_-]{1,20}", id)
    nhs = re.fullmatch(r"[-_]*([0-9][-_]*){10}", id)
    assert (problems_of(Case.of(id, FITS)) == []) is (form is not None and nhs is None and not is_total(id))


def test_a_row_of_totals_is_not_a_case() -> None:
    """A row that is called like a total is refused, and never counted as one more case."""
    with pytest.raises(InvalidInputError, match="Total is a row of totals, and each row is a case"):
        CaseList(BOTH, [Case.of("C1", FITS), Case.of("Total", FITS)])


@pytest.mark.parametrize("id", ["9434765919", "943-476-5919", "943_476_5919"])
def test_an_nhs_number_is_no_pseudonym(id: str) -> None:
    """Ten digits are refused however they are set apart, and the number is not repeated."""
    with pytest.raises(InvalidInputError, match="ten digits") as raised:
        CaseList(BOTH, [Case.of("C1", FITS), Case.of(id, FITS)])
    assert "case number 2" in str(raised.value)
    assert id not in str(raised.value)


@pytest.mark.parametrize("id", ["", "C 12", "C" * 21, "É1", "C12\n", "a.b", "Zoë", "١٢", 12, None])
def test_other_ids_are_refused(id: Any) -> None:
    """Spaces, dots, letters and digits of other scripts, empty and long texts, and numbers are no pseudonyms."""
    assert problems_of(Case(id, tuple(FITS.items()))) == [("case number 1", "its id is not a pseudonym")]


@given(texts(min_size=1))
def test_free_text_is_refused_and_not_repeated(text: str) -> None:
    """A value is taken exactly when it is a declared code; another is refused in words that do not depend on it."""
    found = check_cases(BOTH, [Case.of("C1", {**FITS, "age_band": text})])
    declared = text in {code.id for code in AGE.codes}
    expected = [] if declared else [("case C1, age_band", "the value is not one of its codes")]
    assert [(str(problem.where), problem.message) for problem in found] == expected
    hints = {"Use 18-64, 65-84 or 85+", *(f"Did you mean {code.id}?" for code in AGE.codes)}
    assert {problem.hint for problem in found} <= hints


def test_a_slip_gets_the_code_that_was_meant() -> None:
    """A value that is nearly a code is refused with that code."""
    (found,) = check_cases(BOTH, [Case.of("C1", {**FITS, "discharge": "Not known"})])
    assert found.hint == "Did you mean not_known?"


def test_everything_wrong_is_listed_at_once() -> None:
    """Every fault of every case is a problem of its own, which names the case and the attribute."""
    cases = [
        Case("C12", (("age_band", "old"), ("age_band", "85+"), ("height", "tall"))),
        Case("C12", (("age_band", ""), ("discharge", "yes"))),
        Case("John Smith", (("age_band", 85), ("discharge", "no"))),  # type: ignore[arg-type]
    ]
    with pytest.raises(InvalidInputError) as raised:
        CaseList(BOTH, cases)
    assert [(str(problem.where), problem.message) for problem in raised.value.problems] == [
        ("case C12, age_band", "it is given twice"),
        ("case C12", "'height' is not an attribute of the cases"),
        ("case C12, age_band", "the value is not one of its codes"),
        ("case C12, discharge", "there is no value"),
        ("case C12", "the id C12 is given twice"),
        ("case C12, age_band", "there is no value"),
        ("case number 3", "its id is not a pseudonym"),
        ("case number 3, age_band", "the value is not one of its codes"),
    ]
    assert "John" not in str(raised.value)


def test_problems_stand_where_the_reader_says() -> None:
    """Whoever reads a file gives the place of each case, and the problems are at those places."""
    cases = [Case.of("C1", FITS), Case.of("C1", {"age_band": "85+"})]
    assert problems_of(*cases, places=(Place("cases.csv", 2), Place("cases.csv", 3))) == [
        ("cases.csv, row 3", "the id C1 is given twice and belongs to cases.csv, row 2"),
        ("cases.csv, row 3, column discharge", "there is no value"),
    ]
    assert problems_of(Case.of("C1", FITS), places=(Place(row=2), Place(row=3))) == [("places", "2 places for 1 case")]


def test_a_list_without_cases_is_refused() -> None:
    """There is nothing to draw from a list without cases."""
    assert problems_of() == [("", "there are no cases")]


@pytest.mark.parametrize(
    ("attribute", "where", "message"),
    [
        (CaseAttribute("Age band", codes=[Code("a")]), "attribute number 1", "'Age band' is not an id"),
        (CaseAttribute(7, codes=[Code("a")]), "attribute number 1", "7 is not an id"),  # type: ignore[arg-type]
        (CaseAttribute("id", codes=[Code("a")]), "attribute id", "the id of a case is not an attribute"),
        (CaseAttribute("age"), "attribute age", "it has no codes"),
        (CaseAttribute("age", codes=[Code("")]), "attribute age", "'' is not a code"),
        (CaseAttribute("age", codes=[Code(" a")]), "attribute age", "' a' is not a code"),
        (CaseAttribute("age", codes=[Code("a" * 41)]), "attribute age", f"'{'a' * 41}' is not a code"),
        (CaseAttribute("age", codes=[Code("a\nb")]), "attribute age", "'a\\nb' is not a code"),
        (CaseAttribute("age", codes=[Code("a"), Code("a")]), "attribute age", "the code 'a' is declared twice"),
    ],
)
def test_attributes_must_be_sound(attribute: CaseAttribute, where: str, message: str) -> None:
    """An attribute has an id as in code, and one or more codes, each of them once and short."""
    assert [(str(p.where), p.message) for p in check_attributes([attribute])] == [(where, message)]


def test_an_attribute_is_declared_once() -> None:
    """The same id for two attributes is refused."""
    assert [(str(p.where), p.message) for p in check_attributes([AGE, AGE])] == [
        ("attribute age_band", "it is declared twice")
    ]
    assert check_attributes(BOTH) == []


def test_attributes_and_codes_print_as_their_titles() -> None:
    """What has a title prints as it, and otherwise as its id; an unknown name is refused with a near one."""
    cases = CaseList(BOTH, [Case.of("C1", FITS)])
    assert [str(cases.attribute(name)) for name in ("age_band", "discharge")] == ["Age", "discharge"]
    assert [str(code) for code in AGE.codes] == ["18-64", "65-84", "85 and over"]
    with pytest.raises(InvalidInputError, match="Did you mean age_band"):
        cases.attribute("age_bnad")
    with pytest.raises(InvalidInputError, match="no attribute 'height'"):
        cases.cases[0].code("height")


def test_many_codes_are_not_all_listed() -> None:
    """The hint lists the codes where they are a dozen or fewer."""
    for count, hint in ((12, "Use k1, k2"), (13, "Use one of those declared")):
        attribute = CaseAttribute("kind", codes=[Code(f"k{number}") for number in range(1, count + 1)])
        (found,) = check_cases([attribute], [Case.of("C1", {"kind": "????"})])
        assert found.hint.startswith(hint)
