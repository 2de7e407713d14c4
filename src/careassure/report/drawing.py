"""Pieces of which pictures are drawn: a shape for each rating, numbers and short words. Nothing hangs on colour."""

from __future__ import annotations

from textwrap import wrap

from careassure.model.markup import Child, Html, el
from careassure.model.safe_text import one_line
from careassure.model.scale import Grade

WIDE = 480.0
"""How wide a picture of one council is drawn: its letters can be read on a telephone and in a column of a paper."""
_LETTER = 7.6
_MOST = 200
"""The most letters of a line."""
_SHAPES = (
    "M{l} {t}H{r}L{x} {b}Z",
    "M{x} {t}L{r} {y}L{x} {b}L{l} {y}Z",
    "M{l} {y}A{s} {s} 0 1 1 {r} {y}A{s} {s} 0 1 1 {l} {y}Z",
    "M{l} {b}H{r}L{x} {t}Z",
    "M{l} {t}H{r}V{b}H{l}Z",
    "M{l} {t}L{x} {y}L{r} {t}V{b}L{x} {y}L{l} {b}Z",
)


def style_of(grade: Grade) -> str:
    """The class that gives a rating its shape and colour."""
    return f"g{grade.rank % len(_SHAPES)}"


def shape(grade: Grade | None, x: float, y: float, size: float) -> Html:
    """The mark of a rating, by its rank; a ring where there is no single rating.

    Args:
        grade: The rating.
        x: Its middle, from the left.
        y: Its middle, from the top.
        size: Half its width.
    """
    rank = grade.rank % len(_SHAPES) if grade else 2
    path = _SHAPES[rank].format(x=n(x), y=n(y), l=n(x - size), r=n(x + size), t=n(y - size), b=n(y + size), s=n(size))
    return el("path", d=path, class_=style_of(grade) if grade else "open")


def cut(text: str, room: int) -> str:
    """A text in so many letters, with a sign where something is cut off."""
    room = max(room, 2)
    return text if len(text) <= room else f"{text[: room - 1]}…"


def n(value: float) -> str:
    """A length as a picture has it, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")


def line(style: str, x1: float, y1: float, x2: float, y2: float) -> Html:
    """A line from one place to another."""
    return el("line", class_=style, x1=n(x1), y1=n(y1), x2=n(x2), y2=n(y2))


def words(text: str, x: float, y: float, style: str = "left") -> Html:
    """A text on one line, with its foot at a place. Its style is ``left``, ``middle`` or ``right``, or begins so.

    No picture is so wide that it shows more letters than are drawn: of 100,000 a picture would take a minute.
    """
    return el("text", cut(one_line(text), _MOST), class_=style, x=n(x), y=n(y))


def lines_of(text: str, width: float, most: int = 3) -> list[str]:
    """A text on lines that fit a width, the last cut where there are too many.

    Args:
        text: The text.
        width: How wide a line may be.
        most: How many lines there may be.
    """
    room = max(int(width / _LETTER), 4)
    found = [cut(part, room) for part in wrap(one_line(text), room, break_long_words=False)] or [""]
    return found if len(found) <= most else [*found[: most - 1], cut(" ".join(found[most - 1 :]), room)]


def block(text: str, x: float, y: float, width: float, style: str = "left", most: int = 3) -> tuple[Html, ...]:
    """A text on several lines, its first line with its foot at a place; see `lines_of`."""
    return tuple(words(part, x, y + at * LINE, style) for at, part in enumerate(lines_of(text, width, most)))


LINE = 18.0
"""How far the lines of a text stand apart."""


def picture(title: str, alt: str, height: float, *children: Child, wide: float = WIDE) -> str:
    """A picture whose words for those who do not see it stand in it too.

    Args:
        title: What it shows.
        alt: What can be seen in it.
        height: How high it is.
        *children: What is drawn.
        wide: How wide it is.
    """
    return el(
        "svg",
        el("title", one_line(title)),
        el("desc", one_line(alt)),
        el("g", *children, aria_hidden="true"),
        xmlns="http://www.w3.org/2000/svg",
        class_="picture",
        viewBox=f"0 0 {n(wide)} {n(height)}",
        width=n(wide),
        height=n(height),
        role="img",
        aria_label=one_line(title),
    )
