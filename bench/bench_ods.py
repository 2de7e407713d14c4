"""CQC's monthly ratings as an OpenDocument file (324,000 rows of 28 columns, 1.06 GB of XML), read into Arrow.

The file is made with the layout of the real one, which is not shipped. Each reader runs in a process of its own, in
turn, so that whatever else the machine does falls on all. Printed, and written to ``bench/results/ods.csv``, are the
medians of the time on the clock and of the processor, each beside that of calamine's rows alone and to Arrow, and
the most memory that a process took. pandas reads by calamine, its quickest way. ``--rows N`` makes a smaller file, and
writes nothing.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

ROWS = 324_000
RESULTS = Path(__file__).parent / "results" / "ods.csv"
SHEET = "Locations"
COLUMNS = (
    "Location ID", "Location ODS Code", "Location Name", "Care Home?", "Location Type",
    "Location Primary Inspection Category", "Location Street Address", "Location Address Line 2", "Location City",
    "Location Post Code", "Location Local Authority", "Location Region", "Location NHS Region",
    "Location ONSPD CCG Code", "Location ONSPD CCG", "Location Commissioning CCG Code",
    "Location Commissioning CCG Name", "Service / Population Group", "Domain", "Latest Rating", "Publication Date",
    "Report Type", "Inherited Rating (Y/N)", "URL", "Provider ID", "Provider Name", "Brand ID", "Brand Name",
)  # fmt: skip
DOMAINS = ("Safe", "Effective", "Caring", "Responsive", "Well-led", "Overall")
TOWNS = ("Leeds", "York", "Hull", "Bath &amp; North East Somerset", "Stockport", "Barnet", "Camden")
URN = "urn:oasis:names:tc:opendocument:xmlns:"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><office:document-content'
    + "".join(f' xmlns:{name}="{URN}{name}:1.0"' for name in ("office", "table", "text", "style"))
    + ' office:version="1.2"><office:body><office:spreadsheet>'
)
START = f'<table:table table:name="{SHEET}"><table:table-column table:number-columns-repeated="28"/>'
CELL = '<table:table-cell office:value-type="string" table:style-name="ce1"><text:p>{}</text:p></table:table-cell>'
BLANK = '<table:table-cell table:style-name="ce1"/>'
ROW = '<table:table-row table:style-name="ro1">{}</table:table-row>'
END = (
    '<table:table-row table:number-rows-repeated="1000"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
)
MANIFEST = (
    f'<m:manifest xmlns:m="{URN}manifest:1.0"><m:file-entry m:full-path="/" '
    'm:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>'
)
OURS = """
from careassure.frame.text_batches import text_batches
from careassure.tables.opening import open_table
from careassure.tables.table import Options
rows = sum(len(batch.numbers) for batch in text_batches(open_table(path, Options(sheet="Locations"))))
"""
LINES = """
from careassure.tables.opening import open_table
from careassure.tables.table import Options
rows = sum(1 for line in open_table(path, Options(sheet="Locations")).read())
"""
CALAMINE = """
import pyarrow
from python_calamine import load_workbook
_, *found = load_workbook(path).get_sheet_by_name("Locations").to_python()
rows = len(found)
arrow = [pyarrow.array(column, pyarrow.string()) for column in zip(*found)]
"""
CALAMINE_ROWS = """
from python_calamine import load_workbook
rows = sum(1 for row in load_workbook(path).get_sheet_by_name("Locations").iter_rows()) - 1
"""
PANDAS = """
import pandas
rows = len(pandas.read_excel(path, engine="calamine", sheet_name="Locations", dtype=str))
"""
MEASURE = """
import re, sys, time
path, start, cpu = sys.argv[1], time.perf_counter(), time.process_time()
{}
peak = int(re.findall(r"VmHWM:\\s*([0-9]+)", open("/proc/self/status").read())[0]) // 1024
print(rows, time.perf_counter() - start, time.process_time() - cpu, peak)
"""


def rows(count: int) -> Iterator[str]:
    """The rows of the file: six for each location, one a domain."""
    for number in range(count):
        at, domain = divmod(number, len(DOMAINS))
        place = TOWNS[at % 7]
        values = (
            f"1-{1_000_000_000 + at * 37}", f"RX{at % 900:03}" if at % 5 == 0 else "", f"St Mary&apos;s House {at}",
            "YN"[at % 2], "Social Care Org", "Community based adult social care services", f"{at % 300} High Street",
            "-" if at % 3 else "Lower Road", place, f"LS{at % 29} {at % 9}AB", place, "Yorkshire and The Humber",
            "North East and Yorkshire", f"E38000{at % 200:03}", "NHS Some CCG", f"15{at % 90:02}F",
            "NHS Leeds Clinical Commissioning Group", "Overall", DOMAINS[domain],
            ("Good", "Good", "Requires improvement", "Outstanding", "Inadequate")[number * 7 % 5],
            f"{at % 28 + 1:02}/{at % 12 + 1:02}/20{at % 8 + 18}", "Location", "N",
            f"https://www.cqc.org.uk/location/1-{1_000_000_000 + at * 37}", f"1-{100_000_000 + at % 5000}",
            f"Provider {at % 5000} Limited", "-", "-",
        )  # fmt: skip
        yield ROW.format("".join(CELL.format(value) if value else BLANK for value in values))


def make(path: Path, count: int) -> Path:
    """The file."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        with archive.open("content.xml", "w", force_zip64=True) as stream:
            stream.write((HEAD + START + ROW.format("".join(map(CELL.format, COLUMNS)))).encode())
            for row in rows(count):
                stream.write(row.encode())
            stream.write(END.encode())
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return path


