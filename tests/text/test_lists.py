"""The user-kept lists: every mistake told at once, and the one finder's edges."""

import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import edition
from helpers.framing import lists as framing_lists
from helpers.names import lists
from helpers.text import finder
from helpers.text.corpus import CorpusError
from helpers.text.expressions import regex_mend

ENTITIES = "entity_id,canonical,entity_type,wikidata\n"
ALIASES = "entity_id,alias,kind,case,valid_from,valid_to,scope,note\n"
SPELLINGS = "surface,entity_id,decision,decided_by,note\n"


def folder_with(
    path: Path, *, entities: str = "a,Ann Lee,PERSON,\n", aliases: str = "", spellings: str = ""
) -> Path:
    """Write the three files of an authority into `path`."""
    (path / "entities.csv").write_text(ENTITIES + entities, encoding="utf-8")
    (path / "aliases.csv").write_text(ALIASES + aliases, encoding="utf-8")
    (path / "spellings.csv").write_text(SPELLINGS + spellings, encoding="utf-8")
    return path


def problems(folder: Path) -> list[tuple[str, int | None, str, str]]:
    """Return file, row, column and mend of every problem."""
    with pytest.raises(CorpusError) as caught:
        lists.load_aliases(folder)
    return [(p.file, p.row, p.column, p.mend) for p in caught.value.problems]


def found(text: str, *patterns: str, exact: tuple[str, ...] = (), regex: tuple[str, ...] = ()) -> list[str]:
    """Return the surfaces of `patterns` in `text`."""
    documents = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    return finder.find_terms(documents, patterns, exact=exact, regex=regex)["surface"].tolist()


def test_every_mistake_of_the_authority_is_told_at_once(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        entities="a,Ann Lee,PERSON,\nB b,Bo,PERSN,X1\na,Al,PERSON,\n",
        aliases=(
            "a,Lee,name,exact,2024-02,2024-01,,\nz,Zed,nom,exact,,,,\na,the Ann,name,fold,soon,,,\n"
            "a,Lee, the first,name,exact,,,,\na,us,name,fold,,,,\n"
        ),
        spellings="Anne,a,maybe,me,\n",
    )
    places = {(file, row, column) for file, row, column, _ in problems(folder)}
    assert places == {
        ("entities.csv", 3, "entity_id"),
        ("entities.csv", 3, "entity_type"),
        ("entities.csv", 3, "wikidata"),
        ("entities.csv", 4, "entity_id"),
        ("aliases.csv", 2, "valid_to"),
        ("aliases.csv", 3, "entity_id"),
        ("aliases.csv", 3, "kind"),
        ("aliases.csv", 4, "valid_from"),
        ("aliases.csv", 5, ""),
        ("aliases.csv", 6, "case"),
        ("spellings.csv", 2, "decision"),
    }


def test_cells_are_counted_before_columns_are_blamed(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, aliases="a,Lee, the first,name,exact,,,,\n")
    [(_, row, column, mend)] = problems(folder)
    assert (row, column) == (2, "")
    assert mend == "9 cells where the header has 8; quote a cell that holds a comma"


def test_one_broken_list_of_entities_does_not_blame_every_alias(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, entities="a,Lee, Ann,PERSON,\n", aliases="a,Lee,name,exact,,,,\n")
    assert [place[:2] for place in problems(folder)] == [("entities.csv", 2)]


def test_an_unknown_entity_comes_with_the_nearest(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path, entities="ann-lee,Ann Lee,PERSON,\n", aliases="ann-leee,Lee,name,exact,,,,\n"
    )
    assert problems(folder)[0][3] == "not in entities.csv; did you mean ann-lee?"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (",,", ",,", True),
        ("2020,2021,", "2021-05,,", True),
        ("2020,2021-04,", "2021-05,,", False),
        (",,e1", ",,", False),
        (",,e1", ",,e1", True),
    ],
)
def test_one_alias_of_two_entities_needs_dates_or_scopes(
    first: str, second: str, told: bool, tmp_path: Path
) -> None:
    rows = f"a,the chair,role,fold,{first},\nb,The  Chair,role,fold,{second},\n"
    folder = folder_with(tmp_path, entities="a,Ann,PERSON,\nb,Bo,PERSON,\n", aliases=rows)
    if told:
        assert "also names b (row 3)" in problems(folder)[0][3]
    else:
        assert len(lists.load_aliases(folder)) == 2


def test_an_alias_may_not_be_the_name_of_another(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path, entities="a,Ann,PERSON,\nb,Bo Ray,PERSON,\n", aliases="a,bo ray,name,fold,,,,\n"
    )
    assert "also names b (its canonical name)" in problems(folder)[0][3]


def test_a_repeated_row_is_named_by_its_first(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, aliases="a,Lee,name,exact,,,,\na,Lee,name,exact,,,,again\n")
    assert problems(folder)[0][3].startswith("same as row 2")


