"""Speech that a noun tells: "his claim that the quay is safe", "a promise by the mayor to reopen it"."""

from collections.abc import Iterator

from helpers.voices.tree import Source, Tree, noun_phrase, subject_of

__all__ = ["told_by_nouns"]
# Nouns of what somebody says, thinks or fears, with the clause that it is: "the claim that it fell".
SAYINGS = frozenset(
    """accusation admission allegation announcement argument assertion assessment assurance belief claim
    comment complaint conclusion concern confession confirmation contention conviction declaration denial
    estimate expectation explanation fear finding forecast guess hint hope impression insistence notion
    opinion prediction reminder remark rumor rumour speculation statement suggestion suspicion testimony
    theory view warning worry""".split()
)
# Nouns of what somebody wants or will do, also with an infinitive: "his demand to be heard".
WISHES = frozenset(
    """appeal call command decision demand invitation offer oath order petition plea pledge promise proposal
    recommendation refusal request suggestion threat urging vow warning""".split()
)
# Verbs whose subject says what their object is: "repeated the claim that", and not "rejected the claim that".
GIVING = frozenset(
    """make issue give repeat renew add express voice raise have offer air share reiterate deliver send
    hold""".split()
)
GIVERS = ("by", "from")


def told_by_nouns(tree: Tree) -> Iterator[tuple[int, Source | None, list[int]]]:
    """Yield the noun, its source or nothing, and the tokens of the clause that it tells.

    The source is whose it is ("the mayor's claim"), whom it comes from ("a warning from the Guild"), or the
    subject of the verb that gives it ("the Guild repeated its demand that").
    """
    for place, token in enumerate(tree.tokens):
        if token.pos != "NOUN" or tree.quoted[place] or token.lemma not in SAYINGS | WISHES:
            continue
        for clause in tree.below(place, "acl", "ccomp"):
            if clause > place and _is_told(tree, clause, wish=token.lemma in WISHES):
                yield place, _source(tree, place), tree.subtree(clause)
                break


def _is_told(tree: Tree, clause: int, *, wish: bool) -> bool:
    """Return whether a clause is what the noun above it says: opened by "that", or of a wish by "to"."""
    opened = any(tree.tokens[k].lemma == "that" for k in tree.below(clause, "mark"))
    return opened or (wish and any(tree.tokens[k].tag == "TO" for k in tree.below(clause, "aux")))


def _source(tree: Tree, noun: int) -> Source | None:
    """Return the words that name whose claim a noun is."""
    owners = tree.below(noun, "poss")
    for preposition in tree.below(noun, "prep"):
        if tree.tokens[preposition].lemma in GIVERS:
            owners += tree.below(preposition, "pobj")
    head = tree.tokens[noun].head
    if not owners and tree.tokens[noun].dep == "dobj" and tree.tokens[head].lemma in GIVING:
        subject = subject_of(tree, head)
        owners = [subject] if subject is not None else []
    own = [k for k in owners if not tree.quoted[k]]
    if own and tree.tokens[own[0]].lemma in ("his", "her", "their", "its", "my", "our", "your"):
        return Source(tree.tokens[own[0]].start, tree.tokens[own[0]].end, own[0])
    return noun_phrase(tree, own[0]) if own else None
