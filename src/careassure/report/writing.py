"""Write a paper about a result; the ending of the file says in which form."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from careassure.analysis.benchmark import Benchmark
from careassure.analysis.choices import Sensitivity
from careassure.analysis.method_comparison import MethodComparison
from careassure.analysis.nearest import NearestChange
from careassure.analysis.next_question import NextQuestion
from careassure.analysis.reasons import Reasons
from careassure.analysis.stability import Stability
from careassure.analysis.what_if import WhatIf
from careassure.errors import InvalidInputError, Problem, WriteError
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
from careassure.report.makers import Result, document_of, of_results

ENDINGS = (".html", ".docx", ".xlsx", ".ods", ".md", ".svg", ".png")
"""The forms of a paper."""


@of_results
@checked
def paper(result: Result) -> Document:
    """What a paper about a result holds, in no form yet.

    Args:
        result: What a question of this library gave, such as `careassure.assess` or `careassure.workspaces.status`;
            a list of such results; or a paper.

    Raises:
        InvalidInputError: No paper can be written about it: it is no result, or an empty list, or so exact that it may
            tell of a person. The message says what to give instead.
    """
    return document_of(result)


@of_results
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
        result: What a question of this library gave, such as `careassure.assess` or `careassure.workspaces.status`;
            a list of such results; or a paper.
        path: Where to.
        template: A Word document whose styles are used, for ``.docx``.
        picture: Which picture of the paper, from 1, for ``.svg`` and ``.png``.
        allow: Words in the free text that are not personal data, although they look like it.

    Raises:
        InvalidInputError: No paper can be written about it, there is no such picture, or a template goes with another
            form.
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
    write_bytes(name, _in_form(document_of(result), ending, name, template, picture))


def _assessments(result: Result) -> list[Assessment]:
    """The assessments of a result, whose texts nobody has looked at. Those of a workspace were, when it was read."""
    if isinstance(result, Outcome | Benchmark | Stability | NextQuestion):
        return [result.assessment]
    if isinstance(result, WhatIf):
        return [result.before.assessment]
    if isinstance(result, Reasons | NearestChange | Sensitivity):
        return [result.outcome.assessment]
    if isinstance(result, MethodComparison):
        return [one.assessment for one, _ in result.outcomes]
    if isinstance(result, Sequence):
        return list({id(found): found for item in result for found in _assessments_of(item)}.values())
    return []


def _assessments_of(item: object) -> list[Assessment]:
    return _assessments(item) if isinstance(item, Outcome | NearestChange | Sensitivity) else []


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
