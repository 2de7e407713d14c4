"""Tables from file to file: every format and engine, bad input, and nothing half written."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import careassure as ca
from careassure.cli import main
from careassure.errors import InvalidInputError, InvalidTableError, MissingExtraError, ReadError, WriteError
from careassure.frame.assess import missing_error
from careassure.frame.files import Written, assess_file
from careassure.frame.question import Question, ask
from java import SPARK

from .engines import OTHERS_WARNINGS, spark, write_frame

pytestmark = OTHERS_WARNINGS
IDS = [statement.id for statement in ca.framework("cqc-la").statements]
ROWS: list[list[Any]] = [[3, 3, 4, 3, 4, 4, 3, 4, 4], [2] * 9, [4] * 8 + [None], [1] * 9]
CODES = ["007", "E06", 'said "yes", twice', "two\nlines"]
RATED = [("outstanding", "89"), ("requires_improvement", "50"), ("outstanding", ""), ("inadequate", "25")]


def question(**more: Any) -> Question:
    settings: dict[str, Any] = {
        "framework": None, "version": None, "columns": None, "facts": None, "key": "code", "missing": "interval",
        "errors": "raise", "outputs": ("rating", "score"), "prefix": "",
    }  # fmt: skip
    return ask(more.pop("scorer", None), **{**settings, **more})


def write(path: Path, rows: list[list[Any]] | None = None) -> Path:
    """A table of four councils in the format of the name."""
    cells = ROWS if rows is None else rows
    frame = pl.DataFrame({"code": CODES[: len(cells)]} | {n: [row[i] for row in cells] for i, n in enumerate(IDS)})
    return write_frame(frame, path)


def read(path: Path) -> list[dict[str, str]]:
    """What a file or a folder of files holds, every cell as text."""
    if path.suffix == ".csv":
        files = sorted(path.glob("part-*.csv")) if path.is_dir() else [path]
        rows = [row for file in files for row in csv.DictReader(file.open(newline="", encoding="utf-8"))]
    else:
        parts = path / "part-*.parquet" if path.is_dir() else path
        frame = pl.read_parquet(parts) if path.suffix == ".parquet" else pl.read_ipc(path)
        rows = [{k: "" if v is None else str(v) for k, v in row.items()} for row in frame.rows(named=True)]
    return sorted(rows, key=lambda row: CODES.index(row["code"]))


ENGINES = ["polars", "duckdb", pytest.param("spark", marks=SPARK)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("target", ["out.parquet", "out.csv"])
@pytest.mark.parametrize("source", ["in.parquet", "in.csv"])
def test_every_format_and_engine(source: str, target: str, engine: Any, tmp_path: Path) -> None:
    """Every engine rates every row of a file, and leaves all other cells as they were."""
    if engine == "spark":
        spark()
    path = write(tmp_path / source)
    out = tmp_path / target
    assert assess_file(path, out, question(), engine=engine) == Written(4, 0)
    found = read(out)
    assert [(row["rating"], row["score"]) for row in found] == RATED
    assert [{k: row[k] for k in ("code", *IDS)} for row in found] == read(path)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([source, target])


@pytest.mark.parametrize("name", ["out.arrow", "out.feather", "out.ipc"])
def test_arrow_files(name: str, tmp_path: Path) -> None:
    """Arrow files are read and written by Polars; the other engines say that they cannot."""
    path = write(tmp_path / "in.arrow")
    assert assess_file(path, tmp_path / name, question()) == Written(4, 0)
    assert [(row["rating"], row["score"]) for row in read(tmp_path / name)] == RATED
    with pytest.raises(InvalidInputError, match="DuckDB reads and writes no Arrow files"):
        assess_file(path, tmp_path / "out.parquet", question(), engine="duckdb")


@pytest.mark.parametrize("engine", ENGINES)
def test_bad_rows_of_a_file(engine: Any, tmp_path: Path) -> None:
    """Bad rows stop the work and leave no file behind, or are flagged and counted."""
    if engine == "spark":
        spark()
    path = write(tmp_path / "in.parquet", [*ROWS[:2], [9] * 9, ROWS[3]])
    out = tmp_path / "out.parquet"
    with pytest.raises(InvalidTableError, match="code said"):
        assess_file(path, out, question(), engine=engine)
    assert [p.name for p in tmp_path.iterdir()] == ["in.parquet"]
    assert assess_file(path, out, question(errors="flag"), engine=engine) == Written(4, 1)
    assert [bool(row["problem"]) for row in read(out)] == [False, False, True, False]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_cells_of_a_csv_file_are_text(engine: Any, tmp_path: Path) -> None:
    """In a CSV file 3 is the score 3, words and states are read, an empty cell is a blank, and odd cells are told."""
    path = tmp_path / "in.csv"
    cells = ["3", " 3 ", "3.0", "good", "Not judged", "", "3,5", "5", "three"]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["code", *IDS])
        writer.writerows([f"r{n}", cell, *([3] * 8)] for n, cell in enumerate(cells))
    out = tmp_path / "out.csv"
    done = assess_file(path, out, question(errors="flag", outputs=("low", "high")), engine=engine)
    assert done == Written(9, 3)
    with out.open(newline="", encoding="utf-8") as file:
        rows = {row["code"]: row for row in csv.DictReader(file)}
    assert [rows[f"r{n}"]["low"] for n in range(9)] == ["good"] * 6 + [""] * 3
    assert rows["r6"]["problem"] == 'assessing_needs: "3,5" is not a score'
    assert [rows[f"r{n}"]["assessing_needs"] for n in range(9)] == cells


TOLD = {"a": "True", "b": "false", "c": "", "d": "TRUE"}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_facts_in_a_csv_file(engine: Any, tmp_path: Path) -> None:
    """Facts in a CSV file are true, false or nothing, in any case; other words are refused."""
    method = ca.load_method(
        {
            "format": "careassure.method/1", "id": "limited", "version": "1", "title": "Limited",
            "framework": "cqc-la", "not_rated": "interval",
            "references": {"r": {"title": "R", "basis": "ours"}},
            "measures": {"total": {"kind": "total", "over": "statements", "sentence": "Their sum.", "reference": "r"}},
            "nodes": [{
                "for": "overall", "scale": "cqc-rating",
                "bands": {"measure": "total", "requires_improvement": 14, "good": 23, "outstanding": 32,
                          "reference": "r"},
                "limits": [{"cap": "requires_improvement", "when": {"fact": "breach", "is": True, "default": False},
                            "sentence": "A breach limits.", "reference": "r"}],
            }],
        },
        scales=ca.framework("cqc-la").scales,
    )  # fmt: skip
    path = tmp_path / "in.csv"
    lines = [",".join(["code", "breach", *IDS])]
    lines += [",".join([code, fact, *["4"] * 9]) for code, fact in TOLD.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    assess_file(path, tmp_path / "out.parquet", question(scorer=method, outputs=("rating",)), engine=engine)
    found = {row["code"]: row["rating"] for row in pl.read_parquet(tmp_path / "out.parquet").rows(named=True)}
    assert found == {"a": "requires_improvement", "b": "outstanding", "c": "outstanding", "d": "requires_improvement"}
    path.write_text(path.read_text(encoding="utf-8").replace("TRUE", "perhaps"), encoding="utf-8")
    with pytest.raises(InvalidTableError, match='breach: "perhaps" is neither true nor false'):
        assess_file(path, tmp_path / "out.parquet", question(scorer=method), engine=engine)


def test_places_that_cannot_be(tmp_path: Path) -> None:
    """Files that are not there, endings that are not known, and the file itself are refused before any work."""
    path = write(tmp_path / "in.parquet")
    with pytest.raises(ReadError, match="there is no such file"):
        assess_file(tmp_path / "no.csv", tmp_path / "out.csv", question())
    with pytest.raises(WriteError, match=r"spreadsheets are read and not written\. Use \.csv"):
        assess_file(path, tmp_path / "out.xlsx", question())
    with pytest.raises(WriteError, match="the ending of its name is not known"):
        assess_file(path, tmp_path / "out", question())
    with pytest.raises(WriteError, match="it is the file that is read"):
        assess_file(path, path, question())
    with pytest.raises(WriteError, match="there is no such folder"):
        assess_file(path, tmp_path / "nowhere" / "out.csv", question())
    with pytest.raises(InvalidInputError, match="Use polars, duckdb or spark"):
        assess_file(path, tmp_path / "out.csv", question(), engine="excel")  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("name", ["in.parquet", "in.csv"])
def test_files_that_hold_something_else(name: str, engine: Any, tmp_path: Path) -> None:
    """A file that is empty or no table gives an error that names it, and leaves nothing behind."""
    for content in (b"", b"\x00\xff\xfe nonsense \n\n\x00", b"PAR1 and nothing more"):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises((ReadError, InvalidTableError)):
            assess_file(path, tmp_path / "out.parquet", question(), engine=engine)
        assert [p.name for p in tmp_path.iterdir()] == [name]


def test_what_stands_there_is_kept_until_all_is_well(tmp_path: Path) -> None:
    """A target that is there already is replaced when all is written, and not touched when anything fails."""
    out = tmp_path / "out.csv"
    out.write_text("precious", encoding="utf-8")
    with pytest.raises(InvalidTableError):
        assess_file(write(tmp_path / "bad.parquet", [[7] * 9]), out, question())
    assert out.read_text(encoding="utf-8") == "precious"
    assess_file(write(tmp_path / "in.parquet"), out, question())
    assert read(out)[0]["rating"] == "outstanding"


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """A place that cannot be written gives an error that names the file."""
    path = write(tmp_path / "in.parquet")
    with pytest.raises((WriteError, ReadError), match=r"out\.csv|in\.parquet"):
        assess_file(path, Path("/proc/out.csv"), question())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_folder_of_others_is_never_removed(engine: Any, tmp_path: Path) -> None:
    """A folder in the place of the target is kept, unless Spark wrote it and nothing else is in it."""
    if engine == "spark":
        spark()
    path = write(tmp_path / "in.parquet")
    out = tmp_path / "out.csv"
    out.mkdir()
    (out / "precious").write_text("kept", encoding="utf-8")
    with pytest.raises(WriteError, match="it is a folder"):
        assess_file(path, out, question(), engine=engine)
    assert (out / "precious").read_text(encoding="utf-8") == "kept"
    if engine == "spark":
        (out / "precious").unlink()
        (out / "_SUCCESS").touch()
        assert assess_file(path, out, question(), engine=engine) == Written(4, 0)
        assert assess_file(path, out, question(), engine=engine) == Written(4, 0)


def test_progress_is_told(tmp_path: Path) -> None:
    """The rows that are done are told, up to all of them."""
    frame = pl.DataFrame({"code": range(300_000)} | {name: [3] * 300_000 for name in IDS})
    frame.write_parquet(tmp_path / "in.parquet")
    seen: list[tuple[str, int, int | None]] = []
    assess_file(tmp_path / "in.parquet", tmp_path / "out.parquet", question(), progress=lambda *at: seen.append(at))
    assert max(seen) == ("rated", 300_000, 300_000)
    assert [rows for _, rows, _ in seen] == sorted(rows for _, rows, _ in seen)


# -- the command --------------------------------------------------------------------------------------


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes the file and says how many rows it has."""
    path = write(tmp_path / "in.csv")
    out = tmp_path / "out.parquet"
    assert main(["assess-table", str(path), str(out), "--outputs", "rating, low,score", "--key", "code"]) == 0
    read_ = f"{path}: 4 rows read, 4 kept, 0 refused; 10 columns used, none left alone\n"
    assert capsys.readouterr().out == f"{out}: 4 rows\n{read_}"
    assert [row["low"] for row in read(out)] == ["outstanding", "requires_improvement", "outstanding", "inadequate"]
    assert main(["assess-table", str(path), str(out), "--missing", "refuse", "--errors", "flag"]) == 0
    assert capsys.readouterr().out.startswith(f"{out}: 4 rows, 1 of them with a problem\n")


