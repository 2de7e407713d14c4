"""Nothing in a method file takes long: what is large is worked out, told to be open, or refused by name."""

from __future__ import annotations

import time
from collections.abc import Generator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

import pytest

from careassure.errors import InvalidMethodError
from careassure.io.conditions import MOST_DEPTH
from careassure.methods import notices, survey
from careassure.methods.check import CheckReport, check
from careassure.methods.fit import fit
from careassure.methods.implies import implies
from careassure.methods.limits import MOST_DIGITS, MOST_LIMITS
from careassure.methods.lowering import lower_method
from careassure.methods.method import Method
from patience import PATIENCE

from .base import BASE, RULE
from .frames import Frame, plain_frame

Plain = dict[str, Any]
FRAME = plain_frame("t: a b c; u: d e f", "low mid high")
PERCENTAGE = {"kind": "percentage", "over": "scores", "rounding": "up", **RULE}


@contextmanager
def quickly(seconds: float = 5) -> Generator[None]:
    """Within so many seconds of the processor."""
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds * PATIENCE


def overall(*whens: Plain, **more: object) -> Plain:
    rungs = [{"grade": grade, "when": when, **RULE} for grade, when in zip(("mid", "high"), whens, strict=True)]
    return {"for": "overall", "scale": "r", "rungs": rungs, **more}


def method_of(frame: Frame, *nodes: Plain, **more: object) -> Method:
    return frame.load(BASE | {"measures": {"p": PERCENTAGE}, "flags": [], "nodes": list(nodes), **more})


def verdicts(report: CheckReport, *wanted: str) -> list[str]:
    return [f.what for f in report.findings if f.verdict in wanted]


# ------------------------------------------------------- conditions


def test_conditions_may_be_nested_to_the_limit() -> None:
    """Conditions nested as deeply as they may be are read, checked, lowered and evaluated at once."""

    def nested(depth: int, grade: str) -> Plain:
        here: Plain = {"any": "scores", "at_least": grade}
        if depth < 2:
            return here
        return {"any_of": [here, {"all_of": [nested(depth - 2, grade), {"not": {"any": "scores", "at_most": "low"}}]}]}

    with quickly():
        method = method_of(FRAME, overall(nested(MOST_DEPTH - 2, "mid"), nested(MOST_DEPTH - 2, "high")))
        assert check(method, FRAME.framework).ok
        assert lower_method(fit(method, FRAME.framework)).settled
        assert str(FRAME.assess(method, dict.fromkeys("abcdef", 1)).rating) == "mid"


def test_what_follows_from_the_form_is_found_among_hundreds() -> None:
    """Hundreds of conditions that must all hold follow from as many stricter ones."""
    frame = plain_frame("t: " + " ".join(f"s{n}" for n in range(400)), "low mid high")
    whens = [{"all_of": [{"area": f"s{n}", "at_least": grade} for n in range(400)]} for grade in ("mid", "high")]
    with quickly():
        method = method_of(frame, overall(*whens))
        report = check(method, frame.framework)
        assert report.ok
        lower, upper = (rung.when for rung in fit(method, frame.framework).nodes[-1].ladders[0].rungs)
        assert implies(upper, lower)
        assert not implies(lower, upper)
        outcome = frame.assess(method, dict.fromkeys(frame.leaves, 1))
        assert str(outcome.rating) == "mid"
        assert outcome.margin.up is None  # not worked out: there is too much to go through


