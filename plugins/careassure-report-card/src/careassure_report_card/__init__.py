"""Report cards: a grade for each area, safeguarding apart, and no overall.

The TOML files in this package are what it offers to careassure: the method ``report-card`` for councils, and the
framework and method ``ofsted-report-card`` for schools. `secure_fit` makes a framework and a method from criteria of
your own, by which an area reaches a grade only if every criterion up to that grade is met.
"""

from __future__ import annotations

from careassure_report_card.criteria import SecureFit, secure_fit

__all__ = ["SecureFit", "secure_fit"]
