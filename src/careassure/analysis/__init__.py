"""What can be asked about a result: why it is so, what would change it, how firm it is, does it follow from its scores.

Begin with `what_if.py`, then `reasons.py` and `nearest.py`. Both ask `deciding.py` what a place comes to, and
`saying.py` puts the answers into words. What a single result says of itself is in ``model``; comparison with other
councils by published indicators is in ``figures``.
"""
