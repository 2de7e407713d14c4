"""Results as text, tables and pages.

Begin with `rows.py`, which makes plain rows of results; `tables.py` writes them as text, CSV or JSON, `page.py` as one
page of HTML with the ladder that `ladder.py` draws. No figure is worked out here.
"""
