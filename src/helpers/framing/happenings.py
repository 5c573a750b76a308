"""What an event is called: the nouns of happenings in the reports of one event."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from helpers.framing.naming import Found
from helpers.framing.reading import Reading

__all__ = ["HAPPENING", "happenings"]
HAPPENING = "happening:"
# Endings by which a noun is made of a verb.
ENDINGS = ("tion", "sion", "ment", "ance", "ence", "ing", "al", "ure")
# Happenings whose name is of no such form.
PLAIN = frozenset(
    "summit war crisis election campaign ceremony protest riot crime incident massacre genocide raid "
    "probe strike accident disaster storm flood fire quake vote debate deal talks trip test case trial "
    "suit lawsuit scandal coup truce ceasefire rally speech race plot fight clash bomb shooting hunt "
    "encounter interview visit blast hearing uprising revolt outbreak invasion offensive operation "
    "attack murder".split()
)
# Nouns of these forms that are no happenings.
NONE_SUCH = frozenset(
    "nation something anything nothing everything thing morning evening building government department "
    "station section position condition information administration organization institution "
    "constitution official capital individual criminal professional animal journal hospital measure "
    "figure picture future congressional audience science evidence conscience intelligence moment "
    "apartment document comment element experience difference influence chance balance finance instance "
    "distance parliament wing ring king spring string ceiling clothing goal deal arsenal rival material "
    "treasure culture creature nature regiment committee generation region religion mission commission "
    "million billion coalition television opinion version tradition question reason population "
    "corporation association foundation federation".split()
)
FEWEST_USES, FEWEST_REPORTS = 3, 2


def happenings(readings: Sequence[Reading]) -> Iterator[tuple[Reading, Found]]:
    """Yield the uses of the nouns of happenings that two reports of the event or more have.

    The entity of a use is `HAPPENING` and the noun: what is one happening is for the reader to say. Nouns
    that stand together as one word ("summit meeting") are one.
    """
    uses = list(_uses(readings))
    frequent = _frequent(uses, len(readings))
    one = _joined(uses)
    for reading, place, lemma in uses:
        if lemma in frequent and reading.tree.tokens[place].dep != "compound":
            first, last = reading.phrase(place)
            yield reading, Found(first, last, place, HAPPENING + one.get(lemma, lemma), "event word", -1)


def _uses(readings: Sequence[Reading]) -> Iterator[tuple[Reading, int, str]]:
    """Yield the uses of the nouns of happenings outside names: the report, the token and the noun."""
    known = _nouns_of_happenings(readings)
    for reading in readings:
        for place, token in enumerate(reading.tree.tokens):
            if token.pos == "NOUN" and reading.owner[place] < 0 and token.lemma in known:
                yield reading, place, token.lemma


def _nouns_of_happenings(readings: Sequence[Reading]) -> set[str]:
    """Return the nouns of the reports that name a happening."""
    lemmas: defaultdict[str, set[str]] = defaultdict(set)
    for reading in readings:
        for token in reading.tree.tokens:
            lemmas[token.pos].add(token.lemma)
    return {lemma for lemma in lemmas["NOUN"] if _happens(lemma, lemmas["VERB"])}


def _frequent(uses: Sequence[tuple[Reading, int, str]], n_readings: int) -> set[str]:
    """Return the nouns that have uses enough, in reports enough."""
    counts = Counter(lemma for _, _, lemma in uses)
    where: defaultdict[str, set[str]] = defaultdict(set)
    for reading, _, lemma in uses:
        where[lemma].add(reading.doc_id)
    least = min(FEWEST_REPORTS, n_readings)
    return {lemma for lemma, n in counts.items() if n >= FEWEST_USES and len(where[lemma]) >= least}


def _happens(lemma: str, verbs: set[str]) -> bool:
    """Return whether a noun is the name of a happening, by a list and by its form."""
    if lemma in NONE_SUCH or len(lemma) < 3:
        return False
    if lemma in PLAIN:
        return True
    return lemma.endswith(ENDINGS) and len(lemma) > 5 and _stem(lemma, verbs)


def _stem(lemma: str, verbs: set[str]) -> bool:
    """Return whether a verb of the reports begins as a noun does: investigation, investigate."""
    stem = lemma[: max(4, len(lemma) - 4)]
    return any(verb.startswith(stem[: len(verb)]) and len(verb) >= 4 for verb in verbs)


def _joined(uses: Sequence[tuple[Reading, int, str]]) -> dict[str, str]:
    """Return for each noun the commonest of those it stands together with as one word."""
    counts = Counter(lemma for _, _, lemma in uses)
    together: Counter[tuple[str, str]] = Counter()
    for reading, place, lemma in uses:
        for child in reading.tree.below(place, "compound"):
            other = reading.tree.tokens[child].lemma
            if other in counts and other != lemma:
                together[(other, lemma)] += 1
    return {
        lemma: other if counts[other] >= counts[lemma] else lemma
        for (other, lemma), n in sorted(together.items())
        if n >= FEWEST_REPORTS
    }
