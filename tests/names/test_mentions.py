"""Mentions and variants: one trap a test, on tiny texts."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import named

from helpers import table as schema
from helpers.names import (
    lists,
)
from helpers.names import (
    mentions as names_mentions,
)
from helpers.names import (
    tables as names_tables,
)
from helpers.names import (
    unknown as names_unknown,
)
from helpers.names import (
    variants as names_variants,
)
from helpers.pages import names_said as pages_names
from helpers.pages import plots, tables
from helpers.pages.shelf import Shelf
from helpers.synopsis import DifferencesTable
from helpers.text import segmentation
from helpers.text import tables as text_tables
from helpers.text.corpus import ROOT

AUTHORITY = ROOT / "data" / "lexicons"
KNOWN, ALIASES = lists.load_entities(AUTHORITY), lists.load_aliases(AUTHORITY)
LIST = "Martyrs Ismail Haniyeh, Sayyed Hassan Nasrallah, John Doe, Yahya Sinwar, and Saleh al-Arouri"


def documents(*texts: str, event_id: str = "unknown", published: str = "unknown") -> pd.DataFrame:
    """Return a documents table of `texts`."""
    rows: list[tuple[object, ...]] = [
        (f"d{n}", text, event_id, "o", published, "unknown", "en", "unknown", "")
        for n, text in enumerate(texts)
    ]
    return schema.from_rows(rows, text_tables.DocumentsTable)


def found(text: str, **report: str) -> list[tuple[str, str]]:
    """Return surface and entity of the mentions in `text`."""
    mentions = names_mentions.find_mentions(documents(text, **report), KNOWN, ALIASES)
    return list(zip(mentions["surface"], mentions["entity_id"], strict=True))


def unknown(text: str) -> list[str]:
    """Return the unknown names of `text`, the authority being the project's."""
    reports = documents(text)
    sentences = segmentation.split_sentences(reports)
    mentions = names_mentions.find_mentions(reports, KNOWN, ALIASES)
    result = names_unknown.find_unknown_names(sentences, segmentation.tokenize(sentences), mentions)
    return result["surface"].tolist()


def test_a_pronoun_is_no_country() -> None:
    assert found("They told us; the US told us.") == [("US", "united-states")]


def test_a_line_in_capitals_does_not_make_a_pronoun_a_country() -> None:
    assert found("COME WITH US TO GAZA\nThe US came.") == [("GAZA", "gaza-strip"), ("US", "united-states")]


def test_the_west_is_not_in_the_west_bank() -> None:
    assert [entity for _, entity in found("The West Bank and the West.")] == ["west-bank", "western-world"]


def test_a_possessive_stays_outside() -> None:
    assert [surface for surface, _ in found("Gaza’s, Hamas' and Iran's")] == ["Gaza", "Hamas", "Iran"]


def test_a_no_break_space_and_a_glued_page_hide_no_name() -> None:
    assert [surface for surface, _ in found("Iran\u00a0PressIran news")] == ["Iran\u00a0Press", "Iran"]


@pytest.mark.parametrize("article", ["al-", "Al-", "AL-"])
def test_the_article_of_a_name_may_be_capitalised(article: str) -> None:
    assert found(f"Saleh {article}Arouri spoke.") == [(f"Saleh {article}Arouri", "saleh-al-arouri")]


@pytest.mark.parametrize(
    ("date", "entity_id"),
    [
        ("2024-03-26", "ismail-haniyeh"),
        ("2024-09", "yahya-sinwar"),
        ("2025-02-08", "hamas-political-bureau"),
        ("unknown", "hamas-political-bureau"),
        ("2024", "hamas-political-bureau"),
    ],
)
def test_a_role_is_held_by_another_at_another_time(date: str, entity_id: str) -> None:
    text = "the head of the Political Bureau of Hamas"
    assert found(text, published=date)[0][1] == entity_id
    assert found(text, event_id=f"visit-{date}")[0][1] == found(text, published=date)[0][1] or len(date) < 10


