"""Plugins are found whatever stands in the metadata of other distributions, and each thing once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import Distribution
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careassure import errors
from careassure.plugins.discovery import announced as found_on_path
from careassure.plugins.host import PluginHost
from made_up import announced, put
from plugin_wheels import SCORER

GOOD = SCORER.format(name="acme-good")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path, with a good plugin that is not imported before it is asked."""
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in [name for name in sys.modules if name.startswith("acme_")]:
        del sys.modules[name]


def listed(host: PluginHost) -> list[tuple[str, str, str, str]]:
    """What a host lists of the plugins of these tests."""
    return [
        (info.name, info.distribution, info.version, info.status)
        for info in host.installed()
        if info.distribution.startswith("acme") or info.error
    ]


SHIPPED = {f"careassure-{name}" for name in ("checklist", "cqc-provider", "ofsted", "regulators", "report-card")}
FINE = ("acme", "acme-good", "1.0", "not loaded")

STRANGERS: dict[str, Callable[[Path], object]] = {
    "a line without an equals sign": lambda s: put(s, "stranger", "[console_scripts]\nbad\n"),
    "a line before any section": lambda s: put(s, "stranger", "bad\n[x]\ny = z\n"),
    "not UTF-8": lambda s: put(s, "stranger", b"[x]\ny = \xff\xfe\n"),
    "UTF-16": lambda s: put(s, "stranger", "[x]\ny = z\n".encode("utf-16")),
    "nothing but zeros": lambda s: put(s, "stranger", b"\x00" * 100),
    "no files": lambda s: put(s, "stranger", None, metadata=None),
    "no METADATA": lambda s: put(s, "stranger", "[x]\ny = z\n", metadata=None),
    "METADATA without Name": lambda s: put(s, "stranger", "[x]\ny = z\n", metadata="Metadata-Version: 2.1\n"),
    "METADATA that is not UTF-8": lambda s: put(s, "stranger", "[x]\ny = z\n", metadata=b"Name: \xff\n"),
    "a folder in the place of a file": lambda s: (put(s, "stranger", None) / "entry_points.txt").mkdir(),
    "a folder in the place of METADATA": lambda s: (put(s, "stranger", "[x]\n", metadata=None) / "METADATA").mkdir(),
    "a file in the place of a folder": lambda s: (s / "stranger-1.0.dist-info").write_text("x"),
    "an empty egg": lambda s: (s / "stranger.egg-info").mkdir(),
    "an egg that is a file": lambda s: (s / "stranger.egg-info").write_bytes(b"\xff"),
    "a name without a version": lambda s: (s / "stranger.dist-info").mkdir(),
    "no name at all": lambda s: (s / ".dist-info").mkdir(),
    "a link to itself": lambda s: (s / "stranger-1.0.dist-info").symlink_to(s / "stranger-1.0.dist-info"),
}


@pytest.mark.parametrize("what", STRANGERS)
def test_a_stranger_s_metadata_is_none_of_our_business(what: str, site: Path) -> None:
    """However broken another distribution is, plugins are found and used, and nothing is said of it."""
    announced(site, "acme-good", "acme_good", GOOD, "acme")
    STRANGERS[what](site)
    for on_error in ("raise", "skip"):
        host = PluginHost(only=["acme"], on_error=on_error)
        assert [row for row in listed(host) if row[3] != "disabled"] == [FINE]
        assert [item.name for item in host.scorers()] == ["acme-good", "evidence-category", "single-word"]
        assert host.failures == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    entries=st.binary(max_size=40) | st.text("[]=careassure\n .x:", max_size=40).map(str.encode),
    metadata=st.none() | st.binary(max_size=40) | st.text("NameVrsio: 1.\n", max_size=40).map(str.encode),
)
def test_whatever_stands_in_two_files_the_good_plugin_is_found(
    site: Path, entries: bytes, metadata: bytes | None
) -> None:
    """Any bytes in another distribution's files: the good plugin is listed once, and a fault is named or nobody's."""
    for info in site.glob("*.dist-info"):
        for file in info.iterdir():
            file.unlink()
        info.rmdir()
    announced(site, "acme-good", "acme_good", GOOD, "acme")
    put(site, "acme-other", entries, metadata=metadata)
    found = [item for item in found_on_path() if item.info.distribution not in SHIPPED]
    assert [item.value for item in found if item.info.source == "acme-good 1.0"] == ["acme_good"]
    for item in found:
        assert item.fault is None or type(item.fault) is errors.PluginUnreadableError
    assert len(found) == 1 or b"[careassure]" in entries