def test_an_accepted_spelling_is_an_alias_and_a_rejected_one_is_not(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, spellings="Anne Lee,a,accepted,me,\nAnnie,a,rejected,me,\n")
    aliases = lists.load_aliases(folder)
    assert aliases[["alias", "kind", "case"]].to_numpy().tolist() == [["Anne Lee", "name", "exact"]]
    assert lists.load_spellings(folder)["decision"].tolist() == ["accepted", "rejected"]


def test_a_corpus_with_its_own_entities_leaves_ours_out(tmp_path: Path) -> None:
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "entities.csv").write_text(ENTITIES + "a,Ann,PERSON,\n", encoding="utf-8")
    read = edition.read_lists(tmp_path)
    assert read.entities["entity_id"].tolist() == ["a"]
    assert read.aliases.empty
    assert read.terms.empty
    assert len(read.verbs)


def test_the_longest_form_wins_and_nothing_overlaps() -> None:
    text = "The West Bank, the West and the Bank of the West"
    assert found(text, "West", "West Bank", "Bank", exact=("West",)) == ["West Bank", "West", "Bank", "West"]


def test_capitals_matter_only_where_asked() -> None:
    assert found("They told us of the US.", "US", exact=("US",)) == ["US"]
    assert found("They told us of the US.", "US") == ["us", "US"]
    assert found("GAZA: Gaza, gaza", "Gaza", exact=("Gaza",)) == ["GAZA", "Gaza"]


def test_initials_may_be_dotted() -> None:
    assert found("The U.S. and the US, in U. S. and USA", "US", exact=("US",)) == ["U.S.", "US"]


def test_a_word_is_whole_but_for_its_possessive() -> None:
    assert found("Iran’s, Iran', Iranian, preiran, Iran-backed", "Iran") == ["Iran", "Iran", "Iran"]


def test_a_name_glued_to_the_next_is_found() -> None:
    assert found("Iran PressIran news", "Iran", "Iran Press") == ["Iran Press", "Iran"]
    assert found("westward", "west") == []


def test_blanks_apostrophes_and_hyphens_of_any_kind_match() -> None:
    assert found("Iran\u00a0Press Hamas’ chief al\u2011Aqsa", "Iran Press", "Hamas' chief", "al-Aqsa") == [
        "Iran\u00a0Press",
        "Hamas’ chief",
        "al\u2011Aqsa",
    ]
    assert found("Iran\nPress", "Iran Press") == []


def test_an_article_may_be_capitalised_or_not() -> None:
    assert found("al-Quds, Al-Quds, AL-Quds, al-quds", "al-Quds", exact=("al-Quds",)) == [
        "al-Quds",
        "Al-Quds",
        "AL-Quds",
    ]


def test_a_stem_finds_its_endings_and_an_expression_whole_words() -> None:
    text = "Honour, honoured and dishonoured; colour or color, colours"
    assert found(text, "honour*") == ["Honour", "honoured"]
    assert found(text, "colou?r", regex=("colou?r",)) == ["colour", "color"]


def test_an_exact_form_goes_before_one_that_folds() -> None:
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["The West"]})
    hits = finder.find_terms(documents, ["west", "West"], exact=["West"])
    assert hits["pattern"].tolist() == ["West"]


def test_nothing_to_look_for_or_in_gives_no_rows() -> None:
    assert found("text") == []
    assert found("", "text") == []
    assert finder.find_terms(pd.DataFrame({"doc_id": [], "text": []}), ["a"]).empty


@settings(deadline=None)
@given(
    st.text(alphabet="abAB-’'. \n\u00a0éة", max_size=40),
    st.permutations(["a", "ab", "a b", "b-a", "a’b", "éa"]),
)
def test_hits_slice_back_do_not_overlap_and_ignore_the_order_of_patterns(
    text: str, patterns: list[str]
) -> None:
    documents = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    hits = finder.find_terms(documents, patterns)
    assert all(
        text[s:e] == w for s, e, w in zip(hits["start_char"], hits["end_char"], hits["surface"], strict=True)
    )
    assert (hits["start_char"].iloc[1:].to_numpy() >= hits["end_char"].iloc[:-1].to_numpy()).all()
    assert hits.equals(finder.find_terms(documents, sorted(patterns)))


