"""The draft of names: what is one entity, what stays two, and that no list of one story speaks in another."""

import pandas as pd
import pytest
from samples import report

from helpers.edition import open_corpus
from helpers.names.drafts import draft_names
from helpers.names.tables import RecognisedTable
from helpers.names.variants import plain_form
from helpers.pages import framing, names, voices
from helpers.table import from_rows


def draft(*rows: tuple[str, str, str]):
    """Return, for rows of (report, surface, type), the draft's forms by canonical name."""
    named = [(doc, 10 * k, 10 * k + 5, surface, kind, True) for k, (doc, surface, kind) in enumerate(rows)]
    docs = sorted({doc for doc, _, _ in rows})
    documents = pd.concat([report("x", doc_id=doc, event_id=f"event-{doc[0]}") for doc in docs])
    made = draft_names(from_rows(named, RecognisedTable), documents)
    forms = made.aliases.merge(made.entities, on="entity_id")
    shown = forms["alias"] + forms["scope"].map(lambda scope: f" in {scope}" if scope else "")
    return {name: sorted(own) for name, own in shown.groupby(forms["canonical"])}


def people(*names: str, doc: str = "a"):
    return [(doc, name, "PERSON") for name in names]


def test_a_full_name_takes_its_surname_its_initials_and_its_spellings():
    found = draft(*people("Ann Poe", "Ann B. Poe", "Poe", "Ann"), *people("Poe", doc="b"))
    assert found == {"Ann Poe": ["Ann", "Ann B. Poe", "Ann Poe", "Poe"]}
    assert len(draft(*people("Ismail Haniyeh", "Ismail Haniya"))) == 1


def test_brothers_stay_two_and_their_surname_is_left_undecided():
    found = draft(*people("Tom Arden", "Ned Arden", "Arden"))
    assert found == {"Tom Arden": ["Tom Arden"], "Ned Arden": ["Ned Arden"], "Arden": ["Arden"]}


def test_a_surname_of_two_goes_to_the_one_of_its_event():
    found = draft(*people("Tom Arden", "Arden", doc="a"), *people("Ned Arden", "Arden", doc="b"))
    assert "Arden in event-a" in found["Tom Arden"]
    assert "Arden in event-b" in found["Ned Arden"]


def test_a_junior_is_another_person():
    assert {"Ann Poe", "Ann Poe Jr."} <= set(draft(*people("Ann Poe", "Ann Poe Jr.")))


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Federal Bureau of Inquiry", "FBI"),
        ("Federal Bureau of Inquiry", "F.B.I."),
        ("Department of Roads", "Roads Department"),
        ("Elby Works Inc.", "Elby Works"),
    ],
)
def test_a_body_takes_its_abbreviation_and_its_words_in_any_order(full, short):
    assert len(draft(("a", full, "ORG"), ("b", short, "ORG"))) == 1


def test_an_abbreviation_of_two_bodies_is_left_alone():
    rows = [("a", name, "ORG") for name in ("Fair Banks Inquiry", "Federal Bureau of Inquiry", "FBI")]
    assert len(draft(*rows)) == 3


def test_a_people_stays_apart_from_its_country():
    found = draft(("a", "Elby", "GPE"), ("a", "Elbian", "NORP"), ("a", "Elbians", "NORP"))
    assert found == {"Elby": ["Elby"], "Elbian": ["Elbian", "Elbians"]}


def test_two_names_in_one_are_no_third():
    found = draft(
        *people("Ann Poe", "Poe", "Ann Poe"),
        ("a", "Ann Poe Memos", "ORG"),
        ("a", "North and South Elby", "GPE"),
    )
    assert list(found) == ["Ann Poe"]


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("Robert Poe", "Bob Poe", True),
        ("Rudy W. Poe", "Rudolph Poe", True),
        ("James Arden", "Mark Arden", False),
        ("Robert Poe", "Bob Roe", False),
    ],
)
def test_a_short_given_name_is_one_with_its_full_form(one, other, together):
    assert (len(draft(*people(one, other))) == 1) is together


def test_a_short_given_name_of_two_people_stays_by_itself():
    assert len(draft(*people("Patrick Poe", "Patricia Poe", "Pat Poe"))) == 3


def test_a_junior_is_not_his_father_and_lends_him_no_given_name():
    found = draft(*people(*["Ned Poe"] * 4, *["Ned Poe Jr."] * 3, "Ned Jr.", "Poe Jr."))
    assert found == {"Ned Poe": ["Ned Poe"], "Ned Poe Jr.": ["Ned Jr.", "Ned Poe Jr.", "Poe Jr."]}


def test_an_outlet_that_prints_jr_names_the_same_man():
    found = draft(*people("Ned R. Poe Jr.", "Poe", doc="a1"), *people("Ned Poe", "Poe", doc="a2"))
    assert len(found) == 1
    assert len(draft(*people("Ned R. Poe Jr.", doc="a1"), *people("Ned Poe", doc="b1"))) == 2


def test_a_country_is_known_by_its_other_names():
    found = draft(("a", "United Kingdom", "GPE"), ("a", "Britain", "GPE"), ("a", "Elby", "GPE"))
    assert found == {"United Kingdom": ["Britain", "United Kingdom"], "Elby": ["Elby"]}


