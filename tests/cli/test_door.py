"""The door through which the command line prints: streams that steer, fill up, close or cannot hold a character."""

from __future__ import annotations

import ast
import contextlib
import csv
import io
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TextIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.cli import main, terminal
from careassure.cli.commands import COMMANDS as KNOWN
from careassure.errors import InvalidInputError, Problem
from careassure.model.safe_text import printable

NINE = ("3", "3", "4", "3", "4", "4", "3", "4", "4")
ANY = st.text(st.characters(categories=None) | st.sampled_from("\x1b\x9b\u202e\u2066\u200b\ufeff\x85\u2028\n\r\té"))
COMMANDS: list[tuple[str, ...]] = [
    *(("assess", *NINE, "--format", form) for form in ("text", "json", "csv")),
    *(("compare", *NINE, "--format", form) for form in ("table", "json", "csv")),
    *(("programme", "--at", "2025-02", "--format", form) for form in ("table", "json", "csv")),
    *(("currency", "TABLE", "--service", "measure", "--rated", "date", "--format", form)
      for form in ("table", "json", "csv")),
    *(("panel", "--both", "3", "--before", "5", "--after", "6", "--format", form) for form in ("text", "json", "csv")),
    *(("survey", "TABLE", "--name", "value", "--format", form) for form in ("text", "json", "csv")),
    *(("check-claim", "28.4 %", "--from", "57.4", "--to", "73.7", "--format", form)
      for form in ("text", "json", "csv")),
    *(("ages", "TABLE", "--column", "service=measure", "--column", "rated=date", "--format", form)
      for form in ("table", "json", "csv")),
    *(("waits", "FIGURES", "--wait", "denominator", "--over", "28", "--format", form)
      for form in ("table", "json", "csv")),
    *(("indicators", "--council", "York", "--format", form) for form in ("table", "json", "csv")),
    *(("indicator", "1A", "--council", "York", "--format", form) for form in ("text", "json", "csv")),
    ("report", "Camden", "PAPER.html"),
    ("completion", "bash"),
    *(("bunching", "--format", form) for form in ("table", "json", "csv")),
    *(("sensitivity", *NINE, "--format", form) for form in ("table", "json", "csv")),
    *(("benchmark", *NINE, "--council", "York", "--format", form) for form in ("table", "json", "csv")),
    *(("next", "-", *NINE[1:], "--format", form) for form in ("table", "json", "csv")),
    *(("stability", *NINE, "--format", form) for form in ("table", "json", "csv")),
    *(("agreement", "FOLDER", "--council", "York", "--format", form) for form in ("table", "json", "csv")),
    *(("diff-methods", "single-word", "single-word", "--format", form) for form in ("table", "json", "csv")),
    *((name, *NINE, "--format", form) for name in ("nearest", "reasons") for form in ("table", "json", "csv")),
    *(("what-if", *NINE, "--set", "equity=3", "--format", form) for form in ("table", "json", "csv")),
    *(("councils", "York", "--format", form) for form in ("table", "json", "csv")),
    ("read", "FOLDER"),
    ("workbook", "NEW.ods", *NINE),
    *(("published", "York", "--format", form) for form in ("table", "json", "csv")),
    *((name, "--format", form) for name in ("frameworks", "scorers", "plugins") for form in ("table", "json", "csv")),
    *(("status", "FOLDER", "--format", form) for form in ("text", "json", "csv")),
    *((name, "FOLDER", "--format", form)
      for name in ("findings", "returns", "timeline") for form in ("table", "json", "csv")),
    *((name, "FOLDER", "--format", form)
      for name in ("progress", "hopes", "predicted") for form in ("text", "json", "csv")),
    *(("duties", "FOLDER", "--format", form) for form in ("table", "json", "csv")),
    *((name, "FOLDER", "--format", form)
      for name in ("events", "remedies", "promises") for form in ("text", "json", "csv")),
    *(("findings", "FOLDER", "--review", "A1", "--against", "R1", "--format", form)
      for form in ("table", "json", "csv")),
    *(("diff", "FOLDER", "2026-01-01", "--format", form) for form in ("text", "json")),
    *(("draw", "FOLDER", "--seed", "1", "--stages", "3", "--format", form) for form in ("text", "json", "csv")),
    *(("backlog", "YEARS", "--format", form) for form in ("table", "json", "csv")),
    *(("dols", "DOLS", "--by", by, "--format", form) for by in ("month", "group") for form in ("table", "json", "csv")),
    *(("cases", "FOLDER", "--picked", "route", "--format", form) for form in ("text", "json", "csv")),
    *(("count-cases", "FOLDER", "--rows", "age_band", "--columns", "route", "--threshold", "2", "--format", form)
      for form in ("table", "json", "csv")),
    ("assess", *NINE, "--format", "md"),
    ("status", "FOLDER", "--format", "md"),
    ("assess", "FOLDER"),
    ("check", "FOLDER"),
    ("check", "single-word"),
    ("statement", "FOLDER", "safeguarding"),
    ("init", "NEW", "--council", "York"),
    ("new-plugin", "mine", "--folder", "NEW"),
    ("--version",),
    ("--help",),
    ("assess", "--help"),
]  # fmt: skip
"""Every command in every form, each with a status of 0 where it can print."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace."""
    path = tmp_path_factory.mktemp("example") / "w"
    ca.workspaces.init_example(path)
    (path / "dols.txt").write_text("id,received,kind\nD1,2026-01-05,urgent\n", encoding="utf-8")
    (path / "years.txt").write_text("year,received,completed,open\n2026,5,4,1\n", encoding="utf-8")
    return path


