"""Cases are drawn in stages by a seed alone, in proportion, and the doubt that is left is always said."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from careassure.errors import CareAssureError, InvalidInputError
from careassure.samples import distances as represent_module
from careassure.samples import groups
from careassure.samples.cases import Case, CaseAttribute, CaseList, Code
from careassure.samples.groups import compare_groups
from careassure.samples.intervals import CAUTION
from careassure.samples.likeness import criteria_covered, represent
from careassure.samples.picks import picked
from careassure.samples.quotas import fewest, needs_of
from careassure.samples.sampling import PILOT_STAGES, draw
from helpers import tried

AGE = CaseAttribute("age_band", "age", [Code("18-64"), Code("65-84"), Code("85+")])
SETTING = CaseAttribute("setting", codes=[Code("home"), Code("care_home")])
DISCHARGE = CaseAttribute("discharge", "hospital discharge", [Code("yes"), Code("no")], criterion=True)
ALL = (AGE, SETTING, DISCHARGE)
NAMES = [attribute.id for attribute in ALL]
seeds = st.integers() | st.text(max_size=5)


ROWS = st.sampled_from([*itertools.product(*(a.codes for a in ALL))])


@st.composite
def case_lists(draw_: st.DrawFn, smallest: int = 1, largest: int = 40) -> CaseList:
    """Cases with any codes."""
    rows = draw_(st.lists(ROWS, min_size=smallest, max_size=largest))
    return CaseList(
        ALL,
        [Case(f"C{n}", zip(NAMES, [code.id for code in row], strict=True)) for n, row in enumerate(rows)],
    )


stages = st.lists(st.integers(1, 45), min_size=1, max_size=4).map(lambda sizes: sorted(sizes, reverse=True))
strata = st.lists(st.sampled_from(NAMES), unique=True)


@st.composite
def minimums(draw_: st.DrawFn) -> dict[str, dict[str, int]]:
    """Minimum numbers of some codes."""
    chosen = draw_(st.lists(st.sampled_from([(a.id, c.id) for a in ALL for c in a.codes]), unique=True, max_size=4))
    found: dict[str, dict[str, int]] = {}
    for name, code in chosen:
        found.setdefault(name, {})[code] = draw_(st.integers(0, 3))
    return found


def made(count: int) -> CaseList:
    """A plainly fictitious list of cases, the same on every machine."""
    return CaseList(
        ALL,
        [
            Case.of(
                f"C{n}",
                {
                    "age_band": AGE.codes[n * n % 3].id,
                    "setting": SETTING.codes[n % 5 == 0].id,
                    "discharge": DISCHARGE.codes[n % 10 != 3].id,
                },
            )
            for n in range(1, count + 1)
        ],
    )


# ------------------------------------------------------------------ drawing


@given(case_lists(), stages, strata, seeds, minimums(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_means_nothing(
    cases: CaseList,
    sizes: list[int],
    by: list[str],
    seed: int | str,
    must_have: dict[str, dict[str, int]],
    order: random.Random,
) -> None:
    """The same seed draws the same cases, whatever the order of the rows and of the attributes within them."""
    rows = [Case(case.id, tuple(order.sample(case.attributes, 3))) for case in cases.cases]
    order.shuffle(rows)

    def drawn(listed: CaseList) -> Any:
        try:
            found = draw(listed, sizes, strata=by, seed=seed, must_have=must_have)
        except InvalidInputError as error:
            return error.problems
        return [(stage.ids, stage.allocation) for stage in found.stages], found.words

    assert drawn(CaseList(ALL, rows)) == drawn(cases)


@given(case_lists(), stages, strata, seeds)
def test_stages_are_nested_and_as_large_as_asked(
    cases: CaseList, sizes: list[int], by: list[str], seed: int | str
) -> None:
    """Each stage holds as many cases as asked for, or all there are, and each of them was in the stage before."""
    found = draw(cases, sizes, strata=by, seed=seed)
    before = {case.id for case in cases.cases}
    for size, stage in zip(sizes, found.stages, strict=True):
        assert stage.asked == size
        assert stage.size == len(set(stage.ids)) == min(size, len(before))
        assert before.issuperset(stage.ids)
        assert all(case in cases.cases for case in stage.cases)
        before = set(stage.ids)
    assert found.last == found.stages[-1].cases


@given(case_lists(), stages, strata, seeds)
def test_every_stratum_gets_its_share(cases: CaseList, sizes: list[int], by: list[str], seed: int | str) -> None:
    """Each stratum gets its exact share rounded down or up, the largest fractions up, and no more than it holds."""
    before = cases.cases
    for stage in draw(cases, sizes, strata=by, seed=seed).stages:
        held = Counter(tuple(case.code(name) for name in by) for case in before)
        drawn = Counter(tuple(case.code(name) for name in by) for case in stage.cases)
        assert {one.stratum: (one.held, one.drawn) for one in stage.allocation} == {
            label: (count, drawn[label]) for label, count in held.items()
        }
        for one in stage.allocation:
            assert one.proportional == Fraction(stage.size * one.held, len(before))
            assert abs(one.drawn - one.proportional) < 1
            assert one.drawn <= one.held
        up = [one.proportional % 1 for one in stage.allocation if one.drawn > one.proportional]
        down = [one.proportional % 1 for one in stage.allocation if one.drawn < one.proportional]
        assert not up or not down or min(up) >= max(down)
        before = stage.cases


@given(case_lists(), strata, st.integers())
def test_a_number_is_the_same_seed_as_its_digits(cases: CaseList, by: list[str], seed: int) -> None:
    """The seeds 7 and "7" draw the same cases, so that a seed can be typed."""
    one, other = draw(cases, (20, 5), strata=by, seed=seed), draw(cases, (20, 5), strata=by, seed=str(seed))
    assert one.stages == other.stages


@given(case_lists(), st.permutations(["age_band", "setting"]), seeds)
def test_the_order_of_the_strata_means_nothing(cases: CaseList, by: list[str], seed: int | str) -> None:
    """The same cases are drawn in whatever order the attributes of the strata are given."""
    found = [draw(cases, (12, 5), strata=names, seed=seed).last for names in (by, ["age_band", "setting"])]
    assert found[0] == found[1]


def test_seeds_draw_every_case_about_as_often() -> None:
    """Over 600 seeds each of 30 cases is among the 6 drawn about 120 times: none is favoured by its id or stratum."""
    cases = made(30)
    for by in ((), ("age_band", "setting")):
        often = Counter(case.id for seed in range(600) for case in draw(cases, (12, 6), strata=by, seed=seed).last)
        assert len(often) == 30
        # Four standard deviations of a binomial number are 39; strata of a few cases get somewhat uneven shares.
        assert max(abs(count - 120) for count in often.values()) < 60


def test_equal_fractions_favour_no_stratum() -> None:
    """Where two strata have an equal claim to one place, either gets it under about half of the seeds."""
    cases = CaseList([SETTING], [Case.of(f"C{n}", {"setting": SETTING.codes[n % 2].id}) for n in range(10)])
    home = sum(
        draw(cases, (1,), strata=["setting"], seed=seed).last[0].code("setting") == "home" for seed in range(400)
    )
    assert 160 < home < 240


def test_a_draw_stays_the_same_for_ever() -> None:
    """The cases of a seed are these, on every machine and with every version: a draw can be repeated by anyone."""
    found = draw(made(200), strata=("age_band", "setting"), seed=2026)
    assert PILOT_STAGES == (50, 10, 6)
    assert [stage.size for stage in found.stages] == [50, 10, 6]
    assert found.stages[-1].ids == ("C131", "C18", "C180", "C187", "C21", "C97")


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_the_hash_seed_of_python_means_nothing(hash_seed: str) -> None:
    """Another process with another PYTHONHASHSEED draws the same cases."""
    script = (
        "from careassure.samples.sampling import draw; from careassure.samples.cases import *; "
        "import itertools; ages, settings = ('a', 'b', 'c'), ('home', 'away'); "
        "A = [CaseAttribute('age', codes=map(Code, ages)), CaseAttribute('setting', codes=map(Code, settings))]; "
        "C = CaseList(A, [Case.of(f'C{n}', {'age': ages[n * n % 3], 'setting': settings[n % 2]}) for n in range(60)]); "
        "F = draw(C, (20, 7), strata=('age', 'setting'), seed='x', must_have={'age': {'c': 0, 'b': 3}}); "
        "print(*(','.join(s.ids) for s in F.stages))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": each},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for each in (hash_seed, "1")
    }
    assert len(outputs) == 1
    assert next(iter(outputs)).count(",") == 19 + 6


# ------------------------------------------------------------ minimum numbers


def meets(chosen: tuple[Case, ...], must_have: Mapping[str, Mapping[str, int]]) -> bool:
    """Whether cases hold the minimum numbers."""
    return all(
        sum(case.code(name) == code for case in chosen) >= least
        for name, numbers in must_have.items()
        for code, least in numbers.items()
    )


@given(case_lists(largest=9), st.lists(st.integers(1, 6), min_size=1, max_size=3), strata, seeds, minimums())
def test_minimum_numbers_are_met_whenever_they_can_be(
    cases: CaseList, sizes: list[int], by: list[str], seed: int | str, must_have: dict[str, dict[str, int]]
) -> None:
    """Every stage holds the minimum numbers; a draw is refused only if no set of the last stage's size holds them."""
    sizes.sort(reverse=True)
    last = min(sizes[-1], len(cases))
    possible = any(meets(chosen, must_have) for chosen in itertools.combinations(cases.cases, last))
    found = tried(lambda: draw(cases, sizes, strata=by, seed=seed, must_have=must_have))
    if isinstance(found, CareAssureError):
        assert not possible
        assert isinstance(found, InvalidInputError)
        assert all(str(problem.where).startswith("must_have") for problem in found.problems)
        return
    assert possible
    assert all(meets(stage.cases, must_have) for stage in found.stages)
    assert [stage.size for stage in found.stages] == [min(size, len(cases)) for size in sizes]
    assert all(set(later.ids) <= set(earlier.ids) for earlier, later in itertools.pairwise(found.stages))
    assert all(sum(one.drawn for one in stage.allocation) == stage.size for stage in found.stages)
    assert found.purposive is any(least for numbers in must_have.values() for least in numbers.values())
    assert ("purposive" in found.words) is found.purposive


