"""Several scorers that are sent to another process together."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from careassure.model.assessment import Assessment


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
