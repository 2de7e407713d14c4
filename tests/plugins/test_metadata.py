"""What distributions of any kind say of their plugins, word for word."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from careassure import errors
from careassure.plugins.discovery import Announced, PluginInfo, announced, conflicts
from careassure.plugins.host import PluginHost, host_from
from careassure.plugins.packaged import packaged_offers
from made_up import put
from plugin_wheels import SCORER, TOY_FRAMEWORK, TOY_METHOD


class Made:
    """A distribution that is nowhere but in memory. Without a path it does not say where it stands."""

    def __init__(self, entries: str, path: str = "", said: Mapping[str, object] | None = None) -> None:
        self.entries = entries
        self.metadata = said or {}
        if path:
            self._path = path

    def read_text(self, filename: str) -> str | None:
        return self.entries if filename == "entry_points.txt" else None


def found(monkeypatch: pytest.MonkeyPatch, *distributions: object) -> tuple[Announced, ...]:
    """What is announced where there are these distributions and no others."""
    finder: Any = SimpleNamespace(find_distributions=lambda _context: distributions)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "meta_path", [SimpleNamespace(), finder])
        return announced()


ENTRIES = """stray = before
[other]
strange = elsewhere
x
[careassure]

# a comment
  acme = acme_good:thing [extra]
[careassure.more]
strange = elsewhere
[careassure]
B.est_ = two
"""


def test_only_lines_of_our_section_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines before it, of other sections, blank ones and comments announce nothing; two parts of it are one."""
    listed = found(monkeypatch, Made(ENTRIES, "/site/acme-1.0.dist-info"))
    assert [(item.info, item.value, item.fault) for item in listed] == [
        (PluginInfo("acme", "acme", "1.0", "not loaded"), "acme_good:thing", None),
        (PluginInfo("b-est-", "acme", "1.0", "failed"), "", listed[1].fault),
    ]
    point = listed[0].point
    assert point is not None
    assert (point.name, point.value, point.group) == ("acme", "acme_good:thing [extra]", "careassure")
    fault = listed[1].fault
    assert type(fault) is errors.PluginUnreadableError
    assert (fault.message, fault.plugin, fault.distribution, fault.hint) == (
        "'B.est_' cannot be a plugin's name",
        "b-est-",
        "acme 1.0",
        "Uninstall acme, or ask its authors",
    )


