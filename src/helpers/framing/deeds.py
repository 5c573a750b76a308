"""What is done to one and the same, and what an event is called, in the words of each outlet."""

from collections.abc import Collection

import pandas as pd

from helpers.framing.acts import NO_ACTS
from helpers.framing.tables import ActWords, ActWordsTable, Agency
from helpers.table import conform
from helpers.text import Documents, Parse
from helpers.words import Alignments, outlet_labels

__all__ = ["find_act_words"]
KEYS = ["event_id", "target", "family"]
# Words of other outlets that are named beside one.
INSTEAD = 5
# Relations of a noun to the verb it stands beside, and how the slot is shown.
SLOTS = {"dobj": "{} …", "nsubjpass": "{} …", "nsubj": "… {}"}


def find_act_words(
    agency: Agency,
    documents: Documents,
    parse: Parse,
    alignments: Alignments,
    *,
    leave_out: Collection[str] = (),
) -> ActWords:
    """Return the act_words table: words that only some outlets have for one target, of most reports first.

    Families: act, a verb of what is done to an entity ("acquit", "clear"); noun, a noun beside the same verb
    in nearest sentences of two outlets ("condemn the attack", "condemn the raid": the target is "condemn
    …"). A word is listed where two outlets or more say something of the kind of that target and one of them
    has not the word: what all have, and what one alone speaks of, cannot be compared. Verbs of `leave_out`,
    such as those of speech, are no acts here. It is not known whether two outlets mean the same.
    """
    nouns = _nouns(parse, alignments, leave_out)
    uses = pd.concat([_acts(agency, leave_out), nouns], ignore_index=True)
    uses["event_id"] = uses["doc_id"].map(dict(zip(documents["doc_id"], documents["event_id"], strict=True)))
    uses["outlet"] = uses["doc_id"].map(outlet_labels(documents))
    uses = uses.sort_values(["event_id", "doc_id", "start_char"])
    table = _counted(uses)
    table = table[(table["told_by"] > 1) & (table["outlets"] < table["told_by"])]
    groups = dict(iter(uses.groupby(KEYS, sort=True)))
    keys = table[KEYS].itertuples(index=False, name=None)
    table["instead"] = [_instead(groups[key], word) for key, word in zip(keys, table["word"], strict=True)]
    table["apart"] = 1 - table["outlets"] / table["told_by"]
    order = ["event_id", "reports", "apart", "uses", "target", "word"]
    ranked = table.sort_values(order, ascending=[True, False, False, False, True, True], kind="stable")
    return conform(ranked, ActWordsTable)


def _counted(uses: pd.DataFrame) -> pd.DataFrame:
    """Return one row per target and word: who uses it, where first, and who has any word for the target."""
    words = uses.groupby([*KEYS, "word"], sort=True).agg(
        uses=("word", "size"),
        reports=("doc_id", "nunique"),
        outlets=("outlet", "nunique"),
        used_by=("outlet", lambda own: ", ".join(sorted(set(own)))),
        doc_id=("doc_id", "first"),
        start_char=("start_char", "first"),
        end_char=("end_char", "first"),
    )
    of_target = uses.groupby(KEYS, sort=True)
    whole = of_target.agg(told_by=("outlet", "nunique"), told_in=("doc_id", "nunique"))
    return words.reset_index().merge(whole.reset_index(), on=KEYS)


def _acts(agency: Agency, leave_out: Collection[str]) -> pd.DataFrame:
    """Return the acts that are done to an entity: the verb and where it stands."""
    done = agency[(agency["patient_id"] != "") & ~agency["verb"].isin(list(leave_out))]
    shown = done[["doc_id", "start_char", "end_char"]]
    return shown.assign(target=done["patient_id"], word=done["verb"], family="act")


def _nouns(parse: Parse, alignments: Alignments, leave_out: Collection[str]) -> pd.DataFrame:
    """Return the nouns that stand beside one verb in nearest sentences which have not the other's noun."""
    heads = parse[["doc_id", "token_id", "lemma"]].set_axis(["doc_id", "head", "verb"], axis=1)
    told = parse.merge(heads, on=["doc_id", "head"])
    known = told.groupby(["doc_id", "sentence_id"])["lemma"].agg(set)
    beside = told["pos"].eq("NOUN") & told["entity"].eq("") & told["dep"].isin(list(SLOTS))
    own = told[beside & ~told["verb"].isin([*NO_ACTS, *leave_out])]
    target = [SLOTS[dep].format(verb) for dep, verb in zip(own["dep"], own["verb"], strict=True)]
    own = own.assign(target=target, word=own["lemma"])
    shown = ["doc_id", "sentence_id", "target", "word", "start_char", "end_char"]
    pairs = alignments
    for side in "ab":
        pairs = pairs.merge(own[shown].add_suffix(f"_{side}"))
    pairs = pairs[pairs["target_a"] == pairs["target_b"]]
    apart = []
    columns = [f"{name}_{side}" for side in "ab" for name in ("doc_id", "sentence_id", "word")]
    for doc_a, sentence_a, word_a, doc_b, sentence_b, word_b in pairs[columns].itertuples(index=False):
        apart.append(word_a not in known[doc_b, sentence_b] and word_b not in known[doc_a, sentence_a])
    pairs = pairs[pd.Series(apart, index=pairs.index, dtype=bool)]
    names = ["doc_id", "start_char", "end_char", "target", "word"]
    sides = [pairs[[f"{name}_{side}" for name in names]].set_axis(names, axis=1) for side in "ab"]
    return pd.concat(sides).drop_duplicates().assign(family="noun")


def _instead(own: pd.DataFrame, word: str) -> str:
    """Return the commonest words for one target of the outlets that have not the word given."""
    having = own.loc[own["word"] == word, "outlet"]
    others = own[~own["outlet"].isin(having)]
    counts = others.groupby("word")["doc_id"].nunique().rename("n").reset_index()
    ranked = counts.sort_values(["n", "word"], ascending=[False, True])
    return ", ".join(ranked["word"].head(INSTEAD))
