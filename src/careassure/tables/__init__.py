"""Tables in files: delimited text and spreadsheets, read strictly, every cell as text with its place.

Begin with `opening.open_table`, which finds out what a file is and gives a `table.TableFile`: how it is laid out, and
its lines one by one. What a cell means is not decided here.

`reader.py` says what a reader of one kind of file is: something that a plugin may offer. It is shown what was seen of
a file, says whether it knows it, and gives a `Reading`: rows as plain values, and an account of every row and column.
"""

from __future__ import annotations

from careassure import _public  # pyright: ignore[reportPrivateUsage]  (ours, and no one else's)

_HOMES = {
    "api.readers": "read_file readers",
    "api.verbs": "match_councils",
    "model.register": "CouncilMatch CouncilMatches",
    "plugins.readers": "InstalledReader",
    "tables.plain": "plain_rows",
    "tables.reader": "Opened Reader Reading Seen audit_of column",
    "tables.sector": "Figure Neighbour",
    "tables.table": "Audit Layout Line Options TableFile",
}

__getattr__, __dir__, __all__ = _public(__name__, _HOMES)
