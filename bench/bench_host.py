"""What the plugin host costs: listing, the first scorer, and each call against the scorer itself."""

from __future__ import annotations

from timing import calls, compare

import careassure as ca
from careassure.methods.evaluate import evaluate
from careassure.methods.scorer import MethodScorer
from careassure.plugins.host import PluginHost
from careassure.plugins.offers import InstalledScorer

ASSESSMENT = ca.Assessment.of("Camden", [3, 3, 4, 3, 4, 4, 3, 4, 4])
INSTALLED = ca.scorer("single-word")
SCORER = INSTALLED.scorer
if not isinstance(SCORER, MethodScorer):
    raise TypeError(SCORER)
METHOD = SCORER.method
DIRECT = calls(lambda: evaluate(METHOD, ASSESSMENT), 300)

compare("a call through the host", calls(lambda: INSTALLED.score(ASSESSMENT), 300), "evaluate", DIRECT, 1.1)
compare("assess by name", calls(lambda: ca.assess(ASSESSMENT, "single-word"), 300), "evaluate", DIRECT, 1.15)
compare("a new host, listed", calls(lambda: PluginHost().installed(), 5), "one rating", DIRECT, 200)
compare("a new host, first scorer", calls(lambda: PluginHost().scorer("single-word"), 5), "one rating", DIRECT, 400)


class Lowest:
    """A scorer in Python as short as they come."""

    name, version, title = "lowest", "1", "The lowest statement decides"

    def accepts(self, framework: ca.Framework) -> bool:
        return framework.id == "cqc-la"

    def score(self, assessment: ca.Assessment) -> ca.Outcome:
        ratings = assessment.framework.scale("cqc-rating").grades
        low, high = (ratings[min(span[end].rank for span in assessment.spans.values())] for end in (0, 1))
        rule = ca.Reference("rule", "The lowest score is the rating", basis="ours")
        return ca.Outcome.of(self, assessment, low, high, text="The lowest decides.", references=(rule,))


CHECKED = InstalledScorer.of(Lowest())
compare("a checked scorer in Python", calls(lambda: CHECKED.score(ASSESSMENT), 300), "evaluate", DIRECT, 3)
