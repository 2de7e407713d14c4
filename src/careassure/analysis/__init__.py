"""What several results say together: other scores, how firm a rating is, and whether it follows from its scores.

Begin with `what_if.py`. What a single result says of itself is in ``model``; comparison with other councils by
published indicators is in ``figures``.
"""
