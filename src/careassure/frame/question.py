"""What is asked of a table: the scorer, the columns, what to do about blanks and bad values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal, get_args

from attrs import frozen

from careassure.api.lookup import FrameworkLike, ScorerLike, find_framework, find_scorer
from careassure.errors import InvalidInputError, InvalidTableError, Problem, UnknownScorerError
from careassure.frame.columns import Columns, Placed, place_columns, shortened, stem_beside
from careassure.frame.outputs import OutputColumn, columns_for, read_outputs
from careassure.frame.spelling import IN_PYTHON, Spelling
from careassure.methods.fit import Fitted, fit
from careassure.methods.lowering import lower_method
from careassure.methods.margin import stretches_of
from careassure.methods.plan import FURTHEST, MethodPlan
from careassure.methods.sums import CannotLowerError
from careassure.methods.weights import longest_part
from careassure.model.framework import Framework
from careassure.model.scale import Scale
from careassure.model.text import hint_for, join
from careassure.plugins.host import default_host
from careassure.plugins.offers import InstalledScorer

Missing = Literal["interval", "refuse"]
"""What a blank does: ``interval`` counts it as the worst and as the best score; ``refuse`` makes the row a bad one."""

Errors = Literal["raise", "flag"]
"""What a bad row does: ``raise`` an error that names it; ``flag`` it in a column and leave its results blank."""

PROBLEM = "problem"
"""The column that says what is wrong with a row, where bad rows are flagged."""

MOST_GRADES = 127
"""Scales of so many grades a table can hold: the libraries number ordered words in eight bits with a sign."""

Facts = Mapping[str, str | bool]
"""Facts by name: the column that holds them, or what is so for every row."""


@frozen
class Marks:
    """Columns that a table brings about its own rows. They are used on the way, and left out of the result.

    Args:
        row: The column with the number of each row.
        told: The column that says what is wrong with a row, blank where nothing is; empty where there is none.
        grouped: Whether a row stands for several rows of a long table, of which ``row`` is the first.
    """

    row: str
    told: str = ""
    grouped: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Both columns."""
        return tuple(name for name in (self.row, self.told) if name)


@frozen(eq=False)
class Question:
    """What is asked, before any table is looked at.

    Args:
        scorer: The scorer.
        framework: What was scored.
        columns: Where the scores stand, as the caller says.
        facts: Where the facts stand, or what they are.
        key: The columns that tell rows apart.
        missing: What a blank does.
        errors: What a bad row does.
        outputs: What is wanted.
        prefix: What the names of new columns begin with.
        text: Whether every cell is text, as in a CSV file: ``3`` means the number, and no text is a blank.
        marks: What the table brings about its rows; None where it brings nothing.
        spelled: How settings are spelled in messages.
    """

    scorer: InstalledScorer
    framework: Framework
    columns: Columns | None
    facts: Facts | None
    key: tuple[str, ...]
    missing: Missing
    errors: Errors
    outputs: tuple[str, ...]
    prefix: str
    text: bool = False
    marks: Marks | None = None
    spelled: Spelling = IN_PYTHON

    @cached_property
    def fitted(self) -> Fitted | None:
        """The method on the framework; None for a scorer that is not a method."""
        method = self.scorer.method
        return None if method is None else fit(method, self.framework)

    @property
    def rates(self) -> bool:
        """Whether an overall rating can come of it; of a scorer that is not a method nobody knows before."""
        return self.fitted is None or any(node.target == "overall" and node.ladders for node in self.fitted.nodes)

    def placed(self, present: Sequence[str]) -> Request:
        """The question put to a table with these columns.

        Raises:
            InvalidTableError: Its columns do not fit.
        """
        self._refuse_what_does_not_fit()
        placed = place_columns(self.framework, present, self.columns, self.spelled)
        facts = self._facts(present)
        there = f"There are {shortened(present)}"
        problems = [
            Problem(
                self.spelled.setting("key", name),
                "the table has no such column",
                hint_for(str(name), [str(column) for column in present], there),
            )
            for name in self.key
            if name not in present
        ]
        counts = Counter(present)
        used = (*self.key, *(where for _, where in facts if isinstance(where, str)))
        problems += [
            Problem(name, "two columns of the table have this name", "Rename one")
            for name in dict.fromkeys(used)
            if counts[name] > 1
        ]
        if problems:
            raise InvalidTableError("the columns of the table", problems)
        request = Request(self, placed, facts, tuple(present))
        request.refuse_clashes(request.known_columns)
        return request

    def _refuse_what_does_not_fit(self) -> None:
        """Refuse what no column can hold, the same for every kind of table."""
        scales = [self.framework.scale_of(leaf) for leaf in self.framework.leaves]
        if self.fitted is not None:
            scales += [self.fitted.scale(node) for node in self.fitted.nodes if node.ladders]
        problems = [
            Problem(scale.id, f"it has {len(scale)} grades, and a table can hold {MOST_GRADES}", "Use assess")
            for scale in dict.fromkeys(scales)
            if len(scale) > MOST_GRADES
        ]
        if problems:
            raise InvalidInputError("the scales", problems)
        asked = [name for name in self.outputs if name.startswith("percentage")]
        if self.fitted is not None and asked and longest_part(self.fitted) >= 2**63:
            message = f"the weights of {self.scorer.name} make fractions of whole numbers that need more than 64 bits"
            hint = "Leave it out, or give weights of fewer digits"
            raise InvalidInputError(
                self.spelled.names.get("outputs", "outputs"), [Problem(name, message, hint) for name in asked]
            )

    def _facts(self, present: Sequence[str]) -> tuple[tuple[str, str | bool], ...]:
        asked = self.fitted.method.facts if self.fitted is not None else {}
        if self.facts is None:
            return tuple((name, name) for name in asked if name in present)
        problems: list[Problem] = []
        for name, where in self.facts.items():
            said = self.spelled.setting("facts", name)
            if self.fitted is not None and name not in asked:
                known = f"It asks for {join(list(asked))}" if asked else "It asks for none"
                problems.append(Problem(said, f"{self.scorer.name} does not ask for it", known))
            if not isinstance(where, bool) and where not in present:
                problems.append(Problem(said, f"the table has no column {where!r}"))
        if problems:
            raise InvalidTableError("the columns of the table", problems)
        return tuple(self.facts.items())


