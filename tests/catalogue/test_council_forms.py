"""Every form in which a council is printed finds it; what is no council is told; what has ended has its day."""

from __future__ import annotations

import csv
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import careassure as ca
from careassure.catalogue.councils import register
from careassure.errors import AmbiguousCouncilError, CareAssureError, NameLookupError, UnknownCouncilError
from careassure.model.areas import REGIONS
from careassure.model.council import Council
from careassure.model.names import forms
from careassure.model.text import fold
from careassure.testing.strategies import councils, texts
from patience import PATIENCE

DATA = Path(__file__).parent / "data"
FORMS = [
    "{}", "{} Council", "{} City Council", "{} Borough Council", "{} BC", "{} MBC", "{} UA", "{} LB", "{} London Boro",
    "{} District (B)", "{} (B)", "{} City UA", "The City of {} (B)", "City of {} London Boro", "LB {}", "LB of {}",
    "London Borough of {}", "Royal Borough of {}", "{}, City of", "{}, London Borough of", "{}, County of",
    "811-{} UA", "811 {}", "{} (811)", "{} Metropolitan District Council", "Metropolitan Borough of {}",
    "  {}  ", "{}\u200b", "{} Unitary Authority", "Borough Council of {}", "{} Royal Borough", "{} district",
    "{} (1)", "{} [note 12]", "{}\u00b9", "{} Council\u2020", "L.B. of {}", "{} Council Adult Social Care", "{} CC DC",
    "{}: local authority assessment",
]  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a file of names."""
    return list(csv.DictReader((DATA / name).read_text("utf-8").splitlines()))


@given(councils(), st.sampled_from(FORMS), st.sampled_from([str, str.upper, str.lower]), st.booleans())
def test_every_printed_form_of_every_name_finds_the_council(
    council: Council, form: str, case: type[str], short_and: bool
) -> None:
    """Its name and its aliases, in any case, with "&" for "and"."""
    if form == "{} (811)":
        form = "811 - {}"
    assume((council.name, form) != ("Dorset", "{} CC DC"))  # a Dorset CC there was too, and it was divided
    for name in (council.name, *council.aliases):
        text = case(form.format(name.replace(" and ", " & ") if short_and else name))
        assert ca.council(text) is council, text


@given(councils(), st.sampled_from(["{} ({})", "{1} {0}", "{1}: {0}", "{} - {}", "{} [{}]", "{}, {}", "{1}|{0}"]))
def test_a_name_and_a_code_agree_or_are_refused(council: Council, form: str) -> None:
    """Both are read; a code that is another council's is told with both names."""
    assert register().match(form.format(council.name, council.code.lower())) == (council, "name and code")
    other = next(c for c in ca.councils() if c is not council)
    with pytest.raises(AmbiguousCouncilError, match=f"{other.code} is {other.name}, not {council.name}"):
        ca.council(form.format(council.name, other.code))


@pytest.mark.parametrize("row", rows("field/council_names.csv"), ids=lambda row: row["name"])
def test_names_that_were_met_in_the_field(row: dict[str, str]) -> None:
    """Names of the national mapping agency, and of an old county."""
    wanted = row["code_of_the_right_council"]
    if wanted.startswith("ambiguous"):
        with pytest.raises(AmbiguousCouncilError) as by_name:
            ca.council(row["name"])
        with pytest.raises(AmbiguousCouncilError) as by_code:
            ca.council("E10000009")
        assert by_name.value.suggestions == by_code.value.suggestions
        assert by_name.value.message == by_code.value.message
    else:
        assert ca.council(row["name"]).code == wanted


