"""The sentences of page 00: what was read, and what is not known of it."""

import pandas as pd

from helpers.pages.blocks import counted_in
from helpers.pages.headings import MONTHS
from helpers.pages.phrases import begun, counted, listed
from helpers.pages.shelf import Shelf
from helpers.table import UNKNOWN
from helpers.text import Documents, Entries, Versions, missing_numbers

__all__ = ["corpus_answer", "corpus_limits", "dated_reports", "dates_alt", "entries_said", "versions_said"]
YEARS_DRAWN = (1500, 2500)


def corpus_answer(documents: Documents, sizes: pd.DataFrame, shelf: Shelf) -> list[str]:
    """Return what there is: reports, events, outlets, words, and what is not known of them."""
    if documents.empty:
        return ["There is no report."]
    words = sizes["tokens"]
    known = shelf.known_outlets
    among = f" ({listed(known, shown=4)})" if len(known) == documents["outlet"].nunique() else ""
    sentences = [
        f"{counted(len(documents), 'report').capitalize()} on {_known(documents['event_id'], 'event')} from "
        f"{_known(documents['outlet'], 'outlet')}{among}: {words.sum():,} words.",
        counted_in(_unknown(documents, shelf), "documents"),
    ]
    without_event = int((documents["event_id"] == UNKNOWN).sum())
    if without_event:
        verb = "is" if without_event == 1 else "are"
        sentences.append(
            f"The event of {without_event:,} {verb} not known. Only reports of one event are compared, so "
            "write event_id into documents.csv."
        )
    if len(documents) > 1:
        sentences.append(f"The shortest report has {words.min():,} words, the longest {words.max():,}.")
    missing = missing_numbers(documents)
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        sentences.append(f"The files are numbered, and {listed(missing)} {verb} missing.")
    return sentences


def entries_said(entries: Entries) -> str:
    """Return how many entries the folder has, and how many of them were not read."""
    left = entries[entries["use"].str.startswith("not read")]
    files = int((entries["reports"] > 0).sum())
    n_read = int(entries["reports"].sum())
    read = f"{counted(n_read, 'report')} {'was' if n_read == 1 else 'were'} read"
    told = f"The folder has {counted(int(entries['entries'].sum()), 'entry', plural='entries')}: "
    told += f"{read} from {counted(files, 'file')}"
    n = int(left["entries"].sum())
    return told + (
        f"; {n:,} {'was' if n == 1 else 'were'} not read, each for the reason given." if n else "."
    )


def _unknown(documents: Documents, shelf: Shelf) -> str:
    """Return of how many reports outlet and time of publication are known."""
    n, named = len(documents), int(documents["outlet"].isin(shelf.known_outlets).sum())
    dated = int((documents["published"] != UNKNOWN).sum())
    told = [
        "every report names its outlet" if named == n else f"{named:,} of {n:,} reports name their outlet"
    ]
    told.append(
        "no time of publication is known"
        if not dated
        else "all have a time of publication"
        if dated == n
        else f"{dated:,} have a time of publication"
    )
    if named == 1 < n:
        told[0] = f"only 1 of {n:,} reports names its outlet ({listed(shelf.known_outlets)})"
    return f"{begun('; '.join(told))}."


def dated_reports(documents: Documents) -> pd.DataFrame:
    """Return the reports whose time of publication is known: doc_id, event_id, day (as a date), in order."""
    times = pd.to_datetime(documents["published"], errors="coerce", utc=True, format="ISO8601")
    # Days at the ends of the calendar have no room beside them in a picture.
    dated = documents[["doc_id", "event_id"]].assign(day=times)[times.dt.year.between(*YEARS_DRAWN)]
    return dated.sort_values(["day", "doc_id"], kind="stable", ignore_index=True)


def dates_alt(dated: pd.DataFrame) -> str:
    """Return the alternative text of the picture of dates: the first and the last report of each event."""
    told = []
    for event, own in dated.groupby("event", sort=False):
        first, last = own.iloc[0], own.iloc[-1]
        span = f"{first['outlet']} on {_day(first['day'])}"
        if len(own) > 1:
            span += f" is first, {last['outlet']} on {_day(last['day'])} last"
        told.append(f"{event}: {span}")
    return f"When the reports came out. {'; '.join(told[:6])}."


def _day(time: pd.Timestamp) -> str:
    """Return a day in words."""
    return f"{time.day} {MONTHS[time.month - 1]} {time.year}"


def versions_said(versions: Versions) -> list[str]:
    """Return how many reports are versions or duplicates of an earlier one; nothing where none is."""
    if versions.empty:
        return []
    later, twice = ((versions[name] != "").sum() for name in ("version_of", "duplicate_of"))
    told = [f"{later:,} later version{'' if later == 1 else 's'} of a report's address"] if later else []
    told += [f"{twice:,} duplicate{'' if twice == 1 else 's'} of a report's text"] if twice else []
    return [
        f"There {'is' if len(versions) == 1 else 'are'} {listed(told)}; the notes on reading name them, and "
        "they are counted like the others."
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
        f"In {singles:,} of {counted(len(cells), 'case')} an outlet has only one report on an event. There, "
        "a difference between two reports need not be one between two outlets."
        if singles
        else "Of no report both event and outlet are known. So a difference between two reports need not be "
        "one between two outlets."
        if known.empty
        else "Every outlet has two reports or more on each of its events."
    ]
    dated = int((documents["published"] != UNKNOWN).sum())
    if not dated:
        sentences.append("Without times of publication, nothing here tells which report came first.")
    elif dated < len(documents):
        sentences.append(
            f"{len(documents) - dated:,} of {len(documents):,} reports have no time of publication. Of "
            "those, nothing here tells which came first."
        )
    return sentences
