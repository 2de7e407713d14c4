"""The pictures of a paper: each made of a result alone, with its words and the table of every number in it."""
