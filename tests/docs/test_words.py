"""The words of messages and pages: plain, and no sentence longer than can be read in one breath.

Whoever reads a message is not a programmer. `house_words.txt` lists what a native editor struck out, so that it does
not come back. Twenty-five words to a sentence is the limit of GOV.UK's guide to content design (2016): beyond it,
readers lose the thread.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import careassure as ca
from careassure.cli import parser
from careassure.testing.strategies import assessments
from helpers import few
from methods.base import with_change
from methods.test_load_refuses import CASES as METHOD_FAULTS
from methods.test_load_refuses import problems_of
from plain_words import RULES, struck_out, too_long

ROOT = Path(__file__).parents[2]
MODULES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "plugins").glob("*/src/**/*.py")])
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *(ROOT / "plugins").glob("*/*.md"), ROOT / "README.md"])
CODE = re.compile(r"\(\?|\\[dwsb]|[{};] *[a-z-]+ *: *[#\w]|\b(select|from) .*\bas\b|[<>]{2}|[.,] ?\w+=")
GAP = "{}"
"""What stands in the place of a value in an f-string: one word."""


def texts_of(module: Path) -> Iterator[tuple[int, str]]:
    """The texts in a module that are no docstrings, each with its line; a value in one counts as a word."""
    tree = ast.parse(module.read_text("utf-8"))
    apart = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    apart |= {id(part) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for part in n.values}
    for node in ast.walk(tree):
        if id(node) in apart:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        elif isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(str(p.value) if isinstance(p, ast.Constant) else GAP for p in node.values)


def is_code(text: str) -> bool:
    """Whether a text is a pattern, a style, a query or a list of names, and not a sentence."""
    return CODE.search(text) is not None


@pytest.mark.slow  # the same under every Python
@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_messages_are_plain_and_short(module: Path) -> None:
    """No text of a module says what was struck out, and none has a sentence that is too long."""
    said = [(line, text) for line, text in texts_of(module) if text.count(" ") > 1 and not is_code(text)]
    assert [f"line {line}: {what}" for line, text in said for what in (*struck_out(text), *too_long(text))] == []


@pytest.mark.slow  # the same under every Python
@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_are_plain(page: Path) -> None:
    """No page says what was struck out."""
    assert struck_out(page.read_text("utf-8")) == []


@few
@given(st.data(), st.sampled_from([s.name for s in ca.scorers()]))
def test_explanations_are_short(data: st.DataObject, name: str) -> None:
    """Whatever an assessment holds, no sentence by which a shipped scorer explains it is too long."""
    scorer = ca.scorer(name)
    frameworks = [framework for item in ca.frameworks() for framework in item.versions if scorer.accepts(framework)]
    outcome = ca.assess(data.draw(assessments(data.draw(st.sampled_from(frameworks)))), scorer)
    for step in outcome.trace.walk():
        assert too_long(step.text) == []
    assert [line for flag in outcome.flags for line in too_long(flag.text)] == []
    assert [sentence for line in outcome.explain().splitlines() for sentence in too_long(line)] == []


@pytest.mark.parametrize("name", METHOD_FAULTS)
def test_what_is_said_of_a_method_file_is_short(name: str) -> None:
    """No sentence about a mistake in a method file is too long, and none says what was struck out."""
    path, value, *_ = METHOD_FAULTS[name]
    for place, message, hint in problems_of(with_change(path, value)):
        assert too_long(f"{place}: {message}. {hint}") + struck_out(f"{message}. {hint}") == []


def parsers(of: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of its commands."""
    yield of
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from parsers(inner)


@pytest.mark.parametrize("command", list(parsers(parser())), ids=lambda found: found.prog)
def test_help_is_plain_and_short(command: argparse.ArgumentParser) -> None:
    """What a command and each of its options is said to do."""
    helps = [action.help or "" for action in command._actions]
    said = [text for text in (command.description or "", command.epilog or "", *helps) if text != argparse.SUPPRESS]
    assert [what for text in said for what in (*too_long(text), *struck_out(text))] == []


@pytest.mark.parametrize("rule", [rule for rule, _ in RULES])
def test_every_rule_can_be_read(rule: str) -> None:
    """A rule is a regular expression and strikes out nothing that says nothing."""
    assert re.compile(rule).search("") is None


def test_what_is_struck_out_is_found() -> None:
    """Both looks find what they are for: words that were struck out, and a sentence of 26 words but not of 25."""
    assert struck_out("'x' is no\n  grade") == ["'is no ': write 'is not a'"]
    assert struck_out("there is no grade") == []
    assert too_long("word " * 25) == []
    assert too_long("word " * 26)[0].startswith("26 words")
