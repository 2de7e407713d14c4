"""Personal data: found before it is kept or passed on, and small numbers that could point to a person."""
