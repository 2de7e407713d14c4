"""Whatever a spreadsheet holds, what is raised is an error of ours, soon and without much memory."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careassure.errors import CareAssureError, MissingExtraError
from careassure.tables import xls
from careassure.tables.opening import open_table
from tables.hostile import made, outcome, text_xls
from tables.spreadsheets import ods_parts, ods_table, openpyxl_file, packed, xlsx_parts, xlsx_rows

HOSTILE = made()
STYLES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
ROWS = xlsx_rows("A|B", "1|2", '<row><c t="s" s="1"><v>0</v></c><c s="1"><v>45991</v></c></row>')
WHOLE = {
    "a.xlsx": packed(xlsx_parts(ROWS, strings="<si><t>x</t></si>", styles=STYLES)),
    "a.ods": packed(ods_parts(ods_table("A|B", "1|2", '<table:table-row table:number-rows-repeated="2"/>', "3|4"))),
    "a.xls": HOSTILE["far.xls"][0],
}
PARTS = {
    "a.xlsx": xlsx_parts(ROWS, strings="<si><t>x</t></si>", styles=STYLES),
    "a.ods": ods_parts(ods_table("A|B", "1|2", "3|4")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(tmp_path: Path, name: str) -> None:
    data, words = HOSTILE[name]
    (tmp_path / name).write_bytes(data)
    said, seconds = outcome(tmp_path / name)
    assert words in said
    assert bool(said) == bool(words)
    assert "\n" not in said.strip() or "problems" in said
    assert seconds < 10  # about 0.5 on an idle machine; this one may be busy


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of one program")
def test_hostile_files_take_little_memory(tmp_path: Path) -> None:
    for name, (data, _) in HOSTILE.items():
        (tmp_path / name).write_bytes(data)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "tables.hostile", *map(str, sorted(tmp_path.iterdir()))]
    printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    peaks = [int(line.split("\t")[1]) for line in printed.splitlines()]
    assert len(peaks) == len(HOSTILE)
    assert max(peaks) < 200  # MB, Python and all


@given(name=st.sampled_from([*WHOLE]), data=st.data())
def test_a_file_cut_short_or_changed_is_told(
    name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = WHOLE[name]
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = (
        whole[:at] if data.draw(st.booleans()) else whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + 2 :]
    )
    path = tmp_path_factory.mktemp("cut") / name
    path.write_bytes(changed)
    outcome(path)  # raises nothing but errors of ours, which it tells


@given(name=st.sampled_from([*PARTS]), data=st.data())
def test_changed_markup_is_told(name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    parts = dict(PARTS[name])
    part = data.draw(st.sampled_from([*parts]))
    for _ in range(data.draw(st.integers(1, 4))):
        text = parts[part]
        at = data.draw(st.integers(0, len(text)))
        piece = data.draw(
            st.sampled_from(['"', "<", ">", "/", "&", "]]>", "<!--", "\0", "é", "9", "-", "t", "<x>", " "])
        )
        parts[part] = text[:at] + piece + text[at + data.draw(st.integers(0, 3)) :]
    path = tmp_path_factory.mktemp("changed") / name
    path.write_bytes(packed(parts))
    outcome(path)


def _swapped(text: str, seed: int) -> str:
    """Some markup with two of its tags swapped, or one doubled or dropped."""
    drawn = random.Random(seed)  # noqa: S311
    tags = re.split(r"(<[^>]*>)", text)
    first, second = drawn.randrange(len(tags)), drawn.randrange(len(tags))
    if drawn.random() < 0.3:
        tags[first] = ""
    elif drawn.random() < 0.5:
        tags.insert(first, tags[second])
    else:
        tags[first], tags[second] = tags[second], tags[first]
    return "".join(tags)


@given(name=st.sampled_from([*PARTS]), seed=st.integers(0, 10**6), part=st.integers(0, 20))
def test_tags_out_of_place_are_told(name: str, seed: int, part: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    parts = dict(PARTS[name])
    chosen = [*parts][part % len(parts)]
    parts[chosen] = _swapped(parts[chosen], seed)
    path = tmp_path_factory.mktemp("swapped") / name
    path.write_bytes(packed(parts))
    outcome(path)


@pytest.mark.parametrize("ending", ["raise SystemExit(3)", "import os; os.abort()", "print('no JSON')", "1 / 0"])
def test_however_the_library_ends_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """It ends the whole program where a damaged file makes it ask for 342 GB."""
    monkeypatch.setattr(xls, "_READ", ending)
    (tmp_path / "a.xls").write_bytes(text_xls())
    with pytest.raises(CareAssureError, match="damaged"):
        open_table(tmp_path / "a.xls")


def test_what_is_missing_is_told_with_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: Callable[[str], None] = lambda name: None  # noqa: E731
    monkeypatch.setattr(xls, "find_spec", found)
    (tmp_path / "a.xls").write_bytes(WHOLE["a.xls"])
    with pytest.raises(MissingExtraError, match=r"a\.xls: .* need python-calamine.*Run: pip install python-calamine"):
        open_table(tmp_path / "a.xls")


def test_the_ending_of_a_name_decides_nothing(tmp_path: Path) -> None:
    path = openpyxl_file(tmp_path / "a.xlsx", {"S": [["A", "B"], ["1", "2"]]})
    path.rename(tmp_path / "a.csv")
    assert open_table(tmp_path / "a.csv").layout.kind == "xlsx"
    (tmp_path / "a.xlsx").write_text("A,B\n1,2\n", encoding="utf-8")
    table = open_table(tmp_path / "a.xlsx")
    assert table.layout.kind == "delimited"
    assert table.layout.notes == ("It holds delimited text, although its name ends in .xlsx.",)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sheet": "S"}, r"a\.csv: it is text, and has no sheets\. Leave --sheet out"),
        ({"separator": ";"}, r"a\.xlsx: --separator is for delimited text"),
        ({"encoding": "utf-8"}, r"a\.xlsx: --encoding is for delimited text"),
        ({"header_row": 9}, "row 9 is not there"),
    ],
)
def test_an_option_that_does_not_fit_is_refused(tmp_path: Path, options: dict[str, object], message: str) -> None:
    from careassure.tables.table import Options

    path = openpyxl_file(tmp_path / "a.xlsx", {"S": [["A", "B"], ["1", "2"]]})
    (tmp_path / "a.csv").write_text("A,B\n1,2\n", encoding="utf-8")
    with pytest.raises(CareAssureError, match=message):
        open_table(tmp_path / "a.csv" if "sheet" in options else path, Options(**options))  # type: ignore[arg-type]
