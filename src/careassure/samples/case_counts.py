"""Cases counted by two attributes, as a table that disclosure control can be put over."""

from __future__ import annotations

from careassure.model.arguments import checked
from careassure.privacy.disclosure.suppression import CountTable
from careassure.samples.cases import CaseList


@checked
def count_cases(cases: CaseList, rows: str, columns: str) -> CountTable:
    """How many cases have each code of one attribute and each code of another.

    The table is exact. Put `careassure.privacy.suppress` over it before it leaves the council.

    Args:
        cases: The cases.
        rows: The id of the attribute whose codes are the rows.
        columns: The id of the attribute whose codes are the columns.

    Returns:
        Counts under the titles of the codes; a code that no case has stands there with 0.

    Raises:
        InvalidInputError: There is no such attribute.
    """
    down, across = cases.attribute(rows), cases.attribute(columns)
    counts = {(row.id, column.id): 0 for row in down.codes for column in across.codes}
    for case in cases.cases:
        counts[case.code(rows), case.code(columns)] += 1
    return CountTable(
        tuple(str(row) for row in down.codes),
        tuple(str(column) for column in across.codes),
        tuple(tuple(counts[row.id, column.id] for column in across.codes) for row in down.codes),
    )
