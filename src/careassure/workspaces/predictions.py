"""What the council said of itself, beside what was published of it afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from careassure.errors import UnknownScorerError
from careassure.model.arguments import DayLike, checked
from careassure.model.dates import PartialDate
from careassure.model.scale import Grade, Scale
from careassure.model.showing import short_repr
from careassure.model.text import plural
from careassure.workspaces.details import result_words
from careassure.workspaces.happened import Event, Finding
from careassure.workspaces.history import PublishedResult, published_results
from careassure.workspaces.opening import WorkspaceLike, day_or_today, opened
from careassure.workspaces.rating import assess
from careassure.workspaces.workspace import Workspace


@frozen
class PredictedScore:
    """A score that the council gave itself, beside the one that was published.

    Args:
        id: What is scored.
        title: How it is printed.
        own: The council's own score.
        published: The published score.
        scale: The scale of both.
    """

    id: str
    title: str
    own: Grade
    published: Grade
    scale: Scale

    __repr__ = short_repr

    @property
    def gap(self) -> int:
        """By how many grades the published score is higher; below 0: lower."""
        return self.published.rank - self.own.rank

    @property
    def words(self) -> str:
        """Both scores and which is higher, in a sentence."""
        said = f"{self.title}: said {self.scale.said(self.own)}, published {self.scale.said(self.published)}"
        return f"{said}, {_higher(self.gap, 'as said')}"

    def __str__(self) -> str:
        return self.words


@frozen
class ScoredFinding:
    """A strength or a doubt of the council's own, with the published score of a statement that it is about.

    Args:
        finding: What the council found.
        title: The statement.
        published: Its published score.
        scale: The scale of that score.
    """

    finding: Finding
    title: str
    published: Grade
    scale: Scale

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """The finding and the score, in a line."""
        return f"{self.finding.id} {self.finding.text}: {self.title} was scored {self.scale.said(self.published)}"

    def __str__(self) -> str:
        return self.words


@frozen
class Prediction:
    """What the council said of itself at one time, beside the first result that was published afterwards.

    Args:
        date: When it said so.
        title: The self-assessment's id and title; that it is the scores alone where there is no such event.
        said: The rating that it recorded, in words; empty where it recorded none.
        rating: That rating; None where it recorded none.
        worked_out: What the method makes of the council's scores of then, in words; that none are known.
        superseded: The later self-assessment that replaced it; empty where none did.
        published: The result that was published, in words; empty where none was.
        published_on: When it was published.
        published_rating: Its rating; None where none was seen.
        source: Where it was published.
        scores: Each score that the council gave itself and that was published as well.
        strengths: Strengths whose statement was scored in the lower half of the scale.
        doubts: What it wanted to improve whose statement was scored in the upper half.
        unplaced: The findings that name no statement, and so stand beside no score.
    """

    date: PartialDate
    title: str
    said: str
    rating: Grade | None
    worked_out: str
    superseded: str = ""
    published: str = ""
    published_on: PartialDate | None = None
    published_rating: Grade | None = None
    source: str = ""
    scores: tuple[PredictedScore, ...] = ()
    strengths: tuple[ScoredFinding, ...] = ()
    doubts: tuple[ScoredFinding, ...] = ()
    unplaced: tuple[str, ...] = ()

    __repr__ = short_repr

    @property
    def gap(self) -> int | None:
        """By how many grades the published rating is higher; below 0: lower. None where either is not known."""
        if self.rating is None or self.published_rating is None:
            return None
        return self.published_rating.rank - self.rating.rank

    @property
    def overall(self) -> str:
        """Both ratings in a sentence."""
        said = f"Said {self.date.when}: {self.said or 'no rating'}. Its scores then: {self.worked_out}."
        if self.published_on is None:
            return f"{said} No result has been published since."
        said += f" Published {self.published_on.when}: {self.published}"
        return f"{said}." if self.gap is None else f"{said}, {_higher(self.gap, 'as was said')}."

    def lines(self) -> Iterator[str]:
        """All of it, a line each; those after the first are indented."""
        yield self.title
        if self.superseded:
            yield f"  Superseded by {self.superseded}"
        yield f"  {self.overall}"
        if self.published_on is None:
            return
        for heading, items in (
            ("Statement by statement", self.scores),
            (f"Strengths that were scored {_end(self.strengths, 0)}", self.strengths),
            (f"Areas to improve that were scored {_end(self.doubts, 1)}", self.doubts),
        ):
            if items:
                yield f"  {heading} ({len(items):,})"
                yield from (f"    {item.words}" for item in items)
        if not self.scores:
            yield "  No statement has both a score of the council's own and a published one."
        if self.unplaced:
            yield f"  {plural(len(self.unplaced), 'finding')} about no statement: {', '.join(self.unplaced)}"


@frozen
class Predicted:
    """What a council said of itself, beside what was published of it.

    Args:
        workspace: What the council held on the day.
        at: The day.
        items: Each time that it said so, the oldest first.
    """

    workspace: Workspace
    at: dt.date
    items: tuple[Prediction, ...]

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """All of it as text."""
        lines = [f"{self.workspace.council} on {PartialDate.parse(self.at).words}"]
        if not self.items:
            lines.append("The council has recorded no self-assessment and no score.")
        for item in self.items:
            lines += ["", *item.lines()]
        return "\n".join(lines) + "\n"

    def __str__(self) -> str:
        return self.words

    def rows(self) -> list[dict[str, object]]:
        """A row for each rating, score, strength and doubt, as a table for programs has it."""
        return [
            {
                "said_on": str(item.date),
                "self_assessment": item.title,
                "superseded_by": item.superseded,
                "published_on": str(item.published_on or ""),
                **dict(zip(_HEADS, cells, strict=True)),
            }
            for item in self.items
            for cells in _cells(item)
        ]

    def to_dict(self) -> dict[str, object]:
        """All of it as plain values that JSON can hold, in the form ``careassure.predicted/1``."""
        return {
            "format": "careassure.predicted/1",
            "council": self.workspace.council.name,
            "code": self.workspace.council.code,
            "at": str(self.at),
            "rows": self.rows(),
        }


@checked
def predicted(workspace: WorkspaceLike, at: DayLike | None = None) -> Predicted:
    """What the council said of itself, beside the first result that was published afterwards.

    Each self-assessment counts, those that were superseded too; where there is none, the scores of the day before the
    result. A published result is one of the workspace's events, or one that ships.

    Args:
        workspace: What the council keeps, or the path of its folder.
        at: The day; today where None.
    """
    day = day_or_today(at)
    then = opened(workspace).at(day)
    results = published_results(then, day)
    said = sorted((event for event in then.events if event.kind == "self_assessment"), key=lambda event: event.date)
    items = [_prediction(then, event, results) for event in said]
    if not said:
        items = list(_scores_alone(then, day, results))
    return Predicted(then, day, tuple(items))


_HEADS = ("what", "about", "said", "worked_out", "published", "gap", "words")


def _cells(item: Prediction) -> Iterator[tuple[object, ...]]:
    """What stands under the heads, for the rating and then for each score, strength and doubt."""
    yield "rating", "", item.said, item.worked_out, item.published, item.gap, item.overall
    for score in item.scores:
        yield "score", score.id, score.own.value, "", score.published.value, score.gap, score.words
    for what, several in (("strength scored low", item.strengths), ("doubt scored high", item.doubts)):
        for scored in several:
            yield what, scored.title, scored.finding.id, "", scored.published.value, None, scored.words
    for name in item.unplaced:
        yield "about no statement", "", name, "", "", None, f"{name} names no statement"


def _prediction(work: Workspace, event: Event, results: Iterable[PublishedResult]) -> Prediction:
    later = next((other for other in work.events if other.supersedes == event.id), None)
    rating = work.framework.rating(event.result) if event.result else None
    findings = [item for item in work.findings if item.event == event.id]
    return _held(
        work.at(event.date.latest), event.date, f"{event.id} {event.title}", result_words(event, work.framework),
        rating, f"{later.id} {later.title} of {later.date.words}" if later else "", findings,
        next((item for item in results if item.date >= event.date), None),
    )  # fmt: skip


def _scores_alone(work: Workspace, day: dt.date, results: list[PublishedResult]) -> Iterator[Prediction]:
    """The scores that the council had before each result, where it recorded no self-assessment."""
    ends: list[PublishedResult | None] = [*results]
    for result in ends or [None]:
        eve = result.date.earliest - dt.timedelta(1) if result else day
        then = work.at(eve)
        known = [entry.date for entry in then.told_scores if entry.score is not None]
        if known:
            yield _held(then, max(known), "Its own scores, without a self-assessment", "", None, "", [], result)


def _held(
    then: Workspace, date: PartialDate, title: str, said: str, rating: Grade | None, superseded: str,
    findings: list[Finding], result: PublishedResult | None,
) -> Prediction:  # fmt: skip
    """What was said, held against a result."""
    made = Prediction(date, title, said, rating, _worked_out(then), superseded)
    if result is None:
        return made
    marks = {leaf: score for leaf, score in result.marks if isinstance(score, Grade)}
    own = {leaf: score for leaf, score in then.assessment(then.base).marks if isinstance(score, Grade)}
    scores = tuple(
        PredictedScore(leaf, then.framework.title_of(leaf), mine, marks[leaf], then.framework.scale_of(leaf))
        for leaf, mine in own.items()
        if leaf in marks and marks[leaf].scale == mine.scale
    )
    strengths: list[ScoredFinding] = []
    doubts: list[ScoredFinding] = []
    for finding in findings:
        for name in finding.statements:
            if name not in marks:
                continue
            scale = then.framework.scale_of(name)
            scored = ScoredFinding(finding, then.framework.title_of(name), marks[name], scale)
            above_the_middle = 2 * marks[name].rank - len(scale) + 1
            if finding.kind == "strength" and above_the_middle < 0:
                strengths.append(scored)
            if finding.kind != "strength" and above_the_middle > 0:
                doubts.append(scored)
    return Prediction(
        date, title, said, rating, made.worked_out, superseded,
        result.words, result.date, result.rating, result.source, scores,
        tuple(strengths), tuple(doubts), tuple(item.id for item in findings if not item.statements),
    )  # fmt: skip


def _worked_out(work: Workspace) -> str:
    """What the method makes of the council's own scores, in words."""
    if not any(entry.score is not None for entry in work.latest_scores.values()):
        return "none are recorded"
    try:
        return assess(work).result
    except UnknownScorerError as error:
        return f"no result, for {error.message}"


def _end(items: Sequence[ScoredFinding], upper: int) -> str:
    """The half of a scale in words, such as *2 or less*."""
    if not items:
        return ""
    grades = items[0].scale.grades
    edge = grades[(len(grades) + 1) // 2] if upper else grades[len(grades) // 2 - 1]
    return f"{items[0].scale.said(edge)} or {'more' if upper else 'less'}"


def _higher(gap: int, same: str) -> str:
    if not gap:
        return same
    return f"{plural(abs(gap), 'grade')} {'higher' if gap > 0 else 'lower'}"
