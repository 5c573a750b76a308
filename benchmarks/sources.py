"""Sources of speech and drafted names on labelled news: `python benchmarks/sources.py [folder]`.

The folder holds `polnear_train` (PolNeAR 1.0.0: Newell, Margolin, Ruths, LREC 2018; brat stand-off) and
`newswcl50_0_4` (NewsWCL50: Hamborg, Zhukova, Gipp, JCDL 2019) and `basil_2010_2014` (BASIL:
Fan et al. 2019), or other parts of them in the same form.
No list of names is given: everything is drafted from the reports. Nothing of the data is kept here.
With `--rules` how often each rule was right is written into data/reference/source_rules.csv, by counts.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.edition import Edition, Lists, read_lists
from helpers.place import ROOT
from helpers.table import conform, empty
from helpers.text import DocumentsTable, NotesTable

Span = tuple[int, int]
MARK = re.compile(r"[\"“”]|''")
NAME = re.compile(r"\b[A-Z]")
NO_NAME = re.compile(r"(?:The|He|She|They|It|I|We|A|An)\b.*", re.DOTALL)
RELATIVE = ("who", "which", "that", "whom")
# Characters between a noun and its relative pronoun, at most, as in "the mayor of Elby (now retired), who".
FAR = 40
CLAUSE_END = re.compile(r"[.;:!?]\s")
KINDS = ("ACTOR", "COUNTRY", "GROUP")
# What may stand around a name in an annotated span without making it a phrase.
TITLES = re.compile(
    r"^(?:(?:the|a|an|president|mr|mrs|ms|dr|sen|rep|gov|prime minister|secretary|former|director"
    r"|special counsel)\b\.?\s*)+|'s",
    re.IGNORECASE,
)


# A name each word of which has a capital, as main entities are written that are no description.
PROPER = re.compile(r"(?:[A-Z][\w'.-]*)(?: (?:[A-Z][\w'.-]*|of|and))*")


class Attribution(NamedTuple):
    """An annotated attribution: its report, the spans of its source and those of its content."""

    doc_id: str
    source: list[Span]
    content: list[Span]


def edition_of(rows: list[dict[str, str]]) -> Edition:
    """Return the edition of reports without lists."""
    columns = list(DocumentsTable.to_schema().columns)
    documents = pd.DataFrame([dict.fromkeys(columns, "unknown") | row for row in rows])
    general = read_lists(None)
    none = {name: table.head(0) for name, table in zip(Lists._fields, general, strict=True)}
    lists = Lists(**none | {"verbs": general.verbs})
    return Edition("benchmark", conform(documents, DocumentsTable), empty(NotesTable), lists, "", True)


def attributions(path: Path) -> Iterator[Attribution]:
    """Yield the attributions of a brat file that have a content."""
    spans: dict[str, list[Span]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) < 2:
            continue
        if line.startswith("T"):
            places = parts[1].split(" ", 1)[1].split(";")
            spans[parts[0]] = [(int(a), int(b)) for a, b in (place.split() for place in places)]
        elif line.startswith("E"):
            roles = [
                (re.sub(r"\d", "", role), name) for role, name in (x.split(":") for x in parts[1].split())
            ]
            found = {
                role: [span for own, name in roles if own == role for span in spans.get(name, [])]
                for role in ("Source", "Content")
            }
            if found["Content"]:
                yield Attribution(path.stem, found["Source"], found["Content"])


def shared(one: Span, other: Span) -> int:
    """Return how many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def held(content: list[Span], spans: pd.DataFrame) -> int:
    """Return how many characters of a content the spans hold."""
    rows = list(zip(spans["start_char"], spans["end_char"], strict=True))
    return sum(shared(part, row) for part in content for row in rows)


def outcome(gold: Attribution, spans: pd.DataFrame) -> tuple[str, str]:
    """Return whether the source of the span that holds most of a content is right, and by which rule."""
    best = best_of(gold.content, spans)
    if best.source_end <= best.source_start:
        return "none", best.rule
    place = (best.source_start, best.source_end)
    return ("right" if any(shared(span, place) for span in gold.source) else "wrong"), best.rule


def means(gold: Attribution, row: Any, text: str) -> bool:
    """Return whether an annotated source is a relative pronoun and ours the noun right in front of it.

    Of "Ann Poe, who said" PolNeAR marks "who"; the words that name the source are "Ann Poe".
    """
    start = gold.source[0][0]
    told = " ".join(text[slice(*gold.source[0])].split()).casefold()
    between = text[row.source_end : start]
    return told in RELATIVE and 0 <= start - row.source_end <= FAR and not CLAUSE_END.search(between)


