"""The lists that a corpus is read with: names, terms, verbs of speech, and what a person set by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.framing import FramingTerms, FramingTermsTable, load_framing_terms, neutrality_problems
from helpers.names import (
    Aliases,
    Entities,
    Spellings,
    load_aliases,
    load_entities,
    load_spellings,
    merged_entities,
)
from helpers.place import ROOT, folder_path
from helpers.text import CorpusError, has_drafts
from helpers.voices import (
    SpeechVerbs,
    VoiceOverrides,
    load_speech_verbs,
    load_voice_overrides,
)
from helpers.words import PlannedTerms, load_planned_terms

__all__ = ["Lists", "is_drafted", "read_lists"]
# The lists of the seeds, and the verbs of speech for every corpus.
GENERAL = ROOT / "data" / "lexicons"


class Lists(NamedTuple):
    """The lists that a corpus is read with."""

    entities: Entities
    aliases: Aliases
    spellings: Spellings
    verbs: SpeechVerbs
    terms: FramingTerms
    overrides: VoiceOverrides
    planned: PlannedTerms


def read_lists(corpus: str | Path | None = None) -> Lists:
    """Return the lists a corpus is read with; raise CorpusError with everything that is wrong in them.

    Names, terms and overrides belong to a corpus: they are those of its lexicons/, or none. The verbs of
    speech are the project's, unless lexicons/ has its own.
    """
    own = folder_path(corpus) / "lexicons" if corpus else GENERAL
    problems: list[object] = []
    tables = [
        _tried(load, folder, problems)
        for load, folder in (
            (load_entities, own),
            (load_aliases, own),
            (load_spellings, own),
            (load_speech_verbs, own),
            (load_framing_terms, own),
            (load_voice_overrides, own),
            (load_planned_terms, own),
        )
    ]
    problems += neutrality_problems(own)
    if problems:
        raise CorpusError(dict.fromkeys(problems))  # type: ignore[arg-type]
    lists = Lists(*tables)
    targets = lists.terms["target"].replace(merged_entities(own))
    unique = list(FramingTermsTable.Config.unique)
    return lists._replace(terms=lists.terms.assign(target=targets).drop_duplicates(unique, ignore_index=True))


def _tried(load: Callable[[Path], pd.DataFrame], folder: Path, problems: list[object]) -> pd.DataFrame:
    """Return a list as loaded; where it cannot be, add what is wrong to `problems`."""
    try:
        return load(folder)
    except CorpusError as error:
        problems += error.problems
        return pd.DataFrame()


def is_drafted(folder: Path | None) -> bool:
    """Return whether the names of a corpus are a draft, whole or in part; those of the seeds are not."""
    own = folder / "lexicons" if folder else None
    if own is None:
        return False
    missing = not (own / "entities.csv").is_file()
    return missing or any(has_drafts(name, own) for name in ("entities.csv", "aliases.csv"))
