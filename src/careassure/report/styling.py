"""How pages and pictures look and what they run: style sheets and scripts that ship, and the head of a page."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256

from careassure.io.packages import package_text
from careassure.model.markup import Html, el

_ROOT = re.compile(r":root\{([^}]*--[^}]*)\}")
_NAMED = re.compile(r"(--[a-z0-9]+):([^;}\s]+)")
_USED = re.compile(r"var\((--[a-z0-9]+)\)")


@cache
def page_style() -> Html:
    """How a page looks, without what its file says to its reader."""
    return Html("\n" + _sheet("style.css") + _sheet("picture.css"))


@cache
def paper_style() -> Html:
    """How a paper looks: as a page, with its pictures."""
    return Html("\n" + _sheet("style.css") + _sheet("picture.css") + _sheet("papers.css"))


@cache
def picture_style() -> str:
    """How a picture by itself looks: by day, with each colour in full, since not every program knows named ones."""
    return _in_full(_colours(1))


@cache
def notebook_picture_style() -> str:
    """How a picture in a notebook looks: as by itself, and by night in the colours of pages by night."""
    night = _in_full(_colours(2))
    return f"{_in_full(_colours(1))}@media (prefers-color-scheme:dark){{\n{night}}}\n"


@cache
def notebook_style() -> Html:
    """How pictures stand in a notebook. Its names are its own, so that several outputs cannot disturb each other."""
    return Html("\n" + _sheet("notebook.css"))


def _colours(times: int) -> dict[str, str]:
    """The named colours of pages by day (1), or by night (2), which changes some of those by day."""
    return {
        name: value for found in _ROOT.findall(_sheet("style.css"))[:times] for name, value in _NAMED.findall(found)
    }


def _in_full(colours: dict[str, str]) -> str:
    """The style of pictures with each colour in full."""
    grades = "\n".join(line for line in _sheet("style.css").splitlines() if line.startswith(".g0"))
    sheet = f".paper{{fill:var(--paper)}}\n{_sheet('picture.css')}{grades}\n"
    return _USED.sub(lambda match: colours.get(match[1], "#000"), sheet)


@cache
def walk_script() -> Html:
    """What makes arrow keys walk the trees of pictures."""
    return Html("\n" + _sheet("walk.js"))


@cache
def register_script() -> Html:
    """What finds a council by typing on the page of published results, and what walks its pictures."""
    return Html("\n" + _sheet("find.js") + _sheet("walk.js").replace('"use strict";\n', ""))


def head_of_page(title: str, style: Html, script: Html | None = None, description: str = "") -> Html:
    """The head of a page that asks for no other file, and runs nothing but one script of ours, named by its hash.

    Args:
        title: What the page is about.
        style: How it looks.
        script: What it runs, for comfort alone; None where it runs nothing.
        description: What it is, in a sentence.
    """
    runs = "" if script is None else f" script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}';"
    policy = f"default-src 'none'; style-src 'unsafe-inline';{runs} base-uri 'none'; form-action 'none'"
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="description", content=description) if description else None,
        el("title", title),
        el("style", style),
    )


def _sheet(name: str) -> str:
    return package_text("careassure.report", name).partition("\n")[2]
