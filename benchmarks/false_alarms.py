"""What the verdicts of page 05 say of pairs of known history: false alarms, catches and arrows.

Run as `python benchmarks/false_alarms.py [folder ...]`; folders as for reference_classes.py. Translations and
copies are judged by lines drawn without any reference of their own language; news by lines drawn without
their own set where pairs are cut to a length, and as page 05 judges them where they are whole.
"""

import sys
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import agency_copies
import numpy as np
import pandas as pd
import reference_classes
from news_classes import DEPENDENT, NO_VERBS, measured_texts, read_reports
from reference_classes import AGENCY, EDITED, HEAVILY, HUMAN, MACHINE, NEWS, TWO_MACHINES

from helpers.derivation import (
    VERDICTS,
    Compared,
    ErrorRates,
    ReferenceQuantiles,
    called,
    exact_interval,
    find_traces,
    judge_pairs,
    load_error_rates,
    load_reference,
    measure_pairs,
    verdict_lines,
)
from helpers.names import MentionsTable
from helpers.table import UNKNOWN, conform, empty
from helpers.text import Documents, DocumentsTable, split_sentences, tokenize
from helpers.voices import find_voices

FOLDERS = reference_classes.FOLDERS
KINDS = (HUMAN, MACHINE, TWO_MACHINES, EDITED, HEAVILY, NEWS, AGENCY)
# Seeds of the generator that data/reference was not made with, and the lengths asked for.
SEEDS, COPY_LENGTHS, COPIES = (2, 3, 4), (90, 180, 370, 650), 150
EFFORTS = (0.0, 0.15, 0.25, 0.4, 0.6, 1.01)


def main(folders: list[Path]) -> None:
    """Print the tables."""
    measures = reference_classes.measure(folders)
    reference, rates = load_reference(), load_error_rates()
    print_by_length(reference_classes.error_rates(measures, reference))
    print_by_effort(folders, reference)
    print_copies(folders, reference)
    print_news(folders, reference)
    print(f"\nArrows drawn on pairs without time, outlet or credit: {arrows(folders, reference, rates)}.")


def print_by_length(rates: ErrorRates) -> None:
    """Print the share of each verdict by class, set and length, with the interval of the first."""
    names = ["word_for_word", "worded_apart", "passages", "phrases", "nothing"]
    print("Shares of verdicts; the 95 % interval, of the first, takes as its number the stretches without")
    print(
        "overlap.\n\n| class | data set | words | word for word | 95 % interval | "
        + " | ".join(VERDICTS[1:5])
        + " |"
    )
    print("|---" * 9 + "|")
    order = rates.assign(kind=rates["reference_class"].map(KINDS.index)).sort_values(
        ["kind", "data_set", "n_words"]
    )
    for row in order.to_dict("records"):
        low, high = exact_interval(row["word_for_word"], row["n_distinct"])
        cells = [row["reference_class"], row["data_set"], row["n_words"], f"{row['word_for_word']:.3f}"]
        cells += [f"{low:.3f} to {high:.3f}", *(f"{row[name]:.3f}" for name in names[1:])]
        print("| " + " | ".join(map(str, cells)) + " |")


def print_by_effort(folders: list[Path], reference: ReferenceQuantiles, *, n_words: int = 650) -> None:
    """Print what becomes of edited copies by the effort of their editing (HTER of the stretch)."""
    print(f"\n| editing effort, {n_words} words | stretches | word for word | worded apart | less |")
    print("|---" * 5 + "|")
    frames = [frame for folder in folders for frame in efforts(folder, reference, n_words)]
    if not frames:
        return
    table = pd.concat(frames)
    for low, high in pairwise(EFFORTS):
        own = table.loc[(table["effort"] > low) & (table["effort"] <= high), "verdict"]
        if len(own):
            shares = [(own == name).mean() for name in VERDICTS[:2]]
            told = " | ".join(f"{share:.3f}" for share in (*shares, 1 - sum(shares)))
            print(f"| {low:.2f} to {min(high, 1):.2f} | {len(own)} | {told} |")


def efforts(folder: Path, reference: ReferenceQuantiles, n_words: int) -> Iterator[pd.DataFrame]:
    """Yield, per set of post-edits, the effort and the verdict of each stretch."""
    for path in sorted(folder.glob("*.hter")):
        aligned = next(
            one for one in reference_classes.read_sets(folder) if one.data_set == set_name(folder, path)
        )
        rates = np.array([float(line) for line in reference_classes.lines_of(path)])
        a, b = aligned.sides[0]
        total = np.concatenate([[0], np.cumsum([min(len(x), len(y)) for x, y in zip(a, b, strict=True)])])
        starts = range(0, int(np.searchsorted(total, total[-1] - n_words)), 10)
        ends = [int(np.searchsorted(total, total[start] + n_words)) for start in starts]
        sides = [
            (" ".join(" ".join(x) for x in a[i:j]), " ".join(" ".join(x) for x in b[i:j]))
            for i, j in zip(starts, ends, strict=True)
        ]
        lines = verdict_lines(reference, n_words=n_words, without=aligned.language)
        verdicts = called(measured_texts(sides), lines)
        effort = [float(rates[i:j].mean()) for i, j in zip(starts, ends, strict=True)]
        yield pd.DataFrame({"effort": effort, "verdict": verdicts.tolist()})


