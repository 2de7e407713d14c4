"""Reasons against trying every set of scores, against their theorem, and against what councils were told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, product
from math import prod

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from analysis.small_methods import Asking, hitting, known, settled_sets, smallest, sound_cases, with_scores
from careassure.analysis.deciding import Ruled
from careassure.analysis.minimal import _all_tried, _grown, families, how_many, joined, sets_of
from careassure.analysis.reasons import Reasons, reasons, settling
from careassure.analysis.spread import TooMuchError
from careassure.errors import InvalidInputError, UnknownStatementError
from careassure.methods.evaluate import evaluate
from careassure.methods.fit import fit
from careassure.methods.formulas import Budget, TooManyError
from careassure.methods.method import Method
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.testing.strategies import assessments
from frame.schemes import schemes
from helpers import built_in_methods
from methods.effort import runs
from workspaces.strategies import cqc

NINE = st.lists(st.none() | st.integers(1, 4), min_size=9, max_size=9)


def places(method: Method, assessment: Assessment) -> list[str]:
    """Every place that gets a grade from the method."""
    outcome = evaluate(method, assessment)
    graded = [entry.id for entry in outcome.profile if entry.low is not None]
    return [
        *(["overall"] if outcome.low is not None else []),
        *(place for place in graded if place not in assessment.scores),
    ]


@runs(1)
@given(sound_cases(), st.data())
def test_they_are_what_trying_every_set_finds(case: tuple[Method, Assessment], data: st.DataObject) -> None:
    """At every place: the smallest sets that settle its grades, and the smallest whose loss opens them."""
    method, assessment = case
    place = data.draw(st.sampled_from(places(method, assessment) or ["none"]))
    if place == "none":
        return
    parts = data.draw(st.booleans())
    found = reasons(evaluate(method, assessment), method, place, parts)
    settled = settled_sets(method, assessment, place, parts=parts)
    every = frozenset(found.known)
    lost = {every - one for one in smallest_lost(every, settled)}
    assert set(found.sets) == smallest(settled)
    assert set(found.could_change) == lost
    check_the_rest(found)


def smallest_lost(every: frozenset[str], settled: set[frozenset[str]]) -> set[frozenset[str]]:
    """The largest sets that do not settle."""
    sets = {frozenset(kept) for number in range(len(every) + 1) for kept in combinations(every, number)}
    open_ = sets - settled
    return {one for one in open_ if not any(one < other for other in open_)}


def check_the_rest(found: Reasons) -> None:
    """What follows from the sets."""
    sets = found.sets
    assert found.count == len(sets) == len(set(sets))
    assert found.size == len(sets[0]) == min(map(len, sets))
    assert found.core == frozenset.intersection(*sets)
    assert found.irrelevant == frozenset(found.known) - frozenset.union(*sets)
    assert set(found.could_change) == hitting(set(sets))
    assert set(sets) == hitting(set(found.could_change))


@runs(0.5)
@given(sound_cases())
def test_a_scorer_in_python_is_asked_and_says_the_same(case: tuple[Method, Assessment]) -> None:
    """A scorer whose rules nobody can see has the reasons of the method that it follows."""
    method, assessment = case
    for place in places(method, assessment)[:1]:
        asked = Asking(method)
        one, other = (reasons(evaluate(method, assessment), scorer, place) for scorer in (method, asked))
        assert (set(one.sets), set(one.could_change)) == (set(other.sets), set(other.could_change))


SMALL = 1_100
"""Methods with so many profiles or fewer are gone through."""


def families_of(decider: Ruled) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """How many of each group of scores settle the result, and how many could change it."""
    return settling(decider, [[(number,) for number in group] for group in decider.alike])


def masks_of(decider: Ruled, family: list[tuple[int, ...]]) -> set[int]:
    """Every set of a family as the bits of its scores."""
    found: set[int] = set()
    for numbers in family:
        chosen = (combinations(group, number) for group, number in zip(decider.alike, numbers, strict=True))
        found.update(sum(1 << place for part in parts for place in part) for parts in product(*chosen))
    return found


def hitting_masks(family: Iterable[int]) -> set[int]:
    """The smallest sets that share a score with every set of a family, all as bits (Berge, "Hypergraphs", 1989)."""
    found = {0}
    for one in family:
        if not one:
            return set()
        kept = {other for other in found if other & one}
        more = {other | 1 << bit for other in found - kept for bit in range(one.bit_length()) if one >> bit & 1}
        found = kept | {other for other in more if not any(less & other == less for less in kept)}
    return found


def exceptions(decider: Ruled) -> int:
    """How many of the two families of a profile are not exactly the minimal hitting sets of the other."""
    enough, lost = (masks_of(decider, family) for family in families_of(decider))
    return (hitting_masks(enough) != lost) + (hitting_masks(lost) != enough)


def nine(scores: Sequence[int]) -> Ruled:
    """What answers for a council with nine scores by the single word."""
    return Ruled(fit(single_word(), cqc()), ca.Assessment.of("York", list(scores)), "overall")


@pytest.mark.slow
def test_each_family_is_the_hitting_sets_of_the_other_for_all_nine_scores() -> None:
    """All 262,144 profiles of the single word: those with the same scores in another order have the same families.

    That order does not matter is read off the rules, which add every score alike, and tried on some.
    """
    assert nine([2] * 9).alike == (tuple(range(9)),)
    wrong: dict[tuple[int, ...], int] = {}
    tried = failed = 0
    for scores in product(range(1, 5), repeat=9):
        alike = tuple(sorted(scores))
        if alike not in wrong:
            wrong[alike] = exceptions(nine(alike))
        tried += 1
        failed += wrong[alike]
    assert (tried, len(wrong), failed) == (4**9, 220, 0)


@given(st.lists(st.integers(1, 4), min_size=9, max_size=9))
def test_the_order_of_the_scores_does_not_matter(scores: list[int]) -> None:
    """The families of nine scores are those of the same scores in order, each score in its place."""
    places = sorted(range(9), key=scores.__getitem__)
    found, ordered = nine(scores), nine(sorted(scores))
    for family, other in zip(families_of(found), families_of(ordered), strict=True):
        moved = {sum(1 << places[bit] for bit in range(9) if mask >> bit & 1) for mask in masks_of(ordered, other)}
        assert masks_of(found, family) == moved


def nothing(framework: Framework) -> tuple[tuple[str, None], ...]:
    """No score at all."""
    return tuple((leaf, None) for leaf in framework.leaves)


def small_places() -> list[tuple[Method, Framework, str]]:
    """Every place of every method that ships whose scores make few profiles."""
    found = []
    for scheme in schemes():
        fitted = fit(scheme.method, scheme.framework)
        for place in fitted.graded:
            leaves = fitted.leaves_under((place, False))
            if prod(len(fitted.scale_of(leaf, given=True)) for leaf in leaves) <= SMALL:
                found.append((scheme.method, scheme.framework, place))
    return found


@pytest.mark.slow
def test_each_family_is_the_hitting_sets_of_the_other_in_all_small_methods() -> None:
    """Every profile of every place of every method that ships and has few of them."""
    tried: Counter[str] = Counter()
    for method, framework, place in small_places():
        fitted = fit(method, framework)
        leaves = list(fitted.leaves_under((place, False)))
        scales = [framework.scale_of(leaf).grades for leaf in leaves]
        blank = Assessment(ca.Body("body", "A body", framework.subject), framework, nothing(framework))
        for grades in product(*scales):
            decider = Ruled(fitted, with_scores(blank, dict(zip(leaves, grades, strict=True))), place)
            assert decider.can_answer
            assert exceptions(decider) == 0
            tried[method.id] += 1
    assert {"ilacs", "sif", "sccif", "kloe", "nhs-trust", "rsh-consumer", "ofsted", "report-card"} <= set(tried)


def test_what_published_ratings_needed() -> None:
    """Of 83 published profiles of nine scores 37 need seven of them, 22 need eight and 24 need all nine."""
    complete = [item for item in ca.published() if item.complete]
    sizes = Counter(ca.reasons(ca.assess(item)).size for item in complete)
    assert (len(complete), sizes) == (83, {7: 37, 8: 22, 9: 24})


def test_a_council_in_words() -> None:
    """What is enough, what could change it, the rules with their sources, and a caution."""
    found = ca.reasons(ca.assess(ca.published("Leicester")[-1]))
    twos = {leaf for leaf, score in known(found.outcome.assessment).items() if score.value == 2}
    assert found.sets[0] == twos
    assert found.size == len(twos) == 7
    assert (found.count, len(found.could_change), found.core, found.irrelevant) == (8, 35, frozenset(), frozenset())
    for said in (
        "Leicester, July 2025: Requires improvement, 56 out of 100",
        "There are 8 sets of 2 kinds that settle it, and no smaller ones:",
        "1. all 7 scores of 2",
        "any 2 of the 7 scores of 2 (21 sets)",
        "yes  At least Requires improvement: a score of 39 or more. [1] [2]",
        "no   At least Good: a score of 63 or more. [1] [2]",
        "[1] CQC, How we determine ratings (local authorities)",
        "It does not say\n  which matter most to people.",
    ):
        assert said in str(found)
    assert repr(found) == "<Reasons of Leicester, July 2025: 8 sets of 7 or more>"
    assert "<pre>Leicester, July 2025" in found._repr_html_()


def test_what_does_not_matter_is_said() -> None:
    """With eight scores of 4, whatever the ninth is, it is outstanding; every set is all eight."""
    found = ca.reasons(ca.assess(ca.Assessment.of("York", [1, *[4] * 8])))
    assert (found.count, len(found.core), found.irrelevant) == (1, 8, frozenset({"assessing_needs"}))
    assert "These do not matter, whatever they are: Assessing needs (1)." in str(found)


def test_unknown_scores_are_in_no_set() -> None:
    """What is settled with scores missing rests on the known ones; with none known nothing is settled."""
    found = ca.reasons(ca.assess(ca.Assessment.of("York", [None, *[4] * 8])))
    assert found.sets == (frozenset(found.known),)
    assert "assessing_needs" not in found.known
    assert "Not known: Assessing needs." in str(found)
    nothing_known = ca.reasons(ca.assess(ca.Assessment.of("York", [None] * 9)))
    assert (nothing_known.sets, nothing_known.could_change) == ((frozenset(),), ())
    assert "No score is known" in str(nothing_known)


def test_an_open_result_has_reasons_for_both_its_ends() -> None:
    """Four known scores of 4: every one of them is needed for what it is at the least."""
    outcome = ca.assess(ca.Assessment.of("York", [4, 4, 4, 4, *[None] * 5]))
    found = ca.reasons(outcome)
    assert (found.low, found.high) == (outcome.low, outcome.high)
    assert found.low != found.high
    assert set(found.sets) == smallest(settled_sets(single_word(), outcome.assessment, "overall", parts=True))


def test_statements_with_parts_stand_for_all_of_them() -> None:
    """In the version with evidence categories a set holds statements; of one statement it holds its parts."""
    framework = ca.framework("cqc-la", version="2023")
    scores = {s.id: {part.id: 3 for part in s.parts} for s in framework.statements}
    outcome = ca.assess(ca.Assessment.of("York", scores, version="2023"))
    found = ca.reasons(outcome)
    assert set(found.known) == {s.id for s in framework.statements}
    assert found.size < 9
    inside = ca.reasons(outcome, of="Safeguarding")
    assert inside.known[0].count("/") == 1
    assert all(name.startswith("safeguarding/") for one in inside.sets for name in one)
    assert "of Safeguarding" in str(inside)


def test_places_without_a_grade_are_refused() -> None:
    """A score that was given has no reasons; an unknown place is named; another scorer's result is not taken."""
    outcome = ca.assess(ca.Assessment.of("York", [3] * 9))
    for of, said in (
        ("safeguarding", "Safeguarding is a score that was given, and not worked out. Ask for overall"),
        ("leadership", "single-word gives no grade to Leadership. Ask for overall"),
    ):
        with pytest.raises(InvalidInputError, match=said):
            ca.reasons(outcome, of=of)
    with pytest.raises(UnknownStatementError):
        ca.reasons(outcome, of="safegarding")
    other = evolve(single_word(), id="other", nodes=())
    with pytest.raises(InvalidInputError, match="other 1 gives another result"):
        ca.reasons(outcome, other)
    with pytest.raises(InvalidInputError, match=r"other gives no overall rating\. Its result is the scores themselves"):
        ca.reasons(evaluate(other, outcome.assessment), other)


