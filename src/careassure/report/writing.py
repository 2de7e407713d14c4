"""Write a paper about a result; the ending of the file says in which form."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from careassure.analysis.benchmark import Benchmark
from careassure.analysis.method_comparison import MethodComparison
from careassure.analysis.reconcile import Reconciliation
from careassure.analysis.stability import Stability
from careassure.errors import InvalidInputError, Problem, WriteError
from careassure.figures.backlogs import Backlog
from careassure.figures.rating_ages import Ages
from careassure.io.files import path_of
from careassure.io.writing import write_bytes
from careassure.model.arguments import checked
from careassure.model.assessment import Assessment
from careassure.model.outcome import Outcome
from careassure.model.text import join
from careassure.privacy.assessments import refuse_personal_data
from careassure.report import as_picture
from careassure.report.as_book import book
from careassure.report.as_docx import docx
from careassure.report.as_html import html
from careassure.report.as_markdown import markdown
from careassure.report.book_file import BOOK_ENDINGS, book_bytes
from careassure.report.document import Document, Figure
from careassure.report.of_comparisons import benchmark_paper, moves_paper, stability_paper
from careassure.report.of_figures import ages_paper, backlog_paper, funnel_paper
from careassure.report.of_outcomes import comparison_paper, outcome_paper
from careassure.report.of_register import register_paper
from careassure.report.of_workspaces import predicted_paper, statement_paper, status_paper
from careassure.samples.sampling import Funnel
from careassure.workspaces.overview import Status
from careassure.workspaces.predictions import Predicted
from careassure.workspaces.statement_page import StatementPage

Result = (
    Document | Outcome | Benchmark | Stability | MethodComparison | Status | StatementPage | Predicted
    | Ages | Backlog | Funnel | Sequence[Outcome] | Sequence[Reconciliation]
)  # fmt: skip
"""What a paper can be written about."""
ENDINGS = (".html", ".docx", ".xlsx", ".ods", ".md", ".svg", ".png")
"""The forms of a paper."""


@checked
def paper(result: Result) -> Document:
    """What a paper about a result holds, in no form yet.

    Args:
        result: An outcome, the outcomes of several methods for one assessment, a benchmark, a stability,
            a comparison of two methods, results as `careassure.reconcile` gives them, ages of ratings, a backlog, a
            draw of cases, of a workspace its status, a statement or what was predicted, or a paper.

    Raises:
        InvalidInputError: No method was asked, so there is nothing to write about.
    """
    if isinstance(result, Document):
        return result
    if isinstance(result, Outcome):
        return outcome_paper(result)
    if not isinstance(result, Sequence):
        return _single(result)
    found = tuple(result)
    if found and all(isinstance(item, Reconciliation) for item in found):
        return register_paper([item for item in found if isinstance(item, Reconciliation)])
    outcomes = [item for item in found if isinstance(item, Outcome)]
    if not outcomes:
        raise InvalidInputError("report", [Problem("", "no method was asked, so there is nothing to write about")])
    return comparison_paper(outcomes)


def _single(
    result: Benchmark | Stability | MethodComparison | Status | StatementPage | Predicted | Ages | Backlog | Funnel,
) -> Document:
    match result:
        case Benchmark():
            return benchmark_paper(result)
        case Stability():
            return stability_paper(result)
        case MethodComparison():
            return moves_paper(result)
        case Status():
            return status_paper(result)
        case StatementPage():
            return statement_paper(result)
        case Predicted():
            return predicted_paper(result)
        case Ages():
            return ages_paper(result)
        case Backlog():
            return backlog_paper(result)
        case Funnel():
            return funnel_paper(result)


@checked
def write(
    result: Result,
    path: str | os.PathLike[str],
    *,
    template: str | os.PathLike[str] | None = None,
    picture: int = 1,
    allow: Iterable[str] = (),
) -> None:
    """Write a paper about a result; the ending says in which form.

    ``.html``, ``.docx``, ``.xlsx``, ``.ods`` and ``.md`` hold the whole paper, and all of them the same words. ``.svg``
    and ``.png`` hold one of its pictures. The file appears whole or not at all.

    Args:
        result: An outcome, the outcomes of several methods for one assessment, a benchmark, a stability,
            a comparison of two methods, results as `careassure.reconcile` gives them, ages of ratings, a backlog, a
            draw of cases, of a workspace its status, a statement or what was predicted, or a paper.
        path: Where to.
        template: A Word document whose styles are used, for ``.docx``.
        picture: Which picture of the paper, from 1, for ``.svg`` and ``.png``.
        allow: Words in the free text that are not personal data, although they look like it.

    Raises:
        InvalidInputError: No method was asked, there is no such picture, or a template goes with another form.
        MissingExtraError: A library for that form is not installed.
        PersonalDataError: The free text holds what looks like personal data, likely names too. Nothing is written.
        ReadError: The template cannot be read.
        WriteError: Another ending, or a place that cannot be written.
    """
    name = path_of(path, WriteError)
    ending = os.path.splitext(name)[1].lower()  # noqa: PTH122  (a name, not a place)
    if ending not in ENDINGS:
        raise WriteError(f"the ending {ending or 'of no letters'} is not known for a paper", where=name,
                         hint=f"Use {join(ENDINGS, 'or')}")  # fmt: skip
    if template is not None and ending != ".docx":
        raise InvalidInputError(name, [Problem("template", "it goes with a Word document", "Write a .docx")])
    for assessment in _assessments(result):
        refuse_personal_data(assessment, assessment.label, allow=allow)
    write_bytes(name, _in_form(paper(result), ending, name, template, picture))


def _assessments(result: Result) -> list[Assessment]:
    """The assessments of a result, whose texts nobody has looked at. Those of a workspace were, when it was read."""
    if isinstance(result, Outcome | Benchmark | Stability):
        return [result.assessment]
    if isinstance(result, MethodComparison):
        return [one.assessment for one, _ in result.outcomes]
    return [item.assessment for item in result if isinstance(item, Outcome)][:1] if isinstance(result, Sequence) else []


def _in_form(document: Document, ending: str, name: str, template: str | os.PathLike[str] | None, at: int) -> bytes:
    if ending == ".docx":
        return docx(document, template)
    if ending in BOOK_ENDINGS:
        return book_bytes(book(document), ending)
    if ending == ".png":
        return as_picture.png(_figure(document, at, name))
    if ending == ".svg":
        return as_picture.svg(_figure(document, at, name)).encode()
    return (html(document) if ending == ".html" else markdown(document)).encode()


def _figure(document: Document, at: int, name: str) -> Figure:
    """One picture of a paper.

    Raises:
        InvalidInputError: It has not so many.
    """
    figures = document.figures
    if not 1 <= at <= len(figures):
        known = "; ".join(f"{number}: {figure.title}" for number, figure in enumerate(figures, 1))
        message = f"there is no picture {at} in this paper" if figures else "there is no picture in this paper"
        raise InvalidInputError(name, [Problem("picture", message, known)])
    return figures[at - 1]
