"""How well names are found and spellings told apart, on labelled data: `python benchmarks/names.py [folder]`.

The folder holds `gold/gold_entities.csv` (mentions annotated in the four reports, or some of them) and
`bench/name_variants/ofac_pairs_*.csv` (names and spellings of persons). Nothing of it is kept here.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.utils import default_process
from scipy.optimize import linear_sum_assignment

from helpers.names import (
    ENTITY_TYPES,
    REVIEW,
    STRONG,
    AliasesTable,
    EntitiesTable,
    find_mentions,
    load_aliases,
    load_entities,
    spelling_score,
)
from helpers.place import ROOT
from helpers.table import conform
from helpers.text import find_terms, load_documents

POOL, SEEDS = 30, (0, 1, 2)
KINDS = {"name": "name", "adj": "adjective", "adjective": "adjective", "role": "role", "label": "label"}
NAMES = ("name", "adjective")
NAMED_TYPES = tuple(name for name in ENTITY_TYPES if name not in ("GROUP", "TOPIC"))
Score = Callable[[str, str], float]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]


def main(folder: Path) -> int:
    """Print the tables of what `folder` holds; return 1 if it holds nothing."""
    gold = folder / "gold" / "gold_entities.csv"
    pairs = sorted((folder / "bench" / "name_variants").glob("ofac_pairs_*.csv"))
    if not gold.is_file() and not pairs:
        print("No labelled names: gold/gold_entities.csv and bench/name_variants are not in the folder.")
        return 1
    if gold.is_file():
        print(markdown(mention_scores(read_gold(gold)), "Mentions found and linked"))
        print(
            "\nThe authority was written with the annotation of meeting-2024-03-26 in sight: its first rows"
        )
        print("show that the finder finds what is listed. The other rows need a second annotated event.")
    for path in pairs:
        print(markdown(spelling_scores(read_pools(path)), f"Spellings of persons, {path.name}"))
    return 0


def read_gold(path: Path) -> pd.DataFrame:
    """Return the annotated mentions with the columns of the mentions table, and canonical."""
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows = rows.rename(
        columns={"doc": "doc_id", "start": "start_char", "end": "end_char", "type": "entity_type"}
    )
    places = {name: rows[name].astype("int64") for name in ("start_char", "end_char")}
    types = rows["entity_type"].where(rows["entity_type"].isin(ENTITY_TYPES), "TOPIC")
    return rows.assign(kind=rows["kind"].map(KINDS), entity_type=types, **places)


def mention_scores(gold: pd.DataFrame) -> pd.DataFrame:
    """Return precision, recall and F1 of the authority file, whole and as one event would have made it."""
    documents = load_documents()
    documents = documents[documents["doc_id"].isin(gold["doc_id"])].reset_index(drop=True)
    known, aliases = load_entities(), load_aliases()
    rows: list[tuple[object, ...]] = []
    for event_id, reports in documents.groupby("event_id"):
        rows += compare("full authority", str(event_id), gold, reports, known, aliases)
    for seen_id, seen in documents.groupby("event_id"):
        own = used_in(seen, known, aliases)
        annotated = authority_of(gold[gold["doc_id"].isin(seen["doc_id"])])
        for event_id, reports in documents[documents["event_id"] != seen_id].groupby("event_id"):
            rows += compare(f"authority, forms of {seen_id}", str(event_id), gold, reports, *own)
            rows += compare(f"annotated forms of {seen_id}", str(event_id), gold, reports, *annotated)
    columns = ["method", "event", "mentions", "annotated", "precision", "recall", "F1"]
    return pd.DataFrame(rows, columns=columns)


def compare(
    method: str,
    event_id: str,
    gold: pd.DataFrame,
    reports: pd.DataFrame,
    known: pd.DataFrame,
    aliases: pd.DataFrame,
) -> Iterator[tuple[object, ...]]:
    """Yield the scores of all mentions, and of names and adjectives alone."""
    here = gold[gold["doc_id"].isin(reports["doc_id"])]
    for label, kinds, types in (
        ("all", tuple(KINDS.values()), ENTITY_TYPES),
        ("names, adjectives", NAMES, NAMED_TYPES),
    ):
        truth = outermost(here[here["kind"].isin(kinds)])
        named = known[known["entity_type"].isin(types)]
        found = find_mentions(reports, named, aliases[aliases["kind"].isin(kinds)])
        yield method, event_id, label, len(truth), *agreement(truth, found, known)


def outermost(mentions: pd.DataFrame) -> pd.DataFrame:
    """Return the mentions that stand in no longer one."""
    ordered = mentions.sort_values(["doc_id", "start_char", "end_char"], ascending=[True, True, False])
    furthest = ordered.groupby("doc_id")["end_char"].transform(
        lambda ends: ends.cummax().shift(fill_value=-1)
    )
    return ordered[ordered["end_char"] > furthest]


def agreement(truth: pd.DataFrame, found: pd.DataFrame, known: pd.DataFrame) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the spans found with the right entity.

    Annotated entities and ours are matched by their canonical name, the others one to one so that most
    spans agree; an entity linked to two therefore counts as wrong for one of them.
    """
    both = truth.merge(found, on=["doc_id", "start_char", "end_char"], suffixes=("_gold", "_found"))
    both = both.merge(
        known[["entity_id", "canonical"]],
        left_on="entity_id_found",
        right_on="entity_id",
        suffixes=("_gold", ""),
    )
    same = both["canonical_gold"].str.casefold() == both["canonical"].str.casefold()
    counts = pd.crosstab(
        both["entity_id_gold"], both["entity_id_found"], values=1 + same * 1000, aggfunc="sum"
    ).fillna(0)
    rows, columns = linear_sum_assignment(-counts.to_numpy())
    linked = set(zip(counts.index[rows], counts.columns[columns], strict=True))
    right = sum(pair in linked for pair in zip(both["entity_id_gold"], both["entity_id_found"], strict=True))
    return right / max(len(found), 1), right / max(len(truth), 1), 2 * right / max(len(found) + len(truth), 1)


