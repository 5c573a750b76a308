"""Which language a report is in, its words and its sentences; invented sentences."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers.edition import open_corpus
from helpers.pairs import pair_by_meaning
from helpers.text import (
    can_read_meaning,
    detected_languages,
    sentence_spans,
    sentence_vectors,
    several_languages,
    words_in,
)
from helpers.text.languages import detect_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The library opened again on Monday after two years of repairs."),
        ("de", "Die Bibliothek ist am Montag nach zwei Jahren wieder geöffnet worden."),
        ("fr", "La bibliothèque a rouvert lundi après deux ans de travaux."),
        ("es", "La biblioteca volvió a abrir el lunes después de dos años de obras."),
        ("ru", "Библиотека снова открылась в понедельник после двух лет ремонта."),
        ("ar", "أعيد فتح المكتبة يوم الاثنين بعد عامين من الأعمال."),
        ("fa", "کتابخانه روز دوشنبه پس از دو سال تعمیر دوباره باز شد."),
        ("he", "הספרייה נפתחה מחדש ביום שני אחרי שנתיים של שיפוץ."),
        ("tr", "Kütüphane iki yıllık onarımdan sonra pazartesi günü yeniden açıldı."),
        ("zh", "图书馆经过两年维修后于星期一重新开放。"),
        ("ja", "図書館は二年間の修理の後、月曜日に再び開館した。"),
        ("hi", "दो साल की मरम्मत के बाद पुस्तकालय सोमवार को फिर खुला।"),
    ],
)
def test_a_language_is_told_by_its_words(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "123 456", "OK", "Monday."])
def test_too_little_tells_no_language(text: str) -> None:
    assert detect_language(text) == "unknown"


def test_a_detected_language_is_marked_and_words_stay_within_it(tmp_path: Path) -> None:
    english = "The library is open again. The repairs of the roof cost the town the money of the year."
    german = "Die Bibliothek ist wieder offen. Die Reparatur des Dachs hat die Stadt viel Geld gekostet."
    for name, text in (("a", english), ("b", german), ("c", english.replace("town", "city"))):
        Path(tmp_path, f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    rows = ["doc_id,file,event_id,outlet"] + [f"{name},{name}.txt,library,Outlet {name}" for name in "abc"]
    Path(tmp_path, "documents.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    read = open_corpus(tmp_path)
    assert detected_languages(read.origins).to_dict() == {"a": "en", "b": "de", "c": "en"}
    assert several_languages(read.documents) == ["English", "German"]
    assert read.compared["event_id"].tolist() == [
        "library (English)",
        "library (German)",
        "library (English)",
    ]
    keyness = read.keyness("Outlet a", "Outlet b")
    assert keyness.empty
    stop = read.tokens[read.tokens["is_stop"]].groupby("doc_id")["norm"].agg(set)
    assert "die" in stop["b"] and "the" in stop["a"] and "die" not in stop["a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("火曜日の橋、三年ぶりに", ["火曜日", "の", "橋", "三年", "ぶり", "に"]),
        ("大桥星期五通车", ["大", "桥", "星期五", "通车"]),
        ('מנכ"ל הספרייה', ['מנכ"ל', "הספרייה"]),
        ("می‌رود ۴۸٫۵", ["می‌رود", "۴۸٫۵"]),
        ("l'été, aujourd'hui", ["l'été", "aujourd'hui"]),
    ],
)
def test_words_of_other_scripts(text: str, expected: list[str]) -> None:
    assert words_in(text) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Selon M. Martin, la salle est prête."),
        ("de", "Laut Dr. Weber ist der Saal fertig."),
        ("es", "Según la Sra. Ruiz, la sala está lista."),
        ("ru", "Музей им. Иванова открыт."),
        ("tr", "Sn. Kaya salonu açtı."),
    ],
)
def test_a_title_ends_no_sentence(language: str, text: str) -> None:
    assert len(list(sentence_spans(text, language=language))) == 1


@pytest.mark.skipif(not can_read_meaning(), reason="no wheel of the model for this platform")
def test_sentences_are_paired_across_languages() -> None:
    rows = [
        ("a", 0, "The library opened again on Monday."),
        ("a", 1, "The repairs cost three million euros."),
        ("a", 2, "Children sang in front of the door."),
        ("b", 0, "Vor der Tür sangen Kinder."),
        ("b", 1, "Am Montag hat die Bibliothek wieder geöffnet."),
        ("b", 2, "Die Reparatur kostete drei Millionen Euro."),
    ]
    sentences = pd.DataFrame(rows, columns=["doc_id", "sentence_id", "text"])
    vectors = sentence_vectors(sentences)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    pairs = pd.DataFrame({"doc_id_a": ["a"], "doc_id_b": ["b"]})
    meant = pair_by_meaning(sentences, vectors, pairs, {"a": "en", "b": "de"})
    found = dict(zip(meant["sentence_id_a"], meant["sentence_id_b"], strict=True))
    assert found == {0: 1, 1: 2, 2: 0}
    assert (sentence_vectors(sentences) == vectors).all()
