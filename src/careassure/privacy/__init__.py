"""Keep people out of what is written: find personal data in text, and leave small numbers out of tables."""

from __future__ import annotations

from careassure import _public  # pyright: ignore[reportPrivateUsage]  (ours, and no one else's)

_HOMES = {
    "privacy.disclosure.rules": "ASCOF_SURVEY_BASE NHS_SUBNATIONAL OLDER_NHS Rules",
    "privacy.disclosure.suppression": "CountTable ExposedCell SuppressedTable audit suppress",
    "privacy.personal.screen": "Sighting redact screen screen_problems",
}

__getattr__, __dir__, __all__ = _public(__name__, _HOMES)
