"""Two reviews compared: what the later one finds again, what it closes, what is new, and what it is silent about."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import DayLike, checked
from careassure.model.showing import short_repr
from careassure.model.text import join
from careassure.workspaces.answers import review_called
from careassure.workspaces.happened import Event, Finding
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened


@frozen
class ReviewComparison:
    """What a later review says of the findings of an earlier one.

    Args:
        earlier: The earlier review.
        later: The later review.
        found_again: Each finding of the earlier one that the later one finds again, with those that say so.
        closed: Each that it finds put right, with those that say so.
        silent: Those of which it says nothing.
        new: What it finds that is linked to none of the earlier one.
    """

    earlier: Event
    later: Event
    found_again: tuple[tuple[Finding, tuple[Finding, ...]], ...]
    closed: tuple[tuple[Finding, tuple[Finding, ...]], ...]
    silent: tuple[Finding, ...]
    new: tuple[Finding, ...]

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """All of it as text."""
        return "\n".join(self._lines()) + "\n"

    def __str__(self) -> str:
        return self.words

    def _lines(self) -> Iterator[str]:
        yield (
            f"{self.later.id} {self.later.title}, {self.later.date.words}, "
            f"against {self.earlier.id} {self.earlier.title}, {self.earlier.date.words}"
        )
        for heading, pairs in (("Found again", self.found_again), ("Closed", self.closed)):
            yield f"{heading} ({len(pairs):,})"
            for old, said in pairs:
                yield f"  {_said(old)}"
                yield from (f"    {_said(item)}" for item in said)
        for heading, items in (("New", self.new), ("Of which the later one says nothing", self.silent)):
            yield f"{heading} ({len(items):,})"
            yield from (f"  {_said(item)}" for item in items)

    def rows(self) -> list[dict[str, object]]:
        """A row for each finding of the two: what became of it, itself, and what the later review says of it."""
        linked = (("found again", self.found_again), ("closed", self.closed))
        alone = (("new", self.new), ("nothing said", self.silent))
        return [
            *(_row(what, old, said) for what, pairs in linked for old, said in pairs),
            *(_row(what, item, ()) for what, items in alone for item in items),
        ]


@checked
def compare_reviews(workspace: WorkspaceLike, earlier: str, later: str, at: DayLike | None = None) -> ReviewComparison:
    """What a later review finds again, closes or adds, held against an earlier one.

    Two findings belong together where the columns ``finds_again`` and ``closes`` say so; likeness of words is no
    ground. What was found again in a review between the two counts as well.

    Args:
        workspace: What the council keeps, or the path of its folder.
        earlier: The earlier review: the id or the title of an event.
        later: The later review.
        at: What was recorded by the end of this day; today where None.

    Raises:
        InvalidInputError: There is no such event, several are called that, both are one, or the second is the
            earlier one.
    """
    then = opened(workspace).at(day_or_today(at))
    first, second = (review_called(name, then) for name in (earlier, later))
    if first == second:
        raise InvalidInputError("the reviews", [Problem("", "they are the same event", "Name two reviews")])
    if second.date < first.date:
        why = f"{second.id} ({second.date}) is before {first.id} ({first.date})"
        raise InvalidInputError("the reviews", [Problem("", why, "Name the earlier one first")])
    by_id = {item.id: item for item in then.findings}
    old = [item for item in then.findings if item.event == first.id]
    found = [item for item in then.findings if item.event == second.id]
    again = [(item, tuple(new for new in found if item.id in _before(new.finds_again, by_id))) for item in old]
    closed = [(item, tuple(new for new in found if item.id in _before(new.closes, by_id))) for item in old]
    told = {item.id for item, said in (*again, *closed) if said}
    used = {new.id for _, said in (*again, *closed) for new in said}
    return ReviewComparison(
        first,
        second,
        tuple(pair for pair in again if pair[1]),
        tuple(pair for pair in closed if pair[1]),
        tuple(item for item in old if item.id not in told),
        tuple(item for item in found if item.id not in used),
    )


def _before(names: tuple[str, ...], by_id: dict[str, Finding]) -> set[str]:
    """Some findings and all that they find again."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found and name in by_id:
            found.add(name)
            waiting += by_id[name].finds_again
    return found


def _said(item: Finding) -> str:
    bodies = f" (for {join(item.bodies)})" if item.bodies else ""
    return f"{item.id} ({item.kind.replace('_', ' ')}): {item.text}{bodies}"


def _row(what: str, item: Finding, said: tuple[Finding, ...]) -> dict[str, object]:
    return {
        "Became": what,
        "Finding": item.id,
        "Kind": item.kind.replace("_", " "),
        "What": item.text,
        "Said by": "; ".join(f"{each.id} {each.text}" for each in said),
    }
