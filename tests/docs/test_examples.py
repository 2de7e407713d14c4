"""Every example in the documentation is run, and must print what the page shows.

A page's ``pycon`` blocks are doctests, its ``python`` blocks are run, and in its ``console`` blocks every command
after a ``$`` is given to a shell; all of a page works in one folder. A line ``...`` below a command stands for any
lines. A block with a ``:caption:`` is a file of that name, and one that ends in ``.xlsx`` or ``.ods`` is a spreadsheet
with these cells. ``$ make``, ``$ pip`` and ``$ git`` are not run, but after ``$ pip install .`` the folder's plugin is
found, and after ``$ pip install ./careassure/plugins/NAME`` the project's plugin of that name. A page of a worked case
finds the folders that lie beside it.

    DOCS_REFRESH=1 python -m pytest tests/docs

writes what was printed into the pages; look at the difference before you believe it.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import tomllib
import traceback
from collections.abc import Iterable, Iterator, Sequence
from difflib import unified_diff
from doctest import Example as DocTestExample
from pathlib import Path
from typing import Any

import pytest
from sybil import Document, Region, Sybil
from sybil.evaluators.doctest import DocTestEvaluator, DocTestRunner
from sybil.evaluators.python import PythonEvaluator
from sybil.example import Example
from sybil.parsers.abstract.doctest import DocTestStringParser
from sybil.parsers.myst import CodeBlockParser

from docs.reader import enable_plugin, environment, install_plugin
from java import SPARK, spark_home
from tables.spreadsheets import ods_number, ods_parts, ods_table, ods_text, openpyxl_file, zip_file

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [page for page in (ROOT / "docs").rglob("*.md") if "_build" not in page.parts]
    + [page for page in [ROOT / "README.md"] if page.exists()]
)
REFRESH = bool(os.environ.get("DOCS_REFRESH"))
NOT_RUN = ("make", "pip", "git")
LANGUAGES = ("pycon", "console", "python", "toml", "json", "csv")
NEW_PROCESSES = {"README.md", "docs/tutorial.md", "docs/howto/publish-a-plugin.md"}
"""Pages about installing: each of their commands is the installed one, in a process of its own."""
MARK = "=== the command has ended ==="


class Differs(Exception):  # noqa: N818  (it is not an error but a finding)
    """An example printed something else than the page shows."""

    def __init__(self, shown: str, printed: str) -> None:
        super().__init__(shown, printed)
        self.shown = shown
        self.printed = printed

    def __str__(self) -> str:
        lines = unified_diff(self.shown.splitlines(), self.printed.splitlines(), "shown", "printed", lineterm="")
        return "\n".join(lines)


class Recorder(DocTestRunner):
    """A doctest runner that raises what an example printed when it is not what the page shows."""

    def report_failure(self, out: object, test: object, example: DocTestExample, got: str) -> None:
        got = re.sub(r"(Traceback .*:\n)(?: .*\n)+", r"\1    ...\n", got, count=1)
        blank = re.sub(r"^$", "<BLANKLINE>", got.removesuffix("\n"), flags=re.MULTILINE)
        raise Differs(example.want, f"{blank}\n" if got else "")

    def report_unexpected_exception(
        self,
        out: object,
        test: object,
        example: DocTestExample,
        exc_info: tuple[type[BaseException], BaseException, object],
    ) -> None:
        last = "".join(traceback.format_exception_only(*exc_info[:2]))
        raise Differs(example.want, f"Traceback (most recent call last):\n    ...\n{last}")


class DocTests(CodeBlockParser):
    """The doctests in blocks of a language."""

    def __init__(self, language: str) -> None:
        super().__init__(language, self.evaluate)
        evaluator = DocTestEvaluator()
        evaluator.runner = Recorder(0)
        self.inner = DocTestStringParser(evaluator)

    def __call__(self, document: Document) -> Iterable[Region]:
        for region in super().__call__(document):
            for found in self.inner(region.parsed, document.path) if region.parsed.startswith(">>>") else ():
                found.adjust(region, region.parsed)
                found.end += region.parsed.offset
                yield found


def run_commands(example: Example, places: Sequence[Path] = ()) -> None:
    """Give the commands of a ``console`` block to a shell and compare everything that they print.

    Args:
        example: The block.
        places: Folders of commands that come before those that are installed.
    """
    blocks = list(commands_of(example.parsed))
    run = [command for command, _ in blocks if not command.startswith(NOT_RUN)]
    for command, _ in blocks:
        project = re.match(r"pip install (?:-e )?'?(\.[\w/-]*)", command)
        for name in re.findall(r"\./careassure/plugins/careassure-([\w-]+)", command if project else ""):
            enable_plugin(Path.cwd(), name)
        if project and project[1] != "./careassure":  # careassure itself is there
            install_plugin(Path.cwd(), Path.cwd() / project[1])
    printed = iter(outputs_of(run, places))
    text = ""
    for command, shown in blocks:
        found = shown if command.startswith(NOT_RUN) else next(printed).replace(str(Path.cwd()), "/home/you/care")
        text += f"$ {command}\n{shown if fits(shown, found) else found}"
    if text != example.parsed:
        raise Differs(example.parsed, text)


def fits(shown: str, printed: str) -> bool:
    """Whether the two are the same, a line ``...`` standing for any lines."""
    pattern = "".join("(?:.*\n)*" if line == "...\n" else re.escape(line) for line in shown.splitlines(keepends=True))
    return re.fullmatch(pattern, printed) is not None


def commands_of(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a block, which may go on after a backslash, with what stands below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, rest = re.match(r"((?:.*\\\n)*.*\n)((?:.*\n)*)", part).groups()  # type: ignore[union-attr]
        yield command.removesuffix("\n"), rest


def outputs_of(commands: list[str], places: Sequence[Path] = ()) -> list[str]:
    """What each command prints, on either stream, when one shell runs them in order."""
    script = "".join(f"{command}\nstatus=$?; echo '{MARK}'; (exit $status)\n" for command in commands)
    shell = subprocess.run(
        ["sh"],
        input=script,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment(Path.cwd(), places),
        text=True,
        encoding="utf-8",
        timeout=900,  # the tutorial tries every combination of nine scores three times
        check=False,
    )
    parts = shell.stdout.split(f"{MARK}\n")
    assert len(parts) == len(commands) + 1, shell.stdout
    return parts[:-1]


class Others(CodeBlockParser):
    """Blocks that hold no doctests and no commands."""

    def __init__(self, language: str) -> None:
        super().__init__(language, other_block)

    def __call__(self, document: Document) -> Iterable[Region]:
        return (region for region in super().__call__(document) if not region.parsed.startswith(">>>"))


def other_block(example: Example) -> None:
    """Write a block that is a file; run one that is Python; read one that is TOML."""
    lexemes = example.region.lexemes
    name = (lexemes.get("options") or {}).get("caption")
    if name:
        file = Path(name.strip('"`'))
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix in (".xlsx", ".ods"):
            write_spreadsheet(file, list(csv.reader(example.parsed.splitlines())))
        else:
            file.write_text(example.parsed, encoding="utf-8")
    elif lexemes["arguments"] == "python":
        PythonEvaluator()(example)
    elif lexemes["arguments"] == "toml":
        tomllib.loads(example.parsed)


def write_spreadsheet(file: Path, rows: list[list[str]]) -> None:
    """A spreadsheet with these cells; digits are numbers."""
    cells = [[int(cell) if cell.isdecimal() else cell or None for cell in row] for row in rows]
    if file.suffix == ".xlsx":
        openpyxl_file(file, {"Sheet1": cells})
        return
    made = [
        "".join(ods_number(cell) if isinstance(cell, int) else ods_text(cell or "") for cell in row) for row in cells
    ]
    zip_file(file, ods_parts(ods_table(*(f"<table:table-row>{row}</table:table-row>" for row in made), name="Sheet1")))


def parsed(page: Path, places: Sequence[Path] = ()) -> Document:
    """The page with its examples found."""
    others = [Others(language) for language in LANGUAGES[2:]]
    console = CodeBlockParser("console", lambda example: run_commands(example, places))
    return Sybil([DocTests("pycon"), DocTests("python"), console, *others]).parse(page)


def page_params() -> list[Any]:
    """Every page; those on Spark where Java is."""
    marks = {"spark.md": SPARK, "tutorial-scorer.md": [pytest.mark.long]}
    return [pytest.param(page, id=str(page.relative_to(ROOT)), marks=marks.get(page.name, ())) for page in PAGES]


@pytest.mark.parametrize("page", page_params())
def test_examples_print_what_the_page_shows(
    page: Path, ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every example on the page runs and prints exactly what is shown."""
    monkeypatch.chdir(tmp_path)
    if page.name == "spark.md":  # its first examples find the session of all tests, its command starts its own
        from frame.engines import spark

        spark()
        monkeypatch.setenv("SPARK_HOME", str(spark_home()))
    for folder in page.parent.iterdir() if page.parent.name == "worked" else ():
        if folder.is_dir():
            shutil.copytree(folder, tmp_path / folder.name)
    document = parsed(page, () if str(page.relative_to(ROOT)) in NEW_PROCESSES else (ready,))
    wrong: list[tuple[Example, Differs]] = []
    for example in document.examples():
        try:
            example.evaluate()
        except Differs as found:
            wrong.append((example, found))
    if REFRESH and wrong:
        page.write_text(refreshed(document.text, wrong), encoding="utf-8")
    elif wrong:
        pytest.fail("\n\n".join(f"{page.relative_to(ROOT)}, line {e.line}:\n{found}" for e, found in wrong))


def refreshed(text: str, wrong: list[tuple[Example, Differs]]) -> str:
    """The page with what was printed in place of what it showed."""
    for example, found in reversed(wrong):
        region = example.region
        old = text[region.start : region.end]
        head, _, tail = old.rpartition(found.shown) if found.shown else (old, "", "")
        text = text[: region.start] + head + found.printed + tail + text[region.end :]
    return text


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_no_block_is_passed_over(page: Path) -> None:
    """Every code block on the page names a language whose examples are run, or is plain text."""
    languages = re.findall(r"^`{3,}(?:\{code-block\} *)?([\w-]+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(languages) <= {*LANGUAGES, "text", "sh"}
