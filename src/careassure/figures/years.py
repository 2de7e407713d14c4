"""An indicator's values of two years, compared like for like."""

from __future__ import annotations

from collections.abc import Iterable

from careassure.catalogue.councils import register
from careassure.errors import IncomparableError, Problem, collecting
from careassure.figures.model import Indicator, Value
from careassure.figures.panel_members import FEW
from careassure.figures.panels import Panel, panel
from careassure.figures.peers import check_comparable
from careassure.model.arguments import checked_after
from careassure.model.numbers import Number
from careassure.model.text import join


@checked_after
def year_on_year(indicator: Indicator, before: Iterable[Value], after: Iterable[Value], *, few: Number = FEW) -> Panel:
    """Compare an indicator's values of two years, like for like, by the code of the area.

    Args:
        indicator: The indicator.
        before: The values of the first year.
        after: The values of the second.
        few: Below this many a percentage says little.

    Raises:
        IncomparableError: A value is of another measure or from before a break, or the years are not two in order.
        InvalidInputError: An area has two values in a year.
    """
    first, second = tuple(before), tuple(after)
    check_comparable(indicator, [*first, *second])
    years = [sorted({value.period for value in values}) for values in (first, second)]
    for mine in years:
        if len(mine) > 1:
            raise IncomparableError(
                f"values of {join(mine)} are given together", hint="Give one year before and one after"
            )
    if all(years) and years[0][0] >= years[1][0]:
        raise IncomparableError(f"{years[0][0]} is not before {years[1][0]}", hint="Give the older values first")
    maps = [_by_area(values) for values in (first, second)]
    told = [
        f"Challenged: {value.label}, {value.period}, by {value.challenged_by}: {value.challenge.rstrip('.')}."
        for value in (*first, *second)
        if value.challenge
    ]
    warning = " ".join([*told, indicator.warning]).strip()
    return panel(maps[0], maps[1], additive=indicator.additive, few=few, warning=warning)


def _by_area(values: Iterable[Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    with collecting("the values") as problems:
        for value in values:
            council = value.council or register().area(value.area)
            code = council.code if council else value.area
            if code in found:
                problems.append(Problem(code, f"it has two values for {value.period}", "Keep one"))
            found[code] = value
    return found
