"""Corpora put together from what newspapers print, through every block of all seven pages.

A few in each run, sixty in CI (four CPU seconds each), beside the other tests; others and more by
`FUZZ=200 python -m pytest tests/test_any_text.py`.
"""

import os
import re
import tempfile
import warnings
from functools import cached_property
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from helpers.edition import open_corpus
from helpers.pages.blocks import Block
from helpers.place import ROOT
from helpers.text import CorpusError

PAGES = ("corpus", "wording", "names", "voices", "framing", "derivation", "synopsis")
EXAMPLES = int(os.environ.get("FUZZ", "60" if os.environ.get("CI") else "4"))
FRAGMENTS = [
    # what is told
    "The old bridge over the Mill River was closed on Monday after divers found cracks in a pier.",
    "The bridge across the Mill River was shut on 4 March 2025 because of cracks, officials said.",
    "At least 48 people were hurt, 12 of them badly, and some 1.2 million euros were lost.",
    "Forty-eight people were injured; the town puts the damage at €1,200,000 (about $1.3m).",
    "BRITISH BROADCASTING CORPORATION reporters told Mayor Ada Poe that the talks would go on.",
    "It was closed. It was opened again. It was closed.",
    # who says it
    "“We go on,” said Ada Poe, the mayor of Oldtown. “It is safe.”",
    '"We go on", Poe said, "and it is \'quite safe\', as he put it."',
    "‘Nobody told us,’ the ferryman, who asked not to be named, told reporters.",
    "According to a statement by the Harbour Board, the quay “will be mended by May”.",
    "Poe said that the bridge is safe, that it will open, and that she has no doubt.",
    "“An open quotation that nobody ends",
    "Critics, among them Charles Babbage, called it a “death trap”; others denied that.",
    "She said. He said. They said: no.",
    # the page around it
    "By Ann Lee and Bob Roe",
    "OLDTOWN, March 4 (AP) —",
    "BREAKING: Bridge closed – mayor: ‘it is safe’",
    "Read more: http://example.org/a?b=c&d=%20#e",
    "© 2025 Example News. All rights reserved. | Share | Tweet",
    "Correction: an earlier version of this report misspelt the mayor’s name.",
    # other languages and scripts
    "Die Brücke bleibt gesperrt, sagte Bürgermeisterin Ada Poe. „Sie ist sicher.“",
    "Le pont reste fermé, a déclaré la maire. « Il est sûr », a-t-elle ajouté.",
    "پل بسته است، شهردار گفت: «ما آن را باز می‌کنیم».",
    "قال رئيس البلدية إن الجسر مغلق منذ ٤ مارس.",
    "市长说：“桥是安全的。”记者问她为什么。",
    "市長は「橋は安全だ」と述べた。",
    "Мост закрыт, сообщила мэр Ада По.",
    # what is hard on code
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "# A heading\n\n- one\n- two\n\n> quoted **bold** _it_ `code`",
    "<b>bold</b> <script>alert(1)</script> &amp; &lt;",
    "Costs rose from $x^2$ to $5 and $6; \\frac{1}{2} =1+1",
    "e\u0301te\u0301 \u202eevil\u202c zero\u200bwidth soft\u00adhyphen \ufeff",
    "👩‍👩‍👧‍👦 🇮🇷 1️⃣ ½ Ⅳ ﬁ",
    "a" * 300,
    "!!! ... ??? —— ---",
    "1. 2. 3. 4 a.m. U.S. Mr. Dr. No. 5 vs. Jan. 6",
    "\t \u00a0 \u2003",
    "A\nB\nC\nD",
]
CELL = st.sampled_from(
    ["", "unknown", "A", "B & C", "Outlet $1$", "<i>o</i>", "=1+1", "Echo é", "NA", "null", "None"]
)
REPORT = st.tuples(
    st.lists(
        st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from([" ", "\n", "\n\n"])), min_size=1, max_size=8
    ),
    CELL,
    st.sampled_from(["", "e1", "e1", "e2"]),
    st.sampled_from(["", "2025-03", "2025-03-04", "2025-03-04T10:30Z"]),
    st.sampled_from(["", "en", "en", "de", "fa", "zh", "xx"]),
)
ENTITIES = "entity_id,canonical,entity_type,wikidata\npoe,Ada Poe,PERSON,\nboard,Harbour Board,ORG,\n"
ALIASES = (
    "entity_id,alias,kind,case,valid_from,valid_to,scope,note\n"
    "poe,Poe,name,exact,,,,\npoe,شهردار,role,fold,,,,\n"
)
TERMS = (
    "term_id,pattern,match,case,family,target,decided_by,scope,role,note,source\n"
    "trap,death trap*,phrase,fold,label,board,list,,,,\n"
)


def write(folder: Path, reports: list, listed: bool) -> None:
    """Write a corpus with its manifest, and lists where they are wanted."""
    rows = []
    for number, (fragments, outlet, event, published, language) in enumerate(reports):
        text = "".join(words + gap for words, gap in fragments)
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
        rows.append((f"{number}.txt", outlet, event, published, language))
    manifest = pd.DataFrame(rows, columns=["file", "outlet", "event_id", "published", "language"])
    manifest.to_csv(folder / "documents.csv", index=False, lineterminator="\n")
    if listed:
        (folder / "lexicons").mkdir()
        for name, text in (("entities", ENTITIES), ("aliases", ALIASES), ("framing_terms", TERMS)):
            (folder / "lexicons" / f"{name}.csv").write_text(text, encoding="utf-8")


def blocks(read):
    """Yield page, block and HTML of everything that the seven pages show of an edition."""
    for name in PAGES:
        page = import_module(f"helpers.pages.{name}").Page(read)
        for method, made in vars(type(page)).items():
            if not method.startswith("_") and not isinstance(made, (cached_property, property)):
                shown = getattr(page, method)()
                if isinstance(shown, Block):
                    yield name, method, shown.html


@pytest.mark.filterwarnings("ignore::helpers.text.CorpusWarning")
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="FUZZ" not in os.environ,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(REPORT, min_size=1, max_size=4), st.booleans())
def test_any_corpus_goes_through_every_page(reports, listed):
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        write(Path(place), reports, listed)
        try:
            read = open_corpus(place)
        except CorpusError as error:
            assert all("no word in it" in problem.mend for problem in error.problems)
            return
        n = 0
        for page, block, html in blocks(read):
            n += 1
            soup = BeautifulSoup(html, "html.parser")
            assert not soup.find_all(["script", "iframe", "i", "b"], string=re.compile("alert|^o$")), (
                page,
                block,
            )
            for image in soup.find_all("img"):
                assert image["src"].startswith("data:image/svg+xml;base64,")
                assert image["alt"]
            for told in soup.find_all("p"):
                assert not re.search(r"\b(nan|NaN|inf|NaT)\b", told.get_text()), (
                    page,
                    block,
                )
        assert n > 90
        for table in (read.sentences, read.voices, read.mentions):
            texts = read.documents.set_index("doc_id")["text"]
            for doc_id, start, end in zip(
                table["doc_id"], table["start_char"], table["end_char"], strict=True
            ):
                assert 0 <= start < end <= len(texts[doc_id])


def test_the_fragments_are_not_of_the_seeds():
    seeds = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "seeds").glob("*.txt"))
    assert not [fragment for fragment in FRAGMENTS if len(fragment) > 40 and fragment in seeds]