def test_the_command_on_a_long_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One row for each score becomes one row for each council."""
    lines = ["code,qs,mark", *(f"{code},{name},3" for code in ("a", "b") for name in IDS)]
    (tmp_path / "in.csv").write_text("\n".join(lines), encoding="utf-8")
    arguments = ["assess-table", str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), "--long", "qs,mark"]
    assert main([*arguments, "--key", "code"]) == 0
    assert "out.csv: 2 rows\n" in capsys.readouterr().out
    assert main(arguments) == 2
    assert "--long needs --key" in capsys.readouterr().err
    assert main([*arguments[:-1], "qs", "--key", "code"]) == 2
    assert "does not name two columns" in capsys.readouterr().err


def test_the_command_on_columns_of_other_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns of other names are said one by one; those that are nowhere are said to be nowhere."""
    path = tmp_path / "in.csv"
    path.write_text("a,b\n3,4\n", encoding="utf-8")
    arguments = ["assess-table", str(path), str(tmp_path / "out.csv"), "--outputs", "low,high"]
    columns = [f"--column={name}=" for name in IDS[2:]]
    assert main([*arguments, *columns, "--column", "assessing needs=a", "--column", f"{IDS[1]}=b"]) == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[1] == "3,4,requires_improvement,outstanding"
    assert main([*arguments, "--column", "equity"]) == 2
    assert main([*arguments, "--fact", "breach=a", *columns]) == 1
    assert main(arguments) == 1
    assert "no column holds" in capsys.readouterr().err


