"""How a language writes numbers and dates: its words for thousands and millions, months and weekdays."""

import re
from functools import cache
from importlib import import_module
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from helpers.text import read_as

__all__ = ["Writing", "writing_of"]
# Hedges in front of a number, or behind it, by what they say; a word may carry one letter written on to it.
_HEDGES = {
    "de": {"more": "mehr als|über|mindestens", "less": "fast|beinahe|knapp|weniger als",
           "about": "rund|etwa|ungefähr|circa|ca|gut"},
    "fr": {"more": "plus de|plus d|au moins", "less": "presque|près de|moins de",
           "about": "environ|quelque|autour de"},
    "es": {"more": "más de|al menos|por lo menos", "less": "casi|menos de",
           "about": "unos|unas|alrededor de|cerca de|aproximadamente"},
    "pt": {"more": "mais de|pelo menos", "less": "quase|menos de", "about": "cerca de|uns|umas"},
    "it": {"more": "più di|oltre|almeno", "less": "quasi|meno di", "about": "circa"},
    "nl": {"more": "meer dan|ruim|minstens", "less": "bijna|minder dan", "about": "ongeveer|zo'n|circa"},
    "ru": {"more": "более|больше|свыше|не менее", "less": "почти|менее", "about": "около|примерно"},
    "uk": {"more": "понад|більше|не менше", "less": "майже|менше", "about": "близько|приблизно"},
    "ar": {"more": "أكثر من|لا يقل عن|ما يزيد على", "less": "أقل من|ما يقارب", "about": "نحو|حوالي|زهاء"},
    "fa": {"more": "بیش از|بیشتر از|دست‌کم|حداقل", "less": "کمتر از|نزدیک به", "about": "حدود|تقریبا|قریب"},
    "he": {"more": "יותר מ|מעל|לפחות", "less": "כמעט|פחות מ", "about": "כ|בערך|סביב"},
    "tr": {"more": "en az", "less": "neredeyse", "about": "yaklaşık|kadar"},
    "hi": {"more": "कम से कम", "less": "लगभग पूरे", "about": "लगभग|करीब|क़रीब"},
    "zh": {"more": "超过|逾|至少|多达", "less": "近|不到|将近", "about": "约|大约"},
    "ja": {"more": "少なくとも", "less": "ほぼ", "about": "約|およそ"},
}  # fmt: skip
_AFTER = {
    "zh": {"more": "多|以上|余"}, "ja": {"more": "以上|を超える|余り", "less": "未満|近く", "about": "ほど"},
    "tr": {"more": "fazla|aşkın"},
    "hi": {"more": "से अधिक|से ज़्यादा|से ज्यादा"},
}  # fmt: skip
# Money by the beginning of its names, so that reports in two languages count one thing.
_MONEY = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
_PERCENT = (
    "prozent|pour cent|por ciento|por cento|per cento|procent|процент|відсот|في المئة|بالمئة|في المائة|"
    "بالمائة|درصد|אחוז|yüzde|प्रतिशत|फीसदी|百分|パーセント"
)
_EAST = {
    "zh": {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8},
    "ja": {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "億": 1e8, "兆": 1e12},
}
# What babel has under another name only.
_MORE_SCALES = {"hi": {"हजार": 1e3, "मिलियन": 1e6, "बिलियन": 1e9, "अरब": 1e9}, "fa": {"میلیارد": 1e9}}
_MORE_MONEY = {
    "tr": {"avro": "€", "dolar": "$"},
    "zh": {"欧元": "€", "美元": "$"},
    "ja": {"ユーロ": "€", "ドル": "$"},
}
_INFLECTED = frozenset("ru uk be pl cs sk sl hr sr bg".split())
_PREFIXES = {"he": "[ובלמכהש]{0,2}"}
_SHORTEST = 2
STEM = 4


