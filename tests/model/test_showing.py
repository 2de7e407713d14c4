"""How values show themselves: in a prompt, in a log, in an f-string."""

from __future__ import annotations

import datetime as dt
import inspect
import json
import tempfile
from fractions import Fraction
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import careassure as ca
from careassure.model.as_dict import assessment_to_dict
from careassure.model.outcomes import Outcomes
from careassure.model.safe_text import printable, shown_in_page
from careassure.model.showing import REPR_WIDTH, clipped, short_repr
from careassure.model.trace import Step
from careassure.testing.strategies import assessments, cqc_frameworks, texts
from careassure.workspaces.overview import Gap, Status
from helpers import few

ROOMS = (
    *("analysis", "figures", "model", "samples", "workspaces", "methods.method", "methods.conditions"),
    *("methods.check", "methods.scorer", "privacy.disclosure.suppression", "plugins.offers"),
)


def public_classes() -> list[type]:
    """Every public class of attrs in the rooms that hold what people get from the library."""
    root = Path(ca.__file__).parent
    names = [module.name for module in walk_packages([str(root)], "careassure.")]
    found: dict[str, type] = {}
    for name in names:
        if any(name == f"careassure.{room}" or name.startswith(f"careassure.{room}.") for room in ROOMS):
            for kind in vars(import_module(name)).values():
                if inspect.isclass(kind) and attrs.has(kind) and kind.__module__ == name and kind.__name__[0] != "_":
                    found[f"{name}.{kind.__name__}"] = kind
    return list(found.values())


CLASSES = public_classes()
SHORT = [kind for kind in CLASSES if vars(kind).get("__repr__") is short_repr]


class Hostile:
    """A value of somebody else that cannot show itself."""

    def __repr__(self) -> str:
        raise RuntimeError("no")


AWKWARD = ["x" * 5000, "\x1b[2J\u202e", "\u3164" * 100, 10**5000, None, True, Hostile()]
LEAVES = (
    texts(max_size=300)
    | st.integers(0, len(AWKWARD) - 1).map(lambda at: AWKWARD[at])
    | st.builds(Fraction, st.integers())
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.lists(inner, max_size=5).map(tuple)
        | st.lists(texts(max_size=5)).map(frozenset)
        | st.dictionaries(texts(max_size=5), inner, max_size=5)
        | inner.map(lambda value: [value] * 1000)
    ),
    max_leaves=8,
)


def filled(kind: type, values: list[object]) -> object:
    """A value of a class whose fields hold anything: what is shown may not depend on what was checked."""
    made: object = object.__new__(kind)
    for number, field in enumerate(attrs.fields(kind)):
        object.__setattr__(made, field.name, values[number % len(values)])
    return made


def test_every_public_class_shows_itself_in_its_own_way() -> None:
    """No public class has the form that attrs writes, which has no end."""
    assert len(CLASSES) > 80
    codes = {kind: getattr(kind.__repr__, "__code__", None) for kind in CLASSES}
    assert [kind for kind, code in codes.items() if code and code.co_filename.startswith("<attrs")] == []


@given(st.sampled_from(SHORT), st.lists(VALUES, min_size=1, max_size=4))
@example(ca.Reference, ["x" * 5000])
@example(ca.Reference, ["short"])
def test_a_value_shows_itself_on_one_short_line(kind: type, values: list[object]) -> None:
    """Whatever it holds, a value shows its class and takes one line of at most 200 characters that can be seen."""
    text = repr(filled(kind, values))
    assert text.startswith(f"{kind.__name__}(")
    assert text.endswith(")")
    assert len(text) <= REPR_WIDTH
    assert printable(text) == text


@given(st.lists(st.integers(0, 99) | st.sampled_from(["a", "b c", "d's"]) | st.none(), max_size=3))
def test_what_is_short_is_shown_in_full(values: list[object]) -> None:
    """Where everything fits, a value shows all of its fields as attrs would."""
    for value in (tuple(values), list(values), dict(enumerate(values)), {"one": tuple(values)}, frozenset(values)):
        made = ca.samples.Case("c", ())
        object.__setattr__(made, "attributes", value)
        assert repr(made) == f"Case(id='c', attributes={value!r})"


def test_a_deep_tree_is_shown_at_once() -> None:
    """The top of a deep and broad tree takes no longer to show than what stands in the line."""
    step = Step("input", "x", "The leaf")
    for _ in range(300):
        step = Step("all", "x", "All of them", parts=(step,) * 5)
    assert len(repr(step)) <= REPR_WIDTH


