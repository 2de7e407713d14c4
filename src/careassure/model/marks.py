"""Scores in any form that is accepted, turned into one mark for each thing that is scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from careassure.errors import CareAssureError, Problem
from careassure.model.framework import Framework
from careassure.model.ids import as_text, shown
from careassure.model.scale import Grade, NotRated
from careassure.model.statements import Context
from careassure.model.text import fold, join, plural

Score = Grade | NotRated | None
"""A grade, the state of carrying none with its reason, or None: not known."""

ScoreInput = Sequence[object] | Mapping[str, object]
"""Scores in the framework's order, or by statement id, title or alias."""


def expected_leaves(framework: Framework, wholes: set[str]) -> tuple[str, ...]:
    """The leaf ids that an assessment carries when the statements in ``wholes`` are marked as a whole."""
    return tuple(
        leaf
        for statement in framework.statements
        for leaf in ((statement.id,) if statement.id in wholes else statement.leaves)
    )


def read_marks(
    framework: Framework, scores: ScoreInput, problems: list[Problem], context: Context = "framework"
) -> tuple[tuple[str, Score], ...]:
    """Turn scores in any accepted form into one mark for each leaf, adding whatever is wrong to ``problems``.

    Args:
        framework: What is scored.
        scores: A sequence in the framework's order, or a mapping by name.
        problems: A list that is added to.
        context: Where the names were met.
    """
    given = _by_statement(framework, scores, problems, context)
    wholes: set[str] = set()
    found: dict[str, Score] = {}
    for statement, value in given.items():
        if isinstance(value, Mapping):
            _read_parts(framework, statement, value, found, problems)
        else:
            wholes.add(statement)
            found[statement] = _read_score(framework, statement, value, problems)
            if found[statement] is None and framework.statement(statement).parts:
                wholes.remove(statement)
    return tuple((leaf, found.get(leaf)) for leaf in expected_leaves(framework, wholes))


def _by_statement(framework: Framework, scores: object, problems: list[Problem], context: Context) -> dict[str, object]:
    if isinstance(scores, Mapping):
        found: dict[str, object] = {}
        for name, value in scores.items():
            try:
                statement = framework.resolve(as_text(name), context=context, levels=("statement",))
            except CareAssureError as error:
                problems.append(Problem("scores", error.message, error.hint))
                continue
            if statement in found:
                problems.append(Problem(f"scores.{name}", f"{statement} was given before under another name"))
            found[statement] = value
        return found
    if not isinstance(scores, Sequence) or isinstance(scores, str | bytes):
        problems.append(Problem("scores", f"{shown(scores)} is neither a list nor a mapping of scores"))
        return {}
    expected = [statement.id for statement in framework.statements]
    if len(scores) != len(expected):
        problems.append(
            Problem(
                "scores",
                f"{plural(len(scores), 'score')} for {plural(len(expected), 'statement')}",
                f"Give one for each, in this order: {join(expected)}",
            )
        )
    return dict(zip(expected, scores, strict=False))


def _read_parts(
    framework: Framework,
    statement: str,
    value: Mapping[object, object],
    found: dict[str, Score],
    problems: list[Problem],
) -> None:
    parts = framework.statement(statement).parts
    names = {text: part.id for part in parts for text in (part.id, part.title, *(a.text for a in part.aliases))}
    if not parts:
        problems.append(
            Problem(
                f"scores.{statement}",
                f"version {framework.version} has no scores inside a statement",
                "Give one score for it",
            )
        )
        return
    by_fold = {fold(text): part for text, part in names.items()}
    for name, score in value.items():
        part = by_fold.get(fold(name)) if isinstance(name, str) else None
        if part is None:
            problems.append(
                Problem(
                    f"scores.{statement}",
                    f"{shown(name)} is not scored inside it",
                    f"Use {join([part.id for part in parts], 'or')}",
                )
            )
        elif f"{statement}/{part}" in found:
            problems.append(Problem(f"scores.{statement}.{name}", f"{part} was given before under another name"))
        else:
            leaf = f"{statement}/{part}"
            found[leaf] = _read_score(framework, leaf, score, problems)


def _read_score(framework: Framework, leaf: str, value: object, problems: list[Problem]) -> Score:
    if value is None:
        return None
    try:
        return framework.scale_of(leaf).read(value)
    except CareAssureError as error:
        problems.append(Problem(f"scores.{leaf}", error.message, error.hint))
        return None
