"""Evidence: every piece of it found where it is and only there, at its place in both reports."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import report_of
from helpers.derivation import pair
from helpers.derivation.dependence import Dependence
from helpers.derivation.releases import is_release
from helpers.names.tables import MentionsTable
from helpers.table import UNKNOWN, conform, empty


def mentions_of(documents, *names):
    """Return a mention of entity-1 wherever one of the names stands."""
    rows = [
        (doc_id, place, place + len(name), name, "entity-1", "PERSON", "name")
        for doc_id, text in zip(documents["doc_id"], documents["text"], strict=True)
        for name in names
        for place in [i for i in range(len(text)) if text.startswith(name, i)]
    ]
    columns = ["doc_id", "start_char", "end_char", "surface", "entity_id", "entity_type", "kind"]
    frame = pd.DataFrame(rows, columns=columns).assign(honorific="", source="authority")
    known = [name for name in empty(MentionsTable).columns if name not in frame.columns]
    return conform(frame.assign(**dict.fromkeys(known, "")), MentionsTable)


def evidence_of(*texts, names=(), **options):
    documents, sentences, tokens, spoken = report_of(*texts, **options)
    found = mentions_of(documents, *names) if names else empty(MentionsTable)
    own = Dependence(documents, sentences, tokens, spoken, found)
    return own.evidence(own.measures)


def kinds(evidence, supports):
    return evidence.loc[evidence["supports"] == supports, "kind"].tolist()


def test_other_spelling_needs_each_report_to_prefer_its_own():
    texts = ("Haniyeh came. Haniyeh left. Haniya slept.", "Haniya came. Haniya left.")
    evidence = evidence_of(*texts, names=("Haniyeh", "Haniya"))
    row = evidence[evidence["kind"] == "other spelling"].iloc[0]
    assert (row["text_a"], row["text_b"]) == ("Haniyeh", "Haniya")
    assert "other spelling" not in kinds(
        evidence_of(texts[0], texts[0], names=("Haniyeh", "Haniya")), "separate rendering"
    )


def test_two_names_under_one_article_are_no_spellings():
    evidence = evidence_of("Al-Quds rose.", "Al-Aqsa rose.", names=("Al-Quds", "Al-Aqsa"))
    assert kinds(evidence, "separate rendering") == []


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ("the verse that says: “How many a small party has overcome a larger party!”", True),
        ("the noble verse: 'How often has a small group overcome a mighty host'", False),
    ],
)
def test_versions_of_a_verse(other, found):
    one = "He cited the noble verse: 'How often has a small group overcome a mighty host'."
    evidence = evidence_of(one, f"He cited {other}.")
    assert ("other version" in kinds(evidence, "separate rendering")) is found


def test_one_quotation_in_other_words():
    one = "He said: “The war on the city is global, and the administration aids and abets the crimes.”"
    other = "He said: “The war on the city is a world war, and the government abets the crimes there.”"
    row = evidence_of(one, other).query("kind == 'other words in quotation'").iloc[0]
    assert row["text_a"].startswith("“The war") and row["text_b"].endswith("there.”")
    assert "other words in quotation" not in kinds(evidence_of(one, one), "separate rendering")


def test_a_slip_both_make_and_nobody_else():
    slip = "Haniyeh came. Haniyeh spoke. Hanieyh left."
    evidence = evidence_of(slip, slip, "Haniyeh came.", names=("Haniyeh", "Hanieyh"))
    shared = evidence[evidence["kind"] == "shared rare error"]
    assert shared[["doc_id_a", "doc_id_b", "text_a"]].values.tolist() == [["0", "1", "Hanieyh"]]


def test_a_word_set_twice_by_both():
    evidence = evidence_of("They saw the the ship.", "Men saw the the boat.", "We saw the boat.")
    assert evidence.loc[evidence["kind"] == "shared rare error", "text_b"].tolist() == ["the the"]


def test_a_spelling_taken_over_within_shared_words_is_an_inherited_error():
    shared = "Haniya told the crowd that the war would end before the winter"
    evidence = evidence_of(
        f"{shared}. Haniya left.", f"Haniyeh came. Haniyeh spoke. {shared}.", names=("Haniyeh", "Haniya")
    )
    assert kinds(evidence, "a to b") == ["inherited error"]
    assert "seam" in kinds(evidence, "dependence")


def test_a_pronoun_without_a_name_before_it():
    tail = "told the reporters that the talks would go on for weeks"
    evidence = evidence_of(f"Darwish {tail}.", f"The hall was full.\n\nHe {tail}.", names=("Darwish",))
    assert kinds(evidence, "a to b") == ["dangling reference"]
    named = evidence_of(f"Darwish {tail}.", f"Darwish came.\n\nHe {tail}.", names=("Darwish",))
    assert kinds(named, "a to b") == []


def test_credit_lines():
    texts = (
        "Ships left the port on Monday.",
        "Ships left, according to Harbour Post. Reuters reported more.",
    )
    evidence = evidence_of(*texts, outlets=["Harbour Post", "Daily Sail"])
    assert kinds(evidence, "a to b") == ["credit line"]
    assert (kinds(evidence, "dependence"), kinds(evidence, "nothing")) == ([], ["agency"])
    assert evidence.loc[evidence["kind"] == "agency", "note"].tolist() == ["Reuters"]
    assert evidence.loc[evidence["supports"] == "a to b", "text_b"].tolist() == ["Harbour Post"]
    assert kinds(evidence_of(*texts, outlets=["Harbour Post", "Harbour Post"]), "a to b") == []


@pytest.mark.parametrize(
    "sentence",
    [
        'Doe told "Evening Desk" on Harbour Post. The news writes more.',
        "Doe said so in an interview on the Harbour Post, it writes.",
        "Ships left, according to the Northern Harbour Post.",
        "Ships left, according to Harbour Post TV.",
        "Doe told the Harbour Post podcast that ships left.",
        "A van of the Harbour Post stood at the quay.",
        "Harbour Post declined to comment.",
    ],
)
def test_a_programme_or_a_longer_name_is_no_credit_line(sentence):
    evidence = evidence_of("Ships left the port.", sentence, outlets=["Harbour Post", "Daily Sail"])
    assert kinds(evidence, "a to b") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "As first reported by the Harbour Post, ships left.",
        "The cracks were disclosed by the Harbour Post.",
        "The board knew, per the Harbour Post.",
        "The Harbour Post first revealed the report on Monday.",
        "Doe told the Harbour Post that ships left.",
        "The report was obtained by the Harbour Post.",
        "Ships left. (Harbour Post)",
        "This story originally appeared in the Harbour Post.",
    ],
)
def test_an_outlet_is_credited_in_many_words(sentence):
    evidence = evidence_of("Ships left the port.", sentence, outlets=["Harbour Post", "Daily Sail"])
    assert kinds(evidence, "a to b") == ["credit line"]


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("WASHINGTON (AP) — Ships left the port.", "Associated Press"),
        ("NEW DELHI (PTI) - Ships left the port.", "Press Trust of India"),
        ("Ships left.\n\nUPI contributed to this report.", "United Press International"),
        ("Ships left, ANI reported.", "Asian News International"),
        ("Ships left (again) - and came back.", None),
        ("An AP reporter was hurt.", None),
        ("Ships left, according to Reuters.\n\nReuters contributed to this report.", "Reuters"),
    ],
)
def test_agencies_are_known_by_their_credit_lines(sentence, agency):
    evidence = evidence_of(sentence, "Boats came.")
    assert evidence.loc[evidence["kind"] == "agency", "note"].tolist() == ([agency] if agency else [])


def test_a_translation_that_is_named_and_one_address():
    evidence = evidence_of("Translated from Persian by our staff.", "Boats came.")
    assert evidence.loc[evidence["kind"] == "translation named", "text_a"].tolist() == ["Translated from"]
    documents, *tables = report_of("Ships left.", "Boats came.", published=["2024-01-01", "2024-02-01"])
    documents = documents.assign(url=["https://x.example/a", "https://www.x.example/a.html"])
    found = Dependence(documents, *tables, empty(MentionsTable)).traces
    assert found.loc[found["kind"] == "one address", "supports"].tolist() == ["a to b"]


def test_a_shorter_quotation_of_the_same_words_is_not_in_other_words():
    long = "The war on the city is global, and the government aids and abets the crimes done there"
    evidence = evidence_of(f"He said: “{long}.”", f"He said: “{long[:55]}.” Nobody spoke.")
    assert "other words in quotation" not in set(evidence["kind"])


@pytest.mark.parametrize(
    ("times", "way"),
    [
        (("2024-03-26T10:00Z", "2024-03-26T12:00Z"), ["a to b"]),
        (("2024-03-26T12:00+02:00", "2024-03-26T09:00Z"), ["b to a"]),
        (("2024-03-26", "2024-03-26T12:00Z"), []),
        (("2024-03-26", "2024-03-27"), []),  # without zones the days may overlap, and are told apart
        (("2024-03-26", "2024-03-29"), ["a to b"]),
        (("2024-03", "2024-03-26T12:00Z"), []),
        (("2024", "2026-01-01"), ["a to b"]),
        (("2024", "2024-11-30T10:00Z"), []),
        ((UNKNOWN, "2024-03-26"), []),
    ],
)
def test_times_order_reports_only_where_they_cannot_overlap(times, way):
    evidence = evidence_of("Ships left.", "Boats came.", published=list(times))
    assert evidence.loc[evidence["kind"] == "earlier time", "supports"].tolist() == way


def test_pairs_of_two_events_have_only_measures():
    evidence = evidence_of("Haniyeh came.", "Haniya came.", names=("Haniyeh", "Haniya"), events=["e", "f"])
    assert set(evidence["supports"]) == {"shared wording"}


def test_a_formula_is_listed_and_weighs_nothing():
    line = "the Head of the Harbour Office"
    evidence = evidence_of(f"{line} came.", f"{line} left.", f"{line} ate.", events=["e", "e", "f"])
    assert evidence.loc[evidence["kind"] == "formula", "text_a"].tolist() == [line]


WORDS = st.lists(
    st.sampled_from(
        ["Haniyeh", "Haniya", "said", "“the", "war”", "is", "over.", "He", "\n\n", "٣", "verse:"]
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=5, deadline=None)
@given(WORDS, WORDS)
def test_offsets_give_the_words_back(one, other):
    evidence = evidence_of(one, other, names=("Haniyeh", "Haniya"))
    for row in evidence.to_dict("records"):
        assert one[row["start_char_a"] : row["end_char_a"]] == row["text_a"]
        assert other[row["start_char_b"] : row["end_char_b"]] == row["text_b"]


def test_exchanging_two_reports_exchanges_the_direction():
    shared = "told the crowd that the war would end before the winter came to the city"
    one, other = f"Haniya {shared}. Haniya left.", f"Haniyeh came. Haniyeh spoke. Haniya {shared}."
    times = ["2024-03-26", "2024-04-26"]
    turn = {"a to b": "b to a", "b to a": "a to b"}
    ahead = evidence_of(one, other, names=("Haniyeh", "Haniya"), published=times)
    back = evidence_of(other, one, names=("Haniyeh", "Haniya"), published=times[::-1])
    count = [
        sorted(zip(table["kind"], table["supports"].map(lambda way: turn.get(way, way)), strict=True))
        for table in (ahead, back.assign(supports=back["supports"].replace(turn)))
    ]
    assert count[0] == count[1]
    assert {"earlier time", "inherited error"} <= set(ahead["kind"])


def gathered():
    """Return some invented reports with what they share."""
    shared = "Haniya told the crowd that the war would end before the winter"
    slip = "Haniyeh came. Haniyeh spoke. They saw the the ship."
    quoted = "He said: “The war on the city is global, and the administration aids and abets the crimes.”"
    other = "He said: “The war on the city is a world war, and the government abets the crimes there.”"
    texts = [
        f"{slip} {shared}.",
        f"{shared}. Haniya left. {quoted}",
        f"{slip} {other}",
        f"He left. {shared}.",
    ]
    documents, sentences, tokens, spoken = report_of(
        *texts, *texts[:2], events=["e", "e", "e", "e", "f", UNKNOWN], outlets=list("abcdef")
    )
    found = mentions_of(documents, "Haniyeh", "Haniya")
    return Dependence(documents, sentences, tokens, spoken, found)


def test_traces_are_the_evidence_but_for_the_wording_itself():
    own = gathered()
    evidence = own.evidence(own.measures)
    apart = evidence[~evidence["supports"].isin(["shared wording", "nothing"])]
    assert {"seam", "inherited error", "other words in quotation", "formula"} <= set(evidence["kind"])
    pd.testing.assert_frame_equal(own.traces, apart.reset_index(drop=True))


def test_some_pairs_have_the_evidence_they_have_among_all():
    own = gathered()
    evidence = own.evidence(own.measures)
    some = own.measures.iloc[[0, 4, 7, 14]]
    names = set(zip(some["doc_id_a"], some["doc_id_b"], strict=True))
    kept = [pair in names for pair in zip(evidence["doc_id_a"], evidence["doc_id_b"], strict=True)]
    pd.testing.assert_frame_equal(own.evidence(some), evidence[kept].reset_index(drop=True))


def test_the_runs_of_a_pair_are_looked_for_once(monkeypatch):
    looked = []
    found = pair.shared_tiles
    monkeypatch.setattr(pair, "shared_tiles", lambda *words: looked.append(words) or found(*words))
    own = gathered()
    assert {"formula", "longest run", "inherited error"} <= set(own.evidence(own.measures)["kind"])
    assert len(looked) == len(own.measures) == 15


def test_a_pair_turned_is_the_pair_of_the_other_way():
    compared = gathered().compared
    for one, other in combinations(sorted(compared.words), 2):
        turned, back = compared.pair(one, other).turned(), compared.pair(other, one)
        assert turned.tiles == back.tiles
        assert (turned.containment, turned.windows) == (back.containment, back.windows)


def test_a_slip_that_a_third_report_makes_is_not_rare():
    slip = "Haniyeh came. Haniyeh spoke. Hanieyh left."
    names = ("Haniyeh", "Hanieyh")
    assert "shared rare error" not in set(evidence_of(slip, slip, slip, names=names)["kind"])
    assert "shared rare error" in set(evidence_of(slip, slip, names=names)["kind"])


def test_words_of_no_event_are_no_formula():
    line = "the Head of the Harbour Office"
    evidence = evidence_of(f"{line} came.", f"{line} left.", f"{line} ate.", events=["e", "e", UNKNOWN])
    assert "formula" not in set(evidence["kind"])
    unknown = evidence_of(f"{line} came.", f"{line} left.", f"{line} ate.", events=[UNKNOWN, UNKNOWN, "f"])
    assert unknown.loc[unknown["kind"] == "formula", "doc_id_b"].tolist() == ["1"]


TOLD = "The ferry to the northern island will no longer run after the last day of the coming month."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"In a statement the council gave its reasons. {TOLD}", True),
        (f"{TOLD} That is in a press release.", True),
        (f"In a statement the council gave its reasons. It rained. It snowed. It thawed. {TOLD}", False),
        (f"His financial statement was late. {TOLD}", False),
        ("In a statement the council gave its reasons. The ferry to the northern island is old.", False),
        (f"In a statement the council said that “all is over now”. {TOLD}", False),
        (
            f"In a statement the council said: “{TOLD}”",
            True,
        ),  # what only one side quotes is told by the other
    ],
)
def test_a_statement_counts_at_words_that_both_have(text, found):
    evidence = evidence_of(text, f"Nobody was asked. {TOLD}")
    assert ("press release" in set(evidence["kind"])) is found


def test_words_that_both_quote_are_no_passage_of_a_statement():
    quoted = f"In a statement the council said: “{TOLD}”"
    evidence = evidence_of(quoted, f"It was told: “{TOLD}”")
    assert evidence.loc[evidence["kind"] == "press release", "supports"].tolist() == ["nothing"]


@pytest.mark.parametrize(
    ("outlet", "why", "opening", "release"),
    [
        ("Ministry of Ports", "", "", True),
        ("Port of Elby press office", "", "", True),
        ("Police Gazette", "", "", False),
        ("University Times", "", "", False),
        ("Elby Courier", "press release on its site", "", True),
        ("Elby Courier", "byline", "FOR IMMEDIATE RELEASE", True),
        ("Elby Courier", "byline", "The press release is late.", False),
    ],
)
def test_what_is_a_press_release_itself(outlet, why, opening, release):
    assert bool(is_release(outlet, why, opening)) is release
