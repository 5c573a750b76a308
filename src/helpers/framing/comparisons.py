"""Uses compared: in the report's own voice, between reports, and without single terms."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import beta

from helpers.framing.tables import FramingHits
from helpers.framing.uses import UNRESOLVED, count_by_voice
from helpers.text import Documents, Tokens

__all__ = ["compare_reports", "exact_interval", "leave_one_out", "own_voice", "share_without"]
FEWEST, TOO_FEW = 5, "too few to compare"


def own_voice(hits: FramingHits, *, by: str = "target") -> pd.DataFrame:
    """Return how many uses per report and `by` are in the report's own voice, not ascribed to a speaker.

    Columns: `by`, doc_id, quoted (direct), reworded (indirect, speech act), own (narration), n; share_own,
    from 0 to 1, with its exact 95 % interval low to high (Clopper and Pearson 1934), and an outcome.
    Under five uses the share is NaN and the outcome "too few to compare". Boilerplate is left out; the
    targets with most uses come first.
    """
    counts = count_by_voice(hits, by=(by, "doc_id"))
    table = counts[[by, "doc_id"]].assign(
        quoted=counts["direct"], reworded=counts["indirect"] + counts["speech_act"], own=counts["narration"]
    )
    table["n"] = table["quoted"] + table["reworded"] + table["own"]
    k, n, enough = table["own"], table["n"], table["n"] >= FEWEST
    table["share_own"] = (k / n).where(enough)
    low, high = exact_interval(k, n)
    table["low"], table["high"] = low.where(enough), high.where(enough)
    table["outcome"] = np.where(table["n"] < FEWEST, TOO_FEW, "")
    table["most"] = table.groupby(by)["n"].transform("max")
    table = table.sort_values(["most", by, "doc_id"], ascending=[False, True, True])
    return table[table["n"] > 0].drop(columns="most").reset_index(drop=True)


def exact_interval(k: pd.Series, n: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the exact 95 % interval of k of n (Clopper and Pearson 1934): its lower and its upper bounds.

    They are quantiles of beta distributions, and certain where k is none or all of n.

    >>> low, high = exact_interval(pd.Series([4]), pd.Series([8]))
    >>> round(low[0], 4), round(high[0], 4)
    (np.float64(0.157), np.float64(0.843))
    """
    low = pd.Series(beta.ppf(0.025, k, n - k + 1), index=k.index).fillna(0.0)
    high = pd.Series(beta.ppf(0.975, k + 1, n - k), index=k.index).fillna(1.0)
    return low, high


def compare_reports(hits: FramingHits, tokens: Tokens, documents: Documents) -> pd.DataFrame:
    """Return, per event and target, the report whose terms are densest and the one where they are thinnest.

    Columns: event_id, target, reports, n, most, rate_most, least, rate_least (uses per 1,000 tokens) and
    outcome: "most in ...", "not told apart", "one report", or "too few to compare" under five uses. The
    first is said only where the densest report's share of the uses, as an exact interval at 95 % over
    all the reports (Clopper and Pearson 1934, Bonferroni), lies above its share of the words. That
    takes uses for independent, which they are not: it is the least to ask, and no p-value is given.
    """
    rows = [
        (event, target, *_extremes(names, counts.sum(axis=1), sizes))
        for event, target, names, _, counts, sizes in _by_target(hits, tokens, documents)
    ]
    names = ["event_id", "target", "reports", "n", "most", "rate_most", "least", "rate_least", "outcome"]
    table = pd.DataFrame(rows, columns=names)
    return table.sort_values("n", ascending=False, kind="stable", ignore_index=True)


