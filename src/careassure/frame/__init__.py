"""Tables of scores: the same methods on any data frame, and from file to file."""
