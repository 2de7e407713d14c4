"""Files as people have them, made by hand after public bug reports: what comes in, or which rows are refused, and why.

Each is tried with every engine. The properties draw tables of many forms: nothing is lost, and every row is counted.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.cli import main
from careassure.frame.bodies import not_a_body
from careassure.frame.files import assess_file
from careassure.frame.question import ask
from careassure.tables.table import Options
from java import SPARK, needs_java
from methods.effort import runs

from .engines import OTHERS_WARNINGS, spark

pytestmark = OTHERS_WARNINGS
HERE = Path(__file__).parent / "data" / "field"
OTHERS = Path(__file__).parents[1] / "tables" / "data" / "field"
ENGINES = ["polars", "duckdb", pytest.param("spark", marks=SPARK)]
IDS = [statement.id for statement in ca.framework("cqc-la").statements]
LONG = ("--long", "item,mark", "--key", "council")
PROVIDER = ("--framework", "cqc-provider", "--outputs", "low,high", "--errors", "flag")


def field(name: str) -> Path:
    return next(path for path in (HERE / name, OTHERS / name) if path.exists())


def rated(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, or of a folder of them as Spark writes it."""
    files = sorted(path.glob("part-*.csv")) if path.is_dir() else [path]
    return [row for file in files for row in csv.DictReader(io.StringIO(file.read_text("utf-8"), newline=""))]


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main(["assess-table", *map(str, arguments)])
    said = capsys.readouterr()
    return status, said.out, said.err


READ = [
    ("brackets/scores[1].csv", [("Rightshire", "outstanding", "89")]),
    ("brackets/scores[2].parquet", [("Rightshire", "good", "75")]),
    ("brackets/self [draft].csv", [("Rightshire", "outstanding", "89")]),
    ("apostrophes.csv", [("'Alpha'", "requires_improvement", "50"), ("'Beta'", "good", "75")]),
    ("blank_lines.csv", [("Alpha", "outstanding", "89"), ("Beta", "good", "64")]),
    ("mixed_line_ends.csv", [("Alpha", "good", "75"), ("Beta", "requires_improvement", "50")]),
    ("semicolons.csv", [("Alpha", "good", "75")]),
    ("zero_width_space.csv", [("Alpha", "good", "75")]),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("name", "wanted"), READ, ids=[name for name, _ in READ])
