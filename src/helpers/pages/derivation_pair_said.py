"""The sentence of page 05 on a pair of reports."""

from collections.abc import Hashable, Mapping
from typing import Any

from helpers.derivation import NEARLY_ALL, SHARED

__all__ = ["pair_said"]


def pair_said(row: Mapping[Hashable, Any]) -> str:
    """Return what two reports share and how much of each, what explains it, and the direction if any."""
    verdict, runs = row["verdict"], row["verdict"] in (SHARED[0], SHARED[2])
    shares = [f" ({row[f'share_{side}']:.0%}{of})" * runs for side, of in (("a", " of its words"), ("b", ""))]
    named = f"{row['doc_id_a']}{shares[0]} and {row['doc_id_b']}{shares[1]}"
    lead = f"{named} share {verdict}" if verdict in SHARED else f"{named}: {verdict}"
    lead += f", near the line to {row['close_to']}" if row["close_to"] else ""
    lead += _nearly_all(row) if runs else ""
    arrow = "" if row["direction"] == "undetermined" else f" ({_arrow(row)})"
    return f"{lead}: {row['explanation']}{arrow}."


def _nearly_all(row: Mapping[Hashable, Any]) -> str:
    """Return which report is nearly whole in the other."""
    ends = {row[f"doc_id_{one}"]: row[f"doc_id_{other}"] for one, other in ("ab", "ba")}
    whole = [row[f"doc_id_{side}"] for side in "ab" if row[f"share_{side}"] >= NEARLY_ALL]
    if len(whole) == 2:
        return "; nearly all of each is in the other"
    return f"; nearly all of {whole[0]} is in {ends[whole[0]]}" if whole else ""


def _arrow(pair: Mapping[Hashable, str]) -> str:
    """Return the direction of a pair in words."""
    ends = pair["doc_id_a"], pair["doc_id_b"]
    early, late = ends if pair["direction"] == "a to b" else ends[::-1]
    return f"an arrow from {early} to {late}"
