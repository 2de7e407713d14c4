"""Approved mental health professionals, 2016 to 2017: a panel of which only the totals are published.

https://www.communitycare.co.uk/2018/02/14/approved-mental-health-professional-numbers-continue-decline-community-care-finds/
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from careassure.errors import InvalidInputError
from careassure.figures.panels import Panel
from careassure.model.rounding import decimal

AMHPS = Panel.from_totals(both=91, up=32, down=42, unchanged=17, before=2174, after=2120, replied=102, asked=152)


def test_the_counts_add_up() -> None:
    """32 up, 42 down and 17 unchanged are the 91 that gave both numbers; 18 unchanged would be refused."""
    assert AMHPS.ways is not None
    assert sum(AMHPS.ways) == AMHPS.both == 91
    with pytest.raises(InvalidInputError, match="are 92, not 91"):
        Panel.from_totals(both=91, up=32, down=42, unchanged=18)


def test_the_printed_fall_follows_from_the_totals() -> None:
    """From 2,174 to 2,120 is a fall of 54, the 2.5 % that was printed."""
    assert AMHPS.change == -54
    assert AMHPS.percent is not None
    assert decimal(AMHPS.percent, 1) == "-2.5"


def test_who_stands_behind_it() -> None:
    """102 of 152 replied, and 91 of 152 stand behind the result."""
    assert AMHPS.reply_rate == Fraction(102, 152)
    assert AMHPS.use_rate == Fraction(91, 152)


def test_what_cannot_be_checked_is_said() -> None:
    """Without the single councils' numbers four things cannot be checked, and the words say so."""
    assert len(AMHPS.unchecked) == 4
    assert all(gap in AMHPS.words for gap in AMHPS.unchecked)
    assert AMHPS.median_change is None
