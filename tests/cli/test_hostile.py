"""Every command, in every form, given files, folders and words that try to steer what shows them."""

from __future__ import annotations

import argparse
import copy
import csv
import io
import json
import tomllib
import types
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import careassure as ca
from careassure.cli import main, parser
from careassure.errors import CareAssureError
from careassure.io.formats import to_json, to_toml
from careassure.model.as_dict import assessment_to_dict
from careassure.model.assessment import Disagreement
from careassure.model.council import Body
from careassure.model.evidence import Evidence
from careassure.model.safe_text import guarded, printable
from careassure.workspaces.sheets import SHEETS
from report.parsed import assert_runs_ours, parse
from workspaces.folders import example, rows, save

NINE = ["1", "-", *"3333333"]
Place = tuple[Any, ...]
"""The keys and indices that lead to a text in a file."""
SEEN = "=1+1<script>alert(1)</script>"
"""What a spreadsheet would work out and a browser would run."""
HOSTILE = f"{SEEN}\x1b[2J\x07\x9b31m\u202e\u2066\u200b\u2028\r\nforged: line\x7f"
"""The same, with what steers a terminal and what cannot be seen."""
ONE_LINE = f"{SEEN}\x9b31m\u202e\u2066\u200b\u2028\x85"


def check(command: Iterable[str | Path], capsys: pytest.CaptureFixture[str], allowed: Iterable[int] = (0, 1)) -> str:
    """Run a command: it ends as it may, nothing that it prints steers a terminal, and no cell of a CSV is a formula."""
    words = [str(word) for word in command]
    try:
        status = main(words)
    except SystemExit as stop:
        status = int(stop.code or 0)
    out, err = capsys.readouterr()
    assert status in allowed, (words, err)
    assert printable(err, keep="\n") == err
    assert "\nforged" not in err
    if words[-1] == "csv" and status == 0:
        for row in csv.reader(io.StringIO(out, newline="")):
            assert not [cell for cell in row if guarded(cell) != cell and not cell.startswith("'")]
    else:
        assert printable(out, keep="\n") == out
        if words[-1] == "json" and status == 0:
            json.loads(out)
    return out


def leaves(value: Any, path: Place = ()) -> Iterator[Place]:
    """Where every text in plain values stands."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(item, (*path, key))


def put(value: Any, path: Place, text: str) -> Any:
    """A copy of plain values with another text in one place."""
    made = inner = copy.deepcopy(value)
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = text
    return made


def accepted(command: str, data: dict[str, Any], path: Path, capsys: pytest.CaptureFixture[str]) -> list[Place]:
    """The places in a file that may hold the hostile text; for each other one, what is wrong is shown as text."""
    found: list[Place] = []
    for place in leaves(data):
        path.write_text(as_text(put(data, place, HOSTILE), path), encoding="utf-8")
        if check([command, path], capsys):
            found.append(place)
    return found


def as_text(data: dict[str, Any], path: Path) -> str:
    """Plain values in the form of a file."""
    return to_json(data) if path.suffix == ".json" else to_toml(data)


def assessment() -> dict[str, Any]:
    """An assessment with something in each of its fields."""
    category = next(item.id for item in ca.framework("cqc-la").categories if item.accepted)
    made = ca.Assessment.of(
        Body("nowhere", "Nowhere", "council"),
        [1, None, 3, 3, 3, 3, 3, 3, 3],
        id="a",
        supersedes="b",
        licence="none",
        sources=("a source", "https://example.org"),
        notes="a note",
        evidence=(Evidence("E1", "a summary", category, ("equity",), source="s", role="r", attachments=("a.pdf",)),),
        disagreements=(Disagreement("equity", "3", "2", source="a source", note="why"),),
    )
    return assessment_to_dict(made)


@pytest.mark.parametrize("form", ["toml", "json"])
def test_assessments_steer_nothing(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whichever fields of an assessment are hostile, its outcome and what is wrong with it are shown as text."""
    path = tmp_path / f"a.{form}"
    data = assessment()
    free = accepted("assess", data, path, capsys)
    assert {place[0] for place in free} >= {"council", "notes", "sources", "licence", "disagreements"}
    for place in free:
        data = put(data, place, HOSTILE if place != ("supersedes",) else f"not {HOSTILE}")
    path.write_text(as_text(data, path), encoding="utf-8")
    for command, forms in (("assess", ("text", "json", "csv")), ("compare", ("table", "json", "csv"))):
        for printed in forms:
            assert SEEN[:4] in check([command, path, "--format", printed], capsys, (0,))


