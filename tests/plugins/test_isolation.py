"""Whatever a plugin does while it is imported, looked at or asked, no other plugin is stopped by it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

import careassure as ca
from careassure import errors
from careassure.plugins.host import PluginHost
from made_up import SOUND, announced

CAMDEN = ca.Assessment.of("Camden", [3, 3, 4, 3, 4, 4, 3, 4, 4])
_NUMBERS = count()

HERE = Path(__file__).parent
HOOK = """from careassure import hookimpl
@hookimpl
def careassure_scorers():"""
SCORER = """
from careassure import hookimpl
@hookimpl
def careassure_scorers():
    return [Evil()]
class Evil:
    name, version, title = "evil", "1", "Evil"
    def accepts(self, framework):
        return True
    def score(self, assessment):
        raise AssertionError
"""


def modules(file: str) -> dict[str, str]:
    """The modules in a file of them, by what is wrong with each."""
    text = (HERE / file).read_text(encoding="utf-8")
    parts = [part.partition("\n") for part in text.split("=== ")[1:]]
    return {title: code.replace("HOOK", HOOK).replace("SCORER", SCORER) for title, _, code in parts}


FAULTS = modules("faults.txt")
STOPS = modules("stops.txt")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path; what was imported from it is forgotten afterwards."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__dict__", {}).get("__file__")).startswith(str(tmp_path)):
            del sys.modules[name]
    importlib.invalidate_caches()


def beside(site: Path, text: str) -> None:
    """A plugin beside a good one, in modules of names that no other test uses."""
    number = next(_NUMBERS)
    announced(site, "acme-good", f"acme_good_{number}", SOUND.format(name="good"), "good")
    announced(site, "acme-evil", f"acme_evil_{number}", text, "evil")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("fault", FAULTS)
def test_no_plugin_stops_another(fault: str, site: Path) -> None:
    """Where failures are skipped the bad one is left out, listed and named once, and all others work."""
    beside(site, FAULTS[fault])
    host = PluginHost(on_error="skip", only=["good", "evil"])
    assert {info.name: info.status for info in host.installed()}["evil"] == "not loaded"
    framework = host.framework("cqc-la")
    assert [item.name for item in host.scorers()] == ["evidence-category", "good", "single-word"]
    assert [item.name for item in host.accepting(framework)] == ["single-word", "good"]
    assert host.scorer("good").score(CAMDEN).result == "Good"
    assert [(type(error).__module__, error.plugin) for error in host.failures] == [("careassure.errors", "evil")]
    assert str(host.failures[0]).startswith("plugin evil (from acme-evil 1.0): ")
    status = {info.name: (info.status, info.error) for info in host.installed()}
    assert status["evil"] == ("failed", str(host.failures[0]))
    assert status["good"] == ("loaded", "")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_named_where_nothing_is_skipped(fault: str, site: Path) -> None:
    """Otherwise the error is one of careassure's own, and names the plugin and its distribution, every time."""
    beside(site, FAULTS[fault])
    host = PluginHost(only=["good", "evil"])
    for _ in range(2):
        with pytest.raises(errors.PluginError) as caught:
            host.scorers()
        assert (caught.value.plugin, caught.value.distribution) == ("evil", "acme-evil 1.0")
        assert str(caught.value)
    assert "evil" in {info.name for info in host.installed()}


@pytest.mark.parametrize("on_error", ["skip", "raise"])
@pytest.mark.parametrize("when", STOPS)
def test_ctrl_c_passes(when: str, on_error: str, site: Path) -> None:
    """A wish to stop is never taken for a fault, and nothing is forgotten by it: the next call finds the same."""
    beside(site, STOPS[when])
    host = PluginHost(on_error=on_error, only=["good", "evil"])  # type: ignore[arg-type]
    before = [info.name for info in host.installed()]
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            host.scorers()
    assert [info.name for info in host.installed()] == before
    assert host.failures == ()


def test_a_plugin_may_look_up_what_ships_with_the_core(site: Path) -> None:
    """While plugins are imported and asked, one that looks something up finds the core, and no other plugin."""
    text = (
        "import careassure as ca\nfrom careassure.plugins import host\n"
        "SCALE = host.HOST.framework('cqc-la').scale('cqc-rating')\n"
        f"NAMES = [item.name for item in host.HOST.scorers()]\n{SOUND.format(name='evil')}"
    ).replace(
        "    return [Scorer()]", "    assert NAMES == [s.name for s in host.HOST.scorers()]\n    return [Scorer()]"
    )
    beside(site, text)
    import careassure.plugins.host as module

    host = PluginHost(only=["good", "evil"])
    module.HOST = host  # type: ignore[attr-defined]
    try:
        assert [item.name for item in host.scorers()] == ["evidence-category", "evil", "good", "single-word"]
    finally:
        del module.HOST  # type: ignore[attr-defined]


@pytest.mark.parametrize(("number", "kind"), [(1000, None), (1001, errors.HookReturnError)])
def test_a_thousand_items_are_taken_and_no_more(number: int, kind: type[Exception] | None, site: Path) -> None:
    """What a hook gives is bounded, and the bound is said."""
    text = SOUND.format(name="x").replace(
        "    return [Scorer()]",
        "    def made(n):\n        scorer = Scorer()\n        scorer.name = f'x{n}'\n        return scorer\n"
        f"    return map(made, range({number}))",
    )
    announced(site, "acme-many", f"acme_many_{number}", text, "many")
    host = PluginHost(on_error="skip", only=["many"])
    assert len(host.scorers()) == (2 if kind else 1002)
    assert [type(error) for error in host.failures] == ([kind] if kind else [])
    assert all("gave more than 1,000 items" in str(error) for error in host.failures)
