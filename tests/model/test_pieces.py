"""The small pieces that pages, notebooks and messages are made of: exactly what each of them gives."""

from __future__ import annotations

import unicodedata
from collections import namedtuple
from fractions import Fraction
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import AmbiguousCouncilError, InvalidInputError, Problem
from careassure.model.arguments import checked
from careassure.model.as_dict import outcome_to_dict
from careassure.model.council import Council
from careassure.model.evidence import Evidence
from careassure.model.explain import not_known
from careassure.model.ids import alike, as_printed, at, brief, described, shown, twin_words, unseen, without_unseen
from careassure.model.markup import Html, el, hidden, joined, link, numbered, plain, web_address
from careassure.model.notebook import bullets, outcome_html, outcomes_html, paragraph, table
from careassure.model.outcome import Outcome, OutcomeFields
from careassure.model.reference import Reference
from careassure.model.register import Register
from careassure.model.rounding import decimal
from careassure.model.shorthand import MARK_WORDS, Suppressed
from careassure.model.showing import REPR_WIDTH
from careassure.model.snapshot import Snapshot
from careassure.model.text import hint_for
from careassure.model.trace import Step
from methods.frames import Frame, Item

NINE = [3, 3, 4, 3, 4, 4, 3, 4, 4]
OUTCOME = ca.assess(ca.Assessment.of("Camden", NINE))
SHAPE = namedtuple("SHAPE", "a b")  # noqa: PYI024  # pyright: ignore[reportUntypedNamedTuple]  (a tuple of a class that nobody knows)


def test_an_element_escapes_what_is_no_html() -> None:
    """Children and attributes are escaped, None is left out, names of attributes are written with hyphens."""
    assert el("p", "1 < 2", None, Html("<br>"), class_="a&b", aria_label=None, data_x="y") == (
        '<p class="a&amp;b" data-x="y">1 &lt; 2<br></p>'
    )
    assert [el(name, class_="c") for name in ("meta", "br", "col", "p")] == [
        '<meta class="c">', '<br class="c">', '<col class="c">', '<p class="c"></p>',
    ]  # fmt: skip
    assert joined(["a", None, "", "<b>", Html("<i>")], ", & ") == "a, &amp; &lt;b&gt;, &amp; <i>"
    assert joined(["a", "b"]) == "ab"
    assert hidden("x") == '<span class="unseen">x</span>'
    assert type(plain("a")) is type(joined(["a"])) is type(el("p")) is Html


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" https://a.org/x ", "https://a.org/x"), ("http://a.org", "http://a.org"), ("https://", None),
        ("javascript:alert(1)", None), ("ftp://a.org", None), ("a.org", None), ("", None), ("http://[", None),
    ],
)  # fmt: skip
def test_a_link_leads_to_the_web_or_is_words(text: str, address: str | None) -> None:
    """Only an address of the web is a link; anything else is shown as words."""
    assert web_address(text) == address
    about = f'<a href="{address}" rel="noopener noreferrer" aria-label="l">w&amp;</a>'
    assert link(text, "w&", "l") == (about if address else "w&amp;")
    number = f'<a href="{address}" rel="noopener noreferrer" aria-label="Source 1 of it">1</a>'
    words = number if address else plain(text)
    assert numbered([text], "of it") == (words if text else '<span class="soft">none</span>')


def test_sources_are_numbered_by_their_place() -> None:
    """Links count on over what is no link, and over what is empty they do not."""
    found = numbered(["https://a.org", " ", "page 3", "https://b.org"], "of x")
    assert found == (
        '<a href="https://a.org" rel="noopener noreferrer" aria-label="Source 1 of x">1</a>, page 3, '
        '<a href="https://b.org" rel="noopener noreferrer" aria-label="Source 3 of x">3</a>'
    )
    assert numbered([], "of x") == numbered([" "], "of x") == '<span class="soft">none</span>'


