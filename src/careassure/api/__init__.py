"""The verbs of careassure; the package's front page offers them by name.

Begin with `verbs.py`: ``assess`` and ``compare``. `lookup.py` turns what a person writes, a name or a file, into a
scorer, a framework or a council. Nothing here works anything out: it finds who does, and hands over.
"""
