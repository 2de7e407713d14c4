"""Draw cases in stages, as a regulator narrows a long list down: in proportion, by a seed that anyone can repeat.

Nothing here depends on the order of the rows, on the version of Python or on chance: cases are put in order by a keyed
hash (SHA-256) of the seed, the stage and the case's id.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from attrs import field, frozen

from careassure.errors import InvalidInputError, Problem, collecting
from careassure.model.arguments import checked_after
from careassure.model.showing import short_repr
from careassure.model.text import join, plural
from careassure.samples.cases import Case, CaseAttribute, CaseList, unknown_attribute
from careassure.samples.intervals import CAUTION
from careassure.samples.quotas import Need, choose, fewest, needs_of

PILOT_STAGES = (50, 10, 6)
"""The sizes in CQC's pilots: a list of 50 from the council, cut to 10, of which 6 were to be engaged."""


@frozen
class Allocation:
    """How many cases of one stratum were drawn at a stage.

    Args:
        stratum: The code in each of the attributes by which the draw is stratified.
        held: How many of them the stage before held.
        proportional: How many an exactly proportional draw would take; mostly no whole number.
        drawn: How many were drawn.
    """

    stratum: tuple[str, ...]
    held: int
    proportional: Fraction
    drawn: int

    __repr__ = short_repr


