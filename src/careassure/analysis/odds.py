"""The stability of a rating in words, as plain values and in a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from careassure.model.as_dict import whose
from careassure.model.notebook import output, paragraph, pictures, table
from careassure.model.rounding import decimal
from careassure.model.scores import nested
from careassure.model.text import join, plural

if TYPE_CHECKING:
    from careassure.analysis.stability import Bounds, Chances, Stability

CAUTION = (
    "This is not a corrected rating. It says how firm the rating is, were its scores uncertain in this way. How often "
    "a score is off is assumed, and not known from any council."
)
_SMALL = Fraction(1, 2000)


def percent(chance: Fraction) -> str:
    """A probability in per cent, to one place; what is not quite 0 or 100 is never printed as such.

    >>> percent(Fraction(1, 3)), percent(Fraction(1, 10**6)), percent(Fraction(0)), percent(1 - Fraction(1, 10**6))
    ('33.3 %', 'less than 0.1 %', '0 %', 'more than 99.9 %')
    """
    if 0 < chance < _SMALL:
        return "less than 0.1 %"
    if 1 > chance > 1 - _SMALL:
        return "more than 99.9 %"
    return f"{decimal(100 * chance, 1)} %"


def bounds_in_words(bounds: Bounds) -> str:
    """The least and the most of a probability; one number where they are one."""
    low, high = map(percent, bounds)
    if bounds[0] == bounds[1]:
        return low
    return f"about {low}" if low == high else f"{low} to {high}"


def assumption(found: Stability) -> str:
    """What is taken to be so, in sentences."""
    if found.error is None:
        said = (
            "Assumed: each score, by itself, is one step too low or too high, as often as was given for its confidence."
        )
    elif found.error:
        often = f"with a probability of {percent(found.error)}"
        said = f"Assumed: each score, by itself, is one step too low or too high {often}."
    else:
        said = "Assumed: every score is right."
    blank = sum(not chances for _, chances in found.scores)
    if found.likely:
        said += f" For {plural(len(found.likely), 'score')} the probabilities are those that were given."
    if blank:
        said += f" Nothing is assumed of {plural(blank, 'score')} that {'is' if blank == 1 else 'are'} not known."
    return said


def open_sentence(chances: Chances) -> str:
    """Why there are bounds instead of one number; nothing where there is one."""
    if chances.settled:
        return ""
    return "Where blanks or judgement leave the rating open, there is a least and a most."


def rating_rows(found: Stability) -> list[dict[str, object]]:
    """A row for each grade of the overall rating, for people; none where the method gives none."""
    if found.overall is None:
        return []
    return [
        {"Rating": found.overall.scale[key], "Probability": bounds_in_words(bounds)}
        for key, bounds in found.overall.bounds.items()
    ]


def place_rows(found: Stability) -> list[dict[str, object]]:
    """A row for each place of the profile that has a grade, for people: the grade as it stands, and how sure it is."""
    rows: list[dict[str, object]] = []
    for place, chances in found.places.items():
        if place == "overall":
            continue
        entry = found.outcome.profile[place]
        if entry.low is None or entry.low != entry.high:
            rows.append({"Place": entry.title, "Grade": "open", "Probability": ""})
        else:
            kept = chances.bounds[entry.low.key]
            rows.append({"Place": entry.title, "Grade": entry.low, "Probability": bounds_in_words(kept)})
    return rows


def share_rows(found: Stability, most: int | None = None) -> list[dict[str, object]]:
    """A row for each score on which the rating hangs, the one on which it hangs most first, for people.

    Args:
        found: What was found.
        most: How many are shown, and those that are as large as the last of them.
    """
    if found.overall is None or not found.overall.settled:
        return []
    title = found.assessment.framework.title_of
    shares = sorted(found.variance_shares.items(), key=lambda item: -item[1])
    least = shares[most - 1][1] if most is not None and len(shares) > most else Fraction(0)
    return [{"Score": title(leaf), "Share of the variance": percent(share)} for leaf, share in shares if share >= least]


def share_sentence(found: Stability) -> str:
    """What the shares of the variance are; nothing where there are none."""
    if found.overall is None or not found.overall.settled or not found.variance_shares:
        return ""
    rest = 1 - sum(found.variance_shares.values(), Fraction(0))
    return (
        "Share of the variance: by how much it would fall if that score alone were known for sure. The rating counts "
        f"in steps. {percent(rest)} goes back to several scores together."
    )


def stability_in_words(found: Stability) -> str:
    """What was found in sentences, with the caution that belongs to it."""
    return "\n".join(line for line in _sentences(found) if line)


def _sentences(found: Stability) -> Iterator[str]:
    yield f"{found.assessment.label}: {found.outcome.result}, as the scores stand."
    yield assumption(found)
    if found.overall is None:
        yield "The method gives no overall rating, so each place of the profile has its own probabilities."
    else:
        said = [
            f"{found.overall.scale[key]} {bounds_in_words(bounds)}"
            for key, bounds in found.overall.bounds.items()
            if bounds[1]
        ]
        yield f"Then the rating is: {join(said)}."
        yield open_sentence(found.overall)
    yield CAUTION


def stability_rows(found: Stability, *, places: bool) -> list[dict[str, object]]:
    """A row for each grade of the rating, with ``places`` of every place as well."""
    only = {"overall": found.overall} if found.overall is not None and not places else found.places
    return [
        {
            "council": found.assessment.council.name,
            "scorer": found.scorer,
            "place": place,
            "grade": key,
            "least_probability": str(low),
            "most_probability": str(high),
        }
        for place, chances in only.items()
        for key, (low, high) in chances.bounds.items()
    ]


def stability_to_dict(found: Stability) -> dict[str, object]:
    """All of it as plain values that JSON can hold."""
    settled = found.overall is not None and found.overall.settled
    return {
        "format": "careassure.stability/1",
        **whose(found.assessment),
        "scorer": found.scorer,
        "result": found.outcome.result,
        "error": None if found.error is None else str(found.error),
        "likely": list(found.likely),
        "scores": nested((leaf, _plain(chances)) for leaf, chances in found.scores),
        "probabilities": {key: str(chance) for key, chance in found.probabilities.items()} if settled else None,
        "bounds": None if found.overall is None else _bounds(found.overall),
        "variance": str(found.variance) if settled else None,
        "variance_shares": {leaf: str(share) for leaf, share in found.variance_shares.items()} if settled else {},
        "places": {place: _bounds(chances) for place, chances in found.places.items()},
        "caution": CAUTION,
    }


def _plain(chances: Sequence[tuple[object, Fraction]]) -> object:
    return {getattr(grade, "key", ""): str(chance) for grade, chance in chances} or None


def _bounds(chances: Chances) -> dict[str, list[str]]:
    return {key: [str(low), str(high)] for key, (low, high) in chances.bounds.items()}


def stability_html(found: Stability) -> str:
    """What was found as a table for a notebook."""
    shown = {"overall": found.overall} if found.overall is not None else found.places
    tables = [
        table(f"How likely each grade of {chances.title} is", ("", "Probability"),
              [(str(chances.scale[key]), bounds_in_words(bounds)) for key, bounds in chances.bounds.items()])
        for chances in shown.values()
    ]  # fmt: skip
    return output(paragraph(found.words), pictures(found), *tables)
