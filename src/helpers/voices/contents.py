"""What a cue tells, by grammar: the clause below or around it, or the object of an act of speech."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from helpers.voices.accounts import told_by_accounts
from helpers.voices.adjectives import told_by_adjectives
from helpers.voices.apart import is_tag_of, without_others, without_tags
from helpers.voices.nouns import gives_clause, is_time, told_by_nouns, told_by_stances
from helpers.voices.sources import Cue, of_nobody, source_of
from helpers.voices.tree import (
    FINITE,
    RELATIVES,
    Source,
    Tree,
    is_finite,
    subject_of,
)
from helpers.voices.unlisted import is_hearsay, unlisted_verbs, verbs_of_judgement
from helpers.voices.unsaid import is_unsaid

__all__ = ["Told", "told_clauses"]
# Verbs whose infinitive is what goes on, and not what is told: "continues to face questions".
GOING_ON = frozenset("continue proceed go begin".split())
# Clauses after a complement that belong to what is told: "said it left them out because they were routine".
REASONS = frozenset("because unless although though since so".split())
ASKING = ("ask", "question", "wonder", "inquire", "enquire")
MODAL = frozenset("would will could should might may must can".split())
# What is answered or addressed, and no hearer.
ISSUES = frozenset(
    """accusation allegation attack call challenge charge claim comment complaint concern controversy crisis
    criticism decision demand issue law letter matter need news problem question remark report request rumor
    rumour ruling scandal situation statement suggestion topic""".split()
)
PERSONS = ("he", "she", "they", "him", "her", "them", "me", "us", "you")
# Kinds of verbs that need no clause, and the relations of what they are about.
ACTS = ("speech_act", "either", "judgement")
OBJECTS = ("dobj", "dative", "prep", "pobj", "oprd", "ccomp")
# Prepositions of where, when and with what something is said, or of another act ("backed off"), unless they
# are part of the cue: "believe in".
WHERE = frozenset("in at during before since until outside inside off out away down with along".split())
# Parts of speech that tell nothing alone: "as", "and to".
EMPTY = ("ADP", "SCONJ", "CCONJ", "PART", "PUNCT", "SPACE", "DET", "AUX")
CITING = ("cite", "quote")
EDGES = " \t\n\xa0,;:.!?…—–-\"“”'’‘*_"


class Told(NamedTuple):
    """What reports speech: its cue (a token), its source, the stretches that it reports, and their voice."""

    cue: int
    source: Source | None
    content: tuple[tuple[int, int], ...]
    voice: str = "indirect"


def told_clauses(tree: Tree, cues: Mapping[int, Cue], text: str) -> list[Told]:
    """Return the reworded speech of a report: clauses that cues tell, "according to", and acts of speech."""
    known = {place: Cue("", "indirect", place) for place in unlisted_verbs(tree, cues)} | dict(cues)
    known |= {place: Cue("", "judgement", place) for place in verbs_of_judgement(tree, cues)}
    told = (_told_by(tree, cue, known, text) for cue in sorted(known))
    found = [one for one in told if one]
    for noun, source, clause in told_by_nouns(tree):
        content = _stretches(tree, clause, text)
        if content:
            found.append(Told(noun, source, content))
    for noun, source, about in told_by_stances(tree):
        content = _stretches(tree, about, text, shortest=1)
        if content:
            found.append(Told(noun, source, content, "speech_act"))
    for cue, source, about, voice in told_by_adjectives(tree):
        content = _stretches(tree, about, text, shortest=1 if voice == "speech_act" else 2)
        if content:
            found.append(Told(cue, source, content, voice))
    for cue, source, about in told_by_accounts(tree):
        content = _stretches(tree, without_tags(tree, about, cues), text)
        if content:
            found.append(Told(cue, source, content))
    return found


def _told_by(tree: Tree, cue: int, cues: Mapping[int, Cue], text: str) -> Told | None:
    """Return what a verb tells: the clause that it reports, else what an act of speech is about."""
    if is_unsaid(tree, cue) or of_nobody(tree, cue) or _is_name(tree, cue):
        return None
    known = cues[cue]
    told = known.kind in ("indirect", "attitude", "either")
    clause = [k for k in _content(tree, cue) if not cue < k <= known.last] if told else []
    act = [] if clause else _act(tree, cue, known)
    clause = without_others(tree, clause, cue, cues)
    content = _stretches(tree, clause or act, text, shortest=1 if act else 2)
    if not content:
        return None
    act_told = bool(act) and known.kind != "judgement"
    return Told(cue, source_of(tree, cue), content, "speech_act" if act_told else "indirect")


def _act(tree: Tree, cue: int, known: Cue) -> list[int]:
    """Return what an act of speech or a judgement is about, by the first of the rules that finds it."""
    if tree.tokens[cue].lemma == "dismiss" and _of_somebody(tree, cue):
        return []  # who is dismissed loses a post
    if tree.tokens[cue].lemma in CITING and any(tree.below(k, "pcomp") for k in tree.below(cue, "prep")):
        return []  # "quoted him as saying"
    if any(gives_clause(tree, k) for k in tree.below(cue, "dobj")):
        return []  # "repeated its warning that it may fail": the warning is told
    if known.kind not in ACTS and not (known.kind == "hearer" and _to_a_thing(tree, cue)):
        return []
    held = _held_as(tree, cue) if known.kind == "judgement" else []
    return held or _object(tree, cue, known.last) or _described(tree, cue)


def _of_somebody(tree: Tree, cue: int) -> bool:
    """Return whether what a verb is done to is a person, and held for nothing: not "dismissed him as"."""
    own = tree.below(cue, "dobj", "nsubjpass")
    if any(tree.tokens[k].lemma == "as" for k in tree.below(cue, "prep")):
        return False
    heads = [tree.tokens[cue].head if tree.tokens[k].lemma in RELATIVES else k for k in own]
    return any(tree.tokens[k].entity.endswith("PERSON") or tree.tokens[k].lemma in PERSONS for k in heads)


def _to_a_thing(tree: Tree, cue: int) -> bool:
    """Return whether what is addressed or answered is nobody: "responded to the questions"."""
    below = [k for word in tree.below(cue, "prep") for k in tree.below(word, "pobj")]
    heads = tree.below(cue, "dobj") or below
    return bool(heads) and tree.tokens[heads[0]].lemma in ISSUES and not tree.below(cue, "neg")


def _is_name(tree: Tree, cue: int) -> bool:
    """Return whether a participle tells a name that nobody is said to give: "a blog called the Feed"."""
    token = tree.tokens[cue]
    return token.lemma in ("call", "dub", "name") and token.dep == "acl" and not tree.below(cue, "agent")


def _content(tree: Tree, cue: int) -> list[int]:
    """Return the tokens of the clause that a verb reports, by the first of the rules that finds one."""
    for rule in CLAUSES:
        found = rule(tree, cue)
        if found:
            return found
    return []


def _below(tree: Tree, cue: int) -> list[int]:
    """Return the complement of a verb: "said (that) it would close", "urged the town to close it"."""
    going_on = tree.tokens[cue].lemma in GOING_ON
    clauses = [k for k in tree.below(cue, "ccomp", "xcomp") if not going_on or tree.tokens[k].dep == "ccomp"]
    behind = [k for k in clauses if k > cue]  # the parser hangs "it rained; she said she left" on the cue too
    clauses = behind or [k for k in clauses if is_tag_of(tree, k, cue)] or _misplaced(tree, cue)
    if not clauses:
        return []
    inside = {place for clause in clauses for place in tree.subtree(clause)}
    if is_hearsay(tree, cue) and tree.below(cue, "xcomp"):
        inside |= {place for k in tree.below(cue, "nsubjpass") for place in tree.subtree(k)}
    last = clauses[-1]
    if last > cue:
        inside |= _joined(tree, cue, max(inside))
        inside |= _opening(tree, cue, last)
    return sorted(inside)


def _misplaced(tree: Tree, cue: int) -> list[int]:
    """Return the complement that the parser hangs elsewhere: "called for it to end", "asked if it paid"."""
    for clause in tree.below(cue, "advcl"):
        first = tree.tokens[min(tree.subtree(clause))]
        own = tree.below(clause, "nsubj", "nsubjpass")
        if clause > cue and own and (first.dep, first.lemma) == ("mark", "for"):
            return [clause]
    objects = tree.below(cue, "dobj", "dative", "npadvmod")
    last = max([cue, *(place for k in objects for place in tree.subtree(k))])
    behind = tree.tokens[last + 1] if last + 1 < len(tree.tokens) else tree.tokens[cue]
    asked = tree.tokens[cue].lemma in ASKING and behind.lemma in ("if", "whether")
    told = asked or (behind.lemma == "that" and last == cue)
    if told and behind.dep == "mark" and behind.head > last:
        return [behind.head]
    return _after_phrases(tree, cue)


def _after_phrases(tree: Tree, cue: int) -> list[int]:
    """Return the clause behind phrases of where and when: "said in a show on Monday that it was safe"."""
    for place in range(cue + 1, tree.sentences[tree.tokens[cue].sentence].stop):
        token = tree.tokens[place]
        if tree.quoted[place] or (token.pos in ("VERB", "AUX") and (token.tag, token.dep) != ("VBN", "acl")):
            break
        if (token.lemma, token.dep) == ("that", "mark") and token.head > place:
            before = tree.tokens[place - 1]
            apart = before.pos != "NOUN" or is_time(tree, place - 1)
            return [token.head] if apart and _hangs_on(tree, token.head, cue) else []
    return []


def _hangs_on(tree: Tree, place: int, above: int) -> bool:
    """Return whether a token is somewhere below another."""
    while tree.tokens[place].head != place:
        place = tree.tokens[place].head
        if place == above:
            return True
    return False


def _joined(tree: Tree, cue: int, after: int) -> set[int]:
    """Return what goes on behind the complement of a verb: a reason, or "and then would ...".

    The parser hangs both on the cue, though they are told too.
    """
    found: set[int] = set()
    for child in tree.children[cue]:
        token = tree.tokens[child]
        own = tree.below(child, "nsubj", "nsubjpass")
        reason = token.dep == "advcl" and any(
            tree.tokens[k].lemma in REASONS for k in tree.below(child, "mark")
        )
        more = (
            token.dep == "conj"
            and not own
            and any(tree.tokens[k].lemma in MODAL for k in tree.below(child, "aux"))
        )
        if (reason or more) and child > after:
            found |= set(tree.subtree(child))
    return found


def _opening(tree: Tree, cue: int, clause: int) -> set[int]:
    """Return what opens a complement without a subject of its own: "said about half of it was lost".

    The parser hangs it on the cue. Of "urged the town to close it", the town belongs to what is urged.
    """
    if tree.below(clause, "nsubj", "nsubjpass", "expl", "csubj", "mark"):
        return set()
    finite = is_finite(tree, clause)
    called = ("prep",) if not finite and tree.tokens[cue].lemma == "call" else ()
    wanted = ("prep", "dobj") if finite else ("dobj", *called)
    between = [k for k in tree.below(cue, *wanted) if cue < k < clause]
    return {place for k in between for place in tree.subtree(k, without=(clause,)) if place < clause}


def _around(tree: Tree, cue: int) -> list[int]:
    """Return the clause that a verb is put into: "The town, he said, will pay"."""
    token = tree.tokens[cue]
    inserted = token.dep == "parataxis" and token.head != cue
    return tree.subtree(token.head, without=(cue,)) if inserted else []


def _as_clause(tree: Tree, cue: int) -> list[int]:
    """Return the clause that "as X noted" hangs on."""
    token = tree.tokens[cue]
    noted = token.dep == "advcl" and any(tree.tokens[k].lemma == "as" for k in tree.below(cue, "mark"))
    noted = noted and not any(k > cue for k in tree.below(cue, "dobj", "ccomp"))
    return tree.subtree(token.head, without=(cue,)) if noted and token.head != cue else []


def _behind(tree: Tree, cue: int) -> list[int]:
    """Return the clause in front of ", X reported on Tuesday" at a sentence's end."""
    token = tree.tokens[cue]
    subject = tree.below(cue, "nsubj")
    if (
        token.dep not in ("advcl", "conj", "ccomp")
        or not subject
        or tree.below(cue, "mark")
        or token.head > cue
    ):
        return []
    first = min(tree.subtree(cue))
    comma = first and tree.tokens[first - 1].lemma == ","
    ends = max(tree.subtree(cue)) >= max(
        place for place in tree.subtree(token.head) if not _is_mark(tree, place)
    )
    return tree.subtree(token.head, without=(cue,)) if comma and ends else []


