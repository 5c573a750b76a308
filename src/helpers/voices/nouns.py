"""Speech that a noun tells: "his claim that the quay is safe", "a promise by the mayor to reopen it"."""

from collections.abc import Iterator

from helpers.voices.tree import Source, Tree, noun_phrase, subject_of

__all__ = ["gives_clause", "is_time", "told_by_nouns", "told_by_stances"]
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
    """appeal call command demand invitation offer oath order petition plea pledge promise proposal
    recommendation refusal request suggestion threat urging vow warning""".split()
)
# Nouns of a stance or an act of speech, by the preposition of what it is about: "her support for the quay".
STANCES = {
    "for": """support praise call demand request plea appeal preference respect disdain dislike contempt
        enthusiasm admiration sympathy push hope advocacy desire disregard backing""",
    "of": """criticism endorsement denunciation condemnation rejection defense defence disapproval approval
        praise accusation view opinion assessment description account advocacy denial mockery embrace
        rebuke support fear characterization depiction portrayal repudiation""",
    "to": "opposition objection objections response reply reaction allusion",
    "about": """concern question comment remark doubt complaint claim statement joke warning worry view
        skepticism scepticism opinion fear lie rumor rumour assertion misgiving reservation anxiety""",
    "on": "comment stance position view opinion statement remark criticism opinion",
    "over": "concern criticism worry outrage anger frustration disagreement",
    "with": "disagreement frustration",
    "against": "accusation allegation claim charge argument complaint vote testimony",
    "in": "confidence faith belief interest trust",
}
ABOUT = frozenset((noun, word) for word, nouns in STANCES.items() for noun in nouns.split())
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


def gives_clause(tree: Tree, noun: int) -> bool:
    """Return whether a noun of speech has the clause that it tells: "its warning that it may fail"."""
    given = tree.tokens[noun].lemma in SAYINGS and _given(tree, tree.tokens[noun].head)
    return given and any(
        clause > noun and _is_told(tree, clause, wish=False) for clause in tree.below(noun, "acl", "ccomp")
    )


def is_time(tree: Tree, place: int) -> bool:
    """Return whether a noun says when: "Friday"."""
    return tree.tokens[place].entity.endswith(("DATE", "TIME"))


def told_by_stances(tree: Tree) -> Iterator[tuple[int, Source, list[int]]]:
    """Yield the noun, its source and the tokens of what an act of speech or a stance with a source is about.

    "Her criticism of the plan", "voiced its support for the quay"; "criticism of the plan" alone is nobody's.
    """
    for place, token in enumerate(tree.tokens):
        if token.pos != "NOUN" or tree.quoted[place]:
            continue
        for word in tree.below(place, "prep"):
            about = [k for k in tree.below(word, "pobj", "pcomp") if not is_time(tree, k)]
            source = (
                _source(tree, place) if about and (token.lemma, tree.tokens[word].lemma) in ABOUT else None
            )
            if source:
                yield place, source, [k for below in about for k in tree.subtree(below)]
                break


def _is_told(tree: Tree, clause: int, *, wish: bool) -> bool:
    """Return whether a clause is what the noun above it says: opened by "that", or of a wish by "to"."""
    opened = any(tree.tokens[k].lemma == "that" for k in tree.below(clause, "mark"))
    return opened or (wish and any(tree.tokens[k].tag == "TO" for k in tree.below(clause, "aux")))


def _given(tree: Tree, verb: int) -> bool:
    """Return whether a verb tells that its subject says what its object is: not "may have" or "not give"."""
    helpers = [tree.tokens[k] for k in tree.below(verb, "aux", "neg")]
    unsaid = any(token.dep == "neg" or token.tag == "MD" for token in helpers)
    return tree.tokens[verb].lemma in GIVING and not unsaid


def _source(tree: Tree, noun: int) -> Source | None:
    """Return the words that name whose claim a noun is."""
    owners = tree.below(noun, "poss")
    for preposition in tree.below(noun, "prep"):
        if tree.tokens[preposition].lemma in GIVERS:
            owners += tree.below(preposition, "pobj")
    head = tree.tokens[noun].head
    own_words = not owners or tree.tokens[owners[0]].pos == "PRON"  # "repeated its demand"
    if own_words and tree.tokens[noun].dep == "dobj" and _given(tree, head):
        subject = subject_of(tree, head)
        owners = [subject] if subject is not None else owners
    own = [k for k in owners if not tree.quoted[k]]
    if own and tree.tokens[own[0]].lemma in ("his", "her", "their", "its", "my", "our", "your"):
        return Source(tree.tokens[own[0]].start, tree.tokens[own[0]].end, own[0])
    return noun_phrase(tree, own[0]) if own else None
