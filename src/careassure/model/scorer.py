"""Scorers: objects that apply a method to an assessment."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome


@runtime_checkable
class Scorer(Protocol):
    """What a scoring method has to offer.

    Attributes:
        name: Its name, lower-case letters, digits and hyphens; people ask for it by this.
        version: Its own version, which every outcome carries.
        title: What it is called.
    """

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def version(self) -> str:
        """Its own version."""
        ...

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    def accepts(self, framework: Framework, /) -> bool:
        """Whether it can score assessments under this version of this framework."""
        ...

    def score(self, assessment: Assessment, /) -> Outcome:
        """What it makes of the assessment. Must depend on nothing else."""
        ...
