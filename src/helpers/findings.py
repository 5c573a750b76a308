"""The computed sentences of each page: what its tables say, and what they cannot."""

from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations

import pandas as pd

from helpers import stats
from helpers.alignment import MOST_REPORTS
from helpers.candidates import NEAREST, WHOLE_EVENT, EventPairs, Found
from helpers.contrast import FEWEST_REPORTS, MOST_COMPARED, MOST_STRATIFIED, strongest
from helpers.corpus import missing_numbers
from helpers.schema import UNKNOWN, VOICES
from helpers.similarity import outranked
from helpers.wording import outlet_labels

__all__ = [
    "bands_alt",
    "barcode_alt",
    "bars_alt",
    "candidates_answer",
    "capped",
    "corpus_answer",
    "corpus_limits",
    "counted",
    "derivation_answer",
    "derivation_limits",
    "derivation_settle",
    "event_guard",
    "event_pairs_answer",
    "event_proposal",
    "forest_alt",
    "framing_answer",
    "framing_limits",
    "framing_outcome",
    "funnel_alt",
    "graph_alt",
    "graph_caption",
    "listed",
    "lockword_finding",
    "matrix_alt",
    "names_answer",
    "names_limits",
    "naming_alt",
    "of_comparisons",
    "pairs_left_out",
    "rewordings_answer",
    "ribbon_alt",
    "similarity_alt",
    "similarity_caption",
    "speakers_alt",
    "stratified_finding",
    "substitution_finding",
    "synopsis_answer",
    "synopsis_limits",
    "voice_alt",
    "voice_bars_alt",
    "voices_alt",
    "voices_answer",
    "voices_limits",
    "wording_answer",
    "wording_limits",
    "wording_support",
    "words_tested",
    "worklist_answer",
    "zone_finding",
]

SURE = 0.8  # below this confidence a speaker is told as doubtful
WEAK_LIKENESS = 0.3
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


def capped(caption: str, shown: int, whole: int, noun: str) -> str:
    """Return the caption of a picture; where it leaves something out, with how much it shows.

    >>> capped("Lengths", 2, 2, "report"), capped("Lengths", 40, 1000, "report")
    ('Lengths', 'Lengths (40 of 1,000 reports shown)')
    """
    return caption if shown >= whole else f"{caption} ({shown:,} of {whole:,} {noun}s shown)"


def of_comparisons(caption: str, shown: pd.DataFrame, keyness: pd.DataFrame) -> str:
    """Return the caption of rows of `keyness`; where it has more comparisons, with how many are shown."""
    keys = ["event_id", "target"]
    part, whole = (len(rows[keys].drop_duplicates()) for rows in (shown, keyness))
    return capped(caption, part, whole, "comparison")


def words_tested(shown: pd.DataFrame, keyness: pd.DataFrame) -> str:
    """Return how many words were tested and, of more than are listed, how many are."""
    n = f"{len(keyness):,} words tested"
    which = f"All {n}" if len(shown) == len(keyness) else f"The {len(shown):,} lowest p of {n}"
    return f"{which}, with quoted and narrated uses and reports"


def corpus_answer(documents: pd.DataFrame, sizes: pd.DataFrame) -> list[str]:
    """Return what there is: reports, events, outlets, words, and what is not known of them."""
    unnamed = documents["outlet"].str.lower().str.startswith(("unnamed", UNKNOWN))
    without_event = int((documents["event_id"] == UNKNOWN).sum())
    words = sizes["tokens"]
    sentences = [
        f"{counted(len(documents), 'report')} of {_known(documents['event_id'], 'event')} from "
        f"{_known(documents['outlet'], 'outlet')}, "
        + (
            f"{words.min():,} to {words.max():,} words long, {words.sum():,} in all."
            if len(documents) > 1
            else f"{words.sum():,} words long."
        )
        if len(documents)
        else "There is no report.",
        f"The outlet is named for {len(documents) - unnamed.sum():,} of {len(documents):,} reports; "
        f"the time of publication is known for {(documents['published'] != UNKNOWN).sum():,}.",
    ]
    if without_event:
        sentences.append(
            f"The event is not known for {without_event:,}: write event_id into documents.csv, for what is "
            "reported of one event is what these pages compare."
        )
    missing = missing_numbers(documents)
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        sentences.append(f"The files are numbered, and {listed(missing)} {verb} not among them.")
    return sentences


def _known(values: pd.Series, noun: str) -> str:
    """Return how many different values are known: "2 events", "1 known outlet", "no known event"."""
    known = values[values != UNKNOWN]
    return counted(known.nunique(), noun if len(known) == len(values) else f"known {noun}")