@pytest.mark.parametrize(
    ("path", "said", "name", "version"),
    [
        ("/site/acme_good-1.0.dist-info", {}, "acme_good", "1.0"),
        ("/site/acme_good-1.0.dist-info/", {}, "acme_good", "1.0"),
        ("C:\\site\\acme_good-1.0.dist-info", {}, "acme_good", "1.0"),
        ("/site/acme_good-1.0-py3.11.egg-info", {}, "acme_good", "1.0-py3.11"),
        ("acme_good.egg-info", {}, "acme_good", ""),
        ("/site/-1.0.dist-info", {}, "a distribution without a name", "1.0"),
        ("", {}, "a distribution without a name", ""),
        ("", {"Name": "Acme.Good", "Version": "2"}, "Acme.Good", "2"),
        ("/site/a-1.dist-info", {"Name": "acme good", "Version": "2 or 3"}, "a", "1"),
        ("/site/a-1.dist-info", {"Name": 7, "Version": None}, "a", "1"),
    ],
)
def test_a_distribution_is_called_what_it_says_or_as_its_folder_is(
    path: str, said: Mapping[str, object], name: str, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own words where they are a name and a version, else those of its folder, whatever signs part a path."""
    (item,) = found(monkeypatch, Made("[careassure]\nacme = x\n", path, said))
    assert (item.info.distribution, item.info.version) == (name, version)
    assert item.info.where == {"plugin": "acme", "distribution": f"{name} {version}".strip()}


def test_the_first_folder_counts_however_a_name_is_spelt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one distribution in two folders the first is taken, all of it; another distribution stands beside it."""
    listed = found(
        monkeypatch,
        Made("[careassure]\nb = b1\na = a1\n", "/one/acme_good-1.dist-info"),
        Made("[careassure]\na = a2\nc = c2\n", "/two/Acme.Good-2.dist-info"),
        Made("[careassure]\na = a3\n", "/two/acme_bad-3.dist-info"),
        Made("[careassure]\na = a4\n", "/one/acme_good-4.dist-info"),
    )
    assert [(item.info.name, item.info.source, item.value) for item in listed] == [
        ("a", "acme_bad 3", "a3"),
        ("a", "acme_good 1", "a1"),
        ("a", "acme_good 4", "a4"),
        ("b", "acme_good 1", "b1"),
    ]


@pytest.mark.parametrize(
    ("line", "plugin", "message"),
    [
        ("evil", "evil", "its entry_points.txt has the line 'evil'"),
        ("evil =", "evil", "its entry_points.txt has the line 'evil ='"),
        ("= evil", "", "'' cannot be a plugin's name"),
    ],
)
def test_a_line_that_announces_nothing_is_shown(
    line: str, plugin: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line of our section without a name or without a module is the fault of its distribution."""
    (item,) = found(monkeypatch, Made(f"[careassure]\n{line}\n", "/site/acme-1.0.dist-info"))
    assert item.fault is not None
    assert (item.fault.message, item.fault.plugin, item.info.status) == (message, plugin, "failed")
    with pytest.raises(errors.PluginUnreadableError, match="it does not say where it is") as caught:
        item.load()
    assert (caught.value.plugin, caught.value.distribution) == (plugin, "acme 1.0")


@pytest.mark.parametrize(
    ("distribution", "version", "message"),
    [
        ("", "", "'a b' cannot be a plugin's name"),
        ("acme", "", "'a b' (from acme) cannot be a plugin's name"),
        ("acme", "1.0", "'a b' (from acme 1.0) cannot be a plugin's name"),
    ],
)
def test_a_name_nobody_could_ask_for_is_refused_with_where_it_came_from(
    distribution: str, version: str, message: str
) -> None:
    """The error names the distribution where there is one."""
    with pytest.raises(errors.PluginUnreadableError) as caught:
        PluginHost(discover=False).register(SimpleNamespace(), "a b", distribution, version)
    assert caught.value.message == message
    assert caught.value.hint == "Use lower-case letters, digits and hyphens"


# -- which of them are used --------------------------------------------------------------------------------------------


@pytest.fixture
def four(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four plugins that are announced, one of them wrongly."""
    entries = "[careassure]\nacme = acme_one\nbeta = acme_two\ngamma = acme_three\nwrong\n"
    made = [Made(entries, "/site/acme-1.0.dist-info")]
    finder: Any = SimpleNamespace(find_spec=lambda *_: None, find_distributions=lambda _context: made)
    monkeypatch.setattr(sys, "meta_path", [finder])


def statuses(host: PluginHost) -> dict[str, str]:
    return {info.name: info.status for info in host.installed()}


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("environment", "used"),
    [
        ({}, "acme beta gamma wrong"),
        ({"CAREASSURE_PLUGINS": ""}, ""),
        ({"CAREASSURE_PLUGINS": " , "}, ""),
        ({"CAREASSURE_PLUGINS": "acme, BETA ,other"}, "acme beta"),
        ({"CAREASSURE_DISABLE_PLUGINS": ""}, "acme beta gamma wrong"),
        ({"CAREASSURE_DISABLE_PLUGINS": "acme,Beta, wrong"}, "gamma"),
        ({"CAREASSURE_PLUGINS": "acme,beta", "CAREASSURE_DISABLE_PLUGINS": "beta"}, "acme"),
    ],
)
def test_the_environment_says_which_are_used(environment: Mapping[str, str], used: str) -> None:
    """Names are separated by commas, however they are spelt; none named is none used, none said is all."""
    host = host_from(environment)
    found = {name: "not loaded" if name in used.split() else "disabled" for name in ("acme", "beta", "gamma", "wrong")}
    if "wrong" in used:
        found["wrong"] = "failed"
    assert statuses(host) == {"careassure": "built in", **found}
    assert [info.name for info in host.installed()] == ["careassure", "acme", "beta", "gamma", "wrong"]
    assert (host.on_error, host.trace) == ("raise", False)
    assert len(host.failures) == ("wrong" in used)


@pytest.mark.usefixtures("four")
def test_the_environment_says_whether_calls_are_written() -> None:
    """By the one word that the page names; who asks says what becomes of failures."""
    for said, trace in (("1", True), ("0", False), ("", False), ("true", False)):
        assert host_from({"CAREASSURE_TRACE_PLUGINS": said}).trace is trace
    assert host_from({}, on_error="skip").on_error == "skip"
    assert PluginHost().on_error == "raise"
    assert PluginHost().trace is False
    assert statuses(PluginHost())["acme"] == "not loaded"
    assert statuses(PluginHost(discover=False)) == {"careassure": "built in"}


@pytest.mark.usefixtures("four")
def test_all_that_fail_are_listed_by_name_with_why() -> None:
    """Those that cannot be read, or imported, one after the other, beside those that are not used."""
    host = PluginHost(on_error="skip", disabled=["beta"])
    assert len(host.scorers()) == 2
    assert [(type(error), error.plugin) for error in host.failures] == [
        (errors.PluginUnreadableError, "wrong"),
        (errors.PluginImportError, "acme"),
        (errors.PluginImportError, "gamma"),
    ]
    error = host.failures[1]
    assert error.message == "acme_one cannot be imported: ModuleNotFoundError: No module named 'acme_one'"
    assert (error.distribution, error.hint) == (
        "acme 1.0",
        "Fix or uninstall it, or set CAREASSURE_DISABLE_PLUGINS=acme",
    )
    listed = {info.name: info for info in host.installed()}
    assert listed["acme"] == PluginInfo("acme", "acme", "1.0", "failed", error=str(error))
    assert listed["beta"] == PluginInfo("beta", "acme", "1.0", "disabled")
    with pytest.raises(errors.PluginUnreadableError, match="has the line 'wrong'"):
        PluginHost().frameworks()


def infos(*rows: str) -> list[Announced]:
    """Announced plugins, each as ``name module distribution``."""
    found = []
    for row in rows:
        name, value, distribution = row.split()
        info = PluginInfo(name, distribution, "1", "not loaded")
        found.append(Announced(info, EntryPoint(name=name, value=value, group="careassure")))
    return found


BUILT_IN = PluginInfo("careassure", "core", "9", "built in")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["a x one", "b y one"], []),
        (["a x one", "a y one"], [("the plugin name 'a' is claimed by one 1 twice", "a", 2)]),
        (["a x one", "a x two"], [("the plugin name 'a' is claimed by one 1 and two 1", "a", 2)]),
        (
            ["careassure x one"],
            [("the plugin name 'careassure' is claimed by core 9 and one 1", "careassure", 1)],
        ),
        (["a x one", "b x one"], [("the module 'x' is claimed by one 1 twice", "a b", 2)]),
        (["a x one", "b x two", "c x two"], [("the module 'x' is claimed by one 1 and two 1", "a b c", 3)]),
        (
            ["a x one", "a y one", "b x two", "c z two", "d z one"],
            [
                ("the plugin name 'a' is claimed by one 1 twice", "a", 2),
                ("the module 'z' is claimed by one 1 and two 1", "c d", 2),
            ],
        ),
        (
            ["a x one", "a x two", "b y one", "b y two"],
            [
                ("the plugin name 'a' is claimed by one 1 and two 1", "a", 2),
                ("the plugin name 'b' is claimed by one 1 and two 1", "b", 2),
            ],
        ),
    ],
)
def test_what_is_claimed_twice(rows: list[str], expected: list[tuple[str, str, int]]) -> None:
    """Names come first; what lost its name claims no module any more."""
    found = [(error, claims) for claims, error in conflicts(infos(*rows), BUILT_IN)]
    assert [(error.message, error.plugin, len(claims)) for error, claims in found] == expected
    assert {error.hint for error, _ in found} <= {"Uninstall one of them"}


