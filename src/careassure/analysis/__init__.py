"""What can be asked about a result: why it is so, what would change it, how firm it is, does it follow from its scores.

Begin with `what_if.py`, then `reasons.py` and `nearest.py`. Both ask `deciding.py` what a place comes to, and
`saying.py` puts the answers into words. What a single result says of itself is in ``model``; comparison with other
councils by published indicators is in ``figures``.

The verbs asked most often are public at the top (``ca.what_if``, ``ca.reasons``, ...). All others are public here, and
so are the parts of results.
"""

from __future__ import annotations

from careassure import _public  # pyright: ignore[reportPrivateUsage]  (ours, and no one else's)

_HOMES = {
    "analysis.choices": "Line Sensitivity WeightSpan sensitivities sensitivity",
    "analysis.line_splits": "Bunching LineSplit bunching",
    "analysis.method_comparison": "MethodComparison compare_methods",
    "analysis.method_diff": "MethodDiff diff_methods",
    "analysis.national_programme": "Programme Tally programme",
    "analysis.nearest": "WayTo nearest_changes",
    "analysis.next_question": "Answers Option Question",
    "analysis.places_by_weight": "WeightedPlace weighted_places",
    "analysis.raters": "Agreement Bias RaterPair agreement",
    "analysis.reasons": "Reason",
    "analysis.stability": "Chances",
}

__getattr__, __dir__, __all__ = _public(__name__, _HOMES)
