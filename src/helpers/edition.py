"""The one way from a folder of reports to the base tables, and what a person explores them with."""

import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from helpers.derivation import find_tiles
from helpers.differing import find_differences
from helpers.listed import Lists, read_lists
from helpers.names import (
    Mentions,
    draft_names,
    find_mentions,
    naming_variants,
    recognised_names,
    with_names,
    without_boilerplate,
)
from helpers.pairs import (
    EventPairs,
    Meaning,
    chosen_path,
    compare_topics,
    event_pairs,
    propose_events,
    read_meaning,
)
from helpers.place import ROOT, chosen_corpus
from helpers.synopsis import Compared, Differences, Slots, align_slots
from helpers.table import UNKNOWN, empty
from helpers.text import (
    CorpusError,
    CorpusWarning,
    Documents,
    Note,
    Notes,
    Origins,
    OriginsTable,
    Parse,
    Sentences,
    Tokens,
    checksum,
    has_drafts,
    parse,
    read_corpus,
    split_sentences,
    tokenize,
    unparsed,
    with_text,
    within_language,
)
from helpers.voices import (
    Voices,
    find_voices,
)
from helpers.words import (
    Alignments,
    Concordance,
    Keyness,
    align_sentences,
    concordance,
    count_texts,
    find_nodes,
    keyness,
    outlet_labels,
)

__all__ = ["Edition", "Lists", "open_corpus", "read_lists", "with_proposed_events"]

# The zones whose words are the report's own; bylines, datelines and boilerplate are the page's.
OWN_ZONES = ("headline", "body")
NAMES_TOLD = 8
# Reports from which events are proposed: of fewer there is no common closeness to measure by.
FEWEST_PROPOSED = 4


