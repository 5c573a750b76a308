"""How many people a report says were killed, hurt, held or driven out, and how reports differ in it."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from helpers.synopsis.counted import UNITS
from helpers.synopsis.tables import TollComparisons, TollComparisonsTable, Tolls, TollsTable
from helpers.synopsis.values import (
    MONTHS,
    SPANS,
    VAGUE,
    WEIGHERS,
    YEAR,
    Quantity,
    hedge_of,
    is_number,
    quantity,
)
from helpers.table import UNKNOWN, from_rows
from helpers.text import Documents, Parse, ParsedReports, Sentences, Word, read_as, words_below

__all__ = ["compare_tolls", "find_tolls", "first_tolls"]
# What happens to people, after the kinds of counts of the GDELT Global Knowledge Graph (Leetaru 2014: KILL,
# WOUND, ARREST, AFFECT, PROTEST), by the verbs of which they are the object, or the subject, by the words
# that say so behind them ("41 dead"), and by the nouns that are counted themselves ("41 deaths").
OBJECTS = {
    "killed": "kill slay murder massacre slaughter execute".split(),
    "injured": "injure wound hurt maim".split(),
    "taken to hospital": ["hospitalise", "hospitalize"],
    "arrested": "arrest detain apprehend jail imprison".split(),
    "fled or evacuated": "evacuate displace uproot".split(),
    "rescued": ["rescue"],
    "charged": ["charge", "indict"],
}
SUBJECTS = {
    "killed": "die perish drown".split(),
    "fled or evacuated": ["flee", "evacuate"],
    "taking part": "march protest rally demonstrate".split(),
}
STATES = {
    "killed": "dead".split(),
    "injured": "injured wounded hurt".split(),
    "missing": "missing unaccounted".split(),
    "fled or evacuated": "homeless displaced".split(),
}
COUNTED = {"killed": "death fatality".split(), "injured": ["injury"], "arrested": ["arrest"]}
OF = {
    "killed": "death killing murder massacre slaughter".split(),
    "arrested": "arrest detention".split(),
    "fled or evacuated": "evacuation displacement".split(),
}
# Verbs of moving that put people into hospital, or out of their homes.
_MOVED = frozenset("take send rush bring airlift admit transport carry".split())
_FORCED = frozenset("force drive".split())
_HOSPITAL, _HOME = frozenset("hospital clinic".split()), frozenset("home house".split())
_OBJECT, _PASSIVE, _SUBJECT = "dobj", "nsubjpass", "nsubj"
# Where the number of a toll stands in its sentence: the toll is 41, reached 41, rose 41.
_TOLD = ("attr", "dobj", "npadvmod")
# Nouns that only say that people are counted; any other, as miners, is compared with its own kind.
PEOPLE = "people"
_PEOPLE = frozenset(
    "people person individual victim other resident inhabitant villager local citizen".split()
)
_NO_PEOPLE = frozenset({*SPANS, *UNITS, *UNITS.values(), "cent"})
_NOBODY = frozenset("nobody none".split())
# Nouns and states that say what happened, and not to whom.
_SAYING = frozenset(word for table in (COUNTED, STATES) for words in table.values() for word in words)
# Words of a sentence that speak of another time, and words beside a verb by which it is not said to be so.
_ELSEWHEN = frozenset("last previous previously earlier since annually yearly past".split())
_OPEN = frozenset(
    "could would may might should if not n't never without unless attempt try plan threaten plot".split()
)
# Words before a number by which it is hedged, at most.
_BEFORE = 3


class _Count(NamedTuple):
    """A number of people: its first and last word, the word that stands for them, who they are, how many."""

    first: Word
    last: Word
    thing: Word
    noun: str
    value: Quantity


def find_tolls(parse: Parse, sentences: Sentences, documents: Documents) -> Tolls:
    """Return the tolls table: each number of people that something is said to have happened to.

    The number counts the object, the subject or the state of the verbs above ("killed 14 people", "14 people
    died", "left 14 dead"), or is that of a noun ("14 deaths", "no injuries"). Left out are sentences with
    another year than that of publication or with words for earlier times, what is not said to be so (could,
    if, not), and parts of another number ("two of them"). Only English is read.
    """
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    years = dict(zip(documents["doc_id"], documents["published"].str[:4], strict=True))
    told = sentences[sentences["zone"] == "body"]
    body = set(zip(told["doc_id"], told["sentence_id"], strict=True))
    events = dict(zip(documents["doc_id"], documents["event_id"], strict=True))
    english = documents.loc[documents["language"].map(read_as) == "en", "doc_id"]
    rows: list[tuple[object, ...]] = []
    for doc_id, number, words in ParsedReports(parse[parse["doc_id"].isin(english)]).sentences():
        sentence = _Sentence(words, texts[doc_id])
        if (doc_id, number) in body and not sentence.is_elsewhen(years[doc_id]):
            rows += [(events[doc_id], doc_id, number, *row) for row in sentence.tolls()]
    return from_rows(rows, TollsTable)


def compare_tolls(tolls: Tolls) -> TollComparisons:
    """Return the toll_comparisons table: of each event, what two reports or more give a number of.

    A report's number is the first that it gives. The outcome is same where all are, hedged where all can be
    true of one count ("at least 14" and 15), else differ. Reports of different times may count different
    states of things.
    """
    own = first_tolls(tolls)
    own = own[own["event_id"] != UNKNOWN]
    rows: list[tuple[object, ...]] = []
    for key, group in own.groupby(["event_id", "what", "counted"], sort=True):
        if len(group) > 1:
            said = [Quantity(*pair) for pair in zip(group["value"], group["hedge"], strict=True)]
            rows.append((*key, len(said), min(said).value, max(said).value, _outcome(said)))
    rows.sort(key=lambda row: (row[-1] != "differ", -int(str(row[3])), *map(str, row[:3])))
    return from_rows(rows, TollComparisonsTable)


def first_tolls(tolls: Tolls) -> Tolls:
    """Return the first number that each report gives of what happened to whom."""
    ordered = tolls.sort_values(["doc_id", "start_char"])
    return ordered.drop_duplicates(["event_id", "doc_id", "what", "counted"])


def _outcome(said: list[Quantity]) -> str:
    """Return whether numbers are the same, can all be true, or differ."""
    if len({quantity.value for quantity in said}) == 1:
        return "same"
    return "hedged" if all(_can_both(*pair) for pair in combinations(said, 2)) else "differ"


def _can_both(one: Quantity, other: Quantity) -> bool:
    """Return whether both can be true of one count; "at least 14" is true of 16."""
    low, high = sorted((one, other))
    return one.agrees(other) or (low.hedge == "more" and low.value < high.value and high.hedge != "less")


class _Sentence:
    """The words of a sentence, by what they depend on."""

    def __init__(self, words: list[Word], text: str) -> None:
        self.words, self.text = words, text
        self.by_id = {word.token_id: word for word in words}
        self.norms = [text[word.start : word.end].casefold() for word in words]
        self.children = words_below(words)

    def is_elsewhen(self, year: str) -> bool:
        """Return whether the sentence speaks of another year than that of publication, or of earlier times.

        "In February" does too, and "half a million" is not read.
        """
        pairs = set(pairwise(self.norms))
        if any(("in", month) in pairs for month in MONTHS) or ("half", "a") in pairs:
            return True
        return any(norm in _ELSEWHEN or (YEAR.fullmatch(norm) and norm != year) for norm in self.norms)

    def tolls(self) -> Iterator[tuple[object, ...]]:
        """Yield what happened to whom, the number as printed and as read, and where it stands."""
        for count in (*self._numbers(), *self._none()):
            what = self._of_noun(count) or self._of_verb(count) or self._of_state(count)
            if what and not self._is_open(count.thing):
                noun = PEOPLE if count.noun in _PEOPLE or count.noun in _SAYING else count.noun
                start, end = count.first.start, count.last.end
                yield start, end, what, noun, " ".join(self.text[start:end].split()), *count.value

    def _numbers(self) -> Iterator[_Count]:
        """Yield the numbers of the sentence, with what they count."""
        place = 0
        while place < len(self.words):
            last = place
            while last < len(self.words) and self._is_number(last):
                last += 1
            value = quantity(self.norms[place:last]) if last > place else None
            found = self._counted(place, last, value) if value is not None else None
            if found:
                yield found
            place = max(last, place + 1)

    def _is_number(self, place: int) -> bool:
        """Return whether a word is a number, no ordinal and no part of one; no one is none."""
        norm, before = self.norms[place], self.norms[max(place - 2, 0) : place]
        if norm == "one" and ("no" in before[-1:] or before == ["no", "-"]):
            return False
        if norm == "000" or (before[-1:] == [","] and before[0][-1:].isdigit() and len(norm) == 3):
            return False
        return is_number(norm) and not norm.endswith(("st", "nd", "rd", "th"))

    def _counted(self, first: int, last: int, value: float) -> _Count | None:
        """Return a number with what it counts; None where that is a part of another number, or no noun."""
        run = self.words[first:last]
        inside = {word.token_id for word in run}
        top = next((word for word in reversed(run) if word.head not in inside), run[-1])
        begin, hedge = self._hedge(first)
        vague = self.norms[last - 1] in VAGUE
        thing = self._thing(top, vague)
        if thing is None or (top.lemma not in VAGUE and self._beside_sign(first, last)):
            return None
        noun = PEOPLE if thing is top else thing.lemma
        stands = top if self._of(top) else thing
        return _Count(self.words[begin], run[-1], stands, noun, Quantity(value, "order" if vague else hedge))

    def _thing(self, number: Word, vague: bool) -> Word | None:
        """Return what a number counts: a noun, or nothing but itself; None where it is a part of another."""
        if of := self._of(number):
            return next(iter(self._below(of, "pobj")), None) if vague else None
        head = self.by_id[number.head]
        if number.dep not in ("nummod", "compound", "quantmod"):
            return number if number.pos in ("NUM", "NOUN") else None
        return head if head.pos in ("NOUN", "PROPN", "ADJ") and head.lemma not in _NO_PEOPLE else None

    def _of(self, word: Word) -> Word | None:
        """Return the "of" behind a word, if there is one."""
        return next((below for below in self._below(word) if below.lemma == "of"), None)

    def _below(self, word: Word, *deps: str) -> list[Word]:
        """Return the words that depend on a word, in one of the relations where any are given."""
        return [w for w in self.children.get(word.token_id, []) if not deps or w.dep in deps]

    def _beside_sign(self, first: int, last: int) -> bool:
        """Return whether a sign of money or a hyphen stands before a number, or a hyphen or % behind it."""
        before = self.text[max(self.words[first].start - 2, 0) : self.words[first].start].strip()[-1:]
        behind = self.text[self.words[last - 1].end :][:1]
        return before in ("$", "€", "£", "-", "#") or behind in ("-", "%", ":", "/")

    def _hedge(self, first: int) -> tuple[int, str]:
        """Return from which word on a number is hedged, and how; "a" may stand between: more than a dozen."""
        begin = first - 1 if first and self.norms[first - 1] == "a" else first
        while begin and first - begin < _BEFORE and self.norms[begin - 1] in WEIGHERS:
            begin -= 1
        hedge = hedge_of(self.norms[begin:first])
        return (begin, hedge) if hedge else (first, "")

    def _none(self) -> Iterator[_Count]:
        """Yield "no" and what there is none of, and nobody."""
        for word, norm in zip(self.words, self.norms, strict=True):
            head = self.by_id[word.head]
            if norm == "no" and word.dep == "det" and head.lemma != "doubt":
                noun = PEOPLE if head.lemma == "one" else head.lemma
                if noun in _PEOPLE or noun in _SAYING:
                    yield _Count(word, head, head, noun, Quantity(0.0, ""))
            elif norm in _NOBODY and not any(w.lemma == "of" for w in self._below(word)):
                yield _Count(word, word, word, PEOPLE, Quantity(0.0, ""))

    def _of_noun(self, count: _Count) -> str:
        """Return what a noun says that is counted, as deaths, or that they are of: the death of 14 people."""
        if what := _kind(COUNTED, count.noun) or _kind(STATES, count.noun):
            return what
        head = self.by_id[count.thing.head]
        if count.thing.dep != "pobj":
            return "killed" if count.thing.dep in _TOLD and self._has_toll(head) else ""
        above = self.by_id[head.head]
        what = _kind(OF, above.lemma) if head.lemma == "of" else ""
        return what or ("killed" if self._has_toll(above) else "")

    def _has_toll(self, word: Word) -> bool:
        """Return whether a word is a toll, or a verb that says something of one: the toll rose to 41."""
        return word.lemma == "toll" or any(w.lemma == "toll" for w in self._below(word, _SUBJECT, _PASSIVE))

    def _of_verb(self, count: _Count) -> str:
        """Return what the verb says that they are the object or the subject of, before them or behind."""
        if self._is_of_several(count.thing) or self.text[count.thing.end :].lstrip().startswith("away"):
            return ""
        verb = self.by_id[count.thing.head]
        if count.thing.dep in (_OBJECT, _PASSIVE):
            return self._acted(verb)
        if count.thing.dep == _SUBJECT and (what := self._done(verb)):
            return what
        behind = next(iter(self._below(count.thing, "acl", "relcl")), None)
        if behind is None or (behind.dep == "acl" and behind.tag != "VBN"):
            return ""
        return (
            self._acted(behind)
            if behind.dep == "acl" or self._below(behind, _PASSIVE)
            else self._done(behind)
        )

    def _done(self, verb: Word) -> str:
        """Return what a verb says of its subject; who evacuates others is not evacuated."""
        return "" if verb.lemma == "evacuate" and self._below(verb, _OBJECT) else _kind(SUBJECTS, verb.lemma)

    def _acted(self, verb: Word) -> str:
        """Return what a verb does to its object; of two verbs with one object it is not told apart."""
        if self._shares_object(verb):
            return ""
        if what := _kind(OBJECTS, verb.lemma):
            return what
        if verb.lemma in _MOVED and self._goes(verb, "to", _HOSPITAL):
            return "taken to hospital"
        return "fled or evacuated" if verb.lemma in _FORCED and self._goes(verb, "from", _HOME) else ""

    def _shares_object(self, verb: Word) -> bool:
        """Return whether another such verb has the same object: "killed or injured 14"."""
        before = self.by_id[verb.head]
        if verb.dep == "conj" and _kind(OBJECTS, before.lemma) and not self._below(before, _OBJECT, _PASSIVE):
            return True
        others = any(_kind(OBJECTS, w.lemma) for w in self._below(verb, "conj"))
        return others and bool(self._below(verb, _PASSIVE))

    def _goes(self, verb: Word, preposition: str, places: frozenset[str]) -> bool:
        """Return whether a verb leads to or from one of the places, directly or by its object."""
        near = self._below(verb)
        near = [
            *near,
            *(w for one in near if one.dep == _OBJECT for w in self._below(one)),
        ]
        led = [w for one in near if one.lemma == preposition for w in self._below(one)]
        return any(w.dep == "pobj" and w.lemma in places for w in led)

    def _of_state(self, count: _Count) -> str:
        """Return the state that they are in: 14 dead, are missing, were left homeless."""
        head = self.by_id[count.thing.head]
        if count.thing.dep == _SUBJECT and (what := self._state(head)):
            return what
        near = self._below(count.thing)
        if count.thing.dep in (_SUBJECT, _PASSIVE, _OBJECT):
            near = [*near, *(w for w in self._below(head) if w.dep in ("acomp", "oprd"))]
        return next(
            (what for w in near if w.start > count.thing.start and (what := _kind(STATES, w.lemma))), ""
        )

    def _state(self, word: Word) -> str:
        """Return the state that a word tells; who is missing misses nothing."""
        objects = [w for w in self._below(word) if w.dep == _OBJECT]
        missing = word.lemma == "miss" and word.tag == "VBG" and not objects
        return "missing" if missing else _kind(STATES, word.lemma)

    def _is_of_several(self, thing: Word) -> bool:
        """Return whether others stand beside those counted: "two women and three children" are five."""
        return thing.dep == "conj" or any(w.dep == "conj" for w in self._below(thing))

    def _is_open(self, word: Word) -> bool:
        """Return whether the verb above is not said to be so: could, if, not, to."""
        while word.pos not in ("VERB", "AUX") and word.head != word.token_id:
            word = self.by_id[word.head]
        near = [word, *self._below(word)]
        if word.dep in ("xcomp", "pcomp", "conj"):
            near.append(self.by_id[word.head])
        return any(w.lemma in _OPEN or w.dep == "neg" or (w.dep == "aux" and w.tag == "TO") for w in near)


def _kind(table: dict[str, list[str]], lemma: str) -> str:
    """Return what a word says that happens to people, or nothing."""
    return next((what for what, words in table.items() if lemma in words), "")
