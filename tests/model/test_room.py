"""Values in a prompt: how much of each is shown, and how little is asked of what there is no room for."""

from __future__ import annotations

import sys
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from attrs import evolve, field, frozen

import careassure as ca
from careassure.model.as_dict import assessment_to_dict, plain
from careassure.model.assessment import Disagreement, Stated
from careassure.model.dates import PartialDate
from careassure.model.evidence import Claim, Evidence
from careassure.model.exact import faults
from careassure.model.outcome import Flag, Margin, Profile, ProfileEntry
from careassure.model.reference import Reference
from careassure.model.safe_text import (
    ascii_json,
    columns,
    guarded,
    one_line,
    padded,
    printable,
    shown_in_json,
    unguarded,
)  # fmt: skip
from careassure.model.scale import NotRated
from careassure.model.scores import Scores, nested, read_score
from careassure.model.showing import clipped, short_repr
from careassure.model.snapshot import Snapshot
from careassure.model.trace import Step
from methods.frames import plain_frame

FRAME = plain_frame("care: a b; other: c", "low mid high")
S = FRAME.framework.scale("s")


class Shown:
    """A value of somebody else that counts how often it is asked to show itself."""

    def __init__(self, text: str) -> None:
        self.text, self.asked = text, 0

    def __repr__(self) -> str:
        self.asked += 1
        return self.text


@frozen(repr=False)
class V:
    """A value."""

    a: Any = None
    b: Any = None
    __repr__ = short_repr


@frozen(repr=False)
class Told:
    """A value whose fields say how they are shown."""

    secret: str = field(default="s", repr=False)
    own: Any = field(default=1, repr=lambda value: f"<{value}>")
    __repr__ = short_repr


def test_a_value_is_shown_in_full_up_to_two_hundred_characters() -> None:
    """One more, and a part of each field is shown: forty characters, or else what it is."""
    room = 200 - len("V(a=, b=None)")
    assert repr(V(Shown("x" * room))) == f"V(a={'x' * room}, b=None)"
    assert repr(V(Shown("x" * (room + 1)))) == "V(a=<Shown>, b=None)"
    assert repr(V("x" * (room - 2))) == f"V(a='{'x' * (room - 2)}', b=None)"
    assert repr(V("x" * (room - 1))) == f"V(a='{'x' * 20}'..., b=None)"
    assert repr(V("x" * 200, Shown("y" * 40))) == f"V(a='{'x' * 20}'..., b={'y' * 40})"
    assert repr(V("x" * 200, Shown("y" * 41))) == f"V(a='{'x' * 20}'..., b=<Shown>)"
    assert repr(V("\x1b" * 200)) == f"V(a='{chr(92)}x1b" + f"{chr(92)}x1b" * 6 + f"{chr(92)}..., b=None)"
    assert repr(V(V(V("x" * 200)))) == "V(a=<V>, b=None)"
    assert repr(V(V("x" * 20), "y" * 200)) == f"V(a=V(a='{'x' * 20}', b=None), b='{'y' * 20}'...)"
    assert repr(Told()) == "Told(own=<1>)"
    assert repr(Told(own="x" * 200)) == "Told(own='" + "x" * 20 + "'...)"
    assert repr(Told(own="x" * 38)) == f"Told(own=<{'x' * 38}>)"
    long: Any = type("L" * 50, (), {"__repr__": lambda self: "x" * 300})
    assert repr(V(long())) == f"V(a=<{'L' * 39}, b=None)"


@frozen(repr=False)
class Many:
    """A value of many fields."""

    f1: Any = ""
    f2: Any = ""
    f3: Any = ""
    f4: Any = ""
    f5: Any = ""
    __repr__ = short_repr


def test_as_many_fields_are_shown_as_there_is_room_for() -> None:
    """Then three points, and the bracket; what is left out is not asked to show itself in part."""
    forty = [Shown("x" * 40) for _ in range(5)]
    part = "=" + "x" * 40
    assert repr(Many(*forty)) == f"Many(f1{part}, f2{part}, f3{part}, f4{part}, ...)"
    assert [item.asked for item in forty] == [2, 2, 2, 2, 2]
    wide = [Shown("x" * size) for size in (40, 40, 40, 40, 300)]
    assert repr(Many(*wide)) == f"Many(f1{part}, f2{part}, f3{part}, f4{part}, ...)"
    wide[3] = Shown("x" * 38)
    assert repr(Many(*wide)) == f"Many(f1{part}, f2{part}, f3{part}, f4={'x' * 38}, ...)"
    wide[3] = Shown("x" * 37)
    assert repr(Many(*wide)) == f"Many(f1{part}, f2{part}, f3{part}, f4={'x' * 37}, f5=<Shown>)"


