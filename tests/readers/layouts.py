"""Files of the sector that are too large to ship, described by generators of their layout: headers and kinds of cells.

Each is held against a small sample of the real file: the same headers, and in every column the same kinds of cells.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

import careassure as ca

Maker = Callable[[Random], str]


@dataclass(frozen=True)
class Cells:
    """The cells of a column: the form that each has, and how one is made."""

    form: str
    make: Maker

    def fits(self, text: str) -> bool:
        return re.fullmatch(self.form, text) is not None


@dataclass(frozen=True)
class Layout:
    """A kind of file.

    Args:
        reader: The reader that knows it.
        sample: The file with some rows of a real one.
        columns: Its columns, in their order.
        end: What ends a line.
        last: Whether the last line is ended too.
    """

    reader: str
    sample: str
    columns: Mapping[str, Cells] = field(default_factory=dict)
    end: str = "\n"
    last: bool = True

    @cached_property
    def headers(self) -> list[str]:
        return list(self.columns)

    def rows(self, random: Random, count: int) -> list[list[str]]:
        """Rows as the file has them; an area keeps its name."""
        found = []
        for _ in range(count):
            area = random.choice(AREAS)
            made = {name: cells.make(random) for name, cells in self.columns.items()}
            found.append([area[CODE_OR_NAME[name]] if name in CODE_OR_NAME else text for name, text in made.items()])
        return found

    def text(self, rows: list[list[str]]) -> str:
        stream = io.StringIO(newline="")
        csv.writer(stream, lineterminator=self.end).writerows([self.headers, *rows])
        return stream.getvalue() if self.last else stream.getvalue().removesuffix(self.end)


AREAS = [("E92000001", "England"), ("E10000006", "Cumbria"), *((c.code, c.name) for c in ca.councils()[::9])]
CODE_OR_NAME = {"area_code": 0, "area_name": 1, "GEOGRAPHY_CODE": 0, "Local authority code": 0,
                "Local authority name": 1}  # fmt: skip


def one_of(*words: str) -> Cells:
    """One of some words, which may be blank."""
    return Cells("|".join(map(re.escape, words)), lambda random: random.choice(words))


def number(most: int, places: int, *more: str) -> Cells:
    """A number of at most so many decimals, or something in its place."""

    def make(random: Random) -> str:
        if more and random.random() < 0.1:
            return random.choice(more)
        text = f"{random.uniform(0, most):.{random.randint(0, places)}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    return Cells("|".join([r"-?[0-9]+(?:\.[0-9]+)?", *map(re.escape, more)]), make)


CODE = Cells("[EK][0-9]{8}", lambda _: "")
NAME = Cells("[A-Z][A-Za-z ,.'-]+", lambda _: "")
KEY = Cells("[0-9]{0,2}", lambda random: str(random.randint(1, 20)))
MEASURES = ("Social Care Service users who are satisfied with their care and support",
            "Percentage of care homes rated overall as good or outstanding")  # fmt: skip
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _year(random: Random) -> str:
    first = random.randint(2014, 2023)
    return f"{first}/{(first + 1) % 100:02}"


def _tidy(period: Cells) -> dict[str, Cells]:
    return {
        "area_code": CODE,
        "area_name": NAME,
        "period": period,
        "indicator": one_of(*MEASURES),
        "measure": one_of("Percentage"),
        "unit": one_of("Persons", "Care Homes"),
        "value": number(100, 1, "NA"),
    }


LAYOUTS = [
    Layout("tidy-indicators", "trafford_satisfaction.csv", _tidy(Cells("20[0-9]{2}/[0-9]{2}", _year))),
    Layout(
        "tidy-indicators",
        "trafford_care_homes.csv",
        _tidy(Cells("[A-Z][a-z]{2} 20[0-9]{2}", lambda r: f"{r.choice(MONTHS)} {r.randint(2023, 2026)}")),
    ),
    Layout(
        "asc-fr",
        "asc_fr_activity_2016_17.csv",
        {
            "UUID": Cells("[0-9]{7}", lambda r: str(r.randint(10**6, 10**7 - 1))),
            "FY_Ending": one_of("2017"),
            "CASSR_CODE": Cells("[0-9]{3}", lambda r: str(r.randint(100, 999))),
            "GEOGRAPHY_CODE": CODE,
            "REGION_GO_CODE": Cells("E12[0-9]{6}", lambda r: f"E1200000{r.randint(1, 9)}"),
            **dict.fromkeys(
                [
                    "DataType_KEY",
                    "AgeBand_KEY",
                    "PrimarySupportReason_KEY",
                    "CareType_KEY",
                    "SupportSetting_KEY",
                    "Purpose_KEY",
                    "ActivityProvision_KEY",
                ],
                KEY,
            ),
            "ItemValue": number(5000, 2, ":"),
        },
    ),
    Layout(
        "oflog",
        "oflog.csv",
        {
            "Financial year": Cells("20[0-9]{2}-[0-9]{2}", lambda r: _year(r).replace("/", "-")),
            "Local authority code": CODE,
            "Local authority name": NAME,
            "Grouping": one_of("LA_Raw"),
            "Entity_Name": one_of("Metropolitan Districts", "Unitary Authorities", "Counties", "London Boroughs"),
            "Region": Cells(NAME.form, lambda r: r.choice(["London", "North West", "Yorkshire and The Humber"])),
            "Measure": Cells("Outcome, .+", lambda r: f"Outcome, {r.choice(['Quality of life', 'Turnover rate'])}"),
            "Code": Cells("ASC[0-9]", lambda r: f"ASC{r.randint(1, 7)}"),
            "Value": number(1, 3, ""),
            "MEDIAN": number(100, 14, ""),
            "MADs_from_median": number(3, 16, ""),
            "rank_order": one_of("desc", "asc", ""),
        },
        "\r\n",
    ),
    Layout("neighbour-list", "nhse_neighbours.csv", {"area_code": CODE, "area_name": NAME}, "\r\n", last=False),
]
