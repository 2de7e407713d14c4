"""What ships with the library: councils, CQC's framework and methods, published results.

``cqc/`` is a plugin made of files alone, as anyone may publish one; its method files are where CQC's rules stand, each
with its source. ``data/`` has the tables, ``data/SOURCES.md`` their sources and licences.
"""