@pytest.mark.parametrize("kind", [tuple, list, set, frozenset])
def test_no_more_items_are_asked_than_there_is_room_for(kind: Any) -> None:
    """Of a long collection the first few are shown to see that there is no room, and the others are left alone."""
    items = [Shown("x" * 48) for _ in range(100)]
    assert f"{len(items)} of them" in repr(V(kind(items)))
    assert sum(item.asked for item in items) == 4


def test_no_more_keys_and_values_are_asked_than_there_is_room_for() -> None:
    items = {Shown("x" * 23): Shown("y" * 23) for _ in range(100)}
    assert "{100 of them}" in repr(V(items))
    assert (sum(key.asked for key in items), sum(value.asked for value in items.values())) == (4, 4)
    short = {Shown("k"): Shown("v") for _ in range(100)}
    assert "{100 of them}" in repr(V(short))
    assert (sum(key.asked for key in short), sum(value.asked for value in short.values())) == (33, 32)


def test_collections_are_shown_as_python_shows_them() -> None:
    """Up to two hundred characters, whatever they hold."""
    for value in (
        (), [], {}, set[int](), frozenset[int](), (1,), [1], {1}, frozenset({1}), {1: 2}, {"a": (1, [2])}, (1, (2, ())),
        b"x", None, Fraction(1, 2), [None] * 30,
    ):  # fmt: skip
        assert repr(V(value)) == f"V(a={value!r}, b=None)"
    room = 200 - len("V(a=, b=None)")
    for kind in (tuple, list):
        fits = kind(["x" * (room - 8), 1])
        assert repr(V(fits)) == f"V(a={fits!r}, b=None)" if len(repr(fits)) <= room else True
        assert len(repr(fits)) == room - 1
        over = kind(["x" * (room - 6), 1])
        assert repr(V(over)).startswith("V(a=(2 of" if kind is tuple else "V(a=[2 of")


def test_text_in_angle_brackets_is_cut_inside_them() -> None:
    assert clipped(f"<{'x' * 198}>") == f"<{'x' * 198}>"
    assert clipped(f"<{'x' * 199}>") == f"<{'x' * 195}...>"
    scores = Scores((("a", None), ("b", S["mid"]), ("c", NotRated("no_reply"))))
    assert repr(scores) == "<Scores a ?, b 2, c No reply>"


# -- safe text ---------------------------------------------------------------------------------------------------------


def test_what_would_steer_a_terminal_stands_as_its_code() -> None:
    assert printable("a\x1b\u202e\u3164\ud800\U0010ffff\n") == "a\\x1b\\u202e\\u3164\\ud800\\U0010ffff\\n"
    assert printable("a\n\t\x07", keep="\n\t") == "a\n\t\\x07"
    assert printable("a\u00a0\u3000b\n", keep="\n") == "a\u00a0\u3000b\n"
    assert printable("caf\u00e9 \ufe0f") == "caf\u00e9 \\ufe0f"
    assert one_line("a\r\nb\nc\td\re") == "a b c d\\re"
    assert shown_in_json('"\u202e\n\u00e9\U000e0100"') == '"\\u202e\n\u00e9\\udb40\\udd00"'
    assert ascii_json('"\u00e9\U0001f600\n"') == '"\\u00e9\\ud83d\\ude00\n"'
    assert [columns(text) for text in ("", "ab", "\u00e9", "e\u0301", "\uff21", "\u793e\u4f1a", "a\u20dd")] == [
        0, 2, 1, 1, 2, 4, 1,
    ]  # fmt: skip
    assert (padded("\uff21", 4), padded("abc", 2), padded("a", 3)) == ("\uff21  ", "abc", "a  ")


@pytest.mark.parametrize(
    ("text", "worked_out"),
    [
        ("=1", True), ("+x", True), ("@x", True), ("|x", True), ("-x", True), ("-", False), ("-1", False),
        ("+1", False),         ("1", False), ("-1,000.5e3 %", False), (" =1", True), ("\t", True), ("'=1", True),
        ("''\tx", True),
        ("'x", False), ("", False), ("x=1", False), ("\uff1d1", True), ("\u00a0=1", True), ("'", False),
        ("- ", False), ("-\n", False),
        ("-1-1", True), ("-.5", False), ("-.", True), ("\u200b@", True),
    ],
)  # fmt: skip
def test_a_cell_that_would_be_worked_out_gets_an_apostrophe(text: str, worked_out: bool) -> None:
    assert guarded(text) == (f"'{text}" if worked_out else text)
    assert unguarded(guarded(text)) == text


