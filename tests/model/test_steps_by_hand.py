"""Explanations of steps that were put together by hand: what no method makes today is said as well."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import careassure as ca
from careassure.model.assessment import Disagreement
from careassure.model.dates import PartialDate
from careassure.model.notebook import outcome_html, outcomes_html
from careassure.model.outcome import Flag, Margin, Outcome, Profile, ProfileEntry
from careassure.model.reference import Reference
from careassure.model.scale import NotRated
from careassure.model.trace import Step, StepKind
from methods.frames import plain_frame

FRAME = plain_frame("care: a b; other: c", "low mid high")
LOW, MID, HIGH = FRAME.framework.scale("s")
ASSESSMENT = FRAME.assessment({"a": 0, "b": 1, "c": 2})
LONG = "words " * 14 + "end."
LAW = Reference("law", "The law\nof", "https://x.org/\x07", "section 3", "2026-11-22", "law")
OURS = Reference("ours", LONG, basis="ours")
HEAD = "A body: low\n\nMethod: T (s 1)\nFramework: A frame, version 1\n\nWhy\n"


def made(*parts: Step, **more: Any) -> Outcome:
    """An outcome with these steps."""
    trace = Step("outcome", "s", "T", LOW, LOW, parts)
    fields: dict[str, Any] = {"low": LOW, "high": LOW, **more}
    return Outcome(ASSESSMENT, "s", "1", "T", trace, **fields)


def why(*parts: Step, **more: Any) -> str:
    """What is said of these steps, after the head."""
    text = made(*parts, **more).explain()
    assert text.startswith(HEAD)
    assert text.endswith("\n")
    return text.removeprefix(HEAD)[:-1]


def node(*parts: Step, id: str = "overall", kind: StepKind = "node", **more: Any) -> Step:
    return Step(kind, id, f"The {id}.", LOW, MID, parts, **more)


def of(name: str, low: Any, high: Any = None, weight: Any = 1, text: str = "") -> Step:
    return Step("input", name, text or f"The {name}", low, high or low, weight=Fraction(weight))


def rung(low: Any, high: Any, *parts: Step, text: str = "A rung.") -> Step:
    return Step("rung", "r", text, low, high, parts or (Step("fact", "f", "A fact.", low, high),))


def ladder(*parts: Step, text: str = "") -> Step:
    return Step("ladder", "l", text, LOW, HIGH, parts)


MEAN = Step("mean", "m", "A mean.", Fraction(1), Fraction(5, 2), (of("a", LOW, HIGH, "3/2"), of("bb", MID)))
SHARE = Step(
    "percentage", "p", "A share", Fraction(75), Fraction(75), (of("a", MID), of("b", LOW)), maximum=Fraction(4)
)
ROUNDED = Step("rounded", "r", "Rounded.", Fraction(75), Fraction(76), (SHARE,), rounding="half_even")


def test_an_overall_grade_without_a_ladder() -> None:
    """The steps of a scorer's own, each under the one that it is a part of; no heading where it is alone."""
    inner = Step("note", "y", "Inner.", MID, MID, (Step("note", "z", LONG, Fraction(1, 3), None),))
    assert why(node(Step("note", "x", "Outer.", LOW, HIGH, (inner,), (LAW,)))) == (
        "  The overall: low to mid\n"
        "    Outer: low to high [1]\n"
        "      Inner: mid\n"
        "        words words words words words words words words words words words words\n"
        "          words words end: 0.33 to nothing\n"
        "\n"
        "Sources\n"
        "  [1] The law of, section 3 (law; read 2026-11-22)\n"
        "      https://x.org/\\x07"
    )


def test_areas_come_before_the_overall_grade() -> None:
    """What an area comes to, from what, and the rungs between which it lies; a note has its words alone."""
    text = why(
        node(MEAN, ladder(rung(True, True, text="One."), rung(True, True, text="Two."),
                          rung(False, True, text="Three."), rung(False, False, text="Four."),
                          Step("note", "n", "None.")), id="care", references=(LAW, OURS)),
        node(of("c", LOW, HIGH), of("c", LOW, HIGH), id="other", kind="note"),
        node(ladder(rung(True, True, text="All hold."), rung(True, True, text="Last."))),
        Step("flag", "f", "Not a place."),
    )  # fmt: skip
    assert text == (
        "  The care.: low to mid [1] [2]\n"
        "    3.5 to 6.5 points, 1 to 2.5 on average\n"
        "    from The a not known (1 to 3) and The bb 2\n"
        "    yes  Two.\n"
        "    open Three.\n"
        "  The other.\n"
        "    from The c not known (1 to 3)\n"
        "  Overall\n"
        "  yes  All hold.\n"
        "  yes  Last.\n"
        "\n"
        "Sources\n"
        "  [1] The law of, section 3 (law; read 2026-11-22)\n"
        "      https://x.org/\\x07\n"
        "  [2] words words words words words words words words words words words words\n"
        "      words words end. (ours)"
    )


