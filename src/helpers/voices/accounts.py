"""What a document, a poll or somebody's view tells: by its noun, and no verb of speech."""

from collections.abc import Iterator
from typing import NamedTuple

from helpers.voices.sources import ACCORDING
from helpers.voices.tree import Source, Tree, noun_phrase, subject_of

__all__ = ["Account", "told_by_accounts"]
# What asks many people: a figure "in a poll" is the poll's.
POLLS = ("poll", "survey")
# What somebody has found out and set down, by the word that names it.
FINDERS = frozenset(
    """analysis average count data document estimate exit figure finding forecast index inquiry investigation
    model poll polling record report research review statistic study survey tally""".split()
)
# Verbs with which such a thing tells: "the study found no harm".
FINDING = frozenset(
    "document find give identify indicate offer point predict put reveal show suggest tell underscore".split()
)
# Nouns of whose view something is: "in her view, it is safe".
VIEWS = ("assessment", "estimation", "judgment", "judgement", "opinion", "telling", "view", "words")
LONGEST_CHAIN = 6


class Account(NamedTuple):
    """What reports: the token that tells it, its source, and the tokens of what it tells."""

    cue: int
    source: Source
    told: list[int]


def told_by_accounts(tree: Tree) -> Iterator[Account]:
    """Yield what "according to", "in a poll", "in her view" and "the study found" tell, in this order."""
    for place, token in enumerate(tree.tokens):
        opens = token.lemma in ACCORDING and place == tree.sentences[token.sentence].start
        if (token.dep == "prep" or opens) and not tree.quoted[place]:
            yield from _by_preposition(tree, place)
    for place, token in enumerate(tree.tokens):
        if token.lemma in FINDING and token.pos == "VERB" and not tree.quoted[place]:
            yield from _by_finding(tree, place)


def _by_preposition(tree: Tree, place: int) -> Iterator[Account]:
    """Yield what a phrase tells of the clause that it is part of."""
    token = tree.tokens[place]
    if token.lemma in ACCORDING:
        heads = [below for to in tree.below(place, "prep") for below in tree.below(to, "pobj")]
        yield from (Account(place, noun_phrase(tree, k), _whole(tree, place)) for k in heads[:1])
    elif token.lemma == "in":
        for head in tree.below(place, "pobj")[:1]:
            owner = tree.below(head, "poss")
            if tree.tokens[head].lemma in POLLS:
                told = tree.subtree(_clause_of(tree, token.head), without=(place,))
                if _is_figure(tree, told):
                    yield Account(place, noun_phrase(tree, head), told)
            elif tree.tokens[head].lemma in VIEWS and owner and _set_off(tree, place):
                yield Account(head, noun_phrase(tree, owner[0]), _whole(tree, place))


def _is_figure(tree: Tree, told: list[int]) -> bool:
    """Return whether a clause gives a number, and nobody in it says so: not "half said so in a poll"."""
    given = any(tree.tokens[k].entity.endswith(("PERCENT", "CARDINAL")) for k in told)
    return given and not any(tree.tokens[k].lemma == "say" for k in told)


def _by_finding(tree: Tree, verb: int) -> Iterator[Account]:
    """Yield what a poll or another account shows, finds or puts."""
    subject = subject_of(tree, verb)
    if subject is None or tree.quoted[subject] or tree.tokens[subject].lemma not in FINDERS:
        return
    if tree.below(verb, "neg") or any(tree.tokens[k].tag == "MD" for k in tree.below(verb, "aux")):
        return
    below = [k for k in tree.children[verb] if k > verb and tree.tokens[k].dep in ("dobj", "ccomp", "prep")]
    if any(tree.tokens[k].dep != "prep" for k in below) or tree.tokens[verb].lemma == "point":
        told = [k for head in below for k in tree.subtree(head)]
        yield Account(verb, noun_phrase(tree, subject), sorted(told))


def _set_off(tree: Tree, place: int) -> bool:
    """Return whether a phrase opens its sentence, or a mark stands in front of it."""
    own = tree.sentences[tree.tokens[place].sentence]
    return place == own.start or tree.tokens[place - 1].pos == "PUNCT"


def _whole(tree: Tree, place: int) -> list[int]:
    """Return the clause that a phrase is part of; all clauses in front of one at a sentence's end."""
    if tree.tokens[place].head == place:
        return _behind_comma(tree, place)
    verb = _clause_of(tree, tree.tokens[place].head)
    if place > verb and _set_off(tree, place):
        for _ in range(LONGEST_CHAIN):
            if tree.tokens[verb].dep != "conj" or tree.tokens[verb].head == verb:
                break
            verb = tree.tokens[verb].head
    return tree.subtree(verb, without=(place,))


def _behind_comma(tree: Tree, place: int) -> list[int]:
    """Return what is behind the comma of "according to ...", which the parser took for the main verb."""
    own = tree.sentences[tree.tokens[place].sentence]
    comma = next((k for k in own if tree.tokens[k].lemma == ","), own.stop)
    return list(range(comma + 1, own.stop))


def _clause_of(tree: Tree, place: int) -> int:
    """Return the verb of the clause that a token stands in."""
    while tree.tokens[place].pos not in ("VERB", "AUX") and tree.tokens[place].head != place:
        place = tree.tokens[place].head
    return place
