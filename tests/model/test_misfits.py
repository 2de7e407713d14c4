"""Everything wrong with a framework, a scale or a piece of evidence is told, by field, with what to do."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

import careassure as ca
from careassure.errors import AmbiguousCouncilError, InvalidInputError, UnknownCouncilError
from careassure.model import framework as module
from careassure.model.council import Council
from careassure.model.evidence import Claim, Evidence, evidence_problems
from careassure.model.former import FormerCode
from careassure.model.framework import Framework
from careassure.model.ids import id_fault
from careassure.model.register import Register
from careassure.model.scale import LARGEST_VALUE, MOST_GRADES, Grade, Scale
from careassure.model.statements import EvidenceCategory, Part, Statement, Theme
from methods.frames import Frame, Item, plain_frame

RULE = id_fault("")[1]
FRAME = plain_frame("care: a b; other: c", "low mid high").framework
PARTS = Frame((Item("t", (Item("a", (Item("p"), Item("q"))), Item("b"))),), {"s": (("low", 1), ("high", 2))}).framework


def told(make: Any) -> list[tuple[str, ...]]:
    try:
        make()
    except InvalidInputError as error:
        return [(str(problem.where), problem.message, problem.hint) for problem in error.problems]
    return []


def framework(of: Framework = FRAME, **changes: Any) -> list[tuple[str, ...]]:
    return told(lambda: evolve(of, **changes))


def themes(*statements: Statement, theme: str = "t") -> tuple[Theme, ...]:
    return (Theme(theme, "T", statements),)


def test_ids_of_a_framework_are_told_apart() -> None:
    """Ids that cannot be used, stand twice, look alike or mean something else, each with what they share."""
    assert framework(id="") == [("id", "an id is empty", RULE)]
    assert framework(themes=themes(Statement("a", "A"), Statement("a", "Other"))) == [
        ("a", "this id appears twice", "Themes and statements share one set of ids")
    ]
    assert framework(themes=themes(Statement("T", "A"))) == [
        ("T", "'T' and 't' could be taken for each other", "Themes and statements share one set of ids")
    ]
    assert framework(themes=themes(Statement("overall", "A"), Statement("b", "B"), theme="Scores")) == [
        ("Scores", "this id has a meaning of its own in methods", "Choose another"),
        ("overall", "this id has a meaning of its own in methods", "Choose another"),
    ]
    assert framework(themes=themes(Statement("a b", "A"))) == [("id", "the id 'a b' holds U+0020 (space)", RULE)]
    category = EvidenceCategory("x", "X")
    assert framework(categories=(category, category)) == [
        ("categories.x", "this id appears twice", "Categories share one set of ids")
    ]
    assert framework(categories=(EvidenceCategory("", "X"),)) == [("categories", "an id is empty", RULE)]
    assert framework(scales=(*FRAME.scales, FRAME.scales[0]))[0] == (
        "scales.s", "this id appears twice", "Scales share one set of ids",
    )  # fmt: skip
    parts = (Part("p", "P"), Part("p", "Q"))
    assert framework(themes=themes(Statement("a", "A", parts=parts))) == [
        ("a/p", "this id appears twice", "Parts of a statement share one set of ids")
    ]
    assert framework(themes=themes(Statement("a", "A", parts=(Part("", "P"),)))) == [("a", "an id is empty", RULE)]


def test_scales_and_statements_of_a_framework_are_there() -> None:
    """A scale that is missing is told with those that there are, by the place that names it."""
    assert framework(score_scale="x") == [("score_scale", "there is no scale 'x'", "The scales are r and s")]
    assert framework(themes=themes(Statement("a", "A", scale="x"))) == [
        ("a.scale", "there is no scale 'x'", "The scales are r and s")
    ]
    assert framework(themes=themes(Statement("a", "A", parts=(Part("p", "P", scale="x"),)))) == [
        ("a/p.scale", "there is no scale 'x'", "The scales are r and s")
    ]
    assert framework(themes=()) == [("themes", "a framework needs at least one statement", "")]


def test_a_framework_holds_so_many_scores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements without parts count once, others by their parts."""
    monkeypatch.setattr(module, "MOST_SCORED", 3)
    assert framework() == framework(PARTS) == []
    more = themes(*(Statement(name, name) for name in "abcd"))
    assert framework(themes=more) == [("themes", "more than 3 things are scored in it", "Split it")]
    parts = themes(Statement("a", "A", parts=tuple(Part(name, name) for name in "pqr")), Statement("b", "B"))
    assert framework(themes=parts) == [("themes", "more than 3 things are scored in it", "Split it")]


def scale(*grades: Grade, id: str = "s") -> list[tuple[str, ...]]:
    return told(lambda: Scale(id, "S", grades))


