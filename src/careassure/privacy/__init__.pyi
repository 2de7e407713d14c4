# Made from the table in __init__.py, for type checkers: see tests/api/test_stubs.py.

from careassure.privacy.disclosure.rules import ASCOF_SURVEY_BASE as ASCOF_SURVEY_BASE
from careassure.privacy.disclosure.rules import NHS_SUBNATIONAL as NHS_SUBNATIONAL
from careassure.privacy.disclosure.rules import OLDER_NHS as OLDER_NHS
from careassure.privacy.disclosure.rules import Rules as Rules
from careassure.privacy.disclosure.suppression import CountTable as CountTable
from careassure.privacy.disclosure.suppression import ExposedCell as ExposedCell
from careassure.privacy.disclosure.suppression import SuppressedTable as SuppressedTable
from careassure.privacy.disclosure.suppression import audit as audit
from careassure.privacy.disclosure.suppression import suppress as suppress
from careassure.privacy.personal.screen import Sighting as Sighting
from careassure.privacy.personal.screen import redact as redact
from careassure.privacy.personal.screen import screen as screen
from careassure.privacy.personal.screen import screen_problems as screen_problems

__all__ = [
    "ASCOF_SURVEY_BASE",
    "NHS_SUBNATIONAL",
    "OLDER_NHS",
    "CountTable",
    "ExposedCell",
    "Rules",
    "Sighting",
    "SuppressedTable",
    "audit",
    "redact",
    "screen",
    "screen_problems",
    "suppress",
]