def _is_mark(tree: Tree, place: int) -> bool:
    """Return whether a token is a mark or blank."""
    return tree.tokens[place].pos in ("PUNCT", "SPACE")


CLAUSES: tuple[Callable[[Tree, int], list[int]], ...] = (_below, _around, _as_clause, _behind)


def _object(tree: Tree, cue: int, last: int) -> list[int]:
    """Return what an act of speech is about: the object, and what hangs on the verb, behind its phrase.

    Of "the plan was rejected by the Guild" it is the plan.
    """
    other = any(k > last for k in tree.below(cue, "prt"))  # "backs off" is no backing
    suffered = tree.below(cue, "nsubjpass")
    if other or subject_of(tree, cue) is None or _not_done(tree, cue):
        return []
    if suffered and tree.tokens[suffered[0]].lemma in RELATIVES:
        return tree.subtree(tree.tokens[cue].head, without=(cue,))
    if suffered:
        return tree.subtree(suffered[0])
    found: set[int] = set()
    for head in _objects(tree, cue, last):
        # An object may be part of the phrase that is the cue: "gave a warning", and not "paid tribute to".
        inside = (
            tree.tokens[head].dep == "dobj" and head <= last and tree.tokens[last].tag not in ("IN", "TO")
        )
        found |= {place for place in tree.subtree(head) if place > last or inside}
    return sorted(found)


