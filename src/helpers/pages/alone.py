"""The sentences of an outlet that no other has, as far as that can be told."""

import numpy as np
import pandas as pd

from helpers.edition import Edition
from helpers.pairs import ALONE, SURE
from helpers.text import read_as
from helpers.words import find_unpartnered

__all__ = ["without_partner"]
# The language in which what shares no words was read on real news; elsewhere words tell nobody apart.
BY_WORDS = "en"


def without_partner(read: Edition) -> pd.DataFrame:
    """Return the sentences that come near none of the event's other outlets, in words and in meaning.

    Columns as in `find_unpartnered`. Without a model of meaning only reports in English are told, by words.
    """
    if read.meaning.why_not:
        alone = find_unpartnered(read.body, read.words, read.compared)
        own = read.documents["language"].map(read_as) == BY_WORDS
        return alone[alone["doc_id"].isin(read.documents.loc[own, "doc_id"])].reset_index(drop=True)
    alone = find_unpartnered(read.body, read.words, read.documents)
    keys = zip(alone["doc_id"].tolist(), alone["sentence_id"].tolist(), strict=True)
    meant = read.meaning.meant
    sure = meant[meant["chance"] >= SURE]
    paired = {
        key
        for side in "ab"
        for key in zip(sure[f"doc_id_{side}"].tolist(), sure[f"sentence_id_{side}"].tolist(), strict=True)
    }
    far = np.array(
        [read.meaning.nearest.get(key, 0.0) < ALONE and key not in paired for key in keys], dtype=bool
    )
    return alone[far].reset_index(drop=True)