def test_scores_as_they_are_written() -> None:
    whole = {"3": 3, "0": 0, "999999999": 999_999_999, "3.0": 3, " 3 ": 3, "-1": -1, "9" * 15: 10**15 - 1}
    words = ("3.5", "\u0663", "", "9" * 16, "x")
    assert {text: read_score(text) for text in (*whole, *words)} == whole | {word: word for word in words}
    assert (read_score(" not  judged\u200b "), read_score("Good")) == ("not judged", "Good")
    assert nested([("a/p", 1), ("b", 2), ("a/q", 3)]) == {"a": {"p": 1, "q": 3}, "b": 2}


# -- plain values ------------------------------------------------------------------------------------------------------


def test_an_assessment_as_plain_values_to_the_letter() -> None:
    """Everything that is known, in order; what is not known or has its default is left out."""
    bare = FRAME.assessment({"a": None, "b": 1, "c": 2})
    assert list(assessment_to_dict(bare).items()) == [
        ("format", "careassure.assessment/1"), ("council", "A body"), ("code", "body"), ("body", "service"),
        ("framework", "frame"), ("version", "1"), ("kind", "mock"), ("confidence", "own"),
        ("scores", {"b": "mid", "c": "high"}),
    ]  # fmt: skip
    full = evolve(
        bare, council=ca.council("York"), facts=(("x", False), ("y", True)), kind="peer", id="i", indicative=True,
        assessed=PartialDate(2025), published=PartialDate(2025, 3), withdrawn=PartialDate(2025, 4, 1), supersedes="j",
        confidence="press", licence="l", sources=("s", "t"), notes="n", stated=Stated(S["low"], 0),
        evidence=(Evidence("e", "s", "", ("a",), says=(Claim("a", "low"),), date=PartialDate(2024)),),
        disagreements=(Disagreement("a", "1", "", resolved=True),),
        marks=(("a", NotRated("no_reply")), *bare.marks[1:]),
    )  # fmt: skip
    assert list(assessment_to_dict(full).items()) == [
        ("format", "careassure.assessment/1"), ("council", "York"), ("code", "E06000014"), ("framework", "frame"),
        ("version", "1"), ("kind", "peer"), ("id", "i"), ("assessed", "2025"), ("published", "2025-03"),
        ("indicative", True), ("withdrawn", "2025-04-01"), ("supersedes", "j"), ("confidence", "press"),
        ("licence", "l"), ("sources", ["s", "t"]), ("notes", "n"),
        ("scores", {"a": "No reply", "b": "mid", "c": "high"}),
        ("facts", {"x": False, "y": True}), ("stated", {"rating": "low", "score": 0}),
        ("evidence", [{"id": "e", "summary": "s", "category": "", "statements": ["a"], "date": "2024",
                       "says": [{"statement": "a", "score": "low"}]}]),
        ("disagreements", [{"field": "a", "used": "1", "other": "", "resolved": True}]),
    ]  # fmt: skip
    assert assessment_to_dict(ca.Assessment.of("York", [3] * 9))["scores"] == {
        statement.id: 3 for statement in ca.framework("cqc-la").statements
    }


def test_values_as_plain_ones() -> None:
    """Grades with all they are, states as words, exact numbers as text; of a flag also that it is certain."""
    grade = {"scale": "s", "key": "mid", "label": "mid", "rank": 1, "value": 2}
    assert plain(S["mid"]) == grade
    assert (plain(NotRated("no_reply")), plain(Fraction(1, 3)), plain(PartialDate(2025, 1))) == (
        "no_reply", "1/3", "2025-01",
    )  # fmt: skip
    assert plain([Fraction(1), (None, True, "x")]) == ["1", [None, True, "x"]]
    assert plain(Flag("f", "t")) == {"id": "f", "text": "t", "certain": True}
    assert plain(Flag("f", "t", certain=False, references=(Reference("r", "T"),))) == {
        "id": "f", "text": "t", "certain": False, "references": [{"id": "r", "title": "T"}],
    }  # fmt: skip
    entry = ProfileEntry("a", "A", "statement", S["mid"], None)
    assert plain(Profile((entry,))) == [{"id": "a", "title": "A", "level": "statement", "low": grade}]
    assert (plain(Margin()), plain(Margin(0, 3))) == ({}, {"down": 0, "up": 3})
    assert plain(Step("note", "i", "t", False, Fraction(0), weight=Fraction(1))) == {
        "kind": "note", "id": "i", "text": "t", "low": False, "high": "0",
    }  # fmt: skip


# -- exactly of their class --------------------------------------------------------------------------------------------


class Pair(NamedTuple):
    """Two members of their own types."""

    word: str
    number: int | None


