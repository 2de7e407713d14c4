"""Published ratings of locations, as a table that ships here or as one of the same columns."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import careassure as ca
from careassure.errors import CareAssureError, InvalidInputError, Place, Problem, ReadError, collecting
from careassure_cqc_provider.resources import HERE, framework

KEY_QUESTIONS = ("safe", "effective", "caring", "responsive", "well_led")
COLUMNS = ("location_id", "location_name", *KEY_QUESTIONS, "overall")
"""The columns that a table must have; others may be missing."""


def ratings(path: str | os.PathLike[str] | None = None) -> tuple[ca.Assessment, ...]:
    """Published ratings of locations, each as an assessment under ``cqc-provider``.

    CQC's words are read in any case. Words such as "Inspected but not rated" become states, which are not grades;
    an empty cell is a rating that was not seen.

    >>> found = ratings()
    >>> len(found), found[0].council.code, found[0].stated.rating
    (730, '1-10041249501', <Grade good of cqc-rating>)

    Args:
        path: A CSV file with the columns of the table that ships here; that table where it is left out.

    Raises:
        ReadError: The file cannot be read or lacks a column.
        InvalidInputError: Cells that are not a rating, each with its row.
    """
    if path is None:
        text = (HERE / "data" / "provider_ratings.csv").read_text(encoding="utf-8")
        where = "provider_ratings.csv"
    else:
        where = os.fspath(path)
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise ReadError(f"it cannot be read: {error}", where=where) from error
    with collecting(where) as problems:
        found = [
            assessment
            for number, row in _rows(text, where)
            if (assessment := _assessment(row, Place(row=number), problems)) is not None
        ]
    return tuple(found)


def _rows(text: str, where: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(text.splitlines())
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise ReadError(f"it does not have the columns {', '.join(missing)}", where=where)
    for number, row in enumerate(reader, 2):
        yield number, {name: (value or "").strip() for name, value in row.items() if name is not None}


def _assessment(row: dict[str, str], where: Place, problems: list[Problem]) -> ca.Assessment | None:
    version = framework("cqc-provider")
    scale = version.scale("cqc-rating")
    name = row["location_name"] or f"Location {row['location_id']}"
    try:
        overall = scale.read(row["overall"]) if row["overall"] else None
        return ca.Assessment.of(
            ca.Body(row["location_id"], name, "provider"),
            {key: row[key] or None for key in KEY_QUESTIONS},
            framework=version,
            kind="published",
            id=row["location_id"],
            published=row.get("overall_published") or None,
            stated=ca.Stated(overall if isinstance(overall, ca.Grade) else None),
            confidence=row.get("confidence") or "derived",
            licence=row.get("licence", ""),
            sources=tuple(filter(None, [row.get("source_url", "")])),
            notes=_notes(row, overall),
        )
    except InvalidInputError as error:
        problems += [problem._replace(where=problem.where._replace(row=where.row)) for problem in error.problems]
    except CareAssureError as error:
        problems.append(Problem(where, error.message, error.hint))
    return None


def _notes(row: dict[str, str], overall: ca.Grade | ca.NotRated | None) -> str:
    notes = [
        f"Overall: {overall}." if isinstance(overall, ca.NotRated) else "",
        f"{row['primary_category']}, {row['local_authority']}." if row.get("primary_category") else "",
        "The key questions carry ratings of different dates." if row.get("kq_dates_same") == "False" else "",
        "The ratings are carried over from the provider before." if row.get("inherited") == "Y" else "",
    ]
    return " ".join(filter(None, notes))
