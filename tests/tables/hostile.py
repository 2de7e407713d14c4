"""Spreadsheets that are meant to do harm, each with what is said of it. As a command: opens all and tells the peak."""

from __future__ import annotations

import io
import re
import struct
import sys
import time
import warnings
import zipfile
from pathlib import Path

from careassure.errors import CareAssureError
from careassure.tables.opening import open_table
from tables.spreadsheets import ods_parts, ods_table, packed, xlsx_parts, xlsx_rows

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
MANY = 1024**2


def xlsx(sheet: str, **more: str) -> bytes:
    return packed(xlsx_parts(sheet, **more))


def ods(*rows: str, **more: str) -> bytes:
    return packed(ods_parts(ods_table(*rows), **more))


def ole(*names: str, body: bytes = b"") -> bytes:
    """A file of the old Office with these streams; the first holds the body."""
    sectors = [struct.pack("<128L", *[0xFFFFFFFD, 0xFFFFFFFE, *range(3, 128), 0xFFFFFFFE])]
    entries = b""
    for at, (name, kind) in enumerate([("Root Entry", 5), *((each, 2) for each in names)]):
        raw = name.encode("utf-16-le")
        entry = raw.ljust(64, b"\0") + struct.pack("<HBB3L", len(raw) + 2, kind, 1, *[0xFFFFFFFF] * 3) + bytes(36)
        entries += entry + struct.pack("<LLL", 2 if kind == 2 else 0xFFFFFFFE, 8192 if at == 1 else 0, 0)
    sectors.append(entries.ljust(512, b"\0"))
    sectors += [body[at : at + 512].ljust(512, b"\0") for at in range(0, 126 * 512, 512)]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9L", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109L", 0, *[0xFFFFFFFF] * 108)
    return header + b"".join(sectors)


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def xls(*records: bytes) -> bytes:
    return ole("Workbook", body=record(0x0809, struct.pack("<HH4x8x", 0x600, 5)) + b"".join(records) + record(0x0A))


def lying(data: bytes, name: bytes, size: int) -> bytes:
    """An archive whose directory says that a part has another size."""
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(name))
    return data[: at + 24] + struct.pack("<L", size) + data[at + 28 :]


def locked_zip(data: bytes) -> bytes:
    """An archive whose parts are said to be encrypted."""
    return re.sub(rb"(PK\x01\x02.{4}).", lambda found: found[1] + b"\1", data, flags=re.DOTALL)