def test_the_rungs_of_an_area_are_those_that_decide() -> None:
    """The last that holds and the first that does not; where none or all hold, one of them."""
    no, yes = rung(False, False, text="No."), rung(True, True, text="Yes.")
    for rungs, lines in (
        ((no, no), ["no   No."]), ((yes, yes), ["yes  Yes."]), ((yes, no, no), ["yes  Yes.", "no   No."]), ((), []),
    ):  # fmt: skip
        said = why(node(ladder(*rungs), id="care")).splitlines()
        assert said == ["  The care.: low to mid", *(f"    {line}" for line in lines)]


def test_sums_of_an_area_are_shown_as_they_are_rounded() -> None:
    """By the step that rounds them, where one does."""
    assert why(node(ROUNDED, id="care")).splitlines()[1:3] == [
        "    3 of 4 points = 75 %, rounded half even to 75 to 76", "    from The a 2 and The b 1",
    ]  # fmt: skip
    assert why(node(SHARE, id="care")).splitlines()[1] == "    3 of 4 points = 75 %"
    assert why(node(evolve(SHARE, maximum=None), id="care")).splitlines()[1] == "    3 points"
    assert why(node(evolve(SHARE, kind="total"), id="care")).splitlines()[1] == "    3 points"
    assert why(node(evolve(ROUNDED, rounding=None), id="care")).splitlines()[1] == "    3 of 4 points = 75 %"


def test_measures_are_shown_once_before_their_rungs() -> None:
    """Each with its weights under each other; a share of tests by what it comes to; without an id not at all."""
    tests = Step(
        "share", "s", "Tests.", Fraction(50), Fraction(100), (Step("test", "t", "T", True, True, (of("a", LOW),)),)
    )
    wide = Step("total", "w", "Wide X.", Fraction(4), Fraction(4),
                (of("x", MID, text="\uff37ide"), of("y", MID, text="Much longer\x07")))  # fmt: skip
    text = why(node(
        wide,
        ladder(rung(True, True, ROUNDED), rung(True, True, tests), rung(True, True, MEAN, text="By \x07the mean."),
               rung(True, True, evolve(MEAN, id=""), text="Without."), rung(True, True, evolve(ROUNDED, text="Again.")),
               text="must be \x1b this"),
        ladder(rung(False, True, MEAN), text="x"),
        wide,
    ))  # fmt: skip
    assert text == (
        "  Wide X\n"
        "    4 points\n"
        "      \uff37ide            2\n"
        "      Much longer\\x07  2\n"
        "  Must be \\x1b this: low to high\n"
        "  Rounded\n"
        "    3 of 4 points = 75 %, rounded half even to 75 to 76\n"
        "      The a  2\n"
        "      The b  1\n"
        "  A share\n"
        "    3 of 4 points = 75 %\n"
        "      The a  2\n"
        "      The b  1\n"
        "  Tests\n"
        "    50 to 100\n"
        "  A mean\n"
        "    3.5 to 6.5 points, 1 to 2.5 on average\n"
        "      The a   not known (1 to 3) x 1.5\n"
        "      The bb  2\n"
        "  yes  A rung.\n"
        "  yes  A rung.\n"
        "  yes  By \\x07the mean.\n"
        "  yes  Without.\n"
        "  yes  A rung.\n"
        "  X: low to high\n"
        "  open A rung."
    )


def test_long_sums_are_wrapped_under_each_other() -> None:
    """The second line of a sum, of its sentence and of what is not a sum begins further in."""
    grade = evolve(HIGH, value=10**30)
    total = Step(
        "mean", "m", LONG, Fraction(10**30), Fraction(10**30 + 1), (of("a", grade, evolve(grade, value=10**31)),)
    )
    share = Step("share", "s", "S", Fraction(10**39), Fraction(10**39 + 1))
    assert why(node(total, share, ladder(rung(True, True)))) == (
        "  words words words words words words words words words words words words words\n"
        "    words end\n"
        f"    {10**30} to {10**31} points,\n"
        f"      {10**30} to {10**30 + 1} on\n"
        "      average\n"
        f"      The a  not known ({10**30} to {10**31})\n"
        "  S\n"
        f"    {10**39} to\n"
        f"    {10**39 + 1}\n"
        "  yes  A rung."
    )
    assert why(node(total, id="care")) == (
        "  The care.: low to mid\n"
        f"    {10**30} to {10**31} points,\n"
        f"      {10**30} to {10**30 + 1} on\n"
        "      average\n"
        f"    from The a not known ({10**30} to\n"
        f"      {10**31})"
    )
    [lines] = [why(node(Step("total", "t", "T", None, None), ladder(rung(True, True)))).splitlines()]
    assert lines == ["  T", "    0 points", "  yes  A rung."]


