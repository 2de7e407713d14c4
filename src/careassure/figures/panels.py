"""Change like for like: only those who gave a number at both dates are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from statistics import median
from typing import Final

from attrs import frozen

from careassure.catalogue.councils import register
from careassure.errors import IncomparableError, InvalidInputError, Problem, collecting
from careassure.figures.marking import Marked, marks_said
from careassure.figures.model import Indicator, Value
from careassure.figures.peers import check_comparable
from careassure.model.arguments import checked_after, explained
from careassure.model.cells import marked_value_of
from careassure.model.numbers import Number, exact
from careassure.model.rounding import decimal
from careassure.model.shorthand import Suppressed
from careassure.model.showing import short_repr
from careassure.model.text import join, plural
from careassure.model.vocabulary import Mark

FEW: Final = 10
"""Of fewer than this many a percentage says little: our own choice."""

Reply = Number | Suppressed | None
"""What one of those asked gave: a number, a mark in its place, or None for no reply."""


@frozen
class Member:
    """One who gave a number at both dates.

    Args:
        name: Who.
        before: The number at the first date.
        after: The number at the second.
        few: Below this many at the first date a percentage says little.
        marks: The marks behind the two numbers, such as ``p`` for provisional, each once.
    """

    name: str
    before: Fraction
    after: Fraction
    few: Fraction = Fraction(FEW)
    marks: tuple[Mark, ...] = ()

    __repr__ = short_repr

    @property
    def change(self) -> Fraction:
        """The second number less the first."""
        return self.after - self.before

    @property
    def percent(self) -> Fraction | None:
        """The change as a percentage of the first number; None where that is 0."""
        return 100 * self.change / self.before if self.before else None

    @property
    def small(self) -> bool:
        """Whether the first number is too small for a percentage to say much."""
        return abs(self.before) < self.few


@explained
@frozen
class Panel:
    """What changed between two dates, among those who gave a number at both.

    Args:
        both: How many gave a number at both dates.
        up: How many of them rose.
        down: How many fell.
        unchanged: How many stayed the same.
        before: Their total at the first date; None where totals mean nothing, as those of percentages.
        after: Their total at the second date.
        members: The single changes, by name; empty where only totals are known.
        left: Who gave a number at the first date only.
        joined: Who gave a number at the second date only.
        withheld: Who gave a mark in place of a number at one date or both.
        silent: Who gave nothing at either date.
        replied: How many replied at all; None where it is not known.
        asked: How many were asked; None where it is not known.
        few: Below this many a percentage says little.
        warning: What must stand beside the result.
    """

    both: int
    up: int
    down: int
    unchanged: int
    before: Fraction | None = None
    after: Fraction | None = None
    members: tuple[Member, ...] = ()
    left: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    replied: int | None = None
    asked: int | None = None
    few: Fraction = Fraction(FEW)
    warning: str = ""

    __repr__ = short_repr

    def __attrs_post_init__(self) -> None:
        with collecting("the panel") as problems:
            problems.extend(self._problems())

    def _problems(self) -> Iterator[Problem]:
        counts = {name: getattr(self, name) for name in ("both", "up", "down", "unchanged", "replied", "asked")}
        for name, count in counts.items():
            if count is not None and (type(count) is not int or count < 0):
                yield Problem(name, f"{count!r} is not a count")
                return
        if self.up + self.down + self.unchanged != self.both:
            total = self.up + self.down + self.unchanged
            said = f"{self.up} up, {self.down} down and {self.unchanged} unchanged are {total}, not {self.both}"
            yield Problem("both", said)
        if self.replied is not None and self.both > self.replied:
            yield Problem("replied", f"{self.both} gave both numbers and only {self.replied} replied")
        if self.asked is not None and max(self.replied or 0, self.both) > self.asked:
            yield Problem("asked", f"{max(self.replied or 0, self.both)} replied and only {self.asked} were asked")
        if (self.before is None) != (self.after is None):
            yield Problem("after", "one total is known without the other", "Give both or neither")
        change = self.change
        if change is not None and ((change > 0 and not self.up) or (change < 0 and not self.down)):
            yield Problem("after", f"the total changed by {decimal(change)}, yet none went that way")
        if change == 0 and bool(self.up) != bool(self.down):
            yield Problem("after", "the total is the same, yet all changes go one way")

    @classmethod
    def from_totals(
        cls,
        *,
        both: int,
        up: int,
        down: int,
        unchanged: int,
        before: Number | None = None,
        after: Number | None = None,
        replied: int | None = None,
        asked: int | None = None,
        few: Number = FEW,
        warning: str = "",
    ) -> Panel:
        """A panel of which only the totals are published.

        Raises:
            InvalidInputError: The counts or the totals contradict each other; everything at once.
        """
        first = None if before is None else exact(before)
        last = None if after is None else exact(after)
        return cls(
            both, up, down, unchanged, first, last, replied=replied, asked=asked, few=exact(few), warning=warning
        )

    @property
    def change(self) -> Fraction | None:
        """The second total less the first; None where totals are not known or mean nothing."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def percent(self) -> Fraction | None:
        """The change as a percentage of the first total; None where that is 0 or not known."""
        return None if self.change is None or not self.before else 100 * self.change / self.before

    @property
    def median_change(self) -> Fraction | None:
        """The median of the single changes; None where they are not known."""
        return median(member.change for member in self.members) if self.members else None

    @property
    def reply_rate(self) -> Fraction | None:
        """The share of those asked who replied at all, from 0 to 1; None where either is not known."""
        return None if self.replied is None or not self.asked else Fraction(self.replied, self.asked)

    @property
    def use_rate(self) -> Fraction | None:
        """The share of those asked who stand behind the result, from 0 to 1; None where it is not known."""
        return Fraction(self.both, self.asked) if self.asked else None

    @property
    def small(self) -> tuple[Member, ...]:
        """The members that changed from so few that a percentage says little."""
        return tuple(member for member in self.members if member.small and member.change)

    @property
    def unchecked(self) -> tuple[str, ...]:
        """What cannot be checked, because only totals are known; empty where every single change is."""
        if self.members or not self.both:
            return ()
        return (
            "whether the single numbers add up to the totals",
            "who rose and who fell, and by how much",
            "whether a percentage of few is among them",
            "whether those who are not compared differ from those who are",
        )

    @property
    def words(self) -> str:
        """The change in sentences, with who is not in it."""
        ways = f"{self.up:,} up, {self.down:,} down, {self.unchanged:,} unchanged"
        said = [f"{plural(self.both, 'number')} at both dates: {ways}."]
        if self.change is not None and self.before is not None and self.after is not None:
            percent = "" if self.percent is None else f" ({_signed(self.percent)} %)"
            totals = f"{_plain(self.before)} and then {_plain(self.after)}"
            said.append(f"In total {totals}: {_signed(self.change)}{percent}.")
            if self.percent is not None and abs(self.before) < self.few:
                said.append(f"That is a percentage of fewer than {decimal(self.few)} and says little.")
        elif self.median_change is not None:
            said.append(f"The median change is {_signed(self.median_change)}; totals would mean nothing.")
        if self.asked is not None and self.replied is not None:
            rate = "" if self.reply_rate is None else f" ({decimal(100 * self.reply_rate, 1)} %)"
            said.append(f"{self.replied:,} of {self.asked:,} asked replied{rate}.")
        for names, what in (
            (self.left, "only at the first date"),
            (self.joined, "only at the second date"),
            (self.withheld, "with a mark in place of a number"),
            (self.silent, "without a reply"),
        ):
            if names:
                said.append(f"Not compared, {what}: {join(names)}.")
        if self.small:
            most = max(self.small, key=lambda member: (abs(member.percent or 0), member.name))
            shown = "" if most.percent is None else f", as {_signed(most.percent)} % for {most.name}"
            changes = f"{plural(len(self.small), 'change')} from fewer than {decimal(self.few)}"
            said.append(f"{changes}: a percentage of few says little{shown}.")
        said += marks_said((member.name, member.marks) for member in self.members)
        if self.unchecked:
            said.append(f"Only totals are known. It cannot be checked {'; '.join(self.unchecked)}.")
        return " ".join([*said, self.warning]).strip()

    def to_dict(self) -> dict[str, object]:
        """The panel as plain values; exact numbers are text, such as ``773/10``."""
        numbers = {name: getattr(self, name) for name in ("before", "after", "change", "percent", "reply_rate")}
        return {
            **{name: getattr(self, name) for name in ("both", "up", "down", "unchanged", "replied", "asked")},
            **{name: None if number is None else str(number) for name, number in numbers.items()},
            **{name: list(getattr(self, name)) for name in ("left", "joined", "withheld", "silent", "unchecked")},
            "members": {member.name: [str(member.before), str(member.after)] for member in self.members},
            "marks": {member.name: list(member.marks) for member in self.members if member.marks},
            "words": self.words,
            "warning": self.warning,
        }

    def __str__(self) -> str:
        return self.words


