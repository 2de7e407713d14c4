"""Plugins that are really installed, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from plugin_wheels import SCORER, TOY_FRAMEWORK, TOY_METHOD, distribution, install, make_wheel, run

NINE = "ca.Assessment.of('Camden', [3, 3, 4, 3, 4, 4, 3, 4, 4])"
CATCH = """
import careassure as ca
try:
    ca.scorers()
except ca.CareAssureError as error:
    print(type(error).__name__, error)
"""
RATE = f"import careassure as ca; print(ca.assess({NINE}, scorer='{{}}').result)"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A distribution with a sound scorer."""
    return distribution(
        tmp_path_factory.mktemp("good"), "acme-weakest", "acme_weakest", SCORER.format(name="acme-weakest"), "acme"
    )


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A distribution whose module raises when it is imported."""
    return distribution(tmp_path_factory.mktemp("broken"), "acme-broken", "acme_broken", "1 / 0\n", "broken")


@pytest.fixture(scope="module")
def rivals(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two distributions that claim one plugin name."""
    root = tmp_path_factory.mktemp("rivals")
    return (
        distribution(root / "a", "rival-a", "rival_a", SCORER.format(name="rival-a"), "rival"),
        distribution(root / "b", "rival-b", "rival_b", SCORER.format(name="rival-b"), "Rival"),
    )


