"""How many of the names and numbers in generated notes the screen finds, form by form, and how often it is wrong.

    python bench/privacy_recall.py [NOTES] [--missed]

It prints the table of docs/explanation/privacy.md. The notes come from tests/privacy/notes.py, which shares no list and
no pattern with the screen. With --missed every miss and every false alarm is printed too.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "privacy"))

from notes import FORMS, found, notes, prose, table

from careassure.privacy.personal.screen import screen

counts = [int(word) for word in sys.argv[1:] if word.isdigit()]
print(table(*counts))
if "--missed" in sys.argv:
    for form in FORMS:
        print(
            f"\n{form}:",
            *sorted({repr(each.note) for each in notes(form, *counts or [300]) if not found(each)}),
            sep="\n  ",
        )
    text = prose(600)
    print("\nfalse alarms:", *sorted({text[each.start : each.end] for each in screen(text)}), sep="\n  ")
