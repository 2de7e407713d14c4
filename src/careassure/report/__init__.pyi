# Made from the table in __init__.py, for type checkers: see tests/api/test_stubs.py.

from careassure.files import workbook as workbook
from careassure.report.committee import pack as pack
from careassure.report.document import Document as Document
from careassure.report.document import Figure as Figure
from careassure.report.document import Heading as Heading
from careassure.report.document import Listing as Listing
from careassure.report.document import Number as Number
from careassure.report.document import Paragraph as Paragraph
from careassure.report.document import Table as Table
from careassure.report.of_samples import cases_paper as cases_paper
from careassure.report.of_workspaces import diff_paper as diff_paper
from careassure.report.of_workspaces import plan_paper as plan_paper
from careassure.report.of_workspaces import timeline_paper as timeline_paper
from careassure.report.writing import paper as paper
from careassure.report.writing import write as write

__all__ = [
    "Document",
    "Figure",
    "Heading",
    "Listing",
    "Number",
    "Paragraph",
    "Table",
    "cases_paper",
    "diff_paper",
    "pack",
    "paper",
    "plan_paper",
    "timeline_paper",
    "workbook",
    "write",
]
