"""Completion in a shell."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from careassure.cli import main
from careassure.cli.commands import COMMANDS, load
from careassure.cli.commands.completion import SHELLS


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_is_completed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The completions of each shell name every command."""
    assert main(["completion", shell]) == 0
    text = capsys.readouterr().out
    assert [name for name in COMMANDS if name not in text] == []


@pytest.mark.parametrize("shell", SHELLS)
def test_every_option_of_every_command_is_completed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The completions of each shell name every option, and each form that --format takes."""
    assert main(["completion", shell]) == 0
    text = capsys.readouterr().out
    for command in COMMANDS:
        own = argparse.ArgumentParser(prog="", add_help=False)
        load(command).configure(own)
        options = re.findall(r"--([a-z-]+)", own.format_usage())
        assert [option for option in options if option not in text] == []
    assert re.search(r"text['\" ]? json['\" ]? csv['\" ]? md", text)


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (["careassure", "sta"], "stability status statement"),
        (["careassure", "report", "--be"], "--benchmark"),
        (["careassure", "assess", "--format", "m"], "md"),
    ],
)
def test_bash_completes(words: list[str], completed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In bash the tab key completes commands, and the options of the command that was typed."""
    assert main(["completion", "bash"]) == 0
    (tmp_path / "c.bash").write_text(capsys.readouterr().out, "utf-8")
    script = (
        f"source '{tmp_path}/c.bash'; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; "
        'COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}; _shtab_careassure 2>/dev/null; echo "${COMPREPLY[@]}"'
    )
    found = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == completed
