"""The front page of the package: quick to import, and complete."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import careassure as ca

HEAVY = ["attr", "attrs", "cattrs", "pluggy", "tomllib", "json", "csv", "decimal", "fractions", "importlib.metadata"]
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


def test_a_first_use_loads_what_it_needs() -> None:
    """A name is loaded when it is first used, and what the others need stays away."""
    found = modules_after("import careassure; careassure.CareAssureError")
    assert "careassure.errors" in found
    assert [name for name in found if name.startswith("careassure.") and name != "careassure.errors"] == []
    assert "careassure.model.scale" in modules_after("import careassure; careassure.Scale")


def test_every_public_name_is_there() -> None:
    """Every name of the contract is listed, shown by dir and found."""
    assert set(ca.__all__) <= set(dir(ca))
    assert len(set(ca.__all__)) == len(ca.__all__)
    assert list(ca.__all__) == sorted(ca.__all__)
    for name in ca.__all__:
        assert getattr(ca, name) is not None
    for name in ("council", "councils", "framework", "published", "Assessment", "assess", "compare", "scorers", "read"):
        assert name in ca.__all__
    for name in ("frameworks", "write", "hookimpl", "CareAssureError", "Method", "Scorer", "Outcome", "NotRated"):
        assert name in ca.__all__


@pytest.mark.parametrize("name", ca.__all__)
def test_a_public_name_is_what_it_says(name: str) -> None:
    """A public name is found as an attribute, by a from-import, and is the thing of that name."""
    found = getattr(ca, name)
    namespace: dict[str, object] = {}
    exec(f"from careassure import {name}", namespace)  # noqa: S102
    assert namespace[name] is found
    assert getattr(found, "__name__", name) == name


def test_every_lazy_name_is_public() -> None:
    """The names that are loaded lazily are exactly those that are announced."""
    assert set(ca._HOME_OF) == set(ca.__all__)


@pytest.mark.parametrize("name", ["asses", "Rating", "_private", "errors_", "pluggy"])
def test_other_names_are_not_there(name: str) -> None:
    """A name that the package does not have is an AttributeError that says so."""
    assert not hasattr(ca, name)
    with pytest.raises(AttributeError, match=f"module 'careassure' has no attribute '{name}'"):
        getattr(ca, name)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_module_imports_by_star(path: Path) -> None:
    """No module of the package takes names by a star, so that each name says where it is from."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    stars = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"]
    assert stars == []


def test_there_are_sources_to_look_at() -> None:
    """The package's own modules are found."""
    assert {"errors", "scale", "records", "verbs", "host"} <= {path.stem for path in SOURCES}


def test_the_version_is_a_version() -> None:
    """The package says its version, in numbers."""
    assert [part.isdigit() for part in ca.__version__.split(".")[:2]] == [True, True]
