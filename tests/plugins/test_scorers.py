"""A scorer in Python can neither stop nor change anything but its own outcome."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Literal

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure import errors
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade
from careassure.plugins.host import PluginHost
from careassure.plugins.offers import InstalledScorer

RULE = ca.Reference("rule", "A rule for tests", basis="ours")
Do = Callable[[Any], Any]


class Weakest:
    """The lowest statement decides; before, or while it is asked what it accepts, it does something else."""

    version, title = "1", "The lowest statement decides"

    def __init__(self, name: str = "evil", score: Do | None = None, accepts: Do | None = None) -> None:
        self.name = name
        self.on_score = score
        self.on_accepts = accepts

    def accepts(self, framework: ca.Framework) -> Any:
        return framework.id == "cqc-la" if self.on_accepts is None else self.on_accepts(framework)

    def score(self, assessment: ca.Assessment) -> Outcome:
        ratings = assessment.framework.scale("cqc-rating").grades
        low, high = (ratings[min(span[end].rank for span in assessment.spans.values())] for end in (0, 1))
        outcome = Outcome.of(self, assessment, low, high, text="The lowest is the rating.", references=(RULE,))
        if self.on_score is not None:
            self.on_score(assessment)
        return outcome


def raising(error: object) -> Do:
    def do(_given: object) -> object:
        raise error  # type: ignore[misc]

    return do


def for_ever(given: object) -> object:
    return for_ever(given)


async def later(_given: object) -> bool:
    return True


def items(_given: object) -> Any:
    yield True


class Own(BaseException):
    """Nobody else's."""


class Mute(Exception):  # noqa: N818
    """It cannot say why."""

    def __str__(self) -> str:
        raise SystemExit


class Ours(errors.UnknownGradeError):
    """It looks like one of the library's."""

    def __str__(self) -> str:
        raise SystemExit


class Unclear:
    """It cannot say whether it is true, what it equals or what it is."""

    def __bool__(self) -> bool:
        raise SystemExit

    __eq__ = __repr__ = __bool__  # type: ignore[assignment]
    __hash__ = None  # type: ignore[assignment]


