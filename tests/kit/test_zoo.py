"""The kit is tested with wrong scorers: each must be caught by the check that is meant for it, and by no other."""

from __future__ import annotations

import pytest

from careassure.testing import check_scorer, process
from careassure.testing.checks import NAMES

from .scorers import SMALL
from .zoo import ZOO, Animal


@pytest.fixture(autouse=True)
def _one_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """One process less for each of so many: those that only differ there differ from the one that is left as well."""
    monkeypatch.setattr(process, "_PLACES", process._PLACES[:1])


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
