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
from careassure.errors import IncomparableError, InvalidInputError, NameLookupError, Problem
from careassure.figures.alike import by_place, is_of, nearest, replaced_by, same_people, standing
from careassure.figures.catalogue import england_values, indicator_values, indicators
from careassure.figures.catalogue import indicator as find_indicator
from careassure.figures.comparison_words import comparison_lines, comparison_to_dict
from careassure.figures.distances import DEFAULT_THRESHOLDS, Position, Thresholds
from careassure.figures.financial_years import financial_year
from careassure.figures.model import Indicator, Value
from careassure.figures.trends import Trend, trend
from careassure.model.arguments import checked_after
from careassure.model.council import KIND_WORDS, Body, Council
from careassure.model.ids import shown
from careassure.model.showing import short_repr
from careassure.model.text import fold, join, near

Group = Literal["all", "england", "region", "kind"]
"""The peers of a council: all others (under either name), those of its region, or those of its kind of authority."""


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
        apart: The peers' values that count other people than the council's. They are counted nowhere.
        beside: Other figures of the council or of England for the period: from another source, or of other people.
        replaced: The figures that the council's, or England's, replaces.
        trend: How the council's own figure moved over the years; None where it has one year alone.
        notes: What a reader should know beside it, a sentence each.
    """

    indicator: Indicator
    own: Value
    england: Value | None
    group: str
    peers: tuple[Value, ...]
    withheld: tuple[Value, ...] = ()
    missing: tuple[str, ...] = ()
    thresholds: Thresholds = DEFAULT_THRESHOLDS
    apart: tuple[Value, ...] = ()
    beside: tuple[Value, ...] = ()
    replaced: tuple[Value, ...] = ()
    trend: Trend | None = None
    notes: tuple[str, ...] = ()

    __repr__ = short_repr

    @property
    def same_people(self) -> bool | None:
        """Whether the council's value and England's count the same people; None where only one says, or none is known.

        Where it is False the two are not compared.
        """
        return None if self.england is None else same_people(self.own, self.england)

    @property
    def gap(self) -> Fraction | None:
        """How far the council lies above England, in the indicator's unit, below 0 for below; in points of percentages.

        None where a number is missing or the two do not count the same people.
        """
        own, whole = self.own.number, self.england.number if self.england else None
        return None if own is None or whole is None or self.same_people is False else own - whole

    @property
    def better_than_england(self) -> bool | None:
        """Whether the council lies on the better side of England; None where neither is, or it cannot be said."""
        gap = self.gap
        return (
            (gap > 0) == (self.indicator.polarity == "higher") if gap and self.indicator.polarity != "context" else None
        )

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
        if (
            self.gap is None
            or whole is None
            or own.number is None
            or whole.number is None
            or own.base is None
            or whole.base is None
        ):
            return None
        if own.margin_of_error is None or whole.margin_of_error is None:
            return None
        return (own.number - whole.number) ** 2 > own.margin_of_error**2 + whole.margin_of_error**2

    @property
    def words(self) -> str:
        """The comparison in sentences, with its thresholds and what the publisher says about its use."""
        return " ".join(self.lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """The same, a text for each side of it: the council, England, the peers, the years, what cannot be said."""
        return tuple(comparison_lines(self))

    def to_dict(self) -> dict[str, object]:
        """The comparison as plain values; exact numbers are text, such as ``773/10``."""
        return comparison_to_dict(self)

    def __str__(self) -> str:
        return self.words


@checked_after
def compare_indicator(
    indicator: Indicator | str,
    council: str | Council | Body,
    peers: Group | Sequence[str | Council] = "england",
    *,
    period: str | None = None,
    values: Iterable[Value] | None = None,
    england: Value | None = None,
    scope: str | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Comparison:
    """Compare a council's value of an indicator with its peers' and with England's.

    Former areas are never peers, even where the publisher prints a value for them. A value that another one replaces
    is not compared. Where a council has several values for the period, from several sources or of several groups of
    people, the first is compared whose people England's value counts too; the others stand beside it.

    Args:
        indicator: The indicator, or the code or key of a shipped one.
        council: The council, by any of its names; or something else by the name that its value has.
        peers: All other councils, those of its region or its kind, or a list.
        period: The financial year; the latest for which the council has a line where None.
        values: The values to compare; those that ship where None.
        england: The value for England; the one among the values, or the shipped one of that period, where None.
        scope: Who is counted in the value that is meant; None where it has one alone, or any will do.
        thresholds: What the words mean.

    Raises:
        IncomparableError: The values are not of one measure, or from before a break.
        NameLookupError: The indicator or the council has no line.
        InvalidInputError: A council has two values for the period and nothing tells them apart, or the group is not
            known.
    """
    item = find_indicator(indicator) if isinstance(indicator, str) else indicator
    given = tuple(indicator_values(item) if values is None else values)
    subject = _subject(council, given)
    stand = standing(given)
    wanted = _period(item, subject, given, period)
    chosen = [value for value in stand if value.period == wanted]
    check_comparable(item, [*chosen, *([england] if england else [])])
    places = by_place(chosen)
    mine = [value for value in chosen if is_of(subject, value)]
    wholes = _of_england(england, wanted) or places.get("england", []) or _shipped_england(item, wanted)
    value = _meant(mine, wholes, scope)
    whole = nearest(value, wholes)
    others, group = _peers(subject, peers)
    like, apart = _beside(value, [places[other.code] for other in others if other.code in places])
    return Comparison(
        item,
        evolve(value, council=value.place),
        whole,
        group,
        tuple(line for line in like if line.number is not None),
        tuple(line for line in like if line.number is None),
        tuple(other.name for other in others if other.code not in places),
        thresholds,
        apart=apart,
        beside=tuple(line for line in (*mine, *wholes) if line is not value and line is not whole),
        replaced=(*replaced_by(value, given), *(replaced_by(whole, given) if whole else ())),
        trend=_over_the_years(item, value, [other for other in given if is_of(subject, other)]),
        notes=tuple(_notes(whole, wanted, stand)),
    )


def _subject(council: str | Council | Body, values: Sequence[Value]) -> Council | Body:
    """Whose value it is: a council, or else what a value calls its area by that name."""
    if not isinstance(council, str):
        return council
    found = register().area(council)
    if found is None and any(fold(value.area) == fold(council) for value in values):
        return Body(council, council)
    return found or register().find(council)


def _period(item: Indicator, subject: Council | Body, values: Sequence[Value], asked: str | None) -> str:
    """The financial year that is compared: the one that is asked for, or the latest that the subject has a value of.

    Raises:
        NameLookupError: It has no value, or none for that year.
    """
    periods = sorted({value.period for value in standing(values) if is_of(subject, value)})
    if not periods:
        raise NameLookupError(f"{subject.name} has no value of {item.key}", hint=_no_value_hint(subject, values))
    wanted = periods[-1] if asked is None else financial_year(asked)
    if wanted not in periods:
        said = f"{subject.name} has no value of {item.key} for {wanted}"
        raise NameLookupError(said, hint=f"It has for {join(periods)}")
    return wanted


def _no_value_hint(subject: Council | Body, values: Sequence[Value]) -> str:
    """What to do where no value is the council's: the areas that look like it are named."""
    strange = [value.area for value in values if value.place is None and not value.is_england]
    guesses = near(subject.name, dict.fromkeys(strange))
    if guesses:
        return f"{shown(guesses[0])} is not the name of a council: write {subject.name}, or its ONS code"
    return "Give its value, or name another council"


