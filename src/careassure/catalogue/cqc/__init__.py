"""CQC's framework for local authorities and its methods: files, as any plugin can bring them."""

from __future__ import annotations

from careassure.io.packages import package_frameworks
from careassure.model.framework import Framework


def cqc_la() -> tuple[Framework, ...]:
    """CQC's assessment of local authorities, every version, the oldest first."""
    return package_frameworks(__name__)
