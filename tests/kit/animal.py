"""What an animal of the zoo is, and what their witnesses share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from careassure.model.assessment import Assessment
from careassure.model.statements import Statement, Theme

from .scorers import SCORES, small

Witness = Callable[[Any], bool]


@dataclass(frozen=True)
class Animal:
    """A wrong scorer, the check that is meant for it, and a proof that it is wrong.

    ``blocks`` are checks that can look at nothing as long as it is wrong in this way; ``also`` are checks that it
    cannot help failing as well.
    """

    make: Callable[[], Any]
    check: str
    witness: Witness
    blocks: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.check}: {self.make.__name__}"


ZOO: list[Animal] = []


def caught_by(
    check: str, witness: Witness, blocks: tuple[str, ...] = (), also: tuple[str, ...] = ()
) -> Callable[[type], type]:
    """Put a class of scorers into the zoo."""

    def add(kind: type) -> type:
        ZOO.append(Animal(kind, check, witness, blocks, also))
        return kind

    return add


def all_great(assessment: Assessment) -> bool:
    return {score for _, score in assessment.marks} == {SCORES.highest}


GREAT = small(3, 3, 3)
POOR = small(1, 1, 1)


def raises(it: Any, assessment: Assessment) -> type[Exception] | None:
    """What scoring raises, or None."""
    try:
        it.score(assessment)
    except Exception as error:  # noqa: BLE001  (whatever it is)
        return type(error)
    return None


ALL = Theme("t", "T", (Statement("s", "S"),))


def says(it: Any, assessment: Assessment) -> str:
    """The sentence of the overall rating."""
    text: str = it.score(assessment).trace.find("node", "overall").text
    return text


def uses(name: str, method: str = "score") -> Witness:
    """A witness that looks into the code for a name."""
    return lambda it: name in getattr(type(it), method).__code__.co_names
