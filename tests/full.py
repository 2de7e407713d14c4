"""A scorer in Python that uses all that an outcome can hold."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

import careassure as ca
from careassure.model.outcome import Flag, Margin, Measure, Outcome, Profile
from careassure.model.scale import Scale
from careassure.model.trace import Step

RULE = ca.Reference("rule", "A rule for tests", basis="ours")
CAMDEN = ca.Assessment.of("Camden", [1, 3, 4, 3, 4, 4, 3, 4, "Not judged"])
RATINGS = CAMDEN.framework.scale("cqc-rating")
SCORES = CAMDEN.framework.scale("cqc-score")
OWN = Scale.of("own", "Its own", ("low", "Low"), ("high", "High"))


class Full:
    """A scorer that uses all that an outcome can hold, rightly."""

    name, version, title = "full", "2", "Everything"
    scales = (OWN,)

    def accepts(self, framework: ca.Framework) -> bool:
        return framework.id == "cqc-la"

    def score(self, assessment: ca.Assessment) -> Outcome:
        spans = assessment.spans
        inputs = tuple(Step("input", leaf, leaf, *span) for leaf, span in spans.items())
        low, high = (Fraction(100 * sum(span[end].value for span in spans.values()), 36) for end in (0, 1))
        exact = Step("percentage", "points", "Points", low, high, inputs, (RULE,), maximum=Fraction(36))
        down = tuple(Fraction(int(value)) for value in (low, high))
        shown = Step("rounded", "points", "Rounded down", down[0], down[1], (exact,), (RULE,), rounding="down")
        theme = assessment.framework.themes[0]
        node = Step("node", theme.id, theme.title, OWN["low"], OWN["high"], (), (RULE,))
        ratings = assessment.framework.scale("cqc-rating")
        entries = [
            evolve(entry, low=OWN["low"], high=OWN["high"], score=int(down[0]) if down[0] == down[1] else None)
            if entry.id == theme.id
            else entry
            for entry in Profile.of(assessment)
        ]
        return Outcome.of(
            self,
            assessment,
            ratings["requires_improvement"],
            ratings["good"],
            text="A rule.",
            references=(RULE,),
            steps=(shown, node),
            suggested=ratings["good"],
            percentage_low=low,
            percentage_high=high,
            score_low=int(down[0]),
            score_high=int(down[1]),
            margin=Margin(2, 3, ratings["inadequate"], ratings["outstanding"]),
            profile=Profile(tuple(entries)),
            flags=(Flag("poor", "A score is poor.", references=(RULE,)), Flag("maybe", "It may be.", certain=False)),
            measures=(Measure("points", "Points", down[0], down[1]),),
        )


FULL = Full().score(CAMDEN)
