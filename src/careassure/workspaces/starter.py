"""The files of a new workspace."""

from __future__ import annotations

import csv
import datetime as dt
import io

from careassure.errors import WriteError
from careassure.io.files import path_of
from careassure.io.formats import to_toml
from careassure.io.writing import unmade, whole_folder
from careassure.model.framework import Framework
from careassure.model.safe_text import guarded
from careassure.tables.columns import Sheet
from careassure.workspaces.settings_file import FORMAT, SETTINGS
from careassure.workspaces.sheets import SCORES, SHEETS

README = "README.md"
STALE_AFTER = 18
"""Months, as a new workspace has it. It is a choice to be changed: no regulator's figure was found."""


def starter_files(
    council: str, framework: Framework, *, body: str = "", today: dt.date, file: str = "", text: str = ""
) -> dict[str, str]:
    """The text of each file of a new workspace, by name.

    Args:
        council: Whose it is.
        framework: What it is prepared for.
        body: What it is where it is none of the 153 councils, such as ``example``.
        today: The date on which its blank scores stand.
        file: The name of the framework's file, which lies in the folder; empty where the framework is installed.
        text: What the file holds.
    """
    settings: dict[str, object] = {"format": FORMAT, "council": council}
    if body:
        settings["body"] = body
    settings |= {"framework": file or framework.id, "version": framework.version, "stale_after_months": STALE_AFTER}
    settings["privacy"] = {"look_for": [], "allow": []}
    settings["cases"] = {
        "age_band": {
            "title": "Age band",
            "codes": {"18-64": "18 to 64", "65+": "65 and over", "not_known": "not known"},
        }
    }
    files = {SETTINGS: to_toml(settings), README: readme(council, framework)}
    for sheet in SHEETS:
        rows: list[list[str]] = []
        heads = [*sheet.heads, *(["age_band"] if sheet.name == "cases" else [])]
        if sheet is SCORES:
            rows = [[str(today), statement.id, *[""] * (len(heads) - 2)] for statement in framework.statements]
        files[sheet.file] = csv_text([heads, *rows])
    if file:
        files[file] = text
    return files


def write_new(folder: object, files: dict[str, str]) -> None:
    """Make a folder with some files, whole or not at all.

    Args:
        folder: The folder: new, or empty.
        files: The text of each file, by its name in the folder.

    Raises:
        WriteError: The folder exists and is not empty, or cannot be made.
    """
    name = path_of(folder, WriteError)
    try:
        with whole_folder(name) as part:
            for file, text in files.items():
                place = part / file
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, encoding="utf-8", newline="")
    except (OSError, UnicodeEncodeError) as error:
        raise unmade(name, error) from None


def csv_text(rows: list[list[str]]) -> str:
    """Rows as the text of a CSV file of a workspace."""
    return "".join(_csv_line(row) for row in rows)


def _csv_line(row: list[str]) -> str:
    """A row. Before Python 3.13 `csv` quotes a lone end of a line of old Macs only where it ends lines with one."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([guarded(cell) for cell in row])
    return out.getvalue().removesuffix("\r\n") + "\n"


def readme(council: str, framework: Framework) -> str:
    """What goes into which table, as a page that lies beside them."""
    tables = "".join(f"\n## {sheet.file}\n\nOne row is {sheet.about}.\n\n{_columns(sheet)}" for sheet in SHEETS)
    statements = "".join(f"| `{statement.id}` | {statement.title} |\n" for statement in framework.statements)
    kinds = "".join(f"| `{item.id}` | {item.title} |\n" for item in framework.categories if item.accepted)
    return (
        f"# {council}: assessment workspace\n\n"
        f"For {framework.title}, version {framework.version}. Every table is a CSV file that a spreadsheet opens; "
        "a table that is not needed can be deleted, all but scores.csv.\n\n"
        "Rows are added and not changed: a new score gets a new row with its date, so that it can be seen later what "
        "stood there on any day. Dates are year-month-day, year-month or year; day/month/year is read as well.\n\n"
        "No personal data: cases are coded, people appear by role. `careassure check` looks for it.\n\n"
        "```\ncareassure check .     is everything sound?\ncareassure assess .    what do the scores give?\n"
        "careassure status .    what is missing, old or contradictory?\n```\n"
        f"\n## Statements\n\n| id | title |\n|---|---|\n{statements}"
        + (f"\n## Evidence categories\n\n| id | title |\n|---|---|\n{kinds}" if kinds else "")
        + tables
    )


def _columns(sheet: Sheet) -> str:
    rows = [f"| {c.name} | {c.meaning}{' (needed)' if c.needed else ''} |\n" for c in sheet.columns]
    return f"| column | what it holds |\n|---|---|\n{''.join(rows)}"