def test_members_of_a_party_are_one_with_it():
    found = draft(("a", "Liberal Party", "ORG"), ("a", "Liberals", "NORP"), ("a", "Elbian", "NORP"))
    assert found == {"Liberal Party": ["Liberal Party", "Liberals"], "Elbian": ["Elbian"]}


@pytest.mark.parametrize(
    ("text", "government"),
    [
        ("Canada will answer. Ottawa said it would not wait, and talks with Ottawa go on.", True),
        ("Canada will answer. The ministers met in Ottawa and stayed in Ottawa.", False),
    ],
)
def test_a_capital_that_acts_is_its_country(tmp_path, text, government):
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    (tmp_path / "documents.csv").write_text("file,event_id,outlet\none.txt,talks,A\n", encoding="utf-8")
    named = open_corpus(tmp_path).named
    assert (named.loc[named["surface"] == "Ottawa", "entity_id"] == "canada").all() == government


def test_a_name_that_runs_on_into_a_headline_is_the_name():
    assert list(draft(*people(*["Ann Poe"] * 4, "Ann Poe Wows Crowd"))) == ["Ann Poe"]
    assert len(draft(*people(*["Ann Poe"] * 4, "Ann Poe Smith", "Ned Smith"))) == 3


def test_a_name_goes_on_behind_all_its_hyphens(tmp_path):
    text = "The shop of Roe-upon-Elby is large. Roe-upon-Elby voted, and Roe-upon-Elby won.\n"
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    assert "Roe-upon" not in set(open_corpus(tmp_path).lists.aliases["alias"])


def test_a_name_with_a_common_word_is_the_name(tmp_path):
    text = "Ann Poe kept memos. Ann Poe spoke. Poe left early. She read the Ann Poe Memos to Ned Roe.\n"
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    assert not any("Memos" in name for name in open_corpus(tmp_path).lists.entities["canonical"])


@pytest.fixture
def space(tmp_path, monkeypatch):
    """Return the edition of two invented reports of another story, without lists."""
    text = (
        "Team Leader Ann Poe said the mission was a victory. “We slept through the resistance of the air,” "
        "Poe told reporters.\n\nMs. Poe works for the Elby Space Agency, known as ESA. The enemy is boredom, "
        "the agency said.\n"
    )
    other = "Ann Poe of the Elby Space Agency said the crew was calm. Poe will land in Norvale on Monday.\n"
    for name, words in (("one", text), ("two", other)):
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
    (tmp_path / "documents.csv").write_text(
        "file,event_id,outlet\none.txt,landing,A\ntwo.txt,landing,B\n", encoding="utf-8"
    )
    monkeypatch.setenv("CORPUS", str(tmp_path))
    return open_corpus()


def test_a_corpus_without_lists_has_names_of_its_own_and_none_of_the_seeds(space):
    assert space.drafted
    named = set(space.lists.entities["canonical"])
    assert {"Ann Poe", "Elby Space Agency", "Norvale"} <= named
    assert not named & {"Ali Khamenei", "Israel", "Palestinian armed groups"}
    assert space.lists.terms.empty
    assert "Ann Poe" in names.Page(space).forms().text


def test_how_a_name_is_set_is_no_other_name():
    pairs = [("C.I.A.", "CIA"), ("Kim Jong-un", "Kim Jong Un"), ("Roads & Bridges", "Roads and Bridges")]
    for one, other in pairs:
        assert plain_form(pd.Series([one, other])).nunique() == 1
    assert plain_form(pd.Series(["Ann Poe", "Ann Roe"])).nunique() == 2


def test_pages_say_that_names_are_drafted(space):
    for page in (names, voices, framing):
        assert "nobody has checked it" in page.Page(space).further().text
    assert "nobody has checked it" not in names.Page(open_corpus("tests/texts/eight-reports")).further().text


def test_a_list_of_headings_means_no_names(space, tmp_path):
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "entities.csv").write_text("entity_id,canonical,entity_type,wikidata\n")
    read = open_corpus(tmp_path)
    assert not read.drafted
    assert read.lists.entities.empty
    assert names.Page(read).in_short().text


def test_a_role_before_a_full_name_is_no_part_of_it(tmp_path):
    text = (
        "Striker Dario Penn scored twice on Sunday. The strikers of the club had not scored for a month. "
        'Historian Alan Brink said: "He is the best." Other historians agreed. Grace Ann Poe did not.'
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    known = set(open_corpus(tmp_path).lists.entities["canonical"])
    assert {"Dario Penn", "Alan Brink"} <= known and not any("Historian" in name for name in known)


def test_a_body_behind_a_persons_name_is_not_a_part_of_it():
    rows = [*people("Poe White Hall"), *[("a", "White Hall", "ORG")] * 3, *[("a", "Hall", "ORG")] * 9]
    found = draft(*rows)
    assert "Poe White Hall" not in found and "Hall" in found["Hall"]


def test_a_party_and_a_state_are_nobody(tmp_path):
    text = "Senator Ann Poe, D-Ill., said no. Representative Tom Arden, R-Texas, said yes to Poe."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    known = open_corpus(tmp_path).lists.entities["canonical"]
    assert {"Ann Poe", "Tom Arden"} <= set(known) and not known.str.contains("-").any()
