"""Every field of a method file arrives where it belongs, and what is left out has the value that the page says."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from careassure.io.methods import load_method
from careassure.methods.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    FactIs,
    Measure,
    Not,
    Selection,
    Threshold,
)
from careassure.methods.method import FlagRule, Ladder, Node, Rung
from careassure.model.dates import PartialDate
from careassure.model.reference import Reference

from .base import BASE, FRAME, RULE, with_change

RULES = Reference("rules", "The rules", "https://example.org/rules", "page 3", "2026-11-22", "law")
OTHER = Reference("other", "Other rules", basis="press")
CITED: dict[str, Any] = {"references": (RULES,)}
ONE, HALF = Fraction(1), Fraction(1, 2)

WHOLE: dict[str, Any] = {
    "format": "careassure.method/1",
    "id": "whole-2",
    "version": "7",
    "title": "Everything",
    "summary": "All fields.",
    "framework": "frame",
    "framework_versions": ["1", "2"],
    "not_rated": "leave_out",
    "valid_from": "2024-04",
    "valid_until": "2025",
    "references": {
        "rules": {
            "title": "The rules",
            "url": "https://example.org/rules",
            "section": "page 3",
            "read": "2026-11-22",
            "basis": "law",
        },
        "other": {"title": "Other rules", "basis": "press"},
    },
    "measures": {
        "points": {"kind": "percentage", "over": "scores", "rounding": "half_even", "weights": {"b": 2, "a": "1/2"},
                   "label": "a score", **RULE},
        "sum": {"kind": "total", "over": ["a", "care"], "sentence": "Summed.", "reference": ["other", "rules"]},
        "mid_or_more": {"kind": "share", "over": {"level": "statements", "only": "a", "without": ["b"],
                        "themes": ["care"], "tags": ["x", "y"]}, "grade": "mid", "rounding": "none", **RULE},
        "average": {"kind": "mean", "over": "scores", "rounding": "down", **RULE},
        "many": {"kind": "count", "over": "themes", "grade": "high", **RULE},
        "replies": {"kind": "answered", "over": "scores", "rounding": "up", **RULE},
    },
    "nodes": [
        {"for": "themes", "scale": "r", "headline": "points",
         "bands": {"measure": "points", "mid": 50, "high": {"share": "1/2", "rounding": "up"}, "reference": "other"}},
        {"for": "overall", "scale": "r",
         "must": {"rungs": [{"grade": "mid", "when": {"every": "themes"}, **RULE},
                            {"id": "top", "grade": "high", "when": {"area": "care"}, **RULE}]},
         "may": {"bands": {"measure": "sum", "mid": "5/2", "high": 9, "reference": "rules"}},
         "suggest": {"rungs": [{"grade": "high", "when": {"any": "themes"}, **RULE},
                               {"grade": "mid", "when": {"measure": "many", "more_than": 0}, **RULE}]}},
        {"for": "a", "headline": "average"},
    ],
    "flags": [{"id": "bell", "when": {"fact": "bell", "is": False, "default": True, "sentence": "Rang."},
               "sentence": "It rang.", "reference": ["rules", "other"]}],
}  # fmt: skip


def test_every_field_of_the_head_arrives() -> None:
    """What is said of the method itself is kept, with its dates and references."""
    method = FRAME.load(WHOLE)
    assert (method.id, method.version, method.title, method.summary) == ("whole-2", "7", "Everything", "All fields.")
    assert (method.framework, method.framework_versions, method.not_rated) == ("frame", ("1", "2"), "leave_out")
    assert (method.valid_from, method.valid_until) == (PartialDate.parse("2024-04"), PartialDate.parse("2025"))
    assert method.references == (RULES, OTHER)
    assert method.scales == ()


def test_what_the_head_leaves_out_is_nothing() -> None:
    """A method without summary, versions, dates, flags, measures and nodes has none of them."""
    method = FRAME.load({key: value for key, value in BASE.items() if key not in ("measures", "flags")} | {"nodes": []})
    assert (method.summary, method.framework_versions, method.not_rated) == ("", (), "interval")
    assert (method.valid_from, method.valid_until) == (None, None)
    assert (method.nodes, method.flags, method.measures, method.scales) == ((), (), (), ())


def test_every_field_of_a_measure_arrives() -> None:
    """Kind, selection, weights, rounding, grade, label, sentence and references are kept, in the file's order."""
    text = RULE["sentence"]
    assert FRAME.load(WHOLE).measures == (
        Measure("points", "percentage", Selection("scores"), (("a", HALF), ("b", Fraction(2))), "half_even",
                label="a score", text=text, references=(RULES,)),
        Measure("sum", "total", Selection("areas", ("a", "care")), text="Summed.", references=(OTHER, RULES)),
        Measure("mid_or_more", "share", Selection("statements", ("a",), ("b",), ("care",), ("x", "y")), grade="mid",
                text=text, references=(RULES,)),
        Measure("average", "mean", Selection("scores"), rounding="down", text=text, references=(RULES,)),
        Measure("many", "count", Selection("themes"), grade="high", text=text, references=(RULES,)),
        Measure("replies", "answered", Selection("scores"), rounding="up", text=text, references=(RULES,)),
    )  # fmt: skip


