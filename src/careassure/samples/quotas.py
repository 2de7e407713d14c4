"""Minimum numbers of cases with certain codes: whether a draw can meet them, and which cases do.

Cases that meet the same needs are of one kind and can stand for each other, so that kinds are gone through and not
cases. What is still lacking is written down as numbers, one for each need, and each kind takes some of it away; of all
ways to the same lack the one with the fewest cases is kept. The work grows with the lacks that there can be, the
product of (number + 1) over the needs, and with the kinds, never with the number of cases.

One case that came by discharge and two people over 85 are wanted. One case is both, two came by discharge only, three
are over 85 only: two cases do, the one that is both and one more over 85.

>>> needs = (Need("route", "discharge", 1), Need("age", "over_85", 2))
>>> kinds = Counter({(True, True): 1, (True, False): 2, (False, True): 3})
>>> _new_cases(needs, taken=Counter(), available=kinds, limit=6)
2
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from careassure.errors import Problem
from careassure.model.showing import short_repr
from careassure.model.text import join
from careassure.samples.cases import Case, CaseList, unknown_attribute

MOST_COMBINATIONS = 300
"""The product of (number + 1) over the minimum numbers up to which the search for a draw is made."""

_Kind = tuple[bool, ...]
"""Which of the needs a case meets; cases of one kind can stand for each other."""


@frozen
class Need:
    """The least number of cases that are to have a code.

    Args:
        attribute: The attribute's id.
        code: The code's id.
        least: How many cases at least; 1 or more.
    """

    attribute: str
    code: str
    least: int

    __repr__ = short_repr

    def __str__(self) -> str:
        return f"at least {self.least:,} with {self.attribute} {self.code}"

    @property
    def where(self) -> str:
        """Its place among the arguments of a draw."""
        return f"must_have, {self.attribute}, {self.code}"

    def met_by(self, case: Case) -> bool:
        """Whether a case has the code."""
        return case.code(self.attribute) == self.code


def needs_of(cases: CaseList, must_have: Mapping[str, Mapping[str, int]]) -> tuple[tuple[Need, ...], list[Problem]]:
    """The minimum numbers as needs, without those of 0, and everything that is wrong with them."""
    needs: list[Need] = []
    problems: list[Problem] = []
    known = {attribute.id: attribute for attribute in cases.attributes}
    for name, numbers in must_have.items():
        if name not in known:
            problems.append(unknown_attribute("must_have", name, cases.attributes))
            continue
        codes = [code.id for code in known[name].codes]
        for code, least in numbers.items():
            need = Need(name, code, least)
            if code not in codes:
                problems.append(Problem(need.where, f"{code!r} is not one of its codes", f"Use {join(codes, 'or')}"))
            elif type(least) is not int or least < 0:
                problems.append(
                    Problem(need.where, f"{least!r} is not a number of cases", "Give a whole number from 0")
                )
            elif least:
                needs.append(need)
    if math.prod(need.least + 1 for need in needs) > MOST_COMBINATIONS:
        message = "so many minimum numbers at once have too many combinations to search"
        problems.append(Problem("must_have", message, "Ask for fewer codes, or for smaller numbers"))
    return tuple(sorted(needs, key=lambda need: (need.attribute, need.code))), problems


def fewest(cases: Iterable[Case], needs: tuple[Need, ...]) -> int | None:
    """The size of the smallest set of cases that meets every need; None where none does."""
    limit = sum(need.least for need in needs)
    return _new_cases(needs, Counter(), Counter(_kind(case, needs) for case in cases), limit)


def choose(order: Sequence[Case], size: int, needs: tuple[Need, ...], least: int) -> set[str]:
    """The ids of so many cases, the earliest in the order with which every need can still be met by the last stage.

    Among the chosen some ``least`` cases, the size of the last stage, meet every need together, so that each later
    stage can be drawn from them.

    A case is passed over only if no choice of the later ones would make up for it. Then no later case of its kind can
    be taken either: what it lacked has not become less.

    Args:
        order: The cases, the most wanted first; some ``least`` of them meet every need together.
        size: How many to choose; at least ``least`` and at most all.
        needs: What is to be met.
        least: How many cases the last stage holds.
    """
    kinds = [_kind(case, needs) for case in order]
    available, taken = Counter(kinds), Counter[_Kind]()
    chosen: set[str] = set()
    dropped: set[_Kind] = set()
    lacking = _new_cases(needs, taken, available, least)
    for case, kind in zip(order, kinds, strict=True):
        left = size - len(chosen)
        if left == 0:
            break
        if kind in dropped:
            continue
        available[kind] -= 1
        taken[kind] += 1
        # While there are more places than cases are lacking, any case may be taken.
        if lacking is None or lacking >= left:
            lacking = _new_cases(needs, taken, available, least)
            if lacking is None or lacking >= left:
                taken[kind] -= 1
                del available[kind]
                dropped.add(kind)
                lacking = left
                continue
        chosen.add(case.id)
    return chosen


def _kind(case: Case, needs: tuple[Need, ...]) -> _Kind:
    return tuple(need.met_by(case) for need in needs)


def _new_cases(needs: tuple[Need, ...], taken: Counter[_Kind], available: Counter[_Kind], limit: int) -> int | None:
    """How many of the available cases it takes at least, so that with some of the taken ones all needs are met.

    Args:
        needs: What is to be met.
        taken: How many cases of each kind are taken already.
        available: How many there are besides.
        limit: How many cases, taken before or new, may be used together.

    Returns:
        The smallest number of new ones; None where it cannot be done.
    """
    start = tuple(need.least for need in needs)
    # What is still lacking and how many cases were used, with the fewest new cases among them.
    states: dict[tuple[tuple[int, ...], int], int] = {(start, 0): 0}
    for stock, new in ((taken, 0), (available, 1)):
        for kind, count in stock.items():
            if count <= 0 or not any(kind):
                continue
            reached = dict(states)
            for (lacking, used), cost in states.items():
                now = lacking
                for number in range(1, min(count, limit - used) + 1):
                    further = tuple(max(left - hit, 0) for left, hit in zip(now, kind, strict=True))
                    if further == now:
                        break
                    now = further
                    key = (now, used + number)
                    reached[key] = min(reached.get(key, limit + 1), cost + new * number)
            states = reached
    return min((cost for (lacking, _), cost in states.items() if not any(lacking)), default=None)
