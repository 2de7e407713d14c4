"""A picture by itself: as SVG, and as PNG for programs that know no other."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from careassure.errors import MissingExtraError
from careassure.report.document import Figure
from careassure.report.styling import notebook_picture_style, picture_style, walk_script
from careassure.report.walk import walkable

SCALE = 3
"""How many dots a PNG has for each unit of a picture: it is sharp in print at half the width of a page."""


def svg(figure: Figure) -> str:
    """A picture as a file of its own: with its colours and letters, its words as a tree, and arrow keys to walk it.

    Where the file is shown as an image, or where scripts are turned off, the picture is the same.
    """
    script = f"<script><![CDATA[{walk_script()}]]></script>"
    return f"{_on_paper(walkable(figure), picture_style()).removesuffix('</svg>')}{script}</svg>\n"


def notebook_svg(figure: Figure) -> str:
    """A picture for a notebook: on white paper by day and on black by night, as who shows it asks for."""
    return f"{_on_paper(figure.svg, notebook_picture_style())}\n"


def _on_paper(drawn: str, style: str) -> str:
    opening, _, rest = drawn.partition(">")
    return f'{opening}><style>{style}</style><rect class="paper" width="100%" height="100%"/>{rest}'


def png(figure: Figure) -> bytes:
    """A picture as PNG.

    Raises:
        MissingExtraError: vl-convert-python is not installed.
    """
    if find_spec("vl_convert") is None:
        raise missing("a picture as PNG", "vl-convert-python")
    converter: Any = import_module("vl_convert")
    made: bytes = converter.svg_to_png(_on_paper(figure.svg, picture_style()), scale=SCALE)
    return made


def missing(what: str, package: str) -> MissingExtraError:
    """What is said where the library for a form of paper is not installed."""
    return MissingExtraError(f"{what} needs {package}, which is not installed", hint=f"Run: pip install {package}")
