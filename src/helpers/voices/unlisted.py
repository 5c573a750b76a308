"""Verbs outside the list that report all the same, by what hangs on them: a clause, or "as"."""

from collections.abc import Collection

from helpers.voices.accounts import FINDERS
from helpers.voices.tree import DOCUMENTS, Tree, can_speak, is_finite, is_passive, subject_of

__all__ = ["is_hearsay", "unlisted_verbs", "verbs_of_judgement"]
# Verbs outside the list that take a clause and report nothing: they cause, allow or perceive what happens.
NOT_TOLD = frozenset(
    """make let help have get ensure mean keep cause see watch hear feel be seem appear become do go come take
    wait depend require matter happen start allow force enable give leave prevent stop affect influence
    change shape""".split()
)
# Verbs outside the list whose infinitive is a stated intention or refusal: "declined to say who pays".
INTENDED = frozenset(
    "agree aim decline expect hope intend plan prefer refuse seek threaten want wish".split()
)
# Verbs outside the list with which polls, files and pictures tell a clause.
SHOWING = frozenset("document estimate find illustrate indicate prove reveal show suggest".split())
# Verbs whose passive tells of its subject what nobody is named for: "the firm is said to have paid".
HEARSAY = frozenset(
    """allege assume believe deem estimate expect predict presume project report rumor rumour say suppose
    suspect think understand""".split()
)
# Verbs outside the list that tell a judgement with "as": "see the vote as a victory".
SEEN = frozenset(
    """caricature cast frame identify interpret mischaracterize paint peg perceive present remember see treat
    view""".split()
)


def unlisted_verbs(tree: Tree, cues: Collection[int]) -> list[int]:
    """Return the verbs outside the list with a subject and a finite clause: "the poll shows that it fell"."""
    return [
        place
        for place, token in enumerate(tree.tokens)
        if token.tag.startswith("VB")
        and place not in cues
        and not tree.quoted[place]
        and token.lemma.isalpha()
        and token.lemma not in NOT_TOLD
        and (_tells(tree, place) or (token.lemma in INTENDED | HEARSAY and tree.below(place, "xcomp")))
        and (subject_of(tree, place) is not None or is_hearsay(tree, place))
    ]


def verbs_of_judgement(tree: Tree, cues: Collection[int]) -> list[int]:
    """Return the verbs outside the list that tell what somebody holds another for: "see it as a victory"."""
    return [
        place
        for place, token in enumerate(tree.tokens)
        if token.lemma in SEEN
        and token.pos == "VERB"
        and place not in cues
        and not tree.quoted[place]
        and any(tree.tokens[k].lemma == "as" for k in tree.below(place, "prep"))
        and (tree.below(place, "dobj") or tree.below(place, "nsubjpass"))
    ]


def is_hearsay(tree: Tree, verb: int) -> bool:
    """Return whether a verb tells of its subject what nobody is named for: "is expected to close"."""
    return tree.tokens[verb].lemma in HEARSAY and is_passive(tree, verb)


def _tells(tree: Tree, verb: int) -> bool:
    """Return whether a clause with a subject of its own and a finite verb hangs on a verb, behind it.

    Of a verb that shows nothing the clause is opened by "that" or a word that asks, and the subject is
    somebody: in "word emerged that it fell" and "the violence that came with it will grow" it tells nothing.
    """
    for clause in tree.below(verb, "ccomp"):
        own = tree.below(clause, "nsubj", "nsubjpass", "expl", "csubj")
        if clause > verb and own and is_finite(tree, clause):
            return tree.tokens[verb].lemma in SHOWING or _is_sure(tree, verb, clause)
    return False


def _is_sure(tree: Tree, verb: int, clause: int) -> bool:
    """Return whether a verb that no list has tells a clause: who it is, how it opens, and what is between."""
    first = tree.tokens[min(tree.subtree(clause))]
    opened = first.tag.startswith("W") or first.lemma in ("that", "whether", "if")
    things = [k for k in tree.below(verb, "dobj") if k < clause and not can_speak(tree.tokens[k])]
    subject = subject_of(tree, verb)
    if subject is None or not opened or things:
        return False
    return can_speak(tree.tokens[subject]) or tree.tokens[subject].lemma in DOCUMENTS | FINDERS
