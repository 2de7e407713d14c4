"""How long people waited: the whole distribution and not only its mean, for all and by group.

Everything is exact. Under rules of disclosure control a result holds nothing of what is behind a mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import median

from attrs import frozen

from careassure.errors import InvalidInputError, Problem, collecting
from careassure.model.arguments import checked_after, explained
from careassure.model.ids import shown
from careassure.model.numbers import Number, exact
from careassure.model.rounding import apply_rounding, decimal
from careassure.model.shorthand import CONFIDENTIAL, Suppressed
from careassure.model.showing import short_repr
from careassure.model.text import plural
from careassure.privacy.disclosure.rules import Rules
from careassure.privacy.disclosure.suppression import Cell, CountTable, suppress

_NOT_SAID = "(not said)"
_ALL = "All"
_NOT_KNOWN = "not known"

Summary = Fraction | Suppressed | None
"""A number of a distribution: exact, left out as confidential, or None where nobody's wait is known."""


@explained
@frozen
class GroupWaits:
    """How long the people of a group waited.

    Args:
        name: The group; ``All`` for everyone.
        people: How many they are.
        known: Of how many the wait is known.
        unknown: Of how many it is not.
        bands: How many waited up to the first limit, over it and up to the second, and so on to over the last.
        mean: The mean of the known waits. Under rules of disclosure control it has one decimal place.
        median: Their median; likewise.
        longest: The longest. Under rules it is left out unless more people share it than the rules hide.
    """

    name: str
    people: Cell
    known: Cell
    unknown: Cell
    bands: tuple[Cell, ...]
    mean: Summary
    median: Summary
    longest: Summary

    __repr__ = short_repr

    @property
    def over(self) -> tuple[Cell, ...]:
        """How many waited over each limit, in their order; a mark where a band of them is left out."""
        return tuple(_total(self.bands[at:]) for at in range(1, len(self.bands)))

    @property
    def shares(self) -> tuple[Fraction | None, ...]:
        """The share of the known waits that is over each limit, from 0 to 1; None where it cannot be said."""
        return tuple(
            Fraction(count, self.known) if isinstance(count, int) and isinstance(self.known, int) and self.known
            else None
            for count in self.over
        )  # fmt: skip

    @property
    def bounds(self) -> tuple[tuple[Fraction, Fraction] | None, ...]:
        """The share of all people that is over each limit, if none and if all of the unknown waits are.

        From 0 to 1; None where it cannot be said. All people are the known and the unknown together here, not `people`:
        rounded numbers need not add up to it, and a share could come out above 1.
        """
        everyone = _total((self.known, self.unknown))
        return tuple(
            (Fraction(count, everyone), Fraction(count + self.unknown, everyone))
            if isinstance(count, int) and isinstance(everyone, int) and isinstance(self.unknown, int) and everyone
            else None
            for count in self.over
        )


def _total(cells: Sequence[Cell]) -> Cell:
    numbers = [cell for cell in cells if isinstance(cell, int)]
    return sum(numbers) if len(numbers) == len(cells) else CONFIDENTIAL


