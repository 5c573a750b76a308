"""Words that outlets use of one target and others do not: candidates for a list of framing terms."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.framing.reading import Reading, readings
from helpers.framing.tables import Candidates, CandidatesTable, Labels
from helpers.framing.targets import standing, standing_for, target_of
from helpers.names import Mentions
from helpers.table import conform
from helpers.text import Documents, Parse, with_sentence
from helpers.voices import with_voice
from helpers.words import outlet_labels

if TYPE_CHECKING:
    from helpers.edition import Edition

__all__ = ["FIRST", "find_candidates"]
# Candidates of an event that a person is asked to decide on.
FIRST = 20
FAMILIES = {"ADJ": "quality", "ADV": "manner", "VERB": "act", "NOUN": "label"}
# What a word scores, in points: fitted, then rounded to halves, on 50 events (BASIL 2010-2014), of which
# .055 of the first 20 of an event are annotated, by chance .009, by log-odds of words .006.
POINTS = {"quality": 0.5, "manner": 0.5, "act": 0.5, "label": 0.0}
LY, LOADED, NEUTRAL = 1.0, 0.5, -0.5
RARE = ((1, 0.5), (3, 0.5), (10, 1.0))  # in so many events or fewer, so many points more
MAIN, APART = 2.0, 1.0
LOADED_CLASSES = ("critical", "approving", "emphatic")
NEUTRAL_CLASSES = ("neutral", "assertive", "factive", "directive")
_WORD = re.compile(r"[^\W\d_][^\W\d_-]+(?:-[^\W\d_]+)*")
COLUMNS = "event_id doc_id start_char end_char surface term family target rule".split()


def find_candidates(read: "Edition", labels: Labels) -> Candidates:
    """Return the candidates table: words said of an entity, the likeliest of each event first.

    A word is said of a target where the grammar tells it (`target_of`). The score adds points for a word
    that is rare in the corpus, for its form, for a target that much is said of, and for the outlets that
    name the target and do not use the word. It ranks; it is no measure of bias. Words of boilerplate and
    words of names are left out.
    """
    uses = with_sentence(_uses(read.documents, read.parse, read.named, labels), read.sentences)
    uses = with_voice(uses[uses["zone"] != "boilerplate"], read.voices)
    uses["outlet"] = uses["doc_id"].map(outlet_labels(read.documents))
    verbs = read.lists.verbs
    events = uses.groupby("term")["event_id"].nunique()
    told = uses[uses["target"] != ""].sort_values(["event_id", "doc_id", "start_char"])
    table = _counted(told)
    score = _score(table, events, dict(zip(verbs["lemma"], verbs["verb_class"], strict=True)))
    table = table.assign(score=score.round(3))
    order = ["event_id", "score", "uses", "term", "target"]
    ranked = table.sort_values(order, ascending=[True, False, False, True, True])
    return conform(ranked, CandidatesTable)


def _uses(documents: Documents, parse: Parse, mentions: Mentions, labels: Labels) -> pd.DataFrame:
    """Return every content word that is no name, with its target or nothing."""
    known = standing(labels)
    rows = [row for reading in readings(documents, parse, mentions) for row in _words(reading, known)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _words(reading: Reading, known: Mapping[tuple[str, int], str]) -> Iterator[tuple[object, ...]]:
    """Yield the content words of a report with their targets."""
    own = standing_for(reading, known)
    for place, token in enumerate(reading.tree.tokens):
        if token.pos not in FAMILIES or reading.owner[place] >= 0 or token.entity:
            continue
        if not _WORD.fullmatch(token.lemma) or token.dep in ("aux", "auxpass"):
            continue
        target = target_of(reading, place, place, own)
        surface = reading.text[token.start : token.end]
        place_of = (reading.event_id, reading.doc_id, token.start, token.end)
        family = "quality" if token.dep == "amod" else FAMILIES[token.pos]
        yield (*place_of, surface, token.lemma, family, target.entity, target.rule)


def _counted(told: pd.DataFrame) -> pd.DataFrame:
    """Return one row per event, target, term and family, with its uses and where it was first seen."""
    keys = ["event_id", "target", "term", "family"]
    forms = told.assign(form=told["surface"].str.casefold(), own=(told["voice"] == "narration").astype(int))
    table = forms.groupby(keys, sort=True).agg(
        uses=("form", "size"),
        own_voice=("own", "sum"),
        reports=("doc_id", "nunique"),
        outlets=("outlet", "nunique"),
        doc_id=("doc_id", "first"),
        start_char=("start_char", "first"),
        end_char=("end_char", "first"),
    )
    counts = forms.groupby([*keys, "form"], sort=True).size().rename("n").reset_index()
    counts = counts.sort_values([*keys, "n", "form"], ascending=[*[True] * len(keys), False, True])
    table["pattern"] = counts.drop_duplicates(keys).set_index(keys)["form"]
    users = forms.drop_duplicates([*keys, "outlet"]).sort_values("outlet").groupby(keys)["outlet"]
    table["used_by"] = users.agg(", ".join)
    table = table.reset_index()
    said = told.groupby(["event_id", "target"]).agg(said=("term", "size"), named_by=("outlet", "nunique"))
    return table.merge(said.reset_index(), on=["event_id", "target"])


def _score(table: pd.DataFrame, events: pd.Series, classes: Mapping[str, str]) -> pd.Series:
    """Return the points of each candidate."""
    score = table["family"].map(POINTS).astype("float64")
    ly = (table["family"] == "manner") & table["term"].str.endswith("ly")
    verb_class = table["term"].map(dict(classes)).where(table["family"] == "act", "")
    score = score + LY * ly + LOADED * verb_class.isin(LOADED_CLASSES)
    score = score + NEUTRAL * verb_class.isin(NEUTRAL_CLASSES)
    spread = table["term"].map(events)
    for most, points in RARE:
        score = score + points * (spread <= most)
    main = table["said"] / table.groupby("event_id")["said"].transform("max")
    apart = 1 - table["outlets"] / np.maximum(table["named_by"], 1)
    return score + MAIN * main + APART * apart