FAULTY: dict[str, tuple[str | bytes, str, str]] = {
    "no equals sign": ("[careassure]\nevil\n", "evil", "has the line 'evil'"),
    "no value": ("[careassure]\nevil =\n", "evil", "has the line 'evil ='"),
    "a blank in its name": ("[careassure]\ne vil = x\n", "e vil", "'e vil' cannot be a plugin's name"),
    "no name": ("[careassure]\n = x\n", "", "'' cannot be a plugin's name"),
    "another alphabet": ("[careassure]\n\u0435vil = x\n", "\u0435vil", "cannot be a plugin's name"),
    "not UTF-8": (b"[careassure]\nevil = \xff\n", "acme-evil", "is not UTF-8"),
}


@pytest.mark.parametrize("what", FAULTY)
def test_what_is_wrong_in_our_section_is_its_own_fault(what: str, site: Path) -> None:
    """A distribution that announces a plugin wrongly is named, and the others are used where failures are skipped."""
    entries, plugin, words = FAULTY[what]
    announced(site, "acme-good", "acme_good", GOOD, "acme")
    put(site, "acme-evil", entries)
    host = PluginHost(on_error="skip", disabled=("report-card",))
    assert host.scorer("acme-good").name == "acme-good"
    (failure,) = host.failures
    assert type(failure) is errors.PluginUnreadableError
    assert (failure.plugin, failure.distribution) == (plugin, "acme-evil 1.0")
    assert words in str(failure)
    assert (plugin, "acme-evil", "1.0", "failed") in listed(host)
    with pytest.raises(errors.PluginUnreadableError):
        PluginHost().scorers()


@pytest.mark.parametrize(
    ("metadata", "distribution", "version"),
    [
        (None, "acme_good", "1.0"),
        ("Metadata-Version: 2.1\n", "acme_good", "1.0"),
        ("Metadata-Version: 2.1\nName: a b\x1b[2J\nVersion: 9\n", "acme_good", "9"),
        (b"Name: \xff\n", "acme_good", "1.0"),
        ("Name: Acme.Good\nVersion: 2.0rc1+x\n", "Acme.Good", "2.0rc1+x"),
        ("Name: acme-good\nVersion: 1\x1b[2J\n", "acme-good", "1.0"),
    ],
)
def test_a_plugin_s_own_metadata_may_be_broken(
    metadata: str | bytes | None, distribution: str, version: str, site: Path
) -> None:
    """Where a distribution does not say its name and version, those of its folder are taken."""
    put(site, "acme-good", "[careassure]\nacme = acme_good\n", metadata=metadata, acme_good=GOOD)
    found = PluginHost(only=["acme"]).scorer("acme-good")
    assert (found.distribution, found.distribution_version) == (distribution, version)


# -- each thing once ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entries",
    [
        "[careassure]\nacme = acme_good\nacme = acme_good\n",
        "[careassure]\nacme = acme_good\n[other]\nx = y\n[careassure]\nacme=acme_good\n",
        "[careassure]\nacme = acme_good\nAcme =  acme_good  \n",
        "[careassure]\nacme = acme_good\nacme = acme_good [extra]\n",
        "# a comment\n[careassure]\n# another\nacme = acme_good\n\n[careassure.other]\nx\n",
    ],
)
def test_an_entry_that_appears_twice_is_one(entries: str, site: Path) -> None:
    """The same name for the same module is one plugin, however often it is listed."""
    put(site, "acme-good", entries, acme_good=GOOD)
    host = PluginHost(only=["acme"])
    assert [row for row in listed(host) if row[3] != "disabled"] == [FINE]
    assert host.scorer("acme-good").name == "acme-good"


