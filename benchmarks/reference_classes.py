"""Make data/reference: where pairs of known history stand, by class, language and length.

Run as `python benchmarks/reference_classes.py [folder ...]`. A folder of post-edits holds X.mt, X.pe, X.hter
(and ref-1.en, ref-2.en, mt.en, src.LL); one of double references NAME.LL-en.ref.A.en, .ref.B.en (and
NAME.LL-en.all.xml with systems); one of news texts .jsonl files of id, topic, sub and sents, or reports.jsonl
of independent outlets by event (news_classes.py).
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, combinations
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import numpy as np
import pandas as pd
from news_classes import measured_news

from helpers.derivation import (
    REFERENCE_CLASSES,
    VERDICTS,
    Compared,
    ErrorRatesTable,
    ReferenceQuantilesTable,
    called,
    measure_pairs,
    verdict_lines,
)
from helpers.place import ROOT
from helpers.table import from_rows
from helpers.text import tokenize

BENCH = ROOT / ".." / "shared" / "bench"
FOLDERS = tuple(
    BENCH / name
    for name in ("mlqe_pe", "wmt21_double_references", "ecb_plus", "basil_2010_2014", "newswcl50_0_4")
)
LENGTHS = (90, 130, 180, 260, 370, 500, 650)
WINDOWS = 200
HEAVY = 0.45
MEASURES = (
    "c3",
    "c5",
    "c8",
    "longest_run",
    "order_kept",
    "tile_share",
    "mean_tile",
    "clumping",
    "lcs_share",
    "lcs_apart",
    "letters_apart",
    "run_narrated",
    "window",
)
QUANTILES = (0, 0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99, 1)
HUMAN, MACHINE, TWO_MACHINES, EDITED, HEAVILY, TOPIC, NEWS, AGENCY = REFERENCE_CLASSES

Segments = list[list[str]]


class Aligned(NamedTuple):
    """Texts of known history, segment by segment; `sides` holds one pair of versions or several."""

    reference_class: str
    language: str
    data_set: str
    sides: list[tuple[Segments, Segments]]


def main(folders: list[Path]) -> None:
    """Write quantiles.csv and error_rates.csv, and print what was measured."""
    measured = measure(folders)
    target = ROOT / "data" / "reference"
    target.mkdir(parents=True, exist_ok=True)
    reference = quantiles(measured)
    rates = error_rates(measured, reference)
    reference.to_csv(target / "quantiles.csv", index=False, float_format="%.4g", lineterminator="\n")
    rates.to_csv(target / "error_rates.csv", index=False, float_format="%.4g", lineterminator="\n")
    print("| class | data set | words | pairs | c5 5 % | median | 95 % | 99 % |")
    print("|---|---|---|---|---|---|---|---|")
    for row in reference[reference["measure"] == "c5"].itertuples():
        print(f"| {row.reference_class} | {row.data_set} | {row.n_words} | {row.n_pairs} ", end="")
        print(f"| {row.p05:.3f} | {row.p50:.3f} | {row.p95:.3f} | {row.p99:.3f} |")


def measure(folders: Iterable[Path]) -> pd.DataFrame:
    """Return the measures of every pair of every set in the folders at every length."""
    frames = [
        measured(aligned, n_words)
        for folder in folders
        for aligned in read_sets(folder)
        for n_words in LENGTHS
    ]
    frames += [frame for folder in folders for frame in measured_news(folder, LENGTHS)]
    frames = [frame for frame in frames if len(frame)]
    if not frames:
        sys.exit("no set in " + ", ".join(folder.name for folder in folders) + ": nothing measured")
    return pd.concat(frames, ignore_index=True)


def read_sets(folder: Path) -> Iterator[Aligned]:
    """Yield every set of the folder, whatever its languages, years and topics are."""
    yield from _post_edits(folder)
    yield from _double_references(folder)
    yield from _other_events(folder)


def measured(aligned: Aligned, n_words: int) -> pd.DataFrame:
    """Return the measures of the set's pairs at a length: one row per pair."""
    pairs, frames = [], []
    for number, (a, b) in enumerate(windows(aligned, n_words)):
        pairs.append((f"{number}a", f"{number}b"))
        for name, words in zip(pairs[-1], (a, b), strict=True):
            frames.append(pd.DataFrame({"doc_id": name, "norm": words}))
    if not pairs:
        return pd.DataFrame()
    names = pd.DataFrame(pairs, columns=["doc_id_a", "doc_id_b"])
    tokens = pd.concat(frames, ignore_index=True)
    return measure_pairs(Compared(tokens), pairs=names).assign(
        reference_class=aligned.reference_class,
        language=aligned.language,
        data_set=aligned.data_set,
        n_words=n_words,
        n_distinct=_distinct(aligned, n_words, len(pairs)),
    )