def best_of(content: list[Span], spans: pd.DataFrame) -> Any:
    """Return the span that shares most characters with a content."""
    rows: Any = spans.itertuples(index=False)
    return max(rows, key=lambda row: sum(shared(part, (row.start_char, row.end_char)) for part in content))


def likeness(content: list[Span], row: Any) -> float:
    """Return the Jaccard coefficient of the characters of a content and a span."""
    both = sum(shared(part, (row.start_char, row.end_char)) for part in content)
    every = sum(end - start for start, end in content) + row.end_char - row.start_char - both
    return float(both / every)


def characters(spans: Iterable[tuple[str, int, int]]) -> set[tuple[str, int]]:
    """Return every character of spans of reports."""
    return {(doc_id, place) for doc_id, start, end in spans for place in range(start, end)}


def extent(golds: list[Attribution], bare: list[Attribution], reworded: pd.DataFrame) -> str:
    """Return precision, recall and F1 of the characters of reworded speech.

    Precision is over all annotated content, recall over the content of attributions without marks.
    """
    rows = reworded[["doc_id", "start_char", "end_char"]].itertuples(index=False, name=None)
    ours = characters(rows)
    every, own = (
        characters((gold.doc_id, *part) for gold in some for part in gold.content) for some in (golds, bare)
    )
    precision, recall = len(ours & every) / len(ours), len(ours & own) / len(own)
    return f"{precision:.3f} / {recall:.3f} / {2 * precision * recall / (precision + recall):.3f}"


class Speech(NamedTuple):
    """PolNeAR with what we read in it: texts, attributions, those without marks, and our spans."""

    texts: dict[str, str]
    golds: list[Attribution]
    unmarked: list[Attribution]
    voices: pd.DataFrame

    @property
    def reworded(self) -> pd.DataFrame:
        """Return the spans without marks."""
        return self.voices[self.voices["voice"] != "direct"]


