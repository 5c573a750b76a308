"""Verbs outside the list that report all the same, by what hangs on them: a clause, or "as"."""

from collections.abc import Collection

from helpers.voices.tree import Tree, is_finite, is_passive, subject_of

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
        and (_has_clause(tree, place) or (token.lemma in INTENDED | HEARSAY and tree.below(place, "xcomp")))
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


def _has_clause(tree: Tree, verb: int) -> bool:
    """Return whether a clause with a subject of its own and a finite verb hangs on a verb, behind it."""
    for clause in tree.below(verb, "ccomp"):
        if (
            clause > verb
            and is_finite(tree, clause)
            and tree.below(clause, "nsubj", "nsubjpass", "expl", "csubj")
        ):
            return True
    return False