def windows(aligned: Aligned, n_words: int) -> Iterator[tuple[list[str], list[str]]]:
    """Yield up to WINDOWS pairs of stretches whose shorter side has `n_words` words, evenly spread.

    They overlap where the set is small; a set of several versions gives them in turn.
    """
    if aligned.reference_class == TOPIC:
        long = [pair for pair in aligned.sides if min(len(pair[0][0]), len(pair[1][0])) >= n_words]
        for place in _spread(len(long)):
            a, b = long[place]
            yield a[0][:n_words], b[0][:n_words]
        return
    lengths = [_lengths(a, b) for a, b in aligned.sides]
    room = min(int(np.searchsorted(total, total[-1] - n_words)) for total in lengths)
    for turn, start in enumerate(_spread(room)):
        side = turn % len(aligned.sides)
        total = lengths[side]
        end = int(np.searchsorted(total, total[start] + n_words))
        a, b = aligned.sides[side]
        yield list(chain(*a[start:end])), list(chain(*b[start:end]))


def quantiles(measures: pd.DataFrame) -> pd.DataFrame:
    """Return the reference quantiles of the measured pairs."""
    keys = ["reference_class", "language", "data_set", "n_words"]
    rows: list[tuple[object, ...]] = []
    for name in MEASURES:
        for (kind, language, data_set, n_words), group in measures.groupby(keys):
            values = group[name].dropna()
            if len(values):
                cuts = np.quantile(values, QUANTILES).round(4).tolist()
                distinct = float(group["n_distinct"].iloc[0])
                rows.append((kind, language, data_set, name, n_words, len(values), distinct, *cuts))
    return from_rows(rows, ReferenceQuantilesTable)


