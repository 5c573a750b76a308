"""Quotations inside quotations: where they are, and who says them by the words around them."""

from collections.abc import Iterator, Sequence

from helpers.voices.quotations import Quote, quote_spans
from helpers.voices.sources import Forms, attributed, cues_by_rank, cues_of
from helpers.voices.tags import TAGGING
from helpers.voices.tree import Source, Token, Tree
from helpers.voices.unsaid import is_unsaid

__all__ = ["nested_quotes", "quoted_inside"]
# Words under which marks inside a quotation are of a name or a term.
FEWEST_WORDS = 3
# Tokens between such a quotation and its verb, at most.
NEAR = 8


def nested_quotes(text: str, quotes: Sequence[Quote]) -> Iterator[tuple[Quote, Quote]]:
    """Yield each quotation with those right inside it, marks included.

    >>> said = "“She told me, ‘Close the pier tonight,’ and I did,” he said."
    >>> [said[inner.start : inner.end] for _, inner in nested_quotes(said, quote_spans(said))]
    ['‘Close the pier tonight,’']
    """
    for outer in quotes:
        if outer.flag in ("unclosed", "scare"):
            continue
        first, last = outer.start + 1, outer.end - 1
        for inner in quote_spans(text[first:last]):
            start, end = first + inner.start, first + inner.end
            # The same straight marks inside tell that one was lost.
            other = text[start] != text[outer.start] or text[start] not in "\"'"
            if other and not inner.flag and len(text[start:end].split()) >= FEWEST_WORDS:
                yield outer, Quote(start, end)


def quoted_inside(
    text: str, tokens: Sequence[Token], pairs: Sequence[tuple[Quote, Quote]], forms: Forms
) -> Iterator[tuple[Quote, Quote, int, Source]]:
    """Yield each quotation with one inside it, the cue of the latter, and its source: both inside the former.

    `pairs` is what `nested_quotes` gives. One that no verb of speech introduces there is left out.
    """
    inner = [quote for _, quote in pairs]
    quoted = [any(quote.start <= token.start < quote.end for quote in inner) for token in tokens]
    tree = Tree(tokens, quoted)
    cues = cues_of(tree, forms, text)
    for outer, quote in pairs:
        own = {k: cue for k, cue in cues.items() if outer.start <= tokens[k].start < outer.end}
        said = {k: cue for k, cue in own.items() if cue.kind != "attitude"}
        found = attributed(tree, cues_by_rank(tree, own, said), quote, text)
        if not found or not found[1] or found[0] not in own or not _said(tree, found[0], found[1]):
            continue
        if outer.start <= found[1].start < outer.end and _near(tree, found[0], quote):
            yield outer, quote, found[0], found[1]


def _said(tree: Tree, cue: int, source: Source) -> bool:
    """Return whether a verb tells what its own subject has said: not "they will say" or "they may say"."""
    foretold = any(tree.tokens[k].lemma == "will" for k in tree.below(cue, "aux"))
    token = tree.tokens[cue]
    joined = [token.head] if token.dep == "conj" and token.tag in TAGGING else []
    own = tree.tokens[cue].tag != "VBG" and any(
        source.head in tree.below(verb, "nsubj") for verb in (cue, *joined)
    )
    return own and not foretold and not is_unsaid(tree, cue)


def _near(tree: Tree, cue: int, quote: Quote) -> bool:
    """Return whether a verb is beside a quotation."""
    own = tree.between(quote.start, quote.end)
    return 0 < own.start - cue <= NEAR or 0 <= cue - own.stop < NEAR
