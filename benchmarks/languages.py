"""Score what is read of one invented story in several languages, and sentences beside their translations.

    python benchmarks/languages.py folder

`cases/languages` in it has a folder per language with reports a1 and b1 of one event (ten corresponding
parts, all reworded, in another order) and a2 of another; seven direct quotations, four of them beside their
source, and the costs 48 and 52 million are planted in each. `bench/mlqe_pe` is MLQE-PE (Estonian sentences
and English translations).
"""

import json
import sys
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from helpers.edition import Edition, open_corpus
from helpers.pages.derivation import Page as Derivation
from helpers.pages.wording import Page as Wording
from helpers.pairs import pair_by_meaning
from helpers.synopsis import find_renderings
from helpers.text import sentence_vectors

# The parts of the story in the order of the sentences; the last may be a question and its answer.
ORDER_B = (0, 1, 2, 5, 4, 3, 8, 6, 7, 9, 9)
ORDER_A = (*range(10), 9)
COSTS = {"48", "52", "۴۸", "۵۲", "٤٨", "٥٢", "४८", "५२"}
HELD = 0.5
TRANSLATED, BLOCK = 1_000, 20


def parts(read: Edition, doc_id: str, order: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """Return the sentences of a report: first, end, part of the story."""
    own = read.body[read.body["doc_id"] == doc_id]
    spans = zip(own["start_char"].tolist(), own["end_char"].tolist(), strict=True)
    return [(*span, part) for span, part in zip(spans, order, strict=False)]


def told_in_slots(read: Edition) -> tuple[int, int, int]:
    """Return how many pairs of sentences stand in one slot, how many of them rightly, and the parts found."""
    slots = read.slots[read.slots["relation"] != "only here"]
    held: dict[str, list[set[int]]] = {}
    sentences = {name: parts(read, name, order) for name, order in (("a1", ORDER_A), ("b1", ORDER_B))}
    for name, own in sentences.items():
        rows = slots[slots["doc_id"] == name]
        spans = list(zip(rows["start_char"], rows["end_char"], rows["slot_id"], strict=True))
        held[name] = [
            {
                slot
                for left, right, slot in spans
                if min(end, right) - max(start, left) >= HELD * min(end - start, right - left)
            }
            for start, end, _ in own
        ]
    joined = [(i, j) for i, a in enumerate(held["a1"]) for j, b in enumerate(held["b1"]) if a & b]
    right = [(i, j) for i, j in joined if sentences["a1"][i][2] == sentences["b1"][j][2]]
    return len(joined), len(right), len({sentences["a1"][i][2] for i, _ in right})


def planted(read: Edition) -> bool:
    """Return whether the planted difference of costs is listed."""
    numbers = read.differences[read.differences["kind"] == "number"]
    return any(
        any(cost in row[side] for cost in COSTS)
        for row in numbers.to_dict("records")
        for side in ("text_a", "text_b")
    )


def row_of(folder: Path) -> dict[str, object]:
    """Return the row of one language."""
    read = open_corpus(folder)
    joined, right, found = told_in_slots(read)
    alone = Wording(read).alone
    verdicts = Derivation(read)
    between = verdicts.derivations["verdict"].tolist() if len(verdicts.found.pairs) else ["cannot tell"]
    return {
        "language": read.documents["language"].iloc[0],
        "direct (7)": int((read.voices["voice"] == "direct").sum()),
        "with a source (4)": int((read.voices["source"] != "").sum()),
        "pairs in slots": joined,
        "right": right,
        "parts (10)": found,
        "listed as alone": int((alone["event_id"] == "bridge").sum()) if len(alone) else 0,
        "48 / 52": "found" if planted(read) else "no",
        "verdict": between[0],
    }


def translations(folder: Path) -> str:
    """Return how often the nearest English sentence is the translation, among many."""
    texts = [(folder / name).read_text("utf-8").splitlines()[:TRANSLATED] for name in ("src.et", "ref-1.en")]
    rows = [
        (name, number, text)
        for name, own in zip(("et", "en"), texts, strict=True)
        for number, text in enumerate(own)
    ]
    sentences = pd.DataFrame(rows, columns=["doc_id", "sentence_id", "text"])
    vectors = sentence_vectors(sentences)
    n = len(texts[0])
    pairs = pd.DataFrame({"doc_id_a": ["et"], "doc_id_b": ["en"]})
    meant = pair_by_meaning(sentences, vectors, pairs, {"et": "et", "en": "en"})
    right = int((meant["sentence_id_a"] == meant["sentence_id_b"]).sum())
    return (
        f"Of {n:,} Estonian sentences, {right / n:.3f} are paired with their translation among {n:,}; of the "
        f"{len(meant):,} pairs that are each other's nearest, {right / len(meant):.3f} are translations."
    )


def rendered(folder: Path) -> str:
    """Return how often blocks pass for renderings beside their translations, and beside another block's."""
    texts = [(folder / name).read_text("utf-8").splitlines()[:TRANSLATED] for name in ("src.et", "ref-1.en")]
    rows = [
        (f"{name}-{number // BLOCK:02}", number % BLOCK, text, name)
        for name, own in zip(("et", "en"), texts, strict=True)
        for number, text in enumerate(own)
    ]
    sentences = pd.DataFrame(rows, columns=["doc_id", "sentence_id", "text", "language"])
    documents = sentences[["doc_id", "language"]].drop_duplicates()
    vectors = sentence_vectors(sentences)
    n, told = len(texts[0]) // BLOCK, []
    for step in (0, 1):
        pairs = pd.DataFrame(
            [(f"et-{k:02}", f"en-{(k + step) % n:02}") for k in range(n)], columns=["doc_id_a", "doc_id_b"]
        )
        languages = dict(zip(documents["doc_id"], documents["language"], strict=True))
        found = find_renderings(pair_by_meaning(sentences, vectors, pairs, languages), sentences, documents)
        told.append(f"{int(found['may_render'].sum())} of {n}")
    return f"Blocks of {BLOCK} sentences that pass for renderings: {told[0]} translations, {told[1]} others."


def told_across(folder: Path) -> str:
    """Return how often one report in two languages passes for a rendering, and how often separate ones do."""
    reports = [
        {
            "doc_id": f"{name}-{own.name}",
            "text": (own / f"{name}.txt").read_text("utf-8"),
            "language": own.name,
        }
        for own in sorted(folder.iterdir())
        for name in ("a1", "b1")
        if (own / "a1.txt").is_file()
    ]
    with TemporaryDirectory() as place:
        rows = [report | {"event_id": "bridge", "outlet": report["doc_id"]} for report in reports]
        Path(place, "reports.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        read = open_corpus(place)
    found = find_renderings(read.meaning.meant, read.body, read.documents)
    may = dict(zip(zip(found["doc_id_a"], found["doc_id_b"], strict=True), found["may_render"], strict=True))
    told = []
    for alike in (True, False):
        pairs = [
            may.get((a["doc_id"], b["doc_id"]), may.get((b["doc_id"], a["doc_id"]), False))
            for a, b in combinations(reports, 2)
            if a["language"] != b["language"] and (a["doc_id"][:2] == b["doc_id"][:2]) is alike
        ]
        told.append(f"{sum(pairs)} of {len(pairs)}")
    return (
        f"Reports in two languages that pass for renderings: {told[0]} translations of one report, {told[1]} "
        "pairs of separate reports of the event."
    )


def main() -> None:
    """Print a row per language, their sums, and the translations found."""
    folders = sorted(
        path for path in (Path(sys.argv[1]) / "cases" / "languages").iterdir() if (path / "a1.txt").is_file()
    )
    table = pd.DataFrame([row_of(folder) for folder in folders])
    print(table.to_string(index=False))
    precision = table["right"].sum() / max(table["pairs in slots"].sum(), 1)
    recall = table["parts (10)"].sum() / (10 * len(table))
    print(f"\nPairs in slots: P {precision:.3f}, R {recall:.3f}.")
    print(translations(Path(sys.argv[1]) / "bench" / "mlqe_pe"))
    print(rendered(Path(sys.argv[1]) / "bench" / "mlqe_pe"))
    print(told_across(Path(sys.argv[1]) / "cases" / "languages"))


if __name__ == "__main__":
    main()
