"""Names of files are names: no pattern, option, folder of a partition or formula is ever seen in them, nor in cells."""

from __future__ import annotations

import csv
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import careassure as ca
from careassure.cli import main
from careassure.errors import CareAssureError, ReadError, WriteError
from careassure.frame.files import _WORK, Written, assess_file
from careassure.frame.question import Question, ask
from careassure.model.safe_text import unguarded
from java import SPARK

from .engines import OTHERS_WARNINGS, spark, write_frame

pytestmark = OTHERS_WARNINGS
IDS = [statement.id for statement in ca.framework("cqc-la").statements]
NAMES = ("a[1]", "a*b", "a?b", "~", "~a", "a'b", 'a"b', "a,b", "a b", "a{1,2}", "[[]", "a[!x]b", "new\nline", "a\\b",
         "a%20b", "a#b", "$HOME", "${HOME}", "a;b", "-a", "**", "x=1", "https:", "a:b", "s3:", "ü")  # fmt: skip
ENGINES = ["polars", "duckdb", pytest.param("spark", marks=SPARK)]
FORMS = {"polars": (".csv", ".parquet", ".arrow"), "duckdb": (".csv", ".parquet"), "spark": (".csv", ".parquet")}


def question(**more: Any) -> Question:
    settings: dict[str, Any] = {
        "framework": None, "version": None, "columns": None, "facts": None, "key": (), "missing": "interval",
        "errors": "raise", "outputs": ("rating",), "prefix": "",
    }  # fmt: skip
    return ask(None, **{**settings, **more})


def write(path: Path, code: str, rows: int = 1, **more: Any) -> Path:
    frame = pl.DataFrame({"code": [code] * rows, **{name: [3] * rows for name in IDS}, **more})
    return write_frame(frame, path)


def codes(path: Path) -> list[str]:
    """The codes in what was written, be it a file or a folder of files; an empty list of columns is an error."""
    if path.is_dir():
        return [code for part in sorted(path.glob("part-*")) for code in codes(part)]
    with path.open("rb") as file:  # by a handle, so that nothing is read into the name
        frame = pl.read_csv(file, infer_schema=False) if path.suffix == ".csv" else pl.read_parquet(file)
    assert frame.columns == ["code", *IDS, "rating"], "a column came out of a name"
    return [str(code) for code in frame["code"]]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_a_name_is_read_and_written_as_exactly_that_name(engine: Any, tmp_path: Path) -> None:
    """Among files whose names are patterns for each other, just the one that is named is read, in any folder."""
    if engine == "spark":
        spark()
    source, out = tmp_path / "in", tmp_path / "QS7=4"
    for folder in (source, out):
        folder.mkdir()
    names = [*NAMES, "x=2/QS7=1"]
    for name in names:
        for form in FORMS[engine]:
            path = source / f"{name}{form}"
            path.parent.mkdir(exist_ok=True)
            write(path, f"{name.encode().hex()}{form}")
    for number, name in enumerate(names if engine != "spark" else [*names[:6], *names[-8:]]):
        forms = FORMS[engine] if engine != "spark" else FORMS[engine][number % 2 :][:1]
        for form in forms:
            target = out / f"{name.replace('/', ' ')}{'.parquet' if form == '.arrow' else form}"
            assert assess_file(source / f"{name}{form}", target, question(), engine=engine) == Written(1, 0)
            assert codes(target) == [f"{name.encode().hex()}{form}"], name
    assert not [path.name for path in out.iterdir() if ".part" in path.name]


