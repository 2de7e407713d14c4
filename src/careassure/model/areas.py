"""Areas that are not councils with adult social care duties, by the codes and names that stand in the same columns.

The first three signs of a code of the Office for National Statistics say what kind of area it is; see its Register of
Geographic Codes, https://geoportal.statistics.gov.uk/.
"""

from __future__ import annotations

import re
from typing import Final

from careassure.model.text import fold

REGIONS: Final[dict[str, str]] = {
    "E12000001": "North East",
    "E12000002": "North West",
    "E12000003": "Yorkshire and The Humber",
    "E12000004": "East Midlands",
    "E12000005": "West Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
}
"""The regions of England by their codes."""

_COUNTRIES: Final[dict[str, str]] = {
    "E92000001": "England",
    "W92000004": "Wales",
    "S92000003": "Scotland",
    "N92000002": "Northern Ireland",
    "K02000001": "the United Kingdom",
    "K03000001": "Great Britain",
    "K04000001": "England and Wales",
}
_KINDS: Final[dict[str, str]] = {
    "E05": "a ward",
    "E07": "a district, whose county council has the adult social care duties",
    "E11": "a metropolitan county, without a council of its own",
    "E13": "a part of London",
    "E18": "a former strategic health authority of the NHS",
    "E26": "a national park",
    "E38": "a part of an integrated care board of the NHS",
    "E39": "a sub-region of the NHS",
    "E40": "a region of the NHS",
    "E45": "a centre of Public Health England",
    "E47": "a combined authority",
    "E54": "an integrated care board of the NHS",
    "W06": "a council of Wales",
    "S12": "a council of Scotland",
    "N09": "a council of Northern Ireland",
}
_BOARD = re.compile(r"Q[A-Z0-9]{2}", re.IGNORECASE)
_BOARD_NAME = re.compile(r"\b(?:icb|integrated care board|icp|integrated care system|nhs|ccg)\b")
_DIGITS = re.compile(r"[0-9]{3}")
SUMS: Final = frozenset({
    "total", "totals", "subtotal", "subtotals", "sum", "average", "averages", "mean", "median", "minimum", "maximum",
})  # fmt: skip
"""No council's name begins or ends with one of these."""
_TOTALS: Final = frozenset({"all", "all councils", "all england", "national"})
_COUNTRY_NAMES: Final = {
    "england": "England",
    "eng": "England",
    "uk": "the United Kingdom",
    "united kingdom": "the United Kingdom",
}
_NAMES: Final[dict[str, str]] = {fold(name): f"a region of England ({name})" for name in REGIONS.values()} | {
    "yorkshire and humber": "a region of England (Yorkshire and The Humber)",
    "yorkshire and the humber region": "a region of England (Yorkshire and The Humber)",
    "eastern": "a region of England (East of England)",
    "east": "a region of England (East of England)",
    "greater london": "a region of England (London)",
    "inner london": "a part of London",
    "outer london": "a part of London",
    "greater manchester": "a combined authority",
    "west midlands combined authority": "a combined authority",
    **dict.fromkeys(
        ("tyne and wear", "merseyside", "south yorkshire", "west yorkshire"),
        "a metropolitan county, without a council of its own",
    ),
    **dict.fromkeys(("avon", "cleveland", "humberside"), "a former county, which several councils share"),
    "wales": "Wales",
    "scotland": "Scotland",
    "northern ireland": "Northern Ireland",
    "great britain": "Great Britain",
}


def area_of_code(code: str) -> str:
    """What a code of the Office for National Statistics stands for that is no council's; empty where not known.

    >>> area_of_code("E92000001"), area_of_code("E12000007"), area_of_code("E07000178")[:10]
    ('England', 'a region of England (London)', 'a district')
    """
    if code in REGIONS:
        return f"a region of England ({REGIONS[code]})"
    return _COUNTRIES.get(code) or _KINDS.get(code[:3], "")


def area_of_name(name: str) -> str:
    """What a name stands for that is no council's, such as a region or a total; empty where not known.

    >>> area_of_name("ENGLAND"), area_of_name("South East"), area_of_name("Grand Total"), area_of_name("QKK")
    ('England', 'a region of England (South East)', 'a total or an average', 'an integrated care board of the NHS')
    """
    word = fold(name)
    words = word.split()
    if word in _TOTALS or (words and (words[0] in SUMS or words[-1] in SUMS)):
        return "a total or an average"
    if _BOARD.fullmatch(name.strip()) or _BOARD_NAME.search(word):
        return "an integrated care board of the NHS" if "nhs" not in word.split() else "a body of the NHS"
    if _DIGITS.fullmatch(name.strip()):
        return "a number that means one council in the list of the Department for Education and another in the NHS's"
    return _COUNTRY_NAMES.get(word) or _NAMES.get(word) or _NAMES.get(word.removesuffix(" region"), "")