@frozen
class Holder:
    """A value that can hold itself."""

    pair: Pair = field(default=Pair("a", 1))
    inner: Holder | None = None
    numbers: tuple[int | str, ...] = ()


def test_members_of_named_tuples_and_values_inside_themselves() -> None:
    assert list(faults(Holder(inner=Holder(numbers=(1, "a"))))) == []
    assert list(faults(Holder(Pair("a", "b")))) == ["pair[1] is 'b', not a whole number or None"]  # type: ignore[arg-type]
    assert list(faults(Holder(("a", 1)))) == ["pair is of the class tuple, not exactly Pair"]  # type: ignore[arg-type]
    assert list(faults(Holder(inner=Holder(numbers=(1, 2.5))))) == [  # type: ignore[arg-type]
        "inner.numbers[1] is 2.5, not a whole number or text"
    ]
    assert list(faults(Holder(inner=3))) == ["inner is 3, not exactly Holder or None"]  # type: ignore[arg-type]
    assert list(faults(Holder("x" * 200))) == [f"pair is '{'x' * 99}, not exactly Pair"]  # type: ignore[arg-type]
    assert list(faults(Holder(2**10_001))) == ["pair is of the class int, not exactly Pair"]  # type: ignore[arg-type]
    deep = Holder()
    for _ in range(5000):
        deep = Holder(inner=deep)
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)  # another test's library may have raised it
    try:
        assert list(faults(deep)) == ["it is nested too deeply"]
    finally:
        sys.setrecursionlimit(before)
    itself = Holder()
    object.__setattr__(itself, "inner", itself)
    assert list(faults(itself)) == []


# -- snapshots ---------------------------------------------------------------------------------------------------------


class Bare:
    """Slots that need not be filled, and a dictionary."""

    __slots__ = ("__dict__", "x", "y")


class Other(Bare):
    """Another class of the same form."""

    __slots__ = ()


def test_a_slot_that_was_empty_is_empty_again() -> None:
    thing: Any = Bare()
    thing.x, thing.z = 1, 2
    snapshot = Snapshot.of(thing)
    thing.y = 3
    assert snapshot.change() == "y is not what it was"
    snapshot.restore()
    assert (thing.x, hasattr(thing, "y"), snapshot.change()) == (1, False, "")
    del thing.x
    thing.z = 5
    assert snapshot.change() == "x is not what it was"
    snapshot.restore()
    assert (thing.x, thing.z, thing.__dict__) == (1, 2, {"z": 2})
    kept = thing.__dict__
    thing.__dict__ = {"z": 2}
    assert snapshot.change() == "it is not what it was"
    snapshot.restore()
    assert thing.__dict__ is kept
    thing.__class__ = Other
    assert snapshot.change() == "it was of the class Bare and is no longer"
    snapshot.restore()
    assert (type(thing), thing.x) == (Bare, 1)


def test_a_change_is_told_in_words() -> None:
    """By the path to it, with what it was where that is plain."""

    def change(value: Any, alter: Any) -> str:
        snapshot = Snapshot.of(value)
        alter()
        found = snapshot.change()
        snapshot.restore()
        assert snapshot.change() == ""
        return found

    items: list[Any] = [1, [2], {"k": [3]}]
    table: dict[Any, Any] = {"a": 1, "b": {"c": "x"}}
    assert change(items, items.pop) == "it holds more, or less, than before"
    assert change(items, lambda: items[1].append(3)) == "[1] holds more, or less, than before"
    assert change(items, lambda: items.__setitem__(0, 5)) == "[0] was 1 and is 5"
    assert change(items, lambda: items.__setitem__(0, True)) == "[0] was 1 and is True"
    assert change(items, lambda: items.__setitem__(0, [])) == "[0] is not what it was"
    assert change(items, lambda: items[2]["k"].clear()) == "[2]['k'] holds more, or less, than before"
    assert change(table, lambda: table["b"].update(c="y" * 200)) == f"['b']['c'] was 'x' and is '{'y' * 99}"
    assert change(table, lambda: table.update(a=10**4000)) == "['a'] was 1 and is a very long number"
    assert change((table, (items,)), lambda: items[1].__setitem__(0, None)) == "[1][0][1][0] was 2 and is None"
    assert (items, table) == ([1, [2], {"k": [3]}], {"a": 1, "b": {"c": "x"}})
    wide = Reference("r", "T")
    assert change([wide, wide], lambda: object.__setattr__(wide, "title", "U")) == "[1].title was 'T' and is 'U'"
    two = Snapshot.of(items, table)
    items.append(1)
    table["a"] = 2
    assert two.change() == "it holds more, or less, than before"
    two.restore()
    assert (items, table["a"]) == ([1, [2], {"k": [3]}], 1)