def measured(script: str, path: Path) -> tuple[int, float, float, int]:
    """How many rows a script read, its seconds on the wall and of the processor, and its peak in MB."""
    command = [sys.executable, "-c", MEASURE.format(script), str(path)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return int(printed[0]), float(printed[1]), float(printed[2]), int(printed[3])


READERS = {
    "calamine, rows alone": CALAMINE_ROWS,
    "careassure to Arrow": OURS,
    "calamine to Arrow": CALAMINE,
    "careassure, lines alone": LINES,
    "pandas (calamine)": PANDAS,
}
Runs = list[tuple[int, float, float, int]]


def processor() -> str:
    """What the machine calls its processor."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "not known")


def rounded(found: dict[str, Runs], load: float) -> list[dict[str, str]]:
    """A row for each reader."""
    medians = {name: [statistics.median(run[at] for run in runs) for at in (1, 2)] for name, runs in found.items()}
    machine = f"{processor()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    made = []
    for name, (wall, cpu) in medians.items():
        row = {"reader": name, "seconds": f"{wall:.2f}", "processor_seconds": f"{cpu:.2f}"}
        for base in ("calamine, rows alone", "calamine to Arrow"):
            short = base.removeprefix("calamine").strip(", ").replace(" ", "_").lower()
            row[f"of_{short}"] = f"{wall / medians[base][0]:.2f}"
            row[f"of_{short}_processor"] = f"{cpu / medians[base][1]:.2f}"
        row |= {"peak_mb": str(max(run[3] for run in found[name])), "runs": str(len(found[name]))}
        row |= {"rows": str(found[name][0][0]), "load_of_machine": f"{load:.1f}", "machine": machine}
        made.append({**row, "day": dt.datetime.now(dt.UTC).date().isoformat()})
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--repeats", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        path = make(Path(folder) / "ratings.ods", chosen.rows)
        print(f"{chosen.rows:,} rows, {path.stat().st_size:,} bytes, made in {time.perf_counter() - start:.0f} s")
        found: dict[str, Runs] = {name: [] for name in READERS}
        loads = []
        for _ in range(chosen.repeats):
            for name, script in READERS.items():
                found[name].append(measured(script, path))
                loads.append(os.getloadavg()[0])
    for name, runs in found.items():
        assert {run[0] for run in runs} == {chosen.rows}, name
    table = rounded(found, statistics.median(loads))
    for row in table:
        print("  ".join(f"{name} {value}" for name, value in row.items() if name not in {"machine", "rows", "day"}))
    if chosen.rows == ROWS:
        with RESULTS.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, table[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)


if __name__ == "__main__":
    main()
