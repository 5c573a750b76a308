"""Acts in a parsed report: the verb, who does it, to whom, and whether it is told without who did it."""

from collections.abc import Iterator
from typing import NamedTuple

from helpers.framing.reading import Reading
from helpers.voices import Tree, is_passive, subject_of

__all__ = ["Act", "actor", "acts", "undergoer"]
# Verbs that tell no act: being, having, seeming; and those that only help another.
NO_ACTS = frozenset(
    "be have do seem appear become remain get need want like let make help keep start begin continue go come "
    "use include contain mean involve concern regard follow".split()
)
# Verbs whose participle without "by" tells a state, in which nobody is left out: "is based on".
STATES = frozenset(
    "accustom aim amaze amuse associate base bore commit concern confuse convince dedicate delight "
    "depress determine devote disappoint embarrass entitle equip excite fascinate focus frustrate "
    "interest irritate locate mistake oppose please position prepare puzzle qualify relate satisfy "
    "situate suit suppose surprise thrill tire upset worry".split()
)
# Verbs whose participle before an infinitive says what is to come or is held true, not what is done.
FORESEEING = frozenset(
    "allege assume believe bind estimate expect feel find hold intend know mean plan poise report rumor say "
    "schedule see set show slate suppose suspect think understand".split()
)
# Verbs whose subject is not who acts but to whom it happens.
HAPPENING_TO = frozenset(
    "die perish fall collapse drown starve suffocate bleed explode erupt burn crash disappear vanish suffer "
    "happen occur succumb sink break".split()
)
# Verbs that reach whom they are aimed at by a preposition.
AIMED = frozenset("fire shoot open strike crack clash fight lash hit act move retaliate rail".split())
TOWARDS = frozenset("at on upon against into".split())
# What stands behind "by" and acts not: a time, a manner.
NO_AGENTS = ("DATE", "TIME", "CARDINAL", "PERCENT", "MONEY", "QUANTITY", "ORDINAL")
# Verbs whose object, not their subject, does the act behind a preposition: "blamed the school for ignoring".
CHARGING = frozenset(
    "accuse acquit arrest blame censure charge clear commend condemn convict criticise criticize detain "
    "discourage excuse fault fine forgive imprison indict jail pardon praise prevent prohibit "
    "prosecute punish reward sue suspect thank".split()
)
# Relations of a participle that says what became of somebody.
COMPLETING = ("ccomp", "xcomp", "oprd")
RELATIVES = ("who", "which", "that", "whom")
FURTHEST = 4


class Act(NamedTuple):
    """A verb and the heads of who acts and who is acted on, or -1; the form in which it is told."""

    verb: int
    agent: int
    patient: int
    form: str


def acts(reading: Reading) -> Iterator[Act]:
    """Yield the acts of a report, in order.

    Forms: active, passive (with who acts), passive without agent, and happening ("ten people died"), in
    which nobody acts. A verb without anybody on either side is left out.
    """
    for place, token in enumerate(reading.tree.tokens):
        if (
            token.pos != "VERB"
            or token.lemma in NO_ACTS
            or _is_state(reading, place)
            or token.dep in ("aux", "auxpass", "amod")
        ):
            continue
        act = _passive(reading, place) if _is_passive(reading, place) else _active(reading, place)
        if act.agent >= 0 or act.patient >= 0:
            yield act


def _is_state(reading: Reading, verb: int) -> bool:
    """Return whether a participle says how somebody is, not what was done: "disappointed", "set to meet"."""
    token = reading.tree.tokens[verb]
    if token.tag != "VBN" or reading.tree.below(verb, "agent"):
        return False
    return token.lemma in STATES or (token.lemma in FORESEEING and bool(reading.tree.below(verb, "xcomp")))


def _is_passive(reading: Reading, verb: int) -> bool:
    """Return whether a verb is passive: by an auxiliary, behind its noun, or joined to one that is."""
    tree = reading.tree
    token = tree.tokens[verb]
    if token.tag != "VBN":
        return False
    # "Found buried", "left wounded": a participle that completes another verb.
    completes = token.dep in COMPLETING and not tree.below(verb, "aux", "nsubj")
    return is_passive(tree, verb) or completes or bool(tree.below(verb, "agent"))