@explained
@frozen
class WaitingTimes:
    """How long people waited, by group.

    Args:
        groups: Each group, in the order in which it is first named; empty where there are none.
        everyone: All of them together.
        limits: The limits that are looked at, rising.
        unit: What waits are counted in, such as ``days``.
        rules: The rules by which small numbers were left out; None where every number is exact.
    """

    groups: tuple[GroupWaits, ...]
    everyone: GroupWaits
    limits: tuple[Fraction, ...] = ()
    unit: str = "days"
    rules: Rules | None = None

    __repr__ = short_repr

    @property
    def parts(self) -> tuple[GroupWaits, ...]:
        """The groups, and all of them together last."""
        return (*self.groups, self.everyone)

    @property
    def band_names(self) -> tuple[str, ...]:
        """What the bands are called."""
        return _band_names(self.limits)

    @property
    def words(self) -> str:
        """The waits in sentences, a line for each group and the last for all; what was left out is said."""
        return "\n".join([*(f"{part.name}: {' '.join(self._said(part))}" for part in self.parts), *self.notes])

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out and why, and how numbers are rounded, a text each."""
        lines: list[str] = []
        if self.rules is not None and self.rules.threshold:
            lines.append(
                f"[c] hides a number of people from 1 to {self.rules.threshold}, or what it could be worked out from. "
                "It also stands for what is true of so few people alone."
            )
        if self.rules is not None and self.rules.round_to > 1:
            lines.append(
                f"Numbers of people are rounded to {self.rules.round_to}. "
                "What is added up from them can be a little off."
            )
        return tuple(lines)

    def __str__(self) -> str:
        return self.words

    def _said(self, part: GroupWaits) -> Iterator[str]:
        people = plural(part.people, "person", "people") if isinstance(part.people, int) else f"{part.people} people"
        unknown = "" if part.unknown == 0 else f"; the wait of {_count(part.unknown)} is not known"
        yield f"{people}{unknown}."
        if part.mean is None:
            return
        numbers = (("mean", part.mean), ("median", part.median), ("longest", part.longest))
        yield f"In {self.unit}: {', '.join(f'{name} {_number(value)}' for name, value in numbers)}."
        for limit, count, share, bound in zip(self.limits, part.over, part.shares, part.bounds, strict=True):
            percent = "" if share is None else f" of {_count(part.known)} known ({decimal(100 * share, 1)} %)"
            yield f"Over {decimal(limit)} {self.unit}: {_count(count)}{percent}."
            if bound is not None and part.unknown != 0:
                low, high = (decimal(100 * each, 1) for each in bound)
                yield f"Of all people that is {low} to {high} %, by what the unknown waits were."

    def rows(self) -> list[dict[str, object]]:
        """A row for each group and one for all: counts, the numbers of the distribution, and shares over each limit.

        Shares are percentages. What is left out has its mark, and what cannot be said is None.
        """
        return [
            {
                "Group": part.name,
                "People": part.people,
                "Known": part.known,
                "Mean": part.mean,
                "Median": part.median,
                "Longest": part.longest,
                **dict(zip(self.band_names, part.bands, strict=True)),
                **{f"Over {decimal(limit)} %": None if share is None else 100 * share
                   for limit, share in zip(self.limits, part.shares, strict=True)},
            }
            for part in self.parts
        ]  # fmt: skip

    def to_dict(self) -> dict[str, object]:
        """All of it as plain values; exact numbers are text, such as ``773/10``, and marks such as ``[c]``."""
        return {
            "unit": self.unit,
            "limits": [str(limit) for limit in self.limits],
            "rules": None if self.rules is None else {"threshold": self.rules.threshold,
                                                      "round_to": self.rules.round_to},
            "groups": [self._plain(part) for part in self.groups],
            "all": self._plain(self.everyone),
            "words": self.words,
        }  # fmt: skip

    def _plain(self, part: GroupWaits) -> dict[str, object]:
        def text(number: Summary) -> str | None:
            return None if number is None else str(number)

        def cell(count: Cell) -> int | str:
            return count if isinstance(count, int) else str(count)

        return {
            "name": part.name,
            "people": cell(part.people),
            "known": cell(part.known),
            "unknown": cell(part.unknown),
            "mean": text(part.mean),
            "median": text(part.median),
            "longest": text(part.longest),
            "bands": {name: cell(count) for name, count in zip(self.band_names, part.bands, strict=True)},
            "over": [
                {
                    "limit": str(limit),
                    "count": cell(count),
                    "share_of_known": text(share),
                    "share_of_all": None if bound is None else [str(each) for each in bound],
                }
                for limit, count, share, bound in zip(self.limits, part.over, part.shares, part.bounds, strict=True)
            ],
        }


def _band_names(limits: Sequence[Fraction]) -> tuple[str, ...]:
    if not limits:
        return ("any",)
    between = [f"over {decimal(low)} to {decimal(high)}" for low, high in pairwise(limits)]
    return (f"to {decimal(limits[0])}", *between, f"over {decimal(limits[-1])}")


def _count(cell: Cell) -> str:
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _number(value: Summary) -> str:
    return f"{decimal(value, 1)}" if isinstance(value, Fraction) else str(value)


@checked_after
def waiting_times(
    waits: Iterable[Number | None],
    by: Iterable[str] | None = None,
    *,
    over: Number | Iterable[Number] = (),
    unit: str = "days",
    rules: Rules | None = None,
) -> WaitingTimes:
    """How long people waited: mean, median, longest and how many over a limit, for all and by group.

    >>> found = waiting_times([3, 10, 45, None], ["A", "A", "B", "B"], over=28)
    >>> found.everyone.mean, found.everyone.over, found.everyone.shares
    (Fraction(58, 3), (1,), (Fraction(1, 3),))

    Nothing here says why groups differ.

    Args:
        waits: The wait of each person; None where it is not known.
        by: The group of each person, in the same order; an empty text where it is not said. None: no groups.
        over: One limit or several. A wait of just the limit is not over it.
        unit: What waits are counted in.
        rules: Rules by which small numbers are left out; None leaves every number exact, which is not for publication.

    Raises:
        InvalidInputError: A wait is no exact number or below 0, groups are not as many as waits, or there is nobody;
            everything at once.
    """
    people = [*waits]
    names = None if by is None else [str(name).strip() or _NOT_SAID for name in by]
    with collecting("the waiting times") as problems:
        known = list(_exact(people, "waits", problems))
        limits = tuple(sorted({limit for limit in _exact(_several(over), "over", problems) if limit is not None}))
        if not people:
            problems.append(Problem("", "nobody's wait is given", "Give one for each person; None if not known"))
        if names is not None and len(names) != len(people):
            said = f"there are {len(names):,} for {plural(len(people), 'wait')}"
            problems.append(Problem("by", said, "Give one group for each person"))
    grouped: dict[str, list[Fraction | None]] = {}
    for name, wait in zip(names or [_NOT_SAID] * len(known), known, strict=True):
        grouped.setdefault(name, []).append(wait)
    counts = _counted(grouped, limits)
    summed = tuple(sum(column) for column in zip(*counts, strict=True))
    if rules is None:
        groups = [_plain_group(name, grouped[name], row) for name, row in zip(grouped, counts, strict=True)]
        everyone = _plain_group(_ALL, known, summed)
    else:
        groups, everyone = _controlled(grouped, counts, known, limits, rules)
    return WaitingTimes(tuple(groups) if names is not None else (), everyone, limits, unit, rules)


def _several(over: Number | Iterable[Number]) -> Iterable[Number]:
    return [over] if isinstance(over, str) or not isinstance(over, Iterable) else over


def _exact(waits: Iterable[Number | None], what: str, problems: list[Problem]) -> Iterator[Fraction | None]:
    for at, wait in enumerate(waits):
        try:
            found = None if wait is None else exact(wait)
        except InvalidInputError as error:
            problems += [Problem(f"{what}[{at}]", problem.message, problem.hint) for problem in error.problems]
            continue
        if found is not None and found < 0:
            problems.append(Problem(f"{what}[{at}]", f"{shown(wait)} is below 0", "Nobody waits less than nothing"))
        yield found


def _counted(grouped: dict[str, list[Fraction | None]], limits: Sequence[Fraction]) -> list[tuple[int, ...]]:
    """For each group how many are in each band, and of how many the wait is not known."""
    rows: list[tuple[int, ...]] = []
    for waits in grouped.values():
        row = [0] * (len(limits) + 2)
        for wait in waits:
            row[-1 if wait is None else sum(wait > limit for limit in limits)] += 1
        rows.append(tuple(row))
    return rows


def _plain_group(name: str, waits: Sequence[Fraction | None], row: Sequence[int]) -> GroupWaits:
    known = [wait for wait in waits if wait is not None]
    mean, middle, longest = _summaries(known)
    return GroupWaits(name, len(waits), len(known), row[-1], tuple(row[:-1]), mean, middle, longest)


def _summaries(known: Sequence[Fraction]) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    return (sum(known, Fraction(0)) / len(known), median(known), max(known)) if known else (None, None, None)


def _controlled(
    grouped: dict[str, list[Fraction | None]],
    counts: Sequence[tuple[int, ...]],
    everyone: Sequence[Fraction | None],
    limits: Sequence[Fraction],
    rules: Rules,
) -> tuple[list[GroupWaits], GroupWaits]:
    """The groups and all of them as far as rules of disclosure control let them be seen."""
    table = suppress(CountTable(tuple(grouped), (*_band_names(limits), _NOT_KNOWN), tuple(counts)), rules)
    known = {name: [wait for wait in waits if wait is not None] for name, waits in grouped.items()}
    apart = _apart({name: len(waits) for name, waits in known.items()}, rules)
    groups = [
        _safe_group(name, () if name in apart else known[name], cells, total, rules)
        for name, cells, total in zip(table.rows, table.cells, table.row_totals, strict=True)
    ]
    of_all = [wait for wait in everyone if wait is not None]
    seen = () if rules.hides(len(of_all)) else of_all
    if table.total is None:  # of one group alone only its own row is shown
        return groups, _safe_group(_ALL, seen, table.cells[0], table.row_totals[0], rules)
    return groups, _safe_group(_ALL, seen, table.column_totals, table.total, rules)


def _apart(sizes: dict[str, int], rules: Rules) -> set[str]:
    """The groups whose mean, median and longest are left out: the small ones, and more where those are few in all.

    Otherwise the means of the others and of all would give away what the few waited.
    """
    apart = {name for name, size in sizes.items() if rules.hides(size)}
    rest = sorted((size, name) for name, size in sizes.items() if name not in apart)
    unseen = sum(sizes[name] for name in apart)
    for size, name in rest:
        if not unseen or not rules.hides(unseen):
            break
        apart.add(name)
        unseen += size
    return apart


def _safe_group(name: str, seen: Sequence[Fraction], cells: Sequence[Cell], people: Cell, rules: Rules) -> GroupWaits:
    """A group with its counts as shown; its numbers are left out where none of its waits may be seen."""
    *bands, unknown = cells
    known = _total(bands)
    # What is left of two rounded numbers is no count: 5 people less 3 unknown waits, shown as 5, are not 0 known ones.
    if isinstance(known, Suppressed) and isinstance(people, int) and isinstance(unknown, int) and rules.round_to == 1:
        known = people - unknown
    mean, middle, longest = _summaries(seen)
    if mean is None or middle is None or longest is None:
        left_out = None if known == 0 else CONFIDENTIAL
        return GroupWaits(name, people, known, unknown, tuple(bands), left_out, left_out, left_out)
    last = CONFIDENTIAL if rules.hides(sum(wait == longest for wait in seen)) else longest
    return GroupWaits(name, people, known, unknown, tuple(bands), _tenths(mean), _tenths(middle), last)


def _tenths(number: Fraction) -> Fraction:
    """To one decimal place, so that the number of people cannot be worked out from it."""
    return apply_rounding(number * 10, "half_up") / 10
