"""How far assessments of the same councils agree: a council's own, its peers', the published one.

Whoever scored is called a rater here. Where raters differ by more than chance, one of them scores higher or lower
throughout (bias) or they see different things; the two are told apart, statement by statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from attrs import frozen

from careassure.analysis.coefficients import TwoRaters, krippendorff_alpha
from careassure.analysis.method_comparison import agreement_to_dict, agreement_words
from careassure.errors import InvalidInputError, Problem, collecting
from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.rounding import decimal
from careassure.model.scale import Grade
from careassure.model.showing import short_repr
from careassure.model.text import join, plural

FORMAT = "careassure.agreement/1"
_NAMED = 3


@frozen
class Bias:
    """How much higher one rater scores a statement than another.

    Args:
        id: The id of what is scored.
        title: How it is printed.
        councils: For how many councils both scored it.
        total: By how many grades the second scores higher, over all of them; below 0: lower.
    """

    id: str
    title: str
    councils: int
    total: int

    __repr__ = short_repr

    @property
    def mean(self) -> Fraction | None:
        """The mean over the councils, in grades; None where none was scored by both."""
        return Fraction(self.total, self.councils) if self.councils else None


@frozen
class RaterPair:
    """Two raters.

    Args:
        first: The first.
        second: The second.
        bias: How much higher the second scores each statement.
        agreement: How far their scores agree, over all statements and councils.
    """

    first: str
    second: str
    bias: tuple[Bias, ...]
    agreement: TwoRaters

    __repr__ = short_repr

    @property
    def mean_bias(self) -> Fraction | None:
        """How many grades higher the second scores on average; None where nothing was scored by both."""
        total = self.agreement.total
        return Fraction(sum(item.total for item in self.bias), total) if total else None

    @property
    def lines(self) -> tuple[str, ...]:
        """How they compare, a sentence or two each."""
        if self.mean_bias is None:
            return (f"{self.first} and {self.second} scored nothing in common.",)
        up, down = ([item for item in self.bias if item.total * way > 0] for way in (1, -1))
        apart = [
            f"{word}: {join([f'{item.title} by {decimal(abs(item.mean or Fraction(0)))}' for item in found])}"
            for word, found in (("higher", up), ("lower", down))
            if found
        ]
        side = "higher" if self.mean_bias > 0 else "lower"
        amount = decimal(abs(self.mean_bias))
        level = f"scores {amount} {side} than {self.first} on average" if self.mean_bias else f"scores as {self.first}"
        said = f"{self.second} {level}, over {plural(self.agreement.total, 'score')}."
        return (said, *(f"  {text}." for text in apart), f"  {agreement_words(self.agreement)}")


@frozen
class Agreement:
    """How far raters agree about the same councils.

    Args:
        framework: What they scored.
        raters: Their names.
        councils: Whose scores are compared.
        pairs: Each two of them.
        alpha: Krippendorff's alpha for grades in order, over all of them; None where it cannot be said.
        units: How many scores were given by two raters or more.
    """

    framework: Framework
    raters: tuple[str, ...]
    councils: tuple[str, ...]
    pairs: tuple[RaterPair, ...]
    alpha: Fraction | None
    units: int

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """All of it, a line each."""
        rest = len(self.councils) - _NAMED
        named = [*self.councils[:_NAMED], f"{rest} more"] if rest > 0 else self.councils
        lines = [f"{join(self.raters)}, for {join(named)}"]
        lines += [line for pair in self.pairs for line in pair.lines]
        if self.alpha is not None:
            many = plural(self.units, "score that two raters or more gave", "scores that two raters or more gave")
            lines.append(f"Krippendorff's alpha: {decimal(self.alpha)}, over {many}. 1 is full agreement, 0 is chance.")
        if self.units < 30:
            lines.append(f"{plural(self.units, 'score')} are few: another day or team could change these figures.")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.words

    def to_dict(self) -> dict[str, object]:
        """It as plain values that JSON can hold, in the form ``careassure.agreement/1``."""
        return {
            "format": FORMAT,
            "raters": list(self.raters),
            "councils": list(self.councils),
            "units": self.units,
            "alpha": _text(self.alpha),
            "pairs": [
                {
                    "first": pair.first,
                    "second": pair.second,
                    "mean_bias": _text(pair.mean_bias),
                    "bias": [
                        {
                            "id": item.id,
                            "councils": item.councils,
                            "mean": None if item.mean is None else str(item.mean),
                        }
                        for item in pair.bias
                    ],
                    **agreement_to_dict(pair.agreement),
                }
                for pair in self.pairs
            ],
        }


def _text(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


@checked
def agreement(assessments: Iterable[Assessment] | Mapping[str, Assessment | Iterable[Assessment]]) -> Agreement:
    """How far assessments of the same councils agree: bias, kappa, AC2, and alpha over all raters.

    Scores that are missing, or carry a state such as "not judged", are left out where they are missing and nowhere
    else.

    Args:
        assessments: The assessments, each rater being its kind (``self``, ``peer``, ``published``, ``mock``); or by
            rater, so that several of one kind can be told apart.

    Raises:
        InvalidInputError: Two assessments of one council by one rater, frameworks or scales that differ, or fewer
            than two raters.
    """
    given: list[tuple[str, Assessment]] = []
    if isinstance(assessments, Mapping):
        for name, found in assessments.items():
            given += [(str(name), item) for item in ((found,) if isinstance(found, Assessment) else found)]
    else:
        given = [(item.kind, item) for item in assessments]
    raters = tuple(dict.fromkeys(name for name, _ in given))
    by_place: dict[tuple[str, str], Assessment] = {}
    with collecting("the assessments") as problems:
        if len(raters) < 2:
            hint = "Give those of two kinds, or a table by rater"
            problems.append(Problem("", "they are by fewer than two raters", hint))
        for name, item in given:
            if item.framework.leaves != given[0][1].framework.leaves or item.framework.id != given[0][1].framework.id:
                problems.append(Problem(item.label, "it is of another framework", "Give those of one framework"))
            if by_place.setdefault((name, item.council.code), item) is not item:
                problems.append(Problem(item.label, f"there are two by {name}", "Keep one, or name the raters"))
    return _agreement(given[0][1].framework, raters, by_place)


def _agreement(
    framework: Framework, raters: tuple[str, ...], by_place: Mapping[tuple[str, str], Assessment]
) -> Agreement:
    names = {item.council.code: item.council.name for item in by_place.values()}
    leaves = list(dict.fromkeys(leaf for item in by_place.values() for leaf, _ in item.marks))
    sizes = {len(framework.scale_of(leaf)) for leaf in leaves}
    if len(sizes) > 1:
        problem = Problem("", "the statements are scored on scales of different lengths", "Compare those of one scale")
        raise InvalidInputError("the assessments", [problem])
    size = sizes.pop()
    units = {
        (code, leaf): tuple(_rank(by_place.get((rater, code)), leaf) for rater in raters)
        for code in sorted(names)
        for leaf in leaves
    }
    pairs: list[RaterPair] = []
    for one, other in combinations(range(len(raters)), 2):
        both = [(leaf, unit[one], unit[other]) for (_, leaf), unit in units.items()]
        known = [(leaf, a, b) for leaf, a, b in both if a is not None and b is not None]
        bias = tuple(_bias(framework, leaf, [b - a for at, a, b in known if at == leaf]) for leaf in leaves)
        scores = TwoRaters.of([(a, b) for _, a, b in known], size)
        pairs.append(RaterPair(raters[one], raters[other], bias, scores))
    rated = [unit for unit in units.values() if sum(rank is not None for rank in unit) > 1]
    councils = tuple(sorted(names.values()))
    return Agreement(framework, raters, councils, tuple(pairs), krippendorff_alpha(rated, size), len(rated))


def _rank(assessment: Assessment | None, leaf: str) -> int | None:
    score = assessment.scores.get(leaf) if assessment is not None else None
    return score.rank if isinstance(score, Grade) else None


def _bias(framework: Framework, leaf: str, steps: Sequence[int]) -> Bias:
    return Bias(leaf, framework.title_of(leaf), len(steps), sum(steps))
