"""How firmly reports put what others say: classes of reporting verbs, hedges and modals."""

import numpy as np
import pandas as pd

from helpers.framing.tables import Stances, StancesTable
from helpers.table import conform
from helpers.text import Tokens, covering
from helpers.voices import VERB_CLASSES, StatementPairs, Voices
from helpers.words import exact_interval

__all__ = ["HEDGES", "find_stances", "stance_counts", "stances_changed"]
FEWEST, TOO_FEW = 5, "too few to compare"
# Words that make a statement less sure, and modal verbs; the project's own list.
HEDGES = frozenset(
    "allegedly apparently approximately arguably conceivably doubtful likely maybe perhaps plausible "
    "possible possibly potentially presumably probable probably purportedly reportedly seemingly "
    "supposedly unlikely alleged apparent purported reported supposed suspected may might could would "
    "should must can ought".split()
)


def find_stances(voices: Voices, tokens: Tokens) -> Stances:
    """Return the stances table: each span of speech with the class of its verb and the hedges inside it."""
    hedged = tokens[tokens["norm"].isin(HEDGES)]
    at = covering(hedged, voices)
    words = pd.DataFrame({"span": at, "word": hedged["norm"].to_numpy(object)})
    words = words[words["span"] >= 0]
    told = words.groupby("span")["word"].agg(" · ".join).reindex(range(len(voices))).fillna("")
    counts = words.groupby("span").size().reindex(range(len(voices))).fillna(0).astype("int64")
    columns = ["doc_id", "start_char", "end_char", "voice", "speaker", "source", "cue", "verb_class"]
    table = voices[columns].reset_index(drop=True).assign(hedges=told.astype("str"), n_hedges=counts)
    return conform(table, StancesTable)


def stance_counts(stances: Stances) -> pd.DataFrame:
    """Return, per report, the spans of speech by class of verb, and how many hold a hedge.

    Columns: doc_id, the classes of VERB_CLASSES, no_verb, hedged, n; share_hedged of n with its exact 95 %
    interval low to high (Clopper and Pearson 1934), and an outcome. Under five spans the share is NaN.
    """
    names = {name: (stances["verb_class"] == name).astype("int64") for name in VERB_CLASSES}
    names["no_verb"] = (stances["verb_class"] == "").astype("int64")
    table = stances[["doc_id"]].assign(**names, hedged=(stances["n_hedges"] > 0).astype("int64"), n=1)
    table = table.groupby("doc_id", sort=True).sum().reset_index()
    enough = table["n"] >= FEWEST
    low, high = exact_interval(table["hedged"], table["n"] - table["hedged"])
    return table.assign(
        share_hedged=(table["hedged"] / table["n"]).where(enough),
        low=np.where(enough, low, np.nan),
        high=np.where(enough, high, np.nan),
        outcome=np.where(enough, "", TOO_FEW),
    )


def stances_changed(statements: StatementPairs, stances: Stances) -> pd.DataFrame:
    """Return the statements of two reports whose verbs are of different classes, or only one of them hedged.

    Columns: event_id, then for either side doc_id, start_char, cue, verb_class and hedges; n_shared and dice
    as in statement_pairs. The most alike come first.
    """
    shown = ["cue", "verb_class", "hedges"]
    pairs: pd.DataFrame = statements
    for side in "ab":
        place = {"doc_id": f"doc_id_{side}", "start_char": f"start_char_{side}"}
        own = stances[["doc_id", "start_char", *shown]]
        pairs = pairs.merge(own.rename(columns=place | {name: f"{name}_{side}" for name in shown}))
    classes = (pairs["verb_class_a"] != pairs["verb_class_b"]) & (
        (pairs["verb_class_a"] != "") & (pairs["verb_class_b"] != "")
    )
    hedged = (pairs["hedges_a"] == "") != (pairs["hedges_b"] == "")
    columns = [f"{name}_{side}" for side in "ab" for name in ("doc_id", "start_char", *shown)]
    pairs = pairs[classes | hedged].sort_values(
        ["dice", "doc_id_a", "start_char_a", "doc_id_b"], ascending=[False, True, True, True]
    )
    return pairs[["event_id", *columns, "n_shared", "dice"]].reset_index(drop=True)
