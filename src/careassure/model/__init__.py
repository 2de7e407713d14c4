"""The values: scales, frameworks, councils, assessments, outcomes.

Begin with `scale.py`, `framework.py`, `assessment.py` and `outcome.py`. All are frozen and compare by value. `trace.py`
holds the steps of a result and `explain.py` puts them into words. Nothing here reads a file or applies a method.
"""