@pytest.mark.parametrize("where", ["overall", "themes and overall"])
def test_forty_facts_are_as_good_as_one(where: str) -> None:
    """Forty facts that cap a grade, each by itself, are gone through as one question, wherever they are asked."""
    caps = [{"cap": "low", "when": {"fact": f"f{n}"}, **RULE} for n in range(40)]
    bands = {"measure": "p", "mid": 50, "high": 80, "reference": "rules"}
    with quickly():
        if where == "overall":
            method = method_of(FRAME, {"for": "overall", "scale": "r", "bands": bands, "limits": caps})
        else:
            themes = {"for": "themes", "scale": "r", "bands": bands, "limits": caps}
            method = method_of(FRAME, themes, overall({"every": "themes"}, {"every": "themes"}, limits=caps))
        report = check(method, FRAME.framework)
        assert report.ok
        assert any(what.startswith("every grade can be reached") for what in verdicts(report, "proved"))
        assert lower_method(fit(method, FRAME.framework)).settled
    assert str(FRAME.assess(method, dict.fromkeys("abcdef", 2), {"f7": True}).rating) == "low"
    assert str(FRAME.assess(method, dict.fromkeys("abcdef", 2)).rating) == "high"


def test_facts_that_all_matter_are_left_open() -> None:
    """Where every one of forty facts matters in its own way, the check says what it did not go through."""

    def whens(step: int, grade: str) -> Plain:
        areas = [{"area": "abcdef"[n % 6], "at_least": grade} for n in range(41)]
        return {"any_of": [{"all_of": [{"fact": f"f{n}"}, {"fact": f"f{n * step % 41}"}, areas[n]]} for n in range(41)]}

    with quickly():
        report = check(method_of(FRAME, overall(whens(3, "mid"), whens(7, "high"))), FRAME.framework)
    assert not report.ok
    assert verdicts(report, "open") == ["whether the rungs are nested is open"]
    assert str(report).splitlines()[0].endswith("not proved to be sound")


def test_many_shares_of_replies_are_checked_together() -> None:
    """A dozen numbers of replies in one rung are gone through as what they are: counts of scores that came."""
    measures: dict[str, Plain] = {"p": PERCENTAGE}
    for n in range(12):
        only = {"level": "scores", "only": ["abcdef"[n % 6], "abcdef"[(n + 1) % 6]]}
        measures[f"m{n}"] = {"kind": "answered", "over": only if n % 2 else "scores", "rounding": "none", **RULE}
    enough = [{"measure": f"m{n}", "at_least": 5 * n} for n in range(12)]
    whens = ({"any": "scores"}, {"all_of": [*enough, {"every": "scores", "at_least": "high"}]})
    with quickly():
        assert check(method_of(FRAME, overall(*whens), measures=measures), FRAME.framework).ok


def test_a_fact_may_have_two_defaults() -> None:
    """A fact that is so by default in one rung and not so in another is, where nobody says, both."""
    whens = ({"fact": "open"}, {"fact": "open", "default": True})
    method = method_of(FRAME, overall(*whens))
    report = check(method, FRAME.framework)
    assert "not nested: overall.high can hold where overall.mid does not" in verdicts(report, "failed")
    with pytest.raises(InvalidMethodError, match=r"overall\.high"):
        FRAME.assess(method, dict.fromkeys("abcdef", 0))
    turned = method_of(FRAME, overall(*whens[::-1]))
    assert str(FRAME.assess(turned, dict.fromkeys("abcdef", 0)).rating) == "mid"
    assert check(turned, FRAME.framework).ok


# ------------------------------------------------------- sizes


def test_hundreds_of_statements_are_checked_and_assessed() -> None:
    """A framework of six hundred statements in sixty themes takes no longer than anyone would wait."""
    frame = plain_frame("; ".join(f"t{n}: " + " ".join(f"s{n}x{i}" for i in range(10)) for n in range(60)), "a b c",
                        rating="low mid high")  # fmt: skip
    bands = {"measure": "p", "mid": 50, "high": 80, "reference": "rules"}
    whens = ({"every": "themes", "at_least": "mid"}, {"every": "themes", "at_least": "high"})
    with quickly():
        method = method_of(frame, {"for": "themes", "scale": "r", "bands": bands}, overall(*whens))
        report = check(method, frame.framework)
        assert report.ok
        assert any("10^" in finding.how for finding in report.findings)
        assert lower_method(fit(method, frame.framework)).settled
        assert str(frame.assess(method, dict.fromkeys(frame.leaves, 2)).rating) == "high"


