"""The one way from a folder of reports to the base tables, and what a person explores them with."""

import os
import warnings
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from helpers.asking import as_html, known, known_all, only_outlets, terms_counted, with_row
from helpers.derivation import Dependence, find_tiles
from helpers.differing import find_differences
from helpers.framing import find_framing_terms
from helpers.listed import Lists, is_drafted, read_lists
from helpers.names import (
    Mentions,
    draft_names,
    find_mentions,
    naming_variants,
    recognised_names,
    with_names,
    without_boilerplate,
)
from helpers.pairs import EventPairs, Meaning, event_pairs, read_meaning
from helpers.place import chosen_corpus, folder_path
from helpers.proposed import read_proposed, with_proposed_events
from helpers.synopsis import Compared, Differences, Slots, align_slots
from helpers.table import empty
from helpers.text import (
    CorpusError,
    CorpusWarning,
    Documents,
    DocumentsTable,
    Entries,
    EntriesTable,
    Note,
    Notes,
    Origins,
    OriginsTable,
    Parse,
    Sentences,
    Tokens,
    checksum,
    later_versions,
    parse,
    split_sentences,
    tokenize,
    unparsed,
    with_text,
    within_language,
)
from helpers.voices import Voices, find_voices
from helpers.words import (
    Alignments,
    Concordance,
    DatedUses,
    Keyness,
    align_sentences,
    by_outlet,
    concordance,
    count_texts,
    find_uses,
    keyness_of_texts,
    outlet_labels,
    uses_by_date,
)

__all__ = ["Edition", "Lists", "open_corpus", "read_lists", "with_proposed_events"]

