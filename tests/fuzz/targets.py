"""What is fed with arbitrary bytes, and the inputs from which the search starts.

A target takes bytes and either returns or raises. ``CareAssureError`` and the exit statuses 0, 1 and 2 of the command
line are the planned answers; anything else is a fault.
"""

from __future__ import annotations

import atexit
import contextlib
import datetime as dt
import io
import json
import os
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Generator, Mapping
from functools import cache, partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import careassure as ca
from careassure.errors import CareAssureError
from careassure.frame.text_batches import text_batches
from careassure.tables import container, ods_fast, plain_rows, read_file
from careassure.tables import xls as xls_files
from careassure.tables.opening import open_table
from careassure.tables.table import Line, Options, TableFile
from differential.chance import toml_file
from differential.comparison import NOBODY, said
from differential.evaluator import Judge
from differential.generator import make_assessment, make_case
from readers.test_indicators import FILES
from tables.spreadsheets import ods_parts, ods_row, ods_table, ods_text, packed, xlsx_parts, xlsx_rows

EXAMPLE = Path(ca.__file__).parent / "catalogue" / "example"
SAVED = Path(__file__).parent / "data"
SHIPPED = Path(ca.__file__).parent / "catalogue"
HEADER = [statement.id for statement in ca.framework("cqc-la").statements]


class Refused(Exception):  # noqa: N818
    """The input was refused as planned."""


@contextlib.contextmanager
def folder() -> Generator[Path, None, None]:
    """A folder of its own, in memory where the machine has such a place."""
    home = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108
    with tempfile.TemporaryDirectory(dir=home) as name:
        yield Path(name)


def call(arguments: list[str]) -> None:
    """One command. What it prints is thrown away; a status of 1 or 2 is a refusal."""
    from careassure.cli import main

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            status = main(arguments)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 1
    if status in {1, 2}:
        raise Refused
    assert status == 0, f"exit status {status}"


# ------------------------------------------------------------------ targets


def read(data: bytes) -> None:
    """A file of any kind: the first byte says whether it is named as TOML or JSON."""
    with folder() as here:
        path = here / ("in.json" if data[:1] in {b"{", b"["} else "in.toml")
        path.write_bytes(data)
        found: Any = ca.read(path)
        repr(found)
        if isinstance(found, ca.Assessment):
            ca.assess(found)


def workspace(data: bytes) -> None:
    """The folder of a workspace: pieces that are parted by a zero byte take the place of the example's files."""
    names = sorted(path.name for path in EXAMPLE.iterdir() if path.is_file())
    with folder() as here:
        for name in names:
            (here / name).write_bytes((EXAMPLE / name).read_bytes())
        for piece in data.split(b"\0")[:4]:
            if piece:
                (here / names[piece[0] % len(names)]).write_bytes(piece[1:])
        found = ca.workspaces.read(here)
        ca.workspaces.status(found, at=dt.date(2026, 11, 1))


def table(kind: str) -> Callable[[bytes], None]:
    """A table from file to file; the first byte chooses among the options."""

    def run(data: bytes) -> None:
        options = [[], ["--errors", "flag"], ["--outputs", "rating,low,high,flags"], ["--missing", "refuse"]]
        with folder() as here:
            (here / f"in.{kind}").write_bytes(data[1:])
            out = here / f"out.{'csv' if len(data) % 2 else kind}"
            try:
                call(["assess-table", str(here / f"in.{kind}"), str(out), *options[(data[:1] or b"\0")[0] % 4]])
            except Refused:
                assert not out.exists(), "a file was left although the command refused"
                raise
            assert out.exists()

    return run


COMMANDS = (
    "assess", "compare", "published", "frameworks", "scorers", "check", "plugins", "status", "timeline", "diff",
    "statement", "assess-table", "new-plugin", "init", "draw", "--help", "--version",
)  # fmt: skip


