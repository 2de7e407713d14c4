"""Read and write files: the one room that knows every kind of file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import evolve

from careassure.api.from_files import method_from
from careassure.api.lookup import (
    FrameworkLike,
    HostLookup,
    ScorerLike,
    find_framework,
    find_scorer,
    find_subject,
    framework_for,
    versions_of,
)
from careassure.api.readers import looked_at, not_known, read_file, read_opened
from careassure.catalogue.councils import register
from careassure.catalogue.cqc import cqc_la
from careassure.catalogue.nearest import nearest_in
from careassure.errors import InvalidInputError, Problem, ReadError, UnknownFrameworkError, WriteError, collecting
from careassure.figures.catalogue import indicator as find_indicator
from careassure.figures.model import Indicator
from careassure.figures.readings import FileValues, values_in
from careassure.io.files import is_folder, path_of, read_text
from careassure.io.formats import parse, to_json, to_toml
from careassure.io.frameworks import FORMAT as FRAMEWORK_FORMAT
from careassure.io.frameworks import load_frameworks
from careassure.io.methods import FORMAT as METHOD_FORMAT
from careassure.io.writing import write_text
from careassure.methods.method import Method
from careassure.model.arguments import checked, checked_after
from careassure.model.as_dict import ASSESSMENT_FORMAT, OUTCOME_FORMAT, assessment_to_dict, outcome_to_dict
from careassure.model.assessment import Assessment
from careassure.model.council import Body, Council
from careassure.model.framework import Framework
from careassure.model.ids import shown
from careassure.model.outcome import Outcome
from careassure.model.text import join
from careassure.plugins.host import default_host
from careassure.tables.looking import is_own, is_table, may_be_assessment
from careassure.tables.reader import Reading
from careassure.tables.score_grid import holds_scores
from careassure.tables.table import FOUND, Options
from careassure.workspaces import opening
from careassure.workspaces.rating import rated_by
from careassure.workspaces.workspace import Workspace

if TYPE_CHECKING:
    from careassure.report.book import BookSheet
    from careassure.report.live_parts import LiveScores

Readable = Assessment | Outcome | Method | Workspace | tuple[Framework, ...] | Reading
"""What a file can hold."""


@checked
def read(path: str | os.PathLike[str], *, allow: Iterable[str] = (), layout: Options = FOUND) -> Readable:
    """Read a file and give what it holds. What it is is seen from what it holds, never from its name.

    A TOML or JSON file of the library's own says what it is in its field ``format``; one without is read as an
    assessment. Any other JSON, and a table, is given to the installed reader that knows it. A table that none knows
    and that names CQC's statements is read as one council's scores, see `read_assessment`. A folder is read as a
    workspace, see `careassure.workspaces.read`.

    Args:
        path: The file or folder.
        allow: Words in the free text of an assessment that are not personal data, although they have its form.
        layout: What you say of the layout of a table.

    Raises:
        ReadError: It cannot be read, or its syntax is wrong.
        UnknownFileError: It is a table or JSON that no installed reader knows, or that more than one knows.
        InvalidInputError: What it holds is wrong; all of it is listed.
        PersonalDataError: The free text of an assessment holds an NHS number, a postcode, a telephone number, an email
            address or a date of birth. Likely names are refused when it is written.
    """
    where = path_of(path)
    if is_folder(where):
        return opening.read(path)
    if not is_own(where):
        opened, reader = looked_at(where, layout)
        if reader is not None:
            return read_opened(opened, reader)
        if opened.table is not None and holds_scores(opened.table, cqc_la()[-1]):
            from careassure.api.from_tables import assessment_of_table

            return assessment_of_table(opened.table).assessment
        if not may_be_assessment(opened):
            raise not_known(opened)
    return _own_form(path, HostLookup(default_host()), allow)


def _own_form(
    path: str | os.PathLike[str], lookup: HostLookup, allow: Iterable[str]
) -> Assessment | Outcome | Method | tuple[Framework, ...]:
    """What a file of one of our own forms holds."""
    from careassure.io.records import assessment_from, outcome_from
    from careassure.privacy.assessments import refuse_personal_data

    where = path_of(path)
    data = parse(read_text(path), where)
    form = data.get("format", ASSESSMENT_FORMAT)
    if form == OUTCOME_FORMAT:
        outcome = outcome_from(data, lookup, where=where)
        refuse_personal_data(outcome.assessment, where, certain=True, allow=allow)
        return outcome
    if form == METHOD_FORMAT:
        return method_from(data, where)
    if form == FRAMEWORK_FORMAT:
        return load_frameworks(data, where=where)
    if form != ASSESSMENT_FORMAT:
        forms = [ASSESSMENT_FORMAT, OUTCOME_FORMAT, METHOD_FORMAT, FRAMEWORK_FORMAT]
        raise ReadError(f"its format {form!r} is not known", where=where, hint=f"Known: {join(forms)}")
    assessment = assessment_from(data, lookup, where=where)
    refuse_personal_data(assessment, where, certain=True, allow=allow)
    return assessment


@checked
def read_assessment(
    path: str | os.PathLike[str],
    *,
    allow: Iterable[str] = (),
    council: str | Council | Body | None = None,
    framework: str | os.PathLike[str] | Framework | None = None,
    version: str | None = None,
    layout: Options = FOUND,
) -> Assessment:
    """The assessment in a file; see `read`, which reads other files as well.

    A table of one council's scores may have a column or a row for each statement, named by title, id or number such
    as ``QS1``. Averages and overall results in it are not scored.

    Args:
        path: The file.
        allow: Words in its free text that are not personal data, although they have its form.
        council: Whose scores are wanted from a table, or whose they are where it does not say so.
        framework: What was scored in a table; CQC's framework for councils where None. Beside another file, a
            framework of your own that the file names, or its file.
        version: The version of that framework; the newest where None.
        layout: What you say of the layout of a table.

    Raises:
        ReadError: It cannot be read, or its syntax is wrong.
        InvalidInputError: It holds something else, or what it holds is wrong; all of it is listed.
        PersonalDataError: As for `read`.
    """
    where = path_of(path)
    if not is_folder(where) and is_table(where):
        from careassure.api.from_tables import assessment_from_table

        asked = "cqc-la" if framework is None else framework
        return assessment_from_table(
            where, council=council, framework=asked, version=version, options=layout
        ).assessment
    if council is not None or version is not None or (framework is not None and is_folder(where)):
        problem = Problem("", "it says itself what it is about", "Leave out the council and the framework")
        raise InvalidInputError(where, [problem])
    if framework is None:
        found = read(path, allow=allow)
    else:
        own = (framework,) if isinstance(framework, Framework) else versions_of(framework)
        if not own:
            raise UnknownFrameworkError(f"there is no framework {shown(framework)}", hint="Give its file")
        found = _own_form(path, HostLookup(default_host(), own), allow)
        if isinstance(found, Assessment) and found.framework not in own:
            said = f"it is of the framework {found.framework.id!r}, and {own[-1].id!r} is given beside it"
            raise InvalidInputError(where, [Problem("framework", said, "Give the one that it names, or none")])
    if isinstance(found, Assessment):
        return found
    held = next((words for kind, words in _HELD.items() if isinstance(found, kind)), "a framework")
    problem = Problem("format", f"it holds {held}, not an assessment", f"Give a file of {ASSESSMENT_FORMAT}")
    raise InvalidInputError(where, [problem])


_HELD = {Outcome: "an outcome", Method: "a method", Workspace: "a workspace", Reading: "a file of the sector"}


@checked
def read_values(
    path: str | os.PathLike[str],
    indicator: Indicator | str,
    *,
    measure: str | None = None,
    group: str | None = None,
    part: str | None = None,
    period: str | None = None,
    at: str | None = None,
    layout: Options = FOUND,
) -> FileValues:
    """The values of an indicator in a file that a reader knows, such as one of ASCOF, Oflog or LG Inform.

    Args:
        path: The file.
        indicator: The indicator that its numbers are values of, or the code or key of a shipped one.
        measure: The code or the title that the file gives to it; needed where the file holds more than one measure.
        group: The people that are meant; needed where the file has groups and none of all.
        part: What of the measure is meant, such as Numerator; the measure itself where None.
        period: The financial year: the one to take, or the one that all numbers are about where the file says none.
        at: The period as the file says it, where it is not a financial year; ``period`` says of which year it is.
        layout: What you say of the layout of its table.

    Raises:
        ReadError: It cannot be read.
        UnknownFileError: No installed reader knows it, or more than one does.
        NameLookupError: It holds no figures, or not those that are asked for.
        IncomparableError: It holds several measures, groups or parts, and nobody said which is meant.
        InvalidInputError: A row has no financial year, or is no value.
    """
    item = find_indicator(indicator) if isinstance(indicator, str) else indicator
    reading = read_file(path, layout)
    return values_in(reading, item, measure=measure, group=group, part=part, period=period, at=at, source=path_of(path))


@checked
def read_neighbours(
    path: str | os.PathLike[str], council: str | Council, *, layout: Options = FOUND
) -> tuple[Council, ...]:
    """The councils that a file calls like one council, in its order: peers for `compare_indicator`.

    Args:
        path: A list of neighbours, such as those of CIPFA or NHS England.
        council: Whose neighbours are wanted. A list that does not say whose it is, is taken to be this council's.
        layout: What you say of the layout of its table.

    Raises:
        ReadError: It cannot be read.
        UnknownFileError: No installed reader knows it, or more than one does.
        InvalidInputError: It holds something else, or no neighbours of this council.
    """
    subject = council if isinstance(council, Council) else register().find(council)
    return nearest_in(read_file(path, layout), subject.code, subject.name).councils


@checked_after
def write(value: Assessment | Outcome, path: str | os.PathLike[str], *, allow: Iterable[str] = ()) -> None:
    """Write an assessment or an outcome; the name's ending says how: ``.toml`` or ``.json``.

    The file is written beside its place and moved there, so no half-written file is ever seen.

    Args:
        value: What to write.
        path: Where to.
        allow: Words in its free text that are not personal data, although they look like it: the name of a street, say.

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


