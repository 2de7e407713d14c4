"""The readers that ship with the core: files of indicators, and lists of councils that are alike.

Each is a value of `careassure.tables.reader.Reader`, as a plugin could offer it.
"""

from __future__ import annotations

from careassure.catalogue.readers.indicators import INDICATOR_READERS
from careassure.catalogue.readers.lg_inform import LG_INFORM
from careassure.catalogue.readers.neighbours import NEIGHBOUR_READERS

READERS = (*INDICATOR_READERS, LG_INFORM, *NEIGHBOUR_READERS)
"""All of them."""
