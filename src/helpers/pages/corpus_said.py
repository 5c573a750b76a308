"""The sentences of page 00: what was read, and what is not known of it."""

import pandas as pd

from helpers.pages.phrases import counted, listed
from helpers.table import UNKNOWN
from helpers.text import Documents, Entries, Versions, missing_numbers

__all__ = ["corpus_answer", "corpus_limits", "entries_said", "versions_said"]


def corpus_answer(documents: Documents, sizes: pd.DataFrame) -> list[str]:
    """Return what there is: reports, events, outlets, words, and what is not known of them."""
    unnamed = documents["outlet"].str.lower().str.startswith(("unnamed", UNKNOWN))
    without_event = int((documents["event_id"] == UNKNOWN).sum())
    words = sizes["tokens"]
    sentences = [
        f"{counted(len(documents), 'report')} of {_known(documents['event_id'], 'event')} from "
        f"{_known(documents['outlet'], 'outlet')}, "
        + (
            f"{words.min():,} to {words.max():,} words long, {words.sum():,} in all."
            if len(documents) > 1
            else f"{words.sum():,} words long."
        )
        if len(documents)
        else "There is no report.",
        f"The outlet is named for {len(documents) - unnamed.sum():,} of {len(documents):,} reports; "
        f"the time of publication is known for {(documents['published'] != UNKNOWN).sum():,}.",
    ]
    if without_event:
        sentences.append(
            f"The event is not known for {without_event:,}: write event_id into documents.csv, for what is "
            "reported of one event is what these pages compare."
        )
    missing = missing_numbers(documents)
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        sentences.append(f"The files are numbered, and {listed(missing)} {verb} not among them.")
    return sentences


def entries_said(entries: Entries) -> str:
    """Return how many entries the folder has, and how many of them were not read."""
    left = entries[entries["use"].str.startswith("not read")]
    files = int((entries["reports"] > 0).sum())
    read = f"{counted(int(entries['reports'].sum()), 'report')} {'was' if files == 1 else 'were'} read"
    told = f"The folder has {counted(int(entries['entries'].sum()), 'entry', plural='entries')}: "
    told += f"{read} from {counted(files, 'file')}"
    n = int(left["entries"].sum())
    return told + (
        f"; {n:,} {'was' if n == 1 else 'were'} not read, each for the reason given." if n else "."
    )


def versions_said(versions: Versions) -> list[str]:
    """Return how many reports are versions or duplicates of an earlier one; nothing where none is."""
    if versions.empty:
        return []
    later, twice = ((versions[name] != "").sum() for name in ("version_of", "duplicate_of"))
    told = [f"{later:,} later version{'' if later == 1 else 's'} of a report's address"] if later else []
    told += [f"{twice:,} duplicate{'' if twice == 1 else 's'} of a report's text"] if twice else []
    return [
        f"There {'is' if len(versions) == 1 else 'are'} {listed(told)}: named under the remarks on reading, "
        "and counted like the others."
    ]


def _known(values: pd.Series, noun: str) -> str:
    """Return how many different values are known: "2 events", "1 known outlet", "no known event"."""
    known = values[values != UNKNOWN]
    return counted(known.nunique(), noun if len(known) == len(values) else f"known {noun}")


def corpus_limits(documents: Documents) -> list[str]:
    """Return what a corpus of this shape leaves open."""
    known = documents[(documents["event_id"] != UNKNOWN) & (documents["outlet"] != UNKNOWN)]
    cells = known.groupby(["event_id", "outlet"]).size()
    singles = int((cells == 1).sum())
    sentences = [
        f"{singles:,} of {counted(len(cells), 'pair')} of event and outlet "
        f"{'has' if len(cells) == 1 else 'have'} a single report: there, outlet, event and report cannot be "
        "told apart, and a difference between two reports is not a difference between two outlets."
        if singles
        else "Of no report both event and outlet are known, so a difference between two reports is not a "
        "difference between two outlets."
        if known.empty
        else "Every outlet has two reports or more of each event it reports, so that report and outlet "
        "need not be taken for one."
    ]
    dated = int((documents["published"] != UNKNOWN).sum())
    if not dated:
        sentences.append("Without times of publication nothing here can say which report came first.")
    elif dated < len(documents):
        sentences.append(
            f"Without its time of publication, as for {len(documents) - dated:,} of {len(documents):,}, "
            "nothing here can say whether a report came first."
        )
    return sentences
