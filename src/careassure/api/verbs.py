"""The verbs: look up, assess, compare."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from careassure.api.lookup import FrameworkLike, ScorerLike, find_framework, find_scorer
from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.model.council import Council
from careassure.model.dates import DateInput
from careassure.model.framework import Framework
from careassure.model.ids import shown
from careassure.model.outcome import Outcome
from careassure.model.text import several
from careassure.plugins.host import default_host
from careassure.plugins.offers import InstalledFramework, InstalledScorer

if TYPE_CHECKING:
    from careassure.model.outcomes import Outcomes
    from careassure.model.register import CouncilMatches, Register
    from careassure.plugins.described import InstalledDescriptors


def _register() -> Register:
    from careassure.catalogue.councils import register  # scores that are typed may be of no council

    return register()


@checked
def council(name: str | Council, at: DateInput | None = None) -> Council:
    """The council of that name, alias or ONS code, old or new.

    >>> council("London Borough of Camden").code, council("E08000016").name
    ('E09000007', 'Barnsley')
    >>> council("Poole").name, council("Poole", at="2016").code
    ('Bournemouth, Christchurch and Poole', 'E06000029')

    Args:
        name: A name or a code, or both, such as ``Leicester (E06000016)``.
        at: The day, month or year that is meant. A council that has ended since is found as it was then.

    Raises:
        UnknownCouncilError: No council is called that; near names are suggested.
        AmbiguousCouncilError: It could be several.
    """
    return name if isinstance(name, Council) else _register().find(name, at)


@checked
def match_councils(names: str | Iterable[str], at: DateInput | None = None) -> CouncilMatches:
    """The council that each of many names or codes stands for, and how it was found. None is guessed.

    >>> found = match_councils(["LB Camden", "811-Poole UA", "Sussex", ""])
    >>> [line.how for line in found.lines], found.matched
    (['without titles', 'former name', 'ambiguous', 'blank'], 2)

    Args:
        names: Names and codes, in any form in which they are printed.
        at: The day, month or year that is meant, as for `council`.
    """
    return _register().match_all(several(names), at)


def councils() -> tuple[Council, ...]:
    """The 153 councils with adult social care duties in England."""
    return _register().councils


@checked
def framework(id: FrameworkLike, version: str | None = None) -> Framework:
    """A framework by its id, or from its file; the newest version where none is named.

    >>> framework("cqc-la").version, framework("cqc-la", version="2023").scorer
    ('direct', 'evidence-category')

    Raises:
        UnknownFrameworkError: There is none of that id, or no such version.
    """
    return find_framework(id, version)


def frameworks() -> tuple[InstalledFramework, ...]:
    """Every framework that is installed, with its versions and the distribution that it came from."""
    return default_host().frameworks()


def descriptors() -> tuple[InstalledDescriptors, ...]:
    """Every table of descriptors that is installed, with the distribution that it came from. None ships."""
    return default_host().descriptors()


@checked
def scorer(name: str) -> InstalledScorer:
    """The scorer of that name, or of ``plugin:name``.

    Raises:
        UnknownScorerError: There is none of that name.
    """
    return default_host().scorer(name)


def scorers() -> tuple[InstalledScorer, ...]:
    """Every scorer that is installed, with the distribution that it came from."""
    return default_host().scorers()


@checked
def published(name: str | Council | None = None) -> tuple[Assessment, ...]:
    """CQC's published assessments that ship with careassure, the newest last.

    Args:
        name: A council; all of them where it is left out.

    Returns:
        Assessments, each with its sources and how sure it is. Empty where a council has none here.

    Raises:
        UnknownCouncilError: No council is called that.
    """
    from careassure.catalogue.published import published_assessments

    found = published_assessments()
    if name is None:
        return found
    wanted = council(name)
    return tuple(item for item in found if item.council == wanted)


def assess(assessment: Assessment, scorer: ScorerLike | None = None) -> Outcome:
    """What a scoring method makes of an assessment.

    Args:
        assessment: What was found.
        scorer: The name of an installed scorer, a scorer, a method, or the file of a method; the framework's own where
            None.

    Raises:
        InvalidInputError: It is not an assessment.
        UnknownScorerError: There is no such scorer, or it does not score this framework.
    """
    _require(assessment)
    return find_scorer(scorer, assessment.framework).score(assessment)


def _require(assessment: object) -> None:
    if not isinstance(assessment, Assessment):
        problem = Problem("", f"{shown(assessment)} is not an assessment", "Make one with Assessment.of or read")
        raise InvalidInputError("what is to be assessed", [problem])


def compare(assessment: Assessment, scorers: ScorerLike | Iterable[ScorerLike] | None = None) -> Outcomes:
    """What several scoring methods make of one assessment, side by side.

    Args:
        assessment: What was found.
        scorers: The scorers, or one; every installed one that accepts the framework where None, its own first.

    Returns:
        Their outcomes, a tuple that prints as words and shows a table in a notebook.
    """
    from careassure.model.outcomes import Outcomes  # a single rating needs none

    _require(assessment)
    if scorers is None:
        return Outcomes(item.score(assessment) for item in default_host().accepting(assessment.framework))
    one = isinstance(scorers, str | os.PathLike) or not isinstance(scorers, Iterable)
    asked: Iterable[ScorerLike] = (scorers,) if one else scorers  # type: ignore[assignment]
    return Outcomes(assess(assessment, scorer) for scorer in asked)
