"""What each step of a live workbook is, in words."""

from __future__ import annotations

from collections.abc import Mapping

_SIDES = {"low": "at worst", "high": "at best"}
_WHOLE = {
    "scores not known": "Scores that are not known",
    "scores blank": "Scores that are blank",
    "states": "Scores that carry a state",
    "cells not read": "Cells that cannot be read",
    "percentage whole": "What the percentage is taken of",
    "percentage out": "Whether there is nothing to take a percentage of",
    "points": "Points in all",
    "points up": "Points to the next rating up; -1 for none",
    "points down": "Points to the next rating down; -1 for none",
    "grade above": "The rating above, counted from 0; -1 for none",
    "grade below": "The rating below, counted from 0; -1 for none",
}
_KINDS = {
    "text": "{}: what was typed",
    "rank": "{}: the score, counted from 0",
    "given": "{}: the score {side}",
    "grade": "{}: the grade {side}",
    "out": "{}: whether it is left out",
    "only": "{}: rules that hold {side}",
    "must": "{}: rules for the least grade that hold {side}",
    "may": "{}: rules for the highest grade that hold {side}",
    "suggest": "{}: rules for the suggested grade that hold {side}",
    "suggested": "{}: the suggested grade; -1 for none",
    "flag": "Flag {}: whether it holds {side}",
}


def step_words(name: str, titles: Mapping[str, str]) -> str:
    """What the cell of that name holds.

    >>> step_words("grade equity low", {"equity": "Equity"}), step_words("sum 2 high", {})
    ('Equity: the grade at worst', 'Sum 2 at best')

    Args:
        name: The cell's name.
        titles: How themes, statements and their parts are printed, by id.
    """
    if name in _WHOLE:
        return _WHOLE[name]
    if name.startswith("text of "):
        return f"Fact {name.removeprefix('text of ').replace('_', ' ')}: what was typed"
    words = name.split(" ")
    side = _SIDES.get(words[-1], "")
    inner = words[1:-1] if side else words[1:]
    if words[0] == "rung":
        number, ladder, target = inner
        kind = {"must": ", at the least", "may": ", at the most", "suggest": ", suggested"}.get(ladder, "")
        return f"{titles.get(target, target)}: whether rule {number}{kind} holds {side}"
    if words[0] in _KINDS:
        what = " ".join(inner)
        return _KINDS[words[0]].format(titles.get(what, what.replace("_", " ")), side=side)
    for word, plain in _SIDES.items():
        name = name.replace(f" {word}", f" {plain}")
    return name[:1].upper() + name[1:]