class Yes(str):
    """Text that equals everything."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


RAISED = {
    "SystemExit": (raising(SystemExit(3)), "SystemExit: 3"),
    "GeneratorExit": (raising(GeneratorExit()), "GeneratorExit"),
    "StopIteration": (raising(StopIteration()), "StopIteration"),
    "MemoryError": (raising(MemoryError()), "MemoryError"),
    "recursion": (for_ever, "RecursionError: maximum recursion depth exceeded"),
    "its own": (raising(Own("x")), "Own: x"),
    "mute": (raising(Mute()), "Mute: it cannot say why"),
    "like ours": (raising(Ours("x")), "Ours: it cannot say why"),
    "blames another": (raising(errors.ScorerRaisedError("x", scorer="single-word")), "scorer single-word: x"),
    "blames a plugin": (raising(errors.HookCallError("x", plugin="good")), "plugin good: x"),
    "long": (raising(ValueError("x" * 10**6)), "xxx ..."),
    "no exception": (raising(7), "TypeError: exceptions must derive from BaseException"),
}


@pytest.mark.parametrize("what", RAISED)
def test_whatever_a_score_raises_is_an_error_that_names_it(what: str) -> None:
    """Nothing that a scorer raises ends the program: `assess` and `compare` say which scorer raised what."""
    do, words = RAISED[what]
    assessment = ca.Assessment.of("Camden", [3] * 9)
    for ask in (lambda: ca.assess(assessment, Weakest(score=do)), lambda: ca.compare(assessment, [Weakest(score=do)])):
        with pytest.raises(errors.ScorerRaisedError) as caught:
            ask()
        assert caught.value.scorer == "evil"
        assert words in str(caught.value)
        assert len(str(caught.value)) < 500


ANSWERS = {
    **{what: (do, errors.ScorerRaisedError, words) for what, (do, words) in RAISED.items()},
    "a word": (lambda _: "yes", errors.ScorerReturnError, "it said 'yes'"),
    "nothing": (lambda _: None, errors.ScorerReturnError, "it said None"),
    "one": (lambda _: 1, errors.ScorerReturnError, "it said 1"),
    "unclear": (lambda _: Unclear(), errors.ScorerReturnError, "it said <Unclear>"),
    "a coroutine": (later, errors.ScorerReturnError, "it said <coroutine"),
    "a generator": (items, errors.ScorerReturnError, "it said <generator"),
}


def giving(scorer: object) -> Callable[[], list[object]]:
    return lambda: [scorer]


def host_of(*scorers: object, on_error: Literal["raise", "skip"] = "skip") -> PluginHost:
    """A host with one plugin for each scorer, named like it."""
    host = PluginHost(discover=False, on_error=on_error)
    for scorer in scorers:
        name: Any = scorer.name  # type: ignore[attr-defined]
        host.register(SimpleNamespace(careassure_scorers=ca.hookimpl(giving(scorer))), name, f"dist-{name}", "1.0")
    return host


@pytest.mark.parametrize("what", ANSWERS)
def test_whatever_accepts_does_stops_no_other(what: str) -> None:
    """A scorer that cannot say whether it accepts a framework is left out with its plugin, or named by the error."""
    do, kind, words = ANSWERS[what]
    framework = ca.framework("cqc-la")
    host = host_of(Weakest("good"), Weakest(accepts=do))
    assert len(host.scorers()) == 4
    assert [item.name for item in host.accepting(framework)] == ["single-word", "good"]
    assert [item.name for item in host.accepting(framework)] == ["single-word", "good"]
    assert [item.name for item in host.scorers()] == ["evidence-category", "good", "single-word"]
    (failure,) = host.failures
    assert (type(failure), failure.plugin, failure.distribution) == (errors.HookReturnError, "evil", "dist-evil 1.0")
    assert words in str(failure)
    assert {info.name: info.status for info in host.installed()}["evil"] == "failed"
    strict = host_of(Weakest("good"), Weakest(accepts=do), on_error="raise")
    for ask in (
        lambda: strict.accepting(framework),
        lambda: strict.scorer("evil").accepts(framework),
        lambda: strict.scorer("evil").score(ca.Assessment.of("Camden", [3] * 9)),
        lambda: ca.assess(ca.Assessment.of("Camden", [3] * 9), Weakest(accepts=do)),
    ):
        with pytest.raises(kind) as caught:
            ask()
        assert caught.value.scorer == "evil"
        assert words in str(caught.value)


def test_a_coroutine_is_no_outcome() -> None:
    """A scorer that would answer later, or bit by bit, is refused, and nothing of it is left."""

    class Later(Weakest):
        async def score(self, assessment: ca.Assessment) -> Outcome:  # type: ignore[override]
            return super().score(assessment)

    with pytest.raises(errors.ScorerReturnError, match="returned coroutine, not an Outcome"):
        ca.assess(ca.Assessment.of("Camden", [3] * 9), Later())  # type: ignore[arg-type]


@pytest.mark.parametrize("where", ["score", "accepts", "name", "scales", "repr"])
def test_ctrl_c_passes_a_scorer(where: str) -> None:
    """A wish to stop passes, wherever a scorer is asked."""
    stop = raising(KeyboardInterrupt())
    space: dict[str, Any] = {where: property(stop)} if where in ("name", "scales") else {}
    if where == "repr":
        space = {"__repr__": stop, "score": None}
    accepts = staticmethod(stop) if where == "accepts" else None
    space |= {"__init__": lambda self: None, "on_score": staticmethod(stop), "on_accepts": accepts}
    kind: Any = type("Stopped", (Weakest,), space)
    if where != "name":
        kind.name = "evil"
    with pytest.raises(KeyboardInterrupt):
        ca.assess(ca.Assessment.of("Camden", [3] * 9), kind())


@pytest.mark.parametrize(
    "thing",
    [None.__class__, 7, object(), SimpleNamespace(), Unclear(), Weakest, SimpleNamespace(name="a"), Yes("single-word")],
    ids=lambda thing: type(thing).__name__,
)
def test_what_is_not_a_scorer_is_refused_in_words(thing: Any) -> None:
    """Whatever stands where a scorer is wanted, the error is one of careassure's own."""
    with pytest.raises(errors.UnknownScorerError, match="not a scorer"):
        ca.assess(ca.Assessment.of("Camden", [3] * 9), thing)


