"""Write a corpus of invented news reports whose derivations are known.

`python benchmarks/generate.py 10000 folder [--seed 7] [--wire 80]` writes `documents.parquet` and
`truth.parquet`. The words are invented, so nothing is quoted and any number of reports can be made.

An event has names and topic words of its own, shared quotations, and some ten reports; nearly half of
them derive from an earlier one (see KINDS). Outlets put their footer under most reports, and stock
phrases turn up everywhere. `--wire` adds one story that so many outlets carry, lightly edited. A million
reports are written part by part, in the memory of one part.
A pair is known where at least 40 words survive on both sides and under a fifth were exchanged; it is
related where at least 12 survive.
"""

import argparse
from collections.abc import Iterator
from itertools import accumulate, combinations, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

KINDS = ("exact", "light", "moderate", "truncated", "reordered", "merged", "excerpt", "paraphrase")
FUNCTION_WORDS = (
    "the of and to in a that for on was with as is by at from it has have be said an were not are which "
    "will this had their but its after they who been or more about one he his would also than other"
).split()
STOCK_PHRASES = (
    "according to a statement released late on the same day by the office",
    "speaking to reporters on condition of anonymity because they were not allowed to speak",
    "could not immediately be reached for comment when asked by our correspondent on the matter",
    "the report could not be independently verified at the time of going to press",
)
OUTLETS, EVENT_SIZE, DERIVED, FOOTED, QUOTES = 100, 10, 0.45, 0.6, 6
KNOWN_WORDS, KNOWN_EXCHANGED, RELATED_WORDS = 40, 0.2, 12
# Reports made and written at a time, and words drawn at a time.
PART, DRAWN = 20_000, 1 << 18
SHORTEST, LONGEST = 8, 33


class Sentence(NamedTuple):
    """A sentence: the number it was born with, its words, and which of them are still the first ones."""

    birth: int
    words: np.ndarray
    kept: np.ndarray


