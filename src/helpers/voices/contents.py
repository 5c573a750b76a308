"""What a cue tells, by grammar: the clause below or around it, or the object of an act of speech."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from helpers.voices.nouns import is_time, told_by_nouns, told_by_stances
from helpers.voices.sources import ACCORDING, Cue, of_nobody, source_of
from helpers.voices.tree import RELATIVES, Source, Tree, is_passive, noun_phrase, subject_of

__all__ = ["Told", "told_clauses"]
# Auxiliaries of speech that was not made: "would say".
UNREAL = frozenset("would could should might may must can".split())
FINITE = ("VBD", "VBZ", "VBP", "MD")
# Verbs outside the list that take a clause and report nothing: they cause, allow or perceive what happens.
NOT_TOLD = frozenset(
    "make let help have get ensure mean keep cause see watch hear feel be seem appear become do go come take "
    "wait depend require matter happen start allow force enable give leave prevent stop".split()
)
# Verbs outside the list whose infinitive is a stated intention or refusal: "declined to say who pays".
INTENDED = frozenset(
    "agree aim decline expect hope intend plan prefer refuse seek threaten want wish".split()
)
# Verbs whose infinitive is what goes on, and not what is told: "continues to face questions".
GOING_ON = frozenset("continue proceed go begin".split())
# Verbs whose passive tells of its subject what nobody is named for: "the firm is said to have paid".
HEARSAY = frozenset(
    """allege assume believe deem estimate expect predict presume project report rumor rumour say suppose
    suspect think understand""".split()
)
# What asks many people: a figure "in a poll" is the poll's.
POLLS = ("poll", "survey")
# Clauses after a complement that belong to what is told: "said it left them out because they were routine".
REASONS = frozenset("because unless although though since so".split())
MODAL = frozenset("would will could should might may must can".split())
# Kinds of verbs that need no clause, and the relations of what they are about.
ACTS = ("speech_act", "either", "judgement")
OBJECTS = ("dobj", "prep", "pobj", "oprd", "ccomp")
# Prepositions of where, when and with what something is said, or of another act ("backed off"), unless they
# are part of the cue: "believe in".
WHERE = frozenset("in at during before since until outside inside off out away down with along".split())
EDGES = " \t\n\xa0,;:.!?…—–-\"“”'’‘*_"


class Told(NamedTuple):
    """What reports speech: its cue (a token), its source, the stretches that it reports, and their voice."""

    cue: int
    source: Source | None
    content: tuple[tuple[int, int], ...]
    voice: str = "indirect"


def told_clauses(tree: Tree, cues: Mapping[int, Cue], text: str) -> list[Told]:
    """Return the reworded speech of a report: clauses that cues tell, "according to", and acts of speech."""
    known = {place: Cue("", "indirect", place) for place in _unlisted(tree, cues)} | dict(cues)
    told = (_told_by(tree, cue, known[cue], text) for cue in sorted(known))
    found = [one for one in told if one]
    for noun, source, clause in told_by_nouns(tree):
        content = _stretches(tree, clause, text)
        if content:
            found.append(Told(noun, source, content))
    for noun, source, about in told_by_stances(tree):
        content = _stretches(tree, about, text, shortest=1)
        if content:
            found.append(Told(noun, source, content, "speech_act"))
    return [*found, *_according_to(tree, text), *_in_a_poll(tree, text)]


def _told_by(tree: Tree, cue: int, known: Cue, text: str) -> Told | None:
    """Return what a verb tells: the clause that it reports, else what an act of speech is about."""
    if _unreal(tree, cue) or of_nobody(tree, cue) or known.kind == "hearer" or _is_duty(tree, cue):
        return None
    told = known.kind in ("indirect", "attitude", "either")
    clause = [k for k in _content(tree, cue) if not cue < k <= known.last] if told else []
    act = _object(tree, cue, known.last) if not clause and known.kind in ACTS else []
    act = act or (_described(tree, cue) if not clause and known.kind in ACTS else [])
    content = _stretches(tree, clause or act, text, shortest=1 if act else 2)
    if not content:
        return None
    act_told = bool(act) and known.kind != "judgement"
    return Told(cue, source_of(tree, cue), content, "speech_act" if act_told else "indirect")


def _is_duty(tree: Tree, cue: int) -> bool:
    """Return whether a verb is that of "is supposed to" or "is intended to", which nobody says."""
    return tree.tokens[cue].lemma in ("suppose", "intend") and is_passive(tree, cue)


def _according_to(tree: Tree, text: str) -> Iterator[Told]:
    """Yield the clauses that "according to" stands in."""
    for place, token in enumerate(tree.tokens):
        if token.lemma in ACCORDING and token.dep == "prep" and not tree.quoted[place]:
            heads = [below for to in tree.below(place, "prep") for below in tree.below(to, "pobj")]
            said = tree.subtree(_clause_of(tree, token.head), without=(place,)) if heads else []
            content = _stretches(tree, said, text)
            if content:
                yield Told(place, noun_phrase(tree, heads[0]), content)


def _in_a_poll(tree: Tree, text: str) -> Iterator[Told]:
    """Yield the clauses with a figure that "in a poll" or "in a survey" is part of."""
    for place, token in enumerate(tree.tokens):
        if token.lemma != "in" or token.dep != "prep" or tree.quoted[place]:
            continue
        heads = [k for k in tree.below(place, "pobj") if tree.tokens[k].lemma in POLLS]
        said = tree.subtree(_clause_of(tree, token.head), without=(place,)) if heads else []
        if any(tree.tokens[k].entity.endswith(("PERCENT", "CARDINAL")) for k in said):
            content = _stretches(tree, said, text)
            if content:
                yield Told(place, noun_phrase(tree, heads[0]), content)


def _unlisted(tree: Tree, cues: Mapping[int, Cue]) -> list[int]:
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
        and (subject_of(tree, place) is not None or _is_hearsay(tree, place))
    ]


def _is_hearsay(tree: Tree, verb: int) -> bool:
    """Return whether a verb tells of its subject what nobody is named for: "is expected to close"."""
    return tree.tokens[verb].lemma in HEARSAY and is_passive(tree, verb)


def _has_clause(tree: Tree, verb: int) -> bool:
    """Return whether a clause with a subject of its own and a finite verb hangs on a verb, behind it."""
    for clause in tree.below(verb, "ccomp"):
        verbs = [clause, *tree.below(clause, "aux", "auxpass")]
        finite = any(tree.tokens[place].tag in FINITE for place in verbs)
        if clause > verb and finite and tree.below(clause, "nsubj", "nsubjpass", "expl", "csubj"):
            return True
    return False


def _unreal(tree: Tree, verb: int) -> bool:
    """Return whether a verb tells of speech that was not made: "would say", "if he says"."""
    helpers = tree.below(verb, "aux", "mark")
    if tree.below(verb, "neg") and any(_asks(tree, k) for k in tree.below(verb, "ccomp", "xcomp")):
        return False  # "would not say how much it paid": she was asked, and declined
    return any(tree.tokens[place].lemma in UNREAL or tree.tokens[place].lemma == "if" for place in helpers)


def _asks(tree: Tree, clause: int) -> bool:
    """Return whether a clause opens with a word that asks: "whether it paid", "how it paid"."""
    first = tree.tokens[min(tree.subtree(clause))]
    return first.tag.startswith("W") or first.lemma in ("whether", "if")


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
    if not clauses:
        return []
    inside = {place for clause in clauses for place in tree.subtree(clause)}
    if _is_hearsay(tree, cue) and tree.below(cue, "xcomp"):
        inside |= {place for k in tree.below(cue, "nsubjpass") for place in tree.subtree(k)}
    last = clauses[-1]
    if last > cue:
        inside |= _joined(tree, cue, max(inside))
        inside |= _opening(tree, cue, last)
    return sorted(inside)


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
    finite = any(tree.tokens[k].tag in FINITE for k in (clause, *tree.below(clause, "aux", "auxpass")))
    wanted = ("prep", "dobj") if finite else ("dobj",)
    between = [k for k in tree.below(cue, *wanted) if cue < k < clause]
    return {place for k in between for place in tree.subtree(k) if place < clause}


def _around(tree: Tree, cue: int) -> list[int]:
    """Return the clause that a verb is put into: "The town, he said, will pay"."""
    token = tree.tokens[cue]
    inserted = token.dep == "parataxis" and token.head != cue
    return tree.subtree(token.head, without=(cue,)) if inserted else []


def _as_clause(tree: Tree, cue: int) -> list[int]:
    """Return the clause that "as X noted" hangs on."""
    token = tree.tokens[cue]
    noted = token.dep == "advcl" and any(tree.tokens[k].lemma == "as" for k in tree.below(cue, "mark"))
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
    if other or subject_of(tree, cue) is None or _not_done(tree, cue):
        return []
    suffered = tree.below(cue, "nsubjpass")
    if suffered and tree.tokens[suffered[0]].lemma in RELATIVES:
        return tree.subtree(tree.tokens[cue].head, without=(cue,))
    if suffered:
        return tree.subtree(suffered[0])
    found: set[int] = set()
    for head in _objects(tree, cue, last):
        # An object may be part of the phrase that is the cue: "gave a warning".
        inside = tree.tokens[head].dep == "dobj" and head <= last
        found |= {place for place in tree.subtree(head) if place > last or inside}
    return sorted(found)


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
    return [k for k in kept if not (whole and k < whole[0] and _when(tree, k))]


def _when(tree: Tree, place: int) -> bool:
    """Return whether a phrase says when: "on Friday"."""
    return any(is_time(tree, k) for k in tree.below(place, "pobj"))


def _clause_of(tree: Tree, place: int) -> int:
    """Return the verb of the clause that a token stands in."""
    while tree.tokens[place].pos not in ("VERB", "AUX") and tree.tokens[place].head != place:
        place = tree.tokens[place].head
    return place


def _stretches(
    tree: Tree, places: Sequence[int], text: str, *, shortest: int = 2
) -> tuple[tuple[int, int], ...]:
    """Return tokens as stretches of `shortest` words or more, cut where other words are between them."""
    runs: list[list[int]] = []
    for place in places:
        opening = not runs and tree.tokens[place].tag == "IN" and tree.tokens[place].lemma == "that"
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
        if len(text[start:end].split()) >= shortest:
            spans.append((start, end))
    return tuple(spans)


def _joins(tree: Tree, place: int) -> bool:
    """Return whether a token between two stretches is a mark, "and", or of a quotation inside the clause."""
    token = tree.tokens[place]
    return tree.quoted[place] or token.pos == "PUNCT" or token.dep == "cc"