def test_a_scale_may_have_a_thousand_grades() -> None:
    """Three scores on a scale of a thousand grades are checked and assessed."""
    frame = plain_frame("t: a b c", " ".join(f"g{n}" for n in range(1000)), rating="low mid high")
    bands = {"measure": "p", "mid": 50, "high": 80, "reference": "rules"}
    with quickly():
        method = method_of(frame, {"for": "overall", "scale": "r", "bands": bands})
        assert check(method, frame.framework).ok
        assert str(frame.assess(method, dict.fromkeys("abc", 600)).rating) == "mid"


def test_numbers_have_a_length() -> None:
    """A weight or threshold of a thousand digits is exact; one that is too long is refused by its place."""

    def weighted(weights: dict[str, int | str], mid: int | str = 2 * 10**1000) -> Method:
        bands = {"measure": "p", "mid": mid, "high": f"{3 * 10**1000}", "reference": "rules"}
        measures = {"p": {"kind": "total", "over": "scores", "weights": weights, **RULE}}
        return method_of(FRAME, {"for": "overall", "scale": "r", "bands": bands}, measures=measures)

    with quickly():
        method = weighted({"a": 10**1000, "b": f"1/{10**1000}"})
        assert check(method, FRAME.framework).ok
        outcome = FRAME.assess(method, dict.fromkeys("abcdef", 0))
        assert str(outcome.rating) == "low"
        assert outcome.measures[0].low == 10**1000 + Fraction(1, 10**1000) + 4
        assert len(outcome.explain()) > 1000
    for weights, mid, message in (
        ({"a": 10**MOST_DIGITS}, 2, r"measures.p.weights.a: .*more than 1,010 digits"),
        ({"a": f"1/{10**MOST_DIGITS}"}, 2, r"measures.p.weights.a: .*more than 1,010 digits"),
        ({}, "1" + "0" * MOST_DIGITS, r"bands.mid: .*more than 1,010 digits"),
        ({name: f"1/{10**1000 + n}" for n, name in enumerate("abc")}, 2, r"measures.p.weights: as whole numbers"),
    ):
        with pytest.raises(InvalidMethodError, match=message):
            weighted(dict(weights), mid)


def test_a_ladder_has_so_many_limits() -> None:
    """A ladder with more limits than it may have is refused; with as many it is read and checked."""
    cap = {"cap": "low", "when": {"fact": "f"}, **RULE}
    node = overall({"any": "scores"}, {"every": "scores"}, limits=[cap] * MOST_LIMITS)
    with quickly():
        assert check(method_of(FRAME, node), FRAME.framework).ok
    with pytest.raises(InvalidMethodError, match=r"limits: there are 101 limits"):
        method_of(FRAME, {**node, "limits": [cap] * (MOST_LIMITS + 1)})


# ------------------------------------------------------- beyond the bounds

LINKED = overall(
    {"all_of": [{"area": "t", "at_least": "mid"}, {"area": "u", "at_least": "mid"}]},
    {"all_of": [{"area": "t", "at_least": "mid"}, {"area": "u", "at_least": "mid"}, {"any": "scores"}]},
)
THEMES = {"for": "themes", "scale": "r", "bands": {"measure": "p", "mid": 50, "high": 80, "reference": "rules"}}


