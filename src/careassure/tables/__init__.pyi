# Made from the table in __init__.py, for type checkers: see tests/api/test_stubs.py.

from careassure.api.readers import read_file as read_file
from careassure.api.readers import readers as readers
from careassure.api.verbs import match_councils as match_councils
from careassure.model.register import CouncilMatch as CouncilMatch
from careassure.model.register import CouncilMatches as CouncilMatches
from careassure.plugins.readers import InstalledReader as InstalledReader
from careassure.tables.plain import plain_rows as plain_rows
from careassure.tables.reader import Opened as Opened
from careassure.tables.reader import Reader as Reader
from careassure.tables.reader import Reading as Reading
from careassure.tables.reader import Seen as Seen
from careassure.tables.reader import audit_of as audit_of
from careassure.tables.reader import column as column
from careassure.tables.sector import Figure as Figure
from careassure.tables.sector import Neighbour as Neighbour
from careassure.tables.table import Audit as Audit
from careassure.tables.table import Layout as Layout
from careassure.tables.table import Line as Line
from careassure.tables.table import Options as Options
from careassure.tables.table import TableFile as TableFile

__all__ = [
    "Audit",
    "CouncilMatch",
    "CouncilMatches",
    "Figure",
    "InstalledReader",
    "Layout",
    "Line",
    "Neighbour",
    "Opened",
    "Options",
    "Reader",
    "Reading",
    "Seen",
    "TableFile",
    "audit_of",
    "column",
    "match_councils",
    "plain_rows",
    "read_file",
    "readers",
]
