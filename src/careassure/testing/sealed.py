"""Checks of where a scorer looks: scoring looks at the scores, and importing it at nothing but its own package."""

from __future__ import annotations

from careassure.model.assessment import Assessment
from careassure.model.text import join, plural
from careassure.testing.bench import Bench, RaisedError, require
from careassure.testing.cases import described
from careassure.testing.check import CheckFailedError
from careassure.testing.profiles import fresh
from careassure.testing.watch import watched


def sealed(bench: Bench) -> str:
    """Once it has scored a first time, scoring asks no clock, file, chance, thread or setting, and talks to nobody."""

    def one(assessment: Assessment) -> bool:
        if bench.outcome(assessment) is None:  # the first call, which may import and load
            return False
        given = fresh(assessment)
        with watched(bench.own) as seen:
            try:
                bench.scored(given)
            except RaisedError:
                return False
        if seen:
            raise CheckFailedError(f"scoring used {join(list(dict.fromkeys(seen)))}", where=described(assessment))
        return True

    looked = bench.each(one, [assessment for assessment, _ in bench.habitual])
    require(looked, "total")
    return plural(looked, "outcome")