@pytest.mark.slow
def test_the_command_shows_a_bar_on_a_terminal(tmp_path: Path) -> None:
    """On a terminal a line says how far long work is, and is gone when it is done; short work shows none."""
    pty = pytest.importorskip("pty")
    rows = 400_000
    pl.DataFrame({name: [3] * rows for name in IDS}).write_parquet(tmp_path / "in.parquet")
    for after in (0.0, 60.0):
        ours, theirs = pty.openpty()
        program = (
            "import sys; from careassure.cli.commands import assess_table\n"
            f"assess_table._Bar.__init__.__defaults__ = ({after},)\n"
            "from careassure.cli import main; sys.exit(main(['assess-table', 'in.parquet', 'out.parquet']))"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=tmp_path, stderr=theirs, stdout=subprocess.PIPE, check=True
        )
        os.set_blocking(ours, False)
        os.close(theirs)
        try:
            shown = os.read(ours, 65536).decode()
        except OSError:  # nothing was written to it
            shown = ""
        os.close(ours)
        assert (f"rows rated of {rows:,}" in shown) is (after == 0)
        assert shown.endswith(" \r") is (after == 0)
        assert done.stdout.decode().startswith("out.parquet: 400,000 rows\n")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["polars", "duckdb", "numpy", "narwhals"])
