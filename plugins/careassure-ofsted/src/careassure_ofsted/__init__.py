"""Ofsted for careassure: ILACS, SIF and SCCIF, and their style applied to adult social care.

The TOML files in this package are what it offers to careassure: frameworks and methods. `outcomes` gives the published
results of inspections that ship beside them.
"""

from __future__ import annotations

import careassure as ca
from careassure_ofsted.published import Scheme, outcomes

__all__ = ["Scheme", "outcomes"]


@ca.hookimpl
def careassure_readers() -> list[ca.tables.Reader]:
    """The reader of tables of ILACS outcomes; imported when it is asked for."""
    from careassure_ofsted.readers import ILACS_OUTCOMES

    return [ILACS_OUTCOMES]
