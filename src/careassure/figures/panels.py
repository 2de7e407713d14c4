"""Change like for like: only those who gave a number at both dates are compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from statistics import median

from attrs import frozen

from careassure.errors import InvalidInputError, Problem, collecting
from careassure.figures.marking import Marked, marks_said
from careassure.figures.model import Value
from careassure.figures.panel_members import FEW, Member, NotCompared
from careassure.model.arguments import checked_after, explained
from careassure.model.cells import marked_value_of
from careassure.model.numbers import Number, exact
from careassure.model.rounding import decimal, signed, with_commas
from careassure.model.shorthand import Suppressed
from careassure.model.showing import short_repr
from careassure.model.text import join, plural

Reply = Number | Suppressed | None
"""What one of those asked gave: a number, a mark in its place, or None for no reply."""


@explained
@frozen
class Panel:
    """What changed between two dates, among those who gave a number at both.

    Args:
        both: How many gave a number at both dates.
        up: How many of them rose; None where it is not known, as the next two.
        down: How many fell.
        unchanged: How many stayed the same.
        before: Their total at the first date; None where totals mean nothing, as those of percentages.
        after: Their total at the second date.
        members: The single changes, by name; empty where only totals are known.
        not_compared: Who did not give a number at both dates, as far as they are named.
        replied: How many replied at all; None where it is not known.
        asked: How many were asked; None where it is not known.
        few: Below this many a percentage says little.
        warning: What must stand beside the result.
        notes: What else is to be known of how it was made, a sentence each.
    """

    both: int
    up: int | None = None
    down: int | None = None
    unchanged: int | None = None
    before: Fraction | None = None
    after: Fraction | None = None
    members: tuple[Member, ...] = ()
    not_compared: tuple[NotCompared, ...] = ()
    replied: int | None = None
    asked: int | None = None
    few: Fraction = Fraction(FEW)
    warning: str = ""
    notes: tuple[str, ...] = ()

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
        ways = self.ways
        if ways is not None and sum(ways) != self.both:
            said = f"{ways[0]:,} up, {ways[1]:,} down and {ways[2]:,} unchanged are {sum(ways):,}, not {self.both:,}"
            yield Problem("both", said)
        elif ways is None and (self.up, self.down, self.unchanged) != (None, None, None):
            yield Problem("up", "of up, down and unchanged some are known and some are not", "Give all three or none")
        if self.replied is not None and self.both > self.replied:
            yield Problem("replied", f"{self.both} gave both numbers and only {self.replied} replied")
        if self.asked is not None and max(self.replied or 0, self.both) > self.asked:
            yield Problem("asked", f"{max(self.replied or 0, self.both)} replied and only {self.asked} were asked")
        if (self.before is None) != (self.after is None):
            yield Problem("after", "one total is known without the other", "Give both or neither")
        change = self.change
        if ways is None or change is None:
            return
        if (change > 0 and not ways[0]) or (change < 0 and not ways[1]):
            yield Problem("after", f"the total changed by {with_commas(change)}, yet none went that way")
        if change == 0 and bool(ways[0]) != bool(ways[1]):
            yield Problem("after", "the total is the same, yet all changes go one way")

    @classmethod
    def from_totals(
        cls,
        *,
        both: int,
        up: int | None = None,
        down: int | None = None,
        unchanged: int | None = None,
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
    def left(self) -> tuple[str, ...]:
        """Who gave a number at the first date only."""
        return self._apart("left")

    @property
    def joined(self) -> tuple[str, ...]:
        """Who gave a number at the second date only."""
        return self._apart("joined")

    @property
    def withheld(self) -> tuple[str, ...]:
        """Who gave a mark in place of a number at one date or both."""
        return self._apart("withheld")

    @property
    def silent(self) -> tuple[str, ...]:
        """Who gave nothing at either date, as far as they are named."""
        return self._apart("silent")

    def _apart(self, why: str) -> tuple[str, ...]:
        return tuple(each.name for each in self.not_compared if each.why == why)

    @property
    def ways(self) -> tuple[int, int, int] | None:
        """How many went up, went down and stayed; None where it is not known."""
        if self.up is None or self.down is None or self.unchanged is None:
            return None
        return self.up, self.down, self.unchanged

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
    def did_not_reply(self) -> int | None:
        """How many of those asked gave nothing, named or not; None where it is not known."""
        return None if self.replied is None or self.asked is None else self.asked - self.replied

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
        ways = self.ways
        went = "" if ways is None else f": {ways[0]:,} up, {ways[1]:,} down, {ways[2]:,} unchanged"
        said = [f"{plural(self.both, 'number')} at both dates{went}."]
        if self.change is not None and self.before is not None and self.after is not None:
            percent = "" if self.percent is None else f" ({signed(self.percent)} %)"
            totals = f"{with_commas(self.before)} and then {with_commas(self.after)}"
            said.append(f"In total {totals}: {signed(self.change)}{percent}.")
            if self.percent is not None and abs(self.before) < self.few:
                said.append(f"That is a percentage of fewer than {decimal(self.few)} and says little.")
        elif self.median_change is not None:
            said.append(f"The median change is {signed(self.median_change)}; totals would mean nothing.")
        if self.asked is not None and self.replied is not None:
            rate = "" if self.reply_rate is None else f" ({decimal(100 * self.reply_rate, 1)} %)"
            said.append(f"{self.replied:,} of {self.asked:,} asked replied{rate}.")
        unnamed = (self.did_not_reply or 0) - len(self.silent)
        others = (f"{unnamed:,} who {'is' if unnamed == 1 else 'are'} not named",) if unnamed > 0 else ()
        for names, what in (
            (self.left, "only at the first date"),
            (self.joined, "only at the second date"),
            (self.withheld, "with a mark in place of a number"),
            ((*self.silent, *others), "without a reply"),
        ):
            if names:
                said.append(f"Not compared, {what}: {join(names)}.")
        if self.small:
            most = max(self.small, key=lambda member: (abs(member.percent or 0), member.name))
            shown = "" if most.percent is None else f", as {signed(most.percent)} % for {most.name}"
            changes = f"{plural(len(self.small), 'change')} from fewer than {decimal(self.few)}"
            said.append(f"{changes}: a percentage of few says little{shown}.")
        said += marks_said((member.name, member.marks) for member in self.members)
        if self.unchecked:
            said.append(f"Only totals are known. It cannot be checked {'; '.join(self.unchecked)}.")
        return " ".join([*said, *self.notes, self.warning]).strip()

    def to_dict(self) -> dict[str, object]:
        """The panel as plain values; exact numbers are text, such as ``773/10``."""
        numbers = {name: getattr(self, name) for name in ("before", "after", "change", "percent", "reply_rate")}
        named: list[Member | NotCompared] = [*self.members, *self.not_compared]
        return {
            **{name: getattr(self, name) for name in ("both", "up", "down", "unchanged")},
            **{name: getattr(self, name) for name in ("asked", "replied", "did_not_reply")},
            **{name: None if number is None else str(number) for name, number in numbers.items()},
            **{name: list(getattr(self, name)) for name in ("left", "joined", "withheld", "silent", "unchecked")},
            "members": {member.name: [str(member.before), str(member.after)] for member in self.members},
            "not_compared": {
                each.name: [None if number is None else str(number) for number in (each.before, each.after)]
                for each in self.not_compared
            },
            "marks": {each.name: list(each.marks) for each in named if each.marks},
            "notes": list(self.notes),
            "words": self.words,
            "warning": self.warning,
        }

    def __str__(self) -> str:
        return self.words


@checked_after
def panel(
    before: Mapping[str, Reply | Value],
    after: Mapping[str, Reply | Value],
    *,
    asked: int | None = None,
    additive: bool = True,
    few: Number = FEW,
    warning: str = "",
) -> Panel:
    """Compare two dates, like for like.

    A mark is a reply but no number, and never a zero.

    Args:
        before: What each gave at the first date.
        after: What each gave at the second.
        asked: How many were asked, where more were than are named; everyone named at either date where None.
        additive: Whether totals mean something: they do for counts, and not for percentages.
        few: Below this many a percentage says little.
        warning: What must stand beside the result.

    Raises:
        InvalidInputError: Something given is neither a number, a mark nor None, or more are named than were asked;
            everything at once.
    """
    with collecting("the panel") as problems:
        first, second = _replies(before, "before", problems), _replies(after, "after", problems)
        named = len({*first, *second})
        if asked is not None and (type(asked) is not int or asked < named):
            problems.append(Problem("asked", f"{asked!r} were asked and {named:,} are named", "Correct one of them"))
    limit = exact(few)
    members, apart = _sorted_out(first, second, limit)
    return Panel(
        len(members),
        sum(member.change > 0 for member in members),
        sum(member.change < 0 for member in members),
        sum(member.change == 0 for member in members),
        sum((member.before for member in members), Fraction(0)) if additive else None,
        sum((member.after for member in members), Fraction(0)) if additive else None,
        tuple(members),
        not_compared=tuple(apart),
        replied=named - sum(each.why == "silent" for each in apart),
        asked=named if asked is None else asked,
        few=limit,
        warning=warning,
    )


_Replies = dict[str, Marked | None]


def _sorted_out(first: _Replies, second: _Replies, few: Fraction) -> tuple[list[Member], list[NotCompared]]:
    """Those who gave a number at both dates, and all others."""
    members: list[Member] = []
    apart: list[NotCompared] = []
    for name in sorted({*first, *second}):
        (old, was), (new, now) = (replies.get(name) or (None, ()) for replies in (first, second))
        marks = tuple(dict.fromkeys((*was, *now)))
        if isinstance(old, Fraction) and isinstance(new, Fraction):
            members.append(Member(name, old, new, few, marks))
        else:
            apart.append(NotCompared(name, old, new, marks))
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
