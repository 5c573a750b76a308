"""What explains the wording that two reports share, and which way it went: only what was found says so."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from helpers.derivation.errors import unmeasured
from helpers.derivation.tables import VERDICTS, Evidence

__all__ = ["NOT_EXPLAINED", "STATEMENT", "explain"]
WORD_FOR_WORD, WORDED_APART, PASSAGES, _, NOTHING, TOO_SHORT, CANNOT_TELL = VERDICTS
SHARED = (WORD_FOR_WORD, WORDED_APART, PASSAGES)
NOT_EXPLAINED = "not explained by these texts"
# Words quoted by both in one run, from which they quote one statement.
STATEMENT = 10
# Kinds whose words are told with them.
CITED = ("credit line", "agency", "press release", "inherited correction", "later addition")
ARROWS = {"a to b": ("a", "b"), "b to a": ("b", "a")}
# Kinds that name a text which both may have from somewhere else: then a time says nothing of the two.
ELSEWHERE = ("agency", "one publisher", "one author")
# Of a sentence that credits the other outlet, the share of words that its report must have where the two
# share no wording: .63 where the report was meant, .58 and less where it was not (seven of BASIL, one case).
CREDITED = 0.6


class _Piece(NamedTuple):
    """A piece of evidence: kind, what it speaks for, words found, why it counts, the side, its value."""

    kind: str
    supports: str
    words: str
    note: str
    side: str
    value: float


def explain(table: pd.DataFrame, evidence: Evidence, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Return per pair its explanation, direction, what was found, and whether a translation is possible.

    Rows are as those of `table`. Reports go by their `names`, else by their doc_id.

    An arrow needs a piece that names or dates the other report: a credit line to its outlet, a version of one
    address, or, between reports alike word for word that credit no agency, a time. A date that says the
    contrary takes it away. Everything else is told, and draws none.
    """
    pieces = _pieces(evidence)
    mixed = table[table["language"].str.contains(",") & (table["events"] != "different")]
    beside = {*mixed["doc_id_a"], *mixed["doc_id_b"]}
    rows = []
    known = names or {}
    for pair in table.to_dict("records"):
        pair |= {f"name_{side}": known.get(pair[f"doc_id_{side}"], pair[f"doc_id_{side}"]) for side in "ab"}
        own = pieces.get((pair["doc_id_a"], pair["doc_id_b"]), [])
        direction = _direction(pair, own)
        translated = _translated(own, bool(beside & {pair["doc_id_a"], pair["doc_id_b"]}))
        told = _explanation(pair, own, direction, translated)
        rows.append((told, direction, _found(pair, own), bool(translated)))
    columns = ["explanation", "direction", "found", "translated"]
    return pd.DataFrame(rows, columns=columns, index=table.index)


def _translated(pieces: list[_Piece], several: bool) -> str:
    """Return why either text may be a translation; empty where nothing says so."""
    if any(piece.kind == "translation named" for piece in pieces):
        return "a translation is named"
    return "reports in other languages are here" if several else ""


def _pieces(evidence: Evidence) -> dict[tuple[str, str], list[_Piece]]:
    """Return the pieces of every pair that has any."""
    found: dict[tuple[str, str], list[_Piece]] = {}
    for row in evidence.to_dict("records"):
        side = (
            "a" if row["text_a"] and not row["text_b"] else "b" if row["text_b"] and not row["text_a"] else ""
        )
        words = row["text_a"] if side == "a" else row["text_b"]
        piece = _Piece(row["kind"], row["supports"], words, row["note"], side, row["value"])
        found.setdefault((row["doc_id_a"], row["doc_id_b"]), []).append(piece)
    return found


