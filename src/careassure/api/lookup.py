"""Find what a name or a file stands for: councils, frameworks, scorers, methods."""

from __future__ import annotations

import os
from typing import TypeGuard, cast

from attrs import frozen

from careassure.errors import UnknownCouncilError, UnknownScorerError
from careassure.methods.method import Method
from careassure.methods.scorer import MethodScorer
from careassure.model.council import Body, Council
from careassure.model.dates import DateInput
from careassure.model.framework import Framework
from careassure.model.ids import as_text
from careassure.model.scorer import Scorer
from careassure.plugins.host import PluginHost, default_host
from careassure.plugins.offers import InstalledScorer

ScorerLike = str | os.PathLike[str] | Scorer | Method
"""What a scorer may be given as: its name, itself, a method, or the file of a method (``.toml`` or ``.json``)."""
FrameworkLike = str | os.PathLike[str] | Framework
"""What a framework may be given as: its id, itself, or its file (``.toml`` or ``.json``)."""


def find_framework(framework: FrameworkLike, version: str | None = None, host: PluginHost | None = None) -> Framework:
    """A framework from itself, its id or its file; the newest version where none is named.

    Raises:
        UnknownFrameworkError: There is none, or no such version.
        CareAssureError: A file cannot be read, or holds no framework.
    """
    if isinstance(framework, Framework):
        return framework
    if is_file(framework):
        from careassure.api.from_files import read_framework

        return read_framework(framework, version)
    return (host or default_host()).framework(cast("str", framework), version)  # which says where it is not text


def framework_for(method: Method, framework: FrameworkLike) -> Framework:
    """The newest version of a framework that a method is for; the newest of all where it is for none."""
    if isinstance(framework, Framework):
        return framework
    newest = find_framework(framework)
    scorer = MethodScorer(method)
    fitting = [each for each in versions_of(framework) if scorer.accepts(each)]
    return fitting[-1] if fitting else newest


def versions_of(framework: str | os.PathLike[str]) -> tuple[Framework, ...]:
    """Every version of a framework by its id or its file, the oldest first; none where none is installed."""
    if is_file(framework):
        from careassure.api.from_files import read_versions

        return read_versions(framework)
    return next((item.versions for item in default_host().frameworks() if item.id == framework), ())


def is_file(name: object) -> TypeGuard[str | os.PathLike[str]]:
    """Whether a method or a framework is given as a file. No name of an installed one holds a point."""
    return isinstance(name, os.PathLike) or (isinstance(name, str) and name.lower().endswith((".toml", ".json")))


def find_subject(name: str | Council | Body, framework: Framework, at: DateInput | None = None) -> Council | Body:
    """Who was assessed: a council as it was on that day, or for other frameworks a body of that name."""
    if isinstance(name, Council | Body):
        return name
    if framework.subject == "council":
        from careassure.catalogue.councils import register  # a body without a name is looked up nowhere

        return register().find(name, at)
    text = as_text(name).strip()
    if not text:
        raise UnknownCouncilError(f"the {framework.subject}'s name is missing", hint="Give a name or an identifier")
    return Body(text, text, framework.subject)


def find_scorer(
    scorer: ScorerLike | None, framework: Framework | None = None, host: PluginHost | None = None
) -> InstalledScorer:
    """The scorer that was asked for, with where it came from: by name, itself, a method, or the file of one.

    Args:
        scorer: What was asked for; the framework's own where None.
        framework: What it has to score; anything where None.
        host: Where names are looked up; what is installed where None.

    Raises:
        UnknownScorerError: There is none of that name, it is not a scorer, or it does not score this framework.
        CareAssureError: A file cannot be read, or holds no method.
    """
    if scorer is None:
        scorer = framework.scorer if framework is not None else ""
        if framework is not None and not scorer:
            raise UnknownScorerError(f"{framework.id} {framework.version} has no scorer of its own", hint="Name one")
    elif is_file(scorer):
        from careassure.api.from_files import read_method

        scorer = read_method(scorer, framework)
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


def find_method(method: ScorerLike, framework: Framework | None = None) -> Method:
    """A method from itself, the name of its scorer, its scorer, or its file.

    Raises:
        UnknownScorerError: There is none of that name, or the scorer is written in Python.
        CareAssureError: A file cannot be read, or holds no method.
    """
    if isinstance(method, Method):
        return method
    if is_file(method):
        from careassure.api.from_files import read_method

        return read_method(method, framework)
    found = find_scorer(method)
    if found.method is None:
        raise UnknownScorerError(
            f"{found.name} is written in Python, so it has no rules to check", hint="Give a method, or the file of one"
        )
    return found.method


@frozen
class HostLookup:
    """How names in files find what they stand for: among what is given beside the file, then through a host."""

    host: PluginHost
    own: tuple[Framework, ...] = ()
    """Every version of a framework that is given beside the file."""

    def framework(self, id: str, version: str | None, /) -> Framework:
        """The framework of that id and version."""
        mine = [each for each in self.own if each.id == id and version in (None, each.version)]
        return mine[-1] if mine else self.host.framework(id, version)

    def subject(self, name: str, framework: Framework, at: DateInput | None = None, /) -> Council | Body:
        """Who was assessed, on that day."""
        return find_subject(name, framework, at)

    def council(self, code: str, /) -> Council | None:
        """The council whose code this is, or was before it got another; None where it is no such code."""
        from careassure.catalogue.councils import register
        from careassure.model.names import CODE

        return register().area(code) if CODE.fullmatch(code) else None