def test_one_object_under_three_names_is_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All three are left out by it, and what was found after them is used."""
    text = SCORER.format(name="good") + "\nimport sys\none = two = sys.modules[__name__]\n"
    put(tmp_path, "acme", "[careassure]\na = acme_thrice\nb = acme_thrice:one\nc = acme_thrice:two\nd = acme_good_d\n",
        acme_thrice=text, acme_good_d=SCORER.format(name="good"))  # fmt: skip
    monkeypatch.syspath_prepend(tmp_path)
    host = PluginHost(on_error="skip", only=["a", "b", "c", "d"])
    assert host.scorer("good").plugin == "d"
    (failure,) = host.failures
    assert (failure.message, failure.plugin) == ("a, b and c are one plugin under 3 names", "a b c")
    assert {name: status for name, status in statuses(host).items() if len(name) == 1} == {
        "a": "failed",
        "b": "failed",
        "c": "failed",
        "d": "loaded",
    }


def test_files_alone_are_offered_in_the_order_of_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package without code offers what its files say, each kind where it is asked for; a module alone none."""
    package = tmp_path / "acme_files_alone"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "b.toml").write_text(TOY_METHOD, encoding="utf-8")
    (package / "c.toml").write_text(TOY_METHOD.replace("toy-count", "another"), encoding="utf-8")
    (package / "a.toml").write_text(TOY_FRAMEWORK, encoding="utf-8")
    (package / "notes.txt").write_text("x", encoding="utf-8")
    put(tmp_path, "acme", "[careassure]\nfiles = acme_files_alone\nbare = acme_bare\n", acme_bare="")
    monkeypatch.syspath_prepend(tmp_path)
    host = PluginHost(only=["files", "bare"])
    assert {item.name: item.plugin for item in host.scorers() if item.plugin != "careassure"} == {
        "another": "files",
        "toy-count": "files",
    }
    assert [(item.id, item.plugin) for item in host.frameworks()] == [("cqc-la", "careassure"), ("toy", "files")]
    assert host.descriptors() == ()

    def offered(module: str, hook: str) -> list[str]:
        scales = host.framework("toy").scales
        found = packaged_offers(sys.modules[module], hook, lambda _: scales, {"plugin": "files"})
        return [item.id for item in found]

    assert offered("acme_files_alone", "careassure_methods") == ["toy-count", "another"]
    assert offered("acme_files_alone", "careassure_frameworks") == ["toy"]
    assert offered("acme_files_alone", "careassure_scorers") == []
    assert offered("acme_bare", "careassure_methods") == []
