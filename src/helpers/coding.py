"""Spans out for a second coder, and theirs back in: `python -m helpers.coding folder`."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from helpers.edition import Edition, open_corpus
from helpers.framing import CODED_LAYERS, Coded, CodedTable, find_framing_terms
from helpers.place import commanded, folder_path
from helpers.table import conform, empty
from helpers.text import CorpusError, Documents, Problem, inert, read_cells, with_text

__all__ = ["coded_spans", "main", "read_second", "write_coding"]
COLUMNS = ("doc_id", "start_char", "end_char", "layer", "value")
# In the corpus's lexicons/, where no file is taken for a report.
PLACE = Path("lexicons") / "coding"
GUIDE = """Mark the reports by yourself, without looking at spans.csv.
Either copy spans.csv to second.csv and correct it, or write it anew: doc_id, start_char, end_char (code
points of the report's text, from 0), layer (voice, mention or framing) and value.
Or open the folder brat in brat or INCEpTION, correct the .ann files, and put yours into a folder second.
voice: direct, indirect or speech_act. mention: the entity_id. framing: the entity_id of the target.
Spans corrected from ours agree more than spans marked from nothing: say in your paper which it was.
"""
_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) ([\d; ]+)\t")
_NOTE = re.compile(r"#\d+\tAnnotatorNotes (T\d+)\t(.*)")


def coded_spans(read: Edition) -> Coded:
    """Return what the pages mark as a table to be coded again: voices, mentions and framing terms."""
    lists = (read.documents, read.lists.terms, read.voices, read.named)
    hits = find_framing_terms(*lists, sentences=read.sentences, parse=read.parse)
    parts = [
        rows[["doc_id", "start_char", "end_char"]].assign(layer=layer, value=rows[column])
        for layer, column, rows in (
            ("voice", "voice", read.voices),
            ("mention", "entity_id", read.named),
            ("framing", "target", hits),
        )
    ]
    table = with_text(pd.concat(parts, ignore_index=True), read.documents)
    order = ["doc_id", "layer", "start_char", "end_char"]
    return conform(table.drop_duplicates([*order]).sort_values(order), CodedTable)


def write_coding(folder: str | Path) -> int:
    """Write the spans of a corpus for a second coder; return how many.

    They are written as spans.csv and, for brat and INCEpTION, as a .txt and an .ann for each report.
    """
    folder = folder_path(folder)
    read = open_corpus(folder, "")
    spans = coded_spans(read)
    place = folder / PLACE
    (place / "brat").mkdir(parents=True, exist_ok=True)
    shown = spans.assign(text=[inert(" ".join(text.split())) for text in spans["text"]])
    shown.to_csv(place / "spans.csv", index=False, lineterminator="\n")
    (place / "README.txt").write_text(GUIDE, encoding="utf-8", newline="")
    kinds = sorted({_kind(layer, value) for layer, value in zip(spans["layer"], spans["value"], strict=True)})
    config = "[entities]\n" + "".join(f"{kind}\n" for kind in kinds) + "[relations]\n[events]\n[attributes]\n"
    (place / "brat" / "annotation.conf").write_text(config, encoding="utf-8", newline="")
    for number, (doc_id, text) in enumerate(
        zip(read.documents["doc_id"], read.documents["text"], strict=True)
    ):
        name = _file_name(doc_id, number)
        own = spans[spans["doc_id"] == doc_id]
        (place / "brat" / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        (place / "brat" / f"{name}.ann").write_text("".join(_lines(own, text)), encoding="utf-8", newline="")
    return len(spans)


def _file_name(doc_id: str, number: int) -> str:
    """Return a name for the files of a report: its doc_id where that is plain, else with its number."""
    plain = re.sub(r"[^\w.-]", "_", doc_id).lstrip(".")
    return plain if plain == doc_id else f"{number:04}-{plain}"


def _kind(layer: str, value: str) -> str:
    """Return the type of a span in brat: one for each voice, and the layer for the others."""
    return f"{layer}_{value}" if layer == "voice" else layer


def _lines(spans: Coded, text: str) -> Iterator[str]:
    """Yield the lines of an .ann file; a span over several lines is written in parts, as brat asks."""
    columns = (spans[name] for name in COLUMNS[1:])
    for number, (start, end, layer, value) in enumerate(zip(*columns, strict=True), start=1):
        parts = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", text[start:end])]
        places = ";".join(f"{a} {b}" for a, b in parts)
        words = " ".join(text[a:b] for a, b in parts)
        yield f"T{number}\t{_kind(layer, value)} {places}\t{words}\n"
        if layer != "voice":
            yield f"#{number}\tAnnotatorNotes T{number}\t{value}\n"


def read_second(folder: Path | None, documents: Documents) -> Coded:
    """Return the spans of the second coder of a corpus, from second.csv or second/*.ann; none where none are.

    Raises CorpusError with every row that names no report, no layer or no place in its text.
    """
    place = folder / PLACE if folder else Path()
    table = place / "second.csv"
    problems: list[Problem] = []
    if folder is None or not (table.is_file() or (place / "second").is_dir()):
        return empty(CodedTable)
    rows = list(_from_csv(table, problems) if table.is_file() else _from_brat(place / "second", documents))
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    kept = []
    for file, row, doc_id, start, end, layer, value in rows:
        wrong = _mend(texts.get(doc_id), start, end, layer)
        if wrong:
            problems.append(Problem(file, row, *wrong))
        else:
            kept.append((doc_id, start, end, layer, value, texts[doc_id][start:end]))
    if problems:
        raise CorpusError(problems)
    found = pd.DataFrame(kept, columns=[*COLUMNS, "text"])
    return conform(found.drop_duplicates(["doc_id", "start_char", "end_char", "layer"]), CodedTable)


Row = tuple[str, int, str, int, int, str, str]


def _from_csv(path: Path, problems: list[Problem]) -> Iterator[Row]:
    """Yield the rows of second.csv; add what cannot be read to `problems`."""
    read = read_cells(path, COLUMNS)
    problems += read.problems
    for row, cells in read.rows:
        numbers = [cells[name] for name in ("start_char", "end_char")]
        start, end = (int(cell) if re.fullmatch(r"\d{1,9}", cell) else -1 for cell in numbers)
        yield path.name, row, cells["doc_id"], start, end, cells["layer"], cells["value"]


def _from_brat(folder: Path, documents: Documents) -> Iterator[Row]:
    """Yield the spans of the .ann files of a folder; a span in parts is one from its first to its last."""
    names = {_file_name(doc_id, number): doc_id for number, doc_id in enumerate(documents["doc_id"])}
    for path in sorted(path for path in folder.glob("*.ann") if path.is_file()):
        lines = path.read_text(encoding="utf-8").splitlines()
        notes = {found[1]: found[2] for line in lines if (found := _NOTE.match(line))}
        for number, line in enumerate(lines, start=1):
            if found := _TEXT_BOUND.match(line):
                layer, _, value = found[2].partition("_")
                places = [int(n) for n in re.findall(r"\d+", found[3])]
                told = notes.get(found[1], value).strip()
                yield path.name, number, names.get(path.stem, path.stem), places[0], places[-1], layer, told


def _mend(text: str | None, start: int, end: int, layer: str) -> tuple[str, str, str] | None:
    """Return the column, the value and the mend of what is wrong with a span, or None."""
    if text is None:
        return "doc_id", "", "no such report in the corpus"
    if layer not in CODED_LAYERS:
        return "layer", layer, "write one of " + ", ".join(CODED_LAYERS)
    if not 0 <= start < end <= len(text):
        return "start_char", str(start), f"no place in this report; it has the code points 0 to {len(text)}"
    return None


def main(arguments: list[str] | None = None) -> int:
    """Write the spans of the corpus named, and print the next step."""
    names = sys.argv[1:] if arguments is None else arguments
    if len(names) != 1 or not names[0].strip():
        print("Name a corpus: make coding CORPUS=my-corpus", file=sys.stderr)
        return 2
    try:
        n = write_coding(Path(names[0]))
    except (CorpusError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{names[0]}/{PLACE.as_posix()}: {n:,} spans written; README.txt there says how they come back.")
    return 0


if __name__ == "__main__":
    sys.exit(commanded(main))
