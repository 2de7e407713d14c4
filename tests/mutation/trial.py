"""Try mutants, each in a fork of one process that has imported everything: measure.py starts it in the copied tree.

Reads an order from standard input and writes what became of each mutant, a line each, as soon as it is known. The
tests are collected once. They are run once without a mutant, to see which of them reach which function and how long
each takes. A mutant is tried with the tests that reach its function: quick ones first, and first of all those that
noticed others.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

trampoline: Any = import_module("mutmut.mutation.trampoline")  # not everybody has it
WITHOUT = ("-n", "0", "--no-cov", "-q", "-W", "ignore", "--tb=no", "-p", "no:randomly", "-p", "no:cacheprovider")
FIRST, FACTOR = 10, 8
"""Seconds that a mutant has beyond what its tests take, and how many times longer than without it they may take."""
AFRESH = 40
"""Tests that are run again in a Python that starts afresh, where it may matter."""
Tests = list[pytest.Item]
Known = dict[str, tuple[str, float, list[str]]]
"""Of each test the digest of its file, how long it takes, and the functions that it reaches."""
NOT_RUN = {pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED}
TOO_LONG = {-signal.SIGALRM, -signal.SIGXCPU, -signal.SIGKILL}


class Trial:
    """A plugin of pytest that runs the collected tests again and again instead of once.

    Args:
        order: ``drawn``, the mutants; ``out`` and ``known``, files for what is found; ``seconds``, how long the
            tests of one mutant may take without it; ``workers``, how many are tried at once.
    """

    def __init__(self, order: dict[str, Any]) -> None:
        self.order = order
        self.reached: set[str] = set()
        self.failed = 0
        self.noticed: Counter[str] = Counter()
        self.started: dict[int, tuple[str, str, float]] = {}
        trampoline.record_trampoline_hit = lambda name, caller=None: self.reached.add(name)
        trampoline.set_mutant_under_test("stats")  # what is reached while modules are imported

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count the tests that fail."""
        self.failed += report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests without a mutant, then with each that is drawn."""
        imported = set(self.reached)
        known = Path(self.order["known"])
        reach = json.loads(known.read_text("utf-8")) if known.exists() else {}
        files = {item.path: sha256(item.path.read_bytes()).hexdigest() for item in session.items}
        new: dict[Path, Tests] = defaultdict(list)
        for item in session.items:
            if reach.get(item.nodeid, "x")[0] != files[item.path]:
                new[item.path].append(item)
        for path, items in new.items():  # file by file, since some hold much once they have run
            _, status = os.waitpid(forked(partial(self.learn, items, files[path], known)), 0)
            if status:
                raise SystemExit("the tests fail without a mutant")
        reach = json.loads(known.read_text("utf-8"))
        tests = {item.nodeid: item for item in session.items}
        by_function: dict[str, dict[str, float]] = defaultdict(dict)
        for name, (_, seconds, functions) in reach.items():
            for function in functions if name in tests else ():
                by_function[function][name] = seconds
        with Path(self.order["out"]).open("a", encoding="utf-8") as out:
            for mutant in self.order["drawn"]:
                function = mutant.partition("__mutmut_")[0]
                chosen = list(self.chosen(by_function[function]))
                if len(self.started) >= self.order["workers"]:
                    self.ended(out)
                self.start(
                    mutant, [tests[name] for name in chosen], by_function[function], imported=function in imported
                )
            while self.started:
                self.ended(out)
        return True

    def learn(self, items: Tests, digest: str, known: Path) -> int:
        """Run every test of a file by itself and add how long each takes and what it reaches."""
        found: Known = json.loads(known.read_text("utf-8")) if known.exists() else {}
        for item, after in zip(items, [*items[1:], None], strict=True):
            self.reached.clear()
            start = time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if self.failed:  # it cannot tell a mutant from the code, and so is left out
                os.write(2, f"fails without a mutant: {item.nodeid}\n".encode())
                self.reached.clear()
                self.failed = 0
            found[item.nodeid] = (digest, time.process_time() - start, sorted(self.reached))
        known.write_text(json.dumps(found), "utf-8")
        return 0

    def chosen(self, tests: dict[str, float]) -> Iterator[str]:
        """The tests of a function in the order in which they are tried, as many as there is time for."""
        left = self.order["seconds"]
        for name in sorted(tests, key=lambda name: (tests[name] / (1 + self.noticed[name]), name)):
            left -= tests[name]
            if left < 0 and tests[name] > 1:
                continue
            yield name

    def start(self, mutant: str, tests: Tests, seconds: dict[str, float], imported: bool) -> None:
        """Try a mutant in a process of its own, and if it may act on import, then in a Python that starts afresh."""
        most = (FIRST + FACTOR * sum(seconds[item.nodeid] for item in tests)) * (1 + imported)
        note = Path(f"{self.order['out']}.{mutant}.note")

        def attempt() -> int:
            resource.setrlimit(resource.RLIMIT_CPU, (int(most), int(most) + 5))
            signal.alarm(6 * int(most))
            trampoline.set_mutant_under_test(mutant)
            for item, after in zip(tests, [*tests[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
                if self.failed:
                    note.write_text(item.nodeid, "utf-8")
                    return 1
            if imported:
                command = [sys.executable, "-m", "pytest", "-x", *WITHOUT, "-p", "fresh_caches"]
                os.execv(sys.executable, [*command, *(item.nodeid for item in tests[:AFRESH])])  # noqa: S606
            return 0

        if not tests:
            self.started[-1 - len(self.started)] = (mutant, "no tests", time.monotonic())
            return
        self.started[forked(attempt)] = (mutant, str(note), time.monotonic())

    def ended(self, out: Any) -> None:
        """Wait for a mutant that is being tried and write what became of it."""
        without = next((pid for pid in self.started if pid < 0), None)
        if without is not None:
            mutant, word, start = self.started.pop(without)
        else:
            pid, status = os.wait()
            mutant, note, start = self.started.pop(pid)
            code = os.waitstatus_to_exitcode(status)
            if code in NOT_RUN:
                raise SystemExit(f"the tests of {mutant} could not be run: pytest ended with {code}")
            word = "timeout" if code in TOO_LONG else "segfault" if code < 0 else "killed" if code else "survived"
            if Path(note).exists():
                self.noticed[Path(note).read_text("utf-8")] += 1
                Path(note).unlink()
        print(mutant, word, f"{time.monotonic() - start:.1f}", sep="\t", file=out, flush=True)


def forked(work: Callable[[], int]) -> int:
    """Do something in a copy of this process, which prints nothing, and return its number."""
    pid = os.fork()
    if pid:
        return pid
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    code = 3
    try:
        code = work()
    finally:
        os._exit(code)


def main() -> int:
    """Collect the tests and try the mutants."""
    order = json.load(sys.stdin)
    return int(pytest.main([*WITHOUT, "-p", "fresh_caches", *order["tests"]], plugins=[Trial(order)]))


if __name__ == "__main__":
    raise SystemExit(main())
