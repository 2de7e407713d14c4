"""Names: what they may hold, and when two of them could be taken for each other."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import CareAssureError, InvalidFrameworkError, InvalidInputError
from careassure.model.framework import Framework
from careassure.model.ids import LONGEST_ID, alike, alike_id, described, id_fault, name_fault, shown, twins
from careassure.model.scale import Scale
from careassure.model.statements import Part, Statement, Theme
from careassure.model.text import fold
from careassure.testing.strategies import texts
from patience import PATIENCE

WORDS = Scale.of("word", "Word", ("low", "Low"), ("high", "High"))
PAIRS = {
    "the same": ("low_score", "low_score"),
    "case": ("Low", "low"),
    "a hyphen for an underscore": ("low-score", "low_score"),
}
BAD = {
    "nothing": "",
    "a null character": "a\0b",
    "a line": "a\nb",
    "a quotation mark": 'a" b',
    "an apostrophe": "a'b",
    "a slash": "x/y",
    "a space": "a b",
    "escape": "a\x1b[31m",
    "a direction mark": "a\u202eb",
    "a zero-width space": "a\u200bb",
    "a soft hyphen": "a\u00adb",
    "a byte order mark": "\ufeffa",
    "a Cyrillic letter": "\u0430b",
    "a Greek letter": "\u03bfb",
    "a full-width letter": "\uff41b",
    "a Turkish letter": "\u0130x",
    "an accent": "caf\u00e9",
    "an accent apart": "cafe\u0301",
    "an Arabic digit": "a\u0662",
    "half a pair": "a\ud800",
    "a hyphen in front": "-a",
    "a point in front": ".a",
    "too many": "x" * (LONGEST_ID + 1),
    "a hundred thousand": "x" * 100_000,
}


def made(*statements: Statement, theme: str = "t", scale: Scale = WORDS, id: str = "f") -> Framework:
    """A framework with one theme."""
    return Framework(id, "1", "F", "P", (scale,), scale.id, (Theme(theme, "Theme", statements),))


MAKERS: dict[str, Callable[[str], object]] = {
    "framework": lambda name: made(Statement("a", "A"), id=name),
    "theme": lambda name: made(Statement("a", "A"), theme=name),
    "statement": lambda name: made(Statement(name, "S")),
    "part": lambda name: made(Statement("a", "A", parts=(Part(name, "P"),))),
    "scale": lambda name: Scale.of(name, "S", ("low", "Low"), ("high", "High")),
    "grade": lambda name: Scale.of("s", "S", (name, "One"), ("other", "Other")),
}
TWINS: dict[str, Callable[[str, str], object]] = {
    "theme and statement": lambda one, two: made(Statement(two, "B"), theme=one),
    "statements": lambda one, two: made(Statement(one, "A"), Statement(two, "B")),
    "parts": lambda one, two: made(Statement("a", "A", parts=(Part(one, "P"), Part(two, "Q")))),
    "grades": lambda one, two: Scale.of("s", "S", (one, "One"), (two, "Two")),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("kind", MAKERS)
def test_an_id_is_plain(kind: str, name: str) -> None:
    """An id is of ASCII letters, digits, hyphens, underscores, points and plus signs; anything else is refused, and
    the message is short and shows what cannot be seen."""
    with pytest.raises(InvalidInputError) as raised:
        MAKERS[kind](BAD[name])
    assert len(str(raised.value)) < 700
    odd = [letter for letter in BAD[name] if not letter.isascii() or not letter.isprintable()]
    shows = str(raised.value)
    assert all(described(letter) in shows or f"\\u{ord(letter):04x}" in shows for letter in odd[:1])


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("kind", TWINS)
def test_ids_that_could_be_taken_for_each_other_are_refused(kind: str, pair: str) -> None:
    """Two ids of one kind that differ only in case, or in a hyphen for an underscore, are refused with both."""
    one, two = PAIRS[pair]
    with pytest.raises(InvalidInputError) as raised:
        TWINS[kind](one, two)
    assert one in str(raised.value)
    assert two in str(raised.value)


@pytest.mark.parametrize("id", ["overall", "themes", "statements", "scores", "areas", "Overall"])
@pytest.mark.parametrize("kind", ["theme", "statement"])
def test_ids_with_a_meaning_of_their_own_are_refused(kind: str, id: str) -> None:
    """What means something else where a method names a place is the id of no theme or statement."""
    with pytest.raises(InvalidFrameworkError, match="has a meaning of its own"):
        MAKERS[kind](id)


def test_a_statement_is_never_taken_for_a_part() -> None:
    """A statement x/y beside a part y of x would fill both with one score: it is refused."""
    with pytest.raises(InvalidFrameworkError, match=r"holds U\+002F"):
        made(Statement("x", "X", parts=(Part("y", "Y"),)), Statement("x/y", "Z"))


@given(st.lists(texts(max_size=6), max_size=4, unique=True))
def test_what_a_framework_takes_is_told_apart(ids: list[str]) -> None:
    """Whatever ids a framework takes, its leaves are as many as its statements, and printable ASCII."""
    try:
        framework = made(*(Statement(name, f"Title {number}") for number, name in enumerate(ids)))
    except CareAssureError:
        return
    assert len({alike_id(leaf) for leaf in framework.leaves}) == len(ids)
    assert all(leaf.isascii() and leaf.isprintable() for leaf in framework.leaves)


def test_everything_that_ships_has_plain_ids() -> None:
    """Every framework that is installed was made, and so has ids that are plain."""
    assert all(not id_fault(leaf.replace("/", "."))[0] for item in ca.frameworks() for leaf in item.versions[-1].leaves)


@pytest.mark.parametrize("odd", ["a\u200bb", "a\u00adb", "\u0430b", "\uff41b", "a\u0301b", "\u202eab", "A\u2060B"])
def test_titles_that_look_the_same_are_one_name(odd: str) -> None:
    """Two titles that differ only in what cannot be seen, or in letters that look alike, mean two things: refused."""
    with pytest.raises(InvalidFrameworkError, match="means each of these"):
        made(Statement("x1", odd), Statement("x2", "ab"))


@pytest.mark.parametrize(("one", "two"), [("\u793e\u4f1a", "\u4eba"), ("\u05d0", "\u05d1"), ("\u00d8l", "l")])
def test_titles_in_other_scripts_are_told_apart(one: str, two: str) -> None:
    """Two titles without any Latin letter are two names, and each is found."""
    framework = made(Statement("x1", one), Statement("x2", two))
    assert [framework.resolve(one), framework.resolve(two)] == ["x1", "x2"]


@given(texts(max_size=8))
def test_what_two_names_share_is_stable(text: str) -> None:
    """Composed, decomposed, in capitals and with what cannot be seen, a name stays alike; folding is stable."""
    assert alike(unicodedata.normalize("NFD", text)) == alike(unicodedata.normalize("NFC", text))
    assert alike(f"\u200b{text}\u00ad") == alike(text)
    assert fold(fold(text)) == fold(text)


@given(st.text("EOPIxcj0159-._ ", min_size=1, max_size=6), st.data())
def test_look_alikes_are_one_name(text: str, data: st.DataObject) -> None:
    """A name with some of its letters replaced by Cyrillic, Greek or full-width ones is the same name."""
    other = {"E": "\u0415\u0395\uff25", "O": "\u041e\u039f", "P": "\u0420\u03a1", "I": "\u0406\u0399", "x": "\u0445",
             "c": "\u0441", "j": "\u0458", "0": "\uff10", "1": "\uff11", "-": "\u2010\u2011\u2212"}  # fmt: skip
    spoof = "".join(data.draw(st.sampled_from(letter + other.get(letter, ""))) for letter in text)
    assert alike(spoof) == alike(text)
    assert list(twins([text, spoof], ids=False)) == [(spoof, text)]


@pytest.mark.parametrize("name", ["E01\u200b", "a\u202eb", "\ufeffx", "a\x1bb", "a\u2028b", "x" * 1001, "\ud800"])
def test_names_hold_nothing_that_cannot_be_seen(name: str) -> None:
    """A name with a character that is not printed, or one that is too long, has a fault that says so, briefly."""
    message, hint = name_fault(name)
    assert message.isprintable()
    assert hint
    assert len(message) < 200


@given(st.text() | st.integers() | st.binary() | st.floats() | st.lists(st.integers()), st.integers(5, 90))
def test_what_is_shown_is_short_and_visible(value: object, most: int) -> None:
    """A value in a message is at most some characters long and holds nothing that cannot be seen."""
    text = shown(value, most)
    assert text.isprintable()
    assert len(text) < 12 * most + 40


def test_a_scale_of_many_grades_is_linear() -> None:
    """A scale of ten thousand grades is made and asked in under a second; one more grade is refused by number."""
    grades = [(f"g{number}", f"Grade {number}") for number in range(10_000)]
    start = time.process_time()
    scale = Scale.of("s", "S", *grades, numeric=True)
    found = [scale.parse(number) for number in range(1, 10_001)] + [scale.parse(f"grade {n}") for n in range(10_000)]
    assert found == [*scale.grades, *scale.grades]
    with pytest.raises(CareAssureError, match="Its grades go from Grade 0 to Grade 9999"):
        scale.parse("none")
    assert time.process_time() - start < 3 * PATIENCE
    with pytest.raises(InvalidInputError, match="it has 10,001 grades and may have 10,000"):
        Scale.of("s", "S", *grades, ("more", "More"))


def test_a_framework_of_many_statements_is_linear() -> None:
    """A framework of ten thousand statements is made and asked in seconds; more than 20,000 are refused by number."""
    statements = tuple(Statement(f"s{number}", f"Title {number}") for number in range(10_000))
    start = time.process_time()
    framework = made(*statements)
    assert [framework.resolve(f"title {number}") for number in range(10_000)] == [s.id for s in statements]
    assert all(framework.theme_of(leaf).id == "t" and framework.scale_of(leaf) is WORDS for leaf in framework.leaves)
    ca.Assessment.of(ca.Body("b", "B"), {s.title: "high" for s in statements}, framework=framework)
    assert time.process_time() - start < 5 * PATIENCE
    with pytest.raises(InvalidFrameworkError, match="more than 20,000 things are scored"):
        made(*(evolve(s, parts=(Part("a", "A"), Part("b", "B"), Part("c", "C"))) for s in statements))