@dataclass(frozen=True, eq=False, repr=False)
class Edition:
    """A corpus as it was read; each table is made once, when it is first asked for.

    >>> read = open_corpus()
    >>> read
    Edition of seeds: 4 reports of 2 events from 3 outlets, 2,423 words.
    >>> read.kwic("ceasefire")["node"].tolist()[:2]
    ['ceasefire', 'ceasefire']
    """

    name: str
    documents: Documents
    notes: Notes
    given: Lists
    event: str = ""
    drafted: bool = False
    proposed: bool = False
    folder: Path | None = None
    origins: Origins = field(default_factory=lambda: empty(OriginsTable))

    @cached_property
    def lists(self) -> Lists:
        """Return the lists; where nobody gave names, a draft of them from the reports takes their place."""
        if not self.drafted or len(self.given.entities):
            return self.given
        names = recognised_names(self.parse, self.sentences, self.documents)
        draft = draft_names(names, self.documents)
        return self.given._replace(entities=draft.entities, aliases=draft.aliases)

    @cached_property
    def sentences(self) -> Sentences:
        """Return every sentence of every report, in all zones."""
        return split_sentences(self.documents)

    @cached_property
    def tokens(self) -> Tokens:
        """Return every word of every sentence."""
        return tokenize(self.sentences, self.documents)

    @cached_property
    def body(self) -> Sentences:
        """Return the sentences of headlines and bodies: the report's own words, which pages compare."""
        return self.sentences[self.sentences["zone"].isin(OWN_ZONES)]

    @cached_property
    def words(self) -> Tokens:
        """Return the words of `body`."""
        zones = self.sentences.set_index(["doc_id", "sentence_id"])["zone"]
        places = pd.MultiIndex.from_frame(self.tokens[["doc_id", "sentence_id"]])
        return self.tokens[zones.isin(OWN_ZONES).reindex(places).to_numpy(bool)]

    @cached_property
    def parse(self) -> Parse:
        """Return the grammar and the recognised names of every sentence that an installed model reads."""
        return parse(self.documents, self.sentences)

    @cached_property
    def unread(self) -> frozenset[str]:
        """Return the reports whose language no installed parser reads: of grammar nothing is told there."""
        return frozenset(unparsed(self.documents)["doc_id"])

    @cached_property
    def compared(self) -> Documents:
        """Return the reports under events of one language each, in which words are compared."""
        return within_language(self.documents)

    @cached_property
    def mentions(self) -> Mentions:
        """Return every mention of the lists' entities, in links to other pages too."""
        return find_mentions(self.documents, self.lists.entities, self.lists.aliases)

    @cached_property
    def named(self) -> Mentions:
        """Return the mentions that count: those outside boilerplate."""
        return without_boilerplate(self.mentions, self.sentences)

    @cached_property
    def voices(self) -> Voices:
        """Return the spans of speech, with the reader's overrides in the place of what they overlap."""
        lists = self.lists
        return find_voices(
            self.documents,
            self.sentences,
            lists.verbs,
            self.mentions,
            parse=self.parse,
            overrides=lists.overrides,
        )

    @cached_property
    def alignments(self) -> Alignments:
        """Return the sentences of headlines and bodies that are each other's nearest in two outlets."""
        return align_sentences(self.body, self.words, self.compared)

    @cached_property
    def meaning(self) -> Meaning:
        """Return which sentences of an event's reports mean the same, and how near others come."""
        return read_meaning(self.body, self.documents, self.event_pairs.pairs, outlet_labels(self.documents))

    @cached_property
    def event_pairs(self) -> EventPairs:
        """Return the pairs of reports of one event that are set side by side."""
        return event_pairs(self.documents)

    @cached_property
    def slots(self) -> Slots:
        """Return the clauses of each event's reports in their slots: what tells the same fact is in one."""
        return align_slots(
            self.documents,
            self.sentences,
            self.tokens,
            mentions=self.mentions,
            voices=self.voices,
            compared=Compared(self.event_pairs.near, self.meaning.meant),
        )

    @cached_property
    def differences(self) -> Differences:
        """Return all that differs between reports of an event; every page tells its part of this table."""
        return find_differences(self)

    def prepare(self) -> "Edition":
        """Make the tables that every page reads, before the pages are made side by side."""
        _ = self.words, self.voices, self.named, self.alignments, self.event_pairs, self.differences
        return self

    def kwic(self, node: str | Sequence[str], *, window: int = 8) -> Concordance:
        """Return every use of a word or phrase, or of several, with `window` words on either side.

        >>> open_corpus().kwic("nearly six months")["doc_id"].tolist()
        ['002', '002']
        """
        return concordance(self, find_nodes(self.tokens, node), window=window)

    def quotes(self, *, speaker: str = "", voice: str = "") -> pd.DataFrame:
        """Return the spans of speech with their words, of one speaker and voice where they are named.

        `speaker` is a name or an id; `voice` is direct, indirect or speech_act. Raises ValueError for a
        speaker who has no span, naming those who have.

        >>> open_corpus().quotes(speaker="Ismail Haniyeh", voice="direct")["doc_id"].unique().tolist()
        ['000']
        """
        spans = with_text(self.voices, self.documents)
        shown = with_names(spans, self.lists.entities)
        if speaker:
            own = (shown["speaker"] == speaker) | (spans["speaker"] == speaker)
            _known(speaker, "speaker", shown["speaker"].value_counts().index.tolist(), found=bool(own.any()))
            shown = shown[own]
        if voice:
            _known(
                voice, "voice", sorted(shown["voice"].unique()), found=bool((shown["voice"] == voice).any())
            )
            shown = shown[shown["voice"] == voice]
        return shown.reset_index(drop=True)

    def keyness(self, target: str, reference: str) -> Keyness:
        """Return the words that two outlets use at different rates, event by event; lowest p first.

        The target of a row is the outlet whose name comes first. Raises ValueError for an unknown outlet.

        >>> open_corpus().keyness("Iran Press", "Unnamed outlet 1")["term"].tolist()[:1]
        ['israeli']
        """
        labels = outlet_labels(self.documents)
        for outlet in (target, reference):
            _known(outlet, "outlet", sorted(labels.unique()), found=bool((labels == outlet).any()))
        own = self.compared[labels.isin([target, reference]).to_numpy()]
        return keyness(count_texts(self.body[self.body["doc_id"].isin(own["doc_id"])], own))

    def shared(self, doc_id_a: str, doc_id_b: str, *, min_tokens: int = 5) -> pd.DataFrame:
        """Return the runs of words that two reports share, the longest first, with their places.

        >>> int(open_corpus().shared("003", "004")["n_tokens"].max())
        20
        """
        known = self.documents["doc_id"].tolist()
        for doc_id in (doc_id_a, doc_id_b):
            _known(doc_id, "report", known, found=doc_id in known)
        pair = pd.DataFrame({"doc_id_a": [doc_id_a], "doc_id_b": [doc_id_b]})
        own = self.tokens[self.tokens["doc_id"].isin([doc_id_a, doc_id_b])]
        tiles = find_tiles(own, pairs=pair, min_tokens=min_tokens)
        return with_text(tiles, self.documents, sides=("_a", "_b"))

    def names(self, entity: str) -> pd.DataFrame:
        """Return by what names each report calls an entity, and how often; the entity by name or id.

        >>> int(open_corpus().names("Israel").query("doc_id == '002'")["n"].max())
        6
        """
        shown = with_names(variants := naming_variants(self.named), self.lists.entities)
        own = (shown["entity"] == entity) | (variants["entity_id"] == entity)
        _known(
            entity,
            "entity",
            shown.groupby("entity")["n"].sum().nlargest(99).index.tolist(),
            found=bool(own.any()),
        )
        return shown[own].sort_values(["doc_id", "n"], ascending=[True, False]).reset_index(drop=True)

    def __repr__(self) -> str:
        """Return what was read, in a line."""
        counts = [
            f"{n:,} {noun if n == 1 else noun + 's'}"
            for n, noun in (
                (len(self.documents), "report"),
                (self.documents["event_id"].nunique(), "event"),
                (self.documents["outlet"].nunique(), "outlet"),
                (len(self.tokens), "word"),
            )
        ]
        return f"Edition of {self.name}: {counts[0]} of {counts[1]} from {counts[2]}, {counts[3]}."

    def _repr_html_(self) -> str:
        """Return what was read, and the reports as a table, for Jupyter."""
        columns = ["doc_id", "outlet", "event_id", "published", "headline"]
        shown = self.documents[columns].assign(
            words=self.documents["doc_id"].map(self.tokens["doc_id"].value_counts())
        )
        head = Markup("").join(Markup("<th>{}</th>").format(name) for name in shown.columns)
        rows = Markup("").join(
            Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row))
            for row in shown.head(60).itertuples(index=False, name=None)
        )
        plain = "tex2jax_ignore mathjax_ignore"
        table = Markup('<p class="{0}">{1}</p><table class="{0}"><thead><tr>{2}</tr></thead>{3}</table>')
        return str(table.format(plain, repr(self), head, rows))


