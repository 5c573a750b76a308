"""Labels, targets and candidates against hand annotation, without lists: `... framing_found.py [folder]`.

The folder holds `newswcl50_0_4` (NewsWCL50: Hamborg, Zhukova, Gipp, JCDL 2019) and `basil_2010_2014` (BASIL:
Fan et al., EMNLP 2019), or other parts of them in the same form. Names are drafted from the reports; only
the targets of annotated phrases are resolved among annotated names. Nothing of the data is kept here.

How it is judged. A label is right where it overlaps an annotated phrase of a concept that is its entity's:
the one most of its *names* overlap, or one that half as many do. A happening has no name; its concept is the
one most of its other uses overlap, the phrase judged left out. A phrase is a label where it has a word beyond
the names in it. A candidate is right where one of its uses overlaps a phrase marked as lexical bias and its
target shares a word with the annotated one.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sources import edition_of

from helpers.edition import Edition
from helpers.framing import (
    FIRST,
    HAPPENING,
    find_candidates,
    find_framing_terms,
    find_labels,
    find_targets,
)
from helpers.framing import FramingTermsTable as Terms
from helpers.names import AliasesTable, EntitiesTable, find_mentions
from helpers.place import ROOT
from helpers.table import from_rows
from helpers.text import with_sentence
from helpers.voices import find_voices, with_voice

KINDS = re.compile(r"_(ACTOR|COUNTRY|GROUP|OBJECT|EVENT|ACTION|MISC)(?:-I)?$")
JUDGED = ("ACTOR", "COUNTRY", "GROUP", "EVENT")
TYPES = {"ACTOR": "PERSON", "COUNTRY": "GPE", "GROUP": "ORG", "EVENT": "EVENT"}
EMPTY = frozenset("the a an mr mrs ms dr and of s".split())
PRIOR, DRAWS = 500, 50


def read_reports(folder: Path) -> Edition:
    """Return the edition of a folder's reports, without lists."""
    lines = (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    return edition_of([json.loads(line) for line in lines if line])


def overlapping(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Return every pair of overlapping spans of two tables (doc_id, start_char, end_char)."""
    pairs = one.merge(other, on="doc_id", suffixes=("", "_b"))
    return pairs[(pairs["start_char"] < pairs["end_char_b"]) & (pairs["start_char_b"] < pairs["end_char"])]


def label_phrases(gold: pd.DataFrame, mentions: pd.DataFrame, read: Edition) -> pd.DataFrame:
    """Return the annotated phrases that are more than a name."""
    texts = dict(zip(read.documents["doc_id"], read.documents["text"], strict=True))
    named: dict[int, list[tuple[int, int]]] = defaultdict(list)
    found = overlapping(gold, mentions)
    for phrase, start, end in zip(found["phrase"], found["start_char_b"], found["end_char_b"], strict=True):
        named[phrase].append((start, end))
    kept = []
    row: Any
    for row in gold.itertuples():
        text = texts[row.doc_id]
        inside = list(text[row.start_char : row.end_char])
        for start, end in named[row.phrase]:
            for at in range(max(start, row.start_char), min(end, row.end_char)):
                inside[at - row.start_char] = " "
        words = [word for word in re.findall(r"[\w-]+", "".join(inside)) if len(word) > 1]
        beyond = any(word.casefold() not in EMPTY for word in words)
        # Without a recognised name, words in capitals are a name that was not recognised.
        kept.append(beyond if named[row.phrase] else not str(row.surface).istitle())
    return gold[kept]


def labels_measured(folder: Path) -> Iterator[tuple[str, float, str]]:
    """Yield measure, value and ground of the labels."""
    read = read_reports(folder)
    labels = find_labels(read.documents, read.parse, read.named, read.voices, sentences=read.sentences)
    events = read.documents.set_index("doc_id")["event_id"]
    gold = pd.read_csv(folder / "mentions.csv").reset_index(names="phrase")
    gold = gold.assign(event=gold["doc_id"].map(events), kind=gold["concept"].str.extract(KINDS)[0])
    gold = gold[gold["kind"].isin(JUDGED)]
    judge = _Judge(gold, read.named, labels)
    phrases = label_phrases(gold, read.named, read)
    by_label = judge.right(overlapping(phrases, labels))
    by_name = judge.right(overlapping(phrases, read.named))
    for kind in ("", *JUDGED):
        own = phrases[phrases["kind"] == kind] if kind else phrases
        name = f"label phrases{' of ' + kind if kind else ''}"
        for who, found in (("labels", by_label), ("names alone", by_name)):
            share = float(own["phrase"].isin(found["phrase"]).mean())
            yield f"{name}: recall of {who}", share, f"{len(own):,}"
    yield from _first(labels.reset_index(names="label_id"), gold, judge, events)


class _Judge:
    """Which concepts an entity has."""

    def __init__(self, gold: pd.DataFrame, mentions: pd.DataFrame, labels: pd.DataFrame) -> None:
        named = overlapping(gold, mentions)
        counts = Counter(zip(named["event"], named["entity_id"], named["concept"], strict=True))
        most: Counter[tuple[str, str]] = Counter()
        for (event, entity, _), n in counts.items():
            most[event, entity] = max(most[event, entity], n)
        self.own = {key for key, n in counts.items() if 2 * n >= most[key[0], key[1]]}
        happens = labels[labels["entity_id"].str.startswith(HAPPENING)]
        told = overlapping(gold, happens).drop_duplicates(["phrase", "entity_id"])
        self.happens: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for event, entity, concept in zip(told["event"], told["entity_id"], told["concept"], strict=True):
            self.happens[event, entity][concept] += 1

    def right(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """Return the pairs of a phrase and a span whose entity has the concept."""
        columns = zip(pairs["event"], pairs["entity_id"], pairs["concept"], strict=True)
        return pairs[[self._is(*row) for row in columns]]

    def _is(self, event: str, entity: str, concept: str) -> bool:
        """Return whether an entity of an event has a concept."""
        if not entity.startswith(HAPPENING):
            return (event, entity, concept) in self.own
        others = self.happens[event, entity] - Counter([concept])
        return others[concept] > 0 and others[concept] == max(others.values())


def _first(
    labels: pd.DataFrame, gold: pd.DataFrame, judge: _Judge, events: pd.Series
) -> Iterator[tuple[str, float, str]]:
    """Yield the precision of the first labels of each event, those that most reports use."""
    good = judge.right(overlapping(gold, labels))["label_id"]
    table = labels.assign(event=labels["doc_id"].map(events), right=labels["label_id"].isin(good))
    for name, own in (
        ("entities", table[~table["entity_id"].str.startswith(HAPPENING)]),
        ("entities and happenings", table),
    ):
        grouped = own.groupby(["event", "entity_id", "label"], sort=True)
        ranked = grouped.agg(
            reports=("doc_id", "nunique"), uses=("right", "size"), right=("right", "mean")
        ).reset_index()
        order = ["reports", "uses", "label", "entity_id"]
        ranked = ranked.sort_values(order, ascending=[False, False, True, True])
        first = ranked.groupby("event").head(FIRST)
        share = float((first["right"] >= 0.5).mean())
        yield f"first {FIRST} labels of {name}: precision", share, f"{len(first):,}"


def targets_measured(folder: Path) -> Iterator[tuple[str, float, str]]:
    """Yield how many annotated property phrases get a target, and how many the right one."""
    read = read_reports(folder)
    names = pd.read_csv(folder / "mentions.csv")
    names["event"] = names["doc_id"].str.partition("_")[0]
    names["name"] = names["concept"].str.partition("_")[2].str.replace(KINDS, "", regex=True)
    phrases = _phrases(folder, read, names)
    entities, aliases = _authority(names)
    mentions = find_mentions(read.documents, entities, aliases)
    voices = find_voices(read.documents, read.sentences, read.lists.verbs, mentions, parse=read.parse)
    labels = find_labels(read.documents, read.parse, mentions, voices, sentences=read.sentences)
    told = find_targets(with_voice(phrases, voices), read.documents, read.parse, mentions, labels)
    phrases = phrases.assign(told=told["target"].to_numpy(), rule=told["rule"].to_numpy())
    phrases["before"] = _before(phrases, read, mentions, voices)
    for who, column in (("the grammar", "told"), ("touching or alone in the sentence", "before")):
        decided = phrases[phrases[column] != ""]
        right = [told in allowed for told, allowed in zip(decided[column], decided["allowed"], strict=True)]
        yield f"property phrases, target decided by {who}", len(decided) / len(phrases), f"{len(phrases):,}"
        yield f"property phrases, right of decided by {who}", float(np.mean(right)), f"{len(decided):,}"
    yield from _places_measured(phrases, read, names)
    for rule, own in phrases[phrases["rule"] != ""].groupby("rule"):
        right = [told in allowed for told, allowed in zip(own["told"], own["allowed"], strict=True)]
        yield f"rule {rule}: right", float(np.mean(right)), f"{len(own):,}"


def _places_measured(
    phrases: pd.DataFrame, read: Edition, names: pd.DataFrame
) -> Iterator[tuple[str, float, str]]:
    """Yield the same by place: a place that was marked for two targets is one, and right with either.

    The last measure is the share of places whose sentence names one of their targets as annotated: more
    than that no rule can find without knowing whom other words mean.
    """
    place = ["doc_id", "start_char", "end_char"]
    either: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    for *at, allowed in phrases[[*place, "allowed"]].itertuples(index=False):
        either[tuple(at)] |= allowed
    places = phrases.drop_duplicates(place)
    keys = places[place].itertuples(index=False, name=None)
    places = places.assign(either=pd.Series([either[key] for key in keys], index=places.index, dtype=object))
    told = places[places["told"] != ""]
    right = [one in either for one, either in zip(told["told"], told["either"], strict=True)]
    yield "places of property phrases, target decided", len(told) / len(places), f"{len(places):,}"
    yield "places of property phrases, right of decided", float(np.mean(right)), f"{len(told):,}"
    named = names[names["surface"].str.contains(r"[A-Z]")]
    named = with_sentence(named.drop(columns="event"), read.sentences)
    inside = with_sentence(places, read.sentences).merge(named, on=["doc_id", "sentence_id"])
    event = inside["doc_id"].str.partition("_")[0]
    entity = [_slug(*own) for own in zip(event, inside["name"], strict=True)]
    reach = [one in either for one, either in zip(entity, inside["either"], strict=True)]
    reached = inside[reach][["doc_id", "start_char_x", "end_char_x"]].drop_duplicates()
    yield "places whose sentence names a target", len(reached) / len(places), f"{len(places):,}"


def _slug(event: str, name: str) -> str:
    """Return the id of an annotated concept."""
    return f"{event}-" + re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def _phrases(folder: Path, read: Edition, names: pd.DataFrame) -> pd.DataFrame:
    """Return the annotated phrases that stand once in their report, with the ids of their targets."""
    texts = dict(zip(read.documents["doc_id"], read.documents["text"], strict=True))
    rows = []
    row: Any
    table = pd.read_csv(folder / "properties.csv", dtype=str).fillna("")
    for row in table.itertuples():
        doc_id, words = f"{row.event_id}_{row.publisher_id}", str(row.code_mention).strip()
        known = sorted(set(names.loc[names["event"] == row.event_id, "name"]))
        allowed = {_slug(str(row.event_id), name) for name in _concepts(str(row.target_concept), known)}
        if words and allowed and texts[doc_id].count(words) == 1:
            start = texts[doc_id].index(words)
            rows.append((doc_id, start, start + len(words), words, allowed))
    return pd.DataFrame(rows, columns=["doc_id", "start_char", "end_char", "text", "allowed"])


def _concepts(target: str, known: list[str]) -> Iterator[str]:
    """Yield the annotated concepts that a target's code means: the same, or one that ends or begins so."""
    plain = {name: name.replace("_", " ").casefold() for name in known}
    for one in (part.strip().casefold() for part in target.split(";")):
        same = [name for name, words in plain.items() if words == one]
        ends = [name for name, words in plain.items() if words.endswith(" " + one)]
        near = [name for name, words in plain.items() if one in words]
        yield from (same or ends or near)[:1]


def _authority(names: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return entities and aliases of the annotated names: phrases of up to four words with a capital."""
    short = names["surface"].str.count(" ") < 4
    forms = names[short & names["surface"].str.contains(r"[A-Z]")]
    counts = forms.groupby(["event", "surface", "name", "concept"]).size().rename("n").reset_index()
    counts = counts.sort_values(["n", "name"], ascending=[False, True])
    entities: dict[str, tuple[object, ...]] = {}
    aliases: dict[tuple[str, str], tuple[object, ...]] = {}
    row: Any
    for row in counts.drop_duplicates(["event", "surface"]).itertuples():
        found = KINDS.search(str(row.concept))
        kind = TYPES.get(found[1] if found else "", "TOPIC")
        entity = _slug(str(row.event), str(row.name))
        entities[entity] = (entity, entity, kind, "")
        scope = f"event-{row.event}"
        aliases[entity, str(row.surface)] = (entity, row.surface, "name", "exact", "", "", scope, "")
    return (
        from_rows(list(entities.values()), EntitiesTable),
        from_rows(list(aliases.values()), AliasesTable),
    )


def _before(phrases: pd.DataFrame, read: Edition, mentions: pd.DataFrame, voices: pd.DataFrame) -> list[str]:
    """Return the targets by the rules before: what touches the phrase, else what is alone in the sentence."""
    targets = sorted(set(mentions["entity_id"]))
    found: dict[tuple[str, int], str] = {}
    for doc_id, own in phrases.groupby("doc_id"):
        event = f"{str(doc_id).partition('_')[0]}-"
        near = [target for target in targets if target.startswith(event)]
        rows: list[tuple[object, ...]] = [
            (f"t{at}", words, "phrase", "exact", "label", target, "mention", "", "", "", "")
            for at, words in enumerate(dict.fromkeys(own["text"]))
            for target in near
        ]
        documents = read.documents[read.documents["doc_id"] == doc_id]
        hits = find_framing_terms(
            documents, from_rows(rows, Terms), voices, mentions, sentences=read.sentences
        )
        for start, target in zip(hits["start_char"], hits["target"], strict=True):
            found[str(doc_id), start] = "" if target == "unresolved" else target
    places = zip(phrases["doc_id"], phrases["start_char"], strict=True)
    return [found.get(place, "") for place in places]


def candidates_measured(folder: Path) -> Iterator[tuple[str, float, str]]:
    """Yield the share of the first candidates in lexical bias of the right target, and of other rankings."""
    read = read_reports(folder)
    labels = find_labels(read.documents, read.parse, read.named, read.voices, sentences=read.sentences)
    found = find_candidates(read, labels)
    right, marked = _right_terms(folder, read, labels)
    keys = list(zip(found["event_id"], found["target"], found["term"], strict=True))
    found = found.assign(right=[key in right for key in keys])
    first = found.groupby("event_id").head(FIRST)
    ours = float(first["right"].mean())
    random = np.random.default_rng(0)
    drawn = []
    for _ in range(DRAWS):
        dealt = found.assign(at=random.random(len(found))).sort_values("at")
        drawn.append(float(dealt.groupby("event_id").head(FIRST)["right"].mean()))
    chance = float(np.mean(drawn))
    z = _log_odds(read)
    words = {(event, term) for event, _, term in right}
    ranked = z.sort_values(["z", "term"], ascending=[False, True]).groupby("event_id").head(FIRST)
    pairs = list(zip(ranked["event_id"], ranked["term"], strict=True))
    log_odds = float(np.mean([pair in words for pair in pairs]))
    any_target = float(np.mean([pair in marked for pair in pairs]))
    ground = f"{len(first):,}"
    yield f"first {FIRST} candidates in lexical bias, right target", ours, ground
    yield "the same by chance, of all candidates", chance, f"{DRAWS} draws"
    yield "the same by log-odds of words, any use with the right target", log_odds, f"{len(ranked):,}"
    yield "the same by log-odds of words, whatever the target", any_target, f"{len(ranked):,}"
    yield "ours over chance", ours / max(chance, 1e-9), ""
    yield "ours over log-odds", ours / max(log_odds, 1e-9), ""


def _right_terms(
    folder: Path, read: Edition, labels: pd.DataFrame
) -> tuple[set[tuple[str, str, str]], set[tuple[str, str]]]:
    """Return event, target and term of words of lexical bias with the right target; event and term of all."""
    table = pd.read_csv(folder / "annotations.csv").fillna("")
    texts = dict(zip(read.documents["doc_id"], read.documents["text"], strict=True))
    rows = []
    row: Any
    for row in table[table["bias"] == "lex"].itertuples():
        words = str(row.txt) if str(row.txt) in texts[row.doc_id] else str(row.txt).strip('"“”')
        if words and texts[row.doc_id].count(words) == 1:
            start = texts[row.doc_id].index(words)
            rows.append((row.doc_id, start, start + len(words), row.target))
    spans = pd.DataFrame(rows, columns=["doc_id", "start_char", "end_char", "aim"])
    parsed = read.parse[["doc_id", "start_char", "end_char", "lemma"]]
    inside = overlapping(parsed, spans)
    inside = inside.drop(columns=["start_char_b", "end_char_b"]).reset_index(drop=True)
    told = find_targets(inside, read.documents, read.parse, read.named, labels)["target"]
    names = dict(zip(read.lists.entities["entity_id"], read.lists.entities["canonical"], strict=True))
    events = dict(zip(read.documents["doc_id"], read.documents["event_id"], strict=True))
    columns = zip(inside["doc_id"], told, inside["lemma"], inside["aim"], strict=True)
    right = {
        (events[doc_id], target, lemma)
        for doc_id, target, lemma, aim in columns
        if target and _words(names.get(target, target)) & _words(str(aim).replace("_", " "))
    }
    return right, set(zip(inside["doc_id"].map(events), inside["lemma"], strict=True))


def _words(name: str) -> set[str]:
    """Return the words of a name, singular."""
    return {word.casefold().rstrip("s") for word in re.findall(r"\w+", name) if len(word) > 2}


def _log_odds(read: Edition) -> pd.DataFrame:
    """Return the largest z of each content word of an event over its outlets.

    Log-odds with an informative prior of all outlets' words (Monroe, Colaresi and Quinn 2008).
    """
    parse = read.parse
    content = parse["pos"].isin(["ADJ", "ADV", "VERB", "NOUN"]) & (parse["entity"] == "")
    own = parse[content & parse["lemma"].str.fullmatch(r"[^\W\d_][\w-]{2,}")]
    documents = read.documents.set_index("doc_id")
    own = own.assign(
        event_id=own["doc_id"].map(documents["event_id"]), outlet=own["doc_id"].map(documents["outlet"])
    )
    counts = own.groupby(["event_id", "lemma", "outlet"]).size().unstack(fill_value=0)
    sizes = counts.groupby("event_id").transform("sum")
    total, whole = counts.sum(axis=1), sizes.sum(axis=1)
    prior = PRIOR * total / whole
    best = pd.Series(0.0, index=counts.index)
    for outlet in counts.columns:
        a, b, n_a = counts[outlet] + prior, total - counts[outlet] + prior, sizes[outlet]
        odds = np.log(a / (n_a + PRIOR - a)) - np.log(b / (whole - n_a + PRIOR - b))
        best = np.maximum(best, (odds / np.sqrt(1 / a + 1 / b)).abs())
    return best.rename("z").reset_index().rename(columns={"lemma": "term"})


def main(arguments: list[str]) -> int:
    """Print the table, or say that the data is not there."""
    folder = Path(arguments[0] if arguments else ROOT / ".." / "shared" / "bench")
    labelled = sorted(folder.glob("newswcl50*")), sorted(folder.glob("basil*"))
    if not all(labelled):
        print("No newswcl50... and basil... there; give the folder that holds both.")
        return 1
    rows = [*labels_measured(labelled[0][0]), *targets_measured(labelled[0][0])]
    rows += candidates_measured(labelled[1][0])
    print("| measure | value | of |\n|---|---|---|")
    for measure, value, ground in rows:
        print(f"| {measure} | {value:.3f} | {ground} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
