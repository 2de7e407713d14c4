"""CQC's ratings of health and care providers, as a plugin of careassure.

The frameworks and methods stand in the TOML files beside this module; careassure loads them by itself. What
takes Python is here: the ratings of 730 locations, the score limiter, and NHS trusts of any number of services.
"""

from __future__ import annotations

import careassure as ca
from careassure_cqc_provider.limiter import limited
from careassure_cqc_provider.locations import ratings
from careassure_cqc_provider.trusts import underlying

__all__ = ["limited", "ratings", "underlying"]


@ca.hookimpl
def careassure_readers() -> list[ca.tables.Reader]:
    """Readers of CQC's API and of its files; imported when they are asked for."""
    from careassure_cqc_provider.api_json import CQC_API
    from careassure_cqc_provider.directory import CQC_ACTIVE, CQC_DIRECTORY
    from careassure_cqc_provider.ratings_file import CQC_RATINGS

    return [CQC_API, CQC_DIRECTORY, CQC_ACTIVE, CQC_RATINGS]
