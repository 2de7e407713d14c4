"""What can be said about a random method by trying every combination of scores, with the tests' own reading."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from .frames import Frame
from .oracle import HIGH, LOW, UNANSWERED, Leaves, Reading
from .tables import FACTS

Table = Mapping[str, Any]
Facts = dict[str, bool]


def fact_settings(table: Table) -> list[Facts]:
    """Every combination of the facts that a method asks for."""
    text = json.dumps(table["nodes"])
    names = [name for name in FACTS if f'"{name}"' in text]
    return [dict(zip(names, values, strict=True)) for values in product((False, True), repeat=len(names))]


def readings(frame: Frame, table: Table) -> Iterator[Reading]:
    """The method read for every combination of scores and facts."""
    for facts in fact_settings(table):
        for leaves in frame.combinations():
            yield Reading(frame, table, leaves, facts)


def is_sound(frame: Frame, table: Table) -> bool:
    """Whether every combination has one grade, every grade is reached, and nothing that must be is above what may."""
    size = len(frame.scales["r"])
    reached: dict[tuple[str, str], set[int]] = {}
    for reading in readings(frame, table):
        if not reading.sound:
            return False
        for target in reading.nodes:
            for name in reading.ladders(target):
                group = "between" if name in ("must", "may") else name
                grades = {reading.climb(target, name, LOW), reading.climb(target, name, HIGH)}
                reached.setdefault((target, group), set()).update(grades)
            if "must" in reading.ladders(target):
                low, high = reading.climb(target, "must", LOW), reading.climb(target, "may", HIGH)
                reached[target, "between"].update(range(low, high + 1))
    return all(len(grades) == size for grades in reached.values())


def is_monotone(frame: Frame, table: Table) -> bool:
    """Whether no single step up, whatever the other scores, lowers a grade of any place."""
    for facts in fact_settings(table):
        found = {tuple(ranks.values()): Reading(frame, table, ranks, facts).found for ranks in frame.combinations()}
        for ranks, grades in found.items():
            for place, rank in enumerate(ranks):
                raised = found.get((*ranks[:place], rank + 1, *ranks[place + 1 :]))
                if raised is None:
                    continue
                for target, pair in grades.items():
                    above = raised[target]
                    if pair is None or above is None or pair[0] > above[0] or pair[1] > above[1]:
                        return False
    return True


def asks_for_replies(table: Table) -> bool:
    """Whether a method asks how many scores were answered."""
    return any(measure["kind"] == "answered" for measure in table["measures"].values())


def completions(frame: Frame, table: Table, leaves: Leaves, open_leaves: list[str]) -> Iterator[dict[str, int | None]]:
    """Every way to fill in the scores that are missing; where replies are asked for, some may never come."""
    least = UNANSWERED if asks_for_replies(table) else 0
    for ranks in product(*(range(least, len(frame.grades_of(leaf))) for leaf in open_leaves)):
        yield {**leaves, **dict(zip(open_leaves, ranks, strict=True))}


def nearest(frame: Frame, table: Table, here: Leaves, facts: Facts, way: int) -> tuple[int, int] | None:
    """The fewest points that, gained (or lost), change the overall grade, and the grade that is nearest for them."""
    start = Reading(frame, table, here, facts).overall
    assert start is not None
    best: tuple[int, int, int] | None = None
    for there in frame.combinations():
        moves = [(frame.grades_of(leaf), here[leaf] or 0, rank) for leaf, rank in there.items()]
        if any((rank - now) * way < 0 for _, now, rank in moves):
            continue
        points = sum(abs(grades[rank][1] - grades[now][1]) for grades, now, rank in moves)
        if best is not None and points > best[0]:
            continue
        found = Reading(frame, table, there, facts).overall
        assert found is not None
        change = (found[0] - start[0]) * way
        if change > 0:
            best = min(best or (points, change, found[0]), (points, change, found[0]))
    return (best[0], best[2]) if best else None
