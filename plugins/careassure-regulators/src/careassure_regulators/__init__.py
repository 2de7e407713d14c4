"""Schemes of other regulators, as a plugin of careassure: everything stands in the TOML files beside this module."""
