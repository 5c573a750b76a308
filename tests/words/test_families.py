"""Forms of one word are no choice of words, and signs are counted with the word they stand for."""

import numpy as np
import pandas as pd

from conftest import cut, make
from helpers import edition
from helpers.words import by_report, contrast, counts, families, house


def of_parse(tokens: pd.DataFrame, lemmas: dict[str, tuple[str, str]]) -> pd.DataFrame:
    """Return a parse with lemma and part of speech of some words; others are determiners."""
    told = [lemmas.get(norm, (norm, "DET")) for norm in tokens["norm"]]
    lemma, pos = zip(*told, strict=True)
    return tokens[["doc_id", "start_char", "end_char"]].assign(lemma=lemma, pos=pos)


ATTACK = {
    "attack": ("attack", "NOUN"),
    "attacks": ("attack", "NOUN"),
    "attacked": ("attack", "VERB"),
    "banks": ("bank", "PROPN"),
    "bank": ("bank", "NOUN"),
}


def test_forms_of_a_word_share_a_lemma_and_a_name_has_none():
    _, tokens = cut(make(("1", "e", "A", "They attacked. The attacks, an attack on a bank; Ms Banks said.")))
    found = families.word_families(tokens, of_parse(tokens, ATTACK))
    assert found == {"attack": "attack", "attacked": "attack", "attacks": "attack"}


def test_a_form_that_one_side_alone_has_is_no_choice_where_the_word_is_on_both():
    documents = make(
        ("1", "e", "A", "attacks so attacks so attacks and so on, envoy envoy envoy envoy envoy envoy"),
        ("2", "e", "B", "attack so attack so attack and so on, and then on and on it went then"),
    )
    _, tokens = cut(documents)
    own = families.word_families(tokens, of_parse(tokens, ATTACK))
    pooled = counts.pool_counts(counts.count_terms(tokens), documents)
    table = contrast.keyness(pooled)
    forms = families.different_forms(table, pooled, own)
    row = forms.iloc[0]
    assert (len(forms), row["lemma"], row["forms_target"], row["forms_reference"]) == (
        1,
        "attack",
        "attacks 3",
        "attack 3",
    )
    left = set(families.choices(table, forms, own)["term"])
    assert "envoy" in left
    assert not left & {"attack", "attacks"}
    assert {"attack", "attacks"} <= set(table["term"])


def test_no_form_is_flagged_where_its_forms_together_do_not_differ():
    rng = np.random.default_rng(3)
    filler = [" ".join(rng.choice(["war", "peace", "so", "on"], 60)) for _ in range(16)]
    words = ("attack attack", "attacks attacks")
    texts = [f"{text} {words[i % 2]} {('so ', 'envoy ')[i % 2] * 2}" for i, text in enumerate(filler)]
    documents = make(*((f"{i:02}", "e", "AB"[i % 2], text) for i, text in enumerate(texts)))
    _, tokens = cut(documents)
    own = counts.count_terms(tokens)
    key = contrast.keyness(counts.pool_counts(own, documents))
    alone = by_report.deal_reports(key, own, documents).set_index("term")["flagged"]
    both = by_report.deal_reports(key, own, documents, families={"attack": "attack", "attacks": "attack"})
    both = both.set_index("term")["flagged"]
    assert alone[["attack", "attacks", "envoy"]].all()
    assert both["envoy"]
    assert not both[["attack", "attacks"]].any()


def test_reports_counted_straight_from_texts_are_tested_alike():
    rng = np.random.default_rng(5)
    texts = [" ".join(rng.choice(["war", "peace", "so", "on"], 40)) + " envoy" * (i % 2) for i in range(10)]
    documents = make(*((f"{i:02}", "e", "AB"[i % 2], text) for i, text in enumerate(texts)))
    _, tokens = cut(documents)
    own = counts.count_terms(tokens)
    asked = by_report.deal_reports(contrast.keyness(counts.pool_counts(own, documents)), own, documents)
    straight = by_report.keyness_of_texts(documents[["doc_id", "text"]][::-1], documents)
    pd.testing.assert_frame_equal(straight, asked)
    none = by_report.keyness_of_texts(documents[["doc_id", "text"]].head(0), documents)
    assert none.empty


def test_a_percent_sign_is_counted_with_the_word_and_neither_is_tested(tmp_path):
    for i in range(8):
        text = "Prices rose 5% and then 6% on the day." if i % 2 else "Prices rose 5 percent on the day."
        (tmp_path / f"{i}.txt").write_text(text * 3, encoding="utf-8")
    rows = "\n".join(f"{i},e,{'AB'[i % 2]},{i}.txt,en" for i in range(8))
    (tmp_path / "documents.csv").write_text(f"doc_id,event_id,outlet,file,language\n{rows}\n", "utf-8")
    read = edition.open_corpus(tmp_path)
    key = read.keyness("A", "B")
    assert not key.set_index("term").loc["percent", "flagged"]
    row = house.house_style(key, house.count_signs(read.body, read.compared)).set_index("forms")
    assert row.loc["%, percent", ["n_target", "n_reference"]].tolist() == [12, 24]
