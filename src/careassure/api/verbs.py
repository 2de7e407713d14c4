"""The verbs: look up, assess, compare, read and write."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable

from careassure.api.lookup import HostLookup, find_framework, find_scorer, find_subject
from careassure.catalogue.councils import register
from careassure.catalogue.examples import EXAMPLE_DAY, example_files
from careassure.catalogue.published import published_assessments
from careassure.errors import InvalidInputError, Problem, ReadError, UnknownCouncilError, WriteError
from careassure.io.files import is_folder, path_of, read_text, write_text
from careassure.io.formats import parse, to_json, to_toml
from careassure.io.frameworks import FORMAT as FRAMEWORK_FORMAT
from careassure.io.frameworks import load_frameworks
from careassure.methods.load import FORMAT as METHOD_FORMAT
from careassure.methods.load import load_method
from careassure.methods.method import Method
from careassure.model.arguments import checked, checked_after
from careassure.model.assessment import Assessment
from careassure.model.council import Council
from careassure.model.framework import Framework
from careassure.model.ids import shown
from careassure.model.outcome import Outcome
from careassure.model.plain import ASSESSMENT_FORMAT, OUTCOME_FORMAT, assessment_to_dict, outcome_to_dict
from careassure.model.scorer import Scorer
from careassure.model.text import join
from careassure.model.workspace import Workspace
from careassure.plugins.host import default_host
from careassure.plugins.offers import InstalledDescriptors, InstalledFramework, InstalledScorer

Readable = Assessment | Outcome | Method | Workspace | tuple[Framework, ...]
"""What a file can hold."""


@checked
def council(name: str) -> Council:
    """The council of that name, alias or ONS code, old or new.

    >>> council("London Borough of Camden").code, council("E08000016").name
    ('E09000007', 'Barnsley')

    Raises:
        UnknownCouncilError: No council is called that; near names are suggested.
        AmbiguousCouncilError: It could be several.
    """
    return register().find(name)


def councils() -> tuple[Council, ...]:
    """The 153 councils with adult social care duties in England."""
    return register().councils


@checked
def framework(id: str, version: str | None = None) -> Framework:
    """A framework by its id; the newest version where none is named.

    >>> framework("cqc-la").version, framework("cqc-la", version="2023").scorer
    ('direct', 'evidence-category')

    Raises:
        UnknownFrameworkError: There is none of that id, or no such version.
    """
    return find_framework(id, version)


def frameworks() -> tuple[InstalledFramework, ...]:
    """Every framework that is installed, with its versions and the distribution that it came from."""
    return default_host().frameworks()


def descriptors() -> tuple[InstalledDescriptors, ...]:
    """Every table of descriptors that is installed, with the distribution that it came from. None ships."""
    return default_host().descriptors()


@checked
def scorer(name: str) -> InstalledScorer:
    """The scorer of that name, or of ``plugin:name``.

    Raises:
        UnknownScorerError: There is none of that name.
    """
    return default_host().scorer(name)


def scorers() -> tuple[InstalledScorer, ...]:
    """Every scorer that is installed, with the distribution that it came from."""
    return default_host().scorers()


@checked
def published(name: str | None = None) -> tuple[Assessment, ...]:
    """CQC's published assessments that ship with careassure, the newest last.

    Args:
        name: A council; all of them where it is left out.

    Returns:
        Assessments, each with its sources and how sure it is. Empty where a council has none here.

    Raises:
        UnknownCouncilError: No council is called that.
    """
    found = published_assessments()
    if name is None:
        return found
    wanted = register().find(name)
    return tuple(item for item in found if item.council == wanted)


def assess(assessment: Assessment, scorer: str | Scorer | Method | None = None) -> Outcome:
    """What a scoring method makes of an assessment.

    Args:
        assessment: What was found.
        scorer: The name of an installed scorer, a scorer, or a method; the framework's own where None.

    Raises:
        InvalidInputError: It is no assessment.
        UnknownScorerError: There is no such scorer, or it does not score this framework.
    """
    _require(assessment)
    return find_scorer(scorer, assessment.framework).score(assessment)


def _require(assessment: object) -> None:
    if not isinstance(assessment, Assessment):
        problem = Problem("", f"{shown(assessment)} is no assessment", "Make one with Assessment.of or read")
        raise InvalidInputError("what is to be assessed", [problem])


def compare(assessment: Assessment, scorers: Iterable[str | Scorer | Method] | None = None) -> tuple[Outcome, ...]:
    """What several scoring methods make of one assessment, side by side.

    Args:
        assessment: What was found.
        scorers: The scorers, or one; every installed one that accepts the framework where None, its own first.
    """
    _require(assessment)
    if scorers is None:
        return tuple(item.score(assessment) for item in default_host().accepting(assessment.framework))
    one = isinstance(scorers, str) or not isinstance(scorers, Iterable)
    asked: Iterable[str | Scorer | Method] = (scorers,) if one else scorers  # type: ignore[assignment]
    return tuple(assess(assessment, scorer) for scorer in asked)


@checked
def read(path: str | os.PathLike[str], *, allow: Iterable[str] = ()) -> Readable:
    """Read a file, TOML or JSON, and give what it holds: an assessment, an outcome, a method or a framework.

    Which of them it is stands in its field ``format``; a file without one is read as an assessment. A folder is read
    as a workspace, see `read_workspace`.

    Args:
        path: The file or folder.
        allow: Words in the free text of an assessment that are no personal data, although they have its form.

    Raises:
        ReadError: It cannot be read, or its syntax is wrong.
        InvalidInputError: What it holds is wrong; all of it is listed.
        PersonalDataError: The free text of an assessment holds an NHS number, a postcode, a telephone number, an email
            address or a date of birth. Likely names are refused when it is written.
    """
    from careassure.io.records import assessment_from, outcome_from
    from careassure.privacy.assessments import refuse_personal_data

    where = path_of(path)
    if is_folder(where):
        return read_workspace(path)
    data = parse(read_text(path), where)
    lookup = HostLookup(default_host())
    form = data.get("format", ASSESSMENT_FORMAT)
    if form == OUTCOME_FORMAT:
        outcome = outcome_from(data, lookup, where=where)
        refuse_personal_data(outcome.assessment, where, certain=True, allow=allow)
        return outcome
    if form == METHOD_FORMAT:
        name = data.get("framework")
        scales = default_host().scales_of(name) if isinstance(name, str) else ()
        return load_method(data, where=where, scales=scales)
    if form == FRAMEWORK_FORMAT:
        return load_frameworks(data, where=where)
    if form != ASSESSMENT_FORMAT:
        forms = [ASSESSMENT_FORMAT, OUTCOME_FORMAT, METHOD_FORMAT, FRAMEWORK_FORMAT]
        raise ReadError(f"its format {form!r} is not known", where=where, hint=f"Known: {join(forms)}")
    assessment = assessment_from(data, lookup, where=where)
    refuse_personal_data(assessment, where, certain=True, allow=allow)
    return assessment


@checked
def read_workspace(path: str | os.PathLike[str], *, today: dt.date | None = None) -> Workspace:
    """The workspace in a folder: what a council keeps while it prepares its own assessment.

    Args:
        path: The folder, with its ``workspace.toml``.
        today: The day it is: a score, a piece of evidence or an event cannot be dated later. The computer's where None.

    Raises:
        ReadError: It is no folder, has no ``workspace.toml``, or that cannot be read.
        InvalidWorkspaceError: Everything that is wrong, each with its file, row and column: cells that cannot be
            read, ids that stand twice, links that lead nowhere, dates in the future, what looks like personal data.
    """
    from careassure.io.workspace import workspace_from

    return workspace_from(path, HostLookup(default_host()), today=today or dt.date.today())  # noqa: DTZ011


@checked
def new_workspace(
    path: str | os.PathLike[str],
    council: str,
    *,
    body: str = "",
    framework: str = "cqc-la",
    version: str | None = None,
    today: dt.date | None = None,
) -> Workspace:
    """Make the folder of a new workspace, with heads for every table and a blank score for each statement.

    Args:
        path: The folder: new, or empty.
        council: Whose it is: a council's name or code, or any name where ``body`` says what it is.
        body: What it is where it is none of the 153 councils, such as ``example``.
        framework: What it is prepared for.
        version: The framework's version; the newest where it is left out.
        today: The date of the blank scores; the computer's where None.

    Raises:
        UnknownCouncilError: No council is called that, and no ``body`` was given.
        WriteError: The folder is not empty or cannot be made; nothing is left behind.
    """
    from careassure.io.starter import starter_files, write_new

    used = find_framework(framework, version)
    name = council.strip() if body else find_subject(council, used).name
    if not name:
        raise UnknownCouncilError(f"the name of the {body} is missing", hint="Say whose workspace it is")
    day = today or dt.date.today()  # noqa: DTZ011
    write_new(path, starter_files(name, used, body=body, today=day))
    return read_workspace(path, today=day)


@checked
def copy_example(path: str | os.PathLike[str]) -> Workspace:
    """Make a folder with the workspace of Exampleshire, a council that does not exist.

    Raises:
        WriteError: The folder is not empty or cannot be made; nothing is left behind.
    """
    from careassure.io.starter import readme, write_new

    files = example_files()
    write_new(path, files | {"README.md": readme("Exampleshire", find_framework("cqc-la"))})
    return read_workspace(path, today=max(dt.date.today(), EXAMPLE_DAY))  # noqa: DTZ011


@checked_after
def write(value: Assessment | Outcome, path: str | os.PathLike[str], *, allow: Iterable[str] = ()) -> None:
    """Write an assessment or an outcome; the name's ending says how: ``.toml`` or ``.json``.

    The file is written beside its place and moved there, so no half-written file is ever seen.

    Args:
        value: What to write.
        path: Where to.
        allow: Words in its free text that are no personal data, although they look like it: the name of a street, say.

    Raises:
        PersonalDataError: Its free text holds what looks like personal data, likely names too. Nothing is written.
        WriteError: Another ending, an outcome as TOML, something that is neither, or a place that cannot be written.
    """
    from careassure.privacy.assessments import refuse_personal_data

    name = path_of(path, WriteError)
    ending = name.rpartition(".")[2].lower()
    if isinstance(value, Assessment):
        data = assessment_to_dict(value)
    elif isinstance(value, Outcome):
        data = outcome_to_dict(value)
    else:
        raise WriteError(f"{type(value).__name__} cannot be written", where=name, hint="Give an Assessment or Outcome")
    refuse_personal_data(value.assessment if isinstance(value, Outcome) else value, name, allow=allow)
    if ending == "json":
        write_text(path, to_json(data))
    elif ending == "toml" and isinstance(value, Assessment):
        write_text(path, to_toml(data))
    else:
        what = "an outcome as .json" if isinstance(value, Outcome) else "it as .toml or .json"
        raise WriteError(f"the ending .{ending} is not known for this", where=name, hint=f"Write {what}")