def test_conditions_are_shown_inside_each_other() -> None:
    """All, any and not with their parts; a comparison with what is needed and which inputs fall short of it."""

    def test(name: str, low: Any, grade: Any) -> Step:
        return Step("test", name, f"The {name}", low, True, (of(name, grade),))

    count = Step("count", "c", "Count.", Fraction(1), Fraction(3), (
        test("a", True, HIGH), test("b", False, LOW), test("c", None, MID), Step("note", "n", "No test.")))  # fmt: skip
    held = Step("count", "h", "Held.", Fraction(1), Fraction(1), (test("a", True, HIGH),))
    share = Step("share", "s", "Share.", Fraction(0), Fraction(0), (test("b", False, LOW),))
    condition = Step("all", "", "All.", False, True, (
        Step("any", "", LONG, True, True, (Step("fact", "f", "Fact.", False, False),)),
        Step("not", "", "Not.", False, False, (Step("at_least", "", "Bare.", True, True, (held,)),)),
        Step("at_least", "", "Least.", False, True, (count,), threshold=Fraction(5, 2)),
        Step("more_than", "", "More.", False, False, (share,), threshold=Fraction(1, 3)),
        Step("rung", "", "Nothing below.", True, True, (Step("fact", "f", "Hidden.", True, True),)),
    ))  # fmt: skip
    assert why(node(ladder(rung(False, True, condition, text=LONG), rung(True, True, evolve(condition.parts[2]))))) == (
        "  Share\n"
        "    0\n"
        "  open words words words words words words words words words words words words\n"
        "       words words end.\n"
        "       yes  words words words words words words words words words words words\n"
        "            words words words end.\n"
        "            no   Fact.\n"
        "       no   Not.\n"
        "            yes  Bare.\n"
        "       open Least. (1 to 3, 2.5 needed)\n"
        "            1 to 3 of 3 reach it; not: The b (low) and The c (mid)\n"
        "       no   More. (0, 0.33 needed)\n"
        "       yes  Nothing below.\n"
        "  yes  A rung.\n"
        "       1 to 3 of 3 reach it; not: The b (low) and The c (mid)"
    )


def test_a_profile_is_shown_by_level() -> None:
    """Themes, then statements further in: the state, the grade or both ends of it, and what is suggested."""
    entries = (
        ProfileEntry("care", "Care", "theme"),
        ProfileEntry("a", "A\x07", "statement", LOW, HIGH, MID),
        ProfileEntry("b", "B", "statement", MID, MID, MID, score=3),
        ProfileEntry("c", "Long one", "statement", state=NotRated("no_reply")),
        ProfileEntry("d", "\uff24", "theme", LOW, MID),
    )
    found = made(low=None, high=None, profile=Profile(entries))
    text = "\n".join(found.explain().splitlines()[5:])
    assert text == (
        "Why\n  The method gives the scores as they are: the profile is the result.\n\nProfile\n"
        "  Care\n    A\\x07     low to high (suggested: mid)\n    B         mid\n    Long one  No reply\n"
        "  \uff24        low to mid"
    )
    assert "Profile" not in made(profile=Profile(entries)).explain()
    html = outcome_html(found)
    assert "<td>low to high</td>" in html
    assert "<td>No reply</td>" in html
    assert "A\\x07" in html


