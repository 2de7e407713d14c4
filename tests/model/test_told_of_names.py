"""What is wrong with scales, dates, numbers, frameworks and names of councils, to the letter."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import careassure as ca
from careassure.errors import (
    AmbiguousCouncilError,
    InvalidFrameworkError,
    InvalidInputError,
    Place,
    ScaleMismatchError,
    UnknownCouncilError,
    UnknownGradeError,
)
from careassure.model.council import Council
from careassure.model.dates import PartialDate
from careassure.model.extension import extend
from careassure.model.former import FormerCode
from careassure.model.numbers import exact
from careassure.model.printed_names import column_name, printed_name
from careassure.model.register import Register
from careassure.model.scale import LARGEST_VALUE, Grade, NotRated, Scale
from careassure.model.shorthand import Suppressed
from careassure.model.statements import Alias, Part, Statement, Theme
from helpers import refused, told
from model.small import BODY, CHOICES, DATE, FRAME, PARTED, S

# -- scales and grades -------------------------------------------------------------------------------------------------


def test_grades_of_other_scales_and_places_are_refused() -> None:
    """A grade of another scale, a grade that another scale of the same name has elsewhere, and what is no grade."""
    other = FRAME.scale("r")
    assert refused(ScaleMismatchError, lambda: S.parse(other["mid"])) == (
        "mid (r) is not a grade of Scale s", (), CHOICES,
    )  # fmt: skip
    assert refused(ScaleMismatchError, lambda: S.parse(evolve(S["mid"], rank=2))) == (
        "mid is at another place, or counts other points, in Scale s", (), "Give the grade of this s, or its word",
    )  # fmt: skip
    assert refused(UnknownGradeError, lambda: S.parse(evolve(S["mid"], key="x"))) == (
        "'x' is not a grade of Scale s", (), CHOICES,
    )  # fmt: skip
    assert refused(UnknownGradeError, lambda: S[3]) == ("3 is not a grade of Scale s", (), CHOICES)  # type: ignore[index]
    assert refused(UnknownGradeError, lambda: S.parse("x" * 1001))[1:] == ((), CHOICES)
    order = "Only grades of one scale have an order"
    assert refused(ScaleMismatchError, lambda: S["mid"] < 3) == (
        "mid is a grade of the scale s and cannot be compared with 3", (), order,
    )  # fmt: skip
    for compare in (Grade.__lt__, Grade.__le__, Grade.__gt__, Grade.__ge__):
        assert refused(ScaleMismatchError, lambda compare=compare: compare(S["mid"], other["low"])) == (  # type: ignore[misc]
            "mid (s) cannot be compared with low (r): their scales differ", (), order,
        )  # fmt: skip


def test_the_choices_of_a_scale_are_told() -> None:
    """Words, or numbers and words; of more than twenty the first and the last; and a number in quotation marks."""
    numbers = Scale.of("n", "Numbers", ("a", "A"), ("b", "B", 5), numeric=True)
    said = [refused(UnknownGradeError, lambda value=value: numbers.parse(value)) for value in (2, "5", " 7 ", "x", 5.0)]  # type: ignore[misc]
    both, bare = 'Use 1 or 5, or the words "A" or "B"', "Give the number without quotation marks: 1 or 5"
    assert said == [
        ("2 is not a grade of Numbers", (), both), ("'5' is not a grade of Numbers", (), bare),
        ("' 7 ' is not a grade of Numbers", (), bare), ("'x' is not a grade of Numbers", (), both),
        ("5.0 is not a grade of Numbers", (), both),
    ]  # fmt: skip
    assert (numbers.parse(5), numbers.parse("b"), numbers.said(numbers["b"])) == (numbers["b"], numbers["b"], "5")
    assert (S.said(S["mid"]), S.said(None), S.said(NotRated("no_reply"))) == ("mid", "not known", "No reply")
    assert refused(UnknownGradeError, lambda: S.parse(2)) == ("2 is not a grade of Scale s", (), CHOICES)
    labels = [f'"G{n}"' for n in range(20)]
    for size, hint in (
        (20, f"Use {', '.join(labels[:-1])} or {labels[-1]}"),
        (21, "Its grades go from G0 to G20"),
    ):
        scale = Scale.of("s", "S", *((f"g{n}", f"G{n}") for n in range(size)))
        assert refused(UnknownGradeError, lambda scale=scale: scale.parse("x"))[2] == hint  # type: ignore[misc]


def test_a_scale_is_made_from_keys_and_labels() -> None:
    """Values count from 1, or are given; aliases are by key; everything else is the default."""
    scale = Scale.of("s", "S", ("a", "A"), ("b", "B", 7), ("c", "C", LARGEST_VALUE), aliases={"b": ["Bee", "Bea"]})
    assert scale == Scale("s", "S", (
        Grade("s", "a", "A", 0, 1), Grade("s", "b", "B", 1, 7, ("Bee", "Bea")), Grade("s", "c", "C", 2, LARGEST_VALUE),
    ), numeric=False)  # fmt: skip
    assert scale.parse("BEA") is scale["b"]
    assert told(lambda: Scale.of("s", "S", ("abc", "A"), ("b", "B"), aliases={"abd": ["x"], "zz": []})) == [
        ("aliases.abd", "there is no grade of that key", "Did you mean abc?"),
        ("aliases.zz", "there is no grade of that key", ""),
    ]
    with pytest.raises(InvalidInputError) as raised:
        Scale.of("s\n", "S", ("a", "A"), ("b", "B"), aliases={"x": []})
    assert raised.value.message == "the scale 's\\n'"
    with pytest.raises(InvalidInputError) as raised:
        Scale.of("s s", "S", ("a", "A"), ("b", "B"))
    assert raised.value.message == "the scale s s"
    long = "w" * 70
    assert told(lambda: Scale.of("s", "S", ("a", long), ("b", long))) == [
        ("grades.b", f'"{"w" * 60}" also means a', "")
    ]
    assert told(lambda: Scale.of("s", "S", ("a", "A"), ("a", "B"), ("A", "C"))) == [
        ("grades", "a appears twice", ""), ("grades", "'A' and 'a' could be taken for each other", ""),
        ("grades.A", '"a" also means a', ""),
    ]  # fmt: skip
    assert (S["mid"] in S, "mid" in S, FRAME.scale("r")["mid"] in S) == (True, False, False)


def test_states_are_read_by_any_of_their_words() -> None:
    assert refused(UnknownGradeError, lambda: NotRated("nope"))[0].startswith("'nope' is not")
    assert [NotRated.parse(text) for text in ("N/A", "not_rated", "Unrated", "x", 3)] == [  # type: ignore[arg-type]
        NotRated("not_applicable"), NotRated(), NotRated(), None, None,
    ]  # fmt: skip
    assert (str(NotRated()), str(NotRated("no_reply")), f"{NotRated():>10}") == ("Not rated", "No reply", " Not rated")
    assert S.read("No response") == NotRated("no_reply")


# -- dates, numbers, marks ---------------------------------------------------------------------------------------------


def test_dates_are_told_as_they_were_written() -> None:
    """With every part that was given, at no place of its own."""
    ways: list[tuple[Callable[[], object], str]] = [
        (lambda: PartialDate(2025, None, 3), "2025-3"),
        (lambda: PartialDate(2025, 13), "2025-13"),
        (lambda: PartialDate(2025, 2, 30), "2025-2-30"),
        (lambda: PartialDate(0), "0"),
        (lambda: PartialDate("x"), "'x'"),  # type: ignore[arg-type]
        (lambda: PartialDate.parse("2025-02-30"), "'2025-02-30'"),
        (lambda: PartialDate.parse("2025-13"), "'2025-13'"),
        (lambda: PartialDate.parse("0000"), "'0000'"),
        (lambda: PartialDate.parse("x"), "'x'"),
        (lambda: PartialDate.parse(10_000), "10000"),
        (lambda: PartialDate.parse(999), "999"),
        (lambda: PartialDate.parse(True), "True"),
    ]
    for make, shown in ways:
        with pytest.raises(InvalidInputError) as raised:
            make()
        assert (raised.value.message, told(make)) == ("the date", [("", f"{shown} is not a date", DATE)])
        assert raised.value.problems[0].where == Place()
        assert raised.value.__suppress_context__ or raised.value.__context__ is None
    assert [PartialDate.parse(year).year for year in (1000, 9999)] == [1000, 9999]


def test_dates_in_words_and_order() -> None:
    dates = [PartialDate.parse(text) for text in ("2024", "2024-01", "2024-01-01", "2024-01-02", "2024-02", "2025")]
    assert sorted([dates[place] for place in (3, 0, 5, 2, 4, 1)]) == dates
    assert [date.when for date in dates] == [
        "in 2024", "in January 2024", "on 1 January 2024", "on 2 January 2024", "in February 2024", "in 2025",
    ]  # fmt: skip
    assert [date.latest.isoformat() for date in dates] == [
        "2024-12-31", "2024-01-31", "2024-01-01", "2024-01-02", "2024-02-29", "2025-12-31",
    ]  # fmt: skip
    assert [str(PartialDate(7)), str(PartialDate(7, 8)), str(PartialDate(7, 8, 9))] == ["0007", "0007-08", "0007-08-09"]
    assert PartialDate(2025).__lt__(2025) is NotImplemented


def test_numbers_are_told_with_how_to_give_them() -> None:
    for value, shown, hint in (
        (0.5, "0.5", "Give it as text, such as '65.1'"),
        (True, "True", "Write a decimal number"),
        ("1/2", "'1/2'", "Write a decimal number"),
        (Decimal("inf"), "Decimal('Infinity')", "Write a decimal number"),
        (Decimal("1e4000"), "Decimal('1E+4000')", "Write a decimal number"),
    ):
        with pytest.raises(InvalidInputError) as raised:
            exact(value)  # type: ignore[arg-type]
        assert raised.value.message == "the number"
        assert told(lambda value=value: exact(value)) == [("", f"{shown} is not an exact number", hint)]  # type: ignore[misc]
        assert raised.value.problems[0].where == Place()
    assert exact(Decimal("1e3999")) == 10**3999
    assert exact(" 1,204.5 ") == exact(Decimal("1204.50")) == Fraction(2409, 2)


def test_marks_are_told() -> None:
    ways: list[Callable[[], object]] = [lambda: Suppressed.parse("?"), lambda: Suppressed("?")]  # type: ignore[arg-type]
    for make in ways:
        with pytest.raises(InvalidInputError) as raised:
            make()
        assert (raised.value.message, raised.value.problems[0].where) == ("the mark", Place())
    assert [Suppressed(mark).words for mark in ("c", "x", "z")] == ["confidential", "not available", "not applicable"]


# -- frameworks --------------------------------------------------------------------------------------------------------


def test_additions_to_a_framework_are_told() -> None:
    """The version, each theme that there is not, each id, and that nothing is added."""
    own = Statement("x", "X")
    with pytest.raises(InvalidFrameworkError) as raised:
        extend(FRAME, "1", {"carer": [own], "zzz": [Statement("X", "Y"), Statement("a-b", "Z")]})
    assert raised.value.message == "the additions to frame 1"
    assert told(lambda: extend(FRAME, "1", {"carer": [own], "zzz": [Statement("X", "Y"), Statement("a-b", "Z")]})) == [
        ("version", "'1' is the name of the version that it builds on", "Give the new version a name of its own"),
        ("carer", "'carer' is not a theme of A frame", "Did you mean care?"),
        ("zzz", "'zzz' is not a theme of A frame", ""),
        ("statements.X", "'X' is not an id", "Use small letters, digits and _, a letter first"),
        ("statements.a-b", "'a-b' is not an id", "Use small letters, digits and _, a letter first"),
    ]
    assert told(lambda: extend(FRAME, "", {})) == [
        ("version", "it is blank", "Give the new version a name of its own"),
        ("statements", "nothing is added", "Add at least one statement"),
    ]
    made = extend(evolve(FRAME, scorer="s", valid_from=PartialDate(2023), valid_until=PartialDate(2024)), "2",
                  {"other": [own, Statement("y_1", "Why")], "care": []})  # fmt: skip
    assert made == evolve(
        FRAME, version="2", supersedes="1", scorer="", summary="1 with X, Why added; not the regulator's.",
        themes=(FRAME.themes[0], evolve(FRAME.themes[1], statements=(
            *FRAME.themes[1].statements, own, Statement("y_1", "Why")))),
    )  # fmt: skip


def test_a_framework_shows_itself_and_is_named_in_its_faults() -> None:
    assert repr(FRAME) == "<Framework frame 1: 2 themes, 3 statements>"
    assert repr(PARTED) == "<Framework frame 1: 1 theme, 2 statements>"
    with pytest.raises(InvalidFrameworkError) as raised:
        evolve(FRAME, id="x\n", themes=(), version=3)  # type: ignore[arg-type]
    assert raised.value.message == "the framework 'x\\n' 3"
    many = tuple(Scale.of(f"s{n:02}", "S", ("a", "A"), ("b", "B")) for n in range(21))
    first = [f"s{n:02}" for n in range(20)]
    assert told(lambda: evolve(FRAME, scales=many)) == [
        ("score_scale", "there is no scale 's'", f"The scales are {', '.join(first[:-1])} and {first[-1]}")
    ]
    twins = tuple(Statement(f"x{n:02}", "Same") for n in range(21))
    some = [f"x{n:02}" for n in range(20)]
    assert told(lambda: evolve(FRAME, themes=(Theme("t", "T", twins),))) == [
        (f"{', '.join(some[:-1])} and {some[-1]}", '"same" means each of these in the context framework', "")
    ]
    nick = (Alias("Nick", "press"),)
    doubles = (Theme("t", "T", (Statement("a", "A", aliases=nick),), nick), Theme("u", "U", (), nick))
    assert told(lambda: evolve(FRAME, themes=doubles)) == [
        ("t and u", '"nick" means each of these in the context press', "")
    ]
    assert (FRAME.theme_of("c").id, FRAME.title_of("care"), FRAME.leaves) == ("other", "care", ("a", "b", "c"))
    assert PARTED.leaves == ("a/p", "a/q", "b")
    own = Scale.of("o", "O", ("a", "A"), ("b", "B"))
    scaled = evolve(PARTED, scales=(*PARTED.scales, own), themes=(Theme("t", "T", (
        Statement("a", "A", parts=(Part("p", "P", scale="o"), Part("q", "Q")), scale="o"),
        Statement("b", "B", scale="o"), Statement("c", "C"))),))  # fmt: skip
    assert [scaled.scale_of(leaf).id for leaf in ("a", "a/p", "a/q", "b", "c")] == ["o", "o", "s", "o", "s"]


# -- councils ----------------------------------------------------------------------------------------------------------

NORTH, SOUTH, EAST = (
    Council(f"E0600000{n}", name, "unitary", "R", aliases)
    for n, (name, aliases) in enumerate((("Northby", ()), ("South Hill", ("Hill Town",)), ("Eastwell", ())))
)
REGISTER = Register((NORTH, SOUTH, EAST), (
    FormerCode("E10000001", "Oldshire", ("E06000000",)),
    FormerCode("E10000002", "Bigshire", ("E06000000", "E06000001")),
))  # fmt: skip


def test_councils_are_found_by_name_and_code() -> None:
    for name in (
        "northby", "The London Borough of Northby", "Northby Metropolitan Borough Council", "LB Northby", "E06000000",
        "e06000000", "E10000001", "Oldshire County Council", "City of Northby", "Council of the Northby UA",
    ):  # fmt: skip
        assert REGISTER.find(name) is NORTH, name
    assert REGISTER.find("hill town") is SOUTH


def test_councils_that_are_not_found_are_told_with_what_is_near() -> None:
    def lost(name: Any) -> tuple[str, tuple[str, ...], str]:
        return refused(UnknownCouncilError, lambda: REGISTER.find(name))

    blank = ("a council's name is missing", (), "Give a name such as Camden, or its ONS code")
    assert lost("") == lost("  ") == lost(None) == blank
    duties = "is not a council with adult social care duties in England"
    assert lost("Nowhere at all")[:2] == (f"'Nowhere at all' {duties}", ())
    assert lost("Nowhere at all")[2] == "Use its everyday name or its ONS code"
    assert lost("Northbi")[:2] == (f"'Northbi' {duties}", ("Northby",))
    assert lost("Hill")[:2] == (f"'Hill' {duties}", ("South Hill",))
    assert lost("Town of Hil Town")[1] == ("South Hill",)
    message, near, _ = lost("e06000009")
    assert message == "e06000009 is not a code of a council with adult social care duties, now or before"
    assert set(near) < {"Northby (E06000000)", "South Hill (E06000001)", "Eastwell (E06000002)"}
    assert len(near) == 2
    assert refused(AmbiguousCouncilError, lambda: REGISTER.find("Bigshire"))[:2] == (
        "Bigshire (E10000002) was divided between several councils", ("Northby", "South Hill"),
    )  # fmt: skip
    hills = evolve(REGISTER, councils=(evolve(NORTH, name="North Hill"), SOUTH, EAST))
    assert refused(AmbiguousCouncilError, lambda: hills.find("The Hill Council"))[:2] == (
        "'The Hill Council' could be several councils", ("North Hill", "South Hill"),
    )  # fmt: skip
    assert (f"{NORTH:>9}", f"{BODY:<8}", str(NORTH)) == ("  Northby", "A body  ", "Northby")
    assert (NORTH.licence, NORTH.confidence, REGISTER.former[0].confidence) == ("OGL-UK-3.0", "official", "official")


def test_a_printed_name_has_the_length_of_a_name() -> None:
    """Up to a thousand characters, spaces too."""
    framework = ca.framework("cqc-la")
    first = framework.statements[0].id
    name = f"QS1{' ' * 997}"
    assert (printed_name(framework, name), printed_name(framework, f"{name} ")) == (first, None)
    found = column_name(framework, name)
    assert found is not None
    assert (found.leaf, column_name(framework, f"{name} ")) == (first, None)
