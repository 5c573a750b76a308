"""Drafted names and framing terms of a corpus, as lists to decide on: `python -m helpers.lists folder`."""

import csv
import io
import sys
from pathlib import Path

import pandas as pd

from helpers.edition import Edition, open_corpus
from helpers.framing import FIRST, Candidates, find_candidates, find_labels
from helpers.names import Aliases, Entities, Recognised, draft_names, recognised_names
from helpers.place import commanded, folder_path
from helpers.text import CorpusError, inert, read_cells

__all__ = ["main", "write_lists", "write_terms"]
ENTITIES = ["entity_id", "canonical", "entity_type", "wikidata", "status", "uses", "reports"]
ALIASES = (
    "entity_id alias kind case valid_from valid_to scope note status uses reports first_in context".split()
)
TERMS = (
    "term_id pattern match case family target decided_by scope role note source status uses reports first_in "
    "context"
).split()
# Characters on either side of a name's first use.
CONTEXT = 40


def write_lists(folder: str | Path) -> tuple[int, int]:
    """Write the drafted names of a corpus into its lexicons/; return how many entities and forms are new.

    Rows that are there stay as they are, decided or not; a form that stands in any row, a rejected one too,
    is not proposed again. Raises CorpusError where the corpus or its lists cannot be read.
    """
    folder = folder_path(folder)
    read = open_corpus(folder, "")
    names = recognised_names(read.parse, read.sentences, read.documents)
    entities, aliases = draft_names(names, read.documents)
    own = folder / "lexicons"
    known_entities, known_aliases = (_rows(own / f"{name}.csv") for name in ("entities", "aliases"))
    owners = {cells["alias"].casefold(): cells["entity_id"] for cells in known_aliases}
    owners |= {cells["canonical"].casefold(): cells["entity_id"] for cells in known_entities}
    ids = _owned(aliases, owners, {cells["entity_id"] for cells in known_entities})
    fresh = aliases[~aliases["alias"].str.casefold().isin(list(owners))]
    fresh = fresh.assign(entity_id=fresh["entity_id"].map(ids))
    added = entities.assign(entity_id=entities["entity_id"].map(ids))
    added = added[added["entity_id"].isin(fresh["entity_id"])]
    added = added[~added["entity_id"].isin([cells["entity_id"] for cells in known_entities])]
    shown = _with_uses(fresh, added, names, read)
    own.mkdir(parents=True, exist_ok=True)
    _write(own / "entities.csv", ENTITIES, known_entities, shown[0])
    _write(own / "aliases.csv", ALIASES, known_aliases, shown[1])
    return len(shown[0]), len(shown[1])


def write_terms(folder: str | Path) -> int:
    """Write the likeliest candidates of each event into framing_terms.csv; return how many are new.

    They are drafts, which nothing counts until a person writes accepted. Rows that are there stay as they
    are, and a word that stands in any row with a target, a rejected one too, is not proposed for it again.
    Raises CorpusError where the corpus or its lists cannot be read.
    """
    folder = folder_path(folder)
    read = open_corpus(folder, "")
    labels = find_labels(read.documents, read.parse, read.named, read.voices, sentences=read.sentences)
    first = find_candidates(read, labels).groupby("event_id").head(FIRST)
    path = folder / "lexicons" / "framing_terms.csv"
    known = _rows(path)
    there = {(cells["pattern"].casefold(), cells["target"]) for cells in known}
    ids = {cells["pattern"].casefold(): cells["term_id"] for cells in known}
    rows = _as_terms(first, read, ids)
    pairs = zip(rows["pattern"], rows["target"], strict=True)
    fresh = rows[[pair not in there for pair in pairs]].drop_duplicates(["term_id", "target", "scope"])
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, TERMS, known, fresh)
    return len(fresh)


def _as_terms(first: Candidates, read: Edition, ids: dict[str, str]) -> pd.DataFrame:
    """Return candidates as rows of framing_terms.csv; a pattern keeps the id that it has there."""
    texts = dict(zip(read.documents["doc_id"], read.documents["text"], strict=True))
    places = zip(first["doc_id"], first["start_char"], strict=True)
    several = read.documents["event_id"].nunique() > 1
    return pd.DataFrame(
        {
            "term_id": [ids.get(pattern, pattern) for pattern in first["pattern"]],
            "pattern": first["pattern"],
            "match": "word",
            "case": "fold",
            "family": first["family"],
            "target": first["target"],
            "decided_by": "mention",
            "scope": first["event_id"] if several else "",
            "source": "candidate, used by " + first["used_by"],
            "status": "draft",
            "uses": first["uses"],
            "reports": first["reports"],
            "first_in": first["doc_id"],
            "context": [
                " ".join(texts[doc_id][max(0, start - CONTEXT) : start + CONTEXT].split())
                for doc_id, start in places
            ],
        }
    )