def test_every_field_of_a_node_arrives() -> None:
    """Ladders keep their names, rungs their ids, grades and references; an id that is left out tells its place."""
    measures = {measure.id: measure for measure in FRAME.load(WHOLE).measures}
    text = RULE["sentence"]
    every = AtLeast(
        Measure("", "count", Selection("themes"), grade="mid", text="every one of the themes at least mid"),
        Threshold(share=ONE), text="every one of the themes at least mid",
    )  # fmt: skip
    area = AtLeast(
        Measure("", "count", Selection("areas", ("care",)), grade="high", text="care at least high"),
        Threshold(share=ONE), text="care at least high",
    )  # fmt: skip
    any_of = AtLeast(
        Measure("", "count", Selection("themes"), grade="high", text="any of the themes at least high"),
        Threshold(ONE), text="any of the themes at least high",
    )  # fmt: skip
    themes, overall, bare = FRAME.load(WHOLE).nodes
    assert themes == Node("themes", "r", (
        Ladder("only", (
            Rung("themes.mid", "mid", AtLeast(measures["points"], Threshold(Fraction(50))),
                 "At least mid: a score of 50 or more.", (OTHER,)),
            Rung("themes.high", "high", AtLeast(measures["points"], Threshold(share=HALF, rounding="up")),
                 "At least high: a score of the number that its rule gives or more.", (OTHER,)),
        )),
    ), "points")  # fmt: skip
    assert overall == Node("overall", "r", (
        Ladder("must", (Rung("overall.must.mid", "mid", every, text, (RULES,)),
                        Rung("top", "high", area, text, (RULES,)))),
        Ladder("may", (
            Rung("overall.may.mid", "mid", AtLeast(measures["sum"], Threshold(Fraction(5, 2))),
                 "At least mid: the measure sum of 2.5 or more.", (RULES,)),
            Rung("overall.may.high", "high", AtLeast(measures["sum"], Threshold(Fraction(9))),
                 "At least high: the measure sum of 9 or more.", (RULES,)),
        )),
        Ladder("suggest", (
            Rung("overall.suggest.mid", "mid", AtLeast(measures["many"], Threshold(), strict=True), text, (RULES,)),
            Rung("overall.suggest.high", "high", any_of, text, (RULES,)),
        )),
    ))  # fmt: skip
    assert bare == Node("a", "", (), "average")


def test_every_field_of_a_notice_arrives() -> None:
    """A notice keeps its id, condition, sentence and references."""
    fact = FactIs("bell", value=False, default=True, text="Rang.")
    assert FRAME.load(WHOLE).flags == (FlagRule("bell", fact, "It rang.", (RULES, OTHER)),)


def condition(when: dict[str, Any], grade: str = "mid") -> Condition:
    """A condition as it stands in a rung, or with no grade in a flag."""
    if not grade:
        return FRAME.load(with_change(("flags", 0, "when"), when)).flags[0].when
    place = ("mid", "high").index(grade)
    return FRAME.load(spliced(place, when)).nodes[1].ladders[0].rungs[place].when


def spliced(place: int, when: dict[str, Any]) -> dict[str, Any]:
    data = with_change(("nodes", 1, "rungs", place, "when"), when)
    del data["nodes"][1]["limits"]
    return data


