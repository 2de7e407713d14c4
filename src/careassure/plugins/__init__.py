"""Plugins: the hooks, the marker and the host.

Begin with `spec.py`, the hooks that a plugin may have, and `host.py`, which asks them. `discovery.py` finds what is
installed, `guard.py` keeps one plugin's faults from the others, `outcomes.py` refuses an outcome that cannot be true.
"""
