"""Outcomes: what a scorer makes of an assessment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

from attrs import field, fields, frozen

from careassure.errors import InvalidInputError, Problem, UnknownStatementError
from careassure.model.assessment import Assessment
from careassure.model.reference import Reference
from careassure.model.rounding import decimal
from careassure.model.scale import Grade, NotRated
from careassure.model.showing import clipped, short_repr
from careassure.model.text import hint_for, near
from careassure.model.trace import Step, noted

if TYPE_CHECKING:
    from careassure.model.scorer import Scorer


@frozen
class Margin:
    """How near a result is to the next grades, in points of score.

    Args:
        down: The fewest points that, lost, give a lower grade; None where no loss does.
        up: The fewest points that, gained, give a higher grade; None where no gain does.
        below: The grade that losing ``down`` points can give.
        above: The grade that gaining ``up`` points can give.
    """

    down: int | None = None
    up: int | None = None
    below: Grade | None = None
    above: Grade | None = None

    __repr__ = short_repr


@frozen(weakref_slot=False)  # only so can an entry be written open, see `entry_of`
class ProfileEntry:
    """What one theme or statement comes to.

    Args:
        id: Its id in the framework.
        title: How it is printed.
        level: ``theme`` or ``statement``.
        low: The lowest grade it can have; None where the method gives it none.
        high: The highest grade it can have.
        suggested: The grade that the method suggests where judgement decides.
        state: Why it carries no grade, where it was given a state instead.
        score: The whole number that the method prints for it, where it prints one.
    """

    id: str
    title: str
    level: Literal["theme", "statement"]
    low: Grade | None = None
    high: Grade | None = None
    suggested: Grade | None = None
    state: NotRated | None = None
    score: int | None = None

    __repr__ = short_repr

    @property
    def grade(self) -> Grade | None:
        """Its grade; None where it has none or it is open between two."""
        return self.low if self.low == self.high else None


class _Open:
    """An entry while it is written. It has the slots of `ProfileEntry`, so that it can become one."""

    __slots__ = tuple(each.name for each in fields(ProfileEntry))


def entry_of(
    id: str,
    title: str,
    level: Literal["theme", "statement"],
    low: Grade | None = None,
    high: Grade | None = None,
    suggested: Grade | None = None,
    state: NotRated | None = None,
    score: int | None = None,
) -> ProfileEntry:
    """An entry of a profile, in a fifth of the time that ``ProfileEntry(...)`` takes; see `careassure.model.trace`."""
    entry: Any = _Open()
    entry.id = id
    entry.title = title
    entry.level = level
    entry.low = low
    entry.high = high
    entry.suggested = suggested
    entry.state = state
    entry.score = score
    entry.__class__ = ProfileEntry
    found: ProfileEntry = entry
    return found


@frozen
class Profile:
    """What each theme and statement comes to, in the framework's order: each theme, then its statements."""

    entries: tuple[ProfileEntry, ...] = ()

    __repr__ = short_repr

    @classmethod
    def of(cls, assessment: Assessment) -> Profile:
        """The scores of an assessment as they were given: themes and statements with parts carry no grade."""
        framework = assessment.framework
        marks = dict(assessment.marks)
        entries: list[ProfileEntry] = []
        for theme in framework.themes:
            entries.append(entry_of(theme.id, theme.title, "theme"))
            for statement in theme.statements:
                name, score = statement.id, marks.get(statement.id)
                if isinstance(score, Grade):
                    entries.append(entry_of(name, statement.title, "statement", score, score))
                elif score is None and name in marks:
                    scale = framework.scale_of(name)
                    entries.append(entry_of(name, statement.title, "statement", scale.lowest, scale.highest))
                else:
                    entries.append(entry_of(name, statement.title, "statement", state=score))
        return cls(tuple(entries))

    def __iter__(self) -> Iterator[ProfileEntry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, id: str) -> ProfileEntry:
        for entry in self.entries:
            if entry.id == id:
                return entry
        raise UnknownStatementError(f"{id!r} is not in the profile", suggestions=near(id, [e.id for e in self.entries]))