def count(over: Selection, grade: str = "", text: str = "", *, beyond: bool = False) -> Measure:
    return Measure("", "count", over, grade=grade, beyond=beyond, text=text)


SCORES = Selection("scores")
ALL, SOME = Threshold(share=ONE), Threshold(ONE)


def test_a_condition_is_what_the_page_says() -> None:
    """Each head with each comparison becomes one condition, whose words name what is looked at and the grade."""
    percentage = FRAME.load(BASE).measures[0]
    every, two = "every one of the scores at least mid", Threshold(Fraction(2))
    rows: list[tuple[dict[str, Any], Condition]] = [
        ({"every": "scores"}, AtLeast(count(SCORES, "mid", every), ALL, text=every)),
        ({"every": "scores", "sentence": "S."}, AtLeast(count(SCORES, "mid", every), ALL, text="S.")),
        ({"any": "scores", "at_least": "high"}, AtLeast(
            count(SCORES, "high", "any of the scores at least high"), SOME, text="any of the scores at least high")),
        ({"not": {"any": "scores", "at_most": "low", "sentence": "S."}, "sentence": "T."}, Not(Not(AtLeast(
            count(SCORES, "low", "every one of the scores above low", beyond=True), ALL,
            text="every one of the scores above low"), "S."), "T.")),
        ({"not": {"every": "scores", "at_most": "mid"}}, Not(Not(AtLeast(
            count(SCORES, "mid", "any of the scores above mid", beyond=True), SOME,
            text="any of the scores above mid")))),
        ({"area": ["a", "care"], "at_least": "low"}, AtLeast(
            count(Selection("areas", ("a", "care")), "low", "every one of a and care at least low"), ALL,
            text="every one of a and care at least low")),
        ({"any": ["a"]}, AtLeast(
            count(Selection("areas", ("a",)), "mid", "any of a at least mid"), SOME, text="any of a at least mid")),
        ({"count": "scores", "at_least": 2, "sentence": "S."}, AtLeast(count(SCORES, "mid"), two, text="S.")),
        ({"count": "scores", "grade": "high", "more_than": 2}, AtLeast(count(SCORES, "high"), two, strict=True)),
        ({"not": {"count": "scores", "at_most": 2, "sentence": "S."}},
         Not(Not(AtLeast(count(SCORES, "mid"), two, strict=True), "S."))),
        ({"not": {"count": "scores", "less_than": 2}}, Not(Not(AtLeast(count(SCORES, "mid"), two)))),
        ({"measure": "percentage", "at_least": "2", "sentence": "S."}, AtLeast(percentage, two, text="S.")),
        ({"fact": "bell"}, FactIs("bell", value=True, default=False)),
        ({"all_of": [{"fact": "a"}, {"fact": "b"}], "sentence": "S."}, AllOf((FactIs("a"), FactIs("b")), "S.")),
        ({"any_of": [{"fact": "a"}, {"fact": "b"}], "sentence": "S."}, AnyOf((FactIs("a"), FactIs("b")), "S.")),
    ]  # fmt: skip
    for when, expected in rows:
        assert condition(when) == expected, when


def test_underscores_are_not_printed() -> None:
    """A grade or area is named in the words of a condition without its underscores."""
    found = load_method(with_change(("flags", 0, "when"), {"any": ["big_area"], "at_least": "very_high"})).flags[0].when
    assert isinstance(found, AtLeast)
    assert found.text == found.measure.text == "any of big area at least very high"


def test_every_one_of_none_is_no_notice() -> None:
    """In a notice "every" asks as well that anything carries a grade at all; in a rung it need not."""
    some = AtLeast(count(SCORES, "", "how many of them carry a grade"), SOME)
    every = "every one of the scores at least mid"
    inner = AtLeast(count(SCORES, "mid", every), ALL, text="S.")
    when = {"every": "scores", "at_least": "mid", "sentence": "S."}
    assert condition(when, "") == AllOf((some, inner), "S.")
    assert condition(when, "high") == inner
    any_of = "any of the scores at least mid"
    assert condition({"any": "scores", "at_least": "mid"}, "") == AtLeast(
        count(SCORES, "mid", any_of), SOME, text=any_of
    )


