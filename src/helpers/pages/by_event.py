"""The pages of a corpus event by event, each in a folder of its own, and an index that lists them."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bs4 import BeautifulSoup
from markupsafe import Markup
from tqdm import tqdm

from helpers.edition import Edition, open_corpus
from helpers.pages.building import read_index, write_index
from helpers.pages.export import EventCard, event_index
from helpers.pages.phrases import counted, listed
from helpers.pages.shelf import Shelf, page_name
from helpers.table import UNKNOWN
from helpers.text import Documents

__all__ = ["make_by_event"]
OUTLETS_SHOWN = 6


def make_by_event(out: Path, make: Callable[[Path], int]) -> int:
    """Make the pages of each event of the chosen corpus, and their index; return the worst exit code.

    `make` writes the pages of the event that EVENT names into a folder, and leaves those alone that are made
    from the same input: after a stop the next run goes on where it was. An event that fails is named in the
    index and stops no other.
    """
    read = open_corpus(event="")
    worst, cards, shelf = 0, [], Shelf.of(read)
    reports = read.documents.groupby("event_id", sort=False).indices
    events = _in_order(read)
    with tqdm(events, unit="event", desc="events", leave=False) as bar:
        for event in bar:
            folder = out / page_name(event)
            with _only(event):
                code = make(folder)
            worst = max(worst, code)
            own = read.documents.iloc[reports[event]]
            cards.append(_card(shelf.event(event), own, folder, made=code == 0))
    write_index(out, event_index(cards, read))
    return worst


def _in_order(read: Edition) -> list[str]:
    """Return the events, the earliest first, those without a date last."""
    first = read.documents.assign(day=read.documents["published"].replace(UNKNOWN, "~"))
    days = first.groupby("event_id")["day"].min().reset_index()
    return [str(event) for event in days.sort_values(["day", "event_id"])["event_id"]]


@contextmanager
def _only(event: str) -> Iterator[None]:
    """Let EVENT name one event meanwhile."""
    before = os.environ.get("EVENT")
    os.environ["EVENT"] = event
    try:
        yield
    finally:
        if before is None:
            del os.environ["EVENT"]
        else:
            os.environ["EVENT"] = before


def _card(name: str, own: Documents, folder: Path, *, made: bool) -> EventCard:
    """Return the card of an event: its first day, its reports and outlets, and its strongest difference."""
    days = sorted(day[:10] for day in own["published"] if day != UNKNOWN)
    outlets = sorted(set(own["outlet"]) - {UNKNOWN})
    size = counted(len(own), "report") + (f": {listed(outlets, shown=OUTLETS_SHOWN)}" if outlets else "")
    told = _first_told(folder) if made else Markup("<p>Its pages could not be made.</p>")
    return EventCard(name, folder.name if made else "", days[0] if days else "", size, told)


def _first_told(folder: Path) -> Markup:
    """Return what the front page of an event shows first: the strongest difference, or that there is none."""
    soup = BeautifulSoup(read_index(folder), "html.parser")
    first = soup.select_one('ul.pairs > li, [aria-labelledby="q-06-synopsis"] p')
    if first is None:
        return Markup("")
    for link in first.select("a[href]"):
        link["href"] = f"{folder.name}/{link['href']}"
    told = Markup(str(first))
    return Markup('<ul class="pairs">{}</ul>').format(told) if first.name == "li" else told
