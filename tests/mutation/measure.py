"""Measure how many mutants of the code the tests kill: ``make mutants GROUP=methods SAMPLE=150 DRAW=1``.

The mutants are made by mutmut (the extra ``mutation``) and tried by ``trial.py``, in a copy of the tree under
``build/mutants``, so nothing here is changed. All of them would take hours: a sample is drawn, by seed, and the
figures say how much a sample can miss. ``--plant 20`` adds code that no test reaches, to see the gate turn red.

Exit status: 0 enough were killed in every group, 1 not enough, 2 the run failed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tomllib
from hashlib import sha256
from pathlib import Path
from random import Random

from attrs import frozen

sys.path.insert(0, str(Path(__file__).parents[1]))
from mutation.gate import KILLED, UNDECIDED, Tally, words_only

ROOT = Path(__file__).resolve().parents[2]
EQUAL = Path(__file__).with_name("equal.toml")
FRESH = """
import sys

from hypothesis import Phase, settings


def pytest_sessionstart():
    settings.register_profile("mutants", settings(), phases=[Phase.explicit, Phase.generate])
    settings.load_profile("mutants")


def pytest_runtest_setup():
    for name, module in list(sys.modules.items()):
        if name.startswith(("careassure.methods.", "careassure.model.")):
            for thing in list(vars(module).values()):
                if callable(getattr(thing, "cache_clear", None)):
                    thing.cache_clear()
"""
"""A plugin of pytest. No test finds what another left in a cache, so it is seen to reach all that it calls; and that
a property fails is enough to know, without the smallest example."""

MAKE = """
import json, os, sys
from mutmut import __main__ as mutmut
from mutmut.mutation.data import SourceFileMutationData
from mutmut.utils.file_utils import copy_src_dir, walk_mutatable_files

printed, sys.stdout = sys.stdout, open(os.devnull, "w")
copy_src_dir()
mutmut.copy_also_copy_files()
mutmut.create_mutants(1)
names = []
for path in walk_mutatable_files():
    data = SourceFileMutationData(path=path)
    data.load()
    names += data.exit_code_by_key
json.dump(names, printed)
"""
CHANGES = """
import json, sys
from mutmut.mutation.diff_apply import get_diff_for_mutant

json.dump({name: str(get_diff_for_mutant(name)) for name in json.load(sys.stdin)}, sys.stdout)
"""
APPLY = """
import sys
from mutmut.mutation.diff_apply import apply_mutant

apply_mutant(sys.stdin.read())
"""
"""What mutmut is asked to do: make the mutants and name them, show what each changes, put one into the code."""


@frozen
class Group:
    """Code that is measured together.

    Args:
        name: What it is called.
        code: The files whose mutants are drawn, below ``src/careassure``; a star stands for any name.
        tests: The tests that should notice.
    """

    name: str
    code: tuple[str, ...]
    tests: tuple[str, ...]


ABOUT_TRACES = (
    "check_reports", "fit", "load", "load_bounds", "load_fields", "load_refuses", "trace", "trace_fields",
)  # fmt: skip
"""Tests of methods that look closely at values of the model; all of them would take too long."""

ABOUT_THE_MODEL = ("tests/api/test_arguments.py", "tests/catalogue/test_councils.py")
"""Tests beyond its own room that are about parts of the model."""

QUICK = ("tests/frame/test_blocks.py", "tests/frame/test_settled.py")
"""Of the tests of tables those that tell in seconds."""

GROUPS = (
    Group(
        "model",
        ("model/*",),
        ("tests/model", "tests/io", *ABOUT_THE_MODEL, *(f"tests/methods/test_{name}.py" for name in ABOUT_TRACES)),
    ),
    Group("methods", ("methods/*",), ("tests/methods", "tests/model", "tests/frame/test_plan.py")),
    Group("plugins", ("plugins/*",), ("tests/plugins", "tests/api/test_hosts.py")),
    Group("kernel", ("frame/kernel.py", "frame/sheet.py", "frame/walk.py"), (*QUICK, "tests/frame/test_kernel.py")),
    Group(
        "lazy",
        ("frame/lazy.py", "frame/results.py", "frame/expressions.py"),
        (*QUICK, "tests/frame/test_stages.py", "tests/frame/test_random.py::test_random_methods[polars lazy]"),
    ),
)


def main() -> int:
    """Measure the groups that are named, and print their figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("group", nargs="*", choices=[[], *(group.name for group in GROUPS)], help="default: all")
    parser.add_argument("--sample", type=int, default=150, help="mutants of each group; 0: all of them")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws others")
    parser.add_argument("--plant", type=int, default=0, help="mutants to plant that no test can notice")
    parser.add_argument("--workers", type=int, default=1, help="mutants that are tried at once")
    parser.add_argument("--seconds", type=int, default=30, help="what the tests of one mutant may take without it")
    asked = parser.parse_args()
    tallies = []
    for group in GROUPS:
        if not asked.group or group.name in asked.group:
            tallies.append(measure(group, asked))
            print("\n".join(tallies[-1].lines()), flush=True)
    return 0 if all(tally.ok for tally in tallies) else 1


