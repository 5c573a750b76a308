"""Alternations: which of two ways of saying one thing an outlet uses, counted over all its words."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from scipy.stats import fisher_exact

from helpers.table import from_rows
from helpers.text import POSSESSIVE, STOP_WORDS
from helpers.words.counts import outlet_labels, to_terms
from helpers.words.house import style_key
from helpers.words.rates import q_values
from helpers.words.tables import Alternations, AlternationsTable, Substitutions

if TYPE_CHECKING:
    from helpers.edition import Edition

__all__ = ["find_alternations"]
# Uses of its own variant that each outlet has at least, and the share of the other's it may have: a word used
# twice and once the other way round is no choice yet.
FEWEST_USES, LARGEST_OTHER = 2, 0.15
# Reports with either variant that each outlet needs before a test: of four against four, all one way, the
# exact p is .029; of three against three it is .1, so that nothing could be found.
FEWEST_REPORTS = 4
# Words that a variant has at most.
LONGEST = 3
# Two names whose last words are so near are one name in two spellings (page 02 has those).
ONE_SPELLING = 0.7
# Letters of a word that may be the singular of another.
SHORTEST = 3


class _Pair(NamedTuple):
    """Two variants that an event's reports have for one thing, how they were met, and where first."""

    event_id: str
    one: str
    other: str
    kind: str


def find_alternations(read: "Edition", substitutions: Substitutions) -> Alternations:
    """Return the alternations table: for each pair of variants and of outlets, who uses which, how often.

    Two phrases are variants where one stands for the other in aligned sentences (`substitutions`), or where
    both name one entity. Of each pair the uses in *all* words of the event's reports are counted, and it is
    kept for two outlets where each uses its own variant FEWEST_USES times or more, and the other's in at most
    LARGEST_OTHER of its uses of either: the choice of one variant, given the thing (the alternation of corpus
    linguistics: Gries 2003). Where that holds with singular and plural together they are counted so, else as
    the words were met. Where both outlets have FEWEST_REPORTS reports with either variant, over all events,
    p is Fisher's (1922) exact one of the reports that use mostly one and mostly the other, the report as the
    unit, and q that of Benjamini and Hochberg (1995) over the rows tested; with fewer both are NaN, and the
    row describes these reports alone. Of 150 reports of 50 events (BASIL) five rows are found, of 25 of five
    (NewsWCL50) two; read by hand, six of the seven are two ways of saying one thing.
    """
    counts = _Counts(read)
    rows = [row for pair in _pairs(read, substitutions) for row in counts.rows(pair)]
    table = from_rows(_without_parts(rows), AlternationsTable)
    tested = table["p_value"].notna().to_numpy()
    if tested.any():
        table.loc[tested, "q_value"] = q_values(table.loc[tested, "p_value"].to_numpy())
    return table


def _pairs(read: "Edition", substitutions: Substitutions) -> list[_Pair]:
    """Return the pairs of variants of each event, those of aligned sentences first."""
    found: dict[tuple[str, str, str], _Pair] = {}
    wording = substitutions[substitutions["kind"] == "wording"]
    for event, *phrases in zip(
        *(wording[name] for name in ("event_id", "phrase_a", "phrase_b")), strict=True
    ):
        one, other = sorted(" ".join(to_terms(phrase)) for phrase in phrases)
        if one != other and all(_says_something(phrase) for phrase in (one, other)):
            found.setdefault((event, one, other), _Pair(event, one, other, "wording"))
    for event, one, other in _names(read):
        found.setdefault((event, one, other), _Pair(event, one, other, "name"))
    return [found[key] for key in sorted(found)]


def _says_something(phrase: str) -> bool:
    """Return whether a phrase has a word of content and is short enough."""
    words = phrase.split()
    return 0 < len(words) <= LONGEST and any(word not in STOP_WORDS for word in words)


def _names(read: "Edition") -> Iterator[tuple[str, str, str]]:
    """Yield event and two names of one entity that are not one name, shortened or spelt in two ways."""
    events = dict(zip(read.documents["doc_id"], read.documents["event_id"], strict=True))
    forms: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    named = read.mentions[read.mentions["kind"] == "name"]
    for doc_id, entity, surface in zip(*(named[c] for c in ("doc_id", "entity_id", "surface")), strict=True):
        forms[events[doc_id], entity].add(" ".join(to_terms(surface)))
    for (event, _), own in sorted(forms.items()):
        for one, other in combinations(sorted(own - {""}), 2):
            if not _one_name(one.split(), other.split()):
                yield event, one, other