def set_name(folder: Path, path: Path) -> str:
    """Return the name that reference_classes.py gives the post-edits of a file."""
    language, _, rest = path.name.partition("-")
    source = next((one.suffix[1:] for one in sorted(folder.glob("src.*"))), "unknown")
    return f"post-edits {language if rest else source} {path.stem.split('.')[-1]}"


def print_copies(folders: list[Path], reference: ReferenceQuantiles) -> None:
    """Print how many edited agency copies share passages or more, of seeds not used for the reference."""
    print("\n| agency copies, other seeds | words | pairs | word for word | passages or more |")
    print("|---" * 5 + "|")
    for folder in folders:
        documents = read_reports(folder)
        for n_words in COPY_LENGTHS if len(documents) else ():
            made = [
                copy
                for seed in SEEDS
                for copy in agency_copies.copies_of(documents, n_words=n_words, n=COPIES, seed=seed)
            ]
            if made:
                measures = measured_texts([(copy.a, copy.b) for copy in made])
                names = judged(measures, reference)
                much = names.isin(VERDICTS[:3]).mean()
                copied = (names == VERDICTS[0]).mean()
                print(f"| {folder.name} | {n_words} | {len(made)} | {copied:.3f} | {much:.3f} |", flush=True)


def judged(measures: pd.DataFrame, reference: ReferenceQuantiles) -> pd.Series:
    """Return what page 05 says of the wording of each pair, by the lines of its own length."""
    sizes = measures["n_words"].clip(reference["n_words"].min(), reference["n_words"].max())
    drawn = {size: verdict_lines(reference, n_words=size) for size in sizes.unique().tolist()}
    lines = pd.DataFrame([drawn[size] for size in sizes.tolist()], index=measures.index)
    return called(measures, lines)


def print_news(folders: list[Path], reference: ReferenceQuantiles) -> None:
    """Print what whole reports of one event share, and which pairs share more than phrases."""
    print("\n| whole reports of one event, 90 words or more | pairs | " + " | ".join(VERDICTS[:5]) + " |")
    print("|---" * 7 + "|")
    listed = []
    for folder in folders:
        documents = read_reports(folder)
        if len(documents):
            pairs = [
                pair
                for _, own in documents.groupby("event_id")["doc_id"]
                for pair in combinations(sorted(own), 2)
            ]
            measures = measured_reports(documents, pairs)
            measures = measures[measures["n_words"] >= 90].reset_index(drop=True)
            names = judged(measures, reference)
            counts = " | ".join(f"{(names == name).sum()}" for name in VERDICTS[:5])
            print(f"| {folder.name} | {len(names)} | {counts} |")
            for a, b, name in zip(measures["doc_id_a"], measures["doc_id_b"], names, strict=True):
                if name in VERDICTS[:3]:
                    listed.append(f"{a} and {b}: {name} ({DEPENDENT.get((a, b), 'not read')})")
    print("\n" + "; ".join(listed) + "." if listed else "\nNo pair shares more than phrases.")


def measured_reports(documents: Documents, pairs: list[tuple[str, str]]) -> pd.DataFrame:
    """Return the measures of pairs of whole reports."""
    sentences = split_sentences(documents)
    tokens = tokenize(sentences)
    voices = find_voices(documents, sentences, NO_VERBS, empty(MentionsTable))
    named = pd.DataFrame(pairs, columns=["doc_id_a", "doc_id_b"])
    return measure_pairs(Compared(tokens, voices), documents=documents, pairs=named)


def arrows(folders: list[Path], reference: ReferenceQuantiles, rates: ErrorRates) -> str:
    """Return how many directions the whole of the project gives on the sets, each way round."""
    drawn = pairs = 0
    for folder in folders:
        for aligned in reference_classes.read_sets(folder):
            for a, b in aligned.sides[:2]:
                for one, other in ((a, b), (b, a)):
                    documents = texts([one, other])
                    sentences = split_sentences(documents)
                    tokens = tokenize(sentences)
                    voices = find_voices(documents, sentences, NO_VERBS, empty(MentionsTable))
                    base = Compared(tokens, voices), documents, sentences, empty(MentionsTable)
                    measures = measure_pairs(base[0], documents=documents)
                    found = judge_pairs(measures, find_traces(measures, *base), reference, rates)
                    pairs += len(found)
                    drawn += int((found["direction"] != "undetermined").sum())
    return f"{drawn} on {pairs} pairs"


def texts(sides: list[reference_classes.Segments]) -> Documents:
    """Return both sides as reports of one event without time, outlet or headline."""
    words = ["\n".join(" ".join(line) + "." for line in side[:60]) for side in sides]
    frame = pd.DataFrame({"doc_id": ["a", "b"], "text": words, "event_id": "one", "language": "en"})
    blank = ("outlet", "published", "headline", "url", "outlet_evidence")
    return conform(frame.assign(**dict.fromkeys(blank, UNKNOWN)), DocumentsTable)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or list(FOLDERS))