def test_methods_steer_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whichever fields of a method are hostile, its outcomes, its proof and what is wrong with it are shown as text."""
    source = Path(ca.__file__).parent / "catalogue" / "cqc" / "single-word.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    path = tmp_path / "m.toml"
    free = accepted("check", data, path, capsys)
    assert len({place[-1] for place in free} & {"title", "summary", "sentence", "section", "label", "url"}) >= 5
    for place in free:
        data = put(data, place, ONE_LINE if place in (("title",), ("version",)) else HOSTILE)
    path.write_text(as_text(data, path), encoding="utf-8")
    check(["check", path], capsys, (0,))
    for command, forms in (("assess", ("text", "json", "csv")), ("compare", ("table", "json", "csv"))):
        for printed in forms:
            check([command, *NINE, "--scorer", path, "--format", printed], capsys, (0,))


ON_A_FOLDER = [
    *([name, "FOLDER", "--format", form]
      for name in ("findings", "returns", "timeline") for form in ("table", "json", "csv")),
    *(["status", "FOLDER", "--format", form] for form in ("text", "json", "csv")),
    *(["draw", "FOLDER", "--seed", HOSTILE, "--stages", "3", "--format", form] for form in ("text", "json", "csv")),
    *(["count-cases", "FOLDER", "--rows", "age_band", "--columns", "route", "--threshold", "2", "--format", form]
      for form in ("table", "csv")),
    *(["diff", "FOLDER", "2025-01-01", "--format", form] for form in ("text", "json")),
    ["assess", "FOLDER"],
    ["assess", "FOLDER", "--format", "json"],
    ["assess", "FOLDER", "--format", "csv"],
    ["check", "FOLDER"],
    ["statement", "FOLDER", "safeguarding"],
    ["statement", "FOLDER", HOSTILE],
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example in a folder whose name is hostile too."""
    return example(tmp_path / HOSTILE.replace("/", ":"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_wrong_workspaces_steer_nothing(sheet: Any, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever stands in the cells or heads of a workspace, what is wrong with it is shown as text, a line for each."""
    table = rows(folder, sheet.file)
    save(folder, sheet.file, [table[0], [HOSTILE] * len(table[0]), *table[2:]])
    check(["check", folder], capsys, (1,))
    save(folder, sheet.file, [[*table[0], HOSTILE], *table[1:]])
    check(["status", folder], capsys, (1,))


def test_workspaces_steer_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workspace whose free texts are formulas and markup, guarded or not, is shown as text by every command."""
    for sheet in SHEETS:
        table = rows(folder, sheet.file)
        texts = {column.name for column in sheet.columns if column.text} - {"result", "bodies", "body"}
        free = [at for at, head in enumerate(table[0]) if head in texts]
        for number, row in enumerate(table[1:]):
            for at in free:
                row[at] = f"{SEEN} {number}" if number % 2 else guarded(f"{SEEN} {number}")
        save(folder, sheet.file, table)
    workspace = ca.workspaces.read(folder)
    assert [item.summary for item in workspace.evidence] == [f"{SEEN} {at}" for at in range(len(workspace.evidence))]
    for command in ON_A_FOLDER:
        words = [folder if word == "FOLDER" else word for word in command]
        check(words, capsys, (1,) if HOSTILE in command and command[0] == "statement" else (0,))


def test_published_results_steer_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Published results whose every text is hostile are shown as text, in a terminal, a spreadsheet and a page."""
    base = ca.published("York")[-1]
    difference = Disagreement("equity", HOSTILE, HOSTILE, source=HOSTILE, note=HOSTILE)
    body = evolve(ca.council("York"), name=HOSTILE, region=HOSTILE)
    hostile = evolve(
        base, council=body, notes=HOSTILE, sources=(HOSTILE,), licence=HOSTILE, id=HOSTILE, disagreements=(difference,)
    )
    monkeypatch.setattr(
        "careassure.cli.commands.published.published", lambda *_: (hostile, evolve(hostile, marks=base.marks))
    )
    page = tmp_path / "page.html"
    for form in ("table", "json", "csv"):
        check(["published", "York", "--html", page, "--format", form], capsys, (0,))
        check(["published", "--region", HOSTILE, "--format", form], capsys)
    text = page.read_text(encoding="utf-8")
    assert printable(text, keep="\n\u200b\u2028\r") == text
    assert_runs_ours(parse(text))


def test_what_is_installed_steers_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Names and titles that plugins give are shown as text."""
    framework = types.SimpleNamespace(id=HOSTILE, version=HOSTILE, scorer=HOSTILE, title=HOSTILE)
    plugin = {"plugin": HOSTILE, "distribution": HOSTILE, "distribution_version": HOSTILE}
    item = types.SimpleNamespace(versions=(framework,), **plugin)
    scorer = types.SimpleNamespace(name=HOSTILE, version=HOSTILE, title=HOSTILE, accepts=lambda _: True, **plugin)
    info = types.SimpleNamespace(
        name=HOSTILE, distribution=HOSTILE, version=HOSTILE, status=HOSTILE, offers=(f"scorers {HOSTILE}",)
    )
    error = CareAssureError(HOSTILE, where=HOSTILE, hint=HOSTILE)
    host = types.SimpleNamespace(scorers=tuple, installed=lambda: (info,), failures=(error,))
    monkeypatch.setattr("careassure.cli.commands.frameworks.frameworks", lambda: (item,))
    monkeypatch.setattr("careassure.cli.commands.scorers.frameworks", lambda: (item,))
    monkeypatch.setattr("careassure.cli.commands.scorers.scorers", lambda: (scorer,))
    monkeypatch.setattr("careassure.cli.commands.plugins.host_from", lambda *_, **__: host)
    for name in ("frameworks", "scorers", "plugins"):
        for form in ("table", "json", "csv"):
            assert SEEN[:4] in check([name, "--format", form], capsys, (0,))


def every_option() -> Iterator[list[str]]:
    """Each command with the hostile text in the place of each of its arguments and options."""
    (commands,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    for name, command in commands.choices.items():
        needed = [
            word
            for action in command._actions
            if action.required
            for word in ([action.option_strings[0], "3"] if action.option_strings else ["nowhere"])
        ]
        for action in command._actions:
            if action.option_strings and action.nargs != 0:
                for text in (HOSTILE, f"{HOSTILE}=1", f"{HOSTILE}.toml"):
                    yield [name, *needed, action.option_strings[-1], text]
        yield [name, *[HOSTILE if word == "nowhere" else word for word in needed]]
        yield [name, *needed, f"--{HOSTILE}"]
        yield [name, *needed, HOSTILE, HOSTILE, HOSTILE]
    yield [HOSTILE]


def test_typed_words_steer_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is typed for any argument or option of any command, what is said about it is shown as text."""
    monkeypatch.chdir(tmp_path)
    tried = list(every_option())
    assert len(tried) > 100
    for words in tried:
        check(words, capsys, (0, 1, 2))
