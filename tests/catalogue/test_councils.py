"""The register of the 153 councils and how a name finds one."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.catalogue.councils import register
from careassure.errors import AmbiguousCouncilError, CareAssureError, UnknownCouncilError
from careassure.model.council import Council
from careassure.model.text import fold
from careassure.testing.strategies import councils, texts

FRONT = [
    "",
    "London Borough of ",
    "Royal Borough of ",
    "Metropolitan Borough of ",
    "City of ",
    "The ",
    "Council of the ",
]
BACK = ["", " Council", " County Council", " City Council", " Borough Council", " Metropolitan Borough Council", " MBC"]
FORMER = register().former
PREFIXES = {"unitary": "E06", "isles_of_scilly": "E06", "metropolitan_borough": "E08", "county": "E10"}


def accented(text: str) -> str:
    """The text with an accent on each vowel, in one character where Unicode has one."""
    return unicodedata.normalize("NFC", "".join(c + "\u0301" if c in "aeiouAEIOU" else c for c in text))


def test_there_are_153_councils_of_their_kinds() -> None:
    """The councils with adult social care duties are 153, in the numbers of each kind that England has."""
    assert Counter(council.kind for council in ca.councils()) == {
        "county": 21,
        "unitary": 62,
        "isles_of_scilly": 1,
        "metropolitan_borough": 36,
        "london_borough": 32,
        "city_of_london": 1,
    }
    assert len(ca.councils()) == 153


def test_regions_have_their_councils() -> None:
    """The nine regions of England have the numbers of councils that they have."""
    assert Counter(council.region for council in ca.councils()) == {
        "London": 33,
        "South East": 19,
        "North West": 24,
        "West Midlands": 14,
        "South West": 15,
        "Yorkshire and The Humber": 15,
        "North East": 12,
        "East of England": 11,
        "East Midlands": 10,
    }


def test_codes_and_names_are_unique() -> None:
    """No code and no name or alias, however it is written, stands for two councils."""
    codes = [council.code for council in ca.councils()] + [old.code for old in FORMER]
    assert len(set(codes)) == len(codes)
    owners: dict[str, set[str]] = {}
    for council in ca.councils():
        for name in (council.name, *council.aliases):
            owners.setdefault(fold(name), set()).add(council.code)
    assert [name for name, codes in owners.items() if len(codes) > 1] == []


@pytest.mark.parametrize("council", [*ca.councils(), *FORMER], ids=lambda council: f"{council.code}")
def test_rows_say_where_they_are_from(council: Council) -> None:
    """Each row has a code of its kind, a name, a source, a licence and how sure it is."""
    assert council.name == council.name.strip()
    assert council.source
    assert council.licence == "OGL-UK-3.0"
    assert council.confidence == "official"
    if isinstance(council, Council):
        assert council.code.startswith(PREFIXES.get(council.kind, "E09"))


@given(councils(), st.data())
def test_every_name_and_alias_is_found_as_it_may_be_written(council: Council, data: st.DataObject) -> None:
    """A council is found by its name or any alias in any case, with accents, and with "&" for "and"."""
    name = data.draw(st.sampled_from([council.name, *council.aliases]))
    for written in (name, name.upper(), name.swapcase(), accented(name), name.replace(" and ", " & "), f" {name}. "):
        assert ca.council(written) is council


@given(councils(), st.sampled_from(FRONT), st.sampled_from(BACK))
def test_titles_do_not_matter(council: Council, front: str, back: str) -> None:
    """A council is found by its name with any title before or after it."""
    if (council.name, back) == ("Dorset", " County Council"):
        return  # that council has ended, and was divided
    assert ca.council(f"{front}{council.name}{back}") is council


@given(councils(), st.sampled_from([str.upper, str.lower]), st.sampled_from(["", " "]))
def test_codes_are_found_in_any_case(council: Council, case: Callable[[str], str], space: str) -> None:
    """A council is found by its code of the Office for National Statistics, in either case."""
    assert ca.council(space + case(council.code)) is council


@pytest.mark.parametrize("old", FORMER, ids=lambda old: old.code)
def test_old_codes_lead_to_the_successors(old: object) -> None:
    """A code that is no longer in use finds the one successor, or names them all where there were several."""
    found = next(item for item in FORMER if item is old)
    successors = [ca.council(code) for code in found.successors]
    assert all(found.code in council.predecessors for council in successors)
    if len(successors) == 1:
        assert ca.council(found.code) is successors[0]
        assert ca.council(found.code.lower()) is successors[0]
    else:
        with pytest.raises(AmbiguousCouncilError, match="was divided between several councils") as raised:
            ca.council(found.code)
        assert raised.value.suggestions == tuple(council.name for council in successors)


def test_predecessors_are_former_codes() -> None:
    """The codes that a council had before are exactly the former codes that name it as successor."""
    for council in ca.councils():
        assert council.predecessors == tuple(old.code for old in FORMER if council.code in old.successors)


@pytest.mark.parametrize(
    ("name", "successors"),
    [
        ("Cumbria", ("Cumberland", "Westmorland and Furness")),
        ("Cumbria County Council", ("Cumberland", "Westmorland and Furness")),
        ("NORTHAMPTONSHIRE", ("North Northamptonshire", "West Northamptonshire")),
        ("E10000006", ("Cumberland", "Westmorland and Furness")),
        ("Dorset County", ("Dorset", "Bournemouth, Christchurch and Poole")),
    ],
)
def test_divided_councils_are_not_guessed(name: str, successors: tuple[str, ...]) -> None:
    """The name or code of a council that was divided is refused with the councils that took its place."""
    with pytest.raises(AmbiguousCouncilError) as raised:
        ca.council(name)
    assert raised.value.suggestions == successors
    assert isinstance(raised.value, LookupError)


@pytest.mark.parametrize(
    ("name", "found"),
    [("Bournemouth", "E06000058"), ("Poole Borough Council", "E06000058"), ("E08000016", "E08000038")],
)
def test_councils_that_were_merged_or_recoded_are_found(name: str, found: str) -> None:
    """The name or code of a council that was merged or recoded finds the council that took its place."""
    assert ca.council(name).code == found


@pytest.mark.parametrize(
    ("name", "suggestions"),
    [
        ("Sussex", ("East Sussex", "West Sussex")),
        ("Kingston", ("Kingston upon Hull", "Kingston upon Thames")),
        ("Tyneside Council", ("North Tyneside", "South Tyneside")),
        ("Yorkshire", ("East Riding of Yorkshire", "North Yorkshire")),
    ],
)
def test_part_of_several_names_is_not_guessed(name: str, suggestions: tuple[str, ...]) -> None:
    """A word that stands in the names of several councils is refused with all of them."""
    with pytest.raises(AmbiguousCouncilError, match="could be several councils") as raised:
        ca.council(name)
    assert raised.value.suggestions == suggestions


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("Camdem", "Camden"),
        ("Leister", "Leicester"),
        ("Hertforshire County Council", "Hertfordshire"),
        ("Riding", "East"),
    ],
)
def test_misspelt_names_are_refused_with_the_nearest(name: str, suggestion: str) -> None:
    """A misspelt name is refused, and the nearest council is suggested first."""
    with pytest.raises(UnknownCouncilError) as raised:
        ca.council(name)
    assert raised.value.suggestions[0].startswith(suggestion)
    assert "Did you mean" in raised.value.hint


@pytest.mark.parametrize("code", ["E06000099", "W06000015", "S12000033", "E07000008", "E10000099"])
def test_codes_of_others_are_refused(code: str) -> None:
    """A code of another nation, of a district or of nothing is refused."""
    with pytest.raises(UnknownCouncilError, match=f"{code} is not a code of a council"):
        ca.council(code)


@given(texts(max_size=12))
def test_any_name_is_a_council_or_refused_by_our_error(name: str) -> None:
    """Whatever is looked up is a council or refused by the library's own error, and suggestions work."""
    try:
        found = ca.council(name)
    except CareAssureError as error:
        suggestions = getattr(error, "suggestions", ())
        assert all(isinstance(ca.council(suggestion), Council) for suggestion in suggestions)
    else:
        assert found in ca.councils()
