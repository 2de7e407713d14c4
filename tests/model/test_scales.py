"""Scales: reading grades from numbers and words, and refusing what is a slip."""

from __future__ import annotations

import pickle

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import InvalidInputError, ScaleMismatchError, UnknownGradeError
from careassure.model.scale import Grade, NotRated, Scale
from careassure.model.text import fold
from careassure.testing.strategies import grades, keys, scales, texts

LA = ca.framework("cqc-la")
RATING = LA.scale("cqc-rating")
SCORE = LA.scale("cqc-score")


@st.composite
def spellings(draw: st.DrawFn, text: str) -> str:
    """The same words in another case, with other spaces and punctuation between them."""
    words = fold(text).split()
    gaps = [draw(st.sampled_from([" ", "-", "_", "  ", ". ", "/", "\t", " - "])) for _ in words]
    cased = [draw(st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))(word) for word in words]
    return draw(st.sampled_from(["", " ", "'"])) + "".join(
        word + gap for word, gap in zip(cased, [*gaps[1:], draw(st.sampled_from(["", ".", " "]))], strict=True)
    )


@given(scales(), st.data())
def test_every_word_of_a_grade_is_read(scale: Scale, data: st.DataObject) -> None:
    """A grade is read from its key, label or alias in any case, spacing and punctuation."""
    grade = data.draw(grades(scale))
    text = data.draw(st.sampled_from([grade.key, grade.label]).flatmap(spellings))
    assert scale.parse(text) is grade
    assert scale.read(text) is grade


@given(st.sampled_from([RATING, SCORE]), st.data())
def test_every_word_of_cqc_is_read(scale: Scale, data: st.DataObject) -> None:
    """CQC's words for a grade, with every alias, are read however they are written."""
    grade = data.draw(grades(scale))
    text = data.draw(st.sampled_from([grade.key, grade.label, *grade.aliases]).flatmap(spellings))
    assert scale.parse(text) is grade


@given(scales().flatmap(lambda scale: st.tuples(st.just(scale), grades(scale))))
def test_a_grade_is_itself(pair: tuple[Scale, Grade]) -> None:
    """Reading a grade of the scale, or looking its key up, gives that grade."""
    scale, grade = pair
    assert scale.parse(grade) is grade
    assert scale[grade.key] is grade
    assert grade in scale


@given(scales(), st.integers(-2, 15))
def test_whole_numbers_are_values_of_numeric_scales_only(scale: Scale, number: int) -> None:
    """A whole number is the grade of that value on a numeric scale, and nothing on any other."""
    fitting = [grade for grade in scale if grade.value == number and scale.numeric]
    if fitting:
        assert scale.parse(number) is fitting[0]
    else:
        with pytest.raises(UnknownGradeError, match=repr(number)):
            scale.parse(number)


@given(
    scales(),
    st.one_of(st.none(), st.booleans(), st.floats(), st.binary(max_size=3), st.lists(st.integers(), max_size=2)),
)
def test_nothing_but_words_and_whole_numbers_is_a_grade(scale: Scale, value: object) -> None:
    """None, True, any float, bytes and lists are refused, and the message says what would be right."""
    with pytest.raises(UnknownGradeError) as raised:
        scale.parse(value)
    assert isinstance(raised.value, ValueError)
    assert all(grade.label in raised.value.hint for grade in scale)


@given(scales(), texts(max_size=8))
def test_other_words_are_refused(scale: Scale, text: str) -> None:
    """A word that is neither key, label nor alias is no grade."""
    assume(fold(text) not in {fold(word) for grade in scale for word in (grade.key, grade.label)})
    with pytest.raises(UnknownGradeError):
        scale.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "Requires improvement to be good",
        "REQUIRES-IMPROVEMENT",
        "requires_improvement",
        "Requires   Improvement",
        "Require improvement",
        "ri",
        " Requires improvement. ",
    ],
)
def test_published_spellings_of_requires_improvement(text: str) -> None:
    """The spellings of "requires improvement" that stand in published files all mean that grade."""
    assert RATING.parse(text).key == "requires_improvement"


