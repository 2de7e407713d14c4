"""Ladders of conditions: loading, checking and evaluating scoring methods given as data."""