def test_pieces_of_a_notebook_are_empty_or_whole() -> None:
    """Paragraphs, lists and tables with words in them, and nothing at all without."""
    left = "style='text-align:left;font-weight:normal'"
    assert (paragraph("a<b"), paragraph("")) == ("<p>a&lt;b</p>", "")
    assert bullets("Open", ["a", "<b>"]) == "<p>Open (2)</p><ul><li>a</li><li>&lt;b&gt;</li></ul>"
    assert (bullets("Open", []), table("C", ["H"], [])) == ("", "")
    assert table("C&", ["H", "<I>"], [("a", "b"), ("c", "<d>")]) == (
        "<table><caption>C&amp;</caption><tr><th scope='col'>H</th><th scope='col'>&lt;I&gt;</th></tr>"
        f"<tr><th scope='row' {left}>a</th><td>b</td></tr>"
        f"<tr><th scope='row' {left}>c</th><td>&lt;d&gt;</td></tr></table>"
    )


def cited(*references: Reference, **more: Any) -> Outcome:
    """An outcome whose overall grade rests on one rung that cites these."""
    rung = Step("rung", "r", "The rule", True, True, references=references)
    node = Step("node", "overall", "All", parts=(Step("ladder", "l", "", parts=(rung,)),))
    return evolve(OUTCOME, trace=evolve(OUTCOME.trace, parts=(node,), **more), flags=())


def test_each_source_is_shown_once_with_what_is_known_of_it() -> None:
    """Title, section, basis, the day it was read, and a link where there is an address of the web."""
    one = Reference("a", "A <title>")
    two = Reference("b", "B", "https://b.org/?x='", "page 3", "2026-11-22", "ours")
    found = cited(one, two, one)
    sources = (
        "<p>Sources</p><ol><li>A &lt;title&gt; (official)</li>"
        "<li><a href='https://b.org/?x=&#x27;' rel='noopener noreferrer'>B, page 3</a> (ours; read 2026-11-22)</li>"
        "</ol>"
    )
    assert "<td>The rule [1] [2] [1]</td>" in outcome_html(found)
    assert outcome_html(found).endswith(f"{sources}</div>")
    other = Reference("c", "C")
    both = outcomes_html([evolve(cited(two, one, references=(other,)), title="First"), evolve(found, title="Second")])
    assert f"First ({OUTCOME.scorer}) [1] [2]<" in both
    assert f"Second ({OUTCOME.scorer}) [2] [1]<" in both
    bare = evolve(found, trace=evolve(found.trace, parts=(), references=(other, other)))
    assert outcomes_html([bare]).endswith("<p>Sources</p><ol><li>C (official)</li></ol></div>")


def test_a_measure_of_an_overall_grade_is_explained_wherever_it_stands() -> None:
    """A measure before the ladder is shown once, and the ladder after it is shown all the same."""
    measure = Step("share", "m", "A share of it.", Fraction(50), Fraction(75))
    rung = Step("rung", "r", "The rule of the rung", True, True, parts=(Step("fact", "f", "It is so", True, True),))
    ladder = Step("ladder", "l", "at the least", OUTCOME.low, OUTCOME.high, parts=(rung,))
    node = Step("node", "overall", "All", OUTCOME.low, OUTCOME.high, parts=(measure, measure, ladder, measure))
    text = evolve(OUTCOME, trace=evolve(OUTCOME.trace, parts=(node,)), flags=()).explain()
    assert text.count("A share of it") == 1
    assert "At the least: " in text
    assert "yes  The rule of the rung" in text


def _naive(value: object) -> str:
    fields = ", ".join(f"{f.name}={getattr(value, f.name)!r}" for f in attrs.fields(type(value)))  # type: ignore[arg-type]
    return f"{type(value).__name__}({fields})"


