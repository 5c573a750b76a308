"""Which word the answer of page 01 tells: none that chance alone would show, and no person's name."""

from helpers.edition import open_corpus
from helpers.pages import wording


def corpus(folder, texts):
    rows = ["doc_id,file,event_id,outlet\n"]
    for k, text in enumerate(texts):
        (folder / f"r{k}.txt").write_text(text, encoding="utf-8")
        rows.append(f"r{k},r{k}.txt,e,Outlet {k}\n")
    (folder / "documents.csv").write_text("".join(rows), encoding="utf-8")
    return wording.Page(open_corpus(folder))


def test_a_word_is_told_where_texts_differ_by_more_than_chance(tmp_path):
    filler = "The council met on Monday and talked about the harbour for a long time. "
    often = corpus(tmp_path, [filler + "The riot began. " * 9, filler + "The protest began. " * 9])
    assert any("The word that differs most" in str(told) for told in often.points())


def test_no_word_is_told_on_one_use_more(tmp_path):
    page = corpus(
        tmp_path,
        [
            "Olga Prior spoke in the harbour on Monday. Prior left early. The boats stayed away.",
            "Olga Prior spoke in the town on Monday. She left early. The boats came back at night.",
        ],
    )
    assert not any("The word that differs most" in str(told) for told in page.points())


def test_how_often_a_person_is_named_is_no_choice_of_words(tmp_path):
    filler = "The council met on Monday and talked about the harbour for a long time. "
    page = corpus(tmp_path, [filler + "Olga Prior spoke again. " * 9, filler + "The protest began. " * 9])
    assert "prior" in page.persons
    assert not any("“prior”" in str(told) for told in page.points())
