"""Checks of what results mean: higher scores, missing scores, the order of statements, and rules given as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from careassure.methods.complete import complete_nodes
from careassure.methods.fit import Fitted, fit
from careassure.methods.method import Node
from careassure.model.assessment import Assessment
from careassure.model.evidence import Evidence
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.scale import Grade
from careassure.model.scores import nested
from careassure.model.text import plural
from careassure.testing.bench import Bench, require
from careassure.testing.cases import backwards, described
from careassure.testing.check import CheckFailedError, NotOfferedError
from careassure.testing.compare import contains, never_falls, span
from careassure.testing.image import difference, results
from careassure.testing.survey import nothing_found

Two = tuple[Assessment, Assessment]

# -- higher scores ---------------------------------------------------------------------------------------


def monotone(bench: Bench) -> str:
    """A raised score never lowers a result.

    A scorer for which that is not so says it: ``non_monotone = True``. Then there must be a case that shows it, so
    that nobody switches the check off by mistake.
    """
    declared = getattr(bench.scorer, "non_monotone", False) is True
    try:
        looked = _monotone(bench)
    except CheckFailedError as found:
        if declared:
            return f"declared as not monotone, and so it is: {found}"
        raise
    require(looked, "total and range")
    if declared:
        raise CheckFailedError(
            f"it is declared as not monotone, and none of {plural(looked, 'raised score')} lowers a result",
            hint="Take non_monotone away, or give the kit a framework on which it shows",
        )
    return plural(looked, "raised score")


def _monotone(bench: Bench) -> int:
    def one(two: Two) -> bool:
        return never_falls(bench.outcome(two[0]), bench.outcome(two[1]), *two)

    looked = sum(bench.for_all(framework, _raised(bench, framework), one) for framework in bench.frameworks)
    for known in _by_places(bench):
        for places, (below, outcome) in known.items():
            for index, place in enumerate(places):
                for higher in range(place + 1, _MOST_GRADES) if place >= 0 else ():
                    above = known.get((*places[:index], higher, *places[index + 1 :]))
                    if above is not None:
                        looked += never_falls(outcome, above[1], below, above[0])
    nothing_found(bench, "monotone")
    return looked


_MOST_GRADES = 10
_MISSING = -1
Known = dict[tuple[int, ...], tuple[Assessment, Outcome | None]]


def _by_places(bench: Bench) -> list[Known]:
    """For each framework and all facts alike, what is in the gallery, by the place of every score on its scale."""
    found: dict[tuple[str, str, tuple[tuple[str, bool], ...]], Known] = {}
    for assessment, outcome in bench.gallery:
        leaves = tuple(leaf for leaf, _ in assessment.marks)
        rated = all(score is None or isinstance(score, Grade) for _, score in assessment.marks)
        if rated and leaves == assessment.framework.leaves:
            places = tuple(score.rank if isinstance(score, Grade) else _MISSING for _, score in assessment.marks)
            framework = assessment.framework
            key = (framework.id, framework.version, assessment.facts)
            found.setdefault(key, {})[places] = (assessment, outcome)
    return list(found.values())


def _with(assessment: Assessment, place: int, score: Grade | None) -> Assessment:
    marks = list(assessment.marks)
    marks[place] = (marks[place][0], score)
    return evolve(assessment, marks=tuple(marks))


@st.composite
def _raised(draw: DrawFn, bench: Bench, framework: Framework) -> Two:
    """An assessment, and the same with one score raised."""
    below = draw(bench.cases(framework, missing=True))
    scored = [
        place
        for place, (leaf, score) in enumerate(below.marks)
        if isinstance(score, Grade) and score != framework.scale_of(leaf).highest
    ]
    if not scored:
        return below, below
    place = draw(st.sampled_from(scored))
    leaf, score = below.marks[place]
    rank = score.rank if isinstance(score, Grade) else 0
    return below, _with(below, place, draw(st.sampled_from(framework.scale_of(leaf).grades[rank + 1 :])))


# -- missing scores --------------------------------------------------------------------------------------


def missing(bench: Bench) -> str:
    """What a missing score leaves open holds whatever the score could be: no completion lies outside."""

    def one(two: Two) -> bool:
        return contains(bench.outcome(two[0]), bench.outcome(two[1]), *two)

    looked = sum(bench.for_all(framework, _blanked(bench, framework), one) for framework in bench.frameworks)
    for known in _by_places(bench):
        for places, (full, outcome) in known.items():
            for index, place in enumerate(places):
                partial = known.get((*places[:index], _MISSING, *places[index + 1 :]))
                if place != _MISSING and partial is not None:
                    looked += contains(partial[1], outcome, partial[0], full)
    require(looked, "total and range")
    return plural(looked, "missing score")


@st.composite
def _blanked(draw: DrawFn, bench: Bench, framework: Framework) -> Two:
    """An assessment with scores missing, and the same with more of them known."""
    full = draw(bench.cases(framework, missing=draw(st.booleans())))
    places = st.sampled_from(range(len(full.marks)))
    partial = full
    for place in draw(st.sets(places, min_size=1, max_size=4)):
        partial = _with(partial, place, None)
    return partial, full


# -- order -----------------------------------------------------------------------------------------------


def order(bench: Bench) -> str:
    """In which order scores and evidence are given, and statements listed in the framework, makes no difference."""
    looked = 0
    for framework in bench.frameworks:
        other = backwards(framework)
        turned = other if bench.accepts(other) else None

        def one(assessment: Assessment, framework: Framework = framework, turned: Framework | None = turned) -> bool:
            first = bench.outcome(assessment)
            if first is None:
                return False  # another check's business
            for what, one_way, other_way in _reordered(assessment, framework, turned):
                before = first if one_way is assessment else bench.outcome(one_way)
                other = difference(results(before), results(bench.outcome(other_way)))
                if other and results(first) == results(bench.outcome(assessment)):  # else, another check's business
                    raise CheckFailedError(f"with {what} in the opposite order {other}", where=described(assessment))
            return True

        looked += bench.for_all(framework, bench.cases(framework, missing=True), one)
    require(looked, "total and deterministic")
    return plural(looked, "assessment")


def _reordered(
    assessment: Assessment, framework: Framework, turned: Framework | None
) -> Iterator[tuple[str, Assessment, Assessment]]:
    scores = dict(reversed(nested(assessment.marks).items()))
    facts = dict(reversed(assessment.facts))
    again = Assessment.of(assessment.council, scores, framework=framework, facts=facts)
    yield "the scores", assessment, again
    category = next((category.id for category in framework.categories if category.accepted), "")
    found = [Evidence(f"e{n}", f"Finding {n}", category, s.id) for n, s in enumerate(framework.statements[:3])]
    one, other = (evolve(assessment, evidence=tuple(items)) for items in (found, found[::-1]))
    yield "the evidence", one, other
    if turned is not None:
        marks = tuple((leaf, assessment.scores[leaf]) for leaf in turned.leaves)
        yield "the framework's statements", assessment, evolve(assessment, framework=turned, marks=marks)


# -- rules given as data ---------------------------------------------------------------------------------


def lowering(bench: Bench) -> str:
    """The method's rules, lowered to comparisons of whole numbers, give the grades that the scorer gives."""
    if bench.method is None:
        raise NotOfferedError("it applies no method given as data")
    looked = 0
    for framework in bench.frameworks:
        fitted = fit(bench.method, framework)
        if fitted.graded.keys() - complete_nodes(fitted).keys():
            raise NotOfferedError("its rules look at too many things to be lowered")

        def one(assessment: Assessment, fitted: Fitted = fitted) -> bool:
            return _same_as_lowered(fitted, assessment, bench.outcome(assessment))

        looked += bench.for_all(framework, bench.cases(framework), one)
        for assessment, outcome in bench.gallery:
            if assessment.framework is framework and _settled(assessment):
                looked += _same_as_lowered(fitted, assessment, outcome)
    require(looked, "total")
    return plural(looked, "assessment")


