"""Whether something falls alike on groups: the shares of each group beside those of all, with the exact chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from attrs import frozen

from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import checked
from careassure.model.showing import short_repr
from careassure.model.text import join, plural
from careassure.samples.cases import Case, CaseAttribute, CaseList, Code
from careassure.samples.distances import chance_without_replacement
from careassure.samples.likeness import AttributeShares, represent
from careassure.samples.wording import chance_words, part_words

UNLIKELY: Final = Fraction(1, 20)
"""Below this chance a difference is named as one that chance alone seldom makes."""

CAUTION: Final = (
    "A difference between groups does not prove that they are treated unfairly, and none does not rule it out. Groups "
    "may differ in what is asked of each case. To tell, compare cases that are alike in all but the group. Have some "
    "judged again by people who do not know the group."
)
"""What is always said beside a comparison of groups."""


@frozen
class GroupShares:
    """What one group got, beside what all got.

    Args:
        group: The group.
        size: How many cases it holds.
        outcome: Each code of the outcome with its share of the group and of all, how far apart they are, and the
            chance that a random sample of this size from all is as far from them.
        last_chance: The chance that its share of the last code alone is as far from that of all; None where that of
            all codes together is worked out.
    """

    group: Code
    size: int
    outcome: AttributeShares
    last_chance: Fraction | None = None

    __repr__ = short_repr

    @property
    def chance(self) -> Fraction | None:
        """The chance of all codes together, or of the last alone where that is not worked out."""
        return self.last_chance if self.outcome.chance is None else self.outcome.chance

    @property
    def words(self) -> str:
        """The shares of the group beside those of all, and the chance, in sentences."""
        shares = [
            f"{part_words(found.sample)} {found.code} (all: {part_words(found.population)})"
            for found in self.outcome.shares
        ]
        if self.chance is None:
            chance = "How often a random sample would differ so much was not worked out."
        else:
            alone = f"In '{self.outcome.shares[-1].code}' alone a" if self.outcome.chance is None else "A"
            chance = f"{alone} random sample of {self.size:,} would differ at least this much with probability "
            chance += f"{chance_words(self.chance)}."
        return f"{self.group} ({self.size:,}): {join(shares)}. {chance}"

    def __str__(self) -> str:
        return self.words


@frozen
class GroupComparison:
    """Whether something falls alike on groups.

    Args:
        by: The attribute whose codes are the groups.
        outcome: The attribute that is compared.
        cases: How many cases there are in all.
        groups: Each group that has a case, in the order of the codes.
    """

    by: CaseAttribute
    outcome: CaseAttribute
    cases: int
    groups: tuple[GroupShares, ...]

    __repr__ = short_repr

    @property
    def unlikely(self) -> tuple[GroupShares, ...]:
        """The groups that differ as much as fewer than one random sample in twenty would."""
        chances = ((group, group.chance) for group in self.groups)
        return tuple(group for group, chance in chances if chance is not None and chance < UNLIKELY)

    @property
    def lines(self) -> tuple[str, ...]:
        """A line for each group, which of them chance seldom makes, and what the comparison cannot tell."""
        return (*(group.words for group in self.groups), *self._summary(), CAUTION)

    def _summary(self) -> Iterator[str]:
        worked_out = sum(group.chance is not None for group in self.groups)
        if not worked_out:
            return
        named = f": {join([str(group.group) for group in self.unlikely])}" if self.unlikely else ""
        yield (
            f"{len(self.unlikely):,} of {plural(worked_out, 'group')} differ so much that chance does it in fewer than "
            f"one draw in twenty{named}. Of twenty groups that are treated alike, about one does."
        )

    @property
    def words(self) -> str:
        """All of it in sentences."""
        return " ".join(self.lines)

    def __str__(self) -> str:
        return self.words


@checked
def compare_groups(cases: CaseList, by: str, outcome: str) -> GroupComparison:
    """Compare what each group got with what all got: which priority, say, a triage gave to people of each group.

    For each group the chance is that of drawing as many cases at random from all (multivariate hypergeometric), and
    finding their outcomes at least as far from those of all.

    Args:
        cases: The cases.
        by: The id of the attribute whose codes are the groups.
        outcome: The id of the attribute that is compared.

    Raises:
        InvalidInputError: There is no such attribute, or both are the same.
    """
    groups, found = cases.attribute(by), cases.attribute(outcome)
    if by == outcome:
        problem = Problem("outcome", f"{by} is compared with itself", "Name another attribute")
        raise InvalidInputError("the comparison of groups", [problem])
    held = Counter(case.code(by) for case in cases.cases)
    reduced = CaseList([found], [Case(case.id, [(outcome, case.code(outcome))]) for case in cases.cases])
    members: dict[str, list[Case]] = {}
    for case, short in zip(cases.cases, reduced.cases, strict=True):
        members.setdefault(case.code(by), []).append(short)
    shares = [(code, represent(members[code.id], reduced).attributes[0]) for code in groups.codes if held[code.id]]
    return GroupComparison(
        groups,
        found,
        len(cases),
        tuple(GroupShares(code, held[code.id], each, _last_chance(each, len(cases))) for code, each in shares),
    )


def _last_chance(shares: AttributeShares, cases: int) -> Fraction | None:
    """The chance of the last code against all others, where that of all codes is not worked out."""
    if shares.chance is not None:
        return None
    last = shares.shares[-1]
    have, size = int(last.population * cases), sum(each.count for each in shares.shares)
    return chance_without_replacement([have, cases - have], [last.count, size - last.count])