@given(st.integers(140, 200), st.sampled_from([str, list, tuple, dict, set, frozenset]))
@example(166, str)
def test_a_value_is_shown_in_full_up_to_two_hundred_characters(length: int, kind: Any) -> None:
    """To the last character: what is one longer is shortened."""
    inner: Any = "x" * (length - 20)
    inner = inner if kind is str else {inner: 1} if kind is dict else kind([inner])
    made = ca.samples.Case("c", ())
    object.__setattr__(made, "attributes", inner)
    whole = _naive(made)
    assert (repr(made) == whole) is (len(whole) <= REPR_WIDTH)
    assert len(repr(made)) <= REPR_WIDTH


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (SHAPE("x" * 300, 1), "attributes=<SHAPE>"),
        (("x" * 300, 1), "attributes=(2 of them)"),
        ([0] * 1200, "attributes=[1,200 of them]"),
        ({"x" * 300}, "attributes={1 of them}"),
        ({1: "x" * 300}, "attributes={1 of them}"),
        ("x" * 300, f"attributes='{'x' * 20}'..."),
        ("\n" * 300, f"attributes='{chr(92)}n"),
        pytest.param(10**5000, "attributes=<int>", id="many digits"),
    ],
)
def test_what_is_too_long_is_shown_in_a_few_characters(value: object, words: str) -> None:
    """By its class, by how many it holds, or by how it begins."""
    made = ca.samples.Case("c", ())
    object.__setattr__(made, "attributes", value)
    assert words in repr(made)


def test_an_outcome_without_a_percentage_shows_none() -> None:
    """The repr of an outcome has its percentage where there is one, and nothing in its place."""
    found = evolve(OUTCOME, percentage_low=None, percentage_high=None)
    assert repr(OUTCOME) == "<Outcome Camden: Outstanding, 89 out of 100, 88.89 % by single-word 1>"
    assert repr(found) == f"<Outcome Camden: {found.result} by single-word 1>"
    assert (outcome_to_dict(OUTCOME)["percentage"], outcome_to_dict(found)["percentage"]) == ("800/9", None)
    assert outcome_to_dict(found)["result"] == found.result
    assert (outcome_to_dict(OUTCOME)["rating"], outcome_to_dict(OUTCOME)["score"]) == ("outstanding", 89)


def test_a_field_that_an_outcome_has_not_is_told_with_the_nearest() -> None:
    """Each by its name, with the field that may have been meant."""
    with pytest.raises(InvalidInputError) as raised:
        Outcome.of(None, OUTCOME.assessment, None, text="x", references=(), flaggs=(), zzz=1)  # type: ignore[arg-type, call-arg]
    assert list(raised.value.problems) == [
        Problem("flaggs", "there is no such field", hint_for("flaggs", OutcomeFields.__annotations__)),
        Problem("zzz", "there is no such field"),
    ]
    assert raised.value.problems[0].hint == "Did you mean flags?"


@pytest.mark.parametrize("mark", [*MARK_WORDS])
def test_a_mark_is_read_as_it_stands_or_refused(mark: Any) -> None:
    """In capitals or not, with spaces around; anything else is refused with what would be right."""
    assert Suppressed.parse(f" [{mark.upper()}] ") == Suppressed.parse(f"[{mark}]") == Suppressed(mark)
    assert str(Suppressed(mark)) == f"[{mark}]"
    for text in (f"{mark}]", f"[{mark}", "[q]", "", "-"):
        with pytest.raises(InvalidInputError) as raised:
            Suppressed.parse(text)
        assert list(raised.value.problems) == [Problem("", f"{text!r} is not a mark", "Write [c], [x] or [z]")]
    with pytest.raises(InvalidInputError) as raised:
        Suppressed("q")  # type: ignore[arg-type]
    assert raised.value.problems[0].message == "'q' is not a mark"
    assert all(f"{mark} ({words})" in raised.value.problems[0].hint for mark, words in MARK_WORDS.items())


@given(st.text(st.characters(categories=["Cf", "Co", "Cs", "Lu", "Ll", "Zs", "Mn", "Cc"])), st.text("ab \t"))
@example("\ue000", "a")
@example("\u00ad", "a")
@example("\ud800", "a")
def test_what_is_not_printed_does_not_count(odd: str, text: str) -> None:
    """Format characters, private ones and halves of pairs go; everything else stays, in its order."""
    kept = "".join(letter for letter in odd if unicodedata.category(letter) not in ("Cf", "Co", "Cs"))
    assert without_unseen(odd + text) == kept + text
    hidden_ones = "".join(letter for letter in odd if unicodedata.category(letter) in ("Cf", "Co", "Cs"))
    assert alike(f"{hidden_ones}{text}") == alike(text)