def test_forms_left_out_because_they_may_name_several_are_listed() -> None:
    reports = documents("head of the Political Bureau")
    contested = names_mentions.contested_aliases(reports, KNOWN, ALIASES)
    rivals = contested.loc[contested["alias"] == "head of the Political Bureau", "entity_id"]
    assert rivals.tolist() == ["ismail-haniyeh", "yahya-sinwar"]
    assert names_mentions.contested_aliases(documents("x", published="2024-03-26"), KNOWN, ALIASES).empty


def test_a_scope_binds_a_common_word() -> None:
    assert found("the enemy", event_id="meeting-2024-03-26") == [("enemy", "israel")]
    assert found("the enemy", event_id="meeting-2025-02-08") == []


def test_the_narrowest_scope_wins() -> None:
    known, aliases = named(("a", "Ann Lee", "Lee"), ("b", "Bo Lee", "Lee"))
    aliases = aliases.assign(scope=["", "d0"])
    mentions = names_mentions.find_mentions(documents("Lee", "Lee"), known, aliases)
    assert mentions["entity_id"].tolist() == ["b", "a"]


def test_a_title_in_the_plural_holds_for_every_name_of_the_list() -> None:
    text = f"{LIST} were named by Ayatollah Khamenei and Nasrallah."
    mentions = names_mentions.find_mentions(documents(text), KNOWN, ALIASES)
    assert mentions["honorific"].tolist() == [
        "Martyrs",
        "Martyrs Sayyed",
        "Martyrs",
        "Martyrs",
        "Ayatollah",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Martyrs Haniyeh and Sinwar, Khamenei said", ["Martyrs", "Martyrs", ""]),
        ("Of the Martyrs Haniyeh, Khamenei said", ["Martyrs", ""]),
        ("Martyr Haniyeh and Sinwar", ["Martyr", ""]),
        ("Martyrs Haniyeh & Sinwar. Nasrallah", ["Martyrs", "Martyrs", ""]),
        ("Martyrs Haniyeh,\nSinwar and Nasrallah", ["Martyrs", "", ""]),
    ],
)
def test_a_list_of_names_ends_with_its_last(text: str, titles: list[str]) -> None:
    assert names_mentions.find_mentions(documents(text), KNOWN, ALIASES)["honorific"].tolist() == titles


def test_a_form_of_address_before_a_name_is_a_title_and_alone_a_mention() -> None:
    text = "His Eminence Imam Sayyed Ali Khamenei came. His Eminence left."
    mentions = names_mentions.find_mentions(documents(text, event_id="meeting-2025-02-08"), KNOWN, ALIASES)
    assert mentions[["surface", "honorific"]].to_numpy().tolist() == [
        ["Ali Khamenei", "His Eminence Imam Sayyed"],
        ["His Eminence", ""],
    ]