def test_two_are_told_apart_without_asking_them() -> None:
    """Installed scorers can be compared, hashed and shown, whatever the scorer inside does when it is asked."""

    class Touchy(Weakest):  # noqa: PLW1641  (it has one, which raises)
        def __eq__(self, other: object) -> bool:
            raise SystemExit

        __hash__ = __repr__ = __eq__  # type: ignore[assignment]

    scorer = Touchy()
    one, same, other = InstalledScorer.of(scorer), InstalledScorer.of(scorer), InstalledScorer.of(Touchy())
    assert one == same
    assert one != other
    assert len({one, same, other}) == 2
    assert "scorer=<Touchy>" in repr(one)
    by_method = ca.scorer("single-word")
    assert pickle.loads(pickle.dumps(by_method)) == by_method


# -- what it is given --------------------------------------------------------------------------------------------------


class Stranger(Grade):
    """A class of somebody else that fits where a grade is."""

    __slots__ = ()

    def __str__(self) -> str:
        return "Super"


def put(thing: Any, name: str, value: Any) -> None:
    object.__setattr__(thing, name, value)


CHANGES: dict[str, tuple[Do, str]] = {
    "the scores": (lambda a: a.scores._found.clear(), "scores"),
    "one score": (lambda a: a.scores._found.update(equity=None), "scores"),
    "the marks": (lambda a: put(a, "marks", ()), "marks"),
    "the notes": (lambda a: put(a, "notes", "seen"), "notes was '' and is 'seen'"),
    "the council": (lambda a: put(a.council, "name", "York"), "council.name was 'Camden' and is 'York'"),
    "a grade's points": (lambda a: put(a.marks[0][1], "value", 99), "value was 4 and is 99"),
    "a grade's place": (lambda a: put(a.marks[0][1], "rank", 0), "rank was 3 and is 0"),
    "a grade's label": (lambda a: put(a.marks[0][1], "label", "x"), "label"),
    "a grade's class": (lambda a: put(a.marks[0][1], "__class__", Stranger), "of the class Grade"),
    "another grade": (lambda a: put(a.framework.scales[0].grades[0], "value", 50), "value was"),
    "a rating": (lambda a: put(a.framework.scale("cqc-rating").grades[0], "label", "Super"), "label"),
    "a scale": (lambda a: put(a.framework.scales[0], "grades", ()), "grades"),
    "the scales": (lambda a: put(a.framework, "scales", ()), "framework.scales"),
    "a statement": (lambda a: put(a.framework.statements[0], "title", "x"), "title"),
    "the themes": (lambda a: put(a.framework, "themes", ()), "framework.themes"),
    "what a framework keeps": (lambda a: put(a.framework, "leaves", ()), "framework.leaves"),
    "the framework's own scorer": (lambda a: put(a.framework, "scorer", "evil"), "framework.scorer"),
    "the framework's id": (lambda a: object.__delattr__(a.framework, "id"), "framework.id"),
}
NINE = [4, 3, 4, 3, 4, 4, 3, 4, 4]


@pytest.mark.parametrize("then", ["answers", "raises", "stops"])
@pytest.mark.parametrize("what", CHANGES)
def test_what_a_scorer_changes_is_put_back(what: str, then: str) -> None:
    """Whatever it changes, its outcome is refused, and no other scorer, assessment or framework is altered by it."""
    change, words = CHANGES[what]
    assessment = ca.Assessment.of("Camden", NINE)
    other = ca.Assessment.of("York", NINE)
    before = pickle.dumps((assessment, other, ca.framework("cqc-la")))
    expected = [outcome.to_dict() for outcome in ca.compare(assessment)]

    def do(given: Any) -> None:
        change(given)
        if then != "answers":
            raise ValueError("no") if then == "raises" else KeyboardInterrupt

    kind = {"answers": errors.ScorerReturnError, "raises": errors.ScorerRaisedError, "stops": KeyboardInterrupt}[then]
    for _ in range(2):
        with pytest.raises(kind) as caught:
            ca.assess(assessment, Weakest(score=do))
        if then == "answers":
            assert "it changed what it was given" in str(caught.value)
            assert words in str(caught.value)
        assert pickle.dumps((assessment, other, ca.framework("cqc-la"))) == before
        assert [outcome.to_dict() for outcome in ca.compare(assessment)] == expected
        assert ca.assess(assessment, Weakest("good")).result == "Good"
        assert ca.assess(other).result == "Outstanding, 92 out of 100"