@pytest.mark.parametrize("letter", ["\x07", "\u200b", "\ue000", "\u0378", "\ud800", "\u2028", "\u2029"])
def test_what_cannot_be_seen_is_found(letter: str) -> None:
    """The first character that is not printed: of each kind that there is, but no space and no accent."""
    assert unseen(f"a\u00a0e\u0301{letter}\x01") == letter
    assert unseen("a\u00a0e\u0301\u3000") == ""


def test_names_in_messages() -> None:
    """As they are where they are short and plain; else in quotation marks and cut, with what they are."""
    assert (brief("a" * 60), brief("a" * 61)) == ("a" * 60, f"'{'a' * 59}...' (61 characters)")
    assert (brief("a\n"), brief("abc", 2)) == ("'a\\n'", "'a...' (3 characters)")
    assert (shown("a" * 60), shown(10**60), shown(-(10**60))) == (
        f"'{'a' * 60}'", "a number of very many digits", "a number of very many digits",
    )  # fmt: skip
    assert (shown(10**60 - 1), shown(True), shown([1] * 100)) == ("9" * 60, "True", f"{str([1] * 100)[:60]}...")
    assert shown("x" * 1000, 10) == "'xxxxxxxxx...' (1,000 characters)"
    assert shown(["a" * 118]) == f"['{'a' * 58}..."
    assert shown(["a" * 116]) == f"['{'a' * 116}']"
    assert (described("a"), described("\x07")) == ("U+0061 (latin small letter a)", "U+0007")
    assert (at({"a": 1}, "a"), at({"a": 1}, "b"), at({"a": 1}, [])) == (1, None, None)
    assert as_printed("\u0430\u03bf\u0131") == "aoi"
    assert twin_words("a", "a") == "'a' appears twice"
    assert twin_words("a", "A") == "'a' and 'A' could be taken for each other"
    cyrillic = "U+0430 (cyrillic small letter a)"
    assert twin_words("ab", "\u0430b") == f"'ab' and '\u0430b' could be taken for each other: {cyrillic}"


def test_part_of_the_names_of_several_councils_names_them() -> None:
    """A word that two names share is told as ambiguous, with both; one that a single name has suggests it."""
    names = ("North Hill", "South Hill", "East Vale")
    register = Register(tuple(Council(f"E0600000{n}", name, "unitary", "R") for n, name in enumerate(names)))
    with pytest.raises(AmbiguousCouncilError) as raised:
        register.find("Hill")
    assert (raised.value.message, tuple(raised.value.suggestions)) == (
        "'Hill' could be several councils", ("North Hill", "South Hill"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("A visit, on Monday.", "a visit on MONDAY", True),
        ("Visit\u00a01", "visit 1", True),
        ("\uff21 visit", "a visit", True),
        ("Visit 1", "Visit 2", False),
        ("\u793e\u4f1a", "\u4eba", False),
        ("caf\u00e9", "cafe\u0301", True),
        ("\u2013 !", "", True),
    ],
)
def test_two_records_of_one_thing_are_told_by_letters_and_digits(one: str, two: str, same: bool) -> None:
    """Case, punctuation and spaces do not tell two summaries or sources apart; letters and digits of any script do."""
    first, second = Evidence("e", one, "c", ("a",)), Evidence("e", two, "c", ("a",))
    assert (first.same == second.same) is same
    first, second = Evidence("e", "s", "c", ("a",), one), Evidence("e", "s", "c", ("a",), two)
    assert (first.same == second.same) is same
    assert Evidence("e", "A  b-3!", "c", ("a",), "The\tSource").same == ("a b 3", "the source", "")