def test_the_order_of_the_lists_changes_nothing() -> None:
    reports = documents(f"{LIST} of the Hamas' political bureau, in Gaza's West Bank.")
    mentions = names_mentions.find_mentions(reports, KNOWN, ALIASES)
    turned = names_mentions.find_mentions(reports, KNOWN[::-1], ALIASES[::-1])
    assert turned.equals(mentions)
    assert len(mentions) > 5


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.sampled_from(["Gaza", "West", " ", "Bank", "’s", "us", "US", "\n", "Imam", "Haniyeh", "é"]))
)
def test_mentions_slice_back_and_do_not_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    mentions = names_mentions.find_mentions(documents(text), KNOWN, ALIASES)
    spans = list(zip(mentions["start_char"], mentions["end_char"], mentions["surface"], strict=True))
    assert all(text[start:end] == surface for start, end, surface in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_a_hostile_name_is_inert() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    known, aliases = named(("a", hostile, ""))
    mentions = names_mentions.find_mentions(documents(f"Then {hostile} spoke."), known, aliases)
    assert mentions["surface"].tolist() == [hostile]
    html = tables.table(names_variants.naming_variants(mentions), caption=hostile).html
    assert "<img" not in html
    assert "&lt;img" in html


def test_variants_are_counted_per_report_with_single_blanks() -> None:
    mentions = names_mentions.find_mentions(
        documents("Iran\u00a0Press, Iran Press", "Iran Press"), KNOWN, ALIASES
    )
    variants = names_variants.naming_variants(mentions)
    assert variants[["surface", "doc_id", "n"]].to_numpy().tolist() == [
        ["Iran Press", "d0", 2],
        ["Iran Press", "d1", 1],
    ]


def test_forms_that_differ_in_capitals_or_apostrophes_are_one_variant() -> None:
    mentions = names_mentions.find_mentions(
        documents("The war on Gaza, the War on Gaza, the war on Gaza."), KNOWN, ALIASES
    )
    assert names_variants.naming_variants(mentions)[["surface", "n"]].to_numpy().tolist() == [
        ["war on Gaza", 3]
    ]


def test_the_most_varied_entities_come_with_their_commonest_name_first() -> None:
    text = "Israel, Zionist regime, Zionist regime, Haniyeh, Ismail Haniyeh, Zionist entity, Tehran, Iran"
    variants = names_variants.naming_variants(names_mentions.find_mentions(documents(text), KNOWN, ALIASES))
    assert names_variants.most_varied(variants)["surface"].tolist() == [
        "Zionist regime",
        "Israel",
        "Zionist entity",
        "Haniyeh",
        "Ismail Haniyeh",
    ]
    assert set(names_variants.most_varied(variants, n=1)["entity_id"]) == {"israel"}


def test_counts_are_spread_over_reports_while_they_are_few() -> None:
    counts = pd.DataFrame({"entity_id": ["a", "a", "b"], "doc_id": ["d0", "d1", "d1"], "n": [1, 2, 5]})
    wide = names_variants.across_reports(counts, documents("x", "y", "z"), by=["entity_id"])
    assert list(wide.columns) == ["entity_id", "uses", "reports", "in d0", "in d1", "in d2"]
    assert wide.to_numpy().tolist() == [["b", 5, 1, 0, 5, 0], ["a", 3, 2, 1, 2, 0]]
    assert "in d0" not in names_variants.across_reports(
        counts, documents("x", "y", "z"), by=["entity_id"], n=2
    )


def test_names_take_the_place_of_ids() -> None:
    known, _ = named(("a", "Ann Lee", ""))
    shown = names_variants.with_names(pd.DataFrame({"n": [1, 2], "entity_id": ["a", ""], "x": [3, 4]}), known)
    assert list(shown.columns) == ["n", "entity", "x"]
    assert shown["entity"].tolist() == ["Ann Lee", ""]


def test_titles_are_counted_for_each_person_who_bears_one() -> None:
    people = [
        ("d0", i, i + 3, "Ann", "ann", "PERSON", "name", title, "authority")
        for i, title in enumerate(["Dr", ""])
    ]
    people.append(("d0", 9, 12, "Bob", "bob", "PERSON", "name", "", "authority"))
    titles = names_variants.honorifics(schema.from_rows(list(people), names_tables.MentionsTable))
    assert titles[["entity_id", "honorific", "n"]].values.tolist() == [["ann", "", 1], ["ann", "Dr", 1]]


def test_links_to_other_pages_are_not_the_reports_words() -> None:
    reports = documents("He left Israel for Iran today, they said.\n\nRead more:\n\nIsrael in the news")
    mentions = names_mentions.find_mentions(reports, KNOWN, ALIASES)
    kept = names_mentions.without_boilerplate(mentions, segmentation.split_sentences(reports))
    assert (len(mentions), kept["surface"].tolist()) == (3, ["Israel", "Iran"])


def test_contested_mentions_are_those_the_table_counts() -> None:
    reports = documents("Iran and Haniyeh", "Iran and Hanyieh", event_id="e")
    mentions = names_mentions.find_mentions(reports, KNOWN, ALIASES)
    contested = names_variants.contested_mentions(mentions, names_variants.differing_names(mentions, reports))
    assert contested["surface"].tolist() == ["Haniyeh", "Hanyieh"]


def test_names_differ_where_two_reports_of_an_event_share_none() -> None:
    reports = documents(
        "Operation Sword of Al-Quds; Gaza war; war on Gaza",
        "Al-Aqsa Flood; the War on Gaza",
        event_id="meeting-2024-03-26",
    )
    differing = names_variants.differing_names(names_mentions.find_mentions(reports, KNOWN, ALIASES), reports)
    assert differing["names"].tolist() == [
        "“Operation Sword of Al-Quds” (1)",
        "“Al-Aqsa Flood” (1)",
    ]
    apart = reports.assign(event_id=["e1", "e2"])
    assert names_variants.differing_names(names_mentions.find_mentions(apart, KNOWN, ALIASES), apart).empty


def test_unused_aliases_are_those_of_that_entity_without_a_mention() -> None:
    known, aliases = named(("a", "Ann Lee", "Lee"), ("b", "Bo Ray", "Ray"))
    mentions = names_mentions.find_mentions(documents("Lee"), known, aliases)
    assert names_variants.unused_aliases(mentions, aliases)["alias"].tolist() == ["Ray"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He met John Doe of Hamas in New York.", ["John Doe", "New York"]),
        ("The report came. Doe left.", []),
        ("Doe left, and Mr Doe came.", ["Doe", "Doe"]),
        ("On Monday in March he met Abu Ali al-Din.", ["Abu Ali al-Din"]),
        ("Then said Ms Roe: “Today we met Lee of Norland.”", ["Roe", "Lee of Norland"]),
        ("The Ministry of Health and the ministry.", ["Ministry of Health"]),
        ("MINISTERS MEET IN GENEVA TODAY AGAIN", []),
        ("He saw Doe. Roe saw him, and Roe left.", ["Doe", "Roe", "Roe"]),
        ("", []),
    ],
)
def test_capitalised_words_nobody_knows_are_listed(text: str, names: list[str]) -> None:
    assert unknown(text) == names


