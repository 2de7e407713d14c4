"""Weights as whole numbers, and how long the fraction of a percentage can become."""

from __future__ import annotations

from math import gcd

from careassure.methods.conditions import Measure
from careassure.methods.fit import Fitted


def whole_weights(measure: Measure) -> tuple[list[int], int]:
    """The weights of a measure's inputs as whole numbers, and what they were multiplied by.

    Where only their ratios matter, they have no factor in common and were multiplied by whatever that took.
    """
    weights, scaling = measure.whole
    if measure.kind == "total":
        return list(weights), scaling
    common = gcd(*weights) or 1
    return [weight // common for weight in weights], 1


def longest_part(fitted: Fitted) -> int:
    """The greatest whole number that the printed percentage can have as a part of its fraction; 0 for none."""
    rule = dict(fitted.headlines).get("overall")
    if rule is None:
        return 0
    if rule.kind != "percentage":
        return 100 * len(rule.inputs)
    scales = {node.target: fitted.scale(node) for node in fitted.nodes if node.ladders}
    found = 0
    for item, weight in zip(rule.inputs, whole_weights(rule)[0], strict=True):
        own = None if item.given else scales.get(item.id)
        scale = own if own is not None else fitted.framework.scale_of(item.id)
        found += abs(weight) * scale.highest.value
    return 100 * found
