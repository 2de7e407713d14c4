"""CQC's ratings of health and care providers, as a plugin of careassure.

The frameworks and methods stand in the TOML files beside this module; careassure loads them by itself. What
takes Python is here: the ratings of 500 locations, the score limiter, and NHS trusts of any number of services.
"""

from __future__ import annotations

from careassure_cqc_provider.limiter import limited
from careassure_cqc_provider.locations import ratings
from careassure_cqc_provider.trusts import underlying

__all__ = ["limited", "ratings", "underlying"]