def _settled(assessment: Assessment) -> bool:
    return all(isinstance(score, Grade) for _, score in assessment.marks) and (
        tuple(leaf for leaf, _ in assessment.marks) == assessment.framework.leaves
    )


def _same_as_lowered(fitted: Fitted, assessment: Assessment, outcome: Outcome | None) -> bool:
    if outcome is None:
        return False
    ranks = lowered_ranks(fitted, assessment)
    profile = {entry.id: (entry.low, entry.high) for entry in outcome.profile}
    for target, (low, high) in ranks.items():
        scale = fitted.scale(next(node for node in fitted.nodes if node.target == target))
        expected = (scale.grades[low], scale.grades[high])
        found = (outcome.low, outcome.high) if target == "overall" else profile.get(target)
        if found != expected:
            raise CheckFailedError(
                f"it gives {target} {span(*(found or (None, None)))}, its rules give {span(*expected)}",
                where=described(assessment),
            )
    if "overall" not in ranks and outcome.low is not None:
        raise CheckFailedError(f"it gives {outcome.low}, its rules give no overall", where=described(assessment))
    return True


def lowered_ranks(fitted: Fitted, assessment: Assessment) -> dict[str, tuple[int, int]]:
    """The lowest and highest place of every grade that a method gives, from whole numbers alone.

    Args:
        fitted: The method on its framework.
        assessment: An assessment in which every score is a grade.
    """
    facts = dict(assessment.facts)
    given = {leaf: score.rank for leaf, score in assessment.marks if isinstance(score, Grade)}
    found: dict[str, tuple[int, int]] = {}
    for node in fitted.nodes:
        if node.ladders:
            found[node.target] = _node_ranks(fitted, node, given, found, facts)
    return found


def _node_ranks(
    fitted: Fitted,
    node: Node,
    given: Mapping[str, int],
    found: Mapping[str, tuple[int, int]],
    facts: Mapping[str, bool],
) -> tuple[int, int]:
    lowered = complete_nodes(fitted)[node.target]
    names = [name for name, _ in lowered.ladders]
    ranks: list[int] = []
    for side, name in enumerate(("must", "may")):
        state = lowered.start()
        for (leaf, as_given), gains in zip(lowered.inputs, lowered.gains, strict=True):
            rank = given[leaf] if as_given or leaf not in found else found[leaf][side]
            state = tuple(map(int.__add__, state, gains[rank]))
        ranks.append(lowered.rank(state, facts, names.index(name if name in names else "only")))
    return ranks[0], ranks[1]
