"""Score the listed differences on those of news that one judge read.

    python benchmarks/differences_news.py folder

The folder holds `basil_2010_2014`, `newswcl50_0_4` and `ecb_plus`; places and labels are in
`difference_labels.csv`. Guide: *real*, both places tell the same fact, statement or quotation, and the words
that differ stand for each other and do not say the same (another value, form of a name, or word); of kind
omitted, the value belongs to what both tell and the other report has it nowhere. *format*: one value in two
formats, units or currencies, or two forms of one word. *other*: parts of two facts, or in two roles of one.
*parse*: cut in the middle, or read wrongly.

The sets were read one after the other, in the order printed. "When first listed" is the share of real ones
under rules made on the sets before it; rules were then mended on it too, so "now" is no independent number.
The judge is a language model that also made the rules. It went over BASIL and NewsWCL50 a second time, in
reverse order and not blind, so the agreement says little: another judge is needed. ECB+ has blanks between
its tokens, which are taken out here; in `ecb-1` some stayed in numbers.
"""

import json
import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pandas as pd
from sklearn.metrics import cohen_kappa_score

from helpers.edition import open_corpus

LABELS = Path(__file__).with_name("difference_labels.csv")
# Every fourth event of ECB+, the first sixteen, and of each the first ten reports.
STEP, EVENTS, REPORTS = 4, 16, 10
CLOSE = (
    (r" ([.,;:!?%)\]])", r"\1"),
    (r"([(\[$]) ", r"\1"),
    (r" (['’](?:s|re|ve|ll|d|m|t)\b)", r"\1"),
    (r" n't\b", "n't"),
)
JOINED = ((r"(\d)([,.:]) (\d)", r"\1\2\3"), (r"(\w) - (\w)", r"\1-\2"))


def written(tokens: list[str] | str, *, joined: bool) -> str:
    """Return a sentence of ECB+ without the blanks between its tokens."""
    text = tokens if isinstance(tokens, str) else " ".join(tokens)
    for pattern, put in (*CLOSE, *(JOINED if joined else ())):
        text = re.sub(pattern, put, text)
    parts = text.split('"')
    text = '"'.join(part.lstrip() if number % 2 else part for number, part in enumerate(parts))
    return re.sub(r'"([^"]*?) "', r'"\1"', text)


def ecb(lines: list[str], first: int) -> list[str]:
    """Return the reports of every fourth event of ECB+, from number `first`, as lines of reports.jsonl."""
    events: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for report in map(json.loads, lines):
        events[report["topic"] + report["sub"]].append(report)
    rows = []
    for event in sorted(events)[first::STEP][:EVENTS]:
        for report in events[event][:REPORTS]:
            sents = [s for s in report["sents"] if "http" not in (s if isinstance(s, str) else " ".join(s))]
            text = "\n\n".join(written(s, joined=first == STEP - 1) for s in sents)
            unknown = dict.fromkeys(("published", "headline", "url"), "unknown")
            named = {"doc_id": report["id"], "event_id": event, "outlet": report["id"], "language": "en"}
            rows.append(json.dumps(named | unknown | {"text": text}))
    return rows


def reports(folder: Path, name: str) -> list[str]:
    """Return the reports of a set."""
    if name.startswith("ecb-"):
        lines = (folder / "ecb_plus" / "ecbplus_text.jsonl").read_text("utf-8").splitlines()
        return ecb(lines, int(name.removeprefix("ecb-")))
    kept = {"basil": "basil_2010_2014", "newswcl50": "newswcl50_0_4"}[name]
    return (folder / kept / "reports.jsonl").read_text("utf-8").splitlines()


def key(row: tuple[object, ...]) -> tuple[object, ...]:
    """Return a difference without the order of its sides; what one side leaves out keeps them."""
    kind, *places = row
    a, b = tuple(places[:3]), tuple(places[3:])
    return kind, *((a, b) if kind == "omitted" else sorted((a, b)))


def listed(lines: list[str]) -> list[tuple[object, ...]]:
    """Return the differences that are listed of reports."""
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "reports.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        found = open_corpus(place).differences
    ends = [f"{name}_{side}" for side in "ab" for name in ("doc_id", "start_char", "end_char")]
    return [key(row) for row in found[["kind", *ends]].itertuples(index=False, name=None)]


def share(labels: pd.Series) -> str:
    """Return how many of the labels are real, of how many."""
    return (
        f"{labels.eq('real').sum()} of {len(labels)} ({labels.eq('real').mean():.2f})" if len(labels) else "0"
    )


def main() -> None:
    """Print the agreement, and the share of real differences by set and by kind."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder is None or not (folder / "ecb_plus").exists():
        print("Give the folder that holds basil_2010_2014, newswcl50_0_4 and ecb_plus.")
        return
    labels = pd.read_csv(LABELS, keep_default_na=False)
    twice = labels[labels["second"] != ""]
    kappa = cohen_kappa_score(twice["first"], twice["second"])
    same = twice["first"].eq(twice["second"]).mean()
    print(f"{len(twice)} judged twice: {same:.2f} alike, Cohen's kappa {kappa:.2f}\n")
    print("| set | when first listed, real | now, real of judged | now, not judged |\n|---|---|---|---|")
    now = []
    for name, own in labels.groupby("set", sort=False):
        ends = ["kind", "doc_a", "start_a", "end_a", "doc_b", "start_b", "end_b"]
        rows = own[ends].itertuples(index=False, name=None)
        known = dict(zip(map(key, rows), zip(own["kind"], own["first"], strict=True), strict=True))
        found = listed(reports(folder, str(name)))
        told = pd.DataFrame([known[one] for one in found if one in known], columns=["kind", "label"])
        now.append(told)
        print(f"| {name} | {share(own['first'])} | {share(told['label'])} | {len(found) - len(told)} |")
    print("\n| kind | when first listed, real | now, real of judged |\n|---|---|---|")
    kinds = pd.concat(now).groupby("kind")["label"]
    for kind, judged in labels.groupby("kind")["first"]:
        print(
            f"| {kind} | {share(judged)} | {share(kinds.get_group(kind)) if kind in kinds.groups else '0'} |"
        )


if __name__ == "__main__":
    main()
