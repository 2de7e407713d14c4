"""Notices while something is open: certain exactly if every completion has it, possible exactly if some has.

Worked out end by end, a condition is exact if every open score counts in one way only, for it or against it. Then
putting each such score at the end that is worse for the condition gives one completion, in which the condition is at
its worst, and likewise at its best. Where a score counts both ways, as in "a is good and a is not good", no single
completion stands behind an end, and the completions are gone through as sums and counts, up to a bound.
"""

from __future__ import annotations

from careassure.methods.conditions import AllOf, AnyOf, AtLeast, Condition, FactIs, Not
from careassure.methods.fit import Fitted, Key
from careassure.methods.formulas import FALSE, TRUE, Budget, Formulas, TooManyError
from careassure.methods.sight import Sight
from careassure.methods.ways import Ways, World

MOST_STEPS_OF_NOTICE = 200_000
"""So many steps are taken to decide one notice whose open scores count both ways. Beyond that it stays possible."""

Ends = tuple[bool, bool]
"""Whether a condition holds at worst and at best."""


def decided(fitted: Fitted, condition: Condition, world: World) -> Ends:
    """Whether a condition holds in every completion, and whether it does in some.

    Args:
        fitted: The method on its framework.
        condition: The condition of a notice, fitted.
        world: What is known. What a score can be stands from the worst to the best.
    """
    partly = fitted.method.not_rated == "leave_out"
    formulas = Formulas(told=world.fact)
    sight = Sight(fitted, formulas, [[condition]], partly=partly)
    ((formula,),) = sight.groups
    low, high = (
        sight.truths(sum(sight.adds(key, _options(key, world)[end]) for key in sight.inputs)) for end in (0, -1)
    )
    (rest,) = formulas.worked_out([formula], low, ~(low ^ high))
    ends = formulas.ends(rest, low, high)
    ways: dict[bool, set[str]] = {True: set(), False: set()}
    for number, counts in formulas.atoms(rest).items():
        for key in sight.seen_by(number):
            if len(set(_options(key, world))) > 1:
                for favours in counts:
                    ways[favours] |= _rests_on(fitted, key)
    if ends[0] == ends[1] or not ways[True] & ways[False]:
        return ends
    try:
        return _gone_through(
            Ways(fitted, [[condition]], partly=partly, budget=Budget(MOST_STEPS_OF_NOTICE), world=world)
        )
    except TooManyError:
        return ends


def _gone_through(ways: Ways) -> Ends:
    found: set[int] = set()
    for _, ((formula,),), states in ways.through():
        for packed in states:
            found.update(ways.formulas.worked_out([formula], ways.top.truths(packed)))
            if len(found) > 1:
                return False, True
    return FALSE not in found, TRUE in found


def _options(key: Key, world: World) -> tuple[int, ...]:
    name, given = key
    return tuple(world.scores(name) if given else world.grades(name))


def _rests_on(fitted: Fitted, key: Key) -> set[str]:
    """The scores on which an input rests, and the places where judgement decides or that may be given as a whole."""
    return {*fitted.leaves_under(key), *fitted.judged_under(key), *([] if key[1] else [f"{key[0]}, given"])}


def is_one_way(fitted: Fitted, condition: Condition) -> bool:
    """Whether every score counts in one way only in a condition, so that it is exact at both ends."""
    ways: dict[bool, set[str]] = {True: set(), False: set()}

    def walk(part: Condition, *, favours: bool) -> None:
        match part:
            case AtLeast(measure):
                if measure.kind != "count" or measure.grade:  # whether something is there at all is known
                    for item in measure.inputs:
                        ways[favours] |= _rests_on(fitted, (item.id, item.given))
            case Not(inner):
                walk(inner, favours=not favours)
            case AllOf(parts) | AnyOf(parts):
                for inner in parts:
                    walk(inner, favours=favours)
            case FactIs():
                pass

    walk(condition, favours=True)
    return not ways[True] & ways[False]