def _passive(reading: Reading, verb: int) -> Act:
    """Return a passive act."""
    tree = reading.tree
    agents = [noun for by in tree.below(verb, "agent") for noun in tree.below(by, "pobj")]
    agents += [
        noun
        for by in tree.below(verb, "prep")
        if tree.tokens[by].lemma == "by"
        for noun in tree.below(by, "pobj")
    ]
    agents = [noun for noun in agents if not tree.tokens[noun].entity.endswith(NO_AGENTS)]
    agent = agents[0] if agents else -1
    form = "passive" if agents else "passive without agent"
    return Act(verb, agent, undergoer(reading, verb), form)


def undergoer(reading: Reading, verb: int) -> int:
    """Return the subject of a passive verb, its own or that of the verb it hangs on, or -1."""
    tree, here = reading.tree, verb
    for _ in range(FURTHEST):
        own = tree.below(here, "nsubjpass", "nsubj")
        token = tree.tokens[here]
        if own:
            word = tree.tokens[own[0]]
            return token.head if token.dep == "relcl" and word.lemma in RELATIVES else own[0]
        if token.dep in ("acl", "relcl"):
            return token.head
        if token.dep not in ("conj", "xcomp", "advcl", "ccomp") or token.head == here:
            return -1
        here = token.head
    return -1


def _active(reading: Reading, verb: int) -> Act:
    """Return an active act, or what happens to its subject."""
    tree = reading.tree
    subject = actor(tree, verb)
    charged = _charged(reading, verb)
    agent = charged if charged >= 0 else -1 if subject is None else subject
    objects = tree.below(verb, "dobj") or _aimed_at(reading, verb) or _relative_object(reading, verb)
    objects = [noun for noun in objects if tree.tokens[noun].pos not in ("VERB", "AUX")]
    patient = objects[0] if objects else -1
    if patient >= 0 and tree.tokens[verb].dep == "relcl" and tree.tokens[patient].lemma in RELATIVES:
        patient = tree.tokens[verb].head
    if tree.tokens[verb].lemma in HAPPENING_TO and patient < 0:
        return Act(verb, -1, agent, "happening")
    return Act(verb, agent, patient, "active")


def actor(tree: Tree, verb: int) -> int | None:
    """Return the head of a verb's subject; of two before it the last: the first is a dateline's place."""
    found = subject_of(tree, verb)
    if found is None or tree.tokens[found].dep != "nsubj":
        return found
    above = tree.tokens[found].head
    own = [noun for noun in tree.below(above, "nsubj") if noun < above]
    return own[-1] if found in own else found


def _charged(reading: Reading, verb: int) -> int:
    """Return who is said to act by a verb behind one of charging: "accused of looting", or -1."""
    tree = reading.tree
    above = tree.tokens[tree.tokens[verb].head].head
    if tree.tokens[verb].dep != "pcomp" or tree.tokens[above].lemma not in CHARGING:
        return -1
    charged = tree.below(above, "dobj")
    return charged[0] if charged else undergoer(reading, above)


def _aimed_at(reading: Reading, verb: int) -> list[int]:
    """Return whom a verb is aimed at by a preposition: "fired on the crowd"."""
    tree = reading.tree
    if tree.tokens[verb].lemma not in AIMED:
        return []
    ways = [way for way in tree.below(verb, "prep") if tree.tokens[way].lemma in TOWARDS]
    return [noun for way in ways for noun in tree.below(way, "pobj")]


def _relative_object(reading: Reading, verb: int) -> list[int]:
    """Return the noun that a relative clause makes its verb's object: "the man whom police shot"."""
    tree = reading.tree
    token = tree.tokens[verb]
    own = tree.below(verb, "nsubj")
    about = token.dep == "relcl" and bool(own) and tree.tokens[own[0]].lemma not in RELATIVES
    return [token.head] if about else []
