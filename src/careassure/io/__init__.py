"""Files and plain tables: the readers and writers.

`fields.py` reads tables strictly and collects every fault with its place; `methods.py` and `frameworks.py` read the two
kinds of file that describe a scheme; `writing.py` writes whole or not at all. Nothing here knows a workspace.
"""
