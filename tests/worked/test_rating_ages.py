"""How old ratings are: what CQC and the Homecare Association printed, and the assessments that ship.

https://gl-cqc.axis12.com/node/10533
https://www.homecareassociation.org.uk/resource/cqc-s-homecare-regulation-deteriorates-further-as-inspection-backlog-grows.html
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

import careassure as ca
from careassure.figures.rating_ages import NEVER, ages
from careassure.model.rounding import decimal

AT = dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("without", "total", "share"), [(8_717, 42_437, "20.5"), (2_879, 12_574, "22.9"), (4_727, 14_137, "33.4")]
)
def test_printed_shares_follow_from_printed_counts(without: int, total: int, share: str) -> None:
    """Of all services 20.5 % had no current rating; of community services 22.9 % and a year later 33.4 %."""
    names = [f"without-{n}" for n in range(without)]
    found = ages({**dict.fromkeys(names, NEVER), **{str(n): None for n in range(total - without)}}, AT)
    assert found.never_share == Fraction(without, total)
    assert decimal(100 * Fraction(without, total), 1) == share


def test_the_printed_parts_make_the_printed_sum() -> None:
    """33.5 % never rated and 36.8 % rated four or more years ago make the printed 70.3 %."""
    assert Fraction("33.5") + Fraction("36.8") == Fraction("70.3")


def test_the_assessments_that_ship() -> None:
    """Every shipped assessment has a date, most of them a month, and so the ages are spans."""
    dates = {item.id: item.published for item in ca.published() if not item.withdrawn}
    found = ages(dates, AT, [1, 2])
    assert found.dated == len(dates) == 123
    assert found.median is not None
    assert found.median.low < found.median.high
    assert sum(band.least for band in found.bands) <= len(dates) <= sum(band.most for band in found.bands)
    assert found.oldest is not None
    assert found.oldest.low == (AT - dt.date(2023, 11, 17)).days
