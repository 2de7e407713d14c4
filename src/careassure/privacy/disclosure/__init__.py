"""Disclosure control on tables of counts."""
