"""Reports that outlets make of one agency text, with edits and known truth, from any folder of reports.

Newspapers were seen to do this with agency copy (Clough, Gaizauskas, Piao and Wilks, ACL 2002, on METER): cut
from the end, leave paragraphs out, put others in another order, write the lead anew, change and drop words,
join and split sentences, and set their own or a second source's paragraphs between. A report of one outlet
is taken for the agency text; the new lead and what is merged are what the other outlets wrote of the same
event, so that they are a person's paraphrase and not ours. Words are changed by a small list.
"""

import random
import re
from collections.abc import Iterator
from typing import NamedTuple

from helpers.text import Documents, split_sentences

__all__ = ["Copy", "Recipe", "copies_of", "draw_recipe", "rewritten"]
WORD = re.compile(r"[\w'’-]+")
CHANGES = {
    "said": "told reporters",
    "told": "said to",
    "but": "however,",
    "about": "around",
    "after": "following",
    "also": "too",
    "because": "since",
    "before": "ahead of",
    "began": "started",
    "big": "large",
    "called": "described",
    "many": "a number of",
    "more than": "over",
    "people": "persons",
    "plan": "proposal",
    "president": "head of state",
    "several": "some",
    "showed": "indicated",
    "should": "ought to",
    "stop": "halt",
    "though": "although",
    "tried": "sought",
    "used": "employed",
    "want": "wish",
    "while": "as",
    "will": "is going to",
    "would": "was going to",
    "which": "that",
    "year": "twelve months",
}
ASIDE = re.compile(r", (?:who|which|where|a|an|the|on|in|at|after|according)\b[^,.“”\"]{3,60},")
ADVERBS = re.compile(r"\b(?:very|really|also|still|now|just|only|\w{3,}ly) ")


class Recipe(NamedTuple):
    """What an outlet does: the share of its words from the agency, and how much it changes of them."""

    share: float
    effort: float
    new_lead: bool
    reordered: bool


class Copy(NamedTuple):
    """Two texts that rest on one agency text, and the recipes of both (the agency's own has effort 0)."""

    event_id: str
    a: str
    b: str
    recipe_a: Recipe
    recipe_b: Recipe


UNTOUCHED = Recipe(1.0, 0.0, new_lead=False, reordered=False)


def draw_recipe(chance: random.Random) -> Recipe:
    """Return what an outlet does with an agency text, at random: 40 to 100 % of its words are kept of it."""
    return Recipe(
        chance.uniform(0.4, 1.0), chance.uniform(0.0, 0.4), chance.random() < 0.5, chance.random() < 0.5
    )


def rewritten(
    agency: list[str], own: list[str], recipe: Recipe, chance: random.Random, *, n_words: int
) -> list[str]:
    """Return the sentences of a report of about `n_words` made of an agency text and of an outlet's own.

    Result: sentences; the agency's are cut from the end and left out here and there.
    >>> rewritten(["One two.", "Three four."], ["Five six."], UNTOUCHED, random.Random(1), n_words=4)
    ['One two.', 'Three four.']
    """
    wanted = recipe.share * n_words
    body = [text for text in agency if recipe is UNTOUCHED or chance.random() > 0.15]
    kept = _first(body[1:] if recipe.new_lead else body, wanted)
    kept = [_edited(text, recipe.effort, chance) for text in kept]
    if recipe.reordered:
        kept = _moved(kept, chance)
    if chance.random() < recipe.effort:
        kept = _joined(kept)
    added = _first(own, n_words - wanted) if recipe.share < 1 or recipe.new_lead else []
    lead = added[:1] if recipe.new_lead else []
    rest = added[1:] if recipe.new_lead else added
    for block in (rest[place : place + 3] for place in range(0, len(rest), 3)):
        place = chance.randrange(len(kept) + 1)
        kept[place:place] = block
    return [*lead, *kept]


def copies_of(documents: Documents, *, n_words: int, n: int, seed: int) -> Iterator[Copy]:
    """Yield `n` pairs of texts of one agency text: half of them the agency's own beside one outlet's report.

    Every report of an event with three outlets may be the agency text; the own words of each outlet are
    those of another report of the event.
    """
    sentences = split_sentences(documents)
    sentences = sentences[sentences["zone"] == "body"]
    texts = {str(name): rows["text"].tolist() for name, rows in sentences.groupby("doc_id")}
    long = [name for name in texts if _words(texts[name]) >= 0.8 * n_words]
    events = documents[documents["doc_id"].isin(texts)].groupby("event_id")["doc_id"].agg(sorted)
    event_of = dict(zip(documents["doc_id"], documents["event_id"], strict=True))
    able = [name for name in sorted(long) if len(events[event_of[name]]) > 2]
    chance = random.Random(f"{seed} {n_words}")
    for number in range(n if able else 0):
        agency = able[number % len(able)]
        others = [name for name in events[event_of[agency]] if name != agency]
        first, second = chance.sample(others, 2)
        one = UNTOUCHED if number % 2 else draw_recipe(chance)
        other = draw_recipe(chance)
        yield Copy(
            event_of[agency],
            "\n\n".join(rewritten(texts[agency], texts[first], one, chance, n_words=n_words)),
            "\n\n".join(rewritten(texts[agency], texts[second], other, chance, n_words=n_words)),
            one,
            other,
        )


def _first(sentences: list[str], n_words: float) -> list[str]:
    """Return the first sentences that make up that many words."""
    kept, total = [], 0
    for text in sentences:
        if total >= n_words:
            break
        kept.append(text)
        total += _words([text])
    return kept


def _words(sentences: list[str]) -> int:
    """Return the words of sentences."""
    return sum(len(WORD.findall(text)) for text in sentences)


def _edited(text: str, effort: float, chance: random.Random) -> str:
    """Return a sentence with words changed and dropped; what is quoted stays as it is."""
    parts = re.split(r"(“[^”]*”|\"[^\"]*\")", text)
    return "".join(part if place % 2 else _changed(part, effort, chance) for place, part in enumerate(parts))


def _changed(text: str, effort: float, chance: random.Random) -> str:
    """Return narration with words changed, adverbs and asides dropped, each by chance."""
    text = ASIDE.sub(lambda match: "" if chance.random() < effort else match.group(), text)
    text = ADVERBS.sub(lambda match: "" if chance.random() < effort else match.group(), text)
    return WORD.sub(
        lambda match: (
            CHANGES.get(match.group().lower(), match.group())
            if chance.random() < 2 * effort
            else match.group()
        ),
        text,
    )


def _moved(sentences: list[str], chance: random.Random) -> list[str]:
    """Return sentences with two blocks of them exchanged."""
    if len(sentences) < 4:
        return sentences
    one, two, three = sorted(chance.sample(range(1, len(sentences)), 3))
    return [*sentences[:one], *sentences[two:three], *sentences[one:two], *sentences[three:]]


def _joined(sentences: list[str]) -> list[str]:
    """Return sentences, each third joined to the one before."""
    told: list[str] = []
    for place, text in enumerate(sentences):
        if place % 3 == 2 and told[-1].endswith("."):
            told[-1] = f"{told[-1][:-1]}, and {text[:1].lower()}{text[1:]}"
        else:
            told.append(text)
    return told