def test_all_names_of_public_tables() -> None:
    """Each name finds the council of the code beside it, or both are refused for the same reason."""
    found = ca.tables.match_councils([row["name"] for row in rows("samples/printed_names_and_codes.csv")])
    refused = {line.given for line in found.lines if line.council is None}
    assert refused == {"Cumbria", "England", "Northamptonshire"}
    for row, line in zip(rows("samples/printed_names_and_codes.csv"), found.lines, strict=True):
        if line.council is not None and row["code"]:
            assert ca.council(row["code"]) is line.council
    assert found.matched + found.ambiguous + found.unknown + found.blank == len(found.lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("E92000001", "it is England"),
        ("E12000007", r"it is a region of England \(London\)"),
        ("England", "it is England"),
        ("E07000178", "it is a district"),
        ("E54000029", "integrated care board"),
        ("QKK", "integrated care board"),
        ("NHS Kent and Medway ICB", "a body of the NHS"),
        ("W06000015", "a council of Wales"),
        ("811", "a number that means"),
        ("Total", "a total or an average"),
        ("Grand total", "a total"),
        ("E11000001", "metropolitan county"),
        ("Tyne and Wear", "metropolitan county"),
        ("England average", "a total or an average"),
        ("Eng", "it is England"),
        *((name, "it is a region of England") for name in REGIONS.values()),
        *((code, "it is a region of England") for code in REGIONS),
    ],
)
def test_what_is_no_council_is_told(text: str, said: str) -> None:
    """A country, a region, a district, a body of the NHS, a total."""
    for written in (text, text.lower(), f" {text} "):
        with pytest.raises(UnknownCouncilError, match=said):
            ca.council(written)


OTHERS = register().others()


@pytest.mark.parametrize("form", ["{}", "{} Council", "{} Borough Council", "{} (2)"])
def test_councils_without_the_duties_are_told_as_what_they_are(form: str) -> None:
    """A district is told with the council that has the duties there, one of another country with its country."""
    for other in OTHERS:
        for text in (*(form.format(name) for name in (other.name, *other.aliases)), other.code):
            with pytest.raises(UnknownCouncilError) as raised:
                ca.council(text)
            assert str(raised.value.message).endswith(f"it is {other.words}"), text
            assert raised.value.suggestions == ((other.council,) if other.council else ())


def test_districts_and_councils_of_other_countries_are_all_there() -> None:
    """England has 164 districts below counties, Wales 22 councils, Scotland 32 and Northern Ireland 11."""
    kinds = Counter(other.kind for other in OTHERS)
    assert kinds == {"district": 164, "former_district": 40, "wales": 22, "scotland": 32, "northern_ireland": 11}
    assert {other.council for other in OTHERS if other.kind == "district"} == {
        council.name for council in ca.councils() if council.kind == "county"
    }
    assert all(ca.council(other.council).name == other.council for other in OTHERS if other.council)
    assert len({other.code for other in OTHERS}) == len(OTHERS)


@given(councils(), councils(), st.sampled_from([" & ", " and ", "; ", " / ", "/", " + ", ", "]))
def test_several_councils_in_one_text_are_named_and_not_guessed(one: Council, other: Council, between: str) -> None:
    """A cell with two councils is ambiguous, and both are named."""
    if one is other or " and " in f"{one.name}{other.name}" or "," in f"{one.name}{other.name}":
        return
    with pytest.raises(AmbiguousCouncilError, match="names several councils") as raised:
        ca.council(f"{one.name}{between}{other.name}")
    assert raised.value.suggestions == (one.name, other.name)


@given(councils(), st.integers(1, 8))
def test_a_slip_in_a_code_is_suggested_and_not_guessed(council: Council, at: int) -> None:
    """A digit is missing."""
    with pytest.raises(UnknownCouncilError, match="a letter and eight digits") as raised:
        ca.council(council.code[:at] + council.code[at + 1 :])
    assert f"{council.name} ({council.code})" in raised.value.suggestions


@pytest.mark.parametrize(
    ("name", "at", "code"),
    [
        ("Poole", "2016", "E06000029"),
        ("E06000029", "2016-05-01", "E06000029"),
        ("811-Poole UA", "2019-03-31", "E06000029"),
        ("Poole", "2019-04-01", "E06000058"),
        ("E06000029", "2022", "E06000058"),
        ("Bournemouth UA", 2018, "E06000028"),
        ("Dorset", "2016", "E10000009"),
        ("Dorset County Council", "2016", "E10000009"),
        ("Dorset", "2020", "E06000059"),
        ("Cumbria", "2023-03-31", "E10000006"),
        ("Cumbria County Council", "2021", "E10000006"),
        ("Northamptonshire", "2021-03-31", "E10000021"),
        ("North Yorkshire", "2023-03-31", "E10000023"),
        ("North Yorkshire", "2023-04-01", "E06000065"),
        ("Somerset", "2022", "E10000027"),
        ("Somerset", "2024", "E06000066"),
        ("Buckinghamshire", "2019", "E10000002"),
        ("Bucks", "2024", "E06000060"),
        ("Surrey", "2027-03-31", "E10000030"),
        ("Camden", "1995", "E09000007"),
        ("Barnsley", "2016", "E08000038"),
    ],
)
def test_a_name_means_the_council_of_its_day(name: str, at: str | int, code: str) -> None:
    """A result of 2016 for Poole is Poole's."""
    assert ca.council(name, at=at).code == code


