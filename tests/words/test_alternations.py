from pathlib import Path

import pytest

from helpers import edition
from helpers.words import find_alternations, find_substitutions

ONE = (
    "The council closed the old quay on Monday after divers had found cracks in the wall.\n"
    "The protesters blocked the road to the quay in the morning. The protesters sang until noon.\n"
)
OTHER = (
    "The council closed the old quay on Monday after divers had found cracks in the wall.\n"
    "The rioters blocked the road to the quay in the morning. Many rioters were there until noon.\n"
)


def read(folder: Path, *reports: tuple[str, str, str]) -> edition.Edition:
    rows = ["doc_id,event_id,outlet,file,language"]
    for place, (event, outlet, text) in enumerate(reports):
        (folder / f"r{place}.txt").write_text(text, encoding="utf-8")
        rows.append(f"r{place},{event},{outlet},r{place}.txt,en")
    (folder / "documents.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return edition.open_corpus(folder)


def found(own: edition.Edition) -> list[tuple[object, ...]]:
    table = find_alternations(own, find_substitutions(own))
    columns = "outlet_a variant_a outlet_b variant_b n_a other_a n_b other_b".split()
    return list(table[columns].itertuples(index=False, name=None))


def test_two_outlets_that_choose_differently(tmp_path: Path) -> None:
    own = read(tmp_path, ("quay", "Elby News", ONE), ("quay", "Oster Post", OTHER))
    assert found(own) == [("Elby News", "protesters", "Oster Post", "rioters", 2, 0, 2, 0)]
    assert find_alternations(own, find_substitutions(own))[["p_value", "q_value"]].isna().all(axis=None)


@pytest.mark.parametrize(
    "other",
    [
        OTHER.replace("Many rioters", "Many people"),  # used once
        OTHER + "The protesters left.\n",  # both are used
        OTHER.replace("rioters", "protesters"),
    ],
)
def test_what_is_no_choice(tmp_path: Path, other: str) -> None:
    assert found(read(tmp_path, ("quay", "Elby News", ONE), ("quay", "Oster Post", other))) == []


def test_singular_and_plural_are_one_variant(tmp_path: Path) -> None:
    more = OTHER + "A rioter was hurt.\n"
    own = read(tmp_path, ("quay", "Elby News", ONE), ("quay", "Oster Post", more))
    assert found(own) == [("Elby News", "protesters", "Oster Post", "rioter(s)", 2, 0, 3, 0)]


def test_who_has_the_others_word_in_the_plural_is_not_said_never_to_write_it(tmp_path: Path) -> None:
    one = ONE.replace("The protesters", "The protester") + "The rioters of last year went home.\n"
    other = OTHER.replace("rioters", "rioter").replace("rioter were", "rioter was")
    assert found(read(tmp_path, ("quay", "Elby News", one), ("quay", "Oster Post", other))) == []
    without = one.replace("rioters", "people")
    kept = found(read(tmp_path, ("quay", "Elby News", without), ("quay", "Oster Post", other)))
    assert kept == [("Elby News", "protester", "Oster Post", "rioter", 2, 0, 2, 0)]


def test_the_report_is_the_unit_of_the_test(tmp_path: Path) -> None:
    pairs = [(f"quay {k}", *side) for k in range(4) for side in (("Elby News", ONE), ("Oster Post", OTHER))]
    table = find_alternations(own := read(tmp_path, *pairs), find_substitutions(own))
    assert set(table["reports_a"]) == set(table["reports_b"]) == {4}
    # Four reports against four, all one way: two of the 70 ways to deal them.
    assert table["p_value"].round(4).unique().tolist() == [round(2 / 70, 4)]
    assert (table["q_value"] >= table["p_value"]).all()