def test_the_worklist_counts_forms_and_gives_the_first_place() -> None:
    rows: list[tuple[object, ...]] = [("d0", 5, 8, "Doe"), ("d1", 0, 3, "Doe"), ("d1", 9, 12, "Roe")]
    listed = names_unknown.worklist(schema.from_rows(rows, names_tables.UnknownNamesTable))
    assert listed.to_numpy().tolist() == [["Doe", 2, 2, "d0", 5, 8], ["Roe", 1, 1, "d1", 9, 12]]
    assert names_unknown.worklist(schema.empty(names_tables.UnknownNamesTable)).empty


def test_a_span_inside_a_mention_is_not_unknown_and_none_is_counted() -> None:
    assert unknown("He left the West Bank for the Gaza Strip.") == []


def test_no_reports_no_authority_and_other_scripts_give_valid_tables() -> None:
    nothing = schema.empty(text_tables.DocumentsTable)
    mentions = names_mentions.find_mentions(nothing, KNOWN, ALIASES)
    assert mentions.empty
    assert names_variants.naming_variants(mentions).empty
    assert names_variants.differing_names(mentions, nothing).empty
    assert names_mentions.contested_aliases(nothing, KNOWN, ALIASES).empty
    assert len(names_variants.unused_aliases(mentions, ALIASES)) == len(ALIASES)
    assert found("哈马斯 и حماس") == []
    assert unknown("哈马斯说，和平。") == []


