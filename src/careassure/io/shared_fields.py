"""Read the scales and references that method files and framework files both carry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from careassure.errors import CareAssureError
from careassure.io.fields import Table
from careassure.model.ids import id_fault, twin_words, twins
from careassure.model.reference import Basis, Reference
from careassure.model.scale import Grade, Scale

_BASES: tuple[Basis, ...] = get_args(Basis)


def check_id(table: Table, key: str, id: str) -> None:
    """Note what is wrong with an id in a field of a table; one that is missing was noted before."""
    message, hint = id_fault(id) if id else ("", "")
    if message:
        table.problem(key, message, hint)


def check_ids(table: Table, key: str, ids: Iterable[str]) -> None:
    """Note what is wrong with the ids in a table of tables, and which could be taken for each other."""
    known = list(ids)
    for name in known:
        message, hint = id_fault(name)
        if message:
            table.problem(key, message, hint)
    for name, other in twins(known):
        table.problem(key, twin_words(name, other), "Give each an id of its own")


def read_references(table: Table) -> dict[str, Reference]:
    """The table ``[references]``: by id, each with a title and where it stands."""
    found: dict[str, Reference] = {}
    references = table.named("references")
    check_ids(table, "references", references)
    for name, item in references.items():
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
    scales = table.named("scales")
    check_ids(table, "scales", scales)
    for name, item in scales.items():
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
