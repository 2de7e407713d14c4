"""How uncertain scores are, as a person says it: one step off with a probability, or a probability for each grade.

Nothing is made up here. A score of which nothing is said is as it is, and a blank stays a blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

from careassure.errors import CareAssureError, Problem
from careassure.model.assessment import Assessment
from careassure.model.ids import as_text, shown
from careassure.model.scale import Grade, NotRated, Scale
from careassure.model.statements import Statement
from careassure.model.text import fold, hint_for, join

Probability = Fraction | Decimal | float | int | str
"""A probability as it may be given: ``Fraction(1, 10)``, ``0.1``, ``"1/10"`` or ``"10 %"``. A float counts as the
decimal number that is printed for it."""
Distribution = tuple[tuple[Grade, Fraction], ...]
"""Grades with their probabilities, the lowest first, none of them 0."""

LARGEST = 10**18
"""No probability is a fraction of larger numbers."""
_WRITTEN = re.compile(r"(\d{1,18}(?:\.\d{1,18})?|\.\d{1,18})\s*(?:/\s*(\d{1,18})|(%))?", re.ASCII)
_HOW = "Write a number from 0 to 1, such as 0.1 or 1/10"


def probability(value: object, where: str, problems: list[Problem]) -> Fraction:
    """A probability in any form that is accepted; 0, and a problem more, where it is none."""
    found: Fraction | None = None
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        found = Fraction(value)
    elif isinstance(value, float | Decimal | str):
        match = _WRITTEN.fullmatch(str(value).strip())
        if match and match[2] != "0" * len(match[2] or ""):
            found = Fraction(match[1]) / (int(match[2] or 1) * (100 if match[3] else 1))
    if found is None:
        problems.append(Problem(where, f"{shown(value)} is not a probability", _HOW))
    elif not 0 <= found <= 1:
        problems.append(Problem(where, f"{shown(value)} is not from 0 to 1", _HOW))
    elif found.denominator > LARGEST:
        problems.append(Problem(where, f"{shown(value)} has too many digits", "Use at most 18"))
    else:
        return found
    return Fraction(0)


@lru_cache(maxsize=4096)
def one_step(scale: Scale, rank: int, error: Fraction) -> Distribution:
    """A score that is one step off with a probability: each neighbour that exists is equally likely."""
    beside = [grade for grade in scale if abs(grade.rank - rank) == 1]
    chances = {grade: error / len(beside) for grade in beside} | {scale.grades[rank]: 1 - error * bool(beside)}
    return tuple((grade, chances[grade]) for grade in scale if chances.get(grade))


def weighed(distribution: Distribution) -> dict[tuple[int, int], int]:
    """How often a score has which rank, in whole numbers."""
    parts = lcm(*(chance.denominator for _, chance in distribution))
    return {(grade.rank, grade.rank): int(chance * parts) for grade, chance in distribution}


def errors_of(
    assessment: Assessment, error: object, confidence: Mapping[str, str] | None, problems: list[Problem]
) -> dict[str, Fraction]:
    """The probability with which each score is one step off.

    Args:
        assessment: What was found.
        error: One probability for all, or one for each word of confidence.
        confidence: The confidence in each score, by its id; an empty word, or nothing, where nobody said.
        problems: A list that is added to.
    """
    if not isinstance(error, Mapping):
        if confidence is not None:
            problems.append(
                Problem("error", "nothing says how often a score of each confidence is off",
                        "Give a probability for each word, such as low, medium and high")
            )  # fmt: skip
        one = probability(error, "error", problems)
        return {leaf: one for leaf, _ in assessment.marks}
    if confidence is None:
        problems.append(Problem("confidence", "it is missing", "Give the confidence in each score, or one probability"))
    known = {fold(as_text(word)): probability(value, f"error.{word}", problems) for word, value in error.items()}
    said: dict[str, str] = {}
    for name, word in (confidence or {}).items():
        leaf = leaf_of(assessment, name, "confidence", problems)
        if leaf:
            said[leaf] = fold(as_text(word))
    found: dict[str, Fraction] = {}
    lacking: dict[str, None] = {}
    for leaf, score in assessment.marks:
        word = said.get(leaf, "")
        if word in known:
            found[leaf] = known[word]
        elif isinstance(score, Grade):
            lacking[word] = None
    problems += [
        Problem("error", f"nothing says how often a score of {word or 'unstated'} confidence is off",
                "Give a probability for it" if word else "Give a probability for the empty word")
        for word in (lacking if confidence is not None else ())
    ]  # fmt: skip
    return found


def distributions_of(
    assessment: Assessment, scores: Mapping[str, Mapping[object, object]], problems: list[Problem]
) -> dict[str, Distribution]:
    """The probabilities of the grades of some scores, by the ids of the scores."""
    found: dict[str, Distribution] = {}
    for name, chances in scores.items():
        leaf = leaf_of(assessment, name, "scores", problems)
        if not leaf:
            continue
        if leaf in found:
            problems.append(Problem(f"scores.{name}", f"{leaf} was given before under another name"))
        if isinstance(assessment.scores[leaf], NotRated):
            problems.append(
                Problem(
                    f"scores.{name}", f"it carries the state {assessment.scores[leaf]} and no score", "Leave it out"
                )
            )
        if not isinstance(chances, Mapping):
            what = f"{shown(chances)} does not say how likely each score is"
            problems.append(Problem(f"scores.{name}", what, "Give a probability for each score that is possible"))
            continue
        found[leaf] = _distribution(assessment.framework.scale_of(leaf), f"scores.{name}", chances, problems)
    return found


def _distribution(scale: Scale, where: str, chances: Mapping[object, object], problems: list[Problem]) -> Distribution:
    before = len(problems)
    found: dict[Grade, Fraction] = {}
    for score, chance in chances.items():
        try:
            grade = scale.read(score)
        except CareAssureError as error:
            problems.append(Problem(where, error.message, error.hint))
            continue
        if isinstance(grade, NotRated):
            problems.append(Problem(where, f"{shown(score)} is not a grade", "Leave it out"))
            continue
        if grade in found:
            problems.append(Problem(where, f"{grade} was given before"))
        found[grade] = probability(chance, where, problems)
    if len(problems) == before and sum(found.values()) != 1:
        what = f"the probabilities add up to {sum(found.values())}, not to 1"
        problems.append(Problem(where, what, "Give one for every score that is possible"))
    return tuple((grade, found[grade]) for grade in scale if found.get(grade))


def leaf_of(assessment: Assessment, name: object, where: str, problems: list[Problem]) -> str:
    """The id of what an assessment scores under that name; empty, and a problem more, where it scores no such thing."""
    framework = assessment.framework
    statement, slash, part = as_text(name).partition("/")
    try:
        found = framework.resolve(statement, levels=("statement",))
    except CareAssureError as error:
        problems.append(Problem(where, error.message, error.hint))
        return ""
    leaf = found
    if slash:
        names = dict(_parts(framework.statement(found)))
        if fold(part) not in names:
            problems.append(
                Problem(where, f"{shown(part)} is not scored inside {found}", hint_for(part, list(names.values())))
            )
            return ""
        leaf = f"{found}/{names[fold(part)]}"
    if leaf not in assessment.scores:
        inside = [mark for mark, _ in assessment.marks if mark.startswith(f"{found}/")]
        hint = f"Use {join(inside, 'or')}" if inside else f"Use {found}"
        problems.append(Problem(where, f"the assessment scores {shown(name)} otherwise: as a whole, or in parts", hint))
        return ""
    return leaf


def _parts(statement: Statement) -> Iterator[tuple[str, str]]:
    for part in statement.parts:
        for text in (part.id, part.title, *(alias.text for alias in part.aliases)):
            yield fold(text), part.id