def arguments(data: bytes) -> None:
    """The arguments of a command, parted by zero bytes; the first byte names the command."""
    words = data[1:].decode("utf-8", "surrogateescape").split("\0")
    with folder() as here, contextlib.chdir(here):
        inside = [word for word in words if not word.startswith(("/", "~")) and ".." not in word]
        call([COMMANDS[(data[:1] or b"\0")[0] % len(COMMANDS)], *inside])


def method(data: bytes) -> None:
    """A method from the grammar, of which the bytes replace, remove or repeat some values."""
    chance = Random(data)  # noqa: S311
    case = make_case(chance.randrange(10**9))
    tables = {"framework": case.framework, "method": json.loads(json.dumps(case.method))}
    for _ in range(chance.choice([0, 1, 1, 2, 3])):
        _spoil(tables["method"], chance, data)
    with folder() as here:
        (here / "framework.toml").write_text(toml_file(tables["framework"]), encoding="utf-8")
        (here / "method.toml").write_text(toml_file(tables["method"]), encoding="utf-8")
        versions: Any = ca.read(here / "framework.toml")
        loaded: Any = ca.read(here / "method.toml")
        ca.check(loaded, versions[-1])
        judge = Judge(case.framework, versions[-1].version, case.method)
        scores, facts = make_assessment(case, judge, chance, complete=False)
        assessment = ca.Assessment.of(NOBODY, said(judge, scores), framework=versions[-1], facts=facts)
        ca.assess(assessment, loaded)


def _spoil(value: Any, chance: Random, data: bytes) -> None:
    """Change one place somewhere inside a table."""
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = chance.choice(keys)
        inner = value[key]
        if isinstance(inner, dict | list) and chance.random() < 0.8:
            value = inner
            continue
        other = [
            data[:40].decode("latin-1"), chance.randint(-(10**6), 10**6), "1/0", "-1/2", "", True, [], {}, "this",
            inner, "9" * 4000, "overall", 10**18, "r1", {"by_n": {"0": 1}}, [inner, inner], {"fact": "breach"},
        ]  # fmt: skip
        value[key] = chance.choice(other)
        return


