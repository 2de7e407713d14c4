"""What several results say together: what if a score were another, how firm is a rating, does it follow from its scores.

Begin with `what_if.py`. What a single result says of itself is in ``model``; comparison with other councils by
published indicators is in ``figures``.
"""
