"""The gate of the mutation tests: what counts, and when it is red."""

from __future__ import annotations

import pytest

from mutation.gate import LEAST, Tally, share_between, shown, words_only


def tally(killed: int, survived: int, **more: object) -> Tally:
    results = {f"k{n}": "killed" for n in range(killed)} | {f"s{n}": "survived" for n in range(survived)}
    given = {"words": frozenset[str](), "equal": dict[str, str]()} | more
    return Tally("model", results, 1000, **given)  # type: ignore[arg-type]  # the fields are given by name


def test_twenty_planted_survivors_turn_the_gate_red() -> None:
    """A suite that kills all but twenty of 395 mutants is just short of what is asked for."""
    assert tally(380, 20).ok
    assert not tally(379, 20).ok
    assert not tally(150, 20).ok
    assert "NOT ENOUGH" in "\n".join(tally(150, 20).lines())


@pytest.mark.parametrize("status", ["no tests", "survived", "suspicious", "anything new"])
def test_what_is_not_known_to_be_killed_survived(status: str) -> None:
    assert Tally("model", {"a": status}, 1, frozenset(), {}).survivors == ("a",)


def test_a_run_that_decided_nothing_is_red() -> None:
    assert not Tally("model", {}, 0, frozenset(), {}).ok
    assert not Tally("model", {"a": "killed", "b": "not checked"}, 2, frozenset(), {}).ok


def test_equal_mutants_and_wording_do_not_count() -> None:
    found = tally(19, 3, words=frozenset({"s0"}), equal={"s1": "the same"})
    assert (found.killed, found.tried, found.survivors) == (19, 20, ("s2",))
    assert found.ok


def test_a_share_is_never_rounded_up_to_what_is_asked_for() -> None:
    assert shown(9499, 10000) == "94.9"
    assert LEAST == 95


def test_a_sample_says_how_much_it_can_miss() -> None:
    low, high = share_between(95, 100)
    assert 88 < low < 89.9
    assert 97 < high < 99


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ('-    raise E("it is wrong", hint="Mend it")\n+    raise E("XXit is wrongXX", hint="Mend it")', True),
        ('-    raise E("it is wrong", hint="Mend it")\n+    raise E("it is wrong", )', True),
        ('-    raise E("it is wrong", hint="Mend it")\n+    raise E("it is wrong", hint=None)', True),
        ('-    raise E("it is wrong")\n+    raise E(None)', True),
        ('-    if kind == "count":\n+    if kind == "XXcountXX":', False),
        ('-    yield P("", "it is wrong"), "Mend it"\n+    yield P("", "it is wrong"), "mend it"', True),
        ('-    yield P("at", "it is wrong", "")\n+    yield P("XXatXX", "it is wrong", "")', False),
        ("-    return a < b\n+    return a <= b", False),
        ('-    raise E("it is wrong", plugin=name)\n+    raise E("it is wrong", )', False),
    ],
)
def test_wording_is_told_from_behaviour(change: str, expected: bool) -> None:
    assert words_only(f"--- a.py\n+++ a.py\n@@ -1 +1 @@\n{change}") is expected
