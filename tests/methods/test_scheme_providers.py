"""CQC's schemes for providers: counting rules over ratings, and percentages with limiters."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.methods.check import check
from careassure.methods.complete import complete_nodes
from careassure.methods.fit import fit

from .effort import runs
from .frames import HEAD, Frame, Item, plain_frame, scale_of

WORDS = ("inadequate", "requires_improvement", "good", "outstanding")
GRADES = " ".join(WORDS)
SHORT = dict(zip("IRGO", WORDS, strict=True))
QUESTIONS = ("safe", "effective", "caring", "responsive", "well_led")

COUNTING = """

[[nodes.rungs]]
grade = "requires_improvement"
when = { count = "LEVEL", at_least = { share = 1, rounding = "none", plus = -1 } }
sentence = "At most one is inadequate."
reference = "rules"

[[nodes.rungs]]
grade = "good"
when = { all_of = [
  { every = "LEVEL", at_least = "requires_improvement" },
  { count = "LEVEL", at_least = { share = 1, rounding = "none", plus = -1 } },
] }
sentence = "None is inadequate and at most one requires improvement."
reference = "rules"

[[nodes.rungs]]
grade = "outstanding"
when = { all_of = [{ every = "LEVEL", at_least = "good" }, { count = "LEVEL", at_least = 2 }] }
sentence = "Two are outstanding and the rest good."
reference = "rules"
"""


def counted(letters: str) -> str:
    """The overall rating of five key questions, in the order in which the rules are told."""
    n = Counter(letters)
    if n["I"] >= 2:
        return "I"
    if n["I"] == 1 or n["R"] >= 2:
        return "R"
    return "O" if n["O"] >= 2 and n["R"] == 0 else "G"


KLOE = plain_frame(f"all: {' '.join(QUESTIONS)}", GRADES)
KLOE_METHOD = f"""{HEAD}
[[nodes]]
for = "overall"
scale = "r"
{COUNTING.replace("LEVEL", "statements")}
[[nodes.limits]]
cap = "requires_improvement"
when = {{ fact = "breach" }}
sentence = "A breach of regulations."
reference = "rules"
"""


def test_key_questions_are_counted() -> None:
    """Over every profile of five key questions the overall follows the counting rules, and a breach caps it."""
    method = KLOE.load(KLOE_METHOD)
    assert check(method, KLOE.framework).ok
    for letters in map("".join, product("IRGO", repeat=5)):
        words = [SHORT[letter] for letter in letters]
        outcome, breached = KLOE.words(method, *words), KLOE.words(method, *words, breach=True)
        assert outcome.rating is not None
        assert breached.rating is not None
        assert outcome.rating.key == SHORT[counted(letters)]
        assert breached.rating.rank == min(outcome.rating.rank, 1)


@pytest.mark.parametrize(
    ("letters", "overall"),
    [
        ("GGGGG", "G"), ("GGGGR", "G"), ("RGGGR", "R"), ("GGGGO", "G"), ("GGOGO", "O"), ("RRGRR", "R"), ("OOOOO", "O"),
        ("IRGGR", "R"), ("IRRRI", "I"), ("RRRRI", "R"), ("IIIII", "I"), ("GOGRR", "R"), ("IGGGR", "R"),
    ],
)  # fmt: skip
def test_profiles_of_real_locations(letters: str, overall: str) -> None:
    """Profiles that locations really have, in CQC's published ratings, give the overall rating that they have."""
    outcome = KLOE.words(KLOE.load(KLOE_METHOD), *(SHORT[letter] for letter in letters))
    assert outcome.rating is not None
    assert outcome.rating.key == SHORT[overall]


SERVICES = plain_frame("all: a b c d e f g h i j", GRADES)
TRUST_METHOD = (
    HEAD
    + """
[[nodes]]
for = "overall"
scale = "r"

[[nodes.rungs]]
grade = "requires_improvement"
when = { every = "statements" }
sentence = "None is inadequate."
reference = "rules"

[[nodes.rungs]]
grade = "good"
when = { every = "statements" }
sentence = "All are good."
reference = "rules"

[[nodes.rungs]]
grade = "outstanding"
when = { all_of = [
  { every = "statements", at_least = "good" },
  { count = "statements", at_least = { by_n = { 1 = 1, 4 = 2, 9 = 3 } } },
] }
sentence = "Enough are outstanding and the rest good."
reference = "rules"
"""
)


