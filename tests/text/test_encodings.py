"""Bytes of every kind: read as what they are, told where that is a guess, refused where it is no text."""

import json
from pathlib import Path

import pytest

from helpers.text import corpus
from helpers.text.encodings import decode
from helpers.text.problems import Refused

TOLD = {
    "en": "“We go on,” said Ada Poe – the town’s mayor. The bridge “is safe.” Café owners agreed.\n",
    "fr": "Le pont est fermé depuis mai, a déclaré la maire. « Nous l’ouvrirons à l’été », a-t-elle dit.\n",
    "de": "Die Brücke über die Spree bleibt für Fußgänger geschlossen, sagte die Bürgermeisterin.\n",
    "pl": "Most jest zamknięty od maja – powiedziała burmistrz. „Otworzymy go w czerwcu”, dodała.\n",
    "ru": "Мост закрыт с мая, сообщил мэр города. «Мы откроем его в июне», — сказала она журналистам.\n",
    "el": "Η γέφυρα είναι κλειστή από τον Μάιο, είπε η δήμαρχος. «Θα ανοίξει τον Ιούνιο», πρόσθεσε.\n",
    "fa": "پل از ماه مه بسته است، شهردار گفت. «ما آن را در ژوئن باز می کنیم»، او افزود.\n",
    "zh": "市长说，这座桥自五月以来一直关闭。“我们将在六月开放它，”她告诉记者。\n",
    "ja": "市長は、橋は五月から閉鎖されていると述べた。「六月に開く」と彼女は記者団に語った。\n",
    "ko": "다리는 5월부터 폐쇄되었다고 시장이 말했다. 우리는 6월에 다리를 열 것이다라고 말했다.\n",
    "th": "สะพานปิดตั้งแต่เดือนพฤษภาคม นายกเทศมนตรีกล่าว เราจะเปิดในเดือนมิถุนายน\n",
}
OLD = {
    "en": ("cp1252",),
    "fr": ("cp1252",),
    "de": ("cp1252",),
    "pl": ("cp1250",),
    "ru": ("cp1251", "koi8_r", "cp866"),
    "el": ("cp1253",),
    "zh": ("gb18030", "big5"),
    "ja": ("cp932", "euc_jp", "iso2022_jp"),
    "ko": ("cp949",),
}


@pytest.mark.parametrize("language", TOLD)
@pytest.mark.parametrize("form", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("times", [1, 50])
def test_utf_16_without_a_mark_is_told_by_what_it_makes_of_a_text(language, form, times):
    text = TOLD[language] * times
    assert decode(text.encode(form)) == (text, f"not UTF-8; read as {form}, which is a guess")


@pytest.mark.parametrize(
    ("language", "form"), [(name, form) for name, forms in OLD.items() for form in forms]
)
def test_old_encodings_are_guessed_and_told(language, form):
    raw = (TOLD[language] * 4).encode(form, "ignore")
    text, note = decode(raw)
    assert text == raw.decode(form)
    assert note.endswith("which is a guess")


@pytest.mark.parametrize("language", TOLD)
@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_utf_8_with_a_stray_byte_stays_utf_8(language, place):
    raw = (TOLD[language] * 8).encode()
    cut = int(len(raw) * place)
    text, note = decode(raw[:cut] + b"\xe9" + raw[cut:])
    if language != "de" or "UTF-8" in note:
        assert text.count(TOLD[language]) >= 6
        assert "\ufffd" in text
        assert "stands in line" in note


@pytest.mark.parametrize("n", range(1, 3))
def test_utf_8_cut_in_the_midst_of_a_character_stays_utf_8(n):
    text, note = decode((TOLD["zh"] * 4).encode().strip()[:-n])
    assert text.startswith(TOLD["zh"] * 3)
    assert "not UTF-8" in note


def test_what_pages_call_latin_1_is_read_as_browsers_do():
    page = '<meta charset="iso-8859-1"><p>' + TOLD["en"]
    text, note = decode(page.encode("cp1252"))
    assert "“We go on,”" in text
    assert note == "not UTF-8; read as iso-8859-1, as it declares"
    page = '<?xml version="1.0" encoding="windows-1251"?><p>' + TOLD["ru"]
    assert TOLD["ru"] in decode(page.encode("cp1251"))[0]


def test_few_control_characters_are_told_and_many_refused():
    text, note = decode(("A word.\n" * 40 + "B\x02 word.\x08\n").encode())
    assert "\x02" in text
    assert note == "2 control characters in it, the first in line 41"
    assert decode("Page one.\x0cPage two.\x85".encode())[1] == ""
    for raw in (b"A\x01 b\x02 c\x03", b"\x1b[31mred\x1b[0m \x1b[32mgreen", bytes(range(256)) * 8):
        with pytest.raises(Refused):
            decode(raw)


@pytest.mark.parametrize("raw", [b"\xff\xd8\xff\xe0\0\x10JFIF\0\1" * 40, b"\xd0\xcf\x11\xe0" + bytes(512)])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, raw):
    (tmp_path / "a.txt").write_bytes(raw)
    assert [problem.file for problem in corpus.read_corpus(tmp_path).problems] == ["a.txt"]


def test_cells_of_a_table_with_control_characters_are_refused(tmp_path: Path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": "A\x01\x02 word\x03"}), encoding="utf-8")
    assert "control characters" in corpus.read_corpus(tmp_path).problems[0].mend


@pytest.mark.parametrize("form", ["utf-16", "utf-8-sig", "utf-32"])
def test_a_manifest_with_the_mark_of_its_encoding_is_read(tmp_path: Path, form):
    (tmp_path / "é.txt").write_text("A word.", encoding="utf-8")
    (tmp_path / "documents.csv").write_text("file\toutlet\né.txt\tÉcho\n", encoding=form)
    assert corpus.read_corpus(tmp_path).documents["outlet"].tolist() == ["Écho"]
