"""A large spreadsheet is rated from columns, and what comes of it is what comes of its rows one by one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.errors import CareAssureError
from careassure.frame import files, staging, text_batches
from careassure.frame.files import assess_file
from careassure.frame.question import ask
from careassure.tables import container, ods_fast
from careassure.tables.opening import open_table
from tables.spreadsheets import ods_parts, ods_row, ods_table, zip_file
from tables.test_ods import cell, number

NAMES = [statement.id for statement in ca.framework("cqc-la").statements]
GOOD = ods_row("York", *"333433343")
SCORES = st.sampled_from(
    [*["3", "4", "2", "", "good standard", "not judged"] * 3, "7", "#N/A", "3 [p]", "x &amp; y", "splendid"]
)
CELLS = st.one_of(SCORES.map(lambda text: cell(f"<text:p>{text}</text:p>")), st.just(number("3")), st.just(number("9")))
PLACES = st.sampled_from(["York", "Leeds", "Bath &amp; North East Somerset", "England", "Total", "", "Nowhere"])
ROWS = st.tuples(PLACES, st.lists(CELLS, min_size=8, max_size=10)).map(
    lambda row: f"<table:table-row>{cell(f'<text:p>{row[0]}</text:p>')}{''.join(row[1])}</table:table-row>"
)


def outcome(path: Path, *, columns: bool, bad: bool, **more: Any) -> tuple[object, ...]:
    """All that comes of a table: results, account, refused rows; or the error."""
    asked: dict[str, Any] = {
        "framework": None,
        "version": None,
        "columns": None,
        "facts": None,
        "missing": "interval",
        "prefix": "",
    }
    asked |= {"key": ("council",), "outputs": ("rating", "score"), **more}
    question = ask("single-word", **asked)
    out, aside = path.parent / f"out{columns}.csv", path.parent / f"bad{columns}.csv"
    with pytest.MonkeyPatch.context() as patch:
        if not columns:
            patch.setattr(files, "open_table", lambda *given: evolve(open_table(*given), blocks=None))
        try:
            done = assess_file(path, out, question, bad=aside if bad else None)
        except CareAssureError as error:
            return type(error), str(error), out.exists()
    return done, done.audit, done.notes, out.read_bytes(), aside.read_bytes() if bad else b""


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(
    made=st.lists(st.one_of(st.just(GOOD), st.just(GOOD), ROWS), max_size=14),
    errors=st.sampled_from(["raise", "flag"]),
    bad=st.booleans(),
)
def test_columns_are_rated_as_rows_are(
    made: list[str], errors: str, bad: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = ods_table("|".join(["council", *NAMES]), *[GOOD] * 3, *made)
    path = zip_file(tmp_path_factory.mktemp("ods") / "a.ods", ods_parts(table))
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((container, "CHUNK"), (ods_fast, "CHUNK"), (ods_fast, "SLAB")):
            patch.setattr(module, name, 1500)
        patch.setattr(staging, "_BYTES", 300)
        both = [outcome(path, columns=columns, bad=bad, errors=errors) for columns in (True, False)]
    assert both[0] == both[1]


def test_the_command_takes_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The quick way is the one that is taken, and nearly all rows of a plain document are cut."""
    cut: list[int] = []
    original = text_batches._Cutter.cut

    def spied(self: Any, block: Any) -> Any:
        found = original(self, block)
        cut.append(len(found.numbers) if found else 0)
        return found

    monkeypatch.setattr(text_batches._Cutter, "cut", spied)
    for module, name in ((container, "CHUNK"), (ods_fast, "CHUNK"), (ods_fast, "SLAB")):
        monkeypatch.setattr(module, name, 5000)
    made = [ods_row(f"York {at}", *"333433343") for at in range(200)]
    path = zip_file(tmp_path / "a.ods", ods_parts(ods_table("|".join(["council", *NAMES]), *made)))
    done = outcome(path, columns=True, bad=False, errors="raise")
    assert done[0].rows == 200  # type: ignore[attr-defined]
    assert sum(cut) > 150
