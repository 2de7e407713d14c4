"""Text that a spreadsheet would work out, guarded in the expressions of each engine."""

from __future__ import annotations

from typing import Any

from careassure.model.safe_text import FORMULA, PLAIN, guarded


def guard_polars(table: Any) -> Any:  # noqa: ANN401
    """A lazy table of Polars with its text and its names guarded."""
    import polars as pl

    made: list[pl.Expr] = []
    for name, kind in table.collect_schema().items():
        cell = pl.col(name)
        if kind in (pl.String, pl.Categorical, pl.Enum):
            cell = cell.cast(pl.String)
            odd = cell.str.contains(FORMULA) & ~cell.str.contains(PLAIN)
            cell = pl.when(odd).then(pl.concat_str(pl.lit("'"), cell)).otherwise(cell)
        made.append(cell.alias(guarded(name)))
    return table.select(made)


def guard_duckdb(table: Any) -> Any:  # noqa: ANN401
    """A relation of DuckDB with its text and its names guarded."""
    from duckdb import CaseExpression, ColumnExpression, ConstantExpression, FunctionExpression

    made: list[Any] = []
    for name, kind in zip(table.columns, table.types, strict=True):
        cell: Any = ColumnExpression(name)
        if kind.id in ("varchar", "enum"):
            cell = cell.cast("varchar")
            formula = FunctionExpression("regexp_matches", cell, ConstantExpression(FORMULA))
            plain = FunctionExpression("regexp_matches", cell, ConstantExpression(PLAIN))
            with_mark = FunctionExpression("concat", ConstantExpression("'"), cell)
            cell = CaseExpression(formula & ~plain, with_mark).otherwise(cell)
        made.append(cell.alias(guarded(name)))
    return table.select(*made)


def guard_spark(table: Any) -> Any:  # noqa: ANN401
    """A data frame of Spark with its text and its names guarded."""
    from pyspark.sql import functions

    made: list[Any] = []
    for field in table.schema.fields:
        cell = functions.col(quoted_spark(field.name))
        if field.dataType.simpleString() == "string":
            odd = cell.rlike(FORMULA) & ~cell.rlike(PLAIN)
            cell = functions.when(odd, functions.concat(functions.lit("'"), cell)).otherwise(cell)
        made.append(cell.alias(guarded(field.name)))
    return table.select(*made)


def quoted_spark(name: str) -> str:
    """A name of a column as Spark takes it for nothing else."""
    return f"`{name.replace('`', '``')}`"
