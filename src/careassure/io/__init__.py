"""Files and plain tables: the readers and writers."""