class Writer:
    """Invents words, sentences and reports; one seed gives one corpus."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.born = 0
        letters = [np.array(list(some)) for some in ("bcdfghklmnprstvz", "aeiou")]
        draws = [self.random.choice(letters[k % 2], 150_000) for k in range(8)]
        size = self.random.choice([3, 4, 5, 6, 7, 8], 150_000)
        joined = [
            "".join(chars)[:n] for chars, n in zip(zip(*draws, strict=True), size.tolist(), strict=True)
        ]
        joined[::40] = [word.replace("e", "é") for word in joined[::40]]
        self.vocabulary = np.array(FUNCTION_WORDS + list(dict.fromkeys(joined)), dtype=object)
        ranks = np.arange(1, len(self.vocabulary) + 1)
        self.cumulative = np.cumsum(1 / (ranks + 2.7))
        self.cumulative /= self.cumulative[-1]
        self.drawn = np.zeros(0, dtype=np.int64)
        self.whole = np.ones(LONGEST, dtype=bool)

    def words(self, count: int) -> np.ndarray:
        """Return the numbers of `count` words, drawn by Zipf's law."""
        if count > len(self.drawn):
            self.drawn = np.searchsorted(self.cumulative, self.random.random(DRAWN))
        taken, self.drawn = self.drawn[:count].copy(), self.drawn[count:]
        return taken

    def sentences(self, count: int, topic: np.ndarray) -> list[Sentence]:
        """Return so many new sentences, a fifth of each words of the topic."""
        edges = [0, *accumulate(self.random.integers(SHORTEST, LONGEST + 1, count).tolist())]
        words = self.words(edges[-1])
        mine = np.flatnonzero(self.random.random(len(words)) < 0.2)
        words[mine] = topic[self.random.integers(len(topic), size=len(mine))]
        first, self.born = self.born + 1, self.born + count
        return [
            Sentence(first + k, words[start:end], self.whole[: end - start])
            for k, (start, end) in enumerate(pairwise(edges))
        ]

    def edited(self, sentence: Sentence, rate: float) -> Sentence:
        """Return the sentence with so large a share of its words exchanged."""
        changed = self.random.random(len(sentence.words)) < rate
        words = np.where(changed, self.words(len(sentence.words)), sentence.words)
        return Sentence(sentence.birth, words, sentence.kept & ~changed)

    def report(self, topic: np.ndarray, quotes: list[Sentence]) -> list[Sentence]:
        """Return a new report of an event, with some of its quotations."""
        sentences = self.sentences(int(self.random.integers(8, 28)), topic)
        for quote in quotes:
            if self.random.random() < 0.3:
                sentences.insert(int(self.random.integers(len(sentences))), quote)
        return sentences

    def derived(
        self, kind: str, source: list[Sentence], other: list[Sentence], topic: np.ndarray
    ) -> list[Sentence]:
        """Return a report derived from `source` in one of the ways of KINDS."""
        draw = self.random
        some = len(source)
        if kind == "light":
            return [self.edited(sentence, 0.02) for sentence in source]
        if kind == "moderate":
            return [self.edited(s, 0.05) for s in source if draw.random() > 0.3] or source[:1]
        if kind == "truncated":
            return source[: max(2, int(some * draw.uniform(0.3, 0.7)))]
        if kind == "reordered":
            return [source[k] for k in draw.permutation(some)]
        if kind == "merged":
            return [s for pair in zip(source, other, strict=False) for s in pair if draw.random() > 0.35]
        if kind == "excerpt":
            start = int(draw.integers(max(some - 4, 1)))
            body = self.report(topic, [])
            place = int(draw.integers(len(body)))
            return body[:place] + source[start : start + int(draw.integers(2, 5))] + body[place:]
        if kind == "paraphrase":
            return [self.edited(sentence, 0.25) for sentence in source]
        return list(source)

    def event(self) -> tuple[list[list[Sentence]], list[str]]:
        """Return the reports of one event, and how each came about."""
        topic = self.random.integers(200, len(self.vocabulary), 40)
        quotes = self.sentences(QUOTES, topic)
        reports, kinds = [self.report(topic, quotes)], ["new"]
        for _ in range(max(1, self.random.poisson(EVENT_SIZE)) - 1):
            kind = KINDS[int(self.random.integers(len(KINDS)))] if self.random.random() < DERIVED else "new"
            one, two = (reports[k] for k in self.random.integers(len(reports), size=2))
            made = self.report(topic, quotes) if kind == "new" else self.derived(kind, one, two, topic)
            reports.append(made or one[:2])
            kinds.append(kind)
        return reports, kinds

    def wire(self, carriers: int) -> tuple[list[list[Sentence]], list[str]]:
        """Return one story that so many outlets carry, lightly edited."""
        topic = self.random.integers(200, len(self.vocabulary), 40)
        story = self.report(topic, [])
        return [self.derived("light", story, story, topic) for _ in range(carriers)], ["wire"] * carriers

    def text(self, report: list[Sentence], footer: str) -> str:
        """Return the report as printed: capitals, full stops, paragraphs, now and then a stock phrase."""
        printed = self.vocabulary[np.concatenate([sentence.words for sentence in report])].tolist()
        edges = accumulate((len(sentence.words) for sentence in report), initial=0)
        stock = (self.random.random(len(report)) < 0.02).tolist()
        lines = []
        for (start, end), with_stock in zip(pairwise(edges), stock, strict=True):
            words = " ".join(printed[start:end])
            if with_stock:
                words += ", " + STOCK_PHRASES[int(self.random.integers(len(STOCK_PHRASES)))]
            lines.append(words[:1].upper() + words[1:] + ".")
        paragraphs = [" ".join(lines[k : k + 3]) for k in range(0, len(lines), 3)]
        return "\n\n".join([*paragraphs, footer] if footer else paragraphs)

    def footer(self, outlet: str) -> str:
        """Return the words an outlet prints under its reports."""
        words = " ".join(self.vocabulary[self.words(24)])
        return f"© {outlet}. {words[:1].upper()}{words[1:]}. All rights reserved."


