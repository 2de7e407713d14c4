"""How much a method file may hold, to the last digit, and what is known before the framework is."""

from __future__ import annotations

import pytest

from careassure.errors import InvalidMethodError
from careassure.io.methods import load_method
from careassure.methods.limits import MOST_DIGITS

from .base import BASE, RULE, with_change
from .test_load_refuses import BANDS, WHEN, problems_of


def nested(depth: int) -> dict[str, object]:
    when: dict[str, object] = {"every": "scores"}
    for _ in range(depth - 1):
        when = {"all_of": [when]}
    return when


def test_fifty_conditions_may_be_nested() -> None:
    """Fifty conditions inside one another are read, one more is refused at its place, and later ones are read again."""
    assert problems_of(with_change(WHEN, nested(50))) == []
    where = "nodes[1].rungs[0].when" + ".all_of[0]" * 50
    found = problems_of(with_change(WHEN, nested(51)))
    assert [(place, message) for place, message, _ in found] == [(where, "its conditions are nested too deeply")]
    assert problems_of(with_change(WHEN, {"all_of": [nested(49)] * 60})) == []


def test_the_longest_numbers_are_read() -> None:
    """Numbers of up to the most digits and the most limits are read."""
    long = 10**MOST_DIGITS - 1
    for number in (str(long), f"1/{long}", f"{long - 1}/{long}"):
        assert problems_of(with_change((*BANDS, "high"), number)) == []
    for number in (str(long + 1), f"1/{long + 1}", f"-{long + 1}"):
        assert problems_of(with_change((*BANDS, "high"), number)) == [
            ("nodes[0].bands.high", "it is a number of more than 1,010 digits", "Give a shorter one")
        ]
    limits = [{**BASE["nodes"][1]["limits"][0], "id": f"limit-{n}"} for n in range(100)]
    assert problems_of(with_change(("nodes", 1, "limits"), limits)) == []


def test_a_mistake_in_a_limit_too_many_is_not_looked_for() -> None:
    """Limits after the hundredth are not read, the hundredth is."""
    limits: list[dict[str, object]] = [{**BASE["nodes"][1]["limits"][0], "id": f"limit-{n}"} for n in range(101)]
    limits[-1] = {}
    assert [place for place, _, _ in problems_of(with_change(("nodes", 1, "limits"), limits))] == ["nodes[1].limits"]
    limits[99] = {}
    assert len(problems_of(with_change(("nodes", 1, "limits"), limits))) > 1


def test_an_error_names_the_file_or_the_method() -> None:
    """What is wrong is told of the file, or of the method by its id where no file is named."""
    for where, what in (("", "the method m"), ("bad.toml", "bad.toml")):
        with pytest.raises(InvalidMethodError) as caught:
            load_method(with_change(("titel",), 1), where=where)
        assert caught.value.message == what


def test_without_scales_little_is_known_of_grades() -> None:
    """Before the framework is known, a cap may name one grade that has no rung, a floor none, and no rung is missed."""

    def found(*limits: dict[str, object]) -> list[tuple[str, str]]:
        try:
            load_method(with_change(("nodes", 1, "limits"), [limit | RULE for limit in limits]))
        except InvalidMethodError as error:
            return [(str(problem.where), problem.message) for problem in error.problems]
        return []

    fact = {"fact": "breach"}
    assert found({"cap": "least", "when": fact}, {"cap": "least", "when": fact}) == []
    assert found({"cap": "least", "when": fact}, {"cap": "other", "when": fact}) == [
        ("nodes[1].limits[1].cap", "'other' is not a grade of the scale")
    ]
    assert found({"floor": "least", "when": fact}) == [
        ("nodes[1].limits[0].floor", "'least' is not a grade of the scale")
    ]
    assert found({"cap": "high", "when": fact}, {"floor": "high", "when": fact}) == []