def corpus_limits(documents: pd.DataFrame) -> list[str]:
    """Return what a corpus of this shape leaves open."""
    known = documents[(documents["event_id"] != UNKNOWN) & (documents["outlet"] != UNKNOWN)]
    cells = known.groupby(["event_id", "outlet"]).size()
    singles = int((cells == 1).sum())
    sentences = [
        f"{singles:,} of {counted(len(cells), 'pair')} of event and outlet "
        f"{'has' if len(cells) == 1 else 'have'} a single report: there, outlet, event and report cannot be "
        "told apart, and a difference between two reports is not a difference between two outlets."
        if singles
        else "Of no report both event and outlet are known, so a difference between two reports is not a "
        "difference between two outlets."
        if known.empty
        else "Every outlet has two reports or more of each event it reports, so that report and outlet "
        "need not be taken for one."
    ]
    dated = int((documents["published"] != UNKNOWN).sum())
    if not dated:
        sentences.append("Without times of publication nothing here can say which report came first.")
    elif dated < len(documents):
        sentences.append(
            f"Without its time of publication, as for {len(documents) - dated:,} of {len(documents):,}, "
            "nothing here can say whether a report came first."
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


def framing_answer(
    terms: pd.DataFrame, hits: pd.DataFrame, labels: pd.DataFrame, own: pd.DataFrame, changed: pd.DataFrame
) -> list[str]:
    """Return which terms are used, what the most labelled target is called where, and in whose voice."""
    if hits.empty:
        return [f"None of the {counted(terms['term_id'].nunique(), 'listed term')} is used in these reports."]
    unknown = int((hits["target"] == "unresolved").sum())
    sentences = [
        f"{counted(len(hits), 'use')} of {hits['term_id'].nunique():,} of the "
        f"{counted(terms['term_id'].nunique(), 'listed term')} in "
        f"{counted(hits['doc_id'].nunique(), 'report')}; "
        f"for {unknown:,} of them the context does not tell the target."
    ]
    pure = labels[labels["family"] == "label"]
    target = str(pure["target"].value_counts().sort_index().idxmax()) if len(pure) else ""
    if target:
        sentences += _label_sentences(pure, target)
    enough = own[own["outcome"] == ""]
    few = len(own) - len(enough)
    sentences.append(
        f"Of {counted(len(own), 'pair')} of target and report, {few:,} {_agree(few, 'has')} too few uses to "
        "compare the report's own voice with what it ascribes to speakers."
    )
    clear = changed[(changed["words_a"] != "") & (changed["words_b"] != "")]
    if len(clear):
        named = set(pure.loc[pure["target"] == target, "label"])
        fits = clear["words_a"].isin(named).astype(int) + clear["words_b"].isin(named).astype(int)
        example = clear.iloc[int(fits.to_numpy().argmax())]
        sentences.append(
            f"In {counted(len(clear), 'pair')} of nearest sentences two reports have different terms for one "
            f"target, as “{example['words_a']}” in {example['doc_id_a']} and “{example['words_b']}” in "
            f"{example['doc_id_b']}."
        )
    return sentences


def _label_sentences(labels: pd.DataFrame, target: str, *, most: int = 6) -> list[str]:
    """Return what `target` is called most often in each report, and how often in the report's own voice.

    More reports than `most` are told as one.
    """
    own = labels[labels["target"] == target]
    own = own if own["doc_id"].nunique() <= most else own.assign(doc_id="all reports")
    parts, voices = [], []
    for doc_id, rows in own.groupby("doc_id"):
        counts = rows["label"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
        top = counts.index[counts == counts.iloc[0]]
        names = listed([f"“{name}”" for name in top], shown=3)
        each = " each" if len(top) > 1 else ""
        parts.append(f"{names} in {doc_id} ({counts.iloc[0]:,}{each} of {len(rows):,})")
        narrated = (rows["voice"] == "narration") & (rows["zone"] != "boilerplate")
        voices.append(f"{int(narrated.sum()):,} of {len(rows):,} in {doc_id}")
    return [
        f"Most labels are for {target}; the commonest ones are {listed(parts)}.",
        f"In the report's own voice, ascribed to no speaker, stand {listed(voices)}.",
    ]


def framing_outcome(compared: pd.DataFrame, left_out: pd.DataFrame) -> list[str]:
    """Return how many comparisons of reports the counts support, and how many hang on a single term."""
    if compared.empty:
        return ["There is nothing to compare."]
    outcomes = compared["outcome"]
    clear = int(outcomes.str.startswith("most in").sum())
    told = ("not told apart", "too few to compare", "one report")
    level, few, single = (int((outcomes == outcome).sum()) for outcome in told)
    hanging = left_out[left_out["changed"]].drop_duplicates(["event_id", "target"])
    return [
        f"Of {counted(len(compared), 'comparison')} (an event and a target each), {clear:,} "
        f"{_agree(clear, 'puts')} one report above the others, {level:,} {_agree(level, 'does')} not tell "
        f"the reports apart, {few:,} {_agree(few, 'has')} too few uses to compare, and {single:,} "
        f"{_agree(single, 'has')} a single report.",
        f"Leaving out one term at a time changes the outcome of {len(hanging):,} of them"
        + (f": {listed(_hanging(hanging), shown=4)}." if len(hanging) else "."),
    ]


def _agree(n: int, verb: str) -> str:
    """Return a verb of one thing in the form that goes with `n` things."""
    return verb if n == 1 else {"has": "have", "puts": "put", "does": "do", "is": "are"}[verb]


def _hanging(rows: pd.DataFrame) -> list[str]:
    """Return target, event and term of outcomes that hang on one term."""
    columns = (rows[name] for name in ("target", "event_id", "term_id"))
    return [f"{target} in {event} (without `{term}`)" for target, event, term in zip(*columns, strict=True)]


def framing_limits(hits: pd.DataFrame, doubts: pd.DataFrame) -> list[str]:
    """Return how far the hits, their targets and their voices can be trusted."""
    if hits.empty:
        return ["No use was found, so nothing can be said of framing terms here."]
    near = int((hits["rule"] == "sentence").sum())
    fixed = int(hits["rule"].isin(["list", "scope"]).sum())
    unknown = int((hits["speaker"] == "unknown").sum())
    return [
        f"For {fixed:,} of {counted(len(hits), 'use')} the target is what the list says, whatever the "
        f"sentence; for {near:,} it is the only one of several that it mentions, which can be chance.",
        f"The speaker is unknown for {unknown:,}. "
        + (
            f"{counted(len(doubts), 'use').capitalize()} {_agree(len(doubts), 'is')} marked as doubtful and "
            "shown in context above."
            if len(doubts)
            else "No use is marked as doubtful."
        ),
    ]


def voice_alt(counts: pd.DataFrame, *, label: str, voices: Sequence[str]) -> str:
    """Return the alternative text of stacked bars: every bar with its voices."""
    if counts.empty:
        return "No bars: no label is used in these reports."
    bars = [
        f"{row[label]} {', '.join(f'{row[v]} {v}'.replace('_', ' ') for v in voices if row[v])}"
        for _, row in counts.iterrows()
    ]
    return f"Bars of uses by voice: {listed(bars, shown=20)}."


def wording_support(documents: pd.DataFrame, keyness: pd.DataFrame, halves: pd.DataFrame) -> list[str]:
    """Return what the corpus can support: reports a side, the smallest p, and false flags of its own null."""
    sizes = documents.groupby([documents["event_id"], outlet_labels(documents).to_numpy()]).size()
    is_told = sizes.index.isin(_largest(documents["event_id"].value_counts()), level=0)
    sentences = [
        _side_sizes(event, own.droplevel(0)) for event, own in sizes[is_told].groupby(level=0, sort=True)
    ]
    rest = sizes[~is_told]
    if len(rest):
        best = {
            event: 1.0 if len(own) < 2 else min(stats.smallest_p(n, sum(own) - n) for n in own)
            for event, own in rest.groupby(level=0).agg(list).items()
        }
        single, able = sum(rest.groupby(level=0).size() < 2), sum(p <= 0.05 for p in best.values())
        sentences.append(
            f"{counted(len(best), 'more event')}, none with more reports: {single:,} of a single outlet, "
            f"nothing to compare; in {able:,} the smallest p with reports as the unit is .05 or less."
        )
    sentences.append(f"Words with three or more uses in a comparison, all of them tested: {len(keyness):,}.")
    return sentences + _halves_finding(documents, halves)


def _side_sizes(event: Hashable, sizes: pd.Series) -> str:
    """Return how many reports each outlet has of an event, and what p they can reach."""
    if len(sizes) < 2:
        return f"{_event(event)}: only {listed(list(sizes.index))} reports on it; nothing to compare."
    counts = [f"{counted(int(n), 'report')} of {name}" for name, n in sizes.items()]
    best = min(stats.smallest_p(int(n), int(sizes.sum() - n)) for n in sizes)
    return (
        f"{_event(event)}: {listed(counts, shown=6)}. With reports as the unit, the smallest p that can "
        f"ever be reached is {_p(best)}{_enough(best)}"
    )


def _halves_finding(documents: pd.DataFrame, halves: pd.DataFrame) -> list[str]:
    """Return what is flagged between random halves of an event, one by one for the largest events."""
    dealt = halves[(halves["n_splits"] > 0) & (halves["n_tested"] > 0)]
    told = _largest(dealt.set_index("event_id")["n_tested"])
    many = (documents["event_id"].value_counts() >= 2 * FEWEST_REPORTS).to_dict()
    sentences = [
        f"Dealing the {row.n_units:,} {'reports' if many[row.event_id] else 'sentences'} of "
        f"{_event(row.event_id)} to two halves at random, "
        f"where there is nothing to find, the rule used here flags {row.mean_flagged:.3g} of "
        f"{row.n_tested:,} words on average, and any word in {row.share_flagged:.1%} of "
        f"{row.n_splits:,} splits."
        for row in dealt[dealt["event_id"].isin(told)].itertuples(index=False)
    ]
    rest, left_out = dealt[~dealt["event_id"].isin(told)], len(many) - len(halves)
    if len(rest):
        sentences.append(
            f"In {counted(len(rest), 'more event')} dealt so, any word is flagged in at most "
            f"{rest['share_flagged'].max():.1%} of the splits, on average in "
            f"{rest['share_flagged'].mean():.1%}."
        )
    if left_out > 0:
        sentences.append(
            f"Dealt are the {len(halves):,} events with the most words; {left_out:,} smaller ones are not."
        )
    return sentences


def zone_finding(sentences: pd.DataFrame, kept: pd.DataFrame) -> list[str]:
    """Return which zones of the reports are counted and how many sentences of the others are left out."""
    left_out = (
        sentences.loc[~sentences["zone"].isin(kept["zone"].unique()), "zone"].value_counts().sort_index()
    )
    parts = [f"{n:,} of {zone}" for zone, n in left_out.items()]
    return [
        f"Counted are the words of {listed(sorted(kept['zone'].unique()))}: {len(kept):,} of "
        f"{counted(len(sentences), 'sentence')}. Left out: {listed(parts) or 'nothing'}."
    ]


def wording_answer(keyness: pd.DataFrame, grouped: pd.DataFrame, halves: pd.DataFrame) -> list[str]:
    """Return the answer of the wording page: substitutions first, then words, then how sure."""
    sentences = substitution_finding(grouped)
    sizes = keyness["event_id"].value_counts()
    told = _largest(sizes)
    for event, rows in keyness[keyness["event_id"].isin(told)].groupby("event_id", sort=True):
        first = rows.sort_values(["p_value", "term"], kind="stable").iloc[0]
        targets, flagged = rows["target"].nunique(), int(rows["flagged"].sum())
        sides = f"between {first['target']} and {first['reference']}"
        sentences.append(
            f"{_event(event)}: of {counted(len(rows), 'word')} tested "
            f"{sides if targets == 1 else f'in {targets:,} comparisons of one outlet with the rest'}, "
            f"{flagged or 'none'} {'is' if flagged == 1 else 'are'} flagged after correction; "
            f"the strongest is {_term(first)}."
        )
    if len(sizes) > len(told):
        sentences += _more_events(keyness, len(sizes) - len(told))
    if keyness.empty:
        sentences.append("No event has two outlets with words enough to be compared.")
    elif not keyness["flagged"].any():
        sentences.append(
            "So which words differ can be read here, sentence by sentence; that an outlet prefers a word "
            "cannot be told from these reports."
        )
    worst = float(halves["share_flagged"].max()) if len(halves) else 0.0
    if worst > 0.05:
        sentences.append(f"Take flags with care: the same rule flags words in {worst:.0%} of random halves.")
    return sentences


def _more_events(keyness: pd.DataFrame, n: int) -> list[str]:
    """Return what the comparisons of all events flag, where only the largest are told one by one."""
    flagged = (
        keyness[["event_id", "target", "flagged"]]
        .groupby(["event_id", "target"])["flagged"]
        .agg(["any", "sum"])
    )
    first = strongest(keyness).iloc[0]
    tests = f"{int(flagged['sum'].sum()):,} of {len(keyness):,} tests flagged"
    return [
        f"These and {counted(n, 'more event')} together: {tests}, in {int(flagged['any'].sum()):,} of "
        f"{len(flagged):,} comparisons; where nothing differs, up to {0.05 * len(flagged):,.0f} would have a "
        f"flag. The strongest is {_term(first)}, in {_event(first['event_id'])}."
    ]


def substitution_finding(grouped: pd.DataFrame) -> list[str]:
    """Return how many different wordings aligned sentences have, with the first of every event.

    Of many events only those with the most are told one by one.
    """
    if grouped.empty:
        return ["No sentences of different outlets are near enough to be set side by side."]
    sizes = grouped["event_id"].value_counts()
    told = _largest(sizes)
    sentences = []
    for event, rows in grouped[grouped["event_id"].isin(told)].groupby("event_id", sort=True):
        # Other outlets may have the same two phrases, or have them the other way round.
        pairs = pd.Series(zip(rows["phrase_a"], rows["phrase_b"], strict=True), dtype=object)
        shown = [f"“{a}” / “{b}”" for a, b in pairs[~pairs.map(frozenset).duplicated()].head(6)]
        sentences.append(
            f"{_event(event)}: where sentences say the same, {counted(len(rows), 'wording')} "
            f"{'differs' if len(rows) == 1 else 'differ'}, among them {listed(shown)}."
        )
    if len(sizes) > len(told):
        more = len(sizes) - len(told)
        sentences.append(
            f"In {counted(more, 'more event')}, {counted(int(sizes.iloc[-more:].sum()), 'wording')} differ; "
            "see the table."
        )
    return sentences


def stratified_finding(stratified: pd.DataFrame) -> list[str]:
    """Return what holds over several events, or why that cannot be asked."""
    if stratified.empty:
        return ["No outlet shares two events with others: nothing can be stratified."]
    sizes = stratified["target"].value_counts()
    told = _largest(sizes)
    sentences = []
    for (event, target), rows in stratified[stratified["target"].isin(told)].groupby(
        ["event_id", "target"], sort=True
    ):
        first, flagged = rows.iloc[0], int(rows["flagged"].sum())
        sentences.append(
            f"{target} against all others over {event}: {flagged or 'none'} of "
            f"{counted(len(rows), 'word')} flagged; the strongest is {_term(first)}."
        )
    if len(sizes) > len(told):
        rest = stratified[~stratified["target"].isin(told)]
        with_flag = rest.loc[rest["flagged"], "target"].nunique()
        sentences.append(
            f"{counted(len(sizes) - len(told), 'more outlet')}: "
            f"{int(rest['flagged'].sum()):,} of {len(rest):,} words flagged, in {with_flag:,} of them."
        )
    return sentences


def lockword_finding(locked: pd.DataFrame, keyness: pd.DataFrame) -> list[str]:
    """Return which words are shown to be as frequent on both sides, and of how many."""
    if keyness.empty:
        return ["No words were compared."]
    if locked.empty:
        return [
            f"Of {counted(len(keyness), 'word')}, for none is the interval narrow enough to call it the same."
        ]
    names = [
        f"“{term}” ({_event(event)})" for term, event in zip(locked["term"], locked["event_id"], strict=True)
    ]
    return [
        f"{counted(len(locked), 'word')} of {len(keyness):,} {_were(len(locked))} within half and double: "
        f"{listed(names)}. For the others the counts cannot tell."
    ]


def wording_limits(documents: pd.DataFrame, alone: pd.DataFrame, alignments: pd.DataFrame) -> list[str]:
    """Return what the comparison of wording leaves open for this corpus."""
    sizes = documents.groupby([documents["event_id"], outlet_labels(documents).to_numpy()]).size()
    single = int((sizes == 1).sum())
    sentences = [
        f"{single:,} of {counted(len(sizes), 'pair')} of event and outlet "
        f"{'is' if single == 1 else 'are'} a single report: there the words are one text's, not an outlet's.",
        f"Of the sentences, {counted(len(alignments), 'pair')} {_were(len(alignments))} aligned and "
        f"{counted(len(alone), 'sentence')} found no partner; what one report tells in two sentences and "
        "another in one is aligned with the nearer half only.",
    ]
    reports, outlets = documents["event_id"].value_counts(), sizes.groupby(level=0).size()
    left_out = int((reports - MOST_REPORTS).clip(lower=0).sum())
    if left_out:
        sentences.append(
            f"Of an event of more than {MOST_REPORTS} reports, the sentences of {MOST_REPORTS} are aligned, "
            f"the longest of every outlet first: {counted(left_out, 'report')} {_were(left_out)} left out."
        )
    if outlets.max() > MOST_COMPARED:
        n = int((outlets > MOST_COMPARED).sum())
        sentences.append(
            f"Of {counted(n, 'event')} with more than {MOST_COMPARED} outlets, the {MOST_COMPARED} with the "
            "most words were compared with the rest."
        )
    shared = sizes[sizes.index.get_level_values(0).isin(outlets.index[outlets > 1])].groupby(level=1).size()
    if (shared > 1).sum() > MOST_STRATIFIED:
        sentences.append(
            f"{int((shared > 1).sum()):,} outlets share several events with others; the {MOST_STRATIFIED} "
            "with the most words were compared over them."
        )
    return sentences


def forest_alt(top: pd.DataFrame) -> str:
    """Return the alternative text of the forest of ratios."""
    if top.empty:
        return "No ratios: no words are compared."
    terms = [_term(row) for _, row in top.sort_values(["p_value", "term"], kind="stable").head(6).iterrows()]
    flagged = int(top["flagged"].sum())
    return (
        f"Ratios of {counted(len(top), 'word')} with exact intervals, {flagged or 'none'} of them flagged "
        f"after correction. Strongest: {'; '.join(terms)}."
    )


def matrix_alt(matrix: pd.DataFrame, *, noun: str = "uses per 1,000 words") -> str:
    """Return the alternative text of a matrix of rates: every row, the outlets in order."""
    rows = [
        f"{term} {', '.join(f'{rate:.2f}' for rate in rates)}"
        for term, rates in zip(matrix.index, matrix.to_numpy(dtype=float), strict=True)
    ]
    return f"{noun} in {listed([str(name) for name in matrix.columns])}: {'; '.join(rows) or 'no words'}."


def barcode_alt(places: pd.DataFrame, reports: pd.Series) -> str:
    """Return the alternative text of the barcode: uses of every term in every report."""
    counts = places.groupby(["term", "doc_id"], sort=False).size()
    parts = [
        f"{term}: " + ", ".join(f"{name} {counts.get((term, doc), 0)}" for doc, name in reports.items())
        for term in dict.fromkeys(places["term"])
    ]
    return f"Uses by place in the report. {'; '.join(parts) or 'No uses'}."


def voice_bars_alt(rows: pd.DataFrame) -> str:
    """Return the alternative text of the voice bars: narrated and quoted uses of every term and side."""
    parts = [
        f"{row.term}: {row.target} {row.narrated_target} narrated and {row.quoted_target} quoted, "
        f"{row.reference} {row.narrated_reference} and {row.quoted_reference}"
        for row in rows.itertuples(index=False)
    ]
    return f"Uses narrated and inside direct quotations. {'; '.join(parts) or 'No words'}."


def funnel_alt(points: pd.DataFrame) -> str:
    """Return the alternative text of the funnel."""
    flagged = points[points["flagged"]].sort_values("per_million", ascending=False)["term"].tolist()
    return (
        f"{counted(len(points), 'word')} by frequency and ratio; {counted(len(flagged), 'word')} flagged"
        f"{': ' + listed(flagged) if flagged else ''}."
    )


def _largest(sizes: pd.Series, *, n: int = TOLD) -> list[str]:
    """Return the names of the `n` largest, by name."""
    return sorted(sizes.sort_index().sort_values(ascending=False, kind="stable").index[:n])


def _event(name: object) -> str:
    """Return an event's name in a sentence."""
    return "event unknown" if name == UNKNOWN else str(name)


def _term(row: pd.Series) -> str:
    """Return a row of keyness in words, with its counts and how sure it is."""
    if pd.notna(row["p_reports"]):
        sure = f"p over reports {_p(row['p_reports'])}, q {_p(row['q_reports'])}"
    else:
        sure = f"exact p {_p(row['p_value'])}, q {_p(row['q_value'])}"
    return (
        f"“{row['term']}”, {row['n_target']:,} in {row['target']} and {row['n_reference']:,} in "
        f"{row['reference']} ({sure})"
    )


def _p(value: float) -> str:
    """Return a probability as it is printed in papers: .002, < .001, 1."""
    if value < 0.001:
        return "< .001"
    return (
        "1" if value >= 0.9995 else f"{value:.3f}".lstrip("0") if value < 0.01 else f"{value:.2f}".lstrip("0")
    )


def _enough(p: float) -> str:
    """Return what the smallest p means for a claim about outlets."""
    if p > 0.05:
        return ": no word can be shown to be an outlet's choice, only that texts differ."
    return "."


def _were(n: int) -> str:
    """Return was or were."""
    return "was" if n == 1 else "were"


def voices_answer(shares: pd.DataFrame, speakers: pd.DataFrame, rewordings: pd.DataFrame) -> list[str]:
    """Return how much is quoted, how much reworded, whose speech it is, and what is told both ways."""
    if shares.empty:
        return ["There is no report."]
    wide = shares.pivot(index="doc_id", columns="voice", values="share")
    reworded = _by_report(wide["indirect"] + wide["speech_act"])
    known = speakers[speakers["speaker"] != UNKNOWN]
    first = known.sort_values(["n", "speaker"], ascending=[False, True]).drop_duplicates("doc_id")
    most = _leading(first)
    told = "The speaker with the most words is" if len(most) == 1 else "The speakers with the most words are"
    both = counted(len(rewordings), "statement")
    return [
        f"Direct quotation is {_by_report(wide['direct'])} of the words.",
        f'Speech in the report\'s own words, told in a clause or as the object of a verb like "honour", '
        f"is {reworded}.",
        f"{told} {listed(most, shown=6)}." if most else "No speaker could be named.",
        f"Quoted in one report of an event and reworded in another: {both}.",
    ]


def _leading(first: pd.DataFrame) -> list[str]:
    """Return each speaker that leads a report with the reports, or with how many where they are many."""
    groups = [(name, sorted(rows["doc_id"])) for name, rows in first.groupby("speaker")]
    if len(first) > FEW_REPORTS:
        groups.sort(key=lambda group: -len(group[1]))
        return [f"{name} (in {counted(len(reports), 'report')})" for name, reports in groups]
    return [f"{name} ({listed(reports)})" for name, reports in groups]


def _by_report(shares: pd.Series) -> str:
    """Return shares as percentages, each with its report while there are few, else their range."""
    ordered = shares.sort_values(kind="stable")
    told = [f"{_percent(share)} ({doc_id})" for doc_id, share in shares.items()]
    if len(told) <= FEW_REPORTS:
        return listed(told)
    low, high = (f"{_percent(ordered.iloc[place])} ({ordered.index[place]})" for place in (0, -1))
    return f"between {low} and {high}"


def _percent(share: float) -> str:
    """Return a share as a whole percentage."""
    return f"{100 * share:.0f} %"


def voices_alt(shares: pd.DataFrame) -> str:
    """Return the alternative text of the picture of voices: every share while there are few reports."""
    if shares.empty:
        return "No bars: there is no report."
    wide = shares.pivot(index="doc_id", columns="voice", values="share")
    told = [f"{voice.replace('_', ' ')} {_by_report(wide[voice])}" for voice in VOICES if voice in wide]
    return f"One bar per report, cut by voice: {'; '.join(told)}."


def speakers_alt(matrix: pd.DataFrame) -> str:
    """Return the alternative text of the picture of speakers: the most heard one of each report."""
    if matrix.empty:
        return "No cells: nobody speaks in any report."
    told = [
        f"{report} {row.idxmax()} ({_percent(row.max())})"
        for report, row in matrix.items()
        if row.notna().any()
    ]
    return f"Share of each report's words by speaker. Most words: {listed(told, shown=6)}."


def rewordings_answer(pairs: pd.DataFrame, rewordings: pd.DataFrame) -> list[str]:
    """Return how many statements two reports share, and in which voices they tell them."""
    if pairs.empty:
        return ["No statement was found in two reports of one event."]
    quoted = int(((pairs["voice_a"] == "direct") & (pairs["voice_b"] == "direct")).sum())
    other = len(pairs) - quoted - len(rewordings)
    return [
        f"Found in two reports of one event: {counted(len(pairs), 'statement')}; {quoted:,} quoted in both, "
        f"{len(rewordings):,} quoted in one and reworded in the other, {other:,} reworded in both. "
        f"With the same content words in both: {int((pairs['dice'] == 1).sum()):,}."
    ]


def voices_limits(spans: pd.DataFrame) -> list[str]:
    """Return how many spans rest on weak ground: no speaker, a doubtful one, a lost mark, few words."""
    if spans.empty:
        return ["No speech was found, which may also mean that the rules do not know how it is marked here."]
    unknown = spans["speaker"] == UNKNOWN
    weak = int(((spans["confidence"] < SURE) & ~unknown).sum())
    flags = spans["flag"].value_counts()
    return [
        f"Of {counted(len(spans), 'span')}, {int(unknown.sum()):,} without a speaker that a rule could name, "
        f"{weak:,} with one of a confidence under {SURE}.",
        f"Quotations that never close: {flags.get('unclosed', 0):,}; where such a one ends is a convention. "
        f"Quotations of three words or fewer: {flags.get('scare', 0):,}; they may be names, titles or words "
        "held at arm's length.",
        f"Spans set by hand: {int((spans['rule'] == 'override').sum()):,}.",
    ]


def names_answer(
    documents: pd.DataFrame,
    mentions: pd.DataFrame,
    varied: pd.DataFrame,
    differing: pd.DataFrame,
    titles: pd.DataFrame,
) -> list[str]:
    """Return who is named how often, by how many names, and where two reports share no name or title.

    `varied`, `differing` and `titles` have the canonical name in the column entity.
    """
    if mentions.empty:
        return ["No entity of the authority file is mentioned."]
    events = documents.loc[documents["event_id"] != UNKNOWN, "event_id"]
    compared = (
        _differing_sentences(differing)
        if events.duplicated().any()
        else ["No two reports are known to be of one event, so their names are not compared."]
    )
    named_in = mentions.groupby("entity_id")["doc_id"].nunique()
    n_reports = mentions["doc_id"].nunique()
    entities = counted(len(named_in), "entity", plural="entities")
    first = (
        f"{counted(len(mentions), 'mention').capitalize()} of {entities} in {counted(n_reports, 'report')}"
    )
    if n_reports > 1:
        first += f"; {int((named_in == n_reports).sum()):,} of them are named in each"
    return [f"{first}.", *_most_names(varied), *compared, *_title_sentences(titles)]


def _most_names(varied: pd.DataFrame, *, shown: int = 3) -> list[str]:
    """Return the entities with the most names, each with its commonest."""
    names = varied[["entity", "surface"]].drop_duplicates().groupby("entity", sort=False)["surface"]
    parts = [
        f"{entity} has {len(forms)} ({listed([f'“{form}”' for form in forms], shown=3)})"
        for entity, forms in names
    ]
    return [f"The most names and labels: {'; '.join(parts[:shown])}."] if parts else []


def _differing_sentences(differing: pd.DataFrame, *, shown: int = 3, most: int = 4) -> list[str]:
    """Return the events two reports name without a name in common, and how many other entities.

    Of the events `shown` are told, each with the names that `most` reports have for it.
    """
    if differing.empty:
        return ["Any two reports of one event have a name in common for whatever both name."]
    sentences = []
    happenings = differing[differing["entity_type"] == "EVENT"]
    for entity, rows in list(happenings.groupby("entity", sort=False))[:shown]:
        names = [f"{names} in {doc_id}" for names, doc_id in zip(rows["names"], rows["doc_id"], strict=True)]
        more = f"; and {len(names) - most:,} more" if len(names) > most else ""
        sentences.append(f"{entity} has no name in common: {'; '.join(names[:most])}{more}.")
    left = happenings["entity"].nunique() - shown
    if left > 0:
        sentences.append(f"So it is with {counted(left, 'more event')}.")
    others = differing.loc[differing["entity_type"] != "EVENT", "entity"].drop_duplicates().tolist()
    if others:
        sentences.append(f"Two reports of one event have no name in common for {listed(others, shown=6)}.")
    return sentences


def _title_sentences(titles: pd.DataFrame, *, shown: int = 2) -> list[str]:
    """Return the persons whose commonest title differs between reports."""
    borne = titles[titles["honorific"] != ""]
    order = borne.sort_values(["n", "honorific"], ascending=[False, True], kind="stable")
    first = order.drop_duplicates(["entity", "doc_id"])
    sentences = []
    for entity, rows in first.groupby("entity", sort=False):
        if rows["honorific"].nunique() > 1:
            ranked = rows.sort_values("doc_id").groupby("honorific", sort=False)["doc_id"].agg(list)
            parts = [f"“{title}” in {listed(reports)}" for title, reports in ranked.items()]
            sentences.append(f"The title of {entity} is mostly {', '.join(parts)}.")
    return sentences[:shown]


def naming_alt(varied: pd.DataFrame) -> str:
    """Return the alternative text of the naming picture: each entity's names and their uses per report."""
    parts = []
    for entity, rows in varied.groupby("entity", sort=False):
        uses = rows["n"].astype("str") + " in " + rows["doc_id"]
        forms = [
            f"“{form}” {listed(list(found))}" for form, found in uses.groupby(rows["surface"], sort=False)
        ]
        parts.append(f"{entity}: {', '.join(forms)}.")
    return " ".join(parts) or "No squares: no entity has two names."


def worklist_answer(unknown: pd.DataFrame, proposals: pd.DataFrame) -> list[str]:
    """Return how much of the reader's work is left: unknown names and undecided spellings."""
    forms = counted(unknown["surface"].nunique(), "capitalised form").capitalize()
    waiting = counted(int((proposals["decision"] == "").sum()), "proposal")
    return [
        f"{forms} ({counted(len(unknown), 'use')}) not in the authority file, and {waiting} of a spelling "
        "to decide."
    ]


def names_limits(
    mentions: pd.DataFrame, variants: pd.DataFrame, contested: pd.DataFrame, *, n_boilerplate: int
) -> list[str]:
    """Return what the counts of names leave open."""
    if mentions.empty:
        return ["Nothing was counted."]
    read = int(mentions["kind"].isin(["label", "role"]).sum())
    forms = variants.groupby(["entity_id", "surface"])["n"].sum()
    doubtful = counted(contested["alias"].nunique(), "form")
    return [
        f"{read:,} of {counted(len(mentions), 'mention')} are roles or labels: whom they mean is a reading "
        "of the context, written into the authority file.",
        f"{int((forms == 1).sum()):,} of {counted(len(forms), 'form')} are met once in all reports, "
        "which is an observation and not a habit.",
        f"Left out of the counts: {counted(n_boilerplate, 'mention')} in links to other pages, and "
        f"{doubtful} that could name several entities in an undated report.",
    ]


def synopsis_answer(slots: pd.DataFrame, coverage: pd.DataFrame, discrepancies: pd.DataFrame) -> list[str]:
    """Return how much of each event's reports corresponds, what was moved, and how many differences are."""
    shared = slots[slots["relation"] != "only here"].groupby("event_id")["slot_id"].nunique()
    moved = slots[slots["moved"]].groupby("event_id")["slot_id"].nunique()
    events = coverage.groupby("event_id", sort=True)
    if len(events) > FEW_EVENTS:
        return _many_events(shared, moved, coverage) + _differences(discrepancies)
    sentences = []
    for event_id, reports in events:
        n_shared, n_moved = int(shared.get(event_id, 0)), int(moved.get(event_id, 0))
        if len(reports) < 2:
            sentences.append(f"Of {_event(event_id)} there is one report, so nothing can be set beside it.")
            continue
        sentences.append(
            f"{_event(event_id)}: {counted(n_shared, 'slot')} in two reports or more"
            + (f", holding {_held(reports)}" if n_shared else "")
            + (f"; {n_moved:,} of them moved." if n_moved else ".")
        )
    return sentences + _differences(discrepancies)


def _held(reports: pd.DataFrame) -> str:
    """Return how much of each report shared slots hold; of many the least and the most."""
    known = reports.dropna(subset=["share"]).sort_values("share", kind="stable")
    ends = known if len(known) <= FEW_REPORTS else known.iloc[[0, -1]]
    ordered = ends.sort_values("doc_id") if len(known) <= FEW_REPORTS else ends
    told = [f"{share:.0%} of {name}" for name, share in zip(ordered["doc_id"], ordered["share"], strict=True)]
    return listed(told) if len(known) <= FEW_REPORTS else f"from {told[0]} to {told[-1]}"


def _many_events(shared: "pd.Series[int]", moved: "pd.Series[int]", coverage: pd.DataFrame) -> list[str]:
    """Return what `synopsis_answer` tells of many events: all of them together, and those with most slots."""
    sizes = coverage["event_id"].value_counts()
    several = coverage[coverage["event_id"].map(sizes) > 1].dropna(subset=["share"])
    sentences = [
        f"{int((sizes > 1).sum()):,} of {counted(len(sizes), 'event')} have two reports or more: "
        f"{counted(int(shared.sum()), 'slot')} in two reports or more"
        + (f", holding {_held(several)}" if shared.sum() else "")
        + (f"; {int(moved.sum()):,} of them moved." if moved.sum() else ".")
    ]
    most = shared.sort_index().sort_values(ascending=False, kind="stable").head(3)
    told = [f"{_event(event_id)} ({n:,})" for event_id, n in most.items()]
    return sentences + ([f"Most slots: {listed(told)}."] if told else [])


def event_pairs_answer(chosen: EventPairs) -> list[str]:
    """Return where not all reports of one event are set side by side, and which are without a known event."""
    sentences = []
    if chosen.n_unknown > 1:
        sentences.append(
            f"The event is not known for {counted(chosen.n_unknown, 'report')}: they are set side by side as "
            "if they were of one, which they need not be."
        )
    if chosen.near:
        verb = "has" if len(chosen.near) == 1 else "have"
        sentences.append(
            f"{counted(len(chosen.near), 'event').capitalize()} {verb} more than {WHOLE_EVENT} reports. "
            f"There a report is compared with the {NEAREST} that share most runs of words with it, or else "
            f"most vocabulary: {len(chosen.pairs):,} of {chosen.n_pairs:,} pairs of one event."
        )
    return sentences


def _differences(discrepancies: pd.DataFrame) -> list[str]:
    """Return how many differences of each kind there are, between reports and within one."""
    within = discrepancies.loc[discrepancies["doc_id_a"] == discrepancies["doc_id_b"], "doc_id_a"].nunique()
    between = discrepancies[discrepancies["doc_id_a"] != discrepancies["doc_id_b"]]
    if not len(discrepancies):
        return ["No difference of name, number, date, title, scope or term was found in a shared slot."]
    kinds = [f"{n:,} of {kind}" for kind, n in between["kind"].value_counts(sort=False).items()]
    sentences = [f"Differences in shared slots: {listed(kinds) if kinds else 'none'}."]
    widest = _widest(between)
    if widest:
        sentences.append(f"The first of each kind with the fewest words in common: {'; '.join(widest)}.")
    if within:
        verb = "spells" if within == 1 else "spell"
        sentences.append(f"{counted(within, 'report').capitalize()} {verb} one name in two ways.")
    return sentences


def _widest(discrepancies: pd.DataFrame) -> list[str]:
    """Return, of each kind but dates and terms, the texts with the smallest share of common words."""
    chosen = discrepancies[~discrepancies["kind"].isin(["date", "term"])]
    best: dict[str, tuple[float, int, int, str]] = {}
    columns = (chosen[c].tolist() for c in ("kind", "text_a", "doc_id_a", "text_b", "doc_id_b"))
    for place, (kind, one, a, other, b) in enumerate(zip(*columns, strict=True)):
        words = set(one.casefold().split()), set(other.casefold().split())
        size = len(words[0] | words[1])
        row = len(words[0] & words[1]) / size, -size, place, f"“{one}” ({a}) and “{other}” ({b})"
        best[kind] = min(row, best.get(kind, row))
    return [sentence for *_, sentence in best.values()]


def synopsis_limits(slots: pd.DataFrame, coverage: pd.DataFrame) -> list[str]:
    """Return what the alignment of this corpus leaves open."""
    shared = slots[slots["relation"] != "only here"]
    weak = shared.loc[shared["likeness"] < WEAK_LIKENESS, ["event_id", "slot_id"]].drop_duplicates()
    total = len(shared[["event_id", "slot_id"]].drop_duplicates())
    outside = int(coverage["n_outside"].sum())
    silent = coverage.loc[coverage["n_tokens"] == 0, "doc_id"].tolist()
    sentences = [
        f"{len(weak):,} of {total:,} shared slots rest on a likeness under {WEAK_LIKENESS}: read them first."
        if total
        else "No slot is shared.",
        f"{counted(outside, 'word')} of bylines, datelines and boilerplate are not aligned.",
    ]
    return sentences + ([f"No word was found in {listed(silent)}."] if silent else [])


def ribbon_alt(slots: pd.DataFrame) -> str:
    """Return the finding of the ribbon picture in words and numbers."""
    if not len(slots):
        return "No report."
    rows = []
    for doc_id, own in slots.groupby("doc_id", sort=True):
        alone = int((own["relation"] == "only here").sum())
        rows.append(
            f"{doc_id}: {counted(len(own) - alone, 'slot')} shared, {int(own['moved'].sum())} of them moved, "
            f"{alone} only here"
        )
    return "Lanes of slots with ribbons between the reports of an event. " + "; ".join(rows) + "."


LANGUAGES = {
    "ar": "Arabic",
    "cs": "Czech",
    "de": "German",
    "et": "Estonian",
    "fa": "Persian",
    "he": "Hebrew",
    "ja": "Japanese",
    "ro": "Romanian",
    "ru": "Russian",
    "zh": "Chinese",
}


def pairs_left_out(documents: pd.DataFrame, measures: pd.DataFrame, first: pd.DataFrame) -> list[str]:
    """Return how many pairs of one event were not compared, and of how many the evidence is gathered in full.

    `measures` are the pairs compared, `first` those written out. Nothing where both are all pairs.
    """
    sizes = documents.loc[documents["event_id"] != UNKNOWN, "event_id"].value_counts()
    total = int((sizes * (sizes - 1) // 2).sum())
    missing = total - int((measures["events"] == "same").sum())
    sentences = []
    if missing:
        sentences.append(
            f"{missing:,} of {counted(total, 'pair')} of one event {_were(missing)} not chosen and "
            f"{'has' if missing == 1 else 'have'} no row below: that is no verdict on them."
        )
    if len(first) < len(measures):
        sentences.append(
            "Verdicts, directions and their traces are for every pair compared; the place in every set and "
            f"measure, and the evidence piece by piece, for the first {len(first):,} of "
            f"{counted(len(measures), 'pair')} in the order of the verdicts."
        )
    return sentences


def derivation_answer(derivations: pd.DataFrame, similarities: pd.DataFrame, found: Found) -> list[str]:
    """Return which reports derive from each other, as far as the evidence goes.

    Where not every pair was compared, those of two events are no control: they were chosen for being alike.
    """
    if derivations.empty:
        return ["There is no pair of reports to compare."]
    own = derivations[derivations["events"] != "different"]
    told = own[~own["verdict"].isin(["topic only", "too short to judge"])]
    sentences = [
        f"{row['doc_id_a']} and {row['doc_id_b']}: {row['verdict']}; {_arrow(row)}."
        for row in told.head(8).to_dict("records")
    ]
    rest = own.drop(told.index[:8])["verdict"].value_counts().sort_index()
    if len(rest):
        kinds = listed([f"{verdict} ({n:,})" for verdict, n in rest.items()])
        sentences.append(f"{'The other' if len(told) else 'All'} pairs: {kinds}.")
    across = derivations[derivations["events"] == "different"]
    if len(across):
        counts = across["verdict"].value_counts().sort_index()
        kinds = listed([f"{verdict} ({n:,})" for verdict, n in counts.items()])
        pairs = counted(len(across), "pair")
        role = "the control" if found.path == "all" else "chosen for being alike and so no control"
        sentences.append(f"{pairs} of reports of two events, {role}: {kinds}.")
    arrows = int((derivations["direction"] != "undetermined").sum())
    sentences.append(f"Arrows drawn: {arrows:,} of {counted(len(derivations), 'pair')}.")
    return sentences + event_guard(similarities, chosen=found.path != "all")


def event_guard(similarities: pd.DataFrame, *, chosen: bool = False, most: int = 8) -> list[str]:
    """Return whether any pair of two events outranks a same-event pair that shares a report with it.

    Of such pairs the first `most` are told one by one; `chosen` says that not every pair was compared.
    """
    events = set(similarities["events"])
    if not {"same", "different"} <= events:
        return ["There is no pair of two events, or none of one: the ranking by subject has no control."]
    wrong = outranked(similarities)
    if wrong.empty:
        compared = " that was compared" if chosen else ""
        return [
            f"No pair of two events{compared} is closer in subject than a same-event pair it shares a report "
            "with."
        ]
    more = len(wrong) - most
    return [
        f"Warning: {row['rival_a']} and {row['rival_b']}, of two events, are closer "
        f"({row['rival']:.2f}) than {row['doc_id_a']} and {row['doc_id_b']}, of one "
        f"({row['closeness']:.2f}): doubt the manifest or the measure."
        for row in wrong.head(most).to_dict("records")
    ] + ([f"So it is with {counted(more, 'more same-event pair')}."] if more > 0 else [])


def event_proposal(documents: pd.DataFrame, proposals: pd.DataFrame) -> list[str]:
    """Return how the events proposed by words and dates compare with the manifest; nothing is accepted."""
    if len(documents) < 2:
        return ["There are too few reports to propose events."]
    unknown = counted(int((documents["event_id"] == UNKNOWN).sum()), "report")
    if len(proposals) < len(documents):
        sentences = [
            "No events are proposed: a proposal rests on the closeness of all reports it puts together, and "
            "not every pair was compared."
        ]
        if unknown != "no reports":
            sentences.append(
                f"{unknown} without an event: until event_id is written into documents.csv a pair counts as "
                "one event only by its closeness, and the line for that was chosen on two to four reports."
            )
        return sentences
    both = documents[["doc_id", "event_id"]].merge(proposals, on="doc_id")
    known = both[both["event_id"] != UNKNOWN]
    groups = both["proposed_event"].nunique()
    sentences = [f"By their words and dates alone the reports would be put under {counted(groups, 'event')}."]
    if len(known):
        pairs = [
            (a["event_id"] == b["event_id"], a["proposed_event"] == b["proposed_event"])
            for a, b in combinations(known.to_dict("records"), 2)
        ]
        agree = sum(told == seen for told, seen in pairs)
        sentences.append(
            f"Proposal and manifest agree on {agree:,} of {counted(len(pairs), 'pair')}; "
            "the manifest is used."
        )
    if len(known) < len(both):
        sentences.append(
            f"{unknown} without an event: write event_id into "
            "documents.csv to accept the proposal. Until then a pair counts as one event only by its "
            "closeness."
        )
    return sentences


def derivation_settle(derivations: pd.DataFrame, documents: pd.DataFrame) -> list[str]:
    """Return what would settle the pairs that are left open."""
    undetermined = derivations["verdict"].str.startswith(("undecided", "common original", "copied"))
    rows = derivations[undetermined & (derivations["direction"] == "undetermined")]
    if rows.empty:
        return ["No pair is left open in a way that more evidence about it would settle."]
    pairs = listed([f"{row['doc_id_a']} with {row['doc_id_b']}" for row in rows.to_dict("records")])
    sentences = [f"Open: {pairs}."]
    ends = {*rows["doc_id_a"], *rows["doc_id_b"]}
    missing = documents[documents["doc_id"].isin(ends) & (documents["published"] == UNKNOWN)]["doc_id"]
    if len(missing):
        sentences.append(
            f"The time of publication of {listed(list(missing))}: it would rule out one of two directions."
        )
    if rows["verdict"].str.startswith(("undecided", "common original")).any():
        sentences.append(
            "The original statement, in its own language or as an agency sent it out: wording that both "
            "reports add to it cannot come from it."
        )
    if rows["verdict"].str.startswith(("undecided", "copied")).any():
        sentences.append(
            "A machine translation of that original: wording that both share with it may come from the "
            "machine rather than from each other."
        )
    sentences.append("A third report of the same event with the same rare wording or the same slip.")
    return sentences


def derivation_limits(
    derivations: pd.DataFrame, reference: pd.DataFrame, error_rates: pd.DataFrame, found: Found
) -> list[str]:
    """Return what the reference classes and their error rates leave open, with their numbers."""
    translated = reference[reference["reference_class"].str.contains("translation")]
    languages = sorted({LANGUAGES.get(code, code) for code in translated["language"]})
    sentences = [
        "Nothing here was calibrated on Persian: the reference translations are from "
        f"{listed(languages)} into English."
    ]
    for kind, told in (
        ("independent human translations", "called copies by mistake"),
        ("machine against human translation", "called copies by mistake"),
        ("edited copies", "caught"),
        ("two machine translations", "taken for copies (a blind spot)"),
        ("heavily edited copies", "caught (a blind spot)"),
    ):
        rows = error_rates[error_rates["reference_class"] == kind]
        rows = rows[rows["n_words"] == rows["n_words"].max()]
        if len(rows):
            words, low, high = rows["n_words"].iloc[0], rows["copied"].min(), rows["copied"].max()
            share = f"{low:.1%}" if low == high else f"{low:.1%} to {high:.1%}"
            sentences.append(f"Of {kind} of {words} words, {share} by data set were {told}.")
    across = int((derivations["events"] == "different").sum())
    if found.path != "all":
        sentences.append(
            "Pairs of two events were compared only where they are alike: they are no sample of such pairs, "
            "and no permutation test can rest on them."
        )
    elif across:
        sentences.append(
            f"With {counted(across, 'pair')} of two events, no permutation test of this corpus can give a p "
            f"below {1 / (across + 1):{'.2f' if across < 100 else '.1g'}}."
        )
    return sentences


def similarity_alt(similarities: pd.DataFrame, matrix: pd.DataFrame) -> str:
    """Return the alternative text of the heat map: its closest pairs and whether they are of one event."""
    ends = similarities["doc_id_a"].isin(matrix.index) & similarities["doc_id_b"].isin(matrix.index)
    shown = [
        f"{row['doc_id_a']} and {row['doc_id_b']} {row['cosine']:.2f} ({row['events']} event)"
        for row in similarities[ends]
        .sort_values("cosine", ascending=False, kind="stable")
        .head(8)
        .to_dict("records")
    ]
    return f"Heat map of cosines, highest first: {listed(shown)}." if shown else "Empty heat map: no pairs."


def similarity_caption(matrix: pd.DataFrame, documents: pd.DataFrame) -> str:
    """Return the caption of the heat map: which pairs it shows."""
    blank = int(matrix.isna().to_numpy().sum()) > len(matrix)
    pairs = "of the pairs compared, grey where a pair was not" if blank else "of every pair"
    caption = f"TF-IDF cosine {pairs}; frames hold the pairs of one event"
    return capped(caption, len(matrix), len(documents), "report")


def bands_alt(placements: pd.DataFrame, *, measure: str = "c5") -> str:
    """Return the alternative text of the bands: each pair's percentile in every set."""
    rows = placements[placements["measure"] == measure]
    told = [
        f"{a} and {b}, {group['value'].iloc[0]:.3f}, is above "
        + listed(
            [f"{row['percentile']:.0f} % of {row['data_set']}" for row in group.to_dict("records")], shown=20
        )
        for (a, b), group in rows.groupby(["doc_id_a", "doc_id_b"], sort=False)
    ]
    return (
        f"Bands of {measure}: {'; '.join(told)}." if told else f"No bands of {measure}: no pair long enough."
    )


def graph_alt(nodes: pd.DataFrame, edges: pd.DataFrame, *, most: int = 60) -> str:
    """Return the alternative text of the graph: its nodes and its lines, the first `most` one by one."""
    reports = int((nodes["kind"] == "report").sum()) if len(nodes) else 0
    unseen = len(nodes) - reports
    lines = [
        f"{row['source']} to {row['target']}: {row['verdict']}{', arrow' if row['arrow'] else ''}"
        for row in edges.to_dict("records")
    ]
    if len(lines) > most:
        lines = [*lines[:most], f"and {len(lines) - most:,} more"]
    return f"Graph of {counted(reports, 'report')} and {counted(unseen, 'unobserved original')}. " + (
        f"Lines: {'; '.join(lines)}." if lines else "No lines."
    )


def graph_caption(nodes: pd.DataFrame, documents: pd.DataFrame) -> str:
    """Return the caption of the graph: which reports it shows."""
    caption = "Reports by event, unobserved originals (?) and the lines between them"
    return capped(caption, int((nodes["kind"] == "report").sum()), len(documents), "report")


def _arrow(pair: Mapping[Hashable, str]) -> str:
    """Return the direction of a pair in words."""
    if pair["direction"] == "undetermined":
        return "direction undetermined"
    ends = pair["doc_id_a"], pair["doc_id_b"]
    early, late = ends if pair["direction"] == "a to b" else ends[::-1]
    return f"if one is from the other, {late} is from {early}"


def candidates_answer(found: Found) -> list[str]:
    """Return by which path the pairs of reports were chosen, why, and what was set aside on the way."""
    figures, n_pairs = found.figures, len(found.pairs)
    n = counted(figures["n_reports"], "report")
    if found.path == "all":
        return [f"{n.capitalize()}: every pair was compared, {counted(n_pairs, 'pair')} in all."]
    total = figures["n_reports"] * (figures["n_reports"] - 1) // 2
    ways = "shared runs of words" + (" or alike vocabulary" if found.path == "memory" else "")
    where = "on disk" if found.path == "disk" else "in memory"
    sentences = [
        f"{n.capitalize()} of {figures['n_chars']:,} characters make {total:,} pairs, too many to compare "
        f"each: {counted(n_pairs, 'pair')} with {ways} {'was' if n_pairs == 1 else 'were'} chosen {where}."
    ]
    if found.path != "memory":
        sentences.append(
            "The corpus is too large to compare vocabulary; reports that share no run are not seen."
        )
    return sentences + _set_aside(found)


def _set_aside(found: Found) -> list[str]:
    """Return what the choice of pairs left out or simplified, one sentence each."""
    stories = int((found.pairs["found_by"] == "story").sum())
    widest = int(found.stock["n_reports"].max()) if len(found.stock) else 0
    told = {
        "Reports that repeat another to the letter": found.figures["n_copies"],
        "Texts with so many copies that each is linked to the first only": found.figures["n_many_copies"],
        "Reports too short to share a run of words": found.figures["n_short"],
        "Stock texts set aside": len(found.stock),
        "Reports that the commonest stock text stands in": widest,
        "Pairs that share nothing but an ending that several reports have, their outlets unknown": (
            found.figures["n_same_ending"]
        ),
        "Pairs that link a story many outlets carry to one of its carriers": stories,
        "Common terms left out to bound the work, so that pairs of alike vocabulary may be missing": (
            found.figures["n_terms_left_out"]
        ),
    }
    return [f"{label}: {count:,}." for label, count in told.items() if count]
