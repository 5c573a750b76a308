"""Score names of cities in other scripts against their English ones: `python benchmarks/scripts.py`.

The names are those of the Unicode CLDR, as Babel has them (the cities that time zones are called after): no
data beside the project is needed. A name counts where its consonants are enough to be looked for; false are
other cities that are as like it.
"""

import random

import pandas as pd
from babel import Locale

from helpers.names import FEWEST_CONSONANTS, LIKE, consonants_of, script_likeness

LANGUAGES = "ru uk bg ar fa he hi zh ja el ko th ka am".split()
# No city, and one that has two names.
LEFT_OUT = {"Unknown", "Saigon"}
OTHERS, SEED = 60, 1


def cities(language: str) -> list[tuple[str, str]]:
    """Return the English and the own name of each city."""
    zones = Locale(language).time_zones
    found = [(zone.rpartition("/")[2].replace("_", " "), own.get("city")) for zone, own in zones.items()]
    return [
        (city, own)
        for city, own in found
        if own and city not in LEFT_OUT and consonants_of(city) >= FEWEST_CONSONANTS
    ]


def row_of(language: str) -> dict[str, object]:
    """Return how many cities are like their English name, and how many others are."""
    pairs = cities(language)
    draw = random.Random(SEED)
    right = sum(script_likeness(city, own) >= LIKE for city, own in pairs)
    compared = [
        (other, own) for city, own in pairs for other, _ in draw.sample(pairs, OTHERS) if other != city
    ]
    false = sum(script_likeness(other, own) >= LIKE for other, own in compared)
    return {
        "language": language,
        "cities": len(pairs),
        "found": round(right / len(pairs), 2),
        "others taken for it, of 10,000": round(10_000 * false / len(compared), 1),
    }


if __name__ == "__main__":
    print(pd.DataFrame([row_of(language) for language in LANGUAGES]).to_string(index=False))
