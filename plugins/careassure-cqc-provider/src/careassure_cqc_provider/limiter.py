"""The score limiter: an option, because its text was not read."""

from __future__ import annotations

from functools import cache
from typing import Literal

import careassure as ca
from careassure.errors import UnknownFrameworkError
from careassure_cqc_provider.resources import optional_method


@cache
def limited(version: Literal["2023", "2024"] = "2024") -> ca.Method:
    """The method for quality statements with the score limiter that the sector reports.

    A statement scored 1 holds a key question in the good range at requires improvement; a score of 1 or 2 holds
    one in the outstanding range at good. CQC's own text of this was not read, so no installed scorer applies it::

        ca.assess(assessment, scorer=limited())

    Args:
        version: The version of ``cqc-provider-saf`` that it scores.

    Raises:
        UnknownFrameworkError: There is no such version.
    """
    if version not in ("2023", "2024"):
        raise UnknownFrameworkError(f"the limiter was reported for no version {version!r}", hint="Use 2023 or 2024")
    return optional_method(f"saf-{version}-limited", "cqc-provider-saf")