def truth(event: list[list[Sentence]], names: list[str]) -> list[tuple[str, str, int, bool]]:
    """Return the pairs of an event with shared provenance: names, words surviving on both sides, known."""
    rows = []
    births = [{sentence.birth: sentence for sentence in report} for report in event]
    for (a, of_a), (b, of_b) in combinations(zip(names, births, strict=True), 2):
        shared = [(of_a[birth].kept, of_b[birth].kept) for birth in of_a.keys() & of_b.keys()]
        alive = sum(int(np.count_nonzero(one & two)) for one, two in shared)
        total = sum(len(one) for one, _ in shared)
        if alive >= RELATED_WORDS:
            known = alive >= KNOWN_WORDS and alive > (1 - KNOWN_EXCHANGED) * total
            rows.append((min(a, b), max(a, b), alive, known))
    return rows


def parts(count: int, *, seed: int = 7, wire: int = 0) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Yield the documents and the true pairs of a corpus of `count` reports, some whole events at a time."""
    writer = Writer(seed)
    outlets = [f"Outlet {number:03}" for number in range(OUTLETS)]
    footers = [writer.footer(name) for name in outlets]
    rows: list[tuple[str, str, str, str, str]] = []
    pairs: list[tuple[str, str, int, bool]] = []
    done = events = 0
    while done < count:
        event, kinds = writer.wire(wire) if wire and not done else writer.event()
        event = event[: count - done]
        names = [f"r{done + number:07}" for number in range(len(event))]
        carriers = (
            writer.random.permutation(OUTLETS)[: len(event)]
            if kinds[0] == "wire" and len(event) <= OUTLETS
            else writer.random.integers(OUTLETS, size=len(event))
        )
        for name, report, kind, outlet in zip(names, event, kinds, carriers.tolist(), strict=False):
            footer = footers[outlet] if writer.random.random() < FOOTED else ""
            rows.append((name, writer.text(report, footer), f"event {events:06}", outlets[outlet], kind))
        pairs += truth(event, names)
        done, events = done + len(event), events + 1
        if len(rows) >= PART or done == count:
            documents = pd.DataFrame(rows, columns=["doc_id", "text", "event_id", "outlet", "kind"])
            known = pd.DataFrame(pairs, columns=["doc_id_a", "doc_id_b", "n_words", "known"])
            yield documents, known.astype({"doc_id_a": str, "doc_id_b": str, "n_words": int, "known": bool})
            rows, pairs = [], []


def make(count: int, *, seed: int = 7, wire: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the documents and the true pairs of a corpus of `count` reports."""
    documents, pairs = zip(*parts(count, seed=seed, wire=wire), strict=True)
    return pd.concat(documents, ignore_index=True), pd.concat(pairs, ignore_index=True)


def write(folder: Path, count: int, *, seed: int = 7, wire: int = 0) -> None:
    """Write a corpus into a folder, part by part."""
    folder.mkdir(parents=True, exist_ok=True)
    writers: list[pq.ParquetWriter] = []
    for tables in parts(count, seed=seed, wire=wire):
        rows = [pa.Table.from_pandas(table, preserve_index=False) for table in tables]
        if not writers:
            names = ("documents.parquet", "truth.parquet")
            writers = [
                pq.ParquetWriter(folder / name, table.schema, compression="zstd")
                for name, table in zip(names, rows, strict=True)
            ]
        for writer, table in zip(writers, rows, strict=True):
            writer.write_table(table)
    for writer in writers:
        writer.close()


def main() -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--wire", type=int, default=0)
    options = parser.parse_args()
    write(options.folder, options.count, seed=options.seed, wire=options.wire)
    pairs = pd.read_parquet(options.folder / "truth.parquet")
    print(f"{options.count:,} reports, {pairs['known'].sum():,} known and {len(pairs):,} related pairs")


if __name__ == "__main__":
    main()