@frozen
class Flag:
    """A notice beside the rating: something that the method says follows from these scores.

    Args:
        id: Its name in the method.
        text: What it says.
        certain: Whether it holds whatever is still open; otherwise it only may.
        references: Where the rule stands.
    """

    id: str
    text: str
    certain: bool = True
    references: tuple[Reference, ...] = ()

    __repr__ = short_repr


@frozen
class Measure:
    """A number that the method works out: a percentage, a sum, a count.

    Args:
        id: Its name in the method.
        text: What it is.
        low: Its exact value at worst.
        high: Its exact value at best.
    """

    id: str
    text: str
    low: Fraction
    high: Fraction

    __repr__ = short_repr


class OutcomeFields(TypedDict, total=False):
    """What `Outcome.of` takes by name beside the rating: the other fields of an `Outcome`."""

    suggested: Grade | None
    percentage_low: Fraction | None
    percentage_high: Fraction | None
    score_low: int | None
    score_high: int | None
    margin: Margin
    profile: Profile
    flags: tuple[Flag, ...]
    measures: tuple[Measure, ...]
    distribution: str
    distribution_version: str


@frozen(repr=False)
class Outcome:
    """What one scorer makes of one assessment.

    Args:
        assessment: What was scored.
        scorer: The scorer's name.
        scorer_version: Its version.
        title: What the method is called.
        low: The lowest overall grade that is possible; None where the method gives no overall.
        high: The highest that is possible. It differs from ``low`` where scores are missing or judgement decides.
        suggested: The overall grade that the method suggests where judgement decides.
        percentage_low: The exact percentage at worst; None where the method has none.
        percentage_high: The exact percentage at best.
        score_low: The whole number that would be printed, at worst.
        score_high: The whole number that would be printed, at best.
        margin: How near the next grades are.
        profile: What each theme and statement comes to.
        flags: Notices beside the rating.
        measures: Every number that the method works out overall.
        trace: Every step.
        distribution: The distribution that the scorer came from.
        distribution_version: Its version.
    """

    assessment: Assessment
    scorer: str
    scorer_version: str
    title: str
    trace: Step
    low: Grade | None = None
    high: Grade | None = None
    suggested: Grade | None = None
    percentage_low: Fraction | None = None
    percentage_high: Fraction | None = None
    score_low: int | None = None
    score_high: int | None = None
    margin: Margin = Margin()
    profile: Profile = field(factory=Profile)
    flags: tuple[Flag, ...] = ()
    measures: tuple[Measure, ...] = ()
    distribution: str = ""
    distribution_version: str = ""

    @classmethod
    def of(
        cls,
        scorer: Scorer,
        assessment: Assessment,
        low: Grade | None,
        high: Grade | None = None,
        *,
        text: str,
        references: tuple[Reference, ...],
        steps: tuple[Step, ...] = (),
        **more: Unpack[OutcomeFields],
    ) -> Outcome:
        """Make an outcome, for scorers written in Python.

        The profile holds the scores as they were given, unless another is passed. A flag for which ``steps`` has no
        step of the kind ``flag`` gets one.

        Args:
            scorer: The scorer; its name, version and title are taken over.
            assessment: What was scored.
            low: The lowest overall grade that is possible; None where there is no overall.
            high: The highest; the same as ``low`` where it is left out.
            text: The rule by which the result follows, in a sentence.
            references: Where that rule stands.
            steps: The steps that it follows from.
            **more: Any other field of the class, see `OutcomeFields`.

        Raises:
            InvalidInputError: A field that there is not.
        """
        known = OutcomeFields.__annotations__
        problems = [
            Problem(name, "there is no such field", hint_for(name, known)) for name in more if name not in known
        ]
        if problems:
            raise InvalidInputError("Outcome.of", problems)
        best = low if high is None else high
        node = noted("node", "overall", text, low, best, steps, references)
        more.setdefault("profile", Profile.of(assessment))
        return cls(
            assessment=assessment,
            scorer=scorer.name,
            scorer_version=scorer.version,
            title=scorer.title,
            trace=noted("outcome", scorer.name, scorer.title, low, best, (node, *_flag_steps(more, steps)), references),
            low=low,
            high=best,
            **more,
        )

    @property
    def rating(self) -> Grade | None:
        """The overall grade; None where it is open between several, or the method gives none."""
        return self.low if self.low == self.high else None

    @property
    def kind(self) -> Literal["rating", "range", "profile"]:
        """``rating``: one overall grade. ``range``: several are possible. ``profile``: the method gives no overall."""
        if self.low is None:
            return "profile"
        return "rating" if self.low == self.high else "range"

    @property
    def percentage(self) -> Fraction | None:
        """The exact percentage; None where it is open or the method has none."""
        return self.percentage_low if self.percentage_low == self.percentage_high else None

    @property
    def score(self) -> int | None:
        """The displayed score; None where it is open or the method has none."""
        return self.score_low if self.score_low == self.score_high else None

    @property
    def result(self) -> str:
        """The result in a few words, such as ``Good, 78 out of 100`` or ``Good to Outstanding``.

        Where no score is known and the rating is open, it says that: a range from the lowest to the highest grade
        would read like a finding about the council. Where every score is the same state, such as *no reply*, it says
        that.
        """
        marks = self.assessment.marks
        if self.low != self.high and marks and len(self.assessment.missing) == len(marks):
            return "no scores are known"
        states = {str(mark) if isinstance(mark, NotRated) else "" for _, mark in marks}
        if self.low is None and len(states) == 1 and states != {""}:
            return states.pop().lower()  # such as no reply: a profile of nothing else is not a finding
        if self.low is None or self.high is None:
            return "no overall rating: the profile is the result"
        if self.low != self.high:
            text = f"{self.low} to {self.high}"
            text += f" (suggested: {self.suggested})" if self.suggested else ""
        else:
            text = str(self.low)
        if self.score is not None:
            return f"{text}, {self.score} out of 100"
        if self.score_low is not None:
            return f"{text}, {self.score_low} to {self.score_high} out of 100"
        return text

    def explain(self) -> str:
        """The result and every step of why, in plain English, each rule with its source."""
        from careassure.model.explain import explain

        return explain(self)

    def to_dict(self) -> dict[str, object]:
        """The outcome as plain values that JSON can hold, in the form ``careassure.outcome/1``."""
        from careassure.model.as_dict import outcome_to_dict

        return outcome_to_dict(self)

    def __str__(self) -> str:
        return self.explain().rstrip("\n")

    def __repr__(self) -> str:
        percentage = self.percentage
        exact = f", {decimal(percentage)} %" if percentage is not None else ""
        scorer = f"{self.scorer} {self.scorer_version}"
        return clipped(f"<Outcome {self.assessment.label}: {self.result}{exact} by {scorer}>")

    def _repr_html_(self) -> str:
        from careassure.model.notebook import outcome_html, pictures

        return outcome_html(self, pictures(self))


def _flag_steps(more: Mapping[str, object], steps: tuple[Step, ...]) -> Iterator[Step]:
    """A step for each flag that has none, so that the trace leads to everything that the outcome says."""
    flags: Any = more.get("flags")
    if not flags:
        return
    known = {step.id for outer in steps for step in outer.walk() if step.kind == "flag"}
    for flag in flags if isinstance(flags, tuple) else ():
        if isinstance(flag, Flag) and flag.id not in known:
            fact = Step("fact", flag.id, flag.text, flag.certain, True)
            yield Step("flag", flag.id, flag.text, flag.certain, True, (fact,), flag.references)
