"""House style: titles, and words and numbers written in several ways; no choice of words, so never tested."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from helpers.table import conform
from helpers.text import STOP_WORDS, Documents
from helpers.words.counts import pool_counts
from helpers.words.tables import HouseStyle, HouseStyleTable, Keyness, PooledCounts

__all__ = ["TITLES", "count_signs", "house_forms", "house_style", "style_key"]
# Titles before names and short forms of English newspapers; whether they are printed is a rule of the house.
TITLES = frozenset(
    "mr mrs ms mx dr messrs sen sens rep reps gov govs lt sgt capt maj prof rev jr sr a.m. p.m. pct".split()
)
# British and American spellings of one word, the second standing for both.
SPELLINGS = (
    (re.compile(r"(?<=.{3})is(?=(e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=.{2})our(?=(s|ed|ing|able|ite|ites|al|ful|er|ers|hood)?$)"), "or"),
    (re.compile(r"(?<=.{2})tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=.{2})ence(?=s?$)"), "ense"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=[aeo])ll(?=(ed|ing|er|ers)$)"), "l"),
    (re.compile(r"(?<=.{2})ellery$"), "elry"),
    (re.compile(r"^grey"), "gray"),
)
# Short and long forms of one word, and numbers in words and in figures; "cent" is of "per cent".
NUMERALS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty""".split()
SAME = {word: str(n) for n, word in enumerate(NUMERALS)} | {
    "tv": "television", "pct": "percent", "cent": "percent", "ok": "okay", "advertisement": "ad",
    "rep": "representative", "reps": "representatives", "sen": "senator", "sens": "senators",
    "gov": "governor", "govt": "government", "dept": "department", "vp": "vicepresident",
    "phone": "telephone", "e-mail": "email",
}  # fmt: skip
# Of a word that has a sign too ("5%"), how often it is written does not tell how often it is said.
SIGNED = {"%": "percent"}
MARKS = re.compile(r"[.\-\u2010\u2011]")


@lru_cache(maxsize=2**18)
def style_key(term: str) -> str:
    """Return what the ways of writing a word have in common: no full stops or hyphens, one spelling.

    A short form has the key of the long one, a number in words that of the figures. Function words and words
    of two letters stay apart from initials with stops: "us" is not "u.s.".

    >>> [style_key(form) for form in ("f.b.i.", "e-mail", "emphasise", "honours", "u.s.")]
    ['fbi', 'email', 'emphasize', 'honors', 'u.s.']
    >>> [style_key(form) for form in ("eight", "8", "pct", "tv", "two-in-three")]
    ['8', '8', 'percent', 'television', '2in3']
    """
    parts = term.split("-")
    if term in SAME or any(part in SAME for part in parts):
        return SAME.get(term) or "".join(SAME.get(part, part) for part in parts)
    key = MARKS.sub("", term)
    if key in STOP_WORDS or len(key) < 3:
        return term
    for pattern, other in SPELLINGS:
        key = pattern.sub(other, key)
    return key


def house_forms(terms: Iterable[str]) -> dict[str, str]:
    """Return the words that are house style, each with its key.

    They are titles, those met in several spellings, and those with a sign of their own.

    >>> house_forms(["mr", "fbi", "f.b.i.", "war"])
    {'f.b.i.': 'fbi', 'fbi': 'fbi', 'mr': 'mr'}
    """
    keys = {term: style_key(term) for term in terms}
    forms, signs = Counter(keys.values()), set(SIGNED.values())
    own = [(key, term) for term, key in keys.items() if forms[key] > 1 or term in TITLES or key in signs]
    return {term: key for key, term in sorted(own)}


def house_style(keyness: Keyness, signs: PooledCounts | None = None) -> HouseStyle:
    """Return the house_style table: the words of `keyness` that are house style, a row per comparison.

    The ways of writing a word are one row, their uses added up; the most used stand first. `signs` has the
    uses of signs that stand for a word (`count_signs`).
    """
    of_event = {
        event: house_forms(terms)
        for event, terms in keyness.groupby("event_id", sort=True)["term"].unique().items()
    }
    keys = [
        of_event[event].get(term, "")
        for event, term in zip(keyness["event_id"], keyness["term"], strict=True)
    ]
    own = keyness.assign(key=pd.array(keys, dtype="str"))[[key != "" for key in keys] if keys else slice(0)]
    if signs is not None:
        own = pd.concat([own, _signs_of(keyness, signs)], ignore_index=True)
    grouped = own.groupby(["event_id", "target", "reference", "key"], sort=True)
    rows = grouped.agg(
        forms=("term", lambda terms: ", ".join(sorted(terms))),
        n_target=("n_target", "sum"),
        n_reference=("n_reference", "sum"),
        reports_target=("reports_target", "max"),
        reports_reference=("reports_reference", "max"),
    ).reset_index()
    rows = rows.assign(most=rows["n_target"] + rows["n_reference"])
    rows = rows.sort_values(["most", "event_id", "target", "key"], ascending=[False, True, True, True])
    return conform(rows.drop(columns=["key", "most"]), HouseStyleTable)


def count_signs(texts: pd.DataFrame, documents: Documents) -> PooledCounts:
    """Return the pooled_counts of the signs that stand for a word, such as "%", in `texts` (doc_id, text)."""
    uses = texts[["doc_id"]].assign(n=texts["text"].str.count("%").to_numpy(), term="%")
    uses = uses.groupby(["doc_id", "term"], sort=True)["n"].sum().reset_index()
    return pool_counts(uses[uses["n"] > 0], documents)


def _signs_of(keyness: Keyness, signs: PooledCounts) -> pd.DataFrame:
    """Return the uses of signs on either side of each comparison, as rows of `keyness` with a key."""
    rows = []
    for event, target, reference in (
        keyness[["event_id", "target", "reference"]].drop_duplicates().itertuples(index=False, name=None)
    ):
        for term, own in signs[signs["event_id"] == event].groupby("term", sort=True):
            is_target = own["outlet"] == target
            a, b = (side[["n", "n_reports"]].sum() for side in (own[is_target], own[~is_target]))
            rows.append((event, target, reference, term, a["n"], b["n"], *(s["n_reports"] for s in (a, b))))
    names = "event_id target reference term n_target n_reference reports_target reports_reference".split()
    table = pd.DataFrame(rows, columns=names)
    return table.assign(key=table["term"].map(SIGNED))