@given(assessments(cqc_frameworks()), texts(max_size=300))
def test_assessments_and_outcomes_show_themselves_on_one_short_line(assessment: ca.Assessment, word: str) -> None:
    """So do the values that have a form of their own, whatever the names in them are."""
    named = attrs.evolve(assessment, council=attrs.evolve(assessment.council, name=word * 3))
    outcome = attrs.evolve(ca.assess(assessment), assessment=named, title=word, scorer=word)
    framework = attrs.evolve(assessment.framework)
    object.__setattr__(framework, "version", word * 3)
    grade = attrs.evolve(assessment.framework.scales[0].lowest, key=word * 3)
    for value in (named, outcome, framework, grade, named.scores):
        text = repr(value)
        assert text.startswith("<")
        assert text.endswith(">")
        assert len(text) <= REPR_WIDTH
        assert printable(text) == text


@given(texts(max_size=600))
def test_clipped_text_stays_in_its_brackets(text: str) -> None:
    """A text of a value's own is cut so that its bracket closes."""
    found = clipped(f"<{text}>")
    assert len(found) <= REPR_WIDTH
    assert found.endswith(">")
    assert printable(found) == found


GOOD = ca.framework("cqc-la").scale("cqc-rating")["good"]
with tempfile.TemporaryDirectory() as _folder:
    WORKSPACE = ca.workspaces.init_example(Path(_folder) / "w")
YORK = ca.Assessment.of("York", [3, 3, None, 3, 4, 4, 3, 4, 4])


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (GOOD, ">6", "  Good"),
        (GOOD, "", "Good"),
        (ca.NotRated("not_judged"), "<12", "Not judged  "),
        (ca.council("York"), "^6", " York "),
        (ca.Body("x", "A home", "location"), "_>8", "__A home"),
        (ca.Assessment.of("York", [3] * 9, published="2025-05").published, ">8", " 2025-05"),
    ],
)
def test_words_work_in_f_strings(value: object, form: str, text: str) -> None:
    """What prints as a word is aligned in an f-string like one."""
    assert f"{value:{form}}" == text


def test_results_print_as_words() -> None:
    """Printing an outcome, or several side by side, gives the words and not the form for programmers."""
    outcome = ca.assess(YORK)
    assert f"{outcome}\n" == outcome.explain()
    both = ca.compare(YORK, ["single-word"])
    assert str(both) == f"York\n  {outcome.title} (single-word): {outcome.result}"
    assert repr(both) == f"<Outcomes of York: single-word: {outcome.result}>"
    assert both == (outcome,)
    assert both[0] == outcome
    assert (str(Outcomes()), repr(Outcomes())) == ("No scorer was asked.", "<Outcomes: none>")


TAGS = {"div", "p", "strong", "br", "table", "caption", "tr", "th", "td", "em", "ol", "ul", "li", "a",
        "style", "figure", "figcaption", "img", "details", "summary", "thead", "tbody"}  # fmt: skip


class Page(HTMLParser):
    """The tags and the words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@few
@given(texts(max_size=30))
@example("<script>alert(1)</script>")
@example("' onclick='x")
def test_a_notebook_shows_words_of_users_as_words(word: str) -> None:
    """In the HTML of a comparison, a what-if and a status, what users wrote is text, and no tag."""
    named = attrs.evolve(YORK, council=ca.Body("x", f"<b>{word}"))
    status = Status(attrs.evolve(WORKSPACE, council=named.council), dt.date(2026, 10, 1), (Gap("missing", "x", word),))
    what_if = ca.what_if(named, {"equity": 4})
    for value in (ca.compare(named), ca.assess(named), what_if, status):
        html = value._repr_html_()
        page = Page(html)
        assert page.tags <= TAGS
        assert shown_in_page(html) == html
        assert shown_in_page(word) in page.text or "\r" in word


def test_a_notebook_marks_what_is_open_and_where_rules_stand() -> None:
    """An open score, what only may hold, and the source of each rule are told apart wherever a result is shown."""
    compared, changed = ca.compare(YORK)._repr_html_(), ca.what_if(YORK, {"safeguarding": 1})._repr_html_()
    for html in (compared, changed, ca.assess(YORK)._repr_html_()):
        assert "Not known: Equity in experience and outcomes." in html
        assert "<a href='https://www.cqc.org.uk/" in html
    assert "May hold, depending on what is open" in compared
    assert "<em>not known</em>" in ca.assess(YORK)._repr_html_()
    assert Outcomes()._repr_html_() == "<div class='careassure'><p>No scorer was asked.</p></div>"


def test_an_assessment_as_plain_values_is_the_one_that_files_hold() -> None:
    """An assessment gives the same plain values as the file that is written of it."""
    assert YORK.to_dict() == assessment_to_dict(YORK)
    data: dict[str, Any] = json.loads(json.dumps(YORK.to_dict()))
    assert data["format"] == "careassure.assessment/1"
    assert "equity" not in data["scores"]