@frozen(eq=False)
class Request:
    """A question put to a table.

    Args:
        question: What is asked.
        placed: Where the scores stand.
        facts: Pairs of a fact and its column, or what is so for every row.
        present: The names of the table's columns.
    """

    question: Question
    placed: Placed
    facts: tuple[tuple[str, str | bool], ...]
    present: tuple[str, ...]

    @cached_property
    def stem(self) -> str:
        """What the names of columns begin with that are made on the way: nothing else in the table begins so."""
        return stem_beside([*self.present, *(column.name for column in self.known_columns)])

    def refuse_clashes(self, columns: Sequence[OutputColumn], *, capitals: bool = True) -> None:
        """See that no result takes the place of another one, or of a column of the table.

        Args:
            columns: The results.
            capitals: Whether capitals make a difference; in SQL they do not.

        Raises:
            InvalidTableError: It would.
        """

        def key(name: object) -> str:
            return str(name) if capitals else str(name).casefold()

        named = [*columns, *([self.problem] if self.problem is not None else [])]
        there = {key(name): name for name in self.present}
        besides = "" if capitals else ", and capitals make no difference here"
        problems: list[Problem] = []
        if taken := [there[key(column.name)] for column in named if key(column.name) in there]:
            message = f"it has {join(taken)}{besides or ' already'}"
            problems.append(Problem("", message, self.question.spelled.prefix))
        first: dict[str, OutputColumn] = {}
        for column in named:
            other = first.setdefault(key(column.name), column)
            if other is not column:
                message = f"two results would have this name{besides}: {other.key} and {column.key}"
                problems.append(Problem(column.name, message, "Ask for them one at a time"))
        if problems:
            raise InvalidTableError("the columns of the table", problems)

    def plan(self, *, states: bool = True) -> MethodPlan:
        """The method, lowered.

        Args:
            states: Whether some score may carry a state such as "not judged".

        Raises:
            CannotLowerError: The scorer is not a method, or something that is asked for cannot be lowered.
        """
        question = self.question
        if question.fitted is None:
            raise CannotLowerError(f"the scorer {question.scorer.name} is written in Python, not as a method")
        if "margin" in question.outputs and (stretches_of(question.fitted) is None or self.placed.wholes):
            raise CannotLowerError(f"the margin of {question.scorer.name} does not hang on one sum of points")
        plan = lower_method(question.fitted, self.placed.wholes, states=states)
        if plan.reach > FURTHEST:
            raise CannotLowerError(f"the sums of {question.scorer.name} are too long for the numbers of an engine")
        if "flags" in question.outputs and not plan.one_way:
            raise CannotLowerError(f"in a notice of {question.scorer.name} a score counts both for it and against it")
        return plan

    @cached_property
    def lowers(self) -> bool:
        """Whether everything that is asked for can be lowered."""
        try:
            self.plan()
        except CannotLowerError:
            return False
        return True

    @property
    def scale(self) -> Scale | None:
        """The scale of the overall grade; None where there is none, or where only the outcomes tell."""
        fitted = self.question.fitted
        if fitted is None:
            return None
        overall = next((node for node in fitted.nodes if node.target == "overall" and node.ladders), None)
        return fitted.scale(overall) if overall is not None else None

    @cached_property
    def known_columns(self) -> tuple[OutputColumn, ...]:
        """The columns that are known before anything is worked out."""
        fitted = self.question.fitted
        if fitted is None:
            return self.columns_with(None, (), ())
        flags = [flag.id for flag in fitted.flags]
        nodes = [node for node in fitted.nodes if node.ladders and node.target != "overall"]
        profile = [(node.target, fitted.scale(node)) for node in nodes if node.target not in self.placed.wholes]
        return self.columns_with(self.scale, flags, profile)

    def columns_with(
        self, scale: Scale | None, flags: Sequence[str], profile: Sequence[tuple[str, Scale]]
    ) -> tuple[OutputColumn, ...]:
        """The columns of the results, for a scale of the overall grade, some notices and some places of a profile."""
        question = self.question
        return columns_for(
            question.outputs,
            scale=scale,
            flags=flags,
            profile=profile,
            scorer=question.scorer.name,
            version=question.scorer.version,
            prefix=question.prefix,
            bits=self._bits(),
        )

    def _bits(self) -> dict[str, int]:
        """How many bits whole numbers need; of a scorer that is not a method nothing is known before it is asked."""
        fitted = self.question.fitted
        if fitted is None:
            return dict.fromkeys(("score", "percentage", "margin"), 64)
        framework = self.question.framework
        places = [*framework.leaves, *(statement.id for statement in framework.statements if statement.parts)]
        scales = [framework.scale_of(place) for place in places]
        points = sum(scale.highest.value - scale.lowest.value for scale in scales)
        return {
            "score": 16,  # no percentage is above 100
            "percentage": 32 if longest_part(fitted) < 2**31 else 64,
            "margin": 16 if points < 2**15 else 64,
        }

    @property
    def problem(self) -> OutputColumn | None:
        """The column that says what is wrong with a row; None where bad rows raise."""
        if self.question.errors == "raise":
            return None
        return OutputColumn(PROBLEM, f"{self.question.prefix}{PROBLEM}", "text")