@checked
def workbook(
    path: str | os.PathLike[str],
    scorer: ScorerLike | None = None,
    *,
    assessment: Assessment | None = None,
    workspace: opening.WorkspaceLike | None = None,
    council: str | Council | Body | None = None,
    framework: FrameworkLike | None = None,
    version: str | None = None,
) -> None:
    """Write a workbook that rates: whoever types scores into it sees what a method makes of them, and why.

    Its own formulas work everything out, in Excel as in LibreOffice, without macros: the rating or range, the exact
    percentage, the displayed score, how near another rating is, the profile and the flags.

    Args:
        path: Where to; the ending says as what: ``.xlsx`` or ``.ods``.
        scorer: The method; the framework's own where None.
        assessment: What is filled in beforehand.
        workspace: A workspace, or the path of its folder: its latest scores are filled in, and all of its tables come
            along. `careassure.workspaces.init_from` reads it back.
        council: Whose scores they will be, where no assessment is given.
        framework: What is scored, where no assessment is given; that of the method where None.
        version: The version of that framework; the newest that the method scores where None.

    Raises:
        CannotLowerError: Formulas cannot say what the method does, as where it is written in Python.
        UnknownScorerError: There is no such scorer, or it does not score this framework.
        InvalidInputError: An assessment is given, and beside it what it says itself.
        WriteError: Another ending, or a place that cannot be written; whatever stood there before still does.
        MissingExtraError: A workbook of Excel is wanted, and XlsxWriter is not installed.
    """
    from careassure.report.book_file import write_book
    from careassure.report.live_book import live_book

    if workspace is not None:
        if assessment is not None:
            problem = Problem("assessment", "a workspace has scores of its own", "Leave one of the two out")
            raise InvalidInputError("careassure.report.workbook", [problem])
        work = opening.opened(workspace)
        found, used = rated_by(work, scorer)
        given = live_scores(used, found, council, framework, version)
        given = evolve(given, found=_evidence_of(work), more=_sheets_of(work))
    else:
        given = live_scores(scorer, assessment, council, framework, version)
    write_book(live_book(given), path)


