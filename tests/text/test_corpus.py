"""Readers: every file of a folder becomes a report, or is named with the reason."""

import json
import os
import warnings
from pathlib import Path

import pandas as pd
import pytest

from helpers.text import corpus, start
from helpers.text.corpus import ROOT, CorpusError, CorpusWarning

EIGHT = ROOT / "tests" / "texts" / "eight-reports"


def load(folder: Path) -> pd.DataFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CorpusWarning)
        return corpus.load_documents(folder).set_index("doc_id")


def mends(folder: Path) -> dict[str, str]:
    with pytest.raises(CorpusError) as caught:
        load(folder)
    return {problem.file: problem.mend for problem in caught.value.problems}


def write(folder: Path, **files: str | bytes) -> Path:
    """Write files named like a_txt or sub__a_txt: the last _ is the dot, __ a folder."""
    for name, content in files.items():
        stem, _, ending = name.replace("__", "/").rpartition("_")
        path = folder / f"{stem}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def test_eight_reports_of_four_outlets_and_two_events() -> None:
    table = load(EIGHT)
    assert table.groupby("event_id")["outlet"].nunique().to_dict() == {
        "bridge-closure": 4,
        "library-hours": 4,
    }
    assert corpus.read_corpus(EIGHT).notes.empty


def test_a_saved_page_tells_its_outlet_date_title_and_address() -> None:
    page = load(EIGHT).loc["bridge-valley"]
    assert page[["outlet", "published", "headline", "url"]].tolist() == [
        "Valley Online",
        "2025-03-05T07:30:00+00:00",
        "Mayor closes ageing bridge",
        "https://valley.example/news/bridge-closed",
    ]
    assert page["outlet_evidence"] == "Found in the file itself: headline, outlet, published, url."
    assert page["text"].startswith("Mayor closes ageing bridge\nThe ageing bridge at the Old Mill")
    assert "Weather" not in page["text"]
    assert "Copyright" not in page["text"]


def test_the_manifest_has_the_last_word_over_the_page(tmp_path: Path) -> None:
    page = (EIGHT / "bridge" / "valley-online.html").read_bytes()
    write(tmp_path, p_html=page, documents_csv="file,outlet,outlet_evidence\np.html,The Other,A letter.\n")
    row = load(tmp_path).loc["p"]
    assert row["outlet"] == "The Other"
    assert row["outlet_evidence"] == "A letter. Found in the file itself: headline, language, published, url."


def test_without_a_manifest_all_but_name_and_text_is_unknown(tmp_path: Path) -> None:
    table = load(write(tmp_path, a_txt="One.", sub__b_md="Two.", sub__deep__c_txt="Three."))
    assert table["text"].to_dict() == {"a": "One.", "sub/b": "Two.", "sub/deep/c": "Three."}
    assert set(table.drop(columns="text").to_numpy().ravel()) == {"unknown"}


def test_a_table_has_a_report_on_every_row(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_csv='doc_id,text,outlet\nx,"One,\ntwo.",O\n,Three.,\n',
        b_jsonl=json.dumps({"text": "Four.", "published": "2025-01-02", "event_id": None}) + "\n\n",
    )
    frame = pd.DataFrame({"text": ["Five."], "doc_id": [7], "published": pd.to_datetime(["2025-03-04"])})
    frame.to_parquet(tmp_path / "c.parquet")
    table = load(tmp_path)
    assert table["text"].to_dict() == {"x": "One,\ntwo.", "a-4": "Three.", "b-1": "Four.", "7": "Five."}
    assert table["published"].to_dict() == {
        "x": "unknown",
        "a-4": "unknown",
        "b-1": "2025-01-02",
        "7": "2025-03-04",
    }
    assert table.loc["x", "outlet"] == "O"


def test_a_table_without_text_or_with_bad_rows_is_named(tmp_path: Path) -> None:
    write(
        tmp_path, a_csv="doc_id,summary\nx,One.\n", b_jsonl='{"text": "Two."}\n[1]\n{"text":\n', c_parquet="x"
    )
    with pytest.raises(CorpusError) as caught:
        load(tmp_path)
    assert {(p.file, p.row) for p in caught.value.problems} == {
        ("a.csv", 1),
        ("b.jsonl", 2),
        ("b.jsonl", 3),
        ("c.parquet", None),
    }


# Texts of the languages, not single words: an encoding can only be told from a stretch of text.
FOREIGN = {
    "cp1252": "Le maire a déclaré que l’école fermée en février rouvrira à la rentrée, après les travaux. ",
    "cp1251": "Мэр города сообщил, что школа, закрытая с февраля, вновь откроется осенью после ремонта. ",
    "cp1256": "قال رئيس البلدية إن المدرسة المغلقة منذ شباط ستفتح من جديد في الخريف بعد الترميم. ",
}


@pytest.mark.parametrize("encoding", FOREIGN)
def test_another_encoding_is_guessed_with_a_warning_that_names_the_file(
    tmp_path: Path, encoding: str
) -> None:
    text = FOREIGN[encoding] * 6
    write(tmp_path, old_txt=text.encode(encoding))
    with pytest.warns(CorpusWarning, match="old.txt: not UTF-8; read as"):
        table = corpus.load_documents(tmp_path)
    assert table["text"].tolist() == [text]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_unicode_with_and_without_its_mark(tmp_path: Path, encoding: str) -> None:
    write(tmp_path, a_txt="Grüße.\r\nEnd.\rLast.".encode(encoding))
    assert load(tmp_path)["text"].tolist() == ["Grüße.\nEnd.\nLast."]


