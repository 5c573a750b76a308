"""Press releases and statements: what a report says of one, and which reports are one themselves."""

import re
from collections.abc import Sequence

__all__ = ["is_release", "named_release"]
NAMED = re.compile(
    r"\b(?:press|news|media) (?:release|statement|notice|communiqu[eé])s?\b|\bcommuniqu[eé]s?\b"
    r"|\bin (?:a|an|its|his|her|their|the) (?:[\w-]+ ){0,2}statement\b"
    r"|\b(?:a|the|its|their) (?:[\w-]+ ){0,2}statement (?:issued|released|posted|published|sent|from|by)\b"
    r"|\b(?:a|the|its|their) (?:[\w-]+ ){0,2}statement sa(?:id|ys)\b",
    re.I,
)
# What stands at the head of a release itself.
HEAD = re.compile(
    r"\bFOR IMMEDIATE RELEASE\b|/(?:PRNewswire|CNW)\b|\((?:BUSINESS WIRE|GLOBE NEWSWIRE)\)", re.I
)
# Who writes no news but hands out statements; with a word of the press it is a paper.
INSTITUTION = re.compile(
    r"\b(?:Ministry|Department of|Office of|Press Office|Embassy|Government|Council|Commission|Police"
    r"|University|Institute|Authority|Parliament|White House|Senate|Foundation|Inc|Corp|Ltd|GmbH"
    r"|PR ?Newswire|Business Wire|GlobeNewswire|EurekAlert)\b"
)
PRESS = re.compile(
    r"\b(?:Times|News|Post|Gazette|Herald|Journal|Magazine|Daily|Weekly|Radio|TV|Television|Press|Today|Courier"
    r"|Tribune|Review|Observer|Standard|Chronicle|Agency|Broadcasting|Media|Publish\w+)\b"
)
GIVEN = re.compile(r"\b(?:press|news|media) (?:release|statement|notice|office)\b|\bcommuniqu[eé]\b", re.I)


def is_release(outlet: str, evidence: str, opening: str) -> str:
    """Return why a report is itself a press release; empty where nothing says so.

    `evidence` is the manifest's outlet_evidence, `opening` the report's first lines.

    >>> is_release("Ministry of Health", "", ""), is_release("Police News", "", "")
    ('its outlet is an institution', '')
    """
    if HEAD.search(opening):
        return "it says so at its head"
    if GIVEN.search(outlet) or GIVEN.search(evidence):
        return "the manifest says so"
    if INSTITUTION.search(outlet) and not PRESS.search(outlet.replace("Press Office", "")):
        return "its outlet is an institution"
    return ""


def named_release(texts: Sequence[str]) -> list[tuple[int, tuple[int, int]]]:
    """Return the sentences that name a release or statement, by number, and where in the sentence.

    >>> named_release(["It rained.", "She was tired, she said in a statement."])
    [(1, (24, 38))]
    """
    found = ((place, NAMED.search(text)) for place, text in enumerate(texts))
    return [(place, match.span()) for place, match in found if match]