def _owned(aliases: Aliases, owners: dict[str, str], taken: set[str]) -> dict[str, str]:
    """Return the id of each drafted entity in the lists: that of the first of its forms which is there."""
    ids: dict[str, str] = {}
    for name, forms in aliases.groupby("entity_id", sort=True)["alias"]:
        entity_id = str(name)
        there = [owners[form.casefold()] for form in forms if form.casefold() in owners]
        free = entity_id if entity_id not in taken else f"{entity_id}-draft"
        ids[entity_id] = there[0] if there else free
    return ids


def _with_uses(
    fresh: Aliases, added: Entities, names: Recognised, read: Edition
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return new entities and forms with their uses, reports and first context, the most used first."""
    owners = fresh.drop_duplicates("alias").set_index("alias")["entity_id"]
    found = names.assign(entity_id=names["surface"].map(owners)).dropna(subset=["entity_id"])
    texts = dict(zip(read.documents["doc_id"], read.documents["text"], strict=True))
    by_entity, by_form = found.groupby("entity_id"), found.groupby("surface")
    entities = added.assign(
        status="draft",
        uses=added["entity_id"].map(by_entity.size()).fillna(0).astype(int),
        reports=added["entity_id"].map(by_entity["doc_id"].nunique()).fillna(0).astype(int),
    )
    first = by_form[["doc_id", "start_char"]].first()
    places: list[tuple[str, str, int]] = list(first.itertuples(name=None))
    contexts = {
        surface: " ".join(texts[doc_id][max(0, start - CONTEXT) : start + CONTEXT].split())
        for surface, doc_id, start in places
    }
    aliases = fresh.assign(
        note="",
        status="draft",
        uses=fresh["alias"].map(by_form.size()).fillna(0).astype(int),
        reports=fresh["alias"].map(by_form["doc_id"].nunique()).fillna(0).astype(int),
        first_in=fresh["alias"].map(first["doc_id"]).fillna("").astype("str"),
        context=fresh["alias"].map(contexts).fillna("").astype("str"),
    )
    ranked = entities.sort_values(["uses", "entity_id"], ascending=[False, True])["entity_id"]
    order = {entity_id: place for place, entity_id in enumerate(ranked)}
    aliases = aliases.assign(place=aliases["entity_id"].map(order).fillna(len(order)))
    return (
        entities.sort_values(["uses", "entity_id"], ascending=[False, True]),
        aliases.sort_values(["place", "uses", "alias"], ascending=[True, False, True]),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a list that is there, every column of them."""
    return [cells for _, cells in read_cells(path, ()).rows] if path.is_file() else []


def _write(path: Path, columns: list[str], known: list[dict[str, str]], new: pd.DataFrame) -> None:
    """Write the rows that were there, and new ones behind them; aside first, then renamed."""
    header = [*columns, *(name for name in (known[0] if known else {}) if name not in columns)]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([cells.get(name, "") for name in header] for cells in known)
    writer.writerows([inert(str(row.get(name, ""))) for name in header] for row in new.to_dict("records"))
    aside = path.with_suffix(".new")
    aside.write_text(file.getvalue(), encoding="utf-8", newline="")
    aside.replace(path)


def main(arguments: list[str] | None = None) -> int:
    """Write the lists of the corpus named, and print the next step."""
    names = sys.argv[1:] if arguments is None else arguments
    if len(names) != 1 or not names[0].strip():
        print("Name a corpus: make lists CORPUS=my-corpus", file=sys.stderr)
        return 2
    try:
        n_entities, n_forms = write_lists(Path(names[0]))
        n_terms = write_terms(Path(names[0]))
    except (CorpusError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(
        f"{names[0]}/lexicons: {n_entities:,} entities, {n_forms:,} forms and {n_terms:,} framing terms "
        "added as drafts."
    )
    print(
        "In the column status write accepted or rejected; to merge, give forms one entity_id in aliases.csv. "
        "A framing term is counted once it is accepted."
    )
    return 0


if __name__ == "__main__":
    sys.exit(commanded(main))
