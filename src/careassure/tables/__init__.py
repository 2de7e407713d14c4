"""Tables in files: delimited text and spreadsheets, read strictly, every cell as text with its place.

Begin with `opening.open_table`, which finds out what a file is and gives a `table.TableFile`: how it is laid out, and
its lines one by one. What a cell means is not decided here.
"""
