"""How often each rule named the right source on annotated news: counts, shares and their intervals."""

from functools import cache
from pathlib import Path

import pandas as pd
from scipy.stats import binomtest

from helpers.place import ROOT, folder_path
from helpers.table import conform
from helpers.text import CorpusError, read_cells
from helpers.voices.tables import RuleRatesTable

__all__ = ["FEWEST", "NOT_MEASURED", "confidence_of", "load_rule_rates"]
FILE = "source_rules.csv"
COUNTED = ("speech", "rule", "right", "n")
# Cases under which a share tells too little: with 20 its exact interval is .46 wide at worst.
FEWEST = 20
NOT_MEASURED = float("nan")


def load_rule_rates(folder: str | Path | None = None) -> pd.DataFrame:
    """Return how often each rule was right: the counts of data/reference, or of `folder`, with shares.

    Columns: speech, rule, right, n, share, and its exact 95 % interval (Clopper and Pearson 1934) low to
    high. The file is made by
    `python benchmarks/sources.py bench --rules`.
    """
    path = folder_path(folder or ROOT / "data" / "reference") / FILE
    _, rows, problems, _ = read_cells(path, COUNTED)
    if problems:
        raise CorpusError(problems)
    table = pd.DataFrame([cells for _, cells in rows], columns=list(COUNTED)).astype({"right": int, "n": int})
    counts = zip(table["right"].tolist(), table["n"].tolist(), strict=True)
    ends = [binomtest(right, n).proportion_ci() for right, n in counts]
    table["share"] = table["right"] / table["n"]
    table["low"], table["high"] = [end.low for end in ends], [end.high for end in ends]
    return conform(table, RuleRatesTable)


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
