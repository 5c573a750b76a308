"""Who acts and who is acted on in each report, and in which sentences nobody is said to act."""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.framing.acts import Act, acts
from helpers.framing.reading import Reading, readings
from helpers.framing.tables import Agency, AgencyTable, Labels
from helpers.framing.targets import PRONOUNS, person_meant, standing, standing_for
from helpers.names import Mentions
from helpers.table import conform
from helpers.text import Documents, Parse, Sentences, with_sentence
from helpers.voices import Voices, with_voice
from helpers.words import Alignments, exact_interval

__all__ = ["agency_changed", "agency_counts", "find_agency"]
FEWEST, TOO_FEW = 5, "too few to compare"
COLUMNS = "doc_id start_char end_char verb form agent agent_id patient patient_id".split()
# No English verb ends so but with "ss" or "tt" ("finesse", "gazette").
_DOUBLED = re.compile(r"([bdgmnpr])\1e$")
WITHOUT = ("passive without agent", "happening")


def find_agency(
    documents: Documents,
    parse: Parse,
    mentions: Mentions,
    voices: Voices,
    labels: Labels,
    *,
    sentences: Sentences,
) -> Agency:
    """Return the agency table: each act, who does it and to whom, by the grammar of the sentence.

    An agent or patient is an entity where its noun is a name of it, a description that `labels` resolves,
    its people ("the X forces"), or "he" or "she" who means a person; else it has its words alone. A particle
    belongs to its verb ("bring down"). Acts in boilerplate are left out.
    """
    known = standing(labels)
    rows = [
        _row(reading, act, nouns)
        for reading in readings(documents, parse, mentions)
        for nouns in [standing_for(reading, known)]
        for act in acts(reading)
    ]
    table = pd.DataFrame(rows, columns=COLUMNS).sort_values(["doc_id", "start_char"])
    table = with_voice(with_sentence(table, sentences), voices)
    for side in ("agent", "patient"):
        # Who speaks says "I" of himself.
        speaks = table[side].str.casefold().isin(PRONOUNS) & (table[f"{side}_id"] == table["speaker"])
        table[f"{side}_id"] = table[f"{side}_id"].mask(speaks & (table["voice"] == "direct"), "")
    return conform(table[table["zone"] != "boilerplate"], AgencyTable)


def _row(reading: Reading, act: Act, nouns: Mapping[int, str]) -> tuple[object, ...]:
    """Return the row of an act, without its voice."""
    token = reading.tree.tokens[act.verb]
    agent, patient = (_cells(reading, head, nouns) for head in (act.agent, act.patient))
    verb = " ".join([_undoubled(token.lemma), *_particles(reading, act.verb)])
    return (reading.doc_id, token.start, token.end, verb, act.form, *agent, *patient)


def _particles(reading: Reading, verb: int) -> list[str]:
    """Return the particles of a verb: "down" of "bring down"."""
    return [reading.tree.tokens[child].lemma for child in reading.tree.below(verb, "prt")]


def _undoubled(lemma: str) -> str:
    """Return a verb's lemma without an ending that the parser made up: "wiretappe" is "wiretap".

    >>> _undoubled("wiretappe"), _undoubled("finesse"), _undoubled("hire")
    ('wiretap', 'finesse', 'hire')
    """
    return _DOUBLED.sub(r"\1", lemma)


def _cells(reading: Reading, head: int, nouns: Mapping[int, str]) -> tuple[str, str]:
    """Return the words of a noun phrase and the entity that it means, or nothing."""
    if head < 0:
        return "", ""
    first, last = reading.phrase(head)
    words = " ".join(reading.words(first, last).split())
    owner = reading.owner[head]
    entity = reading.spans[owner][2] if owner >= 0 else ""
    return words, entity or nouns.get(head, "") or person_meant(reading, head)


