"""Who says a quotation in languages without a parser: one sentence a rule, invented."""

from pathlib import Path

import pytest

from helpers.edition import open_corpus
from helpers.voices import orders
from helpers.voices.quotations import quote_spans

SENTENCES = [
    # behind the quotation
    ("de", "„Das Dach war alt“, sagte Feuerwehrchefin Lena Roth am Montag.", "Feuerwehrchefin Lena Roth"),
    ("de", "„Niemand wurde verletzt“, teilte die Polizei mit.", "die Polizei"),
    ("de", "„Das Dach war alt“, sagte sie am Montag in Bonn.", ""),
    ("fr", "« Le toit était vieux », a expliqué Mme Roche lundi.", "Mme Roche"),
    ("fr", "« Le toit était vieux », a-t-il expliqué à Lyon.", ""),
    ("fr", "« Le toit était vieux », affirme le préfet de la région.", "le préfet"),
    ("es", "«El techo era viejo», aseguró la jefa de obras, Lena Rojas.", "la jefa de obras, Lena Rojas"),
    ("es", "«El techo era viejo», añadió en Madrid.", ""),
    ("ru", "«Крыша была старой», — пояснила пожарный Лена Роткина.", "пожарный Лена Роткина"),
    ("ru", "«Крыша была старой», — добавил он в понедельник.", ""),
    ("tr", "“Çatı eskiydi” diye konuştu İtfaiye Müdürü Lale Kaya.", "İtfaiye Müdürü Lale Kaya"),
    ("he", "״הגג היה ישן״, אמרה מפקדת הכבאות לאה רוט.", "מפקדת הכבאות לאה רוט"),
    ("hi", "“छत पुरानी थी”, दमकल प्रमुख लीना रॉय ने बताया।", "दमकल प्रमुख लीना रॉय"),
    ("zh", "“屋顶很旧，”消防队长李娜说。", "消防队长李娜"),
    # before it
    ("de", "Bürgermeisterin Eva Lang erklärte: „Wir bauen das Dach neu auf.“", "Bürgermeisterin Eva Lang"),
    ("fr", "Le maire, Paul Roche, a déclaré : « Nous allons reconstruire le toit. »", "Le maire, Paul Roche"),
    ("ru", "Мэр Павел Роткин заявил: «Мы построим крышу заново».", "Мэр Павел Роткин"),
    ("ar", "وقال رئيس البلدية سامي نصار: «سنبني السقف من جديد».", "رئيس البلدية سامي نصار"),
    ("fa", "سامی نصیری، شهردار، گفت: «سقف را از نو می‌سازیم.»", "سامی نصیری"),
    ("zh", "市长王明在会上表示：“我们会重建屋顶。”", "市长王明"),
    ("ja", "王市長は会見で「屋根を建て直す」と述べた。", "王市長"),
    ("hi", "महापौर सुनील राय ने कहा, “हम छत फिर बनाएँगे।”", "महापौर सुनील राय"),
    ("tr", "Belediye Başkanı Can Demir, “Çatıyı yeniden yapacağız” dedi.", "Belediye Başkanı Can Demir"),
    # nobody is said to speak: a new sentence begins, or the marks hold a name
    ("fr", "Il parle d'un « monument vide ». Le maire a dit autre chose.", ""),
    ("ar", "وصفها بأنها «خطوة كبيرة إلى الأمام». وقال سامي نصار إن العمل انتهى.", ""),
    ("ru", "Форвард «Зенит» отметил победу в субботу.", ""),
    ("zh", "她说：“我们会重建屋顶。”王明表示，工程需要三年。", ""),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "source"), SENTENCES)
def test_the_source_is_at_its_place(language: str, text: str, source: str) -> None:
    quote = next(iter(quote_spans(text, language)))
    found = orders.source_by_order(text, quote, language)
    assert ("" if found is None else text[slice(*found.source)]) == source


def test_a_language_without_a_list_tells_no_source() -> None:
    text = "“Hello there, friends,” said Anna."
    assert not orders.has_order("xx")
    assert orders.source_by_order(text, next(iter(quote_spans(text, "xx"))), "xx") is None


def test_sources_are_kept_as_written_and_named_where_a_list_has_them(tmp_path: Path) -> None:
    text = "Ein Titel\n\n„Das Dach war alt“, sagte Lena Roth. „Wir bauen neu“, sagte Paul Lang."
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "documents.csv").write_text("doc_id,file,language\na,a.txt,de\n", "utf-8")
    lists = tmp_path / "lexicons"
    lists.mkdir()
    head = "entity_id,canonical,entity_type,wikidata\n"
    lists.joinpath("entities.csv").write_text(f"{head}roth,Lena Roth,PERSON,\n", "utf-8")
    head = "entity_id,alias,kind,case,valid_from,valid_to,scope,note\n"
    lists.joinpath("aliases.csv").write_text(f"{head}roth,Lena Roth,name,exact,,,,\n", "utf-8")
    voices = open_corpus(tmp_path).voices
    assert voices["source"].tolist() == ["Lena Roth", "Paul Lang"]
    assert voices["speaker"].tolist() == ["roth", "unknown"]
    assert voices["rule"].tolist() == ["order", "order"] and voices["confidence"].isna().all()
    for row in voices.to_dict("records"):
        assert text[row["source_start"] : row["source_end"]] == row["source"]