def test_what_a_person_would_read(
    name: str, wanted: list[tuple[str, str, str]], engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file gives the rows that a person sees in it."""
    if engine == "spark":
        spark()
    out = tmp_path / "out.csv"
    assert run(capsys, field(name), out, "--engine", engine)[0] == 0
    assert sorted((row["council"], row["rating"], row["score"]) for row in rated(out)) == wanted


REFUSED: list[tuple[str, tuple[str, ...], list[str]]] = [
    ("stacked_two_widths.csv", (), ["2 rows of", "row 4: a second table seems to begin here, with 11 columns"]),
    ("short_rows_and_footer.csv", (), ["2 rows of", "row 3: it has 5 cells for 10", "row 4: it looks like a note"]),
    ("long_without_key.csv", LONG, ["9 rows of", "row 2, column council: it is blank, so the row names no council"]),
    ("not_quite_three.csv", (), ['row 2, column QS1: "3.00000000000000000001" is not a score. Use 1, 2, 3 or 4']),
    ("windows_1252.csv", (), ["row 2: byte 56", "--encoding windows-1252"]),
    ("excel_error_2023.csv", ("--framework-version", "2023"), ['row 2, column assessing_needs/partners: "#N/A"']),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("name", "more", "wanted"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_what_is_refused_with_its_place(
    name: str, more: tuple[str, ...], wanted: list[str], engine: str, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """A row that cannot be used stops the command, with its row and what to do; nothing is written."""
    if engine == "spark":
        spark()
    status, out, err = run(capsys, field(name), tmp_path / "out.csv", *more, "--engine", engine)
    assert (status, out) == (1, "")
    for words in wanted:
        assert words in err
    assert not list(tmp_path.iterdir())
    assert "columns=" not in err
    assert "None" not in err


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("engine", ENGINES)
def test_words_for_no_rating(engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Words that CQC's programs print are states; a star is a note, and is told."""
    if engine == "spark":
        spark()
    out = tmp_path / "out.csv"
    assert run(capsys, field("rating_words_api.csv"), out, *PROVIDER, "--engine", engine)[0] == 0
    rows = {row["id"]: row for row in rated(out)}
    assert [rows[n]["low"] for n in "123"] == ["requires_improvement"] * 3
    assert [rows[n]["high"] for n in "123"] == ["good"] * 3
    assert (rows["4"]["low"], "note" in rows["4"]["problem"]) == ("", True)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("engine", ENGINES)
def test_a_state_of_an_ilacs_table(engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mark for what was not judged gives a range."""
    if engine == "spark":
        spark()
    names = {"leaders": "impact_of_leaders_grade", "help_protection": "help_and_protection_grade",
             "children_in_care": "in_care_grade", "care_leavers": "care_leavers_grade"}  # fmt: skip
    columns = [text for item in names.items() for text in ("--column", "=".join(item))]
    out = tmp_path / "out.csv"
    more = ("--framework", "ofsted-ilacs", "--framework-version", "2023", "--outputs", "low,high", "--engine", engine)
    assert run(capsys, field("ilacs_words.csv"), out, *columns, *more)[0] == 0
    rows = {row["la"]: row for row in rated(out)}
    assert rows["la one"]["low"] != rows["la one"]["high"]
    assert rows["la two"]["low"] == rows["la two"]["high"] == "good"


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("printed", "said"), [("Good", (1, 0, 0)), ("Outstanding", (0, 1, 0)), ("Not rated", (0, 0, 1))]
)
def test_the_overall_row_of_a_long_table_is_compared(
    printed: str, said: tuple[int, int, int], engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """CQC's long file has a row for the whole: it is no score, and is compared with the rating."""
    if engine == "spark":
        spark()
    text = field("ratings_long.csv").read_text("utf-8").replace("Overall,Overall,Good", f"Overall,Overall,{printed}")
    path, target = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text(text, "utf-8")
    more = ("--long", "Domain,Latest Rating", "--key", "Location ID", "--framework", "cqc-provider", "--engine", engine)
    status, out, err = run(capsys, path, target, *more)
    assert status == 0, err
    assert [(row["Location ID"], row["printed_overall"], row["rating"]) for row in rated(target)] == [
        ("1-000000001", printed, "good")
    ]
    assert '1 row for "Overall": compared' in err
    assert "{} as worked out, {} different, {} cannot be compared".format(*said) in out


@pytest.mark.parametrize("engine", ENGINES)
def test_a_long_table_of_headers_alone(engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It gives no rows, as a wide one does."""
    if engine == "spark":
        spark()
    out = tmp_path / "out.csv"
    status, said, _ = run(capsys, field("long_heads_only.csv"), out, *LONG, "--engine", engine)
    assert (status, rated(out)) == (0, [])
    assert ": 0 rows read, 0 used, 0 refused" in said


# -- refused rows, and rows of nobody ------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
def test_refused_rows_are_written_out(engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --bad the others are rated, and every refused row is kept with its number and its reason."""
    if engine == "spark":
        spark()
    head = ",".join(["council", *IDS])
    good, ragged = ",".join(["York", *["3"] * 9]), "Hull,3,3"
    total, odd = ",".join(["=Total", *["27"] * 9]).replace("=", ""), ",".join(["=1+1", "x", *["3"] * 8])
    path, target, bad = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "bad.csv"
    path.write_text(f"{head}\n{good}\n{ragged}\n{odd}\n{total}\n", "utf-8")
    status, out, _ = run(capsys, path, target, "--bad", bad, "--engine", engine)
    assert status == 0
    assert "4 rows read, 1 kept, 3 refused" in out
    assert [row["council"] for row in rated(target)] == ["York"]
    found = [(row["row"], row["council"]) for row in rated(bad)]
    assert found == [("3", "Hull"), ("4", "'=1+1"), ("5", "Total")]
    assert 'council: "Total" is not a council' in rated(bad)[2]["problem"]
    path.write_text(f"{head}\n{good}", "utf-8")
    assert run(capsys, path, target, "--bad", bad, "--engine", engine)[0] == 0
    assert rated(bad) == []


@pytest.mark.parametrize("other", ["in.csv", "out.csv", "bad.txt"])
def test_places_for_refused_rows_that_cannot_be(other: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Refused rows never take the place of the table, nor of the result."""
    path = tmp_path / "in.csv"
    path.write_text(",".join(IDS) + "\n" + ",".join("3" * 9), "utf-8")
    before = path.read_bytes()
    status, _, err = run(capsys, path, tmp_path / "out.csv", "--bad", tmp_path / other)
    assert status == 1
    assert other in err
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("name", ["Total", "TOTAL", "Grand total", "England", "england average", "Average", "London",
                                  "South East", "E92000001", "E12000007", "Mean", "Source: council returns",
                                  "Notes", "All councils", "Total (all)"])  # fmt: skip
def test_rows_of_no_council(name: str) -> None:
    """Sums, England, regions and notes are not councils."""
    assert name in not_a_body(name, "council")


def test_every_council_is_a_council() -> None:
    """No name or code of a council is taken for a sum or a note; of a provider England may be part of the name."""
    for council in ca.councils():
        assert not not_a_body(council.name, "council")
        assert not not_a_body(council.code, "council")
    assert not not_a_body("England", "provider")
    assert not not_a_body("@SUM(A1)", "council")
    assert not not_a_body("", "council")


# -- options and pipes -----------------------------------------------------------------------------------


def test_names_with_commas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A column whose name holds a comma stands in quotation marks; --key may be repeated."""
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = [["Code, new", "date", "QS, no.", "Mark, final"], *(["a", "1", name, "3"] for name in IDS)]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    long = ("--long", '"QS, no.","Mark, final"')
    assert run(capsys, path, out, *long, "--key", '"Code, new"', "--key", "date")[0] == 0
    assert [(row["Code, new"], row["date"], row["rating"]) for row in rated(out)] == [("a", "1", "good")]
    assert run(capsys, path, out, "--long", '"QS, no.,x', "--key", "date")[0] == 2
    assert run(capsys, path, out, *long, "--key", "date", "--column", "equity=x")[0] == 2


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_pipes(engine: str) -> None:
    """A dash reads from a pipe and writes CSV to one; what is said goes to standard error."""
    command = [sys.executable, "-m", "careassure", "assess-table", "-", "-", "--engine", engine]
    text = "council;" + ";".join(IDS) + "\nYork;" + ";".join("3" * 9) + "\n"
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    assert done.stdout.decode() == f"council,{','.join(IDS)},rating,score\nYork,{','.join('3' * 9)},good,75\n"
    assert "standard input: 1 row read, 1 kept, 0 refused" in done.stderr.decode()
    bad = subprocess.run(command, input=text.encode().replace(b"3", b"7"), capture_output=True, check=False)
    assert (bad.returncode, bad.stdout) == (1, b"")
    assert "standard input, row 2, column assessing_needs" in bad.stderr.decode()
    assert "/tmp" not in bad.stderr.decode()  # noqa: S108


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_method_without_a_rating_gives_its_profile(
    engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No empty columns: the profile is written, and the command says so."""
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_text("council," + ",".join(IDS) + "\nYork," + ",".join("3" * 9), "utf-8")
    status, _, err = run(capsys, path, out, "--scorer", "report-card", "--engine", engine)
    assert status == 0
    assert "report-card gives no overall rating: its profile is written" in err
    row = rated(out)[0]
    assert "rating" not in row
    assert [value for name, value in row.items() if name.startswith("profile_")].count("") == 0


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_rows_of_parquet_are_numbered_too(engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a key the row is named by its place in the file, not by its place among the bad rows."""
    scores = {name: [3, 3, 7, 3] for name in IDS[:1]} | {name: [3, 3, 3, 3] for name in IDS[1:]}
    pl.DataFrame({"c": list("abcd")} | scores).write_parquet(tmp_path / "in.parquet")
    source, out = tmp_path / "in.parquet", tmp_path / "out.csv"
    assert "row 3, assessing_needs: 7 is not" in run(capsys, source, out, "--engine", engine)[2]
    keyed = run(capsys, source, out, "--engine", engine, "--key", "c")[2]
    assert "row 3 (c c), assessing_needs: 7 is not" in keyed
    assert "give --errors flag" in keyed
    assert run(capsys, source, out, "--engine", engine, "--bad", tmp_path / "b.csv")[0] == 1


# -- properties ------------------------------------------------------------------------------------------

CELL = st.sampled_from(["1", "2", "3", "4", "3.0", " 4 ", "", "n/a", "good standard", "7", "x", "#N/A", "3*", "3,0"])
GOOD = {"1", "2", "3", "4", "3.0", " 4 ", "", "n/a", "good standard"}
ROWS = st.lists(st.tuples(st.lists(CELL, min_size=9, max_size=9), st.integers(-1, 1)), max_size=12)


DIALECTS = {
    "rows": ROWS,
    "separator": st.sampled_from(",;\t|"),
    "ends": st.sampled_from(["\n", "\r\n"]),
    "gap": st.booleans(),
}
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@runs(0.25)
@given(**DIALECTS)
def test_every_row_is_kept_or_refused(engine: Any, tmp_path_factory: pytest.TempPathFactory, **drawn: Any) -> None:
    """Kept and refused make the rows of the file, in every dialect and with every engine; which is which is known."""
    keep_or_refuse(engine, tmp_path_factory.mktemp("rows"), **drawn)


@needs_java
@pytest.mark.slow
@pytest.mark.xdist_group("spark")
@given(**DIALECTS)
@settings(max_examples=6, deadline=None, suppress_health_check=QUIET)
def test_every_row_is_kept_or_refused_on_spark(tmp_path_factory: pytest.TempPathFactory, **drawn: Any) -> None:
    """The same with Spark, which is given the rows that are kept: fewer, since each takes it seconds."""
    spark()
    keep_or_refuse("spark", tmp_path_factory.mktemp("rows"), **drawn)


def keep_or_refuse(
    engine: Any, folder: Path, *, rows: list[tuple[list[str], int]], separator: str, ends: str, gap: bool
) -> None:
    """Write the rows in a dialect, have them rated, and count what was kept and what was refused."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, delimiter=separator, lineterminator=ends)
    writer.writerow(["code", *IDS])
    for number, (cells, short) in enumerate(rows):
        if gap and number:
            held.write(ends)
        writer.writerow([f"c{number}", *cells][: 10 + min(short, 0)] + ["over"] * max(short, 0))
    (folder / "in.csv").write_bytes(held.getvalue().encode())
    question = ask(
        None, framework=None, version=None, columns=None, facts=None, key=(), missing="interval", errors="raise",
        outputs=("low",), prefix="",
    )  # fmt: skip
    done = assess_file(
        folder / "in.csv",
        folder / "out.csv",
        question,
        engine=engine,
        options=Options(separator=separator, header_row=1),
        bad=folder / "bad.csv",
    )
    sound = {f"c{n}" for n, (cells, short) in enumerate(rows) if not short and set(cells) <= GOOD}
    assert done.audit.kept + done.audit.refused == done.audit.rows == len(rows)
    assert done.rows == done.audit.kept == len(sound)
    assert {row["code"] for row in rated(folder / "out.csv")} == sound
    refused = rated(folder / "bad.csv")
    assert {row["code"] for row in refused} == {f"c{n}" for n in range(len(rows))} - sound
    step = 2 if gap else 1
    assert {int(row["row"]) for row in refused} == {2 + step * int(row["code"][1:]) for row in refused}


@pytest.mark.slow
@pytest.mark.long
def test_a_large_table_is_read_in_constant_memory(tmp_path: Path) -> None:
    """A table of 30 MB needs no more memory than one of 6: it goes through in batches."""
    program = (
        "import resource, sys; from careassure.cli import main\n"
        "for path in sys.argv[1:]:\n"
        "    main(['assess-table', path, 'out.parquet', '--outputs', 'rating'])\n"
        "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    for rows in (100_000, 500_000):
        line = ",".join(["a council of some length and a note of it", *"343344344"])
        (tmp_path / f"{rows}.csv").write_text(",".join(["council", *IDS]) + "\n" + f"{line}\n" * rows, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", program, "100000.csv", "500000.csv"], cwd=tmp_path, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    small, large = (int(line) for line in done.stdout.splitlines() if line.isdecimal())
    assert large < 1.3 * small, (small, large)