TERMS = "term_id,pattern,match,case,family,target,decided_by,scope,role,note,source\n"
# What the engine lacks, and the begin of what is told.
LACKS = {
    "[a-z]+(?=!)": "looks ahead",
    "(?<!a)b": "looks behind",
    r"(a+)\1b": "refers back",
    "(?:a++)b": "repeats a repetition",
    "(?>a)b": "has an atomic group",
    "a{1001}": "repeats more than 1,000",
    r"(?:\w{0,30}){0,30}": "is too large",
    r"[\W]a": "has \\W or \\S inside",
    "a" * 9 + "(": "not a regular expression (missing )",
}
# What hung or was refused while expressions were tried in all their ways.
ENDING = [
    r"victor(?:y|ies|ious)",
    r"\w*x\w*y\w*",
    r"(\w+ )?(\w+ )?end",
    "(ab)*c",
    "(a+)+$",
    "(a|aa)*b",
    "((a{1,9}){1,9}){1,9}b",
    "a?" * 30 + "a" * 30,
    ".*a.*b.*c.*d",
    r"(\w+\s?)+!",
]


def terms_with(folder: Path, *patterns: str, match: str = "regex") -> Path:
    """Write a list of framing terms into `folder`."""
    rows = [f't{n},"{pattern}",{match},fold,f,x,list,,,,s\n' for n, pattern in enumerate(patterns)]
    (folder / "framing_terms.csv").write_text(TERMS + "".join(rows), encoding="utf-8")
    return folder


def test_what_the_engine_lacks_is_refused_with_a_mend(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as caught:
        framing_lists.load_framing_terms(terms_with(tmp_path, *ENDING, *LACKS))
    told = [(p.file, p.row, p.column, p.value) for p in caught.value.problems]
    first = len(ENDING) + 2
    assert told == [("framing_terms.csv", first + n, "pattern", text) for n, text in enumerate(LACKS)]
    for problem, mend in zip(caught.value.problems, LACKS.values(), strict=True):
        assert problem.mend.startswith(mend)


def test_classes_hold_the_letters_of_all_scripts() -> None:
    told = "Der café, پنج ۵ und naïve Leute; 5\u00a0km"
    for pattern in (r"caf\w", r"na\wve", r"[\w]{4}é|پ\w+", r"\d\s\w+", r"[^\s,]+é", r"\u0063afé"):
        assert len(found(told, pattern, regex=(pattern,))) >= 1 or pattern == r"[\w]{4}é|پ\w+"
    assert found(told, r"\d", regex=(r"\d",)) == ["۵", "5"]


def test_what_is_accepted_ends_on_texts_made_against_it(tmp_path: Path) -> None:
    framing_lists.load_framing_terms(terms_with(tmp_path, *ENDING))
    start = time.process_time()
    for unit in ("a", "ab", "xy", "aaaa "):
        for pattern in ENDING:
            found(unit * 2_000 + "!", pattern, regex=(pattern,))
    assert time.process_time() - start < 20


def test_stars_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"row 2, column pattern: 'a\*a\*a\*a\*b': more than 3 stars"):
        framing_lists.load_framing_terms(terms_with(tmp_path, "a*a*a*a*b", match="word"))
    folder = folder_with(tmp_path, aliases="a,Lee*n*n*n*,name,exact,,,,\n")
    assert ("aliases.csv", 2, "alias", "more than 3 stars; write several terms") in problems(folder)


def test_an_expression_finds_a_hundred_characters_and_no_piece_of_more() -> None:
    for n in (99, 100):
        assert found("a" * n + " b", "a+", regex=("a+",)) == ["a" * n]
    assert found("a" * 101 + " b", "a+", regex=("a+",)) == []
    assert found("a" * 102, "a+", "a*", regex=("a+",)) == []
    assert found("a" * 100, "a+$", regex=("a+$",)) == ["a" * 100]


def test_the_same_patterns_by_another_rule_are_found_anew() -> None:
    assert found("A.B a.b axb", "a.b") == ["A.B", "a.b"]
    assert found("A.B a.b axb", "a.b", regex=("a.b",)) == ["A.B", "a.b", "axb"]
    assert found("A.B a.b axb", "a.b", exact=("a.b",)) == ["A.B", "a.b"]
    assert found("aXb A.b", "A.b", exact=("A.b",), regex=("A.b",)) == ["A.b"]


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="ab.()*+?|", max_size=14))
def test_any_expression_is_refused_or_ends(pattern: str) -> None:
    if regex_mend(pattern):
        return
    start = time.process_time()
    found("a" * 100 + "! " + "ab " * 99, pattern, regex=(pattern,))
    assert time.process_time() - start < 5


def test_patterns_are_tried_alike_however_they_begin() -> None:
    assert found("He is from İSTANBUL", "istanbul") == ["İSTANBUL"]
    assert found("weiß und Weiß", "weiß") == ["weiß", "Weiß"]
    assert found("Gaza Strip and Gaza", "Gaza", "ga* strip") == ["Gaza Strip", "Gaza"]
    documents = pd.DataFrame({"doc_id": ["a"], "text": ["martyr"]})
    tied = finder.find_terms(documents, ["martyr", "mar*"], exact=["martyr"])
    assert tied["pattern"].tolist() == ["martyr"]
