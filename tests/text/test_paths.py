"""Folders given as words: from here or from the project, a corpus or its lexicons; told where none is."""

import pytest

from helpers import edition, listed
from helpers.derivation import calibration
from helpers.framing import lists as framing
from helpers.names import lists as names
from helpers.text import corpus
from helpers.voices import lists as voices
from helpers.words import planned

EIGHT = "tests/texts/eight-reports"
LOADERS = [
    names.load_entities,
    names.load_aliases,
    names.load_spellings,
    framing.load_framing_terms,
    voices.load_speech_verbs,
    voices.load_voice_overrides,
    planned.load_planned_terms,
]


def test_reports_are_loaded_from_a_folder_given_as_a_word(monkeypatch):
    whole = corpus.load_documents(EIGHT)
    assert len(whole) == 8
    monkeypatch.chdir(corpus.ROOT / "notebooks")
    assert corpus.load_documents(EIGHT).equals(whole)
    assert corpus.checksum(EIGHT) == corpus.checksum(corpus.ROOT / EIGHT)
    assert repr(edition.open_corpus(EIGHT, "")).startswith("Edition of eight-reports: 8 reports")


@pytest.mark.parametrize("load", LOADERS, ids=lambda load: load.__name__)
def test_lists_are_loaded_from_a_corpus_or_its_lexicons(load, tmp_path):
    assert load(EIGHT).equals(load(corpus.ROOT / EIGHT / "lexicons"))
    # A list that a corpus does not have is empty; the verbs of speech are then those for every corpus.
    assert len(load(str(tmp_path))) == (len(voices.load_speech_verbs()) if "verbs" in load.__name__ else 0)
    with pytest.raises(corpus.CorpusError, match="no such folder"):
        load(str(tmp_path / "nowhere"))


def test_all_lists_at_once_and_the_references_take_words_too():
    assert len(listed.read_lists(EIGHT).entities)
    assert calibration.load_reference("data/reference").equals(calibration.load_reference())


def test_the_chosen_corpus_is_found_from_the_project_and_from_a_kernels_folder(monkeypatch):
    for start in (corpus.ROOT, corpus.ROOT / "notebooks"):
        monkeypatch.chdir(start)
        monkeypatch.setenv("CORPUS", EIGHT)
        whole = corpus.load_documents()
        assert len(whole) == 8
        monkeypatch.setenv("CORPUS", f" {corpus.ROOT / EIGHT} ")
        assert corpus.load_documents().equals(whole)
    monkeypatch.setenv("CORPUS", f"../{EIGHT}")
    assert corpus.load_documents().equals(whole)
    monkeypatch.setenv("HOME", str(corpus.ROOT))
    monkeypatch.setenv("CORPUS", f"~/{EIGHT}")
    assert corpus.load_documents().equals(whole)