def leave_one_out(hits: FramingHits, tokens: Tokens, documents: Documents) -> pd.DataFrame:
    """Return, per event, target and term left out, whether the outcome of `compare_reports` changes.

    Columns: event_id, target, term_id, n (its uses), outcome, without (the outcome without it), changed.
    """
    rows: list[tuple[object, ...]] = []
    for event, target, reports, terms, counts, sizes in _by_target(hits, tokens, documents):
        whole = counts.sum(axis=1)
        outcome = _extremes(reports, whole, sizes)[-1]
        for column, term in enumerate(terms):
            without = _extremes(reports, whole - counts[:, column], sizes)[-1]
            uses = int(counts[:, column].sum())
            rows.append((event, target, term, uses, outcome, without, outcome != without))
    names = ["event_id", "target", "term_id", "n", "outcome", "without", "changed"]
    return pd.DataFrame(rows, columns=names)


def share_without(hits: FramingHits) -> pd.DataFrame:
    """Return how far a single term carries a share of `own_voice`: the share with each term left out.

    Columns: target, doc_id, n, share_own, then the lowest and the highest share with one term left out
    and that term. Targets under five uses in a report are left out.
    """
    counts = count_by_voice(hits[hits["zone"] != "boilerplate"], by=("target", "doc_id", "term_id"))
    whole = counts.groupby(["target", "doc_id"])[["narration", "n"]].transform("sum")
    left = whole - counts[["narration", "n"]]
    table = counts[["target", "doc_id", "term_id"]].assign(
        n=whole["n"], share_own=whole["narration"] / whole["n"], without=left["narration"] / left["n"]
    )
    table = table[(whole["n"] >= FEWEST) & (left["n"] > 0)].sort_values(["without", "term_id"])
    grouped = table.groupby(["target", "doc_id"], sort=True)
    ends = grouped[["without", "term_id"]]
    named_ends = [
        ends.first().set_axis(["lowest", "without_lowest"], axis=1),
        ends.last().set_axis(["highest", "without_highest"], axis=1),
    ]
    return pd.concat([grouped[["n", "share_own"]].first(), *named_ends], axis=1).reset_index()


def _by_target(
    hits: FramingHits, tokens: Tokens, documents: Documents
) -> Iterator[tuple[str, str, list[str], list[str], np.ndarray, np.ndarray]]:
    """Yield event, target, reports, terms, uses (a row per report, a column per term), tokens per report."""
    sizes = tokens.groupby("doc_id").size().reindex(documents["doc_id"], fill_value=0).to_numpy()
    events = {str(event): at for event, at in documents.groupby("event_id").indices.items()}
    names = documents["doc_id"].to_numpy(object)
    place = {doc_id: row for at in events.values() for row, doc_id in enumerate(names[at])}
    told = hits[(hits["target"] != UNRESOLVED) & (hits["zone"] != "boilerplate")]
    event_of = told["doc_id"].map(dict(zip(names, documents["event_id"], strict=True))).rename("event_id")
    rows, terms = told["doc_id"].map(place).to_numpy(), told["term_id"].to_numpy(object)
    groups: dict[Any, Any] = dict(told.groupby([event_of, "target"], sort=True).indices)
    for (event, target), at in groups.items():
        used, columns = np.unique(terms[at], return_inverse=True)
        counts = np.zeros((len(events[event]), len(used)), dtype=int)
        np.add.at(counts, (rows[at].astype(int), columns), 1)
        yield event, target, names[events[event]].tolist(), used.tolist(), counts, sizes[events[event]]


def _extremes(
    names: list[str], uses: np.ndarray, sizes: np.ndarray
) -> tuple[int, int, str, float, str, float, str]:
    """Return reports, n, the densest and the thinnest report with their rates, and the outcome."""
    rates = 1000 * np.divide(uses, sizes, out=np.zeros(len(uses)), where=sizes > 0)
    most, least, n = int(rates.argmax()), int(rates.argmin()), int(uses.sum())
    if n < FEWEST or len(uses) == 1:
        outcome = TOO_FEW if n < FEWEST else "one report"
    else:
        low = beta.ppf(0.025 / len(uses), uses[most], n - uses[most] + 1)
        outcome = f"most in {names[most]}" if low > sizes[most] / sizes.sum() else "not told apart"
    return len(uses), n, names[most], float(rates[most]), names[least], float(rates[least]), outcome
