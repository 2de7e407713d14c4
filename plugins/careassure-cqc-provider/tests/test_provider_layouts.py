"""CQC's directory and the answers of its API, made at random in the layout of the real ones: nothing is lost."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from hypothesis import given, settings
from hypothesis import strategies as st

import careassure as ca
from careassure.tables import Reading

HEADERS = [
    "Name", "Also known as", "Address", "Postcode", "Phone number", "Service's website (if available)", "Service types",
    "Date of latest check", "Specialisms/services", "Provider name", "Local authority", "Region", "Location URL",
    "CQC Location ID (for office use only)", "CQC Provider ID (for office use only)",
]  # fmt: skip
"""The columns of the directory of September 2026."""
ABOVE = ["CQC Locations data", "", "This data was produced on 16 September 2026", ""]
SAMPLE = [
    ["Square Mile Dental Centre", "", "7-9 White Kennet Street,London", "E1 7BS", "", "", "Dentist",
     "09/Jan/2018 - 00:00", "Services for everyone", "Square Mile Dental Centre Limited", "City of London", "London",
     "https://www.cqc.org.uk/location/1-10552899555", "1-10552899555", "1-10006912129"],
]  # fmt: skip
"""A row of the real one."""
SERVICES = ["Dentist", "Homecare agencies", "Residential homes", "Nursing homes|Residential homes", ""]
GROUPS = ["Services for everyone", "Dementia|Caring for adults over 65 yrs", "Caring for children", ""]
WORDS = ["Outstanding", "Good", "Requires improvement", "Inadequate", "Inspected but not rated", "No published rating"]
QUESTIONS = ["Safe", "Effective", "Caring", "Responsive", "Well-led"]


def directory_row(random: Random) -> list[str]:
    """A location, with places and numbers of our own making."""
    council = random.choice(ca.councils())
    place = f"1-{random.randint(10**8, 10**11)}"
    day = f"{random.randint(1, 28):02}/{random.choice(['Jan', 'May', 'Sep'])}/{random.randint(2012, 2026)} - 00:00"
    return [
        f"House {random.randint(1, 999)}", random.choice(["", "The House"]), "1 High Street, Floor 2,Town", "AB1 2CD",
        random.choice(["", "01632960000"]), random.choice(["", "www.example.org"]), random.choice(SERVICES),
        random.choice([day, ""]), random.choice(GROUPS), "Example Care Limited", council.name, council.region,
        f"https://www.cqc.org.uk/location/{place}", place, f"1-{random.randint(10**8, 10**11)}",
    ]  # fmt: skip


def directory(rows: list[list[str]]) -> str:
    """The file, with as many separators in each row as the widest has, as a spreadsheet writes it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[line, *[""] * (len(HEADERS) - 1)] for line in ABOVE] + [HEADERS, *rows])
    return text.getvalue()


def read(text: str) -> Reading:
    path = Path(mkdtemp()) / "download"
    path.write_text(text, "utf-8", newline="")
    found = ca.read(path)
    assert isinstance(found, Reading)
    return found


def test_the_generator_makes_what_the_directory_has() -> None:
    """The reader uses and leaves the same columns of both, and keeps every row."""
    real, made = read(directory(SAMPLE)), read(directory([directory_row(Random(1)) for _ in range(30)]))  # noqa: S311
    assert (real.reader, real.audit.used, real.audit.ignored) == (made.reader, made.audit.used, made.audit.ignored)
    assert (real.reader, real.audit.kept, made.audit.kept, made.audit.refused) == ("cqc-directory", 1, 30, 0)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 20), st.sets(st.integers(0, 19)))
def test_every_location_is_kept_or_refused(seed: int, count: int, spoiled: set[int]) -> None:
    """A row without its id, or with a date that is none, is refused with its place; every other id is kept."""
    random = Random(seed)  # noqa: S311
    rows = [directory_row(random) for _ in range(count)]
    wrong = sorted(at for at in spoiled if at < count)
    for at in wrong:
        column = HEADERS.index(random.choice(["CQC Location ID (for office use only)", "Date of latest check"]))
        rows[at][column] = "" if column == 13 else "soon"
    found = read(directory(rows))
    assert found.reader == "cqc-directory"
    assert (found.audit.rows, found.audit.refused) == (count, len(wrong))
    assert [problem.where.row for problem in found.problems] == [at + len(ABOVE) + 2 for at in wrong]
    kept = [row[13] for at, row in enumerate(rows) if at not in wrong]
    assert [row.id for row in found.rows] == kept  # type: ignore[attr-defined]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=5, max_size=5), st.permutations(QUESTIONS), st.integers(0, 4))
def test_every_answer_of_the_api_is_read(words: list[str], order: list[str], older: int) -> None:
    """Whatever the order of its questions, each has its own word; older ratings are results of their own."""
    given_words = dict(zip(QUESTIONS, words, strict=True))

    def rated(day: str) -> dict[str, object]:
        ratings = [{"name": name, "rating": given_words[name]} for name in order]
        return {"rating": "Good", "reportDate": day, "keyQuestionRatings": ratings}

    answer = {
        "locationId": "1-1", "providerId": "1-2", "organisationType": "Location", "name": "Example House",
        "currentRatings": {"overall": rated("2024-01-01")},
        "historicRatings": [
            {"reportDate": f"{2023 - at}-01-01", "overall": rated(f"{2023 - at}-01-01")} for at in range(older)
        ],
    }  # fmt: skip
    found = read(json.dumps(answer))
    assert found.reader == "cqc-api"
    results = [row for row in found.rows if isinstance(row, ca.Assessment)]
    assert len(results) == 1 + older == found.audit.kept
    for result in results:
        said = [str(score) for score in result.scores.values()]
        assert [text.casefold() for text in said] == [given_words[name].casefold() for name in QUESTIONS]
