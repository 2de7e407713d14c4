"""Many profiles through the formulas of a method at once: a row each, so that LibreOffice is started once."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter

import careassure as ca
from careassure.files import live_scores
from careassure.model.scale import Grade, NotRated
from careassure.report.formula import Place, excel
from careassure.report.live_parts import LiveParts
from careassure.report.live_plan import SIDES, fact_name, score_name
from libreoffice import converted

Marks = Mapping[str, Grade | NotRated | None]
_ROW = 987_654
"""A row that stands for any: it is replaced in the text of a formula."""
STALE: Any = "not worked out"
"""What the cells of formulas hold before LibreOffice works them out."""
RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""
"""LibreOffice works everything out anew when it opens a file."""


def parts_of(scorer: str | Path, framework: str | None = None, version: str | None = None) -> LiveParts:
    """A method made ready for a workbook, with nothing filled in."""
    return LiveParts(live_scores(scorer, None, None, framework, version))


def profiles(parts: LiveParts, count: int, seed: int) -> list[tuple[Marks, dict[str, bool | None]]]:
    """Random scores with blanks, states and facts."""
    chance = random.Random(seed)  # noqa: S311
    found: list[tuple[Marks, dict[str, bool | None]]] = []
    for _ in range(count):
        blank, state = chance.choice((0, 0, 0.1, 0.4, 0.9)), chance.choice((0, 0, 0.1, 0.5))
        marks: dict[str, Grade | NotRated | None] = {}
        for source in parts.leaves:
            marks[source.id] = chance.choice(source.scale.grades)
            if chance.random() < state:
                marks[source.id] = NotRated(chance.choice(("not_judged", "not_applicable", "suppressed")))
            if chance.random() < blank:
                marks[source.id] = None
        found.append((marks, {fact: chance.choice((True, False, None)) for fact in parts.method.facts}))
    return found


def typed(parts: LiveParts, marks: Marks, facts: Mapping[str, bool | None], seed: int) -> dict[str, int | str]:
    """A profile as people type it: numbers or words, in capitals, with spaces."""
    chance = random.Random(seed)  # noqa: S311
    found: dict[str, int | str] = {}
    for source in parts.plan.leaves:
        mark = marks.get(source.id)
        words: list[int | str] = [""]
        if isinstance(mark, Grade):
            words = [mark.label, f" {mark.key.upper()} ", *([mark.value] if source.scale.numeric else [])]
        elif mark is not None:
            words = [str(mark), str(mark).upper()]
        found[score_name(source.id)] = chance.choice(words)
    for fact in parts.method.facts:
        found[fact_name(fact)] = {True: "Yes", False: "no", None: ""}[facts[fact]]
    return found


def outcome_of(parts: LiveParts, marks: Marks, facts: Mapping[str, bool | None]) -> ca.Outcome:
    """What the library makes of a profile."""
    nested: dict[str, object] = {}
    for leaf, mark in marks.items():
        statement, _, part = leaf.partition("/")
        if part:
            inner = nested.setdefault(statement, {})
            assert isinstance(inner, dict)
            inner[part] = mark
        else:
            nested[statement] = mark
    known = {fact: value for fact, value in facts.items() if value is not None}
    body = ca.Body("one", "One", parts.framework.subject)
    given = ca.Assessment.of(body, nested, framework=parts.framework, facts=known)
    return ca.assess(given, parts.method)


def expected(parts: LiveParts, outcome: ca.Outcome, *, open_: bool) -> dict[str, int | bool]:
    """What cells of a workbook have to hold, by name, for an outcome."""
    found: dict[str, int | bool] = {"cells not read": 0}
    for node in parts.plan.nodes:
        overall = node.target == "overall"
        place = outcome if overall else outcome.profile[node.target]
        if place.low is not None and place.high is not None:
            found |= {f"grade {node.target} low": place.low.rank, f"grade {node.target} high": place.high.rank}
            if f"suggested {node.target}" in parts.live.formulas:
                found[f"suggested {node.target}"] = place.suggested.rank if place.suggested else -1
    if outcome.percentage_low is not None and outcome.percentage_high is not None:
        found |= {"part low": 0, "part high": 0}  # as fractions, see `differences`
    if outcome.score_low is not None and outcome.score_high is not None:
        found |= {"displayed low": outcome.score_low, "displayed high": outcome.score_high}
    for flag, _ in parts.plan.flags:
        held = [each for each in outcome.flags if each.id == flag]
        if parts.plan.one_way or not open_:
            found |= {f"flag {flag} low": bool(held and held[0].certain), f"flag {flag} high": bool(held)}
    if parts.has_margin:
        margin = outcome.margin
        none = -1
        found |= {"points up": none if margin.up is None else margin.up,
                  "points down": none if margin.down is None else margin.down,
                  "grade above": margin.above.rank if margin.above else none,
                  "grade below": margin.below.rank if margin.below else none}  # fmt: skip
    return found


def differences(cells: Mapping[str, int | str | bool], parts: LiveParts, outcome: ca.Outcome) -> list[str]:
    """The names of cells that do not hold what an outcome says."""
    open_ = any(not isinstance(mark, Grade) for _, mark in outcome.assessment.marks)
    wanted = expected(parts, outcome, open_=open_)
    wrong = [name for name, value in wanted.items() if name in cells and int(cells[name]) != int(value)]
    wrong += [name for name in wanted if name not in cells and not name.startswith("part ")]
    if "part low" in wanted:
        whole = int(cells["percentage whole"])
        for side, exact in zip(SIDES, (outcome.percentage_low, outcome.percentage_high), strict=True):
            if Fraction(int(cells[f"percentage part {side}"]), whole) != exact:
                wrong.append(f"percentage {side}")
    return wrong


def recalculated(
    folder: Path, batches: Mapping[str, tuple[LiveParts, Sequence[Mapping[str, int | str]]]]
) -> dict[str, list[dict[str, int | str | bool]]]:
    """What LibreOffice makes of the formulas of some methods, for some rows of what was typed each.

    Args:
        folder: Where files may be written.
        batches: For each method what was typed, by the names of the cells.
    """
    (folder / "profile" / "user").mkdir(parents=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(RECALCULATE)
    paths = [_written(folder / f"{name}.xlsx", parts, rows) for name, (parts, rows) in batches.items()]
    found: dict[str, list[dict[str, int | str | bool]]] = {}
    for name, path in zip(batches, converted(paths, "csv"), strict=True):
        with path.open(encoding="utf-8", newline="") as stream:
            table = list(csv.reader(stream))
        heads = table[0]
        found[name] = [
            {head: {"TRUE": True, "FALSE": False}.get(cell, cell) for head, cell in zip(heads, row, strict=True)}
            for row in table[1:]
        ]
    return found


def _written(path: Path, parts: LiveParts, rows: Sequence[Mapping[str, int | str]]) -> Path:
    """A workbook with a row for each profile, and a column for each formula; nothing in it is worked out yet."""
    inputs = list(rows[0])
    names = [*inputs, *parts.live.formulas]
    where = {name: Place("Rows", _ROW - 1, column) for column, name in enumerate(names)}
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    sheet = book.add_worksheet("Rows")
    lists = book.add_worksheet("Lists")
    for at, (scale, codes) in enumerate(parts.live.codes.items()):
        columns: dict[str, list[str] | list[int]] = {"words": [*codes], "codes": [*codes.values()]}
        for column, (name, values) in enumerate(columns.items(), 2 * at):
            lists.write_column(0, column, values)
            where[f"list {scale} {name} first"] = Place("Lists", 0, column)
            where[f"list {scale} {name} last"] = Place("Lists", len(values) - 1, column)
    texts = [excel(found, where) for found in parts.live.formulas.values()]
    sheet.write_row(0, 0, names)
    for at, row in enumerate(rows, 1):
        for column, name in enumerate(inputs):
            sheet.write(at, column, row[name])
        for column, text in enumerate(texts, len(inputs)):
            sheet.write_formula(at, column, "=" + text.replace(f"${_ROW}", f"${at + 1}"), value=STALE)
    book.close()
    return path
