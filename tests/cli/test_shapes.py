"""What people read: in windows of any width, in bold and colour, and as Markdown to be pasted."""

from __future__ import annotations

import io
import os
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from careassure.cli import parser, terminal
from careassure.cli.options import MARKDOWN
from careassure.cli.shaping import Paste, Window, broken, is_heading
from careassure.model.safe_text import columns, one_line, printable
from cli.test_door import COMMANDS, Screen, folder, run
from helpers import few

assert folder is not None  # a fixture

WIDTHS = (60, 80, 120, 200)
CODES = re.compile(r"\033\[[0-9;]*m")
PLAIN = [command for command in COMMANDS if command[-1] not in ("json", "csv", MARKDOWN) and command[0] != "completion"]
SHAPED = [command for command in PLAIN if "--format" in command]
LINES = st.builds(
    lambda indent, text: " " * indent + text,
    st.integers(0, 8),
    st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("|`<>&*_#-+=.!1\\中é\u0301 \t"), max_size=60),
).map(one_line)
HOSTILE = st.sampled_from(
    ["<script>alert(1)</script>", "a | b", "`x`", "``` x", "# no", "- no", "1. no", "&amp;", "[a](b)", "*b*", "~~~",
     "![x](y)", "a\\|b", "===", "---", "<!-- x", "| a | b |", "+ x", "> x", "careassure status `x`", "http://x.y/z_a_b"]
)  # fmt: skip


def on_screen(command: tuple[str, ...], folder: Path, new: Path, monkeypatch: pytest.MonkeyPatch, **env: str) -> str:
    """What a person sees of a command on a terminal."""
    raw = io.BytesIO()
    with monkeypatch.context() as patch:
        for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"):
            patch.delenv(name, raising=False)
        patch.setenv("TERM", "xterm")
        for name, value in env.items():
            patch.setenv(name, value)
        patch.setattr(sys, "stdout", Screen(raw, encoding="utf-8", newline="\n"))
        new.mkdir(exist_ok=True)
        assert run(command, folder, new) == 0
        sys.stdout.flush()
        return raw.getvalue().decode()


def words(text: str) -> Counter[str]:
    """The words of an output; lines of signs are none."""
    return Counter(word for word in text.split() if not re.fullmatch("[-=]{3,}", word))