def made() -> dict[str, tuple[bytes, str]]:
    """Each file with what is said of it."""
    huge = xlsx_rows("A|B", f"<row>{'<c><v>1</v></c>' * 20_000}</row>")
    far = xlsx_rows("A|B", "1|2").replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    long = f"<si><t>{'x' * 90_000}</t></si>"
    again = '<c t="s"><v>0</v></c>'
    cell = "<table:table-cell office:value-type='string' table:number-columns-repeated='{}'>"
    cell += "<text:p>x</text:p></table:table-cell>"
    bomb = {**ods_parts(ods_table("A|B", "1|2")), "content.xml": " " * (64 * MANY)}
    lock = {**ods_parts(ods_table("A|B", "1|2")), "META-INF/manifest.xml": "<manifest:encryption-data/>"}
    good = xlsx(xlsx_rows("A|B", "1|2"))
    return {
        "bomb.ods": (packed(bomb), "far too much for its size"),
        "bomb.xlsx": (
            packed({**xlsx_parts(""), "xl/worksheets/s.xml": " " * (64 * MANY)}),
            "far too much for its size",
        ),
        "lying.xlsx": (lying(good, b"xl/worksheets/s.xml", 10), "damaged"),
        "lying_more.xlsx": (lying(good, b"xl/worksheets/s.xml", 100 * MANY), "far too much for its size"),
        "laughs_sheet.xlsx": (packed({**xlsx_parts(""), "xl/worksheets/s.xml": f"{LAUGHS}<x>&b;</x>"}), "DOCTYPE"),
        "laughs_book.xlsx": (packed({**xlsx_parts(""), "xl/workbook.xml": f"{LAUGHS}<x>&b;</x>"}), "DOCTYPE"),
        "laughs_text.xlsx": (packed({**xlsx_parts("<c/>"), "xl/strings.xml": f"{LAUGHS}<x>&b;</x>"}), "DOCTYPE"),
        "laughs.ods": (ods("A|B", "&b;|2", prologue=LAUGHS), "DOCTYPE"),
        "entity.ods": (ods("A|B", "&b;|2"), "markup"),
        "deep.ods": (ods("A|B", "<x>" * 200_000), "deep in each other"),
        "deep.xlsx": (xlsx("<x>" * 200_000), "deep in each other"),
        "tag.xlsx": (xlsx(f'<x a="{"y" * (6 * MANY)}"/>'), "a tag of more than"),
        "tag.ods": (ods("A|B", f'<x a="{"y" * (6 * MANY)}"/>'), "a tag of more than"),
        "wide.xlsx": (xlsx(huge), "more than 16,384 columns"),
        "wide.ods": (ods("A|B", f"<table:table-row>{cell.format(99_999_999)}</table:table-row>"), "16,384 columns"),
        "tall.ods": (
            ods(
                "A|B", f'<table:table-row table:number-rows-repeated="1000000">{cell.format(16_384)}</table:table-row>'
            ),
            "repeats cells more than",
        ),
        "taller.ods": (
            ods("A|B", f'<table:table-row table:number-rows-repeated="9999999">{cell.format(1)}</table:table-row>'),
            "1,048,576 rows",
        ),
        "times.ods": (ods("A|B", f"<table:table-row>{cell.format('x')}</table:table-row>"), "number-columns-repeated"),
        "far.xlsx": (xlsx(far), ""),
        "again.xlsx": (
            xlsx(f"<sheetData>{f'<row>{again}{again}</row>' * 4_000}</sheetData>", strings=long),
            "have the same header",
        ),
        "again_wide.xlsx": (
            xlsx(f"<sheetData><row>{again * 8_000}</row></sheetData>", strings=long),
            "more than 4,000,000 characters",
        ),
        "long.xlsx": (xlsx(xlsx_rows("A|B", "x" * 200_000)), "more than 100,000 characters"),
        "long_text.xlsx": (
            xlsx("<sheetData/>", strings=f"<si><t>{'x' * 200_000}</t></si>"),
            "more than 100,000 characters",
        ),
        "long.ods": (ods("A|B", "x" * 200_000 + "<text:s/>"), "more than 100,000 characters"),
        "no_text.xlsx": (xlsx('<sheetData><row><c t="s"><v>7</v></c></row></sheetData>'), "refers to a text"),
        "minus_text.xlsx": (xlsx('<sheetData><row><c t="s"><v>-1</v></c></row></sheetData>'), "refers to a text"),
        "nan.xlsx": (xlsx("<sheetData><row><c><v>nan</v></c></row></sheetData>"), "a number in row 1"),
        "huge_number.xlsx": (xlsx("<sheetData><row><c><v>1e999</v></c></row></sheetData>"), "a number in row 1"),
        "back.xlsx": (xlsx('<sheetData><row r="5"/><row r="4"/></sheetData>'), "row 4 comes after row 5"),
        "place.xlsx": (xlsx('<sheetData><row r="5"><c r="A6"/></row></sheetData>'), "out of place"),
        "locked.xlsx": (locked_zip(good), "protected by a password"),
        "locked.ods": (packed(lock), "protected by a password"),
        "locked_ole.xlsx": (ole("EncryptedPackage", "EncryptionInfo"), "protected by a password"),
        "locked.xls": (xls(record(0x2F, bytes(6))), "protected by a password"),
        "word.doc": (ole("WordDocument"), "a document, not a spreadsheet"),
        "excel95.xls": (ole("Book"), "Excel 95 or older"),
        "claims.xls": (xls(record(0xFC, struct.pack("<LL", 1, 0xFFFFFFFF))), "damaged"),
        "ends.xls": (ole("Workbook", body=record(0x0809, bytes(16))), "damaged"),
        "far.xls": (far_xls(), "cover more than 4,000,000 cells"),
        "circle.xls": (good_circle(), "damaged"),
        "xlsb.xlsx": (packed({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "binary workbook"),
        "word.xlsx": (packed({"[Content_Types].xml": "", "word/document.xml": ""}), "a document, not a spreadsheet"),
        "text.ods": (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "a document, not a spreadsheet"),
        "plain.xlsx": (packed({"a.csv": "A,B"}), "a zip archive"),
        "twice.xlsx": (twice(good), "two of its parts have one name"),
        "page.xls": (b"<html><table><tr><td>A</td></tr></table>", "a web page"),
        "xml.xls": (b'<?xml version="1.0"?><Workbook/>', "XML"),
        "old.xls": (b"\x09\x08\x10\x00" + bytes(600), "an old Excel"),
        "paper.xlsx": (b"%PDF-1.7", "a PDF file"),
        "many.xlsx": (packed({f"{at:060}": "" for at in range(12_000)}), "far more files"),
        "empty.ods": (ods(), "empty"),
        "none.ods": (packed(ods_parts("")), "empty"),
    }


def far_xls() -> bytes:
    """Two sheets' worth of nothing between two cells."""
    start = 4 + 16 + 4 + 9 + 4
    bound = record(0x85, struct.pack("<LBBBB", start, 0, 0, 1, 0) + b"S")
    cells = record(0x203, struct.pack("<HHHd", 0, 0, 0, 1.0)) + record(0x203, struct.pack("<HHHd", 65_535, 255, 0, 1.0))
    return ole(
        "Workbook",
        body=record(0x0809, bytes(16)) + bound + record(0x0A) + record(0x0809, bytes(16)) + cells + record(0x0A),
    )


def text_xls() -> bytes:
    """A sheet with a cell of text."""
    start = 20 + 13 + 4
    bound = record(0x85, struct.pack("<LBBBB", start, 0, 0, 1, 0) + b"S")
    cell = record(0xFD, struct.pack("<HHHL", 0, 0, 0, 0))
    begin, end = record(0x0809, bytes(16)), record(0x0A)
    return ole("Workbook", body=begin + bound + end + begin + cell + end)


def good_circle() -> bytes:
    """A chain of sectors that comes back to its beginning."""
    data = bytearray(ole("Workbook"))
    struct.pack_into("<L", data, 512 + 4 * 3, 2)
    return bytes(data)


def twice(data: bytes) -> bytes:
    """An archive with one name for two parts."""
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return made.getvalue()


def outcome(path: Path) -> tuple[str, float]:
    """What is said of a file, and after how many seconds."""
    start = time.perf_counter()
    try:
        for _ in open_table(path).read():
            pass
    except CareAssureError as error:
        return str(error), time.perf_counter() - start
    return "", time.perf_counter() - start


if __name__ == "__main__":
    for name in sys.argv[1:]:
        said, seconds = outcome(Path(name))
        peak = int(re.findall(r"VmHWM:\s*([0-9]+)", Path("/proc/self/status").read_text(encoding="ascii"))[0]) // 1024
        sys.stdout.write(f"{seconds:.3f}\t{peak}\t{Path(name).name}\t{said.splitlines()[:1]}\n")