def used_in(
    reports: pd.DataFrame, known: pd.DataFrame, aliases: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the forms that the reports hold, alone or within longer ones, and their entities."""
    exact = set(aliases.loc[aliases["case"] == "exact", "alias"]) | set(known["canonical"])
    held = {
        form
        for form in {*aliases["alias"], *known["canonical"]}
        if len(find_terms(reports, [form], exact=exact & {form}))
    }
    kept = aliases[aliases["alias"].isin(held)]
    return known[known["entity_id"].isin(kept["entity_id"]) | known["canonical"].isin(held)], kept


def authority_of(gold: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the authority that annotated mentions make: a form of one word keeps its capitals."""
    known = gold.drop_duplicates("entity_id").assign(wikidata="")
    forms = gold.drop_duplicates(["entity_id", "surface", "kind"]).rename(columns={"surface": "alias"})
    case = np.where(forms["alias"].str.contains(" "), "fold", "exact")
    forms = forms.assign(case=case, valid_from="", valid_to="", scope="", note="")
    return conform(known, EntitiesTable), conform(forms, AliasesTable)


def read_pools(path: Path) -> list[tuple[str, str, bool]]:
    """Return name, spelling and whether they are of one person: every pair in pools of 30 persons."""
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    persons = rows[rows["match"] == "1"].groupby("name")["alias"].agg(list)
    pairs = []
    for seed in SEEDS:
        chance = random.Random(seed)
        names = chance.sample(list(persons.index), len(persons) - len(persons) % POOL)
        chosen = [(name, chance.choice(persons[name])) for name in names]
        for start in range(0, len(chosen), POOL):
            pool = chosen[start : start + POOL]
            pairs += [(name, alias, name == owner) for name, _ in pool for owner, alias in pool]
    return pairs


def spelling_scores(pairs: list[tuple[str, str, bool]]) -> pd.DataFrame:
    """Return F1 at the review band, precision at the strong one, best F1 at any cut, and time, per scorer."""
    rows = []
    truth = np.array([same for *_, same in pairs])
    for name, score in scorers().items():
        begin = time.process_time()
        values = np.array([score(a, b) for a, b, _ in pairs])
        cost = (time.process_time() - begin) / len(pairs) * 1e6
        review, strong = cut(values, truth, REVIEW), cut(values, truth, STRONG)
        best = max((cut(values, truth, at)[2], at) for at in np.arange(0.4, 1, 0.01).round(2))
        rows.append((name, *review, *strong[:2], *best, cost))
    names = "scorer,P .75,R .75,F1 .75,P .85,R .85,best F1,at,CPU µs per call"
    return pd.DataFrame(rows, columns=names.split(","))


def scorers() -> dict[str, Score]:
    """Return the scorers compared, ours first; the others see names in small letters without marks."""
    return {
        "spelling_score": spelling_score,
        "rapidfuzz WRatio": lambda a, b: fuzz.WRatio(a, b, processor=default_process) / 100,
        "rapidfuzz token_set_ratio": lambda a, b: fuzz.token_set_ratio(a, b, processor=default_process) / 100,
        "rapidfuzz token_sort_ratio": lambda a, b: (
            fuzz.token_sort_ratio(a, b, processor=default_process) / 100
        ),
        "Jaro-Winkler": lambda a, b: JaroWinkler.similarity(a, b, processor=default_process),
    }


def cut(values: Floats, truth: Flags, at: float) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the pairs that score `at` or more."""
    chosen = values >= at
    right = int((chosen & truth).sum())
    return (
        right / max(chosen.sum(), 1),
        right / max(truth.sum(), 1),
        2 * right / max(chosen.sum() + truth.sum(), 1),
    )


def markdown(table: pd.DataFrame, title: str) -> str:
    """Return the table in Markdown, its numbers with three digits (times with one)."""
    head = f"\n### {title}\n\n| " + " | ".join(table.columns) + " |\n|" + "---|" * table.shape[1]
    lines = [
        "| " + " | ".join(_cell(c, v) for c, v in zip(table.columns, row, strict=True)) + " |"
        for row in table.to_numpy()
    ]
    return "\n".join([head, *lines])


def _cell(column: str, value: object) -> str:
    """Return a value as printed in a table."""
    return f"{value:.{1 if 'µs' in column else 3}f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"))
