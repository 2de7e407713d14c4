"""Two methods compared over every combination of scores: held against trying them all."""

from __future__ import annotations

import json
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import careassure as ca
from careassure.analysis import method_diff
from careassure.analysis.joint import Sides
from careassure.errors import IncomparableError, UnknownScorerError
from careassure.methods.evaluate import evaluate
from careassure.methods.formulas import Budget, TooManyError
from careassure.methods.sums import CannotLowerError
from careassure.model.council import Body
from careassure.testing.assessments import frameworks
from careassure.testing.schemes import methods
from helpers import few
from plain_words import struck_out, too_long

SINGLE = ca.scorer("single-word").method
SOURCE = Path(ca.__file__).parent / "catalogue" / "cqc" / "single-word.toml"
MOST = 3_000
Key = tuple[tuple[object, ...], tuple[object, ...]]


def written(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """CQC's method for councils with some of its text changed."""
    text = SOURCE.read_text("utf-8").replace('id = "single-word"', f'id = "{name}"')
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def limit(cap: str, when: str) -> tuple[str, str]:
    """The change that puts a cap on the overall rating."""
    rule = f'cap = "{cap}"\nwhen = {when}\nsentence = "A limit of our own."\nreference = "bands"'
    return "\n[[flags]]", f"\n[[nodes.limits]]\n{rule}\n\n[[flags]]"


def tried(pair: tuple[ca.Method, ca.Method], framework: ca.Framework, target: str) -> Counter[Key]:
    """What both methods make of a place for every combination of scores and facts, one by one."""
    scales = [framework.scale_of(leaf).grades for leaf in framework.leaves]
    names = sorted({name for method in pair for name in method.facts})
    found: Counter[Key] = Counter()
    for grades in product(*scales):
        for values in product((False, True), repeat=len(names)):
            facts = tuple(zip(names, values, strict=True))
            marks = tuple(zip(framework.leaves, grades, strict=True))
            case = ca.Assessment(Body("x", "X"), framework, marks, facts=facts)
            found[result(pair[0], case, target), result(pair[1], case, target)] += 1
    return found


def result(method: ca.Method, case: ca.Assessment, target: str) -> tuple[object, ...]:
    """What a method gives a place, as the count has it."""
    outcome = evaluate(method, case)
    if target == "overall":
        low, high, suggested = outcome.low, outcome.high, outcome.suggested
    else:
        entry = outcome.profile[target]
        low, high, suggested = entry.low, entry.high, entry.suggested
    assert low is not None
    assert high is not None
    return (low.rank, high.rank, -1 if suggested is None else suggested.rank)


@few
@given(st.data(), frameworks(max_statements=3))
def test_counts_are_those_of_trying_every_combination(data: st.DataObject, framework: ca.Framework) -> None:
    """For random methods on random frameworks: the number of combinations behind each pair of results is exact."""
    pair = (data.draw(methods(framework)), data.draw(methods(framework)))
    names = {name for method in pair for name in method.facts}
    size = 2 ** len(names)
    for leaf in framework.leaves:
        size *= len(framework.scale_of(leaf))
    assume(size <= MOST)
    try:
        sides = Sides(pair, framework)
    except CannotLowerError:
        return
    targets = [{node.target for node in plan.nodes} for plan in sides.plans]
    for target in sorted(targets[0] & targets[1]):
        joint = sides.joint(target, Budget(10**9))
        every = tried(pair, framework, target)
        asked = 2 ** len(names) * joint.total // size  # facts that this place does not ask for are not counted
        assert {key: count * (size // joint.total) for key, count in joint.counts.items()} == every, asked
        for key, (plain, facts) in joint.plainest.items():
            marks = tuple(
                (leaf, framework.scale_of(leaf).grades[rank])
                for leaf, rank in zip(framework.leaves, plain.ranks, strict=True)
            )
            case = ca.Assessment(Body("x", "X"), framework, marks, facts=tuple(sorted(facts.items())))
            assert (result(pair[0], case, target), result(pair[1], case, target)) == key
            assert plain.others == sum(rank != plain.usual for rank in plain.ranks)


def test_a_method_is_the_same_as_itself() -> None:
    """For the shipped methods, and on the 4^36 combinations of the older version, sameness is proved."""
    for name, total in (("single-word", 4**9), ("evidence-category", 4**36)):
        found = ca.analysis.diff_methods(name, name)
        assert (found.verdict, found.overall and found.overall.total) == ("same", total)
        assert f"the same result for all {total:,} combinations" in found.words


def test_another_way_to_write_the_same_is_the_same(tmp_path: Path) -> None:
    """Lines in points of the sum say what lines in rounded percentages say: 14, 23 and 32 of 36."""
    other = written(
        tmp_path, "in-points", ('rounding = "up"', 'rounding = "none"'),
        ("requires_improvement = 39", 'requires_improvement = "350/9"'),
        ("good = 63", 'good = "575/9"'), ("outstanding = 88", 'outstanding = "800/9"'),
    )  # fmt: skip
    assert ca.analysis.diff_methods("single-word", other).verdict == "same"


def test_a_line_one_point_higher_differs_where_the_sum_is_on_it(tmp_path: Path) -> None:
    """With good from 64 % only the profiles whose sum is 23 of 36 differ, which are counted exactly."""
    other = written(tmp_path, "stricter", ("good = 63", 'good = "129/2"'))
    found = ca.analysis.diff_methods("single-word", other)
    assert found.overall is not None
    (only,) = found.overall.differences
    sums = Counter(map(sum, product(range(1, 5), repeat=9)))
    assert (only.first, only.second, only.count) == ("Good", "Requires improvement", sums[23])
    assert found.overall.differing == sums[23]
    scores = [grade.value for grade in only.case.scores.values() if isinstance(grade, ca.Grade)]
    assert sum(scores) == 23
    plainest = min(sum(score != base for score in scores) for base in range(1, 5))
    assert plainest == min(
        sum(score != base for score in profile)
        for profile in product(range(1, 5), repeat=9)
        if sum(profile) == 23
        for base in range(1, 5)
    )
    assert only.rule.startswith("Not met in stricter: At least Good")
    assert ca.analysis.diff_methods(other, "single-word").overall.differing == sums[23]  # type: ignore[union-attr]


def test_a_limiter_is_shown_by_one_score(tmp_path: Path) -> None:
    """With a cap on a score of 1 for safeguarding the plainest case is that score alone among equal ones."""
    other = written(
        tmp_path,
        "limited",
        limit("requires_improvement", '{ any = ["safeguarding"], at_most = "significant_shortfalls" }'),
    )
    found = ca.analysis.diff_methods("single-word", other)
    assert found.overall is not None
    words = {(item.first, item.second): item.case_words for item in found.overall.differences}
    assert words["Good", "Requires improvement"] == "every score 3 but Safeguarding 1"
    expected = sum(1 for rest in product(range(1, 5), repeat=8) if 100 * (sum(rest) + 1) > 62 * 36)
    assert found.overall.differing == expected


def test_notices_are_compared(tmp_path: Path) -> None:
    """A notice that one method gives on fewer combinations is counted; one that both give alike is no difference."""
    other = written(tmp_path, "quieter", ('{ any = "statements", at_most', '{ any = ["equity"], at_most'))
    found = ca.analysis.diff_methods("single-word", other)
    notice = next(place for place in found.places if place.level == "notice")
    assert notice.differing == 4**9 - 3**9 - 4**8
    assert found.overall is not None
    assert found.overall.verdict == "same"
    assert found.verdict == "differ"


def test_facts_are_counted_as_well(tmp_path: Path) -> None:
    """A cap on a fact doubles the combinations, and the plainest case says that the fact holds."""
    other = written(tmp_path, "breached", limit("inadequate", '{ fact = "breach", sentence = "a rule is breached" }'))
    found = ca.analysis.diff_methods("single-word", other)
    assert found.overall is not None
    assert found.overall.total == 2 * 4**9
    assert all(item.case_words.endswith("; with breach") for item in found.overall.differences)
    assert found.overall.differing == sum(item.count for item in found.overall.differences) == 4**9 - 706


def test_what_is_too_much_is_not_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many combinations to count, the verdict is open and nothing is said of them."""
    monkeypatch.setattr(method_diff, "MOST_STEPS", 10)
    found = ca.analysis.diff_methods("single-word", "single-word")
    assert (found.verdict, {place.verdict for place in found.places}) == ("open", {"open"})
    assert "too many combinations" in found.words
    with pytest.raises(TooManyError):
        Sides((SINGLE, SINGLE), ca.framework("cqc-la")).joint("overall", Budget(10))  # type: ignore[arg-type]


def test_methods_of_different_frameworks_are_refused() -> None:
    """Two methods that score no version in common cannot be compared, and it is said what each scores."""
    with pytest.raises(IncomparableError, match="evidence-category scores cqc-la 2023"):
        ca.analysis.diff_methods("single-word", "evidence-category")
    with pytest.raises(UnknownScorerError):
        ca.analysis.diff_methods("single-word", "nothing")


def test_versions_of_a_method_are_told_apart() -> None:
    """Two versions of one method are called by their versions."""
    assert SINGLE is not None
    assert ca.analysis.diff_methods(SINGLE, evolve(SINGLE, version="2")).names == ("single-word 1", "single-word 2")


def test_words_are_short_and_json_holds_all(tmp_path: Path) -> None:
    """No sentence is too long, and the plain values count what the words count."""
    other = written(tmp_path, "stricter", ("good = 63", "good = 70"), ("outstanding = 88", "outstanding = 95"))
    found = ca.analysis.diff_methods("single-word", other)
    said = [line for line in found.lines() if not line.startswith("Notice")]
    assert [what for line in said for what in (*too_long(line), *struck_out(line))] == []
    data = json.loads(json.dumps(found.to_dict()))
    overall = data["places"][0]
    assert sum(row["count"] for row in overall["counts"]) == overall["total"] == 4**9
    assert sum(row["count"] for row in overall["differences"]) == overall["differing"]
    assert repr(found).startswith("<MethodDiff of single-word and stricter")