def privacy(data: bytes) -> None:
    """Free text before the screen for personal data."""
    lone = data[:1] == b"\xed"  # halves of a pair, which no UTF-8 can hold
    text = data[: len(data) // 2 * 2].decode("utf-16-le", "surrogatepass") if lone else data.decode("utf-8", "replace")
    found = ca.privacy.screen(text)
    for sighting in found:
        assert 0 <= sighting.start < sighting.end <= len(text)
    ca.privacy.redact(text)


@cache
def _shelf() -> Path:
    """One folder for all inputs of a process: to make one takes longer than to read a small table."""
    kept = folder()
    here = kept.__enter__()
    atexit.register(kept.__exit__, None, None, None)
    return here


ASKED = (
    Options(), Options(), Options(), Options(header_row=2), Options(encoding="windows-1252"), Options(separator=";"),
    Options(sheet="Scores"), Options(separator="tab", encoding="utf-16", header_row=3),
)  # fmt: skip
"""What may be said of a table."""
MOST_LINES = 5_000


def tables_in_files(data: bytes) -> None:
    """A table in a file. The first byte says what is asked, and whether the rest is the parts of an archive.

    Parts are ``name``, a zero byte and what it holds, with two zero bytes between them; so what is changed by chance
    reaches the reader of the part and not only that of the archive.
    """
    first = (data[:1] or b"\0")[0]
    path = _shelf() / "table"
    path.write_bytes(_archive(data[1:]) if first & 8 else data[1:])
    if first & 16:
        repr(ca.read(path))
        return
    table = open_table(path, ASKED[first % 8])
    layout = table.layout
    assert all(layout.headers)
    assert len(set(layout.headers)) == len(layout.headers)
    last = layout.header_row
    for line in islice(table.read(), MOST_LINES):
        assert line.number > last, "a row is given twice, or out of turn"
        assert line.problems or len(line.cells) == len(layout.headers)
        last = line.number


TEXTS_OF_XLS = 400
"""Of so many workbooks of Excel 97 one has its texts read too: for that a program of its own is started."""


def xls(data: bytes) -> None:
    """A workbook of Excel 97 to 2003. Nearly all are read without the texts, which python-calamine reads."""
    path = _shelf() / "workbook"
    path.write_bytes(data)
    with contextlib.ExitStack() as stack:
        if sum(data[-64:]) % TEXTS_OF_XLS:
            stack.enter_context(mock.patch.object(xls_files, "_texts", return_value={}))
        for sheet in xls_files.sheets_of(path):
            repr(sheet.look())
            last = 0
            for row in islice(sheet.rows(), MOST_LINES):
                assert row.number > last, "a row is given twice, or out of turn"
                last = row.number


SMALL = 700
"""How many bytes of a document are cut at once here, so that few rows are enough for many pieces."""


def large_ods(data: bytes) -> None:
    """The rows of a document, read line by line and cut many at once: both give the same, or refuse it."""
    rows = data.decode("utf-8", "surrogateescape").split("\0", 1)
    content = ods_parts(ods_table("Council|Score|Note", rows[0]) + "".join(rows[1:]))
    parts: dict[str, str | bytes] = dict(content)
    parts["content.xml"] = content["content.xml"].encode("utf-8", "surrogateescape")
    path = _shelf() / "large"
    path.write_bytes(packed(parts, zipfile.ZIP_STORED))
    with contextlib.ExitStack() as stack:
        for module, name in ((container, "CHUNK"), (ods_fast, "CHUNK"), (ods_fast, "SLAB")):
            stack.enter_context(mock.patch.object(module, name, SMALL))
        table = open_table(path, Options(sheet="T"))
        told: list[str] = []
        lines: list[Line] = []
        batches: list[Line] = []
        for read, found in ((table.read, lines), (partial(_by_batch, table), batches)):
            try:
                found.extend(islice(read(), MOST_LINES))
            except CareAssureError as error:
                told.append(str(error))
        whole = len(lines) < MOST_LINES and not told
        assert not whole or sorted(lines, key=_number) == sorted(batches, key=_number), "the two readers differ"
        assert len(told) in {0, 2}, "one reader refuses what the other takes"
    if told:
        raise Refused


def _number(line: Line) -> int:
    return line.number


def _by_batch(table: TableFile) -> Generator[Line]:
    for batch in text_batches(table):
        yield from batch.refused
        cells = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        for number, row in zip(batch.numbers.to_pylist(), cells, strict=True):
            yield Line(number, tuple(cell or "" for cell in row))


def sector_files(data: bytes) -> None:
    """A file of the sector, or what may be one, for whichever reader knows it."""
    path = _shelf() / "file"
    path.write_bytes(data)
    found = read_file(path)
    audit = found.audit
    assert audit.kept + audit.refused == audit.rows
    list(plain_rows(found))
    repr(found)


def _archive(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part in data.split(b"\0\0"):
            name, _, content = part.partition(b"\0")
            with warnings.catch_warnings():  # one name twice is an input like any other
                warnings.simplefilter("ignore")
                archive.writestr(name.decode("utf-8", "replace").replace("\0", "") or "x", content)
    return made.getvalue()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "read": read,
    "workspace": workspace,
    "csv": table("csv"),
    "parquet": table("parquet"),
    "arrow": table("arrow"),
    "arguments": arguments,
    "method": method,
    "privacy": privacy,
    "tables-in-files": tables_in_files,
    "large-ods": large_ods,
    "xls": xls,
    "sector-files": sector_files,
}


def attempt(target: str, data: bytes) -> str:
    """``accepted``, ``refused``, or the fault in a line."""
    try:
        TARGETS[target](data)
    except (CareAssureError, Refused):
        return "refused"
    except RecursionError:
        return "RecursionError"
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:300]
    return "accepted"


# ------------------------------------------------------------------- seeds


