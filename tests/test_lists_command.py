"""`make lists`: the draft as lists to decide on, kept when it is run again."""

import pandas as pd
import pytest

from helpers import lists
from helpers.edition import open_corpus
from helpers.text import CorpusError

TEXT = "Mayor Ann Poe of Norvale spoke. “We will wait,” Poe said. Tom Arden of the Elby Bank left.\n"
MORE = "Ann Poe and Ida Vale met the Elby Bank in Norvale. Vale was calm, Poe said.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def read(folder, name):
    return pd.read_csv(folder / "lexicons" / f"{name}.csv", dtype=str, keep_default_na=False)


def decide(folder, name, row, **cells):
    table = read(folder, name)
    for column, value in cells.items():
        table.loc[row(table), column] = value
    table.to_csv(folder / "lexicons" / f"{name}.csv", index=False)


def test_a_draft_is_written_in_the_form_of_the_lists_and_read_as_such(folder, capsys):
    before = set(open_corpus(folder).lists.entities["canonical"])
    assert lists.main([str(folder)]) == 0
    assert "added as drafts" in capsys.readouterr().out
    entities = read(folder, "entities")
    assert set(entities["canonical"]) == before
    assert set(entities["status"]) == {"draft"}
    poe = read(folder, "aliases").set_index("alias").loc["Poe"]
    assert (poe["entity_id"], poe["uses"], poe["reports"], poe["first_in"]) == ("ann-poe", "1", "1", "one")
    assert "Poe" in poe["context"]
    after = open_corpus(folder)
    assert after.drafted
    assert set(after.lists.entities["canonical"]) == before


def test_decisions_stay_and_what_is_rejected_never_comes_back(folder):
    lists.write_lists(folder)
    decide(folder, "entities", lambda t: t["canonical"] == "Norvale", status="rejected")
    decide(folder, "entities", lambda t: t["canonical"] == "Ann Poe", status="accepted", wikidata="Q1")
    (folder / "two.txt").write_text(MORE, encoding="utf-8")
    added = lists.write_lists(folder)
    assert added[0] >= 1
    entities = read(folder, "entities").set_index("canonical")
    assert entities.loc["Norvale", "status"] == "rejected"
    assert entities.loc["Ann Poe", "wikidata"] == "Q1"
    assert entities.loc["Ida Vale", "status"] == "draft"
    assert not entities.index.duplicated().any()
    named = open_corpus(folder).mentions
    assert "Norvale" not in set(named["surface"])
    assert "Poe" in set(named["surface"])
    assert lists.write_lists(folder) == (0, 0)


def test_a_merge_is_one_cell_and_the_other_forms_follow(folder):
    lists.write_lists(folder)
    decide(folder, "aliases", lambda t: t["alias"] == "Ann Poe", entity_id="tom-arden")
    again = open_corpus(folder)
    for form in ("Tom Arden", "Ann Poe", "Poe"):
        named = again.mentions["surface"] == form
        assert set(again.mentions.loc[named, "entity_id"]) == {"tom-arden"}
    assert "Ann Poe" not in set(again.lists.entities["canonical"])
    assert lists.write_lists(folder) == (0, 0)


def test_a_form_of_an_entity_that_a_person_accepted_is_no_merge(folder):
    lists.write_lists(folder)
    decide(folder, "entities", lambda t: t["canonical"] == "Tom Arden", status="accepted")
    decide(folder, "aliases", lambda t: t["alias"] == "Tom Arden", entity_id="ann-poe")
    with pytest.raises(CorpusError, match="also names tom-arden"):
        open_corpus(folder)


def test_all_decided_is_no_draft_any_more(folder):
    lists.write_lists(folder)
    for name in ("entities", "aliases"):
        decide(folder, name, lambda t: t["status"] == "draft", status="accepted")
    assert not open_corpus(folder).drafted


def test_a_status_that_is_none_is_told(folder, capsys):
    lists.write_lists(folder)
    decide(folder, "entities", lambda t: t["canonical"] == "Ann Poe", status="maybe")
    with pytest.raises(CorpusError, match="column status: 'maybe': write draft, accepted or rejected"):
        open_corpus(folder)
    assert lists.main([str(folder)]) == 2
    assert lists.main([]) == 2
    assert "Name a corpus" in capsys.readouterr().err


def test_candidates_are_written_as_drafts_and_counted_once_accepted(folder):
    (folder / "two.txt").write_text(MORE + "Ann Poe wildly shouted. Ann Poe left.\n", encoding="utf-8")
    lists.write_lists(folder)
    assert lists.write_terms(folder) > 0
    terms = read(folder, "framing_terms")
    assert set(terms["status"]) == {"draft"}
    assert open_corpus(folder).lists.terms.empty
    decide(folder, "framing_terms", lambda t: t["pattern"] == "wildly", status="accepted")
    decide(folder, "framing_terms", lambda t: t["pattern"] == "calm", status="rejected")
    assert open_corpus(folder).lists.terms["pattern"].tolist() == ["wildly"]
    assert lists.write_terms(folder) == 0
    again = read(folder, "framing_terms").set_index("pattern")
    assert again.loc["wildly", "status"] == "accepted"
