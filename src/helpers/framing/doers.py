"""Nouns of people and bodies: whose labels say who somebody is."""

from collections import Counter
from collections.abc import Iterable

from helpers.framing.reading import Reading

__all__ = ["doers", "is_doer"]
# People and bodies whose nouns have no ending that tells.
KNOWN = frozenset(
    "administration admiral agency agent aide alliance ally army authority bloc board boss brother "
    "bureau cabinet camp campaign candidate captain chair chairman chairperson chairwoman champion "
    "chief child church citizen coalition colleague commander commission committee community company "
    "congressman congresswoman constituent council counsel country coup-plotter couple court crew "
    "critic cronies crony crowd cult daughter defendant delegate democracy department deputy dictator "
    "diplomat director dotard duo elite emissary enemy entity envoy ex executive expert faction family "
    "father fellow figure firm force foundation friend gang general genius giant government governor "
    "group guard guy head hero host husband idol judge junta justice king lady lawmaker leadership "
    "legislature liar loyalist machine madman maid maker man martyr mayor member militant militia "
    "minister ministry minority mob mogul monarch mother movement nation neighbor neighbour network "
    "nominee occupier office officer official opposition organisation organization outfit panel "
    "parliament participant partner party patient people personnel pick plaintiff player police "
    "politician pope populace population power premier president press priest prince princess professor "
    "prosecutor protester province public queen rebel recruit regime representative republic resident "
    "resistance rival ruler savage secretary senator sergeant shooter side sister soldier someone son "
    "spokesman spokesperson spokeswoman spouse spy squad staff star state statesman student suspect "
    "syndicate team terrorist thief thug town traitor tribe troop troops tyrant union veteran victim "
    "villain voter wife wing witness woman worker workforce youth".split()
)
ENDINGS = ("er", "or", "ist", "ian", "eer", "ee", "man", "men", "woman", "women", "crat", "ant")
# Words with such an ending that are nobody.
NOBODY = frozenset(
    "dossier letter matter number order paper power river center centre number border weather summer "
    "winter dinner answer offer chapter quarter water fever murder error terror horror honor favor "
    "factor sector corner character computer newspaper tower trailer poster counter twitter powder "
    "shoulder transfer disorder register encounter plant grant restaurant warrant want committee fee "
    "degree coffee tree guarantee knee list twist november december september october paper former "
    "other latter danger anger hunger finger cover layer wonder timber cancer tenor minor major door "
    "floor labor labour neighbor mirror rumor rumour human german instant distant important relevant "
    "significant covenant consonant gender meter liter monitor headquarter calendar disaster effector "
    "vector motor harbor behavior endeavor color odor vigor".split()
)


def is_doer(lemma: str) -> bool:
    """Return whether a noun is of people or a body, by a list and by its ending.

    >>> is_doer("leader"), is_doer("regime"), is_doer("letter"), is_doer("agreement")
    (True, True, False, False)
    """
    if lemma in KNOWN:
        return True
    return len(lemma) > 4 and lemma.endswith(ENDINGS) and lemma not in NOBODY


def doers(readings: Iterable[Reading]) -> set[str]:
    """Return the nouns that two clauses with "who" or more describe in these reports: one may be misread."""
    found: Counter[str] = Counter()
    for reading in readings:
        tokens = reading.tree.tokens
        for token in tokens:
            verb = tokens[token.head]
            noun = tokens[verb.head]
            if token.lemma == "who" and token.dep == "nsubj" and verb.dep == "relcl" and noun.pos == "NOUN":
                found[noun.lemma] += 1
    return {lemma for lemma, n in found.items() if n > 1}