def test_what_is_changed_while_asked_what_it_accepts_is_put_back() -> None:
    """The same holds when it is only asked whether it accepts a framework."""

    def do(framework: Any) -> bool:
        put(framework.scales[0].grades[0], "value", 50)
        return True

    framework = ca.framework("cqc-la")
    before = pickle.dumps(framework)
    host = host_of(Weakest("good"), Weakest(accepts=do))
    assert [item.name for item in host.accepting(framework)] == ["single-word", "good"]
    assert "it changed the framework: scales[0].grades[0].value was" in str(host.failures[0])
    assert pickle.dumps(framework) == before


def test_what_it_remembers_is_its_own() -> None:
    """An assessment that a scorer kept from an earlier call is a copy: changing it later changes nobody's."""
    kept: list[Any] = []

    def do(given: Any) -> None:
        for old in kept:
            put(old, "marks", ())
            put(old, "notes", "seen")
            put(old, "scores", {})
        kept.append(given)

    first, second = ca.Assessment.of("Camden", NINE), ca.Assessment.of("York", NINE)
    before = pickle.dumps((first, second))
    scorer = Weakest(score=do)
    outcomes = [ca.assess(first, scorer), ca.assess(second, scorer)]
    assert pickle.dumps((first, second)) == before
    assert [outcome.assessment.marks for outcome in outcomes] == [first.marks, second.marks]
    assert outcomes[0].assessment is first
    assert first.scores == second.scores


@given(st.lists(st.sampled_from([1, 2, 3, 4, None]), min_size=9, max_size=9))
def test_a_sound_scorer_gives_through_the_host_what_it_gives_alone(scores: list[Any]) -> None:
    """The host adds where it came from, and changes nothing."""
    assessment = ca.Assessment.of("Camden", scores)
    alone = Weakest("good").score(assessment)
    through = host_of(Weakest("good")).scorer("good").score(assessment)
    assert through == evolve(alone, distribution="dist-good", distribution_version="1.0")


def test_what_was_given_is_put_back_whoever_holds_it() -> None:
    """A scorer that knows the very assessment that it is asked about, and changes that, is refused too."""
    assessment = ca.Assessment.of("Camden", NINE)
    before = pickle.dumps(assessment)
    with pytest.raises(errors.ScorerReturnError, match="it changed what it was given") as caught:
        ca.assess(assessment, Weakest(score=lambda _: put(assessment, "notes", "seen")))
    assert caught.value.scorer == "evil"
    assert pickle.dumps(assessment) == before


def test_a_scorer_of_no_plugin_says_so() -> None:
    """It has a name, a version and a title, and comes from nowhere."""
    scorer = Weakest("mine")
    installed = InstalledScorer.of(scorer)
    assert installed == InstalledScorer("mine", "1", scorer.title, "", "", "", scorer)
    assert (installed.scales, installed.trace, installed.method) == ((), False, None)
    outcome = installed.score(ca.Assessment.of("Camden", NINE))
    assert (outcome.distribution, outcome.distribution_version) == ("", "")


def test_a_scorer_of_no_plugin_can_be_watched_too(capsys: pytest.CaptureFixture[str]) -> None:
    """It is of this program then."""
    scorer = Weakest("mine")
    InstalledScorer("mine", "1", scorer.title, "", "", "", scorer, trace=True).score(ca.Assessment.of("Camden", NINE))
    assert capsys.readouterr().err.splitlines() == [
        "careassure:  (this program), scorer mine: asking whether it scores cqc-la direct",
        "careassure:  (this program), scorer mine: scoring",
    ]


async def never() -> bool:
    return True


@pytest.mark.parametrize("asked", ["accepts", "score"])
def test_what_would_come_later_is_closed(asked: str) -> None:
    """A coroutine in the place of an answer or of an outcome is not left waiting."""
    waiting = never()
    scorer: Any = SimpleNamespace(
        name="later",
        version="1",
        title="Later",
        accepts=lambda _: waiting if asked == "accepts" else True,
        score=lambda _: waiting,
    )
    with pytest.raises(errors.ScorerReturnError) as caught:
        ca.assess(ca.Assessment.of("Camden", NINE), scorer)
    assert caught.value.scorer == "later"
    with pytest.raises(RuntimeError, match="cannot reuse"):
        waiting.send(None)


def test_what_it_does_not_accept_is_not_scored() -> None:
    """The error says which framework, and that it is refused."""
    with pytest.raises(errors.UnknownScorerError) as caught:
        ca.assess(ca.Assessment.of("Camden", NINE), Weakest(accepts=lambda _: False))
    assert caught.value.message == "evil does not score cqc-la version direct"