def _evidence_of(work: Workspace) -> dict[str, str]:
    """The ids of what was found, by the statement or the part of it that it is for."""
    found: dict[str, list[str]] = {}
    for item in work.evidence:
        for statement in item.statements:
            for leaf in (statement, f"{statement}/{item.category}"):
                found.setdefault(leaf, []).append(item.id)
    return {leaf: ", ".join(ids) for leaf, ids in found.items()}


def _sheets_of(work: Workspace) -> tuple[BookSheet, ...]:
    """Everything in a workspace as sheets.

    Raises:
        InvalidInputError: Texts that no cell of a spreadsheet can hold, each with its place.
    """
    from careassure.report.plain_sheets import plain_sheet, unfit
    from careassure.workspaces.as_tables import plain_tables

    tables = plain_tables(work)
    with collecting(f"the workspace of {work.council}") as problems:
        for table in tables:
            problems.extend(unfit(table.rows, table.heads, table.places))
    return tuple(
        plain_sheet(table.name, table.name, table.heads, table.rows, (f"One row is {table.about}.",))
        for table in tables
    )


def live_scores(
    scorer: ScorerLike | None,
    assessment: Assessment | None,
    council: str | Council | Body | None,
    framework: FrameworkLike | None,
    version: str | None,
) -> LiveScores:
    """What a live workbook is about, from what `workbook` is given."""
    from careassure.methods.fit import fit
    from careassure.methods.sums import CannotLowerError
    from careassure.report.live_parts import LiveScores

    if assessment is not None and any(item is not None for item in (council, framework, version)):
        problem = Problem("", "it says itself what it is about", "Leave out the council and the framework")
        raise InvalidInputError("the assessment", [problem])
    if assessment is not None:
        used = assessment.framework
    else:
        method = find_scorer(scorer).method if scorer is not None else None
        asked = framework if framework is not None else method.framework if method is not None else "cqc-la"
        used = find_framework(asked, version)
        if method is not None and version is None:
            used = framework_for(method, asked)
    found = find_scorer(scorer, used)
    if found.method is None:
        hint = "A workbook needs a method whose rules are data"
        raise CannotLowerError(f"the scorer {found.name} is written in Python, not as a method", hint=hint)
    origin = f", from {found.distribution} {found.distribution_version}" if found.distribution else ""
    subject = find_subject(council, used).name if council is not None else ""
    if assessment is None:
        return LiveScores(fit(found.method, used), subject, origin=origin)
    return LiveScores(
        fit(found.method, used), str(assessment.council), dict(assessment.marks), dict(assessment.facts), origin
    )
