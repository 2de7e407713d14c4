"""The checks of the conformance kit, as one series of named checks for a scorer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from careassure.methods.method import Method
from careassure.model.framework import Framework
from careassure.model.scorer import Scorer
from careassure.testing import aftermath, context, contract, meaning, sameness, sealed, soundness
from careassure.testing.bench import Bench, bench_of
from careassure.testing.check import Check, CheckFailedError
from careassure.testing.survey import SURVEYED, nothing_found

_CHECKS: tuple[tuple[str, str, frozenset[str], Callable[[Bench], str]], ...] = (
    ("well-named", "0.1", frozenset(), contract.well_named),
    ("accepts", "0.1", frozenset(), contract.accepts),
    ("total", "0.1", frozenset(), contract.total),
    ("signed", "0.1", frozenset(), contract.signed),
    ("exact-types", "0.1", frozenset(), soundness.exact_types),
    ("range", "0.1", frozenset(), soundness.ranges),
    ("flags", "0.1", frozenset(), soundness.flags),
    ("trace", "0.1", frozenset(), soundness.trace),
    ("cited", "0.1", frozenset(), soundness.cited),
    ("monotone", "0.1", frozenset(), meaning.monotone),
    ("missing", "0.1", frozenset(), meaning.missing),
    ("order", "0.1", frozenset(), meaning.order),
    ("lowering", "0.1", frozenset({"method"}), meaning.lowering),
    ("context", "0.1", frozenset(), context.context),
    ("facts", "0.1", frozenset(), context.facts),
    ("pure", "0.1", frozenset(), sameness.pure),
    ("stateless", "0.1", frozenset(), aftermath.stateless),
    ("surroundings", "0.1", frozenset(), aftermath.surroundings),
    ("sealed", "0.1", frozenset(), sealed.sealed),
    ("deterministic", "0.1", frozenset(), sameness.deterministic),
    ("threads", "0.1", frozenset(), sameness.threads),
    ("processes", "0.1", frozenset({"importable"}), sameness.processes),
    ("imports", "0.1", frozenset({"importable"}), sameness.imports),
    ("pickles", "0.1", frozenset(), sameness.pickles),
    ("round-trip", "0.1", frozenset(), sameness.round_trip),
)

NAMES = tuple(name for name, *_ in _CHECKS)
"""The names of all checks, in order."""

PROMISED = 25
"""So many checks are promised. Where fewer run, whatever the reason, nothing has passed."""


def refuse_shrunken() -> None:
    """Refuse to work with fewer checks than are promised.

    Raises:
        CheckFailedError: Some are lacking.
    """
    if len(_CHECKS) < PROMISED:
        raise CheckFailedError(f"the kit has {len(_CHECKS)} of its {PROMISED} checks", hint="Install careassure again")


def scorer_checks(scorer: Scorer | Method, *, framework: Framework | None = None) -> Iterator[Check]:
    """Every check, for one scorer.

    None is left out: a check of something that the scorer does not have raises
    ``NotOfferedError`` when it is run.

    Args:
        scorer: The scorer; a method stands for the scorer that applies it.
        framework: The framework to test with; every installed one that the scorer accepts where None.

    Raises:
        UnknownScorerError: It is not a scorer.
    """
    yield from checks_on(bench_of(scorer, framework))


def checks_on(bench: Bench) -> Iterator[Check]:
    """Every check, on a bench."""
    for name, since, requires, function in _CHECKS:
        text = " ".join((function.__doc__ or "").partition("\n\n")[0].split())
        yield Check(name, since, requires, text, partial(_run, bench, name, function))


def _run(bench: Bench, name: str, function: Callable[[Bench], str]) -> str:
    """Run a check, and see whether the survey found a fault that is its business."""
    _ = bench.pristine
    try:
        message = function(bench)
        if name in SURVEYED:
            nothing_found(bench, name)
    finally:
        bench.put_back()
    return message