@pytest.mark.parametrize("n", range(1, 11))
def test_how_many_outstanding_are_enough_depends_on_how_many_there_are(n: int) -> None:
    """One outstanding rating is enough of up to three, two of four to eight, and three of nine or more."""
    method = SERVICES.load(TRUST_METHOD)
    enough = 1 if n <= 3 else 2 if n <= 8 else 3
    for outstanding in range(n + 1):
        words = ["outstanding"] * outstanding + ["good"] * (n - outstanding)
        outcome = SERVICES.words(method, *words, *[None] * (10 - n))
        assert str(outcome.rating) == ("outstanding" if outstanding >= enough else "good")
        if outstanding < n:
            words[-1] = "requires_improvement"
            assert str(SERVICES.words(method, *words, *[None] * (10 - n)).rating) == "requires improvement"


SIZES: dict[str, int] = dict(zip(QUESTIONS, (8, 6, 5, 7, 8), strict=True))
SAF = Frame(
    tuple(Item(name, tuple(Item(f"{name}_{place}") for place in range(size))) for name, size in SIZES.items()),
    {"s": scale_of("one", "two", "three", "four"), "r": scale_of(*WORDS)},
)
SAF_METHOD = f"""{HEAD}
[measures.percentage]
kind = "percentage"
over = "scores"
rounding = "half_up"
sentence = "The scores of a key question as a percentage of the most they could be"
reference = "rules"

[[nodes]]
for = "themes"
scale = "r"
headline = "percentage"

[[nodes.rungs]]
grade = "requires_improvement"
when = {{ measure = "percentage", at_least = 39 }}
sentence = "39 or more."
reference = "rules"

[[nodes.rungs]]
grade = "good"
when = {{ any_of = [
  {{ measure = "percentage", at_least = 88 }},
  {{ all_of = [{{ measure = "percentage", at_least = 63 }}, {{ every = "scores", at_least = "two" }}] }},
] }}
sentence = "63 or more without a 1, or 88."
reference = "rules"

[[nodes.rungs]]
grade = "outstanding"
when = {{ all_of = [{{ measure = "percentage", at_least = 88 }}, {{ every = "scores", at_least = "three" }}] }}
sentence = "88 or more without a 1 or 2."
reference = "rules"

[[nodes]]
for = "overall"
scale = "r"
{COUNTING.replace("LEVEL", "themes")}
"""


def limited(scores: tuple[int, ...]) -> int:
    """The rank of a key question from its scores, by points and the two limiters."""
    most = 4 * len(scores)
    percentage = (200 * sum(scores) + most) // (2 * most)
    if percentage >= 88:
        return 3 if min(scores) > 2 else 2
    if percentage >= 63:
        return 2 if min(scores) > 1 else 1
    return int(percentage >= 39)


@pytest.mark.parametrize("question", ["effective", "caring"])
def test_a_key_question_is_banded_and_limited(question: str) -> None:
    """In the good range a score of 1 leaves a question below good; in the outstanding range a 1 or 2 leaves it good."""
    fitted = fit(SAF.load(SAF_METHOD), SAF.framework)
    lowered = complete_nodes(fitted)[question]
    for scores in product(range(1, 5), repeat=SIZES[question]):
        assert lowered.rank(lowered.state([score - 1 for score in scores]), {}) == limited(scores)


@runs(0.5)
@given(st.lists(st.integers(1, 4) | st.just(3) | st.just(4), min_size=34, max_size=34))
def test_thirty_four_statements_make_five_ratings_make_one(scores: list[int]) -> None:
    """Statements are added up for each key question, and the five ratings are counted for the overall."""
    outcome = SAF.assess(
        SAF.load(SAF_METHOD), {leaf: score - 1 for leaf, score in zip(SAF.leaves, scores, strict=True)}
    )
    ranks, start = [], 0
    for size in SIZES.values():
        ranks.append(limited(tuple(scores[start : start + size])))
        start += size
    assert [str(outcome.profile[name].grade) for name in QUESTIONS] == [WORDS[rank].replace("_", " ") for rank in ranks]
    assert outcome.rating is not None
    assert outcome.rating.key == SHORT[counted("".join("IRGO"[rank] for rank in ranks))]
    assert outcome.trace.audit() == ()


def test_the_three_schemes_are_sound() -> None:
    """None of them lowers a rating when a score is raised, and all ratings can be reached."""
    assert check(KLOE.load(KLOE_METHOD), KLOE.framework).ok
    assert check(SERVICES.load(TRUST_METHOD), SERVICES.framework).ok
    assert check(SAF.load(SAF_METHOD), SAF.framework).ok