def agency_counts(agency: Agency) -> pd.DataFrame:
    """Return, per entity and report, how often it acts and is acted on, and how often without who acts.

    Columns: entity_id, doc_id, acts, acted_on, left_out (of acted_on: no agent is named), n; share_acts of n
    and share_left_out of acted_on, each with its exact 95 % interval (Clopper and Pearson 1934), and an
    outcome. Under five of either the share is NaN. The intervals take acts for independent, which within a
    report they are not. Entities with most acts come first.
    """
    acting = agency.loc[agency["agent_id"] != "", ["agent_id", "doc_id"]].assign(acts=1)
    under = agency[agency["patient_id"] != ""]
    acted = under[["patient_id", "doc_id"]].assign(
        acted_on=1, left_out=under["form"].isin(WITHOUT).astype("int64")
    )
    both = pd.concat(
        [acting.rename(columns={"agent_id": "entity_id"}), acted.rename(columns={"patient_id": "entity_id"})]
    )
    names = ["acts", "acted_on", "left_out"]
    both = both.reindex(columns=["entity_id", "doc_id", *names])
    table = both.groupby(["entity_id", "doc_id"], sort=True)[names].sum().astype("int64").reset_index()
    table["n"] = table["acts"] + table["acted_on"]
    table = _with_share(table, "acts", "n", "acts")
    table = _with_share(table, "left_out", "acted_on", "left_out")
    table["outcome"] = np.where(table["n"] < FEWEST, TOO_FEW, "")
    table["whole"] = table.groupby("entity_id")["n"].transform("sum")
    table = table.sort_values(["whole", "entity_id", "doc_id"], ascending=[False, True, True])
    return table.drop(columns="whole").reset_index(drop=True)


def _with_share(table: pd.DataFrame, part: str, whole: str, name: str) -> pd.DataFrame:
    """Return `table` with the share of `part` in `whole` and its exact 95 % interval; NaN under five."""
    k, n = table[part], table[whole]
    enough = n >= FEWEST
    low, high = exact_interval(k, n - k)
    found = table.copy()
    for column, values in (("share", k / n), ("low", low), ("high", high)):
        found[f"{column}_{name}"] = np.where(enough, values, np.nan)
    return found


def agency_changed(agency: Agency, alignments: Alignments, sentences: Sentences) -> pd.DataFrame:
    """Return the nearest sentences of two outlets that tell an act on one and the same in different forms.

    Columns: entity_id (to whom: an entity, or the noun where none is named), then for either side doc_id,
    verb, form, agent, and the sentence with its start_char; and cosine. One row per pair of sentences,
    entity and pair of acts.
    """
    noun = agency["patient"].str.casefold().str.rsplit(n=1).str[-1].fillna("")
    whom = agency["patient_id"].where(agency["patient_id"] != "", noun)
    told = with_sentence(agency.assign(patient_id=whom)[whom != ""], sentences).drop(columns="zone")
    told = told.merge(
        sentences[["doc_id", "sentence_id", "text", "start_char"]].rename(
            columns={"text": "sentence", "start_char": "sentence_start"}
        ),
        on=["doc_id", "sentence_id"],
    )
    shown = ["verb", "form", "agent", "sentence", "sentence_start"]
    sides = []
    for side in "ab":
        names = {name: f"{name}_{side}" for name in ("doc_id", "sentence_id", *shown)}
        own = told[["doc_id", "sentence_id", "patient_id", *shown]]
        sides.append(own.rename(columns=names | {"patient_id": "entity_id"}))
    pairs = alignments.merge(sides[0], on=["doc_id_a", "sentence_id_a"])
    pairs = pairs.merge(sides[1], on=["doc_id_b", "sentence_id_b", "entity_id"])
    pairs = pairs[pairs["form_a"] != pairs["form_b"]]
    order = ["doc_id_a", "doc_id_b", "sentence_start_a", "entity_id", "verb_a", "verb_b"]
    columns = ["entity_id", *(f"{n}_{s}" for s in "ab" for n in ("doc_id", *shown)), "cosine"]
    return pairs.sort_values(order)[columns].drop_duplicates(ignore_index=True)