def _direction(pair: dict[Any, Any], pieces: list[_Piece]) -> str:
    """Return the direction that the pieces give together; undetermined where they do not agree."""
    if pair["verdict"] == TOO_SHORT or pair["events"] == "different":
        return "undetermined"
    kinds = {"credit line", "one address", "inherited correction"}
    if pair["verdict"] == WORD_FOR_WORD and not any(map(_from_elsewhere, pieces)):
        kinds.add("earlier time")
    ways = {piece.supports for piece in pieces if piece.kind in kinds and _draws(pair, piece)}
    dated = {piece.supports for piece in pieces if piece.kind in ("earlier time", "earlier date")}
    ways |= dated & ARROWS.keys() if ways else set()
    return ways.pop() if len(ways) == 1 else "undetermined"


def _draws(pair: dict[Any, Any], piece: _Piece) -> bool:
    """Return whether a piece gives a direction; a credit line for what the other report here has."""
    credited = piece.kind == "credit line" and pair["verdict"] == NOTHING
    return piece.supports in ARROWS and not (credited and piece.value < CREDITED)


def _from_elsewhere(piece: _Piece) -> bool:
    """Return whether a piece names a text that both reports may have from somewhere else."""
    named = piece.kind in ("credit line", "press release") and piece.side and piece.supports == "dependence"
    return piece.kind in ELSEWHERE or bool(named)


def _explanation(pair: dict[Any, Any], pieces: list[_Piece], direction: str, translated: str) -> str:
    """Return what explains the wording that a pair shares, or that nothing here does."""
    verdict = pair["verdict"]
    if verdict in (TOO_SHORT, CANNOT_TELL):
        return _unjudged(pair)
    parts = [
        *_credited(pair, pieces, direction),
        *_agencies(pair, pieces),
        *_handed_out(pair, pieces),
        *_in_common(pair, pieces),
    ]
    quoted = [*_statement(pair, pieces), *_quoted(pair, pieces)]
    if quoted and not parts and verdict in SHARED:
        quoted.append(f"the rest {NOT_EXPLAINED}")
    parts += quoted
    if verdict == WORDED_APART and translated:
        parts.append(f"{translated}: perhaps renderings of one text")
    if pair["events"] == "different":
        parts.insert(0, "two events")
    if not parts:
        return "nothing to explain" if verdict == NOTHING else NOT_EXPLAINED
    return "; ".join(parts)


def _unjudged(pair: dict[Any, Any]) -> str:
    """Return why a pair is not judged."""
    if pair["verdict"] == TOO_SHORT:
        return "too few words"
    return unmeasured(pair["language"])


def _credited(pair: dict[Any, Any], pieces: list[_Piece], direction: str) -> list[str]:
    """Return whether one credits or quotes the other, or is a later version of it."""
    if direction == "undetermined":
        return _no_arrow(pair, pieces)
    early, late = (pair[f"name_{side}"] for side in ARROWS[direction])
    kinds = {piece.kind for piece in pieces if piece.supports == direction}
    if "one address" in kinds:
        return [f"{late} is a later version of {early}"]
    if "credit line" in kinds:
        quoted = pair["longest_run"] >= STATEMENT
        return [f"{late} {'quotes and ' if quoted else ''}credits {early}"]
    if "inherited correction" in kinds:
        return [f"{late} carries a correction of {early}"]
    return [f"{early} is the earlier one"]


def _no_arrow(pair: dict[Any, Any], pieces: list[_Piece]) -> list[str]:
    """Return versions of one page, and credits for what the other report here does not have."""
    if any(piece.kind == "one address" for piece in pieces):
        return ["versions of one page"]
    if pair["verdict"] != NOTHING or pair["events"] == "different":
        return []
    ways = {piece.supports for piece in pieces if piece.kind == "credit line"}
    return [
        f"{pair[f'name_{late}']} names {pair[f'name_{early}']} as a source, perhaps for another report"
        for way, (early, late) in ARROWS.items()
        if way in ways
    ]


def _in_common(pair: dict[Any, Any], pieces: list[_Piece]) -> list[str]:
    """Return the publisher, the authors and the corrections that both have, where they share their text."""
    if pair["verdict"] not in SHARED:
        return []
    told = [
        f"both name {piece.kind} ({piece.note})"
        for piece in pieces
        if piece.kind in ("one publisher", "one author")
    ]
    both = [piece for piece in pieces if piece.kind == "inherited correction" and not piece.side]
    return told + ["both carry one correction"] * bool(both)