def test_linked_inputs_beyond_the_bound_are_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound, linked inputs are taken as if they were not: then nothing is said to fail or to be reached."""
    crossed = overall({"area": "t", "at_least": "mid"}, {"any": {"level": "scores", "only": "a"}, "at_least": "high"})
    frame = plain_frame("t: a", "low mid high")
    apart = method_of(frame, THEMES, crossed)
    assert check(apart, frame.framework).ok  # the theme is the score
    method = method_of(FRAME, THEMES, LINKED)
    assert "every grade can be reached" in str(check(method, FRAME.framework))
    monkeypatch.setattr(survey, "MOST_STEPS_OF_ONE", 16)
    report = check(method_of(frame, THEMES, crossed, id="again"), frame.framework)
    assert verdicts(report, "failed") == []
    assert verdicts(report, "open") == ["whether the rungs are nested is open"]
    assert "that every grade can be reached was not proved" in verdicts(report, "note")


def test_without_steps_nothing_is_proved_but_by_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no step left, what form alone shows is proved, and bounds that form does not order are open."""
    monkeypatch.setattr(survey, "MOST_STEPS_OF_ONE", 0)
    bands = {"measure": "p", "mid": 50, "high": 80, "reference": "rules"}
    report = check(method_of(FRAME, {"for": "overall", "scale": "r", "bands": bands}, id="bands"), FRAME.framework)
    assert report.ok
    assert verdicts(report, "note") == ["that every grade can be reached was not proved"]
    every = [{"grade": g, "when": {"every": "scores", "at_least": g}, **RULE} for g in ("mid", "high")]
    some = [{"grade": g, "when": {"count": "scores", "grade": g, "at_least": 2}, **RULE} for g in ("mid", "high")]
    for low, high, ok in ((every, some, True), (some, every, False)):
        node = {"for": "overall", "scale": "r", "must": {"rungs": low}, "may": {"rungs": high}}
        report = check(method_of(FRAME, node, id="bounds"), FRAME.framework)
        assert report.ok is ok
        assert verdicts(report, "open") == ([] if ok else ["whether must is never above may is open"])


# ------------------------------------------------------- notices


def noticed(when: Plain, ranks: Plain, **more: object) -> list[bool]:
    """Whether the notice is given, and whether for certain."""
    flags = [{"id": "flag", "when": when, **RULE}]
    node = overall({"any": "scores"}, {"every": "scores"})
    outcome = FRAME.assess(method_of(FRAME, node, flags=flags, **more), {**dict.fromkeys("abcdef", 1), **ranks})
    assert outcome.trace.audit() == ()
    assert ("in every way" in str([step.text for step in outcome.trace.walk() if step.kind == "tried"])) == any(
        step.kind == "tried" for step in outcome.trace.walk()
    )
    return [flag.certain for flag in outcome.flags]


UP: Plain = {"area": "a", "at_least": "mid"}


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ({"all_of": [UP, {"not": UP}]}, []),
        ({"any_of": [UP, {"not": UP}]}, [True]),
        ({"all_of": [UP, {"area": "a", "at_most": "low"}]}, []),
        ({"any_of": [UP, {"area": "a", "at_most": "mid"}]}, [True]),
        ({"all_of": [UP, {"area": "a", "at_most": "mid"}]}, [False]),
        ({"all_of": [{"count": "scores", "grade": "mid", "at_least": 6}, {"area": "a", "at_most": "low"}]}, []),
        ({"any_of": [{"measure": "p", "at_least": 62}, {"area": "a", "at_most": "low"}]}, [True]),
        ({"any_of": [{"measure": "p", "at_least": 67}, {"area": "a", "at_most": "low"}]}, [True]),
        ({"any_of": [{"measure": "p", "at_least": 68}, {"area": "a", "at_most": "low"}]}, [False]),
        (UP, [False]),
    ],
)
def test_a_notice_is_certain_exactly_if_every_completion_has_it(when: Plain, found: list[bool]) -> None:
    """A score that counts both for a notice and against it has but one value at a time."""
    assert noticed(when, {"a": None}) == found


def test_a_notice_beyond_the_bound_stays_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is too much to go through, a notice that may hold at its ends is given as possible."""
    when = {"any_of": [{"measure": "p", "at_least": 67}, {"area": "a", "at_most": "low"}]}
    monkeypatch.setattr(notices, "MOST_STEPS_OF_NOTICE", 0)
    assert noticed(when, {"a": None}) == [False]
    assert noticed({"all_of": [UP, {"not": UP}]}, {"a": None}) == []
