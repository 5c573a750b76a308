"""Sources and contents of speech by grammar: whose verb a cue is, and which clause it reports."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from helpers.voices.quotations import Quote
from helpers.voices.tree import Source, Tree, noun_phrase, subject_of

__all__ = ["ACCORDING", "Told", "attributed", "cues_of", "of_nobody", "source_of", "told_clauses"]
# Auxiliaries of speech that was not made: "would say".
UNREAL = frozenset("would could should might may must can".split())
# Subjects that stand for nobody.
NOBODYS = ("it", "this", "that", "there", "what", "which")
ACCORDING = ("accord", "according")
COMPLEMENTS = ("ccomp", "xcomp")
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
# Tokens between a quotation and the verb that belongs to it.
NEAR = 14
# Tokens of a heading that is only a name and a colon: "Mayor Ann Poe:".
SHORT = 6
# A quotation's signature: a dash and a name, up to the line's end.
SIGNED = re.compile(r"[\"”’'»]*[ \t\n]{0,2}([-–—―])[ \t]*([A-Z][^\n.!?:;]{1,60})\.?[ \t]*(?:\n|$)")
EDGES = " \t\n\xa0,;:.!?…—–-\"“”'’‘*_"


class Told(NamedTuple):
    """A clause that reports speech: its cue (a token), its source, and the stretches that it reports."""

    cue: int
    source: Source | None
    content: tuple[tuple[int, int], ...]


def cues_of(tree: Tree, forms: Mapping[str, tuple[str, str]], text: str) -> dict[int, tuple[str, str]]:
    """Return the verbs outside quotations that may introduce speech: class and kind of each.

    `forms` has class and kind (indirect, either, ...) of each form of one word.
    """
    found = {}
    for place, token in enumerate(tree.tokens):
        known = forms.get(text[token.start : token.end].casefold())
        if known and not tree.quoted[place] and token.tag.startswith("VB"):
            found[place] = known
    return found


def told_clauses(tree: Tree, cues: Mapping[int, tuple[str, str]], text: str) -> list[Told]:
    """Return the clauses of indirect speech: verbs with a clause below or around them, and "according to"."""
    found = []
    clausal = [cue for cue, (_, kind) in cues.items() if kind in ("indirect", "either")]
    for cue in sorted([*clausal, *_unlisted(tree, cues)]):
        if _unreal(tree, cue):
            continue
        content = _content(tree, cue)
        if content and not of_nobody(tree, cue):
            found.append(Told(cue, source_of(tree, cue), _stretches(tree, content, text)))
    for place, token in enumerate(tree.tokens):
        if token.lemma in ACCORDING and token.dep == "prep" and not tree.quoted[place]:
            heads = [below for to in tree.below(place, "prep") for below in tree.below(to, "pobj")]
            if heads:
                said = tree.subtree(_clause_of(tree, token.head), without=(place,))
                source = noun_phrase(tree, heads[0])
                found.append(Told(place, source, _stretches(tree, said, text)))
    return [told for told in found if told.content]


def _unlisted(tree: Tree, cues: Mapping[int, tuple[str, str]]) -> list[int]:
    """Return the verbs outside the list with a subject and a finite clause: "the poll shows that it fell"."""
    return [
        place
        for place, token in enumerate(tree.tokens)
        if token.tag.startswith("VB")
        and place not in cues
        and not tree.quoted[place]
        and token.lemma.isalpha()
        and token.lemma not in NOT_TOLD
        and (_has_clause(tree, place) or (token.lemma in INTENDED and tree.below(place, "xcomp")))
        and subject_of(tree, place) is not None
    ]


def _has_clause(tree: Tree, verb: int) -> bool:
    """Return whether a clause with a subject of its own and a finite verb hangs on a verb, behind it."""
    for clause in tree.below(verb, "ccomp"):
        verbs = [clause, *tree.below(clause, "aux", "auxpass")]
        finite = any(tree.tokens[place].tag in FINITE for place in verbs)
        if clause > verb and finite and tree.below(clause, "nsubj", "nsubjpass", "expl", "csubj"):
            return True
    return False


def attributed(
    tree: Tree, cues: Mapping[int, tuple[str, str]], quote: Quote, text: str
) -> tuple[int, Source | None] | None:
    """Return the cue of a quotation and its source.

    The cue is the verb of speech that the quotation hangs on, else the nearest in its sentence, else
    "according to", the sentence before a colon, or another verb whose subject is a person.
    """
    inside = [k for k, t in enumerate(tree.tokens) if quote.start <= t.start and t.end <= quote.end]
    if not inside:
        return None
    above = _governing(tree, quote, inside)
    hung = next((verb for verb in above if verb in cues), None)
    found = hung if hung is not None else _nearest(tree, cues, inside, text)
    if found is not None:
        return found, source_of(tree, found)
    return (
        _according(tree, inside)
        or _before_colon(tree, cues, inside)
        or _after_dash(tree, inside, text)
        or _without_cue(tree, above, quote)
    )


def _governing(tree: Tree, quote: Quote, inside: Sequence[int]) -> list[int]:
    """Return the verbs outside a quotation that its words hang on, the nearest first."""
    found: dict[int, None] = {}
    for place in inside:
        head = tree.tokens[place].head
        while not quote.start <= tree.tokens[head].start < quote.end:
            if tree.tokens[head].tag.startswith("VB"):
                found[head] = None
            if tree.tokens[head].head == head:
                break
            head = tree.tokens[head].head
    return list(found)


def _according(tree: Tree, inside: Sequence[int]) -> tuple[int, Source | None] | None:
    """Return "according to" in the sentence of a quotation, and whom it names."""
    sentences = {tree.tokens[inside[0]].sentence, tree.tokens[inside[-1]].sentence}
    for place in range(max(inside[0] - NEAR, 0), min(inside[-1] + NEAR, len(tree.tokens))):
        token = tree.tokens[place]
        if token.lemma in ACCORDING and token.sentence in sentences and not tree.quoted[place]:
            heads = [below for to in tree.below(place, "prep") for below in tree.below(to, "pobj")]
            if heads:
                return place, noun_phrase(tree, heads[0])
    return None


def _before_colon(
    tree: Tree, cues: Mapping[int, tuple[str, str]], inside: Sequence[int]
) -> tuple[int, Source | None] | None:
    """Return the verb of the sentence that ends with a colon in front of a quotation, and its source."""
    before = [k for k in range(max(inside[0] - 3, 0), inside[0]) if tree.tokens[k].pos != "SPACE"]
    if not before or tree.tokens[before[-1]].lemma != ":":
        return None
    sentence = tree.tokens[before[-1]].sentence
    own = [k for k in range(before[-1], -1, -1) if tree.tokens[k].sentence == sentence]
    verbs = [k for k in own if k in cues] or [k for k in own if tree.below(k, "nsubj")]
    if verbs:
        return verbs[0], source_of(tree, verbs[0])
    name = before[-1] - 1
    alone = name >= 0 and tree.tokens[name].pos == "PROPN" and len(own) <= SHORT
    return (before[-1], noun_phrase(tree, name)) if alone else None


def _after_dash(tree: Tree, inside: Sequence[int], text: str) -> tuple[int, Source | None] | None:
    """Return the dash between a quotation and the name that ends its line, and that name."""
    end = tree.tokens[inside[-1]].end
    found = SIGNED.match(text, end)
    if not found:
        return None
    own = range(inside[-1] + 1, min(inside[-1] + 1 + NEAR, len(tree.tokens)))
    dash = next((k for k in own if tree.tokens[k].start <= found.start(1) < tree.tokens[k].end), None)
    named = [k for k in own if found.start(2) <= tree.tokens[k].start < found.end(2)]
    names = [k for k in named if tree.tokens[k].pos == "PROPN"]
    if dash is None or not names:
        return None
    start = tree.tokens[named[0]].start
    return dash, Source(start, tree.tokens[names[-1]].end, names[-1])


def _without_cue(tree: Tree, above: Sequence[int], quote: Quote) -> tuple[int, Source | None] | None:
    """Return the verb that a quotation hangs on and its subject, where that is a person: "he put it so"."""
    for verb in above if quote.flag != "scare" else ():
        subject = subject_of(tree, verb)
        if subject is not None and not tree.quoted[subject]:
            head = tree.tokens[subject]
            person = head.entity.endswith(("PERSON", "ORG")) or head.lemma in ("he", "she", "they")
            return (verb, noun_phrase(tree, subject)) if person else None
    return None


def source_of(tree: Tree, cue: int) -> Source | None:
    """Return the words that name whose verb a cue is, or nothing."""
    subject = subject_of(tree, cue)
    if subject is not None and tree.quoted[subject] and not tree.quoted[cue]:
        # The words of a quotation are not who says it: the parser took them for the subject.
        subject = _beside(tree, cue)
    return noun_phrase(tree, subject) if subject is not None else None


def _beside(tree: Tree, cue: int) -> int | None:
    """Return the head of the nearest name outside quotations before a cue in its sentence, else behind it."""
    sentence = tree.tokens[cue].sentence
    before = range(cue - 1, max(cue - NEAR, 0) - 1, -1)
    for places in (before, range(cue + 1, min(cue + 4, len(tree.tokens)))):
        for place in places:
            token = tree.tokens[place]
            if tree.quoted[place] or token.sentence != sentence:
                break
            if token.pos == "PROPN" and token.dep not in ("compound", "pobj", "poss", "appos"):
                return place
    return None


def _nearest(tree: Tree, cues: Mapping[int, tuple[str, str]], inside: Sequence[int], text: str) -> int | None:
    """Return the cue nearest to a quotation in its sentences; one behind it goes before one in front."""
    first, last = inside[0], inside[-1]
    ends = {tree.tokens[first].sentence, tree.tokens[last].sentence}
    ends |= _short_sentence(tree, last, text)
    own = [cue for cue in cues if tree.tokens[cue].sentence in ends]
    after = [cue for cue in own if last < cue <= last + NEAR]
    before = [cue for cue in own if first - NEAR <= cue < first]
    return min(after) if after else max(before) if before else None


def _short_sentence(tree: Tree, last: int, text: str) -> set[int]:
    """Return the short sentence behind a quotation that only says who asked, as in "Why?" Ann Poe asked."""
    sentence, rest = tree.tokens[last].sentence, tree.tokens[last + 1 : last + 1 + NEAR]
    if not rest or rest[0].sentence == sentence or "\n" in text[tree.tokens[last].end : rest[0].start]:
        return set()
    whole = len(rest) < NEAR or rest[-1].sentence != rest[0].sentence
    return {rest[0].sentence} if whole else set()


def _unreal(tree: Tree, verb: int) -> bool:
    """Return whether a verb tells of speech that was not made: "would say", "if he says"."""
    helpers = tree.below(verb, "aux", "mark")
    return any(tree.tokens[place].lemma in UNREAL or tree.tokens[place].lemma == "if" for place in helpers)


def of_nobody(tree: Tree, verb: int) -> bool:
    """Return whether the subject of a verb is no speaker: "it is hard to imagine that"."""
    subject = subject_of(tree, verb)
    return subject is not None and tree.tokens[subject].lemma in NOBODYS


def _content(tree: Tree, cue: int) -> list[int]:
    """Return the tokens that a verb reports: its complement, or the clause around "X, he said, Y"."""
    below = tree.below(cue, *(COMPLEMENTS[:1] if tree.tokens[cue].lemma in GOING_ON else COMPLEMENTS))
    if below:
        return sorted({place for clause in below for place in tree.subtree(clause)})
    token = tree.tokens[cue]
    if token.dep == "parataxis" and token.head != cue:
        return tree.subtree(token.head, without=(cue,))
    return []


def _clause_of(tree: Tree, place: int) -> int:
    """Return the verb of the clause that a token stands in."""
    while tree.tokens[place].pos not in ("VERB", "AUX") and tree.tokens[place].head != place:
        place = tree.tokens[place].head
    return place


def _stretches(tree: Tree, places: Sequence[int], text: str) -> tuple[tuple[int, int], ...]:
    """Return tokens as stretches of the text without quotations, cut where other words stand between."""
    runs: list[list[int]] = []
    for place in places:
        opening = not runs and tree.tokens[place].dep == "mark" and tree.tokens[place].lemma == "that"
        if tree.quoted[place] or opening:
            continue
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    spans = []
    for first, last in runs:
        start, end = tree.tokens[first].start, tree.tokens[last].end
        words = text[start:end]
        start += len(words) - len(words.lstrip(EDGES))
        end = start + len(words.strip(EDGES))
        if len(text[start:end].split()) > 1:
            spans.append((start, end))
    return tuple(spans)
