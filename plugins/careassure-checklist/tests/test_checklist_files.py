"""Lists of items from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from careassure.errors import CareAssureError
from careassure_checklist import Item, checklist, read_items, triage

CSV = 'title,section,band,summary\n"Register, kept up",People,High,\nPeer support,,Low,Groups\n'
TOML = """
[[items]]
title = "Register, kept up"
section = "People"
band = "High"

[[items]]
title = "Peer support"
band = "Low"
summary = "Groups"
"""


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_csv_and_toml_give_the_same_items(tmp_path: Path) -> None:
    expected = (
        Item("Register, kept up", "register_kept_up", "People", "High"),
        Item("Peer support", "peer_support", "", "Low", "Groups"),
    )
    assert read_items(written(tmp_path, "list.csv", CSV)) == expected
    assert read_items(written(tmp_path, "list.toml", TOML)) == expected


def test_a_list_makes_a_checklist_and_a_triage(tmp_path: Path) -> None:
    items = read_items(written(tmp_path, "list.csv", "\ufeff" + CSV))
    assert checklist(items, subject="example").assess("me", [True, True]).percentage == 100
    assert triage(items, ["Low", "High"]).assess("me", [False, True]).result == "Low"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("list.csv", "name\nA\n", "no column named title"),
        ("list.csv", "title,weight\nA,3\n", "item 1 has the fields weight"),
        ("list.csv", "title,band\nA,High,more\n", "line 2 has more cells"),
        ("list.csv", "title\n", "there is none"),
        ("list.csv", 'title,band\n"",High\n', "it has no title"),
        ("list.toml", "items = 3\n", "no tables"),
        ("list.toml", "[[items]]\ntitle = 3\n", "title is not text"),
        ("list.toml", "[[items]\n", "Expected"),
        ("list.xlsx", "", "the ending .xlsx is not known"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name(name: str, text: str, message: str, tmp_path: Path) -> None:
    file = written(tmp_path, name, text)
    with pytest.raises(CareAssureError, match=message) as caught:
        read_items(file)
    assert name in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CareAssureError, match="cannot be read"):
        read_items(tmp_path / "nothing.csv")
