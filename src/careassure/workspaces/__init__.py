"""A council's own folder: what it keeps while it prepares its assessment, and what can be asked of it."""
