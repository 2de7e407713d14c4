"""Two outcomes beside each other: whether one falls below another, or holds what another may come to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from careassure.model.assessment import Assessment
from careassure.model.outcome import Outcome
from careassure.testing.cases import described
from careassure.testing.check import CheckFailedError


def never_falls(low: Outcome | None, high: Outcome | None, below: Assessment, above: Assessment) -> bool:
    """Whether there was something to look at in two outcomes, of an assessment and the same with a score raised.

    Raises:
        CheckFailedError: Something is lower in the second.
    """
    looked = False
    for what, before, after in _both(low, high):
        for side, old, new in zip(("low", "high"), before, after, strict=True):
            if new is not old and new < old:
                marks = zip(below.marks, above.marks, strict=True)
                change = next(f"{a[0]} from {a[1]} to {b[1]}" for a, b in marks if a != b)
                raise CheckFailedError(
                    f"raising {change} lowers {what} ({side}) from {old} to {new}", where=described(below)
                )
        looked = True
    return looked and below != above


def contains(wide: Outcome | None, narrow: Outcome | None, partial: Assessment, full: Assessment) -> bool:
    """Whether there was something to look at in two outcomes, of an assessment and the same with more scores known.

    Raises:
        CheckFailedError: The first leaves out something that the second comes to.
    """
    if wide is None or narrow is None:
        return False
    outside, inside = dict(_pairs(wide)), dict(_pairs(narrow))
    both = {what: (one, other) for what, one, other in _both(wide, narrow)}
    looked = False
    for what in dict.fromkeys((*outside, *inside)):
        one, other = outside.get(what, _NONE), inside.get(what, _NONE)
        if what in both:
            looked = True
            fits = both[what][0][0] <= both[what][1][0] and both[what][1][1] <= both[what][0][1]
        else:
            fits = (one == _NONE) == (other == _NONE)
        if not fits:
            raise CheckFailedError(
                f"{what} is {span(*one)}, and {span(*other)} when the missing scores are {_filled(partial, full)}",
                where=described(partial),
                hint="A missing score leaves open everything that it could make of the result",
            )
    _check_flags(wide, narrow, partial, full)
    return looked and partial != full


def _check_flags(wide: Outcome, narrow: Outcome, partial: Assessment, full: Assessment) -> None:
    before = {flag.id: flag.certain for flag in wide.flags}
    after = {flag.id: flag.certain for flag in narrow.flags}
    lost = [name for name, certain in before.items() if certain and not after.get(name, False)]
    new = [name for name in after if name not in before]
    for name, words in (*((n, "certain") for n in lost), *((n, "not possible") for n in new)):
        raise CheckFailedError(
            f"the flag {name} is {words}, and not so when the missing scores are {_filled(partial, full)}",
            where=described(partial),
            hint="Give what only may hold with certain=False",
        )


def _filled(partial: Assessment, full: Assessment) -> str:
    return "; ".join(
        f"{leaf} {score}"
        for (leaf, score), (_, before) in zip(full.marks, partial.marks, strict=True)
        if score != before
    )


def span(low: object, high: object) -> str:
    """From where to where something goes, in words."""
    return "none" if low is None else str(low) if low == high else f"{low} to {high}"


Pair = tuple[Any, Any]
"""The low and the high end of something: two grades, two numbers, or nothing twice."""

_NONE: Pair = (None, None)


def _pairs(outcome: Outcome) -> Iterator[tuple[str, Pair]]:
    yield "the overall", (outcome.low, outcome.high)
    yield "the percentage", (outcome.percentage_low, outcome.percentage_high)
    yield "the score", (outcome.score_low, outcome.score_high)
    for entry in outcome.profile.entries:
        yield f"the profile of {entry.id}", (entry.low, entry.high)


def _both(one: Outcome | None, other: Outcome | None) -> Iterator[tuple[str, Pair, Pair]]:
    """What two outcomes both have, on one scale and in order; what is not so is another check's business."""
    if one is None or other is None:
        return
    found = dict(_pairs(other))
    for what, pair in _pairs(one):
        four = (*pair, *found.get(what, _NONE))
        alike = None not in four and len({getattr(value, "scale", "") for value in four}) == 1
        if alike and four[0] <= four[1] and four[2] <= four[3]:
            yield what, pair, found[what]