def error_rates(measures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Return how often each set gets each verdict, by lines drawn without its language, or without itself."""
    keys = ["reference_class", "language", "data_set", "n_words"]
    rows: list[tuple[object, ...]] = []
    for (kind, language, data_set, n_words), group in measures.groupby(keys):
        if kind != TOPIC:
            length = int(group["n_words"].iloc[0])
            own = str(data_set) if language == "en" else str(language)
            names = called(group, verdict_lines(reference, n_words=length, without=own))
            shares = [float((names == name).mean()) for name in VERDICTS[:5]]
            rows.append(
                (
                    *(kind, language, data_set, n_words),
                    len(group),
                    float(group["n_distinct"].iloc[0]),
                    *shares,
                )
            )
    return from_rows(rows, ErrorRatesTable)


def _post_edits(folder: Path) -> Iterator[Aligned]:
    """Yield machine translations with their post-edits, and machine and human translations of one text."""
    source = next((path.suffix[1:] for path in sorted(folder.glob("src.*"))), "unknown")
    for path in sorted(folder.glob("*.mt")):
        edited, rates = path.with_suffix(".pe"), path.with_suffix(".hter")
        if edited.is_file():
            named = re.match(r"([a-z]{2,3})-[a-z]{2,3}\.", path.name)
            language = named.group(1) if named else source
            effort = np.mean([float(line) for line in lines_of(rates)]) if rates.is_file() else 0.0
            kind = HEAVILY if effort > HEAVY else EDITED
            name = f"post-edits {language} {path.stem.split('.')[-1]}"
            yield Aligned(kind, language, name, [(segments(path), segments(edited))])
    humans = [segments(path) for path in sorted(folder.glob("ref-*.en"))]
    if len(humans) > 1:
        yield Aligned(HUMAN, source, f"two translations {source}", list(combinations(humans, 2)))
    if humans and (folder / "mt.en").is_file():
        machine = segments(folder / "mt.en")
        yield Aligned(MACHINE, source, f"machine and human {source}", [(machine, human) for human in humans])


def _double_references(folder: Path) -> Iterator[Aligned]:
    """Yield the two human translations of each test set, and its systems where they are given."""
    sets = sorted({re.sub(r"\.ref\.\w+\.en$", "", path.name) for path in folder.glob("*.ref.*.en")})
    for name in sets:
        year = re.search(r"\d{4}", name)
        language = re.search(r"\.([a-z]{2,3})-en", name)
        code = language.group(1) if language else "unknown"
        named = f"{code} {year.group() if year else name}"
        humans = [segments(path) for path in sorted(folder.glob(f"{name}.ref.*.en"))]
        if len(humans) > 1:
            yield Aligned(HUMAN, code, f"two references {named}", list(combinations(humans, 2)))
        versions = _versions(folder / f"{name}.all.xml")
        systems, people = (sorted(key for key in versions if key[0] == tag) for tag in ("hyp", "ref"))
        if systems:
            mixed = [(versions[system], versions[human]) for system in systems for human in people]
            yield Aligned(
                MACHINE, code, f"systems and references {named}", [_joined(*pair) for pair in mixed]
            )
            machines = combinations((versions[system] for system in systems), 2)
            yield Aligned(TWO_MACHINES, code, f"two systems {named}", [_joined(*pair) for pair in machines])


def _versions(path: Path) -> dict[tuple[str, str], dict[str, Segments]]:
    """Return every version (hyp and system, or ref and translator) of every document of the file."""
    found: dict[tuple[str, str], dict[str, Segments]] = {}
    if path.is_file():
        for document in ElementTree.parse(path).getroot().iter("doc"):
            for version in (*document.iter("hyp"), *document.iter("ref")):
                key = (version.tag, version.get("system") or version.get("translator") or "")
                lines = [segment.text or "" for segment in version.iter("seg")]
                found.setdefault(key, {})[document.get("id", "")] = cut(lines)
    return found


def _joined(a: dict[str, Segments], b: dict[str, Segments]) -> tuple[Segments, Segments]:
    """Return both versions of the documents that both have, one after the other."""
    both = [name for name in a if name in b]
    return list(chain(*(a[name] for name in both))), list(chain(*(b[name] for name in both)))


def _other_events(folder: Path) -> Iterator[Aligned]:
    """Yield the pairs of texts on one topic and two events."""
    texts: dict[str, dict[str, list[str]]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in filter(None, path.read_text("utf-8").splitlines()):
            text = json.loads(line)
            if "topic" in text:
                texts.setdefault(text["topic"], {}).setdefault(text["sub"], []).append(
                    " ".join(text["sents"])
                )
    sides = []
    for _, events in sorted(texts.items()):
        for one, other in combinations(sorted(events), 2):
            a, b = ([[words] for words in cut(events[event])] for event in (one, other))
            sides += [(x, y) for x in a for y in b]
    if sides:
        yield Aligned(TOPIC, "en", "news of one topic", sides)


def segments(path: Path) -> Segments:
    """Return the words of every line."""
    return cut(lines_of(path))


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file, the last empty one left out."""
    return path.read_text("utf-8").rstrip("\n").split("\n")


def cut(lines: list[str]) -> Segments:
    """Return the words of every line, as the project's own tokenizer counts them."""
    frame = pd.DataFrame({"doc_id": "text", "sentence_id": range(len(lines)), "start_char": 0, "text": lines})
    words: Segments = [[] for _ in lines]
    tokens = tokenize(frame)
    for number, norm in zip(tokens["sentence_id"], tokens["norm"], strict=True):
        words[number].append(norm)
    return words


def _lengths(a: Segments, b: Segments) -> np.ndarray:
    """Return the words of the shorter side before each segment, and after the last."""
    shorter = [min(len(x), len(y)) for x, y in zip(a, b, strict=True)]
    return np.concatenate([[0], np.cumsum(shorter)])


def _spread(room: int) -> list[int]:
    """Return up to WINDOWS places in `room`, evenly spread."""
    return np.unique(np.linspace(0, room - 1, min(room, WINDOWS)).astype(int)).tolist() if room > 0 else []


def _distinct(aligned: Aligned, n_words: int, n_pairs: int) -> float:
    """Return how many stretches of that length the set holds side by side."""
    if aligned.reference_class == TOPIC:
        return float(n_pairs)
    return float(min(_lengths(a, b)[-1] for a, b in aligned.sides) // n_words)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or list(FOLDERS))
