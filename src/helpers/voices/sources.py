"""Sources of speech by grammar: whose verb a cue is, and whose words a quotation is."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from helpers.voices.quotations import Quote
from helpers.voices.tags import TAGGING, as_put, in_words, tag_behind, verb_in_front
from helpers.voices.tree import SUBJECTS, Source, Tree, is_aside, is_passive, noun_phrase, subject_of

__all__ = [
    "ACCORDING",
    "NOBODYS",
    "Cue",
    "Forms",
    "attributed",
    "cues_by_rank",
    "cues_of",
    "of_nobody",
    "source_of",
]
# Subjects that stand for nobody.
NOBODYS = ("it", "this", "that", "there", "what", "which", "nobody", "none")
# Verbs that a firm or an office called "it" can be the subject of.
SAYING = frozenset(
    "say announce add accuse warn argue claim deny demand urge report estimate predict conclude".split()
)
ACCORDING = ("accord", "according")
# Kinds of verbs that tell what somebody speaks about.
ABOUT = ("speech_act", "either")
# Tokens between a quotation and the verb that belongs to it.
NEAR = 20
# Tokens of a sentence that only tells who said the sentence before it: "The mayor said."
SHORTEST = 8
# Tokens of a heading that is only a name and a colon: "Mayor Ann Poe:".
SHORT = 6
# How a quotation ends that somebody speaks: with a comma, or as a question or an exclamation.
SPOKEN_END = re.compile(r"[,!?…]['\"”’»]*$")
CALLED_END = re.compile(r"[!?]['\"”’»]*$")
# A line that begins with a name and a colon, up to the quotation.
SPEAKS = re.compile(r"([A-Z][^\n:.!?]{1,20}(?:\.?[^\n:!?]{0,50})?):[ \t]*")
# A quotation's signature: a dash and a name, up to the line's end.
SIGNED = re.compile(r"[\"”’'»]*[ \t\n]{0,2}([-–—―])[ \t]*([A-Z][^\n.!?:;]{1,60})\.?[ \t]*(?:\n|$)")


class Cue(NamedTuple):
    """A verb of speech, or a phrase that begins with one: its class, its kind, and its last token."""

    verb_class: str
    kind: str
    last: int


Forms = Mapping[str, Sequence[tuple[tuple[str, ...], str, str]]]


def cues_of(tree: Tree, forms: Forms, text: str) -> dict[int, Cue]:
    """Return the verbs outside quotations that may introduce speech, and the phrases that begin with them.

    `forms` has by its first word the words of each form, its class and kind (indirect, either, ...), longest
    first: "called for" goes before "called".
    """
    words = [text[token.start : token.end].casefold() for token in tree.tokens]
    found = {}
    for place, token in enumerate(tree.tokens):
        if not tree.quoted[place] and token.tag.startswith("VB"):
            for form, verb_class, kind in forms.get(words[place], ()):
                if tuple(words[place : place + len(form)]) == form:
                    found[place] = Cue(verb_class, kind, place + len(form) - 1)
                    break
    return found


def cues_by_rank(
    tree: Tree, cues: Mapping[int, Cue], said: Mapping[int, Cue]
) -> tuple[Mapping[int, Cue], ...]:
    """Return cues as a quotation looks for one; `said` are those that tell no mere attitude, and go before.

    First of all go those that are no aim (they "were to discuss" it) and name somebody (not "when asked").
    """
    made = {
        verb: cue
        for verb, cue in said.items()
        if (cue.kind not in ABOUT or not _is_aim(tree, verb)) and not is_aside(tree, verb)
    }
    return made, said, cues


def attributed(
    tree: Tree, ranked: Sequence[Mapping[int, Cue]], quote: Quote, text: str
) -> tuple[int, Source | None] | None:
    """Return the cue of a quotation and its source; `ranked` are the cues of its report by rank, all last.

    The cue is the verb of speech that the quotation hangs on, else the nearest in its sentence, else
    "according to", the sentence before a colon, or another verb whose subject is a person.
    """
    inside = [k for k in tree.between(quote.start, quote.end) if tree.tokens[k].end <= quote.end]
    if not inside:
        return None
    above, after = _governing(tree, quote, inside), _after(tree, inside[-1])
    beside = _beside_marks(tree, ranked, inside, after, quote)
    if beside is not None:
        return beside
    found = _hung_or_near(tree, ranked, above, inside, text)
    if found is not None:
        return found, _speaker(tree, found, inside)
    return (
        _according(tree, inside)
        or _before_colon(tree, ranked[-1], inside)
        or _heading(tree, quote, text)
        or _after_dash(tree, inside, text)
        or _next_to(tree, inside, quote, text)
        or _without_cue(tree, above, quote)
    )


def _beside_marks(
    tree: Tree, ranked: Sequence[Mapping[int, Cue]], inside: Sequence[int], after: int | None, quote: Quote
) -> tuple[int, Source | None] | None:
    """Return the verb right beside the marks of a quotation and its source; one behind goes before others.

    Of Poe said: "...," the Times reported, it is "said".
    """
    front = verb_in_front(tree, ranked[0], inside)
    if front is not None and front[0] in ranked[0]:
        return front[0], source_of(tree, front[0])
    found = tag_behind(tree, ranked[1], inside, after, quote)
    if found is not None:
        return found, source_of(tree, found)
    if after is not None and after in ranked[1] and tree.tokens[after].tag in TAGGING:
        return None
    return as_put(tree, inside, after) or in_words(tree, inside) or front


def _is_aim(tree: Tree, verb: int) -> bool:
    """Return whether a verb is an infinitive with "to": they "were to discuss" it."""
    return tree.tokens[verb].tag == "VB" and any(tree.tokens[k].tag == "TO" for k in tree.below(verb, "aux"))


def _hung_or_near(
    tree: Tree, ranked: Sequence[Mapping[int, Cue]], above: Sequence[int], inside: Sequence[int], text: str
) -> int | None:
    """Return the first cue that a quotation hangs on, else the one nearest to it, by rank.

    Of "He wants a 'fair' town," Ann Poe said, it is "said": who thinks or wants comes after who says.
    """
    for some in ranked:
        hung = next((verb for verb in above if verb in some), None)
        found = _nearest(tree, some, inside, text) if hung is None else hung
        if found is not None:
            return found
    return None


def _speaker(tree: Tree, cue: int, inside: Sequence[int]) -> Source | None:
    """Return whose verb the cue of a quotation is, also where the parser takes the speaker for another."""
    found = source_of(tree, cue)
    if found is not None or tree.below(cue, *SUBJECTS):
        return found
    after = _after(tree, inside[-1])
    return _taken_for_object(tree, cue, after) or _taken_for_owner(tree, cue, after) or _left_out(tree, cue)


def _taken_for_object(tree: Tree, cue: int, after: int | None) -> Source | None:
    """Return the speaker right behind a cue: of "...," added a town clerk, the clerk is no object."""
    if cue != after:
        return None
    return _right_behind(tree, cue, "dobj", "attr", "oprd", "npadvmod")


def _right_behind(tree: Tree, verb: int, *deps: str) -> Source | None:
    """Return the first of what hangs on a verb that can be somebody, where it begins right behind it."""
    behind = [k for k in tree.below(verb, *deps) if _names(tree, k)]
    whole = behind and min(tree.subtree(behind[0])) == verb + 1
    return noun_phrase(tree, behind[0]) if whole else None


def _taken_for_owner(tree: Tree, cue: int, after: int | None) -> Source | None:
    """Return the noun that a cue was hung on: of "...," the mayor, Ann Poe, tweeted, Ann Poe is no object."""
    head = tree.tokens[cue].head
    if tree.tokens[cue].dep != "acl" or after is None or min(tree.subtree(head)) != after:
        return None
    named = [k for k in tree.below(head, "appos") if tree.tokens[k].pos == "PROPN"]
    return noun_phrase(tree, named[0] if named else head)


def _left_out(tree: Tree, cue: int) -> Source | None:
    """Return the name beside a cue that is left alone: of Poe, surprised, said: "...", it is Poe."""
    beside = _beside(tree, cue) if not is_passive(tree, cue) else None
    return noun_phrase(tree, beside) if beside is not None else None


def _after(tree: Tree, last: int) -> int | None:
    """Return the first word behind a quotation in its sentence."""
    sentence = tree.tokens[last].sentence
    for place in range(last + 1, len(tree.tokens)):
        if tree.tokens[place].pos not in ("PUNCT", "SPACE"):
            return place if tree.tokens[place].sentence == sentence else None
    return None


def _names(tree: Tree, place: int) -> bool:
    """Return whether a token can be somebody: a noun, a name or a pronoun, and no day."""
    token = tree.tokens[place]
    return token.pos in ("NOUN", "PROPN", "PRON") and not token.entity.endswith(("DATE", "TIME"))


def _next_to(tree: Tree, inside: Sequence[int], quote: Quote, text: str) -> tuple[int, Source | None] | None:
    """Return the verb, of any kind, right behind a quotation that ends as speech does, and its subject.

    As in "Resign!" protesters chanted, and in "Again!" sighed the mayor.
    """
    after, words = _after(tree, inside[-1]), text[quote.start : quote.end]
    called = quote.flag != "scare" or CALLED_END.search(words)  # "Out!" the crowd yelled
    if after is None or not called or not SPOKEN_END.search(words):
        return None
    if tree.tokens[after].tag in ("VBD", "VBZ"):
        source = _right_behind(tree, after, "nsubj", "dobj", "attr")
        return (after, source) if source else None
    for place in range(after, min(after + NEAR, len(tree.tokens))):
        subject = tree.tokens[place]
        if subject.dep == "nsubj" and _names(tree, place) and min(tree.subtree(place)) == after:
            verb = subject.head
            return (verb, noun_phrase(tree, place)) if tree.tokens[verb].pos == "VERB" else None
    return None


def _heading(tree: Tree, quote: Quote, text: str) -> tuple[int, Source | None] | None:
    """Return the name and colon that a line begins with, as in a transcript."""
    line = text.rfind("\n", 0, quote.start) + 1
    found = SPEAKS.fullmatch(text[line : quote.start])
    if not found:
        return None
    own = list(tree.between(line, line + found.end(1)))
    names = [k for k in own if tree.tokens[k].pos in ("PROPN", "NOUN", "X") and _capital(tree, k, text)]
    if not names or any(tree.tokens[k].pos == "VERB" for k in own):
        return None
    return names[-1], Source(line, line + found.end(1), names[-1])


def _capital(tree: Tree, place: int, text: str) -> bool:
    """Return whether a token begins with a capital."""
    return text[tree.tokens[place].start].isupper()


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
    tree: Tree, cues: Mapping[int, Cue], inside: Sequence[int]
) -> tuple[int, Source | None] | None:
    """Return the verb of the sentence that ends with a colon in front of a quotation, and its source."""
    near = range(inside[0] - 1, max(inside[0] - 3, 0) - 1, -1)
    colon = next((k for k in near if tree.tokens[k].pos != "SPACE"), None)
    if colon is None or tree.tokens[colon].lemma != ":":
        return None
    own = _back_to_start(tree, colon)
    verb = _last_verb(tree, cues, own)
    if verb is not None:
        return verb, source_of(tree, verb)
    alone = colon > 0 and tree.tokens[colon - 1].pos == "PROPN" and len(own) <= SHORT
    return (colon, noun_phrase(tree, colon - 1)) if alone else None


def _last_verb(tree: Tree, cues: Mapping[int, Cue], backwards: Sequence[int]) -> int | None:
    """Return the last cue of some tokens, else the last that has a subject."""
    verbs = [k for k in backwards if k in cues] or [k for k in backwards if tree.below(k, "nsubj")]
    return verbs[0] if verbs else None


def _back_to_start(tree: Tree, place: int) -> list[int]:
    """Return a token and those before it in its sentence, the last first."""
    sentence = tree.tokens[place].sentence
    return [k for k in range(place, -1, -1) if tree.tokens[k].sentence == sentence]


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
    if subject is None or tree.tokens[subject].pos == "ADP":
        return None
    return noun_phrase(tree, _inserted(tree, subject))


def _inserted(tree: Tree, subject: int) -> int:
    """Return whose words a subject is: of "the mill, he said, and praised it", "he" is the subject."""
    for verb in tree.below(subject, "parataxis"):
        own = tree.below(verb, "nsubj")
        if own and tree.tokens[verb].lemma in SAYING:
            return own[0]
    return subject


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


def _nearest(tree: Tree, cues: Mapping[int, Cue], inside: Sequence[int], text: str) -> int | None:
    """Return the cue nearest to a quotation in its sentences; one behind it goes before one in front."""
    first, last = inside[0], inside[-1]
    ends = {tree.tokens[first].sentence, tree.tokens[last].sentence}
    ends |= _short_sentence(tree, last, text)
    own = [k for sentence in ends for k in tree.sentences[sentence] if k in cues]
    after = [cue for cue in own if last < cue <= last + NEAR]
    before = [cue for cue in own if first - NEAR <= cue < first]
    return min(after) if after else max(before) if before else None


def _short_sentence(tree: Tree, last: int, text: str) -> set[int]:
    """Return the short sentence behind a quotation that only says who asked, as in "Why?" Ann Poe asked."""
    sentence, rest = tree.tokens[last].sentence, tree.tokens[last + 1 : last + 1 + NEAR]
    if not rest or rest[0].sentence == sentence or "\n" in text[tree.tokens[last].end : rest[0].start]:
        return set()
    own = [k for k in tree.sentences[rest[0].sentence] if k > last]
    end = tree.tokens[last].end
    asked = SPOKEN_END.search(text[max(0, end - 4) : end])
    whole = len(own) < (NEAR if asked else SHORTEST)
    leads = any(tree.quoted[k] or tree.tokens[k].lemma == ":" for k in own)
    return {rest[0].sentence} if whole and not leads else set()


def of_nobody(tree: Tree, verb: int) -> bool:
    """Return whether the subject of a verb is no speaker: "it is hard to say that". A firm may be "it"."""
    subject = subject_of(tree, verb)
    if subject is not None and any(tree.tokens[k].lemma == "no" for k in tree.below(subject, "det")):
        return True
    if subject is None or tree.tokens[subject].lemma not in NOBODYS:
        return False
    firm = tree.tokens[subject].lemma == "it" and tree.tokens[verb].lemma in SAYING
    return not (firm and tree.tokens[verb].tag in ("VBD", "VBZ", "VBP", "VBN"))