@given(case_lists(largest=8), minimums())
def test_the_fewest_cases_are_the_fewest(cases: CaseList, must_have: dict[str, dict[str, int]]) -> None:
    """The smallest set of cases that holds the minimum numbers is as small as trying every set finds it."""
    needs, problems = needs_of(cases, must_have)
    sets = itertools.chain.from_iterable(itertools.combinations(cases.cases, n) for n in range(len(cases) + 1))
    expected = next((len(chosen) for chosen in sets if meets(chosen, must_have)), None)
    assert problems == []
    assert fewest(cases.cases, needs) == expected


@given(case_lists(), stages, strata, seeds, minimums())
def test_minimum_numbers_that_are_met_anyway_change_nothing(
    cases: CaseList, sizes: list[int], by: list[str], seed: int | str, must_have: dict[str, dict[str, int]]
) -> None:
    """If the last stage of the proportional draw holds the minimum numbers, the draw with them is that draw."""
    plain = draw(cases, sizes, strata=by, seed=seed)
    assume(meets(plain.last, must_have))
    assert draw(cases, sizes, strata=by, seed=seed, must_have=must_have).stages == plain.stages


def test_what_cannot_be_met_is_listed() -> None:
    """Each minimum number that cannot be met is named, with how many there are or how many the last stage holds."""
    larger = "Ask for fewer, or for a larger stage"
    with pytest.raises(InvalidInputError) as raised:
        draw(made(20), (10, 3), seed=1, must_have={"discharge": {"yes": 3}, "setting": {"home": 4}})
    assert [str(problem) for problem in raised.value.problems] == [
        "must_have, discharge, yes: at least 3 asked for, and 2 of 20 cases have it. Ask for fewer, or list more cases",
        f"must_have, setting, home: at least 4 asked for, and the last stage holds 3. {larger}",
    ]