def single_word() -> Method:
    """CQC's method for councils."""
    return next(method for method in built_in_methods() if method.id == "single-word")


SIZES = st.lists(st.integers(1, 3), min_size=1, max_size=4)


@given(SIZES, st.data())
def test_growing_finds_what_trying_all_finds(sizes: list[int], data: st.DataObject) -> None:
    """Both ways to find the families agree, whatever is enough."""
    most = tuple(sizes)
    numbers = st.tuples(*(st.integers(0, size) for size in sizes))
    seeds = [*data.draw(st.lists(numbers, max_size=5)), most]

    def enough(given: tuple[int, ...]) -> bool:
        return any(all(map(int.__ge__, given, seed)) for seed in seeds)

    tried, grown = _all_tried(sizes, enough), _grown(sizes, enough, Budget(10**6))
    assert [sorted(family) for family in tried] == [sorted(family) for family in grown]
    groups = [tuple(f"{group}.{number}" for number in range(size)) for group, size in enumerate(sizes)]
    fewer, rows = joined(groups, tried[0])
    assert len(fewer) <= len(groups)
    before = {one for row in tried[0] for one in sets_of(groups, row)}
    assert {one for row in rows for one in sets_of(fewer, row)} == before
    assert sum(how_many(fewer, row) for row in rows) == len(before)


