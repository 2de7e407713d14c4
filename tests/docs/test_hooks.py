"""The pages of the hooks say what the hooks are."""

from __future__ import annotations

import re
from inspect import signature
from pathlib import Path
from types import SimpleNamespace

import pytest

from careassure.plugins.host import PluginHost
from careassure.plugins.rules import HOOKS
from careassure.plugins.spec import API_VERSION, Hooks

PAGES = Path(__file__).parents[2] / "docs" / "reference" / "hooks"


def page(hook: str) -> str:
    """The text of a hook's page."""
    return (PAGES / f"{hook}.md").read_text(encoding="utf-8")


def test_every_hook_has_a_page_and_no_page_is_without_hook() -> None:
    """The pages are those of the hooks that are declared, which are those that are called."""
    declared = sorted(name for name in vars(Hooks) if name.startswith("careassure_"))
    assert declared == sorted(HOOKS) == sorted(path.stem for path in PAGES.glob("careassure_*.md"))
    assert f"now `{API_VERSION}`" in (PAGES / "index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("hook", HOOKS)
def test_a_page_has_the_signature_of_its_hook(hook: str) -> None:
    """A page shows the hook with exactly its arguments, and explains each."""
    arguments = list(signature(getattr(Hooks, hook)).parameters)[1:]
    assert f"\n{hook}({', '.join(arguments)})\n" in page(hook)
    assert re.findall(r"^`(\w+)`\n: ", page(hook), re.MULTILINE) == arguments


@pytest.mark.parametrize("hook", HOOKS)
def test_the_example_of_a_hook_is_a_working_plugin(hook: str) -> None:
    """The example on a hook's page registers, and offers something, beside that of the framework it needs."""
    host = PluginHost(discover=False)
    for name in dict.fromkeys(["careassure_frameworks", hook]):
        code = page(name).rsplit("```python\n", 1)[1].split("```")[0]
        space: dict[str, object] = {}
        exec(compile(code, name, "exec"), space)  # noqa: S102  (the example is ours)
        host.register(SimpleNamespace(**{name: space[name]}), name.replace("_", "-"))
    host.scorers()
    found = next(info for info in host.installed() if info.name == hook.replace("_", "-"))
    assert found.offers