def ask(
    scorer: ScorerLike | None,
    *,
    framework: FrameworkLike | None,
    version: str | None,
    columns: Columns | None,
    facts: Facts | None,
    key: str | Sequence[str],
    missing: Missing,
    errors: Errors,
    outputs: Iterable[str],
    prefix: str,
    spelled: Spelling = IN_PYTHON,
) -> Question:
    """Read what is asked.

    Raises:
        InvalidInputError: A setting that does not exist.
        UnknownFrameworkError: There is no such framework or version.
        UnknownScorerError: There is no such scorer, or it scores no framework that is installed.
    """
    problems = [
        Problem(name, f"{value!r} is not known", f"Use {join(allowed, 'or')}")
        for name, value, allowed in (
            ("missing", missing, get_args(Missing)),
            ("errors", errors, get_args(Errors)),
        )
        if value not in allowed
    ]
    if problems:
        raise InvalidInputError("the settings", problems)
    named = None if framework is None else find_framework(framework, version)
    asked = None if scorer is None else find_scorer(scorer, named)
    found = _framework(asked, version) if named is None else named
    return Question(
        find_scorer(asked, found),
        found,
        columns,
        facts,
        (key,) if isinstance(key, str) else tuple(key),
        missing,
        errors,
        read_outputs(outputs, spelled.names.get("outputs", "outputs")),
        prefix,
        spelled=spelled,
    )


def _framework(scorer: InstalledScorer | None, version: str | None) -> Framework:
    """What was scored where nobody says: the newest version that the scorer accepts, CQC's for councils first."""
    if scorer is None:
        return find_framework("cqc-la", version)
    for item in sorted(default_host().frameworks(), key=lambda item: item.id != "cqc-la"):
        for each in reversed(item.versions):
            if scorer.accepts(each) and version in (None, each.version):
                return each
    raise UnknownScorerError("the scorer accepts no framework that is installed", hint="Name the framework")
