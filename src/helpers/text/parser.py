"""The grammar and the recognised names of reports, by the spaCy models that are installed."""

import hashlib
import io
import os
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import platformdirs

from helpers.table import conform, empty
from helpers.text.languages import read_as
from helpers.text.tables import Documents, Parse, ParseTable, Sentences

__all__ = ["Model", "model_of", "parse", "unparsed"]
# Changed whenever what is stored for a report changes, so that no older parse is read as a new one.
STORED_AS = 1
BATCH = 256
_FIELDS = (
    "token_id",
    "sentence_id",
    "start_char",
    "end_char",
    "lemma",
    "tag",
    "pos",
    "dep",
    "head",
    "entity",
)


class Model(NamedTuple):
    """An installed model: the package, its version, and spaCy's."""

    package: str
    version: str
    spacy: str


@cache
def model_of(language: str) -> Model | None:
    """Return the installed spaCy model that reads a language, or None; nothing is ever downloaded.

    >>> model_of("en").version, model_of("xx")
    ('3.8.0', None)
    """
    wanted = read_as(language)
    found = sorted(
        Model(point.name, point.dist.version, metadata.version("spacy"))
        for point in metadata.entry_points(group="spacy_models")
        if point.dist is not None and point.name.startswith(f"{wanted}_")
    )
    # Packages numbered 999.9.9 hold no model, whatever their names say.
    real = [model for model in found if not model.version.startswith("999.")]
    return real[0] if real else None


def unparsed(documents: Documents) -> pd.DataFrame:
    """Return doc_id and language of the reports that no installed model reads."""
    without = ~documents["language"].map(lambda code: model_of(code) is not None).astype(bool)
    return documents.loc[without, ["doc_id", "language"]].reset_index(drop=True)


def _kept(
    documents: Documents, sentences: Sentences
) -> tuple[dict[str, pd.DataFrame], dict[Model, list[tuple[str, Sentences, str]]]]:
    """Return the parses in the cache, and the reports to parse: name, sentences, key in the cache."""
    languages = dict(zip(documents["doc_id"], documents["language"], strict=True))
    parts: dict[str, pd.DataFrame] = {}
    waiting: dict[Model, list[tuple[str, Sentences, str]]] = {}
    for name, own in sentences.groupby("doc_id", sort=False):
        doc_id = str(name)
        model = model_of(languages[doc_id])
        if model is None:
            continue
        key = _key(model, own)
        stored = _stored(key)
        if stored is None:
            waiting.setdefault(model, []).append((doc_id, own, key))
        else:
            parts[doc_id] = stored
    return parts, waiting


def parse(documents: Documents, sentences: Sentences) -> Parse:
    """Return the parse of every sentence of the reports that a model reads, report by report.

    `head` is the token_id of a token's head in its report; a root is its own head. A report parsed before
    is read from the user's cache folder (VARIORUM_CACHE names another), by its text, its sentences and the
    model. Reports that no model reads have no rows: `unparsed` names them.
    """
    parts, waiting = _kept(documents, sentences)
    for model, reports in waiting.items():
        parsed = _parsed(model, [own for _, own, _ in reports])
        for (doc_id, _, key), part in zip(reports, parsed, strict=True):
            _store(key, part)
            parts[doc_id] = part
    if not parts:
        return empty(ParseTable)
    order = [doc_id for doc_id in documents["doc_id"] if doc_id in parts]
    rows = pd.concat([parts[doc_id] for doc_id in order], ignore_index=True)
    rows.insert(0, "doc_id", np.repeat(order, [len(parts[doc_id]) for doc_id in order]))
    return conform(rows, ParseTable)


@cache
def _loaded(model: Model) -> Any:
    """Return a model, loaded; the import of spaCy waits until something is to be parsed."""
    import spacy

    return spacy.load(model.package, exclude=["senter"])


def _parsed(model: Model, reports: list[Sentences]) -> Iterator[pd.DataFrame]:
    """Yield the parse of each report, of whose sentences each is read by itself."""
    texts = (text for own in reports for text in own["text"])
    read = _loaded(model).pipe(texts, batch_size=BATCH)
    for own in reports:
        rows: list[tuple[object, ...]] = []
        for sentence_id, start in zip(own["sentence_id"], own["start_char"], strict=True):
            rows += _rows(next(read), sentence_id, start, len(rows))
        yield pd.DataFrame(rows, columns=list(_FIELDS))


def _rows(read: Any, sentence_id: int, start: int, before: int) -> list[tuple[object, ...]]:
    """Return the rows of one sentence; `before` is the number of the report's tokens before it."""
    return [
        (
            before + token.i,
            sentence_id,
            start + token.idx,
            start + token.idx + len(token.text),
            token.lemma_.casefold(),
            token.tag_,
            token.pos_,
            token.dep_,
            before + token.head.i,
            f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "",
        )
        for token in read
    ]


def _key(model: Model, sentences: Sentences) -> str:
    """Return the name under which a report's parse is kept."""
    digest = hashlib.sha256(repr((STORED_AS, *model)).encode())
    for column in ("sentence_id", "start_char", "text"):
        digest.update(repr(sentences[column].tolist()).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _place(key: str) -> Path:
    """Return the file of a stored parse."""
    folder = os.environ.get("VARIORUM_CACHE") or platformdirs.user_cache_path("variorum")
    return Path(folder) / "parse" / key[:2] / f"{key[2:]}.feather"


def _stored(key: str) -> pd.DataFrame | None:
    """Return a stored parse, or None; a file that cannot be read is as one that is not there."""
    try:
        return pd.read_feather(io.BytesIO(_place(key).read_bytes()))
    except (OSError, ValueError):
        return None


def _store(key: str, part: pd.DataFrame) -> None:
    """Keep a parse; written beside and then renamed, so that a killed run leaves no half of one."""
    place = _place(key)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(f".{os.getpid()}")
        part.to_feather(beside)
        beside.replace(place)
    except OSError:
        # A cache that cannot be written costs time, not truth.
        return
