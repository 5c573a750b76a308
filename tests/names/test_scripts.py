"""Names in another script: what is proposed, what is not, and that an accepted one counts."""

from pathlib import Path

import pytest

from helpers.edition import Edition, open_corpus
from helpers.names import LIKE, names_in_other_scripts, script_likeness

ENGLISH = "Harbour master Oskar Lindqvist closed the ferry on Friday. “The ice is thin,” Lindqvist said."
RUSSIAN = (
    "Начальник порта Оскар Линдквист в пятницу закрыл паром. «Лёд тонкий», — сказал Линдквист журналистам."
)
PERSIAN = "اسکار لیندکویست، رئیس بندر، روز جمعه کشتی را متوقف کرد. او گفت یخ نازک است."
JAPANESE = "港長のオスカー・リンドクヴィスト氏は金曜日、フェリーを止めた。氷は薄いと述べた。"


def opened(folder: Path, **reports: str) -> Edition:
    """Return the edition of reports of one event, each under its language."""
    rows = ["doc_id,file,event_id,outlet,language"]
    for language, text in reports.items():
        (folder / f"{language}.txt").write_text(f"A headline\n\n{text}\n", "utf-8")
        rows.append(f"{language},{language}.txt,ferry,{language} paper,{language}")
    (folder / "documents.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return open_corpus(folder)


def proposed(read: Edition) -> dict[str, set[str]]:
    """Return the stretches proposed, by report."""
    found = names_in_other_scripts(read.named, read.tokens, read.documents, read.lists.spellings)
    assert (found["score"] >= LIKE).all()
    for doc_id, start, surface in zip(found["doc_id"], found["start_char"], found["surface"], strict=True):
        text = read.documents.set_index("doc_id")["text"][doc_id]
        assert text[start:].startswith(surface)
    return {str(doc_id): set(own) for doc_id, own in found.groupby("doc_id")["surface"]}


def test_a_name_is_found_in_each_script_and_nothing_else(tmp_path: Path) -> None:
    found = proposed(opened(tmp_path, en=ENGLISH, ru=RUSSIAN, fa=PERSIAN, ja=JAPANESE))
    assert found["ru"] == {"Оскар Линдквист", "Линдквист"}
    assert found["fa"] == {"اسکار لیندکویست"}
    assert found["ja"] == {"オスカー・リンドクヴィスト"}
    assert set(found) == {"ru", "fa", "ja"}


def test_reports_in_one_script_have_no_proposals(tmp_path: Path) -> None:
    german = "Hafenmeister Oskar Lindqvist stoppte am Freitag die Fähre. Das Eis ist dünn, sagte er."
    assert proposed(opened(tmp_path, en=ENGLISH, de=german)) == {}


def test_an_accepted_spelling_is_a_name_and_is_not_proposed_again(tmp_path: Path) -> None:
    lists = tmp_path / "lexicons"
    lists.mkdir()
    lists.joinpath("entities.csv").write_text(
        "entity_id,canonical,entity_type,wikidata\nlindqvist,Oskar Lindqvist,PERSON,\n", "utf-8"
    )
    lists.joinpath("aliases.csv").write_text(
        "entity_id,alias,kind,case,valid_from,valid_to,scope,note\n"
        "lindqvist,Oskar Lindqvist,name,exact,,,,\nlindqvist,Lindqvist,name,exact,,,,\n",
        "utf-8",
    )
    lists.joinpath("spellings.csv").write_text(
        "surface,entity_id,decision,decided_by,note\nОскар Линдквист,lindqvist,accepted,A,\n", "utf-8"
    )
    read = opened(tmp_path, en=ENGLISH, ru=RUSSIAN)
    own = read.named[read.named["doc_id"] == "ru"]
    assert own["surface"].tolist() == ["Оскар Линдквист"]
    assert proposed(read) == {"ru": {"Линдквист"}}


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Netanyahu", "נתניהו", True),
        ("Zelensky", "Зеленский", True),
        ("Macron", "माक्रों", True),
        ("Zelensky", "Лавров", False),
        ("Netanyahu", "בן גביר", False),
    ],
)
def test_names_are_like_by_the_letters_that_sound(name: str, other: str, same: bool) -> None:
    assert (script_likeness(name, other) >= LIKE) is same
    assert script_likeness(name, other) == script_likeness(other, name)
