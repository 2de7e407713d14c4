"""Formulas against truth tables: whatever is done with them, they say what they said before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.methods.conditions import AllOf, AnyOf, AtLeast, Condition, FactIs, Measure, Not, Selection, Threshold
from careassure.methods.counted import NOTHING, merged, options_of
from careassure.methods.formulas import FALSE, TRUE, Budget, Formula, Formulas, TooManyError

from .effort import runs

FACTS, ATOMS = ("x", "y", "z"), 3


def atom(number: int) -> AtLeast:
    return AtLeast(Measure("", "count", Selection("scores"), grade="mid"), Threshold(Fraction(number)))


conditions = st.recursive(
    st.one_of(
        st.builds(atom, st.integers(0, ATOMS - 1)),
        st.builds(FactIs, st.sampled_from(FACTS), st.booleans()),
    ),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda parts: AllOf(tuple(parts)), st.lists(inner, max_size=3)),
        st.builds(lambda parts: AnyOf(tuple(parts)), st.lists(inner, max_size=3)),
    ),
    max_leaves=7,
)


def made(formulas: Formulas, condition: Condition) -> Formula:
    return formulas.of(condition, lambda found: formulas.atom(int(found.threshold.constant)))


def holds(condition: Condition, truths: int, facts: Mapping[str, bool]) -> bool:
    match condition:
        case AtLeast(_, threshold):
            return bool(truths >> int(threshold.constant) & 1)
        case FactIs(name, value, default):
            return facts.get(name, default) is value
        case Not(part):
            return not holds(part, truths, facts)
        case AllOf(parts):
            return all(holds(part, truths, facts) for part in parts)
        case AnyOf(parts):
            return any(holds(part, truths, facts) for part in parts)


SETTINGS = [dict(zip(FACTS, values, strict=True)) for values in product((False, True), repeat=len(FACTS))]


def value(formulas: Formulas, formula: Formula, truths: int, facts: Mapping[str, bool]) -> bool:
    """What a formula comes to when everything is known."""
    [left] = formulas.worked_out([formula], truths)
    for name in FACTS:
        left = formulas.settled(left, name, facts[name])
    assert left in (FALSE, TRUE)
    return left == TRUE


@runs(2)
@given(conditions)
def test_a_formula_says_what_its_condition_says(condition: Condition) -> None:
    """For all comparisons and facts, in whatever order they become known."""
    formulas = Formulas()
    formula = made(formulas, condition)
    for truths, facts in product(range(2**ATOMS), SETTINGS):
        expected = holds(condition, truths, facts)
        assert value(formulas, formula, truths, facts) is expected
        left = formula
        for name in reversed(FACTS):
            left = formulas.settled(left, name, facts[name])
        assert formulas.worked_out([left, formulas.opposite(left)], truths) == (expected, not expected)


@runs(2)
@given(conditions, st.integers(0, 2**ATOMS - 1))
def test_what_is_not_known_stays_open(condition: Condition, known: int) -> None:
    """With some comparisons known, what is left says the same for the others, and speaks of none that is known."""
    formulas = Formulas()
    formula = made(formulas, condition)
    for truths in range(2**ATOMS):
        [left] = formulas.worked_out([formula], truths, known)
        assert not any(known >> number & 1 for number in formulas.atoms(left))
        for rest, facts in product(range(2**ATOMS), SETTINGS):
            whole = (truths & known) | (rest & ~known)
            assert value(formulas, left, whole, facts) is holds(condition, whole, facts)


@runs(2)
@given(conditions)
def test_the_facts_and_comparisons_of_a_formula_are_told(condition: Condition) -> None:
    """Every fact and comparison that matters is named, each once; one that counts in one way moves it in that way."""
    formulas = Formulas()
    formula = made(formulas, condition)
    facts, atoms = formulas.facts(formula), formulas.atoms(formula)
    assert len(set(facts)) == len(facts)
    assert list(formulas.all_facts([formula, formula])) == list(facts)
    for truths, told in product(range(2**ATOMS), SETTINGS):
        here = holds(condition, truths, told)
        for name in set(FACTS) - set(facts):
            assert holds(condition, truths, {**told, name: not told[name]}) is here
        for number in range(ATOMS):
            other = holds(condition, truths | 1 << number, told)
            lower = holds(condition, truths & ~(1 << number), told)
            assert other is lower or number in atoms
            if atoms.get(number) == {True}:
                assert other or not lower
            if atoms.get(number) == {False}:
                assert lower or not other


@runs(2)
@given(conditions)
def test_the_ends_are_exact_where_each_comparison_counts_once(condition: Condition) -> None:
    """At worst and at best, a formula without facts is what its comparisons make of it when each is at its end."""
    formulas = Formulas(told=lambda fact: fact.value)
    formula = made(formulas, condition)
    assert formulas.facts(formula) == ()
    for low, high in product(range(2**ATOMS), repeat=2):
        if low & ~high:
            continue
        worst, best = formulas.ends(formula, low, high)
        between = [low | rest for rest in range(2**ATOMS) if not rest & ~(high & ~low)]
        reached = {holds(condition, truths, dict.fromkeys(FACTS, True)) for truths in between}
        assert reached <= set(range(worst, best + 1))
        if all(len(ways) == 1 for ways in formulas.atoms(formula).values()):
            assert (worst, best) == (min(reached), max(reached))


@runs(2)
@given(st.lists(conditions, min_size=1, max_size=3))
def test_the_settings_of_facts_are_counted(parts: list[Condition]) -> None:
    """In how many settings of their facts formulas come out together in each way."""
    formulas = Formulas()
    found = [made(formulas, part) for part in parts]
    for truths in range(2**ATOMS):
        left = formulas.worked_out(found, truths)
        names = list(formulas.all_facts(left))
        expected = Counter(
            tuple(int(holds(part, truths, {**dict.fromkeys(FACTS, False), **dict(zip(names, values, strict=True))}))
                  for part in parts)
            for values in product((False, True), repeat=len(names))
        )  # fmt: skip
        assert formulas.settings(left, Budget(10_000)) == expected


@runs(2)
@given(conditions)
def test_questions_answered_leave_no_fact(condition: Condition) -> None:
    """The questions of a formula hang on facts alone; with each answered, it says what it said, without facts."""
    formulas = Formulas()
    formula = made(formulas, condition)
    questions = formulas.questions(formula)
    assert len(set(questions)) == len(questions)
    assert set(formulas.all_facts(questions)) == set(formulas.facts(formula))
    assert not any(formulas.atoms(question) for question in questions)
    for facts in SETTINGS:
        answers = {one: TRUE if value(formulas, one, 0, facts) else FALSE for one in questions}
        left = formulas.replaced(formula, answers)
        assert formulas.facts(left) == ()
        for truths in range(2**ATOMS):
            assert value(formulas, left, truths, facts) is holds(condition, truths, facts)


def test_a_formula_is_in_its_simplest_form() -> None:
    """What is always so or never so is said as such; parts stand once, in order, and "all" in "all" is one."""
    formulas = Formulas()
    x, y, z = (formulas.fact(name) for name in FACTS)
    a = formulas.atom(0)
    assert len({x, y, z, a, FALSE, TRUE}) == 6
    assert (formulas.fact("x"), formulas.atom(0)) == (x, a)
    assert formulas.opposite(formulas.opposite(x)) == x
    assert (formulas.opposite(TRUE), formulas.opposite(FALSE)) == (FALSE, TRUE)
    for join, other, neutral, end in (
        (formulas.every, formulas.some, TRUE, FALSE), (formulas.some, formulas.every, FALSE, TRUE),
    ):  # fmt: skip
        assert join([]) == neutral
        assert join([x]) == join([x, x]) == join([neutral, x]) == x
        assert join([x, end]) == end
        assert join([x, formulas.opposite(x)]) == join([y, formulas.opposite(x), x]) == end
        assert join([join([x, y]), z]) == join([z, join([y, x])]) == join([x, y, z, neutral])
        assert formulas.parts(join([z, x, y])) == (x, y, z)
        assert join([other([x, y]), z]) not in (join([x, y, z]), other([x, y, z]))
        assert formulas.parts(join([other([x, y]), z])) == (z, other([x, y]))
    assert formulas.parts(x) == formulas.parts(a) == ()
    assert formulas.facts(formulas.every([formulas.some([z, a]), y])) == ("y", "z")
    assert formulas.told(formulas.every([a, y, z])) == (formulas.every([y, z]), (a,))
    assert formulas.told(formulas.some([a, formulas.opposite(y)])) == (formulas.opposite(y), (a,))
    assert formulas.told(formulas.some([a, formulas.atom(1)])) == (None, (a, formulas.atom(1)))


def test_a_fact_with_two_defaults_is_two_facts_where_nobody_says() -> None:
    """Where nobody says, a fact with both defaults can be so in one place and not so in another at once."""
    formulas = Formulas(unsure=frozenset("x"))
    so, not_so = (made(formulas, FactIs("x", value=True, default=default)) for default in (True, False))
    assert so == formulas.some([formulas.fact("x"), formulas.fact("x where nobody says")])
    assert not_so == formulas.fact("x")
    assert made(formulas, FactIs("x", value=False, default=True)) == formulas.opposite(so)
    assert made(formulas, FactIs("y", value=True, default=True)) == formulas.fact("y")
    assert made(formulas, FactIs("y", value=False, default=True)) == formulas.opposite(formulas.fact("y"))


def test_what_is_told_of_facts_is_no_question() -> None:
    """Where each fact is answered, a condition on facts alone is settled."""
    formulas = Formulas(told=lambda fact: fact.name == "x")
    assert (made(formulas, FactIs("x")), made(formulas, FactIs("y"))) == (TRUE, FALSE)


def test_a_budget_is_spent_to_its_last_step() -> None:
    """So many steps and no more; what is dear costs more of them."""
    budget = Budget(5)
    budget.spend(2)
    budget.spend(3)
    assert budget.left == 0
    with pytest.raises(TooManyError):
        budget.spend(1)
    formulas = Formulas()
    both = [formulas.every([formulas.fact("x"), formulas.fact("y")]), formulas.fact("x")]
    for steps, enough in ((8 * 2 + 8 * 2 * 2, True), (8 * 2 + 8 * 2 * 2 - 1, False)):
        if enough:
            assert formulas.settings(both, Budget(steps)) == {(TRUE, TRUE): 1, (FALSE, TRUE): 1, (FALSE, FALSE): 2}
        else:
            with pytest.raises(TooManyError):
                formulas.settings(both, Budget(steps))


def test_states_are_put_together_and_counted() -> None:
    """Every state with every option: ways multiply and add up, and the way with the fewest left out is kept."""
    once = merged(NOTHING, [(1, 1, 0), (2, 1, 0), (0, 0, 0b1)], Budget(3))
    assert once == {1: (1, 0), 2: (1, 0), 0: (0, 0b1)}
    twice = merged(once, [(1, 2, 0), (2, 1, 0), (0, 0, 0b110)], Budget(9))
    assert twice == {2: (2, 0), 3: (3, 0), 1: (0, 0b1), 4: (1, 0), 0: (0, 0b111)}
    assert options_of(once) == [(1, 1, 0), (2, 1, 0), (0, 0, 0b1)]
    with pytest.raises(TooManyError):
        merged(once, options_of(once), Budget(8))
    long: Any = {0: (2**200, 0)}
    merged(long, [(0, 1, 0)], Budget(2))
    with pytest.raises(TooManyError):
        merged(long, [(0, 1, 0)], Budget(1))