def _plain(number: Fraction) -> str:
    return f"{number.numerator:,}" if number.denominator == 1 else decimal(number)


def _signed(number: Fraction) -> str:
    """A change with its sign; what is not zero never prints as zero for want of digits."""
    text = next((t for p in (2, 4, 8) if (t := decimal(number, p)) not in {"0", "-0"}), str(number))
    return f"+{text}" if number > 0 else text


@checked_after
def panel(
    before: Mapping[str, Reply | Value],
    after: Mapping[str, Reply | Value],
    *,
    additive: bool = True,
    few: Number = FEW,
    warning: str = "",
) -> Panel:
    """Compare two dates, like for like.

    Everyone named at either date counts as asked. A mark is a reply but no number, and never a zero.

    Args:
        before: What each gave at the first date.
        after: What each gave at the second.
        additive: Whether totals mean something: they do for counts, and not for percentages.
        few: Below this many a percentage says little.
        warning: What must stand beside the result.

    Raises:
        InvalidInputError: Something given is neither a number, a mark nor None; everything at once.
    """
    with collecting("the panel") as problems:
        first, second = _replies(before, "before", problems), _replies(after, "after", problems)
    limit = exact(few)
    members, apart = _sorted_out(first, second, limit)
    asked = first.keys() | second.keys()
    return Panel(
        len(members),
        sum(member.change > 0 for member in members),
        sum(member.change < 0 for member in members),
        sum(member.change == 0 for member in members),
        sum((member.before for member in members), Fraction(0)) if additive else None,
        sum((member.after for member in members), Fraction(0)) if additive else None,
        tuple(members),
        replied=len(asked) - len(apart["silent"]),
        asked=len(asked),
        few=limit,
        warning=warning,
        left=tuple(apart["left"]),
        joined=tuple(apart["joined"]),
        withheld=tuple(apart["withheld"]),
        silent=tuple(apart["silent"]),
    )


