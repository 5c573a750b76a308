"""Who does something to somebody, and because of what: killed by police, postponed due to snow."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from helpers.synopsis.items import Item
from helpers.synopsis.values import DATED
from helpers.text import Parse, ParsedReports, Word, words_below

__all__ = ["find_causes", "with_causes"]
# "Because of", "due to" and "owing to" tell a cause.
CAUSES = frozenset("because due owing".split())
NOUNS = ("NOUN", "PROPN")
BESIDE = frozenset("compound amod nmod poss nummod".split())
# Verbs of which who does it says little: all that report, have or do.
PLAIN = frozenset("be have do get make take give say tell see find know want call use ask add show".split())
# Nouns that say nothing of who it is.
SOME = frozenset("other one more some many thing".split())
Children = Mapping[int, Sequence[Word]]


def with_causes(
    items: Mapping[str, list[Item]], parse: Parse, texts: Mapping[str, str]
) -> dict[str, list[Item]]:
    """Return the items of the reports with doers and causes, and the entities those name."""
    found = find_causes(parse, texts)
    return {
        doc_id: sorted([*own, *_as_entities(found[doc_id], own)], key=attrgetter("start", "end"))
        for doc_id, own in items.items()
    }


def _as_entities(causes: Sequence[Item], own: Sequence[Item]) -> Iterator[Item]:
    """Yield doers and causes, the entities they name being in their value."""
    named = [item for item in own if item.kind in ("name", "title") and item.key]
    for cause in causes:
        inside = {i.key for i in named if cause.start < i.end and i.start < cause.end}
        if isinstance(cause.value, frozenset):
            yield cause._replace(value=cause.value | inside)


def find_causes(parse: Parse, texts: Mapping[str, str]) -> dict[str, list[Item]]:
    """Return by report the nouns that do what happens to another noun, and those that are its cause.

    The key is the verb and what it is done to, or the verb and that it is a cause; names and other nouns have
    keys of their own, for "the mayor" and the mayor's name may be one.
    """
    found, parsed = {}, ParsedReports(parse)
    for doc_id, of_text in texts.items():
        words = parsed.within(doc_id, 0, len(of_text))
        children = defaultdict(list, words_below(words))
        found[doc_id] = [
            _item(doc_id, of_text, noun, children[noun.token_id], f"{key} {noun.pos}")
            for word in words
            for noun, key in _told(word, words, children)
            if noun.pos in NOUNS and noun.lemma.casefold() not in DATED | SOME
        ]
    return found


def _item(doc_id: str, text: str, noun: Word, beside: Sequence[Word], key: str) -> Item:
    """Return the item of a noun with the words that belong to it.

    Its value is the noun or all of the name, and what is joined to it by "and".
    """
    own = [word for word in beside if word.dep in BESIDE and word.start < noun.start]
    start = min([word.start for word in own], default=noun.start)
    while start and not text[start - 1].isspace():
        start -= 1
    named = [word for word in own if word.pos == noun.pos == "PROPN"]
    joined = [word for word in beside if word.dep == "conj"]
    value = frozenset(word.lemma.casefold() for word in (*named, noun, *joined))
    return Item(doc_id, start, noun.end, "cause", key, text[start : noun.end], value)


def _told(word: Word, words: Sequence[Word], children: Children) -> Iterator[tuple[Word, str]]:
    """Yield the noun that a word tells as the doer or the cause, and the key of what it does."""
    if word.pos == "VERB" and word.lemma not in PLAIN:
        yield from _doers(word, words, children)
    if word.lemma.casefold() in CAUSES and word.dep == "prep":
        below = [*children[word.token_id]]
        below += [noun for child in below for noun in children[child.token_id]]
        yield from ((noun, f"because {words[word.head].lemma}") for noun in below if noun.dep == "pobj")


def _doers(verb: Word, words: Sequence[Word], children: Children) -> Iterator[tuple[Word, str]]:
    """Yield who does what a verb tells to one noun, with the verb and that noun."""
    own = children[verb.token_id]
    done_to = [child for child in own if child.dep in ("dobj", "nsubjpass")]
    done_to += [words[verb.head]] if verb.dep == "acl" else []
    if len(done_to) == 1 and done_to[0].pos in NOUNS:
        by = [noun for child in own if child.dep == "agent" for noun in children[child.token_id]]
        key = f"{verb.lemma} {done_to[0].lemma.casefold()}"
        yield from ((doer, key) for doer in (*by, *(child for child in own if child.dep == "nsubj")))
