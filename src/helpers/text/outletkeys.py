"""What the spellings and the domain of one outlet have in common."""

import re

from anyascii import anyascii

__all__ = ["outlet_key"]
_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\d?\.|m\.|amp\.)?([\w-]+)(?:\.(?:co|com|org|net|gov|ac))?\.[a-z]{2,6}(?:/.*)?"
)


def outlet_key(name: str) -> str:
    """Return what spellings of an outlet have in common: letters and digits, without the ending of a domain.

    >>> outlet_key("El País"), outlet_key("www.elpais.com"), outlet_key("The Post")
    ('elpais', 'elpais', 'post')
    """
    plain = anyascii(" ".join(name.split())).casefold()
    domain = _DOMAIN.fullmatch(plain)
    key = re.sub(r"[^a-z0-9]", "", domain[1] if domain else plain.replace("&", "and"))
    return key.removeprefix("the") or key
