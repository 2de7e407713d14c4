"""What the checks say of single faults: each is named, and what is right has none."""

from __future__ import annotations

import _thread
import datetime as dt
import os
import pickle
import random
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from careassure.model.outcome import Flag, Margin, Measure, Outcome
from careassure.model.scale import Grade, NotRated
from careassure.testing import process, watch
from careassure.testing.bench import Bench, bench_of
from careassure.testing.check import CheckBlockedError, CheckFailedError, NotOfferedError
from careassure.testing.contract import well_named
from careassure.testing.image import difference
from careassure.testing.sameness import processes
from careassure.testing.soundness import declared_flags, range_faults, trace_faults, type_faults

from .scorers import RATINGS, RULE, SCORES, SMALL, Percent, Weakest, small

WEAK, FAIR, STRONG = RATINGS.grades
GIVEN = small(2, 2, 3)
OUTCOME = Percent().score(GIVEN)
Change = Callable[[Outcome], Outcome]


def with_kind(kind: Any) -> Any:
    return evolve(OUTCOME.trace, kind=kind)


def changed(**fields: Any) -> Outcome:
    return evolve(OUTCOME, **fields)


def test_what_is_right_has_no_fault() -> None:
    """An outcome that is sound is found to be."""
    for outcome in (OUTCOME, Percent().score(small(None, 1, None)), Weakest().score(small(1, 1, 1))):
        assert list(type_faults(outcome)) == []
        assert list(range_faults(outcome)) == []
        assert list(trace_faults(outcome.assessment, outcome)) == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"percentage_low": 77.5}, "percentage_low is 77.5 (float), not Fraction or None"),
        ({"percentage_low": 77}, "percentage_low is 77 (int), not Fraction or None"),
        ({"score_high": True}, "score_high is True (bool), not int or None"),
        ({"score_high": Fraction(78)}, "score_high is Fraction(78, 1) (Fraction), not int or None"),
        ({"low": "fair"}, "low is 'fair' (str), not Grade or None"),
        ({"flags": []}, "flags is [] (list), not tuple"),
        ({"flags": ("f",)}, "flags[0] is 'f' (str), not Flag"),
        ({"flags": (Flag("f", "F", certain=1),)}, "flags[0].certain is 1 (int), not bool"),  # type: ignore[arg-type]
        ({"flags": (Flag("f", "F", references=(RULE, "r")),)}, "flags[0].references[1] is 'r' (str), not Reference"),  # type: ignore[arg-type]
        ({"trace": with_kind("guess")}, "trace.kind is 'guess' (str), not 'input', 'total'"),
        ({"trace": None}, "trace is None (NoneType), not Step"),
        ({"title": 7}, "title is 7 (int), not str"),
    ],
)
def test_a_wrong_type_is_named(fields: dict[str, Any], fault: str) -> None:
    """The field, what stands in it and what should."""
    found = list(type_faults(changed(**fields)))
    assert len(found) == 1
    assert found[0].startswith(fault)


def entry(**fields: Any) -> Any:
    return evolve(OUTCOME.profile, entries=(evolve(OUTCOME.profile["a"], **fields),))


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"low": None}, "the overall has only one of low and high"),
        ({"low": STRONG, "high": WEAK}, "the overall has low Strong above high Weak"),
        ({"high": SCORES.highest}, "the overall is on the scales small-rating and small-score at once"),
        ({"suggested": WEAK}, "the overall suggests Weak, which is not within Fair to Fair"),
        ({"profile": entry(low=SCORES.highest)}, "the profile of a has low Great above high Fine"),
        ({"percentage_low": None}, "the percentage has only one of low and high"),
        ({"score_low": 99}, "the score has low 99 above high 77"),
        (
            {"measures": (Measure("m", "M", Fraction(2), Fraction(1)),)},
            "the measure m has low 2 above high 1",
        ),
        (
            {"low": evolve(FAIR, rank=0), "high": evolve(FAIR, rank=0)},
            "the overall: <Grade fair of small-rating> is not a grade of the framework's scale small-rating",
        ),
        (
            {"suggested": Grade("small-rating", "superb", "Superb", 1, 9)},
            "the overall: <Grade superb of small-rating> is not a grade of the framework's scale small-rating",
        ),
        ({"margin": Margin(up=1)}, "the margin up has points without a grade, or a grade without points"),
        ({"margin": Margin(up=1, above=WEAK)}, "the margin says that 1 points up give Weak, and the result is Fair"),
        ({"margin": Margin(down=0, below=WEAK)}, "the margin says that 0 points down give Weak"),
    ],
)
def test_what_is_out_of_range_is_named(fields: dict[str, Any], fault: str) -> None:
    """What is out of order or off its scale, and by what."""
    assert any(found.startswith(fault) for found in range_faults(changed(**fields)))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda o: evolve(o, low=WEAK, high=WEAK), "the trace ends in Fair to Fair, the result is Weak to Weak"),
        (lambda o: evolve(o, score_low=5, score_high=5), "no step of the trace gives the score 5 to 5"),
        (
            lambda o: evolve(o, measures=(Measure("m", "M", Fraction(1), Fraction(1)),)),
            "no step of the trace gives the measure m",
        ),
        (
            lambda o: evolve(o, trace=evolve(o.trace, parts=(evolve(o.trace.parts[0], kind="rounded", parts=()),))),
            "the trace cannot be worked out again: IndexError",
        ),
    ],
)
def test_a_trace_that_does_not_add_up_is_named(change: Change, fault: str) -> None:
    """The step, what it says, and what follows from its parts."""
    assert any(found.startswith(fault) for found in trace_faults(GIVEN, change(OUTCOME)))


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (1, 1, ""),
        (float("nan"), float("nan"), ""),
        ([1, [2]], [1, [3]], "[1][0] is 2, and then 3"),
        ([1], [1, 2], "the length of it is 1, and then 2"),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, "what it holds is ['a', 'b'], and then ['b', 'a']"),
        ({"a": 1}, {"a": Fraction(1)}, "a is 1 (int), and then Fraction(1, 1) (Fraction)"),
        ({1, 2}, {2, 1}, ""),
        (FAIR, evolve(FAIR, aliases=("so so",)), ""),
        (NotRated(), NotRated("no_reply"), "reason is 'not_rated', and then 'no_reply'"),
        (OUTCOME, evolve(OUTCOME, assessment=small(1, 1, 1)), ""),
    ],
)
def test_a_difference_is_found_and_named(one: object, other: object, found: str) -> None:
    """By types as well as by values; the aliases of grades do not count, nor does the assessment in an outcome."""
    assert difference(one, other) == found