@pytest.mark.parametrize(
    ("entries", "words", "names"),
    [
        ("a = acme_good\nb = acme_good\n", "the module 'acme_good' is claimed by acme-good 1.0 twice", "a b"),
        ("a = acme_good\nb = acme_good:module\n", "a and b are one plugin under 2 names", "a b"),
        ("a = acme_good\na = acme_other\n", "the plugin name 'a' is claimed by acme-good 1.0 twice", "a"),
        ("careassure = acme_good\n", "claimed by acme-good 1.0 and careassure", "careassure"),
    ],
)
def test_one_thing_under_two_names_is_a_conflict(entries: str, words: str, names: str, site: Path) -> None:
    """One module under two names, or one name for two modules: neither is used, and one error names both."""
    text = GOOD + "\nimport sys\nmodule = sys.modules[__name__]\n"
    put(site, "acme-good", f"[careassure]\n{entries}", acme_good=text, acme_other=GOOD)
    only = ["a", "b", "careassure"]
    host = PluginHost(on_error="skip", only=only)
    assert [item.name for item in host.scorers()] == ["evidence-category", "single-word"]
    (failure,) = host.failures
    assert type(failure) is errors.PluginConflictError
    assert words in str(failure)
    assert failure.plugin == names
    assert {info.status for info in host.installed() if info.distribution == "acme-good"} == {"failed"}
    with pytest.raises(errors.PluginConflictError):
        PluginHost(only=only).scorers()


def test_of_two_names_one_can_be_left_out(site: Path) -> None:
    """A conflict is over when one side is disabled."""
    put(site, "acme-good", "[careassure]\na = acme_good\nb = acme_good\n", acme_good=GOOD)
    host = PluginHost(only=["a", "b"], disabled=["b"])
    assert host.scorer("acme-good").plugin == "a"
    assert {info.name: info.status for info in host.installed()}["b"] == "disabled"
    put(site, "acme-rival", "[careassure]\na = acme_rival\n", acme_rival=SCORER.format(name="acme-rival"))
    with pytest.raises(errors.PluginConflictError, match=r"'a' is claimed by acme-good 1\.0 and acme-rival 1.0"):
        PluginHost(only=["a"]).scorers()
    lenient = PluginHost(on_error="skip", only=["a"])
    assert [item.name for item in lenient.scorers()] == ["evidence-category", "single-word"]
    assert PluginHost(disabled=["a"], only=["a"]).failures == ()


