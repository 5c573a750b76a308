"""What the first lines of a text file say of its report."""

import itertools
import re

from helpers.text.localised import iso_date
from helpers.text.pagefields import Found
from helpers.text.segmentation import HEADED, TIMELINE

__all__ = ["HEAD", "head_fields"]
HEAD = "the head of the text"
# Characters among which the first lines are looked for.
READ = 4_000
_LATER = re.compile(r"(?i)(?:last )?(?:updated|modified)\b")


def head_fields(text: str) -> tuple[Found, ...]:
    r"""Return the day that the first lines of a text give, where they give one alone; no day of an update.

    >>> head_fields("Bridge shut\nBy Ann Poe\n12 May 2026\n\nThe bridge was shut.")
    (Found(field='published', value='2026-05-12', where='the head of the text'),)
    """
    lines = itertools.islice(filter(None, map(str.strip, text[:READ].split("\n"))), HEADED)
    told = [line for line in lines if TIMELINE.fullmatch(line) and not _LATER.match(line)]
    if not told:
        return ()
    found = {
        iso_date(re.sub(r"(?i)^(?:first )?(?:published|posted)\b[ :]*(?:on )?", "", line)) for line in told
    }
    days = {date[:10] for date in found if len(date) >= len("2026-05-12")}
    return (Found("published", max(found), HEAD),) if len(days) == 1 else ()