def _one_name(one: list[str], other: list[str]) -> bool:
    """Return whether two names are one: a part of it, its initials, or another spelling.

    >>> _one_name(["u.s."], ["united", "states"]), _one_name(["haniya"], ["ismail", "haniyeh"])
    (True, True)
    >>> _one_name(["obamacare"], ["affordable", "care", "act"])
    False
    """
    short, long = sorted((one, other), key=len)
    initials = "".join(word[0] for word in long)
    if set(short) <= set(long) or style_key("".join(short)).replace(".", "") in (initials, "".join(long)):
        return True
    return Levenshtein.normalized_similarity(short[-1], long[-1]) >= ONE_SPELLING


class _Uses(NamedTuple):
    """The uses of a variant in each report that has it, and its forms as they are counted."""

    by_report: dict[str, int]
    forms: str


class _Counts:
    """The words of the reports and who printed them."""

    def __init__(self, read: "Edition") -> None:
        labels = outlet_labels(read.documents)
        self.outlets = dict(zip(labels.index, labels, strict=True))
        self.events = dict(zip(read.documents["doc_id"], read.documents["event_id"], strict=True))
        self.texts = dict(zip(read.documents["doc_id"], read.documents["text"], strict=True))
        words = read.words.sort_values("doc_id", kind="stable")
        self.word, norms = pd.factorize(words["norm"])
        self.numbers = {norm: number for number, norm in enumerate(norms.tolist())}
        self.report, doc_ids = pd.factorize(words["doc_id"])
        self.doc_ids = doc_ids.tolist()
        self.event = pd.factorize(np.array([self.events[doc_id] for doc_id in self.doc_ids], dtype=object))
        self.start, self.end = words["start_char"].to_numpy(), words["end_char"].to_numpy()
        self.places = np.argsort(self.word, kind="stable")
        self.first = np.searchsorted(self.word[self.places], np.arange(len(norms) + 1))

    def uses(self, phrase: str, *, both_numbers: bool) -> _Uses:
        """Return the uses of a phrase; with `both_numbers` also with its last word in singular or plural."""
        found: Counter[str] = Counter()
        printed: list[str] = []
        for form in self._variants(phrase, both_numbers=both_numbers):
            ways: Counter[str] = Counter()
            for place in self._places(form).tolist():
                doc_id = self.doc_ids[self.report[place]]
                found[doc_id] += 1
                ways[self._printed(doc_id, place, len(form))] += 1
            printed += [min(ways, key=lambda way: (-ways[way], way))] if ways else []
        return _Uses(dict(found), _forms(printed))

    def _variants(self, phrase: str, *, both_numbers: bool) -> list[list[str]]:
        """Return the words of a phrase; with `both_numbers` also with the last in singular or plural."""
        *first, last = phrase.split()
        return [[*first, form] for form in (_numbers(last, self.numbers) if both_numbers else [last])]

    def _places(self, form: list[str]) -> NDArray[np.int64]:
        """Return the numbers of the words of all reports at which a run of words begins."""
        numbers = [self.numbers.get(word, -1) for word in form]
        if min(numbers) < 0:
            return np.zeros(0, dtype=np.int64)
        found = self.places[self.first[numbers[0]] : self.first[numbers[0] + 1]]
        found = found[found + len(form) <= len(self.word)]
        for beyond, number in enumerate(numbers[1:], 1):
            found = found[self.word[found + beyond] == number]
        return np.asarray(found[self.report[found] == self.report[found + len(form) - 1]])

    def _printed(self, doc_id: str, place: int, length: int) -> str:
        """Return the words of a use as they are printed, without the ending of a possessive."""
        start, end = self.start[place], self.end[place + length - 1]
        return POSSESSIVE.sub("", " ".join(self.texts[doc_id][start:end].split()))

    def _may_be_chosen(self, pair: _Pair) -> bool:
        """Return whether an outlet of the event uses each variant often enough, in either number."""
        events, names = self.event
        for side in (pair.one, pair.other):
            forms = self._variants(side, both_numbers=True)
            reports = self.report[np.concatenate([self._places(form) for form in forms])]
            own = reports[names[events[reports]] == pair.event_id]
            uses = Counter(self.outlets[self.doc_ids[report]] for report in own.tolist())
            if max(uses.values(), default=0) < FEWEST_USES:
                return False
        return True

    def rows(self, pair: _Pair) -> list[tuple[object, ...]]:
        """Return a row for each two outlets of the event that choose differently.

        As the words were met they are counted only where neither outlet has the other's in the other number:
        who writes "leaders" does not "never" write "leader".
        """
        if not self._may_be_chosen(pair):
            return []
        one, other = (self.uses(side, both_numbers=True) for side in (pair.one, pair.other))
        all_uses = self._tallies(pair, one, other)
        found = list(self._chosen(pair, one, other, all_uses)) if one.forms != other.forms else []
        if found:
            return found
        one, other = (self.uses(side, both_numbers=False) for side in (pair.one, pair.other))
        return list(self._chosen(pair, one, other, all_uses)) if one.forms != other.forms else []

    def _tallies(self, pair: _Pair, one: _Uses, other: _Uses) -> dict[str, tuple[int, int]]:
        """Return the uses of either variant by each outlet of the event."""
        tallies: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        for side, uses in enumerate((one, other)):
            for doc_id, n in uses.by_report.items():
                if self.events[doc_id] == pair.event_id:
                    tallies[self.outlets[doc_id]][side] += n
        return {outlet: (n_one, n_other) for outlet, (n_one, n_other) in tallies.items()}

    def _chosen(
        self, pair: _Pair, one: _Uses, other: _Uses, all_uses: dict[str, tuple[int, int]]
    ) -> Iterator[tuple[object, ...]]:
        """Yield the rows of two variants, each with its forms; `all_uses` are those in either number."""
        tallies = self._tallies(pair, one, other)
        for first, second in ((a, b) for a in sorted(tallies) for b in sorted(tallies)):
            own, theirs = tallies[first], tallies[second]
            hidden = all_uses[first][1] > own[1] or all_uses[second][0] > theirs[0]
            if _chooses(*own) and _chooses(*reversed(theirs)) and not hidden:
                reports, p = self._tested(one, other, first, second)
                sides = first, one.forms, second, other.forms
                yield (pair.event_id, pair.kind, *sides, *own, *reversed(theirs), *reports, p, float("nan"))

    def _tested(self, one: _Uses, other: _Uses, first: str, second: str) -> tuple[tuple[int, int], float]:
        """Return the reports of each outlet with either variant, over all events, and the exact p."""
        table = np.zeros((2, 2), dtype=np.int64)
        for doc_id in sorted({*one.by_report, *other.by_report}):
            ours, theirs = one.by_report.get(doc_id, 0), other.by_report.get(doc_id, 0)
            if self.outlets[doc_id] in (first, second) and ours != theirs:
                table[int(self.outlets[doc_id] == second), int(theirs > ours)] += 1
        reports = int(table[0].sum()), int(table[1].sum())
        tested = min(reports) >= FEWEST_REPORTS
        return reports, float(fisher_exact(table).pvalue) if tested else float("nan")