class Writing(NamedTuple):
    """A language's words: scales, months, weekdays, days, hedges, money; its marks in numbers.

    `inflected`: names of days are known by their beginnings. `prefixes`: one-letter words written on to them.
    """

    scales: dict[str, float]
    months: dict[str, int]
    weekdays: dict[str, int]
    days: dict[str, int]
    before: dict[str, str]
    after: dict[str, str]
    money: dict[str, str]
    group: str
    decimal: str
    unspaced: bool
    inflected: bool
    prefixes: str


@cache
def writing_of(language: str) -> Writing | None:
    """Return how a language writes numbers and dates; None where babel does not know it.

    >>> writing_of("de").scales["millionen"], writing_of("ja").weekdays["火曜日"], writing_of("xx")
    (1000000.0, 1, None)
    """
    code = read_as(language)
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None
    symbols = locale.number_symbols.get("latn") or next(iter(locale.number_symbols.values()))
    unspaced = code in ("zh", "ja", "th")
    return Writing(
        _scales(locale, code),
        _named(locale.months),
        _beginnings(_named(locale.days)) if code in _INFLECTED else _named(locale.days),
        _relative(code),
        _turned(_HEDGES.get(code, {})),
        _turned(_AFTER.get(code, {})),
        _money(locale, unspaced=unspaced) | _MORE_MONEY.get(code, {}),
        str(symbols.get("group", ",")),
        str(symbols.get("decimal", ".")),
        unspaced,
        code in _INFLECTED,
        _PREFIXES.get(code, ""),
    )


def _scales(locale: Locale, code: str) -> dict[str, float]:
    """Return the words for thousand, million and so on, in all forms that babel has, in small letters."""
    found: dict[str, float] = _EAST.get(code, {}) | _MORE_SCALES.get(code, {})
    for width in ("short", "long"):
        for forms in (locale.compact_decimal_formats.get(width) or {}).values():
            for number, form in forms.items():
                pattern = getattr(form, "pattern", str(form)).replace("'", "").replace("\u200f", "")
                word = re.sub(r"[0#\s\xa0]+", " ", pattern).strip().rstrip(".").casefold()
                zeros = len(re.findall("0", pattern))
                if zeros and (
                    len(word) >= _SHORTEST + (width == "short" and word.isascii()) or code in _EAST
                ):
                    found.setdefault(word, float(number) / 10 ** (zeros - 1))
    return {word: value for word, value in found.items() if word and value >= 10}


def _named(forms: object) -> dict[str, int]:
    """Return the number of a month or weekday by its full name, in small letters."""
    named: dict[str, int] = {}
    for form in ("format", "stand-alone"):
        for number, name in forms[form]["wide"].items():  # type: ignore[index]
            if not any(char.isdigit() for char in name):
                named[name.casefold()] = int(number)
    return named


def _beginnings(names: dict[str, int]) -> dict[str, int]:
    """Return names without their last letter, which changes with their case."""
    return {name[:-1] if len(name) > STEM else name: number for name, number in names.items()}


def _relative(code: str) -> dict[str, int]:
    """Return the words for today and yesterday; dateparser has them."""
    try:
        info = import_module(f"dateparser.data.date_translation_data.{code}").info
    except ModuleNotFoundError:
        return {}
    told = info.get("relative-type", {})
    shifts = {"0 day ago": 0, "1 day ago": -1}
    return {word.casefold(): shift for name, shift in shifts.items() for word in told.get(name, ())}


def _turned(hedges: dict[str, str]) -> dict[str, str]:
    """Return what a hedge says by its words."""
    return {word: kind for kind, words in hedges.items() for word in words.split("|")}


def _money(locale: Locale, *, unspaced: bool) -> dict[str, str]:
    """Return the sign of money by the beginning of its name, and of per cent."""
    found = dict.fromkeys(_PERCENT.split("|"), "%")
    for code, sign in _MONEY.items():
        name = str(locale.currencies.get(code, "")).casefold()
        parts = [name] if unspaced else re.split(r"[\s-]", name)
        for part in parts:
            if sign == "€" or any(
                word in part for word in ("dol", "дол", "دول", "دلا", "דול", "डॉल", "ドル", "元")
            ):
                found.setdefault(part.rstrip("s"), sign)
    return {word: sign for word, sign in found.items() if len(word) > 1}