def _held_as(tree: Tree, cue: int) -> list[int]:
    """Return who is held for what: of "the vote is seen as a victory" both, of "she is" the latter."""
    held = [k for k in tree.below(cue, "prep") if tree.tokens[k].lemma == "as"]
    suffered = tree.below(cue, "nsubjpass")
    if not held or not suffered:
        return []
    whole = [*suffered, *held[:1]] if tree.tokens[suffered[0]].pos in ("NOUN", "PROPN") else held[:1]
    return sorted({k for head in whole for k in tree.subtree(head)})


def _described(tree: Tree, cue: int) -> list[int]:
    """Return the noun that a clause describes by what is said of it: of "the plan he opposes", the plan."""
    token = tree.tokens[cue]
    own = tree.below(cue, "nsubj")
    meant = [k for k in tree.below(cue, "dobj", "pobj") if tree.tokens[k].lemma not in RELATIVES]
    if token.dep != "relcl" or not own or tree.tokens[own[0]].lemma in RELATIVES or meant:
        return []
    return [k for k in tree.subtree(token.head, without=(cue,)) if k < cue]


def _not_done(tree: Tree, cue: int) -> bool:
    """Return whether a verb is an infinitive: "is set to veto it" and "to praise it" say nothing.

    "Did praise it" and "will praise it" tell that it is said.
    """
    return tree.tokens[cue].tag == "VB" and not any(
        tree.tokens[k].tag in FINITE for k in tree.below(cue, "aux")
    )


