"""The reference pages keep in step with what they describe."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import attrs
import pytest

import careassure as ca
from careassure import cli, errors
from careassure.io import frameworks, records
from careassure.io import methods as load
from careassure.io import shared_fields as tables
from careassure.methods import conditions
from careassure.model import assessment, evidence, outcome, reference, rounding, trace
from careassure.model.as_dict import outcome_to_dict

DOCS = Path(__file__).parents[2] / "docs"
TAKERS = {"text", "texts", "choice", "flag", "whole", "date", "tables", "named", "need", "take", "has"}
WORD = re.compile(r"[a-z_]+")


def page(name: str) -> str:
    """The text of a page."""
    return (DOCS / name).read_text(encoding="utf-8")


def in_code(text: str) -> set[str]:
    """Every word that the page sets as code."""
    return {word for found in re.findall(r"`([^`\n]+)`", text) for word in re.findall(r"\w+", found)}


def keys_taken(*modules: ModuleType) -> Iterator[str]:
    """Every key that the modules take from a table of a file, and the words that they allow for it."""
    for module in modules:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TAKERS:
                words: list[ast.expr] = list(node.args)
            elif isinstance(node, ast.For | ast.comprehension):
                words = [node.iter]
            else:
                continue
            for constant in (inner for word in words for inner in ast.walk(word)):
                if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                    yield constant.value


def keys_of(*classes: type) -> Iterator[str]:
    """The names of the fields of the classes."""
    return (field.name for kind in classes for field in attrs.fields(kind))


def missing(words: Iterator[str] | tuple[str, ...], name: str) -> list[str]:
    """Those of the words that the page does not set as code."""
    known = in_code(page(name))
    return sorted({word for word in words if WORD.fullmatch(word) and word not in known})


def test_every_key_of_a_method_file_is_described() -> None:
    """The page on method files names every key that the loader takes."""
    assert missing(keys_taken(load, tables), "reference/method-file.md") == []


@pytest.mark.parametrize(
    "choices",
    [conditions.InputLevel, conditions.MeasureKind, rounding.Rounding, reference.Basis],
    ids=["levels", "kinds", "roundings", "bases"],
)
def test_every_word_that_a_method_file_may_use_is_described(choices: object) -> None:
    """The page on method files names every level, kind, rounding and basis."""
    words = getattr(choices, "__args__", ())
    assert words
    assert missing(words, "reference/method-file.md") == []


def test_every_key_of_a_framework_file_is_described() -> None:
    """The page on framework files names every key that the loader takes."""
    assert missing(keys_taken(frameworks), "reference/framework-file.md") == []


def test_every_key_of_an_assessment_file_is_described() -> None:
    """The page on assessment files names every key that the reader takes."""
    kinds = (records._AssessmentRecord, records._StatedRecord, evidence.Evidence, assessment.Disagreement)
    assert missing(keys_of(*kinds), "reference/assessment-file.md") == []


def test_every_key_of_an_outcome_file_is_described() -> None:
    """The page on outcome files names every key that is written, and only such keys in its main table."""
    found = ca.assess(ca.Assessment.of("Camden", [3, 3, 4, 3, 4, 4, 3, 4, 4]))
    written = tuple(outcome_to_dict(found))
    inner = (outcome.Margin, outcome.ProfileEntry, outcome.Flag, outcome.Measure, trace.Step, reference.Reference)
    assert missing((*written, *keys_of(*inner)), "reference/outcome.md") == []
    table = page("reference/outcome.md").partition("## Keys")[2].partition("### ")[0]
    assert sorted(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == sorted(written)


PAGES = [
    (ca, "reference/api.md"),
    *(
        (getattr(ca, name), f"reference/api-{name}.md")
        for name in ("analysis", "figures", "privacy", "report", "samples", "tables", "workspaces")
    ),
]


@pytest.mark.parametrize(("package", "name"), PAGES, ids=[name for _, name in PAGES])
def test_every_public_name_is_described(package: ModuleType, name: str) -> None:
    """The page on the API has an entry for each name that the package offers, and for no other."""
    entries = re.findall(r"^\.\. auto(?:class|function|exception|data):: (\w+)$", page(name), re.MULTILINE)
    assert sorted(entries) == [
        found for found in package.__all__ if not isinstance(getattr(package, found), ModuleType)
    ]
    assert set(re.findall(r"currentmodule:: (.*)", page(name))) == {package.__name__}


@pytest.mark.parametrize(("package", "name"), PAGES, ids=[name for _, name in PAGES])
def test_every_stored_property_is_described(package: ModuleType, name: str) -> None:
    """The page on the API has an entry for each property that autodoc cannot see because it is worked out only once."""
    stored = {
        f"{kind}.{found}"
        for kind in package.__all__
        if isinstance(getattr(package, kind), type)
        for found in re.findall(r"@cached_property\n    def ([a-z]\w*)", inspect.getsource(getattr(package, kind)))
    }
    blocks = re.findall(r"^\.\. autoclass:: (\w+)\n((?:(?: .*)?\n)*)", page(name), re.MULTILINE)
    assert stored == {f"{kind}.{found}" for kind, body in blocks for found in re.findall(r"py:property:: (\w+)", body)}


def test_every_error_is_described() -> None:
    """The page on errors has a row for each error, with the builtin that it derives from."""
    rows = dict(re.findall(r"^\| `(\w+)` \| *(?:`(\w+)`)? *\|", page("reference/errors.md"), re.MULTILINE))
    kinds = {
        name: kind
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.CareAssureError) and kind is not errors.CareAssureError
    }
    builtins = {kind.__name__: kind for kind in (ValueError, TypeError, LookupError, ImportError)}
    assert sorted(rows) == sorted(kinds)
    for name, builtin in rows.items():
        derived = [word for word, base in builtins.items() if issubclass(kinds[name], base)]
        assert derived == ([builtin] if builtin else [])


def test_every_command_is_described() -> None:
    """The page on the command line, that for plugin authors or that for workspaces runs each command."""
    text = page("howto/command-line.md") + page("howto/publish-a-plugin.md") + page("tutorial-workspace.md")
    (commands,) = [action.choices for action in cli.parser()._actions if isinstance(action.choices, dict)]
    assert [name for name in commands if f"$ careassure {name}" not in text] == []


def test_every_page_is_in_the_contents() -> None:
    """The front page and the pages that it leads to lead to every other page."""
    pages = {
        str(found.relative_to(DOCS).with_suffix("")) for found in DOCS.rglob("*.md") if "_build" not in found.parts
    }
    listed = {
        str(Path(name).parent / entry)
        for name in pages
        if Path(name).name == "index"
        for entry in re.findall(r"^[\w/-]+$", page(f"{name}.md"), re.MULTILINE)
    }
    assert pages - listed == {"index"}


def test_the_page_on_workspaces_lists_every_table_and_column() -> None:
    """What the page says of a column is what a new workspace says of it."""
    from careassure.workspaces.sheets import SHEETS

    found = page("reference/workspace.md")
    for sheet in SHEETS:
        _, _, section = found.partition(f"## `{sheet.file}`\n")
        section = section.partition("\n## ")[0]
        rows = re.findall(r"^\| `(\w+)` \| (yes)? ?\| (yes)? ?\| (.*) \|$", section, re.MULTILINE)
        assert rows == [
            (c.name, "yes" if c.needed else "", "yes" if c.text else "", c.meaning) for c in sheet.columns
        ], sheet.file
