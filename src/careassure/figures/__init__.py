"""Indicators with their values: beside England and peers, over years, as stocks."""
