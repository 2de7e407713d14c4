"""Lazy tables profile by profile: each set of scores and facts is worked out once, and joined to the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
from numpy.typing import NDArray

from careassure.errors import InvalidInputError, Problem
from careassure.frame.arrays import BAD, NO_GRADE, UNKNOWN, Codes, Column, FactData, LeafData
from careassure.frame.expressions import Frame, chain, in_words
from careassure.frame.memory import rate
from careassure.frame.outputs import OutputColumn
from careassure.frame.reading import Read
from careassure.frame.request import Request


def by_profiles(
    request: Request, frame: Frame, reads: Sequence[Read | None], bad: str | None
) -> tuple[Frame, dict[str, nw.Expr]]:
    """Work each profile out that occurs, and join the results to the rows.

    Args:
        request: What was asked.
        frame: The table.
        reads: What it says of each score.
        bad: The column that tells bad rows, which are left out; None where there are none.

    Returns:
        The table with more columns, and the results as expressions of them.
    """
    stem = request.stem
    scores = {number: f"{stem}code_{number}" for number, read in enumerate(reads) if read is not None}
    facts = {name: fact_column(request, where) for name, where in request.facts if isinstance(where, str)}
    codes = {scores[number]: _code(read) for number, read in enumerate(reads) if read is not None}
    for number, where in enumerate(facts.values()):
        said = nw.when(nw.col(where)).then(nw.lit(1)).otherwise(nw.lit(0))
        codes[f"{stem}told_{number}"] = nw.when(nw.col(where).is_null()).then(nw.lit(UNKNOWN)).otherwise(said)
    frame = frame.with_columns(**{name: code.cast(nw.Int32) for name, code in codes.items()})
    good = frame if bad is None else frame.filter(~nw.col(bad))
    found = good.select(*codes).unique().collect()
    cells: dict[str, NDArray[np.int8]] = {name: found.get_column(name).to_numpy().astype(np.int8) for name in codes}
    leaves: list[LeafData] = [
        Codes(cells[scores[number]]) if number in scores else None for number in range(len(reads))
    ]
    known: dict[str, bool | FactData] = {name: told for name, told in request.facts if isinstance(told, bool)}
    for number, name in enumerate(facts):
        told = cells[f"{stem}told_{number}"]
        known[name] = FactData(told == 1, told == UNKNOWN)
    rated, columns = rate(request, leaves, known, len(found))
    request.refuse_clashes(columns, capitals=frame.implementation.is_polars())
    kept = {c.key: f"{stem}result_{number}" for number, c in enumerate(columns) if c.kind != "text"}
    joined = _join(frame, _as_arrow(cells, {kept[key]: rated.columns[key] for key in kept}), list(codes), stem)
    results: dict[str, nw.Expr] = {}
    for column in columns:
        results[column.name] = _result(frame, column, kept.get(column.key))
    return joined, results


def fact_column(request: Request, where: str) -> str:
    """The column that holds a fact as true and false: where every cell is text, one that was made of it."""
    places = [place for _, place in request.facts if isinstance(place, str)]
    return f"{request.stem}fact_{places.index(where)}" if request.question.text else where


def _result(frame: Frame, column: OutputColumn, kept: str | None) -> nw.Expr:
    if kept is None:
        return nw.lit(column.text)
    made = nw.col(kept)
    if column.kind != "grade":
        return made
    return in_words(frame, [(made == rank, rank) for rank in range(len(column.words))], None, column.words)


def _code(read: Read) -> nw.Expr:
    cases = [(where, code) for code, where in read.states]
    if read.unknown is not None:
        cases.append((read.unknown, UNKNOWN))
    if read.odd is not None:
        cases.append((read.odd, BAD))
    return chain(cases, read.rank)


def _as_arrow(cells: dict[str, NDArray[np.int8]], results: dict[str, Column]) -> Any:  # noqa: ANN401
    """The profiles with their results, as a table of PyArrow."""
    import pyarrow as pa

    arrays = {name: pa.array(codes.astype(np.int32)) for name, codes in cells.items()}
    for name, column in results.items():
        if column.values.dtype == np.uint8:  # ranks
            arrays[name] = pa.array(column.values.astype(np.int32), mask=column.values == NO_GRADE)
        else:
            arrays[name] = pa.array(column.values, mask=column.blank)
    return pa.table(arrays)


def _join(frame: Frame, table: Any, on: Sequence[str], stem: str) -> Frame:  # noqa: ANN401
    """Put a small table beside a lazy one, in the lazy one's engine. All its names are ours."""
    native = frame.to_native()
    implementation = frame.implementation
    if implementation.is_polars():
        import polars as pl

        small = pl.DataFrame(pl.from_arrow(table)).lazy()
        joined: Frame = nw.from_native(native.join(small, on=list(on), how="left", maintain_order="left"))
        return joined
    if implementation.is_duckdb():
        names = ", ".join(f'"{name}"' for name in on)
        rest = ", ".join(f'small."{name}"' for name in table.column_names if name not in on)
        # The relation's own connection is used: it finds the table by the name of the variable.
        _careassure_profiles = table  # pyright: ignore[reportUnusedVariable]
        query = f'select big.*, {rest} from "{stem}rows" as big left join _careassure_profiles as small using ({names})'  # noqa: S608
        found: Frame = nw.from_native(native.query(f"{stem}rows", query))
        return found
    if implementation.is_ibis():
        import ibis

        small = ibis.memtable(table)
    elif implementation.is_pyspark():
        small = _to_spark(native.sparkSession, table)
    else:
        raise InvalidInputError(
            "what is to be assessed",
            [Problem("", f"{implementation} cannot be joined with profiles", "Collect it into a data frame first")],
        )
    return frame.join(nw.from_native(small), on=list(on), how="left")


def _to_spark(session: Any, table: Any) -> Any:  # noqa: ANN401
    """A table of PyArrow in Spark; since Spark 4 no Python is started on the workers for it."""
    if int(session.version.partition(".")[0]) >= 4:
        return session.createDataFrame(table)
    kinds = {"int16": "smallint", "int32": "int", "int64": "bigint", "bool": "boolean"}
    schema = ", ".join(f"`{field.name}` {kinds[str(field.type)]}" for field in table.schema)
    return session.createDataFrame([tuple(row.values()) for row in table.to_pylist()], schema)
