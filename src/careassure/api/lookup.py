"""Find what a name stands for: councils, frameworks, scorers."""

from __future__ import annotations

from attrs import frozen

from careassure.catalogue.councils import register
from careassure.catalogue.indicators import indicators
from careassure.errors import UnknownCouncilError, UnknownScorerError
from careassure.methods.method import Method
from careassure.methods.scorer import MethodScorer
from careassure.model.council import Body, Council
from careassure.model.framework import Framework
from careassure.model.ids import as_text
from careassure.model.indicator import IndicatorKey
from careassure.model.scorer import Scorer
from careassure.plugins.host import PluginHost, default_host
from careassure.plugins.offers import InstalledScorer


def find_framework(framework: str | Framework, version: str | None = None, host: PluginHost | None = None) -> Framework:
    """A framework from itself or its id; the newest version where none is named."""
    if isinstance(framework, Framework):
        return framework
    return (host or default_host()).framework(framework, version)


def find_subject(name: str | Council | Body, framework: Framework) -> Council | Body:
    """Who was assessed: one of the 153 councils, or for other frameworks a body of that name."""
    if isinstance(name, Council | Body):
        return name
    if framework.subject == "council":
        return register().find(name)
    text = as_text(name).strip()
    if not text:
        raise UnknownCouncilError(f"the {framework.subject}'s name is missing", hint="Give a name or an identifier")
    return Body(text, text, framework.subject)


def installed_scorer(scorer: str | Scorer | Method, host: PluginHost | None = None) -> InstalledScorer:
    """A scorer by its name, or from itself or a method, with where it came from.

    Raises:
        UnknownScorerError: There is none of that name, or it is not a scorer.
    """
    if type(scorer) is str:
        return (host or default_host()).scorer(scorer)
    if type(scorer) is InstalledScorer:
        return scorer
    return InstalledScorer.of(MethodScorer(scorer) if type(scorer) is Method else scorer)


def find_scorer(
    scorer: str | Scorer | Method | None, framework: Framework, host: PluginHost | None = None
) -> InstalledScorer:
    """The scorer that was asked for: by name, itself, or a method; the framework's own where None.

    Raises:
        UnknownScorerError: There is none of that name, or it does not score this framework.
    """
    if scorer is None and not framework.scorer:
        raise UnknownScorerError(f"{framework.id} {framework.version} has no scorer of its own", hint="Name one")
    found = installed_scorer(framework.scorer if scorer is None else scorer, host)
    if not found.accepts(framework):
        fitting = [item.name for item in (host or default_host()).accepting(framework)]
        raise UnknownScorerError(
            f"{found.name} does not score {framework.id} version {framework.version}",
            suggestions=fitting,
            hint="" if fitting else "No installed scorer does",
        )
    return found


@frozen
class HostLookup:
    """How names in files find what they stand for, through a host."""

    host: PluginHost

    def framework(self, id: str, version: str | None, /) -> Framework:
        """The framework of that id and version."""
        return self.host.framework(id, version)

    def subject(self, name: str, framework: Framework, /) -> Council | Body:
        """Who was assessed."""
        return find_subject(name, framework)

    def council(self, code: str, /) -> Council | None:
        """The council that has this code now, if one has."""
        return register().by_code.get(code)

    def indicator(self, key: IndicatorKey, /) -> bool | None:
        """Whether an indicator ships; None where nothing of its set does."""
        keys = {item.key for item in indicators()}
        return key in keys if key.set in {item.set for item in keys} else None
