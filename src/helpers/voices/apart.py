"""What stands in a told clause and is not part of it: whose words these are, and what somebody else says."""

from collections.abc import Mapping, Sequence

from helpers.voices.sources import Cue
from helpers.voices.tree import SUBJECTS, Tree

__all__ = ["is_tag_of", "without_others", "without_tags"]
# Words that set one clause against another: "while Ann Poe said that it leaked".
AGAINST = ("while", "whereas", "though", "although")


def is_tag_of(tree: Tree, clause: int, cue: int) -> bool:
    """Return whether a verb only tells who said the clause before it; not "it closed; she seeks a loan"."""
    last = max(k for k in tree.subtree(clause) if k < cue)
    if any(tree.tokens[k].lemma == ";" for k in range(last, cue)):
        return False
    own = [k for k in tree.below(cue, "dobj", "oprd") if k > cue and tree.tokens[k - 1].lemma != ":"]
    return tree.tokens[cue].lemma == "tell" or not own


def without_tags(tree: Tree, places: Sequence[int], cues: Mapping[int, Cue]) -> list[int]:
    """Return tokens without "she said" beside a quotation, which "according to" tells nothing of."""
    tags: set[int] = set()
    for cue in (k for k in places if k in cues):
        below = [k for k in tree.subtree(cue) if not tree.quoted[k]]
        own = {cue, *(k for head in tree.below(cue, *SUBJECTS, "aux", "advmod") for k in tree.subtree(head))}
        rest = [
            k for k in below if k not in own and tree.tokens[k].pos not in ("PUNCT", "CCONJ") and k in places
        ]
        if len(below) < len(tree.subtree(cue)) and not rest:
            tags |= own
    return [k for k in places if k not in tags]


def without_others(tree: Tree, places: Sequence[int], cue: int, cues: Mapping[int, Cue]) -> list[int]:
    """Return the tokens of what a verb tells without what others say, set against it, and without tags.

    Of "he said it was safe, while Ann Poe said it leaked", what she said is not his.
    """
    kept = list(places)
    for verb in places:
        if verb in cues and verb > cue and _set_against(tree, verb):
            others = set(tree.subtree(verb))
            kept = [k for k in kept if k not in others]
    return without_tags(tree, kept, cues) if any(tree.quoted[k] for k in kept) else kept


def _set_against(tree: Tree, verb: int) -> bool:
    """Return whether a verb with a subject of its own is set against the clause in front of it."""
    opened = any(tree.tokens[k].lemma in AGAINST for k in tree.below(verb, "mark"))
    first = min(tree.subtree(verb))
    apart = first > 0 and tree.tokens[first - 1].pos == "PUNCT"
    return tree.tokens[verb].dep == "advcl" and opened and apart and bool(tree.below(verb, "nsubj"))