@pytest.fixture(scope="module")
def same_scorer(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two distributions whose plugins have different names and offer scorers of one name."""
    root = tmp_path_factory.mktemp("same")
    return (
        distribution(root / "a", "same-a", "same_a", SCORER.format(name="twin"), "one"),
        distribution(root / "b", "same-b", "same_b", SCORER.format(name="twin"), "two"),
    )


def test_an_installed_scorer_is_swapped_in_by_its_name(good: Path) -> None:
    """A scorer from somebody else's distribution is used by naming it, and is named in the outcome."""
    code = f"""
import careassure as ca
o = ca.assess({NINE}, scorer='acme-weakest')
print(o.result, '|', o.distribution, o.distribution_version, o.scorer_version)
"""
    assert run(code, good).stdout == "Good | acme-weakest 1.0 1\n"
    assert run(RATE.format("acme:acme-weakest"), good).stdout == "Good\n"


def test_the_command_line_swaps_it_in(good: Path) -> None:
    """The command line uses it, lists it, and compares it with the others."""
    environment = {**os.environ, "PYTHONPATH": str(good)}

    def out(*arguments: str) -> str:
        command = [sys.executable, "-m", "careassure", *arguments]
        return subprocess.run(command, capture_output=True, check=True, text=True, env=environment).stdout

    assert out("assess", *"334344344", "--scorer", "acme-weakest").startswith("Unnamed council: Good\n")
    assert "acme-weakest" in out("compare", *"334344344")
    rows = {row["plugin"]: row for row in json.loads(out("plugins", "--format", "json"))}
    assert (rows["acme"]["status"], rows["acme"]["offers"]) == ("loaded", "scorers acme-weakest")


def test_one_name_claimed_twice_is_one_error_in_both_orders(rivals: tuple[Path, Path]) -> None:
    """Two distributions that claim one plugin name give the same error whichever comes first on the path."""
    one = run(CATCH, *rivals).stdout
    other = run(CATCH, *reversed(rivals)).stdout
    assert one == other
    assert one.startswith("PluginConflictError")
    assert "rival-a 1.0" in one
    assert "rival-b 1.0" in one


def test_one_scorer_offered_twice_is_one_error_in_both_orders(same_scorer: tuple[Path, Path]) -> None:
    """Two plugins that offer scorers of one name give the same error whichever comes first, and none is renamed."""
    skip = (
        "from careassure.plugins.host import PluginHost; h = PluginHost(on_error='skip'); "
        "print('twin' in [s.name for s in h.scorers()], len(h.failures))"
    )
    one = run(f"{CATCH}\n{skip}", *same_scorer).stdout
    assert one == run(f"{CATCH}\n{skip}", *reversed(same_scorer)).stdout
    assert "same-a 1.0" in one
    assert "same-b 1.0" in one
    assert one.endswith("\nFalse 1\n")


def test_a_broken_plugin_harms_no_other(good: Path, broken: Path) -> None:
    """Beside a plugin that raises at import a good one works when failures are skipped, and the failure is listed."""
    code = (
        "from careassure.plugins.host import PluginHost; import careassure as ca\n"
        "host = PluginHost(on_error='skip')\n"
        f"print(host.scorer('acme-weakest').score({NINE}).result)\n"
        "print([type(e).__name__ for e in host.failures], host.failures[0].plugin, host.failures[0].distribution)"
    )
    assert run(code, broken, good).stdout == "Good\n['PluginImportError'] broken acme-broken 1.0\n"


def test_what_ships_is_rated_beside_a_broken_plugin(broken: Path) -> None:
    """A rating by the core's own method loads no plugin, so a broken one does it no harm and is not even imported."""
    done = run(RATE.format("single-word"), broken, CAREASSURE_TRACE_PLUGINS="1")
    assert done.stdout.startswith("Outstanding")
    assert "careassure: broken" not in done.stderr


def test_a_broken_plugin_is_named_when_nothing_is_skipped(good: Path, broken: Path) -> None:
    """By default the failure stops whatever a plugin could offer, and says how to leave the broken one out."""
    done = run(RATE.format("acme-weakest"), broken, good)
    assert "plugin broken (from acme-broken 1.0)" in done.stderr
    assert "CAREASSURE_DISABLE_PLUGINS=broken" in done.stderr
    assert run(RATE.format("acme-weakest"), broken, good, CAREASSURE_DISABLE_PLUGINS="broken").stdout == "Good\n"


def test_the_environment_chooses_plugins(good: Path, broken: Path) -> None:
    """An allowlist uses those alone, and an empty one only what ships with the core."""
    names = "import careassure as ca; print([s.name for s in ca.scorers() if 'acme' in s.name])"
    assert run(names, broken, good, CAREASSURE_PLUGINS="acme").stdout == "['acme-weakest']\n"
    assert run(names, broken, good, CAREASSURE_PLUGINS="").stdout == "[]\n"
    assert run(names, good, CAREASSURE_DISABLE_PLUGINS="ACME").stdout == "[]\n"


def test_calls_of_hooks_can_be_watched(good: Path) -> None:
    """With tracing on, each call of a hook is written to standard error with its plugin."""
    done = run(RATE.format("acme-weakest"), good, CAREASSURE_TRACE_PLUGINS="1")
    assert "careassure: acme (acme-weakest 1.0): careassure_scorers gave 1 in" in done.stderr


def test_listing_imports_nothing(broken: Path, good: Path) -> None:
    """Listing plugins reads their metadata and imports none of them."""
    code = (
        "import sys; from careassure.plugins.host import PluginHost; infos = PluginHost().installed(); "
        "print({i.name: i.status for i in infos if i.name in ('acme', 'broken')}, 'acme_weakest' in sys.modules)"
    )
    assert run(code, broken, good).stdout == "{'acme': 'not loaded', 'broken': 'not loaded'} False\n"


def test_a_plugin_can_be_files_alone(tmp_path: Path) -> None:
    """A distribution with an empty package and TOML files brings a framework and a method without any code."""
    files = {"toy_plugin/__init__.py": "", "toy_plugin/toy.toml": TOY_FRAMEWORK, "toy_plugin/count.toml": TOY_METHOD}
    site = install(tmp_path / "site", make_wheel(tmp_path, "toy-plugin", files, "[careassure]\ntoy = toy_plugin\n"))
    code = (
        "import careassure as ca; a = ca.Assessment.of('Bob', ['high', 'HIGH'], framework='toy'); "
        "print(ca.assess(a).result, ca.check(ca.scorer('toy-count').scorer.method, a.framework).ok)"
    )
    assert run(code, site).stdout == "High True\n"


def test_a_new_plugin_installs_and_fails_only_where_it_should(tmp_path: Path) -> None:
    """A distribution written by new-plugin offers its scorer as soon as it is on the path."""
    command = [sys.executable, "-m", "careassure", "new-plugin", "lowest", "--folder", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    source = tmp_path / "careassure-lowest" / "src" / "careassure_lowest" / "__init__.py"
    files = {"careassure_lowest/__init__.py": source.read_text(encoding="utf-8")}
    wheel = make_wheel(tmp_path, "careassure-lowest", files, "[careassure]\nlowest = careassure_lowest\n")
    site = install(tmp_path / "site", wheel)
    assert run(RATE.format("lowest"), site).stdout == "Good\n"
    again = subprocess.run(command, check=False, capture_output=True, text=True)
    assert again.returncode == 1
    assert "it already exists" in again.stderr
