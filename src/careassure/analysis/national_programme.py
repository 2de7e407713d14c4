"""How far CQC's programme of assessments has come: whose result is published, and who is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from attrs import frozen

from careassure.analysis.results import is_withdrawn
from careassure.api.verbs import councils, published
from careassure.catalogue.resources import read_rows
from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.model.council import Council
from careassure.model.dates import DateInput, PartialDate
from careassure.model.rounding import apply_rounding
from careassure.model.scale import Grade
from careassure.model.showing import short_repr
from careassure.model.text import join, plural

_RATINGS = ("outstanding", "good", "requires_improvement", "inadequate")
_LABELS = ("outstanding", "good", "requires improvement", "inadequate")


@frozen
class Tally:
    """How many results had been published by a day, as someone else counted them, beside what ships.

    Args:
        by: The day, or the month, that is meant.
        counted_by: Who counted.
        councils: How many councils they counted.
        ratings: How many by rating's key; empty where they gave only the number of councils.
        found: How many councils of the register had a result by then.
        found_ratings: How many of those by rating's key.
        perhaps: The further results of the register that are dated so loosely that they may have come later.
        means: Means of scores that they printed, by what they are of, each beside the register's own.
        source: Where they said so.
        note: What else there is to know.
    """

    by: PartialDate
    counted_by: str
    councils: int
    ratings: dict[str, int]
    found: int
    found_ratings: dict[str, int]
    perhaps: tuple[Assessment, ...]
    means: tuple[tuple[str, Fraction, Fraction | None], ...]
    source: str
    note: str

    __repr__ = short_repr

    @property
    def agrees(self) -> bool:
        """Whether the register gives the same numbers."""
        same = self.councils == self.found and (not self.ratings or self.ratings == self.found_ratings)
        return same and all(ours is not None and _to_tenth(ours) == printed for _, printed, ours in self.means)

    @property
    def words(self) -> str:
        """What was counted, by whom, and what the register has."""
        counted = f"{plural(self.councils, 'council')}{_by_rating(self.ratings)}"
        said = f"By {self.by.words}: {counted}, as {self.counted_by} said"
        if self.agrees:
            means = "".join(
                f" It gives the printed mean of {what} too: {float(printed)}." for what, printed, _ in self.means
            )
            return f"{said}. The register has the same.{means}"
        kept = self.found_ratings if self.ratings else {}
        more = f", and perhaps {_loosely(self.perhaps)}" if self.perhaps else ""
        return f"{said}. The register has {plural(self.found, 'council')}{_by_rating(kept)}{more}."


@frozen
class Programme:
    """How far the programme had come on a day, as far as results were found.

    Args:
        at: The day; None for everything that ships.
        latest: The latest result of each council that certainly had one by then, without pilots.
        perhaps: The councils whose first result is dated so loosely that it may have come later.
        left: The councils without a result by then.
        withdrawn: The results that had been withdrawn by then; they count as none.
        pilots: The pilots' results; their ratings were indicative.
        pace: How many councils got their first result in each quarter, or year where no month is known.
        tallies: What others counted, beside the register.
    """

    at: PartialDate | None
    latest: tuple[Assessment, ...]
    perhaps: tuple[Assessment, ...]
    left: tuple[Council, ...]
    withdrawn: tuple[Assessment, ...]
    pilots: tuple[Assessment, ...]
    pace: tuple[tuple[str, int], ...]
    tallies: tuple[Tally, ...]

    __repr__ = short_repr

    @property
    def councils(self) -> int:
        """How many councils the programme is of."""
        return len({item.council for item in (*self.latest, *self.perhaps)}) + len(self.left)

    @property
    def ratings(self) -> dict[str, int]:
        """How many of the latest results have each rating, by its key, the best first; without those of no rating."""
        return _counts(self.latest)

    @property
    def unconfirmed(self) -> tuple[Assessment, ...]:
        """Those of the latest results that only a program read."""
        return tuple(item for item in self.latest if item.confidence == "unconfirmed")

    @property
    def words(self) -> str:
        """How many are published, and by rating, in a sentence or two."""
        when = "So far" if self.at is None else f"By {self.at.words}"
        text = f"{when}, {len(self.latest)} of {plural(self.councils, 'council')} had a published result"
        text += _by_rating(self.ratings)
        without = len(self.latest) - sum(self.ratings.values())
        return f"{text}, and {without} whose rating was not seen." if without else f"{text}."

    def lines(self, most: int | None = None, hint: str = "") -> Iterator[str]:
        """All of it in words, a line each; a blank one stands between its parts.

        Args:
            most: How many councils that are left are named; of more their number is said. All where None.
            hint: How they can be named, said with that number.
        """
        yield self.words
        if self.unconfirmed:
            yield f"Of these, {len(self.unconfirmed)} are unconfirmed: only a program read them."
        if self.perhaps:
            yield f"Not dated closely enough to say: {_loosely(self.perhaps)}."
        if self.withdrawn:
            yield f"Withdrawn since: {join([str(item.council) for item in self.withdrawn])}."
        if self.pilots:
            yield f"Pilots, whose ratings were indicative: {join([str(item.council) for item in self.pilots])}."
        yield ""
        if self.pace:
            yield "Councils with a first result, by quarter:"
            yield from (f"  {quarter:<8}{count:>4}" for quarter, count in self.pace)
            yield ""
        left = [str(council) for council in self.left]
        if most is not None and len(left) > most:
            yield f"Left: {plural(len(left), 'council')}. {hint}".rstrip()
        elif left:
            yield f"Left: {plural(len(left), 'council')}: {join(left)}."
        if self.tallies:
            yield ""
            yield "What others counted:"
            yield from (f"  {tally.words}{f' {tally.note}' if tally.note else ''}" for tally in self.tallies)
        yield ""
        yield "These are the results that were found. A council without one may have a report that was not."

    def __str__(self) -> str:
        return self.words


@checked
def programme(at: DateInput | None = None) -> Programme:
    """How far CQC's programme of assessing every council has come, as far as results were found.

    A result dated by month or year counts as certainly published once that month or year is over.

    Args:
        at: The day; everything that ships where None. Of a month or a year its last day is meant.

    Raises:
        InvalidInputError: The day is no date.
    """
    day = None if at is None else PartialDate.parse(at)
    every = published()
    pilots = tuple(item for item in every if item.indicative and _by(item.published, day) is not False)
    formal = [item for item in every if not item.indicative]
    withdrawn = tuple(item for item in formal if is_withdrawn(item, day))
    first: dict[str, Assessment] = {}
    latest: dict[str, Assessment] = {}
    perhaps: dict[str, Assessment] = {}
    for item in formal:
        if item in withdrawn:
            continue
        sure = _by(item.published, day)
        if sure:
            latest[item.council.code] = item
            first.setdefault(item.council.code, item)
        elif sure is None:
            perhaps.setdefault(item.council.code, item)
    maybe = tuple(item for code, item in perhaps.items() if code not in latest)
    seen = {*latest, *(item.council.code for item in maybe)}
    return Programme(
        day,
        tuple(latest.values()),
        maybe,
        tuple(council for council in councils() if council.code not in seen),
        withdrawn,
        pilots,
        tuple(sorted(Counter(_quarter(item.published) for item in first.values() if item.published).items())),
        tuple(tally for row in read_rows("programme_counts.csv") if (tally := _tally(row, formal, day)) is not None),
    )


def _tally(row: dict[str, str], formal: list[Assessment], day: PartialDate | None) -> Tally | None:
    by = PartialDate.parse(row["by"])
    if _by(by, day) is False:
        return None
    then = {item.council.code: item for item in formal if _by(item.published, by)}
    maybe = {item.council.code: item for item in formal if _by(item.published, by) is None}
    perhaps = tuple(item for code, item in maybe.items() if code not in then)
    scores = [score.value for item in then.values() for score in item.scores.values() if isinstance(score, Grade)]
    wanted = (item.scores["assessing_needs"] for item in then.values())
    needs = [score.value for score in wanted if isinstance(score, Grade)]
    means = tuple(
        (what, Fraction(row[column]), Fraction(sum(values), len(values)) if values else None)
        for what, column, values in (
            ("all scores", "mean", scores),
            ("the scores for assessing needs", "mean_assessing_needs", needs),
        )
        if row[column]
    )
    ratings = {key: int(row[key]) for key in _RATINGS if row[key]}
    return Tally(
        by, row["counted_by"], int(row["councils"]), ratings, len(then), _counts(then.values()), perhaps, means,
        row["source"], row["note"],
    )  # fmt: skip


def _by(published: PartialDate | None, day: PartialDate | None) -> bool | None:
    """Whether something had been published by the end of a day; None where that is not known."""
    if day is None:
        return True
    if published is None:
        return None
    if published.latest <= day.latest:
        return True
    return None if published.earliest <= day.latest else False


def _counts(items: Iterable[Assessment]) -> dict[str, int]:
    found = Counter(item.stated.rating.key for item in items if item.stated.rating is not None)
    return {key: found[key] for key in _RATINGS}


def _by_rating(ratings: Mapping[str, int]) -> str:
    counts = [f"{ratings[key]} {label}" for key, label in zip(_RATINGS, _LABELS, strict=True) if ratings.get(key)]
    return f" ({join(counts)})" if counts else ""


def _loosely(items: Iterable[Assessment]) -> str:
    return join([f"{item.council} ({item.published})" for item in items])


def _quarter(day: PartialDate) -> str:
    return f"{day.year}" if day.month is None else f"{day.year} Q{(day.month + 2) // 3}"


def _to_tenth(value: Fraction) -> Fraction:
    return Fraction(apply_rounding(value * 10, "half_up"), 10)
