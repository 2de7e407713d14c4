"""The verb: what a scoring method makes of every row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from careassure.errors import InvalidInputError, Problem
from careassure.frame.memory import assess_table
from careassure.frame.names import Columns
from careassure.frame.request import Errors, Facts, Missing, ask
from careassure.frame.tables import wrap
from careassure.methods.method import Method
from careassure.model.framework import Framework
from careassure.model.scorer import Scorer

FrameT = TypeVar("FrameT")


def assess_frame(
    frame: FrameT,
    scorer: str | Scorer | Method | None = None,
    *,
    framework: str | Framework | None = None,
    version: str | None = None,
    columns: Columns | None = None,
    facts: Facts | None = None,
    key: str | Sequence[str] = (),
    missing: Missing = "interval",
    errors: Errors = "raise",
    outputs: Iterable[str] = ("rating", "score"),
    prefix: str = "",
) -> FrameT:
    """What a scoring method makes of every row of a table.

    Args:
        frame: A data frame.
        scorer: The scorer.
    """
    question = ask(
        scorer,
        framework=framework,
        version=version,
        columns=columns,
        facts=facts,
        key=key,
        missing=missing,
        errors=errors,
        outputs=outputs,
        prefix=prefix,
    )
    table = wrap(frame)
    if table is not None:
        return assess_table(question, table)
    from careassure.frame.engines import assess_lazy

    return assess_lazy(question, frame)
