"""Framing terms: what is found, for whom, in whose voice."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import edition
from helpers import table as schema
from helpers.framing import changed as framing_changed
from helpers.framing import comparisons, lists, uses
from helpers.framing import tables as framing_tables
from helpers.names import tables as names_tables
from helpers.pages import framing_said as framing
from helpers.pages.shelf import Shelf
from helpers.text import segmentation, tables
from helpers.text.corpus import CorpusError
from helpers.voices import tables as voices_tables
from helpers.words import tables as words_tables


def documents(*texts: str, event_id: str = "e1") -> pd.DataFrame:
    rows = [(f"d{i}", text, event_id, *["unknown"] * 4, "unknown", "") for i, text in enumerate(texts)]
    return schema.from_rows(list(rows), tables.DocumentsTable)


def terms(*rows: tuple[str, ...]) -> pd.DataFrame:
    """Rows of pattern, match, target, decided_by, scope."""
    full = [
        (
            row[0].casefold(),
            row[0],
            row[1],
            "exact" if row[0][0].isupper() else "fold",
            "label",
            *row[2:],
            "",
            "",
            "",
        )
        for row in rows
    ]
    return schema.from_rows(list(full), framing_tables.FramingTermsTable)


def mentions(text: str, *pairs: tuple[str, str]) -> pd.DataFrame:
    rows = [
        ("d0", text.index(name), text.index(name) + len(name), name, entity, "GPE", "name", "", "authority")
        for name, entity in pairs
    ]
    return schema.from_rows(list(rows), names_tables.MentionsTable)


def find(text: str, rows: pd.DataFrame, *pairs: tuple[str, str], event_id: str = "e1") -> pd.DataFrame:
    table = documents(text, event_id=event_id)
    return uses.find_framing_terms(
        table, rows, schema.empty(voices_tables.VoicesTable), mentions(text, *pairs)
    )


PLOY = (("ploy", "word", "north", "mention", ""), ("ploy", "word", "south", "mention", ""))


def test_a_term_with_one_target_takes_it_from_the_list() -> None:
    hits = find("The brutes came.", terms(("brute*", "word", "north", "list", "")))
    assert hits[["surface", "target", "rule"]].values.tolist() == [["brutes", "north", "list"]]


@pytest.mark.parametrize(
    ("text", "pairs", "expected"),
    [
        ("It was a ploy.", [], ("unresolved", "unresolved")),
        ("Norland said it was a ploy.", [("Norland", "north")], ("north", "sentence")),
        (
            "Norland said Sudia lied in a ploy.",
            [("Norland", "north"), ("Sudia", "south")],
            ("unresolved",) * 2,
        ),
        ("Norland hated Sudia’s ploy.", [("Norland", "north"), ("Sudia", "south")], ("south", "attached")),
        (
            "Norland saw the ploy of the Sudia.",
            [("Norland", "north"), ("Sudia", "south")],
            ("south", "attached"),
        ),
        ("Norland spoke. It was a ploy.", [("Norland", "north")], ("unresolved", "unresolved")),
        ("Norland’s ploy of Sudia.", [("Norland", "north"), ("Sudia", "south")], ("unresolved",) * 2),
    ],
)
def test_a_term_with_two_targets_needs_a_mention(
    text: str, pairs: list[tuple[str, str]], expected: tuple[str, str]
) -> None:
    hit = find(text, terms(*PLOY), *pairs).iloc[0]
    assert (hit["target"], hit["rule"]) == expected


@pytest.mark.parametrize(("event", "expected"), [("e1", "north"), ("e2", "south"), ("e3", "unresolved")])
def test_a_scope_decides_and_elsewhere_nothing_is_guessed(event: str, expected: str) -> None:
    rows = terms(("foe", "word", "north", "list", "e1"), ("foe", "word", "south", "list", "e2"))
    assert find("The foe fled.", rows, event_id=event)["target"].tolist() == [expected]


def test_the_longest_term_wins_and_a_whole_word_is_asked_for() -> None:
    rows = terms(("foul crime", "phrase", "north", "list", ""), ("crime", "word", "north", "list", ""))
    assert find("A foul crime in Crimea, a crime.", rows)["surface"].tolist() == ["foul crime", "crime"]


def test_capitals_matter_where_the_row_says_so() -> None:
    rows = terms(("Front(?: line)?", "regex", "north", "list", ""))
    assert find("The Front line, the front, the Front.", rows)["surface"].tolist() == ["Front line", "Front"]


def test_no_reports_and_no_terms_give_the_empty_table() -> None:
    none = schema.empty(voices_tables.VoicesTable), schema.empty(names_tables.MentionsTable)
    assert uses.find_framing_terms(documents(), terms(*PLOY), *none).empty
    assert uses.find_framing_terms(documents("A word."), terms(), *none).empty


@pytest.mark.parametrize(
    ("pattern", "mend"),
    [("a)|(?:b", "not a regular"), ("(", "not a regular"), ("a(?=b)", "looks ahead"), ("*", "no word")],
)
def test_a_regular_expression_that_cannot_be_used_is_named(pattern: str, mend: str, tmp_path: Path) -> None:
    frame = terms(("ok", "word", "north", "list", ""), (pattern, "regex", "north", "list", ""))
    frame.to_csv(f"{tmp_path}/framing_terms.csv", index=False)
    with pytest.raises(CorpusError, match=f"row 3, column pattern.*{mend}"):
        lists.load_framing_terms(tmp_path)


def hits(*rows: tuple[str, int, str, str, str, str]) -> pd.DataFrame:
    """Rows of doc_id, start_char, surface, target, voice, speaker."""
    full = [
        (doc, at, at + len(word), word, word.casefold(), "label", target, "list", "body", voice, speaker)
        for doc, at, word, target, voice, speaker in rows
    ]
    return schema.from_rows(list(full), framing_tables.FramingHitsTable)


USES = hits(
    *(("d0", at, "brutes", "north", "direct", "ann") for at in range(0, 60, 10)),
    *(("d0", at, "brutes", "north", "narration", "") for at in range(100, 120, 10)),
    ("d1", 0, "Rebels", "north", "indirect", "ann"),
    ("d1", 50, "rebels", "north", "speech_act", "bob"),
    ("d1", 90, "rebels", "south", "narration", ""),
)


def tokens(**sizes: int) -> pd.DataFrame:
    return pd.DataFrame({"doc_id": [doc for doc, n in sizes.items() for _ in range(n)]})


def test_own_voice_has_an_exact_interval_and_says_where_there_are_too_few() -> None:
    table = comparisons.own_voice(USES).set_index(["target", "doc_id"])
    row = table.loc["north", "d0"]
    assert row[["quoted", "reworded", "own", "n"]].tolist() == [6, 0, 2, 8]
    # Clopper and Pearson's interval of 2 in 8, as tabled in textbooks: .032 to .651
    assert (round(row["low"], 3), round(row["high"], 3)) == (0.032, 0.651)
    few = table.loc["north", "d1"]
    assert (few["reworded"], few["outcome"]) == (2, "too few to compare")
    assert pd.isna(few["share_own"])


def test_boilerplate_is_not_the_reports_own_voice() -> None:
    aside = USES.assign(zone="boilerplate")
    assert uses.count_by_voice(aside, by=["doc_id"])["boilerplate"].tolist() == [2, 1]
    assert comparisons.own_voice(aside)["own"].sum() == 0


def test_a_label_is_one_whatever_its_capitals() -> None:
    assert uses.with_label(USES)["label"].unique().tolist() == ["brutes", "rebels"]


def test_reports_are_told_apart_only_by_more_than_chance_would_give() -> None:
    table = documents("x", "y")
    clear = comparisons.compare_reports(USES, tokens(d0=100, d1=900), table).set_index("target")
    assert clear.loc["north", "outcome"] == "most in d0"
    assert clear.loc["north", "rate_most"] == 80
    assert clear.loc["south", "outcome"] == "too few to compare"
    even = comparisons.compare_reports(USES, tokens(d0=500, d1=500), table).set_index("target")
    assert even.loc["north", "outcome"] == "not told apart"
    alone = comparisons.compare_reports(USES[USES["doc_id"] == "d0"], tokens(d0=9), table.head(1))
    assert alone["outcome"].tolist() == ["one report"]


def test_leaving_a_term_out_changes_what_hangs_on_it() -> None:
    left = comparisons.leave_one_out(USES, tokens(d0=100, d1=900), documents("x", "y"))
    north = left[left["target"] == "north"].set_index("term_id")
    assert north.loc["brutes", ["n", "without", "changed"]].tolist() == [8, "too few to compare", True]
    assert not north.loc["rebels", "changed"]


def test_the_share_without_a_term() -> None:
    more = hits(*((("d0"), at, "thugs", "north", "narration", "") for at in range(200, 220, 10)))
    row = comparisons.share_without(pd.concat([USES, more], ignore_index=True)).iloc[0]
    assert row[["n", "share_own", "lowest", "without_lowest"]].tolist() == [10, 0.4, 0.25, "thugs"]
    assert row[["highest", "without_highest"]].tolist() == [1.0, "brutes"]


def test_the_same_statement_with_its_term_changed() -> None:
    texts = documents("The brutes fled. All is well.", "The rebels fled. All is well.")
    sentences = segmentation.split_sentences(texts)
    rows = terms(("brutes", "word", "north", "list", ""), ("rebels", "word", "north", "list", ""))
    none = schema.empty(voices_tables.VoicesTable), schema.empty(names_tables.MentionsTable)
    found = uses.find_framing_terms(texts, rows, *none)
    pairs = schema.from_rows(
        [("e1", "d0", 0, "d1", 0, 0.5), ("e1", "d0", 1, "d1", 1, 1.0)], words_tables.AlignmentsTable
    )
    changed = framing_changed.changed_terms(found, pairs, sentences)
    assert changed[["words_a", "words_b", "sentence_b"]].values.tolist() == [
        ["brutes", "rebels", "The rebels fled."]
    ]
    same = framing_changed.changed_terms(found.assign(surface="they"), pairs, sentences)
    assert same.empty


def test_plain_names_stand_beside_labels_but_not_inside_them() -> None:
    text = "The Norland brutes met Norland."
    rows = terms(("Norland brutes", "phrase", "north", "list", ""))
    found = find(text, rows)
    inside = mentions(text, ("Norland", "north"))
    outside = inside.assign(start_char=23, end_char=30)
    both = uses.labels_and_names(
        found,
        pd.concat([inside, outside]),
        schema.empty(voices_tables.VoicesTable),
        sentences=segmentation.split_sentences(documents(text)),
    )
    assert both[["label", "family"]].values.tolist() == [["Norland brutes", "label"], ["Norland", "name"]]
    assert uses.label_words(both)["word"].tolist() == ["norland", "brutes"]


def test_a_term_inside_a_name_is_doubtful() -> None:
    text = "The Brutes FC won; the brutes fled."
    found = find(text, terms(("brutes", "word", "north", "list", "")))
    doubts = uses.doubtful_hits(found, mentions(text, ("Brutes FC", "club")))
    assert doubts[["surface", "reason"]].values.tolist() == [["Brutes", "inside a name"]]


# Eight texts a corpus: the tables are made once for all of them.
@settings(max_examples=20)
@given(st.lists(st.text(alphabet="brutes ’'.\n“”\u0301é", max_size=60), min_size=8, max_size=8))
def test_offsets_slice_back_to_the_surface(texts: list[str]) -> None:
    table = documents(*texts)
    none = schema.empty(voices_tables.VoicesTable), schema.empty(names_tables.MentionsTable)
    found = uses.find_framing_terms(table, terms(("brute*", "word", "north", "list", "")), *none)
    columns = ("doc_id", "start_char", "end_char", "surface")
    for doc_id, start, end, surface in zip(*(found[name] for name in columns), strict=True):
        assert texts[int(doc_id[1:])][start:end] == surface
        assert surface.casefold().startswith("brute")


def test_the_interval_of_none_and_of_all_ends_at_the_end() -> None:
    none = hits(*(("d0", at, "brutes", "north", "direct", "ann") for at in range(0, 50, 10)))
    row = comparisons.own_voice(none).iloc[0]
    # 1 - (0.05 / 2) ** (1 / 5), the exact upper bound of none in five
    assert (row["low"], round(row["high"], 4)) == (0.0, 0.5218)
    row = comparisons.own_voice(none.assign(voice="narration")).iloc[0]
    assert (round(row["low"], 4), row["high"]) == (0.4782, 1.0)


def answer(found: pd.DataFrame) -> str:
    rows = terms(("brutes", "word", "north", "list", ""))
    own = comparisons.own_voice(found)
    return " ".join(framing.framing_answer(rows, found, uses.with_label(found), own))


def test_the_answer_names_the_commonest_label_of_each_report() -> None:
    text = answer(USES)
    assert "north has the most labels" in text
    assert "mostly “brutes” in d0 and “rebels” in d1" in text
    assert "2 of 8 in d0 and 0 of 2 in d1" in text


def test_many_reports_are_told_as_one_and_none_as_none() -> None:
    many = hits(*((f"d{i}", 0, "brutes", "north", "direct", "ann") for i in range(9)))
    assert "mostly “brutes” in all reports" in answer(many)
    assert answer(USES.head(0)) == "None of the 1 listed term is used in these reports."


def test_the_outcome_counts_every_comparison_once() -> None:
    table = documents("x", "y")
    compared = comparisons.compare_reports(USES, tokens(d0=100, d1=900), table)
    left_out = comparisons.leave_one_out(USES, tokens(d0=100, d1=900), table)
    text = " ".join(framing.framing_outcome(compared, left_out, Shelf(table, pd.DataFrame())))
    assert "2 targets can be looked at, event by event. For 1, one report uses clearly more" in text
    assert "Without one of the terms, 1 of these results would change: north (" in text


def test_names_are_held_to_the_terms_kept_beside_them_alone(tmp_path: Path) -> None:
    own = terms(("council", "word", "north", "list", ""), ("(", "regex", "north", "list", ""))
    (tmp_path / "lexicons").mkdir()
    own.head(1).to_csv(tmp_path / "lexicons" / "framing_terms.csv", index=False)
    assert edition.read_lists(tmp_path).entities.empty
    own.tail(1).to_csv(tmp_path / "lexicons" / "framing_terms.csv", index=False)
    with pytest.raises(CorpusError, match="not a regular expression"):
        edition.read_lists(tmp_path)
    own.head(0).to_csv(tmp_path / "lexicons" / "framing_terms.csv", index=False)
    (tmp_path / "lexicons" / "entities.csv").write_text(
        "entity_id,canonical,entity_type,wikidata\na,A,GPE,\n"
    )
    assert edition.read_lists(tmp_path).entities["canonical"].tolist() == ["A"]
