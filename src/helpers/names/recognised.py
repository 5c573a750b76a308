"""The names that a parser recognises in reports, trimmed to the name itself."""

import re

import pandas as pd

from helpers.names.known import is_given_name
from helpers.names.mentions import HONORIFICS
from helpers.names.tables import ENTITY_TYPES, Recognised, RecognisedTable
from helpers.table import conform, empty
from helpers.text import STOP_WORDS, Documents, Parse, Sentences

__all__ = ["recognised_names"]
_LEADING = re.compile(
    r"^(?:(?:the|a|an)\s+|(?:" + "|".join(sorted(HONORIFICS, reverse=True)) + r")\.?\s+|[^\w]+)",
    re.IGNORECASE,
)
# Offices before a person's name, which the parser takes for a part of it now and then.
_OFFICES = re.compile(
    r"^(?:(?:Former|Acting|Vice|Deputy|Lt|Maj)\.?\s+)?(?:Representative|Rep|Senator|Sen|Governor|Gov|Mayor|"
    r"Congressman|Congresswoman|Secretary|Minister|Chancellor|Ambassador|Judge|Justice|Sheriff|Detective|"
    r"Officer|Captain|Capt|Sergeant|Sgt|Lieutenant|Lt|Col|Maj|Speaker|Attorney General|Chairman|Chairwoman|"
    r"President|Director|Councilman|Councilwoman|Senators|Representatives)\.?\s+(?=[A-Z])"
)
# A word before a full name, which is a role where it is a common noun: "Resident Ann Poe".
_ROLE = re.compile(r"([A-Z][a-z]+)\s+(?=[A-Z][\w'’.-]*\s+[A-Z])")
# "Ada Poe's Board": the board is named, and she before it.
_OWNER = re.compile(r"^.*\w['’]s\s+(?=[A-Z])", re.DOTALL)
# A party and a state behind a name: D-Ill., R-Texas.
_PARTY_TAG = r"[DRI][-‐‑][A-Z][\w.]*"
# The rest of a word that was cut at its hyphens: Jae-in, Stratford-upon-Avon.
_REST = re.compile(r"(?:[-‐‑]\w+)+")
_TRAILING = re.compile(r"(?:['’]s|['’]|(?<![^\w.)])[^\w.)]+)$")
# Parts of a sentence in which a capital is its government and not the place, but after these.
_ACTING = frozenset("nsubj nsubjpass csubj poss agent dative dobj pobj nmod".split())
_PLACING = frozenset(
    "in to from at near outside around through into inside across of via beyond over visit leave reach enter "
    "tour flee".split()
)
# A name of more words, or of more characters, is a misread clause.
LONGEST_WORDS, LONGEST = 8, 80


def recognised_names(parse: Parse, sentences: Sentences, documents: Documents) -> Recognised:
    """Return the recognised table: every name that the parser found outside links to other pages.

    Articles, titles, possessive endings and marks around a name are left outside its span. A name that
    reads like a common word is left out: one without a capital, in a sentence all in capitals, or of one
    word that the reports print more often with a small letter.
    """
    if parse.empty:
        return empty(RecognisedTable)
    begins = parse["entity"].str.startswith("B-").to_numpy(bool)
    inside = (parse["entity"] != "").to_numpy(bool)
    tokens = parse.assign(acts=_acts(parse))[inside].assign(name=begins.cumsum()[inside])
    spans = tokens.groupby("name", sort=True).agg(
        doc_id=("doc_id", "first"),
        sentence_id=("sentence_id", "first"),
        start_char=("start_char", "first"),
        end_char=("end_char", "last"),
        entity_type=("entity", "first"),
        acts=("acts", "any"),
    )
    spans["entity_type"] = spans["entity_type"].str[2:]
    spans = spans[spans["entity_type"].isin(ENTITY_TYPES)]
    places = sentences[["doc_id", "sentence_id", "zone", "text"]].rename(columns={"text": "sentence"})
    spans = spans.merge(places, on=["doc_id", "sentence_id"])
    shouted = spans["sentence"].str.isupper()
    spans = spans[(spans["zone"] != "boilerplate") & ~shouted]
    return _named(_trimmed(spans, documents, _common_nouns(parse)), parse)


def _common_nouns(parse: Parse) -> frozenset[str]:
    """Return the nouns that the reports print with a small letter and that are no given name."""
    own = parse.loc[(parse["pos"] == "NOUN") & parse["tag"].isin(["NN", "NNS"]), "lemma"].unique()
    return frozenset(lemma for lemma in own if lemma.islower() and not is_given_name(lemma))


