"""What the text of a cell means; it is decided in `careassure.model.cells`, for tables and workspaces alike."""

from __future__ import annotations

from careassure.model.cells import marked_value_of, score_of, value_of

__all__ = ["marked_value_of", "score_of", "value_of"]
