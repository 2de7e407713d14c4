"""Which table of a library a data frame is."""

from __future__ import annotations

from careassure.frame.tables import Native, Table


def wrap(frame: Native) -> Table | None:
    """The table of a data frame in memory; None where it is of a library that is not known here."""
    home = type(frame).__module__.partition(".")[0]
    name = type(frame).__name__
    if home == "pandas" and name == "DataFrame":
        from careassure.frame.pandas_table import PandasTable

        return PandasTable(frame)
    if home == "polars" and name == "DataFrame":
        from careassure.frame.polars_table import PolarsTable

        return PolarsTable(frame)
    if home == "pyarrow" and name == "Table":
        from careassure.frame.arrow_table import ArrowTable

        return ArrowTable(frame)
    return None