def open_corpus(folder: str | Path | None = None, event: str | None = None) -> Edition:
    """Return the edition of `folder`, narrowed to `event` where one is named.

    Without a folder it is that of the environment variable CORPUS, or else the four seeds; without an event
    that of EVENT, or else all. A relative folder is looked for here, then in the project. What was read
    before and is unchanged, file by file, is not read again. Raises CorpusError with everything that is
    wrong with reports, manifest and lists at once; warns (CorpusWarning) of what was guessed or left out.

    >>> open_corpus("tests/texts/eight-reports", "library-hours")
    Edition of eight-reports: 4 reports of 1 event from 4 outlets, 424 words.
    """
    chosen = chosen_corpus() if folder is None else _folder(folder)
    narrowed = os.environ.get("EVENT", "").strip() if event is None else event
    return _opened(chosen, narrowed, checksum(chosen))


@lru_cache(maxsize=2)
def _opened(folder: Path | None, event: str, _: str) -> Edition:
    """Return the edition of a folder, read; `_` is the checksum of what is read."""
    corpus = read_corpus(folder, event=event)
    problems = [*corpus.problems]
    try:
        lists = read_lists(folder)
    except CorpusError as error:
        problems += error.problems
    if problems:
        raise CorpusError(problems)
    for file, note in zip(corpus.notes["file"], corpus.notes["note"], strict=True):
        # The file of the corpus is what is warned of, not the line of code that reads it.
        warnings.warn_explicit(str(Note(file, note)), CorpusWarning, filename="documents.csv", lineno=1)
    name = folder.resolve().name if folder else "seeds"
    own = folder / "lexicons" if folder else None
    drafted = own is not None and not (own / "entities.csv").is_file()
    if own is not None and not drafted:
        drafted = any(has_drafts(list_name, own) for list_name in ("entities.csv", "aliases.csv"))
    documents = with_proposed_events(corpus.documents)
    proposed = bool((documents["event_id"] != corpus.documents["event_id"]).any())
    origins = empty(OriginsTable) if corpus.origins is None else corpus.origins
    return Edition(name, documents, corpus.notes, lists, event, drafted, proposed, folder, origins)


def with_proposed_events(documents: Documents) -> Documents:
    """Return the reports under the events that their words and dates propose, where none has an event.

    Of under four reports, and of more than are compared pair by pair, nothing is proposed. A proposed
    event is called after its first report: proposed-a. Of 150 reports of 50 events (BASIL) .89 of the pairs
    put together are of one event, and all pairs of one event are put together; of 25 reports of five alike
    stories (NewsWCL50) .50 and all.
    """
    unknown = (documents["event_id"] == UNKNOWN).all()
    if len(documents) < FEWEST_PROPOSED or not unknown or chosen_path(documents) != "all":
        return documents
    tokens = tokenize(split_sentences(documents))
    found = propose_events(compare_topics(tokens, documents)).set_index("doc_id")["proposed_event"]
    names = "proposed-" + documents["doc_id"].map(found).str.removeprefix("with-")
    return documents.assign(event_id=names.astype("str"))


def _folder(folder: str | Path) -> Path:
    """Return a folder as a path: as it stands from here, or else from the project's folder."""
    path = Path(folder)
    return path if path.exists() else ROOT / path


def _known(value: str, noun: str, names: Sequence[str], *, found: bool) -> None:
    """Raise ValueError where a name was not found, with the nearest and the first of those that are there."""
    if found:
        return
    near = get_close_matches(value, names, n=1)
    hint = f"did you mean {near[0]!r}? " if near else ""
    more = f" and {len(names) - NAMES_TOLD:,} more" if len(names) > NAMES_TOLD else ""
    raise ValueError(f"no {noun} {value!r}; {hint}There are {', '.join(names[:NAMES_TOLD])}{more}")
