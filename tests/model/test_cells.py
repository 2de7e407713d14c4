"""What the text of a cell means: the same in tables, workspaces and words."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import CareAssureError, UnknownGradeError
from careassure.frame.arrays import BAD, UNKNOWN
from careassure.frame.cells import rank_of
from careassure.model.cells import marked_value_of, score_of, value_of
from careassure.model.ids import without_unseen
from careassure.model.scale import Grade, NotRated
from careassure.model.shorthand import Suppressed
from careassure.model.vocabulary import MARKS, STATE_SIGNS, STATES
from careassure.testing.strategies import texts

LA = ca.framework("cqc-la")
NUMBERS = LA.scale_of("equity")
WORDS = next(scale for scale in LA.scales if not scale.numeric)
ERRORS = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#####", "Err:502", "#n/a"]
NOTES = [
    "*",
    "**",
    "\u2020",
    "\u2021",
    " [1]",
    " (2)",
    "[a]",
    "\u00b9",
    " [p]",
    "[e]",
    "#",
    "^",
    " \u2217",
    " (note 3)",
]
UNSEEN = ["", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u2060"]


@given(st.sampled_from(range(1, 5)), st.sampled_from(UNSEEN), st.text(" \t\u00a0", max_size=3), st.integers(0, 30))
def test_a_whole_number_is_read_however_it_is_written(value: int, unseen: str, space: str, noughts: int) -> None:
    """With spaces, with characters that cannot be seen, with noughts behind a point."""
    text = f"{space}{unseen}{value}{'.' * (noughts > 0)}{'0' * noughts}{unseen}{space}"
    assert score_of(text, NUMBERS) == NUMBERS.grades[value - 1]


@pytest.mark.parametrize("text", ["3.00000000000000000001", "2.9999999999999996", "2.9999999999999998", "3e0", "0x3",
                                  "3,0", "1_0", "\uff13", "\u0663", "3 0", "inf", "nan", "NaN", "NA", "NULL", "3/1",
                                  "3%", "0", "5", "-3", "3.5", "True"])  # fmt: skip
def test_what_is_nearly_a_number_of_the_scale_is_an_error(text: str) -> None:
    """No text passes through a float, and what programs write for nothing is not a blank."""
    with pytest.raises(UnknownGradeError):
        score_of(text, NUMBERS)
    assert rank_of(text, NUMBERS) == BAD


@pytest.mark.parametrize("text", ["", " ", "\t", "\u00a0", "\u200b", " \ufeff "])
def test_only_a_cell_with_nothing_in_it_is_not_known(text: str) -> None:
    """Spaces, and characters that cannot be seen, are nothing."""
    assert score_of(text, NUMBERS) is score_of(text, WORDS) is None
    assert value_of(text) is None
    assert rank_of(text, NUMBERS) == UNKNOWN


@pytest.mark.parametrize("text", ERRORS)
def test_an_error_of_a_spreadsheet_is_an_error(text: str) -> None:
    """It is never the state "not applicable", whoever gives it."""
    for read in (lambda: score_of(text, NUMBERS), lambda: value_of(text), lambda: WORDS.read(text),
                 lambda: ca.Assessment.of("Camden", [text, *[3] * 8])):  # fmt: skip
        with pytest.raises(CareAssureError, match="error of a spreadsheet"):
            read()
    assert NotRated.parse(text) is None


@given(st.sampled_from([*WORDS.grades, *NUMBERS.grades]), st.sampled_from(NOTES))
def test_a_note_beside_a_rating_is_told(grade: Grade, note: str) -> None:
    """It is never dropped in silence, in a table or given by hand."""
    scale = NUMBERS if grade in NUMBERS else WORDS
    with pytest.raises(UnknownGradeError, match=r"note|behind it says"):
        score_of(grade.label + note, scale)
    with pytest.raises(UnknownGradeError):
        scale.read(grade.label + note)
    if scale.numeric:
        with pytest.raises(UnknownGradeError):
            score_of(f"{grade.value}{note}", scale)


@pytest.mark.parametrize("word", ["Good", "GOOD", " good ", "\u201cGood\u201d", "'Good'", "Good.", "\U0001f7e2 Good",
                                  "\u25cf Good", "Go\u200bod", "\u2606 Good", "\u26ab\ufe0f Good"])  # fmt: skip
def test_what_says_nothing_beside_a_rating_is_passed_over(word: str) -> None:
    """Quotation marks, a full stop, a coloured dot, what cannot be seen."""
    found = score_of(word, WORDS)
    assert isinstance(found, Grade)
    assert found.key == "good"


def test_a_scale_may_write_a_sign_itself() -> None:
    """A star that belongs to the grade is read; the same word without it is another grade or none."""
    scale = ca.Scale.of("school", "grades", ("b", "B"), ("a_star", "A*"))
    assert scale.read("a* ") == scale["a_star"]
    with pytest.raises(UnknownGradeError):
        scale.read("B*")


@given(st.sampled_from([(reason, word) for reason, state in STATES.items() for word in (reason, *state.words)]))
def test_every_state_is_read_alike_by_every_reader(pair: tuple[str, str]) -> None:
    """In a table, on both scales, and by hand."""
    reason, word = pair
    for scale in (NUMBERS, WORDS):
        assert score_of(f" {word.upper()} ", scale) == scale.read(word) == NotRated(reason)
    assert dict(ca.Assessment.of("Camden", [word, *[3] * 8]).marks)["assessing_needs"] == NotRated(reason)


@pytest.mark.parametrize(("sign", "reason"), sorted(STATE_SIGNS.items()))
def test_a_mark_in_the_place_of_a_grade_is_a_state(sign: str, reason: str) -> None:
    """``[c]`` is suppressed and ``[z]`` not applicable; none is a grade or a blank."""
    assert score_of(sign.upper(), NUMBERS) == score_of(f" {sign} ", WORDS) == NotRated(reason)


@pytest.mark.parametrize("text", ["-", "--", ".", "?", "~", "/", "\u2013", "\u2014", "\u2212", "#", "[q]", "[]", "[p]",
                                  "TBC", "\u2026"])  # fmt: skip
def test_a_sign_without_one_meaning_is_an_error(text: str) -> None:
    """A dash may say nil, not asked or left out."""
    for scale in (NUMBERS, WORDS):
        with pytest.raises(UnknownGradeError):
            score_of(text, scale)
    if text != "[p]":
        with pytest.raises(CareAssureError):
            value_of(text)


@given(st.sampled_from(sorted(MARKS)), st.sampled_from([str.upper, str.lower]))
def test_every_mark_in_the_place_of_a_number_is_kept(mark: str, case: Callable[[str], str]) -> None:
    """Suppressed is not missing."""
    text = case(f" [{mark}] ")
    assert value_of(text) == Suppressed.parse(text) == Suppressed(mark)  # type: ignore[arg-type]
    for sign in MARKS[mark].signs:  # type: ignore[index]
        assert value_of(sign) == Suppressed(mark)  # type: ignore[arg-type]


@given(st.integers(-(10**9), 10**9), st.integers(0, 9), st.lists(st.sampled_from(sorted(MARKS)), max_size=3))
def test_a_number_keeps_the_marks_behind_it(whole: int, tenth: int, marks: list[str]) -> None:
    """With a per cent sign, with commas; who cannot hold the marks refuses the number."""
    number = Fraction(f"{whole}.{tenth}")
    for text in (f"{whole}.{tenth}", f"{whole:,}.{tenth} %", f"{whole}.{tenth}%"):
        cell = f"{text} {''.join(f'[{mark}]' for mark in marks)}"
        assert marked_value_of(cell) == (number, tuple(marks))
        if marks:
            with pytest.raises(CareAssureError, match="behind the number says"):
                value_of(cell)
        else:
            assert value_of(cell) == number


@pytest.mark.parametrize("text", ["12.3*", "12.3 [1]", "12.3p", "1e3", "1,20", "n/a", "#N/A", "TRUE", "1/3", "2.5-"])
def test_no_other_text_is_a_number(text: str) -> None:
    """A note, a letter without brackets, a power of ten."""
    with pytest.raises(CareAssureError):
        value_of(text)


@given(texts())
def test_any_text_is_a_score_or_an_error_of_ours(text: str) -> None:
    """Nothing else comes out, and only nothing is not known."""
    reads: list[Callable[[], object]] = [
        lambda: score_of(text, NUMBERS), lambda: score_of(text, WORDS), lambda: value_of(text)
    ]  # fmt: skip
    for read in reads:
        try:
            found = read()
        except CareAssureError:
            continue
        assert (found is None) is (not without_unseen(text).strip())


@pytest.mark.parametrize("file", ["zero_width_space", "not_quite_three", "rating_words_api", "ilacs_words"])
def test_cells_that_were_met_in_the_field(file: str) -> None:
    """A state keeps its reason, a note and what is nearly a number are errors, what cannot be seen is passed over."""
    lines = (Path(__file__).parent / "data" / "field" / f"{file}.csv").read_text("utf-8-sig").splitlines()
    scale = NUMBERS if "QS1" in lines[0] else WORDS
    found: list[str] = []
    for cell in (cell for line in lines[1:] for cell in line.split(",")[1:]):
        try:
            score = score_of(cell, scale)
            found.append(score.key if isinstance(score, Grade) else score.reason if score else "blank")
        except UnknownGradeError:
            found.append("error")
    rest = set(found) - {"good", "good_standard"}
    assert (
        rest
        == {
            "zero_width_space": set(),
            "not_quite_three": {"error"},
            "rating_words_api": {"no_approved_rating", "suspended", "inspected_not_rated", "error"},
            "ilacs_words": {"requires_improvement", "inspection_pre_dates_judgement"},
        }[file]
    )


BOTH = ["{0} - {1}", "{0} \u2013 {1}", "{0}: {1}", "{0} ({1})", "{0} {1}", "{0}-{1}", "{1} - {0}", "{1}: {0}"]


@given(st.sampled_from(NUMBERS.grades), st.sampled_from(NUMBERS.grades), st.sampled_from(BOTH))
def test_a_number_and_its_word_are_read_where_they_say_the_same(grade: Grade, other: Grade, form: str) -> None:
    """As in a list of choices of a spreadsheet; where they do not, both are told."""
    for word in (grade.label, *grade.aliases):
        assert score_of(form.format(grade.value, word), NUMBERS) == grade
        assert rank_of(form.format(grade.value, word), NUMBERS) == grade.rank
    if other is not grade:
        with pytest.raises(UnknownGradeError, match=f"is not a word for {other.value}"):
            score_of(form.format(other.value, grade.label), NUMBERS)


@pytest.mark.parametrize("text", ["Score: 3", "score 3", "SCORE = 3", "Rating: 3", "3 out of 4", "3 Out Of 4"])
def test_a_number_that_says_what_it_is_is_read(text: str) -> None:
    """Its kind stands before it, or out of how many points it is."""
    assert score_of(text, NUMBERS) == NUMBERS.grades[2]


@pytest.mark.parametrize(
    "text",
    ["3/4", "3 of 4", "3 out of 5", "5 out of 4", "Score: 5", "2 - Requires improvement", "3 - 4", "3 (2)", "Good (2)",
     "2-3", "Score: Good 3", "3 - Good*", "3 - Good (1)", "3 Good 2", "3 - ", "- 3", "Score 3.5", "3 - n/a"],
)  # fmt: skip
def test_what_could_mean_two_things_is_refused(text: str) -> None:
    """3/4 may be "3 or 4", a number behind a word may be a note, and a rating's word is no score."""
    with pytest.raises(UnknownGradeError):
        score_of(text, NUMBERS)


def test_digits_of_other_scripts_are_asked_for_in_ours() -> None:
    """The message says which digits are meant, and nothing of quotation marks."""
    with pytest.raises(UnknownGradeError, match="in the digits from 0 to 9"):
        score_of("\uff13", NUMBERS)
