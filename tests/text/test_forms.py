"""Tables in the forms people keep them in: any mark, any language, workbooks, arrays, packed files."""

import gzip
import json
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from helpers.text import corpus, start
from helpers.text.corpus import CorpusError
from helpers.text.localised import day_first, iso_date, language_code
from helpers.text.outlets import propose_outlets

pytestmark = pytest.mark.filterwarnings("ignore::helpers.text.corpus.CorpusWarning")
ROWS = [["a", "Harbour Post", "The quay is closed, the board said."], ["b", "Radio Ford", "It is closed."]]


def load(folder: Path) -> pd.DataFrame:
    return corpus.load_documents(folder).set_index("doc_id")


def notes(folder: Path) -> str:
    return " / ".join(corpus.read_corpus(folder).notes["note"])


def mend(folder: Path) -> str:
    with pytest.raises(CorpusError) as caught:
        corpus.load_documents(folder)
    [problem] = caught.value.problems
    return problem.mend


def workbook(path: Path, *sheets: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    book.save(path)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.csv.gz"])
def test_the_mark_between_cells_is_found(tmp_path: Path, mark: str, name: str) -> None:
    rows = [["doc_id", "outlet", "text"], *([*row[:2], f'"{row[2]}"'] for row in ROWS)]
    raw = "\n".join(mark.join(row) for row in rows).encode()
    (tmp_path / name).write_bytes(gzip.compress(raw) if name.endswith("gz") else raw)
    assert load(tmp_path)["text"].tolist() == [row[2] for row in ROWS]
    assert ("separated by" in notes(tmp_path)) == (mark != ",")


def test_excel_says_its_mark_and_leaves_blank_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("sep=;\nId;Text;;\na;One, two.;;\nb;;;\n", encoding="utf-8")
    assert mend(tmp_path) == "no word in it; add the report's text or delete the row"
    (tmp_path / "a.csv").write_text("sep=;\nId;Text;;\na;One, two.;;\n", encoding="utf-8")
    assert load(tmp_path)["text"].to_dict() == {"a": "One, two."}


@pytest.mark.parametrize(
    "head",
    [
        "Id,Headline,Source,Date,Link,Language,Text",
        "ID,Titre,Média,Date de publication,Lien,Langue,Texte intégral",
        "id,Überschrift,Quelle,Datum,Link,Sprache,Volltext",
        "Identificador,Título,Medio,Fecha,Enlace,Idioma,Texto",
        "articleId,title,media_name,publish_date,url,language,fullText",
        "编号,标题,来源,日期,链接,语言,正文",
    ],
)
def test_columns_are_known_by_name_in_several_languages(tmp_path: Path, head: str) -> None:
    row = "x1,Quay closed,Harbour Post,2025-03-04,https://x.example/1,English,The quay is closed."
    (tmp_path / "a.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    report = load(tmp_path).loc["x1"]
    assert report.drop(["event_id", "outlet_evidence"]).tolist() == [
        "The quay is closed.",
        "Harbour Post",
        "2025-03-04",
        "Quay closed",
        "en",
        "https://x.example/1",
    ]
    assert "columns are read by their names" in notes(tmp_path)


def test_a_column_of_the_fields_own_name_is_taken_before_another(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,content,text,id,id2\nT,C,The text.,1,2\nT,C,More.,1,3\n", "utf-8")
    table = load(tmp_path)
    assert table["text"].to_dict() == {"a-2": "The text.", "a-3": "More."}
    assert "column content is not used" in notes(tmp_path)


def test_a_person_says_how_columns_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("speech,title,text\nThe speech.,T,x\n", encoding="utf-8")
    (tmp_path / "columns.csv").write_text("file,column,read_as\na.csv,speech,text\na.csv,title,\n", "utf-8")
    (tmp_path / "b.csv").write_text("speech\nNo one says so.\n", encoding="utf-8")
    assert mend(tmp_path).startswith("column missing")
    (tmp_path / "b.csv").unlink()
    assert load(tmp_path)[["text", "headline"]].values.tolist() == [["x", "unknown"]]
    (tmp_path / "columns.csv").write_text("file,column,read_as\na.csv,speech,words\n", "utf-8")
    assert mend(tmp_path).startswith("no field; write one of text")


def test_a_workbook_is_read_sheet_and_date(tmp_path: Path) -> None:
    head = ["Id", "Source", "Text", "Published"]
    rows = [[*row, datetime(2025, 3, 4, 10 * (row[0] == "a"))] for row in ROWS]
    workbook(tmp_path / "a.xlsx", [["key", "value"], ["made", 1]], [head, *rows])
    assert load(tmp_path)["published"].to_dict() == {"a": "2025-03-04T10:00:00", "b": "2025-03-04"}
    assert "sheet S1 was read, not S0" in notes(tmp_path)


def test_titles_above_the_names_of_the_columns_are_passed_over_and_told(tmp_path: Path) -> None:
    head = ["Id", "Source", "Text"]
    above = [["Reports of May"], ["searched for", "bridge"], []]
    workbook(tmp_path / "a.xlsx", [*above, head, *ROWS])
    assert load(tmp_path)["text"].tolist() == [row[2] for row in ROWS]
    assert "the 3 rows above the names of its columns were not read" in notes(tmp_path)
    (tmp_path / "a.xlsx").unlink()
    for mark in ",;\t":
        lines = [mark.join(f'"{cell}"' for cell in row) for row in (*above, head, *ROWS)]
        (tmp_path / "a.csv").write_text("\n".join(lines) + f"\nx{mark}y\n", "utf-8")
        with pytest.raises(CorpusError) as caught:
            corpus.load_documents(tmp_path)
        assert [problem.row for problem in caught.value.problems] == [5 + len(ROWS)]
        (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
        assert load(tmp_path)["outlet"].tolist() == [row[1] for row in ROWS]
        assert "the 3 rows above the names of its columns were not read" in notes(tmp_path)


def test_a_cell_merged_over_rows_is_read_in_each(tmp_path: Path) -> None:
    rows = [
        ["Id", "Text", "Source"],
        ["a", "One.", "The Post"],
        ["b", "Two."],
        ["c", "Three."],
        ["d", "F.", "E"],
    ]
    workbook(tmp_path / "a.xlsx", rows)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["S0"].merge_cells("C2:C3")
    book["S0"].merged_cells.add("E1:XFD1048576")
    book.save(tmp_path / "a.xlsx")
    assert load(tmp_path)["outlet"].tolist() == ["The Post", "The Post", "unknown", "E"]
    assert "a cell merged over several rows was read in each of them" in notes(tmp_path)


def test_a_workbook_that_is_none_or_would_fill_the_memory(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 no")
    assert "save it as .csv" in mend(tmp_path)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"xl/{number}.xml", b" " * (100 << 20))
    assert "when unpacked" in mend(tmp_path)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "lol">]><x>&a;</x>')
    assert "not a workbook" in mend(tmp_path)


def test_arrays_of_json_and_what_else_programs_write(tmp_path: Path) -> None:
    rows = [{"Text": "One.", "tags": ["a", "b"]}, {"Text": "Two.", "author": {"name": "A"}}]
    for name, value in {"a.json": rows, "b.json": {"meta": 1, "articles": rows}, "c.jsonl": rows}.items():
        (tmp_path / name).write_text(json.dumps(value), encoding="utf-8")
    (tmp_path / "d.json").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert load(tmp_path)["text"].tolist() == ["One.", "Two."] * 4


def test_a_packed_file_that_is_a_bomb_or_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from helpers.text import readers

    packed = gzip.compress(b"word " * 100_000)
    (tmp_path / "a.txt.gz").write_bytes(packed[:-20])
    assert "cut short" in mend(tmp_path)
    (tmp_path / "a.txt.gz").write_bytes(packed)
    monkeypatch.setattr(readers, "LARGEST_FILE", 400_000)
    assert "when unpacked" in mend(tmp_path)


def test_a_list_of_addresses_is_told_to_be_fetched(tmp_path: Path) -> None:
    (tmp_path / "stories.csv").write_text("title,url,media_name\nT,https://x.example/1,O\n", encoding="utf-8")
    assert "URLS=stories.csv" in mend(tmp_path)


@pytest.mark.parametrize("dates", [["03/04/2025", "25/04/2025"], ["04/03/2025", "04/25/2025"]])
def test_day_or_month_first_is_what_all_dates_of_a_column_allow(tmp_path: Path, dates: list[str]) -> None:
    rows = "".join(f"One.,{date}\n" for date in dates)
    (tmp_path / "a.csv").write_text(f"text,date\n{rows}", encoding="utf-8")
    assert load(tmp_path)["published"].tolist() == ["2025-04-03", "2025-04-25"]
    (tmp_path / "a.csv").write_text("text,date\nOne.,03/04/2025\n", encoding="utf-8")
    assert "not a date" in mend(tmp_path)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("4. März 2025", "2025-03-04"),
        ("martes, 4 de marzo de 2025", "2025-03-04"),
        ("2025年3月4日", "2025-03-04"),
        ("Tue, 04 Mar 2025 10:30:00 +0100", "2025-03-04T10:30+01:00"),
        ("Mar 4, 2025 3:05 PM EST", "2025-03-04T15:05-05:00"),
        ("March 2025", "2025-03"),
        ("30 February 2025", ""),
        ("yesterday", ""),
    ],
)
def test_dates_as_they_are_written(written: str, read: str) -> None:
    assert iso_date(written) == read


def test_months_and_languages_have_names() -> None:
    assert day_first(["03/04/2025", "25/04/2025", "04/25/2025"]) == ""
    assert [language_code(name) for name in ("ENGLISH", "deutsch", "fa-IR", "Farsi", "spa", "xx9!")] == [
        "en",
        "de",
        "fa-IR",
        "fa",
        "es",
        "xx9!",
    ]


def test_outlets_that_may_be_one_are_proposed_and_stay_two(tmp_path: Path) -> None:
    names = ["EL UNIVERSAL", "El Universal", "eluniversal.com", "The Post", "Post", "Radio Ford"]
    assert propose_outlets(names) == [
        ("El Universal", ["EL UNIVERSAL", "eluniversal.com"]),
        ("Post", ["The Post"]),
    ]
    rows = "".join(f"{name},One report.\n" for name in names)
    (tmp_path / "a.csv").write_text(f"outlet,text\n{rows}", encoding="utf-8")
    assert load(tmp_path)["outlet"].nunique() == 6
    assert "perhaps one outlet" in notes(tmp_path)


def test_outlets_csv_makes_them_one_or_keeps_them_two(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("outlet,text\nEL U,One.\nEl U,Two.\n", encoding="utf-8")
    (tmp_path / "outlets.csv").write_text("outlet,aliases,country,note\nEl U,EL U | E.U.,MX,\n", "utf-8")
    table = load(tmp_path)
    assert table["outlet"].tolist() == ["El U", "El U"]
    assert "Written EL U" in table.loc["a-2", "outlet_evidence"]
    (tmp_path / "outlets.csv").write_text("outlet,aliases\nEl U,\nEL U,\n", encoding="utf-8")
    assert load(tmp_path)["outlet"].nunique() == 2
    assert "perhaps one" not in notes(tmp_path)
    (tmp_path / "outlets.csv").write_text("outlet,aliases\nEl U,x\nEL U,x\n", encoding="utf-8")
    assert "already an alias" in mend(tmp_path)


def test_make_corpus_reads_tables_where_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.csv").write_text("Id;Source;Text\nx;EL U;One.\ny;El U;Two.\n", encoding="utf-8")
    assert start.main([str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "a.csv: 2 reports" in said
    assert "Id as doc_id" in said
    assert "perhaps one outlet" in said
    written = {path.name: path.read_text(encoding="utf-8") for path in sorted(tmp_path.glob("*.csv"))}
    assert written["columns.csv"].splitlines()[1:] == [
        "a.csv,Id,doc_id",
        "a.csv,Source,outlet",
        "a.csv,Text,text",
    ]
    assert written["outlets.csv"].splitlines()[1] == "El U,,,perhaps also: EL U"
    assert start.main([str(tmp_path)]) == 0
    assert written == {path.name: path.read_text(encoding="utf-8") for path in sorted(tmp_path.glob("*.csv"))}
    assert load(tmp_path)["outlet"].to_dict() == {"x": "EL U", "y": "El U"}


def test_a_manifest_with_semicolons_is_added_to_with_semicolons(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Two.", encoding="utf-8")
    (tmp_path / "documents.csv").write_text("file;outlet\na.txt;O\n", encoding="utf-8")
    start.start_corpus(tmp_path)
    assert (tmp_path / "documents.csv").read_text(encoding="utf-8") == "file;outlet\na.txt;O\nb.txt;\n"
