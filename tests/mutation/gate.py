"""What a run of mutation tests shows, and whether it is enough.

A mutant is a copy of the code with one small change: `<` for `<=`, 2 for 1, a line left out. A test suite that is
worth its name fails on it: the mutant is *killed*. One that passes all tests *survived*, and stands for a fault
that nobody would have noticed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from math import sqrt

from attrs import frozen

LEAST = 95
"""The least share of killed mutants, in per cent, in every group."""

KILLED = frozenset({"killed", "timeout", "segfault", "caught by type check"})
"""A mutant that never ends, or brings the interpreter down, does not pass unnoticed either."""
UNDECIDED = frozenset({"not checked", "check was interrupted by user", "skipped"})


@frozen
class Tally:
    """How the mutants of one group fared.

    Args:
        group: The name of the group.
        results: What became of each mutant that was drawn, by its name.
        made: How many mutants there are to draw from.
        words: Those that change nothing but the wording of a message. They are told apart and do not count: tests
            hold what a message names and where it points, not each of its words.
        equal: Survivors that do what the original does, each with the reason; they do not count.
    """

    group: str
    results: Mapping[str, str]
    made: int
    words: frozenset[str]
    equal: Mapping[str, str]

    @property
    def counted(self) -> dict[str, str]:
        """The results that count."""
        return {
            name: status for name, status in sorted(self.results.items())
            if status not in UNDECIDED and name not in self.equal and name not in self.words
        }  # fmt: skip

    @property
    def tried(self) -> int:
        """How many mutants count."""
        return len(self.counted)

    @property
    def killed(self) -> int:
        """How many of them were noticed."""
        return sum(status in KILLED for status in self.counted.values())

    @property
    def survivors(self) -> tuple[str, ...]:
        """Those that were not noticed, or that no test reaches."""
        return tuple(name for name, status in self.counted.items() if status not in KILLED)

    @property
    def ok(self) -> bool:
        """Whether enough were noticed, and nothing was left undecided."""
        undecided = sum(status in UNDECIDED for status in self.results.values())
        return self.tried > 0 and not undecided and 100 * self.killed >= LEAST * self.tried

    def lines(self) -> list[str]:
        """The figures in words."""
        counts = ", ".join(f"{n} {status}" for status, n in sorted(Counter(self.results.values()).items()))
        worded = [status for name, status in self.results.items() if name in self.words]
        low, high = share_between(self.killed, self.tried)
        apart = f"{len(self.equal.keys() & self.results.keys())} equal to the original, {len(worded)} in words alone"
        return [
            f"{self.group}: {self.killed} of {self.tried} killed ({shown(self.killed, self.tried)} %)",
            f"  drawn from {self.made:,}; by chance {low:.1f} to {high:.1f} % of all",
            f"  {counts}",
            f"  not counted: {apart}, of which {sum(status in KILLED for status in worded)} killed",
            *(f"  survived: {name}" for name in self.survivors),
            f"  {'enough' if self.ok else f'NOT ENOUGH: at least {LEAST} % are asked for'}",
        ]


def shown(part: int, whole: int) -> str:
    """A share in per cent with one decimal, rounded down so that 94.99 is never shown as 95."""
    return f"{1000 * part // max(whole, 1) / 10:.1f}"


def share_between(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of Wilson for the share of all mutants, in per cent, from a sample of them."""
    if not whole:
        return 0.0, 100.0
    z = 1.959964
    share = part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


_TEXT = re.compile(r"""f?"[^"]*"|f?'[^']*'""")
_HINT = re.compile(r"""hint=(?:None|f?"[^"]*"|[\w.()]+)(?:,\s*)?""")


def words_only(change: str) -> bool:
    """Whether a change, as lines taken out (-) and put in (+), is one of the wording of a message alone."""
    before, after = (
        " ".join(line[1:].strip() for line in change.splitlines() if line[:1] == sign and line[:3] != sign * 3)
        for sign in "-+"
    )
    return _plain(before) == _plain(after)


def _plain(text: str) -> str:
    """Lines of code without the texts that are sentences, and without hints."""
    text = _TEXT.sub(lambda found: "None" if re.search(r"\s", found[0]) else found[0], text)
    return _HINT.sub("", text).replace(" ", "").replace(",)", ")")
