"""Cases that somebody else picked, step by step: how many went how far, and who was lost on the way."""

from __future__ import annotations

from collections import Counter

from attrs import frozen

from careassure.errors import InvalidInputError, Problem
from careassure.model.arguments import checked
from careassure.model.showing import short_repr
from careassure.model.text import join, plural
from careassure.samples.cases import Case, CaseAttribute, CaseList, Code


@frozen
class PickStage:
    """The cases that went at least so far.

    Args:
        code: How far.
        cases: The cases that have this code or one after it.
    """

    code: Code
    cases: tuple[Case, ...]

    __repr__ = short_repr

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its cases."""
        return tuple(case.id for case in self.cases)

    def counts(self, attribute: CaseAttribute) -> dict[str, int]:
        """How many of its cases have each code of an attribute, by the title of the code, such as those of consent."""
        found = Counter(case.code(attribute.id) for case in self.cases)
        return {str(code): found[code.id] for code in attribute.codes}


@frozen
class Pick:
    """Cases that were picked step by step from a list.

    Args:
        attribute: The attribute that says how far each case went.
        stages: The steps; the first is the list itself.
    """

    attribute: CaseAttribute
    stages: tuple[PickStage, ...]

    __repr__ = short_repr

    @property
    def words(self) -> str:
        """How many went how far, in a sentence."""
        steps = [f"{len(stage.cases):,} reached {str(stage.code)!r}" for stage in self.stages[1:]]
        return f"Of {plural(len(self.stages[0].cases), 'case')}, {join(steps)}."

    def __str__(self) -> str:
        return self.words


@checked
def picked(cases: CaseList, attribute: str) -> Pick:
    """Say how far each case went when somebody picked from the list: a regulator that cuts 50 to 10, and these to 6.

    Args:
        cases: The cases that were listed.
        attribute: The id of the attribute that says how far a case went. Its first code is for those that went no
            further than the list; each later code is one step further and within the step before.

    Raises:
        InvalidInputError: There is no such attribute, or it has one code alone.
    """
    found = cases.attribute(attribute)
    if len(found.codes) < 2:
        what = f"{attribute} has one code, and a pick needs one for each step"
        raise InvalidInputError("the pick", [Problem("attribute", what, "Put first the code of those not picked")])
    steps = {code.id: step for step, code in enumerate(found.codes)}
    reached = [(steps[case.code(attribute)], case) for case in sorted(cases.cases, key=lambda case: case.id)]
    stages = [
        PickStage(code, tuple(case for far, case in reached if far >= step)) for step, code in enumerate(found.codes)
    ]
    return Pick(found, tuple(stages))
