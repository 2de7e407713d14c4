"""Which numbers of a table are left out so that no small one can be worked out from the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from careassure.privacy.disclosure.circulation import Arc, Circulation

if TYPE_CHECKING:
    from careassure.privacy.disclosure.rules import Rules
    from careassure.privacy.disclosure.suppression import CountTable

Place = tuple[int, int]
"""A row and a column; one beyond the last stands for the total."""

Span = tuple[int, int | None]
"""The least and the most that a number can be; None where it has no upper end."""


def places(height: int, width: int) -> list[Place]:
    """Every place of a table with its totals, in the order of the arcs of its network."""
    return [(row, column) for row in range(height + 1) for column in range(width + 1)]


def network(height: int, width: int, spans: Mapping[Place, Span]) -> Circulation:
    """The network of a table; a place without a span is not shown and can be anything.

    Its nodes are the rows, the columns, one from which all rows come and one to which all columns go.
    """
    source, sink = height + width, height + width + 1
    inner = [[Arc(row, height + column) for column in range(width)] for row in range(height)]
    arcs = [arc for row, cells in enumerate(inner) for arc in (*cells, Arc(source, row))]
    arcs += [*(Arc(height + column, sink) for column in range(width)), Arc(sink, source)]
    bounds = [spans.get(place, (0, None)) for place in places(height, width)]
    low = [span[0] for span in bounds]
    return Circulation(height + width + 2, arcs, low, [span[1] for span in bounds], list(low))


def hidden_places(table: CountTable, rules: Rules) -> frozenset[Place]:
    """The places whose numbers are left out: the small ones and, with secondary suppression, more.

    Each number that is left out must be able to be another one, whatever else is shown: a unit can be sent round a
    cycle of numbers that are not shown, or shown so roughly that the unit does not tell. Where there is no such cycle
    the cheapest is made, by leaving out what else stands on it. That is asked twice: of a reader who was told which
    marks stand for small numbers, as far as that reader can be kept from knowing, and of one who was not, always.
    """
    values = _values(table)
    printed = [place for place in values if _is_printed(table, place)]
    hidden = {place for place in printed if rules.hides(values[place])}
    if not rules.secondary or not hidden:
        return frozenset(hidden)
    order = _order(table, printed, values)
    prices = _prices(table, order, values)
    spans: dict[Place, Span] = {place: rules.behind(rules.shown(values[place])) for place in printed}
    open_spans: dict[Place, Span] = dict.fromkeys(hidden, (0, None))
    told = _net(table, values, {**spans, **dict.fromkeys(hidden, rules.small)})
    untold = _net(table, values, {**spans, **open_spans})
    every = list(values)
    index = {place: at for at, place in enumerate(every)}

    def price(net: Circulation, arc: int, sign: int) -> int | None:
        where = every[arc]
        if net.has_room(arc, sign):
            return 0
        if where in hidden or where not in prices or (sign < 0 and values[where] == 0):
            return None
        return prices[where]

    waiting = [(net, place) for net in (told, untold) for place in order if place in hidden]
    for net, place in waiting:
        cycle = net.cheapest(index[place], partial(price, net)) or (0, [])
        new = {every[arc] for arc, sign in cycle[1] if not net.has_room(arc, sign)}
        hidden |= new
        for each in (told, untold):
            for found in new:
                each.low[index[found]], each.high[index[found]] = 0, None
            waiting += [(each, found) for found in order if found in new]
    return frozenset(hidden)


def _values(table: CountTable) -> dict[Place, int]:
    """The number of every place, totals too, in the order of `places`."""
    rows = [[*row, total] for row, total in zip(table.counts, table.row_totals, strict=True)]
    rows.append([*table.column_totals, table.total])
    return {(row, column): rows[row][column] for row, column in places(len(table.rows), len(table.columns))}


def _is_printed(table: CountTable, place: Place) -> bool:
    """Whether a place is in the table as it is shown: a total that only repeats a count is not."""
    height, width = len(table.rows), len(table.columns)
    by_row = place[1] < width or (table.totals and width > 1)
    by_column = place[0] < height or (table.totals and height > 1)
    return by_row and by_column


def _net(table: CountTable, values: Mapping[Place, int], spans: Mapping[Place, Span]) -> Circulation:
    found = network(len(table.rows), len(table.columns), spans)
    found.flow = list(values.values())
    return found


def _is_total(table: CountTable, place: Place) -> bool:
    return place[0] == len(table.rows) or place[1] == len(table.columns)


def _order(table: CountTable, printed: Sequence[Place], values: Mapping[Place, int]) -> list[Place]:
    """Places from those that are best left out to those that are worst: counts, zeros, totals; small ones first."""
    rows, columns = [*table.rows, ""], [*table.columns, ""]
    return sorted(
        printed,
        key=lambda at: (_is_total(table, at), values[at] == 0, values[at], rows[at[0]], columns[at[1]]),
    )


def _prices(table: CountTable, order: Sequence[Place], values: Mapping[Place, int]) -> dict[Place, int]:
    """What it costs to leave out each place: its count and one, so that few and small ones go.

    A zero costs more than all counts that are none, since it is often known beforehand, and a total more than all that
    is none. A bit of its own in the end of each price makes the sums of any two sets differ, so that the cheapest set
    is one set and does not depend on the order of rows and columns.
    """
    plain = table.total + len(order) + 1
    rank = {place: at for at, place in enumerate(order)}
    extra = {
        place: plain * (len(order) + 1) if _is_total(table, place) else plain if values[place] == 0 else 0
        for place in order
    }
    cost = {place: values[place] + 1 + extra[place] for place in order}
    return {place: (cost[place] << len(order)) + (1 << rank[place]) for place in order}
