"""Languages: which one a report is in, the words of its grammar, its direction, and its name."""

from functools import cache

import pandas as pd
from babel import Locale, UnknownLocaleError

from helpers.table import UNKNOWN
from helpers.text.tables import Documents
from helpers.text.wordforms import normalise

__all__ = [
    "ASSUMED",
    "DETECTED",
    "STOP_WORDS",
    "detect_language",
    "detected_languages",
    "is_right_to_left",
    "language_name",
    "read_as",
    "several_languages",
    "stop_words",
    "with_languages",
    "within_language",
]
# A language that nobody wrote and that its words do not tell is read as English.
ASSUMED = "en"
# Where the origins table says a language was found.
DETECTED = "detected from its words"
# Fewer letters tell no language of a script that many languages share; so sure must py3langid be.
FEWEST_LETTERS, SURE = 20, 0.5
CHARACTERS_READ = 4_000
# Words that English alone has of the languages of the Latin alphabet: where they are so many, no model is
# asked. Of 360 reports (BASIL, PolNeAR) 352 are told so, and 0 of 33 in other languages: as the model says.
PLAIN = frozenset(
    "the The and that with from have has they their which this This were his her been would".split()
)
PLAIN_READ, PLAIN_WORDS, PLAIN_SHARE = 600, 40, 0.06
RIGHT_TO_LEFT = frozenset("ar fa he ur ps sd ug yi dv ckb syr arz azb".split())
# stopwordsiso's English list of 1,298 takes words of content for words of grammar.
STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before being
    below between both but by can could did do does doing down during each few for from further had has
    have having he her here hers herself him himself his how i if in into is it its itself just me more
    most my myself no nor not now of off on once only or other our ours ourselves out over own same she
    should so some such than that the their theirs them themselves then there these they this those
    through to too under until up upon very was we were what when where which while who whom why will
    with would you your yours yourself""".split()
)
_NORWEGIAN = {"nb": "no", "nn": "no"}


def read_as(language: str) -> str:
    """Return the language a report is read as: the main part of its code, English where it is unknown.

    >>> read_as("fa-IR"), read_as("unknown"), read_as("DE")
    ('fa', 'en', 'de')
    """
    return ASSUMED if language in ("", UNKNOWN) else language.replace("_", "-").partition("-")[0].lower()


@cache
def language_name(language: str) -> str:
    """Return the English name of a language, its code where it has none.

    >>> language_name("fa-IR"), language_name("xx")
    ('Persian', 'xx')
    """
    try:
        return str(Locale("en").languages.get(read_as(language), read_as(language)))
    except UnknownLocaleError:  # pragma: no cover - English is always there
        return read_as(language)


def is_right_to_left(language: str) -> bool:
    """Return whether a language is written from right to left.

    >>> is_right_to_left("fa-IR"), is_right_to_left("de")
    (True, False)
    """
    return read_as(language) in RIGHT_TO_LEFT


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return a language's words of grammar, as they are counted; none where no list has them.

    >>> "the" in stop_words("en"), "und" in stop_words("de"), stop_words("xx")
    (True, True, frozenset())
    """
    code = read_as(language)
    if code == ASSUMED:
        return STOP_WORDS
    from stopwordsiso import has_lang, stopwords

    code = _NORWEGIAN.get(code, code)
    return frozenset(map(normalise, stopwords(code))) if has_lang(code) else frozenset()


def detect_language(text: str) -> str:
    """Return the language that a text's letters and words tell, or unknown.

    >>> detect_language("El puente se abrió el martes en Madrid."), detect_language("Hello.")
    ('es', 'unknown')
    """
    read = text[:CHARACTERS_READ]
    if read.isascii() and _is_plainly_english(read):
        return ASSUMED
    letters = [char for char in read if char.isalpha()]
    latin = sum(char < "\u0250" for char in letters)
    if not letters or (2 * latin > len(letters) and len(letters) < FEWEST_LETTERS):
        return UNKNOWN
    code, chance = _identifier().classify(read)
    return str(code) if chance >= SURE and code not in ("zxx", "und") else UNKNOWN


def _is_plainly_english(text: str) -> bool:
    """Return whether words that English alone has are so many at the beginning that no model is needed."""
    words = text[:PLAIN_READ].split()
    return len(words) >= PLAIN_WORDS and sum(map(PLAIN.__contains__, words)) >= PLAIN_SHARE * len(words)


@cache
def _identifier():  # type: ignore[no-untyped-def]
    """Return py3langid's model; it is loaded only where a language is to be told."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def with_languages(documents: Documents) -> tuple[Documents, list[tuple[str, str, str, str]]]:
    """Return the reports, those without a language with the one detected, and a row of origin for each."""
    languages = documents["language"].tolist()
    found = []
    for place, (doc_id, text) in enumerate(
        zip(documents["doc_id"].tolist(), documents["text"].tolist(), strict=True)
    ):
        if languages[place] == UNKNOWN:
            languages[place] = detect_language(text)
            if languages[place] != UNKNOWN:
                found.append((doc_id, "language", languages[place], DETECTED))
    return documents.assign(language=pd.array(languages, dtype="str")), found


def detected_languages(origins: pd.DataFrame) -> "pd.Series[str]":
    """Return the languages that were detected, by report."""
    own = origins[(origins["field"] == "language") & (origins["where"] == DETECTED)]
    return own.set_index("doc_id")["value"]


def several_languages(documents: Documents) -> list[str]:
    """Return the names of the languages that the reports of one event are in, where they are several."""
    languages = documents["language"].map(read_as)
    several = languages.groupby(documents["event_id"]).transform("nunique") > 1
    return sorted(map(language_name, languages[several].unique()))


def within_language(documents: Documents) -> Documents:
    """Return the reports under events of one language each: words are compared within a language only.

    An event in several languages is several: "bridge (English)" and "bridge (Persian)"; others keep their
    names.
    """
    languages = documents["language"].map(read_as)
    several = languages.groupby(documents["event_id"]).transform("nunique") > 1
    named = documents["event_id"] + " (" + languages.map(language_name) + ")"
    return documents.assign(event_id=documents["event_id"].where(~several, named).astype("str"))