def test_how_near_and_what_to_note() -> None:
    """Points to the grades above and below, or that none do; then all there is to know of the assessment."""

    def near(down: int | None, up: int | None, **more: Any) -> list[str]:
        margin = Margin(down, up, LOW if down else None, HIGH if up else None)
        lines = made(margin=margin, **more).explain().splitlines()
        return lines[lines.index("How near") + 1 :] if "How near" in lines else []

    assert near(1, 2000) == ["  2,000 points more could give high.", "  1 point less could give low."]
    assert near(None, 1) == ["  1 point more could give high.", "  No loss of points gives a lower grade."]
    assert near(2, None) == ["  No gain in points gives a higher grade.", "  2 points less could give low."]
    assert near(None, None) == near(1, 2, high=MID) == []
    noted = evolve(
        ASSESSMENT, indicative=True, withdrawn=PartialDate(2026, 2),
        disagreements=(Disagreement("a", "1", "2", note="So."), Disagreement("b", "2", "", resolved=True, note=LONG)),
    )  # fmt: skip
    flags = (Flag("f", LONG, references=(LAW,)), Flag("g", "It.", certain=False, references=(OURS, LAW)))
    found = evolve(made(flags=flags, distribution="d", distribution_version="9"), assessment=noted)
    assert found.explain().splitlines()[2:] == [
        "Method: T (s 1, from d 9)", "Framework: A frame, version 1", "", "Why",
        "  The method gives the scores as they are: the profile is the result.", "", "Flags",
        "  words words words words words words words words words words words words words",
        "  words end. [1]", "  May hold, depending on what is open: It. [2] [1]", "", "Take note",
        "  A pilot: its result was published as indicative only.", "  The report was withdrawn in February 2026.",
        "  a: 1 is used, another source has 2. So. This is not resolved.",
        "  b: 2 is used, another source leaves it blank. words words words words words",
        "  words words words words words words words words words end.", "", "Sources",
        "  [1] The law of, section 3 (law; read 2026-11-22)", "      https://x.org/\\x07",
        "  [2] words words words words words words words words words words words words",
        "      words words end. (ours)",
    ]  # fmt: skip


def test_several_outcomes_stand_in_one_table() -> None:
    """Each with its sources, numbered through, how near it is and its flags; and what is not known."""
    first = made(node(rung(True, True), references=(OURS,)), margin=Margin(1, 2, LOW, HIGH),
                 flags=(Flag("f", "It."), Flag("g", "Or <it>.", certain=False)))  # fmt: skip
    second = evolve(made(), trace=Step("outcome", "s", "T", references=(LAW, OURS, LAW)), title="U", scorer="u")
    open_ = evolve(second, assessment=FRAME.assessment({"a": None, "b": 1, "c": 2}))
    html = outcomes_html([first, second])
    cell = "style='text-align:left;font-weight:normal'"
    assert html == (
        "<div class='careassure'>"
        "<table><caption>A body</caption><tr><th scope='col'>Method</th><th scope='col'>Result</th>"
        "<th scope='col'>How near</th><th scope='col'>Flags</th></tr>"
        f"<tr><th scope='row' {cell}>T (s) [1]</th><td>low</td><td>2 points more could give high. 1 point less could "
        "give low.</td><td>It. May hold, depending on what is open: Or &lt;it&gt;.</td></tr>"
        f"<tr><th scope='row' {cell}>U (u) [2] [1]</th><td>low</td><td></td><td></td></tr></table>"
        f"<p>Sources</p><ol><li>{LONG} (ours)</li><li>"
        "<a href='https://x.org/\\x07' rel='noopener noreferrer'>The law\nof, section 3</a> (law; read 2026-11-22)</li>"
        "</ol></div>"
    )
    assert "</table><p>Not known: a. The range holds every result that they could give.</p><p>Sources" in outcomes_html(
        [open_, first]
    )


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ({"score_low": 3, "score_high": 3}, "low, 3 out of 100"),
        ({"score_low": 3, "score_high": 4}, "low, 3 to 4 out of 100"),
        ({"score_low": 3, "score_high": 4, "high": HIGH, "suggested": MID},
         "low to high (suggested: mid), 3 to 4 out of 100"),
        ({"high": HIGH, "score_low": 0, "score_high": 0}, "low to high, 0 out of 100"),
        ({"high": HIGH}, "low to high"),
        ({"suggested": MID}, "low"),
        ({"low": None, "high": None, "score_low": 3, "score_high": 3}, "no overall rating: the profile is the result"),
    ],
)  # fmt: skip
def test_a_result_in_a_few_words(scores: dict[str, Any], words: str) -> None:
    found = made(**scores)
    assert found.result == words
    assert found.kind == ("profile" if found.low is None else "range" if "to high" in words else "rating")
    assert found.rating == (LOW if found.kind == "rating" else None)
    assert (found.percentage, evolve(found, percentage_low=Fraction(1), percentage_high=Fraction(2)).percentage) == (
        None, None,
    )  # fmt: skip
    assert ca.Outcome is Outcome
