"""What is wrong with an assessment and what belongs to it, to the letter: where, what, what to do, in which order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from attrs import evolve

from careassure.errors import (
    InvalidAssessmentError,
    InvalidInputError,
    Place,
    UnknownStatementError,
)
from careassure.model.assessment import Assessment, AssessmentFields
from careassure.model.dates import PartialDate
from careassure.model.descriptor import Descriptor, DescriptorTable, descriptor_problems, descriptors_of
from careassure.model.evidence import Claim, Evidence
from careassure.model.marks import read_marks
from careassure.model.outcome import Outcome, Profile
from careassure.model.reference import Reference
from careassure.model.scale import NotRated
from careassure.model.statements import Alias, EvidenceCategory, Part, Statement
from careassure.model.text import hint_for
from helpers import Told, refused, told
from model.small import BODY, CHOICES, DATE, FRAME, GOOD, PARTED, WHOLE, S


def fields(**changes: Any) -> Told:
    return told(lambda: evolve(GOOD, **changes))


def of(scores: Any = ("mid", "mid", "mid"), framework: Any = FRAME, **more: Any) -> Assessment:
    return Assessment.of(BODY, scores, framework=framework, **more)


# -- assessments -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"council": "York"}, [("council", "'York' is not a council", "Use Assessment.of, which takes a name")]),
        ({"marks": WHOLE[:2]},
         [("scores", "there should be one for each thing that is scored, in order", "Use Assessment.of")]),
        ({"marks": (*WHOLE[:2], ("c", 3))},
         [("c", "3 is neither a grade, a NotRated nor None", "Use Assessment.of")]),
        ({"marks": (("a", FRAME.scale("r")["mid"]), ("b", None), ("c", NotRated("not_judged")))},
         [("a", "mid (r) is not a grade of its scale", "")]),
        ({"facts": (("b", True), ("a", False))}, [("facts", "they are not sorted by name", "Use Assessment.of")]),
        ({"facts": ((1, True), ("a", 1), ("b", "yes"))},
         [("facts", "1 should be the name of a fact", ""), ("facts.a", "1 is neither true nor false", ""),
          ("facts.b", "'yes' is neither true nor false", "")]),
        ({"kind": "own", "confidence": "sure"},
         [("kind", "'own' is not known", "Use published, self, peer or mock"),
          ("confidence", "'sure' is not known", "Use official, press, derived, unconfirmed or own")]),
        ({"id": 1, "assessed": "2025", "published": 2025, "stated": "good", "indicative": "yes", "withdrawn": "x",
          "supersedes": 2, "licence": None, "notes": 3},
         [("id", "1 should be text", ""), ("assessed", "'2025' should be a date", ""),
          ("published", "2025 should be a date", ""), ("stated", "'good' should be a Stated", ""),
          ("indicative", "'yes' should be true or false", ""), ("withdrawn", "'x' should be a date", ""),
          ("supersedes", "2 should be text", ""), ("licence", "None should be text", ""),
          ("notes", "3 should be text", "")]),
        ({"evidence": ["x"], "sources": "x", "disagreements": {}},
         [("evidence", "['x'] should be a list", ""), ("sources", "'x' should be a list", ""),
          ("disagreements", "{} should be a list", "")]),
        ({"evidence": ("x",), "sources": ("a", 3, 4), "disagreements": (1,)},
         [("evidence", "'x' should be an Evidence", ""), ("sources", "3 should be text", ""),
          ("sources", "4 should be text", ""), ("disagreements", "1 should be a Disagreement", "")]),
        ({"assessed": PartialDate(2025, 5), "published": PartialDate(2025, 4)},
         [("published", "2025-04 is before the assessment was made (2025-05)", "")]),
        ({"id": "x", "supersedes": "x"}, [("supersedes", "an assessment cannot supersede itself", "")]),
        ({"evidence": (Evidence("e", "s", "", "a"), Evidence("e", "s", "", "x"))},
         [("evidence.e", "this id appears twice", ""),
          ("evidence.e", "'x' is not a statement of the framework", "")]),
    ],
)  # fmt: skip
def test_each_field_of_an_assessment(changes: dict[str, Any], expected: Told) -> None:
    assert fields(**changes) == expected


def test_a_fault_of_type_comes_before_what_rests_on_types() -> None:
    """Where a field is of another type, what compares fields is not said; everything else is."""
    found = fields(marks=(), facts=(("b", 1), ("a", True)), kind="x", id=1, supersedes=1)
    assert [where for where, _, _ in found] == ["scores", "facts.b", "facts", "kind", "id", "supersedes"]
    assert fields(sources=1, id="x", supersedes="x") == [("sources", "1 should be a list", "")]


def test_evidence_of_an_assessment_is_told_by_its_id() -> None:
    with pytest.raises(InvalidAssessmentError) as raised:
        of(evidence=[Evidence("e", "s", "k", "zzz")])
    assert raised.value.message == "the assessment of A body"
    assert raised.value.problems[0].where == Place(path="evidence.e")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"facts": ["x"]}, [("facts", "['x'] is not a mapping", 'Give one such as {"breach": True}')]),
        ({"assessed": "soon", "published": "2025-13", "withdrawn": 1.5},
         [("assessed", "'soon' is not a date", DATE), ("published", "'2025-13' is not a date", DATE),
          ("withdrawn", "1.5 is not a date", DATE)]),
        ({"nots": "", "zzzzz": 1},
         [("nots", "there is no such field", hint_for("nots", tuple(AssessmentFields.__annotations__))),
          ("zzzzz", "there is no such field", "")]),
        ({"sources": "x"}, [("sources", "'x' should be a list", "")]),
        ({"scores": ["mid"], "kind": "x"},
         [("scores", "1 score for 3 statements", "Give one for each, in this order: a, b and c"),
          ("kind", "'x' is not known", "Use published, self, peer or mock")]),
    ],
)  # fmt: skip
def test_what_is_given_by_name(more: dict[str, Any], expected: Told) -> None:
    assert told(lambda: of(**more)) == expected


def test_what_is_given_by_name_is_kept() -> None:
    """Lists become tuples, dates are read, facts are sorted, and what is left out has its default."""
    found = of({"C": "high"}, facts={"b": True, "a": False}, assessed=2025, published=dt.date(2025, 5, 2),
               withdrawn=None, sources=["x", "y"], evidence=[Evidence("e", "s", "", "a")], kind="peer",
               confidence="press", id="i",
               indicative=True, supersedes="j", licence="l", notes="n")  # fmt: skip
    assert found == Assessment(
        BODY, FRAME, (("a", None), ("b", None), ("c", S["high"])), (("a", False), ("b", True)),
        (Evidence("e", "s", "", ("a",)),), "peer", "i", PartialDate(2025), PartialDate(2025, 5, 2), indicative=True,
        supersedes="j", confidence="press", licence="l", sources=("x", "y"), notes="n",
    )  # fmt: skip
    assert (GOOD.kind, GOOD.confidence, GOOD.indicative, GOOD.published) == ("mock", "own", False, None)
    assert (found.label, evolve(found, published=None).label, GOOD.label) == (
        "A body, 2 May 2025", "A body, 2025", "A body",
    )  # fmt: skip
    assert (found.missing, found.complete, GOOD.missing, GOOD.complete) == (("a", "b"), False, (), True)
    state = NotRated("not_judged")
    assert evolve(GOOD, marks=(("a", None), ("b", state), ("c", S["mid"]))).spans == {
        "a": (S["low"], S["high"]), "b": (S["low"], S["high"]), "c": (S["mid"], S["mid"]),
    }  # fmt: skip


# -- scores ------------------------------------------------------------------------------------------------------------


def marks(scores: Any, framework: Any = FRAME) -> tuple[dict[str, Any], Told]:
    problems: list[Any] = []
    found = read_marks(framework, scores, problems)
    return dict(found), [(str(problem.where), problem.message, problem.hint) for problem in problems]


def test_scores_are_read_as_far_as_they_can_be() -> None:
    """What can be read is there, and everything that cannot is told, with what would have been right."""
    nothing = {"a": None, "b": None, "c": None}
    assert marks(3) == (nothing, [("scores", "3 is neither a list nor a mapping of scores", "")])
    assert marks("abc") == (nothing, [("scores", "'abc' is neither a list nor a mapping of scores", "")])
    assert marks(["low", "x"]) == (
        nothing | {"a": S["low"]},
        [("scores", "2 scores for 3 statements", "Give one for each, in this order: a, b and c"),
         ("scores.b", "'x' is not a grade of Scale s", CHOICES)],
    )  # fmt: skip
    assert marks(["low"] * 4)[1] == [
        ("scores", "4 scores for 3 statements", "Give one for each, in this order: a, b and c")
    ]
    assert marks({"A": "mid", "a": "high", "b": NotRated("no_reply"), "care": "low"}) == (
        nothing | {"a": S["high"], "b": NotRated("no_reply")},
        [("scores.a", "a was given before under another name", ""),
         ("scores", "'care' is a theme of A frame, not a statement", "Name a statement")],
    )  # fmt: skip
    assert marks({"a": {"p": "low"}, "b": "mid"}) == (
        nothing | {"b": S["mid"]},
        [("scores.a", "version 1 has no scores inside a statement", "Give one score for it")],
    )  # fmt: skip
    [(where, message, hint)] = marks({7: "low"})[1]
    assert (where, message, hint) == ("scores", "'7' is not a statement of A frame", "Did you mean a, b or c?")


def test_scores_inside_a_statement() -> None:
    """By id, title or alias; a statement that is marked as a whole has no parts, one that is not has all."""
    s = PARTED.scale("s")
    low, high = s["low"], s["high"]
    assert marks({"a": "high"}, PARTED) == ({"a": high, "b": None}, [])
    assert marks({"a": None, "b": "low"}, PARTED) == ({"a/p": None, "a/q": None, "b": low}, [])
    assert marks([{"Q": "low", "p": None}, None], PARTED) == ({"a/p": None, "a/q": low, "b": None}, [])
    assert marks({"a": "x"}, PARTED) == (
        {"a/p": None, "a/q": None, "b": None},
        [("scores.a", "'x' is not a grade of Scale s", 'Use "low" or "high"')],
    )
    assert marks({"a": {"p": "low", "P": "high", "z": "low", 3: "low", "q": "x"}}, PARTED) == (
        {"a/p": low, "a/q": None, "b": None},
        [("scores.a.P", "p was given before under another name", ""),
         ("scores.a", "'z' is not scored inside it", "Use p or q"),
         ("scores.a", "3 is not scored inside it", "Use p or q"),
         ("scores.a/q", "'x' is not a grade of Scale s", 'Use "low" or "high"')],
    )  # fmt: skip
    [theme] = PARTED.themes
    named = Part("p", "Title", aliases=(Alias("Other"), Alias("Third", "press")))
    titled = evolve(PARTED, themes=(evolve(theme, statements=(Statement("a", "A", parts=(named,)),)),))
    for name in ("p", "TITLE", "other", "third"):
        assert marks({"a": {name: "low"}}, titled) == ({"a/p": low}, [])


def test_a_context_tells_which_statement_is_meant() -> None:
    [theme, other] = FRAME.themes
    nick = evolve(theme.statements[0], aliases=(Alias("Nick", "press"),))
    framework = evolve(FRAME, themes=(evolve(theme, statements=(nick, theme.statements[1])), other))
    assert of({"nick": "low"}, framework, context="press").scores["a"] == S["low"]
    assert told(lambda: of({"nick": "low"}, framework)) == [
        ("scores", "'nick' is ambiguous", 'Use context="press" for a')
    ]


# -- descriptors, evidence, references ---------------------------------------------------------------------------------


def test_descriptors_are_told_by_field() -> None:
    def said(item: Descriptor) -> Told:
        return [(str(problem.where), problem.message, problem.hint) for problem in descriptor_problems(item, FRAME)]

    assert said(Descriptor("a", "mid", "t", "s")) == []
    assert said(Descriptor("aa", "x", "t", "")) == [
        ("statement", "'aa' is not a statement of the framework", "Did you mean a?")
    ]
    assert said(Descriptor("a", "x", "t", "")) == [
        ("score", "'x' is not a grade of Scale s", CHOICES),
        ("source", "it does not say whose words these are", "Name the document and its date"),
    ]
    items = [Descriptor("a", score, "t", "s") for score in ("high", "low", "mid")]
    table = DescriptorTable("i", "T", "1", "frame", items)
    assert table.descriptors == tuple(items)
    assert [item.score for item in descriptors_of(table.descriptors, FRAME, "a")] == ["low", "mid", "high"]
    assert refused(UnknownStatementError, lambda: descriptors_of(items, FRAME, "aa"))[1] == ("a",)


def test_evidence_says_what_it_speaks_for_and_since_when() -> None:
    item = Evidence("e", "s", "k", "a", says=(Claim("a", "mid"), Claim("b", "high")))
    assert item.claims(FRAME) == {"a": S["mid"], "b": S["high"]}
    assert [str(claim) for claim in item.says] == ["a=mid", "b=high"]
    assert item.statements == ("a",)
    one, two = PartialDate(2024), PartialDate(2025)
    assert (item.recorded, evolve(item, date=one).recorded, evolve(item, date=one, added=two).recorded) == (
        None, one, two,
    )  # fmt: skip
    assert evolve(item, date=one).same == ("s", "", "2024")
    category = EvidenceCategory("x", "X", applies=False)
    assert (category.accepted, evolve(category, kept=True).accepted, evolve(category, applies=True).accepted) == (
        False, True, True,
    )  # fmt: skip


def test_a_reference_prints_as_where_to_look() -> None:
    assert str(Reference("a", "T")) == "T [official]"
    assert str(Reference("a", "T", "https://x.org", "page 3", "2026-01-01", "ours")) == "T, page 3 [ours] https://x.org"


# -- outcomes ----------------------------------------------------------------------------------------------------------


def test_a_made_outcome_is_told_what_it_has_not() -> None:
    with pytest.raises(InvalidInputError) as raised:
        Outcome.of(None, GOOD, None, text="x", references=(), zzz=1)  # type: ignore[arg-type, call-arg]
    assert raised.value.message == "Outcome.of"
    profile = Profile.of(evolve(GOOD, marks=(("a", None), ("b", NotRated("no_reply")), ("c", S["mid"]))))
    assert [(e.id, e.level, e.low, e.high, e.state) for e in profile] == [
        ("care", "theme", None, None, None), ("a", "statement", S["low"], S["high"], None),
        ("b", "statement", None, None, NotRated("no_reply")), ("other", "theme", None, None, None),
        ("c", "statement", S["mid"], S["mid"], None),
    ]  # fmt: skip
    assert (len(profile), profile["c"].grade, profile["a"].grade, profile["care"].grade) == (5, S["mid"], None, None)
    assert refused(UnknownStatementError, lambda: profile["car"])[:2] == ("'car' is not in the profile", ("care",))
