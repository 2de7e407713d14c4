"""The bench: a scorer under test, the frameworks it is tested with, and the examples it is tried on."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeVar, cast

from attrs import field, fields, frozen
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis.errors import HypothesisWarning
from hypothesis.strategies import SearchStrategy

from careassure.errors import UnknownScorerError
from careassure.methods.method import Method
from careassure.methods.scorer import MethodScorer
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.scorer import Scorer
from careassure.model.snapshot import Snapshot
from careassure.model.text import join, plural
from careassure.plugins.discovery import announced
from careassure.plugins.host import default_host
from careassure.plugins.offers import InstalledScorer
from careassure.testing.cases import are_few, cases, corners
from careassure.testing.check import CheckBlockedError, CheckFailedError
from careassure.testing.profiles import fresh
from careassure.testing.reach import own_module

FIXED = settings(
    backend="hypothesis",
    database=None,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate, Phase.shrink),
    print_blob=False,
    report_multiple_bugs=False,
    stateful_step_count=50,
    suppress_health_check=cast("list[HealthCheck]", list(HealthCheck)),
    verbosity=Verbosity.quiet,
)
"""Every setting that matters is fixed here, so that a run finds the same on every machine, whatever a project sets."""

_EXAMPLES = 50
_FEWER = 25
_FEW = 8
_MANY_SCORES = 20
_SOME = 20

T = TypeVar("T")


class RaisedError(Exception):
    """What a scorer raised, in words. Whatever it was, it does not end the kit."""


@frozen(eq=False)
class Bench:
    """A scorer under test.

    Args:
        scorer: The scorer itself, not what a host made of it.
        framework: The framework to test with; every installed one that the scorer accepts where None.
        modules: The modules from which a host took it, if one did.
        thorough: Whether every combination of scores is tried, however long that takes.
        expected: The checks that are declared to fail.
        calls: How often it was asked for what, so far.
        kept: What was worked out for one check and serves others.
        changed: What scoring changed in the frameworks, in words; it was put back.
    """

    scorer: Scorer
    framework: Framework | None = None
    modules: tuple[str, ...] = ()
    thorough: bool = False
    expected: frozenset[str] = frozenset()
    calls: Counter[str] = field(factory=Counter[str])
    kept: dict[str, object] = field(factory=dict[str, object])
    changed: list[str] = field(factory=list[str])

    @cached_property
    def frameworks(self) -> tuple[Framework, ...]:
        """The versions of frameworks to test with.

        Raises:
            UnknownScorerError: The scorer accepts none.
        """
        offered = self.installed if self.framework is None else (self.framework,)
        found = tuple(framework for framework in offered if self.accepts(framework))
        if not found:
            names = "no installed framework" if self.framework is None else f"not {_name(self.framework)}"
            raise UnknownScorerError(
                f"{self.scorer.name} accepts {names}, so there is nothing to test it with",
                hint="Give the kit one that it accepts: framework=...",
            )
        return found

    @cached_property
    def pristine(self) -> Snapshot:
        """The frameworks as they were before anything was scored."""
        try:
            return Snapshot.of(*self.frameworks)
        except UnknownScorerError:  # the business of whoever asks for them
            return Snapshot.of()

    def put_back(self) -> None:
        """Put back what scoring changed in the frameworks, and keep in mind what it was."""
        change = self.pristine.change()
        if change:
            self.changed.append(change)
            self.pristine.restore()

    @cached_property
    def installed(self) -> tuple[Framework, ...]:
        """Every version of every framework that is installed."""
        return tuple(version for framework in default_host().frameworks() for version in framework.versions)

    @cached_property
    def method(self) -> Method | None:
        """The method that the scorer applies, if it says so."""
        found = getattr(self.scorer, "method", None)
        return found if isinstance(found, Method) else None

    @cached_property
    def applies_method(self) -> bool:
        """Whether it does nothing but apply a method given as data: then the library answers for how that is done."""
        return type(self.scorer) is MethodScorer

    @property
    def own(self) -> str:
        """The first part of the name of the modules that the scorer's code stands in; empty for the library's."""
        found = own_module(self.scorer)
        return "" if found == "careassure" else found

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts that the scorer asks for: those of its method, or those that it declares in ``facts``.

        Raises:
            CheckFailedError: They are not declared as a tuple of names.
        """
        return tuple(
            dict.fromkeys((*_declared(self.scorer, "facts", "names"), *(self.method.facts if self.method else ())))
        )

    @cached_property
    def reads(self) -> tuple[str, ...]:
        """The fields of an assessment, beside scores and facts, on which the scorer says that its outcomes depend.

        Raises:
            CheckFailedError: They are not declared as a tuple of names of such fields.
        """
        found = _declared(self.scorer, "reads", "names of fields")
        unknown = [name for name in found if name not in BESIDE]
        if unknown:
            raise CheckFailedError(f"it reads {join(unknown)}", hint=f"The fields are {join(BESIDE)}")
        return found

    def accepts(self, framework: Framework) -> bool:
        """Whether the scorer says that it scores a framework; an error is a no here, and a check's business."""
        try:
            return bool(self.asked("accepts", self.scorer.accepts, framework))
        except RaisedError:
            return False

    def scored(self, assessment: Assessment) -> object:
        """What the scorer makes of an assessment, whatever that is.

        Raises:
            RaisedError: It raised something, be it an exit.
        """
        return self.asked("score", self.scorer.score, assessment)

    def asked(self, what: str, function: Callable[[T], object], value: T) -> object:
        """What a function of the scorer gives.

        Raises:
            RaisedError: It raised something. Only an interruption by the user passes through.
        """
        self.calls[what] += 1
        try:
            return function(value)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            raise RaisedError(said(error)) from error

    def outcome(self, assessment: Assessment) -> Outcome | None:
        """What the scorer makes of a copy of an assessment; None where that is not an outcome, a check's business."""
        return self.outcome_of(fresh(assessment))

    def outcome_of(self, assessment: Assessment) -> Outcome | None:
        """What the scorer makes of an assessment itself; None where that is not an outcome."""
        try:
            found = self.scored(assessment)
        except RaisedError:
            return None
        return found if isinstance(found, Outcome) else None

    @cached_property
    def gallery(self) -> tuple[tuple[Assessment, Outcome | None], ...]:
        """Assessments of every kind with what became of them, worked out once for all checks that look at outcomes.

        There are the corners of every framework, all combinations of scores where they are few, and random ones.
        """
        found: list[Assessment] = []

        def kept(case: Assessment) -> bool:
            found.append(case)
            return True

        for framework in self.frameworks:
            found += corners(framework)
            self.for_all(framework, self.cases(framework, missing=True, unrated=True), kept)
        return tuple((assessment, self.outcome(assessment)) for assessment in found)

    def cases(
        self, framework: Framework, *, missing: bool = False, unrated: bool = False
    ) -> SearchStrategy[Assessment]:
        """Random assessments under a framework, with the facts that the scorer asks for.

        The strategy is kept: Hypothesis looks into each new one before it draws from it.
        """
        key = f"cases {framework.id} {framework.version} {missing} {unrated}"
        made, found = cast("tuple[Framework | None, SearchStrategy[Assessment]]", self.kept.get(key, (None, None)))
        if made is not framework:
            found = cases(framework, self.facts, missing=missing, unrated=unrated)
            self.kept[key] = (framework, found)
        return found

    def for_all(self, framework: Framework, strategy: SearchStrategy[T], test: Callable[[T], bool]) -> int:
        """`for_all`, with fewer examples where all combinations of scores are tried anyhow, or one has many scores.

        Half of them do for a method given as data: its rules are proved, and what applies them is the library's.
        """
        many = len(framework.leaves) > _MANY_SCORES
        examples = _FEW if are_few(framework) else _FEWER if many else _EXAMPLES
        return for_all(strategy, test, examples // 2 if self.applies_method else examples)

    def each(self, test: Callable[[Assessment], bool], among: Iterable[Assessment] | None = None) -> int:
        """Try a test on assessments; when one fails, look for a simpler one that does.

        Args:
            test: Raises `CheckFailedError`, or returns whether there was something to look at.
            among: What to try it on; the whole gallery where None.

        Returns:
            How many assessments had something to look at.
        """
        try:
            return sum(test(one) for one in ((found for found, _ in self.gallery) if among is None else among))
        except CheckFailedError:
            for framework in self.frameworks:
                self.for_all(framework, self.cases(framework, missing=True, unrated=True), test)
            raise

    def each_outcome(
        self,
        test: Callable[[Assessment, Outcome], bool],
        among: Iterable[Assessment] | None = None,
        before: str = "total",
    ) -> str:
        """Try a test on outcomes; see `each`.

        Args:
            test: Raises `CheckFailedError`, or returns whether there was something to look at.
            among: The assessments to try it on; the whole gallery where None.
            before: The check that must pass before there is something.

        Returns:
            How many outcomes were looked at.
        """
        known = {id(assessment): outcome for assessment, outcome in self.gallery}

        def one(assessment: Assessment) -> bool:
            outcome = known[id(assessment)] if id(assessment) in known else self.outcome(assessment)
            return outcome is not None and test(assessment, outcome)

        looked = self.each(one, among)
        require(looked, before)
        return plural(looked, "outcome")

    @cached_property
    def habitual(self) -> list[tuple[Assessment, Outcome | None]]:
        """What habits are looked for on: the gallery, or some of it for a method given as data, which can have none."""
        some = set(map(id, self.sample(_SOME)))
        return [pair for pair in self.gallery if not self.applies_method or id(pair[0]) in some]

    def sample(self, size: int) -> list[Assessment]:
        """Some assessments of each framework that get an outcome."""
        found: list[Assessment] = []
        for framework in self.frameworks:
            scored = [a for a, outcome in self.gallery if outcome is not None and a.framework is framework]
            step = max(1, len(scored) // size)
            found += scored[::step][:size]
        return found


BESIDE = tuple(one.name for one in fields(Assessment) if one.name not in ("framework", "marks", "facts"))
"""The fields of an assessment beside what is scored, its scores and the facts."""


def _declared(scorer: object, what: str, words: str) -> tuple[str, ...]:
    found: object = getattr(scorer, what, ())
    if not isinstance(found, tuple) or not all(isinstance(name, str) for name in found):
        raise CheckFailedError(f"its {what} are {found!r}", hint=f"Declare them as a tuple of {words}")
    return tuple(map(str, found))


def said(error: BaseException) -> str:
    """An error in a line, also where it cannot say itself what it is."""
    try:
        text = f"{type(error).__name__}: {error}"
    except Exception:  # noqa: BLE001  (an error of somebody else's may be broken in any way)
        return type(error).__name__
    return text.removesuffix(": ")


def bench_of(scorer: Scorer | Method, framework: Framework | None = None) -> Bench:
    """The bench for a scorer, a method, or an installed scorer.

    Raises:
        UnknownScorerError: It is none of these.
    """
    if isinstance(scorer, Method):
        scorer = MethodScorer(scorer)
    modules: tuple[str, ...] = ()
    if isinstance(scorer, InstalledScorer):
        modules = _modules(scorer.plugin)
        scorer = scorer.scorer
    if isinstance(scorer, type):
        raise UnknownScorerError(f"{scorer.__name__} is a class", hint=f"Give {scorer.__name__}()")
    lacking = [name for name in ("name", "version", "title", "accepts", "score") if not hasattr(scorer, name)]
    if lacking:
        raise UnknownScorerError(f"{scorer!r} is not a scorer", hint=f"It lacks {', '.join(lacking)}")
    return Bench(scorer, framework, modules)


def _modules(plugin: str) -> tuple[str, ...]:
    """The modules that a plugin announces in its metadata."""
    return tuple(sorted({one.value.partition(":")[0] for one in announced() if one.info.name == plugin and one.value}))


def for_all(strategy: SearchStrategy[T], test: Callable[[T], bool], examples: int) -> int:
    """Try a test on examples of a strategy, and on a failure look for the simplest example that fails.

    Args:
        strategy: Makes the examples.
        test: Raises `CheckFailedError`, or returns whether there was something to look at.
        examples: How many are tried.

    Returns:
        How many examples had something to look at.

    Raises:
        CheckFailedError: Of the simplest example that fails.
    """
    looked = 0
    failures: list[CheckFailedError] = []

    @settings(FIXED, max_examples=examples)
    @given(strategy)
    def run(example: T) -> None:
        nonlocal looked
        try:
            looked += test(example)
        except CheckFailedError as failure:
            failures.append(failure)
            raise

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", HypothesisWarning)  # such as that an example is long when it is written out
            run()
    except Exception:
        if failures:  # also where a scorer fails only now and then, which Hypothesis reports in a way of its own
            raise failures[-1] from None
        raise
    return looked


def require(looked: int, before: str) -> None:
    """Refuse a result that rests on nothing.

    Args:
        looked: How many examples had something to look at.
        before: The check that must pass before there is something.

    Raises:
        CheckBlockedError: There was none.
    """
    if not looked:
        raise CheckBlockedError("nothing could be looked at", hint=f"Fix what {before} finds first")


def _name(framework: Framework) -> str:
    return f"{framework.id} {framework.version}"
