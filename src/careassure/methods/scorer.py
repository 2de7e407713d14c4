"""The scorer that applies a method given as data."""

from __future__ import annotations

from attrs import frozen

from careassure.methods.evaluate import evaluate
from careassure.methods.method import Method
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.showing import short_repr


@frozen
class MethodScorer:
    """A scorer whose rules are a `Method`.

    Args:
        method: The rules.
    """

    method: Method

    __repr__ = short_repr

    @property
    def name(self) -> str:
        """The method's id."""
        return self.method.id

    @property
    def version(self) -> str:
        """The method's version."""
        return self.method.version

    @property
    def title(self) -> str:
        """What the method is called."""
        return self.method.title

    def accepts(self, framework: Framework, /) -> bool:
        """Whether the method is for this version of this framework."""
        versions = self.method.framework_versions
        return framework.id == self.method.framework and (not versions or framework.version in versions)

    def score(self, assessment: Assessment, /) -> Outcome:
        """Evaluate the method; see `careassure.methods.evaluate.evaluate`."""
        return evaluate(self.method, assessment)