def _agencies(pair: dict[Any, Any], pieces: list[_Piece]) -> list[str]:
    """Return which agency explains a shared text: one that both credit, or one of them."""
    if pair["verdict"] not in SHARED:
        return []
    by_name: dict[str, set[str]] = {}
    credited = {(piece.note, piece.side) for piece in pieces if piece.supports == "dependence"}
    for piece in pieces:
        if piece.kind == "agency":
            by_name.setdefault(piece.note, set()).add(piece.side)
    told = []
    for name, sides in sorted(by_name.items()):
        if len(sides) == 1 and (name, *sides) not in credited:
            continue
        who = "both" if len(sides) == 2 else pair[f"name_{sides.pop()}"]
        told.append(f"{who} credit{'' if who == 'both' else 's'} {name}: perhaps its text")
    return told


def _handed_out(pair: dict[Any, Any], pieces: list[_Piece]) -> list[str]:
    """Return which side of a shared text is itself a press release."""
    notes = [piece.note for piece in pieces if piece.kind == "press release" and not piece.side]
    if not notes or pair["verdict"] not in SHARED:
        return []
    own = sorted(
        pair[f"name_{side}"]
        for side in "ab"
        if any(note.startswith(f"{pair[f'doc_id_{side}']}: ") for note in notes)
    )
    return [f"{' and '.join(own)} {'is a press release' if len(own) == 1 else 'are press releases'}"]


def _statement(pair: dict[Any, Any], pieces: list[_Piece]) -> list[str]:
    """Return which side names a statement at words that both have, outside quotations."""
    named = [
        piece
        for piece in pieces
        if piece.kind == "press release" and piece.side and piece.supports == "dependence"
    ]
    if not named or pair["verdict"] not in SHARED:
        return []
    both = len(named) == 2
    who = "both name" if both else f"{pair[f'name_{named[0].side}']} names"
    told = ", ".join(sorted({f"“{' '.join(piece.words.split())}”" for piece in named}))
    return [f"{who} a statement at shared words ({told}): perhaps its words"]


def _quoted(pair: dict[Any, Any], pieces: list[_Piece]) -> list[str]:
    """Return whether both quote one statement, in the same words or in others."""
    told = []
    if pair["run_quoted"] >= STATEMENT:
        told.append(f"both quote one statement ({pair['run_quoted']} words in a row)")
    reworded = sum(piece.kind == "other words in quotation" for piece in pieces)
    if reworded:
        told.append(f"both quote one statement in other words ({reworded} quotation{'s' * (reworded > 1)})")
    return told


def _found(pair: dict[Any, Any], pieces: list[_Piece]) -> str:
    """Return every piece found, those of one kind and note together."""
    told: Counter[str] = Counter()
    for piece in pieces:
        if piece.supports == "shared wording" or piece.kind == "formula":
            continue
        name = f"{pair[f'name_{piece.side}']}: " if piece.side else ""
        note = _noted(pair, piece)
        why = f"“{piece.words}”, {note}" if piece.kind in CITED and piece.words else note
        short = piece.kind in ("other words in quotation", "other version", "other spelling")
        told[piece.kind if short else f"{piece.kind}: {name}{why}"] += 1
    return "; ".join(f"{text} ({n})" if n > 1 else text for text, n in told.items()) or "nothing"


def _noted(pair: dict[Any, Any], piece: _Piece) -> str:
    """Return why a piece counts; a press release by the name of its report."""
    for side in "ab" if piece.kind == "press release" and not piece.side else "":
        own = f"{pair[f'doc_id_{side}']}: "
        if piece.note.startswith(own):
            return f"{pair[f'name_{side}']}: {piece.note.removeprefix(own)}"
    return piece.note
