"""The kit is tested with wrong scorers: each must be caught by the check that is meant for it, and by no other."""

from __future__ import annotations

import pickle

import pytest

from careassure.model.snapshot import Snapshot
from careassure.testing import check_scorer, process, sameness, scorer_checks
from careassure.testing.bench import Bench
from careassure.testing.check import judge
from careassure.testing.checks import NAMES
from careassure.testing.image import difference

from .herd import Herd
from .scorers import SMALL, Weakest
from .zoo import ZOO, Animal

IN_PROCESSES = ("imports", "processes")
ANIMALS = pytest.mark.parametrize("animal", ZOO, ids=str)


@ANIMALS
def test_each_is_wrong(animal: Animal) -> None:
    """A witness that knows nothing of the kit shows what is wrong."""
    assert animal.witness(animal.make())


@ANIMALS
def test_each_is_caught_by_its_check(animal: Animal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check that is meant for it fails, in a sentence."""
    if animal.check not in IN_PROCESSES:
        monkeypatch.setattr(sameness, "outcomes_elsewhere", lambda *_given: [])
    check = next(check for check in scorer_checks(animal.make(), framework=SMALL) if check.name == animal.check)
    result = judge(check)
    assert result.status == "failed", result
    assert result.message


@pytest.mark.parametrize("animal", {animal.check: animal for animal in ZOO}.values(), ids=str)
def test_one_of_each_kind_is_caught_by_no_other_check(animal: Animal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every other check passes, or can look at nothing because of it, or is one that cannot but fail too."""
    if animal.check not in IN_PROCESSES:  # one process for all of them is made below
        monkeypatch.setattr(sameness, "outcomes_elsewhere", lambda *_given: [])
    before = Snapshot.of(SMALL)
    report = check_scorer(animal.make(), framework=SMALL, on_fail="report")
    assert not before.change()  # what others use too is as it was
    assert set(report.named("failed")) == {animal.check, *animal.also}, str(report)
    assert set(report.named("blocked")) == set(animal.blocks)
    assert not report.ok


SETTLED_HERE = ("processes", "pickles", "deterministic", "sealed", "stateless", "imports", "total", "pure")
"""What those get wrong may be another thing in another process, or no outcome at all."""


def test_no_other_is_caught_in_another_process() -> None:
    """What those give that are wrong in another way is the same in another process."""
    others = [animal.make() for animal in ZOO if animal.check not in SETTLED_HERE]
    given = Bench(Weakest(), SMALL).sample(10)
    payload = pickle.dumps((Herd(others), given))
    here = list(map(Herd(others).score, given))
    for answer in process.outcomes_elsewhere(payload):
        for before, there in zip(here, answer.outcomes, strict=True):
            assert difference(before, there) == ""


def test_every_check_has_somebody_to_catch() -> None:
    """There is a wrong scorer for each check of the kit."""
    assert {animal.check for animal in ZOO} == set(NAMES)
