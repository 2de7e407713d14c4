"""Plugins that are found because they are installed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from careassure.errors import PluginError
from careassure.plugins.host import PluginHost

Install = Callable[..., None]
SCORER = """
import careassure as ca

class Scorer:
    name = "{name}"
    version = "1"
    title = "From {distribution}"
    def accepts(self, framework):
        return True
    def score(self, assessment):
        raise NotImplementedError

@ca.hookimpl
def careassure_scorers():
    return [Scorer()]
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """A way to install a distribution with one module and one entry point into a folder on the path."""
    made: list[str] = []

    def write(distribution: str, code: str = SCORER, *, point: str = "", target: str = "") -> None:
        folder = tmp_path / distribution
        module = f"{distribution.replace('-', '_')}_of_test"
        made.append(module)
        info = folder / f"{distribution}-3.1.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 3.1\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(
            f"[careassure]\n{point or distribution} = {target or module}\n", encoding="utf-8"
        )
        text = code.replace("{name}", f"{distribution}-scorer").replace("{distribution}", distribution)
        (folder / f"{module}.py").write_text(text, encoding="utf-8")
        monkeypatch.syspath_prepend(str(folder))

    yield write
    for module in made:
        sys.modules.pop(module, None)


def test_an_installed_plugin_is_found(install: Install) -> None:
    """A distribution that announces a plugin adds its scorers, with its own name and version."""
    install("some-dist")
    host = PluginHost()
    found = host.scorer("some-dist-scorer")
    assert (found.plugin, found.distribution, found.distribution_version) == ("some-dist", "some-dist", "3.1")
    assert found.title == "From some-dist"
    assert host.scorer("some-dist:some-dist-scorer") is found


def test_without_discovery_nothing_is_found(install: Install) -> None:
    """A host that does not look for plugins has only what ships with the core."""
    install("some-dist")
    assert [item.distribution for item in PluginHost(discover=False).scorers()] == ["careassure", "careassure"]


@pytest.mark.parametrize("first", ["a-dist", "b-dist"])
def test_the_order_on_the_path_does_not_matter(install: Install, first: str) -> None:
    """Whichever distribution stands first on the path, the scorers are the same in the same order."""
    for name in sorted(["a-dist", "b-dist"], key=lambda name: name != first):
        install(name)
    names = [item.name for item in PluginHost().scorers()]
    assert names == sorted(names)
    assert {"a-dist-scorer", "b-dist-scorer"} <= set(names)


@pytest.mark.parametrize(
    ("code", "target", "words"),
    [
        ("import no_such_module_of_test", "", "no_such_module_of_test"),
        ("raise RuntimeError('it broke')", "", "it broke"),
        ("x = (", "", "was never closed"),
        ("x = 1", "bad_dist_of_test:missing", "missing"),
        ("x = 1", "no_such_module_of_test", "no_such_module_of_test"),
    ],
)
def test_a_plugin_that_cannot_be_imported_is_named(install: Install, code: str, target: str, words: str) -> None:
    """A plugin that fails at import is an error that names the plugin, its distribution and the reason."""
    install("bad-dist", code, target=target)
    with pytest.raises(PluginError, match=words) as raised:
        PluginHost().scorers()
    assert raised.value.plugin == "bad-dist"
    assert raised.value.distribution == "bad-dist 3.1"
    assert str(raised.value).startswith("plugin bad-dist (from bad-dist 3.1): ")
    assert raised.value.__cause__ is not None


def test_a_misspelt_hook_is_named_with_its_distribution(install: Install) -> None:
    """An installed plugin with a hook that does not exist is refused with the hook and the distribution."""
    install("bad-dist", SCORER.replace("def careassure_scorers", "def careassure_scorrers"))
    with pytest.raises(PluginError, match="careassure_scorrers") as raised:
        PluginHost().scorers()
    assert raised.value.distribution == "bad-dist 3.1"


def test_one_plugin_name_from_two_distributions_is_refused(install: Install) -> None:
    """A plugin name that two distributions claim is an error that names both, whichever stands first."""
    install("a-dist", point="shared")
    install("b-dist", point="shared")
    with pytest.raises(PluginError) as raised:
        PluginHost().scorers()
    assert "a-dist 3.1" in str(raised.value)
    assert "b-dist 3.1" in str(raised.value)


def test_one_scorer_name_from_two_distributions_is_refused(install: Install) -> None:
    """A scorer name that two distributions offer is an error that names both, and nothing is renamed."""
    install("a-dist", SCORER.replace("{name}", "twin"))
    install("b-dist", SCORER.replace("{name}", "twin"))
    with pytest.raises(PluginError, match="'twin'") as raised:
        PluginHost().scorers()
    assert "a-dist 3.1" in str(raised.value)
    assert "b-dist 3.1" in str(raised.value)