@pytest.mark.parametrize("command", PLAIN, ids=" ".join)
def test_every_command_fits_its_window(
    command: tuple[str, ...], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From 60 to 200 columns no line is wider than the window, and the words are the same in each.

    A single word that is longer, as an address may be, stays whole, and so does a command that is to be typed.
    """
    said = []
    for width in WIDTHS:
        shown = on_screen(command, folder, tmp_path / "n", monkeypatch, COLUMNS=str(width), NO_COLOR="1")
        for line in shown.splitlines():
            typed = line.strip().startswith(("careassure ", "example: careassure "))
            assert columns(line) <= width or len(line.split()) == 1 or typed, line
        said.append(shown.replace(str(tmp_path), ""))
        for made in sorted(tmp_path.rglob("*"), reverse=True):
            made.rmdir() if made.is_dir() else made.unlink()
    if "--help" not in command:  # help breaks words at their hyphens
        assert all(set(words(one)) <= set(words(said[-1])) | set(words(said[0])) for one in said)


@pytest.mark.parametrize("command", SHAPED, ids=" ".join)
def test_colour_adds_no_words(
    command: tuple[str, ...], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bold and colour stand around words that are all there without them."""
    coloured = on_screen(command, folder, tmp_path / "a", monkeypatch, COLUMNS="80")
    plain = on_screen(command, folder, tmp_path / "b", monkeypatch, COLUMNS="80", NO_COLOR="1")
    assert "\033" not in plain
    stripped = CODES.sub("", coloured)
    assert "\033" not in stripped
    assert [line.rstrip() for line in stripped.splitlines()] == [line.rstrip() for line in plain.splitlines()]


@pytest.mark.parametrize("command", SHAPED, ids=" ".join)
def test_markdown_says_what_the_table_says(
    command: tuple[str, ...],
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Each command with a form of output takes Markdown; what a browser shows of it has the words of the table."""
    (tmp_path / "a").mkdir()
    assert run((*command[:-1], MARKDOWN), folder, tmp_path / "a") == 0
    pasted = capfd.readouterr().out
    plain = on_screen(command, folder, tmp_path / "b", monkeypatch, COLUMNS="200", NO_COLOR="1")
    assert words(shown_by_a_browser(pasted)) == words(plain)
    assert not [line for line in pasted.splitlines() if len(line) > 200 and line.startswith(" " * 8)]


def test_every_command_with_forms_has_markdown() -> None:
    """Whatever command has forms of output, Markdown is one of them, and what it says is named."""
    (commands,) = [action for action in parser()._actions if isinstance(action.choices, dict)]
    assert isinstance(commands.choices, dict)
    found = 0
    for command in commands.choices.values():
        for action in command._actions:
            if action.dest == "format":
                found += 1
                assert action.choices is not None
                assert MARKDOWN in action.choices
                assert command.get_default("for_people") == action.default
    assert found > 40


def shown_by_a_browser(text: str) -> str:
    """The words of Markdown, as GitHub shows them: without its signs, and with no HTML taken as such."""
    found: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        assert token.type not in ("html_block", "fence", "code_block"), token
        for child in token.children or []:
            if child.type == "link_open":
                assert str(child.attrs["href"]).startswith(("http://", "https://"))
            assert child.type in ("text", "code_inline", "softbreak", "text_special", "link_open", "link_close"), child
            found.append(" " if child.type == "softbreak" else child.content)
        found.append(" ")
    return "".join(found)


@given(st.lists(LINES | HOSTILE | st.tuples(st.just(["a", "b"]), st.lists(st.tuples(LINES, HOSTILE), max_size=3))))
def test_markdown_is_broken_by_nothing(said: list[str | tuple[list[str], list[tuple[str, str]]]]) -> None:
    """Whatever lines and cells hold, all of their words are shown, as words, in order, and each cell in its row."""
    out: list[str] = []
    paste = Paste(out.append)
    expected: list[str] = []
    for item in said:
        if isinstance(item, str):
            paste.line(item)
            expected += item.split()
        else:
            paste.table(*item)
            expected += [word for row in (item[0], *item[1]) for cell in row for word in cell.split()]
    paste.settle()
    text = "".join(out)
    real = [word for word in expected if not re.fullmatch("=+", word)]
    assert [word for word in shown_by_a_browser(text).split() if not re.fullmatch("=+", word)] == real
    tables = [token for token in MarkdownIt("commonmark").enable("table").parse(text) if token.type == "tr_open"]
    assert len(tables) == sum(1 + len(item[1]) for item in said if not isinstance(item, str))
    assert printable(text, keep="\n") == text


@given(LINES, st.integers(1, 100))
def test_a_line_is_broken_between_words(line: str, width: int) -> None:
    """Every word is there in order, none is cut, and no line is too wide but for one word with its indent."""
    found = broken(line, width)
    assert " ".join(found).split() == line.split()
    for part in found:
        single = [word for word in re.sub(" %[^ ]*", "", part).split(" ") if word]
        assert columns(part) <= width or len(single) <= 1
    assert not line.strip(" ") or found[0].startswith(" " * (len(line) - len(line.lstrip(" "))))


@given(st.lists(LINES, max_size=12), st.integers(60, 200), st.booleans())
def test_a_window_shows_every_line_in_order(said: list[str], width: int, colour: bool) -> None:
    """Whatever is said, all of it is shown in order, blank lines too, and nothing but bold is added."""
    out: list[str] = []
    window = Window(out.append, width, min(width, 120) - 1, colour=colour)
    for line in said:
        window.line(line)
    window.settle()
    text = CODES.sub("", "".join(out))
    assert text.split() == " ".join(said).split()
    assert text.count("\n") >= len(said)
    assert [not line.strip(" ") for line in text.split("\n")].count(True) >= sum(not line.strip(" ") for line in said)


@pytest.mark.parametrize(
    ("line", "following", "room", "found"),
    [
        ("Flags", "  A statement is scored 1.", 79, True),
        ("Flags", "A statement", 79, False),
        ("It is so.", "  Why", None, False),
        ("  Overall", "    Good", 79, False),
        ("A line that goes on below as it is as wide as there was room for in it, so", "  nothing", 79, False),
        ("A line that is not quite so wide as there was room for, but a heading", "  it is", 79, True),
        ("Read at", f"  https://x.org/{'x' * 90}", 79, True),
        ("Next", "  careassure status w", 79, False),
    ],
)
def test_a_heading_has_lines_further_in_below_it(line: str, following: str, room: int | None, found: bool) -> None:
    """A sentence is none, nor is a line that goes on below, nor one before what is to be typed."""
    assert is_heading(line, following, room) is found


@pytest.mark.parametrize(
    ("environment", "seen", "coloured"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
        ({"CLICOLOR": "0"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": ""}, False, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ({"CLICOLOR_FORCE": "1"}, False, True),
        ({"CLICOLOR_FORCE": "0"}, False, False),
    ],
)
def test_colour_follows_the_usual_settings(
    environment: dict[str, str],
    seen: bool,
    coloured: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As no-color.org, force-color.org and bixense.com/clicolors have it; what forbids colour is stronger."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", (Screen if seen else io.TextIOWrapper)(io.BytesIO(), encoding="utf-8"))
    with terminal.doors():
        assert terminal.colour() is coloured


@few
@given(st.integers(0, 400))
def test_a_window_is_between_60_and_200_columns_wide(wide: int) -> None:
    """A table is as wide as the window; what is not seen is 80 columns wide, whatever the setting says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "COLUMNS", str(wide))
        for kind, expected in ((Screen, min(max(wide or 80, 60), 200)), (io.TextIOWrapper, 80)):
            patch.setattr(sys, "stdout", kind(io.BytesIO(), encoding="utf-8"))
            assert terminal.width() == expected
            assert terminal.prose() == min(expected, 120) - 1