def run(command: tuple[str, ...], folder: Path, new: Path) -> int:
    """The exit status of a command."""
    places = {
        "FOLDER": str(folder),
        "NEW": str(new / "n"),
        "PAPER.html": str(new / "paper.html"),
        "NEW.ods": str(new / "n.ods"),
        "TABLE": str(folder / "readings.csv"),
        "DOLS": str(folder / "dols.txt"),
        "YEARS": str(folder / "years.txt"),
        "FIGURES": str(folder / "values.csv"),
    }
    try:
        return main([places.get(word, word) for word in command])
    except SystemExit as stop:
        return int(stop.code or 0)


@contextlib.contextmanager
def full() -> Generator[TextIO, None, None]:
    """A stream on a disk without room."""
    with contextlib.suppress(OSError), Path("/dev/full").open("w", encoding="utf-8") as stream:
        yield stream


@contextlib.contextmanager
def left() -> Generator[TextIO, None, None]:
    """A pipe whose reader has gone."""
    reader, writer = os.pipe()
    os.close(reader)
    with contextlib.suppress(OSError), os.fdopen(writer, "w", encoding="utf-8") as stream:
        yield stream


@contextlib.contextmanager
def closed() -> Generator[TextIO, None, None]:
    """A stream that is closed."""
    stream = io.StringIO()
    stream.close()
    yield stream


@contextlib.contextmanager
def absent() -> Generator[None, None, None]:
    """No stream at all, as a process has that was started with its output closed."""
    yield None


