"""The picture of the rooms: what each is for, and which of the others it uses, drawn from the source itself."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "careassure"
PICTURE = ROOT / "docs" / "_static" / "rooms.svg"

ROW, TOP, LEFT, MATRIX = 34, 104, 16, 580
STEP = 21
UPWARD = {("model", "api"), ("model", "report")}
"""`Assessment.of` looks names up when it is called, and a notebook asks values for their pictures; the layers in
pyproject.toml name both as their exceptions."""


def floors() -> list[list[str]]:
    """The rooms of each floor, the highest first, as the import contract has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = (each for each in settings["tool"]["importlinter"]["contracts"] if each["id"] == "layers")
    return [[room.strip() for room in floor.split("|")] for floor in layers["layers"]]


def home(room: str) -> Path:
    """The file whose docstring says what a room is for."""
    single = SOURCE / f"{room}.py"
    return single if single.exists() else SOURCE / room / "__init__.py"


def purpose(room: str) -> str:
    """The first sentence of what a room says of itself."""
    text = ast.get_docstring(ast.parse(home(room).read_text(encoding="utf-8"))) or ""
    return text.split("\n\n")[0].replace("\n", " ").replace("``", "")


@cache
def uses(room: str) -> frozenset[str]:
    """The other rooms that a room imports from when it runs; imports for type checkers alone are left out."""
    folder = home(room)
    files = [folder] if folder.name != "__init__.py" else sorted(folder.parent.rglob("*.py"))
    names = {name.split(".")[1] for path in files for name in _imported(ast.parse(path.read_text(encoding="utf-8")))}
    return frozenset(names & {each for floor in floors() for each in floor}) - {room}


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "careassure":
            module = node.module or ""
            yield from [module] if "." in module else [f"careassure.{alias.name}" for alias in node.names]
        yield from _imported(node)


def drawn() -> str:
    """The picture as SVG: a line for each room, the highest floor first, with a mark for each room that it uses."""
    plan = floors()
    rooms = [room for floor in plan for room in floor]
    columns = rooms[::-1]
    width, height = MATRIX + STEP * (len(columns) + 1) + LEFT, TOP + ROW * len(rooms) + LEFT
    said = " ".join(f"{room} uses {', '.join(sorted(uses(room))) or 'no other'}." for room in rooms)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"',
        ' aria-labelledby="title what" font-family="system-ui, sans-serif" font-size="13">',
        '<title id="title">The rooms of careassure, and which uses which</title>',
        f'<desc id="what">{escape(said)}</desc>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for place, room in enumerate(columns):
        x = MATRIX + STEP * place + STEP // 2
        parts.append(f'<text transform="translate({x + 4} {TOP - 12}) rotate(-60)" fill="#222">{room}</text>')
    line = 0
    for number, floor in enumerate(plan):
        y = TOP + ROW * line
        shade = "#eef2f6" if number % 2 else "#f8f9fb"
        parts.append(
            f'<rect x="{LEFT}" y="{y}" width="{width - 2 * LEFT}" height="{ROW * len(floor)}" fill="{shade}"/>'
        )
        for room in floor:
            parts += _line(room, columns, TOP + ROW * line)
            line += 1
    return "\n".join([*parts, "</svg>", ""])


def _line(room: str, columns: list[str], y: int) -> Iterator[str]:
    """One room: its name, what it is for, and a mark below each room that it uses."""
    found = uses(room)
    yield f'<text x="{LEFT + 8}" y="{y + 22}" font-weight="600" fill="#111">{room}</text>'
    yield f'<text x="{LEFT + 108}" y="{y + 22}" font-size="11.5" fill="#333">{escape(_short(purpose(room)))}</text>'
    for place, other in enumerate(columns):
        x = MATRIX + STEP * place + STEP // 2
        if other == room:
            yield f'<rect x="{x - 3}" y="{y + 14}" width="6" height="6" fill="#9aa5b1"/>'
        elif other in found:
            hollow = (room, other) in UPWARD
            style = 'fill="#fff" stroke="#b3261e" stroke-width="2"' if hollow else 'fill="#1f4e79"'
            yield f'<circle cx="{x}" cy="{y + 17}" r="5" {style}><title>{room} uses {other}</title></circle>'


def _short(text: str, most: int = 76) -> str:
    """As many words as fit in a line."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"


if __name__ == "__main__":
    PICTURE.write_text(drawn(), encoding="utf-8")