@frozen
class Stage:
    """One stage of a draw.

    Args:
        asked: How many cases it was to hold.
        cases: Those drawn, in the order of their ids.
        allocation: How they are spread over the strata that the stage before held.
    """

    asked: int
    cases: tuple[Case, ...]
    allocation: tuple[Allocation, ...]

    __repr__ = short_repr

    @property
    def size(self) -> int:
        """How many cases it holds: as many as were asked for, or all that there were."""
        return len(self.cases)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its cases."""
        return tuple(case.id for case in self.cases)


@frozen
class Funnel:
    """Cases drawn in stages, each from the one before.

    Args:
        stages: The stages, the largest first.
        listed: How many cases there were to draw from.
        seed: What the draw can be repeated with.
        strata: The attributes by which it is stratified.
        needs: The minimum numbers that each stage was to hold.
    """

    stages: tuple[Stage, ...]
    listed: int
    seed: int | str
    strata: tuple[CaseAttribute, ...] = ()
    needs: tuple[Need, ...] = field(default=())

    __repr__ = short_repr

    @property
    def purposive(self) -> bool:
        """Whether minimum numbers were asked for, so that the draw is no longer random within its strata."""
        return bool(self.needs)

    @property
    def last(self) -> tuple[Case, ...]:
        """The cases of the last stage."""
        return self.stages[-1].cases

    @property
    def words(self) -> str:
        """The draw in plain words, with what it does not support."""
        sizes = " then ".join(f"{stage.size:,}" for stage in self.stages)
        by = f" in proportion to {join([str(a) for a in self.strata])}" if self.strata else ""
        lines = [f"From {plural(self.listed, 'case')}, {sizes} were drawn{by}, with the seed {self.seed!r}."]
        for number, stage in enumerate(self.stages, 1):
            if stage.size < stage.asked:
                lines.append(
                    f"Stage {number} was to hold {stage.asked:,} and only {stage.size:,} were there: all were taken."
                )
        if self.needs:
            asked = join([str(need) for need in self.needs])
            lines.append(f"Each stage was to hold {asked}, so the draw is purposive and no longer in proportion.")
        return " ".join([*lines, CAUTION])

    def __str__(self) -> str:
        return self.words


@checked_after
def draw(
    cases: CaseList,
    stages: Sequence[int] = PILOT_STAGES,
    *,
    strata: Sequence[str] = (),
    seed: int | str,
    must_have: Mapping[str, Mapping[str, int]] | None = None,
) -> Funnel:
    """Draw cases in stages, each a stratified draw from the stage before.

    The places of a stage are shared out over the strata by largest remainders: each stratum gets the whole part of its
    exact share, and the places left go to the largest fractions. Among equal fractions the seed decides, so that no
    stratum is favoured for its name. Within a stratum the seed decides. A stage that wants more cases than there are
    takes all.

    With ``must_have`` each stage holds at least so many cases of each code. The draw then keeps as much of the
    proportional one as it can and takes what is lacking from the others in the order of the seed. If a draw that meets
    every number exists, it is found.

    Args:
        cases: The cases to draw from.
        stages: How many cases each stage is to hold, the first the largest.
        strata: The ids of the attributes over whose combinations the places are shared out.
        seed: A whole number or text; the same seed draws the same cases, and ``7`` and ``"7"`` are the same.
        must_have: The least number by attribute and code, such as ``{"hospital_discharge": {"yes": 2}}``.

    Raises:
        InvalidInputError: The stages, strata or seed make no sense, or the numbers cannot be met; all is listed.
    """
    needs, problems = needs_of(cases, must_have or {})
    problems += _argument_problems(cases, stages, strata, seed)
    if problems:
        raise InvalidInputError("the draw of cases", problems)
    least = min(stages[-1], len(cases))
    _refuse_unmet(cases, needs, least)
    by = tuple(cases.attribute(name) for name in strata)
    found: list[Stage] = []
    before = tuple(sorted(cases.cases, key=lambda case: case.id))
    for number, asked in enumerate(stages, 1):
        found.append(_stage(before, asked, number, by, str(seed), needs, least))
        before = found[-1].cases
    return Funnel(tuple(found), len(cases), seed, by, needs)


def _stage(
    before: tuple[Case, ...],
    asked: int,
    number: int,
    by: tuple[CaseAttribute, ...],
    seed: str,
    needs: tuple[Need, ...],
    least: int,
) -> Stage:
    size = min(asked, len(before))
    order = sorted(before, key=lambda case: (_rank(seed, number, "case", case.id), case.id))
    strata: dict[tuple[str, ...], list[Case]] = {}
    for case in order:
        strata.setdefault(tuple(case.code(attribute.id) for attribute in by), []).append(case)
    exact = {label: Fraction(size * len(held), len(before)) for label, held in strata.items()}
    seats = {label: int(share) for label, share in exact.items()}
    names = [attribute.id for attribute in by]

    def claim(label: tuple[str, ...]) -> tuple[Fraction, bytes, tuple[str, ...]]:
        named = json.dumps(sorted(zip(names, label, strict=True)))
        return seats[label] - exact[label], _rank(seed, number, "stratum", named), label

    for label in sorted(strata, key=claim)[: size - sum(seats.values())]:
        seats[label] += 1
    picked = {case.id for label, held in strata.items() for case in held[: seats[label]]}
    if needs:
        # The proportional draw first, then the others: what it can keep of the former, it keeps.
        picked = choose(sorted(order, key=lambda case: case.id not in picked), size, needs, least)
    drawn = Counter(label for label, held in strata.items() for case in held if case.id in picked)
    places = [{code.id: place for place, code in enumerate(attribute.codes)} for attribute in by]
    labels = sorted(strata, key=lambda label: [place[code] for place, code in zip(places, label, strict=True)])
    allocation = tuple(Allocation(label, len(strata[label]), exact[label], drawn[label]) for label in labels)
    return Stage(asked, tuple(case for case in before if case.id in picked), allocation)


def _rank(seed: str, stage: int, kind: str, name: str) -> bytes:
    """The place of a case or stratum at a stage: as good as random, and the same everywhere."""
    return hashlib.sha256(json.dumps([seed, stage, kind, name]).encode()).digest()


def _argument_problems(cases: CaseList, stages: Sequence[int], strata: Sequence[str], seed: object) -> list[Problem]:
    problems: list[Problem] = []
    if not stages:
        problems.append(Problem("stages", "there are none", "Give at least one size"))
    sound = [size for size in stages if type(size) is int and size > 0]
    problems += [
        Problem("stages", f"{size!r} is not a number of cases", "Give a whole number from 1")
        for size in stages
        if type(size) is not int or size < 1
    ]
    if any(later > earlier for earlier, later in pairwise(sound)):
        problems.append(Problem("stages", "a stage is larger than the one before it", "Put the largest first"))
    if isinstance(strata, str):
        problems.append(Problem("strata", f"{strata!r} is one text", "Give a list of attributes"))
    else:
        known = [attribute.id for attribute in cases.attributes]
        problems += [unknown_attribute("strata", name, cases.attributes) for name in strata if name not in known]
        twice = [name for name, count in Counter(strata).items() if count > 1]
        problems += [Problem("strata", f"{name} is given twice", "Keep one") for name in twice]
    if type(seed) is not int and not isinstance(seed, str):
        problems.append(Problem("seed", f"{seed!r} is not a seed", "Give a whole number or text"))
    return problems


def _refuse_unmet(cases: CaseList, needs: tuple[Need, ...], least: int) -> None:
    """Refuse minimum numbers that no draw meets, and say which."""
    with collecting("the draw of cases") as problems:
        for need in needs:
            there = sum(need.met_by(case) for case in cases.cases)
            if there < need.least:
                message = f"at least {need.least:,} asked for, and {there:,} of {plural(len(cases), 'case')} have it"
                problems.append(Problem(need.where, message, "Ask for fewer, or list more cases"))
            elif need.least > least:
                message = f"at least {need.least:,} asked for, and the last stage holds {least:,}"
                problems.append(Problem(need.where, message, "Ask for fewer, or for a larger stage"))
        if not problems:
            together = fewest(cases.cases, needs)
            if together is not None and together > least:
                message = f"together the numbers need {plural(together, 'case')}, and the last stage holds {least:,}"
                problems.append(Problem("must_have", message, "Ask for fewer, or for a larger stage"))