def test_what_cannot_be_met_together_is_refused() -> None:
    """Two of one code and two of another code of the same attribute need four cases, and three are not enough."""
    with pytest.raises(InvalidInputError, match="together the numbers need 4 cases, and the last stage holds 3"):
        draw(made(20), (10, 3), seed=1, must_have={"age_band": {"18-64": 2, "65-84": 2}})


# ------------------------------------------------------------------ refusals


def refused(call: Callable[[], Any]) -> list[str]:
    """Where the problems of a refused call are."""
    with pytest.raises(InvalidInputError) as raised:
        call()
    return [str(problem.where) for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        ({"stages": ()}, ["stages"]),
        ({"stages": (5, 0)}, ["stages"]),
        ({"stages": (5, True)}, ["stages"]),
        ({"stages": (5, 2.0, "1")}, ["stages", "stages"]),
        ({"stages": (5, 6)}, ["stages"]),
        ({"strata": "setting"}, ["strata"]),
        ({"strata": ["seting", "setting", "setting"]}, ["strata", "strata"]),
        ({"seed": None}, ["seed"]),
        ({"seed": 1.0}, ["seed"]),
        ({"seed": True}, ["seed"]),
        ({"must_have": {"height": {"tall": 1}}}, ["must_have"]),
        ({"must_have": {"setting": {"hotel": 1, "home": -1, "care_home": 1.0}}},
         ["must_have, setting, hotel", "must_have, setting, home", "must_have, setting, care_home"]),
        ({"must_have": {"setting": {"home": 400}}}, ["must_have"]),
        ({"stages": (1, 2), "strata": ["x"], "seed": None, "must_have": {"y": {}}},
         ["must_have", "stages", "strata", "seed"]),
    ],
)  # fmt: skip
def test_arguments_without_sense_are_refused(arguments: dict[str, Any], where: list[str]) -> None:
    """Sizes that grow or are no counts, unknown strata, seeds that are no number or text: all is refused at once."""
    given_: dict[str, Any] = {"stages": (5, 2), "seed": 1, **arguments}
    assert refused(lambda: draw(made(20), **given_)) == where