@pytest.mark.parametrize(
    ("name", "at", "said"),
    [
        ("East Surrey", None, "begins on 1 April 2027; until then its area is part of Surrey"),
        ("West Surrey Council", "2026", "begins on 1 April 2027; until then"),
        ("East Surrey", "2027-04-01", "its ONS code is not known here"),
        ("Surrey", "2027-04-01", "ends on 31 March 2027; East Surrey and West Surrey take its place"),
        ("E10000030", "2028", "East Surrey and West Surrey"),
        ("Cumberland", "2021", "began on 1 April 2023"),
        ("BCP", "2016", "began on 1 April 2019"),
        ("Cumbria", "2024", "was divided between several councils after 31 March 2023"),
        ("Cumbria", None, "was divided"),
    ],
)
def test_what_has_not_begun_or_has_ended_is_told(name: str, at: str | None, said: str) -> None:
    """With the day, and the councils before or after."""
    with pytest.raises(NameLookupError, match=said):
        ca.council(name, at=at)


def test_an_assessment_is_of_the_council_of_its_day() -> None:
    """By its date; it comes back from a file as it was."""
    made = ca.Assessment.of("Poole", [3] * 9, assessed="2016-05")
    assert (made.council.name, made.council.code) == ("Poole", "E06000029")
    assert ca.Assessment.of("Poole", [3] * 9).council.code == "E06000058"


def test_an_assessment_of_a_former_council_is_read_back(tmp_path: Path) -> None:
    """Name and code agree on the day of the assessment."""
    made = ca.Assessment.of("Dorset", [3] * 9, assessed="2016-05")
    ca.write(made, tmp_path / "a.json")
    assert ca.read_assessment(tmp_path / "a.json").council == made.council


@pytest.mark.parametrize("old", register().former, ids=lambda old: old.code)
def test_former_councils_end_the_day_before_their_successors_begin(old: object) -> None:
    """Where it was not only recoded."""
    found = next(item for item in register().former if item is old)
    if found.council is None:
        assert (found.began, found.ended, found.region, len(found.successors)) == (None, None, "", 1)
        return
    assert found.began is not None
    assert found.ended is not None
    assert found.began < found.ended
    for code in found.successors:
        began = ca.council(code).began
        assert began is not None
        assert (began - found.ended).days == 1
        assert ca.council(found.code, at=found.ended) == found.council


@given(texts(max_size=30), st.sampled_from([None, "2016", "2026-01-01", "2027-04-01"]))
def test_a_match_never_raises_and_says_one_thing(text: str, at: str | None) -> None:
    """A council, or why there is none."""
    (line,) = ca.tables.match_councils([text], at).lines
    assert (line.council is None) is (line.how in ("ambiguous", "unknown", "blank"))
    assert (line.how == "blank") is (not text.strip())
    assert bool(line.problem) is (line.how in ("ambiguous", "unknown"))
    try:
        assert ca.council(text, at=at) == line.council
    except CareAssureError:
        assert line.council is None


@given(texts())
def test_forms_end_and_are_each_once(text: str) -> None:
    """However many titles there are."""
    found = list(forms(text))
    assert len(set(found)) == len(found)
    assert fold(text) in found


def test_titles_without_end_take_no_time() -> None:
    """Two hundred titles before a name and after it."""
    start = time.process_time()
    for most in (10, 200, 100_000):
        with pytest.raises(UnknownCouncilError):
            ca.council("city of " * most + "x" + " council" * most)
    assert time.process_time() - start < PATIENCE