@pytest.mark.parametrize("value", ["3", " 4 ", 3.0, 3.5, True, False, float("nan"), float("inf"), 0, 5, -1, None, b"3"])
def test_slips_are_no_scores(value: object) -> None:
    """On CQC's scores 1 to 4, numbers as text, fractions, truth values and numbers outside are refused."""
    with pytest.raises(UnknownGradeError) as raised:
        SCORE.parse(value)
    assert repr(value) in str(raised.value)
    assert "1, 2, 3 or 4" in raised.value.hint


def test_a_number_in_quotation_marks_gets_a_hint_of_its_own() -> None:
    """A score given as the text "3" is refused with the advice to leave out the quotation marks."""
    with pytest.raises(UnknownGradeError) as raised:
        SCORE.parse("3")
    assert raised.value.hint == "Give the number without quotation marks: 1, 2, 3 or 4"


def test_a_grade_of_another_scale_is_refused() -> None:
    """A grade of another scale is a mismatch even where the word is the same."""
    with pytest.raises(ScaleMismatchError, match="cqc-rating"):
        SCORE.parse(RATING["good"])
    assert RATING["good"] not in SCORE


def test_unknown_keys_are_named_with_the_choices() -> None:
    """Looking up a key that is not there names it and lists the grades."""
    with pytest.raises(UnknownGradeError, match="'superb' is not a grade of CQC's ratings") as raised:
        RATING["superb"]
    assert raised.value.hint == 'Use "Inadequate", "Requires improvement", "Good" or "Outstanding"'


@given(scales(), st.sampled_from(["Not rated", "n/a", "INSPECTED BUT NOT RATED"]))
def test_states_are_read_but_never_grades(scale: Scale, words: str) -> None:
    """Words for a missing rating are a state when a score is read, and no grade when a grade is."""
    assert isinstance(scale.read(words), NotRated)
    assert scale.read(NotRated("no_reply")) == NotRated("no_reply")
    with pytest.raises(UnknownGradeError):
        scale.parse(words)


@given(keys(), keys())
def test_scale_problems_come_all_at_once(id: str, key: str) -> None:
    """A scale with one grade, of another scale, of a wrong rank, is refused with every fault named."""
    with pytest.raises(InvalidInputError) as raised:
        Scale(id, "A scale", (Grade(f"{id}-other", key, "X", 3, 1),))
    assert [problem.message for problem in raised.value.problems] == [
        "a scale needs at least two grades",
        "its scale, rank or value does not fit the scale",
    ]
    assert id in str(raised.value)


def test_contradictory_scales_name_each_contradiction() -> None:
    """Keys that stand twice, values that do not rise and words with two meanings are reported together."""
    with pytest.raises(InvalidInputError) as raised:
        Scale.of("s", "S", ("a", "Alpha", 2), ("b", "alpha!", 2), ("a", "Gamma", 3), aliases={"b": ("gamma",)})
    said = [str(problem) for problem in raised.value.problems]
    assert any("a appears twice" in text for text in said)
    assert any(text.startswith("grades.b: its scale, rank or value") for text in said)
    assert any('"alpha" also means a' in text for text in said)
    assert any('"gamma" also means b' in text for text in said)


def test_scale_of_refuses_unknown_arguments() -> None:
    """A misspelt argument of Scale.of is a TypeError, as of any function."""
    with pytest.raises(TypeError, match="numerical"):
        Scale.of("s", "S", ("a", "A"), ("b", "B"), numerical=True)  # type: ignore[call-arg]


@given(scales())
def test_a_scale_is_a_collection_of_its_grades(scale: Scale) -> None:
    """A scale has the length of its grades, and its ends are the lowest and the highest."""
    assert list(scale) == list(scale.grades)
    assert len(scale) == len(scale.grades)
    assert (scale.lowest.rank, scale.highest.rank) == (0, len(scale) - 1)


def tenfold(scale: Scale) -> Scale:
    """The scale with ten times the points."""
    return evolve(scale, grades=tuple(evolve(grade, value=10 * grade.value) for grade in scale))


def relabelled(scale: Scale) -> Scale:
    """The scale in other words."""
    return evolve(scale, grades=tuple(evolve(grade, label=f"* {grade.label}") for grade in scale))