_Replies = dict[str, Marked | None]


def _sorted_out(first: _Replies, second: _Replies, few: Fraction) -> tuple[list[Member], dict[str, list[str]]]:
    """Those who gave a number at both dates, and the names of all others by why they did not."""
    members: list[Member] = []
    apart: dict[str, list[str]] = {"left": [], "joined": [], "withheld": [], "silent": []}
    for name in sorted({*first, *second}):
        (old, was), (new, now) = (replies.get(name) or (None, ()) for replies in (first, second))
        if isinstance(old, Fraction) and isinstance(new, Fraction):
            members.append(Member(name, old, new, few, tuple(dict.fromkeys((*was, *now)))))
        elif isinstance(old, Suppressed) or isinstance(new, Suppressed):
            apart["withheld"].append(name)
        else:
            apart["left" if old is not None else "joined" if new is not None else "silent"].append(name)
    return members, apart


def _reply(reply: Reply | Value) -> Marked | None:
    """A number or a mark, read as in every table; a blank is none."""
    if isinstance(reply, Value):
        return reply.value, reply.marks
    if isinstance(reply, str):
        number, marks = marked_value_of(reply)
        return None if number is None else (number, marks)
    return None if reply is None else (reply if isinstance(reply, Suppressed) else exact(reply), ())


def _replies(given: Mapping[str, Reply | Value], where: str, problems: list[Problem]) -> _Replies:
    found: _Replies = {}
    for name, reply in given.items():
        try:
            found[name] = _reply(reply)
        except InvalidInputError as error:
            problems += [Problem(f"{where}.{name}", problem.message, problem.hint) for problem in error.problems]
    return found


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
    return panel(maps[0], maps[1], additive=indicator.additive, few=few, warning=indicator.warning)


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
