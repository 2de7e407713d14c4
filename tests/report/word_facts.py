"""What a Word document says and how it is built, read by python-docx."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn


def paragraphs(file: Any) -> list[str]:
    """Every paragraph with words, those in tables too, in order; spaces count once."""
    found = (
        " ".join("".join(part.text or "" for part in item.iter(qn("w:t"))).split())
        for item in file.element.body.iter(qn("w:p"))
    )
    return [text for text in found if text]


def style_of(paragraph: Any) -> str:
    """The name of its style."""
    return str(paragraph.style.name)


def fields_of(piece: Any) -> list[str]:
    """What each number that Word works out is: ``PAGE``, ``SEQ Table`` and the like."""
    return [" ".join(item.get(qn("w:instr")).split()[:2]) for item in piece.iter(qn("w:fldSimple"))]


def headings(file: Any) -> list[tuple[int, str]]:
    """The level and the words of each heading."""
    found = ((item.style.name.rpartition(" "), item.text) for item in file.paragraphs)
    return [(int(level), text) for (name, _, level), text in found if name == "Heading"]


def alts(file: Any) -> list[str | None]:
    """The words of each picture for those who do not see it."""
    return [item.get("descr") for item in file.element.body.iter() if item.tag.endswith("}docPr")]


def table_words(file: Any) -> list[tuple[str | None, ...]]:
    """The title and the description of each table for those who do not see it."""
    names = ("w:tblCaption", "w:tblDescription")
    found = [[item._tbl.tblPr.find(qn(name)) for name in names] for item in file.tables]
    return [tuple(None if one is None else one.get(qn("w:val")) for one in pair) for pair in found]


def cells(file: Any) -> list[list[list[str]]]:
    """The words of each cell of each table."""
    return [[[" ".join(cell.text.split()) for cell in row.cells] for row in item.rows] for item in file.tables]


def heads_marked(file: Any) -> list[bool]:
    """Of each table, whether its first row is marked as its head, and no other."""
    marks = [[bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in item.rows] for item in file.tables]
    return [first and not any(rest) for first, *rest in marks]


def languages(file: Any) -> set[str]:
    """Every language that is said anywhere."""
    return set(file.styles.element.xpath("//w:lang/@w:val")) | set(file.element.body.xpath(".//w:lang/@w:val"))


def facts(path: Path) -> dict[str, Any]:
    """All that must stay when another program saves it."""
    file = docx.Document(str(path))
    return {
        "paragraphs": paragraphs(file),
        "headings": headings(file),
        "alts": alts(file),
        "cells": cells(file),
        "heads": heads_marked(file),
        "languages": languages(file),
        "title": file.core_properties.title,
        "to write": [item.text for item in file.paragraphs if style_of(item) == "Intense Quote"],
        "bullets": [item.text for item in file.paragraphs if style_of(item).startswith("List Bullet")],
    }
