"""Voices against hand annotation: spans, speakers, shares of words and classes of cues.

`python benchmarks/voices.py [folder]`; the folder holds gold_voice_spans.csv and attribution_verbs.csv
(default ../shared/gold). Offsets of the annotation are code points into the seed files.
"""

import sys
from pathlib import Path

import pandas as pd

from helpers.edition import open_corpus
from helpers.names import load_entities
from helpers.place import ROOT
from helpers.voices import load_speech_verbs

CODES = {"D": "direct", "I": "indirect", "S": "speech_act"}
# Shares of the characters of a report in direct quotation by hand annotation.
DIRECT_SHARES = {"000": 0.46, "002": 0.09, "003": 0.44, "004": 0.39}


def read_gold(path: Path) -> pd.DataFrame:
    """Return the annotated spans of speech: doc_id, start, end, voice, entity_id."""
    gold = pd.read_csv(path, dtype=str).fillna("").rename(columns={"doc": "doc_id"})
    gold = gold[gold["voice"].isin(list(CODES))].astype({"start": int, "end": int})
    names = dict(load_entities()[["canonical", "entity_id"]].itertuples(index=False, name=None))
    return gold.assign(voice=gold["voice"].map(CODES), entity_id=gold["speaker"].map(names).fillna("none"))


def match(gold: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return for each annotated span the span found that shares most characters with it, if any does."""
    pairs = gold.reset_index().merge(found, on="doc_id", suffixes=("_gold", ""))
    low, high = pairs[["start", "start_char"]].max(axis=1), pairs[["end", "end_char"]].min(axis=1)
    pairs = pairs.assign(shared=high - low).query("shared > 0").sort_values("shared", kind="stable")
    return pairs.drop_duplicates("index", keep="last")


def span_scores(gold: pd.DataFrame, found: pd.DataFrame) -> list[tuple[str, str]]:
    """Return exact spans and the F1 of characters, voice by voice."""
    rows = []
    for voice in CODES.values():
        marked, told = gold[gold["voice"] == voice], found[found["voice"] == voice]
        both = marked.merge(
            told, left_on=["doc_id", "start", "end"], right_on=["doc_id", "start_char", "end_char"]
        )
        ours, theirs = _characters(told, "start_char", "end_char"), _characters(marked, "start", "end")
        shared = len(ours & theirs)
        score = 2 * shared / (len(ours) + len(theirs)) if ours or theirs else 1.0
        rows.append((f"{voice}: spans exact", f"{len(both)} of {len(marked)} ({len(told)} found)"))
        rows.append((f"{voice}: precision, recall, F1 of characters", _three(shared, ours, theirs, score)))
    return rows


def speaker_scores(gold: pd.DataFrame, found: pd.DataFrame) -> list[tuple[str, str]]:
    """Return speakers right, wrong and unknown over the annotated spans; a span not found is unknown."""
    best = match(gold, found)
    right = int((best["speaker"] == best["entity_id"]).sum())
    unknown = len(gold) - len(best) + int((best["speaker"] == "unknown").sum())
    counts = {"right": right, "wrong": len(gold) - right - unknown, "unknown": unknown}
    return [(f"speakers {name}", f"{n} of {len(gold)} ({n / len(gold):.3f})") for name, n in counts.items()]


def share_scores(found: pd.DataFrame, documents: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the share of a report's characters in direct quotation beside that of the annotation."""
    lengths = documents.set_index("doc_id")["text"].str.len()
    direct = found[found["voice"] == "direct"]
    quoted = (direct["end_char"] - direct["start_char"]).groupby(direct["doc_id"]).sum()
    return [
        (f"{doc_id}: share quoted (by hand)", f"{quoted.get(doc_id, 0) / lengths[doc_id]:.3f} ({share:.2f})")
        for doc_id, share in DIRECT_SHARES.items()
        if doc_id in lengths
    ]


def cue_scores(gold_path: Path, found: pd.DataFrame) -> list[tuple[str, str]]:
    """Return annotated cues found as cue of a span, and those whose class agrees."""
    gold = pd.read_csv(gold_path, dtype=str).fillna("").rename(columns={"doc": "doc_id"})
    verbs = load_speech_verbs()
    forms = verbs.assign(form=verbs["forms"].str.split("|")).explode("form")
    classes = dict(zip(forms["form"], forms["verb_class"], strict=True))
    used = set(zip(found["doc_id"], found["cue"].str.casefold(), strict=True))
    told = [(doc, verb.casefold()) in used for doc, verb in zip(gold["doc_id"], gold["verb"], strict=True)]
    agree = gold["verb"].str.casefold().map(classes).fillna("") == gold["verb_class"]
    listed = int(gold["verb"].str.casefold().isin(list(classes)).sum())
    return [
        ("annotated cues in speech_verbs.csv", f"{listed} of {len(gold)}"),
        ("annotated cues that a span names", f"{sum(told)} of {len(gold)}"),
        ("annotated cues whose class agrees", f"{int(agree.sum())} of {len(gold)}"),
    ]


def _characters(spans: pd.DataFrame, start: str, end: str) -> set[tuple[str, int]]:
    """Return every character of the spans."""
    rows = spans[["doc_id", start, end]].itertuples(index=False, name=None)
    return {(doc_id, place) for doc_id, low, high in rows for place in range(low, high)}


def _three(shared: int, ours: set[tuple[str, int]], theirs: set[tuple[str, int]], score: float) -> str:
    """Return precision, recall and F1 as text."""
    return f"{shared / max(len(ours), 1):.3f}, {shared / max(len(theirs), 1):.3f}, {score:.3f}"


def main(folder: Path) -> None:
    """Print one Markdown table."""
    if not (folder / "gold_voice_spans.csv").is_file():
        print("No gold_voice_spans.csv in the folder given: nothing measured.")
        return
    read = open_corpus()
    documents, found = read.documents, read.voices
    gold = read_gold(folder / "gold_voice_spans.csv")
    inside = found[found["doc_id"].isin(gold["doc_id"])]
    rows = span_scores(gold, inside) + speaker_scores(gold, inside)
    rows += share_scores(found, documents)
    if (folder / "attribution_verbs.csv").is_file():
        rows += cue_scores(folder / "attribution_verbs.csv", inside)
    print("| measure | value |\n|---|---|")
    print("\n".join(f"| {name} | {value} |" for name, value in rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "gold")