def test_a_label_counts_although_grades_do_not_compare_it() -> None:
    """What equality leaves out is a difference all the same."""
    other = evolve(FAIR, label="Middling")
    assert other == FAIR
    assert "Middling" in difference(changed(low=FAIR), changed(low=other))


def test_a_name_that_changes_is_refused() -> None:
    """Name, version and title stay as they are."""
    titles = iter(["One", "Two"] * 9)
    restless: Any = type("Restless", (Weakest,), {"title": property(lambda _: next(titles))})
    with pytest.raises(CheckFailedError, match="its title changes from one reading to the next"):
        well_named(Bench(restless(), SMALL))


def test_flags_are_declared_as_a_tuple() -> None:
    """A list, or something else than ids, is refused; a method's flags are those of its rules."""
    for flags in (["a"], (1,)):
        declaring: Any = SimpleNamespace(flags=flags)
        with pytest.raises(CheckFailedError, match="Declare them as a tuple of ids"):
            declared_flags(Bench(declaring))
    assert declared_flags(bench_of(Weakest())) is None


def test_nothing_to_look_at_is_said() -> None:
    """A scorer that never answers blocks every check of outcomes and does not pass it."""
    mute: Any = SimpleNamespace(name="mute", version="1", title="Mute", accepts=lambda _: True, score=lambda _: None)
    with pytest.raises(CheckBlockedError, match=r"Fix what total finds first"):
        bench_of(mute, SMALL).each_outcome(lambda _assessment, _outcome: True)


# -- other processes -------------------------------------------------------------------------------------


def test_a_scorer_that_others_cannot_import_is_told() -> None:
    """Where the scorer's class is known in this process alone, the check says that it cannot be made there."""
    Local = type("Local", (Weakest,), {"__module__": "nowhere_to_be_found"})
    sys.modules["nowhere_to_be_found"] = SimpleNamespace(Local=Local)  # type: ignore[assignment]
    try:
        with pytest.raises(NotOfferedError, match="another process cannot import it: ModuleNotFoundError"):
            processes(Bench(Local(), SMALL))
    finally:
        del sys.modules["nowhere_to_be_found"]


def test_an_error_elsewhere_is_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scorer that raises in the other process alone is caught with the error in words."""
    monkeypatch.setenv("KIT_SETTING", "x")
    monkeypatch.setattr(process, "_PLACES", ({**process._PLACES[0], "KIT_SETTING": ""},))
    with pytest.raises(CheckFailedError, match="KeyError: 'KIT_SETTING'"):
        processes(Bench(NeedsASetting(), SMALL))


class NeedsASetting(Weakest):
    """It reads a setting of the environment."""

    def score(self, assessment: Any) -> Outcome:
        if not os.environ.get("KIT_SETTING"):
            raise KeyError("KIT_SETTING")
        return super().score(assessment)


def test_the_other_process_answers_in_order() -> None:
    """Each process gives one outcome for each assessment, equal to the one here."""
    given = [small(1, 2, 3), small(3, 3, 3)]
    answers = process.outcomes_elsewhere(pickle.dumps((Weakest(), given)))
    assert [answer.where[:11] for answer in answers] == ["hash seed 1", "hash seed 2", "hash seed 3"]
    for answer in answers:
        assert list(answer.outcomes) == [Weakest().score(assessment) for assessment in given]
        assert answer.imported == ()


# -- watches ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("called", "words"),
    [
        (time.time, "time.time"),
        (os.stat, "os.stat"),
        (_thread.start_new_thread, "_thread.start_new_thread"),
        (dt.date.today, "date.today"),
        (time.sleep, ""),
        (os.getpid, "os.getpid"),
        (hash, "hash"),
        (random.random, "random.random"),
        (random.Random(4).random, ""),  # noqa: S311
        (len, ""),
        ("text".join, ""),
    ],
)
def test_built_in_functions_are_told_apart(called: Any, words: str) -> None:
    """Those that ask the time, or the system for a file, and all others."""
    assert watch._asked(called)[0] == words


def test_an_import_is_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that is being imported knows it, and no other code thinks so."""
    (tmp_path / "kit_imported.py").write_text(
        "import sys\nfrom careassure.testing.watch import _importing\nhere = _importing(sys._getframe())\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert import_module("kit_imported").here is True
    assert watch._importing(sys._getframe()) is False
