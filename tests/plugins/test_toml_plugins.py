"""Plugins of TOML files alone: their methods are read with the scales of whatever framework is installed."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import count, permutations
from pathlib import Path

import pytest

import careassure as ca
from careassure.api import from_files
from careassure.errors import PluginError
from careassure.io.packages import package_methods, package_text
from careassure.methods.method import Method
from careassure.plugins.host import PluginHost

GRADES = ("poor", "fair", "fine")
FRAMEWORK = """
format = "careassure.framework/1"
id = "toy"
title = "A toy"
publisher = "Tests"
score_scale = "toy-grade"
subject = "toy"

[versions.1]

[scales.toy-grade]
title = "Toy grades"
grades = [
    {key = "poor", label = "Poor", value = 1},
    {key = "fair", label = "Fair", value = 2},
    {key = "fine", label = "Fine", value = 3},
]

[[themes]]
id = "all"
title = "All"
statements = [{id = "one", title = "One"}, {id = "two", title = "Two"}]
"""
METHOD = """
format = "careassure.method/1"
id = "capped"
version = "1"
title = "Capped"
framework = "toy"
not_rated = "interval"

[references.rules]
title = "The rules"
basis = "ours"

[measures.total]
kind = "total"
over = "scores"
sentence = "The points together"
reference = "rules"

[[nodes]]
for = "overall"
scale = "toy-grade"

[nodes.bands]
measure = "total"
fair = 4
fine = 6
reference = "rules"

