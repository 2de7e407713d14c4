"""What a rating owes to its method, in words, as rows and as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from careassure.analysis.choices import CAUTION, Sensitivity, WeightSpan
from careassure.model.rounding import Rounding, decimal

Row = dict[str, object]
_ROUNDINGS: dict[Rounding, str] = {
    "none": "not rounded", "up": "rounded up", "down": "rounded down",
    "half_up": "rounded to the nearest, a half upwards", "half_even": "rounded to the nearest, a half to even",
}  # fmt: skip


def in_words(found: Sensitivity) -> str:
    """Where the rating would be another, a line each, with the caution that belongs to it."""
    weights = [f"  {row['Statement']} ({row['Weight']}): {row['Rating']}" for row in weight_rows(found)]
    return "\n".join([*(line for line in choice_lines(found) if line), *weights, range_words(found), CAUTION])


def choice_lines(found: Sensitivity) -> Iterator[str]:
    """The result, its lines and its rounding, up to the head of the weights."""
    yield f"{found.outcome.assessment.label}: {found.outcome.result}"
    yield ""
    yield "The lines"
    held = found.outcome.rating
    for line in found.lines:
        turns = decimal(line.turns)
        then = ""
        # The lines rise with the grades: to move any other line so far, those between would have to move as well.
        if line.grade == held:
            then = f" It would be lost with a line above {turns}."
        elif held is not None and line.grade.rank == held.rank + 1:
            then = f" It would be reached with a line at {turns} or below."
        yield f"  {line.grade}: {decimal(line.at)}.{then}"
    yield ""
    yield "The rounding"
    others = [
        (words, found.roundings[rounding])
        for rounding, words in _ROUNDINGS.items()
        if found.roundings[rounding] != found.outcome.rating
    ]
    if not others:
        yield "  The rating is the same however the number is rounded."
    for words, grade in others:
        yield f"  {words.capitalize()} it would be {grade}."
    yield ""
    yield "The weight of one statement, the others as they are"


def weight_rows(found: Sensitivity) -> Iterator[Row]:
    """A row for each statement: its weight, and the rating that each weight gives, for people."""
    titles = found.outcome.assessment.framework
    for name, spans in found.weights.items():
        yield {
            "Statement": titles.title_of(name),
            "Weight": decimal(found.own[name]),
            "Rating": "; ".join(map(_span, spans)),
        }


def _span(span: WeightSpan) -> str:
    if not span.low:
        return str(span.grade)
    return f"{span.grade} {'from' if span.with_low else 'above'} {decimal(span.low)}"


def range_words(found: Sensitivity) -> str:
    """What the rating can be with any weights within the bounds."""
    low, high = map(decimal, found.within)
    words = f"With every weight anywhere between {low} and {high} times its own, the rating"
    if found.least == found.most:
        return f"{words} stays {found.least}."
    return f"{words} can be anything from {found.least} to {found.most}."


def as_dict(found: Sensitivity) -> Row:
    """All of it as plain values that JSON can hold; numbers are exact, as text."""

    def number(value: Fraction | None) -> str | None:
        return None if value is None else str(value)

    return {
        "assessment": found.outcome.assessment.label,
        "rating": found.outcome.rating and found.outcome.rating.key,
        "lines": [
            {"grade": line.grade.key, "at": number(line.at), "reached": line.reached, "turns": number(line.turns)}
            for line in found.lines
        ],
        "roundings": {rounding: grade.key for rounding, grade in found.roundings.items()},
        "weights": {
            name: [
                {
                    "low": number(span.low), "with_low": span.with_low, "high": number(span.high),
                    "with_high": span.with_high, "rating": span.grade.key,
                }
                for span in spans
            ]
            for name, spans in found.weights.items()
        },
        "within": [number(bound) for bound in found.within],
        "least": found.least.key,
        "most": found.most.key,
    }  # fmt: skip
