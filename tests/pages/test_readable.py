"""No page prints a number where it cannot read the language: invented reports without a parser."""

import importlib
import re
from pathlib import Path

import pytest

from helpers.edition import open_corpus
from helpers.pages import readable
from helpers.pages.blocks import Block
from helpers.text import CANNOT, Reads

REPORTS = {
    "tr": (
        "Kütüphane pazartesi günü açıldı. Müdür Ece Kaya şöyle dedi: “Herkes için yer var.” Onarım 3 milyon "
        "avroya mal oldu.",
        "Kasabanın kütüphanesi yeniden açıldı. Müdür masrafın 4 milyon avroya çıktığını açıkladı.",
    ),
    "ru": (
        "Библиотека открылась в понедельник. «Места хватит всем», — сказала директор Анна Белова. "
        "Стоимость ремонта составила 3 миллиона евро.",
        "Городская библиотека снова открыта. Стоимость ремонта выросла до 4 миллионов евро.",
    ),
    "he": (
        'הספרייה נפתחה ביום שני. "יש מקום לכולם", אמרה המנהלת דנה לוי. השיפוץ עלה 3 מיליון אירו.',
        "ספריית העיר נפתחה מחדש. העלות עלתה ל-4 מיליון אירו, הסבירה המנהלת.",
    ),
}
PAGES = ("corpus", "wording", "names", "voices", "framing", "derivation", "synopsis")


@pytest.fixture(scope="module", params=sorted(REPORTS))
def told(request, tmp_path_factory) -> dict[tuple[str, str], str]:
    """Return the text of every block of every page on two reports of one event."""
    folder = tmp_path_factory.mktemp(request.param)
    rows = ["doc_id,file,event_id,outlet,language"]
    for number, text in enumerate(REPORTS[request.param]):
        Path(folder, f"r{number}.txt").write_text(text + "\n", encoding="utf-8")
        rows.append(f"r{number},r{number}.txt,library,Outlet {'AB'[number]},{request.param}")
    Path(folder, "documents.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    read = open_corpus(folder)
    blocks = {}
    for name in PAGES:
        page = importlib.import_module(f"helpers.pages.{name}").Page(read)
        for method in dir(type(page)):
            own = getattr(type(page), method)
            if not method.startswith("_") and callable(own) and own.__code__.co_argcount == 1:
                shown = own(page)
                if isinstance(shown, Block):
                    blocks[name, method] = shown.text
    return blocks


def test_what_cannot_be_read_gives_no_number(told: dict[tuple[str, str], str]) -> None:
    refused = {place: text for place, text in told.items() if text.startswith("Cannot tell")}
    assert {name for name, _ in refused} == {"names", "voices", "framing", "derivation", "synopsis"}
    whole = {place: text for place, text in refused.items() if place[1] not in ("further", "in_short")}
    assert not [place for place, text in whole.items() if re.search(r"\d", text)]
    assert all("not measured in" in text for text in refused.values())


def test_no_verdict_and_no_share_of_what_was_not_read(told: dict[tuple[str, str], str]) -> None:
    # What else there is to say is how the reports were read.
    own = [text for (name, block), text in told.items() if name == "derivation" and block != "further"]
    assert own and all(text.startswith("Cannot tell") for text in own)
    whole = " ".join(told.values())
    assert "separate reporting" not in whole and "nan" not in whole and "No speaker could" not in whole
    header, *rows = told["voices", "voices"].splitlines()[1:]
    assert "share reworded" in header and all(row.count("n/a") == 3 for row in rows)


def test_quotations_and_costs_are_read(told: dict[tuple[str, str], str]) -> None:
    assert "quoted" in told["voices", "every_span"]
    assert "3 " in told["synopsis", "where_they_differ"] and "4 " in told["synopsis", "where_they_differ"]


def test_the_table_is_that_of_the_rooms() -> None:
    read = open_corpus("tests/texts/eight-reports")
    table = readable.reading_table(read.documents)
    assert len(table) == len(readable.READS) and not table["English"].str.startswith("cannot").any()


def test_a_room_that_reads_nothing_says_so() -> None:
    nothing = Reads("room", "anything", frozenset(), lambda _: False, "eyes")
    documents = open_corpus("tests/texts/eight-reports").documents
    assert nothing.status("en") == CANNOT and readable.cannot(nothing, documents)
    assert readable.cannot_tell(nothing, documents) == [
        "Cannot tell anything: not measured in English; that needs eyes."
    ]