@given(scales())
def test_scales_that_count_or_print_differently_are_told_apart(scale: Scale) -> None:
    """A scale with other points or other words is another scale; one that was made anew is equal and hashes alike."""
    again = evolve(scale, grades=tuple(evolve(grade) for grade in scale))
    assert again == scale
    assert hash(again) == hash(scale)
    for other in (tenfold(scale), relabelled(scale)):
        assert other != scale
        assert len({other, scale, again}) == 2
        assert pickle.loads(pickle.dumps(other)) == other
    assert relabelled(scale).grades == scale.grades


@given(scales())
def test_grades_with_other_points_are_not_taken(scale: Scale) -> None:
    """A grade of the scale's name that counts other points is no grade of it; other words for it do not matter."""
    for grade, other in zip(relabelled(scale), tenfold(scale), strict=True):
        assert scale.parse(grade) is scale[grade.key]
        assert other not in scale or other.value == grade.value
        if other.value != grade.value:
            with pytest.raises(ScaleMismatchError, match="counts other points"):
                scale.parse(other)


def test_frameworks_that_count_differently_are_told_apart() -> None:
    """CQC's framework with ten times the points for every score is another framework."""
    framework = ca.framework("cqc-la")
    other = evolve(framework, scales=tuple(map(tenfold, framework.scales)))
    assert other != framework
    assert {framework: 1}.get(other) is None
    assert evolve(framework) == framework
    assert hash(evolve(framework)) == hash(framework)


@pytest.mark.parametrize("value", [" 3 ", "3", "x", "³", 2, None, 3.0, True])
@pytest.mark.parametrize(("numeric", "grades"), [(True, 3), (True, 20), (True, 21), (False, 20), (False, 21)])
def test_what_would_have_been_right_is_told(value: object, numeric: bool, grades: int) -> None:
    """All words up to twenty, else the ends; where numbers are read these too, or for digits in text they alone."""
    made = [(f"g{n}", f"Grade {n}", n) for n in range(5, 5 + grades)]
    scale = Scale.of("s", "Its title", *made, numeric=numeric)
    with pytest.raises(UnknownGradeError) as raised:
        scale.parse(value)
    words = [f'"Grade {n}"' for n in range(5, 5 + grades)]
    numbers = [str(n) for n in range(5, 5 + grades)]
    said, counted = (f"{', '.join(names[:-1])} or {names[-1]}" for names in (words, numbers))
    expected = f"Use {said}"
    if grades > 20:
        expected = f"Its grades go from Grade 5 to Grade {4 + grades}"
    elif numeric:
        digits = isinstance(value, str) and value.strip().isdigit()
        expected = f"Use {counted}, or the words {said}"
        expected = f"Give the number without quotation marks: {counted}" if digits else expected
    assert raised.value.hint == expected
    assert raised.value.message == f"{value!r} is not a grade of Its title"


def test_a_grade_of_another_scale_is_told_from_one_at_another_place() -> None:
    """A grade of another scale, and a grade that counts other points in this one, each in words of its own."""
    one = Scale.of("s", "One", ("low", "Low"), ("high", "High"))
    other = Scale.of("t", "Other", ("low", "Low"), ("high", "High"))
    moved = Scale.of("s", "One", ("low", "Low"), ("high", "High", 7))
    with pytest.raises(ScaleMismatchError) as raised:
        one.parse(other["low"])
    assert (raised.value.message, raised.value.hint) == ("low (t) is not a grade of One", 'Use "Low" or "High"')
    with pytest.raises(ScaleMismatchError) as raised:
        one.parse(moved["high"])
    assert (raised.value.message, raised.value.hint) == (
        "high is at another place, or counts other points, in One", "Give the grade of this s, or its word",
    )  # fmt: skip
    assert one.parse(moved["low"]) is one["low"]
    assert moved["high"] in moved
    assert moved["high"] not in one
    assert "high" not in one


@pytest.mark.parametrize("length", [1000, 1001])
def test_a_word_of_a_thousand_characters_is_still_looked_up(length: int) -> None:
    """A word is folded and looked up only if it is no longer than a name may be."""
    scale = Scale.of("s", "S", ("low", "Low"), ("high", "High"))
    word = "High".ljust(length)
    if length <= 1000:
        assert scale.parse(word) is scale["high"]
    else:
        with pytest.raises(UnknownGradeError):
            scale.parse(word)