def read_speech(folder: Path) -> Speech:
    """Return the attributions of PolNeAR and our spans."""
    files = sorted((folder / "text").glob("*.txt"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in files}
    read = edition_of([{"doc_id": name, "text": text, "language": "en"} for name, text in texts.items()])
    golds = [one for path in files for one in attributions(folder / "attributions" / f"{path.stem}.ann")]
    unmarked = [gold for gold in golds if not MARK.search(_words(gold.content, texts[gold.doc_id]))]
    return Speech(texts, golds, unmarked, read.voices)


def speech_scores(folder: Path) -> Iterator[str]:
    """Yield the lines of the table of PolNeAR."""
    read = read_speech(folder)
    yield from _lines(direct_counts(read.golds, read.texts, read.voices))
    counts = reworded_counts(read.golds, read.unmarked, read.texts, read.reworded)
    found = counts["reworded, strict"].total()
    sourced = sum(bool(gold.source) for gold in read.unmarked)
    yield f"| reworded attributions found (half of the content) | {found} of {len(read.unmarked)} |"
    yield f"| reworded attributions that have a source | {sourced} of {len(read.unmarked)} |"
    characters_shared = extent(read.golds, read.unmarked, read.reworded)
    yield f"| reworded content, characters, P / R / F1 | {characters_shared} |"
    yield from _lines(counts)


def rule_rates(folder: Path) -> pd.DataFrame:
    """Return how often each rule named a source, and the annotated one: speech, rule, right, n."""
    read = read_speech(folder)
    quoted = direct_counts(read.golds, read.texts, read.voices)
    reworded = reworded_counts(read.golds, read.unmarked, read.texts, read.reworded)
    return rates_of({"quoted": quoted, "reworded": reworded})


def rates_of(counts: dict[str, dict[str, Counter[str]]]) -> pd.DataFrame:
    """Return the counts of single rules by kind of speech as rows: speech, rule, right, n."""
    rows = [
        (speech, name.split(", ")[1], own["right"], own["right"] + own["wrong"])
        for speech, tallies in counts.items()
        for name, own in sorted(tallies.items())
        if name.startswith("rule ") and own["right"] + own["wrong"]
    ]
    return pd.DataFrame(rows, columns=["speech", "rule", "right", "n"])


def direct_counts(
    golds: list[Attribution], texts: dict[str, str], voices: pd.DataFrame
) -> dict[str, Counter[str]]:
    """Return what was right and wrong of the sources of attributions in quotation marks.

    "Strict" counts an annotated relative pronoun as another source than its noun.
    """
    counts: dict[str, Counter[str]] = {
        "direct": Counter(),
        "direct, strict": Counter(),
        "direct, named": Counter(),
    }
    own = dict(list(voices[voices["voice"] == "direct"].groupby("doc_id")))
    for gold in golds:
        text, spans = texts[gold.doc_id], own.get(gold.doc_id)
        words = _words(gold.content, text)
        if spans is None or not gold.source or not MARK.search(words):
            continue
        if 2 * held(gold.content, spans) < length_of(gold.content):
            continue
        told, rule = outcome(gold, spans)
        counts["direct, strict"][told] += 1
        if told == "wrong" and means(gold, best_of(gold.content, spans), text):
            told = "right"
        counts["direct"][told] += 1
        counts.setdefault(f"rule direct, {rule}", Counter())[told] += 1
        source = [text[start:end] for start, end in gold.source]
        if any(NAME.search(name) and not NO_NAME.fullmatch(name) for name in source):
            counts["direct, named"][told] += 1
    return counts


def reworded_counts(
    golds: list[Attribution], unmarked: list[Attribution], texts: dict[str, str], reworded: pd.DataFrame
) -> dict[str, Counter[str]]:
    """Return what was right and wrong of the sources of attributions without marks that were found.

    "Strict" counts an annotated relative pronoun as another source than its noun. The second line counts it
    as the same; the third only the attribution that our span is most like, where several are in one another,
    and only where a source is annotated.
    """
    strict, meant, likest = "reworded, strict", "reworded, relatives read", "reworded, likest, relatives read"
    counts: dict[str, Counter[str]] = {strict: Counter(), meant: Counter(), likest: Counter()}
    own = dict(list(reworded.groupby("doc_id")))
    by_report: dict[str, list[Attribution]] = {}
    for gold in golds:
        by_report.setdefault(gold.doc_id, []).append(gold)
    for gold in unmarked:
        spans = own.get(gold.doc_id)
        if spans is None or 2 * held(gold.content, spans) < length_of(gold.content):
            continue
        (told, rule), best = outcome(gold, spans), best_of(gold.content, spans)
        counts[strict][told] += 1
        read = told == "wrong" and gold.source and means(gold, best, texts[gold.doc_id])
        told = "right" if read else told
        counts[meant][told] += 1
        likeliest = max(by_report[gold.doc_id], key=lambda one: likeness(one.content, best))
        if gold.source and likeliest.content == gold.content:
            counts[likest][told] += 1
            counts.setdefault(f"rule reworded, {rule}", Counter())[told] += 1
    return counts


def length_of(content: list[Span]) -> int:
    """Return how many characters a content has."""
    return sum(end - start for start, end in content)


def _words(content: list[Span], text: str) -> str:
    """Return the words of a content."""
    return " ".join(text[start:end] for start, end in content)


def _lines(counts: dict[str, Counter[str]]) -> Iterator[str]:
    """Yield a line of shares for each tally, those of single rules last and in order."""
    for name in sorted(counts, key=lambda name: (name.startswith("rule"), name)):
        n = max(counts[name].total(), 1)
        shares = " / ".join(f"{counts[name][kind] / n:.3f}" for kind in ("right", "wrong", "none"))
        yield f"| {name}, source right / wrong / none | {shares} of {counts[name].total()} |"


def name_scores(folder: Path) -> Iterator[str]:
    """Yield the lines of the table of NewsWCL50: named mentions found, and merged right (B-cubed F1)."""
    rows = pd.read_json(folder / "reports.jsonl", lines=True).astype(str).to_dict("records")
    read = edition_of([{str(key): value for key, value in row.items()} for row in rows])
    gold = pd.read_csv(folder / "mentions.csv")
    gold = gold[gold["surface"].astype(str).str.contains("[A-Z]")]
    gold = gold.assign(kind=gold["concept"].str.rsplit("_", n=1).str[1])
    found = dict(list(read.mentions.groupby("doc_id")))
    places = gold[["doc_id", "start_char", "end_char"]].itertuples(index=False, name=None)
    gold = gold.assign(entity=[_entity(found.get(doc_id), (start, end)) for doc_id, start, end in places])
    for kind in KINDS:
        own = gold[gold["kind"] == kind]
        yield f"| named mentions of {kind} found | {(own['entity'] != '').mean():.3f} of {len(own)} |"
    plain = gold["surface"].map(lambda text: TITLES.sub("", str(text)).strip().casefold())
    named = gold[gold["kind"].isin(KINDS) & (gold["entity"] != "") & plain.isin(_forms(read))]
    scores = [_b_cubed(own) for _, own in named.groupby(named["doc_id"].str.split("_").str[0])]
    yield f"| B-cubed F1 over mentions that are a name, mean of events | {sum(scores) / len(scores):.3f} |"


def entity_scores(folder: Path) -> Iterator[str]:
    """Yield the lines of the table of BASIL: main entities that are names, found, and one in all reports.

    A main entity whose last word the report prints is found where a mention is its name, or else shares that
    word; it is one where the commonest entity of such mentions is the same in every report of the event.
    """
    lines = (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [{str(key): str(value) for key, value in json.loads(line).items()} for line in lines if line]
    known = set(DocumentsTable.to_schema().columns)
    read = edition_of([{key: value for key, value in row.items() if key in known} for row in rows])
    mentions = {str(name): own for name, own in read.mentions.groupby("doc_id")}
    texts = {row["doc_id"]: row["text"].casefold().replace(".", "") for row in rows}
    named = [
        (row["event_id"], row["doc_id"], name.strip())
        for row in rows
        for name in row["main_entities"].split(";")
        if PROPER.fullmatch(name.strip())
    ]
    owners: dict[tuple[str, str], list[str]] = {}
    for event, doc_id, name in named:
        last = name.split()[-1].casefold()
        if last not in texts[doc_id]:
            continue
        own = mentions.get(doc_id, read.mentions.head(0))
        surface = own["surface"].str.casefold().str.replace(".", "", regex=False)
        whole = surface == name.casefold()
        same = own[whole if whole.any() else surface.str.contains(rf"\b{re.escape(last)}\b")]
        counts = same["entity_id"].value_counts().sort_index()
        owners.setdefault((event, name), []).append(str(counts.idxmax()) if len(counts) else "")
    found = [entity != "" for entities in owners.values() for entity in entities]
    several = [{*entities} - {""} for entities in owners.values() if len(entities) > 1]
    one = [len(entities) == 1 for entities in several]
    yield f"| main entities that are names, found in their report | {np.mean(found):.3f} of {len(found)} |"
    yield f"| found and one entity in all reports of the event | {np.mean(one):.3f} of {len(one)} |"


def _forms(read: Edition) -> set[str]:
    """Return the forms that are mentioned, in small letters."""
    return set(read.mentions["surface"].str.casefold())


def _entity(own: pd.DataFrame | None, span: Span) -> str:
    """Return the entity of the mention that shares most with an annotated one, or nothing."""
    best, entity = 0, ""
    columns = ["start_char", "end_char", "entity_id"]
    rows = own[columns].itertuples(index=False, name=None) if own is not None else ()
    for start, end, name in rows:
        both = shared(span, (start, end))
        if both > best:
            best, entity = both, name
    return entity


def _b_cubed(own: pd.DataFrame) -> float:
    """Return the B-cubed F1 of entities against concepts (Bagga and Baldwin 1998)."""
    both = own.groupby(["concept", "entity"])["surface"].transform("size")
    precision = (both / own.groupby("entity")["surface"].transform("size")).mean()
    recall = (both / own.groupby("concept")["surface"].transform("size")).mean()
    return float(2 * precision * recall / (precision + recall))


def main(folder: Path, *, rules: bool = False) -> int:
    """Print one table, or write that of the rules; return 1 if the folder holds nothing of it."""
    if rules:
        target = ROOT / "data" / "reference" / "source_rules.csv"
        rule_rates(folder / "polnear_train").to_csv(target, index=False, lineterminator="\n")
        return 0
    parts = {
        "polnear_train": speech_scores,
        "newswcl50_0_4": name_scores,
        "basil_2010_2014": entity_scores,
    }
    there = {name: scores for name, scores in parts.items() if (folder / name).is_dir()}
    if not there:
        print(f"Neither {' nor '.join(parts)} is in the folder: nothing measured.")
        return 1
    print("| measure | value |\n|---|---|")
    for name, scores in there.items():
        print("\n".join(scores(folder / name)))
    return 0


if __name__ == "__main__":
    asked = [word for word in sys.argv[1:] if word != "--rules"]
    given = Path(asked[0]) if asked else ROOT.parent / "shared" / "bench"
    sys.exit(main(given, rules="--rules" in sys.argv))