@pytest.mark.parametrize("name", ["a*b.csv", "~", "~root", "a[1].csv"])
def test_a_folder_is_no_pattern_and_no_home(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder may be called like a pattern or a home, also where the path begins with it."""
    (tmp_path / name).mkdir()
    write(tmp_path / name / "in.csv", "here")
    monkeypatch.chdir(tmp_path)
    for engine in ("polars", "duckdb"):
        found: Any = engine
        assess_file(f"{name}/in.csv", f"{name}/{engine}.csv", question(), engine=found)
        assert codes(tmp_path / name / f"{engine}.csv") == ["here"]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("form", [".csv", ".parquet"])
def test_what_is_no_file_is_refused_at_once(form: str, engine: Any, tmp_path: Path) -> None:
    """Pipes, folders, links that lead nowhere, overlong and impossible names get an error of ours, and nobody waits."""
    out = tmp_path / f"out{form}"
    os.mkfifo(tmp_path / f"pipe{form}")
    (tmp_path / f"folder{form}").mkdir()
    (tmp_path / f"loop{form}").symlink_to(tmp_path / f"loop{form}")
    good = write(tmp_path / f"good{form}", "x")
    for name in ("pipe", "folder", "loop", "x" * 255, "x" * 5000, "a\0b", "missing"):
        odd = f"{tmp_path}/{name}{form}"
        with pytest.raises(ReadError):
            assess_file(odd, out, question(), engine=engine)
        if name != "missing":
            with pytest.raises(WriteError):
                assess_file(good, odd, question(), engine=engine)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        f"{n}{form}" for n in ("pipe", "folder", "loop", "good")
    )


def test_the_command_says_so_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says in a line what is wrong with an impossible name."""
    path = write(tmp_path / "in.csv", "x")
    for source, target in ((path, f"{'x' * 300}.csv"), (f"{'x' * 300}.csv", "out.csv"), (path, f"no/{'x' * 300}.csv")):
        assert main(["assess-table", str(source), str(target)]) == 1
        said = capsys.readouterr().err
        assert said.startswith("careassure: ")
        assert said.count("\n") == 1


# -- damaged files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [".parquet", ".arrow", ".csv"])
def test_damaged_files(form: str, tmp_path: Path, random_seed: int) -> None:
    """Whatever is wrong with the bytes of a file, it is rated or refused by an error of ours; nothing stays behind."""
    whole = write(tmp_path / f"in{form}", "x", 50).read_bytes()
    source = random.Random(random_seed)  # noqa: S311
    path = tmp_path / f"bad{form}"
    for _ in range(15):
        bad = bytearray(whole)
        for _ in range(source.choice((1, 1, 4, 30))):
            bad[source.randrange(len(bad))] = source.randrange(256)
        path.write_bytes(bytes(bad[: source.choice((len(bad), len(bad) - source.randrange(40)))]))
        for engine in ("polars", "duckdb") if form != ".arrow" else ("polars",):
            found: Any = engine
            try:
                assess_file(path, tmp_path / "out.parquet", question(errors="flag"), engine=found)
            except CareAssureError as error:
                assert path.name in str(error) or "columns of the table" in str(error)  # noqa: PT017
    assert {p.name for p in tmp_path.iterdir()} <= {f"in{form}", f"bad{form}", "out.parquet"}


def test_a_library_that_gives_up_is_an_error_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What Polars raises where Rust gives up is no `Exception`; it becomes a `ReadError`. Ctrl+C passes."""

    class PanicException(BaseException):
        pass

    path = write(tmp_path / "in.parquet", "x")
    for raised, wanted in ((PanicException, ReadError), (KeyboardInterrupt, KeyboardInterrupt)):

        def give_up(*_: object, raised: type[BaseException] = raised, **__: object) -> None:
            raise raised("index out of bounds")

        monkeypatch.setattr(pl, "scan_parquet", give_up)
        with pytest.raises(wanted):
            assess_file(path, tmp_path / "out.parquet", question())
        assert [p.name for p in tmp_path.iterdir()] == ["in.parquet"]


def test_a_plain_error_from_inside_a_library_is_an_error_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DuckDB raises a bare `RuntimeError` for some damaged names of columns; one of ours would be seen as it is."""
    path = write(tmp_path / "in.parquet", "x")
    for module, wanted in (("duckdb._seam", ReadError), ("careassure.frame.reading", RuntimeError)):
        inside: dict[str, Any] = {"__name__": module}
        exec("def give_up(*_, **__):\n    raise RuntimeError('conversion error')", inside)  # noqa: S102
        monkeypatch.setitem(_WORK, "duckdb", inside["give_up"])
        with pytest.raises(wanted, match="conversion error"):
            assess_file(path, tmp_path / "out.parquet", question(), engine="duckdb")
        assert [p.name for p in tmp_path.iterdir()] == ["in.parquet"]


# -- writing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_full_disk_names_the_output(engine: str, tmp_path: Path) -> None:
    """Where there is no room, the error names the file that is written, and leaves nothing."""
    source = random.Random(1)  # noqa: S311
    text = [f"{source.random()}" for _ in range(50_000)]
    write(tmp_path / "in.parquet", "x", len(text), note=text)

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    program = (
        "import sys; from careassure.cli import main\n"
        "for out in sys.argv[2:]:\n"
        "    print(main(['assess-table', 'in.parquet', out, '--engine', sys.argv[1]]))"
    )
    outs = ["out.parquet", "out.csv"]
    command = [sys.executable, "-c", program, engine, *outs]
    settings = {name: text for name, text in os.environ.items() if not name.startswith("COVERAGE")}  # no room for it
    settings["PYTHONDONTWRITEBYTECODE"] = "1"  # a compiled module would be left cut off for every process after it
    done = subprocess.run(
        command, cwd=tmp_path, env=settings, preexec_fn=no_room, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["1", "1"], done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == len(outs), done.stderr
    for out, said in zip(outs, lines, strict=True):
        assert said.startswith(f"careassure: {out}: it cannot be written: "), done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["in.parquet"]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_what_a_killed_run_leaves_goes_with_the_next(engine: str, tmp_path: Path) -> None:
    """A run that is killed leaves the target as it was; the next run for the same target removes what it left."""
    write(tmp_path / "in.parquet", "x", 200_000, note=[str(n) for n in range(200_000)])
    (tmp_path / "out.csv").write_text("precious", encoding="utf-8")
    command = [sys.executable, "-m", "careassure", "assess-table", "in.parquet", "out.csv", "--engine", engine]
    run = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not list(tmp_path.glob(".out.csv.*.part")) and time.monotonic() < until:
        time.sleep(0.002)
    run.kill()
    run.wait()
    assert list(tmp_path.glob(".out.csv.*.part")), "it was killed too early or too late"
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "precious"
    small = write(tmp_path / "small.parquet", "x")
    assess_file(small, tmp_path / "out.csv", question())
    assert codes(tmp_path / "out.csv") == ["x"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.parquet", "out.csv", "small.parquet"]


# -- spreadsheets ---------------------------------------------------------------------------------------

HOSTILE = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "|calc", "'=1", '"=1"', " =1", "\uff1d1+1", "\uff0b1",
           "\uff0d1", "\uff20A", "\u200b=1", "=cmd|' /C calc'!A0")  # fmt: skip
KEPT = ("-3", "+2.5", "1e5", "-", "007", "2026-04-01", "York", "")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_text_that_a_spreadsheet_would_work_out_is_guarded(form: str, engine: Any, tmp_path: Path) -> None:
    """In a CSV file text that begins like a formula, and such a column header, has an apostrophe; numbers stay."""
    if engine == "spark":
        spark()
    cells = [
        text for text in (*HOSTILE, *KEPT) if engine != "spark" or "\r" not in text
    ]  # Spark ends a row at a lone return
    path = tmp_path / f"in.{form}"
    frame = pl.DataFrame({"code": cells, "=1+1": cells, "n": [-3] * len(cells)} | {n: [3] * len(cells) for n in IDS})
    frame.write_parquet(path) if form == "parquet" else frame.write_csv(path)
    out = tmp_path / "out.csv"
    assert assess_file(path, out, question(prefix="@", errors="flag"), engine=engine) == Written(len(cells), 0)
    parts = sorted(out.glob("part-*")) if out.is_dir() else [out]
    rows: list[dict[str, str]] = []
    for part in parts:
        with part.open(newline="", encoding="utf-8") as file:
            rows += csv.DictReader(file)
    assert list(rows[0]) == ["code", "'=1+1", "n", *IDS, "'@rating", "'@problem"]
    assert sorted(row["code"] for row in rows) == sorted([*(f"'{text}" for text in cells if text in HOSTILE), *KEPT])
    assert sorted(unguarded(row["'=1+1"]) for row in rows) == sorted(cells)
    assert {row["n"] for row in rows} == {"-3"}