# --------------------------------------------------------------------- words


def test_a_draw_in_words() -> None:
    """The words say from how many, how many, by what and with which seed, and that chosen cases support no interval."""
    assert draw(made(20), (8, 3), strata=["age_band", "setting"], seed="x").words == (
        "From 20 cases, 8 then 3 were drawn in proportion to age and setting, with the seed 'x'. "
        "A sample chosen by criteria and with consent supports no interval and no probability. Those for a random "
        "sample show only part of the doubt."
    )
    words = draw(made(20), (50, 3), seed=1, must_have={"discharge": {"yes": 2}}).words
    assert "Stage 1 was to hold 50 and only 20 were there: all were taken." in words
    assert "hold at least 2 with discharge yes, so the draw is purposive and no longer in proportion." in words


@given(case_lists(), stages, strata, seeds)
def test_the_doubt_is_always_said(cases: CaseList, sizes: list[int], by: list[str], seed: int | str) -> None:
    """The words of every draw and of every comparison end in what chosen cases do not support."""
    found = draw(cases, sizes, strata=by, seed=seed)
    assert found.words.endswith(CAUTION)
    assert ("all were taken" in found.words) is any(stage.size < stage.asked for stage in found.stages)
    assert represent(found.last, cases).words.endswith(CAUTION)


# ------------------------------------------------------------- representation


def distance(drawn: Counter[str], held: Counter[str]) -> Fraction:
    """The total variation distance of two tables of counts."""
    return sum(
        (abs(Fraction(drawn[code], drawn.total()) - Fraction(held[code], held.total())) for code in held), Fraction()
    ) / 2  # fmt: skip


@given(case_lists(largest=8), st.data())
def test_the_chance_is_a_count_of_samples(cases: CaseList, data: st.DataObject) -> None:
    """The probability to differ at least so much is the part of all samples of that size that do."""
    sample = data.draw(st.lists(st.sampled_from(cases.cases), min_size=1, unique=True))
    found = represent(sample, cases)
    assert (found.sample, found.population) == (len(sample), len(cases))
    samples = list(itertools.combinations(cases.cases, len(sample)))
    for one in found.attributes:
        name = one.attribute.id
        held = Counter(case.code(name) for case in cases.cases)
        apart = distance(Counter(case.code(name) for case in sample), held)
        more = sum(distance(Counter(case.code(name) for case in each), held) >= apart for each in samples)
        assert one.distance == apart
        assert one.chance == Fraction(more, len(samples))


@given(case_lists(largest=5), st.lists(st.integers(1, 9), min_size=3, max_size=3))
def test_with_shares_the_chance_is_multinomial(sample: CaseList, parts: list[int]) -> None:
    """Beside shares the probability is that of as many independent draws, added up over every outcome."""
    shares = dict(zip(["18-64", "65-84", "85+"], [Fraction(part, sum(parts)) for part in parts], strict=True))
    (found,) = represent(sample.cases, {"age_band": shares}).attributes

    def apart(codes: tuple[str, ...]) -> Fraction:
        return sum((abs(Fraction(codes.count(code), len(codes)) - share) for code, share in shares.items()), Fraction())

    seen = apart(tuple(case.code("age_band") for case in sample.cases))
    expected = Fraction()
    for codes in itertools.product(shares, repeat=len(sample)):
        if apart(codes) >= seen:
            chance = Fraction(1)
            for code in codes:
                chance *= shares[code]
            expected += chance
    assert found.distance == seen / 2
    assert found.chance == expected


