"""What can be said about a random method by trying every combination of scores, with the tests' own reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from .frames import Frame, Item
from .oracle import HIGH, LOW, UNANSWERED, Leaves, Page, Reading

Table = Mapping[str, Any]
Facts = dict[str, bool]


def fact_settings(table: Table, *, silent: bool = False) -> list[Facts]:
    """Every combination of the facts that a method asks for.

    Args:
        silent: That nothing is said of a fact is one more, if the method then takes it for so here and not so there.
    """
    defaults: dict[str, set[bool]] = {}

    def walk(value: object) -> None:
        if isinstance(value, dict) and "fact" in value:
            defaults.setdefault(value["fact"], set()).add(value.get("default", False))
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(inner)

    walk(table["nodes"])
    ways = product(*((False, True, *([None] if silent and len(taken) > 1 else [])) for taken in defaults.values()))
    return [{name: said for name, said in zip(defaults, way, strict=True) if said is not None} for way in ways]


def is_whole(frame: Frame, table: Table, statement: Item) -> bool:
    """Whether a statement with parts is graded on the scale on which it could be given as a whole."""
    nodes = {node["for"]: node for node in table["nodes"]}
    node = nodes.get(statement.id, nodes.get("statements"))
    return bool(statement.inside) and node is not None and node.get("scale") == (statement.scale or frame.score_scale)


def readings(frame: Frame, table: Table, *, left_out: bool = False) -> Iterator[tuple[Reading, bool]]:
    """The method read for everything that it can meet, and whether all scores are there.

    Every combination of scores and facts; scores that never come, where it is asked how many were answered; scores
    that are left out, if so wished; statements given as a whole, their parts then open; and whatever judgement
    decides below the overall.
    """
    more = [*([UNANSWERED] if asks_for_replies(table) else []), *([None] if left_out else [])]
    choices = {leaf: (*range(len(frame.grades_of(leaf))), *more) for leaf in frame.leaves}
    statements = [s for theme in frame.themes for s in theme.inside if is_whole(frame, table, s)]
    page = Page(frame, table)
    for facts in fact_settings(table, silent=True):
        for ranks in product(*choices.values()):
            leaves = dict(zip(choices, ranks, strict=True))
            complete = all(rank is not None and rank != UNANSWERED for rank in ranks)
            for reading in judged(page, leaves, facts):
                yield reading, complete
        for statement in statements:
            inside = [f"{statement.id}/{part.id}" for part in statement.inside]
            rest = [leaf for leaf in choices if leaf not in inside]
            for ranks in product(*(choices[leaf] for leaf in rest)):
                known: dict[str, int | None] = dict(zip(rest, ranks, strict=True))
                tops = {leaf: len(frame.grades_of(leaf)) - 1 for leaf in inside}
                ways: list[tuple[int | None, Mapping[str, int | None]]] = [
                    (whole, ends)
                    for whole in range(len(frame.scales["s"]))
                    for ends in (dict.fromkeys(inside, UNANSWERED), tops)
                ]
                for whole, ends in [*ways, *([(None, dict.fromkeys(inside))] if left_out else [])]:
                    for reading in judged(page, {**known, **ends}, facts, {}, {statement.id: whole}):
                        yield reading, False


def judged(
    page: Page,
    leaves: Leaves,
    facts: Facts,
    settled: Mapping[str, int] | None = None,
    wholes: Mapping[str, int | None] | None = None,
) -> Iterator[Reading]:
    """The readings for everything that judgement can make of the places below the overall."""
    settled = settled or {}
    reading = Reading(page, leaves, facts, judged=settled, wholes=wholes)
    for target, found in reading.found.items():
        if target != "overall" and found is not None and found[0] < found[1]:
            for rank in range(found[0], found[1] + 1):
                yield from judged(page, leaves, facts, {**settled, target: rank}, wholes)
            return
    yield reading


def is_sound(frame: Frame, table: Table) -> bool:
    """Whether every combination has one grade, what must be is never above what may, and every grade is reached.

    The first two whatever is known of the scores, the last by complete scores.
    """
    size = len(frame.scales["r"])
    reached: dict[tuple[str, str], set[int]] = {}
    for reading, complete in readings(frame, table):
        if not reading.sound:
            return False
        for target in reading.nodes if complete else ():
            for name in reading.ladders(target):
                group = "between" if name in ("must", "may") else name
                grades = {reading.climb(target, name, LOW), reading.climb(target, name, HIGH)}
                reached.setdefault((target, group), set()).update(grades if group == name else ())
            if "must" in reading.ladders(target):
                low, high = reading.climb(target, "must", LOW), reading.climb(target, "may", HIGH)
                reached[target, "between"].update(range(low, high + 1))
    return all(len(grades) == size for grades in reached.values())


def stays_sound(frame: Frame, table: Table) -> bool:
    """Whether the rungs stay nested and the bounds in order for every combination, whatever is left out."""
    return all(reading.sound for reading, _ in readings(frame, table, left_out=True))


def is_monotone(frame: Frame, table: Table) -> bool:
    """Whether no single step up, whatever the other scores, lowers a grade of any place."""
    page = Page(frame, table)
    for facts in fact_settings(table, silent=True):
        found = {tuple(ranks.values()): Reading(page, ranks, facts).found for ranks in frame.combinations()}
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
    page = Page(frame, table)
    start = Reading(page, here, facts).overall
    assert start is not None
    best: tuple[int, int, int] | None = None
    for there in frame.combinations():
        moves = [(frame.grades_of(leaf), here[leaf] or 0, rank) for leaf, rank in there.items()]
        if any((rank - now) * way < 0 for _, now, rank in moves):
            continue
        points = sum(abs(grades[rank][1] - grades[now][1]) for grades, now, rank in moves)
        if best is not None and points > best[0]:
            continue
        found = Reading(page, there, facts).overall
        assert found is not None
        change = (found[0] - start[0]) * way
        if change > 0:
            best = min(best or (points, change, found[0]), (points, change, found[0]))
    return (best[0], best[2]) if best else None
