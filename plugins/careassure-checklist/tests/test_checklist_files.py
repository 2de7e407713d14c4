"""Lists of items from files."""

from __future__ import annotations

from pathlib import Path

import pytest

import careassure as ca
from careassure.cli import main
from careassure.errors import CareAssureError
from careassure_checklist import Item, checklist, read_checklist, read_items, read_scheme, triage

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


DEFINED = """
[checklist]
id = "pa-support"
title = "Support for personal assistants"
subject = "example"
bands = { Below = 0, "On the way" = "33.3", Meets = 100 }

[[items]]
title = "A register"
section = "Information"

[[items]]
title = "Peer support"
section = "People"
"""


def test_a_checklist_is_one_file(tmp_path: Path) -> None:
    """A file with [checklist] and its items makes what the same arguments make."""
    made = read_checklist(written(tmp_path, "pa.toml", DEFINED))
    items = [Item("A register", section="Information"), Item("Peer support", section="People")]
    bands: dict[str, int | str] = {"Below": 0, "On the way": "33.3", "Meets": 100}
    title = "Support for personal assistants"
    assert made == checklist(items, id="pa-support", title=title, subject="example", bands=bands)


@pytest.mark.parametrize("bands", [None, {"Below": 0, "Meets": 100}])
def test_a_scheme_and_answers_are_read_back(
    tmp_path: Path, bands: dict[str, int] | None, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is written is read back: the scheme from its folder, and answers with the framework given beside them."""
    made = checklist(["One", "Two", "Three"], id="mine", subject="example", bands=bands)
    framework, method = made.write(tmp_path / "scheme")
    assert read_scheme(tmp_path / "scheme") == made
    answers = made.answers("me", ["met", "no reply", None])
    ca.write(answers, tmp_path / "me.toml")
    for given in (framework, made.framework):
        assert ca.read_assessment(tmp_path / "me.toml", framework=given) == answers
    assert ca.assess(answers, method) == made.assess("me", ["met", "no reply", None])
    with pytest.raises(CareAssureError, match="If it is your own, give its file with --framework"):
        ca.read(tmp_path / "me.toml")
    words = ["assess", str(tmp_path / "me.toml"), "--scorer", str(method)]
    assert main([*words, "--framework", str(framework)]) == 0
    assert "No reply, left out" in capsys.readouterr().out
    assert main([*words, "--framework", "cqc-la"]) == 2


def test_answers_of_another_framework_are_refused(tmp_path: Path) -> None:
    """A framework that the file does not name is refused beside it."""
    ca.write(ca.Assessment.of("Camden", [3] * 9), tmp_path / "camden.toml")
    framework, _ = checklist(["One"], id="mine").write(tmp_path / "scheme")
    with pytest.raises(CareAssureError, match="it is of the framework 'cqc-la', and 'mine' is given beside it"):
        ca.read_assessment(tmp_path / "camden.toml", framework=framework)


def test_a_triage_is_read_back(tmp_path: Path) -> None:
    """A triage is written and read back as a checklist is."""
    made = triage({"High": ["h"], "Low": ["l"]}, ["Low", "High"])
    made.write(tmp_path)
    assert read_scheme(tmp_path) == made


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (DEFINED.replace("[checklist]", "[list]"), "no table"),
        (DEFINED.replace("subject =", "subjekt ="), "has subjekt"),
        (DEFINED.replace('"example"', "3"), "checklist.subject: it is of the wrong kind"),
        (DEFINED.replace('subject = "example"', 'count = "all"'), "'all' is not known"),
        (DEFINED.replace('"33.3"', "33.3"), "is not an exact number"),
    ],
)
def test_a_wrong_definition_is_refused(text: str, message: str, tmp_path: Path) -> None:
    """What is wrong with a definition is said."""
    with pytest.raises(CareAssureError, match=message):
        read_checklist(written(tmp_path, "pa.toml", text))
