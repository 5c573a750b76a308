"""The events proposed for a corpus, written into its manifest: `python -m helpers.events folder`."""

import csv
import io
import sys
import warnings
from pathlib import Path

from helpers.edition import open_corpus
from helpers.text import CorpusError, CorpusWarning, inert, read_cells

__all__ = ["main", "write_events"]
MANIFEST = "documents.csv"


def write_events(folder: Path) -> tuple[int, int]:
    """Write proposed events into the empty cells of event_id; return how many reports and events.

    A cell that a person filled stays as it is; one that holds an earlier proposal is written anew. Without
    a manifest, and where an event is decided, nothing is written. Raises CorpusError where the corpus
    cannot be read.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return 0, 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CorpusWarning)
        read = open_corpus(folder, "")
    table = read_cells(path, ("file",))
    if not read.proposed or table.problems:
        return 0, 0
    proposed = dict(zip(read.documents["doc_id"], read.documents["event_id"], strict=True))
    header = [*table.header, *(["event_id"] if "event_id" not in table.header else [])]
    rows, written = [], []
    for _, cells in table.rows:
        name = cells.get("doc_id") or Path(cells["file"]).with_suffix("").as_posix()
        event = proposed.get(name, "")
        if event and cells.get("event_id", "") != event:
            written.append(event)
        rows.append(cells | ({"event_id": event} if event else {}))
    if written:
        _write(path, header, rows)
    return len(written), len(set(written))


def _write(path: Path, header: list[str], rows: list[dict[str, str]]) -> None:
    """Write the manifest aside, then rename it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([inert(cells.get(name, "")) for name in header] for cells in rows)
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_text(file.getvalue(), encoding="utf-8", newline="")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def main(arguments: list[str] | None = None) -> int:
    """Write the events proposed for the folder named, and say so; a corpus that cannot be read is let be."""
    names = sys.argv[1:] if arguments is None else arguments
    if len(names) != 1 or not names[0].strip():
        print("Name a folder: make corpus NEW=my-corpus", file=sys.stderr)
        return 2
    try:
        n_reports, n_events = write_events(Path(names[0]))
    except CorpusError:
        # `make report` tells what is wrong; the manifest is begun, and nothing can be proposed yet.
        return 0
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    if n_reports:
        print(
            f"{names[0]}/{MANIFEST}: {n_reports:,} report{'' if n_reports == 1 else 's'} put under "
            f"{n_events:,} proposed event{'' if n_events == 1 else 's'}. Page 00 shows why; give an event a "
            "name of your own to decide it."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
