"""What an adjective tells of somebody's mind: "she is worried that it may close"."""

from collections.abc import Iterator
from typing import NamedTuple

from helpers.voices.sources import NOBODYS
from helpers.voices.tree import Source, Tree, is_finite, noun_phrase, subject_of

__all__ = ["Mind", "told_by_adjectives"]
# Adjectives of what somebody thinks, fears, hopes or wants, with the clause that it is; none of a feeling
# about a fact: "upset that it closed" says that it did.
OF_MINDS = frozenset(
    """adamant afraid anxious certain concerned confident convinced determined doubtful eager fearful hopeful
    keen nervous optimistic pessimistic ready reluctant sceptical skeptical sure unconvinced unsure unwilling
    wary willing worried""".split()
)
# Adjectives of a stance, with the words of what it is about: "critical of the plan".
STANCES = {
    "of": "appreciative critical confident dismissive fearful proud sceptical skeptical supportive wary",
    "about": """angry anxious ambivalent apprehensive concerned confident doubtful enthusiastic furious
        nervous optimistic pessimistic sceptical skeptical uneasy upset wary worried""",
    "over": "angry concerned divided furious worried",
    "with": "disappointed displeased dissatisfied frustrated furious unhappy",
    "by": "appalled dismayed",
    "to": "opposed",
}
ABOUT = frozenset((word, about) for about, words in STANCES.items() for word in words.split())
# Such adjectives of which an infinitive is no thought: "is sure to win".
FORETOLD = ("certain", "sure")


class Mind(NamedTuple):
    """An adjective of somebody's mind, whose it is, the tokens that it tells, and their voice."""

    cue: int
    source: Source
    told: list[int]
    voice: str


def told_by_adjectives(tree: Tree) -> Iterator[Mind]:
    """Yield what adjectives tell of their subjects: a clause (indirect), or what a stance is about."""
    for place, token in enumerate(tree.tokens):
        if token.dep != "acomp" or tree.quoted[place]:
            continue
        subject = subject_of(tree, token.head)
        if subject is None or tree.quoted[subject] or tree.tokens[subject].lemma in NOBODYS:
            continue
        clause, about = _clause(tree, place), _about(tree, place)
        if clause or about:
            voice = "indirect" if clause else "speech_act"
            yield Mind(place, noun_phrase(tree, subject), clause or about, voice)


def _clause(tree: Tree, place: int) -> list[int]:
    """Return the clause that an adjective tells; the parser may hang it on the verb of the adjective."""
    token = tree.tokens[place]
    if token.lemma not in OF_MINDS:
        return []
    own = tree.below(place, "ccomp", "xcomp") or tree.below(token.head, "ccomp")
    for clause in own:
        if clause > place and (is_finite(tree, clause) or token.lemma not in FORETOLD):
            return tree.subtree(clause)
    return []


def _about(tree: Tree, place: int) -> list[int]:
    """Return what the stance that an adjective tells is about."""
    found: list[int] = []
    for word in tree.below(place, "prep"):
        if (tree.tokens[place].lemma, tree.tokens[word].lemma) in ABOUT:
            found += [k for k in tree.subtree(word) if k != word]
    return found
