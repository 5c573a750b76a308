"""Speech that was not made: "would say", "if he says", "did not say that", "did he say that?"."""

from helpers.voices.tree import Token, Tree, is_passive

__all__ = ["is_unsaid"]
# Auxiliaries of speech that was not made: "would say".
UNREAL = frozenset("would could should might may must can".split())
SUPPOSED = frozenset(("if", "whether", "unless"))
# Verbs of which "not" tells that nothing was said: "did not claim that". Who "did not deny" or "does not
# believe" it has said so.
SAYING = frozenset(
    """add admit allege announce argue assert claim complain conclude confess confirm contend declare disclose
    explain hint imply indicate insist maintain mention note promise remark reply report reveal say signal
    specify state stress suggest tell testify vow warn write""".split()
)


def is_unsaid(tree: Tree, verb: int) -> bool:
    """Return whether a verb of speech tells nothing that somebody has said."""
    return _unreal(tree, verb) or _is_duty(tree, verb)


def _is_duty(tree: Tree, cue: int) -> bool:
    """Return whether a verb is that of "is supposed to" or "is intended to", which nobody says."""
    return tree.tokens[cue].lemma in ("suppose", "intend") and is_passive(tree, cue)


def _unreal(tree: Tree, verb: int) -> bool:
    """Return whether a verb tells of speech that was not made: "would say", "if he says", "did not say that".

    "Did not say how much it paid" and "would not say" tell that she was asked, and declined.
    """
    helpers = [tree.tokens[k] for k in tree.below(verb, "aux", "mark")]
    denied = bool(tree.below(verb, "neg"))
    if denied and any(_asks(tree, k) for k in tree.below(verb, "ccomp", "xcomp")):
        return False
    supposed = any(token.lemma in UNREAL | SUPPOSED or _for_to(token) for token in helpers)
    return supposed or _is_question(tree, verb) or (denied and tree.tokens[verb].lemma in SAYING)


def _for_to(token: Token) -> bool:
    """Return whether a word opens "for Ann Poe to say", which nobody has said."""
    return (token.dep, token.lemma) == ("mark", "for")


def _is_question(tree: Tree, verb: int) -> bool:
    """Return whether a verb asks: "did Ann Poe say that it was safe?"."""
    subject, helpers = tree.below(verb, "nsubj"), tree.below(verb, "aux")
    return bool(subject and helpers) and helpers[0] < subject[0] and tree.tokens[helpers[0]].tag != "VBG"


def _asks(tree: Tree, clause: int) -> bool:
    """Return whether a clause opens with a word that asks: "whether it paid", "how it paid"."""
    first = tree.tokens[min(tree.subtree(clause))]
    return (first.tag.startswith("W") and first.lemma != "that") or first.lemma in ("whether", "if")
