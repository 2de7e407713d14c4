"""Find what a name stands for: councils, frameworks, scorers."""

from __future__ import annotations

from attrs import frozen

from careassure.catalogue.councils import register
from careassure.errors import UnknownCouncilError, UnknownScorerError
from careassure.methods.method import Method
from careassure.methods.scorer import MethodScorer
from careassure.model.council import Body, Council
from careassure.model.framework import Framework
from careassure.model.ids import as_text
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


def find_scorer(
    scorer: str | Scorer | Method | None, framework: Framework | None = None, host: PluginHost | None = None
) -> InstalledScorer:
    """The scorer that was asked for, with where it came from: by name, itself, or a method.

    Args:
        scorer: What was asked for; the framework's own where None.
        framework: What it has to score; anything where None.
        host: Where names are looked up; what is installed where None.

    Raises:
        UnknownScorerError: There is none of that name, it is not a scorer, or it does not score this framework.
    """
    if scorer is None:
        scorer = framework.scorer if framework is not None else ""
        if framework is not None and not scorer:
            raise UnknownScorerError(f"{framework.id} {framework.version} has no scorer of its own", hint="Name one")
    if type(scorer) is str:
        found = (host or default_host()).scorer(scorer)
    elif type(scorer) is InstalledScorer:
        found = scorer
    else:
        found = InstalledScorer.of(MethodScorer(scorer) if type(scorer) is Method else scorer)
    if framework is not None and not found.accepts(framework):
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
