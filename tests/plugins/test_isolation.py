"""Whatever a plugin does while it is imported, looked at or asked, no other plugin is stopped by it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest

import careassure as ca
from careassure import errors
from careassure.plugins.host import PluginHost
from made_up import announced, put
from plugin_wheels import SCORER as SOUND

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


def test_threads_that_ask_at_once_find_the_same(site: Path) -> None:
    """Eight threads at a host that nobody asked before: each finds the same, and the bad plugin is listed once."""
    beside(site, FAULTS["exits in a hook"])
    number = next(_NUMBERS)
    announced(site, "acme-third", f"acme_third_{number}", "raise SystemExit", "third")
    for _ in range(3):
        host = PluginHost(on_error="skip", only=["good", "evil", "third"])
        together = Barrier(8)

        def ask(host: PluginHost = host, together: Barrier = together) -> list[str]:
            together.wait(timeout=60)
            return [item.name for item in host.scorers()]

        with ThreadPoolExecutor(8) as pool:
            found = [task.result() for task in [pool.submit(ask) for _ in range(8)]]
        assert found == [["evidence-category", "good", "single-word"]] * 8
        assert sorted(error.plugin for error in host.failures) == ["evil", "third"]
        assert [info.status for info in host.installed() if info.name in ("evil", "third")] == ["failed", "failed"]


@pytest.mark.parametrize("name", [7, None, b"acme", "", "a b", "a/b", "\u0435vil", "a\n"])
def test_a_name_that_cannot_be_one_is_refused(name: Any) -> None:
    """A plugin is registered under a name that can be asked for, or not at all."""
    host = PluginHost(discover=False)
    with pytest.raises(errors.PluginUnreadableError, match="cannot be a plugin's name"):
        host.register(SimpleNamespace(), name, "acme-dist")
    assert [info.name for info in host.installed()] == ["careassure"]


def test_one_object_under_two_names_is_refused() -> None:
    """The second name is refused, and the first stays."""
    host = PluginHost(discover=False)
    plugin = SimpleNamespace()
    host.register(plugin, "first")
    with pytest.raises(errors.PluginConflictError, match="first and second are one plugin under 2 names"):
        host.register(plugin, "second")
    assert [info.name for info in host.installed()] == ["careassure", "first"]


@pytest.mark.parametrize("name", [7, None, b"single-word", ["single-word"]])
def test_a_scorer_is_asked_for_by_a_name(name: Any) -> None:
    """Anything but text is refused in words."""
    with pytest.raises(errors.UnknownScorerError, match="is not the name of a scorer"):
        PluginHost(discover=False).scorer(name)


@pytest.mark.parametrize(("failures", "words"), [(0, "no scorer 'x'\\."), (1, "no scorer 'x'; 1 plugin left out")])
def test_a_scorer_that_is_missed_may_be_of_a_plugin_that_was_left_out(failures: int, words: str, site: Path) -> None:
    """Who asks for a scorer that is not there is told whether plugins were left out."""
    beside(site, FAULTS["exits in a hook"])
    host = PluginHost(on_error="skip", only=["good", "evil"] if failures else ["good"])
    with pytest.raises(errors.UnknownScorerError, match=words):
        host.scorer("x")


def test_a_plugin_s_file_that_is_wrong_is_its_own_fault(site: Path) -> None:
    """A package whose files cannot be read, or are wrong, is left out like any other."""
    announced(site, "acme-good", "acme_good_files", SOUND.format(name="good"), "good")
    for number, wrong in enumerate((b"\xff", b"format = 'careassure.method/1'", b"[", None)):
        name = f"acme_files_{number}"
        package = site / name
        package.mkdir()
        (package / "__init__.py").touch()
        if wrong is None:
            (package / "x.toml").mkdir()
        else:
            (package / "x.toml").write_bytes(wrong)
        put(site, f"acme-files-{number}", f"[careassure]\nfiles{number} = {name}\n")
        host = PluginHost(on_error="skip", only=["good", f"files{number}"])
        assert [item.name for item in host.scorers()] == ["evidence-category", "good", "single-word"]
        (failure,) = host.failures
        assert (type(failure), failure.plugin) == (errors.HookReturnError, f"files{number}")
        assert "a file in it is wrong: " in str(failure)
