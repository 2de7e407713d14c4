"""A workspace read with all its checks, the screen for personal data, and a draw of cases, each against less."""

from __future__ import annotations

import csv
import random
import re
import tempfile
from pathlib import Path

from timing import calls, compare

import careassure as ca
from careassure.samples.cases import Case, CaseAttribute, CaseList, Code
from careassure.samples.sampling import draw

ROWS = 5_000
folder = Path(tempfile.mkdtemp()) / "example"
ca.workspaces.init_example(folder)
heads, *rows = csv.reader((folder / "evidence.csv").read_text().splitlines())
with (folder / "evidence.csv").open("w", newline="") as stream:
    writer = csv.writer(stream)
    writer.writerow(heads)
    writer.writerows([f"{row[0]}-{n}" if n >= len(rows) else row[0], f"{row[1]} {n}", *row[2:]]
                     for n in range(ROWS) for row in [rows[n % len(rows)]])  # fmt: skip


def plain_rows() -> int:
    """Every cell as text: nothing is checked, linked or screened."""
    return sum(len(list(csv.DictReader(path.open(newline="")))) for path in sorted(folder.glob("*.csv")))


TEXT = "The team met the carers' group on 4 May and agreed to call back within 5 days. " * 2_000
PATTERN = re.compile(r"\b\d{3} ?\d{3} ?\d{4}\b|\S+@\S+|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
AGES = ("18-64", "65-84", "85+")
CASES = CaseList(
    [CaseAttribute("age", codes=[Code(age) for age in AGES])],
    [Case.of(f"C{n}", {"age": AGES[n % 3]}) for n in range(5_600)],
)
CHANCE = random.Random(1)

compare(
    f"workspaces.read, {ROWS:,} pieces of evidence",
    calls(lambda: ca.workspaces.read(folder), 1),
    "csv.DictReader",
    calls(plain_rows, 1),
    100,
)
compare(
    "screen 160 kB",
    calls(lambda: ca.privacy.screen(TEXT), 1),
    "one regular expression",
    calls(lambda: PATTERN.findall(TEXT), 1),
    100,
)
compare(
    "draw 50, 10, 6 of 5,600",
    calls(lambda: draw(CASES, (50, 10, 6), strata=("age",), seed=1), 3),
    "random.sample",
    calls(lambda: CHANCE.sample(CASES.cases, 50), 3),
    10_000,
)
