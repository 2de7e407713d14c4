"""The kit is tested with wrong scorers: each must be caught by the check that is meant for it, and by no other."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from attrs import evolve

from careassure.model.assessment import Assessment
from careassure.testing import check_scorer, process, sameness
from careassure.testing.bench import Bench
from careassure.testing.checks import NAMES
from careassure.testing.image import difference

from .scorers import SMALL, Weakest
from .zoo import ZOO, Animal

ANIMALS = pytest.mark.parametrize("animal", ZOO, ids=str)


@ANIMALS
def test_each_is_wrong(animal: Animal) -> None:
    """A witness that knows nothing of the kit shows what is wrong."""
    assert animal.witness(animal.make())


@ANIMALS
def test_each_is_caught_by_its_check_alone(animal: Animal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check that is meant for it fails, and every other passes or can look at nothing because of it."""
    if animal.check != "processes":  # one process for all of them is made below
        monkeypatch.setattr(sameness, "outcomes_elsewhere", lambda _payload: [])
    report = check_scorer(animal.make(), framework=SMALL, on_fail="report")
    assert report.named("failed") == (animal.check,), str(report)
    assert set(report.named("blocked")) == set(animal.blocks)
    assert not report.ok


class Herd:
    """Several scorers that score together."""

    def __init__(self, scorers: list[Any]) -> None:
        self.scorers = scorers

    def score(self, assessment: Assessment) -> list[object]:
        return [self.answer(scorer, evolve(assessment)) for scorer in self.scorers]

    def answer(self, scorer: Any, assessment: Assessment) -> object:
        try:
            return scorer.score(assessment)
        except Exception as error:  # noqa: BLE001  (many of them are there because they raise)
            return repr(error)


def test_no_other_is_caught_in_another_process() -> None:
    """What those give that are wrong in another way is the same in another process."""
    others = [animal.make() for animal in ZOO if animal.check not in ("processes", "pickles", "deterministic")]
    given = Bench(Weakest(), SMALL).sample(10)
    for _, answers in process.outcomes_elsewhere(pickle.dumps((Herd(others), given))):
        for assessment, there in zip(given, answers, strict=True):
            assert difference(Herd(others).score(assessment), there) == ""


def test_every_check_has_somebody_to_catch() -> None:
    """There is a wrong scorer for each check of the kit."""
    assert {animal.check for animal in ZOO} == set(NAMES)