@cache
def seeds(target: str) -> tuple[bytes, ...]:
    """Good inputs from which the search starts."""
    if target == "read":
        files = [*sorted(SHIPPED.glob("*/*.toml"))]
        outcome = ca.assess(ca.Assessment.of("Camden", [3, 3, 4, 3, None, 4, 3, 4, 4]))
        plain = b'council = "Camden"\n[scores]\nQS1 = 3\nsafeguarding = "good standard"\n[facts]\nx = true\n'
        return (
            plain,
            json.dumps({"council": "Camden", "scores": [3] * 9, "notes": "-"}).encode(),
            json.dumps(outcome.to_dict()).encode(),
            *(path.read_bytes() for path in files if path.stat().st_size < 20_000),
        )
    if target == "workspace":
        names = sorted(path.name for path in EXAMPLE.iterdir() if path.is_file())
        return tuple(bytes([place]) + (EXAMPLE / name).read_bytes() for place, name in enumerate(names))
    if target in {"csv", "parquet", "arrow"}:
        return tuple(b"\0" + data for data in _tables(target))
    if target == "arguments":
        lines = [
            "3\x003\x004\x003\x004\x004\x003\x004\x004",
            "--council\0York",
            "--format\0json",
            "x.toml",
            "x.csv\0y.parquet",
        ]
        return tuple(bytes([place % 256]) + line.encode() for place, line in enumerate(lines * 4))
    if target == "privacy":
        notes = "Ask Mr Example on 020 7946 0958, born 3 March 1950, NHS no. 943 476 5919, at SW1A 1AA; a@example.org."
        return (notes.encode(), "O'Brien, Siân (née Ó Súilleabháin): QQ 12 34 56 C".encode())
    if target in _SEEDS:
        return _SEEDS[target]()
    return (b"0", b"1", b"2")


def _tables_in_files() -> tuple[bytes, ...]:
    text = 'council,QS1,QS2,note\r\nFernshire,3,2,\r\n\r\n"Millbrook, City of",4,,"a ""b""\nc"\r\nTotal,7,2,\r\n'
    titles = "Scores of councils,,,\n,,,\n"
    below = "Source: returns,,,\n\ncouncil,QS2,QS1,x\nA,1\n"
    delimited = [
        text, text.replace(",", ";"), text.replace(",", "\t"), text.replace(",", "|"), titles + text, text + below,
        "sep=;\n" + text.replace(",", ";"), text.replace("\r\n", "\r"), "council\nBristol, City of\nYork\n",
    ]  # fmt: skip
    found = [each.encode() for each in delimited]
    found += [text.encode("utf-8-sig"), text.encode("utf-16"), text.encode("utf-16-le"), text.encode("cp1252")]
    rows = ["council|QS1|note", "Fernshire|3|", "Millbrook|4|x"]
    number = '<row><c t="inlineStr"><is><t>A</t></is></c><c><v>3.5</v></c><c t="e"><v>#N/A</v></c></row>'
    books: list[Mapping[str, str]] = [
        xlsx_parts(xlsx_rows(*rows, number)),
        ods_parts(ods_table(*rows)),
        ods_parts(ods_table(*rows) + ods_table("a|b", "1|2", name="Other")),
    ]
    parts = [b"\0\0".join(f"{name}\0{content}".encode() for name, content in book.items()) for book in books]
    whole = [packed(book) for book in books]
    for kind in ("ods", "xlsx", "xls"):  # as LibreOffice saves them
        whole.append((SAVED / f"scores.{kind}").read_bytes())
        if kind != "xls":
            parts.append(_parts(whole[-1]))
    return (
        *(b"\0" + data for data in [*found, *whole]), *(b"\x08" + data for data in parts),
        *(b"\x10" + data for data in found), *(b"\x18" + data for data in parts),
        b"\x04" + text.encode("cp1252"), b"\x05" + found[1], b"\x0e" + parts[0],
    )  # fmt: skip


