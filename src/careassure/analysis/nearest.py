"""What would change a result: the smallest changes of scores that reach a grade, or lose the one that is held.

It says what follows from other scores under one method. It does not say that they will come, or that they should.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal, cast

from attrs import field, frozen

from careassure.analysis.cheapest import Cheapest, Price, cheapest
from careassure.analysis.deciding import Deciding, deciding, scale_at
from careassure.analysis.reasons import MOST_LISTED, grades_of, place_of
from careassure.analysis.spread import TooMuchError
from careassure.api.lookup import ScorerLike, find_scorer
from careassure.api.verbs import published
from careassure.errors import CareAssureError, InvalidInputError, Problem, collecting
from careassure.methods.formulas import TooManyError
from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.numbers import Number, exact, fraction
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade, Scale
from careassure.model.showing import clipped, short_repr

By = Literal["points", "statements"]
"""What is counted: points of score, or how many statements have another score at all."""


@frozen
class WayTo:
    """The smallest changes that reach a grade, or fall to it.

    Args:
        grade: The grade: at least this one for a gain, at most this one for a loss.
        up: Whether it is a gain.
        cost: What it takes: points, statements, or what these cost; None where no change of the known scores does it.
        count: How many such changes there are.
        gives: The grades that they give: for a gain the lowest that is possible then, for a loss the highest.
        found: The changes, each as pairs of a score's id and its other grade; empty where there are too many to list.
    """

    grade: Grade
    up: bool
    cost: Fraction | int | None
    count: int
    gives: tuple[Grade, ...]
    found: tuple[tuple[tuple[str, Grade], ...], ...]

    __repr__ = short_repr

    @property
    def changes(self) -> tuple[dict[str, int], ...]:
        """The changes: for each the new score by the id of what is scored; empty where none does it.

        Raises:
            TooMuchError: There are too many to be listed.
        """
        if self.count != len(self.found):
            what = f"There are {self.count:,} changes to {self.grade}, and at most {MOST_LISTED:,} are listed"
            raise TooMuchError(what, hint="Their number and what they take are exact all the same")
        return tuple({leaf: grade.value for leaf, grade in change} for change in self.found)


@frozen(repr=False)
class NearestChange:
    """What would change a result.

    Args:
        outcome: The result as it is.
        place: What it is the result of: ``overall``, or the id of a theme or statement.
        low: The lowest grade that it can have now.
        high: The highest; the same where the result is a rating.
        by: What is counted.
        to: The grade that was asked for; None where it was the next up and the loss of the one that is held.
        ways: The gain and the loss that were asked for.
        plain: Whether every point, or every statement, costs one.
        alike: Scores that are the same and count the same, together.
    """

    outcome: Outcome
    place: str
    low: Grade
    high: Grade
    by: By
    to: Grade | None
    ways: tuple[WayTo, ...]
    plain: bool = True
    alike: tuple[tuple[str, ...], ...] = field(default=(), repr=False)

    @property
    def up(self) -> WayTo | None:
        """The gain that was asked for; None where there is no higher grade, or a loss was asked for."""
        return next((way for way in self.ways if way.up), None)

    @property
    def down(self) -> WayTo | None:
        """The loss that was asked for; None where there is no lower grade, or a gain was asked for."""
        return next((way for way in self.ways if not way.up), None)

    @property
    def changes(self) -> tuple[dict[str, int], ...]:
        """All smallest changes: for each the new score by the id of what is scored. Gains come before losses.

        Raises:
            TooMuchError: There are too many to be listed.
        """
        return tuple(change for way in self.ways for change in way.changes)

    @property
    def cost(self) -> Fraction | int | None:
        """What the smallest of all changes takes; None where no change does it."""
        return min((way.cost for way in self.ways if way.cost is not None), default=None)

    @property
    def words(self) -> str:
        """All of it in words."""
        from careassure.analysis.saying import nearest_text

        return nearest_text(self)

    def __str__(self) -> str:
        return self.words

    def __repr__(self) -> str:
        told = "; ".join(f"{'at least' if way.up else 'at most'} {way.grade}: {way.cost}" for way in self.ways)
        return clipped(f"<NearestChange of {self.outcome.assessment.label}, {self.by}: {told}>")

    def _repr_html_(self) -> str:
        from careassure.model.notebook import preformatted

        return preformatted(self.words)


class NearestChanges(tuple[NearestChange, ...]):
    """What would change several results: a tuple that also prints as a table."""

    __slots__ = ()

    @property
    def words(self) -> str:
        """A line for each result: what reaches more, and what loses it."""
        from careassure.analysis.saying import nearest_line

        return "\n".join(map(nearest_line, self)) or "Nothing was asked about."

    def __str__(self) -> str:
        return self.words

    def __repr__(self) -> str:
        return clipped(f"<NearestChanges of {len(self)} results>")


@checked
def nearest_change(
    assessment: Assessment,
    to: str | int | Grade | None = None,
    by: By = "points",
    cost: Mapping[str, Number | float] | None = None,
    scorer: ScorerLike | None = None,
    of: str = "overall",
) -> NearestChange:
    """All smallest changes of scores that reach a grade, or lose the one that is held.

    A change is of known scores, and certain: it holds whatever is not known, and however judgement goes.

    Args:
        assessment: What was found.
        to: The grade: at least this one where it is above what is held, at most this one where it is below. Where
            None, the next grade up and the loss of the grade that is held.
        by: What is counted: ``points`` of score, or ``statements`` with another score.
        cost: What a point of a statement costs, or with ``statements`` another score of it, by id, title or alias;
            1 for all others. ``statement/part`` for a part.
        scorer: The scorer; the framework's own where None.
        of: The place whose result is meant: a theme or statement that gets a grade, by its id, title or alias.

    Returns:
        The changes. None of them is an answer too: no change of the known scores does it.

    Raises:
        InvalidInputError: The place has no grade, or a cost is not above 0.
        TooMuchError: There is too much to go through.
        UnknownGradeError: There is no such grade.
        UnknownScorerError: There is no such scorer, or it does not score this framework.
        UnknownStatementError: There is no such theme or statement.
    """
    return _nearest(assessment, to, by, _costs(assessment.framework, cost), scorer, of)


@checked
def nearest_changes(
    assessments: Iterable[Assessment] | None = None,
    to: str | int | Grade | None = None,
    by: By = "points",
    cost: Mapping[str, Number | float] | None = None,
    scorer: ScorerLike | None = None,
    of: str = "overall",
) -> NearestChanges:
    """All smallest changes for each of many assessments; see `nearest_change`.

    Args:
        assessments: What was found; every published assessment that ships where None.
        to: The grade; the next up and the loss of the grade that is held where None.
        by: What is counted.
        cost: What a point or another score of a statement costs; 1 where it is not named.
        scorer: The scorer; each framework's own where None.
        of: The place whose result is meant.

    Raises:
        InvalidInputError: As for `nearest_change`, for any of them.
        TooMuchError: Likewise.
    """
    found = published() if assessments is None else assessments
    return NearestChanges(_nearest(item, to, by, _costs(item.framework, cost), scorer, of) for item in found)


def _nearest(
    assessment: Assessment,
    to: str | int | Grade | None,
    by: By,
    costs: Mapping[str, Fraction],
    scorer: ScorerLike | None,
    of: str,
) -> NearestChange:
    asked = find_scorer(scorer, assessment.framework)
    outcome = asked.score(assessment)
    place = place_of(outcome, of)
    low, high = grades_of(outcome, place)
    scale = scale_at(asked, outcome, place)
    decider = deciding(asked, outcome, place)
    price = _price(assessment.framework, by, costs)
    ways: list[WayTo] = []
    for grade, up in _asked_for(scale, low, to):
        try:
            ways.append(
                _way(decider, assessment.framework, scale, grade, cheapest(decider, grade.rank, price, up=up), up=up)
            )
        except TooManyError:
            problem = Problem(
                place, f"there is too much to go through to reach {grade}", "Ask for one theme or statement"
            )
            raise InvalidInputError(assessment.label, [problem]) from None
    alike = tuple(tuple(decider.leaves[number] for number in group) for group in decider.alike)
    wanted = None if to is None else scale.parse(to)
    return NearestChange(outcome, place, low, high, by, wanted, tuple(ways), not costs, alike)


def _asked_for(scale: Scale, low: Grade, to: str | int | Grade | None) -> list[tuple[Grade, bool]]:
    """The grades to reach, each with whether it is a gain."""
    if to is not None:
        grade = scale.parse(to)
        return [(grade, grade >= low)]
    above = [(scale.grades[low.rank + 1], True)] if low.rank + 1 < len(scale) else []
    below = [(scale.grades[low.rank - 1], False)] if low.rank else []
    return above + below


def _way(
    decider: Deciding, framework: Framework, scale: Scale, grade: Grade, found: Cheapest | None, *, up: bool
) -> WayTo:
    if found is None:
        return WayTo(grade, up, None, 0, (), ())
    at = {leaf: number for number, leaf in enumerate(decider.leaves)}
    scales = {leaf: framework.scale_of(leaf) for leaf in decider.leaves}
    listed = list(found.ways.listed()) if found.ways.count <= MOST_LISTED else []
    changes = [tuple(sorted(change, key=lambda pair: at[pair[0]])) for change in listed]
    changes.sort(key=lambda change: (len(change), [(at[leaf], rank) for leaf, rank in change]))
    return WayTo(
        grade,
        up,
        found.cost,
        found.ways.count,
        tuple(scale.grades[rank] for rank in found.ranks),
        tuple(tuple((leaf, scales[leaf].grades[rank]) for leaf, rank in change) for change in changes),
    )


def _costs(framework: Framework, cost: Mapping[str, Number | float] | None) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    with collecting("the costs", InvalidInputError) as problems:
        for name, value in (cost or {}).items():
            statement, slash, part = name.partition("/")
            try:
                leaf = f"{framework.resolve(statement, levels=('statement',))}{slash}{part}"
                framework.scale_of(leaf)
                price = (fraction(value) if isinstance(value, str) else None) or exact(cast("Number", value))
            except InvalidInputError as error:
                problems.extend(Problem(name, item.message, item.hint) for item in error.problems)
                continue
            except CareAssureError as error:
                problems.append(Problem(name, error.message, error.hint))
                continue
            if price <= 0:
                problems.append(Problem(name, "its cost is not above 0", "Give a number above 0"))
            if leaf in found:
                problems.append(Problem(name, "it was given before under another name"))
            found[leaf] = price
    return found


def _price(framework: Framework, by: By, costs: Mapping[str, Fraction]) -> Price:
    def each(leaf: str) -> Fraction | int:
        return costs.get(leaf, costs.get(leaf.partition("/")[0], 1))

    def of_points(leaf: str, rank: int, here: int) -> Fraction | int:
        grades = framework.scale_of(leaf).grades
        return each(leaf) * abs(grades[rank].value - grades[here].value)

    return of_points if by == "points" else lambda leaf, _rank, _here: each(leaf)
