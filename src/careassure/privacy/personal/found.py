"""What the finders of the screen hand on: stretches of the plain text."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["nhs_number", "national_insurance_number", "email", "postcode", "telephone", "date_of_birth", "name"]
"""What was sighted. Where two overlap the one that stands first here is kept."""


class Found(NamedTuple):
    """A stretch of the plain text from ``start`` to before ``end``, what it is, and why it was taken for that."""

    kind: Kind
    start: int
    end: int
    reason: str