def _parts(archive: bytes) -> bytes:
    """What a spreadsheet holds, as `_archive` takes it; pictures and settings are left out."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        wanted = [
            name for name in opened.namelist() if not name.startswith(("Thumb", "settings", "Config", "docProps"))
        ]
        return b"\0\0".join(name.encode() + b"\0" + opened.read(name) for name in wanted)


def _large_ods() -> tuple[bytes, ...]:
    """Rows in the plain form, with others among them; after a zero byte comes what follows the table."""
    plain = "".join(ods_row(f"York {at}", "3" * (at % 3), "a &amp; b") for at in range(24))
    number = '<table:table-cell office:value-type="float" office:value="3.50"><text:p>3.5</text:p></table:table-cell>'
    blank = '<table:table-cell table:style-name="ce1" table:number-columns-repeated="2"/>'
    odd = (
        f"<table:table-row>{number}{blank}</table:table-row>",
        '<table:table-row table:style-name="ro1">' + ods_text("&#65;&lt;") + blank + "</table:table-row>",
        "<table:table-row>" + ods_text("a<text:s/>b") + "<!-- c -->" + ods_text("d") + "</table:table-row>",
        '<table:table-row table:number-rows-repeated="3">' + ods_text("x") + "</table:table-row>",
        f'<table:table-row table:number-rows-repeated="1000">{blank}</table:table-row>',
    )
    mixed = "".join(row + plain[: len(plain) // 2] for row in odd[:4])
    return tuple(
        made.encode() for made in (plain, plain + "".join(odd), mixed, plain + "\0" + ods_table("a|b", "1|2", name="U"))
    )


def _sector_files() -> tuple[bytes, ...]:
    """A file of each layout that a reader knows, with rows of our own making."""
    ratings = {"overall": {"rating": "Good", "reportDate": "2019-10-31", "keyQuestionRatings": [
        {"name": name, "rating": "Good"} for name in ("Safe", "Well-led", "Caring", "Responsive", "Effective")
    ]}}  # fmt: skip
    place = {"locationId": "1-1", "providerId": "1-2", "organisationType": "Location", "name": "House",
             "currentRatings": ratings, "historicRatings": [{"reportDate": "2017-02-08", **ratings}]}  # fmt: skip
    long = "Location ID,Location Name,Service / Population Group,Domain,Latest Rating,Publication Date,Report Type\n"
    domains = "".join(f"1-1,House,Overall,{name},Good,01/02/2024,Location\n" for name in ("Safe", "Caring", "Overall"))
    directory = "Name,CQC Location ID (for office use only),CQC Provider ID (for office use only)\nExample,1-1,1-2\n"
    active = (
        "Location ID,Location HSCA start date,Registered manager,Location Latest Overall Rating\n1-1,01/01/2011,,Good\n"
    )
    scraped = (
        "urn,local_authority,publication_date,inspection_framework,inspector_name,inspection_start_date,"
        "overall_effectiveness_grade,impact_of_leaders_grade,help_and_protection_grade,in_care_grade,"
        "care_leavers_grade\n1,barnet,01/02/2024,standard,,01/01/2024,good,good,requires improvement,good,outstanding\n"
    )
    made = (*FILES.values(), json.dumps(place), long + domains, directory, active, scraped)
    return tuple(text.encode() for text in made)


_SEEDS: dict[str, Callable[[], tuple[bytes, ...]]] = {
    "tables-in-files": _tables_in_files,
    "large-ods": _large_ods,
    "xls": lambda: ((SAVED / "scores.xls").read_bytes(),),
    "sector-files": _sector_files,
}


def _tables(kind: str) -> list[bytes]:
    import pyarrow as pa
    import pyarrow.csv as pcsv
    import pyarrow.parquet as pq
    from pyarrow import feather

    names = ["council", *HEADER]
    columns: dict[str, Any] = {names[0]: ["Fernshire", "Millbrook"]}
    columns |= {name: pa.array([3, None], pa.int8()) for name in names[1:]}
    words = {names[0]: ["A", "B"]} | {name: ["good standard", "not judged"] for name in names[1:]}
    found = []
    for made in (pa.table(columns), pa.table(words)):
        out = io.BytesIO()
        if kind == "csv":
            pcsv.write_csv(made, out)
        elif kind == "parquet":
            pq.write_table(made, out)
        else:
            feather.write_feather(made, out, compression="uncompressed")
        found.append(out.getvalue())
    return found
