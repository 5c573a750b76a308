"""News agencies, by the names that credit lines give them."""

import re

__all__ = ["agency_in"]
# Spelt out, an agency is one anywhere; by its initials only as printed, for some are words or other bodies.
AGENCIES = {
    "Associated Press": r"Associated Press|\bAP\b",
    "Reuters": r"\bReuters\b|\bREUTERS\b",
    "Agence France-Presse": r"Agence[ -]France[ -]Presse|\bAFP\b",
    "Bloomberg News": r"Bloomberg News|\bBloomberg$",
    "United Press International": r"United Press International|\bUPI\b",
    "Deutsche Presse-Agentur": r"Deutsche Presse[ -]Agentur|\bdpa\b|\bDPA\b",
    "EFE": r"\bEFE\b|Agencia EFE",
    "ANSA": r"\bANSA\b",
    "Xinhua": r"\bXinhua\b|新华社",
    "TASS": r"\bTASS\b|ТАСС",
    "Interfax": r"\bInterfax\b|Интерфакс",
    "RIA Novosti": r"RIA Novosti|РИА Новости",
    "Press Trust of India": r"Press Trust of India|\bPTI\b",
    "Asian News International": r"Asian News International|\bANI\b",
    "IANS": r"\bIANS\b",
    "Kyodo News": r"\bKyodo\b|共同通信",
    "Jiji Press": r"\bJiji\b",
    "Yonhap": r"\bYonhap\b|연합뉴스",
    "Press Association": r"Press Association|\bPA Media\b|\bPA news agency\b",
    "Canadian Press": r"Canadian Press",
    "Australian Associated Press": r"Australian Associated Press|\bAAP\b",
    "Anadolu Agency": r"Anadolu",
    "IRNA": r"\bIRNA\b",
    "Fars News Agency": r"Fars News",
    "Austria Presse Agentur": r"Austria Presse Agentur|\bAPA\b",
    "Belga": r"\bBelga\b",
    "Lusa": r"\bLusa\b",
    "Europa Press": r"Europa Press",
    "Ritzau": r"\bRitzau\b",
    "Tanjug": r"\bTanjug\b",
    "Tribune News Service": r"Tribune News Service|Tribune Content Agency",
    "Inter Press Service": r"Inter Press Service",
}
_KNOWN = [(name, re.compile(pattern)) for name, pattern in AGENCIES.items()]
_PICTURE = re.compile(r"(?i)\b(photo|image|picture|file|getty|pool|video|illustration|foto|bild)\b")


def agency_in(line: str) -> str:
    """Return the agency that a byline or line of copyright credits; nothing for a picture's credit.

    >>> agency_in("By JOHN LEE, Associated Press"), agency_in("AP Photo/Ann Lee"), agency_in("Reuters")
    ('Associated Press', '', 'Reuters')
    """
    if _PICTURE.search(line):
        return ""
    found = [(match.start(), name) for name, pattern in _KNOWN if (match := pattern.search(line))]
    return min(found)[1] if found else ""
