"""Inputs that nobody wrote, a few of each kind; ``run.py`` feeds many more."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fuzz import targets
from fuzz.run import NAMES, READERS, Record, by_chance, changed
from fuzz.targets import TARGETS, Refused, attempt, seeds

FEW = {
    "read": 30, "workspace": 6, "csv": 8, "parquet": 8, "arrow": 6, "arguments": 12, "method": 12, "privacy": 40,
    "tables-in-files": 400, "large-ods": 30, "xls": 60, "sector-files": 100,
}  # fmt: skip


@pytest.mark.parametrize("target", TARGETS)
def test_whatever_is_fed_is_accepted_or_refused(target: str) -> None:
    """Good inputs, changed by chance, give a value or the library's own error, on every way in."""
    record = by_chance(target, FEW[target], seconds=30, seed=1)
    assert not record.faults
    assert sum(record.counts.values()) == FEW[target]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["read", "privacy", "method", *READERS]), st.binary(max_size=300))
@example("read", b"\xff\xfe")
@example("read", b"[" * 2000)
@example("privacy", "\udcff".encode("utf-8", "surrogatepass"))
def test_any_bytes_are_accepted_or_refused(target: str, data: bytes) -> None:
    """Bytes that have no form at all give a value or the library's own error."""
    assert attempt(target, data) in {"accepted", "refused"}


@pytest.mark.parametrize("target", ["read", "workspace", "csv", "parquet", "arrow", "privacy", *READERS])
def test_the_search_starts_from_good_inputs(target: str) -> None:
    """Some of the inputs from which a search starts are accepted, so that what lies behind the reader is tried."""
    assert "accepted" in {attempt(target, data) for data in seeds(target)[:3]}


def test_a_fault_is_seen_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that is not planned is counted, and the input that raised it is kept."""

    def faulty(data: bytes) -> None:
        if b"\xff" in data:
            raise KeyError("unplanned")
        raise Refused

    monkeypatch.setitem(TARGETS, "privacy", faulty)
    record = by_chance("privacy", 200, seconds=30, seed=3)
    assert record.counts["refused"]
    assert record.counts["unplanned"]
    assert b"\xff" in record.faults["KeyError: 'unplanned'"]


def test_a_file_that_stays_after_a_refusal_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """The targets of tables look whether a refused command left a file behind."""

    def leaves(arguments: list[str]) -> None:
        with open(arguments[2], "w", encoding="utf-8"):  # noqa: PTH123
            raise Refused

    monkeypatch.setattr(targets, "call", leaves)
    assert attempt("csv", b"\0a,b\n").startswith("AssertionError")


def test_a_change_by_chance_can_be_made_again() -> None:
    """The same seed makes the same inputs."""
    first, again = (
        [changed(b"council = 1", Random(seed)) for seed in range(50)]  # noqa: S311
        for _ in range(2)
    )
    assert first == again
    assert len(set(first)) > 30


def test_the_command_knows_every_target() -> None:
    """The names that the command takes are the targets; it may not import them before they are watched."""
    assert set(NAMES) == set(TARGETS)


def test_the_report_says_what_was_slowest(capsys: pytest.CaptureFixture[str]) -> None:
    """The report has the counts, the slowest input and every fault with its input."""
    record = Record("read")
    record.note(b"a", "accepted", 0.5)
    record.note(b"bb", "ValueError: x", 2.0)
    record.report()
    printed = capsys.readouterr().out
    assert "inputs 2, accepted 1, refused 0, unplanned 1, slowest 2.00 s (2 bytes)" in printed
    assert "ValueError: x\n    YmI=" in printed