def measure(group: Group, asked: argparse.Namespace) -> Tally:
    """Draw mutants of a group and try them."""
    tree = ROOT / "build" / "mutants" / group.name
    lay(tree, group, asked.plant)
    made: list[str] = json.loads(python(tree, MAKE))
    planted = [name for name in made if "planted" in name]
    drawn = Random(f"{asked.seed} {group.name}").sample(sorted(made), min(asked.sample or len(made), len(made)))
    drawn = sorted({*drawn, *planted})
    changes: dict[str, str] = json.loads(python(tree, CHANGES, json.dumps(drawn)))
    words = frozenset(name for name in drawn if words_only(changes[name]))
    found = dict.fromkeys(words, "survived") | tried(tree, group, [n for n in drawn if n not in words], asked)
    for name, status in found.items():
        if status not in KILLED | UNDECIDED and name not in words:
            if not passes_types(tree, name):
                found[name] = "caught by type check"
                continue
            print(f"# {name}: {status}", changes[name], sep="\n", flush=True)
    return Tally(group.name, found, len(made), words, equal())


def tried(tree: Path, group: Group, drawn: list[str], asked: argparse.Namespace) -> dict[str, str]:
    """What became of each mutant that was drawn. What is known of an earlier run of the same code and tests stays."""
    code = digest_of(tree, "src")
    kept = tree / "mutants"  # what else lies in the tree is removed when the next one is laid
    known, out = kept / f"known-{code}.json", kept / f"out-{code}-{digest_of(tree, 'tests')}.tsv"
    for file in [*kept.glob("known-*"), *kept.glob("out-*")]:
        if file not in {known, out}:
            file.unlink()
    done = dict(line.split("\t")[:2] for line in out.read_text("utf-8").splitlines()) if out.exists() else {}
    left = [name for name in drawn if name not in done]
    order = {"drawn": left, "out": str(out), "known": str(known), "tests": group.tests,
             "seconds": asked.seconds, "workers": asked.workers}  # fmt: skip
    if left:
        python(tree / "mutants", Path(__file__).with_name("trial.py"), json.dumps(order), echo=True)
        done = dict(line.split("\t")[:2] for line in out.read_text("utf-8").splitlines())
    return {name: done[name] for name in drawn}


def digest_of(tree: Path, folder: str) -> str:
    """What the files below a folder come to."""
    digest = sha256(sys.version.encode())
    for path in sorted((tree / folder).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def passes_types(tree: Path, name: str) -> bool:
    """Whether mypy, which every change has to pass, has nothing against a mutant."""
    file = tree / "src" / Path(*name.partition(".x")[0].split(".")).with_suffix(".py")
    before = file.read_bytes()
    python(tree, APPLY, name)
    done = subprocess.run([sys.executable, "-m", "mypy", str(file)], cwd=tree, capture_output=True, check=False)
    file.write_bytes(before)
    return done.returncode == 0


def equal() -> dict[str, str]:
    """The mutants that do what the original does, with the reason for each."""
    return {row["mutant"]: row["why"] for row in tomllib.loads(EQUAL.read_text("utf-8")).get("equal", [])}


def lay(tree: Path, group: Group, plant: int) -> None:
    """Lay a copy of what git knows, with the settings of the group.

    Mutants and what is known of the tests stay from one run to the next. What changed is copied in anew, so that
    mutmut makes the mutants of changed code again and times new tests.
    """
    listed = subprocess.run(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout  # fmt: skip
    names = {name for name in listed.split("\0") if name and (ROOT / name).is_file()}
    mutants = tree / "mutants"
    # A folder that is not there when Python starts is not looked into later: the tests would run the original.
    (mutants / "src").mkdir(parents=True, exist_ok=True)
    # Every call of a function goes through two more on its way to the mutant: what nests deeply needs the room.
    (mutants / "src" / "sitecustomize.py").write_text("import sys\n\nsys.setrecursionlimit(4000)\n", "utf-8")
    (mutants / "src" / "fresh_caches.py").write_text(FRESH, "utf-8")
    for file in [path for path in tree.rglob("*.*") if path.is_file() and not path.is_relative_to(mutants)]:
        if file.relative_to(tree).as_posix() not in names:
            file.unlink()
            (mutants / file.relative_to(tree)).unlink(missing_ok=True)
    for name in names:
        target = tree / name
        if not target.is_file() or target.read_bytes() != (ROOT / name).read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
            if not name.endswith(".py") or not name.startswith("src/"):
                (mutants / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(target, mutants / name)
    code = "\n".join(f"    src/careassure/{pattern}" for pattern in group.code)
    (tree / "setup.cfg").write_text(
        "[mutmut]\nsource_paths=\n    src/careassure\nonly_mutate=\n" + code + "\nalso_copy=\n"
        "    plugins\n    docs\n    README.md\n    CHANGELOG.md\ntrack_dependencies=false\n",
        "utf-8",
    )
    if plant:
        file = next(path for pattern in group.code for path in sorted((tree / "src/careassure").glob(pattern))
                    if path.stat().st_size > 200)  # fmt: skip
        body = "".join(f"    if number == {n}:\n        return number + {n}\n" for n in range((plant + 4) // 5))
        file.write_text(f"{file.read_text('utf-8')}\n\ndef planted(number: int) -> int:\n{body}    return 0\n", "utf-8")


def python(tree: Path, code: str | Path, given: str = "", *, echo: bool = False) -> str:
    """Run Python code in a tree, and return what it prints; a failure ends everything."""
    command = [sys.executable, *([str(code)] if isinstance(code, Path) else ["-c", code])]
    # Processes that the tests start import the mutants as well.
    path = [str(tree / "src"), str(tree)] if tree.name == "mutants" else []
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
    done = subprocess.run(command, cwd=tree, env=settings, input=given, stdout=subprocess.PIPE, text=True,
                          stderr=None if echo else subprocess.PIPE, check=False)  # fmt: skip
    if done.returncode:
        print(done.stdout[-4000:], (done.stderr or "")[-4000:], sep="\n", file=sys.stderr)
        raise SystemExit(2)
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main())
