"""What plugins offer, with where it came from."""

from __future__ import annotations

from copy import copy
from functools import partial
from typing import TYPE_CHECKING, cast

from attrs import evolve, field, frozen

from careassure.errors import (
    CareAssureError,
    PluginError,
    ScorerError,
    ScorerRaisedError,
    ScorerReturnError,
    UnknownScorerError,
)
from careassure.methods.method import Method
from careassure.methods.scorer import MethodScorer
from careassure.model.assessment import Assessment
from careassure.model.framework import Framework
from careassure.model.outcome import Outcome
from careassure.model.scale import Scale
from careassure.model.scorer import Scorer
from careassure.model.showing import short_repr
from careassure.plugins.guard import announce, discard, is_ours, repr_of, said, touch
from careassure.plugins.rules import traits_of

if TYPE_CHECKING:
    from careassure.model.snapshot import Snapshot


def _likeness(scorer: Scorer) -> object:
    """By what two scorers are told apart: ours by their rules; code of somebody else is not asked."""
    return scorer if type(scorer) is MethodScorer else id(scorer)


@frozen
class InstalledScorer:
    """A scorer and where it came from.

    Args:
        name: Its name.
        version: Its own version.
        title: What it is called.
        plugin: The plugin that offers it.
        distribution: The distribution that the plugin came from.
        distribution_version: Its version.
        scorer: The scorer itself.
        scales: The scales that it brings beside those of the framework.
        trace: Whether it says on standard error that it is asked, before it is.
    """

    name: str
    version: str
    title: str
    plugin: str
    distribution: str
    distribution_version: str
    scorer: Scorer = field(eq=_likeness, repr=repr_of)
    scales: tuple[Scale, ...] = field(default=(), eq=False, repr=False)
    trace: bool = field(default=False, eq=False, repr=False)

    __repr__ = short_repr

    @classmethod
    def of(cls, scorer: object) -> InstalledScorer:
        """A scorer that comes from no plugin.

        Raises:
            UnknownScorerError: It is not a scorer, or raised when it was asked for its name.
        """
        hint = "Give the name of a scorer, or the file of a method"
        traits = traits_of(scorer, lambda why: UnknownScorerError(f"this is {why}", hint=hint))
        return cls(traits.name, traits.version, traits.title, "", "", "", cast("Scorer", scorer), traits.scales)

    @property
    def method(self) -> Method | None:
        """The method that it applies; None where it is written in Python.

        Only a scorer that is ours, with a method that is ours, is taken at its word: a subclass of either could do
        something else.
        """
        if type(self.scorer) is MethodScorer and type(self.scorer.method) is Method:
            return self.scorer.method
        return None

    def accepts(self, framework: Framework, /) -> bool:
        """Whether it can score assessments under this framework.

        Raises:
            ScorerError: It raised, said something else than True or False, or changed the framework.
        """
        if self.method is not None:
            return self.scorer.accepts(framework)
        from careassure.model.snapshot import Snapshot  # what a method needs not is not imported for all

        before = Snapshot.of(framework)
        try:
            answer = self._accepts(framework)
        finally:
            change = _undone(before)
        if change:
            raise ScorerReturnError(f"it changed the framework: {change}", scorer=self.name)
        return answer

    def score(self, assessment: Assessment, /) -> Outcome:
        """What it makes of an assessment, stamped with where it came from.

        A scorer in Python is given a copy. Whatever it changes all the same is put back, and its outcome refused.

        Raises:
            ScorerError: It raised, or returned something that is not a sound outcome.
        """
        outcome = self._checked(assessment) if self.method is None else self.scorer.score(assessment)
        return evolve(
            outcome,
            assessment=assessment,
            distribution=self.distribution,
            distribution_version=self.distribution_version,
        )

    def _accepts(self, framework: Framework) -> bool:
        self._say(f"asking whether it scores {framework.id} {framework.version}")
        answer: object = touch(
            partial(self._raised, "asked what it scores, it raised"), lambda: self.scorer.accepts(framework)
        )
        if type(answer) is not bool:
            discard(answer)
            raise ScorerReturnError(
                f"asked whether it scores {framework.id} {framework.version}, it said {repr_of(answer)}",
                scorer=self.name,
                hint="It says True or False",
            )
        return answer

    def _checked(self, assessment: Assessment) -> Outcome:
        """What a scorer in Python returns, once it is known to be sound."""
        from careassure.model.snapshot import Snapshot
        from careassure.plugins.outcomes import Signature, check_outcome

        framework = assessment.framework
        given = copy(assessment)
        before = Snapshot.of(given, assessment)
        try:
            if not self._accepts(framework):
                raise UnknownScorerError(f"{self.name} does not score {framework.id} version {framework.version}")
            self._say("scoring")
            outcome = self._scored(given)
        finally:
            change = _undone(before)
        if change:
            raise ScorerReturnError(f"it changed what it was given: {change}", scorer=self.name)
        signature = Signature(self.name, self.version, self.title, self.scales)
        check_outcome(outcome, given, signature)
        return outcome

    def _scored(self, given: Assessment) -> Outcome:
        try:
            outcome = self.scorer.score(given)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            # It may refuse an assessment in our own words, but not blame another plugin or scorer.
            if (
                isinstance(error, CareAssureError)
                and is_ours(error)
                and not isinstance(error, PluginError | ScorerError)
            ):
                raise
            raise self._raised("it raised", said(error)) from error
        discard(outcome)
        return outcome

    def _raised(self, when: str, why: str) -> ScorerRaisedError:
        return ScorerRaisedError(f"{when} {why}", scorer=self.name)

    def _say(self, text: str) -> None:
        if self.trace:
            source = f"{self.distribution} {self.distribution_version}".strip() or "this program"
            announce(f"{self.plugin} ({source}), scorer {self.name}: {text}")


def _undone(before: Snapshot) -> str:
    """What was changed, in words, after it was put back."""
    change = before.change()
    if change:
        before.restore()
    return change


@frozen
class InstalledFramework:
    """A framework with all its versions, and where it came from.

    Args:
        id: Its id.
        title: What it is called.
        versions: Its versions, the oldest first.
        plugin: The plugin that offers it.
        distribution: The distribution that the plugin came from.
        distribution_version: Its version.
    """

    id: str
    title: str
    versions: tuple[Framework, ...]
    plugin: str
    distribution: str
    distribution_version: str

    __repr__ = short_repr
