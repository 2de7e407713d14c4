"""The kit in pytest: one test for each check, and every installed scorer without a test file."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import warnings
from pathlib import Path

import pytest

import careassure as ca
from careassure.testing import Check, NewCheckWarning, parametrize_with_checks
from careassure.testing.check import CheckFailedError, NotOfferedError, UnknownCheckError
from careassure.testing.checks import NAMES
from careassure.testing.parametrize import as_test
from plugin_wheels import SCORER, TOY_FRAMEWORK, TOY_METHOD, install, make_wheel

from .methods import POINTS
from .scorers import SMALL, Weakest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENTRY_POINTS = f"""
[pytest11]
careassure = {PROJECT["entry-points"]["pytest11"]["careassure"]}
[careassure]
kit-third-party = kit_third_party
"""
ON_THE_TOY = SCORER.replace('framework.id == "cqc-la" and framework.version == "direct"', 'framework.id == "toy"')
"""A scorer for a framework with two statements, which has few combinations of scores."""


@pytest.fixture(scope="module")
def third_party(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A distribution of somebody else with a scorer; it announces the pytest plugin too."""
    folder = tmp_path_factory.mktemp("dist")
    text = ON_THE_TOY.format(name="third-party").replace("cqc-rating", "toy-scale")
    files = {
        "kit_third_party/__init__.py": text,
        "kit_third_party/toy.toml": TOY_FRAMEWORK,
        "kit_third_party/count.toml": TOY_METHOD,
    }
    wheel = make_wheel(folder, "kit-third-party", files, ENTRY_POINTS)
    return install(folder / "site", wheel)


