"""The profiles of several outcomes side by side: what each method makes of every theme and statement.

A report card gives no overall rating; without its profile it would be an empty row beside the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from careassure.model.explain import span_words
from careassure.model.scale import NotRated

if TYPE_CHECKING:
    from careassure.model.outcome import Outcome, ProfileEntry


def graded(outcome: Outcome) -> tuple[ProfileEntry, ...]:
    """What of a profile the method grades itself, beside the scores that it was given."""
    given = outcome.assessment.spans
    return tuple(
        entry
        for entry in outcome.profile
        if entry.low is not None and (entry.low, entry.high) != given.get(entry.id, (None, None))
    )


def profile_rows(outcomes: Sequence[Outcome]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """A table of profiles: its heads, and a row for each theme and statement that some method grades.

    Returns:
        Heads and rows; both empty where no method grades more than it was given. An indent marks a statement.
    """
    shown = [(outcome, {entry.id: entry for entry in graded(outcome)}) for outcome in outcomes]
    shown = [(outcome, entries) for outcome, entries in shown if entries]
    if not shown:
        return (), ()
    first = shown[0][0]
    rows: list[tuple[str, ...]] = []
    for entry in first.profile:
        cells = tuple(_words(entries.get(entry.id)) for _, entries in shown)
        score = _score(first, entry.id)
        if score or any(cells):
            rows.append((entry.title, score, *cells))
    return ("Profile", "Score", *(outcome.scorer for outcome, _ in shown)), tuple(rows)


def profile_words(outcome: Outcome) -> str:
    """The profile of an outcome without an overall rating, in a sentence; empty where there is an overall."""
    if outcome.low is not None:
        return ""
    found = graded(outcome)
    themes = [entry for entry in found if entry.level == "theme"] or found
    return "; ".join(f"{entry.title}: {_words(entry)}" for entry in themes)


def _words(entry: ProfileEntry | None) -> str:
    if entry is None or entry.low is None or entry.high is None:
        return ""
    return span_words(entry.low, entry.high)


def _score(outcome: Outcome, leaf: str) -> str:
    if leaf not in outcome.assessment.scores:
        return ""
    score = outcome.assessment.scores[leaf]
    scale = outcome.assessment.framework.scale_of(leaf)
    return str(score) if isinstance(score, NotRated) else scale.said(score)
