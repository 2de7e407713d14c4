"""NHS trusts: frameworks for any number of ratings that are put together into one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import evolve

import careassure as ca
from careassure_cqc_provider.resources import framework


def underlying(names: Iterable[str], version: str = "own") -> ca.Framework:
    """A version of ``cqc-nhs-trust`` for the ratings that one rating is put together from.

    >>> core = underlying(["Urgent and emergency care", "Medical care", "Surgery"], "example")
    >>> [statement.id for statement in core.statements]
    ['urgent_and_emergency_care', 'medical_care', 'surgery']

    Args:
        names: What was rated: services, key questions or locations.
        version: What this version is called.

    Raises:
        InvalidFrameworkError: No names, or two that are alike.
    """
    base = framework("cqc-nhs-trust")
    statements = tuple(ca.Statement(_id(name), name) for name in names)
    return evolve(
        base,
        version=version,
        summary="Ratings that are put together into one.",
        themes=(ca.Theme("underlying", "Underlying ratings", statements),),
    )


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
