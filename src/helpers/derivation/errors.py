"""How often a verdict was wrong on pairs of known history of that length, in words."""

import numpy as np
import pandas as pd
from babel import Locale, UnknownLocaleError
from scipy.stats import beta

from helpers.derivation.calibration import AGENCY, EDITED, HUMAN, MACHINE, NEWS, SHORTEST
from helpers.derivation.tables import VERDICTS, ErrorRates
from helpers.table import UNKNOWN

__all__ = ["error_of", "exact_interval", "language_name", "unmeasured"]
COLUMNS = dict(
    zip(VERDICTS[:5], ("word_for_word", "worded_apart", "passages", "phrases", "nothing"), strict=True)
)
# Per verdict, the classes it is wrong for and whether more (or less) shared wording is wrong too.
WRONG_FOR = {
    VERDICTS[0]: ((HUMAN, MACHINE, NEWS), "more"),
    VERDICTS[1]: ((NEWS,), "more"),
    VERDICTS[2]: ((NEWS,), "more"),
    VERDICTS[3]: ((AGENCY, EDITED), "less"),
    VERDICTS[4]: ((AGENCY, EDITED), "less"),
}
# Beyond so many times the greatest length measured, the error there is not claimed.
FAR = 1.5


def error_of(
    verdict: str, n_words: int, language: str, translated: bool = False, *, rates: ErrorRates
) -> str:
    """Return how often pairs of known history of that length wrongly had such a verdict, or one beyond it.

    Of translations it tells only where one is possible (`translated`). Beyond it is more shared wording for
    the first three verdicts, less for the others. Each class has its 95 % interval. Where nothing was
    measured, that is said.
    """
    if verdict == VERDICTS[6]:
        return unmeasured(language)
    if n_words < SHORTEST or verdict not in WRONG_FOR or not len(rates):
        return "not measured at this length"
    lengths = np.sort(rates["n_words"].unique())
    if n_words > FAR * lengths[-1]:
        return f"not measured at {n_words:,} words; the longest texts measured have {lengths[-1]}"
    nearest = lengths[np.abs(np.log(lengths / n_words)).argmin()]
    kinds, side = WRONG_FOR[verdict]
    own = rates[rates["n_words"] == nearest]
    told = [
        _of_class(own[own["reference_class"] == kind], verdict, side)
        for kind in kinds
        if translated or "translation" not in kind
    ]
    where = f"in {language_name(language)}, at {nearest} words"
    return f"{where}: {'; '.join(filter(None, told))}" if any(told) else "not measured"


def _of_class(rows: pd.DataFrame, verdict: str, side: str) -> str:
    """Return the share of a class that gets a verdict or a worse one, its interval, and the worst set's."""
    if rows.empty:
        return ""
    place = VERDICTS.index(verdict)
    names = list(COLUMNS.values())
    wrong = rows[names[: place + 1] if side == "more" else names[place:]].sum(axis=1)
    share = float((wrong * rows["n_distinct"]).sum() / rows["n_distinct"].sum())
    low, high = exact_interval(share, float(rows["n_distinct"].sum()))
    worst = f"; worst set {wrong.max():.1%}" if f"{wrong.max():.1%}" != f"{share:.1%}" else ""
    return f"{rows['reference_class'].iloc[0]} {share:.1%} ({low:.0%} to {high:.0%}{worst})"


def language_name(code: str) -> str:
    """Return the English name of a language, or its code where none is known.

    >>> language_name("fa"), language_name("xx")
    ('Persian', 'xx')
    """
    try:
        return Locale.parse(code).get_language_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code


def unmeasured(language: str) -> str:
    """Return that nothing was measured in the language, or between the languages, of a pair.

    >>> unmeasured("fa"), unmeasured("en, fa"), unmeasured("unknown")
    ('not measured in Persian', 'not measured between English and Persian', 'the language is not known')
    """
    codes = language.split(", ")
    if UNKNOWN in codes:
        return "the language is not known" if len(codes) == 1 else "one language is not known"
    names = [language_name(code) for code in codes]
    return f"not measured {'in' if len(names) == 1 else 'between'} {' and '.join(names)}"


def exact_interval(share: float, n: float) -> tuple[float, float]:
    """Return the exact 95 % interval of a share of `n` (Clopper and Pearson 1934).

    >>> [round(end, 3) for end in exact_interval(0.0, 28)]
    [0.0, 0.123]
    """
    count = max(round(n), 1)
    k = round(share * count)
    low = float(beta.ppf(0.025, k, count - k + 1)) if k else 0.0
    return low, float(beta.ppf(0.975, k + 1, count - k)) if k < count else 1.0
