"""The verbs of careassure; the package's front page offers them by name."""