def _meant(mine: Sequence[Value], wholes: Sequence[Value], scope: str | None) -> Value:
    """The council's value that is compared."""
    if scope is not None:
        found = [value for value in mine if fold(value.scope) == fold(scope)]
        if not found:
            known = join([shown(value.scope or "(not said)") for value in mine])
            raise NameLookupError(f"no value counts {shown(scope)}", hint=f"Those that are known count {known}")
        mine = found
    return next((value for value in mine if any(same_people(value, whole) for whole in wholes)), mine[0])


def _beside(own: Value, peers: Iterable[Sequence[Value]]) -> tuple[list[Value], tuple[Value, ...]]:
    """The peers' values that can count the same people as the council's, and those that count others."""
    lines = [line for values in peers if (line := nearest(own, values)) is not None]
    apart = tuple(line for line in lines if same_people(line, own) is False)
    return [evolve(line, council=line.place) for line in lines if same_people(line, own) is not False], apart


def _of_england(given: Value | None, period: str) -> list[Value]:
    """England's value as the caller gave it.

    Raises:
        IncomparableError: It is of another year.
    """
    if given is not None and given.period != period:
        raise IncomparableError(f"England's value is of {given.period} and the council's of {period}")
    return [] if given is None else [given]


def _over_the_years(item: Indicator, value: Value, history: Sequence[Value]) -> Trend | None:
    return trend(item, history, like=value) if len({line.period for line in history}) > 1 else None


def _shipped_england(item: Indicator, period: str) -> list[Value]:
    if item.key not in {known.key for known in indicators()}:
        return []
    return [value for value in england_values(item) if value.period == period]


def _notes(whole: Value | None, period: str, values: Sequence[Value]) -> Iterable[str]:
    if whole is None:
        periods = sorted({value.period for value in values if value.is_england})
        if periods:
            yield f"England's values are of {join(periods)}, and none is of {period}."


def _peers(subject: Council | Body, peers: Group | Sequence[str | Council]) -> tuple[list[Council], str]:
    """The peers by code, without the council itself, and who they are."""
    everyone = register()
    if peers in ("all", "england"):
        chosen, group = list(everyone.councils), "all other councils"
    elif isinstance(peers, str) and peers not in ("region", "kind"):
        hint = "Use all, region, kind or a list of councils"
        raise InvalidInputError("the peers", [Problem("", f"{shown(peers)} is not a group", hint)])
    elif isinstance(peers, str) and not isinstance(subject, Council):
        problem = Problem("", f"{subject.name} has no {peers}: it is none of the 153 councils", "Name its peers")
        raise InvalidInputError("the peers", [problem])
    elif peers == "region" and isinstance(subject, Council):
        chosen = [c for c in everyone.councils if c.region == subject.region]
        group = f"other councils in {subject.region}"
    elif peers == "kind" and isinstance(subject, Council):
        chosen, group = [c for c in everyone.councils if c.kind == subject.kind], f"other {KIND_WORDS[subject.kind]}"
    else:
        chosen, group = [c if isinstance(c, Council) else everyone.find(c) for c in peers], "councils that were named"
    by_code = {council.code: council for council in chosen if council.code != subject.code}
    return [by_code[code] for code in sorted(by_code)], group
