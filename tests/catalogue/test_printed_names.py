"""The names that councils print on their own letters and regulators on their reports."""

from __future__ import annotations

import pytest

import careassure as ca
from careassure.model.text import fold

# The full name as it is printed, where it differs from the everyday name by a word in front, after, or both.
BOROUGH_COUNCILS = """
    Hartlepool, Middlesbrough, Redcar and Cleveland, Stockton-on-Tees, Darlington, Halton, Warrington,
    Blackburn with Darwen, Telford & Wrekin, Swindon, Luton, Thurrock, Slough, Wokingham, Bedford, Reading, St Helens,
    Dudley, Bury, Oldham, Rochdale, Sefton, Knowsley, Trafford, Calderdale, Gateshead
"""
METROPOLITAN = """
    Bolton, Bury, Oldham, Stockport, Tameside, Wigan, Knowsley, St. Helens, Sefton, Wirral, Barnsley, Rotherham, Dudley,
    Sandwell, Solihull, Walsall, Calderdale, Rochdale, Trafford
"""
CITY_COUNCILS = """
    Hull, Kingston upon Hull, Derby, Leicester, Nottingham, Stoke-on-Trent, Bristol, Plymouth, Peterborough,
    Southend-on-Sea, Milton Keynes, Portsmouth, Southampton, Brighton & Hove, Manchester, Salford, Liverpool, Sheffield,
    Newcastle, Newcastle upon Tyne, Sunderland, Birmingham, Coventry, Leeds, Westminster, York
"""
COUNTY_COUNCILS = """
    Cambridgeshire, Derbyshire, Devon, East Sussex, Essex, Gloucestershire, Hampshire, Hertfordshire, Kent, Lancashire,
    Leicestershire, Lincolnshire, Norfolk, Nottinghamshire, Oxfordshire, Staffordshire, Suffolk, Surrey, Warwickshire,
    West Sussex, Worcestershire, Durham, Northumberland, Rutland
"""
COUNCILS = """
    Blackpool, East Riding of Yorkshire, North East Lincolnshire, North Lincolnshire, Herefordshire,
    Bath & North East Somerset, North Somerset, South Gloucestershire, Torbay, Medway, Bracknell Forest, West Berkshire,
    Isle of Wight, Cheshire East, Cheshire West and Chester, Shropshire, Cornwall, Wiltshire, Central Bedfordshire,
    Bournemouth Christchurch and Poole, Dorset, Buckinghamshire, North Northamptonshire, West Northamptonshire,
    Cumberland, Westmorland and Furness, North Yorkshire, Somerset, Kirklees, North Tyneside, South Tyneside, Wakefield
"""
LONDON_BOROUGHS = """
    Barking & Dagenham, Barnet, Bexley, Brent, Bromley, Camden, Croydon, Ealing, Enfield, Hackney,
    Hammersmith & Fulham, Haringey, Harrow, Havering, Hillingdon, Hounslow, Islington, Lambeth, Lewisham, Merton,
    Newham, Redbridge, Richmond upon Thames, Southwark, Sutton, Tower Hamlets, Waltham Forest, Wandsworth
"""
ROYAL_BOROUGHS = "Greenwich, Kensington and Chelsea, Kingston upon Thames, Windsor and Maidenhead"
CITIES_OF = "Bradford, Wakefield, Wolverhampton, Doncaster, York, Westminster, London, Lincoln"
OTHERS = {
    "Council of the Isles of Scilly": "Isles of Scilly",
    "The Council of the Isles of Scilly": "Isles of Scilly",
    "City of London Corporation": "City of London",
    "The City of London": "City of London",
    "Metropolitan Borough of Wirral": "Wirral",
    "City of Doncaster Council": "Doncaster",
    "City of York Council": "York",
    "City of Wolverhampton Council": "Wolverhampton",
    "City of Bradford Metropolitan District Council": "Bradford",
    "Bradford Metropolitan District Council": "Bradford",
    "Wakefield Metropolitan District Council": "Wakefield",
    "Rutland County Council District Council": "Rutland",
    "Herefordshire, County of": "Herefordshire",
    "Bristol, City of": "Bristol",
    "Kingston upon Hull, City of": "Kingston upon Hull",
    "St. Helens": "St Helens",
    "Bournemouth, Christchurch and Poole Council": "Bournemouth, Christchurch and Poole",
    "BCP Council": "Bournemouth, Christchurch and Poole",
    "Borough of Telford and Wrekin": "Telford and Wrekin",
    "County Durham": "County Durham",
    "The London Borough of Hackney Council": "Hackney",
    "Wigan MBC": "Wigan",
    "Essex CC": "Essex",
    "LB Camden": "Camden",
    "Norfolk County Council ": "Norfolk",
}


def names(block: str, form: str) -> list[tuple[str, str]]:
    """Pairs of the printed and the plain name, from a block of names and the form in which they are printed."""
    return [(form.format(name.strip()), name.strip()) for name in block.split(",")]


PRINTED = [
    *names(BOROUGH_COUNCILS, "{} Borough Council"),
    *names(METROPOLITAN, "{} Metropolitan Borough Council"),
    *names(CITY_COUNCILS, "{} City Council"),
    *names(COUNTY_COUNCILS, "{} County Council"),
    *names(COUNCILS, "{} Council"),
    *names(LONDON_BOROUGHS, "London Borough of {}"),
    *names(ROYAL_BOROUGHS, "Royal Borough of {}"),
    *(pair for pair in names(CITIES_OF, "City of {}") if pair[1] not in ("London", "Lincoln")),
]


@pytest.mark.parametrize(("printed", "plain"), PRINTED)
def test_printed_names_are_the_council(printed: str, plain: str) -> None:
    """A council is found by the name that is printed on its own letters, as by its everyday name."""
    found = ca.council(printed)
    assert found == ca.council(plain)
    assert fold(plain) in {fold(name) for name in (found.name, *found.aliases)}


@pytest.mark.parametrize(("printed", "name"), OTHERS.items())
def test_names_with_more_than_one_title(printed: str, name: str) -> None:
    """Names with several titles, titles after a comma and short forms are the council that they are of."""
    assert ca.council(printed).name == name


def test_every_council_is_among_the_printed_names() -> None:
    """The printed names of this file name all 153 councils."""
    named = {ca.council(printed).code for printed, _ in PRINTED} | {ca.council(printed).code for printed in OTHERS}
    assert named == {council.code for council in ca.councils()}


@pytest.mark.parametrize(
    "printed", ["City of Lincoln Council", "Oxford City Council", "Cardiff Council", "Kent Police"]
)
def test_bodies_without_the_duty_are_no_council(printed: str) -> None:
    """Districts, councils of other nations and other bodies are not taken for a council of a similar name."""
    with pytest.raises(LookupError):
        ca.council(printed)
