"""Ladders of conditions: fitting, evaluating and checking scoring methods given as data.

Begin with `conditions.py`, the language of rules, then `evaluate.py`, which climbs a ladder for one assessment and
notes every step. `plan.py` is the same method made ready for many rows, `survey.py` and `check.py` prove what holds
for every combination of scores. Files are read in ``io``; no rule of any one scheme stands here.
"""
