"""Checklists and priority triage for careassure, built from your own list of items or criteria.

The plugin offers no scheme of its own: a scheme is made by calling `checklist` or `triage`, and used by handing its
framework and method to careassure, or through `Scheme.assess`.
"""

from __future__ import annotations

from careassure_checklist.items import Item, read_items
from careassure_checklist.making import checklist, read_checklist
from careassure_checklist.prioritising import triage
from careassure_checklist.scheme import Scheme, Tally, item_shares, read_scheme, tally

__all__ = [
    "Item",
    "Scheme",
    "Tally",
    "checklist",
    "item_shares",
    "read_checklist",
    "read_items",
    "read_scheme",
    "tally",
    "triage",
]
