"""A command in a fork of a warm process does what the installed one does in a process of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from docs.reader import ENABLED, environment

pytestmark = pytest.mark.slow
NINE = "3 3 4 3 4 4 3 4 4"
TABLE = "council,QS1,QS2,QS3,QS4,QS5,QS6,QS7,QS8,QS9\nFernshire,3,3,4,3,4,4,3,4,4\nMillbrook,2,3,3,2,3,3,3,2,2\n"
Done = tuple[int, str, str, Mapping[str, bytes]]


def done(script: str, folder: Path, places: Sequence[Path]) -> Done:
    """What a shell's commands print on each stream, with what they end, and the files that they leave."""
    folder.mkdir()
    (folder / "in.csv").write_text(TABLE, encoding="utf-8")
    shell = subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env=environment(folder, places),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    printed = (text.replace(str(folder), "here") for text in (shell.stdout, shell.stderr))
    out, err = printed
    return shell.returncode, out, err, files


@pytest.mark.parametrize(
    "script",
    [
        "careassure",
        "careassure asess 3",
        f"careassure assess {NINE} --why; careassure assess 3 3 5",
        f"careassure assess {NINE} --scorer no-such",
        f"COLUMNS=200 careassure assess {NINE} --help",
        "careassure plugins; CAREASSURE_PLUGINS= careassure scorers",
        "careassure published --format json | head -n 1; echo $?",
        "cat in.csv | careassure assess-table - - 2> said.txt | careassure assess-table - - --prefix b_ | head -n 2",
        "careassure assess-table in.csv out.csv; careassure assess-table in.csv none/out.csv || exit 7",
        "careassure init here --council Camden && cd here && careassure status .; careassure check .",
        "careassure compare --council Camden --format csv > ours.csv; careassure report Camden ours.html",
    ],
)
def test_both_ways_do_the_same(script: str, ready: Path, tmp_path: Path) -> None:
    """Standard output, standard error, exit status and files are the same to the byte."""
    new, forked = (done(script, tmp_path / name, places) for name, places in (("new", ()), ("forked", (ready,))))
    assert forked == new
    assert any(new[1:3])


def test_a_call_leaves_nothing_to_the_next(ready: Path, tmp_path: Path) -> None:
    """A plugin, a setting and a folder of one call are not there in the next."""
    pytest.importorskip("careassure_ofsted")
    before = done("careassure scorers", tmp_path / "before", (ready,))
    (tmp_path / "more" / ENABLED).mkdir(parents=True)
    (tmp_path / "more" / ENABLED / "ofsted").touch()
    settings = environment(tmp_path / "more", (ready,))
    shown = subprocess.run(["careassure", "scorers"], env=settings, capture_output=True, text=True, check=True).stdout
    assert "ofsted" in shown
    assert done("careassure scorers", tmp_path / "after", (ready,)) == before
    assert "ofsted" not in before[1]