@given(case_lists(smallest=3), st.data())
def test_shares_add_up(cases: CaseList, data: st.DataObject) -> None:
    """The shares of an attribute sum to 1 and the differences to 0; absent is what is listed and not drawn."""
    sample = data.draw(st.lists(st.sampled_from(cases.cases), min_size=1, unique=True))
    for one in represent(sample, cases).attributes:
        assert sum(found.population for found in one.shares) == sum(found.sample for found in one.shares) == 1
        assert sum(found.points for found in one.shares) == 0
        assert one.distance == sum(found.points for found in one.shares if found.points > 0) / 100
        listed = {case.code(one.attribute.id) for case in cases.cases}
        drawn = {case.code(one.attribute.id) for case in sample}
        assert {code.id for code in one.absent} == listed - drawn
        assert all(f"{code}" in one.words for code in one.absent)


@given(case_lists())
def test_everybody_is_like_everybody(cases: CaseList) -> None:
    """A sample of all cases is at no distance, and every sample differs at least that much."""
    for one in represent(cases.cases, cases).attributes:
        assert one.distance == 0
        assert one.chance == 1
        assert one.absent == ()


def test_rounded_shares_are_divided_by_their_sum() -> None:
    """Shares that were rounded to 0.33 each are thirds."""
    (found,) = represent(made(6).cases, {"age_band": {"18-64": 0.33, "65-84": 0.33, "85+": 0.33}}).attributes
    assert [share.population for share in found.shares] == [Fraction(1, 3)] * 3


