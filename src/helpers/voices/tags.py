"""Who speaks, by the words right beside a quotation: "..., she said", he shot back, "...", as Poe put it."""

from collections.abc import Mapping, Sequence

from helpers.voices.quotations import Quote
from helpers.voices.tree import Source, Tree, can_speak, noun_phrase, subject_of

__all__ = ["TAGGING", "as_put", "in_words", "tag_behind", "verb_in_front"]
# Tokens between a quotation and "in her words", at most.
NEAR = 8
FEWEST_WORDS = 5
STOPS = (",", ":")
MAIN = ("ROOT", "conj", "parataxis")
TAGGING = ("VBD", "VBZ", "VBP")


def tag_behind(
    tree: Tree, cues: Mapping[int, object], inside: Sequence[int], after: int | None, quote: Quote
) -> int | None:
    """Return the cue of "..., the mayor said" right behind a quotation that stands by itself.

    Of 'she called it "a farce," Poe said' it is none: the words are part of what Poe tells.
    """
    before = inside[0] - 1
    alone = before < 0 or tree.tokens[before].pos in ("PUNCT", "SPACE")
    if after is None or not alone or len(inside) < FEWEST_WORDS or quote.flag == "scare":
        return None
    for place in range(after, min(after + NEAR, len(tree.tokens))):
        if tree.tokens[place].dep == "nsubj" and min(tree.subtree(place)) == after:
            verb = tree.tokens[place].head
            return verb if verb in cues and verb > place and tree.tokens[verb].tag in TAGGING else None
    return None


def verb_in_front(
    tree: Tree, cues: Mapping[int, object], inside: Sequence[int]
) -> tuple[int, Source | None] | None:
    """Return the verb of a main clause right in front of a quotation, and its subject: he shot back, "...".

    A verb that no list has (`cues`) is taken only where its subject is somebody.
    """
    verb = _last_verb(tree, inside[0])
    if verb is None or tree.tokens[verb].tag not in TAGGING or tree.tokens[verb].pos != "VERB":
        return None
    own = tree.below(verb, "nsubj")
    above = tree.tokens[verb].head
    main = (tree.tokens[verb].dep in MAIN or above in inside) and not tree.below(verb, "mark")
    subject = subject_of(tree, verb) if own and own[0] < verb else None
    if subject is None or not (verb in cues or (main and can_speak(tree.tokens[subject]))):
        return None
    return verb, noun_phrase(tree, subject)


def _last_verb(tree: Tree, first: int) -> int | None:
    """Return the verb that ends, with its particle, at the comma or colon in front of a token."""
    place = first - 1
    while (
        place > 0 and tree.tokens[place].pos in ("SPACE", "PUNCT") and tree.tokens[place].lemma not in STOPS
    ):
        place -= 1
    if place < 1 or tree.tokens[place].lemma not in STOPS:
        return None
    last = tree.tokens[place - 1]
    return last.head if last.dep in ("prt", "advmod") and last.head < place - 1 else place - 1


def as_put(tree: Tree, inside: Sequence[int], after: int | None) -> tuple[int, Source | None] | None:
    """Return the verb of "as Ann Poe put it" beside a quotation, and its subject."""
    near = range(max(inside[0] - NEAR, 0), inside[0])
    behind = range(after, min(after + NEAR, len(tree.tokens))) if after is not None else range(0)
    for places in (near, behind):
        for place in places:
            if tree.tokens[place].lemma == "put" and not tree.quoted[place]:
                it = [k for k in tree.below(place, "dobj") if tree.tokens[k].lemma == "it" and k == place + 1]
                subject = subject_of(tree, place) if it else None
                if subject is not None:
                    return place, noun_phrase(tree, subject)
    return None


def in_words(tree: Tree, inside: Sequence[int]) -> tuple[int, Source | None] | None:
    """Return "words" in front of a quotation, and whose: "in Poe's words", "in the words of an aide"."""
    for place in range(max(inside[0] - NEAR, 0), inside[0]):
        token = tree.tokens[place]
        if token.lemma != "word" or token.tag != "NNS" or tree.tokens[token.head].lemma != "in":
            continue
        of = [k for word in tree.below(place, "prep") for k in tree.below(word, "pobj")]
        owners = tree.below(place, "poss") or of
        if owners:
            return place, noun_phrase(tree, owners[0])
    return None
