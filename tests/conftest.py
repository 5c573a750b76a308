"""What several test files share: small corpora, and the exported pages, made once."""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings
from samples import CORPORA

from helpers import table as schema
from helpers.derivation import calibration
from helpers.derivation import tables as derivation_tables
from helpers.names import tables as names_tables
from helpers.text import corpus, parser, segmentation, tables
from helpers.text.corpus import ROOT
from helpers.voices import lists, spans
from helpers.words import counts

# The same examples on every run, and no clock: a busy machine is not a failure.
settings.register_profile("variorum", deadline=None, derandomize=True)
settings.load_profile("variorum")


def export(folder: Path, **environment: str) -> Path:
    """Export the pages into `folder` in a process of its own, started elsewhere, and return the folder."""
    result = subprocess.run(
        [sys.executable, "-m", "helpers.report", "--ours", "--out", str(folder)],
        cwd=folder.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")} | environment,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    return folder


def make(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Return documents of (doc_id, event_id, outlet, text)."""
    names = [*tables.DocumentsTable.to_schema().columns]
    known = [dict(zip(("doc_id", "event_id", "outlet", "text"), row, strict=True)) for row in rows]
    blank = dict.fromkeys(names, "unknown")
    return schema.conform(pd.DataFrame([blank | row for row in known], columns=names), tables.DocumentsTable)


def cut(documents: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the sentences of headlines and bodies, and their tokens."""
    sentences = segmentation.split_sentences(documents)
    sentences = sentences[sentences["zone"].isin(["headline", "body"])]
    return sentences, segmentation.tokenize(sentences)


def pool(documents: pd.DataFrame) -> pd.DataFrame:
    """Return the pooled counts of the reports."""
    return counts.pool_counts(counts.count_terms(cut(documents)[1]), documents)


@pytest.fixture(scope="session")
def seeds() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the documents, sentences and tokens of the four reports kept here."""
    documents = corpus.load_documents()
    return documents, *cut(documents)


def reference_of(*sets: tuple[str, str, str, int, float]) -> pd.DataFrame:
    """Return quantiles that rise evenly from 0 to `top`, for every (class, language, measure, words, top)."""
    rows = [
        (
            kind,
            language,
            f"{kind} {language}",
            measure,
            words,
            100,
            10.0,
            *(s * top for s in calibration.SHARES.tolist()),
        )
        for kind, language, measure, words, top in sets
    ]
    return schema.from_rows(rows, derivation_tables.ReferenceQuantilesTable)


def pair_of(**values: object) -> pd.DataFrame:
    """Return a pair of 500 words a side that clears nothing, with the values given instead."""
    plain = {
        "doc_id_a": "a",
        "doc_id_b": "b",
        "events": "same",
        "language": "en",
        "n_words": 500,
        **dict.fromkeys(("c3", "c5", "c8", "c5_own", "c5_narrated"), 0.0),
        "longest_run": 3,
        "run_narrated": 3,
        "run_quoted": 0,
        "order_kept": 0.5,
        "n_tiles": 10,
        "mean_tile": 3.0,
        "tile_share": 0.1,
        "clumping": 3.0,
        "lcs_share": 0.5,
        "lcs_apart": 0.2,
        "letters_apart": 0.2,
        "letters_rest": 0.2,
        "run_share": 0.0,
        "share_a": 0.0,
        "share_b": 0.0,
        "dense": 0.0,
        "window": 0.1,
    }
    return schema.conform(pd.DataFrame([plain | values]), derivation_tables.PairMeasuresTable)


def told_by(
    n_events: int, n_reports: int, *, shared: int = 30, own: int = 80, word: str = "own"
) -> tuple[list[str], list[str]]:
    """Return texts and events: the reports of an event share a run of words, the rest is each one's own."""
    texts, events = [], []
    for event in range(n_events):
        story = " ".join(f"story{word}{event}x{k}" for k in range(shared))
        for report in range(n_reports):
            rest = " ".join(f"{word}{event}x{report}x{k}" for k in range(own))
            texts.append(f"{story.capitalize()} was told. Report {rest}.")
            events.append(f"event {event:02}")
    return texts, events


def report_of(
    *texts: str,
    events: list[str] | None = None,
    outlets: list[str] | None = None,
    published: list[str] | None = None,
) -> tuple[pd.DataFrame, ...]:
    """Return the documents, sentences, tokens and voices of a small corpus."""
    n = len(texts)
    frame = pd.DataFrame(
        {
            "doc_id": [f"{i}" for i in range(n)],
            "text": list(texts),
            "event_id": events or ["one"] * n,
            "outlet": outlets or [schema.UNKNOWN] * n,
            "published": published or [schema.UNKNOWN] * n,
        }
    ).assign(headline=schema.UNKNOWN, language="en", url=schema.UNKNOWN, outlet_evidence=schema.UNKNOWN)
    documents = schema.conform(frame, tables.DocumentsTable)
    sentences = segmentation.split_sentences(documents)
    tokens = segmentation.tokenize(sentences)
    spoken = spans.find_voices(
        documents,
        sentences,
        lists.load_speech_verbs(),
        schema.empty(names_tables.MentionsTable),
        parse=parser.parse(documents, sentences),
    )
    return documents, sentences, tokens, spoken


@pytest.fixture(scope="session")
def pages(tmp_path_factory) -> Path:
    """Return a folder with the pages of the four seeds."""
    return export(
        tmp_path_factory.mktemp("first") / "reports", PYTHONHASHSEED="0", LC_ALL="C.UTF-8", TZ="UTC"
    )


@pytest.fixture(scope="session")
def corpus_folder(tmp_path_factory) -> Callable[[str], Path]:
    """Return a function from the name of a corpus in samples.CORPORA to its folder, written once."""

    @functools.cache
    def folder(name: str) -> Path:
        return CORPORA[name](tmp_path_factory.mktemp(name))

    return folder


@pytest.fixture(scope="session")
def corpus_pages(tmp_path_factory, corpus_folder) -> Callable[[str], Path]:
    """Return a function from the name of a corpus to the folder of its pages, exported once."""

    @functools.cache
    def pages(name: str) -> Path:
        return export(tmp_path_factory.mktemp(f"{name}-out") / "reports", CORPUS=str(corpus_folder(name)))

    return pages


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of a Chromium; skip where there is none, fail in CI."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    found = next((path for path in map(shutil.which, names) if path), None)
    if found is None:
        message = "no Chromium on this machine: the pages were not opened in a browser"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    return str(found)


FLAGS = (
    "--disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")
def browser(chromium):
    """Return a headless Chromium, closed with the module so that no event loop outlives it."""
    from playwright.sync_api import sync_playwright

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        flags = [*FLAGS, *(["--no-sandbox"] if root else [])]
        started = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield started
        started.close()
