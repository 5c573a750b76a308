"""Sources of speech and drafted names on labelled news: `python benchmarks/sources.py [folder]`.

The folder holds `polnear_train` (PolNeAR 1.0.0: Newell, Margolin, Ruths, LREC 2018; brat stand-off) and
`newswcl50_0_4` (NewsWCL50: Hamborg, Zhukova, Gipp, JCDL 2019) and `basil_2010_2014` (BASIL:
Fan et al. 2019), or other parts of them in the same form.
No list of names is given: everything is drafted from the reports. Nothing of the data is kept here.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
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
    rows: Any = spans.itertuples(index=False)
    best = max(
        rows,
        key=lambda row: sum(shared(part, (row.start_char, row.end_char)) for part in gold.content),
    )
    if best.source_end <= best.source_start:
        return "none", best.rule
    place = (best.source_start, best.source_end)
    return ("right" if any(shared(span, place) for span in gold.source) else "wrong"), best.rule


def speech_scores(folder: Path) -> Iterator[str]:
    """Yield the lines of the table of PolNeAR."""
    files = sorted((folder / "text").glob("*.txt"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in files}
    read = edition_of([{"doc_id": name, "text": text, "language": "en"} for name, text in texts.items()])
    voices = dict(list(read.voices.groupby("doc_id")))
    counts: dict[str, Counter[str]] = {"direct": Counter(), "direct, named": Counter(), "reworded": Counter()}
    rules: dict[str, Counter[str]] = {}
    n_reworded = 0
    for gold in (one for path in files for one in attributions(folder / "attributions" / f"{path.stem}.ann")):
        own = voices.get(gold.doc_id, read.voices.head(0))
        text, length = texts[gold.doc_id], sum(end - start for start, end in gold.content)
        words = " ".join(text[start:end] for start, end in gold.content)
        direct = own[own["voice"] == "direct"]
        if MARK.search(words) and gold.source and 2 * held(gold.content, direct) >= length:
            told, rule = outcome(gold, direct)
            counts["direct"][told] += 1
            rules.setdefault(f"direct, {rule}", Counter())[told] += 1
            source = [text[start:end] for start, end in gold.source]
            if any(NAME.search(name) and not NO_NAME.fullmatch(name) for name in source):
                counts["direct, named"][told] += 1
        elif not MARK.search(words):
            n_reworded += 1
            reworded = own[own["voice"] != "direct"]
            if len(reworded) and 2 * held(gold.content, reworded) >= length:
                told, rule = outcome(gold, reworded)
                counts["reworded"][told] += 1
                rules.setdefault(f"reworded, {rule}", Counter())[told] += 1
    found = counts["reworded"].total()
    yield f"| reworded attributions found (half of the content) | {found} of {n_reworded} |"
    for name, tally in [*counts.items(), *((f"rule {rule}", rules[rule]) for rule in sorted(rules))]:
        n = max(tally.total(), 1)
        shares = " / ".join(f"{tally[kind] / n:.3f}" for kind in ("right", "wrong", "none"))
        yield f"| {name}, source right / wrong / none | {shares} of {tally.total()} |"


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


def main(folder: Path) -> int:
    """Print one table; return 1 if the folder holds nothing of it."""
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
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "bench"))