def test_a_page_declares_its_encoding(tmp_path: Path) -> None:
    html = '<meta charset="windows-1252"><title>Café</title><p>Le café est fermé, dit-on.</p>'
    write(tmp_path, a_html=html.encode("cp1252"))
    assert "Le café est fermé" in load(tmp_path)["text"].iloc[0]


def test_what_is_not_read_is_said(tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.", b_pdf="x", page_html="<p>Some words.</p>", page_files__ad_js="x")
    notes = corpus.read_corpus(tmp_path).notes
    assert notes["file"].tolist() == ["b.pdf", "page_files/"]


def test_events_narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENT", "library-hours")
    assert load(EIGHT).index.str.startswith("library").tolist() == [True] * 4
    monkeypatch.setenv("EVENT", "libary-hours")
    assert "did you mean library-hours" in mends(EIGHT)["EVENT"]


def test_two_reports_of_one_name(tmp_path: Path) -> None:
    assert "already in a.md" in mends(write(tmp_path, a_md="One.", a_txt="Two."))["a.txt"]


def test_a_column_misspelt_is_told_and_one_of_ones_own_is_noted(tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.", documents_csv="file,outlat\na.txt,O\n")
    assert mends(tmp_path) == {"documents.csv": "no such column; did you mean outlet?"}
    write(tmp_path, documents_csv="file,funding\na.txt,O\n")
    assert corpus.read_corpus(tmp_path).notes["note"].tolist() == ["column funding is not used"]


@pytest.mark.parametrize("day", ["2025-13-01", "2025-02-30", "yesterday", "20250201", "2025-02-01T25:00"])
def test_what_is_no_date_is_told(tmp_path: Path, day: str) -> None:
    write(tmp_path, a_txt="One.", documents_csv=f"file,published\na.txt,{day}\n")
    assert "not a date" in mends(tmp_path)["documents.csv"]


@pytest.mark.parametrize("day", ["2025-02", "2025-02-28", "2025-02-28T23:59:01.5+02:00", "unknown", ""])
def test_what_is_a_date_is_not(tmp_path: Path, day: str) -> None:
    write(tmp_path, a_txt="One.", documents_csv=f"file,published\na.txt,{day}\n")
    assert load(tmp_path)["published"].tolist() == [day or "unknown"]


def test_a_corpus_starts_with_a_manifest_to_fill_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new"
    assert start.main([str(folder)]) == 0
    assert "Put reports into" in capsys.readouterr().out
    write(folder, a_txt="One.", sub__b_html=(EIGHT / "bridge" / "valley-online.html").read_bytes())
    before = sorted(path.name for path in folder.rglob("*"))
    assert start.main([str(folder)]) == 0
    assert "2 reports added" in capsys.readouterr().out
    assert sorted(path.name for path in folder.rglob("*")) == before
    table = load(folder)
    assert table["outlet"].to_dict() == {"a": "unknown", "sub/b": "Valley Online"}
    assert "Found in the file itself" in table.loc["sub/b", "outlet_evidence"]


def test_starting_again_adds_what_is_new_and_changes_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.", b_txt="Two.", documents_csv="file,outlet\na.txt,The O")
    path, n = start.start_corpus(tmp_path)
    assert (path.read_text(encoding="utf-8"), n) == ("file,outlet\na.txt,The O\nb.txt,\n", 1)
    assert start.start_corpus(tmp_path)[1] == 0


def test_no_folder_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert start.main([]) == 2
    assert "Name a folder" in capsys.readouterr().err


def test_numbers_missing_are_named_only_in_a_numbered_corpus() -> None:
    def named(*names: str) -> list[str]:
        return corpus.missing_numbers(pd.DataFrame({"doc_id": names}))

    assert named("000", "002", "003") == ["001"]
    assert named("1", "10") == named("a", "b") == named("7") == named() == []
    assert named("000000001", "900000000") == []


def test_order_of_the_folder_does_not_matter(tmp_path: Path) -> None:
    names = ["b", "a", "ä", "c/b", "a/x"]
    for name in names:
        write(tmp_path, **{f"{name.replace('/', '__')}_txt": name})
    assert list(load(tmp_path).index) == sorted(names)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_inside_the_folder_is_read(tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert load(tmp_path)["text"].to_dict() == {"a": "One.", "b": "One."}


def test_the_day_in_the_head_of_a_text_is_when_it_was_published(tmp_path: Path) -> None:
    head = "Bridge shut\nBy Ann Poe\nPublished: 12 May 2026 10:30 GMT\nUpdated 14 May 2026\n\n"
    (tmp_path / "a.txt").write_text(head + "The bridge was shut on 3 May 2026.", "utf-8")
    (tmp_path / "b.txt").write_text("Bridge shut\n12 May 2026\n13 May 2026\nIt was shut.", "utf-8")
    read = corpus.read_corpus(tmp_path)
    assert read.documents["published"].tolist() == ["2026-05-12T10:30+00:00", "unknown"]
    assert [
        "a",
        "published",
        "2026-05-12T10:30+00:00",
        "the head of the text",
    ] in read.origins.values.tolist()
    manifest = "doc_id,file,published\na,a.txt,2026-05-11\nb,b.txt,\n"
    (tmp_path / "documents.csv").write_text(manifest, "utf-8")
    assert corpus.read_corpus(tmp_path).documents["published"].tolist() == ["2026-05-11", "unknown"]
