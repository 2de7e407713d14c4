"""An indicator of a council beside those of its peers, in a sentence that states its thresholds.

Everything is exact. No rating comes out of it, and what the publisher says about the use of the figures goes with every
result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from statistics import median
from typing import Literal

from attrs import evolve, frozen

from careassure.catalogue.councils import register
from careassure.errors import IncomparableError, InvalidInputError, NameLookupError, Problem, collecting
from careassure.figures.catalogue import ENGLAND, england_values, indicator_values, indicators
from careassure.figures.catalogue import indicator as find_indicator
from careassure.figures.distances import DEFAULT_THRESHOLDS, Position, Thresholds
from careassure.figures.marking import marks_said
from careassure.figures.model import Indicator, Value, financial_year
from careassure.model.arguments import checked_after
from careassure.model.council import KIND_WORDS, Council
from careassure.model.rounding import decimal
from careassure.model.shorthand import Suppressed
from careassure.model.showing import short_repr
from careassure.model.text import join, plural
from careassure.model.vocabulary import Mark

Group = Literal["england", "region", "kind"]
"""The peers of a council: all others, those of its region, or those of its kind of authority."""


def check_comparable(indicator: Indicator, values: Iterable[Value]) -> None:
    """Refuse values that are not of this measure, or are older than what it may be compared with.

    Raises:
        IncomparableError: A value is of another measure, even one of the same code, or from before a break.
    """
    for value in values:
        key, where = value.indicator, f"{value.label} in {value.period}"
        if key != indicator.key and key not in indicator.aliases:
            reason = f"{key} is not the same measure as {indicator.key}"
            if (key.set, key.code) == (indicator.set, indicator.code):
                reason = f"the list of {key.year} does not define {key.code} as that of {indicator.year} does"
            raise IncomparableError(reason, where=where, hint="Compare values of one measure")
        if indicator.comparable_from is not None and value.period < indicator.comparable_from:
            raise IncomparableError(
                f"the source of {indicator.code} changed in {indicator.comparable_from}, and older values were counted "
                "in another way",
                where=where,
                hint=f"Use values from {indicator.comparable_from} on",
            )


@frozen
class Comparison:
    """A council's value of an indicator beside those of its peers.

    Args:
        indicator: What is compared.
        own: The council's value.
        england: The value for England; None where it is not known.
        group: Who the peers are, in words.
        peers: The peers' values that are numbers, by area; never the council's own.
        withheld: The peers' values that are marks. They are counted nowhere.
        missing: The peers without a line.
        thresholds: What the words mean.
    """

    indicator: Indicator
    own: Value
    england: Value | None
    group: str
    peers: tuple[Value, ...]
    withheld: tuple[Value, ...] = ()
    missing: tuple[str, ...] = ()
    thresholds: Thresholds = DEFAULT_THRESHOLDS

    __repr__ = short_repr

    @property
    def numbers(self) -> tuple[Fraction, ...]:
        """The peers' numbers."""
        return tuple(value.number for value in self.peers if value.number is not None)

    @property
    def median(self) -> Fraction | None:
        """The median of the peers, in the indicator's unit; None where there are fewer than the settings ask for."""
        return median(self.numbers) if len(self.numbers) >= self.thresholds.fewest else None

    @property
    def mad(self) -> Fraction | None:
        """The median of how far the peers lie from their median; None where that is not known."""
        middle = self.median
        return None if middle is None else median(abs(number - middle) for number in self.numbers)

    @property
    def distance(self) -> Fraction | None:
        """How many MADs the council lies above the median, below 0 for below; None where that cannot be said.

        It cannot where more than half of the peers have the same value, so that the MAD is 0, and the council another.
        """
        middle, spread, own = self.median, self.mad, self.own.number
        if middle is None or spread is None or own is None or (spread == 0 and own != middle):
            return None
        return (own - middle) / spread if spread else Fraction(0)

    @property
    def position(self) -> Position | None:
        """The word for where the council lies; ``higher`` or ``lower`` without a degree where the MAD is 0."""
        middle, own = self.median, self.own.number
        if middle is None or own is None:
            return None
        if self.distance is None:
            return "higher" if own > middle else "lower"
        return self.thresholds.position(self.distance)

    @property
    def rank(self) -> tuple[int, int] | None:
        """The first and last place that the council shares, from the highest value; None without a value."""
        own = self.own.number
        if own is None:
            return None
        above = sum(number > own for number in self.numbers)
        return above + 1, above + 1 + sum(number == own for number in self.numbers)

    @property
    def better(self) -> bool | None:
        """Whether the council lies on the better side, by our reading of the measure; None where neither is said."""
        if self.position in {None, "broadly similar"} or self.indicator.polarity == "context":
            return None
        return str(self.position).endswith(self.indicator.polarity)

    @property
    def significant(self) -> bool | None:
        """Whether the difference from England is beyond the combined margin of error; None where it cannot be said.

        The margin is the root of the sum of the squares, as for two independent samples; the squares are compared, so
        that nothing is rounded.
        """
        own, whole = self.own, self.england
        if whole is None or own.number is None or whole.number is None or own.base is None or whole.base is None:
            return None
        if own.margin_of_error is None or whole.margin_of_error is None:
            return None
        return (own.number - whole.number) ** 2 > own.margin_of_error**2 + whole.margin_of_error**2

    @property
    def words(self) -> str:
        """The comparison in sentences, with its thresholds and what the publisher says about its use."""
        said = [f"{self.indicator.title}, {self.own.label}, {self.own.period}: {self._said(self.own)}."]
        if self.england is not None:
            said.append(f"England: {self._said(self.england)}.")
        said += [*self._against_peers(), *self._left_out(), *marks_said(self._marked), self._chance()]
        return " ".join([*said, self.indicator.warning]).strip()

    @property
    def _marked(self) -> list[tuple[str, tuple[Mark, ...]]]:
        """Whose numbers have which marks behind them: the council's, England's and those of the peers."""
        values = [self.own, *([self.england] if self.england is not None else []), *self.peers]
        return [("England" if value is self.england else value.label, value.marks) for value in values if value.marks]

    def _said(self, value: Value | Fraction) -> str:
        if isinstance(value, Fraction):
            return f"{decimal(value, 3)}{self.indicator.short_unit}"
        if isinstance(value.value, Suppressed):
            return f"no number ({value.value.words})"
        return value.said(self.indicator.short_unit, 3)

    def _against_peers(self) -> list[str]:
        middle, spread, rank = self.median, self.mad, self.rank
        count = len(self.numbers)
        if middle is None or spread is None:
            few = f"{plural(count, 'peer')} ({self.group}) with a value {'is' if count == 1 else 'are'} too few"
            return [f"{few} for a comparison, which takes {self.thresholds.fewest}."]
        among = f"The median of {plural(count, 'peer')} ({self.group}) is {self._said(middle)}"
        said = [f"{among}, and at least half of them lie within {decimal(spread, 3)} of it (the MAD)."]
        if rank is None:
            return said
        if self.distance is None:
            said.append(
                f"The value is {self.position} than the median; by how much in MADs cannot be said, because at least "
                "half of the peers have the median's value."
            )
        else:
            side = "above" if self.distance > 0 else "below"
            far = f"{decimal(abs(self.distance))} MADs {side} the median" if self.distance else "at the median"
            to = "to" if self.position == "broadly similar" else "than"
            said.append(f"The value is {self.position} {to} it: {far}. {self.thresholds.words}")
        if self.better is not None:
            side = "better" if self.better else "worse"
            said.append(f"By our reading {self.indicator.polarity} is better here, so this is the {side} side.")
        elif self.indicator.polarity == "context":
            said.append("Neither side is better: the measure only gives context.")
        place = str(rank[0]) if rank[0] == rank[1] else f"{rank[0]} to {rank[1]}"
        return [*said, f"Counted from the highest value it is {place} of {count + 1}."]

    def _left_out(self) -> list[str]:
        by_mark: dict[str, list[str]] = {}
        for value in self.withheld:
            by_mark.setdefault(str(value.value), []).append(value.label)
        said = [f"{mark} {Suppressed.parse(mark).words}: {join(names)}" for mark, names in sorted(by_mark.items())] + (
            [f"no line: {join(self.missing)}"] if self.missing else []
        )
        return (
            [f"Peers without a number ({len(self.withheld) + len(self.missing)}): {'; '.join(said)}."] if said else []
        )

    def _chance(self) -> str:
        if self.significant is not None:
            return (
                f"The difference from England is {'beyond' if self.significant else 'within'} the combined margin of "
                "error."
            )
        if self.england is None:
            return "Whether it differs from England cannot be said: no value for England is known."
        if self.own.number is None or self.england.number is None:
            return "Whether it differs from England cannot be said without both numbers."
        return (
            "Whether the difference from England is more than chance cannot be said: the base and the margin of error "
            "of both values are needed, and they are not all known."
        )

    def to_dict(self) -> dict[str, object]:
        """The comparison as plain values; exact numbers are text, such as ``773/10``."""

        def text(number: Fraction | None) -> str | None:
            return None if number is None else str(number)

        return {
            "indicator": str(self.indicator.key),
            "title": self.indicator.title,
            "council": self.own.label,
            "area": self.own.area,
            "period": self.own.period,
            "value": str(self.own.value),
            "england": None if self.england is None else str(self.england.value),
            "group": self.group,
            "peers": len(self.numbers),
            "marks": {name: list(marks) for name, marks in self._marked},
            "withheld": {value.label: str(value.value) for value in self.withheld},
            "missing": list(self.missing),
            "median": text(self.median),
            "mad": text(self.mad),
            "distance": text(self.distance),
            "position": self.position,
            "better": self.better,
            "rank": None if self.rank is None else list(self.rank),
            "significant": self.significant,
            "words": self.words,
            "warning": self.indicator.warning,
        }

    def __str__(self) -> str:
        return self.words