def _objects(tree: Tree, cue: int, last: int) -> list[int]:
    """Return the heads of what a verb is about, behind it, without a place or date before it."""
    kept = [k for k in tree.children[cue] if k > cue and tree.tokens[k].dep in OBJECTS]
    while kept and kept[0] > last and tree.tokens[kept[0]].lemma in WHERE:
        kept = kept[1:]
    whole = [k for k in kept if tree.tokens[k].dep == "dobj"]
    if whole and tree.tokens[whole[0]].lemma.endswith(("self", "selves")) and len(kept) == 1:
        return []  # "the harm reveals itself"
    return [k for k in kept if not (whole and k < whole[0] and _when(tree, k))]


def _when(tree: Tree, place: int) -> bool:
    """Return whether a phrase says when: "on Friday"."""
    return any(is_time(tree, k) for k in tree.below(place, "pobj"))


def _stretches(
    tree: Tree, places: Sequence[int], text: str, *, shortest: int = 2
) -> tuple[tuple[int, int], ...]:
    """Return tokens as stretches of `shortest` words or more, cut where other words are between them."""
    runs: list[list[int]] = []
    for place in places:
        token = tree.tokens[place]
        opening = not runs and token.lemma == "that" and (token.tag == "IN" or token.dep == "mark")
        if tree.quoted[place] or opening:
            continue
        if runs and all(_joins(tree, between) for between in range(runs[-1][1] + 1, place)):
            runs[-1][1] = place
        else:
            runs.append([place, place])
    spans = []
    for first, last in runs:
        start, end = tree.tokens[first].start, tree.tokens[last].end
        words = text[start:end]
        start += len(words) - len(words.lstrip(EDGES))
        end = start + len(words.strip(EDGES))
        own = (k for k in range(first, last + 1) if not tree.quoted[k])
        plain = any(tree.tokens[k].pos not in EMPTY for k in own)
        if plain and len(text[start:end].split()) >= shortest:
            spans.append((start, end))
    return tuple(spans)


def _joins(tree: Tree, place: int) -> bool:
    """Return whether a token between two stretches is a mark, "and", or of a quotation inside the clause."""
    token = tree.tokens[place]
    return tree.quoted[place] or token.pos == "PUNCT" or token.dep == "cc"