def test_too_much_is_refused_before_long() -> None:
    """A search that would not end stops, and says so."""
    with pytest.raises(TooManyError):
        families([1] * 40, lambda numbers: sum(numbers) >= 20, Budget(100_000))


def test_too_many_reasons_are_refused_with_what_to_ask_instead() -> None:
    """All parts of nine statements have too many reasons; those of one statement are found."""
    framework = ca.framework("cqc-la", version="2023")
    scores = {s.id: {part.id: 2 + place % 3 for place, part in enumerate(s.parts)} for s in framework.statements}
    outcome = ca.assess(ca.Assessment.of("York", scores, version="2023"))
    with pytest.raises(TooMuchError, match="its reasons are too many to be found"):
        ca.reasons(outcome, parts=True)
    assert ca.reasons(outcome).count
    assert ca.reasons(outcome, of="equity").count


TRIED = [
    scheme for scheme in schemes() if len(scheme.framework.leaves) <= 5 and fit(scheme.method, scheme.framework).graded
]


@runs(0.5)
@given(st.data())
def test_shipped_methods_against_trying_every_set(data: st.DataObject) -> None:
    """Judgement, facts and counting rules as they ship: the sets are those that trying every set finds."""
    scheme = data.draw(st.sampled_from(TRIED))
    assessment = data.draw(assessments(scheme.framework))
    graded = places(scheme.method, assessment)
    for place in graded[:1]:
        found = reasons(evaluate(scheme.method, assessment), scheme.method, place)
        assert set(found.sets) == smallest(settled_sets(scheme.method, assessment, place, parts=False))
        check_the_rest(found)


