"""Agency: who acts, who is acted on, and what is told without who acts, on invented minimal pairs."""

import pandas as pd
import pytest
from samples import edition_of, report

from helpers.framing import AgencyTable, LabelsTable, agency_changed, agency_counts, find_agency
from helpers.names import tables as names_tables
from helpers.table import empty, from_rows
from helpers.words import AlignmentsTable

# The same act told in another way each: the sentence, the verb, who acts, to whom (last words), the form.
PAIRS = [
    ("Police shot the driver.", "shoot", "Police", "driver", "active"),
    ("The driver was shot by police.", "shoot", "police", "driver", "passive"),
    ("The driver was shot.", "shoot", "", "driver", "passive without agent"),
    ("Soldiers killed ten farmers near the river.", "kill", "Soldiers", "farmers", "active"),
    ("Ten farmers were killed by soldiers.", "kill", "soldiers", "farmers", "passive"),
    ("Ten farmers were killed near the river.", "kill", "", "farmers", "passive without agent"),
    ("Ten farmers died near the river.", "die", "", "farmers", "happening"),
    ("The army bombed the village on Monday.", "bomb", "army", "village", "active"),
    ("The village was bombed on Monday.", "bomb", "", "village", "passive without agent"),
    ("The village was bombed by the army on Monday.", "bomb", "army", "village", "passive"),
    ("The mayor, who closed the school, left.", "close", "mayor", "school", "active"),
    ("The school, which was closed by the mayor, is empty.", "close", "mayor", "school", "passive"),
    ("The school, which was closed in May, is empty.", "close", "", "school", "passive without agent"),
    ("A man arrested by officers was freed.", "arrest", "officers", "man", "passive"),
    ("A man arrested in May was freed.", "arrest", "", "man", "passive without agent"),
    ("Officers arrested and beat the student.", "arrest", "Officers", "", "active"),
    ("The student was arrested and beaten.", "beat", "", "student", "passive without agent"),
    ("The rebels decided to attack the town.", "attack", "rebels", "town", "active"),
    ("The town has been attacked by rebels.", "attack", "rebels", "town", "passive"),
    ("The town has been attacked again.", "attack", "", "town", "passive without agent"),
    ("Guards fired on the crowd.", "fire", "Guards", "crowd", "active"),
    ("The crowd was dispersed by guards.", "disperse", "guards", "crowd", "passive"),
    ("The crowd was dispersed.", "disperse", "", "crowd", "passive without agent"),
    ("The council evicted the families from the house.", "evict", "council", "families", "active"),
    ("The families were evicted from the house.", "evict", "", "families", "passive without agent"),
    ("The boy whom the guard hit was taken away.", "hit", "guard", "boy", "active"),
    ("The boy was hit by the guard.", "hit", "guard", "boy", "passive"),
    ("The prisoners have been tortured, doctors said.", "torture", "", "prisoners", "passive without agent"),
    ("Agents tortured the prisoners, doctors said.", "torture", "Agents", "prisoners", "active"),
    ("Two workers drowned after the dam collapsed.", "drown", "", "workers", "happening"),
]
# Of other verbs and constructions, written later: .92 were right before the rules were mended for them.
LATER = [
    ("Troops are accused of looting the shops.", "loot", "Troops", "shops", "active"),
    ("The bridge was blown up by saboteurs.", "blow up", "saboteurs", "bridge", "passive"),
    ("Protesters got beaten in the square.", "beat", "", "Protesters", "passive without agent"),
    ("It was the guards who beat the inmate.", "beat", "guards", "inmate", "active"),
    ("Having seized the port, the militia left.", "seize", "militia", "port", "active"),
    ("The court ordered the firm to pay the workers.", "pay", "firm", "workers", "active"),
    ("The bodies were found buried near the road.", "bury", "", "bodies", "passive without agent"),
    (
        "Three journalists have been jailed by the regime since May.",
        "jail",
        "regime",
        "journalists",
        "passive",
    ),
    ("A drone operated by the navy struck the convoy.", "strike", "drone", "convoy", "active"),
    ("Settlers burned the fields, and soldiers watched.", "burn", "Settlers", "fields", "active"),
    ("The bank fired its director, whom the board had warned.", "warn", "board", "director", "active"),
    ("The suspects were shot dead by snipers.", "shoot", "snipers", "suspects", "passive"),
    ("Prosecutors charged the captain with sinking the ferry.", "sink", "captain", "ferry", "active"),
    ("The general is suspected of ordering the raid.", "order", "general", "raid", "active"),
    ("The village was left destroyed.", "destroy", "", "village", "passive without agent"),
    ("Rebels escaped by cutting the wire.", "cut", "Rebels", "wire", "active"),
    ("Police stopped the march without hurting the marchers.", "hurt", "Police", "marchers", "active"),
    ("The children were seen carried away by gunmen.", "carry", "gunmen", "children", "passive"),
    ("Parents blamed the school for ignoring the warnings.", "ignore", "school", "warnings", "active"),
    ("The army denied shelling the hospital.", "shell", "army", "hospital", "active"),
]
AIM = 0.95