@pytest.mark.parametrize(
    ("command", "sink", "status"),
    [*((command, full, 1) for command in COMMANDS), *((command, left, 0) for command in COMMANDS[::4])]
    + [(command, closed, 1) for command in COMMANDS[::6]],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else getattr(value, "__name__", str(value)),
)
def test_output_that_cannot_be_written_is_said_in_a_line(
    command: tuple[str, ...],
    sink: Callable[[], contextlib.AbstractContextManager[TextIO]],
    status: int,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a full disk or a closed stream a command ends with 1 and one line; where the reader left, with 0 and none."""
    said = io.StringIO()
    with sink() as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        monkeypatch.setattr(sys, "stderr", said)
        assert run(command, folder, tmp_path) == status
        monkeypatch.undo()
    assert said.getvalue().count("\n") == status
    assert said.getvalue().startswith("careassure: the output cannot be written: ") or not status


@pytest.mark.parametrize("sink", [full, left, closed, absent])
@pytest.mark.parametrize(
    ("command", "status"), [(("assess", "nowhere.toml"), 1), (("assess",), 2), (("bogus",), 2), (("assess", *NINE), 0)]
)
def test_a_complaint_that_cannot_be_written_changes_no_status(
    command: tuple[str, ...],
    status: int,
    sink: Callable[[], contextlib.AbstractContextManager[TextIO]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where standard error cannot be written to, the exit status still says how it ended."""
    with sink() as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        assert run(command, tmp_path, tmp_path) == status
        monkeypatch.undo()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_an_encoding_that_lacks_a_character_is_no_error(
    command: tuple[str, ...], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the output is ASCII every command still works: words have codes, JSON its own escapes, and CSV is UTF-8."""
    outputs = {}
    for encoding in ("ascii", "utf-8"):
        raw = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding, errors="strict"))
        (tmp_path / encoding).mkdir()
        assert run(command, folder, tmp_path / encoding) == 0
        sys.stdout.flush()
        outputs[encoding] = raw.getvalue()
        monkeypatch.undo()
    if command[-1] == "csv":
        assert outputs["ascii"] == outputs["utf-8"]
    elif command[-1] == "json":
        assert outputs["ascii"].isascii()
        assert json.loads(outputs["ascii"]) == json.loads(outputs["utf-8"])
    else:
        assert outputs["ascii"].isascii()


@given(ANY, ANY, st.sampled_from(["ascii", "latin-1", "utf-8", "cp1252", "utf-16"]))
def test_whatever_is_printed_steers_nothing(text: str, more: str, encoding: str) -> None:
    """Prints, warnings and complaints from anywhere come out shown, on either stream, in any encoding."""
    raw = [io.BytesIO(), io.BytesIO()]
    streams = [io.TextIOWrapper(data, encoding=encoding, newline="\n") for data in raw]
    with (
        contextlib.redirect_stdout(streams[0]),
        contextlib.redirect_stderr(streams[1]),
        terminal.doors(),
    ):
        sys.stdout.write(text)
        sys.stderr.write(more)
        terminal.write(text)
        terminal.line(text)
        sys.stderr.write(warnings.formatwarning(text, UserWarning, more, 1, more))
        terminal.complain(text)
    for stream in streams:
        stream.flush()
    out, err = (data.getvalue().decode(encoding) for data in raw)
    for found in (out, err):
        assert printable(found, keep="\n") == found


@given(ANY, ANY)
def test_a_complaint_has_a_line_for_each_thing(text: str, more: str) -> None:
    """Whatever words a message has, each problem is one line of it."""
    problems = [Problem(text, more), Problem(more, text, more), Problem(f"{text}1", more)]
    said = io.StringIO()
    with contextlib.redirect_stderr(said):
        terminal.complain(InvalidInputError(more, problems))
        terminal.complain(InvalidInputError(text, problems[:1]))
    assert len(said.getvalue().split("\n")) == 1 + 1 + len(set(problems)) + 1


class Screen(io.TextIOWrapper):
    """A stream that a person sees."""

    def isatty(self) -> bool:
        return True


@given(ANY)
def test_csv_is_unaltered_unless_a_person_sees_it(text: str) -> None:
    """CSV goes into a pipe or a file as it is, in UTF-8; on a terminal it is shown."""
    text = text.encode("utf-8", "replace").decode()
    for kind in (io.TextIOWrapper, Screen):
        raw = io.BytesIO()
        stream = kind(raw, encoding="ascii", newline="\n")
        with contextlib.redirect_stdout(stream), terminal.doors():
            terminal.csv(text)
        stream.flush()
        found = raw.getvalue()
        assert found == (
            printable(text.replace("\r\n", "\n"), keep="\n").encode("ascii", "backslashreplace")
            if kind is Screen
            else text.encode()
        )


def test_a_message_of_one_line_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """An end of a line in what was typed cannot make a second message."""
    assert main(["assess", "no\ncareassure: forged"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(SystemExit):
        main(["assess", "3", "--no\x85\u2028\ncareassure:forged"])
    *_, complaint = capsys.readouterr().err.splitlines()
    assert complaint.endswith(r"unrecognized arguments: --no\x85\u2028\ncareassure:forged")


def test_only_the_door_writes() -> None:
    """No module of the command line prints or takes a standard stream but the one that is the door."""
    modules = Path(terminal.__file__).parent.glob("*.py")
    for path in modules:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if path.name == "terminal.py":
                continue
            assert not (isinstance(node, ast.Name) and node.id == "print"), path.name
            if isinstance(node, ast.Attribute) and node.attr in ("write", "writelines", "buffer"):
                assert isinstance(node.value, ast.Name), path.name
                assert node.value.id == "terminal", path.name


def test_every_command_is_tried() -> None:
    """The commands that are tried here are all that there are, but for the one that writes tables."""
    assert {command[0] for command in COMMANDS if command[0][0] != "-"} == set(KNOWN) - {"assess-table"}


REDIRECTED = [
    (">/dev/full", 1, b"careassure: the output cannot be written: No space left on device"),
    (">&-", 1, b"careassure: the output cannot be written: Bad file descriptor"),
    (">&- 2>&-", 1, b""),
    ("2>&-", 0, b""),
    ("2>/dev/full", 0, b""),
    (">/dev/full 2>/dev/full", 1, b""),
]
"""Where the streams of a process lead, how it ends then, and what it says."""


@pytest.mark.parametrize(("redirection", "status", "said"), REDIRECTED)
@pytest.mark.parametrize("command", ["assess 3 3 4 3 4 4 3 4 4 --format json", "--help"])
def test_a_process_ends_without_a_traceback(command: str, redirection: str, status: int, said: bytes) -> None:
    """As a process of its own it says one line at most, its own, and Python says nothing when it ends."""
    done = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m careassure {command} {redirection}'], capture_output=True, check=False
    )
    assert done.returncode == status
    assert done.stderr.startswith(said)
    assert done.stderr.count(b"\n") == bool(said)


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-"])
def test_a_file_is_not_written_into_by_a_closed_stream(redirection: str, tmp_path: Path) -> None:
    """Where a standard stream is closed, a page that is written holds the page and nothing of what was printed."""
    page = tmp_path / "page.html"
    subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m careassure published York --html "{page}" {redirection}'], check=False
    )
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")


UNMEASURED = {
    **{name: text for name, text in os.environ.items() if not name.startswith("COVERAGE")},
    "PYTHONDONTWRITEBYTECODE": "1",
}
"""The settings for a process without room for any file: none of coverage's, and no compiled module, which Python would
leave cut off for every process after it."""


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_disk_that_takes_a_part_is_full(unbuffered: str, form: str, tmp_path: Path) -> None:
    """Where only a part of the output has room it is said, whether or not Python holds output back."""
    done = subprocess.run(
        [
            "/bin/sh",
            "-c",
            f'ulimit -f 4; "{sys.executable}" -m careassure published --format {form} > part',
        ],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**UNMEASURED, "PYTHONUNBUFFERED": unbuffered},
    )
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert done.stderr.startswith(b"careassure: the output cannot be written: File too large")
    assert 0 < (tmp_path / "part").stat().st_size < 100_000


@pytest.mark.parametrize("command", ["published --html new", "init new --council York", "init new --example"])
def test_a_file_without_room_is_not_begun(command: str, tmp_path: Path) -> None:
    """Where there is no room for a page or a workspace it is said, and nothing of it is there."""
    done = subprocess.run(
        ["/bin/sh", "-c", f'ulimit -f 4; "{sys.executable}" -m careassure {command}'],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env=UNMEASURED,
    )
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (1, b"", 1)
    assert list(tmp_path.iterdir()) == []


def test_no_file_takes_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    """While a command runs, a file that is opened has a number above those of the standard streams, closed or not."""
    code = (
        "import os, sys\nfrom careassure.cli import terminal\nwith terminal.doors():\n"
        f"    number = os.open({str(tmp_path / 'n')!r}, os.O_WRONLY | os.O_CREAT)\n    os.write(number, b'%d' % number)"
    )
    for redirection in ("<&- >&- 2>&-", ">&-", ""):
        subprocess.run(["/bin/sh", "-c", f'"{sys.executable}" -c "$0" {redirection}', code], check=True)
        assert int((tmp_path / "n").read_text(encoding="ascii")) > 2


def test_a_table_is_whole_where_its_message_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is written whole although the line that says so goes to a full disk, and the status says that it did."""
    heads = ",".join(statement.id for statement in ca.framework("cqc-la").statements)
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(f"{heads}\n{','.join(NINE)}\n", encoding="utf-8")
    with full() as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert main(["assess-table", str(source), str(target)]) == 1
        monkeypatch.undo()
    assert target.read_text(encoding="utf-8").splitlines()[1] == f"{','.join(NINE)},outstanding,89"


@pytest.mark.parametrize(
    "raised", [KeyboardInterrupt(), SystemExit(3), SystemExit("words"), SystemExit(), ValueError()]
)
def test_the_streams_are_put_back(raised: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """However a command ends, the streams are as before; one that is stopped from the keyboard ends with 130."""

    def stop(_: object) -> int:
        raise raised

    monkeypatch.setattr("careassure.cli._run", stop)
    streams = sys.stdout, sys.stderr
    if isinstance(raised, KeyboardInterrupt):
        assert main(["scorers"]) == 130
    else:
        with pytest.raises(type(raised)) as found:
            main(["scorers"])
        if isinstance(found.value, SystemExit):
            assert found.value.code == {3: 3, "words": 1, None: 0}[getattr(raised, "code", None)]
    assert (sys.stdout, sys.stderr) == streams


def test_csv_of_every_command_has_rows_of_one_width(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every CSV has heads and as many cells in every row."""
    for command in COMMANDS:
        if command[-1] == "csv":
            assert run(command, folder, folder) == 0
            rows = list(csv.reader(io.StringIO(capsys.readouterr().out, newline="")))
            assert len({len(row) for row in rows}) == 1