# The zones whose words are the report's own; bylines, datelines and boilerplate are the page's.
OWN_ZONES = ("headline", "body")


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
    outlets: tuple[str, ...] = ()
    entries: Entries = field(default_factory=lambda: empty(EntriesTable))
    later: Documents = field(default_factory=lambda: empty(DocumentsTable))

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
    def dependence(self) -> Dependence:
        """Return who depends on whom: verdicts on pairs, independent sources of each event, stemmas."""
        return Dependence(self.documents, self.sentences, self.tokens, self.voices, self.mentions)

    @cached_property
    def slots(self) -> Slots:
        """Return the clauses of each event's reports in their slots: what tells the same fact is in one."""
        given = (self.documents, self.sentences, self.tokens)
        compared = Compared(self.event_pairs.near, self.meaning.meant, self.meaning.near)
        return align_slots(*given, mentions=self.mentions, voices=self.voices, compared=compared)

    @cached_property
    def differences(self) -> Differences:
        """Return all that differs between reports of an event; every page tells its part of this table."""
        return find_differences(self)

    def prepare(self) -> "Edition":
        """Make the tables that every page reads, before the pages are made side by side."""
        _ = self.words, self.voices, self.named, self.alignments, self.event_pairs, self.differences
        return self

    def kwic(self, node: str | Sequence[str], *, regex: bool = False, window: int = 8) -> Concordance:
        """Return every use of a word or phrase, or of several, with `window` words on either side.

        `*` is any letters; with `regex` the words are regular expressions. Capitals do not matter.

        >>> read = open_corpus()
        >>> read.kwic("nearly six months")["doc_id"].tolist()
        ['002', '002']
        >>> sorted(set(read.kwic("martyr*")["node"].str.lower()))
        ['martyr', 'martyrdom', 'martyred', 'martyrs']
        >>> read.kwic("(six|six and a half) months", regex=True)["node"].tolist()
        ['six months', 'six months', 'six months', 'six months', 'six months']
        """
        return concordance(self, find_uses(self, node, regex=regex), window=window)

    def over_time(self, node: str | Sequence[str], *, regex: bool = False) -> DatedUses:
        """Return how often each outlet uses a word, by day of publication; `node` and `regex` as in `kwic`.

        >>> open_corpus("tests/texts/eight-reports").over_time("bridge")["n"].head(3).tolist()
        [4, 4, 3]
        """
        return uses_by_date(find_uses(self, node, regex=regex), self.tokens, self.documents)

    def beside(self, *outlets: str, per: int = 0) -> pd.DataFrame:
        """Return the uses of each word by outlet, a column for each; with `per`, uses per so many words.

        All outlets, or those that are named; the words whose rates are furthest apart come first. Events are
        added up, and function words left out. Raises ValueError for an unknown outlet.

        >>> open_corpus().beside("Iran Press", "Unnamed outlet 2").loc["imam"].tolist()
        [0, 10]
        """
        own = self._of_outlets(outlets) if outlets else self.documents
        return by_outlet(count_texts(self.body[self.body["doc_id"].isin(own["doc_id"])], own), per=per)

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
            known(speaker, "speaker", shown["speaker"].value_counts().index.tolist(), found=bool(own.any()))
            shown = shown[own]
        if voice:
            known(
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
        own = self._of_outlets([target, reference])
        return keyness_of_texts(self.body[self.body["doc_id"].isin(own["doc_id"])], own)

    def shared(self, doc_id_a: str, doc_id_b: str, *, min_tokens: int = 5) -> pd.DataFrame:
        """Return the runs of words that two reports share, the longest first, with their places.

        >>> int(open_corpus().shared("003", "004")["n_tokens"].max())
        20
        """
        known_all([doc_id_a, doc_id_b], "report", self.documents["doc_id"])
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
        known(
            entity,
            "entity",
            shown.groupby("entity")["n"].sum().nlargest(99).index.tolist(),
            found=bool(own.any()),
        )
        return shown[own].sort_values(["doc_id", "n"], ascending=[True, False]).reset_index(drop=True)

    def terms(self, *, target: str = "") -> pd.DataFrame:
        """Return the uses of the listed framing terms by target and report, and in whose voice they are.

        >>> open_corpus().terms(target="Israel")[["label", "doc_id", "n"]].head(1).to_numpy().tolist()
        [['Israeli regime', '002', 7]]
        """
        read, lists = self, self.lists
        given = (read.documents, lists.terms, read.voices, read.mentions)
        hits = find_framing_terms(*given, sentences=read.sentences, parse=read.parse)
        return terms_counted(hits, lists.entities, target=target)

    def with_term(self, pattern: str, target: str) -> "Edition":
        """Return an edition whose list of framing terms has one more; the list on disk stays as it is.

        `target` is a name or an id, or any words for a target that is not in the list of names.

        >>> read = open_corpus().with_term("genocid*", "Israel")
        >>> int(read.terms(target="Israel").query("label.str.startswith('genocid')")["n"].sum())
        4
        """
        lists = self.lists
        ids = lists.entities.set_index("canonical")["entity_id"]
        added = copy(self)  # with the tables that are made already: no list of terms speaks in them
        vars(added)["lists"] = lists._replace(terms=with_row(lists.terms, pattern, ids.get(target, target)))
        return added

    def _of_outlets(self, outlets: Sequence[str]) -> Documents:
        """Return the reports of some outlets; raise ValueError for one that is unknown."""
        labels = outlet_labels(self.documents)
        known_all(outlets, "outlet", labels)
        return self.compared[labels.isin(list(outlets)).to_numpy()]

    def __repr__(self) -> str:
        """Return what was read, in a line."""
        own = self.documents
        sizes = len(own), own["event_id"].nunique(), own["outlet"].nunique(), len(self.tokens)
        nouns = "report", "event", "outlet", "word"
        counts = [f"{n:,} {noun}{'' if n == 1 else 's'}" for n, noun in zip(sizes, nouns, strict=True)]
        return f"Edition of {self.name}: {counts[0]} of {counts[1]} from {counts[2]}, {counts[3]}."

    def _repr_html_(self) -> str:
        """Return what was read, and the reports as a table, for Jupyter."""
        shown = self.documents[["doc_id", "outlet", "event_id", "published", "headline"]]
        words = shown["doc_id"].map(self.tokens["doc_id"].value_counts())
        return as_html(shown.assign(words=words), repr(self))


def open_corpus(
    folder: str | Path | None = None, event: str | None = None, outlets: Sequence[str] | None = None
) -> Edition:
    """Return the edition of `folder`, narrowed to `event` and to `outlets` where they are named.

    Without a folder it is that of the environment variable CORPUS, or else the four seeds; without an event
    that of EVENT, or else all; without outlets those of OUTLETS, apart by |, or else all. A relative folder
    is looked for here, then in the project. What was read before and is unchanged, file by file, is not
    read again. Raises CorpusError with everything that is wrong with reports, manifest and lists at once;
    warns (CorpusWarning) of what was guessed or left out.

    >>> open_corpus("tests/texts/eight-reports", "library-hours")
    Edition of eight-reports: 4 reports of 1 event from 4 outlets, 424 words.
    """
    chosen = folder_path(folder) if folder else chosen_corpus()
    narrowed = os.environ.get("EVENT", "").strip() if event is None else event
    named = os.environ.get("OUTLETS", "").split("|") if outlets is None else outlets
    own = [named] if isinstance(named, str) else [name.strip() for name in named]
    return _opened(chosen, narrowed, tuple(filter(None, own)), checksum(chosen))


@lru_cache(maxsize=2)
def _opened(folder: Path | None, event: str, outlets: tuple[str, ...], digest: str) -> Edition:
    """Return the edition of a folder, read; `digest` is the checksum of what is read."""
    corpus, proposed = read_proposed(folder, event, digest)
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
    # A later version of a report is set beside it on page 06, and counted nowhere.
    every = only_outlets(corpus.documents, outlets)
    is_later = every["doc_id"].isin(later_versions(every))
    documents, later = (every[own].reset_index(drop=True) for own in (~is_later, is_later))
    origins = empty(OriginsTable) if corpus.origins is None else corpus.origins
    origins = origins[origins["doc_id"].isin(documents["doc_id"])].reset_index(drop=True)
    entries = empty(EntriesTable) if corpus.entries is None else corpus.entries
    read = name, documents, corpus.notes, lists, event, is_drafted(folder), proposed, folder, origins
    return Edition(*read, outlets, entries, later)