@pytest.mark.parametrize("word", ["[c]", "Data unreadable", "No published rating"])
def test_a_score_that_is_not_shown_is_not_known(word: str) -> None:
    """Under a method that leaves out what does not apply, what is only not shown stays open, as a blank does."""
    given_: dict[str, object] = {"experience": 3, "partners": 3, "processes": 2}

    def of(cell: object) -> ca.Assessment:
        return ca.Assessment.of("Camden", {"equity": {**given_, "staff": cell}}, version="2023")

    hidden, blank = ca.assess(of(word)), ca.assess(of(None))
    assert reasons(hidden, of="equity").sets == reasons(blank, of="equity").sets
    told = [
        [(way.cost, way.count, way.changes) for way in ca.nearest_change(of(cell), of="equity").ways]
        for cell in (word, None)
    ]
    assert told[0] == told[1]


def test_statements_with_and_without_parts_are_held_apart() -> None:
    """A score and a part that count alike do not get into one set of parts: a set holds whole statements."""
    yes = {"key": "yes", "label": "Yes", "value": 1}
    rule = {"sentence": "All are so.", "reference": "list"}
    framework, method = ca.load_scheme(
        {
            "id": "mixed", "title": "Mixed", "publisher": "us", "subject": "kitchen", "score_scale": "answer",
            "versions": {"own": {"summary": "As we have it.", "reference": "list"}},
            "references": {"list": {"title": "Our list", "basis": "ours"}},
            "scales": {"answer": {"title": "so", "grades": [{"key": "no", "label": "No", "value": 0}, yes]}},
            "themes": [{"id": "all", "title": "All", "statements": [
                {"id": "clean", "title": "Clean"},
                {"id": "safe", "title": "Safe", "parts": [{"id": "doors", "title": "Doors"}]},
            ]}],
        },
        {
            "id": "mixed", "version": "1", "title": "All", "summary": "Yes where all are so.", "not_rated": "interval",
            "framework_versions": ["own"],
            "nodes": [{"for": "overall", "scale": "answer", "rungs": [
                {"grade": "yes", "when": {"every": {"level": "scores"}, "at_least": "yes"}, **rule},
            ]}],
        },
    )  # fmt: skip
    scores = {"clean": "yes", "safe": {"doors": "yes"}}
    found = reasons(evaluate(method, ca.Assessment.of("Ours", scores, framework=framework)), method)
    assert found.sets == (frozenset({"clean", "safe"}),)
    scores = {"clean": "no", "safe": {"doors": "no"}}
    found = reasons(evaluate(method, ca.Assessment.of("Ours", scores, framework=framework)), method)
    assert set(found.sets) == {frozenset({"clean"}), frozenset({"safe"})}
