"""Sums made ready for arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen

from careassure.frame.arrays import LeafData, Numbers
from careassure.frame.linear import Linear, linear
from careassure.methods.plan import Amount, MethodPlan

Terms = tuple[tuple[int, int, int], ...]


@frozen(eq=False)
class Sum:
    """A sum made ready.

    Args:
        form: Its simplest form.
        places: The sources that are added up.
        bits: The smallest kind of number that holds its X.
    """

    form: Linear
    places: tuple[int, ...]
    bits: type[np.integer[Any]]

    @classmethod
    def of(cls, amount: Amount) -> Sum:
        """Make a sum ready."""
        form = linear(amount)
        kinds = (np.uint8, np.uint16, np.int32, np.int64)
        bits = next(kind for kind in kinds if form.most <= np.iinfo(kind).max)
        return cls(form, tuple(place for place, _ in amount.parts), bits)


def sole_terms(plan: MethodPlan, sums: Sequence[Sum], leaves: Sequence[LeafData]) -> Terms | None:
    """The terms of the one sum of all ranks on which a plan hangs, where it hangs on nothing else."""
    terms = {total.form.terms for total in sums}
    sizes = {source.unknown for source in plan.leaves}
    plain = all(isinstance(data, Numbers) for data in leaves)
    if len(terms) != 1 or len(sizes) != 1 or not plain or any(source.unknown[0] for source in plan.leaves):
        return None
    every = tuple((place, 0, 1) for place, source in enumerate(plan.sources) if source.given)
    return every if terms == {every} and sums[0].bits is np.uint8 and len(plan.nodes) == 1 else None
