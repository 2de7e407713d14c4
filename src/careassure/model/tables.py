"""Read the scales and references that method files and framework files both carry."""

from __future__ import annotations

from typing import get_args

from careassure.errors import CareAssureError
from careassure.model.reference import Basis, Reference
from careassure.model.scale import Grade, Scale
from careassure.model.table import Table

_BASES: tuple[Basis, ...] = get_args(Basis)


def read_references(table: Table) -> dict[str, Reference]:
    """The table ``[references]``: by id, each with a title and where it stands."""
    found: dict[str, Reference] = {}
    for name, item in table.named("references").items():
        read = item.date("read")
        found[name] = Reference(
            name,
            item.text("title"),
            item.text("url", ""),
            item.text("section", ""),
            str(read) if read else "",
            item.choice("basis", _BASES),
        )
        item.finish()
    return found


def read_scales(table: Table) -> tuple[Scale, ...]:
    """The table ``[scales]``: by id, each with a title and its grades, lowest first."""
    found: list[Scale] = []
    for name, item in table.named("scales").items():
        grades: list[Grade] = []
        for rank, grade in enumerate(item.tables("grades")):
            value = grade.whole("value")
            grades.append(
                Grade(
                    name,
                    grade.text("key"),
                    grade.text("label"),
                    rank,
                    value if value is not None else rank + 1,
                    grade.texts("aliases"),
                )
            )
            grade.finish()
        title = item.text("title")
        numeric = item.flag("numeric")
        item.finish()
        try:
            found.append(Scale(name, title, tuple(grades), numeric))
        except CareAssureError as error:
            table.problem(f"scales.{name}", str(error))
    return tuple(found)