def run_pytest(folder: Path, *arguments: str, path: tuple[Path, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run pytest in a folder, in a process of its own; any warning is an error."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:randomly", "-p", "no:cacheprovider", "-W", "error", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={
            **{name: text for name, text in os.environ.items() if not name.startswith("COVERAGE")},
            "PYTHONPATH": os.pathsep.join(map(str, path)),
            "COLUMNS": "200",
        },
    )


# -- without a test file ---------------------------------------------------------------------------------


def test_every_installed_scorer_is_checked_in_an_empty_folder(third_party: Path, tmp_path: Path) -> None:
    """The library's own scorers and those of others: one test for each check. `.ci/run` runs them all on the wheels."""
    done = run_pytest(tmp_path, "--careassure-conformance", "--collect-only", "-q", path=(third_party,))
    scorers = {one.name for one in ca.scorers()} | {"third-party", "toy-count"}
    found = {line for line in done.stdout.splitlines() if line.startswith("careassure::")}
    assert found == {f"careassure::{scorer}::{name}" for scorer in scorers for name in NAMES}


def test_checks_that_pass_are_tests_that_pass(third_party: Path, tmp_path: Path) -> None:
    """A method of the library and somebody else's scorer; what a scorer does not offer is skipped."""
    chosen = ("--careassure-conformance", "-k", "single-word or third-party", "-v")
    done = run_pytest(tmp_path, *chosen, path=(third_party,))
    for scorer in ("single-word", "third-party"):
        for name in NAMES:
            end = "SKIPPED" if (scorer, name) == ("third-party", "lowering") else "PASSED"
            assert f"careassure::{scorer}::{name} {end}" in done.stdout, done.stdout
    assert done.returncode == 0


def test_one_scorer_and_some_checks_can_be_chosen(third_party: Path, tmp_path: Path) -> None:
    """By the scorer's name, and by -k as ever."""
    chosen = ("--careassure-conformance", "--careassure-scorer", "third-party", "-k", "accepts or order", "-v")
    done = run_pytest(tmp_path, *chosen, path=(third_party,))
    assert "careassure::third-party::order PASSED" in done.stdout
    assert "2 passed" in done.stdout
    assert "single-word" not in done.stdout


def test_a_scorer_that_is_not_installed_is_an_error(third_party: Path, tmp_path: Path) -> None:
    """A name that stands for nothing fails the run, with a guess."""
    done = run_pytest(tmp_path, "--careassure-scorer", "thirdparty", path=(third_party,))
    assert "there is no scorer 'thirdparty'. Did you mean third-party?" in done.stdout
    assert done.returncode == 2


def test_a_wrong_scorer_fails_with_the_scores_that_show_it(tmp_path: Path) -> None:
    """The failure is the sentence and the scores, without the insides of the kit."""
    text = SCORER.format(name="wrong").replace("for end in (0, 1)", "for end in (0, 0)")
    wheel = make_wheel(tmp_path, "kit-wrong", {"kit_third_party.py": text}, ENTRY_POINTS)
    done = run_pytest(tmp_path, "--careassure-scorer", "wrong", "-k", "missing", path=(wheel,))
    assert "assessing_needs missing: the overall is Inadequate, and Requires improvement when" in done.stdout
    assert done.returncode != 0


def test_without_the_option_nothing_is_collected(third_party: Path, tmp_path: Path) -> None:
    """The plugin does nothing until it is asked to."""
    assert "no tests ran" in run_pytest(tmp_path, path=(third_party,)).stdout


def test_the_plugin_imports_nothing_before_it_is_asked(tmp_path: Path) -> None:
    """Starting pytest loads neither the library's parts nor Hypothesis."""
    code = (
        "import sys, careassure.testing.pytest_plugin; "
        "print(sorted(m for m in sys.modules if m.startswith(('careassure', 'hypothesis', 'attr'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    loaded = set(done.stdout.strip().strip("[]").replace("'", "").split(", "))
    attrs = {name for name in loaded if name.split(".")[0] in ("attr", "attrs")}  # pytest itself may use it
    assert loaded - attrs == {"careassure", "careassure.testing", "careassure.testing.pytest_plugin"}


def test_the_project_announces_the_kit() -> None:
    """The plugin, the strategies and what they need are in the project's metadata."""
    assert PROJECT["entry-points"]["pytest11"] == {"careassure": "careassure.testing.pytest_plugin"}
    assert PROJECT["entry-points"]["hypothesis"] == {"careassure": "careassure.testing.strategies:register"}
    assert {need.split(">")[0] for need in PROJECT["optional-dependencies"]["testing"]} == {"hypothesis", "pytest"}


# -- in a test file --------------------------------------------------------------------------------------


@parametrize_with_checks([POINTS], framework=SMALL)
def test_each_check_is_a_test(check: Check) -> None:
    """The decorator gives a test each check in its argument."""
    check.run()


TEST_FILE = """
import sys
from careassure.testing import parametrize_with_checks
from kit.scorers import SMALL, Weakest
from kit.zoo import Floating

expected = {"percent::exact-types": "issue 12", "weakest::accepts": "never so"}


@parametrize_with_checks([Weakest(), Floating()], framework=SMALL, expected_failures=expected)
def test_scorers(check):
    check.run()
"""


def test_expected_failures_are_strict_in_pytest(third_party: Path, tmp_path: Path) -> None:
    """One that fails is expected, one that passes fails; what does not apply is skipped with the reason."""
    (tmp_path / "test_them.py").write_text(TEST_FILE, encoding="utf-8")
    here = "not processes and not imports"  # which start other processes
    done = run_pytest(tmp_path, "-rxsf", "-k", here, path=(ROOT / "tests", third_party))
    assert "XFAIL test_them.py::test_scorers[percent::exact-types] - issue 12. It is so" in done.stdout, done.stdout
    assert "FAILED test_them.py::test_scorers[weakest::accepts]" in done.stdout
    assert "no longer declare it" in done.stdout
    assert "it applies no method given as data" in done.stdout
    assert f"1 failed, {2 * (len(NAMES) - 2) - 4} passed, 2 skipped, 4 deselected, 1 xfailed" in done.stdout


def test_unknown_checks_are_refused_when_the_decorator_is_used() -> None:
    """By name alone, and with a scorer's name."""
    for name in ("monotonic", "weakest::monotonic", "other::monotone"):
        with pytest.raises(UnknownCheckError):
            parametrize_with_checks([Weakest()], expected_failures={name: "why"})


def ending(outcome: Exception | str, since: str = "0.1") -> Check:
    def run() -> str:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return as_test(Check("some-check", since, frozenset(), "Something.", run))


def test_a_check_ends_as_tests_do() -> None:
    """It passes, fails, is skipped, or warns where it is too new to count."""
    assert ending("a remark").run() == "a remark"
    with pytest.raises(pytest.fail.Exception, match="it is wrong"):
        ending(CheckFailedError("it is wrong")).run()
    with pytest.raises(pytest.skip.Exception, match="not its kind"):
        ending(NotOfferedError("not its kind")).run()
    with pytest.warns(NewCheckWarning, match="will count from the next release on"):
        ending(CheckFailedError("it is wrong"), since="99.0").run()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ending("fine", since="99.0").run()
