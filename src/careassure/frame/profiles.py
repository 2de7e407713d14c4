"""Scorers that cannot be lowered: each set of scores that occurs is assessed once, its result put beside each row.

A table of many rows holds few profiles. Each score's codes are numbered, the numbers of all scores read as the digits
of one number, and rows with the same number share a result::

    safe        3  2  3  .
    led         4  4  4  1
    number      5  3  5  0
    profiles    rows 3, 1, 0, assessed once each
    place       2  1  2  0
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from careassure.errors import InvalidInputError, Problem
from careassure.frame.arrays import (
    BAD,
    NO_GRADE,
    STATE,
    UNKNOWN,
    Array,
    Codes,
    Column,
    FactData,
    LeafData,
    Rated,
    read_numbers,
    state_of_code,
)
from careassure.frame.outputs import OutputColumn
from careassure.frame.question import Request
from careassure.model.assessment import Assessment
from careassure.model.council import Body
from careassure.model.marks import Score
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade, Scale

MOST_SEEN = 1 << 24
"""Up to so many profiles that could occur, those that do are ticked off in a list of them all."""


def rate_profiles(
    request: Request, leaves: Sequence[LeafData], facts: Mapping[str, bool | FactData], rows: int
) -> tuple[Rated, tuple[OutputColumn, ...]]:
    """Assess each profile that occurs once.

    Raises:
        CareAssureError: Whatever the scorer raises.
    """
    framework = request.question.framework
    read = [
        codes_of(data, framework.scale_of(leaf), rows)
        for (leaf, _), data in zip(request.placed.columns, leaves, strict=True)
    ]
    refuse = request.question.missing == "refuse"
    bad = np.zeros(rows, np.bool_)
    for codes, data in zip(read, leaves, strict=True):
        bad |= codes == BAD
        if refuse and data is not None:
            bad |= codes == UNKNOWN
    stated = {name: data for name, data in facts.items() if isinstance(data, FactData)}
    for told in stated.values():
        codes = told.holds.astype(np.int8)
        read.append(codes if told.blank is None else np.where(told.blank, np.int8(UNKNOWN), codes))
    good = np.flatnonzero(~bad)
    first, place = profiles([codes[good] for codes in read])
    fixed = {name: data for name, data in facts.items() if isinstance(data, bool)}
    outcomes: list[Outcome] = []
    for row in good[first]:
        cells = [int(codes[row]) for codes in read]
        known = {name: bool(code) for name, code in zip(stated, cells[len(leaves) :], strict=True) if code != UNKNOWN}
        outcomes.append(assess_codes(request, cells[: len(leaves)], fixed | known))
    columns = columns_of(request, outcomes)
    request.refuse_clashes(columns)
    results = {column.key: spread(column, outcomes, good, place, rows) for column in columns if column.kind != "text"}
    return Rated(results, np.flatnonzero(bad)), columns


def codes_of(data: LeafData, scale: Scale, rows: int) -> NDArray[np.int8]:
    """What is known of a score, one code for each row: of the shape ``(rows,)``."""
    if data is None:
        return np.full(rows, UNKNOWN, np.int8)
    if isinstance(data, Codes):
        return data.ranks
    ranks = np.empty(rows, np.uint8)
    unknown, odd = read_numbers(data.values, None if data.blank is None else data.blank[:], scale, ranks)
    codes = ranks.view(np.int8)
    for mask, code in ((unknown, UNKNOWN), (odd, BAD)):
        if mask is not None:
            codes[mask] = code
    return codes


def profiles(read: Sequence[Array]) -> tuple[Array, Array]:
    """Tell profiles apart.

    Args:
        read: The codes of each score and fact, each of the shape ``(rows,)``; at least one.

    Returns:
        The row with which each profile first occurs, of the shape ``(profiles,)``, and for every row the place of its
        profile among these, of the shape ``(rows,)``.
    """
    rows = len(read[0])
    number = np.zeros(rows, np.int64)
    size = 1
    for codes in read:
        values, places = np.unique(codes, return_inverse=True)
        if size > 2**62 // max(len(values), 1):  # too many to number: number those that occur
            _, number = np.unique(number, return_inverse=True)
            size = int(number.max(initial=0)) + 1
        number = number * len(values) + places
        size *= max(len(values), 1)
    if size > MOST_SEEN:
        _, first, place = np.unique(number, return_index=True, return_inverse=True)
        return first, place
    seen = np.full(size, -1, np.int64)
    seen[number[::-1]] = np.arange(rows - 1, -1, -1)
    occurring = np.flatnonzero(seen >= 0)
    first = seen[occurring]
    seen[occurring] = np.arange(len(occurring))
    return first, seen[number]


def assess_codes(request: Request, codes: Sequence[int], facts: Mapping[str, bool]) -> Outcome:
    """The outcome for one profile: one code for each score of the request."""
    framework = request.question.framework
    scores: dict[str, Score] = {}
    for (leaf, _), code in zip(request.placed.columns, codes, strict=True):
        if code == UNKNOWN and leaf in request.placed.wholes:
            scores |= dict.fromkeys(framework.statement(leaf).leaves)
        else:
            grades = framework.scale_of(leaf).grades
            scores[leaf] = grades[code] if code >= 0 else state_of_code(code) if code <= STATE else None
    body = Body("row", "a row", framework.subject)
    return request.question.scorer.score(
        Assessment(body, framework, tuple(scores.items()), tuple(sorted(facts.items())))
    )


def columns_of(request: Request, outcomes: Sequence[Outcome]) -> tuple[OutputColumn, ...]:
    """The columns of the results: for a scorer that is not a method, its outcomes tell its scale and its notices."""
    if request.question.fitted is not None:
        return request.known_columns
    found = {grade.key: grade for o in outcomes for grade in (o.low, o.high, o.suggested) if grade is not None}
    flags = sorted({flag.id for outcome in outcomes for flag in outcome.flags})
    given = {leaf for leaf, _ in request.placed.columns}
    places: dict[str, dict[str, Grade]] = {}
    for outcome in outcomes:
        for entry in outcome.profile:
            for grade in (entry.low, entry.high):
                if grade is not None and entry.id not in given:
                    places.setdefault(entry.id, {})[grade.key] = grade
    profile = [(name, scale) for name, seen in places.items() if (scale := _scale(request, list(seen.values())))]
    return request.columns_with(_scale(request, list(found.values())), flags, profile)


def _scale(request: Request, grades: list[Grade]) -> Scale | None:
    """The scale of grades: the framework's, else what was seen of it."""
    for scale in request.question.framework.scales:
        if grades and scale.id == grades[0].scale and all(grade in scale for grade in grades):
            return scale
    if not grades:
        return None
    seen = sorted(grades, key=lambda grade: grade.rank)
    lowest = [Grade(seen[0].scale, "_none", "none", 0, 0)] if len(seen) == 1 else []
    again = [Grade(g.scale, g.key, g.label, rank, rank + 1) for rank, g in enumerate(chain(lowest, seen))]
    return Scale(seen[0].scale, seen[0].scale, tuple(again))


