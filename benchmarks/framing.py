"""Framing terms against hand annotation: how many are found, how many targets and voices are right.

`python benchmarks/framing.py [folder]`; the folder holds loaded_terms.csv (default ../shared/gold). Offsets
of the annotation are code points into the seed files.
"""

import sys
from pathlib import Path

import pandas as pd

from helpers.framing import UNRESOLVED, find_framing_terms, load_framing_terms
from helpers.names import find_mentions, load_aliases, load_entities
from helpers.place import ROOT
from helpers.text import load_documents, parse, split_sentences
from helpers.voices import find_voices, load_speech_verbs

VOICE_CODES = {"D": "direct", "I": "indirect", "S": "speech_act", "N": "narration", "B": "narration"}
# The annotator's targets, written for a reader, and the ids of the list that say the same.
TARGETS = {
    "Israel": {"israel"},
    "people of Gaza": {"people-of-gaza"},
    "Palestinian groups": {"palestinian-armed-groups", "hamas", "people-of-gaza", "palestinian-people"},
    "killed Palestinians/leaders": {"killed on the Palestinian side"},
    "Saleh al-Arouri": {"saleh-al-arouri"},
    "United States": {"united-states"},
    "7 October 2023 attack": {"hamas-led-attack-of-7-october-2023"},
}


def read_gold(path: Path) -> pd.DataFrame:
    """Return the annotated uses that have a target: doc_id, start_char, end_char, voice, allowed."""
    gold = pd.read_csv(path, dtype=str).fillna("")
    gold = gold.rename(columns={"doc": "doc_id"}).astype({"start": int, "end": int})
    heads = gold["target"].str.split(r" \(|/ groups| / |/Hamas", regex=True).str[0]
    return gold.assign(
        allowed=heads.map(lambda head: TARGETS.get(head, set())), voice=gold["voice"].map(VOICE_CODES)
    )


def find_hits(doc_ids: set[str]) -> pd.DataFrame:
    """Return the framing hits of the annotated seeds."""
    documents = load_documents()
    documents = documents[documents["doc_id"].isin(doc_ids)]
    sentences = split_sentences(documents)
    mentions = find_mentions(documents, load_entities(), load_aliases())
    parsed = parse(documents, sentences)
    spans = find_voices(documents, sentences, load_speech_verbs(), mentions, parse=parsed)
    terms = load_framing_terms()
    return find_framing_terms(documents, terms, spans, mentions, sentences=sentences, parse=parsed)


def match(gold: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Return every pair of an annotated use and a hit that overlap."""
    pairs = gold.merge(hits, on="doc_id", suffixes=("_gold", ""))
    return pairs[(pairs["start_char"] < pairs["end"]) & (pairs["start"] < pairs["end_char"])]


def score(gold: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Return one row per measure: right, of, share."""
    pairs = match(gold, hits)
    found = pairs.drop_duplicates(["doc_id", "start"])
    real = pairs.drop_duplicates(["doc_id", "start_char"])
    told = found[[bool(allowed) for allowed in found["allowed"]]]
    decided = told[told["target"] != UNRESOLVED]
    right = sum(
        target in allowed for target, allowed in zip(decided["target"], decided["allowed"], strict=True)
    )
    rows = [
        ("annotated uses found", len(found), len(gold)),
        ("hits that are annotated", len(real), len(hits)),
        ("targets decided, of those found", len(decided), len(told)),
        ("targets right, of those decided", right, len(decided)),
        ("voices right, of those found", int((found["voice_gold"] == found["voice"]).sum()), len(found)),
    ]
    return pd.DataFrame(
        [(*row, row[1] / max(row[2], 1)) for row in rows], columns=["measure", "right", "of", "share"]
    )


def main(arguments: list[str]) -> int:
    """Print the table, or say that the annotation is not there."""
    path = Path(arguments[0] if arguments else ROOT / ".." / "shared" / "gold") / "loaded_terms.csv"
    if not path.is_file():
        print("No loaded_terms.csv there; give the folder of the annotation.")
        return 1
    gold = read_gold(path)
    table = score(gold, find_hits(set(gold["doc_id"])))
    print(f"Reports {', '.join(sorted(set(gold['doc_id'])))}; one annotator.\n")
    print("| measure | right | of | share |\n|---|---|---|---|")
    for row in table.itertuples(index=False):
        print(f"| {row.measure} | {row.right} | {row.of} | {row.share:.3f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
