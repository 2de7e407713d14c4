"""What a check is, how it can end, and when a new one only warns."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Literal

from attrs import frozen

from careassure import __version__
from careassure.errors import CareAssureError, NameLookupError
from careassure.model.text import near

FIRST = (0, 1)
"""The minor release in which the kit first appeared; its checks never only warn."""

Status = Literal["passed", "failed", "blocked", "expected", "unexpected", "warned", "not offered"]
"""``blocked``: nothing could be looked at until another check passes. ``expected``: failed, as was declared.
``unexpected``: passed or does not apply, though a failure was declared. ``warned``: failed, and is too new to count.
``not offered``: the scorer does not have what the check is about."""


class CheckFailedError(CareAssureError, AssertionError):
    """A scorer does not do what a check asks for."""


class CheckBlockedError(CheckFailedError):
    """Nothing could be looked at, because the scorer fails a check that comes before."""


class NotOfferedError(CareAssureError):
    """The scorer does not have what a check is about."""


class UnknownCheckError(NameLookupError):
    """A failure is declared for a check that does not exist."""


class NewCheckWarning(UserWarning):
    """A scorer fails a check that is new in this release; from the next on it counts."""


@frozen
class Check:
    """One thing that a scorer has to do.

    Args:
        name: Its name.
        since: The release in which it appeared, such as ``0.1``.
        requires: What a scorer must have for it to apply, such as ``method``; empty where it always does.
        text: What it asks for, in a sentence.
        run: Looks at the scorer and returns what is worth knowing, or nothing.

            Raises `CheckFailedError` where the scorer fails, `NotOfferedError` where the check does not apply.
    """

    name: str
    since: str
    requires: frozenset[str]
    text: str
    run: Callable[[], str]


@frozen
class CheckResult:
    """How a check ended.

    Args:
        name: The check's name.
        status: See `Status`.
        text: What the check asks for.
        message: What was found, or why it does not count.
    """

    name: str
    status: Status
    text: str
    message: str = ""

    @property
    def ok(self) -> bool:
        """Whether it is nothing to mend."""
        return self.status not in ("failed", "blocked", "unexpected")

    def __str__(self) -> str:
        return f"{self.status:<11} {self.name}" + (f": {self.message}" if self.message else "")


def is_new(since: str, kit: str = "", current: str = __version__) -> bool:
    """Whether a check is too new to count, and only warns.

    A check only warns in the minor release in which it appears and counts from the next on, so that an upgrade
    alone never breaks the tests of a plugin. Whoever states the release of the kit that a plugin was written
    for is warned of every check that is newer.

    Args:
        since: The release in which the check appeared.
        kit: The release of the kit that a plugin was written for, such as ``0.1``.
        current: This release.
    """
    if kit:
        return _minor(since) > _minor(kit)
    return _minor(since) != FIRST and _minor(since) >= _minor(current)


def _minor(version: str) -> tuple[int, int]:
    major, minor = [*version.split("."), "0"][:2]
    return int(major), int(minor)


def judge(check: Check, reason: str | None = None, kit: str = "") -> CheckResult:
    """Run a check and say how it ended.

    Args:
        check: The check.
        reason: Why it is expected to fail; None where it is not.
        kit: See `is_new`.
    """
    try:
        with kept_alive():
            message = check.run()
    except NotOfferedError as found:
        if reason is not None:
            return CheckResult(check.name, "unexpected", check.text, f"expected to fail ({reason}), but {found}")
        return CheckResult(check.name, "not offered", check.text, str(found))
    except CheckFailedError as found:
        if reason is not None:
            return CheckResult(check.name, "expected", check.text, f"{reason}. It is so: {found}")
        if is_new(check.since, kit):
            note = f"{found}. The check is new in {check.since} and will count from the next release on"
            return CheckResult(check.name, "warned", check.text, note)
        blocked = isinstance(found, CheckBlockedError)
        return CheckResult(check.name, "blocked" if blocked else "failed", check.text, str(found))
    if reason is not None:
        return CheckResult(
            check.name, "unexpected", check.text, f"expected to fail ({reason}), but it passes: no longer declare it"
        )
    return CheckResult(check.name, "passed", check.text, message)


def refuse_unknown(expected: Mapping[str, str], known: list[str]) -> None:
    """Refuse failures that are declared for checks which do not exist, or without a reason.

    Raises:
        UnknownCheckError: A name that stands for no check.
        CheckFailedError: A reason that is empty.
    """
    for name, reason in expected.items():
        if name not in known:
            raise UnknownCheckError(
                f"a failure of {name!r} is expected, and there is no such check",
                suggestions=near(name, known),
                hint="" if near(name, known) else f"The checks are {', '.join(known)}",
            )
        if not str(reason or "").strip():
            raise CheckFailedError(f"the expected failure of {name} has no reason", hint="Say why it fails")


class EndedError(BaseException):
    """A scorer tried to end the process."""


@contextmanager
def kept_alive() -> Generator[None]:
    """See to it that a scorer cannot end the process while the block runs: it is told as an error instead."""
    ends = {name: getattr(os, name) for name in ("_exit", "abort") if hasattr(os, name)}

    def refused(*_arguments: object) -> None:
        raise EndedError("it tried to end the process")

    for name in ends:
        setattr(os, name, refused)
    try:
        yield
    finally:
        for name, function in ends.items():
            setattr(os, name, function)
