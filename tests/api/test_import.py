"""The front page of the package: quick to import, and complete."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import careassure as ca

HEAVY = ["attr", "attrs", "cattrs", "pluggy", "tomllib", "json", "csv", "decimal", "fractions", "importlib.metadata"]
MOST_MODULES = 73
"""So many of our modules are loaded for a rating of typed scores. More only with a reason: each is a start-up cost."""
PACKAGES = (
    ca,
    ca.analysis,
    ca.figures,
    ca.privacy,
    ca.report,
    ca.samples,
    ca.tables,
    ca.testing,
    ca.workspaces,
)
SOURCES = sorted(Path(ca.__file__).parent.rglob("*.py"))


def modules_after(code: str) -> list[str]:
    """The modules that a fresh interpreter has loaded by some code, and not before it."""
    program = (
        "import sys; before = set(sys.modules)\n"
        f"{code}\n"
        "found = sorted(set(sys.modules) - before)\n"
        "import json; print(json.dumps(found))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    found: list[str] = json.loads(done.stdout)
    return found


def test_importing_loads_nothing_else() -> None:
    """Importing the package loads no third-party package, no data reader and no module of its own but the first."""
    found = modules_after("import careassure")
    assert "careassure" in found
    assert [name for name in found if name.startswith("careassure.")] == []
    assert [name for name in found if name in HEAVY or name.split(".")[0] in HEAVY[:4]] == []


def test_no_data_frame_library_is_loaded_before_a_table_is_assessed() -> None:
    """Neither importing the package, nor a rating, nor the names for tables load a data frame library."""
    code = "import careassure as ca; ca.assess(ca.Assessment.of('Camden', [3] * 9)); ca.assess_frame; ca.Long"
    found = {name.split(".")[0] for name in modules_after(code)}
    assert not found & {"numpy", "narwhals", "pandas", "polars", "pyarrow", "duckdb", "ibis", "dask", "pyspark"}


def test_a_rating_on_the_command_line_loads_what_it_needs_and_no_more() -> None:
    """Rating scores that were typed loads no table, council, reader, picture or other command; each costs time."""
    found = modules_after(
        "import contextlib, io\nfrom careassure.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n    assert main(['assess', *'334344344']) == 0"
    )
    theirs = {"cattrs", "pluggy", "json", "csv", "calendar", "shutil", "signal", "tempfile", "importlib.metadata"}
    assert not theirs & set(found)
    ours = {name for name in found if name.startswith("careassure.")}
    assert {name for name in ours if name.startswith("careassure.cli.commands.")} == {"careassure.cli.commands.assess"}
    assert not ours & {"careassure.model.register", "careassure.catalogue.councils", "careassure.report.rows"}
    assert len(ours) <= MOST_MODULES, sorted(ours)


def test_a_first_use_loads_what_it_needs() -> None:
    """A name is loaded when it is first used, and what the others need stays away."""
    found = modules_after("import careassure; careassure.CareAssureError")
    assert "careassure.errors" in found
    assert [name for name in found if name.startswith("careassure.") and name != "careassure.errors"] == []
    assert "careassure.model.scale" in modules_after("import careassure; careassure.Scale")


def test_every_public_name_is_there() -> None:
    """Every name of the contract is announced, and found."""
    for name in ("council", "councils", "framework", "published", "Assessment", "assess", "compare", "scorers", "read"):
        assert name in ca.__all__
    for name in ("frameworks", "write", "hookimpl", "CareAssureError", "Method", "Scorer", "Outcome", "NotRated"):
        assert name in ca.__all__
    for name in ("read", "init", "status", "statement", "diff", "timeline", "assess"):
        assert name in ca.workspaces.__all__


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_dir_shows_public_names_and_no_others(package: ModuleType) -> None:
    """What dir shows is what is announced, sorted, each once; of the package itself also its version."""
    assert list(package.__all__) == sorted(set(package.__all__))
    assert dir(package) == sorted([*package.__all__, *(["__version__"] if package is ca else [])])


@pytest.mark.parametrize(
    ("package", "name"), [(package, name) for package in PACKAGES for name in package.__all__], ids=str
)
def test_a_public_name_is_what_it_says(package: ModuleType, name: str) -> None:
    """A public name is found as an attribute, by a from-import, and is the thing of that name."""
    found = getattr(package, name)
    namespace: dict[str, object] = {}
    exec(f"from {package.__name__} import {name}", namespace)  # noqa: S102
    assert namespace[name] is found
    if isinstance(found, ModuleType):
        assert found.__name__ == f"{package.__name__}.{name}"
    else:
        assert getattr(found, "__name__", name) == name


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.__name__)
def test_no_module_hides_a_public_name(package: ModuleType) -> None:
    """No module of a package has a public name of it that is something else: importing the module would hide that."""
    modules = {path.stem for path in Path(str(package.__file__)).parent.iterdir() if not path.name.startswith("__")}
    public = {name for name in package.__all__ if not isinstance(getattr(package, name), ModuleType)}
    assert not modules & public


def test_a_namespace_loads_what_it_needs() -> None:
    """A namespace loads nothing before a name of it is used, and then what that name needs."""
    found = modules_after(
        "import careassure as ca; ca.analysis, ca.figures, ca.privacy, ca.samples, ca.testing, ca.workspaces"
    )
    assert [name for name in found if name.startswith("careassure.") and name.count(".") > 1] == []
    assert [name for name in found if name in HEAVY or name.split(".")[0] in HEAVY[:4]] == []
    assert "careassure.workspaces.folder" not in modules_after("import careassure as ca; ca.samples.draw")


@pytest.mark.parametrize("name", ["asses", "Rating", "_private", "errors_", "pluggy", "read_workspace", "status"])
def test_other_names_are_not_there(name: str) -> None:
    """A name that the package does not have is an AttributeError that says so."""
    assert not hasattr(ca, name)
    with pytest.raises(AttributeError, match=f"module 'careassure' has no attribute '{name}'"):
        getattr(ca, name)


def test_no_module_imports_by_star() -> None:
    """No module of the package takes names by a star, so that each name says where it is from."""
    texts = {path: path.read_text(encoding="utf-8") for path in SOURCES}
    trees = {path: ast.parse(text) for path, text in texts.items() if "import *" in text}
    stars = [
        (path.name, node.lineno)
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    ]
    assert stars == []


def test_there_are_sources_to_look_at() -> None:
    """The package's own modules are found."""
    assert {"errors", "scale", "records", "verbs", "host"} <= {path.stem for path in SOURCES}


def test_the_version_is_a_version() -> None:
    """The package says its version, in numbers."""
    assert [part.isdigit() for part in ca.__version__.split(".")[:2]] == [True, True]
