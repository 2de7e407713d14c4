"""The kit is tested with wrong scorers: each must be caught by the check that is meant for it, and by no other."""

from __future__ import annotations

import pytest

from careassure.testing import check_scorer
from careassure.testing.checks import NAMES

from .scorers import SMALL
from .zoo import ZOO, Animal

ANIMALS = pytest.mark.parametrize("animal", ZOO, ids=str)


@ANIMALS
def test_each_is_wrong(animal: Animal) -> None:
    """A witness that knows nothing of the kit shows what is wrong."""
    assert animal.witness(animal.make())


@ANIMALS
def test_each_is_caught_by_its_check_alone(animal: Animal) -> None:
    """The check that is meant for it fails, and every other passes or can look at nothing because of it."""
    report = check_scorer(animal.make(), framework=SMALL, on_fail="report")
    assert report.named("failed") == (animal.check,), str(report)
    assert set(report.named("blocked")) == set(animal.blocks)
    assert not report.ok


def test_every_check_has_somebody_to_catch() -> None:
    """There is a wrong scorer for each check of the kit."""
    assert {animal.check for animal in ZOO} == set(NAMES)
