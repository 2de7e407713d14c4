"""The page of states and marks is made from the tables that the readers use: ``DOCS_REFRESH=1`` writes it anew."""

from __future__ import annotations

import os
from pathlib import Path

from careassure.model.vocabulary import MARKS, STATES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "states-and-marks.md"
HEAD = """\
# States and marks

What appears in the place of a score or a number is one of these, in every table, in a workspace and on the command
line. Anything else is an error that says what was found. Only a cell with nothing in it is not known.

## In the place of a score

| words | what they say | name in code | also | not shown | from |
|---|---|---|---|---|---|
"""
MIDDLE = """
These are errors, never states: an error of a spreadsheet (`#N/A`, `#REF!`, `Err:502`), what programs write for nothing
(`NA`, `NaN`, `NULL`), a dash or a question mark alone, and a word with a note beside it (`Good*`, `Good [1]`).

A number is a score where it is whole: `3`, `3.0`. Spaces and characters that cannot be seen are passed over, and so are
quotation marks, a full stop and coloured dots beside a word.

What a method makes of a state is said by the method, see [Enter scores](../howto/enter-scores.md). Where the score is
only not shown, there is or may be one. So it is not known under every method, and none leaves it out.

## In the place of a number, or behind it

A mark stands in square brackets, in capitals or not. In the place of a number it is kept: suppressed is not missing.
Behind a number, as in `12.3 [p]`, it is kept where there is a place for it; elsewhere the cell is refused.

| mark | what it says | older signs, in the place of a number | from |
|---|---|---|---|
"""


def made() -> str:
    """The page."""
    states = "".join(
        f"| {', '.join(state.words)} | {state.meaning} | `{reason}` | "
        f"{' '.join(f'`{sign}`' for sign in state.signs)} | {'yes' if state.withheld else ''} | {state.source} |\n"
        for reason, state in STATES.items()
    )
    marks = "".join(
        f"| `[{mark}]` | {found.words} | {' '.join(f'`{sign}`' for sign in found.signs)} | {found.source} |\n"
        for mark, found in MARKS.items()
    )
    return HEAD + states + MIDDLE + marks


def test_the_page_says_what_the_readers_do() -> None:
    """Every state and every mark is there, with its meaning and where it is from."""
    if os.environ.get("DOCS_REFRESH"):
        PAGE.write_text(made(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made()