[[nodes.limits]]
cap = "{cap}"
when = {count = "scores", grade = "poor", at_most = 0}
sentence = "A score that is not poor caps the rest."
reference = "rules"
"""


def capped_at(grade: str) -> str:
    """The file of a method that caps at a grade."""
    return METHOD.replace("{cap}", grade)


Package = Callable[..., str]
_numbers = count()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Package]:
    """A way to put a package that holds nothing but TOML files on the path."""
    monkeypatch.syspath_prepend(str(tmp_path))
    made: list[str] = []

    def write(**files: str) -> str:
        name = f"toml_plugin_{next(_numbers)}"
        (tmp_path / name).mkdir()
        for file, text in {"__init__.py": "", **{f"{stem}.toml": text for stem, text in files.items()}}.items():
            (tmp_path / name / file).write_text(text, encoding="utf-8")
        made.append(name)
        return name

    yield write
    for name in made:
        sys.modules.pop(name, None)


def host_of(*packages: str) -> PluginHost:
    """A host with these packages as plugins, registered in this order, named so that the order of names differs too."""
    host = PluginHost(discover=False)
    for name in packages:
        host.register(import_module(name), name.replace("_", "-"))
    return host


def method_in(host: PluginHost, name: str = "capped") -> Method:
    """The method of a scorer that a host has."""
    method = host.scorer(name).method
    assert method is not None
    return method


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[PluginHost, str], object]:
    """Reads a file as a user does where a host has what is installed."""

    def read(host: PluginHost, text: str) -> object:
        monkeypatch.setattr(from_files, "default_host", lambda: host)
        path = tmp_path / "read.toml"
        path.write_text(text, encoding="utf-8")
        try:
            return ca.read(path)
        except ca.CareAssureError as error:
            return str(error).partition("read.toml")[2]

    return read


@pytest.mark.parametrize("cap", [*GRADES, "grand"])
@pytest.mark.parametrize("method_first", [False, True])
def test_a_method_is_read_alike_wherever_it_lies(
    package: Package, reading: Callable[[PluginHost, str], object], cap: str, *, method_first: bool
) -> None:
    """A cap at any grade of another plugin's framework is read, and refused, as a user's own file is, in any order."""
    text = capped_at(cap)
    if method_first:  # the name of the package comes first, too
        method, framework = package(method=text), package(framework=FRAMEWORK)
    else:
        framework, method = package(framework=FRAMEWORK), package(method=text)
    read = reading(host_of(framework), text)
    for order in permutations([framework, method, package()]):
        host = host_of(*order)
        if isinstance(read, Method):
            assert method_in(host) == read
        else:
            with pytest.raises(PluginError) as raised:
                host.scorers()
            assert str(read).strip() in str(raised.value)
    assert isinstance(read, Method) is (cap in GRADES[:2])
    assert "is not a grade of the scale" in str(read) or cap != "grand"


@pytest.mark.parametrize("cap", [*GRADES, "grand"])
def test_a_method_of_a_framework_that_is_not_installed(
    package: Package, reading: Callable[[PluginHost, str], object], cap: str
) -> None:
    """It is read from a plugin as it is from a file: which grade is the lowest is seen with the framework."""
    text = capped_at(cap)
    found = reading(host_of(), text)
    assert isinstance(found, Method)
    assert method_in(host_of(package(method=text))) == found


def test_own_and_shipped_methods_are_read_alike(reading: Callable[[PluginHost, str], object], package: Package) -> None:
    """A framework and its method in one package, and those that ship with the core, are read as files of a user."""
    text = capped_at("poor")
    host = host_of(package(framework=FRAMEWORK, method=text))
    assert reading(host, text) == method_in(host)
    folder = Path(ca.__file__).parent / "catalogue" / "cqc"
    for name in ("single-word", "evidence-category"):
        assert reading(host, (folder / f"{name}.toml").read_text(encoding="utf-8")) == method_in(host, name)


def test_files_in_an_archive_are_read_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: Package) -> None:
    """A package that is imported from a zip file offers the same as one in a folder."""
    text = capped_at("poor")
    archive = tmp_path / "plugins.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for name, content in {"__init__.py": "", "m.toml": text, "f.toml": FRAMEWORK, "note.txt": "no TOML"}.items():
            zipped.writestr(f"toml_plugin_in_a_zip/{name}", content)
    monkeypatch.syspath_prepend(str(archive))
    monkeypatch.setattr(sys, "modules", sys.modules.copy())
    assert method_in(host_of("toml_plugin_in_a_zip")) == method_in(host_of(package(f=FRAMEWORK, m=text)))
    assert package_text("toml_plugin_in_a_zip", "note.txt") == "no TOML"


def test_the_newest_version_says_which_grades_there_are(package: Package) -> None:
    """Where the versions of a framework have different grades, its methods are read with those of the newest."""
    later = FRAMEWORK.replace("[versions.1]", '[versions.1]\n[versions.2]\nsupersedes = "1"')
    text = capped_at("poor")
    host = host_of(package(method=text), package(framework=later))
    scales = host.framework("toy", "2").scales
    assert host.scales_of("toy") == scales
    assert host.scales_of("nothing") == ()
    (name,) = [info.name for info in host.installed() if "scorer capped" in info.offers]
    assert package_methods(name.replace("-", "_"), lambda _: scales) == (method_in(host),)


def test_a_plugin_that_was_left_out_offers_no_scales(package: Package) -> None:
    """Where the framework's plugin is left out since it is wrong, a method for it is read as if it were not there."""
    text = capped_at("grand")
    wrong = FRAMEWORK.replace('id = "toy"', 'id = "toy"\nnonsense = 1')
    host = PluginHost(discover=False, on_error="skip")
    host.register(import_module(package(framework=wrong)), "wrong")
    host.register(import_module(package(method=text)), "right")
    assert method_in(host).framework == "toy"
    assert [failure.plugin for failure in host.failures] == ["wrong"]


def test_what_ships_is_found_without_any_plugin(package: Package) -> None:
    """The core's own scorers and frameworks are found, and stay what they are, whatever else is installed."""
    host = host_of(package(x="format = 'careassure.method/1'"), package(framework=FRAMEWORK))
    alone = PluginHost(discover=False)
    for name in ("single-word", "careassure:single-word", "evidence-category"):
        assert host.scorer(name) == alone.scorer(name)
    assert host.framework("cqc-la") is alone.framework("cqc-la")
    assert host.scales_of("cqc-la") == alone.framework("cqc-la").scales
    with pytest.raises(PluginError):
        host.scorer("capped")