def _acts(parse: Parse) -> "pd.Series[bool]":
    """Return whether each word acts, owns or is dealt with, and is not where something is."""
    heads = parse[["doc_id", "token_id", "dep", "lemma"]].rename(columns={"token_id": "head"})
    above = parse[["doc_id", "head"]].merge(heads, on=["doc_id", "head"], how="left").set_axis(parse.index)
    placed = parse["dep"].isin(["dobj", "pobj"]) & above["lemma"].isin(_PLACING)
    own = parse["dep"].isin(_ACTING) & ~placed
    acting = own.groupby([parse["doc_id"], parse["token_id"]]).first()
    listed = pd.MultiIndex.from_frame(parse[["doc_id", "head"]])
    joined = (parse["dep"] == "conj").to_numpy() & acting.reindex(listed, fill_value=False).to_numpy(bool)
    return own | joined


def _trimmed(spans: pd.DataFrame, documents: Documents, nouns: frozenset[str]) -> pd.DataFrame:
    """Return the spans cut to the name itself, with their words."""
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    columns = (spans[name] for name in ("doc_id", "start_char", "end_char", "entity_type"))
    cut = [
        _cut(texts[doc_id], start, end, nouns if kind == "PERSON" else None)
        for doc_id, start, end, kind in zip(*columns, strict=True)
    ]
    found = spans.assign(
        start_char=[start for start, _ in cut],
        end_char=[end for _, end in cut],
        surface=[
            " ".join(texts[doc_id][start:end].split())
            for doc_id, (start, end) in zip(spans["doc_id"], cut, strict=True)
        ],
    )
    return found[found["end_char"] > found["start_char"]]


def _cut(text: str, start: int, end: int, nouns: frozenset[str] | None) -> tuple[int, int]:
    """Return a span without what stands around the name in it; of a person's also without a role before it.

    `nouns` are common nouns of the reports, and given for a person: "Resident Ann Poe" is Ann Poe where
    they speak of residents too.
    """
    if rest := _REST.match(text, end):
        end = rest.end()
    if owner := _OWNER.match(text[start:end]):
        start += owner.end()
    while lead := _LEADING.match(text[start:end]):
        start += lead.end()
    if nouns is not None and (office := _OFFICES.match(text[start:end])):
        start += office.end()
    while nouns is not None and (role := _ROLE.match(text[start:end])) and role[1].casefold() in nouns:
        start += role.end()
    while trail := _TRAILING.search(text[start:end]):
        end = start + trail.start()
    return start, end


def _named(found: pd.DataFrame, parse: Parse) -> Recognised:
    """Return the spans that read like names."""
    surface = found["surface"].astype("str")
    words = surface.str.count(" ") + 1
    capital = surface.map(lambda name: any(char.isupper() for char in name)).astype(bool)
    plain = surface.str.casefold()
    small = parse.loc[parse["pos"] != "PROPN", "lemma"].value_counts()
    common = (words == 1) & (plain.map(small).fillna(0) > plain.map(plain.value_counts()))
    kept = capital & (words <= LONGEST_WORDS) & (surface.str.len().between(2, LONGEST)) & ~common
    kept &= ~plain.isin(STOP_WORDS - {"us"}) & ~surface.str.fullmatch(_PARTY_TAG)
    return conform(_alone(found[kept], parse).sort_values(["doc_id", "start_char"]), RecognisedTable)


def _alone(found: pd.DataFrame, parse: Parse) -> pd.DataFrame:
    """Return the names without those of a person and a common word: "Poe Memos", "Anything Poe".

    The person must be named more often without the word, and the word be a plural or a pronoun that the
    reports print with a small letter too, and nobody's name; then the longer one is left out.
    """
    plurals = set(parse.loc[parse["tag"] == "NNS", "lemma"])
    pronouns = set(parse.loc[parse["pos"] == "PRON", "lemma"])
    surfaces = found["surface"].astype("str")
    uses = surfaces.str.casefold().value_counts()

    def is_noise(surface: str) -> bool:
        plain = surface.casefold()
        first, _, after = plain.partition(" ")
        before, _, last = plain.rpartition(" ")
        if last.endswith("s") and last.removesuffix("s") in plurals and last not in uses:
            return bool(uses.get(before, 0) > uses[plain])
        return first in pronouns and first not in uses and bool(uses.get(after, 0) > uses[plain])

    return found[~((found["entity_type"] == "PERSON") & surfaces.map(is_noise).astype(bool))]