def _forms(printed: list[str]) -> str:
    """Return the forms of a variant as one: Zionist(s), or company / companies.

    >>> _forms(["Zionist", "Zionists"]), _forms(["company", "companies"])
    ('Zionist(s)', 'company / companies')
    """
    if len(printed) == 2 and printed[1].casefold() == printed[0].casefold() + "s":
        return f"{printed[0]}(s)"
    return " / ".join(printed)


def _chooses(own: int, other: int) -> bool:
    """Return whether an outlet uses one variant and hardly the other."""
    return own >= FEWEST_USES and other <= LARGEST_OTHER * (own + other)


def _numbers(word: str, known: Container[str]) -> list[str]:
    """Return a word and its singular or plural, those that the reports have.

    >>> _numbers("zionist", {"zionist", "zionists"}), _numbers("policies", {"policy"})
    (['zionist', 'zionists'], ['policies', 'policy'])
    """
    others = [word + "s", word + "es", word.removesuffix("y") + "ies"]
    others += [
        word[: -len(end)] + rest for end, rest in (("ies", "y"), ("es", ""), ("s", "")) if word.endswith(end)
    ]
    kept = [other for other in others if len(other) > SHORTEST and other in known and other != word]
    return sorted({word, *kept})


def _without_parts(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Return the rows ranked, without those whose variants hold or are held by those of a row before.

    First come the pairs that both outlets use most; of "Israeli regime" and "Israeli" against "Zionist enemy"
    and "Zionist" one row is kept.
    """
    kept: list[tuple[object, ...]] = []
    for row in sorted(rows, key=_rank):
        words = [_words(row[place]) for place in (3, 5)]
        sides = row[0], row[2], row[4]
        if not any(
            (other[0], other[2], other[4]) == sides
            and all(mine & _words(other[place]) for mine, place in zip(words, (3, 5), strict=True))
            for other in kept
        ):
            kept.append(row)
    return kept


def _words(forms: object) -> set[str]:
    """Return the words of the forms of a variant."""
    return {word for word in str(forms).casefold().replace("(s)", "").split() if word != "/"}


def _rank(row: tuple[object, ...]) -> tuple[object, ...]:
    """Return the order of a row: the smaller side's uses, all uses, then its words."""
    own_a, other_a, own_b, other_b = (int(str(n)) for n in row[6:10])
    return (-min(own_a, own_b), other_a + other_b, -(own_a + own_b), *(str(cell) for cell in row[:6]))
