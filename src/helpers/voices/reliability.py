"""How often each rule named the right source on annotated news: counts, shares and their intervals."""

import math
from functools import cache
from pathlib import Path

import pandas as pd

from helpers.place import ROOT, folder_path
from helpers.table import conform
from helpers.text import CorpusError, read_cells
from helpers.voices.tables import RuleRatesTable

__all__ = ["FEWEST", "NOT_MEASURED", "confidence_of", "load_rule_rates", "wilson"]
FILE = "source_rules.csv"
COUNTED = ("speech", "rule", "right", "n")
# Cases under which a share tells too little: with 20 its interval is .4 wide at worst.
FEWEST = 20
NOT_MEASURED = float("nan")
Z = 1.959964  # the normal quantile of a 95 % interval


def load_rule_rates(folder: str | Path | None = None) -> pd.DataFrame:
    """Return how often each rule was right: the counts of data/reference, or of `folder`, with shares.

    Columns: speech, rule, right, n, share, low and high. The file is made by
    `python benchmarks/sources.py bench --rules`.
    """
    path = folder_path(folder or ROOT / "data" / "reference") / FILE
    _, rows, problems, _ = read_cells(path, COUNTED)
    if problems:
        raise CorpusError(problems)
    table = pd.DataFrame([cells for _, cells in rows], columns=list(COUNTED)).astype({"right": int, "n": int})
    ends = [wilson(right, n) for right, n in zip(table["right"], table["n"], strict=True)]
    table["share"] = table["right"] / table["n"]
    table["low"], table["high"] = [low for low, _ in ends], [high for _, high in ends]
    return conform(table, RuleRatesTable)


def wilson(right: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927), or 0 and 1 of nothing.

    >>> [round(end, 3) for end in wilson(18, 20)]
    [0.699, 0.972]
    """
    if not n:
        return 0.0, 1.0
    share, spread = right / n, Z * Z / n
    middle = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def confidence_of(speech: str, rule: str) -> float:
    """Return how often a rule was right about the source of quoted or reworded speech; NaN where unknown."""
    return _shares().get((speech, rule), NOT_MEASURED)


@cache
def _shares() -> dict[tuple[str, str], float]:
    """Return the shares of the rules that were met often enough, to two digits."""
    rates = load_rule_rates()
    kept = rates[rates["n"] >= FEWEST]
    keys = zip(kept["speech"], kept["rule"], strict=True)
    return dict(zip(keys, kept["share"].round(2), strict=True))