def agency(text, *names, kind="ORG"):
    documents = report(text)
    rows = [
        ("a", text.index(n), text.index(n) + len(n), n, n.lower(), kind, "name", "", "authority")
        for n in names
        if n in text
    ]
    mentions = from_rows(sorted(rows), names_tables.MentionsTable)
    read = edition_of(documents, mentions=mentions)
    return find_agency(
        documents, read.parse, mentions, read.voices, empty(LabelsTable), sentences=read.sentences
    )


@pytest.mark.parametrize("pairs", [PAIRS, LATER])
def test_agent_patient_and_form_of_the_minimal_pairs_are_right(pairs):
    right, wrong = 0, []
    for text, verb, agent, patient, form in pairs:
        found = agency(text)
        own = found[found["verb"] == verb]
        cells = own.iloc[0][["agent", "patient", "form"]].tolist() if len(own) else ["", "", "none"]
        got = [(cells[0].split() or [""])[-1], (cells[1].split() or [""])[-1], cells[2]]
        hits = [a == b for a, b in zip(got, [agent, patient, form], strict=True)]
        right += sum(hits)
        wrong += [] if all(hits) else [(text, got)]
    assert right / (3 * len(pairs)) >= AIM, wrong


def test_an_agent_that_is_named_is_its_entity_and_verbs_give_back_their_words():
    text = "Norvale attacked Elby. Elby was attacked."
    found = agency(text, "Norvale", "Elby")
    assert found["agent_id"].tolist() == ["norvale", ""]
    assert found["patient"].tolist() == ["Elby", "Elby"]
    places = zip(found["start_char"], found["end_char"], strict=True)
    assert [text[a:b] for a, b in places] == ["attacked", "attacked"]


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Ann Poe came home. She sold the house.", "ann poe"),
        # Of two people who were named it cannot tell which.
        ("Ann Poe came home. Bob Lee waited. She sold the house.", ""),
        ("The rain stopped. She sold the house.", ""),
    ],
)
def test_he_or_she_is_the_only_person_named_near_before(text, agent):
    found = agency(text, "Ann Poe", "Bob Lee", kind="PERSON")
    assert found.loc[found["verb"] == "sell", "agent_id"].tolist() == [agent]


def test_what_somebody_is_set_to_do_is_not_done_to_them():
    assert agency("Ann Poe is scheduled to open the bridge.")["verb"].tolist() == ["open"]


def test_the_place_a_report_was_written_in_does_not_act():
    found = agency("WEST PALM BEACH, Fla. — President Norvale dispatched the director to Cuba on Monday.")
    assert found["agent"].tolist() == ["President Norvale"]


@pytest.mark.parametrize("text", ["The mayor was disappointed.", "The plan is based on three reports."])
def test_how_somebody_feels_or_what_a_thing_rests_on_is_no_act_without_an_agent(text):
    assert agency(text).empty


def rows(*cells):
    table = [
        ("a", 10 * n, 10 * n + 4, "kill", form, agent, agent, patient, patient, "body", "narration", "")
        for n, (form, agent, patient) in enumerate(cells)
    ]
    return from_rows(table, AgencyTable)


def test_acts_are_counted_with_exact_intervals_and_few_are_said_to_be_few():
    known = rows(*[("active", "x", "y")] * 4, *[("passive without agent", "", "y")] * 4)
    counts = agency_counts(known).set_index("entity_id")
    assert counts.loc["y", ["acts", "acted_on", "left_out", "n"]].tolist() == [0, 8, 4, 8]
    assert counts.loc["y", "share_left_out"] == 0.5
    # binom.test(4, 8) in R 4.2.2: .1570128, .8429872
    assert counts.loc["y", "low_left_out"] == pytest.approx(0.1570128, abs=1e-6)
    assert counts.loc["y", "high_left_out"] == pytest.approx(0.8429872, abs=1e-6)
    assert counts.loc["x", "outcome"] == "too few to compare"
    assert pd.isna(counts.loc["x", "share_acts"])
    assert agency_counts(empty(AgencyTable)).empty


def test_nearest_sentences_in_which_the_form_differs_stand_side_by_side():
    texts = ("Norvale attacked Elby on Monday.", "Elby was attacked on Monday.")
    parts = [agency(texts[0], "Norvale", "Elby"), agency(texts[1], "Elby").assign(doc_id="b")]
    both = pd.concat(parts, ignore_index=True)
    sentences = pd.DataFrame(
        {
            "doc_id": ["a", "b"],
            "sentence_id": [0, 0],
            "zone": "body",
            "start_char": 0,
            "end_char": [len(text) for text in texts],
            "text": texts,
        }
    )
    aligned = from_rows([("e", "a", 0, "b", 0, 0.5)], AlignmentsTable)
    changed = agency_changed(both, aligned, sentences)
    assert changed[["form_a", "form_b", "agent_a"]].to_numpy().tolist() == [
        ["active", "passive without agent", "Norvale"]
    ]
