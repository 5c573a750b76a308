"""Numbers, lists and names as they stand in computed sentences."""

from collections.abc import Sequence

import pandas as pd

from helpers.edition import Edition
from helpers.pages.blocks import plain
from helpers.text import split_sentences, tokenize, unparsed

__all__ = [
    "FEW_EVENTS",
    "FEW_REPORTS",
    "TOLD",
    "agree",
    "bars_alt",
    "begun",
    "brief",
    "by_report_shares",
    "capped",
    "counted",
    "ground",
    "largest",
    "leading",
    "listed",
    "n_words",
    "p_value",
    "percent",
    "shortened",
    "voice_alt",
    "were",
]
FEW_REPORTS, FEW_EVENTS = 6, 6  # up to so many each is told, beyond the range or the first
TOLD = 6  # events, or outlets, that get a sentence of their own


def counted(n: int, noun: str, *, plural: str = "") -> str:
    """Return a number with its noun: "1 report", "4 reports", "no event".

    >>> counted(1, "report"), counted(2, "entity", plural="entities"), counted(0, "event")
    ('1 report', '2 entities', 'no events')
    """
    name = noun if n == 1 else plural or noun + "s"
    return f"{n:,} {name}" if n else f"no {name}"


def listed(words: Sequence[str], *, shown: int = 12) -> str:
    """Return words as a list in a sentence; past `shown`, how many more there are.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"]), listed(["a", "b", "c"], shown=1)
    ('a', 'a and b', 'a, b and c', 'a and 2 more')
    """
    words = list(words)
    if len(words) > shown:
        words = [*words[:shown], f"{len(words) - shown:,} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def begun(text: str) -> str:
    """Return words as the begin of a sentence; names in them keep their capitals.

    >>> begun("meeting, 8 February")
    'Meeting, 8 February'
    """
    return text[:1].upper() + text[1:]


def brief(sentences: Sequence[str], *, n: int = 3, most: int = 500) -> tuple[list[str], list[str]]:
    """Return the sentences of an answer that a first screen holds, and those left for later, in their order.

    >>> brief(["One.", "Two.", "Three."], n=2)
    (['One.', 'Two.'], ['Three.'])
    """
    told: list[str] = []
    rest: list[str] = []
    for sentence in sentences:
        size = sum(len(plain(one)) + 1 for one in [*told, sentence])
        (told if len(told) < n and size <= most else rest).append(sentence)
    return told, rest


def capped(caption: str, shown: int, whole: int, noun: str) -> str:
    """Return the caption of a picture; where it leaves something out, with how much it shows.

    >>> capped("Lengths", 2, 2, "report"), capped("Lengths", 40, 1000, "report")
    ('Lengths', 'Lengths (40 of 1,000 reports shown)')
    """
    return caption if shown >= whole else f"{caption} ({shown:,} of {whole:,} {noun}s shown)"


def ground(read: Edition) -> list[str]:
    """Return on what the names and voices of an edition rest, where that is not a reviewed list."""
    sentences = []
    if read.drafted and len(read.lists.entities):
        sentences.append("A program drafted the list of names from these reports; nobody has checked it.")
    if read.proposed:
        events = counted(read.documents["event_id"].nunique(), "event")
        sentences.append(
            "No report names its event. The program grouped them by words, names and dates "
            f"({events}); to decide for yourself, fill in event_id in documents.csv."
        )
    without = unparsed(read.documents)
    if len(without):
        codes = sorted(set(without["language"]))
        sentences.append(
            f"No grammar model is installed for {counted(len(without), 'report')} ({listed(codes)}): there, "
            "names come from lists alone, who says a quotation from verbs and word order where these are "
            "known, and what is told in other words and how people are labelled cannot be told."
        )
    return sentences


def bars_alt(table: pd.DataFrame, *, label: str, value: str, noun: str) -> str:
    """Return the alternative text of a bar picture: every bar while there are few, else the extremes."""
    ordered = table.sort_values(value, ascending=False, kind="stable")
    if ordered.empty:
        return f"No bars: no {noun}."
    bars = [f"{name} {number:,}" for name, number in zip(ordered[label], ordered[value], strict=True)]
    if len(bars) <= 12:
        return f"Bars of {noun}: {listed(bars)}."
    return f"{len(bars):,} bars of {noun}, from {bars[0]} down to {bars[-1]}."


def agree(n: int, verb: str) -> str:
    """Return a verb of one thing in the form that goes with `n` things."""
    return (
        verb if n == 1 else {"has": "have", "puts": "put", "does": "do", "is": "are", "spells": "spell"}[verb]
    )


def voice_alt(counts: pd.DataFrame, *, label: str, voices: Sequence[str]) -> str:
    """Return the alternative text of stacked bars: every bar with its voices."""
    if counts.empty:
        return "No bars: no label is used in these reports."
    bars = [
        f"{row[label]} {', '.join(f'{row[v]} {v}'.replace('_', ' ') for v in voices if row[v])}"
        for _, row in counts.iterrows()
    ]
    return f"Bars of uses by voice: {listed(bars, shown=20)}."


def largest(sizes: pd.Series, *, n: int = TOLD) -> list[str]:
    """Return the names of the `n` largest, by name."""
    return sorted(sizes.sort_index().sort_values(ascending=False, kind="stable").index[:n])


def p_value(value: float) -> str:
    """Return a probability as it is printed in papers: .002, < .001, 1."""
    if value < 0.001:
        return "< .001"
    return (
        "1" if value >= 0.9995 else f"{value:.3f}".lstrip("0") if value < 0.01 else f"{value:.2f}".lstrip("0")
    )


def were(n: int) -> str:
    """Return was or were."""
    return "was" if n == 1 else "were"


def leading(first: pd.DataFrame) -> list[str]:
    """Return each speaker that leads a report with the reports, or with how many where they are many."""
    groups = [(name, sorted(rows["doc_id"])) for name, rows in first.groupby("speaker")]
    if len(first) > FEW_REPORTS:
        groups.sort(key=lambda group: -len(group[1]))
        return [f"{name} (in {counted(len(reports), 'report')})" for name, reports in groups]
    return [f"{name} ({listed(reports)})" for name, reports in groups]


def by_report_shares(shares: pd.Series) -> str:
    """Return shares as percentages, each with its report while there are few, else their range."""
    shares = shares.dropna()
    ordered = shares.sort_values(kind="stable")
    told = [f"{percent(share)} ({doc_id})" for doc_id, share in shares.items()]
    if len(told) <= FEW_REPORTS:
        return listed(told)
    low, high = (f"{percent(ordered.iloc[place])} ({ordered.index[place]})" for place in (0, -1))
    return f"between {low} and {high}"


def shortened(text: str, *, most: int = 160) -> str:
    """Return a text of at most `most` characters, cut between words.

    >>> shortened("one two three", most=9)
    'one two …'
    """
    told = " ".join(text.split())
    return told if len(told) <= most else told[: most - 1].rsplit(" ", 1)[0] + " …"


def percent(share: float) -> str:
    """Return a share as a whole percentage."""
    return f"{100 * share:.0f} %"


def n_words(read: Edition) -> int:
    """Return the words of all reports; where no page reads them all at once, a thousand reports at a time."""
    if "tokens" in vars(read):
        return len(read.tokens)
    parts = (read.documents.iloc[at : at + 1_000] for at in range(0, len(read.documents), 1_000))
    return sum(len(tokenize(split_sentences(part), part)) for part in parts)