def test_the_answer_names_events_first_and_says_when_nothing_can_be_compared() -> None:
    reports = documents(
        "Operation Sword of Al-Quds, US", "Al-Aqsa Flood, United States", event_id="meeting-2024-03-26"
    )
    mentions = names_mentions.find_mentions(reports, KNOWN, ALIASES)
    tables = [
        names_variants.with_names(
            names_variants.most_varied(names_variants.naming_variants(mentions)), KNOWN
        ),
        names_variants.with_names(names_variants.differing_names(mentions, reports), KNOWN),
        names_variants.with_names(
            pd.DataFrame(
                {"entity_id": ["x", "x"], "honorific": ["Dr", "Mr"], "doc_id": ["d0", "d1"], "n": [2, 1]}
            ),
            KNOWN,
        ),
    ]
    shelf, none = Shelf(reports, segmentation.split_sentences(reports)), schema.empty(DifferencesTable)
    sentences = pages_names.names_answer(reports, mentions, none, shelf, *tables)
    told = " ".join(map(str, sentences))
    assert "Two reports of one event share no name for" in told and "United States" in told
    first, second = shelf.names[["d0", "d1"]]
    assert f"x is mostly “Dr” in {first} and “Mr” in {second}" in told
    assert "2 persons and things are named, 4 times in all; 2 of them are named in every report." in told
    apart = reports.assign(event_id="unknown")
    alone = pages_names.names_answer(apart, mentions, none, shelf, *tables)
    assert "so their names are not compared." in " ".join(map(str, alone))
    assert len(pages_names.names_answer(reports, mentions[:0], none, shelf, *tables)) == 1


def test_the_picture_draws_the_table_and_its_text_says_it() -> None:
    table = pd.DataFrame({"entity": ["E", "E"], "surface": ["a", "b"], "doc_id": ["d0", "d1"], "n": [2, 1]})
    axes = plots.naming_matrix(table)
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["E", "a", "b"]
    assert sorted(text.get_text() for text in axes.texts) == ["1", "2"]
    assert pages_names.naming_alt(table) == "E: “a” 2 in d0, “b” 1 in d1."
    assert len(plots.naming_matrix(table[:0]).texts) == 0
    assert pages_names.naming_alt(table[:0])


def test_a_picture_has_the_commonest_names_and_the_reports_that_use_them_most():
    rows = [
        ("A", "x", "d1", 1),
        ("A", "x", "d2", 3),
        ("A", "y", "d1", 2),
        ("A", "z", "d3", 1),
        ("B", "u", "d3", 1),
    ]
    varied = pd.DataFrame(rows, columns=["entity", "surface", "doc_id", "n"])
    assert names_variants.most_used(varied).equals(varied)
    few = names_variants.most_used(varied, forms=2, reports=2)
    assert few[["surface", "doc_id"]].to_numpy().tolist() == [["x", "d1"], ["x", "d2"], ["y", "d1"]]


def test_forms_are_usable_by_date_and_scope_in_every_report():
    rows = [("a", "The Chair", "name", "fold", "2020", "2020-12", "", "")]
    rows += [
        ("b", "The Chair", "name", "fold", "2021", "", "", ""),
        ("c", "Boss", "name", "fold", "", "", "d1", ""),
    ]
    known = schema.from_rows([(k, f"Name {k}", "PERSON", "") for k in "abc"], names_tables.EntitiesTable)
    reports = documents("The Chair met the Boss", "The Chair met the Boss").assign(
        published=["2020-06-01", "2021-06-01"]
    )
    mentions = names_mentions.find_mentions(
        reports, known, schema.from_rows(list(rows), names_tables.AliasesTable)
    )
    told = mentions[["doc_id", "surface", "entity_id"]].to_numpy().tolist()
    assert told == [["d0", "The Chair", "a"], ["d1", "The Chair", "b"], ["d1", "Boss", "c"]]


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("Abby Poe", "Poe", False),
        ("Abby Poe", "Abby", True),
        ("Bo Ming Li", "Bo Ming", False),
        ("Poe", "Roe", True),
    ],
)
def test_a_family_name_is_no_other_name_than_the_full_one(one: str, other: str, differ: bool) -> None:
    rows = [
        (doc, 0, len(name), name, "x", "PERSON", "name", "", "authority")
        for doc, name in (("d0", one), ("d1", other))
    ]
    reports = documents(one, other, event_id="e")
    found = names_variants.differing_names(schema.from_rows(list(rows), names_tables.MentionsTable), reports)
    assert len(found) == (2 if differ else 0)
