"""Applications for deprivation of liberty in England: printed stocks that do not follow from printed flows.

https://parallelparliament.co.uk/question/16208/deprivation-of-liberty-safeguards
"""

from __future__ import annotations

import pytest

from careassure.figures.stocks import Stock, stock
from careassure.model.rounding import decimal

OPEN = {
    "2015-16": 101_740,
    "2016-17": 108_545,
    "2017-18": 125_630,
    "2018-19": 131_350,
    "2019-20": 129_780,
    "2020-21": 119_740,
    "2021-22": 124_145,
    "2022-23": 126_100,
    "2023-24": 123_790,
}
FLOWS = {
    "2016-17": (217_235, 151_970),
    "2017-18": (227_400, 181_785),
    "2018-19": (240_455, 216_005),
    "2019-20": (263_940, 243_300),
    "2020-21": (256_610, 246_025),
    "2021-22": (270_650, 254_215),
    "2022-23": (300_765, 289_150),
    "2023-24": (332_455, 323_870),
}


def year(before: str | None, after: str) -> Stock:
    """The stock of a year, which begins with what was open at the end of the year before."""
    received, completed = FLOWS[after]
    opening = None if before is None else OPEN[before]
    return stock(opening=opening, received=received, completed=completed, closing=OPEN[after], rounded_to=5)


def test_the_implied_opening_is_not_the_printed_one() -> None:
    """The figures of 2023-24 imply 115,205 open at the start; 126,100 were printed, so 10,895 are unexplained."""
    found = year("2022-23", "2023-24")
    assert found.implied_opening == 115_205
    assert found.unexplained == -10_895
    assert found.reconciles is False
    assert "10,895 fewer are, and nothing in the figures explains it. Rounding to 5 explains at most 10." in str(found)


@pytest.mark.parametrize(
    ("before", "after", "unexplained"),
    [
        ("2015-16", "2016-17", -58_460),
        ("2016-17", "2017-18", -28_530),
        ("2017-18", "2018-19", -18_730),
        ("2018-19", "2019-20", -22_210),
        ("2019-20", "2020-21", -20_625),
        ("2020-21", "2021-22", -12_030),
        ("2021-22", "2022-23", -9_660),
        ("2022-23", "2023-24", -10_895),
    ],
)
def test_no_year_reconciles(before: str, after: str, unexplained: int) -> None:
    """In each year fewer are open than the printed figures imply."""
    found = year(before, after)
    assert found.unexplained == unexplained
    assert found.reconciles is False


def test_months_of_work() -> None:
    """What was open at the end of 2023-24 is 4.6 months of work at the year's rate."""
    months = year(None, "2023-24").months_of_work
    assert months is not None
    assert decimal(months, 1) == "4.6"