def value_of(column: OutputColumn, outcome: Outcome) -> str | int | bool | None:
    """What an outcome gives for a column; a grade by its key."""
    key = column.key
    if key.startswith("flag "):
        flag = next((flag for flag in outcome.flags if flag.id == key.removeprefix("flag ")), None)
        return False if flag is None else flag.certain or None
    if key.startswith("profile"):
        side, _, place = key.partition(" ")
        entry = next((entry for entry in outcome.profile if entry.id == place), None)
        grade = getattr(entry, {"profile": "grade", "profile_low": "low", "profile_high": "high"}[side], None)
        return grade.key if isinstance(grade, Grade) else None
    if key.startswith("percentage"):
        name, _, part = key.rpartition("_")
        value: Fraction | None = getattr(outcome, name)
        return None if value is None else getattr(value, part)
    found = getattr(outcome.margin, key.removeprefix("margin_")) if key.startswith("margin") else getattr(outcome, key)
    return found.key if isinstance(found, Grade) else found


def spread(column: OutputColumn, outcomes: Sequence[Outcome], good: Array, place: Array, rows: int) -> Column:
    """The results of the profiles, put beside each row.

    Args:
        column: The column of results.
        outcomes: The outcome of each profile.
        good: The rows that are not bad, of the shape ``(good rows,)``.
        place: The place of each of them among the profiles, of the same shape.
        rows: How many rows there are in all.

    Returns:
        A column of the shape ``(rows,)``, blank in bad rows.
    """
    found = [value_of(column, outcome) for outcome in outcomes]
    if column.kind == "grade":
        rank = {word: number for number, word in enumerate(column.words)}
        ranks = np.full(rows, NO_GRADE, np.uint8)
        ranks[good] = np.array([NO_GRADE if v is None else rank[str(v)] for v in found], np.uint8)[place]
        return Column(ranks)
    dtype = np.dtype(np.bool_) if column.kind == "truth" else np.dtype(f"i{column.bits // 8}")
    longest = max((abs(value) for value in found if isinstance(value, int)), default=0)
    if column.kind == "whole" and longest >= 1 << (column.bits - 1):
        problem = Problem(column.key, f"{longest:,} needs more than {column.bits} bits", "Leave it out, or use assess")
        raise InvalidInputError("outputs", [problem])
    values = np.zeros(rows, dtype)
    blank = np.ones(rows, np.bool_)
    values[good] = np.array([v or 0 for v in found], dtype)[place]
    blank[good] = np.array([v is None for v in found], np.bool_)[place]
    return Column(values, blank if blank.any() else None)
