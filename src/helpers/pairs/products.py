"""Products of the rows of two groups of vectors, in bounded memory."""

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["CELLS", "products_between"]
CELLS = 1 << 24  # products of rows looked at a time


def products_between(
    vectors: Any,
    groups: Sequence[str],
    *,
    pairs: Iterable[tuple[str, str]] | None = None,
    floor: float = 0.0,
    nearest: int = 0,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return row, later row and product of the rows of two groups, where it is above 0 and `floor` or more.

    `vectors` is sparse; `groups` names the group of each row, those of one group standing together. With
    `pairs` of groups only these are multiplied, which is linear in their number. With `nearest` a row has no
    more than so many, the highest.
    """
    edges = [k for k in range(len(groups)) if not k or groups[k] != groups[k - 1]]
    spans = [np.arange(low, high) for low, high in pairwise([*edges, len(groups)])]
    own = np.repeat(np.arange(len(spans)), [len(span) for span in spans])
    found = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
    for rows, columns in _to_multiply([groups[edge] for edge in edges], spans, pairs):
        for some in np.array_split(rows, len(rows) * len(columns) // CELLS + 1):
            block = (vectors[some] @ vectors[columns].T).tocoo()
            one, other = some[block.row], columns[block.col]
            kept = np.flatnonzero((own[one] < own[other]) & (block.data >= floor) & (block.data > 0))
            part = one[kept], other[kept], block.data[kept]
            found.append(_highest(*part, nearest) if nearest else part)
    one, other, products = (np.concatenate(part) for part in zip(*found, strict=True))
    return one, other, products


def _to_multiply(
    names: Sequence[str], spans: Sequence[NDArray[np.int64]], pairs: Iterable[tuple[str, str]] | None
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Return the rows of each group with those of the later groups that it is multiplied with."""
    n_rows = sum(len(span) for span in spans)
    if pairs is None and n_rows**2 <= CELLS:
        # One product of all rows is quicker than one for each group.
        return [(np.arange(n_rows),) * 2]
    number = {name: k for k, name in enumerate(names)}
    later: dict[int, set[int]] = {}
    for both in combinations(number, 2) if pairs is None else pairs:
        low, high = sorted(number.get(name, -1) for name in both)
        if 0 <= low < high:
            later.setdefault(low, set()).add(high)
    return [(spans[k], np.concatenate([spans[n] for n in sorted(ks)])) for k, ks in sorted(later.items())]


def _highest(
    one: NDArray[np.int64], other: NDArray[np.int64], products: NDArray[np.float64], nearest: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the `nearest` highest products of each row; all as they are where there are no more in all."""
    if len(products) <= nearest:
        return one, other, products
    order = np.lexsort((other, -products, one))
    one, other, products = one[order], other[order], products[order]
    kept = np.arange(len(one)) - np.searchsorted(one, one) < nearest
    return one[kept], other[kept], products[kept]