def test_a_threshold_is_what_the_page_says() -> None:
    """A number, a share of the inputs, a sum of both, and steps by their number, which are put in order."""
    rows: list[tuple[object, Threshold]] = [
        (3, Threshold(Fraction(3))),
        ({"share": "1/3", "rounding": "half_up"}, Threshold(share=Fraction(1, 3), rounding="half_up")),
        ({"share": "1/3", "rounding": "up", "plus": -1},
         Threshold(Fraction(-1), share=Fraction(1, 3), rounding="up")),
        ({"plus": 2}, Threshold(Fraction(2))),
        ({"by_n": {"9": 3, "4": "5/2", "0": 1}, "plus": 1},
         Threshold(ONE, ((0, ONE), (4, Fraction(5, 2)), (9, Fraction(3))))),
        ({"by_n": {"999999999": 1}}, Threshold(steps=((999_999_999, ONE),))),
    ]  # fmt: skip
    for written, expected in rows:
        found = condition({"count": "scores", "at_least": written})
        assert isinstance(found, AtLeast)
        assert found.threshold == expected


def test_limits_change_the_rungs_that_they_concern() -> None:
    """A cap binds what lies above its grade, a floor gives what lies up to it, "not above" binds all, one by one."""
    limits: list[dict[str, Any]] = [
        {"id": "cap", "cap": "mid", "when": {"fact": "bad"}, "sentence": "Capped.", "reference": "more"},
        {"floor": "mid", "when": {"fact": "good"}, "sentence": "Floored.", "reference": ["rules", "more"]},
        {"not_above": ["a", "care"], "sentence": "Not above.", "reference": "rules"},
    ]
    data = with_change(("nodes", 1, "limits"), limits)
    data["references"]["more"] = {"title": "More", "basis": "ours"}
    rules, more = FRAME.load(data).references
    bare = {rung.grade: rung for rung in FRAME.load(with_change(("nodes", 1, "limits"), [])).nodes[1].ladders[0].rungs}
    areas = Selection("areas", ("a", "care"))
    texts = {key: f"every one of a and care at least {key}" for key in bare}
    bound = {key: AtLeast(count(areas, key, text), ALL, text="Not above.") for key, text in texts.items()}
    words = "A rule. Or: Floored."
    mid = Rung(
        "mid", "mid",
        AllOf((AnyOf((bare["mid"].when, FactIs("good")), words), bound["mid"]), f"{words} And: Not above."),
        f"{words} Limit: Not above.", (rules, more),
    )  # fmt: skip
    cap = Not(FactIs("bad"), "This limit does not apply: Capped.", (more,))
    words = "A rule. Limit: Capped."
    high = Rung(
        "high", "high",
        AllOf((AllOf((bare["high"].when, cap), "A rule. And: Capped."), bound["high"]), f"{words} And: Not above."),
        f"{words} Limit: Not above.", (rules, more),
    )  # fmt: skip
    assert FRAME.load(data).nodes[1].ladders == (Ladder("only", (mid, high)),)


def test_a_cap_at_the_lowest_grade_binds_every_rung() -> None:
    """Without the scale, what a cap calls the lowest grade is kept, for the framework to confirm."""
    cap = {"cap": "low", "when": {"fact": "bad"}, **RULE}
    known = FRAME.load(with_change(("nodes", 1, "limits"), [cap])).nodes[1].ladders[0]
    unknown = load_method(with_change(("nodes", 1, "limits"), [cap, cap])).nodes[1].ladders[0]
    assert (known.lowest, unknown.lowest) == ("", "low")
    for ladder in (known, unknown):
        assert all(isinstance(rung.when, AllOf) for rung in ladder.rungs)
    plain = load_method(with_change(("nodes", 1, "limits"), [{**cap, "cap": "mid"}])).nodes[1].ladders[0]
    assert plain.lowest == ""
    assert [isinstance(rung.when, AllOf) for rung in plain.rungs] == [False, True]


def test_a_method_may_leave_a_grade_to_its_framework() -> None:
    """Without the scales, rungs stand in the order of the file."""
    data = with_change(("nodes", 1, "rungs"), list(reversed(BASE["nodes"][1]["rungs"])))
    del data["nodes"][1]["limits"]
    assert [rung.grade for rung in load_method(data).nodes[1].ladders[0].rungs] == ["high", "mid"]
    assert [rung.grade for rung in FRAME.load(data).nodes[1].ladders[0].rungs] == ["mid", "high"]
