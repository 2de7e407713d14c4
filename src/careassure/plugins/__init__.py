"""Plugins: the hooks, the marker and the host."""
