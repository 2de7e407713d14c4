"""Papers about questions to a result: what if, why, what would change it, what to ask next, and what rests on what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import islice

from careassure.analysis.choices import CAUTION as CAUTION_OF_WEIGHTS
from careassure.analysis.choices import Sensitivity
from careassure.analysis.nearest import NearestChange, WayTo
from careassure.analysis.next_question import CAUTION as CAUTION_OF_NEXT
from careassure.analysis.next_question import MOST_LINES, NextQuestion
from careassure.analysis.places_by_weight import WeightedPlace
from careassure.analysis.reasons import Reasons
from careassure.analysis.saying import (
    CAUTION_OF_CHANGES,
    CAUTION_OF_REASONS,
    Line,
    nearest_lines,
    nearest_rules,
    reasons_lines,
)
from careassure.analysis.turning_points import choice_lines, range_words, weight_rows
from careassure.analysis.what_if import WhatIf
from careassure.model.reference import Citations
from careassure.model.rounding import decimal
from careassure.model.text import join, plural
from careassure.model.trace import Step
from careassure.report.document import Block, Document, Number, Paragraph
from careassure.report.pictures.place import place
from careassure.report.told import rules_table, table_of, titled, told

_WEIGHTS = "The weight of one statement, the others as they are"


def what_if_paper(found: WhatIf) -> Document:
    """What other scores would give, and only what differs.

    Args:
        found: What `careassure.what_if` gave.
    """
    rows = [{"What": what, "Before": before, "After": after} for what, before, after in found.differences]
    blocks: list[Block] = [Paragraph(found.words), *table_of("What would differ", rows)]
    blocks += filter(None, (place(found.after),))
    return titled(f"{found.before.assessment.label}: with other scores", blocks)


def reasons_paper(found: Reasons) -> Document:
    """Which scores alone settle a result.

    Args:
        found: What `careassure.reasons` gave.
    """
    return _said(f"{found.outcome.assessment.label}: which scores settle the result", reasons_lines(found, None),
                 CAUTION_OF_REASONS, found.rules)  # fmt: skip


def nearest_paper(found: NearestChange) -> Document:
    """Which smallest changes of scores reach a grade, or lose it.

    Args:
        found: What `careassure.nearest_change` gave.
    """
    return _said(f"{found.outcome.assessment.label}: the nearest changes", nearest_lines(found, None),
                 CAUTION_OF_CHANGES, nearest_rules(found))  # fmt: skip


def _said(title: str, lines: Sequence[Line], caution: str, rules: Iterable[Step]) -> Document:
    sources = Citations()
    # What stands below the head of the whole is no list of its own.
    flush = [(0, line.text) if at < _body(lines) else (line.indent, line.text) for at, line in enumerate(lines)]
    blocks = [*told(flush), *rules_table(rules, sources), Paragraph(caution, "caution")]
    return titled(title, blocks, sources)


def _body(lines: Sequence[Line]) -> int:
    """Where the head of the whole ends."""
    return next((at for at, line in enumerate(lines) if not line.text), 0)


def nearest_several_paper(found: Sequence[NearestChange]) -> Document:
    """What would change each of several results: those that the least changes first.

    Args:
        found: What `careassure.analysis.nearest_changes` gave.
    """
    known = sorted((item for item in found if item.alike), key=lambda item: (item.cost is None, item.cost or 0))
    rows = [
        {
            "Council": item.outcome.assessment.label,
            "Result": str(item.low) if item.low == item.high else f"{item.low} to {item.high}",
            "To gain": _least(item.up),
            "Ways to gain": item.up.count if item.up and item.up.cost is not None else None,
            "To lose": _least(item.down),
            "Ways to lose": item.down.count if item.down and item.down.cost is not None else None,
        }
        for item in known
    ]
    lead = f"{plural(len(known), 'result')} with scores that are known."
    if len(known) < len(found):
        lead += f" Of {len(found) - len(known):,} no score is known."
    counted = "points" if all(item.by == "points" for item in found) else "scores"
    table = table_of(f"The fewest {counted} that change each result", rows)
    return titled("What would change each result", [Paragraph(lead), *table, Paragraph(CAUTION_OF_CHANGES, "caution")])


def _least(way: WayTo | None) -> str | Number | None:
    if way is None:
        return None
    return "not possible" if way.cost is None else Number.of(Fraction(way.cost))


def next_paper(found: NextQuestion) -> Document:
    """Which score to find out next, so that the rating is settled soonest.

    Args:
        found: What `careassure.next_question` gave.
    """
    title_of = found.assessment.framework.title_of
    rows = [
        {"Find out": title_of(one.statement), "At the most": one.worst_case, "On average": one.expected}
        for one in found.options
    ]
    notes = ("At the most and on average: how many scores must be known to settle the rating.",)
    blocks: list[Block] = [Paragraph(f"{found.assessment.label}: {found.outcome.result}.")]
    blocks += map(Paragraph, found.sentences())
    blocks += table_of("The scores that could be found out next", rows, notes)
    if found.tree is not None:
        lines = list(islice(found.tree.lines(), MOST_LINES + 1))
        more = ("The list goes on.",) if len(lines) > MOST_LINES else ()
        steps = [
            {"Step": 1 + (len(line) - len(line.lstrip())) // 2, "What is asked, or found": line.strip()}
            for line in lines[:MOST_LINES]
        ]
        blocks += table_of("What to ask after each answer", steps, more)
    return titled(f"{found.assessment.label}: what to find out next",
                  [*blocks, Paragraph(CAUTION_OF_NEXT, "caution")])  # fmt: skip


def sensitivity_paper(found: Sensitivity) -> Document:
    """What a rating owes to the weights, the lines and the rounding of its method.

    Args:
        found: What `careassure.analysis.sensitivity` gave.
    """
    lines = [line for line in choice_lines(found) if line != _WEIGHTS]
    blocks = [*told(lines), *table_of(_WEIGHTS, weight_rows(found)), Paragraph(range_words(found))]
    title = f"{found.outcome.assessment.label}: what the rating owes to the method"
    return titled(title, [*blocks, Paragraph(CAUTION_OF_WEIGHTS, "caution")])


def sensitivities_paper(found: Sequence[Sensitivity]) -> Document:
    """What several ratings owe to the weights and the rounding of their method.

    Args:
        found: What `careassure.analysis.sensitivities` gave.
    """
    low, high = map(decimal, found[0].within)
    weights = sum(item.least != item.most for item in found)
    rounded = sum(bool(_others(item)) for item in found)
    lead = (
        f"Of {plural(len(found), 'result')} whose scores are all known, {weights:,} could be another with weights "
        f"between {low} and {high} times their own. With another rounding {rounded:,} would be."
    )
    rows = [
        {
            "Council": item.outcome.assessment.label,
            "Rating": str(item.outcome.rating),
            "With other weights": "the same" if item.least == item.most else f"{item.least} to {item.most}",
            "With another rounding": _others(item) or "the same",
        }
        for item in found
    ]
    return titled("What each rating owes to the method",
                  [Paragraph(lead), *table_of("Each rating with other weights and rounding", rows),
                   Paragraph(CAUTION_OF_WEIGHTS, "caution")])  # fmt: skip


def _others(found: Sensitivity) -> str:
    """The ratings that another rounding gives; empty where each gives the same."""
    return join(sorted({str(grade) for grade in found.roundings.values() if grade != found.outcome.rating}), "or")


def places_paper(found: Sequence[WeightedPlace]) -> Document:
    """The places of results among each other, with any weights within bounds.

    Args:
        found: What `careassure.analysis.weighted_places` gave.
    """
    rows = [
        {"Council": item.assessment.label, "Best place": item.best, "Worst place": item.worst}
        for item in sorted(found, key=lambda item: (item.best, item.worst, item.assessment.label))
    ]
    firm = sum(item.best == item.worst for item in found)
    lead = f"{plural(len(found), 'result')} beside each other. Of these {firm:,} have one place whatever the weights."
    return titled("Places with other weights",
                  [Paragraph(lead), *table_of("The best and the worst place of each", rows),
                   Paragraph(CAUTION_OF_WEIGHTS, "caution")])  # fmt: skip
