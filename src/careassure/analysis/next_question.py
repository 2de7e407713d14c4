"""What to find out next: the statement whose score settles the rating soonest, and every question that may follow."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import groupby, islice

from attrs import field, frozen

from careassure.analysis.questions import MOST_STATES, Aim, Questions, State
from careassure.analysis.standing import Ends, standing_of
from careassure.api.lookup import ScorerLike
from careassure.api.verbs import assess
from careassure.errors import InvalidAssessmentError, Problem
from careassure.model.arguments import checked
from careassure.model.as_dict import whose
from careassure.model.assessment import Assessment
from careassure.model.outcome import Outcome
from careassure.model.rounding import decimal
from careassure.model.scale import Grade
from careassure.model.showing import clipped, short_repr
from careassure.model.text import join, plural

CAUTION = (
    "It says which score the method needs first, not which matters most to people. A score follows from evidence, and "
    "not from what would settle the rating."
)
MOST_LINES = 2_000
"""So many lines of a tree are printed at the most."""


@frozen
class Option:
    """A blank that could be found out next.

    Args:
        statement: The id of what is scored.
        worst_case: How many scores would have to be known at the most, this one among them.
        expected: How many on average, were every score equally likely.
    """

    statement: str
    worst_case: int
    expected: Fraction

    __repr__ = short_repr


@frozen(eq=False)
class Answers:
    """Answers to a question after which all is the same.

    Args:
        grades: The answers, the lowest first.
        rating: What is then settled, in words; empty where there is more to ask.
        then: What is asked next; None where the rating is settled.
    """

    grades: tuple[Grade, ...]
    rating: str
    then: Question | None

    __repr__ = short_repr


@frozen(eq=False)
class Question:
    """A score to find out, with what follows from each answer.

    Args:
        statement: The id of what is scored.
        title: How it is printed.
        worst_case: How many scores have to be known at the most, this one among them.
        expected: How many on average, were every score equally likely.
    """

    statement: str
    title: str
    worst_case: int
    expected: Fraction
    _questions: Questions = field(repr=False)
    _state: State = field(repr=False)
    _by: Aim = field(repr=False)
    _place: int = field(repr=False)

    __repr__ = short_repr

    @cached_property
    def answers(self) -> tuple[Answers, ...]:
        """Every answer, those after which all is the same together, the lowest first."""
        questions = self._questions
        kind = questions.ask(self._state).best(self._by)
        scale = questions.standing.plan.sources[self._place].scale
        states = zip(scale, questions.after(self._state, kind), strict=True)
        found: list[Answers] = []
        for look, group in groupby(states, key=lambda pair: questions.look(pair[1])):
            together = list(group)
            grades = tuple(grade for grade, _ in together)
            if look.rating is not None:
                found.append(Answers(grades, _rating(questions, look.rating), None))
            else:
                found.append(Answers(grades, "", _question(questions, together[0][1], self._by)))
        return tuple(found)

    def lines(self) -> Iterator[str]:
        """The question and all that may follow from it, in words, a line for each."""
        yield f"Find out {self.title}."
        scale = self._questions.standing.plan.sources[self._place].scale
        for answers in self.answers:
            said = join([scale.said(grade) for grade in answers.grades], "or")
            if answers.then is None:
                yield f"  {said}: {answers.rating}."
                continue
            for number, line in enumerate(answers.then.lines()):
                yield f"  {said}: {line[0].lower()}{line[1:]}" if number == 0 else f"  {line}"

    def __str__(self) -> str:
        return cut(self.lines(), MOST_LINES)


def cut(lines: Iterator[str], most: int) -> str:
    """The first of many lines; the last says where there are more."""
    found = list(islice(lines, most + 1))
    return "\n".join([*found[:most], *(["And so on."] if len(found) > most else [])])


@frozen(repr=False)
class NextQuestion:
    """What to find out next about an assessment with blanks.

    Args:
        assessment: The assessment.
        scorer: The name of the scorer.
        statement: The id of what is best found out next; None where no blank can change the rating.
        worst_case: How many more have to be known at the most, whatever they turn out to be, asked in the best order.
        expected: How many more have to be known on average, asked in the order that is best for that, were every score
            equally likely.
        options: Every blank that could be found out next, with both numbers for it.
    """

    assessment: Assessment
    scorer: str
    statement: str | None
    worst_case: int
    expected: Fraction
    options: tuple[Option, ...]
    _given: ScorerLike | None = field(eq=False)
    _questions: Questions = field(eq=False)
    _by: Aim = field(eq=False)

    @cached_property
    def outcome(self) -> Outcome:
        """What the method makes of the scores that are known."""
        return assess(self.assessment, self._given)

    @cached_property
    def tree(self) -> Question | None:
        """The question with all that may follow from it; printed, it is in words. None where nothing need be asked."""
        return None if self.statement is None else _question(self._questions, self._questions.start, self._by)

    @property
    def words(self) -> str:
        """What to find out next in sentences, with the caution that belongs to it."""
        return "\n".join([f"{self.assessment.label}: {self.outcome.result}.", *self.sentences(), CAUTION])

    def sentences(self) -> Iterator[str]:
        """What to find out next in sentences."""
        blank = len(self.assessment.missing)
        if self.statement is None:
            known = f"whatever the {plural(blank, 'score')} not known may be" if blank else "for every score is known"
            yield f"Nothing more has to be found out: the rating is settled, {known}."
            return
        title = self.assessment.framework.title_of
        yield f"Find out next: {title(self.statement)}."
        others = [
            title(one.statement) for one in self.options if self._as_good(one) and one.statement != self.statement
        ]
        if 1 < len(others) == len(self.options) - 1:
            yield "Each of the others is as good."
        elif others:
            yield f"As good: {'; '.join(others)}."
        which = f"{self.worst_case} of the {plural(blank, 'score')} not known"
        yield (
            f"At the most {which} must be found out to settle the rating. "
            f"Were every score equally likely, it would be {decimal(self.expected)} on average."
        )

    def _as_good(self, option: Option) -> bool:
        mine = next(other for other in self.options if other.statement == self.statement)
        return (option.worst_case, option.expected) == (mine.worst_case, mine.expected)

    def to_dict(self) -> dict[str, object]:
        """All of it as plain values that JSON can hold, in the form ``careassure.next_question/1``."""
        return {
            "format": "careassure.next_question/1",
            **whose(self.assessment),
            "scorer": self.scorer,
            "result": self.outcome.result,
            "statement": self.statement,
            "worst_case": self.worst_case,
            "expected": str(self.expected),
            "options": [
                {"statement": one.statement, "worst_case": one.worst_case, "expected": str(one.expected)}
                for one in self.options
            ],
            "answers": [
                {
                    "scores": [grade.key for grade in answers.grades],
                    "rating": answers.rating or None,
                    "statement": answers.then.statement if answers.then else None,
                    "worst_case": answers.then.worst_case if answers.then else 0,
                    "expected": str(answers.then.expected) if answers.then else "0",
                }
                for answers in (self.tree.answers if self.tree else ())
            ],
            "caution": CAUTION,
        }

    def __str__(self) -> str:
        return self.words

    def __repr__(self) -> str:
        found = self.statement or "nothing"
        return clipped(f"<NextQuestion of {self.assessment.label}: {found}, at the most {self.worst_case} more>")

    def _repr_html_(self) -> str:
        from careassure.model.notebook import output, paragraph, table

        title = self.assessment.framework.title_of
        rows = [(title(one.statement), str(one.worst_case), decimal(one.expected)) for one in self.options]
        options = table("Scores still to find out", ("", "At the most", "On average"), rows)
        return output(paragraph(self.words), options)


@checked
def next_question(assessment: Assessment, *, by: Aim = "worst", scorer: ScorerLike | None = None) -> NextQuestion:
    """The statement whose score settles the rating soonest, and how many more must be known at the most.

    >>> found = next_question(Assessment.of("Leicester", [2, 2, 2, None, 3, None, None, 2, 3]))
    >>> found.statement, found.worst_case, str(found.expected)
    ('care_provision', 3, '41/16')

    It is the best of all orders of asking, and what is asked next may hang on the answers so far; ``tree`` has it all.
    The rating is settled when no score that is still not known can change it.

    Args:
        assessment: What was found, with blanks. A score that carries a state is not asked for.
        by: Whether ``statement`` keeps low how many have to be known at the most (``worst``) or on average
            (``expected``). Where several statements are as good for the one, the other decides.
        scorer: The scorer; the framework's own where None.

    Raises:
        InvalidAssessmentError: The method gives no overall rating that could be settled.
        UnknownScorerError: There is no such scorer, it does not score this framework, or it is written in Python.
        TooMuchError: There are too many sets of answers to be told apart.
    """
    standing = standing_of(assessment, scorer)
    if standing.overall is None:
        problem = Problem(
            "", "the method gives no overall rating, so there is none to be settled", "Use another method"
        )
        raise InvalidAssessmentError(f"what to find out about {assessment.label}", [problem])
    places = {leaf: standing.places[leaf] for leaf in assessment.missing}
    questions = Questions(standing, tuple(places.values()), MOST_STATES)
    best = questions.ask(questions.start)
    ways = {kind: (worst, expected) for kind, worst, expected in best.options}
    kinds = {place: number for number, kind in enumerate(questions.kinds) for place in kind.places}
    options = tuple(
        # Where a score changes nothing, it is one more that was found out.
        Option(leaf, *ways.get(kinds[place], (best.worst + 1, best.expected + 1)))
        for leaf, place in places.items()
        if best.options
    )
    first = questions.next_of(questions.start, best.best(by)) if best.options else None
    return NextQuestion(
        assessment,
        standing.plan.fitted.method.id,
        None if first is None else standing.plan.sources[first].id,
        best.worst,
        best.expected,
        options,
        scorer,
        questions,
        by,
    )


def _question(questions: Questions, state: State, by: Aim) -> Question:
    best = questions.ask(state)
    place = questions.next_of(state, best.best(by))
    fitted = questions.standing.plan.fitted
    leaf = questions.standing.plan.sources[place].id
    return Question(leaf, fitted.titles[leaf], best.worst, best.expected, questions, state, by, place)


def _rating(questions: Questions, ends: Ends) -> str:
    node = questions.standing.overall
    assert node is not None  # noqa: S101  (it was looked at before anything was asked)
    low, high = (node.scale.grades[rank] for rank in ends)
    return f"the rating is {low}" if low is high else f"the rating is {low} to {high}, by judgement"