@checked_after
def compare_indicator(
    indicator: Indicator | str,
    council: str | Council,
    peers: Group | Sequence[str | Council] = "england",
    *,
    period: str | None = None,
    values: Iterable[Value] | None = None,
    england: Value | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Comparison:
    """Compare a council's value of an indicator with its peers' and with England's.

    Former areas are never peers, even where the publisher prints a value for them.

    Args:
        indicator: The indicator, or the code or key of a shipped one.
        council: The council, by any of its names.
        peers: All other councils, those of its region or its kind, or a list.
        period: The financial year; the latest for which the council has a line where None.
        values: The values to compare; those that ship where None.
        england: The value for England; the one among the values, or the shipped one of that period, where None.
        thresholds: What the words mean.

    Raises:
        IncomparableError: The values are not of one measure, or from before a break.
        NameLookupError: The indicator or the council has no line.
        InvalidInputError: A council has two values for the period, or the group is not known.
    """
    item = find_indicator(indicator) if isinstance(indicator, str) else indicator
    subject = council if isinstance(council, Council) else register().find(council)
    mine = tuple(indicator_values(item) if values is None else values)
    periods = sorted(value.period for value in mine if _council_of(value) == subject)
    if not periods:
        raise NameLookupError(
            f"{subject.name} has no value of {item.key}", hint="Give its value, or name another council"
        )
    wanted = periods[-1] if period is None else financial_year(period)
    chosen = [value for value in mine if value.period == wanted]
    check_comparable(item, [*chosen, *([england] if england else [])])
    found = _by_council(chosen)
    if subject.code not in found:
        raise NameLookupError(
            f"{subject.name} has no value of {item.key} for {wanted}", hint=f"It has for {join(periods)}"
        )
    others, group = _peers(subject, peers)
    lines = [found[other.code] for other in others if other.code in found]
    if england is not None and england.period != wanted:
        raise IncomparableError(f"England's value is of {england.period} and the council's of {wanted}")
    return Comparison(
        item,
        found[subject.code],
        _england_of(item, wanted, chosen) if england is None else england,
        group,
        tuple(value for value in lines if value.number is not None),
        tuple(value for value in lines if value.number is None),
        tuple(other.name for other in others if other.code not in found),
        thresholds,
    )


def _england_of(item: Indicator, period: str, values: Iterable[Value]) -> Value | None:
    """The value for England among some, or the shipped one; None where there is none."""
    given = next((value for value in values if value.area == ENGLAND), None)
    if given is not None:
        return given
    if item.key not in {known.key for known in indicators()}:
        return None
    return next((value for value in england_values(item) if value.period == period), None)


def _council_of(value: Value) -> Council | None:
    return value.council or register().area(value.area)


def _by_council(values: Iterable[Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    with collecting("the values") as problems:
        for value in values:
            council = _council_of(value)
            if council is None:
                continue
            if council.code in found:
                problems.append(Problem(council.name, f"it has two values for {value.period}", "Keep one"))
            found[council.code] = evolve(value, council=council)
    return found


def _peers(subject: Council, peers: Group | Sequence[str | Council]) -> tuple[list[Council], str]:
    """The peers by code, without the council itself, and who they are."""
    everyone = register()
    if peers == "england":
        chosen, group = list(everyone.councils), "all other councils"
    elif peers == "region":
        chosen, group = (
            [c for c in everyone.councils if c.region == subject.region],
            f"other councils in {subject.region}",
        )
    elif peers == "kind":
        chosen, group = [c for c in everyone.councils if c.kind == subject.kind], f"other {KIND_WORDS[subject.kind]}"
    elif isinstance(peers, str):
        hint = "Use england, region, kind or a list of councils"
        raise InvalidInputError("the peers", [Problem("", f"{peers!r} is not a group", hint)])
    else:
        chosen, group = [c if isinstance(c, Council) else everyone.find(c) for c in peers], "councils that were named"
    by_code = {council.code: council for council in chosen if council.code != subject.code}
    return [by_code[code] for code in sorted(by_code)], group
