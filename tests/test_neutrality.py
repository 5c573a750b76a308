"""The project's own prose adopts no framing term: they stand only in tables, quotations and code."""

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from helpers import edition
from helpers.framing import lists
from helpers.names import lists as names_lists
from helpers.text import finder
from helpers.text.corpus import ROOT

LEXICONS = ROOT / "data" / "lexicons"
TERMS = lists.load_framing_terms(LEXICONS)
CODE = sorted(path for room in ("src", "tests", "benchmarks") for path in (ROOT / room).rglob("*.py"))
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("data/*.md"), *ROOT.glob("templates/**/*.j2")])
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

FENCED = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
EXAMPLE = re.compile(r"^\s*>>> .*?(?=\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)
TABLE_OR_QUOTE = re.compile(r"^\s*[|>].*$", re.MULTILINE)
QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")


def loose_terms(prose: str) -> list[str]:
    """Return the framing terms of `prose` (Markdown) outside its code, tables and quotations."""
    kept = TABLE_OR_QUOTE.sub("", EXAMPLE.sub("", FENCED.sub("", prose)))
    paragraphs = [INLINE_CODE.sub(" ", " ".join(part.split())) for part in re.split(r"\n\s*\n", kept)]
    # A lost mark would turn the prose inside out: then nothing of the paragraph passes for a quotation.
    bare = [part if part.count('"') % 2 else QUOTED.sub(" ", part) for part in paragraphs]
    texts = pd.DataFrame({"doc_id": [str(n) for n in range(len(bare))], "text": bare})
    regex = TERMS.loc[TERMS["match"] == "regex", "pattern"]
    return finder.find_terms(texts, TERMS["pattern"], regex=regex)["surface"].tolist()


def prose_of_code(source: str) -> Iterator[str]:
    """Yield the docstrings and the comments of a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield ast.get_docstring(node) or ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string.lstrip("# ")


def markdown_of(path: Path) -> Iterator[str]:
    """Yield the Markdown cells of a notebook."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            yield "".join(cell["source"])


@pytest.mark.parametrize(
    "prose",
    [
        "Then the regime replied.",
        "## The Zionist\nRegime",
        "A **martyr**, it says.",
        "See [the enemies](names.md).",
        'An odd " mark before the "enemy" of the text.',
        "The “word” and then propaganda.",
        "`code` about the martyrdom of `names`",
        "Palestinian resistance, with a small letter",
        "They call it Resistance.",
        ">>> f('x')\n'y'\n\nThe enemy is named.",
    ],
)
def test_the_checker_finds_a_term_in_prose(prose: str) -> None:
    assert loose_terms(prose)


@pytest.mark.parametrize(
    "prose",
    [
        'The report says "the regime" twice.',
        "It says “the Zionist\nenemy” once.",
        "The pattern `martyr*` is a stem.",
        "| term | n |\n|---|---|\n| Zionist regime | 4 |",
        "```\nregime,israel\n```",
        "> the enemy, as it says",
        ">>> normalise('HONOUR')\n'honour'",
        "A trip to Crimea; a regimen; the premartyr; Victoria.",
        "",
    ],
)
def test_the_checker_passes_quotations_code_tables_and_other_words(prose: str) -> None:
    assert loose_terms(prose) == []


def test_every_term_of_the_list_would_be_found() -> None:
    plain = TERMS[TERMS["match"] != "regex"]
    missed = [term for term in plain["pattern"] if not loose_terms(f"Of {term.replace('*', '')} we speak.")]
    stems = {"enem*", "savager*", "brutalit*", "invincib*"}
    assert set(missed) <= stems
    assert all(
        loose_terms(f"Of {word} we speak.") for word in ("enemies", "savagery", "brutality", "invincible")
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_pages_are_neutral(path: Path) -> None:
    assert loose_terms(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebooks_prose_is_neutral(path: Path) -> None:
    cells = list(markdown_of(path))
    assert cells
    assert [term for cell in cells for term in loose_terms(cell)] == []


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.name)
def test_docstrings_and_comments_are_neutral(path: Path) -> None:
    found = {term for prose in prose_of_code(path.read_text(encoding="utf-8")) for term in loose_terms(prose)}
    assert found == set()


@pytest.mark.parametrize(
    "path",
    [*sorted((ROOT / "src" / "helpers" / "pages").glob("*.py")), ROOT / "src" / "helpers" / "report.py"],
    ids=lambda path: path.stem,
)
def test_the_sentences_that_pages_print_are_neutral(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    constants = [n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant)]
    texts = [text.encode("utf-8", "replace").decode() for text in constants if isinstance(text, str)]
    assert [term for text in texts for term in loose_terms(text)] == []


def test_the_names_and_notes_of_the_lexicons_are_neutral() -> None:
    entities, aliases = names_lists.load_entities(LEXICONS), names_lists.load_aliases(LEXICONS)
    own = [*entities["canonical"], *entities["entity_id"], *aliases["note"], *TERMS["note"], *TERMS["target"]]
    assert len(own) > 100
    assert [term for text in own for term in loose_terms(text.replace("-", " "))] == []


def test_a_canonical_name_with_a_framing_term_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lexicons").mkdir()
    for path in LEXICONS.glob("*.csv"):
        (tmp_path / "lexicons" / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "lexicons" / "entities.csv").open("a", encoding="utf-8") as file:
        file.write("some-state,The Israeli regime,GPE,\n")
    with pytest.raises(ValueError, match="framing term"):
        edition.read_lists(tmp_path)