def test_what_is_wrong_with_a_scale_is_told() -> None:
    """Its number of grades, their keys, ranks, values and words."""
    a, b = Grade("s", "a", "A", 0, 0), Grade("s", "b", "B", 1, LARGEST_VALUE)
    assert scale(a, b) == []
    assert scale(a) == [("grades", "a scale needs at least two grades", "")]
    assert scale(*[a] * (MOST_GRADES + 1)) == [("grades", "it has 10,001 grades and may have 10,000", "")]
    assert scale(a, b, id="")[0] == ("id", "an id is empty", RULE)
    assert scale(a, evolve(b, key="A", label="C")) == [
        ("grades", "'A' and 'a' could be taken for each other", ""),
        ("grades.A", '"a" also means a', ""),
    ]
    unfit = "its scale, rank or value does not fit the scale"
    for first, second, where in (
        (a, evolve(b, rank=2), "b"), (a, evolve(b, scale="t"), "b"), (a, evolve(b, value=0), "b"),
        (a, evolve(b, value=LARGEST_VALUE + 1), "b"), (evolve(a, value=-1), b, "a"), (evolve(a, rank=1), b, "a"),
    ):  # fmt: skip
        assert scale(first, second) == [(f"grades.{where}", unfit, "Use Scale.of")]
    assert scale(a, evolve(b, aliases=("A",))) == [("grades.b", '"a" also means a', "")]


CATEGORIES = (
    EvidenceCategory("people", "People"),
    EvidenceCategory("outcomes", "Outcomes", applies=False, note="not used before 2026."),
    EvidenceCategory("other", "Other", applies=False),
    EvidenceCategory("staff", "Staff"),
)
SORTED = evolve(FRAME, categories=CATEGORIES)


def evidence(of: Framework = SORTED, **more: Any) -> list[tuple[str, ...]]:
    fields: dict[str, Any] = {"category": "people", "statements": ("a",), **more}
    item = Evidence("e", "Found.", **fields)
    return [(str(problem.where), problem.message, problem.hint) for problem in evidence_problems(item, of)]


def test_what_is_wrong_with_evidence_is_told() -> None:
    """Its statements, category, strength and claims, each by the name of the field, with what there is instead."""
    assert evidence() == evidence(FRAME, category="") == []
    assert evidence(FRAME, category="x") == [("category", "'x': A frame has no evidence categories", "Leave it blank")]
    assert evidence(category="") == [("category", "it is blank", "Use people or staff")]
    assert evidence(statements=()) == [("statements", "it names no statement", "Name at least one")]
    assert evidence(statements=("aa", "b")) == [
        ("statements", "'aa' is not a statement of the framework", "Did you mean a?")
    ]
    assert evidence(category="x") == [("category", "'x' is not an evidence category", "Use people or staff")]
    assert evidence(category="outcomes") == [("category", "outcomes: not used before 2026", "Use people or staff")]
    assert evidence(category="other") == [("category", "other: it is not used here", "Use people or staff")]
    [(where, message, hint)] = evidence(strength="x")
    assert (where, message) == ("strength", "'x' is not known")
    assert hint.startswith("Use ")
    assert " or " in hint
    assert evidence(says=(Claim("b", "low"),)) == [
        ("says", "it speaks for a score of 'b', which is not among its statements", "Add that to its statements")
    ]
    assert evidence(says=(Claim("a", "best"),)) == [
        ("says", "a: 'best' is not a grade of Scale s", 'Use "low", "mid" or "high"')
    ]
    assert evidence(says=(Claim("a", "low"), Claim("a", "mid"))) == [
        ("says", "it speaks for two scores of a", "Keep one, or record two pieces of evidence")
    ]


def test_a_council_is_found_or_others_are_named() -> None:
    """By name, alias or code, old and new; where it was divided or is not known, what it could be."""
    with pytest.raises(AmbiguousCouncilError, match="was divided between several councils") as divided:
        ca.Assessment.of("Cumbria", [3] * 9)
    assert "Cumberland" in str(divided.value)
    assert "Westmorland and Furness" in str(divided.value)
    north, south, east = (
        Council(f"E0600000{n}", name, "unitary", "R") for n, name in enumerate(("North", "South", "East"))
    )
    register = Register((north, south, east), (
        FormerCode("E10000001", "Old", ("E06000000",)), FormerCode("E10000002", "Big", ("E06000000", "E06000001")),
    ))  # fmt: skip
    assert register.find("E10000001") == register.find("Old") == register.find(" e06000000 ") == north
    assert register.find("London Borough of North Council") == north
    with pytest.raises(AmbiguousCouncilError) as caught:
        register.find("Big")
    assert (caught.value.message, tuple(caught.value.suggestions)) == (
        "Big (E10000002) was divided between several councils", ("North", "South"),
    )  # fmt: skip
    with pytest.raises(UnknownCouncilError) as unknown:
        register.find("E06000009")
    assert unknown.value.message == "E06000009 is not a code of a council with adult social care duties, now or before"
    assert len(tuple(unknown.value.suggestions)) == 2
    with pytest.raises(UnknownCouncilError, match="a council's name is missing"):
        register.find(" ")