PARTED = Frame((Item("t", (Item("a", (Item("p"), Item("q"))), *(Item(f"s{n}") for n in range(12)))),),
               {"s": (("low", 1), ("high", 2)), "r": (("low", 1), ("high", 2))})  # fmt: skip


@pytest.mark.parametrize("missing", range(14))
def test_what_is_not_known_is_named_up_to_nine(missing: int) -> None:
    """Parts with their statement; from the tenth on, how many more there are; nothing where all is known."""
    leaves = list(PARTED.framework.leaves)
    scores = {leaf: (None if place < missing else "high") for place, leaf in enumerate(leaves)}
    nested: dict[str, Any] = {"a": {"p": scores.pop("a/p"), "q": scores.pop("a/q")}, **scores}
    assessment = ca.Assessment.of(ca.Body("b", "B"), nested, framework=PARTED.framework)
    names = ["p of a", "q of a", *(f"s{n}" for n in range(12))][:missing]
    more = f" and {missing - 9} more" if missing > 9 else ""
    listed = names[:9]
    said = f"{', '.join(listed[:-1])} and {listed[-1]}" if len(listed) > 1 else "".join(listed)
    expected = f"Not known: {said}{more}. The range holds every result that they could give." if missing else ""
    assert not_known(assessment) == expected
    outcome = evolve(OUTCOME, assessment=assessment)
    assert (expected in " ".join(outcome.explain().split())) if missing else "Not known" not in outcome.explain()


def test_long_heads_are_wrapped_under_each_other() -> None:
    """The second line of a method's or framework's title begins two columns further in."""
    framework = evolve(PARTED.framework, title="word " * 30 + "end")
    assessment = ca.Assessment.of(ca.Body("b", "B"), {}, framework=framework)
    text = evolve(OUTCOME, assessment=assessment, title="other " * 20 + "end").explain()
    assert "\n  word" in text
    assert "\n  other" in text
    assert "\nword" not in text


def test_results_side_by_side_have_these_heads() -> None:
    """Method, result, how near, flags."""
    heads = "".join(f"<th scope='col'>{name}</th>" for name in ("Method", "Result", "How near", "Flags"))
    assert f"<table><caption>Camden</caption><tr>{heads}</tr>" in outcomes_html([OUTCOME])


@given(st.integers(-(10**30), 10**30))
@example(-(10**5000))
@example(10**5000)
def test_a_whole_number_is_written_in_full(number: int) -> None:
    """With its sign, however long it is, also where Python would refuse to write it down."""
    text = decimal(Fraction(number))
    assert text.removeprefix("-").isdigit()
    assert text.startswith("-") is (number < 0)
    assert sum(int(digit) for digit in text.removeprefix("-")) % 9 == abs(number) % 9


def test_a_misspelt_argument_is_told_unless_any_name_will_do() -> None:
    """A function that takes any names leaves it to Python to say what is missing."""

    @checked
    def some(first: int, *, second: int = 1) -> int:
        return first + second

    @checked
    def anything(first: int, **more: int) -> int:
        return first + len(more)

    with pytest.raises(TypeError, match=r"has no argument 'secund'\. Did you mean second\?"):
        some(1, secund=2)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="missing 1 required positional argument"):
        anything(secund=2)  # type: ignore[call-arg]


def test_an_equal_text_in_the_place_of_a_text_is_no_change_an_equal_value_is() -> None:
    """Plain values are compared by what they say; anything that can hold others has to be the same object."""
    assessment = ca.Assessment.of("Camden", NINE, notes="a note of some length")
    before = Snapshot.of(assessment)
    object.__setattr__(assessment, "notes", "".join(list(assessment.notes)))
    assert before.change() == ""
    object.__setattr__(assessment, "council", evolve(assessment.council))
    assert before.change() == "council is not what it was"
    before.restore()
    assert before.change() == ""
    object.__setattr__(assessment, "notes", "another")
    assert before.change() == "notes was 'a note of some length' and is 'another'"
    before.restore()
