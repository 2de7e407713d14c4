"""How pages and pictures look: the style sheets that ship, and the colours for a picture by itself."""

from __future__ import annotations

import re
from functools import cache

from careassure.io.packages import package_text
from careassure.model.markup import Html

_ROOT = re.compile(r":root\{([^}]*)\}")
_NAMED = re.compile(r"(--[a-z0-9]+):([^;}\s]+)")
_USED = re.compile(r"var\((--[a-z0-9]+)\)")


@cache
def page_style() -> Html:
    """How a page looks, without what its file says to its reader."""
    return Html("\n" + _sheet("style.css"))


@cache
def paper_style() -> Html:
    """How a paper looks: as a page, with its pictures."""
    return Html("\n" + _sheet("style.css") + _sheet("picture.css") + _sheet("papers.css"))


@cache
def picture_style() -> str:
    """How a picture by itself looks: by day, with each colour in full, since not every program knows named ones."""
    sheet = _sheet("style.css")
    found = _ROOT.search(sheet)
    colours = dict(_NAMED.findall(found[1])) if found else {}
    grades = "\n".join(line for line in sheet.splitlines() if line.startswith(".g0"))
    return _USED.sub(lambda match: colours.get(match[1], "#000"), f"{_sheet('picture.css')}{grades}\n")


def _sheet(name: str) -> str:
    return package_text("careassure.report", name).partition("\n")[2]