def test_too_many_ways_to_differ_are_not_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the exact probability would take too long there is none, and the words say so."""
    cases = made(40)
    sample = draw(cases, (10,), seed=1).last
    assert all(one.chance is not None for one in represent(sample, cases).attributes)
    monkeypatch.setattr(represent_module, "MOST_STEPS", 10)
    found = represent(sample, cases)
    assert [one.chance for one in found.attributes] == [None] * 3
    assert found.words.count("how often a random sample would differ so much was not worked out") == 3


@given(case_lists(), st.data())
def test_criteria_are_counted(cases: CaseList, data: st.DataObject) -> None:
    """Each code of each criterion is counted in the list and in the sample; other attributes are no criteria."""
    sample = data.draw(st.lists(st.sampled_from(cases.cases), min_size=1, unique=True))
    found = criteria_covered(sample, cases)
    assert [(one.attribute, one.code) for one in found] == [(DISCHARGE, code) for code in DISCHARGE.codes]
    assert sum(one.listed for one in found) == len(cases)
    for one in found:
        assert one.sampled == sum(case.code("discharge") == one.code.id for case in sample)


def test_a_comparison_in_words() -> None:
    """The words give the distance, its chance and what is absent, for each attribute."""
    cases = CaseList([SETTING], [Case.of(f"C{n}", {"setting": "home" if n < 3 else "care_home"}) for n in range(4)])
    assert represent(cases.cases[:2], cases).words == (
        "2 cases compared with 4. setting: 25 % of the cases differ; a random sample would differ at least this "
        f"much with probability 100 %; absent: care_home. {CAUTION}"
    )
    assert represent(cases.cases[:2], {"setting": {"home": 0.5, "care_home": 0.5}}).words.startswith(
        "2 cases compared with a population of any size. setting: 50 % of the cases differ; a random sample would "
        "differ at least this much with probability 50 %; absent: care_home."
    )


def test_samples_must_belong_to_their_population() -> None:
    """No case, a case twice, one that is not listed or has other codes there: all is refused at once."""
    cases = made(10)
    other = Case.of("C1", {"age_band": "85+", "setting": "home", "discharge": "yes"})
    strange = Case("D1", cases.cases[0].attributes)
    assert refused(lambda: represent([], cases)) == [""]
    assert refused(lambda: represent([strange, cases.cases[1], cases.cases[1], other], cases)) == [
        "case C2", "case D1", "case C1",
    ]  # fmt: skip
    assert refused(lambda: criteria_covered([strange], cases)) == ["case D1"]


@pytest.mark.parametrize(
    ("shares", "where"),
    [
        ({"setting": {"home": 0.5, "care_home": 0.4}}, ["setting"]),
        ({"setting": {"home": 50, "care_home": 50}}, ["setting, home", "setting, care_home"]),
        ({"setting": {"home": -0.5, "care_home": "x"}}, ["setting, home", "setting, care_home"]),
        ({"setting": {"home": True, "care_home": 0}}, ["setting, home"]),
        ({"setting": {"care_home": 1.0}}, ["case C1, setting"]),
        ({"setting": {"home": 0, "care_home": 1}}, ["case C1, setting"]),
        ({"height": {"tall": 1}}, ["case C1, height"]),
        ({"height": {"tall": 2}, "setting": {"home": 0.1}}, ["height, tall", "case C1, height", "setting"]),
    ],
)
def test_shares_must_be_shares(shares: dict[str, dict[str, Any]], where: list[str]) -> None:
    """Percentages, shares that do not sum to 1, and codes without a share are refused, all at once."""
    assert refused(lambda: represent(made(1).cases, shares)) == where


# ------------------------------------------------------------- somebody else's pick, and groups


@given(case_lists(), st.sampled_from(ALL))
def test_each_step_of_a_pick_is_within_the_one_before(cases: CaseList, attribute: CaseAttribute) -> None:
    """The first step is the list; each later one holds the cases with its code or a later one, and no others."""
    found = picked(cases, attribute.id)
    assert set(found.stages[0].ids) == {case.id for case in cases.cases}
    order = [code.id for code in attribute.codes]
    for step, stage in enumerate(found.stages):
        assert set(stage.ids) == {case.id for case in cases.cases if order.index(case.code(attribute.id)) >= step}
        assert sum(stage.counts(DISCHARGE).values()) == len(stage.cases)


def test_a_pick_needs_a_code_for_each_step() -> None:
    """One code alone tells nobody picked from anybody else."""
    one = CaseList([CaseAttribute("pick", codes=[Code("yes")])], [Case.of("C1", {"pick": "yes"})])
    assert "a pick needs one for each step" in str(tried(lambda: picked(one, "pick")))
    assert "is not an attribute" in str(tried(lambda: picked(one, "other")))


def test_what_a_sample_was_picked_by_can_be_left_out() -> None:
    """An attribute that is left out is not compared; the others are as before."""
    cases = made(20)
    whole, part = (represent(cases.cases[:5], cases, leave_out=names) for names in ((), ("setting",)))
    assert part.attributes == tuple(one for one in whole.attributes if one.attribute.id != "setting")


@given(case_lists(largest=12))
def test_groups_are_samples_of_all(cases: CaseList) -> None:
    """Each group is compared as a sample of its size from all is, and every case is in one group."""
    found = compare_groups(cases, "age_band", "setting")
    assert sum(group.size for group in found.groups) == found.cases == len(cases)
    for group in found.groups:
        members = [case for case in cases.cases if case.code("age_band") == group.group.id]
        assert group.outcome == represent(members, cases, leave_out=("age_band", "discharge")).attributes[0]
    assert found.words.endswith(groups.CAUTION)


def test_where_all_codes_are_too_many_the_last_is_compared_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A group that is too large for all codes together is compared in the last code, and the words say so."""
    monkeypatch.setattr(represent_module, "MOST_STEPS", 60)
    ages = [code.id for code in AGE.codes]
    rows = [{"setting": "home" if n < 20 else "care_home", "age_band": ages[n // 15 % 3]} for n in range(60)]
    found = compare_groups(
        CaseList([AGE, SETTING], [Case.of(f"C{n}", row) for n, row in enumerate(rows)]), "setting", "age_band"
    )
    for group in found.groups:
        assert group.outcome.chance is None
        assert group.chance == group.last_chance is not None
        assert "In '85+' alone a random sample of" in group.words


def test_hundreds_of_cases_over_three_codes_are_worked_out() -> None:
    """Of 1,000 cases 540 are low; of 495 in a group 295 are, which chance does in fewer than one draw in a thousand."""
    found = represent_module.chance_without_replacement([300, 160, 540], [140, 60, 295])
    assert found is not None
    assert Fraction(5, 10_000) < found < Fraction(6, 10_000)


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_two_codes_in_a_large_sample_are_two_tails(good: int, bad: int, data: st.DataObject) -> None:
    """What is summed up over two tails is what going through every sample gives."""
    size = data.draw(st.integers(1, good + bad))
    hit = data.draw(st.integers(max(0, size - bad), min(good, size)))
    counts = [hit, size - hit]
    small = represent_module.chance_without_replacement([good, bad], counts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(represent_module, "EXACT_UP_TO", 0)
        assert represent_module.chance_without_replacement([good, bad], counts) == small
