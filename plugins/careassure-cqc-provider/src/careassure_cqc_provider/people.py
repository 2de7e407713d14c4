"""Names of people in CQC's files: found by where they are or how they begin, counted, and never kept."""

from __future__ import annotations

import re

PERSONAL = ("person", "nominatedIndividual")
"""How the fields of CQC's API begin that name people."""
PERSONAL_COLUMNS = ("Registered manager", "Nominated individual", "Main contact", "Contact name")
"""Columns of CQC's files that name people."""
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Sir|Dame|Prof|Professor|Rev)\b\.?\s", re.IGNORECASE)


def public_name(name: str) -> str:
    """The name of a service; empty where it is a person's, which begins with a title.

    >>> public_name("Lucerne House"), public_name("Mrs A Example & Mr B Example"), public_name("Dr Barnardo's")
    ('Lucerne House', '', '')
    """
    return "" if _TITLED.match(name.strip()) else name.strip()
