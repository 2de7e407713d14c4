"""The recall that the documentation promises is what is measured on generated notes, and stays above its floor."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs/explanation/privacy.md"

_spec = spec_from_file_location("privacy_notes", HERE / "notes.py")
assert _spec is not None
assert _spec.loader is not None
notes = module_from_spec(_spec)
_spec.loader.exec_module(notes)

FLOORS = {form: 95.0 if planted.kind == "name" else 99.0 for form, planted in notes.FORMS.items()}


@pytest.mark.parametrize("form", list(notes.FORMS))
def test_recall_is_what_the_page_says(form: str) -> None:
    """The page gives the recall of each form as measured, and it is above its floor."""
    measured = notes.recall(form)
    assert f"| {form} | {measured:.1f} % |" in PAGE.read_text(encoding="utf-8")
    assert measured >= FLOORS[form]


def test_false_alarms_are_what_the_page_says() -> None:
    """The page gives the false alarms in generated minutes as measured: fewer than one in a thousand words."""
    words, alarms = notes.false_alarms()
    assert f"False alarms in {words:,} words of generated minutes: {alarms}." in PAGE.read_text(encoding="utf-8")
    assert words > 10_000
    assert alarms * 1_000 < words


def test_the_notes_share_nothing_with_the_screen() -> None:
    """The generator imports nothing of the screen but `screen`, so that it cannot repeat its mistakes."""
    imports = [line for line in (HERE / "notes.py").read_text(encoding="utf-8").splitlines() if "careassure" in line]
    assert imports == ["from careassure.privacy.personal.screen import screen"]


def test_a_miss_is_counted() -> None:
    """A name that the screen does not know is not counted as found, nor is half of one."""
    assert not notes.found(notes.Planted("name", "met quux zorp", "quux zorp"))
    assert not notes.found(notes.Planted("name", "met zorp Anna Smith", "zorp Anna Smith"))
    assert notes.found(notes.Planted("name", "met Anna Smith", "Anna Smith"))
