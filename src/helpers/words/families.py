"""Forms of one word: an outlet that writes "attacks" where another has "attack" chose no other word."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import sparse

from helpers.table import from_rows
from helpers.text import Parse, Tokens
from helpers.words.by_deals import compare_deals
from helpers.words.dealing import Bools
from helpers.words.house import house_forms, style_key
from helpers.words.rates import exact_p
from helpers.words.tables import Keyness, PooledCounts
from helpers.words.tables_asked import WordForms, WordFormsTable

__all__ = ["choices", "different_forms", "holds_as_family", "word_families"]
INFLECTED = ("NOUN", "VERB", "ADJ", "ADV")
# The family of a word that differs has to differ by itself, at the error that one question has.
ALONE = 0.05
PLACE = ["doc_id", "start_char", "end_char"]
FEWEST = 3  # uses of a form, as of the words compared


def word_families(tokens: Tokens, parse: Parse) -> dict[str, str]:
    """Return the lemma of each word that shares it with another of `tokens`; no names nor words of grammar.

    A word has the lemma that it mostly has in these reports, in one spelling; words of languages without a
    parser have none.
    """
    read = parse.loc[parse["pos"].isin(INFLECTED), [*PLACE, "lemma"]]
    named = parse.loc[parse["pos"] == "PROPN", PLACE].assign(lemma="")
    met = tokens.loc[~tokens["is_stop"], [*PLACE, "norm"]].merge(pd.concat([read, named]), on=PLACE)
    counts = met.groupby(["norm", "lemma"]).size().rename("n").reset_index()
    counts = counts.sort_values(["n", "norm", "lemma"], ascending=[False, True, True]).drop_duplicates("norm")
    lemma = {
        norm: style_key(lemma) for norm, lemma in zip(counts["norm"], counts["lemma"], strict=True) if lemma
    }
    sizes = pd.Series(lemma).value_counts()
    return {norm: own for norm, own in sorted(lemma.items()) if sizes[own] > 1}


def holds_as_family(
    counts: Any, sizes: ArrayLike, target: Bools, terms: list[str], families: Mapping[str, str]
) -> dict[str, bool]:
    """Return which lemmas differ with all forms counted as one, whole reports dealt.

    `counts` has a row per report and a column per word of `terms`; lemmas are those that `families` has.
    """
    lemmas = sorted({families[term] for term in terms if term in families})
    if not lemmas:
        return {}
    of_lemma = {lemma: at for at, lemma in enumerate(lemmas)}
    at, column = np.array([(i, of_lemma[families[t]]) for i, t in enumerate(terms) if t in families]).T
    together = sparse.csr_array((np.ones(len(at)), (at, column)), shape=(len(terms), len(lemmas)))
    p = compare_deals(sparse.csr_array(counts) @ together, sizes, target, every=True).p
    return dict(zip(lemmas, (np.nan_to_num(p, nan=1.0) < ALONE).tolist(), strict=True))


def different_forms(keyness: Keyness, pooled: PooledCounts, families: Mapping[str, str]) -> WordForms:
    """Return the word_forms table: words of which one side alone has a form, three times or more.

    It is half of that side's uses of the word or more. All forms are counted; the most used stand first.
    """
    known = pooled.assign(lemma=pooled["term"].map(families))
    known = known[known["lemma"].notna()]
    rows: list[tuple[object, ...]] = []
    pairs = keyness[["event_id", "target", "reference"]].drop_duplicates()
    of_event = dict(iter(known.groupby("event_id")))
    for event, target, reference in pairs.itertuples(index=False, name=None):
        for lemma, own in of_event.get(event, known.head(0)).groupby("lemma", sort=True):
            is_target = own["outlet"] == target
            a, b = (side.groupby("term")["n"].sum() for side in (own[is_target], own[~is_target]))
            if len(a) and len(b) and (_leads_alone(a, b) or _leads_alone(b, a)):
                rows.append((event, target, reference, lemma, _forms(a), _forms(b), a.sum(), b.sum()))
    rows.sort(key=lambda row: (-int(str(row[6])) - int(str(row[7])), *map(str, row[:4])))
    return from_rows(rows, WordFormsTable)


def _leads_alone(own: pd.Series, other: pd.Series) -> bool:
    """Return whether half of a side's uses or more are of a form that the other side has not."""
    alone = own.drop(other.index, errors="ignore")
    return len(alone) > 0 and bool(alone.max() >= max(FEWEST, own.sum() / 2))


def _forms(counts: pd.Series) -> str:
    """Return the forms and their uses, the most used first."""
    ordered = sorted(counts.items(), key=lambda each: (-each[1], str(each[0])))
    return ", ".join(f"{form} {n}" for form, n in ordered)


def choices(keyness: Keyness, forms: WordForms, families: Mapping[str, str]) -> Keyness:
    """Return the rows of `keyness` that may tell of a choice of words.

    Left out are house style, and forms of a word that all forms together show no difference of: whose exact
    p over words is not below .05.
    """
    sizes = _sizes(keyness)
    keys = list(zip(forms["event_id"], forms["target"], strict=True))
    n_a, n_b = np.array([sizes.get(key, (1.0, 1.0)) for key in keys]).reshape(-1, 2).T
    p = exact_p(forms["n_target"].to_numpy(), forms["n_reference"].to_numpy(), n_a, n_b)
    together = {(*key, own) for key, own, each in zip(keys, forms["lemma"], p, strict=True) if each >= ALONE}
    lemma = keyness["term"].map(lambda term: families.get(term, "")).astype("str")
    rows = zip(keyness["event_id"], keyness["target"], lemma, strict=True)
    style = keyness["term"].isin(house_forms(keyness["term"]))
    return keyness[~style & ~pd.Series([row in together for row in rows], index=keyness.index, dtype=bool)]


def _sizes(keyness: Keyness) -> dict[tuple[object, object], tuple[float, float]]:
    """Return the tokens of both sides of each comparison, from counts and rates per 1,000."""
    found: dict[tuple[object, object], tuple[float, float]] = {}
    for side in ("target", "reference"):
        used = keyness[keyness[f"n_{side}"] > 0].drop_duplicates(["event_id", "target"])
        for row in used.itertuples():
            n = 1000 * getattr(row, f"n_{side}") / getattr(row, f"rate_{side}")
            a, b = found.get((row.event_id, row.target), (1.0, 1.0))
            found[row.event_id, row.target] = (n, b) if side == "target" else (a, n)
    return found