def test_a_distribution_in_two_folders_is_the_first(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for Python itself, the first folder on the path counts; two versions in one folder are a conflict."""
    first, second = site / "first", site / "second"
    put(first, "acme-good", "[careassure]\nacme = acme_good\n", version="2.0", acme_good=GOOD)
    put(second, "acme-good", "[careassure]\nacme = acme_good\n", version="1.0", acme_good="1 / 0")
    for folder in (second, first, first):
        monkeypatch.syspath_prepend(folder)
    assert PluginHost(only=["acme"]).scorer("acme-good").distribution_version == "2.0"
    put(first, "acme-good", "[careassure]\nacme = acme_good\n", version="3.0")
    with pytest.raises(errors.PluginConflictError, match=r"acme-good 2\.0 and acme-good 3.0"):
        PluginHost(only=["acme"]).scorers()


def test_an_empty_one_before_it_hides_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an interrupted installation left behind, earlier on the path, does not make a plugin vanish."""
    put(site / "first", "acme-good", None, metadata=None)
    announced(site, "acme-good", "acme_good", GOOD, "acme")
    monkeypatch.syspath_prepend(site / "first")
    assert PluginHost(only=["acme"]).scorer("acme-good").name == "acme-good"


# -- finders of strangers ----------------------------------------------------------------------------------------------


class Broken(Distribution):
    """A distribution of a stranger's own kind."""

    def read_text(self, filename: str) -> str | None:
        raise SystemExit

    def locate_file(self, path: Any) -> Any:
        raise SystemExit


class Odd(Broken):
    """It reads as something else than text."""

    def read_text(self, filename: str) -> Any:
        return 7


def raising(*_: object) -> Any:
    raise SystemExit


class Touchy:
    """It raises whatever it is asked."""

    def __getattr__(self, name: str) -> Any:
        raise GeneratorExit


@pytest.mark.parametrize(
    "finder",
    [
        SimpleNamespace(find_spec=lambda *_: None, find_distributions=raising),
        SimpleNamespace(find_spec=lambda *_: None, find_distributions=lambda _: 7),
        SimpleNamespace(find_spec=lambda *_: None, find_distributions=lambda _: [Broken(), Odd(), None, 7, Touchy()]),
        SimpleNamespace(find_spec=lambda *_: None),
    ],
)
def test_a_stranger_s_finder_stops_nothing(finder: Any, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever another importer does when it is asked for distributions, ours are found."""
    announced(site, "acme-good", "acme_good", GOOD, "acme")
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    assert PluginHost(only=["acme"]).scorer("acme-good").name == "acme-good"


def test_a_finder_without_an_end_is_cut_off(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that gives distributions for ever is left after a bound."""
    announced(site, "acme-good", "acme_good", GOOD, "acme")

    def endless(_context: object) -> Iterator[Distribution]:
        while True:
            yield Odd()

    monkeypatch.setattr("careassure.plugins.discovery._MOST_DISTRIBUTIONS", 50)
    finder: Any = SimpleNamespace(find_spec=lambda *_: None, find_distributions=endless)
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    assert [item.info.name for item in found_on_path() if item.info.name == "acme"] == ["acme"]


# -- on the command line -----------------------------------------------------------------------------------------------


def command(site: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "careassure", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(site), **environment},
    )


def test_plugins_lists_whatever_is_broken(tmp_path: Path) -> None:
    """`careassure plugins` ends well and lists all, beside one that exits, one that cannot be read, and a stranger."""
    announced(tmp_path, "acme-good", "acme_good", GOOD, "acme")
    announced(tmp_path, "acme-exits", "acme_exits", "import sys\nsys.exit(3)", "exits")
    put(tmp_path, "acme-mute", b"[careassure]\nmute = \xff\n")
    put(tmp_path, "stranger", "[console_scripts]\nbad\n", metadata=None)
    done = command(tmp_path, "plugins", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    rows = {line.split(",")[0]: line.split(",")[3:] for line in done.stdout.splitlines()}
    assert rows["acme"] == ["loaded", "scorers acme-good"]
    assert rows["exits"][0] == rows["acme-mute"][0] == "failed"
    assert rows["careassure"][0] == "built in"
    done = command(tmp_path, "plugins")
    assert "2 plugins left out:" in done.stdout
    assert "plugin exits (from acme-exits 1.0): acme_exits cannot be imported: SystemExit: 3. " in done.stdout
    assert "CAREASSURE_DISABLE_PLUGINS=exits" in done.stdout
    assert command(tmp_path, "assess", *"334344344").returncode == 0
    rated = command(tmp_path, "compare", *"334344344")
    assert (rated.returncode, rated.stdout) == (1, "")
    assert rated.stderr.startswith("careassure: plugin acme-mute (from acme-mute 1.0)")


DIES = "import os, sys\nos._exit(7)"
"""It ends the process at once: what it leaves on standard error was written before it was called."""
EVIL = f"""
from careassure import hookimpl
class Evil:
    name, version, title = "evil", "1", "Evil"
    def accepts(self, framework):
        AT == "accepts" and die()
        return True
    def score(self, assessment):
        die()
def die():
    {DIES.replace(chr(10), "; ")}
@hookimpl
def careassure_scorers():
    AT == "hook" and die()
    return [Evil()]
"""


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (DIES, "careassure: evil (acme-evil 1.0): importing acme_evil"),
        (f"AT = 'hook'\n{EVIL}", "careassure: evil (acme-evil 1.0): calling careassure_scorers"),
        (
            f"AT = 'accepts'\n{EVIL}",
            "careassure: evil (acme-evil 1.0), scorer evil: asking whether it scores cqc-la direct",
        ),
        (f"AT = 'score'\n{EVIL}", "careassure: evil (acme-evil 1.0), scorer evil: scoring"),
    ],
)
def test_who_is_called_is_named_before(text: str, last: str, tmp_path: Path) -> None:
    """With tracing on the last line names the plugin that never came back: at import, in a hook, asked or scoring."""
    announced(tmp_path, "acme-evil", "acme_evil", text, "evil")
    done = command(tmp_path, "assess", *"334344344", "--scorer", "evil", CAREASSURE_TRACE_PLUGINS="1")
    assert done.returncode == 7
    assert done.stderr.splitlines()[-1] == last


@pytest.mark.parametrize("stream", [None, 7, SimpleNamespace(write=raising)])
def test_tracing_needs_no_standard_error(
    stream: Any, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is nowhere to write to, nothing is written and nothing fails."""
    announced(site, "acme-good", "acme_good", GOOD, "acme")
    host = PluginHost(only=["acme"], trace=True)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        found = host.scorers()
    assert len(found) == 3
    assert capsys.readouterr().out == ""
