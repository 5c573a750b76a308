"""What verdicts on shared wording can be given in: their lines are of English texts."""

from helpers.text import Reads

__all__ = ["READS", "VERDICTS_GIVEN"]
MEASURED_IN = frozenset({"en"})
VERDICTS_GIVEN = Reads(
    "05 derivation",
    "what shared wording supports",
    MEASURED_IN,
    MEASURED_IN.__contains__,
    "texts to measure by",
)
READS = (VERDICTS_GIVEN,)