def test_a_library_that_is_not_there(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                     capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """An extra that is not installed is named, with what to install."""
    path = write(tmp_path / "in.csv")
    program = (
        f"import sys; sys.modules[{name!r}] = None\n"
        "from careassure.cli import main\n"
        f"sys.exit(main(['assess-table', {str(path)!r}, 'out.csv', '--engine', "
        f"{'duckdb' if name == 'duckdb' else 'polars'!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert f"needs {name}, which is not installed. Run: pip install {name}" in done.stderr
    assert issubclass(MissingExtraError, ImportError)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_library_that_is_not_needed_is_not_loaded(engine: str, tmp_path: Path) -> None:
    """Pandas, which takes longer to load than a small table takes to be rated, stays where it is."""
    path = write(tmp_path / "in.csv")
    program = (
        "import sys\n"
        "from careassure.cli import main\n"
        f"main(['assess-table', {str(path)!r}, 'out.csv', '--engine', {engine!r}])\n"
        "sys.exit('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.csv").exists()


def test_all_libraries_that_are_not_there_are_named_at_once() -> None:
    """Where several are missing, one error names each, and one command gets them."""
    error = missing_error("--engine made-up", ["nowhere_a", "nowhere_b"])
    assert str(error) == (
        "--engine made-up needs nowhere_a and nowhere_b, which are not installed. Run: pip install nowhere_a nowhere_b"
    )


def long_file(folder: Path, *rows: str) -> str:
    path = folder / "long.csv"
    path.write_text("\n".join(["council,statement,score", *rows, ""]), "utf-8")
    return str(path)


@pytest.mark.parametrize("name", ["#N/A", "#REF!", " #VALUE! ", "NULL", "nan", "n/a", "Not available", "[c]"])
def test_a_key_that_names_nobody_is_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Look-ups that failed for several councils would otherwise be one council, with a rating."""
    path = long_file(tmp_path, *(f"{name},{leaf},4" for leaf in IDS), *(f"York,{leaf},3" for leaf in IDS))
    assert main(["assess-table", path, "-", "--long", "statement,score", "--key", "council"]) == 1
    assert f'long.csv, row 2 (council {name}), column council: "{name.strip()}"' in capsys.readouterr().err


def test_keys_that_look_alike_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A council under two spellings is two rows with half of its scores each, which nobody should miss."""
    path = long_file(tmp_path, *(f"York,{leaf},3" for leaf in IDS[:4]), *(f"YORK,{leaf},3" for leaf in IDS[4:]))
    assert main(["assess-table", path, "-", "--long", "statement,score", "--key", "council"]) == 0
    assert "'YORK' and 'York' in the column council look alike, and are rated apart" in capsys.readouterr().err


def test_a_theme_among_the_statements_is_told_without_a_word_of_python(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the library asks a program is not asked in the command."""
    path = long_file(tmp_path, *(f"York,{leaf},3" for leaf in IDS), "York,Leadership,3")
    assert main(["assess-table", path, "-", "--long", "statement,score", "--key", "council"]) == 1
    said = capsys.readouterr().err
    assert "'Leadership' is a theme" in said
    assert "context" not in said
